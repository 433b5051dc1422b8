import { isJsonArray, JsonFraction, type JsonValue } from './json-value.js';
import { quotedKey, quotedText } from './quoted-text.js';

/** JSON text with sorted keys and exact integers: equal values give equal text. */
export function canonicalJson(value: JsonValue): string {
  return canonicalText(value).text;
}

/** Canonical JSON, and whether it is what `printJson` writes, as all keys stand in their order already. */
export interface CanonicalText {
  readonly text: string;
  readonly inOrder: boolean;
}

export function canonicalText(value: JsonValue): CanonicalText {
  const writing: Writing = { inOrder: true };
  return { text: write(writing, value), inOrder: writing.inOrder };
}

interface Writing {
  inOrder: boolean;
}

function write(writing: Writing, value: JsonValue): string {
  if (value === null) return 'null';
  switch (typeof value) {
    case 'boolean':
    case 'number':
    case 'bigint':
      return String(value);
    case 'string':
      return quotedText(value);
    default:
      break;
  }
  if (value instanceof JsonFraction) return value.text;
  let text = '';
  if (isJsonArray(value)) {
    for (const member of value) text += text === '' ? write(writing, member) : `,${write(writing, member)}`;
    return `[${text}]`;
  }
  for (const key of sorted(writing, Object.keys(value))) {
    const member = value[key];
    if (member !== undefined) text += `${text === '' ? '' : ','}${quotedKey(key)}:${write(writing, member)}`;
  }
  return `{${text}}`;
}

/** Sorts keys in place by their UTF-16 units. Mostly they are in order, or so few that the engine's sort takes longer. */
function sorted(writing: Writing, keys: string[]): readonly string[] {
  for (let i = 1; i < keys.length; i++) {
    const key = keys[i] ?? '';
    if ((keys[i - 1] ?? '') <= key) continue;
    writing.inOrder = false;
    if (keys.length > FEW) return keys.sort();
    let at = i;
    for (; at > 0 && (keys[at - 1] ?? '') > key; at--) keys[at] = keys[at - 1] ?? '';
    keys[at] = key;
  }
  return keys;
}

/** Most keys that are sorted by insertion. */
const FEW = 16;
