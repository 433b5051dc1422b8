/** Classes of ASCII characters as bits, so that a token's alphabet is one number. */
export const DIGIT = 1;
export const UPPER = 2;
export const LOWER = 4;
const HEX_LOWER = 8;
const HEX_UPPER = 16;
export const PLUS_SLASH = 32;
export const DASH = 64;
const UNDERSCORE = 128;
const DOT = 256;
export const EQUALS = 512;
export const TILDE = 1024;
export const SPACE = 2048;
export const LINE = 4096;

export const LETTER = UPPER | LOWER;
export const ALNUM = DIGIT | UPPER | LOWER;
export const LOWER_ALNUM = DIGIT | LOWER;
export const UPPER_ALNUM = DIGIT | UPPER;
export const HEX = DIGIT | HEX_LOWER;
export const ANY_HEX = DIGIT | HEX_LOWER | HEX_UPPER;
export const WORD = ALNUM | UNDERSCORE;
export const URL_SAFE = WORD | DASH;
export const BASE64 = ALNUM | PLUS_SLASH;
export const EITHER_BASE64 = URL_SAFE | PLUS_SLASH;
export const DOTTED = URL_SAFE | DOT;
/** The alphabet of bearer tokens (RFC 6750) without the tilde. */
export const TOKEN = EITHER_BASE64 | DOT | EQUALS | TILDE;

const CLASSES = classes();

function classes(): Uint16Array {
  const table = new Uint16Array(128);
  const add = (from: string, to: string, bit: number): void => {
    for (let code = from.charCodeAt(0); code <= to.charCodeAt(0); code++) table[code] = (table[code] ?? 0) | bit;
  };
  add('0', '9', DIGIT);
  add('A', 'Z', UPPER);
  add('a', 'z', LOWER);
  add('a', 'f', HEX_LOWER);
  add('A', 'F', HEX_UPPER);
  add('+', '+', PLUS_SLASH);
  add('/', '/', PLUS_SLASH);
  add('-', '-', DASH);
  add('_', '_', UNDERSCORE);
  add('.', '.', DOT);
  add('=', '=', EQUALS);
  add('~', '~', TILDE);
  add(' ', ' ', SPACE);
  add('\t', '\t', SPACE);
  add('\n', '\n', LINE);
  add('\r', '\r', LINE);
  return table;
}

/** Bits of a UTF-16 unit; 0 outside ASCII and past the end (NaN). */
export function classOf(code: number): number {
  return code < 0x80 ? (CLASSES[code] ?? 0) : 0;
}

export function isIn(code: number, mask: number): boolean {
  return code < 0x80 && ((CLASSES[code] ?? 0) & mask) !== 0;
}

/** End of the run of characters in `mask` that starts at `from`, looking no further than `limit` characters. */
export function runEnd(text: string, from: number, mask: number, limit: number): number {
  const stop = Math.min(text.length, from + limit);
  let at = from;
  while (at < stop && isIn(text.charCodeAt(at), mask)) at++;
  return at;
}

/** Start of the run of characters in `mask` that ends at `to`, looking back no further than `limit` characters. */
export function runStart(text: string, to: number, mask: number, limit: number): number {
  const stop = Math.max(0, to - limit);
  let at = to;
  while (at > stop && isIn(text.charCodeAt(at - 1), mask)) at--;
  return at;
}

/** Whether every character of `text` from `start` to `end` is in `mask`. */
export function allIn(text: string, mask: number, start = 0, end = text.length): boolean {
  for (let i = start; i < end; i++) if (!isIn(text.charCodeAt(i), mask)) return false;
  return true;
}

/**
 * Whether a token may begin at `start`: nothing before it that belongs to a longer word. A letter after a backslash is an
 * escape (`\n`), not a word; a dash at the beginning of a line is the sign of a removed line.
 */
export function startsToken(text: string, start: number): boolean {
  if (start === 0) return true;
  if (!isIn(text.charCodeAt(start - 1), URL_SAFE)) return true;
  const letter = text.charCodeAt(start - 1);
  if (letter === 0x2d) return start === 1 || text.charCodeAt(start - 2) === 0x0a;
  return start >= 2 && (letter === 0x6e || letter === 0x72 || letter === 0x74) && text.charCodeAt(start - 2) === 0x5c;
}
