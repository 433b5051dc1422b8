import { type Annotation, type Condition, type Policy, slotSpanOf, slotsOf, type Template } from '../ast/policy.js';
import type { Result } from '../diagnostics/diagnostic.js';
import type { JsonValue } from '../json/json-value.js';
import { readExpression } from './expression-from-json.js';
import {
  at,
  member,
  type Place,
  type PlaceOrTop,
  type Reading,
  readAll,
  readArray,
  readFields,
  readObject,
  readString,
  readWord,
  report,
} from './reading.js';
import { readActionConstraint, readScopeConstraint } from './scope-from-json.js';

/**
 * Reads a static policy from Cedar's JSON policy format. Errors carry JSON pointers, and all are found at once; a
 * function name under `__extn` that does not exist is only a warning, as it is accepted by the official engine.
 */
export function policyFromJson(json: JsonValue, id: string): Result<Policy> {
  return readAll((reading) => readPolicy(reading, json, undefined, id, 'static'));
}

/** Reads a template, which is a policy with at least one slot, from Cedar's JSON policy format. */
export function templateFromJson(json: JsonValue, id: string): Result<Template> {
  return readAll((reading) => readPolicy(reading, json, undefined, id, 'template'));
}

const FIELDS = { required: ['effect', 'principal', 'action', 'resource', 'conditions'], optional: ['annotations'] };

/** Reads a policy that must have no slot, or at least one. */
export function readPolicy(
  reading: Reading,
  json: JsonValue | undefined,
  place: PlaceOrTop,
  id: string,
  expected: 'static' | 'template',
): Policy | undefined {
  const errorsBefore = reading.errors;
  const fields = readFields(reading, json, place, expected === 'static' ? 'a policy' : 'a template', FIELDS);
  if (fields === undefined) return undefined;
  const effect = readWord(reading, member(fields, 'effect'), at(place, 'effect'), 'effect', ['permit', 'forbid']);
  const principal = readScopeConstraint(reading, member(fields, 'principal'), at(place, 'principal'), 'principal');
  const action = readActionConstraint(reading, member(fields, 'action'), at(place, 'action'));
  const resource = readScopeConstraint(reading, member(fields, 'resource'), at(place, 'resource'), 'resource');
  const conditions = readConditions(reading, member(fields, 'conditions'), at(place, 'conditions'));
  const annotations = readAnnotations(reading, member(fields, 'annotations'), at(place, 'annotations'));
  if (reading.errors > errorsBefore) return undefined;
  if (effect === undefined || principal === undefined || action === undefined || resource === undefined)
    return undefined;
  const slots = slotsOf(principal, resource);
  const shared = { span: undefined, source: undefined };
  const policy: Policy = { id, effect, annotations, principal, action, resource, conditions, slots, ...shared };
  return checkSlots(reading, place, policy, expected) ? policy : undefined;
}

/** Reports a static policy with a slot and a template without one. */
export function checkSlots(
  reading: Reading,
  place: PlaceOrTop,
  policy: Policy,
  expected: 'static' | 'template',
): boolean {
  const [slot] = policy.slots;
  if ((slot === undefined) === (expected === 'static')) return true;
  const span = slotSpanOf(policy) ?? policy.span;
  const labels = policy.source && span ? [{ source: policy.source, span }] : [];
  if (slot === undefined) {
    report(reading, place, 'expected-template', 'this policy has no slot, so it is no template', {
      labels,
      help: 'put "?principal" or "?resource" in its scope, or list it as a static policy',
    });
  } else {
    report(reading, place, 'expected-static-policy', `this policy has the slot ${slot}, so it is a template`, {
      labels,
      help: 'list it among the templates, or name an entity instead of the slot',
      data: { slot },
    });
  }
  return false;
}

function readConditions(reading: Reading, json: JsonValue | undefined, place: Place): readonly Condition[] {
  const clauses = readArray(reading, json, place, 'the list of conditions') ?? [];
  return clauses.flatMap((clause, i) => {
    const clausePlace = at(place, i);
    const fields = readFields(reading, clause, clausePlace, 'a condition', { required: ['kind', 'body'] });
    if (fields === undefined) return [];
    const kind = readWord(reading, member(fields, 'kind'), at(clausePlace, 'kind'), 'kind of condition', [
      'when',
      'unless',
    ]);
    const body = readExpression(reading, member(fields, 'body'), at(clausePlace, 'body'));
    return kind === undefined || body === undefined ? [] : [{ kind, body, span: undefined }];
  });
}

const ANNOTATION_KEY = /^[A-Za-z_][A-Za-z0-9_]*$/;

function readAnnotations(reading: Reading, json: JsonValue | undefined, place: Place): readonly Annotation[] {
  const object = readObject(reading, json, place, 'the annotations');
  if (object === undefined) return [];
  return Object.keys(object).map((key) => {
    const keyPlace = at(place, key);
    if (!ANNOTATION_KEY.test(key)) {
      report(reading, keyPlace, 'policy-json-annotation-key', `${JSON.stringify(key)} is no annotation key`, {
        help: 'a key is letters of the English alphabet, digits and underscores, not beginning with a digit',
      });
    }
    const value = member(object, key);
    return {
      key,
      value: value === null ? null : (readString(reading, value, keyPlace, 'an annotation') ?? ''),
      span: undefined,
    };
  });
}
