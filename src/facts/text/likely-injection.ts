import type { Span } from '../../text/source.js';
import { isOfLicence } from './licences.js';
import { type Signs, signsWithin } from './signs.js';
import { standingShare } from './standing-words.js';
import { FEATURE_BITS, FEWEST, MOST_FEATURES, STEP, STRETCH, WordReader } from './wording.js';
import { BIAS, ENOUGH, SCALE, wordingNumbers, wordingWeights } from './wording-weights-generated.js';

/** What features are worth: the weight of the one that is known as so many-th. */
interface Worths {
  /** A bit for each number. */
  readonly isKnown: Int32Array;
  /** How many are known whose bits are in the words before. */
  readonly before: Uint16Array;
  readonly weights: Int8Array;
}

function worths(): Worths {
  const gaps = atob(wordingNumbers());
  const halves = atob(wordingWeights());
  const isKnown = new Int32Array(2 ** (FEATURE_BITS - 5));
  let number = 0;
  let gap = 0;
  for (let i = 0; i < gaps.length; i++) {
    const byte = gaps.charCodeAt(i);
    gap = gap * 128 + (byte & 127);
    if (byte >= 128) continue;
    number += gap;
    gap = 0;
    isKnown[number >> 5] = (isKnown[number >> 5] ?? 0) | (1 << (number & 31));
  }
  const before = new Uint16Array(isKnown.length);
  for (let i = 1; i < before.length; i++) before[i] = (before[i - 1] ?? 0) + bitsIn(isKnown[i - 1] ?? 0);
  const weightOf = (_: unknown, i: number): number => {
    const half = halves.charCodeAt(i >> 1);
    return ((i & 1) === 0 ? half >> 4 : half & 15) - 8;
  };
  return { isKnown, before, weights: Int8Array.from({ length: 2 * halves.length }, weightOf) };
}

