import { isJsonArray, JsonFraction, type JsonValue } from './json-value.js';
import { quotedKey } from './quoted-key.js';

/** JSON text with sorted keys and exact integers: equal values give equal text. */
export function canonicalJson(value: JsonValue): string {
  if (value === null) return 'null';
  switch (typeof value) {
    case 'boolean':
    case 'number':
    case 'bigint':
      return String(value);
    case 'string':
      return JSON.stringify(value);
    default:
      break;
  }
  if (value instanceof JsonFraction) return value.text;
  let text = '';
  if (isJsonArray(value)) {
    for (const member of value) text += text === '' ? canonicalJson(member) : `,${canonicalJson(member)}`;
    return `[${text}]`;
  }
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member !== undefined) text += `${text === '' ? '' : ','}${quotedKey(key)}:${canonicalJson(member)}`;
  }
  return `{${text}}`;
}
