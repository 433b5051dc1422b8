import { isHostLike, isPlaceOption } from './host-words.js';
import { type Field, sliceField } from './shell-values.js';

/**
 * What a program does with a value or an operand: `r` reads the path, `w` writes it, `a` both, `d` deletes it, `m` may
 * read it, `p` reads it if it is plainly a path, `k` is a setting `name=value`, `g` reads the files whose names match the pattern, `u` contacts the URL or host,
 * `h` contacts the host, `o` contacts the URL or `host:path` or reads the path, `b` is a page or file for a browser, `c` is a
 * connection string for a database, `t` may be a host or URL, `i` contacts the registry of the image, `s` runs the text in a shell, `e` runs it in another
 * language, `l` may run it
 * in another language, `q` runs it as SQL, `x` nothing that matters here.
 */
export type Role =
  | 'r'
  | 'w'
  | 'a'
  | 'd'
  | 'm'
  | 'p'
  | 'k'
  | 'g'
  | 'u'
  | 'h'
  | 'o'
  | 'b'
  | 'c'
  | 't'
  | 'i'
  | 's'
  | 'e'
  | 'l'
  | 'q'
  | 'x';

/** One option of a program. */
interface Option {
  /** As it appears in facts, with its dashes. */
  readonly name: string;
  /** Names of the flags that this one implies, such as `--force` of `git branch -D`. */
  readonly implies: readonly string[];
  readonly takes: 'nothing' | 'value' | 'attached' | 'digits';
  readonly role: Role;
}

/** The options of a program or subcommand by every spelling. */
export interface OptionTable {
  readonly byName: ReadonlyMap<string, Option>;
  readonly longNames: readonly string[];
}

/** A flag that was given. */
interface Flag {
  readonly name: string;
  readonly option: Option | undefined;
  readonly value: Field | undefined;
}

/** The words after a program's name, told apart. */
export interface Arguments {
  readonly flags: readonly Flag[];
  readonly operands: readonly Field[];
  /** Index of each operand among all words. */
  readonly positions: readonly number[];
}

const tables = new Map<string, OptionTable>();
const wordTables = new Map<string, OptionTable>();
const roles = new Set<string>('rwadmpkguhobctislqex');

/**
 * Reads a table of options.
 *
 * Entries are separated by blanks. An entry lists its spellings with `|`, the one for the facts first; one letter means
 * `-r`, more mean `--recursive`, and a leading dash is kept. `=` says that it takes a value, `?` that it takes one only
 * when attached, and `#` that digits may be attached; a role letter may follow. `+name` adds a flag that it implies. With `singleDash` all names have one dash.
 */
export function optionTable(text: string, singleDash: boolean): OptionTable {
  const known = singleDash ? wordTables : tables;
  let table = known.get(text);
  if (table === undefined) {
    table = readTable(text, singleDash ? (name) => (name.startsWith('-') ? name : `-${name}`) : dashed);
    known.set(text, table);
  }
  return table;
}

const takesOf: Readonly<Record<string, Option['takes']>> = { '=': 'value', '?': 'attached', '#': 'digits' };

