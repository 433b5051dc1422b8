import type { Result } from '../diagnostics/diagnostic.js';
import { jsonFromJavaScript } from '../json/from-javascript.js';
import { isJsonArray, isJsonObject, JsonFraction, type JsonValue } from '../json/json-value.js';

/**
 * Reads a value once, as JSON that says exactly the same. Whatever is no data, and more than `limit` characters of it, is a
 * failure.
 */
export function readOnce(value: unknown, limit: number): Result<JsonValue> {
  return jsonFromJavaScript(value, { leaveOutUndefined: true, maxLength: limit });
}

/** The same JSON, which nobody can change any more. */
export function frozenJson(json: JsonValue): JsonValue {
  if (typeof json !== 'object' || json === null || Object.isFrozen(json)) return json;
  if (isJsonArray(json)) for (const member of json) frozenJson(member);
  else if (isJsonObject(json)) for (const key of Object.keys(json)) frozenJson(json[key] ?? null);
  return Object.freeze(json);
}

/** The plain, deeply frozen value that a JSON value stands for; equal JSON gives an equal value. */
export function frozenValue(json: JsonValue): unknown {
  if (typeof json !== 'object' || json === null) return json;
  if (json instanceof JsonFraction) return Number(json.text);
  if (isJsonArray(json)) return Object.freeze(json.map(frozenValue));
  const object: Record<string, unknown> = {};
  for (const key of Object.keys(json)) {
    const value = frozenValue(json[key] ?? null);
    // Assigning to `__proto__` would change what the object is.
    if (key === '__proto__') Object.defineProperty(object, key, { value, enumerable: true });
    else object[key] = value;
  }
  return Object.freeze(object);
}
