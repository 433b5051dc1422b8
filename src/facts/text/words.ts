import { isIn, LETTER } from './characters.js';

/** The known words of a text in order, by their number in a dictionary; unknown words are the gaps between them. */
export interface Words {
  readonly text: string;
  readonly count: number;
  readonly ids: ArrayLike<number>;
  readonly starts: ArrayLike<number>;
  readonly ends: ArrayLike<number>;
}

/** Whether a unit of folded text belongs to a word: Latin letters, and everything beyond Latin-1 but punctuation. */
export function isLetter(unit: number): boolean {
  if (unit < 0x80) return isIn(unit, LETTER);
  return unit >= 0xc0 && !(unit >= 0x2000 && unit <= 0x2bff) && !(unit >= 0x3000 && unit <= 0x303f) && unit < 0xfe00;
}

/** Room for what is met in most texts; longer ones make it grow, and more than `MOST_ROOM` is not kept for the next. */
const FIRST_ROOM = 1024;
const MOST_ROOM = 0x10000;

/** What was met in a text, where it begins and where it ends. */
export class Occurrences {
  values = new Int32Array(FIRST_ROOM);
  starts = new Int32Array(FIRST_ROOM);
  ends = new Int32Array(FIRST_ROOM);
  count = 0;

  add(value: number, start: number, end: number): void {
    if (this.count === this.values.length) this.#grow(this.count * 2);
    const at = this.count++;
    this.values[at] = value;
    this.starts[at] = start;
    this.ends[at] = end;
  }

  #grow(room: number): void {
    const { values, starts, ends } = this;
    this.values = new Int32Array(room);
    this.values.set(values);
    this.starts = new Int32Array(room);
    this.starts.set(starts);
    this.ends = new Int32Array(room);
    this.ends.set(ends);
  }

  /** Just what was met: whoever looks further finds nothing. */
  taken(): Pick<Occurrences, 'values' | 'starts' | 'ends'> {
    const { count } = this;
    if (count === 0) return NOTHING_MET;
    return {
      values: this.values.subarray(0, count),
      starts: this.starts.subarray(0, count),
      ends: this.ends.subarray(0, count),
    };
  }

  /** Ready for another text. */
  emptied(): Occurrences {
    if (this.values.length > MOST_ROOM) return new Occurrences();
    this.count = 0;
    return this;
  }
}

const NOTHING = new Int32Array(0);
/** What short texts mostly give: making it each time would take longer than to look for more. */
const NOTHING_MET = { values: NOTHING, starts: NOTHING, ends: NOTHING };

let room = new Occurrences();

/** Collects words while a text is scanned; what it collected is good until the next one begins. */
export class WordCollector {
  readonly #text: string;
  readonly #met: Occurrences;

  constructor(text: string) {
    this.#text = text;
    room = room.emptied();
    this.#met = room;
  }

  /** Takes an occurrence of a whole word. */
  add(id: number, start: number, end: number): void {
    this.#met.add(id, start, end);
  }

  finish(): Words {
    const { values, starts, ends } = this.#met.taken();
    return { text: this.#text, count: values.length, ids: values, starts, ends };
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