function readTable(text: string, dash: (name: string) => string): OptionTable {
  const byName = new Map<string, Option>();
  const longNames: string[] = [];
  for (const entry of text.split(/\s+/)) {
    const match = /^([^=?#+]+)([=?#]?)([a-z]?)((?:\+[\w-]+)*)$/.exec(entry);
    if (match === null) continue;
    const [, spellings = '', sign, letter = '', implied = ''] = match;
    const names = spellings.split('|').map(dash);
    const option: Option = {
      name: names[0] ?? '',
      implies: implied.split('+').filter(Boolean).map(dash),
      takes: takesOf[sign ?? ''] ?? 'nothing',
      role: roleOf(letter),
    };
    for (const name of names) {
      byName.set(name, option);
      if (name.startsWith('--')) longNames.push(name);
    }
  }
  return { byName, longNames };
}

/** The role that a letter names; other letters name none that matters. */
function roleOf(letter: string): Role {
  return isRole(letter) ? letter : 'x';
}

function isRole(letter: string): letter is Role {
  return roles.has(letter);
}

function dashed(name: string): string {
  if (name.startsWith('-')) return name;
  return name.length === 1 ? `-${name}` : `--${name}`;
}

/** How the words of a program are read. */
interface ArgumentStyle {
  /** Options end at the first operand, as for programs that run another one. */
  readonly stop?: boolean | undefined;
  /** Options such as `-name` are whole words, not letters in a row. */
  readonly singleDash?: boolean | undefined;
  /** Options after whose value everything is an operand, such as `-m` of python. */
  readonly ends?: readonly string[] | undefined;
}

/** Tells flags, their values and operands apart. */
export function readArguments(
  fields: readonly Field[],
  from: number,
  table: OptionTable,
  style: ArgumentStyle,
): Arguments {
  const flags: Flag[] = [];
  const operands: Field[] = [];
  const positions: number[] = [];
  let onlyOperands = false;
  for (let i = from; i < fields.length; i++) {
    const field = fields[i];
    if (field === undefined) break;
    const { text } = field;
    if (onlyOperands || text.charCodeAt(0) !== 45 || text.length === 1) {
      operands.push(field);
      positions.push(i);
      if (style.stop === true) onlyOperands = true;
      continue;
    }
    if (text === '--') {
      onlyOperands = true;
      continue;
    }
    const isWord = text.charCodeAt(1) === 45 || style.singleDash === true;
    const used = isWord ? readLong(field, fields[i + 1], table, flags) : readShort(field, fields[i + 1], table, flags);
    if (used) i++;
    if (style.ends?.includes(flags[flags.length - 1]?.name ?? '') === true) onlyOperands = true;
  }
  return { flags, operands, positions };
}

/** Reads one `--name`, `--name=value` or `-name`; true when it took the next word as its value. */
function readLong(field: Field, next: Field | undefined, table: OptionTable, flags: Flag[]): boolean {
  const { text } = field;
  const equals = text.indexOf('=');
  const given = equals < 0 ? text : text.slice(0, equals);
  const matches = findLong(given, table);
  // What several options could be is taken to be each of them; the program itself would refuse it.
  if (matches.length > 1) {
    for (const one of matches) flags.push({ name: one.name, option: one, value: undefined });
    return false;
  }
  const option = matches[0] ?? placeOption(given, equals < 0 ? next?.text : text.slice(equals + 1));
  const attached = equals < 0 ? undefined : sliceField(field, equals + 1);
  const wants = option?.takes === 'value' && attached === undefined && next !== undefined;
  flags.push({ name: option?.name ?? given, option, value: wants ? next : attached });
  return wants;
}

/** An option that no table lists and that by its name and value tells whom to contact. */
function placeOption(name: string, value: string | undefined): Option | undefined {
  if (value === undefined || !isPlaceOption(name)) return undefined;
  return isHostLike(value) || value.includes('://') ? { name, implies: [], takes: 'value', role: 't' } : undefined;
}

function findLong(given: string, table: OptionTable): readonly Option[] {
  const exact = table.byName.get(given) ?? (given.startsWith('--') ? table.byName.get(given.slice(1)) : undefined);
  if (exact !== undefined) return [exact];
  if (!given.startsWith('--') || given.length < 4) return [];
  // GNU getopt accepts any unambiguous beginning of a long option.
  const matches = new Set<Option>();
  for (const name of table.longNames) {
    const option = name.startsWith(given) ? table.byName.get(name) : undefined;
    if (option !== undefined) matches.add(option);
  }
  return [...matches];
}

/** Reads letters in a row such as `-rf` or `-ofile`; true when the last one took the next word as its value. */
function readShort(field: Field, next: Field | undefined, table: OptionTable, flags: Flag[]): boolean {
  const { text } = field;
  const whole = text.length > 2 ? table.byName.get(text) : undefined;
  if (whole !== undefined) return readLong(field, next, table, flags);
  for (let i = 1; i < text.length; i++) {
    const name = `-${text[i] ?? ''}`;
    const option = table.byName.get(name);
    if (option === undefined || option.takes === 'nothing') {
      flags.push({ name: option?.name ?? name, option, value: undefined });
      if (option === undefined && text[i + 1] === '=') return false;
      continue;
    }
    if (option.takes === 'digits') {
      flags.push({ name: option.name, option, value: undefined });
      while (/[\dx]/.test(text[i + 1] ?? '')) i++;
      continue;
    }
    const isLast = i + 1 === text.length;
    const start = text[i + 1] === '=' && option.name.startsWith('--') ? i + 2 : i + 1;
    const wants = isLast && option.takes === 'value' && next !== undefined;
    flags.push({ name: option.name, option, value: wants ? next : isLast ? undefined : sliceField(field, start) });
    return wants;
  }
  return false;
}

/** What the operands of a program are. */
export interface Roles {
  readonly lead: readonly Role[];
  readonly rest: Role | undefined;
  readonly tail: readonly Role[];
}

const readRoles = new Map<string, Roles>();

/** Reads such as `r*` or `m r* w`: of the first ones, of the rest, and of the last ones. */
export function rolesOf(text: string): Roles {
  let read = readRoles.get(text);
  if (read === undefined) {
    const words = text.split(' ');
    const star = words.findIndex((word) => word.endsWith('*'));
    const letters = words.map((word) => roleOf(word[0] ?? ''));
    read =
      star < 0
        ? { lead: letters, rest: letters.at(-1) === 'x' ? 'x' : 'm', tail: [] }
        : { lead: letters.slice(0, star), rest: letters[star], tail: letters.slice(star + 1) };
    readRoles.set(text, read);
  }
  return read;
}
