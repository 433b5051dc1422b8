import type { SchemaSyntaxCode } from '../../src/parser/schema-codes.js';
import type { SyntaxCode } from '../../src/parser/syntax-codes.js';
import type { SchemaCode } from '../../src/schema/schema-codes.js';

/** A schema in Cedar syntax, or in JSON, in which one thing is wrong. */
export type WrongSchema = string | object;

/** Codes of policies that schemas share, with what they are about here. */
type SharedCode = Extract<
  SyntaxCode,
  | 'unexpected-token'
  | 'missing-semicolon'
  | 'missing-comma'
  | 'unclosed-delimiter'
  | 'reserved-word'
  | 'invalid-annotation'
  | 'duplicate-annotation'
  | 'invalid-entity'
  | 'invalid-escape'
  | 'unterminated-string'
  | 'non-ascii-identifier'
  | 'comment-style'
>;

/** Mistakes in the form of Cedar syntax. */
export const WRONG_TEXTS: Readonly<Record<SchemaSyntaxCode | SharedCode, readonly string[]>> = {
  'expected-declaration': [
    'enity User;',
    'entity User;;',
    'permit(principal, action, resource);',
    '{"": {"entityTypes": {}, "actions": {}}}',
    'entity User {}; }',
    '@doc("x")',
    'namespace A { @doc }',
  ],
  'nested-namespace': [
    'namespace A { @doc namespace B {} }',
    'namespace A {\n  entity X;\n  namespace B { entity Y; }\n  entity Z in [X, Y];\n}',
  ],
  'duplicate-namespace': ['namespace A { entity X; }\nnamespace B {}\nnamespace A { entity Y; }'],
  'qualified-declaration': [
    'entity Acme::User;',
    'namespace A {}\nentity User, Acme::Group { name: String };',
    'type Acme::Id = Long;',
  ],
  'expected-type': [
    'type T = ;',
    'entity User { name: "String" };',
    'entity User { names: [String] };',
    'type T = Set<>;',
    'entity User tags;',
    'entity User { name: @doc String };',
  ],
  'trailing-comma': ['entity A, B; entity C in [A, B,];', 'entity Color enum ["red",];', 'action a; action b in [a,];'],
  'clause-order': [
    'entity Group; entity User { name: String } in Group;',
    'entity User tags String { name: String };',
    'entity User; action read; action view appliesTo { principal: User, resource: User } in read;',
  ],
  'duplicate-clause': [
    'entity Group, Team; entity User in Group in Team;',
    'entity User {} {};',
    'entity User; action view appliesTo { principal: User, resource: User, principal: User };',
  ],
  'enum-with-clauses': [
    'entity Color enum ["red"] tags Long;',
    'entity Base; entity Color in Base enum ["red"];',
    'entity Color enum ["red"] { hex: String };',
  ],
  'empty-list': [
    'entity Color enum [];',
    'action a in [];',
    'entity User; action view appliesTo { principal: [], resource: User };',
  ],
  'incomplete-applies-to': [
    'action view appliesTo {};',
    'entity User; action view appliesTo { principal: User };',
    'action view appliesTo { context: { mfa: Bool } };',
  ],
  'unknown-entry': [
    'entity User; action view appliesTo { principals: User, resource: User };',
    'entity User; action view appliesTo { principalTypes: [User], resource: User };',
    'entity User; action view appliesTo { principal: User, resource: User, contxt: {} };',
  ],
  'action-attributes': ['action view attributes { owner: String };'],
  'unquoted-id': ['entity Color enum [red, "green"];'],
  'unexpected-token': [
    'entity User extends Group;',
    'entity A, B; entity User in A, B;',
    'type T Long;',
    'entity "User";',
    'entity User { name: String? };',
    'entity User { names: String[] };',
    'entity User { names: List<String> };',
    'entity User { name: String; age: Long };',
    'type T = {}; entity User = T;',
    'entity Color = enum ["red"];',
    'entity User { optional name: String };',
    'namespace Acme entity User; }',
    'entity User; action view appliesTo { principal: User, resource: User, context: Set<Long> };',
    'action a, ;',
    'entity A {\n  a: Long,\n  b Long,\n  c: Set<Long,\n  d: Bool,\n};\nentity B;',
  ],
  'missing-semicolon': [
    'entity User\nentity Group;',
    'entity User {\n  name: String\n}\n\naction view;',
    'namespace A { type T = Long }',
    'action view',
  ],
  'missing-comma': [
    'entity User {\n  name: String\n  age: Long\n};',
    'entity A, B; entity C in [A B];',
    'entity A; action a appliesTo { principal: A resource: A };',
  ],
  'unclosed-delimiter': [
    'entity User {\n  name: String,\n  age: Long\n\nentity Group;',
    'entity User { name: String;',
    'namespace A {\n  entity User;\n',
    'entity Color enum ["red";',
  ],
  'reserved-word': [
    'entity in;',
    'entity User { if: Long };',
    'action has;',
    'type T = is;',
    'namespace A::true {}',
    'entity User in [else];',
  ],
  'invalid-annotation': [
    '@doc() entity User;',
    '@doc(text) entity User;',
    '@"doc" entity User;',
    '@doc("a", "b") entity User;',
  ],
  'duplicate-annotation': ['@doc("a")\n@doc("b")\nentity User;', 'entity User { @a @b @a name: String };'],
  'invalid-entity': ['action read; action view in Action::read;'],
  'invalid-escape': [
    'action "\\q";',
    'entity Color enum ["\\u0041"];',
    '@doc("\\d") entity User;',
    'entity User { "\\x80": Long };',
  ],
  'unterminated-string': ['action "view;\nentity User;'],
  'non-ascii-identifier': ['entity Straße;'],
  'comment-style': ['/* the users */ entity User;', 'entity User; # the users'],
};

