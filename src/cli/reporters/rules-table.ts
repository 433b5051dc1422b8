import { SCHEMA_SYNTAX_CODES } from '../../parser/schema-codes.js';
import { SYNTAX_CODES } from '../../parser/syntax-codes.js';
import { SCHEMA_CODES } from '../../schema/schema-codes.js';

/** What codes stand for that no table of the step that reports them describes. */
const OTHER_CODES: Readonly<Record<string, string>> = {
  // Files and the command line
  'file-not-found': 'a file or folder that does not exist',
  'file-unreadable': 'a file that cannot be read, or is not UTF-8 text',
  'file-unwritable': 'a file that cannot be written',
  'no-files': 'a folder or pattern without a file of the kind that is looked for',
  'stdin-twice': 'standard input that is named twice',
  'no-schema': 'policies without a schema beside them, where one is needed',
  'formatter-mismatch': 'formatted text that does not mean the same',
  'policy-json-kind': 'JSON that is neither a policy nor a policy set',
  'linked-policies': 'links of templates where none can be written',
  'bad-template-link': 'an entry of a file of links that is no link',
  'missing-request-part': 'an expression that asks for a part of the request that is not given',

  // JSON text
  'json-empty': 'a JSON text with nothing in it',
  'json-unclosed': 'an object or array of JSON that is not closed',
  'json-unclosed-string': 'a string of JSON that is not closed',
  'json-duplicate-key': 'a key that stands twice in one JSON object',
  'json-too-deep': 'JSON that nests deeper than is supported',
  'json-too-large': 'JSON that is larger than is supported',
  'json-number-too-large': 'a number of JSON beyond what can be read',
  'json-lone-surrogate': 'half of a surrogate pair in a string of JSON',

  // JSON policies
  'unknown-template': 'a link of a template that does not exist',
  'expected-template': 'a static policy where a template is needed',
  'expected-static-policy': 'a template where a static policy is needed',
  'link-values': 'a link with too few or too many entities for the slots of its template',
  'link-slots': 'a link with too few or too many entities for the slots of its template',

  // Entities, requests and contexts
  'bad-entity': 'an entity of the wrong shape',
  'bad-entity-uid': 'the name of an entity that is not `Type::"id"`',
  'bad-entity-reference': 'a reference to an entity of the wrong shape',
  'bad-type-name': 'a text that is no name of an entity type',
  'bad-escape': 'an escape that does not exist',
  'bad-request': 'a request of the wrong shape',
  'duplicate-entity': 'an entity that is given twice',
  'entity-cycle': 'an entity that is its own ancestor',
  'entity-conflict': 'an entity that is given twice with different data',
  'entities-not-array': 'entities that are no array',
  'context-not-record': 'a context that is no object',
  'inexact-integer': 'an integer that was rounded before it was read',
  'number-not-integer': 'a number that is no integer',
  'null-value': 'null, which Cedar does not have',
  'wrong-type': 'a value of the wrong JSON type',
  'missing-field': 'a field that is required',
  'unknown-field': 'a field that does not exist',
  'unknown-key': 'a key that does not exist',

  // Policy sets and harness
  'duplicate-policy-id': 'an id that two policies of a set have',
  'missing-id': 'a policy of a harness without `@id`',
  'escalate-on-permit': '`@escalate` on a permit, where it means nothing',
  'unlinked-template': 'a template that decides nothing, because it is not linked',
  'unknown-action': 'an action that is not declared',
  'no-policies': 'a harness without a policy',
  'duplicate-tool': 'a tool that an agent declares twice',
  'tool-name-collision': 'a tool with the name of another action',
  'bad-agent': 'an agent file of the wrong shape',
  'bad-event': 'an event of the wrong shape',
  'bad-test-file': 'a test file of the wrong shape',
  'no-tests': 'a run without a test',
  'not-formatted': 'a file that is not in the official layout',
  'failed-test': 'a test with another outcome than it expects',

  // Validation
  'unrecognized-entity-type': 'an entity type that the schema does not declare',
  'unrecognized-action-id': 'an action that the schema does not declare',
  'invalid-enum-entity': 'an entity that its enumerated type does not list',
  'invalid-action-application': 'a scope that fits no action of the schema',
  'impossible-policy': 'a policy that is false for every request that the schema allows',
  'unexpected-type': 'an operand of another type than its operator takes',
  'incompatible-types': 'values that must have the same type and do not',
  'unsafe-attribute-access': 'an attribute that is not declared',
  'unsafe-optional-attribute-access': 'an optional attribute that is read without a test that it is there',
  'unsafe-tag-access': 'a tag that is read without a test that it is there',
  'no-tags-allowed': 'a tag of an entity type that is declared without tags',
  'undefined-function': 'a function that does not exist',
  'wrong-number-arguments': 'a function with too few or too many arguments',
  'function-argument-validation': 'a string that the constructor of an extension value does not accept',
  'non-lit-ext-constructor': 'the constructor of an extension value with an argument that is not written out',
  'empty-set-forbidden': 'an empty set, which has no type',
  'internal-invariant-violation': 'an expression that cannot be typed',
  'entity-deref-level-violation': 'more steps from entity to entity than the level allows',
  'mixed-script-string': 'a string with letters of several scripts',
  'bidi-chars-in-string': 'a string with characters that change the direction of text',
  'mixed-script-identifier': 'a name with letters of several scripts',
  'bidi-chars-in-identifier': 'a name with characters that change the direction of text',
  'confusable-identifier': 'a name that looks like another',

  // Evaluation
  'type-error': 'an operand of another type than its operator takes',
  'entity-does-not-exist': 'an attribute or tag of an entity that does not exist',
  'entity-attr-does-not-exist': 'an attribute or tag that an entity does not have',
  'record-attr-does-not-exist': 'an attribute that a record does not have',
  'integer-overflow': 'arithmetic beyond 64 bits',
  'failed-extension-function-execution': 'an extension function that does not accept its arguments',
  'failed-extension-function-lookup': 'a function that does not exist',
  'wrong-num-arguments': 'a function with too few or too many arguments',
};

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  ...OTHER_CODES,
  ...SCHEMA_SYNTAX_CODES,
  ...SCHEMA_CODES,
  ...SYNTAX_CODES,
};

/** What a code stands for, as a part of a sentence; an unknown one in its own words. */
export function ruleDescription(code: string): string {
  const known = Object.hasOwn(DESCRIPTIONS, code) ? DESCRIPTIONS[code] : undefined;
  return known ?? code.replaceAll('-', ' ');
}
