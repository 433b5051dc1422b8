import { createJsonObject, JsonFraction, type JsonValue, MAX_JSON_DEPTH } from '../json/json-value.js';

/** Values of one call, an object that is reached twice counting twice. */
const MAX_VALUES = 5_000_000;

/**
 * Turns an argument into JSON as the official package does, which passes it through `JSON.stringify`: `toJSON` is called,
 * members without a JSON value are left out, in arrays they are null, as is NaN. Unlike there, bigints are integers.
 * A number beyond 2^53 is the integer that JavaScript writes for it. What the official package throws on, throws: cycles,
 * getters that throw, functions, halves of surrogate pairs, and more than 127 objects and arrays inside each other.
 */
export function jsonOfArgument(value: unknown): JsonValue {
  if (typeof value === 'function' || typeof value === 'symbol')
    throw new TypeError(`a ${typeof value} cannot be read as JSON`);
  try {
    return toJson({ open: [], values: 0 }, '', value) ?? null;
  } catch (error) {
    throw error instanceof Error ? error : new Error('an argument cannot be read', { cause: error });
  }
}

interface Copying {
  /** The objects that the current value stands in. */
  readonly open: object[];
  values: number;
}

/** Undefined is what JSON leaves out. */
function toJson(copying: Copying, key: string | number, given: unknown): JsonValue | undefined {
  if (++copying.values > MAX_VALUES) throw new RangeError(`a call has more than ${MAX_VALUES} values`);
  const value = unwrap(key, given);
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'string':
      return checkText(value);
    case 'number':
      return numberToJson(value);
    case 'bigint':
      return integerToJson(value);
    case 'object':
      return value === null ? null : containerToJson(copying, value);
    default:
      return undefined;
  }
}

/** What `toJSON` gives, and the primitive in a wrapper object. */
function unwrap(key: string | number, given: unknown): unknown {
  if (typeof given !== 'object' || given === null || given instanceof JsonFraction) return given;
  const convert = toJsonOf(given);
  const value: unknown = typeof convert === 'function' ? Reflect.apply(convert, given, [String(key)]) : given;
  return typeof value === 'object' && value !== null && isWrapper(value) ? value.valueOf() : value;
}

function toJsonOf({ toJSON }: { readonly toJSON?: unknown }): unknown {
  return toJSON;
}

/** Arrays and objects with the prototype of plain data are taken for what they seem to be: nearly all are such. */
function isWrapper(value: object): boolean {
  if (Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype) return false;
  return WRAPPERS.has(Object.prototype.toString.call(value));
}

const WRAPPERS: ReadonlySet<string> = new Set([
  '[object Number]',
  '[object String]',
  '[object Boolean]',
  '[object BigInt]',
]);

function numberToJson(value: number): JsonValue {
  if (Number.isSafeInteger(value)) return value === 0 ? 0 : value;
  if (!Number.isFinite(value)) return null;
  const text = String(value);
  return /^-?\d+$/.test(text) ? integerToJson(BigInt(text)) : new JsonFraction(text);
}

function integerToJson(value: bigint): JsonValue {
  const small = Number(value);
  return Number.isSafeInteger(small) ? small : value;
}

function checkText(text: string): string {
  if (!text.isWellFormed()) throw new Error('half of a surrogate pair is not a character');
  return text;
}

function containerToJson(copying: Copying, value: object): JsonValue {
  const { open } = copying;
  if (value instanceof JsonFraction) return value;
  if (open.includes(value)) throw new TypeError('an object contains itself');
  if (open.length >= MAX_JSON_DEPTH) throw new RangeError('recursion limit exceeded');
  open.push(value);
  const copy = Array.isArray(value) ? arrayToJson(copying, value) : objectToJson(copying, value);
  open.pop();
  return copy;
}

function arrayToJson(copying: Copying, array: readonly unknown[]): JsonValue {
  const copy: JsonValue[] = [];
  for (let index = 0; index < array.length; index++) copy.push(toJson(copying, index, array[index]) ?? null);
  return copy;
}

function objectToJson(copying: Copying, object: object): JsonValue {
  const copy = createJsonObject();
  for (const key of Object.keys(object)) {
    const member = toJson(copying, key, Reflect.get(object, key));
    if (member !== undefined) copy[checkText(key)] = member;
  }
  return copy;
}
