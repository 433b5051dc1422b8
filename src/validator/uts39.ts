import { ALLOWED_RUNS, SCRIPT_RUNS, SCRIPT_SETS, SCRIPTS } from './uts39-table.js';

/** Characters that change the direction of what follows: text with them can read otherwise than it is. */
const BIDI_CONTROL = /[\u202a-\u202e\u2066-\u2069]/;
const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;
const ASCII = /^[\0-\x7f]*$/;

/** Neighbouring characters of the same value, sorted. */
interface Runs {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly values: readonly number[];
}

interface Scripts {
  readonly runs: Runs;
  readonly sets: readonly ReadonlySet<number>[];
  readonly latin: ReadonlySet<number>;
}

let scripts: Scripts | undefined;
let allowed: Runs | undefined;

function decode(text: string): Runs {
  const starts: number[] = [];
  const ends: number[] = [];
  const values: number[] = [];
  let at = 0x80;
  for (const word of text.trim().split(' ')) {
    const [gap = 0, length = 0, value = 0] = word.split('.').map((digits) => Number.parseInt(digits, 36));
    starts.push(at + gap);
    at += gap + length;
    ends.push(at);
    values.push(value);
  }
  return { starts, ends, values };
}

function valueAt({ starts, ends, values }: Runs, code: number): number | undefined {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= code) low = middle + 1;
    else high = middle;
  }
  return low > 0 && code < (ends[low - 1] ?? 0) ? values[low - 1] : undefined;
}

export function hasBidiControl(text: string): boolean {
  return BIDI_CONTROL.test(text);
}

/** The first character that no identifier should have: neither printable ASCII nor allowed by UTS 39. */
export function confusableCharacter(text: string): string | undefined {
  if (PRINTABLE_ASCII.test(text)) return undefined;
  allowed ??= decode(ALLOWED_RUNS);
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80 ? !PRINTABLE_ASCII.test(character) : valueAt(allowed, code) === undefined) return character;
  }
  return undefined;
}

/** Whether all letters of a text belong to one writing system, as UTS 39 tells it. */
export function isSingleScript(text: string): boolean {
  if (ASCII.test(text)) return true;
  scripts ??= {
    runs: decode(SCRIPT_RUNS),
    sets: SCRIPT_SETS.map((set) => new Set(set.split(' ').map((digits) => Number.parseInt(digits, 36)))),
    latin: new Set([SCRIPTS.split(' ').indexOf('Latn')]),
  };
  let common: ReadonlySet<number> | undefined;
  for (const character of text) {
    const set = scriptsOf(character.codePointAt(0) ?? 0, scripts);
    if (set === 'every') continue;
    if (common !== set) common = common === undefined ? set : new Set([...common].filter((script) => set.has(script)));
    if (common.size === 0) return false;
  }
  return true;
}

const NONE: ReadonlySet<number> = new Set();

function scriptsOf(code: number, { runs, sets, latin }: Scripts): ReadonlySet<number> | 'every' {
  if (code < 0x80) return isAsciiLetter(code) ? latin : 'every';
  const value = valueAt(runs, code);
  if (value === 0) return 'every';
  return (value === undefined ? undefined : sets[value]) ?? NONE;
}

function isAsciiLetter(code: number): boolean {
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}
