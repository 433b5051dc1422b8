import type { Assignment, Command, Redirection, Word, WordPart } from 'unbash';
import { findProgram } from './programs.js';
import { git } from './programs-git.js';
import { runActing } from './shell-acting.js';
import { contentOfFile, copyOfFile, noteContent, runShellText, touch } from './shell-actions.js';
import { assign } from './shell-assignments.js';
import { builtins } from './shell-builtins.js';
import { separatorsOfRead } from './shell-builtins-input.js';
import { noteEffects } from './shell-effects.js';
import { quoted } from './shell-environment.js';
import { noteProgramPath } from './shell-foreign.js';
import { runScriptFile } from './shell-handlers-interpreters.js';
import { type Io, type Machine, setItems, spend } from './shell-machine.js';
import { noteWord } from './shell-notes.js';
import { noteOddNames } from './shell-odd-names.js';
import { runProgram, runUnknown } from './shell-programs.js';
import { redirect } from './shell-redirections.js';
import { rehearse } from './shell-rehearsals.js';
import { noteArithmetic } from './shell-reread.js';
import { type Binding, bind, mostAlternatives } from './shell-scope.js';
import { printsSettings, shellSettings } from './shell-settings-printers.js';
import {
  eitherOutput,
  type Field,
  hole,
  joinFields,
  joinOutputs,
  type Output,
  plainField,
  silent,
  unknownOutput,
} from './shell-values.js';
import { expandText, expandWord, simpleField } from './shell-words.js';

/** Runs one simple command: its assignments, redirections and words. */
export function runCommand(machine: Machine, node: Command, io: Io): Output {
  if (!spend(machine, 1 + node.suffix.length)) return unknownOutput;
  const assignments: Assignment[] = [];
  const redirections: Redirection[] = [];
  for (const part of node.prefix) {
    if (part.type === 'Assignment') assignments.push(part);
    else redirections.push(part);
  }
  const words: (Word | Assignment)[] = [];
  for (const part of node.suffix) {
    if (part.type === 'Word' || part.type === 'Assignment') words.push(part);
    else redirections.push(part);
  }
  const connected = redirections.length === 0 ? { io, targets: [] } : redirect(machine, redirections, io);
  if (node.name === undefined) {
    for (const one of assignments) assign(machine, one, false);
    return connected.targets.length > 0 ? silent : joinOutputs(silent, connected.io === io ? silent : unknownOutput);
  }
  const name = node.name;
  const output = withAssignments(machine, assignments, () => runWords(machine, name, words, connected.io));
  for (const target of connected.targets) noteContent(machine, target.field, output, target.append);
  return connected.targets.length > 0 ? silent : output;
}

/** Assignments before a command hold for that command only. */
function withAssignments(machine: Machine, assignments: readonly Assignment[], run: () => Output): Output {
  if (assignments.length === 0) return run();
  const before: (readonly [string, Binding | undefined])[] = [];
  for (const one of assignments) {
    const name = one.name === 'IFS' ? separatorsOfRead : one.name;
    before.push([`$${name}`, machine.scope.bindings.get(`$${name}`)]);
    assign(machine, one, true);
  }
  const output = run();
  for (const [key, binding] of before.reverse()) bind(machine.scope, key, binding);
  return output;
}

/** Expands the words of a command and runs it once for each choice of values. */
function runWords(machine: Machine, name: Word, words: readonly (Word | Assignment)[], io: Io): Output {
  const first = simpleField(name);
  const plain: Field[] = [];
  if (first !== undefined) plain.push(first);
  let isPlain = first !== undefined;
  for (const word of words) {
    if (!isPlain) break;
    const field = word.type === 'Word' ? simpleField(word) : undefined;
    if (field === undefined) isPlain = false;
    else plain.push(field);
  }
  if (isPlain) return runFields(machine, plain, io);
  if (name.parts?.some(isSubstitution) === true) machine.findings.reasons.add('program-from-substitution');
  const expansions: (readonly (readonly Field[])[])[] = [expandWord(machine, name)];
  let end = name.end;
  for (const word of words) {
    const expansion = expandArgument(machine, word);
    // The parser ends a word at `<(`, bash does not: `--file=<(cmd)` is one word.
    if (word.pos === end) expansions.push(glued(expansions.pop() ?? [], expansion));
    else expansions.push(expansion);
    end = word.end;
  }
  let output: Output | undefined;
  for (const fields of choices(machine, expansions)) {
    const printed = runFields(machine, fields, io);
    output = output === undefined ? printed : eitherOutput(output, printed);
  }
  return output ?? silent;
}

