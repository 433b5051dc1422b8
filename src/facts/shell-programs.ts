import { findProgram } from './programs.js';
import { type Arguments, type OptionTable, optionTable, readArguments, rolesOf } from './programs-options.js';
import type { Program } from './programs-program.js';
import { applyRole, contentOfFile, runShellText, touch, touchMaybe, withoutContent } from './shell-actions.js';
import { type Call, hasFlag, isRecursive, passedOn } from './shell-call.js';
import { readCode } from './shell-code.js';
import { readClient, readConsole } from './shell-consoles.js';
import { noteDownload, takesUrl } from './shell-downloads.js';
import { fillsFiles, noteBuild, noteBuildFolders, noteFetchedFolder, noteMade, noteWorktree } from './shell-foreign.js';
import { guess, isCommand, isPipe, runPipe } from './shell-guesses.js';
import { handlers } from './shell-handlers.js';
import { isStdin } from './shell-handlers-interpreters.js';
import { readSettingText } from './shell-hosts.js';
import type { Io, Machine } from './shell-machine.js';
import { readManifests } from './shell-manifests.js';
import { noteFlags, noteOperands } from './shell-notes.js';
import { deviceLists, devicesListed, outputOf, wordPrinted } from './shell-outputs.js';
import { runOwnFiles } from './shell-own-files.js';
import { noteRanSources } from './shell-ran-sources.js';
import { noteSearch } from './shell-searches.js';
import { noteUnpacking } from './shell-unpacking.js';
import { below, type Field, fetchedOutput, type Output, plainField, unknownOutput } from './shell-values.js';

const nothing: Program = {};

/** Runs a program that the tables know. */
export function runProgram(machine: Machine, name: string, program: Program, fields: readonly Field[], io: Io): Output {
  const { commands, programs } = machine.findings;
  programs.add(name);
  commands.add(name);
  if (program.privileged === true) machine.findings.privileged = true;
  if (program.subcommands !== undefined || program.deep === true) {
    return runSubcommand(machine, name, name, program, fields, 1, io, []);
  }
  const table = optionTable(program.options ?? '', program.singleDash === true);
  const args = readArguments(fields, 1, table, program);
  noteFlags(
    machine,
    name,
    program.handler === 'find' || program.handler === 'fd' ? ownArguments(fields, table, program) : args,
  );
  return perform({ machine, name, command: name, program, fields, args, io });
}

/** Of a search only its own words: those of the commands that it runs are theirs. */
function ownArguments(fields: readonly Field[], table: OptionTable, program: Program): Arguments {
  const end = fields.findIndex(({ text }) => /^-(exec|execdir|ok|okdir|x|X|-exec|-exec-batch)$/.test(text));
  return readArguments(end < 0 ? fields : fields.slice(0, end + 1), 1, table, program);
}

/** Finds the subcommand and reads the rest by its table; nested subcommands likewise. */
function runSubcommand(
  machine: Machine,
  name: string,
  command: string,
  program: Program,
  fields: readonly Field[],
  from: number,
  io: Io,
  outer: readonly Arguments[],
): Output {
  const style = { stop: true, singleDash: program.singleDash };
  const args = readArguments(fields, from, optionTable(program.options ?? '', program.singleDash === true), style);
  noteFlags(machine, command, args);
  const at = args.positions[0];
  const word = args.operands[0];
  const call: Call = { machine, name, command, program, fields, args, io };
  if (word === undefined || at === undefined) return perform(call);
  if (isUnknownWord(word)) machine.findings.reasons.add('unknown-subcommand');
  const [sub, listed] = findSubcommand(program, word.text);
  if (listed === undefined && program.deep !== true) return runUnlisted(call, sub, word, at);
  if (listed === undefined) return runDeep(call, at, outer);
  const path = `${command} ${sub}`;
  noteBuildFolders(call, path);
  applyFlags(call);
  machine.findings.commands.add(path);
  const row = listed.operands === undefined && listed.handler === undefined ? { ...listed, operands: 'p*' } : listed;
  const shared = program.handler === 'git' ? '' : `${program.options ?? ''} `;
  const inner: Program =
    shared === '' && program.handler !== 'git' ? row : { ...row, options: shared + (row.options ?? '') };
  for (const one of [...outer, args]) noteFlags(machine, path, one);
  if (program.handler === 'git') return handlers.aroundGit(call, () => runGitSubcommand(call, path, inner, at));
  if (inner.subcommands !== undefined)
    return runSubcommand(machine, name, path, inner, fields, at + 1, io, [...outer, args]);
  const innerArgs = readArguments(fields, at + 1, optionTable(inner.options ?? '', inner.singleDash === true), inner);
  noteFlags(machine, path, innerArgs);
  if (shared !== '') noteShared(machine, name, listed, innerArgs);
  if (inner.deep === true) noteDeep(machine, path, innerArgs);
  return perform({ machine, name, command: path, program: inner, fields, args: innerArgs, io });
}

