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

const OTHER = 0;
const LETTER = 1;
const DIGIT = 2;
const LINE = 3;
const STOP = 4;
const MARK = 5;

/** What a sign of ASCII begins: marks are words of their own, repeated ones are one. */
const KINDS = Uint8Array.from({ length: 128 }, (_, unit) => kindOf(unit));

function kindOf(unit: number): number {
  if (isLetter(unit)) return LETTER;
  if (unit === 0x0a) return LINE;
  if (unit === 0x2e) return STOP;
  if (unit >= 0x30 && unit <= 0x39) return DIGIT;
  return '!?:{}<>`#|@=$%'.includes(String.fromCharCode(unit)) ? MARK : OTHER;
}

/** Letters of ASCII in lower case, 0 for what is none. */
const LOWER = Uint8Array.from({ length: 128 }, (_, unit) => (isLetter(unit) ? unit | 0x20 : 0));

/** Kinds of signs: bits of their masks. */
const SIGN_BITS = 31;

/** Where no sign begins. */
const NEVER = 2 ** 30;

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
  readonly features: Int32Array;
  count = 0;
  start = 0;
  end = 0;
  /** Where the word before it ended. */
  before = 0;
  readonly #text: string;
  #previous = 0;
  #oneBefore = 0;
  readonly #masks: ArrayLike<number>;
  readonly #starts: ArrayLike<number>;
  /** Where the next sign begins that was not read. */
  #nextSign: number;
  readonly #signs: number;
  /** Signs that were read. */
  #read = 0;

  /** `features` is where features are put, for whoever wants to read many texts in the same memory. */
  constructor({ text, count, masks, starts }: Signs, features = new Int32Array(MOST_FEATURES)) {
    this.features = features;
    this.#text = text;
    this.#signs = count;
    this.#masks = masks;
    this.#starts = starts;
    this.#nextSign = count === 0 ? NEVER : (starts[0] ?? 0);
  }

  /** Goes on to the next word; false at the end of the text. */
  next(): boolean {
    const text = this.#text;
    const { length } = text;
    const { end } = this;
    this.before = end;
    for (let at = end; at < length; at++) {
      const unit = text.charCodeAt(at);
      const kind = unit < 0x80 ? KINDS[unit] : isLetter(unit) ? LETTER : OTHER;
      if (kind === OTHER || (kind === STOP && text.charCodeAt(at + 1) !== 0x20)) continue;
      this.start = at;
      if (kind === LETTER) this.#readWord();
      else if (kind === DIGIT) this.#readNumber();
      else if (kind === LINE) this.#readLineEnd();
      else if (kind === STOP) this.#take(SENTENCE_END, 0, at + 1);
      else if (unit === 0x3a && text.startsWith('://', at)) this.#readAddress();
      else this.#readMark(unit);
      return true;
    }
    if (end < length) this.start = length - 1;
    return false;
  }

  #readWord(): void {
    const text = this.#text;
    const { length } = text;
    const { start } = this;
    let hash = SEED;
    let stem = 0;
    let end = start;
    for (let left = STEM; end < length; end++, left--) {
      const unit = text.charCodeAt(end);
      const letter = unit < 0x80 ? (LOWER[unit] ?? 0) : lowerCase(unit);
      if (letter === 0 || (unit >= JOINED && end > start)) break;
      if (left === 0) stem = hash;
      hash = Math.imul(hash ^ letter, PRIME);
      if (unit < JOINED) continue;
      // In scripts without blanks a character is about a word.
      end++;
      break;
    }
    // `don't` is one word.
    if (end + 1 < length && text.charCodeAt(end) === 0x27 && isLetter(text.charCodeAt(end + 1))) {
      hash = Math.imul(hash ^ lowerCase(text.charCodeAt(end + 1)), PRIME);
      end += 2;
      while (end < length && isLetter(text.charCodeAt(end))) end++;
    }
    this.#take(hash, stem, end);
  }

  #readNumber(): void {
    const text = this.#text;
    const { length } = text;
    let end = this.start + 1;
    for (; end < length; end++) {
      const unit = text.charCodeAt(end);
      if (!isDigit(unit) && unit !== 0x2e && unit !== 0x2c) break;
    }
    this.#take(NUMBER, 0, end);
  }

  #readAddress(): void {
    let end = this.start + 3;
    while (end < this.#text.length && !' \t\r\n")>`\0'.includes(this.#text[end] ?? ' ')) end++;
    this.#take(ADDRESS, 0, end);
  }

  #readLineEnd(): void {
    const text = this.#text;
    const { length } = text;
    let end = this.start + 1;
    for (; end < length; end++) {
      const unit = text.charCodeAt(end);
      if (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d) break;
    }
    this.#take(LINE_END, 0, end);
  }

  #readMark(unit: number): void {
    const text = this.#text;
    const { length } = text;
    let end = this.start + 1;
    while (end < length && text.charCodeAt(end) === unit) end++;
    this.#take(Math.imul(SEED ^ unit, PRIME), 0, end);
  }

  #take(hash: number, stem: number, end: number): void {
    const { features } = this;
    const previous = this.#previous;
    const oneBefore = this.#oneBefore;
    let count = 1;
    features[0] = numberOf(hash);
    if (stem !== 0) features[count++] = numberOf(stem ^ 0x5bd1e995);
    if (previous !== 0) features[count++] = numberOf(Math.imul(previous, 31) ^ hash);
    if (oneBefore !== 0) features[count++] = numberOf(Math.imul(oneBefore, 37) ^ hash ^ 0x2c1b3c6d);
    this.count = count;
    this.#oneBefore = previous;
    this.#previous = hash;
    this.end = end;
    while (this.#nextSign < end) {
      this.#takeSign(this.#read++);
      this.#nextSign = this.#read < this.#signs ? (this.#starts[this.#read] ?? 0) : NEVER;
    }
  }

  #takeSign(at: number): void {
    const starts = this.#starts;
    const masks = this.#masks;
    const isNear = at > 0 && (starts[at] ?? 0) - (starts[at - 1] ?? 0) <= NEAR;
    const before = isNear ? (masks[at - 1] ?? 0) : 0;
    for (let left = masks[at] ?? 0; left !== 0; left &= left - 1) {
      const bit = lowestBit(left);
      this.#add(0x51ed270b + bit);
      for (let others = before; others !== 0; others &= others - 1)
        this.#add(0x1b873593 + bit * SIGN_BITS + lowestBit(others));
    }
  }

  #add(hash: number): void {
    if (this.count < MOST_FEATURES) this.features[this.count++] = numberOf(hash);
  }
}

/** From here on scripts have no blanks between words. */
const JOINED = 0x2e80;

function lowestBit(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

/** A letter in lower case, 0 for what is none. */
function lowerCase(unit: number): number {
  if (!isLetter(unit)) return 0;
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
