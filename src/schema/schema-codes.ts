/** Every code that reading a schema in JSON and resolving a schema can report, and what it stands for. */
export const SCHEMA_CODES = {
  // JSON format
  'schema-json-type': 'a value of the wrong JSON type',
  'schema-json-unknown-field': 'a field that does not exist',
  'schema-json-missing-field': 'a field that is required',
  'schema-json-name': 'a text that is not a name where a name is needed',
  'schema-json-annotations': 'annotations of the empty namespace',
  'schema-json-namespace': 'warning: the name of a field as the name of a namespace',
  'schema-json-positional': 'warning: an array in place of an object',
  'additional-attributes': 'records that are declared to have any other attributes',
  'action-attributes': 'attributes of an action',
  'enum-with-clauses': 'an enumerated entity type with parents, attributes or tags',
  'empty-list': 'an enumerated entity type without ids',
  'nesting-too-deep': 'more types inside each other than are supported',

  // Declarations
  'reserved-schema-name': '`__cedar` as a part of a declared name, or a common type with the name of a kind of type',
  'action-entity-type': 'an entity type with the name `Action`',
  'duplicate-declaration': 'an entity type, common type or action that is declared twice',
  'duplicate-attribute': 'warning: an attribute that is declared twice in one record',
  'shadowed-declaration': 'a name of the empty namespace that another namespace declares again',
  'shadows-builtin': 'warning: a declared name that hides a type of Cedar',
  'shadows-entity': 'warning: a common type that hides an entity type of the same name',

  // References
  'unknown-type': 'a name that no type has',
  'expected-entity-type': 'something else where the name of an entity type is needed',
  'expected-record-type': 'attributes or a context of another type than a record',
  'unknown-extension': 'a name that no extension type has',
  'unknown-action': 'a group of actions that is not declared',
  'common-type-cycle': 'a common type that is made of itself',
  'action-cycle': 'an action that is in itself',
  'type-too-deep': 'a type that nests deeper than is supported once its common types are put in',

  // Conversion to Cedar syntax
  'name-collision': 'an entity type and a common type of one name, which Cedar syntax cannot tell apart',
  'changed-reference': 'warning: a name that means another type in Cedar syntax than in JSON',
  'unprintable-shape': 'attributes of an entity type that are given by a common type',
} as const satisfies Readonly<Record<string, string>>;

export type SchemaCode = keyof typeof SCHEMA_CODES;
