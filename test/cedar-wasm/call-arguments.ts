import type { FunctionName } from './oracle.js';

const PERMIT = 'permit(principal,action,resource);';
const TEMPLATE = 'permit(principal == ?principal,action,resource);';
const ALL = { op: 'All' };
const PERMIT_JSON = { effect: 'permit', principal: ALL, action: ALL, resource: ALL, conditions: [] };
const TEMPLATE_JSON = { ...PERMIT_JSON, principal: { op: '==', slot: '?principal' } };
const CONDITIONS = (...bodies: unknown[]) => ({
  ...PERMIT_JSON,
  conditions: bodies.map((body) => ({ kind: 'when', body })),
});

const uid = (type: unknown, id: unknown) => ({ type, id });
const USER = uid('User', 'alice');
const REQUEST = { principal: USER, action: uid('Action', 'view'), resource: uid('Doc', 'x'), context: {} };
const CALL = { ...REQUEST, policies: { staticPolicies: PERMIT }, entities: [] };
const STATEFUL = { ...REQUEST, preparsedPolicySetId: 'tested', entities: [] };
const entity = (changes: object = {}) => ({ uid: USER, attrs: {}, parents: [], ...changes });
const link = (values: unknown, newId: unknown = 'linked', templateId: unknown = 't') => ({ templateId, newId, values });
const linked = (...templateLinks: unknown[]) => ({ templates: { t: TEMPLATE }, templateLinks });
const without = (object: object, key: string) => Object.fromEntries(Object.entries(object).filter(([k]) => k !== key));

/** Each field of an object left out, null, and of the wrong kind. */
const FAULTY = (object: object): object[] =>
  Object.keys(object).flatMap((key) => [
    without(object, key),
    ...[undefined, null, 5, 'x', true, [], {}].map((value) => ({ ...object, [key]: value })),
  ]);

/** No call object at all. */
const NO_CALLS = [undefined, null, 5, 'x', true, [], {}, { nonsense: 1 }];

const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);

const POLICY_SETS: readonly unknown[] = [
  ...NO_CALLS,
  [PERMIT],
  [PERMIT, { t: TEMPLATE }, []],
  [PERMIT, {}, [], 1],
  ...[undefined, null, 5, true, 'permit', '', '// c', [], {}, [5], [null], [''], { a: 5 }, { a: null }, { a: '' }].map(
    (staticPolicies) => ({ staticPolicies }),
  ),
  ...[PERMIT, [PERMIT], { a: PERMIT }, [PERMIT_JSON], { a: PERMIT_JSON }, [PERMIT, PERMIT_JSON], { '': PERMIT }].map(
    (staticPolicies) => ({ staticPolicies }),
  ),
  ...[[PERMIT, PERMIT], [PERMIT_JSON, PERMIT_JSON], [PERMIT, PERMIT, 'permit('], [PERMIT + PERMIT]].map(
    (staticPolicies) => ({ staticPolicies }),
  ),
  ...[TEMPLATE, [TEMPLATE], { a: TEMPLATE }, [TEMPLATE_JSON], { a: TEMPLATE_JSON }, PERMIT + TEMPLATE].map(
    (staticPolicies) => ({ staticPolicies }),
  ),
  ...[null, 5, 'x', [], [TEMPLATE], {}, { t: TEMPLATE }, { t: TEMPLATE_JSON }].map((templates) => ({ templates })),
  ...[{ t: PERMIT }, { t: PERMIT_JSON }, { t: null }, { t: TEMPLATE + TEMPLATE }, { t: '' }, { t: 'permit(' }].map(
    (templates) => ({ templates }),
  ),
  { staticPolicies: { a: PERMIT }, templates: { a: TEMPLATE } },
  { staticPolicies: PERMIT, templates: { policy0: TEMPLATE } },
  { staticPolicies: JSON.parse(`{"__proto__": ${JSON.stringify(PERMIT)}, "constructor": ${JSON.stringify(PERMIT)}}`) },
  ...[null, 5, {}, [], [null], [5], [{}], [['t', 'linked', { '?principal': USER }]], [['t', 'linked']]].map(
    (templateLinks) => ({ templates: { t: TEMPLATE }, templateLinks }),
  ),
  linked(link({ '?principal': USER })),
  linked(link({ '?principal': { __entity: USER } })),
  linked(link({ '?principal': ['User', 'alice'] })),
  linked(link({ '?principal': null })),
  linked(link({ '?principal': uid('if', 'x') })),
  linked(link({})),
  linked(link({ '?resource': USER })),
  linked(link({ '?principal': USER, '?resource': USER })),
  linked(link({ principal: USER })),
  linked(link({ '?foo': USER, '?principal': USER })),
  linked(link(null)),
  linked(link([])),
  linked(link({ '?principal': USER }, 't')),
  linked(link({ '?principal': USER }, 5)),
  linked(link({ '?principal': USER }, 'linked', 'unknown')),
  linked(link({ '?principal': USER }, 'linked', 5)),
  linked({ ...link({ '?principal': USER }), nonsense: 1 }),
  linked(without(link({ '?principal': USER }), 'values')),
  linked(link({ '?principal': USER }), link({ '?principal': USER })),
  { ...linked(link({ '?principal': USER }, 'policy0')), staticPolicies: PERMIT },
  { ...linked(link({}, 'linked', 'policy0')), staticPolicies: PERMIT },
  { staticPolicies: `${PERMIT}\n\u{1f600}permit(principal,action,resource) when { 1 + };` },
];

