import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonOfArgument } from '../../src/cedar-wasm/call-json.js';
import type { AuthorizationAnswer } from '../../src/cedar-wasm/index.js';
import {
  type AuthorizerOptions,
  createAuthorizer,
  DeodarError,
  parseEntities,
  parsePolicySet,
} from '../../src/index.js';
import { isJsonObject } from '../../src/json/json-value.js';
import { SCHEMA_CALLS } from '../cedar-wasm/arbitrary-schema-calls.js';
import { ourOutcome } from '../cedar-wasm/compare-outcomes.js';
import { RUNS, SEED } from '../cedar-wasm/fuzz-settings.js';
import { schemaOf } from '../validator/compare-validation.js';

const SCHEMA = `
entity User in [Group] = { level?: Long };
entity Group, Photo;
action view, edit in [Action::"any"] appliesTo { principal: User, resource: Photo, context: { from: ipaddr, by?: User } };
action any;
`;
const POLICIES = `
permit(principal in Group::"staff", action in Action::"any", resource) when { context.from.isInRange(ip("10.0.0.0/8")) };
permit(principal, action, resource) when { context has by && context.by == principal };
`;
const ANN = { uid: { type: 'User', id: 'ann' }, attrs: { level: 1 }, parents: [{ type: 'Group', id: 'staff' }] };
const REQUEST = {
  principal: 'User::"ann"',
  action: 'Action::"view"',
  resource: 'Photo::"x"',
  context: { from: '10.1.1.1' },
};

const bySchema = (options: Partial<AuthorizerOptions> = {}) =>
  createAuthorizer({ policies: POLICIES, entities: [ANN], schema: SCHEMA, ...options });

function problemsOf(make: () => unknown): readonly string[] {
  try {
    make();
  } catch (error) {
    if (error instanceof DeodarError) return error.diagnostics.map(({ code, pointer = '' }) => `${code} ${pointer}`);
    throw error;
  }
  return [];
}

