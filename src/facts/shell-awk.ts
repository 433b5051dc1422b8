import { runShellText, touch } from './shell-actions.js';
import type { Machine } from './shell-machine.js';
import { hole, plainField } from './shell-values.js';

/** What an awk program does besides printing to its own output. */
interface AwkActions {
  /** Command lines that it holds as whole strings. */
  readonly commands: string[];
  /** Files that it reads or writes under names of which at least a string is known; the rest of them are holes. */
  readonly reads: string[];
  readonly writes: string[];
  /** Whether it runs or opens something that its text does not name. */
  unknown: boolean;
}

const wordOf = /[A-Za-z_]\w*/y;
const stringOf = /"((?:[^"\\\n]|\\.)*)"/y;
/** One piece of a text that awk puts together: a string, a field or a variable. */
const pieceOf =
  /[ \t]*(?:"((?:[^"\\\n]|\\.)*)"|(\$\w+|\$\([^()]*\)|(?!getline\b|in\b)[A-Za-z_]\w*(?:\[[^\]]*\])?(?!\()))/y;
/** What may come after a string that is the whole of a command. */
const endOfExpression = /[ \t]*(?:[;})\n|>&<]|$)/y;

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** The file that stands after `>` or `<`, with a hole for each part that is not known; undefined without a known part. */
function targetAt(code: string, from: number): string | undefined {
  let at = from;
  while (/[ \t(]/.test(code[at] ?? '')) at++;
  let name = '';
  let known = false;
  for (let piece = matchAt(pieceOf, code, at); piece !== null; piece = matchAt(pieceOf, code, at)) {
    known ||= piece[1] !== undefined && piece[1] !== '';
    name += piece[1] ?? hole;
    at += piece[0].length;
    if (name.length > 1024) return undefined;
  }
  return known && !name.includes('\\') ? name : undefined;
}

/** The string that is the whole operand at this place; undefined for any other operand. */
function commandAt(code: string, from: number): string | undefined {
  let at = from;
  while (/[ \t(]/.test(code[at] ?? '')) at++;
  const string = matchAt(stringOf, code, at);
  if (string === null || matchAt(endOfExpression, code, at + string[0].length) === null) return undefined;
  return unescaped(string[1] ?? '');
}

/** A string without its escapes; undefined when it has others than those of quotes and slashes. */
function unescaped(text: string): string | undefined {
  return /\\[^"\\/]/.test(text) ? undefined : text.replace(/\\(.)/g, '$1');
}

/** A program while it is read: where, and what stands around that place. */
interface Reading {
  readonly code: string;
  readonly actions: AwkActions;
  at: number;
  /** How many brackets are open. */
  depth: number;
  printing: boolean;
  /** The last character that is no blank. */
  before: string;
  /** The string that stands right before, which a pipe into getline runs. */
  string: string | undefined;
}

/** What an awk program does, read in one pass. */
function awkActions(code: string): AwkActions {
  const actions: AwkActions = { commands: [], reads: [], writes: [], unknown: false };
  const reading: Reading = { code, actions, at: 0, depth: 0, printing: false, before: ';', string: undefined };
  for (; reading.at < code.length && !actions.unknown; reading.at++) step(reading);
  return actions;
}

function step(reading: Reading): void {
  const { code, at, before } = reading;
  const c = code[at] ?? '';
  if (c === '#') reading.at = endOf(code, at, '\n') - 1;
  else if (c === '"') {
    const end = endOfQuoted(code, at, '"');
    // Only a string that nothing is put before is a command by itself.
    reading.string = /[({;\n&|!]/.test(before) ? unescaped(code.slice(at + 1, end)) : undefined;
    reading.at = end;
  } else if (c === '/' && /[(,{;!~&|=\n]/.test(before)) reading.at = endOfQuoted(code, at, '/');
  else if (c === '(') reading.depth++;
  else if (c === ')') reading.depth = Math.max(0, reading.depth - 1);
  else if (c === '|') readPipe(reading);
  else if (c === '@') reading.actions.unknown = true;
  else if (c === '>' && reading.printing && reading.depth === 0) readTarget(reading);
  else if (/[A-Za-z_]/.test(c)) readWord(reading);
  else if (c === ';' || c === '}' || c === '\n') {
    reading.printing = false;
    reading.depth = 0;
  }
  const last = code[reading.at] ?? c;
  if (c !== '"' && !/[ \t]/.test(c)) reading.string = undefined;
  if (!/[ \t]/.test(last)) reading.before = last;
}

function add(reading: Reading, list: string[], text: string | undefined): void {
  if (text === undefined || list.length >= 16) reading.actions.unknown = true;
  else list.push(text);
}

function readPipe(reading: Reading): void {
  const { code, at, actions } = reading;
  if (code[at + 1] === '|') {
    reading.at++;
    return;
  }
  if (code[at + 1] === '&') actions.unknown = true;
  else if (/^[ \t]*getline\b/.test(code.slice(at + 1, at + 64))) {
    add(reading, actions.commands, reading.string);
    reading.at += code.slice(at).indexOf('getline') + 'getline'.length - 1;
  } else add(reading, actions.commands, reading.printing ? commandAt(code, at + 1) : undefined);
}

function readTarget(reading: Reading): void {
  if (reading.code[reading.at + 1] === '>') reading.at++;
  const { code, at, actions } = reading;
  const name = /^[ \t]*([A-Za-z_]\w*)[ \t]*(?:[;}\n]|$)/.exec(code.slice(at + 1, at + 64))?.[1];
  if (name === undefined) return add(reading, actions.writes, targetAt(code, at + 1));
  // A name that is put together somewhere else in the program.
  const given = [...code.matchAll(new RegExp(`\\b${name}[ \\t]*=(?!=)`, 'g'))];
  if (given.length === 0) actions.unknown = true;
  for (const { 0: text, index } of given.slice(0, 16))
    add(reading, actions.writes, targetAt(code, index + text.length));
}

function readWord(reading: Reading): void {
  const { code, at, actions } = reading;
  const word = matchAt(wordOf, code, at)?.[0] ?? '';
  reading.at = at + word.length - 1;
  if (word === 'print' || word === 'printf') {
    reading.printing = true;
    reading.depth = 0;
  } else if (word === 'system') actions.unknown = true;
  else if (word === 'getline') {
    const rest = /^[ \t]*(?:\$?\w+(?:\[[^\]]*\])?[ \t]*)?<(?!=)/.exec(code.slice(at + word.length, at + 256));
    if (rest !== null) add(reading, actions.reads, targetAt(code, at + word.length + rest[0].length));
  }
}

function endOf(text: string, from: number, mark: string): number {
  const end = text.indexOf(mark, from);
  return end < 0 ? text.length : end;
}

function endOfQuoted(text: string, from: number, mark: string): number {
  let i = from + 1;
  while (i < text.length && text[i] !== mark) i += text[i] === '\\' ? 2 : 1;
  return i;
}

/** Commands that sort and count what an awk program prints, or tell it the time and the history. */
const filters =
  /^\s*(?:sort|uniq|head|tail|cat|wc|column|date|tr|cut|nl|tac|fold|fmt|paste|rev|seq|hostname|pwd|nproc|git (?:log|rev-parse|rev-list|ls-files|describe|show|diff|blame))\b[^|;&$`\n]*(?:\|\s*(?:sort|uniq|head|tail|cat|wc|column|tr|cut|nl)\b[^|;&$`\n]*)*(?:[12]?>&[12]\s*)?$/;

/** Runs the commands that an awk program names and touches its files; what it does not name is code of its own. */
export function readAwk(machine: Machine, code: string): void {
  const { commands, reads, writes, unknown } = awkActions(code);
  if (unknown || !commands.every((command) => filters.test(command))) machine.findings.reasons.add('other-language');
  const isOutput = /^(?:-|\/dev\/(?:std(?:in|out|err)|fd\/\d|null))$/;
  for (const command of commands.filter((one) => filters.test(one)))
    runShellText(machine, plainField(command), { stdin: { text: undefined, decoded: false, fetched: false } });
  const fieldOf = (text: string) => ({
    ...plainField(text),
    unknown: text.includes(hole) ? ('substitution' as const) : undefined,
  });
  for (const name of reads) if (!isOutput.test(name)) touch(machine, 'read', fieldOf(name));
  for (const name of writes) if (!isOutput.test(name)) touch(machine, 'written', fieldOf(name));
}
