import { describe, expect, it } from 'vitest';
import { findKiller, type Killer, type KillerCase } from '../../src/analysis/find-killer.js';
import { mutantsOf } from '../../src/analysis/mutate-policy.js';
import { compilePolicySet } from '../../src/authorizer/compile-policy-set.js';
import { combine } from '../../src/authorizer/decide.js';
import { requestFromJson } from '../../src/authorizer/request.js';
import { parseEntities, parsePolicySet } from '../../src/index.js';
import { parseJson } from '../../src/json/parse-json.js';
import { createSource } from '../../src/text/source.js';

const ENTITIES = [
  {
    uid: { type: 'U', id: 'ann' },
    attrs: { role: 'staff', boss: { __entity: { type: 'U', id: 'bob' } } },
    parents: [],
  },
  { uid: { type: 'U', id: 'bob' }, attrs: { role: 'boss' }, parents: [{ type: 'Group', id: 'g' }] },
];
const REQUEST = {
  principal: 'U::"ann"',
  action: 'Action::"a"',
  resource: 'U::"bob"',
  context: { hour: 12, tags: ['x'], path: 'a/b', mfa: false, nested: { deep: { n: 1 } } },
};

/** The killers of the changes of the first policy, by what is changed. */
function killersOf(text: string, request: object = REQUEST): ReadonlyMap<string, Killer | undefined> {
  const set = parsePolicySet(text);
  const store = parseEntities(ENTITIES);
  if (!set.ok || !store.ok) throw new Error(JSON.stringify([set.diagnostics, store.diagnostics]));
  const compiled = compilePolicySet(set.value);
  const json = parseJson(createSource(JSON.stringify(request)));
  if (!json.ok) throw new Error('the request is no JSON');
  const environment = requestFromJson(json.value, store.value);
  if (!compiled.ok || !environment.ok) throw new Error(JSON.stringify(environment.diagnostics));
  const base: KillerCase = {
    name: 'base',
    environment: environment.value,
    answer: (outcomes) => {
      const { decision, reason } = combine(outcomes);
      return { decision, policies: reason };
    },
  };
  const [policy] = set.value.policies;
  if (policy === undefined) throw new Error('no policy');
  return new Map(mutantsOf(policy).map((mutant) => [mutant.change, findKiller(mutant, compiled.value, [base])]));
}

describe('a request that notices a change', () => {
  it.each([
    ['a number', 'permit (principal, action, resource) when { context.hour > 8 };', 'with 9 for 8', ['context.hour']],
    [
      'a text',
      'permit (principal, action, resource) when { context.path == "s" };',
      'with another text for `"s"`',
      ['context.path'],
    ],
    [
      'a pattern',
      'permit (principal, action, resource) when { context.path like "*.env" };',
      'with ".env" for "*.env"',
      ['context.path'],
    ],
    [
      'a set',
      'permit (principal, action, resource) when { context.tags.contains("y") };',
      'without the permit',
      ['context.tags'],
    ],
    [
      'several members',
      'permit (principal, action, resource) when { context.tags.containsAll(["y", "z"]) };',
      'without the permit',
      ['context.tags'],
    ],
    [
      'a bool',
      'permit (principal, action, resource) when { context.mfa && context.hour > 20 };',
      'without `context.mfa`',
      ['context.hour'],
    ],
    [
      'an attribute that is not there',
      'permit (principal, action, resource) when { !(context has path) };',
      'without the permit',
      ['context.path'],
    ],
    [
      'an attribute of an entity',
      'permit (principal, action, resource) when { principal.role == "boss" };',
      'without the permit',
      ['principal.role'],
    ],
    [
      'an attribute of an entity of an entity',
      'permit (principal, action, resource) when { principal.boss.role == "king" };',
      'without the permit',
      ['principal.boss.role'],
    ],
    [
      'a record in a record',
      'permit (principal, action, resource) when { context.nested.deep.n == 7 };',
      'without the permit',
      ['context.nested.deep.n'],
    ],
    ['the principal', 'permit (principal == U::"bob", action, resource);', 'without the permit', ['principal']],
    [
      'what is in a group',
      'permit (principal, action, resource) when { principal in Group::"g" };',
      'without the permit',
      ['principal'],
    ],
    [
      'an empty set',
      'permit (principal, action, resource) when { context.tags.isEmpty() };',
      'without the permit',
      ['context.tags'],
    ],
  ])('is found by varying %s', (_, text, change, places) => {
    const killer = killersOf(text).get(change);
    expect(killer?.changes.map(({ place }) => place)).toEqual(places);
    expect(killer?.expected.decision).not.toBe(killer?.mutated.decision);
  });

  it('is the request of a test as it is, where that suffices', () => {
    const killer = killersOf('permit (principal, action, resource) when { context.hour > 8 };').get(
      'without the permit',
    );
    expect(killer).toEqual({
      test: 'base',
      changes: [],
      expected: { decision: 'allow', policies: ['policy0'] },
      mutated: { decision: 'deny', policies: [] },
    });
  });

  it('is found where several things must hold at once', () => {
    const text = `permit (principal, action, resource)
      when { context.mfa && context.tags.contains("y") && context.hour == 3 && principal.role == "boss" };`;
    const killers = killersOf(text);
    expect([...killers.values()].filter((killer) => killer === undefined)).toEqual([]);
    expect(killers.get('without `context.mfa`')?.changes.find(({ place }) => place === 'context.mfa')?.value).not.toBe(
      true,
    );
  });

  it('names the policies where the decision is the same', () => {
    const killer = killersOf(`permit (principal, action, resource) when { context.hour > 20 };
      permit (principal, action, resource);`).get('without the permit');
    expect(killer?.expected).toEqual({ decision: 'allow', policies: ['policy0', 'policy1'] });
    expect(killer?.mutated).toEqual({ decision: 'allow', policies: ['policy1'] });
  });

  it('is not found where there is none, nor where places cannot be made', () => {
    const shadowed =
      'forbid (principal, action, resource) when { context.hour > 20 }; forbid (principal, action, resource);';
    expect(killersOf(shadowed).get('as a permit')?.expected.decision).toBe('deny');
    expect(killersOf(shadowed).get('as a permit')?.mutated.decision).toBe('deny');
    expect(
      killersOf('permit (principal, action, resource) when { context.no.such == 1 };').get('without the permit'),
    ).toBe(undefined);
    expect(killersOf('permit (principal, action == Action::"other", resource);').get('without the permit')).toBe(
      undefined,
    );
  });
});