/** Two expansions of which the last field of one and the first of the other are one field. */
function glued(
  before: readonly (readonly Field[])[],
  after: readonly (readonly Field[])[],
): readonly (readonly Field[])[] {
  const [first = [], second = []] = [before[0], after[0]];
  const [left, right] = [first.at(-1), second[0]];
  if (left === undefined || right === undefined) return [[...first, ...second]];
  const field = { ...left, text: left.text + right.text, stream: right.stream, unknown: left.unknown ?? right.unknown };
  return [[...first.slice(0, -1), field, ...second.slice(1)]];
}

function isSubstitution(part: WordPart): boolean {
  if (part.type === 'DoubleQuoted') return part.parts.some(isSubstitution);
  return part.type === 'CommandExpansion';
}

/** `name=value` after `export` and its like is an assignment, elsewhere a word. */
function expandArgument(machine: Machine, word: Word | Assignment): readonly (readonly Field[])[] {
  if (word.type === 'Word') return expandWord(machine, word);
  const { name, value } = word;
  if (word.index !== undefined) noteArithmetic(machine, expandText(machine, word.index));
  if (value.type === 'ArrayValue') {
    assign(machine, word, false);
    return [[plainField(name)]];
  }
  const sign = word.append === true ? '+=' : '=';
  return expandText(machine, value).map((field) => [
    { ...field, text: `${name}${sign}${field.text}`, pattern: undefined },
  ]);
}

function choices(
  machine: Machine,
  expansions: readonly (readonly (readonly Field[])[])[],
): readonly (readonly Field[])[] {
  let total = 1;
  for (const one of expansions) total = Math.min(total * Math.max(1, one.length), 1_000_000);
  if (total === 1) return [expansions.flatMap((one) => one[0] ?? [])];
  if (total <= mostAlternatives) {
    return expansions.reduce<readonly (readonly Field[])[]>(
      (lists, one) => lists.flatMap((list) => one.map((fields) => [...list, ...fields])),
      [[]],
    );
  }
  return withoutValues(machine, expansions);
}

/** The choices of a command with many, in which words that are values of options or texts take turns. */
function withoutValues(
  machine: Machine,
  expansions: readonly (readonly (readonly Field[])[])[],
): readonly (readonly Field[])[] {
  const telling = expansions.map((one, i) => one.length > 1 && !areValues(one, expansions[i - 1]));
  const product = telling.reduce((total, tells, i) => (tells ? total * (expansions[i]?.length ?? 1) : total), 1);
  const isWhole = product <= mostAlternatives;
  if (!isWhole) machine.findings.reasons.add('too-many-alternatives');
  const widest = Math.max(...expansions.map((one) => one.length), isWhole ? product : 1);
  return Array.from({ length: widest }, (_, i) => {
    let rest = i;
    return expansions.flatMap((one, at) => {
      const count = Math.max(1, one.length);
      if (!isWhole || telling[at] !== true) return one[i % count] ?? [];
      const chosen = one[rest % count] ?? [];
      rest = Math.floor(rest / count);
      return chosen;
    });
  });
}

/** Whether a word is one path, or the value of the option before it, whichever of its alternatives it is. */
function areValues(
  alternatives: readonly (readonly Field[])[],
  before: readonly (readonly Field[])[] | undefined,
): boolean {
  const option = before?.length === 1 && before[0]?.length === 1 ? (before[0][0]?.text ?? '') : '';
  const isValue = /^--?[A-Za-z][\w-]*$/.test(option);
  return alternatives.every(([field, ...more]) => {
    if (field === undefined || more.length > 0 || field.unknown !== undefined) return false;
    return isValue ? /^[\w.]/.test(field.text) : /^[\w.]+\/\w/.test(field.text);
  });
}

