import { findProgram } from './programs.js';
import { runShellText, touch } from './shell-actions.js';
import type { Call } from './shell-call.js';
import { readCode } from './shell-code.js';
import type { Machine } from './shell-machine.js';
import { type Field, hole, plainField, sliceField } from './shell-values.js';

/** Flags by which programs are likely to run their value. */
const commandFlag =
  /^--?([a-z]+-)*(exec|execute|command|cmd|shell|run|hook|wrapper|askpass|pager|editor|proxycommand|invoke|preview|program)(-\w+)?$/i;
/** What only shows what would be done runs nothing. */
const notRun = /^--?(?:dry|why|no|skip)-/i;
/** What some programs put before a command that reads what they would write into a file. */
const pipe = /^(?:[|!]|%pipe%)\s*(?=[\w./$"'])/;
const statement = /^\s*(?:select|insert|update|delete|drop|create|alter|with|show|explain|truncate|pragma|describe)\s/i;

/** Whether a flag is likely to have a command as its value; statements for a database are none. */
export function isCommand(flag: string, { text }: Field): boolean {
  return commandFlag.test(flag) && !notRun.test(flag) && !statement.test(text);
}

/** Whether a name that is given for a file is a command: `strace -o '|sort'`. */
export function isPipe({ text }: Field): boolean {
  return pipe.test(text);
}

/** Runs the command that is given in the place of a file. */
export function runPipe(machine: Machine, field: Field): void {
  runShellText(machine, sliceField(field, pipe.exec(field.text)?.[0].length ?? 0), { stdin: undefined });
}

/** Flags by which programs are likely to take code of their own language. */
const codeFlag = /^--?(e|c|x|E|ex|ev|exec|eval|evaluate|execute|expr|expression|code|command|goal|query-goal)$/;
/** What code has that starts programs, removes, reads or connects, whatever the language. */
export const actingCode =
  /\b(?:system|exec\w*|spawn\w*|popen\w*|shell|sh|rm|unlink|remove\w*|delete\w*|rmdir|rmtree|rm_rf|rmrf|command|process|call_?command|callprocess|run|eval|open|read\w*file\w*|readall|file|dir(?:ectory)?|fs|os|io|socket|connect|fetch|https?|net|ffi)\b[^\n]{0,64}["'`([]|`[^`]+`|["'(]\s*(?:\/bin\/\w+|rm\s+-|curl\s|bash\s|sh\s+-)/i;
/** Flags by which programs are likely to write the file that is their value. */
const outputFlag =
  /^(?:-[oO]|--?(?:out|output|dest|destination|save|save-to|write-to|log-?file)(?:-?(?:file|dir|path))?)$/;

/**
 * Reads the words of a program, or of a subcommand, that no table describes, as far as most programs treat them alike:
 * commands after `--`, shells and `rm -r` wherever they stand, code, files that are written, and paths inside of words.
 */
export function guess(call: Call): void {
  const { machine, fields, args, io } = call;
  guessCommand(call);
  for (const { name, option, value } of args.flags) {
    if (value !== undefined && option === undefined) guessValue(call, name, value);
  }
  const known = new Set(
    args.flags.flatMap(({ option, value }) => (option === undefined || value === undefined ? [] : [value])),
  );
  for (let i = 1; i < fields.length; i++) {
    const [field, value] = [fields[i], fields[i + 1]];
    if (field === undefined) continue;
    if (value !== undefined && field.text.startsWith('-') && !known.has(value)) {
      if (isCommand(field.text, value)) runShellText(machine, value, io);
      else guessValue(call, field.text, value);
    }
    if (field.text.startsWith('|') && isPipe(field)) runPipe(machine, field);
    readInside(call, field);
  }
}

function guessValue(call: Call, flag: string, value: Field): void {
  const { machine } = call;
  if (codeFlag.test(flag) && value.text.length < 4096 && actingCode.test(value.text)) {
    machine.findings.reasons.add('other-language');
    readCode(machine, value.text);
  }
  if (outputFlag.test(flag) && isPipe(value)) runPipe(machine, value);
  else if (outputFlag.test(flag) && /[./~]/.test(value.text) && !/^[\w.-]*=/.test(value.text))
    touch(machine, 'written', value);
}

const shells = /^(?:\/(?:usr\/(?:local\/)?)?s?bin\/)?(?:ba|da|z|k|mk|a)?sh$/;
const programPath = /^\/(?:usr\/(?:local\/)?)?s?bin\/[\w.+-]+$/;

/** The command that a program is given as its last words, for those that are made to run one. */
function guessCommand(call: Call): void {
  const { machine, fields, io } = call;
  for (let i = 1; i < fields.length; i++) {
    const field = fields[i];
    if (field === undefined || field.unknown !== undefined) continue;
    const dashes = fields[i - 1]?.text === '--' && i > 1;
    if (!dashes && !startsCommand(field.text, fields[i + 1]?.text)) continue;
    const base = field.text.slice(field.text.lastIndexOf('/') + 1);
    if (field.text.startsWith('-') || findProgram(base).program === undefined) continue;
    machine.runFields(fields.slice(i), io);
    return;
  }
}

function startsCommand(text: string, next: string | undefined): boolean {
  if (shells.test(text)) return text.startsWith('/') || /^-[a-z]*c$/.test(next ?? '');
  if (programPath.test(text)) return true;
  if (text === 'rm') return /^(-[a-zA-Z]*[rRf][a-zA-Z]*|--recursive|--force)$/.test(next ?? '');
  return /^(python3?|perl|ruby|node|php)$/.test(text) && /^-[cer]$/.test(next ?? '');
}

const inside = /(?<![\w./*)}~-])(?:~|\.{1,2})?\/(?!\/)[\w.+@~*?-][^\s'"`(),;:|<>\]]{0,1024}/g;

/** Paths that stand inside of a word, as in `text:/etc/x` and `read('/etc/x')`. */
function readInside({ machine }: Call, { text }: Field): void {
  if (text.length > 4096 || !/[=:@('"\s,]/.test(text) || text.includes(hole)) return;
  for (const [path] of text.matchAll(inside)) touch(machine, 'read', plainField(path));
}
