import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePolicySet } from '../../src/authorizer/compile-policy-set.js';
import { combine, evaluatePolicies } from '../../src/authorizer/decide.js';
import { PolicyEngine } from '../../src/authorizer/policy-engine.js';
import { readRequest } from '../../src/authorizer/request.js';
import { Tiers } from '../../src/compiler/tiers.js';
import { keepPolicies, knownTests, restorePolicies } from '../../src/harness/kept-policies.js';
import {
  type AuthorizerResponse,
  createAuthorizer,
  type PolicySet,
  parseEntities,
  parsePolicySet,
  type Response,
  type TemplateLink,
} from '../../src/index.js';
import { entityUid } from '../../src/values/value.js';
import {
  arbitraryCrowd,
  arbitraryCrowdEntities,
  arbitraryCrowdRequest,
  arbitraryOwnEntities,
  type CrowdPolicy,
  linkValue,
} from '../support/arbitrary-crowd.js';
import { ENGINES } from '../support/engines.js';

const cedar = createRequire(import.meta.url)(
  '@cedar-policy/cedar-wasm/nodejs',
) as typeof import('@cedar-policy/cedar-wasm/nodejs');

const RUNS = Number(process.env.DEODAR_FUZZ_RUNS ?? 400);

interface Uid {
  readonly type: string;
  readonly id: string;
}

/** A set of a crowd: its templates are linked twice each. */
function setOf(crowd: readonly CrowdPolicy[], values: readonly (readonly [Uid, Uid])[]): PolicySet {
  const parsed = parsePolicySet(crowd.map(({ text }) => text).join('\n'));
  if (!parsed.ok) throw new Error(parsed.diagnostics[0]?.message);
  const links = parsed.value.templates.flatMap((template, i) =>
    [0, 1].map((n): TemplateLink => {
      const [principal, resource] = values[(i + n) % values.length] ?? [];
      const given = { '?principal': principal, '?resource': resource };
      const filled = template.slots.map((slot) => [slot, entityUid(given[slot]?.type ?? '', given[slot]?.id ?? '')]);
      return { id: `${template.id}-${n}`, templateId: template.id, values: Object.fromEntries(filled) };
    }),
  );
  return { ...parsed.value, links };
}

/** Everything that an answer says. */
function said({ decision, reason, errors }: AuthorizerResponse | Response): object {
  return {
    decision,
    reason,
    errors: errors.map(({ policyId, error: { kind, message, help, span } }) => [policyId, kind, message, help, span]),
  };
}

/** Errors are listed with their place, which is left out of what is kept. */
function errorsWithoutPlaces(answer: object): object {
  return 'errors' in answer && Array.isArray(answer.errors)
    ? { ...answer, errors: answer.errors.map((error: readonly unknown[]) => error.slice(0, -1)) }
    : answer;
}

function reference(set: PolicySet, entities: readonly object[], request: object): object {
  const compiled = compilePolicySet(set);
  const store = parseEntities(entities);
  const environment = store.ok ? readRequest(request, store.value) : store;
  if (!compiled.ok || !environment.ok) throw new Error('the reference cannot read this');
  return said(combine(evaluatePolicies(compiled.value, environment.value)));
}

function officialAnswer(
  set: PolicySet,
  crowd: readonly CrowdPolicy[],
  entities: readonly object[],
  request: object,
): object {
  const texts = crowd.map(({ text, slots }, i) => [`policy${i}`, text, slots.length > 0] as const);
  const answer = cedar.isAuthorized({
    ...request,
    policies: {
      staticPolicies: Object.fromEntries(texts.filter(([, , isTemplate]) => !isTemplate)),
      templates: Object.fromEntries(texts.filter(([, , isTemplate]) => isTemplate)),
      templateLinks: set.links.map(({ id, templateId, values }) => ({ newId: id, templateId, values })),
    },
    entities,
  } as never);
  if (answer.type === 'failure') throw new Error(JSON.stringify(answer.errors));
  const { decision, diagnostics } = answer.response;
  return {
    decision,
    reason: [...diagnostics.reason].sort(),
    errors: diagnostics.errors.map(({ policyId, error }) => `${policyId} ${error.message} ${error.help ?? ''}`).sort(),
  };
}

const values = fc.array(fc.tuple(linkValue['?principal'], linkValue['?resource']), { minLength: 2, maxLength: 3 });

