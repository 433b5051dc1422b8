import { findProgram } from './programs.js';
import type { Io, Machine } from './shell-machine.js';
import { isWrapper } from './shell-notes.js';
import type { Field, Output } from './shell-values.js';

/** What changes nothing but the shell itself, or only prints its words or what kind of machine this is. */
const idle = new Set(
  'cd chdir pushd popd echo printf print true false : test [ shift pwd sleep wait exit return unset umask ls which type uname nproc free uptime whoami id hostname df clear'.split(
    ' ',
  ),
);
/** Commands that only show what there is, by their first two words. */
const showing = new Set(['git status', 'git rev-parse', 'helm template']);
/** Commands of two words that only say which version of a language there is. */
const versionQuestion =
  /^(?:go version|(?:node|npm|pnpm|yarn|bun|deno|python3?|ruby|java|php|rustc|cargo) (?:-v|-V|--version))$/;
/** What sets variables or options when it is given any, and prints all there are when not. */
const setters = new Set(['export', 'declare', 'typeset', 'local', 'readonly']);
/** Builtins that run the words after them. */
const passing = new Set(['eval', 'exec', 'command', 'builtin']);
/** Filters, by how many of their words are no files. */
const filters: ReadonlyMap<string, number> = new Map([
  ...'grep egrep fgrep rg jq'.split(' ').map((name): readonly [string, number] => [name, 1]),
  ...'head tail wc sort uniq cut cat less more column nl tac fold'
    .split(' ')
    .map((name): readonly [string, number] => [name, 0]),
  ['tr', 2],
]);

/** Whether a command does nothing that a policy could mean. */
function isIdle(name: string, fields: readonly Field[], io: Io): boolean {
  const second = fields[1]?.text ?? '';
  if (name === 'set') return second !== '';
  if (setters.has(name))
    return fields.some(({ text }, i) => i > 0 && /^\w/.test(text)) && fields.every(({ text }) => !/^-\w*p/.test(text));
  const start = `${name} ${second}`;
  return (
    idle.has(name) ||
    isFilter(name, fields, io) ||
    showing.has(start) ||
    (fields.length === 2 && versionQuestion.test(start))
  );
}

/** Whether it only passes on what comes in: no word of it can be a file, or the place of a list of files. */
function isFilter(name: string, fields: readonly Field[], io: Io): boolean {
  const own = filters.get(name);
  if (own === undefined || io.stdin === undefined) return false;
  const words = fields.slice(1).filter(({ text }) => !/^-[\w=,.-]*$|^\d+$/.test(text));
  const filesByFlag = own === 1 || name === 'sort' ? /^-\w*[efor]|^--[efoprs]/ : /^--files/;
  // jq prints the environment when it is asked for that.
  if (name === 'jq' && words.some(({ text }) => /env/i.test(text))) return false;
  return words.length <= own && !fields.some(({ text }) => filesByFlag.test(text));
}

/** Runs a command and counts it, or what it runs when it is a wrapper, among those that do something. */
export function runActing(machine: Machine, name: string, fields: readonly Field[], io: Io, run: () => Output): Output {
  const { findings } = machine;
  // More than two are as good as two, and a body that is read a second time is the same.
  if (findings.acting > 1 || machine.repeating > 0 || isIdle(name, fields, io)) return run();
  if (!passing.has(name) && !isWrapper(findProgram(name).program)) {
    findings.acting++;
    return run();
  }
  const before = findings.acting;
  const output = run();
  if (findings.acting === before) findings.acting++;
  return output;
}
