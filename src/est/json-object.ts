import { createJsonObject, type JsonObject, type JsonValue } from '../json/json-value.js';
import type { EntityUid } from '../values/value.js';

/** An object with these members in this order, whatever their names; members whose value is undefined are left out. */
export function jsonObjectOf(members: Iterable<readonly [string, JsonValue | undefined]>): JsonObject {
  const object = createJsonObject();
  for (const [key, value] of members) if (value !== undefined) object[key] = value;
  return object;
}

/** Like `jsonObjectOf`, for names that the format gives. */
export function jsonObject(members: Readonly<Record<string, JsonValue | undefined>>): JsonObject {
  return jsonObjectOf(Object.entries(members));
}

/** `{"type": .., "id": ..}`. */
export function entityUidToJson({ type, id }: EntityUid): JsonObject {
  return jsonObject({ type, id });
}
