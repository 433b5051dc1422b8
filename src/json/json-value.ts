/** Most containers that may stand inside each other; the limit of the official engine's JSON reader. */
export const MAX_JSON_DEPTH = 127;

/**
 * A JSON number that is not an integer token, such as `1.0`, `1e2` or `-0`, kept as it was written. Cedar has no such
 * numbers and refuses them; where a double is meant, `Number(fraction.text)` is it.
 */
export class JsonFraction {
  readonly kind = 'fraction';
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type JsonArray = readonly JsonValue[];

/** A JSON object without a prototype, so `__proto__` and `constructor` are keys like any other. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** A JSON value with exact integers: a `number` when it is a safe integer, a `bigint` of any size beyond. */
export type JsonValue = null | boolean | string | number | bigint | JsonFraction | JsonArray | JsonObject;

export function isJsonArray(value: JsonValue | undefined): value is JsonArray {
  return Array.isArray(value);
}

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof JsonFraction);
}

/** Makes an object without a prototype for `JsonValue`s to be put into. */
export function createJsonObject(): Record<string, JsonValue> {
  const object: Record<string, JsonValue> = {};
  // A literal with `__proto__: null` is a dictionary to V8, which takes several times as long to write and read.
  Object.setPrototypeOf(object, null);
  return object;
}

/** The kind of a value in the words of messages: `an object`, `a string`, `null`... */
export function describeJson(value: JsonValue): string {
  switch (typeof value) {
    case 'boolean':
      return 'a boolean';
    case 'string':
      return 'a string';
    case 'number':
    case 'bigint':
      return 'a number';
    default:
      break;
  }
  if (value === null) return 'null';
  if (value instanceof JsonFraction) return 'a number';
  return isJsonArray(value) ? 'an array' : 'an object';
}
