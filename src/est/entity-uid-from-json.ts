import { isNormalizedName } from '../ast/names.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.js';
import { type EntityUid, entityUid } from '../values/value.js';
import { at, member, type PlaceOrTop, type Reading, report } from './reading.js';

/** Reads `{"type": .., "id": ..}` or `{"__entity": {"type": .., "id": ..}}`; further fields are passed over. */
export function readEntityUid(reading: Reading, json: JsonValue | undefined, place: PlaceOrTop): EntityUid | undefined {
  if (json === undefined) return undefined;
  if (isJsonObject(json)) {
    if (typeof member(json, '__expr') === 'string') return reportExprEscape(reading, at(place, '__expr'));
    const escaped = member(json, '__entity');
    if (isTypeAndId(escaped)) return readTypeAndId(reading, escaped, at(place, '__entity'));
    if (isTypeAndId(json)) return readTypeAndId(reading, json, place);
  }
  return report(reading, place, 'policy-json-entity', 'this is no entity', {
    help: 'write an entity as {"type": "User", "id": "alice"}',
  });
}

/** `{"__expr": ".."}` once held Cedar text. */
export function reportExprEscape(reading: Reading, place: PlaceOrTop): undefined {
  return report(reading, place, 'policy-json-expr-escape', 'the escape "__expr" exists no more', {
    help: 'write an entity with "__entity" and an extension value with "__extn"',
  });
}

/** What makes `{"__entity": ..}` an entity instead of an ordinary record with that key. */
export function isTypeAndId(
  json: JsonValue | undefined,
): json is JsonObject & { readonly type: string; readonly id: string } {
  return (
    json !== undefined &&
    isJsonObject(json) &&
    typeof member(json, 'type') === 'string' &&
    typeof member(json, 'id') === 'string'
  );
}

export function readTypeAndId(
  reading: Reading,
  json: JsonObject & { readonly type: string; readonly id: string },
  place: PlaceOrTop,
): EntityUid | undefined {
  const type = readTypeName(reading, json.type, at(place, 'type'));
  return type === undefined ? undefined : entityUid(type, json.id);
}

/** Reads the full name of an entity type, without spaces or comments. */
export function readTypeName(reading: Reading, name: string | undefined, place: PlaceOrTop): string | undefined {
  if (name === undefined || isNormalizedName(name)) return name;
  return report(reading, place, 'policy-json-type-name', `${JSON.stringify(name)} is no entity type name`, {
    help: 'a type name is identifiers joined by `::`, without spaces and without reserved words',
  });
}
