import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as ours from '../../src/cedar-wasm/index.js';
import {
  callBoth,
  compareOutcomes,
  KNOWN_DIFFERENCES,
  type KnownDifferenceName,
  ourOutcome,
} from './compare-outcomes.js';
import { RUNS, SEED } from './fuzz-settings.js';
import { type FunctionName, official, officialOutcome, renewOfficial } from './oracle.js';

const PERMIT = 'permit(principal,action,resource);';
const REQUEST = {
  principal: { type: 'User', id: 'alice' },
  action: { type: 'Action', id: 'view' },
  resource: { type: 'Doc', id: 'x' },
  context: {},
  entities: [],
};
const when = (condition: string): string => `permit(principal,action,resource) when { ${condition} };`;

function policyJson(value: unknown): unknown {
  const all = { op: 'All' };
  const conditions = [{ kind: 'when', body: { Value: value } }];
  return { effect: 'permit', principal: all, action: all, resource: all, conditions };
}

function errorsOf(answer: { type: string }): ours.DetailedError[] {
  if (answer.type !== 'failure' || !('errors' in answer)) throw new Error(`no failure but ${answer.type}`);
  return answer.errors as ours.DetailedError[];
}

describe('an evaluation error stands where that of the official package stands', () => {
  it.each<[string, unknown]>([
    ['the last of equal members of a set', when('principal in ["a", "b", "a"]')],
    ['the last of them, however they were made', when('principal in ["", if true then "" else ""]')],
    ['the last of them behind something else', when('(if true then action else principal) in [1, User::"b", 1]')],
    ['an unknown function of JSON, in its own name', policyJson([{ __extn: { fn: 'a::unknown', arg: 'x' } }])],
  ])('%s', (_what, staticPolicy) => {
    const [our, their] = [ours, official()].map((engine) =>
      engine.isAuthorized({ ...REQUEST, policies: { staticPolicies: { a: staticPolicy as string } } }),
    );
    expect(our).toEqual(their);
    expect(JSON.stringify(our)).toMatch(/"start":\d+/);
  });
});

