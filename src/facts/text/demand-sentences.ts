import { mayHaveAny, PARTS } from './demand-parts.js';
import type { Signs } from './signs.js';

const MOST_SIGNS = 48;
const LONGEST_GAP = 160;

/** Index after the last sign of the sentence that begins with the sign at `from`. */
function sentenceEnd({ text, count, starts, ends }: Signs, from: number): number {
  let to = from + 1;
  for (; to < count && to - from < MOST_SIGNS; to++) {
    const gapFrom = ends[to - 1] ?? 0;
    const gapTo = starts[to] ?? 0;
    if (gapTo - gapFrom > LONGEST_GAP || endsBetween(text, gapFrom, gapTo)) break;
  }
  return to;
}

function endsBetween(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 0) return true;
    if (unit === 0x2e || unit === 0x21 || unit === 0x3f || unit === 0x3b) {
      const next = text.charCodeAt(i + 1);
      if (
        next === 0x20 ||
        next === 0x0a ||
        next === 0x22 ||
        next === 0x5c ||
        next > 0x2e80 ||
        text.charCodeAt(i - 1) > 0x2e80
      )
        return true;
    } else if (unit === 0x0a) {
      const next = text.charCodeAt(i + 1);
      if (next === 0x0a || next === 0x2d || next === 0x2a || next === 0x23 || next === 0x7c) return true;
    } else if (unit === 0x5c && text.startsWith('\\n', i)) return true;
  }
  return false;
}

/** How far apart the parts of a demand may be. */
export const REACH = 600;

/** With an address they are worth less than any demand. */
const TRIFLES: ReadonlySet<string> = new Set(['must', 'urgent', 'authority']);
const PARTS_OF_WEIGHT = PARTS.filter(({ name }) => !TRIFLES.has(name));
/** The signs that are such a part by themselves. */
const ALONE_OF_WEIGHT = PARTS_OF_WEIGHT.reduce(
  (all, { groups }) => (groups.length === 1 ? all | (groups[0] ?? 0) : all),
  0,
);

/** From an address over what is looked at because of it to a part of weight, and the length of a sign. */
const FAR = 2 * REACH + 200;

/** Which signs make a sentence, and what they say together. */
export class Sentences {
  readonly count: number = 0;
  readonly #signs: Signs;
  /** Index of the first sign of each, and after the last of all. */
  readonly #firsts: Int32Array;
  readonly #masks: Int32Array;
  /** The first sentence with a part of weight that is not before the one last asked about, and where the one before it ends. */
  #next = 0;
  #before = Number.NEGATIVE_INFINITY;

  constructor(signs: Signs) {
    this.#signs = signs;
    this.#firsts = new Int32Array(signs.count + 1);
    this.#masks = new Int32Array(signs.count);
    for (let from = 0; from < signs.count; this.count++) {
      const to = sentenceEnd(signs, from);
      let all = 0;
      for (let at = from; at < to; at++) all |= signs.masks[at] ?? 0;
      this.#masks[this.count] = all;
      this.#firsts[this.count + 1] = to;
      from = to;
    }
  }

  from(sentence: number): number {
    return this.#firsts[sentence] ?? 0;
  }

  mask(sentence: number): number {
    return this.#masks[sentence] ?? 0;
  }

  /**
   * Whether a part of weight stands so near to a sentence that it could be of one demand with an address there, or with
   * what is only looked at because of the address. To be asked of sentences in their order.
   */
  isOfWeight(sentence: number): boolean {
    for (; this.#next < this.count; this.#next++) {
      if (!mayBeOfWeight(this.mask(this.#next))) continue;
      if (this.#next >= sentence) break;
      this.#before = this.#endOf(this.#next);
    }
    if (this.#startOf(sentence) - this.#before <= FAR) return true;
    return this.#next < this.count && this.#startOf(this.#next) - this.#endOf(sentence) <= FAR;
  }

  #startOf(sentence: number): number {
    return this.#signs.starts[this.from(sentence)] ?? 0;
  }

  #endOf(sentence: number): number {
    return this.#signs.ends[this.from(sentence + 1) - 1] ?? 0;
  }
}

function mayBeOfWeight(mask: number): boolean {
  return (mask & ALONE_OF_WEIGHT) !== 0 || mayHaveAny(PARTS_OF_WEIGHT, mask);
}
