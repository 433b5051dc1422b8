/** Codes that only reading schemas in Cedar syntax can fail with, beside those of policies; and what they stand for. */
export const SCHEMA_SYNTAX_CODES = {
  'expected-declaration': 'something other than a declaration',
  'nested-namespace': 'a namespace inside a namespace',
  'duplicate-namespace': 'a namespace that is opened twice in one text',
  'qualified-declaration': 'a declaration whose name has a namespace',
  'expected-type': 'a type was expected here',
  'trailing-comma': 'a comma behind the last element of a list that cannot end with one',
  'clause-order': 'parts of a declaration in the wrong order',
  'duplicate-clause': 'a part of a declaration that is written twice',
  'enum-with-clauses': 'an enumerated entity type with parents, attributes or tags',
  'empty-list': 'empty brackets or braces where something must stand',
  'incomplete-applies-to': '`appliesTo` without `principal` or without `resource`',
  'unknown-entry': 'an entry of `appliesTo` other than `principal`, `resource` and `context`',
  'action-attributes': 'attributes of an action',
  'unquoted-id': 'an id of an enumerated entity type without quotes',
} as const satisfies Readonly<Record<string, string>>;

export type SchemaSyntaxCode = keyof typeof SCHEMA_SYNTAX_CODES;