describe('every engine answers like the evaluation of all policies one by one', () => {
  it('for crowds of policies with links, whatever the request brings', () => {
    const seen = { allow: 0, deny: 0, errors: 0 };
    const property = fc.property(
      arbitraryCrowd,
      values,
      arbitraryCrowdEntities,
      fc.array(fc.tuple(arbitraryCrowdRequest, arbitraryOwnEntities), { minLength: 1, maxLength: 6 }),
      (crowd, given, entities, requests) => {
        const set = setOf(crowd, given);
        const authorizers = ENGINES.map(([, engine]) => createAuthorizer({ policies: set, entities, engine }));
        for (const [plain, own] of requests) {
          const request = own.length === 0 ? plain : { ...plain, entities: own };
          const expected = reference(set, entities, request);
          // Asked twice: what was remembered of the first time must not change the second answer.
          for (const authorizer of [...authorizers, ...authorizers])
            expect(said(authorizer.isAuthorized(request))).toEqual(expected);
          const { decision, errors } = authorizers[0]?.isAuthorized(request) ?? { decision: 'deny', errors: [] };
          seen[decision]++;
          seen.errors += errors.length > 0 ? 1 : 0;
        }
      },
    );
    fc.assert(property, { numRuns: RUNS });
    console.log(`engine law: ${JSON.stringify(seen)}`);
    expect(Math.min(seen.allow, seen.deny, seen.errors)).toBeGreaterThan(RUNS / 20);
  });

  it('and so do policies that a hook kept as text and looks at only where their first tests are met', () => {
    let skipped = 0;
    const property = fc.property(
      arbitraryCrowd,
      values,
      arbitraryCrowdEntities,
      fc.array(fc.tuple(arbitraryCrowdRequest, arbitraryOwnEntities), { minLength: 1, maxLength: 3 }),
      (crowd, given, entities, requests) => {
        const set = setOf(crowd, given);
        const restored = restorePolicies(keepPolicies(set, knownTests(set)));
        const store = parseEntities(entities);
        if (!restored.ok || !store.ok) throw new Error('what was kept cannot be read');
        const { policies, runners } = restored.value;
        const engine = new PolicyEngine(policies, store.value, runners, { index: false });
        for (const [plain, own] of requests) {
          const request = own.length === 0 ? plain : { ...plain, entities: own };
          const environment = readRequest(request, store.value);
          if (!environment.ok) throw new Error('the request cannot be read');
          const answer = engine.answer(engine.frameOf(environment.value));
          const expected = reference(set, entities, request);
          expect(errorsWithoutPlaces(said(answer))).toEqual(errorsWithoutPlaces(expected));
        }
        skipped += engine.counts().candidates - engine.counts().closures;
      },
    );
    fc.assert(property, { numRuns: RUNS });
    expect(skipped).toBeGreaterThan(0);
  });

  it('and like the official engine', () => {
    fc.assert(
      fc.property(
        arbitraryCrowd,
        values,
        arbitraryCrowdEntities,
        arbitraryCrowdRequest,
        (crowd, given, entities, request) => {
          const set = setOf(crowd, given);
          const expected = officialAnswer(set, crowd, entities, request);
          for (const [, engine] of ENGINES) {
            const { decision, reason, errors } = createAuthorizer({ policies: set, entities, engine }).isAuthorized(
              request,
            );
            expect({
              decision,
              reason: [...reason].sort(),
              errors: errors.map(({ policyId, error }) => `${policyId} ${error.message} ${error.help ?? ''}`).sort(),
            }).toEqual(expected);
          }
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('also while policies come and go', () => {
    let fused = 0;
    const property = fc.property(
      arbitraryCrowd,
      values,
      arbitraryCrowdEntities,
      fc.array(fc.tuple(fc.nat(), arbitraryCrowdRequest), { minLength: 5, maxLength: 30 }),
      (crowd, given, entities, steps) => {
        const all = setOf(crowd, given);
        const compiled = compilePolicySet(all);
        const store = parseEntities(entities);
        if (!compiled.ok || !store.ok) throw new Error('cannot be read');
        for (const [, options] of ENGINES) {
          const engine = new PolicyEngine([], store.value, new Tiers(options.generateAfter), options);
          const present = new Set<number>();
          let order: number[] = [];
          for (const [pick, request] of steps) {
            const index = pick % compiled.value.length;
            const policy = compiled.value[index];
            if (policy === undefined) continue;
            if (present.delete(index)) {
              expect(engine.remove(policy.id)).toBe(true);
              order = order.filter((other) => other !== index);
            } else {
              engine.add(policy);
              present.add(index);
              order.push(index);
            }
            const environment = readRequest(request, store.value);
            if (!environment.ok) throw new Error('cannot be read');
            const rest = order.flatMap((i) => compiled.value[i] ?? []);
            const expected = said(combine(evaluatePolicies(rest, environment.value)));
            // Asked again, as lists of policies are tested by one function from the second time on.
            for (let times = 0; times < 2; times++)
              expect(said(combine(engine.evaluate(environment.value)))).toEqual(expected);
          }
          fused += engine.counts().fused;
        }
      },
    );
    fc.assert(property, { numRuns: Math.ceil(RUNS / 4) });
    expect(fused).toBeGreaterThan(RUNS / 4);
  });
});
