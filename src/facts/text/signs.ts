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
