import type { Assignment, Command, Redirection, Word, WordPart } from 'unbash';
import { findProgram } from './programs.js';
import { contact, contentOfFile, copyOfFile, noteContent, runShellText, touch } from './shell-actions.js';
import { builtins } from './shell-builtins.js';
import { noteEnvironment, runScriptFile } from './shell-handlers-wrappers.js';
import {
  type Io,
  itemsOfVariable,
  type Machine,
  setItems,
  setVariable,
  spend,
  valuesOfVariable,
} from './shell-machine.js';
import { runProgram, runUnknown } from './shell-programs.js';
import { type Binding, bind, mostAlternatives } from './shell-scope.js';
import {
  type Field,
  fetchedOutput,
  hole,
  joinOutputs,
  type Output,
  plainField,
  silent,
  unknownField,
  unknownOutput,
} from './shell-values.js';
import { expandParts, expandText, expandWord, runEmbedded, simpleField } from './shell-words.js';

/** Runs one simple command: its assignments, redirections and words. */
export function runCommand(machine: Machine, node: Command, io: Io): Output {
  if (!spend(machine, 1 + node.suffix.length)) return unknownOutput;
  const assignments: Assignment[] = [];
  const redirections: Redirection[] = [];
  for (const part of node.prefix) (part.type === 'Assignment' ? assignments : redirections).push(part as never);
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
    before.push([`$${one.name}`, machine.scope.bindings.get(`$${one.name}`)]);
    assign(machine, one, true);
  }
  const output = run();
  for (const [key, binding] of before.reverse()) bind(machine.scope, key, binding);
  return output;
}

