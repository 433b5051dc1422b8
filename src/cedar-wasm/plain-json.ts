import { isJsonArray, isJsonObject, type JsonArray, type JsonObject, type JsonValue } from '../json/json-value.js';

/**
 * JSON as `JSON.parse` gives it: ordinary objects and arrays, which share nothing with what they are made of. Integers
 * beyond 2^53 stay bigints. Needs no stack, however deep the JSON nests.
 */
export function plainJson(json: JsonValue): unknown {
  if (!isContainer(json)) return json;
  const top = emptyLike(json);
  const pending: { readonly from: Container; readonly to: object }[] = [{ from: json, to: top }];
  for (let item = pending.pop(); item !== undefined; item = pending.pop()) {
    const { from, to } = item;
    for (const [key, member] of Object.entries(from)) {
      const value = isContainer(member) ? emptyLike(member) : member;
      // Plain assignment would not make a member of `__proto__`.
      Object.defineProperty(to, key, { value, enumerable: true, writable: true, configurable: true });
      if (typeof value === 'object' && value !== null && isContainer(member)) pending.push({ from: member, to: value });
    }
  }
  return top;
}

type Container = JsonArray | JsonObject;

function isContainer(json: JsonValue): json is Container {
  return isJsonArray(json) || isJsonObject(json);
}

function emptyLike(container: Container): object {
  return isJsonArray(container) ? [] : {};
}
