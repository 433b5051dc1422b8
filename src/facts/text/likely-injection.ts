import type { Span } from '../../text/source.js';
import type { Signs } from './signs.js';
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

/** What the weights of a stretch of so many words have to come to, by the number of words. */
const least = Float64Array.from(
  { length: STRETCH + 1 },
  (_, words) => ((ENOUGH - BIAS) * Math.sqrt(words * 3 + 10)) / SCALE,
);

let judge: Judge | undefined;

/**
 * The stretches of a folded text that are worded as texts are which order a model about, in order and apart from each other.
 *
 * What a wording is worth was learned from texts of both kinds (`npm run facts:learn`): each word, and with the two before it.
 */
export function likelyInjections(signs: Signs): readonly Span[] {
  // Its tables take longer to make than a short text to judge.
  judge ??= new Judge(worths());
  return judge.read(signs);
}

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
  #spans: { start: number; end: number }[] = [];

  constructor(given: Worths) {
    this.#worths = given;
    this.#counts = new Uint16Array(given.weights.length);
  }

  read(signs: Signs): readonly Span[] {
    const words = new WordReader(signs);
    let count = 0;
    for (; words.next(); count++) {
      if (count >= STRETCH && count % STEP === 0) this.#decide(count, words.before);
      const place = count % STRETCH;
      if (count >= STRETCH) this.#drop(place);
      this.#take(place, words);
    }
    this.#decide(count, words.before);
    for (let place = 0; place < Math.min(count, STRETCH); place++) this.#drop(place);
    const spans = this.#spans;
    this.#spans = [];
    return spans;
  }

  #take(place: number, { features, count, start }: WordReader): void {
    this.#starts[place] = start;
    const { isKnown, numbers, weights, places } = this.#worths;
    const counts = this.#counts;
    const first = place * MOST_FEATURES;
    let to = first;
    for (let i = 0; i < count; i++) {
      const number = features[i] ?? 0;
      if (((isKnown[number >> 5] ?? 0) & (1 << (number & 31))) === 0) continue;
      let found = number & (PLACES - 1);
      while (numbers[(places[found] ?? 1) - 1] !== number) found = (found + 1) & (PLACES - 1);
      const feature = (places[found] ?? 1) - 1;
      this.#features[to++] = feature;
      const times = counts[feature] ?? 0;
      if (times === 0) this.#sum += weights[feature] ?? 0;
      counts[feature] = times + 1;
    }
    this.#known[place] = to - first;
  }

  #drop(place: number): void {
    const counts = this.#counts;
    const first = place * MOST_FEATURES;
    const last = first + (this.#known[place] ?? 0);
    for (let i = first; i < last; i++) {
      const feature = this.#features[i] ?? 0;
      const times = (counts[feature] ?? 0) - 1;
      if (times === 0) this.#sum -= this.#worths.weights[feature] ?? 0;
      counts[feature] = times;
    }
  }

  /** Decides on the stretch that ends with the word before number `count`, at offset `end`. */
  #decide(count: number, end: number): void {
    const length = Math.min(count, STRETCH);
    if (length < FEWEST || this.#sum < (least[length] ?? 0)) return;
    const start = this.#starts[(count - length) % STRETCH] ?? 0;
    const last = this.#spans.at(-1);
    if (last !== undefined && start <= last.end) last.end = end;
    else this.#spans.push({ start, end });
  }
}