/** Scripts, groups and wrappers nested deeper than this are not read; the command counts as too deep. */
export const deepest = 40;

/** Runs a command given as words. */
export function runFields(machine: Machine, fields: readonly Field[], io: Io): Output {
  const [first] = fields;
  if (first === undefined) return silent;
  if (machine.depth >= deepest || !spend(machine, 1)) {
    machine.findings.reasons.add('too-deep');
    return unknownOutput;
  }
  machine.depth++;
  const output = dispatch(machine, first, fields, io);
  machine.depth--;
  return output;
}

function dispatch(machine: Machine, first: Field, fields: readonly Field[], io: Io): Output {
  const { findings } = machine;
  const { text } = first;
  if (first.unknown !== undefined) {
    findings.reasons.add(`program-from-${first.unknown}`);
    if (first.stream !== undefined || first.origin !== undefined) findings.pipesToInterpreter = true;
  }
  if (first.pattern !== undefined) findings.reasons.add('program-from-glob');
  if (text === '') {
    if (first.unknown === undefined) return silent;
    findings.acting++;
    return runFields(machine, fields.slice(1), io);
  }
  const base = text.slice(text.lastIndexOf('/') + 1);
  if (text.includes(hole)) {
    findings.reasons.add('program-from-substitution');
    findings.acting++;
    return base === '' || base.includes(hole)
      ? runNameless(machine, fields, io)
      : runNamed(machine, base, first, fields, io);
  }
  // `time -p cmd` is a keyword to bash and a program to others, for which the words after its flags run.
  if (machine.timed && text.startsWith('-')) return runFields(machine, [plainField('time'), ...fields], io);
  noteOddNames(machine, text);
  const name = base === '' ? text : base;
  machine.started++;
  const run = (): Output => runNamed(machine, name, first, fields, io);
  return runActing(machine, name, fields, io, () => rehearse(machine, name, fields, io, run));
}

/** A program whose name is not known may read whatever it is given. */
function runNameless(machine: Machine, fields: readonly Field[], io: Io): Output {
  const { findings } = machine;
  const known = { programs: new Set(findings.programs), commands: new Set(findings.commands) };
  runUnknown(machine, hole, fields, io);
  restore(findings.programs, known.programs);
  restore(findings.commands, known.commands);
  return unknownOutput;
}

function restore(set: Set<string>, before: ReadonlySet<string>): void {
  for (const one of set) if (!before.has(one) && one.includes(hole)) set.delete(one);
}

function runNamed(machine: Machine, name: string, first: Field, fields: readonly Field[], io: Io): Output {
  const { findings, scope } = machine;
  const isPath = first.text.includes('/');
  if (!isPath) {
    const body = scope.bindings.size === 0 ? undefined : scope.bindings.get(`${first.text}()`);
    if (body?.kind === 'function') {
      const output = runFunction(machine, first.text, fields, io);
      if (body.certain && findProgram(name).program === undefined && !builtins.has(name)) return output;
    }
    const other = scope.bindings.size === 0 ? undefined : scope.bindings.get(`${first.text}=`);
    if (other?.kind === 'alias' && !machine.running.has(`${first.text}=`))
      runAlias(machine, first.text, other.text, fields, io);
    const builtin = builtins.get(name);
    if (builtin !== undefined) {
      findings.programs.add(name);
      return runBuiltin(machine, name, builtin, fields, io);
    }
  } else runPath(machine, first, fields, io);
  const subcommand = name.startsWith('git-') ? name.slice(4) : undefined;
  if (subcommand !== undefined && git.subcommands !== undefined && Object.hasOwn(git.subcommands, subcommand)) {
    // git's subcommands are programs of their own in its library folder.
    findings.programs.add(name);
    return runFields(machine, [plainField('git'), plainField(subcommand), ...fields.slice(1)], io);
  }
  return runFound(machine, name, fields, io);
}