const ONE_POLICY: readonly unknown[] = [
  ...NO_CALLS.filter((value) => value !== 'x'),
  '',
  '// c',
  PERMIT,
  TEMPLATE,
  PERMIT + PERMIT,
  TEMPLATE + PERMIT,
  ` ${PERMIT} // c`,
  'permit(',
  `@a @b("") ${PERMIT}`,
  'forbid(principal,action,resource) when { context.\u00e9 };',
  `/**/${PERMIT}`,
  PERMIT.slice(0, -1),
  `${PERMIT};`,
  PERMIT_JSON,
  TEMPLATE_JSON,
  { ...PERMIT_JSON, nonsense: 1 },
  { ...PERMIT_JSON, effect: 'allow' },
  { ...PERMIT_JSON, annotations: { z: 'a', a: null } },
  { ...PERMIT_JSON, annotations: {} },
  { ...PERMIT_JSON, principal: { op: 'all', nonsense: 1 } },
  { ...PERMIT_JSON, principal: { op: '==', entity: { __entity: { ...USER, nonsense: 1 } } } },
  { ...PERMIT_JSON, principal: { op: 'is', entity_type: 'A::B', in: { slot: '?principal' } } },
  { ...PERMIT_JSON, action: { op: 'in', entities: [uid('Action', 'a')] }, resource: { op: 'in', slot: '?resource' } },
  { ...PERMIT_JSON, action: { op: 'in', entity: uid('Action', 'a') } },
  CONDITIONS({ Value: 2 ** 53 }, { Value: -(2 ** 60) }, { Value: 2 ** 63 }),
  CONDITIONS({ Value: -(2 ** 60) }),
  CONDITIONS({ Value: 1.5 }),
  CONDITIONS({ Value: { b: [{ d: 1, c: 2 }], a: { __extn: { fn: 'ip', arg: '1.1.1.1', more: true } } } }),
  CONDITIONS({ Value: { __extn: { fn: 'offset', args: [1, 'x'] } } }),
  CONDITIONS({ like: { left: { Value: 'x' }, pattern: [{ Literal: 'ab*' }, 'Wildcard', 'Wildcard'] } }),
  CONDITIONS({ has: { left: { Var: 'principal' }, attr: ['a'] } }, { has: { attr: 'b c', left: { Var: 'context' } } }),
  CONDITIONS({ is: { left: { Var: 'principal' }, entity_type: 'A', in: { Value: { __entity: USER } } } }),
  CONDITIONS({ Record: { z: { Value: 1 }, a: { Set: [{ neg: { arg: { Value: 1 } } }] } } }),
  CONDITIONS({
    'if-then-else': { else: { Value: 1 }, if: { Value: true }, then: { isIpv4: [{ ip: [{ Value: '' }] }] } },
  }),
  CONDITIONS(JSON.parse('{"Record": {"__proto__": {"Value": {"__proto__": 1, "constructor": 2}}}}')),
  CONDITIONS({ Value: nested(120) }),
  CONDITIONS({ Value: nested(130) }),
];