/** Flags of the program that stand after the subcommand count as if they stood before: `kubectl get --server=x`. */
function noteShared(machine: Machine, name: string, row: Program, args: Arguments): void {
  if (args.flags.length === 0) return;
  const program = findProgram(name).program ?? nothing;
  const outer = optionTable(program.options ?? '', program.singleDash === true).byName;
  const own = optionTable(row.options ?? '', row.singleDash === true).byName;
  const flags = args.flags.filter((flag) => outer.has(flag.name) && !own.has(flag.name));
  if (flags.length > 0) noteFlags(machine, name, { ...args, flags });
}

function runGitSubcommand(outer: Call, path: string, inner: Program, at: number): Output {
  const { machine, fields, io, name } = outer;
  if (inner.subcommands !== undefined) return runSubcommand(machine, name, path, inner, fields, at + 1, io, []);
  const args = readArguments(fields, at + 1, optionTable(inner.options ?? '', false), inner);
  noteFlags(machine, path, args);
  // Most operands of git are names of branches and commits, however much they look like paths.
  const program = inner.operands === 'p*' ? { ...inner, operands: 'x*' } : inner;
  const call: Call = { ...outer, command: path, program, args };
  const known = handlers.gitSubcommand(call);
  const printed = perform(call);
  return known ?? printed;
}

function isUnknownWord(word: Field): boolean {
  return word.unknown !== undefined || word.pattern !== undefined;
}

function findSubcommand(program: Program, text: string): readonly [string, Program | undefined] {
  const table = program.subcommands;
  if (table === undefined) return [text, undefined];
  if (!Object.hasOwn(table, text)) {
    const whole = program.abbreviates === true ? wholeName(table, text) : undefined;
    return whole === undefined ? [text, undefined] : findSubcommand(program, whole);
  }
  const row = table[text];
  if (typeof row !== 'string') return [text, row];
  const target = table[row];
  return [row, typeof target === 'string' ? undefined : target];
}

/** The only name that starts so; of several, those that mean the same are one. */
function wholeName(table: Readonly<Record<string, Program | string>>, start: string): string | undefined {
  if (start.length < 2) return undefined;
  const meant = new Set<string>();
  for (const [name, row] of Object.entries(table))
    if (name.startsWith(start)) meant.add(typeof row === 'string' ? row : name);
  return meant.size === 1 ? [...meant][0] : undefined;
}

function withoutHandler(program: Program): Program {
  const { handler: _, ...rest } = program;
  return rest;
}

/** What a subcommand that no table lists looks like. */
export const bareWord = /^[A-Za-z][\w:-]{0,40}$/;

