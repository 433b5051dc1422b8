import { type LiteralIndex, literalIndex, searchIndex } from './literal-index.js';
import { foldText } from './view.js';
import { isLetter } from './words.js';

/** Positions at which literals occur, in the order of their ends; the arrays may be used again by the next scan. */
export interface Hits {
  readonly count: number;
  /** Index of the literal in the list the scan was built from. */
  readonly literal: Uint16Array;
  /** Offset after the last character. */
  readonly end: Uint32Array;
}

/** Bits of what a literal wants beside it: no letter before, no letter after; they are the lowest of its shape. */
export const WORD_BEGINS = 1;
export const WORD_ENDS = 2;

/** One pass over a text that finds every occurrence of every literal, whatever their number. */
export interface LiteralScan {
  readonly lengthOf: (literal: number) => number;
  readonly scan: (text: string) => Hits;
}

const AS_FOLDED = /^[ -@[-~]*$/;

/** Texts that are searched literal by literal before the automaton is begun, each of them at most so long. */
const FIRST_TEXTS = 8;
const SHORT_TEXT = 256;

/** Literals in the form in which they are searched. */
export interface SearchedLiterals {
  /** Folded and in lower case. */
  readonly words: () => readonly string[];
  /** A unit for each: see `shapeOf`. */
  readonly shapes: string;
  readonly index: () => LiteralIndex;
}

/** What is searched for literals, compared after folding and without regard to letter case: `folded` are so already. */
export function searchedLiterals(
  literals: readonly string[],
  folded: readonly string[] = [],
  edges: readonly number[] = [],
): SearchedLiterals {
  const words = literals.map((each) => (AS_FOLDED.test(each) ? each : foldText(each).toLowerCase())).concat(folded);
  const shapes = words.map((word, i) => String.fromCharCode(shapeOf(word.length, edges[i - literals.length] ?? 0)));
  return { words: () => words, shapes: shapes.join(''), index: () => literalIndex(words) };
}

/** What all is said of a literal beside its text in one unit, most often one that JSON does not escape. */
function shapeOf(length: number, edges: number): number {
  return 32 + 4 * length + edges;
}

/** The length of a literal of a shape. */
function lengthIn(shape: number): number {
  return (shape - 32) >> 2;
}

/**
 * Prepares the search for literals: the automaton of Aho and Corasick. A process that looks at a few short texts is done
 * before that would be begun.
 *
 * A step is one look-up in a table: a row for each state, with a column for each class of characters that the literals
 * tell apart. States, rows and cells are made when a text first needs them, since texts visit few of the states that
 * thousands of literals make; each is made once, so the time is linear in the text, whatever the literals.
 */
export function buildLiteralScan(literals: SearchedLiterals): LiteralScan {
  const { shapes } = literals;
  let searched = 0;
  let index: LiteralIndex | undefined;
  let prepared: { readonly columns: Columns; readonly automaton: Automaton } | undefined;
  const scan = (text: string): Hits => {
    if (prepared === undefined && text.length <= SHORT_TEXT && searched < FIRST_TEXTS && !/[^\0-\x7f]/.test(text)) {
      searched++;
      index ??= literals.index();
      return searchText(text, index, shapes);
    }
    if (prepared === undefined) {
      const words = literals.words();
      const columns = columnsOf(words);
      prepared = { columns, automaton: new Automaton(words, shapes, columns) };
    }
    return scanText(text, prepared.columns, prepared.automaton);
  };
  const lengthOf = (literal: number): number =>
    prepared === undefined ? lengthIn(shapes.charCodeAt(literal)) : (prepared.automaton.lengths[literal] ?? 0);
  return { lengthOf, scan };
}

/** What `scanText` finds in a text of ASCII, by what stands at each place of it. */
function searchText(text: string, index: LiteralIndex, shapes: string): Hits {
  const found: (readonly [literal: number, end: number, length: number])[] = [];
  searchIndex(index, text.toLowerCase(), (literal, start, end) => {
    if (stands(text, shapes.charCodeAt(literal), start, end)) found.push([literal, end, end - start]);
  });
  found.sort(([a, endOfA, lengthOfA], [b, endOfB, lengthOfB]) => endOfA - endOfB || lengthOfB - lengthOfA || a - b);
  return {
    count: found.length,
    literal: Uint16Array.from(found, ([literal]) => literal),
    end: Uint32Array.from(found, ([, end]) => end),
  };
}

/** Whether the neighbours of a literal are what it wants. */
function stands(text: string, edges: number, start: number, end: number): boolean {
  return (
    !((edges & WORD_ENDS) !== 0 && isLetter(text.charCodeAt(end))) &&
    !((edges & WORD_BEGINS) !== 0 && isLetter(text.charCodeAt(start - 1)))
  );
}

interface Columns {
  /** Column of each UTF-16 unit; 0 is every unit that no literal has. */
  readonly of: Uint16Array;
  /** Column in the table of each unit: as in `of`, and `dense` for all that have none of their own there. */
  readonly near: Uint8Array;
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
  const near = new Uint8Array(0x10000);
  for (const unit of units) {
    for (const form of [unit, unit.toUpperCase()])
      if (form.length === 1) near[form.charCodeAt(0)] = Math.min(dense, of[form.charCodeAt(0)] ?? 0);
  }
  return { of, near, count, dense };
}

/** State 0 is the beginning; every other state stands for what literals begin with. */
class Automaton {
  /**
   * Cells of a row: one for each column of ASCII, one that stays 0 for all others, and two that say where in `lists` it is
   * said what ends there, 0 for nothing: the first where a letter follows, the second where none does.
   */
  readonly stride: number;
  /**
   * A cell is the offset of the next row, or 0 when it is not known yet. It is negated when something ends before the
   * character of its column: whole words only do where no letter follows, so that most steps within words say nothing.
   */
  table: Int32Array;
  /** Lists of literal indexes plus one, each closed by 0; the first list is empty. */
  readonly lists: number[] = [0];
  /** More than any column, for the keys of pairs of state and column. */
  private readonly width: number;
  /** Cells for a row and a column beyond ASCII. */
  private readonly wide = new Map<number, number>();
  /** The length of each literal. */
  readonly lengths: Uint16Array;
  private readonly words: readonly string[];
  private readonly shapes: string;
  private readonly columnOf: Uint16Array;
  /** 1 for the columns of letters of ASCII. */
  private readonly letters: Uint8Array;
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
  /** Where the hits of a scan are put. */
  room = { literal: new Uint16Array(FIRST_ROOM), end: new Uint32Array(FIRST_ROOM) };
  private readonly listOf = new Map<number, number>([[0, 0]]);
  /** The same without what wants a word to end. */
  private readonly innerListOf = new Map<number, number>([[0, 0]]);
  private readonly rowOf = new Map<number, number>();
  /** The states that have a row, in the order of their rows. */
  private readonly visited: number[] = [];

  constructor(words: readonly string[], shapes: string, columns: Columns) {
    this.shapes = shapes;
    this.stride = columns.dense + 3;
    this.width = columns.count + 1;
    this.table = new Int32Array(64 * this.stride);
    this.words = words;
    this.lengths = Uint16Array.from(words, ({ length }) => length);
    this.columnOf = columns.of;
    this.letters = new Uint8Array(columns.dense);
    for (let unit = 0; unit < 0x80; unit++) if (isLetter(unit)) this.letters[columns.of[unit] ?? 0] = 1;
    this.letters[0] = 0;
    this.beginning = [[...words.keys()]];
    this.row(0);
  }

  /** The cell of a row and a column that is not in the table, or not yet. */
  step(row: number, column: number): number {
    const index = row / this.stride - 1;
    const near = column < this.stride - 3;
    const known = near ? undefined : this.wide.get(index * this.width + column);
    if (known !== undefined) return known;
    const to = this.row(this.next(this.visited[index] ?? 0, column));
    const lists = row + this.stride - (near && this.letters[column] === 1 ? 2 : 1);
    const cell = this.table[lists] === 0 ? to : -to;
    if (near) this.table[row + column] = cell;
    else this.wide.set(index * this.width + column, cell);
    return cell;
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
    // The first row is not used, so that no cell holds 0.
    const row = (this.visited.length + 1) * this.stride;
    if (row + this.stride > this.table.length) this.table = grown(this.table, new Int32Array(this.table.length * 2));
    this.table[row + this.stride - 1] = this.list(state, this.listOf, false);
    this.table[row + this.stride - 2] = this.list(state, this.innerListOf, true);
    this.rowOf.set(state, row);
    this.visited.push(state);
    return row;
  }

  /** The list of what ends in a state: its own literals, then those of its shorter suffix; `inner` where a letter follows. */
  private list(state: number, listOf: Map<number, number>, inner: boolean): number {
    const known = listOf.get(state);
    if (known !== undefined) return known;
    const shorter = this.list(this.suffix(state), listOf, inner);
    this.divide(state);
    const own =
      this.ending.get(state)?.filter((index) => !inner || (this.shapes.charCodeAt(index) & WORD_ENDS) === 0) ?? [];
    const inherited = this.inherited(state, shorter);
    let start = shorter;
    if (own.length + inherited.length === 0) start = 0;
    else if (own.length > 0 || this.lists[shorter + inherited.length] !== 0) {
      start = this.lists.length;
      this.lists.push(...own.map((index) => index + 1), ...inherited, 0);
    }
    listOf.set(state, start);
    return start;
  }

  /** What ends in the shorter suffix of a state, without what wants to begin a word and has a letter of the state before it. */
  private inherited(state: number, shorter: number): number[] {
    const before: number[] = [];
    for (let at = state; at !== 0; at = this.parents[at] ?? 0) before.push(this.columns[at] ?? 0);
    const kept: number[] = [];
    for (let at = shorter; this.lists[at] !== 0; at++) {
      const index = (this.lists[at] ?? 1) - 1;
      const column = before[this.words[index]?.length ?? 0] ?? 0;
      if ((this.shapes.charCodeAt(index) & WORD_BEGINS) === 0 || this.letters[column] !== 1) kept.push(index + 1);
    }
    return kept;
  }

  /** Whether a literal of which only the end was looked at begins where it wants to. */
  begins(text: string, index: number, end: number): boolean {
    const shape = this.shapes.charCodeAt(index);
    if ((shape & WORD_BEGINS) === 0) return true;
    const before = end - lengthIn(shape) - 1;
    return before < 0 || !isLetter(text.charCodeAt(before));
  }
}

/** Room for the hits of most texts; longer ones make it grow, and more than `MOST_ROOM` is not kept for the next. */
const FIRST_ROOM = 1024;
const MOST_ROOM = 0x10000;

function scanText(text: string, { of, near }: Columns, automaton: Automaton): Hits {
  const { lists, stride } = automaton;
  let { table } = automaton;
  let { literal, end } = automaton.room;
  let count = 0;
  let row = stride;
  const { length } = text;
  for (let i = 0; ; i++) {
    let unit = 0;
    let cell = -stride;
    for (; i < length; i++) {
      unit = text.charCodeAt(i);
      cell = table[row + (near[unit] ?? 0)] ?? 0;
      if (cell <= 0) break;
      row = cell;
    }
    if (i === length) {
      unit = 0;
      cell = -stride;
    } else if (cell === 0) {
      cell = automaton.step(row, of[unit] ?? 0);
      ({ table } = automaton);
      if (cell > 0) {
        row = cell;
        continue;
      }
    }
    const which = isLetter(unit) ? 2 : 1;
    for (let at = table[row + stride - which] ?? 0; lists[at] !== 0; at++) {
      const index = (lists[at] ?? 1) - 1;
      if (!automaton.begins(text, index, i)) continue;
      if (count === literal.length) {
        literal = grown(literal, new Uint16Array(count * 2));
        end = grown(end, new Uint32Array(count * 2));
        if (count < MOST_ROOM) automaton.room = { literal, end };
      }
      literal[count] = index;
      end[count++] = i;
    }
    if (i >= length) return { count, literal, end };
    row = -cell;
  }
}

function grown<T extends Int32Array | Uint16Array | Uint32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
