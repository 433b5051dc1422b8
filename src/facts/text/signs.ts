import { WORD_BEGINS } from './literal-scan.js';
import { type SignWords, signWords } from './sign-words.js';
import { isLetter, Occurrences } from './words.js';

/** Signs of a text in the order of their ends; what each word can mean is a mask of the bits in the table. */
export interface Signs {
  readonly text: string;
  readonly count: number;
  readonly masks: ArrayLike<number>;
  readonly starts: ArrayLike<number>;
  readonly ends: ArrayLike<number>;
}

let known: SignWords | undefined;

let room = new Occurrences();

/** Collects signs while a text is scanned; what it collected is good until the next one begins. */
export class SignCollector {
  readonly #text: string;
  readonly #met: Occurrences;

  constructor(text: string) {
    this.#text = text;
    room = room.emptied();
    this.#met = room;
  }

  /** Takes an occurrence of a word of the table that stands as the table wants it. */
  add(index: number, start: number, end: number): void {
    // Few of the short texts have any.
    known ??= signWords();
    const mask = known.masks[index];
    if (mask === undefined) return;
    const text = this.#text;
    let last = end;
    // The rest of a word of which only the stem is known.
    if (known.edges[index] === WORD_BEGINS) {
      const most = Math.min(end + 16, text.length);
      while (last < most && isLetter(text.charCodeAt(last))) last++;
    }
    this.#met.add(mask, start, last);
  }

  finish(): Signs {
    const { values, starts, ends } = this.#met.taken();
    return { text: this.#text, count: values.length, masks: values, starts, ends };
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
  const masks = new Int32Array(last - first);
  const starts = new Int32Array(last - first);
  const ends = new Int32Array(last - first);
  for (let i = first; i < last; i++) {
    masks[i - first] = signs.masks[i] ?? 0;
    starts[i - first] = (signs.starts[i] ?? 0) - start;
    ends[i - first] = (signs.ends[i] ?? 0) - start;
  }
  return { text: text.slice(start, end), count: last - first, masks, starts, ends };
}
