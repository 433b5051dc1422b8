import type { Span } from '../text/source.js';

/**
 * JSON text with a value put last into the array or object at `span`, laid out like what is there. `key` is the name
 * of the new member of an object, for an array it is left out.
 */
export function insertLast(text: string, span: Span, value: unknown, key?: string): string {
  const close = span.end - 1;
  const end = spaceStart(text, close);
  const empty = end === span.start + 1;
  const name = key === undefined ? '' : `${JSON.stringify(key)}: `;
  if (!empty && !text.slice(span.start, span.end).includes('\n'))
    return `${text.slice(0, end)}, ${name}${JSON.stringify(value)}${text.slice(end)}`;
  const line = text.includes('\r\n') ? '\r\n' : '\n';
  const outer = indentOf(text, span.start);
  const inner = empty ? outer + indentUnit(text) : indentOf(text, spaceEnd(text, span.start + 1));
  const lines = `${name}${JSON.stringify(value, undefined, indentUnit(text))}`.replaceAll('\n', line + inner);
  return empty
    ? `${text.slice(0, end)}${line}${inner}${lines}${line}${outer}${text.slice(close)}`
    : `${text.slice(0, end)},${line}${inner}${lines}${text.slice(end)}`;
}

/** JSON text without the element or member whose value is at `span`, and without the comma that it had. */
export function removeItem(text: string, span: Span): string {
  const start = spaceStart(text, itemStart(text, span.start));
  if (text.charAt(start - 1) === ',') return text.slice(0, start - 1) + text.slice(span.end);
  const next = spaceEnd(text, span.end);
  return text.slice(0, start) + text.slice(text.charAt(next) === ',' ? next + 1 : next);
}

/** Where the item of a value begins: at the key of a member, else at the value. Keys must not hold quotes. */
function itemStart(text: string, value: number): number {
  const colon = spaceStart(text, value) - 1;
  if (text.charAt(colon) !== ':') return value;
  const keyEnd = spaceStart(text, colon) - 1;
  return text.lastIndexOf('"', keyEnd - 1);
}

/** Start of the white space that ends at an offset. */
function spaceStart(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && isSpace(text.charAt(at - 1))) at--;
  return at;
}

function spaceEnd(text: string, offset: number): number {
  let at = offset;
  while (isSpace(text.charAt(at))) at++;
  return at;
}

function isSpace(character: string): boolean {
  return character === ' ' || character === '\n' || character === '\r' || character === '\t';
}

/** The white space that the line of an offset begins with. */
function indentOf(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

/** One level of indentation, as in the first line that has one; two spaces where none has. */
function indentUnit(text: string): string {
  return /\n([ \t]+)\S/.exec(text)?.[1] ?? '  ';
}
