import { foldText } from './view.js';

/** Positions at which literals occur, in the order of their ends. */
export interface Hits {
  readonly count: number;
  /** Index of the literal in the list the scan was built from. */
  readonly literal: Uint16Array;
  /** Offset after the last character. */
  readonly end: Uint32Array;
}

/** One pass over a text that finds every occurrence of every literal, whatever their number. */
export interface LiteralScan {
  readonly lengths: Uint16Array;
  readonly scan: (text: string) => Hits;
}

/**
 * Builds the automaton of Aho and Corasick for literals, compared after folding and without regard to letter case.
 *
 * The table has a row for each state: a column for each class of characters that the literals tell apart, and a last one
 * that says which literals end there. A step is one look-up, or, the first time, a walk over shorter suffixes that the
 * steps before it have paid for, so the time is linear in the text, whatever the literals. Filling in only the steps that
 * texts take makes a table for thousands of literals cheap to begin with.
 */
export function buildLiteralScan(literals: readonly string[]): LiteralScan {
  const words = literals.map((literal) => foldText(literal).toLowerCase());
  const columns = columnsOf(words);
  const automaton = createAutomaton(words, columns);
  const failure = linkSuffixes(automaton);
  const lengths = Uint16Array.from(words, (word) => word.length);
  const tables: ScanTables = { ...automaton, of: columns.of, failure, lists: Uint16Array.from(automaton.outputs) };
  return { lengths, scan: (text) => scanText(text, tables) };
}

interface Columns {
  /** Column of each UTF-16 unit; 0 is every unit that no literal has. */
  readonly of: Uint8Array;
  readonly count: number;
}

function columnsOf(words: readonly string[]): Columns {
  const of = new Uint8Array(0x10000);
  let count = 1;
  for (const word of words) {
    for (let i = 0; i < word.length; i++) {
      const unit = word.charCodeAt(i);
      if (of[unit] !== 0) continue;
      if (count > 255) throw new RangeError('the literals hold too many different characters');
      of[unit] = count;
      const upper = word[i]?.toUpperCase() ?? '';
      if (upper.length === 1) of[upper.charCodeAt(0)] = count;
      count++;
    }
  }
  return { of, count };
}

interface Automaton {
  /**
   * Rows of `stride` cells; a transition is the offset of the next row, or -1 when it is not known yet; the last cell is
   * an index into `outputs`.
   */
  readonly table: Int32Array;
  readonly stride: number;
  readonly states: number;
  /** The rows of the states of each depth with the rows and columns that they are reached from. */
  readonly levels: readonly Edge[][];
  /** Lists of literal indexes plus one, each closed by 0; the first list is empty. */
  readonly outputs: number[];
  /** The literals that end in a state. */
  readonly ending: ReadonlyMap<number, readonly number[]>;
}

interface Edge {
  readonly from: number;
  readonly column: number;
  readonly to: number;
}

function createAutomaton(words: readonly string[], columns: Columns): Automaton {
  const stride = columns.count + 1;
  const table = new Int32Array((1 + words.reduce((sum, word) => sum + word.length, 0)) * stride).fill(-1);
  const ending = new Map<number, number[]>();
  const levels: Edge[][] = [];
  let states = 1;
  words.forEach((word, index) => {
    let row = 0;
    for (let i = 0; i < word.length; i++) {
      const column = columns.of[word.charCodeAt(i)] ?? 0;
      const to = table[row + column] ?? -1;
      if (to === -1) {
        const edge = { from: row, column, to: stride * states++ };
        table[row + column] = edge.to;
        const level = levels[i];
        if (level === undefined) levels[i] = [edge];
        else level.push(edge);
      }
      row = table[row + column] ?? 0;
    }
    const known = ending.get(row);
    if (known === undefined) ending.set(row, [index]);
    else known.push(index);
  });
  return { table: table.subarray(0, states * stride), stride, states, levels, outputs: [0], ending };
}

/**
 * Finds the longest shorter suffix of each state, breadth first, so that the one of a shorter state is always known, and
 * says what ends in each.
 */
function linkSuffixes({ table, stride, states, levels, outputs, ending }: Automaton): Int32Array {
  const last = stride - 1;
  const failure = new Int32Array(states);
  table[last] = 0;
  for (const level of levels) {
    for (const { from, column, to } of level) {
      const suffix = from === 0 ? 0 : next(table, stride, failure, failure[from / stride] ?? 0, column);
      failure[to / stride] = suffix;
      table[to + last] = outputsOf(outputs, ending.get(to), table[suffix + last] ?? 0);
    }
  }
  return failure;
}

/** The row after `row` by a column; what is found by way of shorter suffixes is kept for the next time. */
function next(table: Int32Array, stride: number, failure: Int32Array, row: number, column: number): number {
  const known = table[row + column] ?? -1;
  if (known !== -1) return known;
  let suffix = row;
  let found = -1;
  while (found === -1 && suffix !== 0) {
    suffix = failure[suffix / stride] ?? 0;
    found = table[suffix + column] ?? -1;
  }
  const to = found === -1 ? 0 : found;
  table[row + column] = to;
  return to;
}

/** The list of what ends in a state: its own literals, then those of its shorter suffix. */
function outputsOf(outputs: number[], own: readonly number[] | undefined, shorter: number): number {
  if (own === undefined) return shorter;
  const inherited: number[] = [];
  for (let i = shorter; (outputs[i] ?? 0) !== 0; i++) inherited.push(outputs[i] ?? 0);
  const start = outputs.length;
  outputs.push(...own.map((index) => index + 1), ...inherited, 0);
  return start;
}

interface ScanTables extends Pick<Automaton, 'table' | 'stride'> {
  readonly of: Uint8Array;
  readonly failure: Int32Array;
  readonly lists: Uint16Array;
}

function scanText(text: string, { of, table, stride, failure, lists }: ScanTables): Hits {
  const last = stride - 1;
  let literal = new Uint16Array(256);
  let end = new Uint32Array(256);
  let count = 0;
  let row = 0;
  for (let i = 0; i < text.length; i++) {
    const column = of[text.charCodeAt(i)] ?? 0;
    const to = table[row + column] ?? -1;
    row = to === -1 ? next(table, stride, failure, row, column) : to;
    for (let at = table[row + last] ?? 0; lists[at] !== 0; at++) {
      if (count === literal.length) {
        literal = grown(literal, new Uint16Array(count * 2));
        end = grown(end, new Uint32Array(count * 2));
      }
      literal[count] = (lists[at] ?? 1) - 1;
      end[count++] = i + 1;
    }
  }
  return { count, literal, end };
}

function grown<T extends Uint16Array | Uint32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