const ENTITIES: readonly unknown[] = [
  null,
  5,
  'x',
  {},
  [],
  [5],
  [null],
  [{}],
  [entity()],
  [entity({ foo: 1 })],
  { attrs: null },
  { attrs: { x: null } },
  { attrs: { x: 1.5 } },
  { attrs: { x: 2 ** 63 } },
  { attrs: { x: -0 } },
  { uid: 5 },
  { uid: uid('if', 'x') },
  { uid: ['A', 'b'] },
  { parents: 5 },
  { parents: [5] },
  { tags: null },
  { parents: [USER] },
  { tags: { x: 1 } },
  { tags: { x: null } },
  { attrs: { x: { __expr: 'x' } } },
  ...[
    { fn: 'ip', arg: 'x' },
    { fn: 'ip', arg: '::1' },
    { fn: 'no', arg: 'x' },
    { fn: 'decimal', args: ['1.0', 1] },
  ].map((call) => ({ attrs: { x: { __extn: call } } })),
].map((each) => (Array.isArray(each) || each === null || typeof each !== 'object' ? each : [entity(each)]));

const MORE_ENTITIES: readonly unknown[] = [
  [entity(), entity()],
  [entity(), entity({ attrs: { a: 1 } })],
  [entity({ uid: uid('A', 'a'), parents: [uid('B', 'b')] }), entity({ uid: uid('B', 'b'), parents: [uid('A', 'a')] })],
  [entity({ uid: uid('Action', 'a'), parents: [USER] })],
];

const CONTEXTS: readonly unknown[] = [
  null,
  5,
  'x',
  [],
  {},
  { a: null },
  { a: 1.5 },
  { a: 1e21 },
  { a: 2 ** 60 },
  { a: NaN },
  { a: [undefined] },
  { a: undefined },
  { __extn: { fn: 'ip', arg: '::1' } },
  { __entity: USER },
  { __expr: 'x' },
  { a: { __expr: 'x' } },
  { a: { __extn: { fn: 'ip', arg: 'x' } } },
  { a: { __extn: { fn: 'ip', args: ['::1', 1] } } },
  { a: { __entity: uid('if', 'x') } },
  { a: nested(124) },
  { a: nested(125) },
  { a: nested(126) },
  new Date(0),
  new Date(Number.NaN),
  new Map([['a', 1]]),
  new Uint8Array(2),
  /x/,
  new Error('x'),
  Object(1),
  Object('x'),
  ...[
    () => 1,
    Symbol('x'),
    { toJSON: () => ({ b: 1 }) },
    { toJSON: () => undefined },
    Object.create({ inherited: 1 }),
  ].map((a) => ({ a })),
  { 'half \ud800': 1 },
  { a: '\udc00' },
  {
    get a(): never {
      throw new Error('unreadable');
    },
  },
];

const FORMATTING: readonly unknown[] = [
  ...[PERMIT, '', '// c', 'permit(', `${PERMIT}permit(principal,action,resource) when {1+};`].map((policyText) => ({
    policyText,
  })),
  ...[0, 1, 20, 2 ** 31, 2 ** 32 - 1, 2 ** 32, -1, 1.5, null, 'x', undefined].map((lineWidth) => ({
    policyText: PERMIT,
    lineWidth,
  })),
  ...[0, -3, 7, 2 ** 31 - 1, -(2 ** 31), 2 ** 31, 1.5, null].map((indentWidth) => ({
    policyText: PERMIT,
    indentWidth,
  })),
  [PERMIT],
  [PERMIT, 10, 2],
  [PERMIT, 10, 2, 3],
];

