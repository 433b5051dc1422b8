import type { Span } from '../../text/source.js';
import { type Signs, signsWithin } from './signs.js';
import { FEATURE_BITS, FEWEST, MOST_FEATURES, STEP, STRETCH, WordReader } from './wording.js';
import { BIAS, ENOUGH, NUMBERS, SCALE, WEIGHTS } from './wording-weights-generated.js';

/** What features are worth: found by number in a table that is larger than it must be, one place after the other. */
interface Worths {
  /** A bit for each number: most features of a text are worth nothing. */
  readonly isKnown: Int32Array;
  readonly numbers: Int32Array;
  readonly weights: Int8Array;
  /** Index of a feature plus one, by the lowest bits of its number or behind. */
  readonly places: Uint16Array;
}

const PLACES = 1 << 16;

function worths(): Worths {
  const gaps = atob(NUMBERS);
  const halves = atob(WEIGHTS);
  const isKnown = new Int32Array(2 ** (FEATURE_BITS - 5));
  const numbers = new Int32Array(gaps.length);
  const weights = new Int8Array(gaps.length);
  const places = new Uint16Array(PLACES);
  let count = 0;
  let number = 0;
  let gap = 0;
  for (let i = 0; i < gaps.length; i++) {
    const byte = gaps.charCodeAt(i);
    gap = gap * 128 + (byte & 127);
    if (byte >= 128) continue;
    number += gap;
    gap = 0;
    const half = halves.charCodeAt(count >> 1);
    weights[count] = ((count & 1) === 0 ? half >> 4 : half & 15) - 8;
    numbers[count++] = number;
    isKnown[number >> 5] = (isKnown[number >> 5] ?? 0) | (1 << (number & 31));
    let place = number % PLACES;
    while (places[place] !== 0) place = (place + 1) % PLACES;
    places[place] = count;
  }
  return { isKnown, numbers, weights, places };
}

function indexOf({ isKnown, numbers, places }: Worths, number: number): number {
  if (((isKnown[number >> 5] ?? 0) & (1 << (number & 31))) === 0) return -1;
  for (let place = number % PLACES; ; place = (place + 1) % PLACES) {
    const index = (places[place] ?? 0) - 1;
    if (index < 0 || numbers[index] === number) return index;
  }
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
  // Its tables take longer to make than a short text to judge.
  judge ??= new Judge(worths());
  return judge.read(signs).spans;
}

/**
 * Whether a piece of a folded text is certainly worded otherwise than such texts are. Nothing is certain of a few words.
 */
export function isUnlikelyInjection(signs: Signs, start: number, end: number): boolean {
  judge ??= new Judge(worths());
  return judge.read(signsWithin(signs, start, end)).highest < ENOUGH - UNLIKELY;
}

/** How far below what is likely the score of a piece has to be that is unlikely. */
const UNLIKELY = 1;

/** Looks at the features of the last `STRETCH` words, each counted once however often it is there. */
class Judge {
  readonly #worths: Worths;
  readonly #counts: Uint16Array;
  /** Indexes of the features of the last words, the place of a word being its number modulo `STRETCH`. */
  readonly #features = new Int32Array(STRETCH * MOST_FEATURES).fill(-1);
  readonly #starts = new Int32Array(STRETCH);
  #sum = 0;
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
    const words = new WordReader(signs);
    let count = 0;
    for (; words.next(); count++) {
      if (count >= STRETCH && count % STEP === 0) this.#decide(count, words.before);
      const place = count % STRETCH;
      this.#drop(place);
      this.#take(place, words);
    }
    this.#decide(count, words.before);
    for (let place = 0; place < Math.min(count, STRETCH); place++) this.#drop(place);
    return { spans: this.#spans, highest: this.#highest };
  }

  #take(place: number, { features, count, start }: WordReader): void {
    this.#starts[place] = start;
    for (let i = 0, to = place * MOST_FEATURES; i < count; i++) {
      const feature = indexOf(this.#worths, features[i] ?? 0);
      if (feature < 0) continue;
      this.#features[to++] = feature;
      const times = this.#counts[feature] ?? 0;
      if (times === 0) this.#sum += this.#worths.weights[feature] ?? 0;
      this.#counts[feature] = times + 1;
    }
  }

  #drop(place: number): void {
    for (let i = place * MOST_FEATURES; i < (place + 1) * MOST_FEATURES; i++) {
      const feature = this.#features[i] ?? -1;
      if (feature < 0) return;
      this.#features[i] = -1;
      const times = this.#counts[feature] ?? 0;
      if (times === 1) this.#sum -= this.#worths.weights[feature] ?? 0;
      this.#counts[feature] = times - 1;
    }
  }

  /** Decides on the stretch that ends with the word before number `count`, at offset `end`. */
  #decide(count: number, end: number): void {
    const length = Math.min(count, STRETCH);
    if (length < FEWEST) return;
    const score = this.#sum / (POINT[length] ?? 1) + BIAS;
    if (this.#highest === Number.POSITIVE_INFINITY || score > this.#highest) this.#highest = score;
    if (score < ENOUGH) return;
    const start = this.#starts[(count - length) % STRETCH] ?? 0;
    const last = this.#spans.at(-1);
    if (last !== undefined && start <= last.end) last.end = end;
    else this.#spans.push({ start, end });
  }
}