describe('the message of a failure begins as that of the official package', () => {
  it.each<[FunctionName, unknown[], string]>([
    ['checkParsePolicySet', [{ staticPolicies: 'permit(' }], 'failed to parse policies from string: '],
    ['checkParsePolicySet', [{ staticPolicies: ['permit('] }], 'failed to parse policy from string: '],
    ['checkParsePolicySet', [{ staticPolicies: { a: 'permit(' } }], 'failed to parse policy with id `a` from string: '],
    [
      'checkParsePolicySet',
      [{ staticPolicies: { a: {} } }],
      'failed to parse policy with id `a` from JSON: error deserializing a policy/template from JSON: ',
    ],
    [
      'checkParsePolicySet',
      [{ staticPolicies: [{}] }],
      'failed to parse policy from JSON: error deserializing a policy/template from JSON: ',
    ],
    ['checkParsePolicySet', [{ templates: { a: '' } }], 'failed to parse template with id `a` from string: '],
    [
      'checkParsePolicySet',
      [{ templates: { a: {} } }],
      'failed to parse template with id `a` from JSON: error deserializing a policy/template from JSON: ',
    ],
    [
      'checkParsePolicySet',
      [{ templates: { a: PERMIT } }],
      'failed to parse template with id `a` from string: expected a template, got a static policy',
    ],
    [
      'checkParsePolicySet',
      [{ staticPolicies: PERMIT.replace('principal', 'principal in ?principal') }],
      'static policy set includes a template',
    ],
    ['checkParsePolicySet', [{ staticPolicies: [PERMIT, PERMIT] }], 'duplicate template or policy id `policy0`'],
    [
      'checkParsePolicySet',
      [{ staticPolicies: { a: PERMIT }, templates: { a: PERMIT.replace('principal', 'principal in ?principal') } }],
      'failed to add template with id `a` to policy set: duplicate template or policy id `a`',
    ],
    [
      'checkParsePolicySet',
      [{ templateLinks: [{ templateId: 'a', newId: 'b', values: {} }] }],
      'unable to link template: ',
    ],
    [
      'checkParsePolicySet',
      [{ staticPolicies: PERMIT, templateLinks: [{ templateId: 'policy0', newId: 'b', values: {} }] }],
      'expected a template, but a static policy was provided',
    ],
    [
      'checkParsePolicySet',
      [
        {
          templates: { a: PERMIT.replace('principal', 'principal in ?principal') },
          templateLinks: [{ templateId: 'a', newId: 'b', values: { '?principal': 1 } }],
        },
      ],
      'failed to parse link values: failed to parse entity uid: ',
    ],
    ['policyToJson', ['permit('], 'failed to parse policy from string: '],
    ['policyToText', [{}], 'failed to parse policy from JSON: error deserializing a policy/template from JSON: '],
    [
      'policyToText',
      [PERMIT.replace('resource', 'resource == ?resource')],
      'failed to parse policy from string: expected a static policy, got a template containing the slot ?resource',
    ],
    ['templateToJson', [PERMIT], 'failed to parse template from string: expected a template, got a static policy'],
    ['templateToText', [{}], 'failed to parse template from JSON: error deserializing a policy/template from JSON: '],
    ['formatPolicies', [{ policyText: 'permit(' }], 'cannot parse input policies: '],
    ['isAuthorized', [{ ...REQUEST, policies: {}, principal: 5 }], 'failed to parse principal: '],
    ['isAuthorized', [{ ...REQUEST, policies: {}, action: {} }], 'failed to parse action: '],
    ['isAuthorized', [{ ...REQUEST, policies: {}, resource: null }], 'failed to parse resource: '],
    ['isAuthorized', [{ ...REQUEST, policies: {}, context: null }], 'while parsing context, '],
    ['isAuthorized', [{ ...REQUEST, policies: {}, context: [] }], 'expression is not a record: '],
    ['isAuthorized', [{ ...REQUEST, policies: {}, entities: {} }], 'error during entity deserialization: '],
    [
      'checkParseEntities',
      [{ entities: [0, 1].map((n) => ({ uid: REQUEST.principal, attrs: { n }, parents: [] })) }],
      'duplicate entity entry',
    ],
    [
      'checkParseEntities',
      [{ entities: [{ uid: REQUEST.principal, attrs: {}, parents: [REQUEST.principal] }] }],
      'transitive closure computation/enforcement error: ',
    ],
    ['statefulIsAuthorized', [{ ...REQUEST, preparsedPolicySetId: 'none' }], "preparsed policy set 'none' not found"],
    [
      'statefulIsAuthorized',
      [{ ...REQUEST, preparsedPolicySetId: 'none', preparsedSchemaName: 'no' }],
      "preparsed schema 'no' not found",
    ],
    ['checkParseSchema', ['entity'], 'failed to parse schema from string: error parsing schema: '],
    ['schemaToJson', [5], 'failed to parse schema from JSON: '],
    ['schemaToJsonWithResolvedTypes', ['entity'], 'error parsing schema: '],
  ])('%s(%j)', (name, args, beginning) => {
    for (const outcome of [officialOutcome(name, args), ourOutcome(name, args)]) {
      const answer = outcome.kind === 'answer' ? Object(outcome.answer) : undefined;
      expect(errorsOf(answer)[0]?.message.slice(0, beginning.length)).toBe(beginning);
    }
  });
});

describe('errors', () => {
  it('have their places in bytes of the text, with everything that is wrong with one text in one error', () => {
    const staticPolicies = `// é日😀\n${when('1 +')}\n${when('nonsense(1)')}`;
    const [error, ...others] = errorsOf(ours.checkParsePolicySet({ staticPolicies }));
    const at = (needle: string): number => Buffer.byteLength(staticPolicies.slice(0, staticPolicies.indexOf(needle)));
    expect(others).toEqual([]);
    expect(error?.sourceLocations).toMatchObject([{ start: at('1 +') + 4 }]);
    expect(error?.related).toMatchObject([{ sourceLocations: [{ start: at('nonsense') }] }]);
  });

  it('of evaluation are those of the official engine to the letter, for texts, templates and JSON', () => {
    const policies = {
      staticPolicies: {
        text: `/**/ ${when('"é" == "日" || -5')}`.slice(5),
        comment: `// é\n${when('principal.x')}`,
        json: policyJson(5),
      },
      templates: { t: '// 😀\npermit(principal in ?principal, action, resource) when { context.missing };' },
      templateLinks: [{ templateId: 't', newId: 'linked', values: { '?principal': REQUEST.principal } }],
    };
    const args = [{ ...REQUEST, policies, entities: [{ uid: REQUEST.principal, attrs: { y: 1 }, parents: [] }] }];
    const comparison = callBoth('isAuthorized', args);
    expect(JSON.stringify(comparison.theirs)).toContain('linked');
    expect(compareOutcomes(comparison)).toBe('same');
  });

  it('come in one step: names of the request before its context, both before entities and policies', () => {
    const policies = { staticPolicies: { a: 'permit(', b: 'permit(' } };
    const ask = (call: object): number =>
      errorsOf(Object(ours.isAuthorized({ ...REQUEST, policies, entities: null, context: null, ...call } as never)))
        .length;
    expect(ask({ principal: 1, resource: 1 })).toBe(2);
    expect(ask({})).toBe(1);
    expect(ask({ context: {} })).toBe(3);
  });

  it('say where in JSON they are', () => {
    const [known] = errorsOf(ours.checkParseContext({ context: { a: [1, null] } }));
    expect(known?.help).toContain('at /a/1: ');
    const [other] = errorsOf(ours.checkParseContext({ context: { a: [1, 1.5] } }));
    expect(other?.message).toContain('at /a/1: ');
  });

  it('in a list of policies say what to do about names', () => {
    const [error] = errorsOf(ours.checkParsePolicySet({ staticPolicies: [PERMIT, PERMIT] }));
    expect(error?.help).toMatch(/names/);
  });
});

