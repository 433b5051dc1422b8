import type { Span } from '../../text/source.js';
import { letterLike } from './confusables.js';

/**
 * A text made ready for matching, with the way back to the original.
 *
 * Folded: compatibility forms, accents and look-alike letters are ASCII, invisible characters are gone, tag characters are
 * the ASCII they hide; letter case is kept, because secrets depend on it.
 */
export interface View {
  readonly text: string;
  /** Original offset of each character; absent where it is the same. */
  readonly starts: Uint32Array | undefined;
  /** Original end of each character; absent where it is the start of the next. */
  readonly ends: Uint32Array | undefined;
}

/** A view. All are made here: what reads them is compiled for objects that were made alike. */
export function viewOf(text: string, starts?: Uint32Array, ends?: Uint32Array): View {
  return { text, starts, ends };
}

/** Where `start` to `end` of the view lies in the original text. */
export function originalSpan(view: View, start: number, end: number): Span {
  const { starts, ends } = view;
  if (starts === undefined || end <= start) return { start, end };
  const first = starts[start] ?? 0;
  if (ends !== undefined) {
    // A text read backwards has its last character first.
    const last = end - 1;
    return { start: Math.min(first, starts[last] ?? first), end: Math.max(ends[start] ?? first, ends[last] ?? first) };
  }
  // One original character may have become several: take all of it.
  let past = end;
  const last = starts[end - 1] ?? first;
  while (past < starts.length && starts[past] === last) past++;
  return { start: first, end: starts[past] ?? last };
}

/** Where the character at an offset of the view ends in the original. */
export function originalEnd({ starts, ends }: View, at: number): number {
  if (starts === undefined) return at + 1;
  const first = starts[at] ?? 0;
  if (ends !== undefined) return ends[at] ?? first;
  let past = at + 1;
  while (past < starts.length && starts[past] === first) past++;
  return starts[past] ?? first;
}

/** Starts and ends of each character from `from` to `to` in the original. */
export function originalSpans(
  view: View,
  from: number,
  to: number,
): { readonly starts: Uint32Array; readonly ends: Uint32Array } {
  const { starts, ends } = view;
  if (starts !== undefined && ends !== undefined) return { starts: starts.slice(from, to), ends: ends.slice(from, to) };
  const firsts = new Uint32Array(to - from);
  const lasts = new Uint32Array(to - from);
  // From the end on, since one original character may have become several, all of which end where it does.
  let next = starts === undefined ? to : originalSpan(view, to - 1, to).end;
  for (let i = to - from - 1; i >= 0; i--) {
    const first = starts === undefined ? from + i : (starts[from + i] ?? 0);
    firsts[i] = first;
    lasts[i] = i + 1 < to - from && firsts[i + 1] === first ? (lasts[i + 1] ?? 0) : next;
    next = first;
  }
  return { starts: firsts, ends: lasts };
}

/** Characters of a view under construction. */
export class ViewBuilder {
  #units: Uint16Array<ArrayBuffer>;
  #starts: Uint32Array;
  #ends: Uint32Array | undefined;
  #length = 0;
  #seen = 0;

  constructor(capacity: number, withEnds: boolean) {
    const room = Math.max(16, capacity);
    this.#units = new Uint16Array(room);
    this.#starts = new Uint32Array(room);
    this.#ends = withEnds ? new Uint32Array(room) : undefined;
  }

  get length(): number {
    return this.#length;
  }

  /** The unit pushed last, NaN when there is none. */
  get last(): number {
    return this.#units[this.#length - 1] ?? Number.NaN;
  }