/** A subcommand that the table does not list is still named, with the flags that follow. */
function runUnlisted(call: Call, sub: string, word: Field, at: number): Output {
  const { machine, fields, command, program } = call;
  const table = optionTable(program.options ?? '', program.singleDash === true);
  const args = readArguments(fields, at + 1, table, { singleDash: program.singleDash });
  if (bareWord.test(sub)) {
    const path = `${command} ${sub}`;
    machine.findings.commands.add(path);
    noteFlags(machine, path, args);
    noteFlags(machine, path, call.args);
    noteOperands({ ...call, command: path }, args);
  }
  if (program.handler === 'git') handlers.gitUnlisted(call, sub, args);
  else if (program.text !== true) guess({ ...call, args });
  const rest = { ...args, operands: [word, ...args.operands], flags: [...call.args.flags, ...args.flags] };
  return perform({ ...call, args: rest, program: program.handler === 'git' ? withoutHandler(program) : program });
}

/** Programs such as `aws`, where all leading bare words are subcommands. */
function runDeep(call: Call, at: number, outer: readonly Arguments[]): Output {
  const { machine, fields, command, program } = call;
  const table = optionTable(program.options ?? '', program.singleDash === true);
  const args = readArguments(fields, at, table, { singleDash: program.singleDash });
  noteDeep(machine, command, args);
  for (const path of deepPaths(command, args)) {
    for (const one of [...outer, call.args, args]) noteFlags(machine, path, one);
  }
  const all: Call = { ...call, args: { ...args, flags: [...call.args.flags, ...args.flags] } };
  if (program.text !== true) guess(all);
  return perform(all);
}

function noteDeep(machine: Machine, command: string, args: Arguments): void {
  for (const path of deepPaths(command, args)) machine.findings.commands.add(path);
}

function deepPaths(command: string, args: Arguments): readonly string[] {
  const paths: string[] = [];
  let path = command;
  for (const operand of args.operands.slice(0, 4)) {
    if (!bareWord.test(operand.text) || operand.unknown !== undefined) break;
    path += ` ${operand.text}`;
    paths.push(path);
  }
  return paths;
}

/** Applies the values of flags. */
function applyFlags(call: Call): void {
  const [folder] = call.args.operands;
  for (const { name, option, value: given } of call.args.flags) {
    if (given === undefined) continue;
    const isWithin = folder !== undefined && call.program.within?.includes(name) === true;
    const value = isWithin && !given.text.startsWith('/') ? below(folder, given) : given;
    if (option !== undefined) {
      // The value of an option without a role is text: a URL in a commit message contacts nobody.
      if (option.role === 'k') readSettingText(call, value);
      else if (option.role === 'w' && isPipe(value)) runPipe(call.machine, value);
      else if (option.role !== 'x') applyRole(call.machine, option.role, value);
      if (option.role === 'e') readCode(call.machine, value.text);
    } else if (isCommand(name, value)) runShellText(call.machine, value, call.io);
    else if (call.program.text !== true) touchMaybe(call.machine, value);
  }
}

/** Applies flags, then the program's own reader, then the roles of its operands. */
function perform(call: Call): Output {
  const { machine } = call;
  if (fillsFiles(call)) return performed(call);
  noteMade(call);
  return withoutContent(machine, () => performed(call));
}

function performed(call: Call): Output {
  const { program, args } = call;
  noteOperands(call, args);
  noteBuild(call);
  runOwnFiles(call);
  readManifests(call);
  noteRanSources(call);
  noteUnpacking(call);
  noteSearch(call);
  applyFlags(call);
  if (program.lists !== undefined) readListed(call, program.lists);
  readConsole(call);
  readClient(call);
  const handler = program.handler === undefined ? undefined : handlers.table[program.handler];
  const output = handler?.(call);
  if (output === undefined) applyOperands(call, isRecursive(program, args));
  noteFetchedFolder(call);
  noteWorktree(call);
  noteDownload(call);
  return output === undefined || output === 'filtered' ? outputOf(call) : output;
}

