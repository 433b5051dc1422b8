import { WORD_BEGINS } from './literal-scan.js';
import { type SignWords, signWords } from './sign-words.js';
import { isLetter } from './words.js';

/** Signs of a text in the order of their ends; what each word can mean is a mask of the bits in the table. */
export interface Signs {
  readonly text: string;
  readonly count: number;
  readonly masks: readonly number[];
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

let known: SignWords | undefined;

/** Collects signs while a text is scanned. */
export class SignCollector {
  readonly #text: string;
  readonly #masks: number[] = [];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  /** Takes an occurrence of a word of the table that stands as the table wants it. */
  add(index: number, start: number, end: number): void {
    known ??= signWords();
    const mask = known.masks[index];
    if (mask === undefined) return;
    this.#masks.push(mask);
    this.#starts.push(start);
    let last = end;
    // The rest of a word of which only the stem is known.
    if (known.edges[index] === WORD_BEGINS) while (last - end < 16 && isLetter(this.#text.charCodeAt(last))) last++;
    this.#ends.push(last);
  }

  finish(): Signs {
    return { text: this.#text, count: this.#masks.length, masks: this.#masks, starts: this.#starts, ends: this.#ends };
  }
}

/** The signs of a piece of a text, as if it were a text of its own. */
export function signsWithin(signs: Signs, start: number, end: number): Signs {
  const { text, count } = signs;
  let first = 0;
  // They are in the order of their ends.
  for (let high = count; first < high; ) {
    const middle = (first + high) >> 1;
    if ((signs.ends[middle] ?? 0) <= start) first = middle + 1;
    else high = middle;
  }
  let last = first;
  while (last < count && (signs.starts[last] ?? 0) < end) last++;
  return {
    text: text.slice(start, end),
    count: last - first,
    masks: signs.masks.slice(first, last),
    starts: signs.starts.slice(first, last).map((at) => at - start),
    ends: signs.ends.slice(first, last).map((at) => at - start),
  };
}
