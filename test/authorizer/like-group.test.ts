import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePolicySet } from '../../src/authorizer/compile-policy-set.js';
import { combine, evaluatePolicies } from '../../src/authorizer/decide.js';
import { readRequest } from '../../src/authorizer/request.js';
import {
  type Authorizer,
  type AuthorizerResponse,
  createAuthorizer,
  type PolicySet,
  parseEntities,
  parsePolicySet,
  type Response,
} from '../../src/index.js';
import { ENGINES } from '../support/engines.js';

const RUNS = Math.ceil(Number(process.env.DEODAR_FUZZ_RUNS ?? 400) / 4);

/** More requests than are answered before the patterns of a group are looked for at once. */
const MANY = 45;

const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 3 });
const pattern = fc
  .array(fc.oneof({ weight: 3, arbitrary: letters }, { weight: 2, arbitrary: fc.constant('*') }), { maxLength: 5 })
  .map((parts) => parts.join(''));
const path = fc.constantFrom('context.text', 'context.text', 'context.inner.text', 'resource.name', 'principal');
const test = fc.tuple(path, pattern).map(([at, each]) => `${at} like "${each}"`);
const condition = fc.oneof(
  { weight: 4, arbitrary: test.map((first) => `when { ${first} }`) },
  { weight: 2, arbitrary: fc.tuple(test, test).map(([a, b]) => `when { ${a} || ${b} }`) },
  { weight: 2, arbitrary: test.map((first) => `when { ${first} && context.other == 1 }`) },
  { weight: 1, arbitrary: test.map((first) => `when { !(${first}) }`) },
  { weight: 1, arbitrary: test.map((first) => `unless { ${first} }`) },
  { weight: 1, arbitrary: test.map((first) => `when { context.text == "a" || ${first} }`) },
);
const policy = fc
  .tuple(fc.constantFrom('permit', 'forbid'), condition)
  .map(([effect, when]) => `${effect} (principal, action, resource) ${when};`);

const short = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd'), maxLength: 12 });
const value = fc.oneof({ weight: 8, arbitrary: short }, { weight: 1, arbitrary: fc.constantFrom(1, true, ['a'], {}) });
const context = fc.record(
  {
    text: value,
    inner: fc.oneof(fc.record({ text: value }, { requiredKeys: [] }), short),
    other: fc.constantFrom(1, 2),
  },
  { requiredKeys: [] },
);
const request = fc.tuple(context, fc.constantFrom('named', 'nameless', 'unknown')).map(([given, id]) => ({
  principal: { type: 'User', id: 'u' },
  action: { type: 'Action', id: 'run' },
  resource: { type: 'Doc', id },
  context: given,
}));
const entities = [
  { uid: { type: 'Doc', id: 'named' }, attrs: { name: 'abcab' }, parents: [] },
  { uid: { type: 'Doc', id: 'nameless' }, attrs: {}, parents: [] },
];

function setOf(texts: readonly string[]): PolicySet {
  const parsed = parsePolicySet(texts.join('\n'));
  if (!parsed.ok) throw new Error(parsed.diagnostics[0]?.message);
  return parsed.value;
}

function said({ decision, reason, errors }: AuthorizerResponse | Response): object {
  return {
    decision,
    reason,
    errors: errors.map(({ policyId, error: { kind, message, help, span } }) => [policyId, kind, message, help, span]),
  };
}

/** Evaluates all policies one by one. */
function referenceOf(set: PolicySet): (given: object) => object {
  const compiled = compilePolicySet(set);
  const store = parseEntities(entities);
  if (!compiled.ok || !store.ok) throw new Error('the reference cannot read this');
  return (given) => {
    const environment = readRequest(given, store.value);
    if (!environment.ok) throw new Error('the reference cannot read this');
    return said(combine(evaluatePolicies(compiled.value, environment.value)));
  };
}

/** Ids of their own, so that two sets can be in one authorizer. */
function renamed(set: PolicySet, prefix: string): PolicySet {
  return { ...set, policies: set.policies.map((each) => ({ ...each, id: `${prefix}${each.id}` })) };
}

describe('policies that begin with `like`', () => {
  it('answer as one by one, also after others were added, whatever the texts are', () => {
    let matched = 0;
    const property = fc.property(
      fc.array(policy, { minLength: 12, maxLength: 40 }),
      fc.array(policy, { minLength: 1, maxLength: 5 }),
      fc.array(request, { minLength: 1, maxLength: 12 }),
      (texts, more, requests) => {
        const set = setOf(texts);
        const repeated = Array.from({ length: MANY }, (_, i) => i % requests.length).flatMap((i) =>
          requests.slice(i, i + 1),
        );
        const added = renamed(setOf(more), 'added-');
        const [before, after] = [
          referenceOf(set),
          referenceOf({ ...set, policies: [...set.policies, ...added.policies] }),
        ];
        for (const [, engine] of ENGINES) {
          const authorizer = createAuthorizer({ policies: set, entities, engine });
          for (const each of repeated) authorizer.isAuthorized(each);
          for (const each of requests) expect(said(authorizer.isAuthorized(each))).toEqual(before(each));
          expect(authorizer.add(added).ok).toBe(true);
          for (const [i, each] of repeated.entries()) {
            const answer = authorizer.isAuthorized(each);
            if (i % 7 === 0 || i > MANY - 5) expect(said(answer)).toEqual(after(each));
            matched += answer.reason.length;
          }
        }
      },
    );
    fc.assert(property, { numRuns: RUNS });
    expect(matched).toBeGreaterThan(RUNS * MANY);
  });

  const FIFTY = Array.from(
    { length: 50 },
    (_, i) => `permit (principal, action, resource) when { context.text like "*word${i}-*" };`,
  ).join('\n');

  function ask(authorizer: Authorizer, text: string): AuthorizerResponse {
    return authorizer.isAuthorized({
      principal: { type: 'User', id: 'u' },
      action: { type: 'Action', id: 'run' },
      resource: { type: 'Doc', id: 'd' },
      context: { text },
    });
  }

  it('are looked for in one pass over the first text, if it is long', () => {
    const authorizer = createAuthorizer({ policies: FIFTY });
    const text = `${'some text '.repeat(10_000)}word7-${' and more'.repeat(10_000)}`;
    expect(ask(authorizer, text).reason).toEqual(['policy7']);
    expect(authorizer.counts()).toMatchObject({ candidates: 1, scans: 1 });
  });

  it('are evaluated only where their pattern is met, once texts have come often enough', () => {
    const authorizer = createAuthorizer({ policies: FIFTY });
    for (let i = 0; i < MANY; i++) ask(authorizer, `text ${i}`);
    const { candidates, scans } = authorizer.counts();
    expect(ask(authorizer, 'some word7-, then word9-').reason).toEqual(['policy7', 'policy9']);
    expect(authorizer.counts().candidates - candidates).toBe(2);
    expect(authorizer.counts().scans - scans).toBe(1);
  });
});
