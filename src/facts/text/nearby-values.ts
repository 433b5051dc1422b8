import { classOf, DIGIT, LOWER, UPPER } from './characters.js';

/** What is shorter gives nothing away by itself. */
export const LEAST_VALUE = 8;

/** 1 for what ends a value: blanks, quotation marks, brackets and the like. */
const ENDS = Uint8Array.from({ length: 128 }, (_, code) =>
  ' \t\r\n\v\f"\'`,;|<>()[]{}\0'.includes(String.fromCharCode(code)) ? 1 : 0,
);

/** Whether a unit ends a value. */
export function isEnd(unit: number): boolean {
  return unit < 0x80 ? ENDS[unit] === 1 : unit === 0xa0 || (unit >= 0x3000 && unit <= 0x303f);
}

/** The next character of a value, `limit` when there is none, -1 when a paragraph ends before. */
export function tokenStart(text: string, from: number, limit: number): number {
  let at = from;
  let lines = 0;
  for (; at < limit; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 0) return -1;
    if (unit === 0x0a && ++lines > 1) return -1;
    if (!isEnd(unit)) return at;
  }
  return limit;
}

/** The end of the value at an offset, as far as `limit`. */
export function tokenEnd(text: string, from: number, limit: number): number {
  let at = from;
  while (at < limit && at < text.length && !isEnd(text.charCodeAt(at))) at++;
  return at;
}

/** What is too short or a mere word is nothing to look at. */
export function isWorthIt(text: string, from: number, to: number): boolean {
  if (to - from < LEAST_VALUE) return false;
  let before = 0;
  let turns = 0;
  for (let i = from; i < to; i++) {
    const one = classOf(text.charCodeAt(i)) & (DIGIT | UPPER | LOWER);
    if (one !== before && ++turns > 2) return true;
    before = one;
  }
  return false;
}

const BACK = 256;

const JUDGED = 256;
/** No value so long is judged otherwise than a longer one. */
const LONGEST = 512;

/** Where in a text values stand that are worth a look, found once however many words for secrets are near them. */
export class WorthyValues {
  readonly #text: string;
  /** Starts of those that were found, in order. */
  #starts: number[] = [];
  /** The first of them that was not before what was last asked about. */
  #at = 0;
  /** Up to where values were looked for. */
  #read = 0;
  /** The place of the value that was last asked about whether it is nothing, and the answer. */
  #asked = -1;
  #isNothing = false;
  /** The values judged last, by the lowest bits of their places, with what was found. */
  #judged: { readonly places: Float64Array; readonly strengths: Uint8Array } | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** Whether any begins between two offsets; no call goes further back than `BACK` behind one before it. */
  beginWithin(from: number, to: number): boolean {
    if (from - BACK > this.#read) this.#skip(from - BACK);
    if (to > this.#read) this.#readTo(to);
    const starts = this.#starts;
    let at = this.#at;
    while (at > 0 && (starts[at - 1] ?? 0) >= from) at--;
    while (at < starts.length && (starts[at] ?? 0) < from) at++;
    this.#at = at;
    return at < starts.length && (starts[at] ?? 0) < to;
  }

  /** What `judge` finds of a value at a place, asked once though several words near it ask for the same strength. */
  strength(
    start: number,
    value: string,
    least: number,
    judge: (value: string, least: number, start: number, values: this) => number,
  ): number {
    this.#judged ??= { places: new Float64Array(JUDGED).fill(-1), strengths: new Uint8Array(JUDGED) };
    const { places, strengths } = this.#judged;
    const slot = start & (JUDGED - 1);
    const place = (start * LONGEST + Math.min(value.length, LONGEST - 1)) * 4 + least;
    if (places[slot] !== place) {
      places[slot] = place;
      strengths[slot] = judge(value, least, start, this);
    }
    return strengths[slot] ?? 0;
  }

  /** What `judge` finds of a value at a place, asked once though several words are about it. */
  isNothing(start: number, value: string, judge: (value: string) => boolean): boolean {
    if (value.length >= LONGEST - 1) return judge(value);
    const place = start * LONGEST + value.length;
    if (this.#asked !== place) {
      this.#asked = place;
      this.#isNothing = judge(value);
    }
    return this.#isNothing;
  }

  /** Passes over what nobody asks about, up to the value that an offset is in. */
  #skip(from: number): void {
    let at = from;
    while (at > this.#read && !isEnd(this.#text.charCodeAt(at - 1))) at--;
    this.#read = at;
    this.#starts = [];
    this.#at = 0;
  }

  #readTo(to: number): void {
    const text = this.#text;
    const { length } = text;
    let at = this.#read;
    while (at < to) {
      while (at < length && isEnd(text.charCodeAt(at))) at++;
      const from = at;
      while (at < length && !isEnd(text.charCodeAt(at))) at++;
      if (isWorthIt(text, from, at)) this.#starts.push(from);
      if (at >= length) break;
    }
    this.#read = Math.max(at, to);
  }
}