const SCHEMAS: readonly unknown[] = [
  undefined,
  null,
  5,
  true,
  [],
  {},
  '',
  'entity',
  'entity A {x: Foo};',
  'entity A;',
  'entity Long; entity A {x: Long};',
  'namespace N { @doc("a") entity A in [A] {a?: Set<String>} tags Long; action "x y" appliesTo {principal: A, resource: A}; }',
  'entity A; type A = Long;',
  'entity E enum ["a", "b"];',
  'type T = {a: {b: Long}}; entity A T;',
  'entity A {a: Long, a: String};',
  { '': { entityTypes: {}, actions: {} } },
  { '': { entityTypes: {} } },
  { '': { entityTypes: { A: { nonsense: 1 } }, actions: {} } },
  {
    '': {
      entityTypes: { A: { shape: { type: 'T' } } },
      actions: {},
      commonTypes: { T: { type: 'Record', attributes: {} } },
    },
  },
  { N: { entityTypes: { B: { memberOfTypes: [] }, A: {} }, actions: { a: { appliesTo: null } } } },
];

const SCHEMA = `entity Team; entity User in [Team] { age: Long, nick?: String }; entity Doc, Film; entity Bool;
action "view it", see, edit appliesTo { principal: [User, Team], resource: [Doc, Film] }; action all;`;

const CONDITIONED: readonly string[] = [
  'principal is User && principal.age > 1',
  'principal.nope',
  'principal is Film',
  '1 == "a"',
  'principal.age.x',
  'principal == Nope::"x" || principal has nick && 1 < "b"',
  '"say_\u04bbello" == "x"',
  'action == Action::"all"',
].map((condition) => PERMIT.replace(';', ` when { ${condition} };`));

const VALIDATED: readonly unknown[] = [
  {},
  { staticPolicies: CONDITIONED.join('\n') },
  { staticPolicies: Object.fromEntries(CONDITIONED.map((text, i) => [`p${i}`, text])) },
  { staticPolicies: [CONDITIONS({ '.': { left: { Var: 'principal' }, attr: 'nope' } })] },
  { ...linked(link({ '?principal': uid('Nope', 'x') }), link({ '?principal': USER }, 'other')) },
];

