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
  readonly lengthOf: (literal: number) => number;
  readonly scan: (text: string) => Hits;
}

const AS_FOLDED = /^[ -@[-~]*$/;

/** Texts that are searched literal by literal before the automaton is begun, each of them at most so long. */
const FIRST_TEXTS = 4;
const SHORT_TEXT = 256;

/**
 * Prepares the search for literals, compared after folding and without regard to letter case: the automaton of Aho and
 * Corasick. A process that looks at a few short texts is done before that would be begun. `folded` are further literals,
 * which are folded and in lower case.
 *
 * A step is one look-up in a table: a row for each state, with a column for each class of characters that the literals
 * tell apart. States, rows and cells are made when a text first needs them, since texts visit few of the states that
 * thousands of literals make; each is made once, so the time is linear in the text, whatever the literals.
 */
export function buildLiteralScan(literals: readonly string[], folded: readonly string[] = []): LiteralScan {
  const words = literals.map((each) => (AS_FOLDED.test(each) ? each : foldText(each).toLowerCase())).concat(folded);
  let searched = 0;
  let prepared: { readonly columns: Columns; readonly automaton: Automaton } | undefined;
  const scan = (text: string): Hits => {
    if (prepared === undefined && text.length <= SHORT_TEXT && searched < FIRST_TEXTS && !/[^\0-\x7f]/.test(text)) {
      searched++;
      return searchText(text, words);
    }
    if (prepared === undefined) {
      const columns = columnsOf(words);
      prepared = { columns, automaton: new Automaton(words, columns) };
    }
    return scanText(text, prepared.columns.of, prepared.automaton);
  };
  return { lengthOf: (literal) => words[literal]?.length ?? 0, scan };
}

/** What `scanText` finds in a text of ASCII, looked for one literal after the other. */
function searchText(text: string, words: readonly string[]): Hits {
  const lower = text.toLowerCase();
  const found: (readonly [literal: number, end: number, length: number])[] = [];
  for (const [literal, word] of words.entries()) {
    for (let at = lower.indexOf(word); at >= 0; at = lower.indexOf(word, at + 1))
      found.push([literal, at + word.length, word.length]);
  }
  found.sort(([a, endOfA, lengthOfA], [b, endOfB, lengthOfB]) => endOfA - endOfB || lengthOfB - lengthOfA || a - b);
  const literal = Uint16Array.from(found, ([index]) => index);
  return { count: found.length, literal, end: Uint32Array.from(found, ([, end]) => end) };
}

interface Columns {
  /** Column of each UTF-16 unit; 0 is every unit that no literal has. */
  readonly of: Uint16Array;
  readonly count: number;
  /** The first columns are those of ASCII and have cells in the table; the others are kept apart, so that rows stay short. */
  readonly dense: number;
}

function columnsOf(words: readonly string[]): Columns {
  const of = new Uint16Array(0x10000);
  const all = words.join('');
  // Looked for one by one: going through thousands of literals takes longer than most texts.
  const ascii = Array.from({ length: 0x80 }, (_, unit) => String.fromCharCode(unit)).filter((c) => all.includes(c));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is all of ASCII.
  const units = [...ascii, ...new Set(all.match(/[^\u0000-\u007f]/g))];
  let count = 1;
  let dense = 1;
  for (const unit of units) {
    if (unit.charCodeAt(0) < 0x80) dense = count + 1;
    of[unit.charCodeAt(0)] = count;
    const upper = unit.toUpperCase();
    if (upper.length === 1) of[upper.charCodeAt(0)] = count;
    count++;
  }
  return { of, count, dense };
}

/** State 0 is the beginning; every other state stands for what literals begin with. */
class Automaton {
  /** Cells of a row; the last one is where in `lists` it says what ends there, 0 for nothing. */
  readonly stride: number;
  /** A cell is the offset of the next row, or -1 when it is not known yet. */
  table: Int32Array;
  /** Lists of literal indexes plus one, each closed by 0; the first list is empty. */
  readonly lists: number[] = [0];
  /** More than any column, for the keys of pairs of state and column. */
  private readonly width: number;
  /** Rows after a row and a column beyond ASCII. */
  private readonly wide = new Map<number, number>();
  private readonly words: readonly string[];
  private readonly columnOf: Uint16Array;
  /** The state after a state and a column, by `state * stride + column`. */
  private readonly children = new Map<number, number>();
  private readonly parents: number[] = [0];
  private readonly columns: number[] = [0];
  private readonly depths: number[] = [0];
  /** The literals that begin with what a state stands for, until the states after it are made. */
  private readonly beginning: (readonly number[] | undefined)[];
  /** The literals that end in a state. */
  private readonly ending = new Map<number, number[]>();
  /** The state of the longest shorter suffix, where it is known. */
  private readonly suffixes = new Map<number, number>([[0, 0]]);
  private readonly listOf = new Map<number, number>([[0, 0]]);
  private readonly rowOf = new Map<number, number>();
  /** The states that have a row, in the order of their rows. */
  private readonly visited: number[] = [];

  constructor(words: readonly string[], columns: Columns) {
    this.stride = columns.dense + 1;
    this.width = columns.count + 1;
    this.table = new Int32Array(64 * this.stride);
    this.words = words;
    this.columnOf = columns.of;
    this.beginning = [[...words.keys()]];
    this.row(0);
  }

  /** Fills in the cell of a row and gives what it holds: the offset of the next row. */
  step(row: number, column: number): number {
    const to = this.row(this.next(this.visited[row / this.stride] ?? 0, column));
    if (column < this.stride - 1) this.table[row + column] = to;
    else this.wide.set((row / this.stride) * this.width + column, to);
    return to;
  }

  /** What a row leads to by a column beyond ASCII, -1 when it is not known yet. */
  wideStep(row: number, column: number): number {
    return this.wide.get((row / this.stride) * this.width + column) ?? -1;
  }

  private child(state: number, column: number): number | undefined {
    this.divide(state);
    return this.children.get(state * this.width + column);
  }

  /** Makes the states after a state, and finds what ends in it. */
  private divide(state: number): void {
    const beginning = this.beginning[state];
    if (beginning === undefined) return;
    this.beginning[state] = undefined;
    const depth = this.depths[state] ?? 0;
    const groups = new Map<number, number[]>();
    const ending: number[] = [];
    for (const index of beginning) {
      const word = this.words[index] ?? '';
      if (word.length === depth) ending.push(index);
      else {
        const column = this.columnOf[word.charCodeAt(depth)] ?? 0;
        const group = groups.get(column);
        if (group === undefined) groups.set(column, [index]);
        else group.push(index);
      }
    }
    if (ending.length > 0) this.ending.set(state, ending);
    for (const [column, group] of groups) {
      this.children.set(state * this.width + column, this.parents.length);
      this.parents.push(state);
      this.columns.push(column);
      this.depths.push(depth + 1);
      this.beginning.push(group);
    }
  }

  private next(from: number, column: number): number {
    for (let state = from; ; state = this.suffix(state)) {
      const child = this.child(state, column);
      if (child !== undefined) return child;
      if (state === 0) return 0;
    }
  }

  private suffix(state: number): number {
    const known = this.suffixes.get(state);
    if (known !== undefined) return known;
    const parent = this.parents[state] ?? 0;
    const suffix = parent === 0 ? 0 : this.next(this.suffix(parent), this.columns[state] ?? 0);
    this.suffixes.set(state, suffix);
    return suffix;
  }

  /** The row of a state, begun at the first visit. */
  private row(state: number): number {
    const known = this.rowOf.get(state);
    if (known !== undefined) return known;
    const row = this.visited.length * this.stride;
    if (row + this.stride > this.table.length) this.table = grown(this.table, new Int32Array(this.table.length * 2));
    this.table.fill(-1, row, row + this.stride);
    this.table[row + this.stride - 1] = this.list(state);
    this.rowOf.set(state, row);
    this.visited.push(state);
    return row;
  }

  /** The list of what ends in a state: its own literals, then those of its shorter suffix. */
  private list(state: number): number {
    const known = this.listOf.get(state);
    if (known !== undefined) return known;
    const shorter = this.list(this.suffix(state));
    this.divide(state);
    const own = this.ending.get(state);
    let start = shorter;
    if (own !== undefined) {
      const inherited: number[] = [];
      for (let at = shorter; this.lists[at] !== 0; at++) inherited.push(this.lists[at] ?? 0);
      start = this.lists.length;
      this.lists.push(...own.map((index) => index + 1), ...inherited, 0);
    }
    this.listOf.set(state, start);
    return start;
  }
}

/** Arrays of so few elements come from the heap at once; most texts are short, and longer ones make them grow. */
const FIRST_ROOM = 16;

function scanText(text: string, of: Uint16Array, automaton: Automaton): Hits {
  const { lists } = automaton;
  const last = automaton.stride - 1;
  let { table } = automaton;
  let literal = new Uint16Array(FIRST_ROOM);
  let end = new Uint32Array(FIRST_ROOM);
  let count = 0;
  let row = 0;
  for (let i = 0; i < text.length; i++) {
    const column = of[text.charCodeAt(i)] ?? 0;
    let to = column < last ? (table[row + column] ?? -1) : automaton.wideStep(row, column);
    if (to === -1) {
      to = automaton.step(row, column);
      ({ table } = automaton);
    }
    row = to;
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

function grown<T extends Int32Array | Uint16Array | Uint32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
