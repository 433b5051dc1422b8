/** Largest table, in cells of four bytes. */
const MOST_CELLS = 4_000_000;

/** Beginnings of three characters, with five bits of each: room for so many, of which no more than some must be taken. */
const BEGINNINGS = 32_768;
const MOST_TAKEN = BEGINNINGS / 8;

/**
 * Finds which of many texts occur in another, in one pass: the automaton of Aho and Corasick as one table. Characters
 * that no text holds share a column. Where no text begins, as nearly everywhere, a look at three characters is enough: the
 * automaton runs from where one may begin to where none is under way.
 */
export class Automaton {
  /** Columns of the characters below 256; of all others those that occur. */
  private readonly low: Uint16Array;
  private readonly high: ReadonlyMap<number, number>;
  /**
   * Per state and column four times the row of the next state, plus one where a text ends there or in a suffix of it, plus
   * two where three or more characters of a text are met.
   */
  private readonly table: Int32Array;
  private readonly width: number;
  /** One for the first three characters of texts; undefined where that does not tell much. */
  private readonly beginnings: Uint8Array | undefined;
  /** Per state the text that ends there, or -1, and the next shorter suffix where one ends, or 0. */
  private readonly ends: Int32Array;
  private readonly suffixes: Int32Array;
  /** The last pass in which each text was met, by its position, and each state. */
  readonly met: Uint32Array;
  private readonly seen: Uint32Array;
  pass = 0;
  /** The positions of the texts that were met in the last pass: so many, at the start of the list. */
  readonly found: Uint32Array;
  count = 0;

  private constructor(plan: Plan) {
    this.low = plan.low;
    this.high = plan.high;
    this.table = plan.table;
    this.width = plan.width;
    this.beginnings = plan.beginnings;
    this.ends = plan.ends;
    this.suffixes = plan.suffixes;
    this.met = new Uint32Array(plan.count);
    this.found = new Uint32Array(plan.count);
    this.seen = new Uint32Array(plan.ends.length);
  }

  /** Undefined when the table would be too large. No text may be empty. */
  static of(texts: readonly string[]): Automaton | undefined {
    const plan = layOut(texts);
    return plan === undefined ? undefined : new Automaton(plan);
  }

  /** Takes time in proportion to the text, however many texts are looked for and occur. */
  scan(text: string): void {
    const { beginnings } = this;
    this.pass++;
    this.count = 0;
    if (beginnings === undefined) {
      this.run(text, 0, false);
      return;
    }
    let last = 0;
    let steps = 0;
    for (let i = 0; i < text.length; i++) {
      last = beginning(last, text.charCodeAt(i));
      if (beginnings[last] !== 1 || i < 2) continue;
      const from = i - 2;
      // Many false alarms would cost more than running all the way.
      i = this.run(text, from, steps <= i + 256);
      steps += i - from;
      last = beginning(text.charCodeAt(i - 1), text.charCodeAt(i));
    }
  }

  /** Runs from a place to the end, or to where no text has been under way for long; the last place that was looked at. */
  private run(text: string, from: number, isStopping: boolean): number {
    const { low, high, table } = this;
    const least = isStopping ? from + 2 : text.length;
    let state = 0;
    for (let i = from; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      const column = unit < 256 ? low[unit] : high.get(unit);
      state = column === undefined ? 0 : (table[(state >> 2) + column] ?? 0);
      if ((state & 1) === 1) this.mark((state >> 2) / this.width);
      if ((state & 2) === 0 && i >= least) return i;
    }
    return text.length;
  }

  /** A suffix that was seen in this pass was followed to its end then. */
  private mark(state: number): void {
    const { seen, pass } = this;
    for (let at = state; at !== 0 && seen[at] !== pass; at = this.suffixes[at] ?? 0) {
      seen[at] = pass;
      const end = this.ends[at] ?? -1;
      if (end < 0) continue;
      this.met[end] = pass;
      this.found[this.count++] = end;
    }
  }
}

