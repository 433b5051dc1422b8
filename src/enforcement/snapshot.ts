import { type Diagnostic, diagnostic, failure, type Result } from '../diagnostics/diagnostic.js';
import { jsonFromJavaScript } from '../json/from-javascript.js';
import { isJsonArray, isJsonObject, JsonFraction, type JsonValue } from '../json/json-value.js';

/** Reads a value once, as JSON. Whatever is no data, and more than `limit` characters of it, is a failure. */
export function readOnce(value: unknown, limit: number): Result<JsonValue> {
  const json = jsonFromJavaScript(value, { leaveOutUndefined: true });
  if (!json.ok) return json;
  const size = sizeOf(json.value, limit);
  return size <= limit ? json : failure([tooLarge(limit)]);
}

function tooLarge(limit: number): Diagnostic {
  return diagnostic('json-too-large', `there are more than ${limit} characters`, {
    help: 'hand over less at once, or raise the limit of the guard',
  });
}

/** Characters of all texts, keys and numbers, as far as the limit. */
function sizeOf(value: JsonValue, limit: number): number {
  if (typeof value === 'string') return value.length;
  if (typeof value === 'bigint') return value.toString().length;
  if (typeof value !== 'object' || value === null || value instanceof JsonFraction) return 8;
  let size = 2;
  if (isJsonArray(value)) {
    for (const member of value) {
      size += sizeOf(member, limit);
      if (size > limit) break;
    }
    return size;
  }
  for (const key of Object.keys(value)) {
    size += key.length + sizeOf(value[key] ?? null, limit);
    if (size > limit) break;
  }
  return size;
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
