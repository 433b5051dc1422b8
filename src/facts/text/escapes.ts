import { ANY_HEX, DIGIT, LETTER, runEnd } from './characters.js';

/** What an escape stands for and where it ends. */
export interface Escape {
  readonly text: string;
  readonly end: number;
}

const ENTITIES: ReadonlyMap<string, string> = new Map(
  (
    'amp& lt< gt> quot" apos\' colon: semi; comma, period. excl! quest? sol/ bsol\\ lpar( rpar) lsqb[ rsqb] lbrack[ ' +
    'rbrack] lcub{ rcub} lbrace{ rbrace} num# dollar$ percnt% equals= plus+ ast* lowbar_ hyphen- dash- ndash- mdash- ' +
    'commat@ grave` verbar| vert| Hat^ aumla oumlo uumlu AumlA OumlO UumlU eacutee egravee agravea ccedilc ntilden ' +
    'oacuteo aacutea iacutei uacuteu ecirce'
  )
    .split(' ')
    .map((entry): [string, string] => [entry.slice(0, -1), entry.slice(-1)])
    .concat(
      'nbsp ensp emsp thinsp Tab NewLine'.split(' ').map((name): [string, string] => [name, ' ']),
      'shy zwnj zwj ZeroWidthSpace NoBreak lrm rlm'.split(' ').map((name): [string, string] => [name, '']),
      [['szlig', 'ss']],
    ),
);

/** The percent code, HTML entity or character escape of a programming language that begins at an offset, if one does. */
export function readEscape(text: string, at: number): Escape | undefined {
  switch (text.charCodeAt(at)) {
    case 0x25:
      return readPercent(text, at);
    case 0x26:
      return readEntity(text, at);
    case 0x3d:
      return readQuoted(text, at);
    case 0x5c:
      return readBackslash(text, at);
    default:
      return undefined;
  }
}

function readPercent(text: string, at: number): Escape | undefined {
  if (text[at + 1] === 'u') return hexEscape(text, at + 2, 4);
  if (runEnd(text, at + 1, ANY_HEX, 2) !== at + 3) return undefined;
  // Most stand for one sign of ASCII.
  if (text.charCodeAt(at + 1) < 0x38)
    return { text: String.fromCharCode(Number.parseInt(text.slice(at + 1, at + 3), 16)), end: at + 3 };
  const bytes: number[] = [];
  let end = at;
  while (bytes.length < 4 && text[end] === '%' && runEnd(text, end + 1, ANY_HEX, 2) === end + 3) {
    const byte = Number.parseInt(text.slice(end + 1, end + 3), 16);
    if (bytes.length > 0 && (byte & 0xc0) !== 0x80) break;
    bytes.push(byte);
    end += 3;
    if (bytes.length === sizeOf(bytes[0] ?? 0)) break;
  }
  const first = bytes[0];
  if (first === undefined) return undefined;
  // `%DB_PASSWORD%` is a name, not a code.
  if (bytes.length !== sizeOf(first) || (first >= 0x80 && first < 0xc2)) return undefined;
  return { text: fromUtf8(bytes), end };
}

function sizeOf(lead: number): number {
  return lead < 0xc2 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

function fromUtf8(bytes: readonly number[]): string {
  const lead = bytes[0] ?? 0;
  if (bytes.length === 1) return lead < 0x80 ? String.fromCharCode(lead) : '\ufffd';
  let point = lead & (0xff >> (bytes.length + 1));
  for (const byte of bytes.slice(1)) point = (point << 6) | (byte & 0x3f);
  return fromPoint(point);
}

function fromPoint(point: number): string {
  return point > 0x10ffff || Number.isNaN(point) ? '\ufffd' : point === 0 ? ' ' : String.fromCodePoint(point);
}

function readEntity(text: string, at: number): Escape | undefined {
  if (text[at + 1] !== '#') {
    const end = runEnd(text, at + 1, LETTER, 16);
    const name = text.slice(at + 1, end);
    const character = text[end] === ';' ? ENTITIES.get(name) : undefined;
    return character === undefined ? undefined : { text: character, end: end + 1 };
  }
  const hex = text[at + 2] === 'x' || text[at + 2] === 'X';
  const start = at + (hex ? 3 : 2);
  const end = runEnd(text, start, hex ? ANY_HEX : DIGIT, 8);
  if (end === start) return undefined;
  return {
    text: fromPoint(Number.parseInt(text.slice(start, end), hex ? 16 : 10)),
    end: text[end] === ';' ? end + 1 : end,
  };
}

function readBackslash(text: string, at: number): Escape | undefined {
  const letter = text[at + 1];
  if (letter === 'x') return hexEscape(text, at + 2, 2);
  if (letter !== undefined && letter >= '0' && letter <= '3') return octalEscape(text, at + 1);
  if (letter !== 'u' && letter !== 'U') return undefined;
  if (text[at + 2] !== '{') return hexEscape(text, at + 2, letter === 'U' ? 8 : 4);
  const end = runEnd(text, at + 3, ANY_HEX, 6);
  if (end === at + 3 || text[end] !== '}') return undefined;
  return { text: fromPoint(Number.parseInt(text.slice(at + 3, end), 16)), end: end + 1 };
}

function hexEscape(text: string, start: number, digits: number): Escape | undefined {
  if (runEnd(text, start, ANY_HEX, digits) !== start + digits) return undefined;
  return { text: fromPoint(Number.parseInt(text.slice(start, start + digits), 16)), end: start + digits };
}

/** Three octal digits, as shells and C write them. */
function octalEscape(text: string, start: number): Escape | undefined {
  const digits = /^[0-3][0-7]{2}/.exec(text.slice(start, start + 3));
  return digits === null ? undefined : { text: fromPoint(Number.parseInt(digits[0], 8)), end: start + 3 };
}

/** `=73=6B`: quoted-printable, of which a single code could be anything. */
function readQuoted(text: string, at: number): Escape | undefined {
  const near = text[at + 3] === '=' || text[at - 3] === '=';
  if (!near || !/^=[0-9A-F]{2}$/.test(text.slice(at, at + 3))) return undefined;
  return { text: fromPoint(Number.parseInt(text.slice(at + 1, at + 3), 16)), end: at + 3 };
}
