import type { Span } from '../../text/source.js';
import { foldCodePoint } from './fold-code-point.js';
import { Shifts } from './shifts.js';

/**
 * A text made ready for matching, with the way back to the original.
 *
 * Folded: compatibility forms, accents and look-alike letters are ASCII, invisible characters are gone, tag characters are
 * the ASCII they hide; letter case is kept, because secrets depend on it.
 */
export interface View {
  readonly text: string;
  /** Original offset of each character of what was decoded or put in another order. */
  readonly starts: Uint32Array | undefined;
  /** Original end of each of them; absent where there are no starts. */
  readonly ends: Uint32Array | undefined;
  /** What leads from a text that was only folded to its original; absent where all places are the same. */
  readonly shifts: Shifts | undefined;
}

/** A view. All are made here: what reads them is compiled for objects that were made alike. */
export function viewOf(text: string, starts?: Uint32Array, ends?: Uint32Array, shifts?: Shifts): View {
  return { text, starts, ends, shifts };
}

/** Where `start` to `end` of the view lies in the original text. */
export function originalSpan(view: View, start: number, end: number): Span {
  const { starts, ends } = view;
  if (end <= start) return { start, end };
  if (starts === undefined || ends === undefined)
    return { start: originalStart(view, start), end: originalEnd(view, end - 1) };
  const first = starts[start] ?? 0;
  // A text read backwards has its last character first.
  const last = end - 1;
  return { start: Math.min(first, starts[last] ?? first), end: Math.max(ends[start] ?? first, ends[last] ?? first) };
}

/** Where the character at an offset of the view begins in the original. */
export function originalStart({ starts, shifts }: View, at: number): number {
  return starts !== undefined ? (starts[at] ?? 0) : shifts === undefined ? at : shifts.at(at);
}

/** Where the character at an offset of the view ends in the original. */
export function originalEnd({ text, ends, shifts }: View, at: number): number {
  if (ends !== undefined) return ends[at] ?? 0;
  if (shifts === undefined) return at + 1;
  const first = shifts.at(at);
  // One original character may have become several: take all of it.
  let past = at + 1;
  while (past <= text.length && shifts.at(past) === first) past++;
  return past <= text.length ? shifts.at(past) : first;
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
  for (let i = 0; i < firsts.length; i++) firsts[i] = originalStart(view, from + i);
  const lasts = new Uint32Array(to - from);
  // From the end on, since one original character may have become several, all of which end where it does.
  let next = firsts.length === 0 ? 0 : originalEnd(view, to - 1);
  for (let i = firsts.length - 1; i >= 0; i--) {
    const first = firsts[i] ?? 0;
    lasts[i] = i + 1 < firsts.length && firsts[i + 1] === first ? (lasts[i + 1] ?? 0) : next;
    next = first;
  }
  return { starts: firsts, ends: lasts };
}

/** Characters of a view under construction. */
export class ViewBuilder {
  #units: Uint16Array<ArrayBuffer>;
  #starts: Uint32Array;
  #ends: Uint32Array;
  readonly #likely: number;
  #length = 0;
  #seen = 0;

  /** `capacity` is made at once, `likely` where it turns out to be a long text. */
  constructor(capacity: number, likely = 0) {
    this.#likely = likely;
    const room = Math.max(16, capacity);
    this.#units = new Uint16Array(room);
    this.#starts = new Uint32Array(room);
    this.#ends = new Uint32Array(room);
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
    this.#ends[at] = end;
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
    this.#ends.fill(end, from, to);
    this.#length = to;
  }

  /** Pushes what stands in a source between two offsets. */
  pushPart(source: View, from: number, to: number): void {
    const { text, starts, ends, shifts } = source;
    while (this.#length + to - from > this.#units.length) this.#grow();
    const units = this.#units;
    const ownStarts = this.#starts;
    const ownEnds = this.#ends;
    const isMoved = starts !== undefined || ends !== undefined || shifts !== undefined;
    let seen = 0;
    let next = this.#length;
    for (let at = from; at < to; at++) {
      const unit = text.charCodeAt(at);
      seen |= unit;
      units[next] = unit;
      ownStarts[next] = isMoved ? originalStart(source, at) : at;
      ownEnds[next++] = isMoved ? originalEnd(source, at) : at + 1;
    }
    this.#seen |= seen;
    this.#length = next;
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
      ownStarts[to] = starts?.[at] ?? 0;
      ownEnds[to++] = ends?.[at] ?? 0;
    }
    this.#length = to;
    return at;
  }

