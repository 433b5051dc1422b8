/** Literals of ASCII by what they begin with, in texts that are searched as they are: nothing has to be made of them first. */
export interface LiteralIndex {
  /** In order of the three units: what literals begin with, and where in `lists` those are, each as in `KEY`. */
  readonly keys: string;
  /** The literals one behind the other: number, length, text. */
  readonly lists: string;
}

/** Units of what literals begin with; shorter ones are filled up. */
const START = 3;
const FILLED = '\0';
/** Digits of base 36 for a place, a number and a length. */
const PLACE = 5;
const NUMBER = 4;
const LENGTH = 3;
const KEY = START + PLACE;
const HEAD = NUMBER + LENGTH;

const digits = (value: number, count: number): string => value.toString(36).padStart(count, '0');

/** Makes the index of those literals that are of ASCII and not empty, with their places in the list as numbers. */
export function literalIndex(words: readonly string[]): LiteralIndex {
  const byStart = new Map<string, string>();
  for (const [number, word] of words.entries()) {
    if (word === '' || word.length >= 36 ** LENGTH || /[^\0-\x7f]/.test(word)) continue;
    const start = word.slice(0, START).padEnd(START, FILLED);
    const entry = digits(number, NUMBER) + digits(word.length, LENGTH) + word;
    byStart.set(start, (byStart.get(start) ?? '') + entry);
  }
  let keys = '';
  let lists = '';
  for (const start of [...byStart.keys()].sort()) {
    keys += start + digits(lists.length, PLACE);
    lists += byStart.get(start) ?? '';
  }
  return { keys, lists };
}

/** Calls back for every occurrence of every literal in a text of ASCII. */
export function searchIndex(
  index: LiteralIndex,
  text: string,
  onHit: (literal: number, start: number, end: number) => void,
): void {
  for (let at = 0; at < text.length; at++) {
    for (let known = 1; known <= START && at + known <= text.length; known++) searchList(index, text, at, known, onHit);
  }
}

/** Looks at the literals whose beginning, of so many units, stands at a place. */
function searchList(
  { keys, lists }: LiteralIndex,
  text: string,
  at: number,
  known: number,
  onHit: (literal: number, start: number, end: number) => void,
): void {
  const key = placeOf(keys, text.slice(at, at + known).padEnd(START, FILLED));
  if (key === undefined) return;
  const last = key + KEY === keys.length ? lists.length : numberAt(keys, key + KEY + START, PLACE);
  let entry = numberAt(keys, key + START, PLACE);
  while (entry < last) {
    const length = numberAt(lists, entry + NUMBER, LENGTH);
    const end = entry + HEAD + length;
    // A unit of the text can be what shorter ones are filled up with.
    if (Math.min(length, START) === known && text.startsWith(lists.slice(entry + HEAD, end), at))
      onHit(numberAt(lists, entry, NUMBER), at, at + length);
    entry = end;
  }
}

/** The place of a key by halves. */
function placeOf(keys: string, start: string): number | undefined {
  let low = 0;
  let high = keys.length / KEY;
  while (low < high) {
    const middle = (low + high) >> 1;
    const found = keys.slice(middle * KEY, middle * KEY + START);
    if (found === start) return middle * KEY;
    if (found < start) low = middle + 1;
    else high = middle;
  }
  return undefined;
}

function numberAt(text: string, at: number, count: number): number {
  return Number.parseInt(text.slice(at, at + count), 36);
}
