import { isIn, LETTER } from './characters.js';

/** The known words of a text in order, by their number in a dictionary; unknown words are the gaps between them. */
export interface Words {
  readonly text: string;
  readonly count: number;
  readonly ids: readonly number[];
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** Whether a unit of folded text belongs to a word: Latin letters, and everything beyond Latin-1 but punctuation. */
export function isLetter(unit: number): boolean {
  if (unit < 0x80) return isIn(unit, LETTER);
  return unit >= 0xc0 && !(unit >= 0x2000 && unit <= 0x2bff) && !(unit >= 0x3000 && unit <= 0x303f) && unit < 0xfe00;
}

/** Collects words while a text is scanned. */
export class WordCollector {
  readonly #text: string;
  readonly #ids: number[] = [];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  /** Takes an occurrence of a whole word. */
  add(id: number, start: number, end: number): void {
    this.#ids.push(id);
    this.#starts.push(start);
    this.#ends.push(end);
  }

  finish(): Words {
    return { text: this.#text, count: this.#ids.length, ids: this.#ids, starts: this.#starts, ends: this.#ends };
  }
}

/** What `gapBefore` answers where a sentence ends, or too much lies between. */
export const APART = 1000;

/** Longest stretch that is looked at between two known words. */
const LONGEST_GAP = 90;

/**
 * Number of unknown words between the known word before `index` and the one at `index`; APART when a sentence, a paragraph
 * or a piece ends between them.
 */
export function gapBefore(words: Words, index: number): number {
  if (index <= 0 || index >= words.count) return APART;
  const { text } = words;
  const from = words.ends[index - 1] ?? 0;
  const to = words.starts[index] ?? 0;
  if (to - from > LONGEST_GAP) return APART;
  let unknown = 0;
  let inWord = false;
  let lines = 0;
  for (let i = from; i < to; i++) {
    const unit = text.charCodeAt(i);
    if (isLetter(unit)) {
      if (!inWord) unknown++;
      inWord = true;
      continue;
    }
    inWord = false;
    if (unit === 0x0a && ++lines > 1) return APART;
    if (unit === 0 || endsSentence(text, i, unit)) return APART;
  }
  return unknown;
}

/** A stop, question or exclamation mark or semicolon with nothing attached; a stop within a name or number does not end a sentence. */
function endsSentence(text: string, at: number, unit: number): boolean {
  if (unit === 0x3b || unit === 0x21 || unit === 0x3f || unit === 0x2e) {
    const next = text.charCodeAt(at + 1);
    return Number.isNaN(next) || next === 0x20 || next === 0x0a || next === 0x0d || next === 0x22;
  }
  return false;
}
