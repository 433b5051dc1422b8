import {
  createJsonObject,
  isJsonArray,
  isJsonObject,
  type JsonArray,
  JsonFraction,
  type JsonObject,
  type JsonValue,
} from '../json/json-value.js';

/**
 * The fields of a call object by name, in the order in which the official package also takes them as an array. An
 * argument that is no such object throws, as does a field that does not exist.
 */
export function readCall(json: JsonValue, name: string, fields: readonly string[]): JsonObject {
  if (isJsonArray(json)) return fieldsOfArray(json, fields);
  if (!isJsonObject(json)) throw new Error(wrongJson(json, `struct ${name}`));
  for (const key of Object.keys(json)) {
    if (!fields.includes(key)) throw new Error(`unknown field \`${key}\`, expected ${listOf(fields)}`);
  }
  return json;
}

function fieldsOfArray(json: JsonArray, fields: readonly string[]): JsonObject {
  if (json.length > fields.length) throw new Error(`invalid length ${json.length}, expected ${fields.length} elements`);
  const object = createJsonObject();
  for (const [index, value] of json.entries()) object[fields[index] ?? ''] = value;
  return object;
}

/** A field that must be there, whatever its value. */
export function requiredField(call: JsonObject, name: string): JsonValue {
  const value = optionalField(call, name);
  if (value === undefined) throw new Error(`missing field \`${name}\``);
  return value;
}

/** A field that may be absent. */
export function optionalField(call: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(call, name) ? call[name] : undefined;
}

/** A text; anything else throws. */
export function textOf(json: JsonValue): string {
  return typeof json === 'string' ? json : refuse(json, 'a string');
}

/** The field that says whether a request is checked against the schema: true when absent, and no boolean throws. */
export function validateRequestOf(call: JsonObject): boolean {
  const json = optionalField(call, 'validateRequest');
  if (json === undefined) return true;
  return typeof json === 'boolean' ? json : refuse(json, 'a boolean');
}

/** An integer of a range; anything else throws. */
export function integerOf(json: JsonValue, least: number, most: number): number {
  return typeof json === 'number' && json >= least && json <= most
    ? json
    : refuse(json, `an integer from ${least} to ${most}`);
}

/** An object; anything else throws. */
export function objectOf(json: JsonValue): JsonObject {
  return isJsonObject(json) ? json : refuse(json, 'a map');
}

/** An array; anything else throws. */
export function arrayOf(json: JsonValue): JsonArray {
  return isJsonArray(json) ? json : refuse(json, 'a sequence');
}

/** One of a few words; anything else throws. */
export function wordOf(json: JsonValue, words: readonly string[]): string {
  const text = textOf(json);
  if (words.includes(text)) return text;
  throw new Error(`unknown variant \`${text}\`, expected ${listOf(words)}`);
}

/** A parameter that is a text by itself and no JSON. */
export function textArgument(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new TypeError(`a string was expected, not ${value === null ? 'null' : typeof value}`);
}

function refuse(json: JsonValue, expected: string): never {
  throw new Error(wrongJson(json, expected));
}

/** What the official readers say where they expect other JSON. */
export function wrongJson(json: JsonValue, expected: string): string {
  return `invalid type: ${describe(json)}, expected ${expected}`;
}

function describe(json: JsonValue): string {
  switch (typeof json) {
    case 'boolean':
      return `boolean \`${json}\``;
    case 'number':
    case 'bigint':
      return `integer \`${json}\``;
    case 'string':
      return `string ${JSON.stringify(json)}`;
    default:
      break;
  }
  if (json === null) return 'null';
  if (json instanceof JsonFraction) return `floating point \`${json.text}\``;
  return isJsonArray(json) ? 'sequence' : 'map';
}

function listOf(words: readonly string[]): string {
  const quoted = words.map((word) => `\`${word}\``);
  return quoted.length < 3 ? quoted.join(' or ') : `one of ${quoted.join(', ')}`;
}
