import type { Signs } from './signs.js';
import { isLetter } from './words.js';

/** How many words a stretch has whose wording is judged. */
export const STRETCH = 40;

/** How many words a text must have: the wording of fewer tells too little. */
export const FEWEST = 14;

/** How many words further on the next stretch ends. */
export const STEP = 10;

/** How many bits the number of a feature has. */
export const FEATURE_BITS = 20;

/** Most features of one word. */
export const MOST_FEATURES = 24;

const SEED = 0x811c9dc5;
const PRIME = 0x01000193;

/** Letters of a word that are taken for its stem. */
const STEM = 5;

const NUMBER = 0x30303030;
const ADDRESS = 0x3a2f2f3a;
const SENTENCE_END = 0x2e2e2e;
const LINE_END = 0x0a0a0a;

/** 1 for marks that are words of their own; repeated ones are one. */
const MARKS = Uint8Array.from({ length: 128 }, (_, unit) =>
  '!?:{}<>`#|@=$%'.includes(String.fromCharCode(unit)) ? 1 : 0,
);

/** Kinds of signs: bits of their masks. */
const SIGN_BITS = 31;

/** How many units a sign may stand behind another that it is seen together with. */
const NEAR = 80;

/**
 * The words of a folded text one after the other: letters in lower case; all numbers are one word, all addresses, all ends
 * of lines and of sentences.
 *
 * The features of a word are the word itself, its stem, it behind the word before and behind the one before that, and the
 * signs that begin in it, each alone and behind the sign before: so what was learned in one language is of use in others.
 */
export class WordReader {
  /** Features of the word that was read last; `count` of them count. */
  readonly features = new Int32Array(MOST_FEATURES);
  count = 0;
  start = 0;
  end = 0;
  /** Where the word before it ended. */
  before = 0;
  readonly #text: string;
  #previous = 0;
  #oneBefore = 0;
  readonly #signs: Signs;
  /** Signs that were read. */
  #read = 0;

  constructor(signs: Signs) {
    this.#text = signs.text;
    this.#signs = signs;
  }

  /** Goes on to the next word; false at the end of the text. */
  next(): boolean {
    const text = this.#text;
    this.before = this.end;
    for (let at = this.end; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      this.start = at;
      if (isLetter(unit)) this.#readWord(unit);
      else if (isDigit(unit)) this.#readNumber();
      else if (unit === 0x0a) this.#readLineEnd();
      else if (unit === 0x2e && text.charCodeAt(at + 1) === 0x20) this.#take(SENTENCE_END, 0, at + 1);
      else if (MARKS[unit] !== 1) continue;
      else if (unit === 0x3a && text.startsWith('://', at)) this.#readAddress();
      else this.#readMark(unit);
      return true;
    }
    return false;
  }

  #readWord(first: number): void {
    const text = this.#text;
    let hash = SEED;
    let stem = 0;
    let end = this.start;
    for (let unit = first; isLetter(unit); unit = text.charCodeAt(end)) {
      // In scripts without blanks a character is about a word.
      if (unit >= 0x2e80 && end > this.start) break;
      if (end - this.start === STEM) stem = hash;
      hash = Math.imul(hash ^ lowerCase(unit), PRIME);
      end++;
      if (unit >= 0x2e80) break;
    }
    // `don't` is one word.
    if (text.charCodeAt(end) === 0x27 && isLetter(text.charCodeAt(end + 1))) {
      hash = Math.imul(hash ^ lowerCase(text.charCodeAt(end + 1)), PRIME);
      end += 2;
      while (isLetter(text.charCodeAt(end))) end++;
    }
    this.#take(hash, stem, end);
  }

  #readNumber(): void {
    let end = this.start + 1;
    for (let unit = this.#text.charCodeAt(end); isDigit(unit) || unit === 0x2e || unit === 0x2c; )
      unit = this.#text.charCodeAt(++end);
    this.#take(NUMBER, 0, end);
  }

  #readAddress(): void {
    let end = this.start + 3;
    while (end < this.#text.length && !' \t\r\n")>`\0'.includes(this.#text[end] ?? ' ')) end++;
    this.#take(ADDRESS, 0, end);
  }

  #readLineEnd(): void {
    let end = this.start + 1;
    for (let unit = 0x0a; unit === 0x0a || unit === 0x0d || unit === 0x20; ) unit = this.#text.charCodeAt(++end);
    this.#take(LINE_END, 0, end);
  }

  #readMark(unit: number): void {
    let end = this.start + 1;
    while (this.#text.charCodeAt(end) === unit) end++;
    this.#take(Math.imul(SEED ^ unit, PRIME), 0, end);
  }

  #take(hash: number, stem: number, end: number): void {
    this.count = 0;
    this.#add(hash);
    if (stem !== 0) this.#add(stem ^ 0x5bd1e995);
    if (this.#previous !== 0) this.#add(Math.imul(this.#previous, 31) ^ hash);
    if (this.#oneBefore !== 0) this.#add(Math.imul(this.#oneBefore, 37) ^ hash ^ 0x2c1b3c6d);
    this.#oneBefore = this.#previous;
    this.#previous = hash;
    this.end = end;
    const { count, starts } = this.#signs;
    for (; this.#read < count && (starts[this.#read] ?? 0) < end; this.#read++) this.#takeSign(this.#read);
  }

  #takeSign(at: number): void {
    const { masks, starts } = this.#signs;
    const mask = masks[at] ?? 0;
    const isNear = at > 0 && (starts[at] ?? 0) - (starts[at - 1] ?? 0) <= NEAR;
    const before = isNear ? (masks[at - 1] ?? 0) : 0;
    for (let bit = 0; bit < SIGN_BITS; bit++) {
      if ((mask & (1 << bit)) === 0) continue;
      this.#add(0x51ed270b + bit);
      for (let other = 0; other < SIGN_BITS; other++)
        if ((before & (1 << other)) !== 0) this.#add(0x1b873593 + bit * SIGN_BITS + other);
    }
  }

  #add(hash: number): void {
    if (this.count < MOST_FEATURES) this.features[this.count++] = numberOf(hash);
  }
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

function lowerCase(unit: number): number {
  if (unit < 0x80) return unit | 0x20;
  const isUpper = (unit >= 0x410 && unit <= 0x42f) || (unit >= 0x391 && unit <= 0x3a9);
  return isUpper ? unit + 0x20 : unit;
}

/** The number of a feature: all bits of a hash have to bear on the few that are kept. */
function numberOf(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> (32 - FEATURE_BITS);
}
