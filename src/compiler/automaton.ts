/** Largest table, in cells of four bytes. */
const MOST_CELLS = 4_000_000;

/**
 * Finds which of many texts occur in another, in one pass: the automaton of Aho and Corasick as one table. Characters
 * that no text holds share a column.
 */
export class Automaton {
  /** Columns of the characters below 256; of all others those that occur. */
  private readonly low: Uint16Array;
  private readonly high: ReadonlyMap<number, number>;
  /** Per state and column twice the row of the next state, plus one where a text ends there or in a suffix of it. */
  private readonly table: Int32Array;
  private readonly width: number;
  /** Per state the text that ends there, or -1, and the next shorter suffix where one ends, or 0. */
  private readonly ends: Int32Array;
  private readonly suffixes: Int32Array;
  /** The last pass in which each text was met, by its position, and each state. */
  readonly met: Uint32Array;
  private readonly seen: Uint32Array;
  pass = 0;

  private constructor(plan: Plan) {
    this.low = plan.low;
    this.high = plan.high;
    this.table = plan.table;
    this.width = plan.width;
    this.ends = plan.ends;
    this.suffixes = plan.suffixes;
    this.met = new Uint32Array(plan.count);
    this.seen = new Uint32Array(plan.ends.length);
  }

  /** Undefined when the table would be too large. No text may be empty. */
  static of(texts: readonly string[]): Automaton | undefined {
    const plan = layOut(texts);
    return plan === undefined ? undefined : new Automaton(plan);
  }

  /** Takes time in proportion to the text, however many texts are looked for and occur. */
  scan(text: string): void {
    const { low, high, table } = this;
    this.pass++;
    let state = 0;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      const column = unit < 256 ? low[unit] : high.get(unit);
      state = column === undefined ? 0 : (table[(state >> 1) + column] ?? 0);
      if ((state & 1) === 1) this.mark((state >> 1) / this.width);
    }
  }

  /** A suffix that was seen in this pass was followed to its end then. */
  private mark(state: number): void {
    const { seen, pass } = this;
    for (let at = state; at !== 0 && seen[at] !== pass; at = this.suffixes[at] ?? 0) {
      seen[at] = pass;
      const end = this.ends[at] ?? -1;
      if (end >= 0) this.met[end] = pass;
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
        queue.push(next);
      }
    }
  }
  for (let cell = 0; cell < states * width; cell++) {
    const state = table[cell] ?? 0;
    const meets = state !== 0 && ((ends[state] ?? -1) >= 0 || (suffixes[state] ?? 0) !== 0);
    table[cell] = state * width * 2 + (meets ? 1 : 0);
  }
  return suffixes;
}