describe('integers beyond 2^53', () => {
  const LARGE = 9223372036854775807n;

  it('are taken as bigints', () => {
    const call = { ...REQUEST, context: { n: LARGE }, policies: { staticPolicies: when(`context.n == ${LARGE}`) } };
    expect(ours.isAuthorized(call)).toMatchObject({ type: 'success', response: { decision: 'allow' } });
    expect(ours.checkParseContext({ context: { n: LARGE + 1n } })).toMatchObject({ type: 'failure' });
  });

  it('are given as bigints, and come back unchanged', () => {
    const answer = ours.policyToJson(when(`${LARGE} == -${LARGE}`));
    const json = answer.type === 'success' ? answer.json : undefined;
    expect(json?.conditions[0]?.body).toEqual({ '==': { left: { Value: LARGE }, right: { Value: -LARGE } } });
    expect(json && ours.policyToText(json)).toMatchObject({ text: expect.stringContaining(`${LARGE} == (-${LARGE})`) });
  });

  it('are what JavaScript writes for them when they are numbers', () => {
    const number = 2 ** 60;
    const call = {
      ...REQUEST,
      context: { n: number },
      policies: { staticPolicies: when(`context.n == ${String(number)}`) },
    };
    expect(ours.isAuthorized(call)).toEqual(official().isAuthorized(call));
    expect(ours.isAuthorized(call)).toMatchObject({ response: { decision: 'allow' } });
  });
});

describe('JSON answers', () => {
  it('are ordinary objects, also where keys are those of prototypes', () => {
    const answer = ours.policyToJson(when('{"__proto__": 1, "constructor": {}} == context'));
    const json = answer.type === 'success' ? answer.json : undefined;
    expect(Object.getPrototypeOf(json)).toBe(Object.prototype);
    expect(JSON.stringify(json)).toContain('{"__proto__":{"Value":1},"constructor":{"Record":{}}}');
  });

  it('share nothing with the argument', () => {
    const json = policyJson({ a: [1] }) as ours.PolicyJson;
    const answer = ours.policyToJson(json);
    expect(answer).toEqual({ type: 'success', json });
    expect(answer.type === 'success' && answer.json.conditions[0]?.body).not.toBe(json.conditions[0]?.body);
  });

  it('can be as deep as a chain is long', () => {
    const answer = ours.policyToJson(when(Array.from({ length: 20_000 }, () => 'true').join(' && ')));
    let depth = 0;
    for (let json: unknown = Object(answer).json.conditions[0].body; '&&' in Object(json); depth++)
      json = Object(json)['&&'].left;
    expect(depth).toBe(19_999);
  });
});

describe('policies and schemas that are kept', () => {
  const ask = (preparsedPolicySetId: string) => ours.statefulIsAuthorized({ ...REQUEST, preparsedPolicySetId });
  const keep = (staticPolicies: string) => ours.preparsePolicySet('kept', { staticPolicies });

  it('are used by name, and replaced by those that can be read', () => {
    expect(keep(PERMIT)).toEqual({ type: 'success' });
    expect(ask('kept')).toMatchObject({ response: { decision: 'allow' } });
    expect(keep('permit(')).toMatchObject({ type: 'failure' });
    expect(ask('kept')).toMatchObject({ response: { decision: 'allow' } });
    expect(keep('')).toEqual({ type: 'success' });
    expect(ask('kept')).toMatchObject({ response: { decision: 'deny' } });
  });

  it('are not found under names of inherited members', () => {
    for (const name of ['__proto__', 'constructor', '']) expect(ask(name)).toMatchObject({ type: 'failure' });
  });
});