/** Sets a variable as `name=value` or `name=(…)` does. */
export function assign(machine: Machine, one: Assignment, forCommand: boolean): void {
  const { name, value } = one;
  if (one.index !== undefined) runEmbedded(machine, one.index);
  if (name === 'BASH_ALIASES' || name === 'BASH_CMDS') machine.findings.reasons.add('alias');
  if (value.type === 'ArrayValue') {
    machine.findings.environment.add(name);
    const items = value.elements.flatMap((word) => expandWord(machine, word).flat());
    const all = one.append === true ? [...(itemsOfVariable(machine, name) ?? []), ...items] : items;
    return setItems(machine, name, all.slice(0, 65_536));
  }
  const values = expandText(machine, value);
  const [first] = values;
  // An index is evaluated wherever arithmetic meets the text later.
  if (values.some((field) => /\[\s*(\$\(|`)/.test(field.text))) machine.findings.reasons.add('eval');
  if (first !== undefined) noteEnvironment(machine, name, first);
  else machine.findings.environment.add(name);
  if (forCommand && name === 'IFS') return;
  if (one.index !== undefined) return setItem(machine, name, values);
  if (one.append !== true) return setVariable(machine, name, values);
  const items = itemsOfVariable(machine, name);
  if (items !== undefined) return setItems(machine, name, [...items, ...values]);
  const joined = valuesOfVariable(machine, name).flatMap((before) =>
    values.map((after) => appended(machine, before, after)),
  );
  setVariable(machine, name, joined.slice(0, mostAlternatives));
}

function setItem(machine: Machine, name: string, values: readonly Field[]): void {
  const items = itemsOfVariable(machine, name) ?? [];
  bind(machine.scope, `$${name}`, { kind: 'items', items: [...items, ...values].slice(-64), whole: false });
}

function appended(machine: Machine, before: Field, after: Field): Field {
  // A variable that grows in a loop must not grow without end here.
  if (!spend(machine, (before.text.length + after.text.length) >> 8)) return unknownField('variable');
  const isNew = before.text === '' && before.unknown !== undefined;
  return {
    text: before.text + after.text,
    pattern: undefined,
    unknown: (isNew ? undefined : before.unknown) ?? after.unknown,
    stream: undefined,
    origin: before.origin ?? after.origin,
  };
}

interface Target {
  readonly field: Field;
  readonly append: boolean;
}

interface Connected {
  readonly io: Io;
  /** Files that receive what the command prints. */
  readonly targets: readonly Target[];
}

/** Applies redirections: paths are touched, and what a here-document or file feeds in is known to the command. */
export function redirect(machine: Machine, redirections: readonly Redirection[], io: Io): Connected {
  let { stdin } = io;
  let network = machine.network;
  const targets: Target[] = [];
  for (const one of redirections) {
    const descriptor = one.descriptor?.type === 'FileDescriptor' ? one.descriptor.value : undefined;
    const isInput = descriptor === undefined || descriptor === 0;
    if (one.type === 'HereDoc') {
      const parts = one.body.parts;
      const body =
        parts === undefined || one.delimiter?.quoted === true ? plainField(one.body.text) : expandParts(machine, parts);
      if (isInput) stdin = inputOf(body);
      continue;
    }
    if (one.target === undefined) continue;
    for (const field of expandText(machine, one.target)) {
      if (one.type === 'HereString') {
        if (isInput) stdin = inputOf({ ...field, text: `${field.text}\n` });
        continue;
      }
      const copies = /^(\d+)-?$/.exec(one.operator === '<&' || one.operator === '>&' ? field.text : '');
      if (copies !== null) {
        // `0>&1` after `>& /dev/tcp/…` reads from the network too.
        if (descriptor === 0 || (descriptor === undefined && one.operator === '<&'))
          stdin = network ? fetchedOutput : unknownOutput;
        continue;
      }
      const source = redirectFile(machine, one.operator, field);
      network ||= source === fetchedOutput;
      if (network) machine.network = true;
      if (one.operator === '<' || one.operator === '<>' || one.operator === '<&')
        stdin = isInput ? (source ?? stdin) : stdin;
      const writes = one.operator.startsWith('>') || one.operator.startsWith('&');
      if (
        writes &&
        source === undefined &&
        (descriptor === undefined || descriptor === 1) &&
        field.stream === undefined
      ) {
        targets.push({ field, append: one.operator.includes('>>') });
      }
    }
  }
  return { io: stdin === io.stdin ? io : { stdin }, targets };
}

function inputOf(field: Field): Output {
  const text = field.text.includes(hole) ? undefined : field.text;
  return {
    text: field.unknown === undefined ? text : undefined,
    decoded: field.origin?.decoded ?? false,
    fetched: field.origin?.fetched ?? false,
  };
}

/** Touches the file of a redirection; gives what is read from it, or an output when it is no file. */
function redirectFile(machine: Machine, operator: string, field: Field): Output | undefined {
  if (field.stream !== undefined) return field.stream;
  const network = /^\/dev\/(?:tcp|udp)\/([^/]*)/.exec(field.text);
  if (network !== null) {
    contact(machine, {
      ...field,
      text: network[1] ?? '',
      unknown: (network[1] ?? '').includes(hole) ? 'variable' : undefined,
    });
    return fetchedOutput;
  }
  if ((operator === '<&' || operator === '>&') && /^\d*-?$|^\uffff$/.test(field.text))
    return field.text === '0' ? undefined : unknownOutput;
  if (operator === '<') {
    touch(machine, 'read', field);
    return contentOfFile(machine, field) ?? unknownOutput;
  }
  if (operator === '<>') {
    touch(machine, 'read', field);
    touch(machine, 'written', field);
    return unknownOutput;
  }
  touch(machine, 'written', field);
  return undefined;
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
  const expansions = [expandWord(machine, name), ...words.map((word) => expandArgument(machine, word))];
  let output: Output | undefined;
  for (const fields of choices(machine, expansions)) {
    const printed = runFields(machine, fields, io);
    output = output === undefined ? printed : unknownOutput;
  }
  return output ?? silent;
}

function isSubstitution(part: WordPart): boolean {
  if (part.type === 'DoubleQuoted') return part.parts.some(isSubstitution);
  return part.type === 'CommandExpansion';
}

/** `name=value` after `export` and its like is an assignment, elsewhere a word. */
function expandArgument(machine: Machine, word: Word | Assignment): readonly (readonly Field[])[] {
  if (word.type === 'Word') return expandWord(machine, word);
  const { name, value } = word;
  if (word.index !== undefined) runEmbedded(machine, word.index);
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
  machine.findings.reasons.add('too-many-alternatives');
  const widest = Math.max(...expansions.map((one) => one.length));
  return Array.from({ length: widest }, (_, i) => expansions.flatMap((one) => one[i % Math.max(1, one.length)] ?? []));
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
  if (text === '') return first.unknown === undefined ? silent : runFields(machine, fields.slice(1), io);
  const base = text.slice(text.lastIndexOf('/') + 1);
  if (text.includes(hole)) {
    findings.reasons.add('program-from-substitution');
    return base === '' || base.includes(hole)
      ? runNameless(machine, fields, io)
      : runNamed(machine, base, first, fields, io);
  }
  // `time -p cmd` is a keyword to bash and a program to others, for which the words after its flags run.
  if (text.startsWith('-') && text.length > 1) return runFields(machine, [plainField('time'), ...fields], io);
  noteOddNames(machine, text);
  return runNamed(machine, base === '' ? text : base, first, fields, io);
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

const windowsPrograms = new Set(
  'cmd powershell pwsh del erase rd format deltree xcopy robocopy icacls cacls takeown attrib diskpart vssadmin wbadmin bcdedit certutil bitsadmin rundll32 regsvr32 mshta wmic schtasks taskkill reg regedit sc netsh cipher fsutil gci gc gp saps sal nsn cscript wscript msiexec installutil regasm iex iwr irm ri ni rni start-process'.split(
    ' ',
  ),
);
const verbs =
  'add|clear|close|copy|disable|enable|enter|exit|export|find|format|get|import|install|invoke|join|move|new|open|out|read|remove|rename|reset|restart|restore|resume|save|send|set|start|stop|suspend|uninstall|unblock|update|write|convertto|convertfrom|foreach|where|select|test';
const cmdlet = new RegExp(`^(?:${verbs})-[a-z]{3,}$`, 'i');

/** Names that the shell or another system reads in a way of its own. */
function noteOddNames(machine: Machine, text: string): void {
  const { reasons } = machine.findings;
  const c = text.charCodeAt(0);
  if (c === 33 || c === 94) reasons.add('history-expansion');
  if (c === 61 || c === 37) reasons.add('alias');
  const base = text.slice(Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\')) + 1).toLowerCase();
  const name = base.endsWith('.exe') ? base.slice(0, -4) : base;
  if (windowsPrograms.has(name) || /^[a-z]:(?!\/\/)/i.test(text)) reasons.add('windows-shell');
  else if (name.includes('-') && cmdlet.test(base) && !machine.scope.bindings.has(`${text}()`) && /[A-Z]/.test(text))
    reasons.add('windows-shell');
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
  const found = findProgram(name);
  if (found.name !== name) {
    findings.programs.add(name);
    findings.commands.add(name);
  }
  if (found.program !== undefined) return runProgram(machine, found.name, found.program, fields, io);
  return runUnknown(machine, name, fields, io);
}

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
  for (let i = 1; i < fields.length; i++) {
    const text = fields[i]?.text ?? '';
    if (text === '--' || !text.startsWith('-')) break;
    if (/^-[A-Za-z]{1,8}$/.test(text)) for (const letter of text.slice(1)) commands.add(`${name} -${letter}`);
  }
  return builtin(machine, fields, io);
}

function runAlias(machine: Machine, name: string, text: string, fields: readonly Field[], io: Io): void {
  machine.running.add(`${name}=`);
  const words = fields.slice(1).map((field) => `'${field.text.replaceAll("'", "'\\''")}'`);
  runShellText(machine, plainField([text, ...words].join(' ')), io);
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
  if (!usualPlace.test(first.text) && first.pattern === undefined) touch(machine, 'read', first);
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