function bitsIn(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** What one point of a stretch's score is in the sum of its weights, by the number of words. */
const POINT = Float64Array.from({ length: STRETCH + 1 }, (_, words) => Math.sqrt(words * 3 + 10) / SCALE);

let judge: Judge | undefined;

/**
 * The stretches of a folded text that are worded as texts are which order a model about, in order and apart from each other.
 *
 * What a wording is worth was learned from texts of both kinds (`npm run facts:learn`): each word, and with the two before it.
 */
export function likelyInjections(signs: Signs): readonly Span[] {
  // Most texts of tools are too short to be judged, and need no tables.
  if (!hasEnoughWords(signs)) return [];
  // Its tables take longer to make than a short text to judge.
  judge ??= new Judge(worths());
  return judge.read(signs).spans;
}

/** Of words that are only counted. */
const UNUSED = new Int32Array(MOST_FEATURES);

function hasEnoughWords(signs: Signs): boolean {
  // Each word has a character at least.
  if (signs.text.length < FEWEST) return false;
  const words = new WordReader(signs, UNUSED);
  let count = 0;
  while (count < FEWEST && words.next()) count++;
  return count === FEWEST;
}

/**
 * Whether a piece of a folded text is certainly worded otherwise than such texts are. Nothing is certain of a few words.
 */
export function isUnlikelyInjection(signs: Signs, start: number, end: number): boolean {
  judge ??= new Judge(worths());
  const { highest } = judge.read(signsWithin(signs, start, end));
  return highest < ENOUGH - (signs.text.length > LONG ? UNLIKELY_IN_LONG : UNLIKELY);
}

/** How far below what is likely the score of a piece has to be that is unlikely. */
const UNLIKELY = 1;
/** The same in a text of more units than `LONG`, where parts of demands meet by chance. */
const UNLIKELY_IN_LONG = 0.75;
const LONG = 20_000;

/** Units of a text up to which a stretch has to come to `ENOUGH`: a longer text has many more to come to it by chance. */
const SHORT = 4000;
/** How much more is enough in a text twice as long. */
const RISE = 0.04;
/** And at most: an order in the middle of a long text is worded as one in a short text. */
const HIGHEST_RISE = 0.12;

/** What a stretch has to come to in a text of so many units. */
function enoughIn(length: number): number {
  return length <= SHORT ? ENOUGH : ENOUGH + Math.min(HIGHEST_RISE, RISE * Math.log2(length / SHORT));
}

/** Of the letters of a stretch, the share that has to stand in words. */
const WORDED = 0.4;
/** What no stretch comes to that is no wording, unless control characters make up for it. */
const CERTAIN = 0.25;

/** Whether a stretch that is likely by its features is made of words at all: features of chance add up in a long dump. */
function isWorded(text: string, start: number, end: number, score: number): boolean {
  if (standingShare(text, start, end) >= WORDED) return true;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what tells bytes from letters.
  return score >= CERTAIN && !/[\0-\x08\x0e-\x1f\x7f-\x9f\ufffd]/.test(text.slice(start, end));
}

/** How much more is enough in what is worded as licences are, which order as well. */
const LAWFUL = 0.25;

/** Looks at the features of the last `STRETCH` words, each counted once however often it is there. */
class Judge {
  readonly #worths: Worths;
  readonly #counts: Uint16Array;
  /** Indexes of the known features of the last words, the place of a word being its number modulo `STRETCH`. */
  readonly #features = new Uint16Array(STRETCH * MOST_FEATURES);
  /** How many each of them has. */
  readonly #known = new Uint8Array(STRETCH);
  readonly #starts = new Int32Array(STRETCH);
  #sum = 0;
  #text = '';
  #enough = ENOUGH;
  #spans: { start: number; end: number }[] = [];
  /** Infinity where there are too few words for a score. */
  #highest = Number.POSITIVE_INFINITY;

  constructor(given: Worths) {
    this.#worths = given;
    this.#counts = new Uint16Array(given.weights.length);
  }

  /** The likely stretches, and the highest score of all. */
  read(signs: Signs): { readonly spans: readonly Span[]; readonly highest: number } {
    this.#spans = [];
    this.#highest = Number.POSITIVE_INFINITY;
    this.#text = signs.text;
    this.#enough = enoughIn(signs.text.length);
    const words = new WordReader(signs);
    let count = 0;
    for (let place = 0, left = STEP; words.next(); count++, left--) {
      if (left === 0) {
        if (count >= STRETCH) this.#decide(count, words.before);
        left = STEP;
      }
      if (count >= STRETCH) this.#drop(place);
      this.#take(place, words);
      place = place + 1 === STRETCH ? 0 : place + 1;
    }
    this.#decide(count, words.before);
    for (let place = 0; place < Math.min(count, STRETCH); place++) this.#drop(place);
    this.#text = '';
    return { spans: this.#spans, highest: this.#highest };
  }

  #take(place: number, { features, count, start }: WordReader): void {
    this.#starts[place] = start;
    const { isKnown, before, weights } = this.#worths;
    const counts = this.#counts;
    const taken = this.#features;
    const first = place * MOST_FEATURES;
    let to = first;
    let sum = this.#sum;
    for (let i = 0; i < count; i++) {
      const number = features[i] ?? 0;
      const known = isKnown[number >> 5] ?? 0;
      const bit = 1 << (number & 31);
      // Most features are worth nothing.
      if ((known & bit) === 0) continue;
      const feature = (before[number >> 5] ?? 0) + bitsIn(known & (bit - 1));
      taken[to++] = feature;
      const times = counts[feature] ?? 0;
      if (times === 0) sum += weights[feature] ?? 0;
      counts[feature] = times + 1;
    }
    this.#sum = sum;
    this.#known[place] = to - first;
  }

  #drop(place: number): void {
    const counts = this.#counts;
    const taken = this.#features;
    const { weights } = this.#worths;
    const first = place * MOST_FEATURES;
    const last = first + (this.#known[place] ?? 0);
    let sum = this.#sum;
    for (let i = first; i < last; i++) {
      const feature = taken[i] ?? 0;
      const times = (counts[feature] ?? 0) - 1;
      if (times === 0) sum -= weights[feature] ?? 0;
      counts[feature] = times;
    }
    this.#sum = sum;
  }

  /** Decides on the stretch that ends with the word before number `count`, at offset `end`. */
  #decide(count: number, end: number): void {
    const length = Math.min(count, STRETCH);
    if (length < FEWEST) return;
    const score = this.#sum / (POINT[length] ?? 1) + BIAS;
    if (this.#highest === Number.POSITIVE_INFINITY || score > this.#highest) this.#highest = score;
    if (score < this.#enough) return;
    const start = this.#starts[(count - length) % STRETCH] ?? 0;
    const text = this.#text;
    if (!isWorded(text, start, end, score)) return;
    if (score < this.#enough + LAWFUL && isOfLicence(text, start, end)) return;
    const last = this.#spans.at(-1);
    if (last !== undefined && start <= last.end) last.end = end;
    else this.#spans.push({ start, end });
  }
}