const LONG = { type: 'Long' };

/** A JSON schema with one namespace, the empty one. */
function json(namespace: object): object {
  return { '': { entityTypes: {}, actions: {}, ...namespace } };
}

/** Mistakes in the JSON format, and in what declarations and names mean. */
export const WRONG_SCHEMAS: Readonly<Record<SchemaCode, readonly WrongSchema[]>> = {
  'schema-json-type': [
    [],
    json({ entityTypes: { User: null } }),
    json({ entityTypes: { User: { memberOfTypes: 'Group' } } }),
    json({ commonTypes: { T: { type: 'Record', attributes: { a: { type: 'Long', required: 'yes' } } } } }),
    json({ actions: { view: { annotations: { doc: 1 } } } }),
  ],
  'schema-json-unknown-field': [
    json({ entityType: {} }),
    json({ entityTypes: { User: { memberOfType: [] } } }),
    json({ commonTypes: { T: { type: 'Long', name: 'x' } } }),
    json({ commonTypes: { T: { ...LONG, required: false } } }),
    json({ actions: { view: { applies_to: null } } }),
  ],
  'schema-json-missing-field': [
    { '': { entityTypes: {} } },
    json({ actions: { view: { appliesTo: { principalTypes: [] } } } }),
    json({ commonTypes: { T: { type: 'Set' } } }),
    json({ commonTypes: { T: {} } }),
  ],
  'schema-json-name': [
    { 'A :: B': { entityTypes: {}, actions: {} } },
    json({ entityTypes: { 'Acme::User': {} } }),
    json({ entityTypes: { User: { memberOfTypes: ['Group '] } } }),
    json({ commonTypes: { if: LONG } }),
    json({ entityTypes: { User: { annotations: { 'a b': null } } } }),
  ],
  'schema-json-annotations': [json({ annotations: { doc: 'everything' } })],
  'schema-json-namespace': [{ entityTypes: { entityTypes: {}, actions: {} } }],
  'schema-json-positional': [json({ actions: { view: [], list: { memberOf: [['view']] } } })],
  'additional-attributes': [
    json({ commonTypes: { T: { type: 'Record', attributes: {}, additionalAttributes: true } } }),
  ],
  'action-attributes': [json({ actions: { view: { attributes: {} } } })],
  'enum-with-clauses': [json({ entityTypes: { Color: { enum: ['red'], tags: LONG } } })],
  'empty-list': [json({ entityTypes: { Color: { enum: [] } } })],
  'nesting-too-deep': [],
  'reserved-schema-name': [
    'entity __cedar;',
    'namespace A::__cedar {}',
    'type Long = String;',
    json({ commonTypes: { Entity: LONG } }),
  ],
  'action-entity-type': ['entity Action;', json({ entityTypes: { Action: {} } })],
  'duplicate-declaration': [
    'entity User;\nentity Group, User;',
    'type T = Long; type T = Long;',
    'action view;\naction edit, "view";',
  ],
  'duplicate-attribute': ['entity User { name: String, age: Long, name: Long };'],
  'shadowed-declaration': [
    'entity User;\nnamespace Acme { entity User; }',
    'action view;\nnamespace Acme { action view; }',
  ],
  'shadows-builtin': ['type ipaddr = { text: String };', 'namespace A { entity Long; }'],
  'shadows-entity': ['entity T;\ntype T = Long;'],
  'unknown-type': [
    'entity User { friend: Usr };',
    'entity User { active: Boolean };',
    'entity User { name: string };',
    'entity User { tags: Set };',
    'entity User { ip: ip };',
    'namespace A { entity X; }\nnamespace A::B { entity Y in X; }',
    'type T = {};\nentity User in T;',
    'entity User; action view appliesTo { principal: User, resource: User, context: User };',
    'entity User { x: Something };',
    json({ entityTypes: { User: { tags: { type: 'User' } } } }),
    json({ commonTypes: { T: LONG }, entityTypes: { User: { tags: { type: 'Entity', name: 'T' } } } }),
  ],
  'expected-entity-type': [
    'action view; entity Log in Action;',
    'action view appliesTo { principal: Action, resource: Action };',
  ],
  'expected-record-type': [
    'type T = Set<Long>; entity User; action view appliesTo { principal: User, resource: User, context: T };',
    json({ entityTypes: { User: { shape: LONG } } }),
  ],
  'unknown-extension': [
    json({ commonTypes: { T: { type: 'Extension', name: 'ip' } } }),
    json({ commonTypes: { T: { type: 'Extension', name: 'Decimal' } } }),
    json({ commonTypes: { T: { type: 'Extension', name: 'money' } } }),
  ],
  'unknown-action': [
    'action view in read;',
    'action reads; action view in read;',
    'namespace A { action read; }\nnamespace B { action view in read; }',
    'entity User; action view in User::"read";',
  ],
  'common-type-cycle': ['type T = T;', 'type A = { b: B };\ntype B = Set<C>;\ntype C = A;'],
  'action-cycle': ['action view in view;', 'action a in b;\naction b in c;\naction c in a;'],
  'type-too-deep': [],
  'name-collision': [{ A: { entityTypes: { T: {} }, actions: {}, commonTypes: { T: LONG } } }],
  'changed-reference': [
    json({ entityTypes: { T: {}, User: { tags: { type: 'Entity', name: 'T' } } }, commonTypes: { T: LONG } }),
  ],
  'unprintable-shape': [
    json({ commonTypes: { T: { type: 'Record', attributes: {} } }, entityTypes: { User: { shape: { type: 'T' } } } }),
  ],
};
