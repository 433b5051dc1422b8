import { isJsonArray, JsonFraction, type JsonValue } from './json-value.js';
import { quotedKey, quotedText } from './quoted-text.js';

/**
 * Writes a value as JSON text, integers and fractions exactly. `indent` is the number of spaces for each level; without
 * it everything stands on one line. The layout is that of `JSON.stringify`.
 */
export function printJson(value: JsonValue, indent = 0): string {
  return indent === 0 ? printCompact(value) : print(value, ' '.repeat(indent), '\n');
}

function printCompact(value: JsonValue): string {
  if (typeof value === 'string') return quotedText(value);
  if (typeof value === 'bigint') return value.toString();
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (value instanceof JsonFraction) return value.text;
  let text = '';
  if (isJsonArray(value)) {
    for (const member of value) text += text === '' ? printCompact(member) : `,${printCompact(member)}`;
    return `[${text}]`;
  }
  for (const key of Object.keys(value)) {
    const member = value[key];
    if (member !== undefined) text += `${text === '' ? '' : ','}${quotedKey(key)}:${printCompact(member)}`;
  }
  return `{${text}}`;
}

function print(value: JsonValue, indent: string, lineStart: string): string {
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof JsonFraction) return value.text;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const inner = lineStart + indent;
  if (isJsonArray(value))
    return enclose(
      '[',
      value.map((member) => print(member, indent, inner)),
      ']',
      indent,
      lineStart,
    );
  const members = Object.entries(value).map(
    ([key, member]) => `${JSON.stringify(key)}: ${print(member, indent, inner)}`,
  );
  return enclose('{', members, '}', indent, lineStart);
}

function enclose(open: string, members: readonly string[], close: string, indent: string, lineStart: string): string {
  if (members.length === 0) return open + close;
  const inner = lineStart + indent;
  return open + inner + members.join(`,${inner}`) + lineStart + close;
}