describe('known differences', () => {
  const examples: Record<KnownDifferenceName, readonly [FunctionName, readonly unknown[]]> = {
    'official-breakdown': [
      'checkParsePolicySet',
      [{ staticPolicies: when(`${'('.repeat(100_000)}true${')'.repeat(100_000)}`) }],
    ],
    'bigint-argument': ['checkParseContext', [{ context: { n: 1n } }]],
    'array-for-object': [
      'policyToText',
      [{ ...Object(policyJson(1)), principal: { op: '==', entity: ['User', 'alice'] } }],
    ],
    'unknown-value': ['checkParseContext', [{ context: { n: { __extn: { fn: 'unknown', arg: 'x' } } } }]],
    'unresolvable-schema': ['schemaToJsonWithResolvedTypes', ['type T = U; type U = T;']],
  };

  it.each(Object.entries(examples))('%s', (known, [name, args]) => {
    renewOfficial();
    const comparison = callBoth(name, args);
    expect(compareOutcomes(comparison)).toBe(known);
    expect(comparison.ours.kind).toBe('answer');
  });

  it('are explained', () => {
    for (const { why } of Object.values(KNOWN_DIFFERENCES)) expect(why.length).toBeGreaterThan(20);
  });
});

describe('a schema that was kept', () => {
  const schema = 'entity User, Doc; action view appliesTo { principal: User, resource: Doc };';
  const call = { ...REQUEST, preparsedPolicySetId: 'kept', preparsedSchemaName: 'kept' };

  it('is what calls that name it are checked against', () => {
    renewOfficial();
    for (const name of ['preparseSchema', 'preparsePolicySet'] as const) {
      const kept = name === 'preparseSchema' ? schema : { staticPolicies: PERMIT };
      expect(compareOutcomes(callBoth(name, ['kept', kept]))).toBe('same');
    }
    const wrong = { ...call, principal: { type: 'Doc', id: 'x' } };
    for (const each of [call, wrong, { ...wrong, validateRequest: false }, { ...call, entities: [{}] }]) {
      const comparison = callBoth('statefulIsAuthorized', [each]);
      expect(compareOutcomes(comparison)).toBe('same');
    }
    expect(ours.statefulIsAuthorized(call)).toMatchObject({ response: { decision: 'allow' } });
    expect(errorsOf(ours.statefulIsAuthorized(wrong))[0]?.message).toBe(
      'principal type `Doc` is not valid for `Action::"view"`',
    );
  });
});

describe('partial evaluation', () => {
  it('is refused clearly', () => {
    const call = { ...REQUEST, principal: null, policies: { staticPolicies: PERMIT } };
    expect(errorsOf(ours.isAuthorizedPartial(call))).toMatchObject([
      { message: 'partial evaluation is not supported' },
    ]);
  });

  it.each([undefined, {}, { context: {}, entities: [], policies: 5 }, { nonsense: 1 }])(
    '%j throws as in the official package',
    (call) => {
      expect(officialOutcome('isAuthorizedPartial', [call]).kind).toBe('throws');
      expect(ourOutcome('isAuthorizedPartial', [call]).kind).toBe('throws');
    },
  );
});

describe(`arguments of any kind (seed ${SEED})`, () => {
  const anything = fc.anything({
    withBigInt: true,
    withBoxedValues: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withNullPrototype: true,
    withObjectString: true,
    withSparseArray: true,
    withTypedArray: true,
  });

  it('are answered like by the official package, or with an error', { timeout: 60_000 + RUNS * 100 }, () => {
    const property = fc.property(anything, (value) => {
      renewOfficial();
      const calls: readonly (readonly [FunctionName, readonly unknown[]])[] = [
        ['checkParseContext', [{ context: value }]],
        ['checkParseContext', [{ context: { value } }]],
        ['checkParseEntities', [{ entities: [{ uid: REQUEST.principal, attrs: { value }, parents: [] }] }]],
        ['policyToText', [policyJson(value)]],
        ['isAuthorized', [value]],
        ['checkParsePolicySet', [value]],
      ];
      for (const [name, args] of calls) {
        const comparison = callBoth(name, args);
        expect(['same', 'bigint-argument', 'array-for-object']).toContain(compareOutcomes(comparison));
      }
    });
    fc.assert(property, { numRuns: 2 * RUNS, seed: SEED });
  });
});