/** Arguments of each function. */
export const CALLS: Partial<Record<FunctionName, readonly (readonly unknown[])[]>> = {
  isAuthorized: [
    ...NO_CALLS,
    ...FAULTY(without(CALL, 'policies')).map((call) => ({ policies: CALL.policies, ...call })),
    ...POLICY_SETS.map((policies) => ({ ...CALL, policies })),
    ...[...ENTITIES, ...MORE_ENTITIES].map((entities) => ({ ...CALL, entities })),
    ...CONTEXTS.map((context) => ({ ...CALL, context })),
    ...[undefined, null].map((schema) => ({ ...CALL, schema })),
    ...[undefined, null, true, false, 0, 'true'].map((validateRequest) => ({ ...CALL, validateRequest })),
    [USER, USER, USER, {}, null, true, { staticPolicies: PERMIT }, []],
    [USER, USER, USER, {}, null, true, { staticPolicies: PERMIT }],
    { ...CALL, nonsense: 1 },
    { ...CALL, context: null, entities: null, policies: { staticPolicies: 'permit(' } },
    { ...CALL, entities: null, policies: { staticPolicies: { a: 'permit(', b: 'permit(' } } },
    { ...CALL, principal: 5, action: uid('if', 'x'), context: null },
  ].map((call) => [call]),
  preparsePolicySet: [...POLICY_SETS.map((set) => ['tested', set]), [undefined, {}], [null, {}], [5, {}], [{}, {}]],
  statefulIsAuthorized: [
    ...NO_CALLS,
    ...FAULTY(STATEFUL),
    ...[undefined, null, 'unknown', 5].map((preparsedSchemaName) => ({ ...STATEFUL, preparsedSchemaName })),
    ...[undefined, null, true].map((validateRequest) => ({ ...STATEFUL, validateRequest })),
    { ...STATEFUL, preparsedPolicySetId: 'unknown', preparsedSchemaName: 'unknown', principal: 5, context: null },
    { ...STATEFUL, preparsedPolicySetId: 'unknown', entities: null },
    { ...STATEFUL, preparsedPolicySetId: '__proto__' },
  ].map((call) => [call]),
  checkParsePolicySet: POLICY_SETS.map((set) => [set]),
  checkParseEntities: [
    ...NO_CALLS,
    ...[...ENTITIES, ...MORE_ENTITIES].map((entities) => ({ entities })),
    { entities: [], schema: null },
    { entities: [], schema: 'entity' },
    { entities: [], schema: 5 },
    [[entity()], null],
  ].map((call) => [call]),
  checkParseContext: [
    ...NO_CALLS,
    ...CONTEXTS.map((context) => ({ context })),
    ...[null, USER, { __entity: USER }, 5, uid('if', 'x')].map((action) => ({ context: {}, action })),
    { context: null, action: 5, schema: 'entity' },
    { context: {}, schema: 'entity' },
    [{}, null, USER],
  ].map((call) => [call]),
  policyToJson: ONE_POLICY.map((policy) => [policy]),
  policyToText: ONE_POLICY.map((policy) => [policy]),
  templateToJson: ONE_POLICY.map((policy) => [policy]),
  templateToText: ONE_POLICY.map((policy) => [policy]),
  policySetTextToParts: [
    [undefined],
    [null],
    ...['', PERMIT, TEMPLATE, PERMIT + TEMPLATE + PERMIT, ` ${PERMIT}\n// c\n`, 'permit(', 'permit', '\u00e9'].map(
      (text) => [text],
    ),
    [Array.from({ length: 12 }, (_, i) => `@n("${i}") ${i % 2 === 0 ? PERMIT : TEMPLATE} // ${i}\n`).join('')],
  ],
  formatPolicies: [...NO_CALLS, ...FORMATTING].map((call) => [call]),
  checkParseSchema: SCHEMAS.map((schema) => [schema]),
  preparseSchema: [...SCHEMAS.map((schema) => ['tested', schema]), [undefined, '']],
  schemaToJson: SCHEMAS.map((schema) => [schema]),
  schemaToText: SCHEMAS.map((schema) => [schema]),
  schemaToJsonWithResolvedTypes: [undefined, null, ...SCHEMAS.filter((schema) => typeof schema === 'string')].map(
    (schema) => [schema],
  ),
  isAuthorizedPartial: [
    ...NO_CALLS,
    ...[undefined, null, 5, 'x', true, { nonsense: 1 }].map((policies) => ({ ...CALL, policies })),
  ].map((call) => [call]),
  validate: [
    ...NO_CALLS,
    { schema: 'entity', policies: { staticPolicies: 'permit(' } },
    { schema: {}, policies: null },
    ...VALIDATED.map((policies) => ({ schema: SCHEMA, policies })),
    ...VALIDATED.map((policies) => ({ schema: SCHEMA, policies, validationSettings: { mode: 'strict' } })),
    ...[undefined, null, {}, { mode: 'permissive' }, { mode: 'strict', nonsense: 1 }, ['strict']].map(
      (validationSettings) => ({ validationSettings, schema: 'entity', policies: {} }),
    ),
  ].map((call) => [call]),
  getValidRequestEnvsPolicy: [
    [],
    ['permit(', ''],
    [PERMIT, 'entity'],
    [TEMPLATE, ''],
    [null, null],
    ...[PERMIT, PERMIT_JSON, ...CONDITIONED].map((policy) => [policy, SCHEMA]),
  ],
  getValidRequestEnvsTemplate: [
    [],
    ['permit(', ''],
    [TEMPLATE, 'entity'],
    [PERMIT, ''],
    ...[TEMPLATE, TEMPLATE_JSON, TEMPLATE.replace(';', ' when { principal.age > 1 };')].map((each) => [each, SCHEMA]),
  ],
  getCedarVersion: [[], ['nonsense']],
  getCedarLangVersion: [[]],
  getCedarSDKVersion: [[]],
};
