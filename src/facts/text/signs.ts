import { SIGNS } from './sign-table.js';
import { foldText } from './view.js';
import { isLetter } from './words.js';

/** Signs of a text in the order of their ends; what each word can mean is a mask of the bits in the table. */
export interface Signs {
  readonly text: string;
  readonly count: number;
  readonly masks: readonly number[];
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

interface SignWord {
  readonly text: string;
  readonly mask: number;
  readonly left: boolean;
  readonly right: boolean;
}

let known: readonly SignWord[] | undefined;

/** The words of the table in folded form, each once with all that it can be a sign of. */
export function signWords(): readonly SignWord[] {
  known ??= buildWords();
  return known;
}

function buildWords(): readonly SignWord[] {
  const masks = new Map<string, number>();
  for (const [sign, list] of SIGNS) {
    for (const written of list.split(' ')) {
      const word = foldText(written.replaceAll('_', ' ').replaceAll('~', "'")).toLowerCase();
      masks.set(word, (masks.get(word) ?? 0) | sign);
    }
  }
  return Array.from(masks, ([word, mask]) => {
    const prefix = word.endsWith('*');
    const text = prefix ? word.slice(0, -1) : word;
    return {
      text,
      mask,
      left: isSpaced(text.charCodeAt(0)),
      right: !prefix && isSpaced(text.charCodeAt(text.length - 1)),
    };
  });
}

/** Whether a letter is of a script that parts words by blanks. */
function isSpaced(unit: number): boolean {
  return isLetter(unit) && (unit < 0x0e00 || (unit > 0x0eff && unit < 0x2e80));
}

/** Collects signs while a text is scanned. */
export class SignCollector {
  readonly #text: string;
  readonly #words: readonly SignWord[];
  readonly #masks: number[] = [];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];

  constructor(text: string) {
    this.#text = text;
    this.#words = signWords();
  }

  /** Takes an occurrence of a word of the table that stands as the table wants it. */
  add(index: number, start: number, end: number): void {
    const word = this.#words[index];
    if (word === undefined) return;
    this.#masks.push(word.mask);
    this.#starts.push(start);
    let last = end;
    // The rest of a word of which only the stem is known.
    if (!word.right && word.left) while (last - end < 16 && isLetter(this.#text.charCodeAt(last))) last++;
    this.#ends.push(last);
  }

  finish(): Signs {
    return { text: this.#text, count: this.#masks.length, masks: this.#masks, starts: this.#starts, ends: this.#ends };
  }
}