describe('an authorizer with a schema', () => {
  it('reads requests by it and knows its actions', () => {
    expect(bySchema().isAuthorized(REQUEST)).toEqual({ decision: 'allow', reason: ['policy0'], errors: [] });
    const json = jsonOfArgument({
      ...REQUEST,
      principal: { type: 'User', id: 'ann' },
      context: { from: '192.168.0.1', by: { type: 'User', id: 'ann' } },
    });
    expect(bySchema().isAuthorizedJson(json)).toMatchObject({ decision: 'allow', reason: ['policy1'] });
    expect(bySchema({ entities: undefined }).isAuthorized(REQUEST)).toMatchObject({ decision: 'deny', reason: [] });
  });

  it.each<[string, object, readonly string[]]>([
    ['a principal of another type', { principal: 'Group::"x"' }, ['principal-type /principal']],
    [
      'types that are not declared',
      { principal: 'A::"x"', resource: 'B::"y"' },
      ['unknown-entity-type /principal', 'unknown-entity-type /resource'],
    ],
    ['an action that is not declared', { action: 'Action::"veiw"' }, ['unknown-action /action']],
    [
      'an action that is only a group',
      { action: 'Action::"any"', context: {} },
      ['principal-type /principal', 'resource-type /resource'],
    ],
    ['no context', { context: undefined }, ['missing-record-attribute /context']],
    ['an attribute too many', { context: { from: '10.1.1.1', x: 1 } }, ['unexpected-record-attribute /context/x']],
    [
      'a wrong type in the context',
      { context: { from: '10.1.1.1', by: { type: 'Group', id: 'x' } } },
      ['type-mismatch /context/by'],
    ],
    ['a text that is no address', { context: { from: 'x' } }, ['extension-failure /context/from']],
    [
      'entities that do not conform',
      { entities: [{ ...ANN, uid: { type: 'User', id: 'bob' }, attrs: { level: 'x' } }] },
      ['type-mismatch /entities/0/attrs/level'],
    ],
    [
      'another action',
      { entities: [{ uid: { type: 'Action', id: 'x' }, attrs: {}, parents: [] }] },
      ['unknown-action /entities/0/uid'],
    ],
    [
      'everything wrong',
      { principal: 'x', resource: 'Group::"x"', context: 5, entities: 5 },
      ['bad-entity-uid /principal', 'resource-type /resource', 'not-a-record /context', 'entities-not-array /entities'],
    ],
  ])('denies %s and says why', (_what, change, expected) => {
    const answer = bySchema().isAuthorized({ ...REQUEST, ...change });
    expect(answer).toMatchObject({ decision: 'deny', reason: [], errors: [] });
    const found = answer.diagnostics?.map(({ code, pointer = '' }) => `${code} ${pointer}`) ?? [];
    expect(found).toEqual(expected);
  });

  it('answers alike for a schema as text, as JSON and resolved, and for entities as JSON and as a store', () => {
    const json = {
      '': {
        entityTypes: { User: {}, Photo: {} },
        actions: { view: { appliesTo: { principalTypes: ['User'], resourceTypes: ['Photo'] } } },
      },
    };
    const text = 'entity User, Photo; action view appliesTo { principal: User, resource: Photo };';
    const entities = [{ uid: { type: 'User', id: 'ann' }, attrs: {}, parents: [] }];
    for (const schema of [json, text, schemaOf(text)]) {
      for (const resident of [
        entities,
        JSON.stringify(entities),
        unwrap(parseEntities(entities)),
        unwrap(parseEntities(entities, { schema })),
      ]) {
        const authorizer = createAuthorizer({
          policies: 'permit(principal, action, resource);',
          entities: resident,
          schema,
        });
        expect(authorizer.isAuthorized({ ...REQUEST, context: {} }).decision).toBe('allow');
        expect(authorizer.isAuthorized(REQUEST)).toMatchObject({
          decision: 'deny',
          diagnostics: [{ code: 'unexpected-record-attribute' }],
        });
      }
    }
  });

  it('is not made of a wrong schema or of entities that do not conform', () => {
    expect(problemsOf(() => bySchema({ schema: 'entity User = { a: Nothing };' }))).toEqual(['unknown-type ']);
    expect(problemsOf(() => bySchema({ schema: 'nonsense' }))).toHaveLength(1);
    expect(problemsOf(() => bySchema({ schema: { '': 5 } }))).not.toEqual([]);
    expect(problemsOf(() => bySchema({ schema: null as never }))).not.toEqual([]);
    expect(problemsOf(() => bySchema({ schema: 5 as never }))).not.toEqual([]);
    const wrong = [{ ...ANN, attrs: { level: true, name: 'x' } }];
    expect(problemsOf(() => bySchema({ entities: wrong }))).toEqual([
      'unexpected-attribute /0/attrs/name',
      'type-mismatch /0/attrs/level',
    ]);
    expect(problemsOf(() => bySchema({ entities: unwrap(parseEntities(wrong)) }))).toHaveLength(2);
    expect(problemsOf(() => bySchema({ entities: wrong, policies: 'permit(' })).length).toBeGreaterThan(2);
  });

  it('answers hostile requests without an exception', () => {
    const cyclic: { self?: unknown } = {};
    cyclic.self = cyclic;
    const throwing = new Proxy(
      {},
      {
        get: () => {
          throw new Error('no');
        },
        ownKeys: () => {
          throw new Error('no');
        },
      },
    );
    const hostile: unknown[] = [
      undefined,
      null,
      5,
      'x',
      [],
      throwing,
      cyclic,
      { ...REQUEST, context: cyclic },
      { ...REQUEST, context: throwing },
      { ...REQUEST, entities: [throwing] },
      { ...REQUEST, context: JSON.parse('{"from": "10.0.0.1", "__proto__": {"by": 1}}') },
    ];
    for (const request of hostile) {
      const answer = bySchema().isAuthorized(request as never);
      expect(answer.decision).toBe('deny');
      expect(answer.diagnostics?.length).toBeGreaterThan(0);
    }
  });

  it(`allows what the calls of the cedar-wasm module allow, and nothing that they refuse (seed ${SEED})`, {
    timeout: 60_000 + RUNS * 100,
  }, () => {
    const counts: Record<string, number> = {};
    const calls = SCHEMA_CALLS['isAuthorized by a schema'];
    if (calls === undefined) throw new Error('no calls');
    const property = fc.property(calls, ([call]) => {
      const json = jsonOfArgument({ ...Object(call?.args[0]), validateRequest: true });
      if (!isJsonObject(json)) throw new Error('no call');
      const outcome = ourOutcome('isAuthorized', [json]);
      const answer: AuthorizationAnswer = Object(outcome.kind === 'answer' ? outcome.answer : undefined);
      const { policies = null, schema = null, entities = null } = json;
      const set = parsePolicySet(isJsonObject(policies) ? String(policies.staticPolicies) : '');
      if (!set.ok) return;
      const store = parseEntities(entities, { schema: String(schema) });
      const expected = answer.type === 'failure' ? 'deny' : answer.response.decision;
      const { entities: _, ...request } = json;
      const found = store.ok
        ? createAuthorizer({ policies: set.value, entities: store.value, schema: String(schema) }).isAuthorizedJson(
            request,
          )
        : undefined;
      expect(found?.decision ?? 'deny').toBe(expected);
      expect(found === undefined || found.diagnostics !== undefined).toBe(answer.type === 'failure');
      const what = `${answer.type} ${expected}`;
      counts[what] = (counts[what] ?? 0) + 1;
    });
    fc.assert(property, { numRuns: RUNS, seed: SEED });
    console.log(`authorizer by a schema: seed ${SEED}, ${JSON.stringify(counts)}`);
    for (const what of ['failure deny', 'success allow', 'success deny'])
      expect(counts[what] ?? 0).toBeGreaterThan(RUNS / 50);
  });
});

function unwrap<T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false }): T {
  if (!result.ok) throw new Error('a failure');
  return result.value;
}