interface Plan {
  readonly count: number;
  readonly low: Uint16Array;
  readonly high: ReadonlyMap<number, number>;
  readonly width: number;
  readonly table: Int32Array;
  readonly ends: Int32Array;
  readonly suffixes: Int32Array;
  readonly beginnings: Uint8Array | undefined;
}

/** The number of three characters, from that of the three before and the next character. */
function beginning(last: number, unit: number): number {
  return ((last << 5) ^ unit) & (BEGINNINGS - 1);
}

function beginningsOf(texts: readonly string[]): Uint8Array | undefined {
  const found = new Uint8Array(BEGINNINGS);
  let taken = 0;
  for (const text of texts) {
    if (text.length < 3) return undefined;
    let last = 0;
    for (let i = 0; i < 3; i++) last = beginning(last, text.charCodeAt(i));
    if (found[last] === 0) taken++;
    found[last] = 1;
  }
  return taken > MOST_TAKEN ? undefined : found;
}

function layOut(texts: readonly string[]): Plan | undefined {
  const columns = new Map<number, number>();
  let most = 1;
  for (const text of texts) {
    most += text.length;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (!columns.has(unit)) columns.set(unit, columns.size + 1);
    }
  }
  const width = columns.size + 1;
  if (most * width > MOST_CELLS) return undefined;
  const low = new Uint16Array(256);
  const high = new Map<number, number>();
  for (const [unit, column] of columns) {
    if (unit < 256) low[unit] = column;
    else high.set(unit, column);
  }
  const table = new Int32Array(most * width);
  const ends = new Int32Array(most).fill(-1);
  const states = growTree(texts, columns, { table, ends, width });
  const suffixes = closeTree({ table, ends, width }, states);
  return {
    count: texts.length,
    low,
    high,
    width,
    table: table.slice(0, states * width),
    ends: ends.slice(0, states),
    suffixes,
    beginnings: beginningsOf(texts),
  };
}

interface Tree {
  readonly table: Int32Array;
  readonly ends: Int32Array;
  readonly width: number;
}

/** Makes the tree of all prefixes, with states in the table; the number of states. */
function growTree(
  texts: readonly string[],
  columns: ReadonlyMap<number, number>,
  { table, ends, width }: Tree,
): number {
  let states = 1;
  for (const [index, text] of texts.entries()) {
    let state = 0;
    for (let i = 0; i < text.length; i++) {
      const cell = state * width + (columns.get(text.charCodeAt(i)) ?? 0);
      if (table[cell] === 0) table[cell] = states++;
      state = table[cell] ?? 0;
    }
    ends[state] = index;
  }
  return states;
}

/** Fills the gaps of the table, breadth first, and turns states into rows; per state its next suffix that is an end. */
function closeTree({ table, ends, width }: Tree, states: number): Int32Array {
  const suffixes = new Int32Array(states);
  const fallbacks = new Int32Array(states);
  const depths = new Int32Array(states);
  const queue = [0];
  for (const state of queue) {
    const fallback = fallbacks[state] ?? 0;
    suffixes[state] = (ends[fallback] ?? -1) >= 0 ? fallback : (suffixes[fallback] ?? 0);
    for (let column = 1; column < width; column++) {
      const cell = state * width + column;
      const other = state === 0 ? 0 : (table[fallback * width + column] ?? 0);
      const next = table[cell] ?? 0;
      if (next === 0) table[cell] = other;
      else {
        fallbacks[next] = other;
        depths[next] = (depths[state] ?? 0) + 1;
        queue.push(next);
      }
    }
  }
  for (let cell = 0; cell < states * width; cell++) {
    const state = table[cell] ?? 0;
    const meets = state !== 0 && ((ends[state] ?? -1) >= 0 || (suffixes[state] ?? 0) !== 0);
    table[cell] = state * width * 4 + ((depths[state] ?? 0) >= 3 ? 2 : 0) + (meets ? 1 : 0);
  }
  return suffixes;
}
