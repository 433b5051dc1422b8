import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { type DataFacts, factsOf } from '../entities/data-facts.js';
import { entityUidFromJson } from '../entities/entity-uid.js';
import { EvaluationError, type EvaluationProblem } from '../evaluator/evaluation-error.js';
import { isJsonArray, isJsonObject, type JsonValue } from '../json/json-value.js';
import { pointerKeys } from '../json/pointer.js';
import { printEntityUid, quoteText } from '../values/print.js';
import type { EntityUid, RecordValue } from '../values/value.js';
import { wrongJson } from './call-fields.js';
import { officialContext, officialJson, officialType, officialTypeOf, officialValue } from './official-values.js';

/** What the official package says about a problem. */
export interface OfficialWords {
  readonly message: string;
  /** Undefined where the official package has none; ours is then kept. */
  readonly help?: string;
}

const READING = 'error during entity deserialization: ';
const CONFORMING = 'entity does not conform to the schema: ';

/** A problem of entities in the words of the official package; undefined where it says nothing worth repeating. */
export function wordsForEntities(d: Diagnostic, json: JsonValue): OfficialWords | undefined {
  const facts = factsOf(d);
  const { uid, attribute } = facts;
  const name = uid === undefined ? '' : printEntityUid(uid);
  switch (d.code) {
    case 'unknown-entity-type':
      return {
        message: `${READING}entity \`${name}\` has type \`${uid?.type}\` which is not declared in the schema`,
        ...similarHelp(facts),
      };
    case 'unexpected-attribute':
      return {
        message: `${READING}attribute \`${attribute}\` on \`${name}\` should not exist according to the schema`,
      };
    case 'unexpected-tag':
      return {
        message: `${READING}found a tag \`${facts.tag}\` on \`${name}\`, but no tags should exist on \`${name}\` according to the schema`,
      };
    case 'missing-attribute':
      return {
        message: `${CONFORMING}expected entity \`${name}\` to have attribute \`${attribute}\`, but it does not`,
      };
    case 'unknown-enum-id':
      return { ...enumWords(facts), message: CONFORMING + enumWords(facts).message };
    case 'unknown-action':
      return {
        message: `${CONFORMING}found action entity \`${name}\`, but it was not declared as an action in the schema`,
      };
    case 'parent-type':
      return {
        message: `${CONFORMING}\`${name}\` is not allowed to have an ancestor of type \`${facts.parent?.type}\` according to the schema`,
      };
    case 'action-mismatch':
      return {
        message: `${CONFORMING}definition of action \`${name}\` does not match its schema declaration`,
        help: `to use the schema's definition of \`${name}\`, simply omit it from the entities input data`,
      };
    case 'action-parent':
      return {
        message: `${READING}action \`${name}\` has a non-action parent \`${facts.parent === undefined ? '' : printEntityUid(facts.parent)}\``,
        help: 'parents of actions need to have type `Action` themselves, perhaps namespaced',
      };
    case 'duplicate-entity':
      return { message: `duplicate entity entry \`${name}\`` };
    case 'entity-cycle':
      return {
        message: `transitive closure computation/enforcement error: input graph has a cycle containing vertex \`${facts.cycle?.[0] === undefined ? '' : printEntityUid(facts.cycle[0])}\``,
      };
    case 'type-mismatch':
      return { message: `${CONFORMING}${placeInEntities(d, json)}, ${mismatch(facts, 'checking')}` };
    default:
      return wordsForReading(d, facts, placeInEntities(d, json), READING);
  }
}

/** A problem of a context that cannot be read, in the words of the official package. */
export function wordsForContext(d: Diagnostic): OfficialWords | undefined {
  return wordsForReading(d, factsOf(d), 'while parsing context', '');
}

/** The mismatches of a context as the one problem that the official package has with it. */
export function wordsForMismatches(
  mismatches: readonly Diagnostic[],
  context: RecordValue,
  action: EntityUid,
): OfficialWords {
  const words = mismatches.flatMap((d) => wordsForRequest(d) ?? []);
  if (words[0] !== undefined) return words[0];
  const message = `context \`${officialContext(context)}\` is not valid for \`${printEntityUid(action)}\``;
  return { message, help: mismatches.map(({ pointer = '', message: why }) => `at ${pointer}: ${why}`).join('; ') };
}

/** What the schema has against a request, in the words of the official package. */
export function wordsForRequest(d: Diagnostic): OfficialWords | undefined {
  const facts = factsOf(d);
  const { uid } = facts;
  switch (d.code) {
    case 'unknown-entity-type':
      return { message: `${facts.role} type \`${uid?.type}\` is not declared in the schema` };
    case 'unknown-enum-id':
      return enumWords(facts);
    case 'unknown-action':
      return uid && { message: `request's action \`${printEntityUid(uid)}\` is not declared in the schema` };
    case 'principal-type':
    case 'resource-type': {
      const role = d.code === 'principal-type' ? 'principal' : 'resource';
      const action = facts.action === undefined ? '' : printEntityUid(facts.action);
      const allowed = [...(facts.allowed ?? [])].sort().map((type) => `\`${type}\``);
      return {
        message: `${role} type \`${facts.type}\` is not valid for \`${action}\``,
        help:
          allowed.length === 0
            ? `no ${role} types are valid for \`${action}\``
            : `valid ${role} types for \`${action}\`: ${allowed.join(', ')}`,
      };
    }
    default:
      return undefined;
  }
}