  #grow(): void {
    // What has grown so far grows on, and memory that is never written to costs nothing.
    const { length } = this.#units;
    const room = Math.max(length * 2, length < LONG ? 0 : this.#likely);
    const units = new Uint16Array(room);
    units.set(this.#units);
    this.#units = units;
    const starts = new Uint32Array(room);
    starts.set(this.#starts);
    this.#starts = starts;
    const ends = new Uint32Array(room);
    ends.set(this.#ends);
    this.#ends = ends;
  }

  truncate(length: number): void {
    this.#length = Math.min(length, this.#length);
  }

  build(): View {
    const units = this.#units.subarray(0, this.#length);
    const text = textOf(units, this.#seen);
    return viewOf(text, this.#starts.subarray(0, this.#length), this.#ends.subarray(0, this.#length));
  }
}

const ascii = new TextDecoder();

// Its answers have as many units as it is given: a surrogate without its other half becomes one U+FFFD.
const wide = new TextDecoder('utf-16le', { ignoreBOM: true });

/** The text of units among which are no surrogates, as those of a view. */
export function textOfUnits(units: Uint16Array<ArrayBuffer>): string {
  let seen = 0;
  for (let i = 0; i < units.length; i++) seen |= units[i] ?? 0;
  return textOf(units, seen);
}

/** The text of units of which all bits are `seen`. */
function textOf(units: Uint16Array<ArrayBuffer>, seen: number): string {
  return seen < 0x80 ? ascii.decode(new Uint8Array(units)) : wide.decode(units);
}

const DROPPED = 0xffff + 2;
const SEVERAL = 0xffff + 3;

/** Folded form of each UTF-16 unit, filled as needed: 0 unknown, DROPPED, SEVERAL (see `several`), else the unit plus one. */
let folded: Uint32Array | undefined;
const several = new Map<number, string>();

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
export function foldView(source: View): View {
  const { text, starts, ends } = source;
  if (isAscii(text))
    return text.length < LONG ? source : viewOf(ascii.decode(new TextEncoder().encode(text)), starts, ends);
  if (starts === undefined || ends === undefined) return foldPlain(text);
  const out = new ViewBuilder(text.length + 16);
  for (let i = out.pushAscii(source, 0); i < text.length; i = out.pushAscii(source, i + 1)) {
    const start = starts[i] ?? 0;
    const point = text.codePointAt(i) ?? 0;
    if (point > 0xffff) i++;
    const end = ends[i] ?? 0;
    const form = point > 0xffff ? foldAstral(point) : formOf(point);
    for (let k = 0; k < form.length; k++) out.push(form.charCodeAt(k), start, end);
  }
  return out.build();
}

/** Folds a text that is nothing but itself. */
function foldPlain(text: string): View {
  const { length } = text;
  const shifts = new Shifts();
  let units = new Uint16Array(length + 16);
  let seen = 0;
  let to = 0;
  for (let i = 0; i < length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) {
      units[to++] = unit;
      continue;
    }
    const known = foldedForm(unit);
    const at = i;
    if (known < DROPPED && (unit & 0xfc00) !== 0xd800) {
      seen |= known - 1;
      units[to++] = known - 1;
      continue;
    }
    const point = text.codePointAt(i) ?? unit;
    if (point > 0xffff) i++;
    const form = point > 0xffff ? foldAstral(point) : formOf(unit);
    while (to + form.length + length - i > units.length) units = grown(units);
    for (let k = 0; k < form.length; k++) {
      shifts.add(to, at - to);
      seen |= form.charCodeAt(k);
      units[to++] = form.charCodeAt(k);
    }
    shifts.add(to, i + 1 - to);
  }
  return viewOf(textOf(units.subarray(0, to), seen), undefined, undefined, shifts);
}

function grown(units: Uint16Array<ArrayBuffer>): Uint16Array<ArrayBuffer> {
  const more = new Uint16Array(units.length * 2);
  more.set(units);
  return more;
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
