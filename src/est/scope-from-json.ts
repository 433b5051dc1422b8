import { isActionType } from '../ast/names.js';
import type { ActionConstraint, ActionReference, EntityReference, ScopeConstraint, Slot } from '../ast/policy.js';
import { isJsonArray, type JsonObject, type JsonValue } from '../json/json-value.js';
import { printEntityUid } from '../values/print.js';
import { readEntityUid, readTypeName } from './entity-uid-from-json.js';
import {
  at,
  member,
  type Place,
  type PlaceOrTop,
  type Reading,
  readFields,
  readString,
  readWord,
  report,
} from './reading.js';

const SCOPE_OPERATORS = ['All', 'all', '==', 'in', 'is'] as const;
const ACTION_OPERATORS = ['All', 'all', '==', 'in'] as const;

/** Reads the constraint on `principal` or `resource`. */
export function readScopeConstraint(
  reading: Reading,
  json: JsonValue | undefined,
  place: Place,
  variable: 'principal' | 'resource',
): ScopeConstraint | undefined {
  const what = `the ${variable} constraint`;
  const object = readFields(reading, json, place, what, { required: ['op'], open: true });
  if (object === undefined) return undefined;
  const op = readWord(reading, member(object, 'op'), at(place, 'op'), `operator of ${what}`, SCOPE_OPERATORS);
  switch (op) {
    case undefined:
      return undefined;
    case 'All':
    case 'all':
      return { kind: 'any' };
    case '==':
    case 'in': {
      const entity = readReference(reading, object, place, what, variable);
      return entity === undefined ? undefined : { kind: op === '==' ? 'equal' : 'in', entity };
    }
    case 'is':
      return readIs(reading, object, place, what, variable);
  }
}

function readIs(
  reading: Reading,
  object: JsonObject,
  place: Place,
  what: string,
  variable: 'principal' | 'resource',
): ScopeConstraint | undefined {
  readFields(reading, object, place, what, { required: ['op', 'entity_type'], optional: ['in'] });
  const typePlace = at(place, 'entity_type');
  const name = readString(reading, member(object, 'entity_type'), typePlace, 'an entity type');
  const entityType = readTypeName(reading, name, typePlace);
  const outer = member(object, 'in') ?? undefined;
  const inPlace = at(place, 'in');
  const fields = readFields(reading, outer, inPlace, `the "in" of ${what}`, { required: [], open: true });
  const entity = fields && readReference(reading, fields, inPlace, `the "in" of ${what}`, variable);
  if (entityType === undefined || (outer !== undefined && entity === undefined)) return undefined;
  return { kind: 'is', entityType, typeSpan: undefined, in: entity };
}

/** Reads the field `entity` or, where there is none, `slot`. */
function readReference(
  reading: Reading,
  object: JsonObject,
  place: PlaceOrTop,
  what: string,
  variable: 'principal' | 'resource',
): EntityReference | undefined {
  if (Object.hasOwn(object, 'entity')) {
    const uid = readEntityUid(reading, member(object, 'entity'), at(place, 'entity'));
    return uid && { kind: 'entity', uid, span: undefined };
  }
  if (!Object.hasOwn(object, 'slot')) {
    readFields(reading, object, place, what, { required: ['entity'], optional: ['op', 'slot'], open: true });
    return undefined;
  }
  const slot: Slot = `?${variable}`;
  const found = readString(reading, member(object, 'slot'), at(place, 'slot'), 'a slot');
  if (found === undefined) return undefined;
  if (found === slot) return { kind: 'slot', slot, span: undefined };
  return report(
    reading,
    at(place, 'slot'),
    'policy-json-slot',
    `${what} cannot hold the slot ${JSON.stringify(found)}`,
    {
      help: `the slot for ${variable} is "${slot}"`,
    },
  );
}

/** Reads the constraint on `action`. */
export function readActionConstraint(
  reading: Reading,
  json: JsonValue | undefined,
  place: Place,
): ActionConstraint | undefined {
  const what = 'the action constraint';
  const object = readFields(reading, json, place, what, { required: ['op'], open: true });
  if (object === undefined) return undefined;
  const op = readWord(reading, member(object, 'op'), at(place, 'op'), `operator of ${what}`, ACTION_OPERATORS);
  if (op === undefined) return undefined;
  if (op === 'All' || op === 'all') return { kind: 'any' };
  if (Object.hasOwn(object, 'entity')) {
    const action = readAction(reading, member(object, 'entity'), at(place, 'entity'));
    return action && { kind: op === '==' ? 'equal' : 'in', action };
  }
  const listed = member(object, 'entities');
  if (op === 'in' && listed !== undefined && isJsonArray(listed)) {
    const actions = listed.map((entry, i) => readAction(reading, entry, at(at(place, 'entities'), i)));
    return { kind: 'in-list', actions: actions.flatMap((action) => (action === undefined ? [] : [action])) };
  }
  if (Object.hasOwn(object, 'slot')) {
    return report(reading, at(place, 'slot'), 'policy-json-slot', 'an action constraint cannot hold a slot', {
      help: 'name the actions in the template',
    });
  }
  if (op === 'in' && listed !== undefined) {
    return report(reading, at(place, 'entities'), 'policy-json-type', 'the list of actions is an array', {
      help: 'write a single action in the field "entity"',
    });
  }
  readFields(reading, object, place, what, {
    required: ['entity'],
    optional: ['op', ...(op === 'in' ? ['entities'] : [])],
    open: true,
  });
  return undefined;
}

function readAction(reading: Reading, json: JsonValue | undefined, place: Place): ActionReference | undefined {
  const uid = readEntityUid(reading, json, place);
  if (uid === undefined) return undefined;
  if (isActionType(uid.type)) return { uid, span: undefined };
  return report(reading, place, 'policy-json-action-type', `${printEntityUid(uid)} is no action`, {
    help: 'the type of an action is `Action`, with or without a namespace before it',
  });
}