function runFound(machine: Machine, name: string, fields: readonly Field[], io: Io): Output {
  const { findings } = machine;
  const found = findProgram(name);
  noteEffects(machine, found.name, fields);
  if (found.name !== name) {
    findings.programs.add(name);
    findings.commands.add(name);
  }
  const settings = printsSettings(machine, found.name, fields);
  // fnm is told by an option for which shell, as others are told which to start.
  const words = settings && found.name === 'fnm' ? fields.slice(0, 2) : fields;
  const output =
    found.program === undefined
      ? runUnknown(machine, name, words, io)
      : runProgram(machine, found.name, found.program, words, io);
  return settings ? shellSettings : output;
}

/** Builtins of which the words are facts. */
const namesItsWords = new Set(['echo', 'printf', 'print']);

/** Builtins that are also programs of the tables keep the facts of the table: `echo`, `kill`, `test`. */
function runBuiltin(
  machine: Machine,
  name: string,
  builtin: (machine: Machine, fields: readonly Field[], io: Io) => Output,
  fields: readonly Field[],
  io: Io,
): Output {
  const { commands } = machine.findings;
  commands.add(name);
  if (name === 'kill') {
    for (const { text } of fields.slice(1))
      if (text.length < 32 && !text.includes(hole)) machine.findings.operands.add(`kill ${text.toLowerCase()}`);
    for (const field of fields.slice(1))
      noteWord(machine, name, { ...plainField(''), variables: field.variables }, false);
  }
  if (namesItsWords.has(name)) for (const field of fields.slice(1)) noteWord(machine, name, field, false);
  for (let i = 1; i < fields.length; i++) {
    const text = fields[i]?.text ?? '';
    if (text === '--' || !text.startsWith('-')) break;
    if (/^-[A-Za-z]{1,8}$/.test(text)) for (const letter of text.slice(1)) commands.add(`${name} -${letter}`);
  }
  return builtin(machine, fields, io);
}

function runAlias(machine: Machine, name: string, text: string, fields: readonly Field[], io: Io): void {
  machine.running.add(`${name}=`);
  runShellText(machine, joinFields([plainField(text), ...fields.slice(1).map(quoted)]), io);
  machine.running.delete(`${name}=`);
}

function runFunction(machine: Machine, name: string, fields: readonly Field[], io: Io): Output {
  const binding = machine.scope.bindings.get(`${name}()`);
  if (binding?.kind !== 'function') return unknownOutput;
  machine.called.add(binding.body);
  if (machine.running.has(name)) {
    machine.findings.reasons.add('recursion');
    return unknownOutput;
  }
  machine.running.add(name);
  const before = machine.scope.bindings.get('$@');
  setItems(machine, '@', fields.slice(1));
  const output = machine.runBody(binding.body, io);
  bind(machine.scope, '$@', before);
  machine.running.delete(name);
  return output;
}

const usualPlace = /(^|\/)s?bin\/[^/]+$/;

/** A program given by its path: a file that the same command wrote, or one of the workspace. */
function runPath(machine: Machine, first: Field, fields: readonly Field[], io: Io): void {
  // The shell's own program file.
  if (/^\/proc\/[^/]+\/exe$/.test(first.text)) machine.runFields([plainField('bash'), ...fields.slice(1)], io);
  if (!usualPlace.test(first.text) && first.pattern === undefined) touch(machine, 'read', first);
  noteProgramPath(machine, first);
  const content = contentOfFile(machine, first);
  if (content !== undefined) {
    if (content.fetched || content.decoded) machine.findings.pipesToInterpreter = true;
    if (content.fetched) machine.findings.reasons.add('script-from-network');
    if (content.decoded) machine.findings.reasons.add('decoded-into-interpreter');
    if (content.text !== undefined && !/^#!.*\b(python|perl|ruby|node|php)/.test(content.text))
      runScriptFile(machine, first, fields.slice(1), io);
  }
  const copy = copyOfFile(machine, first);
  if (copy !== undefined && copy.text !== first.text) machine.runFields([copy, ...fields.slice(1)], io);
}
