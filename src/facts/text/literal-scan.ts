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
 * that says which literals end there. A step is one look-up, so the time is linear in the text, whatever the literals.
 */
export function buildLiteralScan(literals: readonly string[]): LiteralScan {
  const words = literals.map((literal) => foldText(literal).toLowerCase());
  const columns = columnsOf(words);
  const automaton = createAutomaton(words, columns);
  completeAutomaton(automaton);
  const lengths = Uint16Array.from(words, (word) => word.length);
  const lists = Uint16Array.from(automaton.outputs);
  return { lengths, scan: (text) => scanText(text, columns.of, automaton.table, automaton.stride - 1, lists) };
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
  /** Rows of `stride` cells; a transition is the offset of the next row, the last cell an index into `outputs`. */
  readonly table: Int32Array;
  readonly stride: number;
  readonly states: number;
  /** Lists of literal indexes plus one, each closed by 0; the first list is empty. */
  readonly outputs: number[];
  /** The literals that end in a state. */
  readonly ending: ReadonlyMap<number, readonly number[]>;
}

function createAutomaton(words: readonly string[], columns: Columns): Automaton {
  const stride = columns.count + 1;
  const table = new Int32Array((1 + words.reduce((sum, word) => sum + word.length, 0)) * stride).fill(-1);
  const ending = new Map<number, number[]>();
  let states = 1;
  words.forEach((word, index) => {
    let row = 0;
    for (let i = 0; i < word.length; i++) {
      const at = row + (columns.of[word.charCodeAt(i)] ?? 0);
      if (table[at] === -1) table[at] = stride * states++;
      row = table[at] ?? 0;
    }
    const known = ending.get(row);
    if (known === undefined) ending.set(row, [index]);
    else known.push(index);
  });
  return { table: table.slice(0, states * stride), stride, states, outputs: [0], ending };
}

/** Turns the trie into a complete automaton, breadth first, so that the shorter suffix of a state is always finished before it. */
function completeAutomaton({ table, stride, states, outputs, ending }: Automaton): void {
  const last = stride - 1;
  const failure = new Int32Array(states);
  const queue = new Int32Array(states);
  let tail = 0;
  for (let column = 0; column < last; column++) {
    const child = table[column] ?? -1;
    if (child === -1) table[column] = 0;
    else queue[tail++] = child;
  }
  table[last] = 0;
  for (let head = 0; head < tail; head++) {
    const row = queue[head] ?? 0;
    const fail = failure[row / stride] ?? 0;
    table[row + last] = outputsOf(outputs, ending.get(row), table[fail + last] ?? 0);
    for (let column = 0; column < last; column++) {
      const child = table[row + column] ?? -1;
      const other = table[fail + column] ?? 0;
      if (child === -1) table[row + column] = other;
      else {
        failure[child / stride] = other;
        queue[tail++] = child;
      }
    }
  }
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

function scanText(text: string, of: Uint8Array, table: Int32Array, last: number, lists: Uint16Array): Hits {
  let literal = new Uint16Array(256);
  let end = new Uint32Array(256);
  let count = 0;
  let row = 0;
  for (let i = 0; i < text.length; i++) {
    row = table[row + (of[text.charCodeAt(i)] ?? 0)] ?? 0;
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