/** Reads the files of a list: `find … | cpio -o`, `tar -T list`, `wc --files0-from=-`. */
function readListed(call: Call, lists: readonly string[]): void {
  const { machine, args, io } = call;
  for (const { name, value } of args.flags) {
    if (!lists.includes(name)) continue;
    const fromInput = value === undefined || value.text === '-' || isStdin(value);
    const list = fromInput ? io.stdin : (value.stream ?? contentOfFile(machine, value));
    for (const path of list?.paths ?? []) touch(machine, 'read', path);
    for (const path of (list?.text ?? '').split(/[\n\0]/).slice(0, 4096))
      if (path !== '') touch(machine, 'read', plainField(path));
    if (list?.text === undefined) machine.findings.dynamicPaths = true;
  }
}

function applyOperands(call: Call, recursive: boolean): void {
  const { machine, program, args } = call;
  const { operands } = args;
  // `rm $FLAGS $DIR` may delete folders.
  if (call.name === 'rm' && operands.length > 1 && operands[0]?.text === '' && operands[0].unknown === 'variable')
    machine.findings.reasons.add('unknown-flags');
  const roles = rolesOf(program.operands ?? 'm*');
  // A pattern given by a flag leaves no operand for it.
  const patternGiven =
    program.text === true && roles.lead[0] === 'x' && roles.rest === 'r' && hasFlag(call, '-e', '-f', '--files');
  const lead = patternGiven ? 0 : roles.lead.length;
  const tail = Math.max(Math.min(lead, operands.length), operands.length - roles.tail.length);
  for (let i = 0; i < operands.length; i++) {
    const field = operands[i];
    const role = i < lead ? roles.lead[i] : i >= tail && roles.tail.length > 0 ? roles.tail[i - tail] : roles.rest;
    if (field === undefined || role === undefined) continue;
    if (role === 'x' && program.text === true) continue;
    applyRole(machine, role, namesOnly.has(call.name) ? folderOf(field) : field, recursive);
  }
  const used = operands.length - lead;
  const isSearch = program.text === true && recursive;
  if (used <= 0 && (program.idle !== undefined || isSearch)) {
    if (isSearch && call.io.stdin !== undefined) return;
    touch(machine, program.idle === 'w' ? 'written' : 'read', plainField('.'), recursive);
  }
}

/** Programs that show names, sizes and dates, and nothing of what is in a file. */
const namesOnly = new Set(['ls', 'dir', 'vdir', 'll', 'la', 'eza', 'exa', 'lsd', 'du', 'stat']);

/** The folder in which names are looked up by a pattern, which reads none of the files. */
function folderOf(field: Field): Field {
  const start = /^(?:[^*?[{\\]|\\.)*/.exec(field.pattern ?? '')?.[0] ?? '';
  const slash = start.lastIndexOf('/');
  if (field.pattern === undefined || field.unknown !== undefined || start === field.pattern) return field;
  return plainField(slash < 0 ? '.' : start.slice(0, slash + 1).replace(/\\(.)/g, '$1'));
}

/** Runs a program that no table knows: its flags are named as they are, and words that look like paths are read. */
export function runUnknown(machine: Machine, name: string, fields: readonly Field[], io: Io): Output {
  const { commands, programs } = machine.findings;
  programs.add(name);
  commands.add(name);
  const args = readArguments(fields, 1, optionTable('', true), { singleDash: true });
  noteFlags(machine, name, args);
  const [word] = args.operands;
  if (word !== undefined && word.unknown === undefined && bareWord.test(word.text)) {
    commands.add(`${name} ${word.text}`);
    noteFlags(machine, `${name} ${word.text}`, args);
  }
  const call: Call = { machine, name, command: name, program: nothing, fields, args, io };
  noteOperands(call, args);
  noteRanSources(call);
  noteUnpacking(call);
  applyFlags(call);
  guess(call);
  readConsole(call);
  readClient(call);
  runOwnFiles(call);
  readManifests(call);
  for (const field of args.operands) touchMaybe(machine, field);
  noteFetchedFolder(call);
  noteDownload(call);
  if (deviceLists.has(name)) return devicesListed;
  const printed = wordPrinted(name, fields);
  if (printed !== undefined) return printed;
  if (io.stdin !== undefined) return passedOn(call, undefined);
  return takesUrl(args) ? fetchedOutput : unknownOutput;
}
