import { isWithin } from './path-normal.js';
import { anywhereBelow } from './path-overlap.js';
import { absoluteOf, touch, touchWhole } from './shell-actions.js';
import { type Call, hasFlag } from './shell-call.js';
import type { Machine } from './shell-machine.js';
import { type Field, plainField } from './shell-values.js';

/** Programs that search the files of folders. */
const searches = new Set(['grep', 'egrep', 'fgrep', 'rgrep', 'zgrep', 'ugrep', 'rg', 'ag']);
/** Flags with which a search shows names and numbers only. */
const quiet = ['-l', '-L', '-c', '-q', '--files', '--files-without-match', '--name-only', '--count', '--type-list'];
/** Names that secrets have in files of settings. */
const secretName = /KEY|SECRET|TOKEN|PASSW(?:OR)?D|CREDENTIAL/;
/** Globs that leave out the files of settings. */
const leavesOut = /^!?(?:\*\*\/)?(?:\.\*|\.env[.*]*)$/;

/**
 * Reads all of a folder where a search shows what every file may hold: with a pattern that names nothing, such as `""`, `.` or `=`,
 * or one that names what secrets are called, over all of the workspace. Hidden files have to be searched too. Other
 * searches show lines that somebody asked for, and count as reading the folder only.
 */
export function noteSearch(call: Call): void {
  const { machine, name, command, args } = call;
  const isGit = command === 'git grep';
  noteShown(call);
  if (!isGit && !searches.has(name)) return;
  if (hasFlag(call, ...quiet) || !searchesHidden(call, isGit)) return;
  const given = args.flags.filter((flag) => flag.name === '-e').flatMap(({ value }) => value ?? []);
  const fromFile = hasFlag(call, '-f');
  const isOwn = given.length > 0 || fromFile;
  const patterns = isOwn ? given : args.operands.slice(0, 1);
  const folders = args.operands.slice(isOwn ? 0 : 1);
  // Others search the current folder whatever comes in.
  if (folders.length === 0 && call.io.stdin !== undefined && /^(?:rg|ag)$/.test(name)) return;
  const ignoresCase = hasFlag(call, '-i');
  const everything =
    fromFile || hasFlag(call, '-v') || patterns.some((field) => namesNothing(field, hasFlag(call, '-F')));
  const secrets = patterns.some(({ text }) => secretName.test(ignoresCase ? text.toUpperCase() : text));
  if (isGit)
    for (const folder of folders.length === 0 ? [plainField('.')] : folders) touch(machine, 'read', folder, true);
  if (!everything && !secrets) return;
  for (const folder of folders.length === 0 ? [plainField('.')] : folders)
    if (everything || isAround(machine, folder)) touchWhole(machine, folder);
}

function searchesHidden(call: Call, isGit: boolean): boolean {
  const { name, args } = call;
  // What is not tracked is where secrets are.
  if (isGit) return hasFlag(call, '--no-index', '--untracked');
  const values = (...names: readonly string[]): readonly string[] =>
    args.flags.filter((flag) => names.includes(flag.name)).map(({ value }) => value?.text ?? '');
  if (name === 'ag') return hasFlag(call, '-u', '--hidden');
  if (name === 'rg') {
    const globs = values('-g', '--iglob');
    if (globs.some((glob) => !glob.startsWith('!') || leavesOut.test(glob)) || hasFlag(call, '-t')) return false;
    return hasFlag(call, '--hidden', '-.') || args.flags.filter((flag) => flag.name === '-u').length > 1;
  }
  if (name !== 'rgrep' && !hasFlag(call, '-r', '-R')) return false;
  return values('--include').length === 0 && !leavesSecretsOut(call);
}

/** Whether a pattern names no word that a line must have; each of its alternatives counts. */
function namesNothing({ text }: Field, isFixed: boolean): boolean {
  if (text.length > 256) return false;
  const alternatives = isFixed ? [text] : text.split(/\\?\|/);
  return alternatives.some((one) => {
    const named = isFixed
      ? one
      : one
          .replace(/\[\^?\]?(?:\[:\w+:\]|\\.|[^\]\\])*\]/g, '')
          .replace(/\\?\{[\d,]*\\?\}|\(\?[:=!]|\\[A-Za-z<>]|[\^$.*+?()]|\\(?=[()])/g, '');
    return named.length < 2 && /^[\w=:-]?$/.test(named);
  });
}

/** Whether a folder is the workspace or lies around it. */
function isAround(machine: Machine, field: Field): boolean {
  const path = absoluteOf(machine, field);
  return path !== undefined && isWithin(path, machine.workspace);
}

/** Reads all of the workspace, or of a folder around it, where it is shown: `tar c . | cat`. */
export function readAround(machine: Machine, folder: Field): void {
  if (isAround(machine, folder)) touchWhole(machine, folder);
}

/** Whether files of settings are left out of what is searched or packed. */
export function leavesSecretsOut({ args }: Call): boolean {
  return args.flags.some(({ name, value }) => name === '--exclude' && leavesOut.test(value?.text ?? ''));
}

/** Programs that show all of a file. */
const showing = new Set(
  'cat bat batcat head tail less more nl tac strings xxd od hexdump base64 rev paste pr'.split(' '),
);

/** Whether a command shows all of the files that it is given. */
export function showsFiles(command: readonly Field[]): boolean {
  const text = command[0]?.text ?? '';
  return showing.has(text.slice(text.lastIndexOf('/') + 1));
}

/** Reads all of the workspace where a search finds every file and another program shows them: `find . -type f | xargs cat`. */
function noteShown({ machine, name, args }: Call): void {
  if (!showing.has(name)) return;
  for (const field of args.operands)
    if (
      field.unknown === 'substitution' &&
      field.text.endsWith('/*') &&
      field.pattern?.includes(anywhereBelow) === false
    )
      readAround(machine, plainField(field.text.slice(0, -1)));
}
