import { isIn, LETTER } from './characters.js';

/** The known words of a text in order, by their number in a dictionary; unknown words are the gaps between them. */
export interface Words {
  readonly text: string;
  readonly count: number;
  readonly ids: Uint16Array;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

/** Whether a unit of folded text belongs to a word: Latin letters, and everything beyond Latin-1 but punctuation. */
export function isLetter(unit: number): boolean {
  if (unit < 0x80) return isIn(unit, LETTER);
  return unit >= 0xc0 && !(unit >= 0x2000 && unit <= 0x2bff) && !(unit >= 0x3000 && unit <= 0x303f) && unit < 0xfe00;
}

/** Collects words while a text is scanned. */
export class WordCollector {
  readonly #text: string;
  // As many as come from the heap at once: most texts hold few words.
  #ids = new Uint16Array(16);
  #starts = new Uint32Array(16);
  #ends = new Uint32Array(16);
  #count = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Takes an occurrence of a whole word. */
  add(id: number, start: number, end: number): void {
    if (this.#count === this.#ids.length) this.#grow();
    this.#ids[this.#count] = id;
    this.#starts[this.#count] = start;
    this.#ends[this.#count++] = end;
  }

  #grow(): void {
    const ids = new Uint16Array(this.#count * 2);
    ids.set(this.#ids);
    this.#ids = ids;
    const starts = new Uint32Array(this.#count * 2);
    starts.set(this.#starts);
    this.#starts = starts;
    const ends = new Uint32Array(this.#count * 2);
    ends.set(this.#ends);
    this.#ends = ends;
  }

  finish(): Words {
    return { text: this.#text, count: this.#count, ids: this.#ids, starts: this.#starts, ends: this.#ends };
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
