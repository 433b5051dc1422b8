import { createHmac } from 'node:crypto';
import { canonicalJson } from '../json/canonical-json.js';
import { createJsonObject, isJsonArray, isJsonObject, type JsonValue } from '../json/json-value.js';
import { memberPointer, pointerKeys } from '../json/pointer.js';
import type { RedactedValue, Redaction } from './ledger.js';
import { sha256 } from './sha256.js';

const SHORTEST_KEY = 16;

/**
 * Makes the function that replaces fields by `{ "redacted": <commitment> }`. Throws when a field is no JSON pointer or
 * the key is short, as the value could then be recorded or guessed.
 */
export function createRedaction(
  { fields, key }: Redaction,
  newNonce: () => string,
): (value: JsonValue) => RedactedValue {
  const patterns = fields.map((field) => {
    const keys = pointerKeys(field);
    if (keys === undefined || keys.length === 0)
      throw new TypeError(
        `${JSON.stringify(field)} is no JSON pointer to a field: write it as /content/parameters/name`,
      );
    return keys;
  });
  const length = typeof key === 'string' ? new TextEncoder().encode(key).length : key.length;
  if (length < SHORTEST_KEY) throw new TypeError(`the key of the redaction is shorter than ${SHORTEST_KEY} bytes`);
  return (value) => {
    const nonce = newNonce();
    const pointers: string[] = [];
    const replace = (pointer: string, part: JsonValue): JsonValue => {
      pointers.push(pointer);
      return redacted(commitmentTo(part, redactionSalt(key, nonce, pointer)));
    };
    return { value: replaceFields(value, patterns, '', replace), pointers, nonce };
  };
}

function replaceFields(
  value: JsonValue,
  patterns: readonly (readonly string[])[],
  pointer: string,
  replace: (pointer: string, value: JsonValue) => JsonValue,
): JsonValue {
  if (patterns.length === 0) return value;
  if (patterns.some((keys) => keys.length === 0 || cannotHold(value, keys[0]))) return replace(pointer, value);
  const below = (step: string | number, member: JsonValue): JsonValue => {
    // One of many members may well have another form; a field that is named may not.
    const deeper = patterns.flatMap(([key, ...keys]) =>
      key === String(step) || (key === '*' && !cannotHold(member, keys[0])) ? [keys] : [],
    );
    return replaceFields(member, deeper, memberPointer(pointer, step), replace);
  };
  if (isJsonArray(value)) return value.map((member, index) => below(index, member));
  if (!isJsonObject(value)) return value;
  const copy = createJsonObject();
  for (const [key, member] of Object.entries(value)) copy[key] = below(key, member);
  return copy;
}

/**
 * Whether a value has no room for a field that should be below it. Arguments of the wrong form, such as an object as
 * its JSON text, may then hold the secret elsewhere.
 */
function cannotHold(value: JsonValue, key: string | undefined): boolean {
  if (key === undefined || value === null || isJsonObject(value)) return false;
  return !isJsonArray(value) || !(key === '*' || /^\d+$/.test(key));
}

function redacted(commitment: string): JsonValue {
  const object = createJsonObject();
  object.redacted = commitment;
  return object;
}

/**
 * Salt of one redacted value, from the key of the redaction, the row's nonce and the pointer of the value. Given to an
 * auditor together with the value it proves that value, and says nothing about any other.
 */
export function redactionSalt(key: string | Uint8Array, nonce: string, pointer: string): string {
  return createHmac('sha256', key).update(`${nonce}\n${pointer}`, 'utf8').digest('hex');
}

/** What the ledger keeps of a redacted value: SHA-256 of its salt and its canonical JSON. */
export function commitmentTo(value: JsonValue, salt: string): string {
  return sha256(`${salt}\n${canonicalJson(value)}`);
}