/** Problems of reading; `place` says where in words, `words` stand before every message. */
function wordsForReading(d: Diagnostic, facts: DataFacts, place: string, words: string): OfficialWords | undefined {
  switch (d.code) {
    case 'not-a-set':
    case 'not-a-record':
      return { message: `${words}${place}, ${mismatch(facts, 'reading')}` };
    case 'missing-record-attribute':
      return {
        message: `${words}${place}, expected the record to have an attribute \`${facts.attribute}\`, but it does not`,
      };
    case 'unexpected-record-attribute':
      return {
        message: `${words}${place}, record attribute \`${facts.attribute}\` should not exist according to the schema`,
      };
    case 'null-value':
      return { message: `${words}${place}, found a \`null\`; JSON \`null\`s are not allowed in Cedar` };
    case 'expr-escape':
      return {
        message: `${words}${place}, the \`__expr\` escape is no longer supported`,
        help: 'to create an entity reference, use `__entity`; to create an extension value, use `__extn`; and for all other values, use JSON directly',
      };
    case 'missing-field':
      return { message: `${words}missing field \`${facts.field}\`` };
    case 'bad-entity':
    case 'entities-not-array': {
      const wanted = { attrs: 'a map', tags: 'a map', parents: 'a sequence' }[facts.field ?? ''];
      const expected = wanted ?? (d.code === 'bad-entity' ? 'struct EntityJson' : 'a sequence');
      return facts.json === undefined ? undefined : { message: words + wrongJson(facts.json, expected) };
    }
    case 'bad-entity-reference':
      return {
        message: `${words}${place}, expected a literal entity reference, but got \`${officialJson(facts.json ?? null)}\``,
        help: 'literal entity references can be made with `{ "type": "SomeType", "id": "SomeId" }`',
      };
    default:
      return wordsForCall(d, facts, place, words);
  }
}

/** Problems of a call of an extension function. */
function wordsForCall(d: Diagnostic, facts: DataFacts, place: string, words: string): OfficialWords | undefined {
  const name = facts.function ?? '';
  switch (d.code) {
    case 'extension-failure': {
      const extension = name === 'ip' ? 'ipaddr' : name;
      const { reason = '' } = facts;
      return evaluation({ kind: 'FailedExtensionFunctionExecution', extension, reason, help: d.help }, place, words);
    }
    case 'wrong-argument-type': {
      const { value: actual, expected } = facts;
      if (actual === undefined || typeof expected !== 'string') return undefined;
      return evaluation({ kind: 'TypeError', expected: [expected], actual }, place, words);
    }
    case 'unknown-extension-function':
      return { message: `${words}extension function \`${name}\` does not exist` };
    case 'wrong-number-of-arguments':
      return {
        message: `${words}expected ${Number(facts.expected)} arguments for function ${name} but ${Number(facts.found)} arguments are provided`,
      };
    default:
      return undefined;
  }
}

function evaluation(problem: EvaluationProblem, place: string, words: string): OfficialWords {
  const { message, help } = new EvaluationError(problem, undefined);
  if (words === '') return help === undefined ? { message } : { message, help };
  return { message: `${words}failed to evaluate ${place.replace(/^in /, '').replace('` on `', '` of `')}: ${message}` };
}

function mismatch({ expected, value }: DataFacts, refusedBy: 'reading' | 'checking'): string {
  if (value === undefined || typeof expected !== 'object') return 'type mismatch';
  const [type, found] = [officialType(expected), officialTypeOf(value)];
  return `type mismatch: value was expected to have type ${type}, but it actually has type ${found}: \`${officialValue(value, refusedBy)}\``;
}

function enumWords({ uid, ids = [] }: DataFacts): OfficialWords {
  const [name, id] = uid === undefined ? ['', ''] : [printEntityUid(uid), quoteText(uid.id)];
  return {
    message: `entity \`${name}\` is of an enumerated entity type, but \`${id}\` is not declared as a valid eid`,
    help: `valid entity eids: ${ids.map(quoteText).join(', ')}`,
  };
}

function similarHelp({ similar = [] }: DataFacts): { readonly help?: string } {
  const [only] = similar;
  if (only === undefined) return {};
  const help = similar.length === 1 ? `\`${only}\`` : `one of [${similar.map((type) => `"${type}"`).join(', ')}]`;
  return { help: `did you mean ${help}?` };
}

/** The place of a problem of entities: the field, attribute or tag, and the entity. */
function placeInEntities({ pointer = '' }: Diagnostic, json: JsonValue): string {
  const [index = '', field, member] = pointerKeys(pointer) ?? [];
  const entity = isJsonArray(json) ? json[Number(index)] : undefined;
  const uid = entityUidFromJson((entity !== undefined && isJsonObject(entity) ? entity['uid'] : undefined) ?? null);
  const name = uid.ok ? `\`${printEntityUid(uid.value)}\`` : '<unknown entity>';
  switch (field) {
    case 'attrs':
      return `in attribute \`${member}\` on ${name}`;
    case 'tags':
      return `in tag \`${member}\` on ${name}`;
    case 'parents':
      return `in parents field of ${name}`;
    default:
      return 'in uid field of <unknown entity>';
  }
}
