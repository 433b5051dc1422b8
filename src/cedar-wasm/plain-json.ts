import { isJsonArray, isJsonObject, type JsonValue } from '../json/json-value.js';

type Container = unknown[] | Record<string, unknown>;

/**
 * JSON as `JSON.parse` gives it: ordinary objects and arrays, which share nothing with what they are made of. Integers
 * beyond 2^53 stay bigints. Needs no stack, however deep the JSON nests.
 */
export function plainJson(json: JsonValue): unknown {
  const top: unknown[] = [];
  const pending: { readonly json: JsonValue; readonly into: Container; readonly key: string | number }[] = [
    { json, into: top, key: 0 },
  ];
  for (let item = pending.pop(); item !== undefined; item = pending.pop()) {
    const { into, key } = item;
    const value = emptyCopy(item.json);
    // A key such as `__proto__` must become a member like any other.
    Object.defineProperty(into, key, { value, enumerable: true, writable: true, configurable: true });
    if (isJsonArray(item.json)) {
      for (let i = item.json.length - 1; i >= 0; i--)
        pending.push({ json: item.json[i] ?? null, into: containerOf(value), key: i });
    } else if (isJsonObject(item.json)) {
      for (const name of Object.keys(item.json).reverse())
        pending.push({ json: item.json[name] ?? null, into: containerOf(value), key: name });
    }
  }
  return top[0];
}