  push(unit: number, start: number, end: number): void {
    if (this.#length === this.#units.length) this.#grow();
    const at = this.#length++;
    this.#seen |= unit;
    this.#units[at] = unit;
    this.#starts[at] = start;
    if (this.#ends !== undefined) this.#ends[at] = end;
  }

  /** Pushes units that all stand for the same place. */
  pushAll(units: Uint16Array, start: number, end: number): void {
    const from = this.#length;
    const to = from + units.length;
    while (to > this.#units.length) this.#grow();
    let seen = 0;
    for (let i = 0; i < units.length; i++) seen |= units[i] ?? 0;
    this.#seen |= seen;
    this.#units.set(units, from);
    this.#starts.fill(start, from, to);
    this.#ends?.fill(end, from, to);
    this.#length = to;
  }

  /** Pushes what stands in a source from `from` on up to the next character beyond ASCII; the answer is its place. */
  pushAscii({ text, starts, ends }: View, from: number): number {
    while (this.#length + text.length - from > this.#units.length) this.#grow();
    const units = this.#units;
    const ownStarts = this.#starts;
    const ownEnds = this.#ends;
    let to = this.#length;
    let at = from;
    for (; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      if (unit >= 0x80) break;
      units[to] = unit;
      ownStarts[to] = starts === undefined ? at : (starts[at] ?? 0);
      if (ownEnds !== undefined) ownEnds[to] = ends === undefined ? 0 : (ends[at] ?? 0);
      to++;
    }
    this.#length = to;
    return at;
  }

  #grow(): void {
    const room = this.#units.length * 2;
    const units = new Uint16Array(room);
    units.set(this.#units);
    this.#units = units;
    const starts = new Uint32Array(room);
    starts.set(this.#starts);
    this.#starts = starts;
    if (this.#ends === undefined) return;
    const ends = new Uint32Array(room);
    ends.set(this.#ends);
    this.#ends = ends;
  }

  truncate(length: number): void {
    this.#length = Math.min(length, this.#length);
  }

  build(originalLength: number): View {
    const units = this.#units.subarray(0, this.#length);
    const text = this.#seen < 0x80 ? ascii.decode(new Uint8Array(units)) : wide.decode(units);
    if (this.#ends !== undefined)
      return viewOf(text, this.#starts.subarray(0, this.#length), this.#ends.subarray(0, this.#length));
    if (this.#length === this.#starts.length) this.#grow();
    this.#starts[this.#length] = originalLength;
    return viewOf(text, this.#starts.subarray(0, this.#length + 1));
  }
}

const ascii = new TextDecoder();

// Its answers have as many units as it is given: a surrogate without its other half becomes one U+FFFD.
const wide = new TextDecoder('utf-16le', { ignoreBOM: true });

/** The text of units among which are no surrogates, as those of a view. */
export function textOfUnits(units: Uint16Array<ArrayBuffer>): string {
  let seen = 0;
  for (let i = 0; i < units.length; i++) seen |= units[i] ?? 0;
  return seen < 0x80 ? ascii.decode(new Uint8Array(units)) : wide.decode(units);
}

const DROPPED = 0xffff + 2;
const SEVERAL = 0xffff + 3;

/** Folded form of each UTF-16 unit, filled as needed: 0 unknown, DROPPED, SEVERAL (see `several`), else the unit plus one. */
let folded: Uint32Array | undefined;
const several = new Map<number, string>();

const INVISIBLE =
  /^[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\u{1d173}-\u{1d17a}]$/u;

const OTHER_FORMS: Readonly<Record<string, string>> = {
  ß: 'ss',
  ẞ: 'SS',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  đ: 'd',
  Đ: 'D',
  Ø: 'O',
  Ł: 'L',
  þ: 'th',
  ð: 'd',
  '‘': "'",
  '’': "'",
  '‚': "'",
  '‛': "'",
  '′': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '‟': '"',
  '″': '"',
  '«': '"',
  '»': '"',
  '‹': "'",
  '›': "'",
  '‐': '-',
  '‑': '-',
  '‒': '-',
  '–': '-',
  '—': '-',
  '―': '-',
  '−': '-',
  '⁃': '-',
  '﹘': '-',
  '⁄': '/',
  '∕': '/',
  '⧸': '/',
  '∶': ':',
  '꞉': ':',
  '։': ':',
  '․': '.',
  '⸱': '.',
  '·': '.',
  '⠀': ' ',
  '\u2028': '\n',
  '\u2029': '\n',
  '\u0085': '\n',
  '。': '.',
  '、': ',',
  '؟': '?',
  '،': ',',
  '؛': ';',
  '۔': '.',
  '।': '.',
  '॥': '.',
  '【': '[',
  '】': ']',
  '〈': '<',
  '〉': '>',
  '⟨': '<',
  '⟩': '>',
  '❮': '<',
  '❯': '>',
  '『': '"',
  '』': '"',
  '「': '"',
  '」': '"',
};

/** Longest expansion kept: longer ones are Arabic ligatures, which no rule here reads. */
const LONGEST = 6;

/** Folds one code point. */
function foldCodePoint(point: number): string {
  if (point < 0x80) return String.fromCharCode(point);
  if (isLetterOfEurope(point)) return foldLetter(String.fromCharCode(point));
  if (point >= 0xe0020 && point <= 0xe007e) return String.fromCharCode(point - 0xe0000);
  // Variation selectors 17 to 256 can carry bytes behind any character.
  if (point >= 0xe0100 && point <= 0xe01ef) return variationByte(point);
  if (point >= 0xe0000 && point <= 0xe0fff) return '';
  // Negative circled and squared letters and regional indicators have no compatibility form.
  if (point >= 0x1f150 && point <= 0x1f169) return String.fromCharCode(point - 0x1f150 + 0x41);
  if (point >= 0x1f170 && point <= 0x1f189) return String.fromCharCode(point - 0x1f170 + 0x41);
  if (point >= 0x1f1e6 && point <= 0x1f1ff) return String.fromCharCode(point - 0x1f1e6 + 0x41);
  if (point >= 0xd800 && point <= 0xdfff) return '\ufffd';
  if (point >= 0xac00 && point <= 0xd7a3) return String.fromCharCode(point);
  const character = String.fromCodePoint(point);
  if (INVISIBLE.test(character)) return '';
  let result = '';
  for (const part of character.normalize('NFKD')) {
    if (/\p{M}/u.test(part)) continue;
    if (point > 0x7f && /\p{Nd}/u.test(part)) {
      result += digitOf(part);
      continue;
    }
    const form = OTHER_FORMS[part] ?? letterLike(part) ?? part;
    if (/^\p{Zs}$/u.test(form)) result += ' ';
    else result += form.length === 2 && form.charCodeAt(0) >= 0xd800 && form.charCodeAt(0) < 0xdc00 ? '\ufffd' : form;
  }
  return result.length > LONGEST ? '\ufffd' : result;
}

/** Blocks in which nothing but letters of Latin, Greek and Cyrillic stands, and those of Hebrew. */
function isLetterOfEurope(point: number): boolean {
  if (point < 0x180) return point >= 0xc0;
  return (point >= 0x386 && point < 0x482) || (point >= 0x48a && point < 0x530) || (point >= 0x5d0 && point <= 0x5ea);
}

/** What `foldCodePoint` finds for letters whose parts are letters and marks of one block, sooner. */
function foldLetter(letter: string): string {
  let result = '';
  for (const part of letter.normalize('NFKD')) {
    const unit = part.charCodeAt(0);
    if (unit < 0x300 || unit > 0x36f) result += OTHER_FORMS[part] ?? letterLike(part) ?? part;
  }
  return result;
}

/** The digit of any script in ASCII: digits stand ten in a row, the zero first. */
function digitOf(digit: string): string {
  const point = digit.codePointAt(0) ?? 0;
  if (point < 0x80) return digit;
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(point - value - 1))) value++;
  return String(value);
}

function variationByte(point: number): string {
  const byte = point - 0xe0100 + 16;
  return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '';
}

/** Folds a short text, without the way back; literals that are searched for must be folded as the texts are. */
export function foldText(text: string): string {
  if (isAscii(text)) return text;
  let result = '';
  for (const character of text) {
    const unit = character.charCodeAt(0);
    result +=
      character.length > 1 ? foldCodePoint(character.codePointAt(0) ?? 0) : unit < 0x80 ? character : formOf(unit);
  }
  return result;
}

function formOf(unit: number): string {
  const known = foldedForm(unit);
  if (known === DROPPED) return '';
  return known === SEVERAL ? (several.get(unit) ?? '') : String.fromCharCode(known - 1);
}

/** What the table has for a unit, filled in where it has nothing yet. */
function foldedForm(unit: number): number {
  folded ??= new Uint32Array(0x10000);
  const known = folded[unit] ?? 0;
  if (known !== 0) return known;
  const found = foldUnit(unit);
  folded[unit] = found;
  return found;
}

function foldUnit(unit: number): number {
  const result = foldCodePoint(unit);
  if (result === '') return DROPPED;
  if (result.length === 1) return result.charCodeAt(0) + 1;
  several.set(unit, result);
  return SEVERAL;
}

/** Whether there is anything to fold. */
function isAscii(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is all of ASCII.
  return !/[^\u0000-\u007f]/.test(text);
}

/** A text so long is copied, because one that was joined or cut out of another is slower to read. */
const LONG = 0x10000;

/** Folds a text; where `source` is a view of something else, the way back leads to that original. */
export function foldView(source: View, originalLength: number): View {
  const { text, starts, ends } = source;
  if (isAscii(text))
    return text.length < LONG ? source : viewOf(ascii.decode(new TextEncoder().encode(text)), starts, ends);
  folded ??= new Uint32Array(0x10000);
  const table = folded;
  const out = new ViewBuilder(text.length + 16, ends !== undefined);
  for (let i = out.pushAscii(source, 0); i < text.length; i = out.pushAscii(source, i + 1)) {
    const unit = text.charCodeAt(i);
    const start = starts === undefined ? i : (starts[i] ?? 0);
    const end = ends === undefined ? 0 : (ends[i] ?? 0);
    if (unit >= 0xd800 && unit < 0xdc00) {
      const point = text.codePointAt(i) ?? unit;
      if (point > 0xffff) {
        const lastEnd = ends === undefined ? 0 : (ends[i + 1] ?? 0);
        i++;
        const form = foldAstral(point);
        for (let k = 0; k < form.length; k++) out.push(form.charCodeAt(k), start, lastEnd);
        continue;
      }
    }
    let known = table[unit] ?? 0;
    if (known === 0) {
      known = foldUnit(unit);
      table[unit] = known;
    }
    if (known === SEVERAL) {
      const form = several.get(unit) ?? '';
      for (let k = 0; k < form.length; k++) out.push(form.charCodeAt(k), start, end);
    } else if (known !== DROPPED) out.push(known - 1, start, end);
  }
  return out.build(originalLength);
}

const astral = new Map<number, string>();

function foldAstral(point: number): string {
  let form = astral.get(point);
  if (form === undefined) {
    form = foldCodePoint(point);
    // Bounded: a text of every code point there is must not keep them all.
    if (astral.size < 4096) astral.set(point, form);
  }
  return form;
}
