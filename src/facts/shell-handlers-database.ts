import { isLoopback, isPassingName } from './local-names.js';
import {
  applyRole,
  contactPlace,
  contactStore,
  contactUrl,
  contentOfFile,
  isUrl,
  runShellText,
  touch,
  touchMaybe,
} from './shell-actions.js';
import type { Call, Handler } from './shell-call.js';
import { readCode } from './shell-code.js';
import { noteLoaded } from './shell-consoles.js';
import { noteRun } from './shell-foreign.js';
import { type Machine, spend, valuesOfVariable } from './shell-machine.js';
import { runWritten } from './shell-own-files.js';
import { kindOfDatabase, noteVerb } from './shell-statements.js';
import { type Field, hole, type Output, plainField, textOutput, unknownOutput } from './shell-values.js';
import { madeStatements } from './sql-making.js';

/** Database clients: the kind of each statement is named like a subcommand, as in `psql drop`. */
export const sql: Handler = (call) => {
  const { machine, name, args, io } = call;
  const texts = args.flags.filter((flag) => flag.option?.role === 'q').map((flag) => flag.value);
  const operands =
    name === 'sqlite3'
      ? args.operands.slice(1)
      : /^(psql|mysql|mariadb|mycli|pgcli|litecli|usql|duckdb|cqlsh)$/.test(name)
        ? args.operands.slice(name === 'duckdb' ? 1 : args.operands.length)
        : args.operands;
  for (const text of [...texts, ...operands]) if (text !== undefined) readStatements(call, text);
  for (const { name: flag, option, value } of args.flags)
    if (value !== undefined && option?.role === 'r' && scriptFlags.has(flag)) readScript(call, value);
  noteInput(call);
  if (io.stdin?.fetched === true || io.stdin?.decoded === true) {
    machine.findings.pipesToInterpreter = true;
    machine.findings.reasons.add(io.stdin.fetched ? 'script-from-network' : 'decoded-into-interpreter');
  }
  if (io.stdin !== undefined)
    readStatements(call, {
      ...plainField(io.stdin.text ?? io.stdin.partial ?? ''),
      unknown: undefined,
    });
  const [database] = args.operands;
  if (database !== undefined && isUrl(database.text)) contactUrl(machine, database);
  else if (database !== undefined && name === 'sqlite3') applyRole(machine, 'a', database);
  else if (database !== undefined) contactStore(machine, database);
  return printedBy([...texts, ...operands], io.stdin?.text);
};

/** What a client prints is not known, but for the statements that a query makes up. */
function printedBy(texts: readonly (Field | undefined)[], fed: string | undefined): Output {
  for (const text of [...texts.map((field) => field?.text), fed]) {
    const made = text === undefined ? undefined : madeStatements(text);
    if (made !== undefined) return { ...textOutput(made), assumed: true };
  }
  return unknownOutput;
}

/** Flags by which clients are told a file of statements; others name certificates and settings. */
const scriptFlags = new Set(['-f', '-i', '-init', '--queries-file', '--eval', '-Q']);

/** A file of statements that a client runs. */
function readScript(call: Call, file: Field): void {
  const { machine } = call;
  // A file may name itself again.
  if (!spend(machine, 500)) return;
  noteRun(machine, file);
  const content = file.stream ?? contentOfFile(machine, file);
  if (content?.fetched === true) machine.findings.reasons.add('script-from-network');
  const text = content?.text ?? content?.partial;
  if (text !== undefined) readStatements(call, plainField(text));
}

/** Clients that run scripts of a language of their own: mongosh, redis-cli. */
export const scripts: Handler = (call) => {
  const { machine, args, name } = call;
  for (const { name: flag, value } of args.flags)
    if (value !== undefined && scriptFlags.has(flag) && (flag !== '--eval' || name === 'redis-cli'))
      noteRun(machine, value);
  for (const { name: flag, value } of args.flags)
    if (flag === '--eval' && value !== undefined) noteLoaded(call, value.text);
  for (const field of args.operands) {
    const isScript = /\.(?:m?js|mongodb|lua)$/.test(field.text);
    if (isScript) noteRun(machine, field);
    if (isScript && name.startsWith('mongo')) runWritten(machine, 'code', field.text);
    if (!name.startsWith('mongo')) continue;
    // A name without a dot or a colon is that of a database on this machine.
    if (isScript) touch(machine, 'read', field);
    else if (/[.:/]/.test(field.text) || field.unknown !== undefined) contactPlace(machine, field);
  }
  noteInput(call);
  readFed(call);
  return undefined;
};

/** More lines of commands are not read. */
const mostLines = 512;

/** What comes in: commands of redis, each as if it were given as words, or code for a document store. */
function readFed(call: Call): void {
  const { machine, name, args, io } = call;
  const text = io.stdin?.text ?? io.stdin?.partial;
  if (text === undefined || !spend(machine, 1 + (text.length >> 5))) return;
  if (name.startsWith('mongo')) {
    machine.findings.reasons.add('other-language');
    readCode(machine, text);
    noteLoaded(call, text);
    return;
  }
  if (args.operands.length > 0) return;
  const lines = text.split('\n');
  if (lines.length > mostLines) machine.findings.reasons.add('unknown-statement');
  for (const line of lines.slice(0, mostLines)) {
    const words = line.match(/"[^"]*"|'[^']*'|\S+/g)?.map((word) => word.replace(/^(["'])(.*)\1$/, '$2'));
    if (words !== undefined) machine.runFields([name, ...words].map(plainField), { stdin: undefined });
  }
}

/** A file that comes in is one of ours even when the client runs in a container. */
function noteInput({ machine, io }: Call): void {
  const file = io.stdin?.file;
  if (file === undefined) return;
  const { remote } = machine;
  machine.remote = 0;
  noteRun(machine, file);
  machine.remote = remote;
}

function readStatements(call: Call, text: Field): void {
  const { machine, name } = call;
  if (text.unknown !== undefined && (text.text === '' || text.text === hole)) {
    machine.findings.reasons.add('unknown-statement');
    return;
  }
  // Pieces of a text that are put together are read as one, as by `'DR' || 'OP'` and `'flush' .. 'all'`.
  const sqlText = text.text
    .replace(/'(?:[^']|'')*'|--[^\n]*|\/\*[\s\S]*?\*\//g, (piece) => (piece.startsWith("'") ? piece : ' '))
    // A client's own command ends with its line.
    .replace(/^[ \t]*[\\.][a-z!][^\n]*$/gim, '$&;')
    .replace(/(['"])[ \t]{0,8}(?:\|\||\.\.|\+)[ \t]{0,8}\1/g, '');
  const kind = kindOfDatabase(call);
  if (kind !== 'test') noteInnerStatement(machine, name, sqlText);
  // What a query prints is run as further statements.
  if (/\\gexec\b/.test(sqlText)) machine.findings.reasons.add('eval');
  // A command in backticks stands for what it prints in the client's own commands.
  if (/^(?:psql|pgcli|usql)$/.test(name))
    for (const [, command = ''] of sqlText.matchAll(/\\[a-z]+[^\n`]{0,200}`([^`\n]+)`/gi))
      runShellText(machine, plainField(command), { stdin: undefined });
  const statements = sqlText.split(';');
  if (statements.length > 4096) machine.findings.reasons.add('unknown-statement');
  for (const statement of statements.slice(0, 4096)) {
    const words = statement.trim().split(/\s+/, 3);
    const verb = (words[0] ?? '').toLowerCase();
    if (/^[a-z]{2,12}$/.test(verb)) noteVerb(machine, name, verb, statement, kind);
    const shell = /(?:^|\s)(?:\\!|\.shell|\.system|system)\s+(.+)/is.exec(statement)?.[1];
    if (shell !== undefined && /\\!|^\s*\.|^\s*system/i.test(statement))
      runShellText(machine, plainField(shell), { stdin: undefined });
    readFilesOfStatement(machine, statement);
    const dot =
      /^\s*(?:\.(?:import|read|output|once|open|backup|restore|load|excel)|\\[iowg.]|\\ir|source)\s+(\S.*)/is.exec(
        statement,
      )?.[1];
    if (dot !== undefined) touchOrRun(call, dot.trim(), /^\s*(?:\.read|\\i|source|\\\.)/i.test(statement));
    if (/\bload_extension\s*\(|^\s*\.load\b|\bexecutable\s*\(/i.test(statement))
      machine.findings.reasons.add('preloaded-code');
  }
}

/** dropdb is named as the statement that it sends: `dropdb drop`, or `dropdb drop-test` for a database of tests. */
export const dropdb: Handler = ({ machine, name, args }) => {
  const hosts = args.flags.filter(({ name: flag }) => flag === '-h').map(({ value }) => value?.text ?? '');
  if (hosts.length === 0 && machine.scope.bindings.has('$PGHOST'))
    hosts.push(...valuesOfVariable(machine, 'PGHOST').map(({ text }) => text));
  const isHere = hosts.every(
    (host) => isLoopback(host) || /^\/[\w./-]*$/.test(host) || (machine.remote > 0 && /^\w+$/.test(host)),
  );
  const isPassing =
    isHere && args.operands.length > 0 && args.operands.every(({ text, gap }) => gap !== 0 && isPassingName(text));
  machine.findings.commands.add(isPassing ? `${name} drop-test` : `${name} drop`);
  return undefined;
};

/** A file, or a command after `|`, that a command of a client names. */
function touchOrRun(call: Call, words: string, isScript: boolean): void {
  const { machine } = call;
  const command = /^['"]?\|\s*(.*?)['"]?$/s.exec(words)?.[1];
  if (command !== undefined) return void runShellText(machine, plainField(command), { stdin: undefined });
  const file = plainField(words.split(/\s/, 1)[0]?.replace(/^['"]|['"]$/g, '') ?? '');
  applyRole(machine, isScript ? 'r' : 'a', file);
  if (isScript) readScript(call, file);
}

/** A file in quotes anywhere in a statement; one after these words is written. */
const quotedFile = /((?:\bto|\binto|\bwritefile|\boutfile|\bdumpfile)\s*\(?\s*)?'((?:~|\.{0,2})\/[^'\n]{1,512})'/gi;

/** Words of SQL before a command or a file in quotes. */
const outerWords =
  /\b(?:program|pg_read_file|pg_read_binary_file|pg_ls_dir|load_file|lo_import|readfile|copy|outfile|dumpfile|infile)\b/gi;

/** Commands and files that a statement names, looked for near the words that say so. */
function readFilesOfStatement(machine: Machine, statement: string): void {
  let count = 0;
  for (const [, before = '', path = ''] of statement.matchAll(quotedFile)) {
    if (++count > 64) return void machine.findings.reasons.add('unknown-statement');
    applyRole(machine, before === '' ? 'r' : 'w', plainField(path));
  }
  for (const { index } of statement.matchAll(outerWords)) {
    if (++count > 64) return void machine.findings.reasons.add('unknown-statement');
    const near = statement.slice(index, index + 512);
    const program = /^program\s+'((?:[^']|'')*)'/i.exec(near)?.[1];
    if (program !== undefined) runShellText(machine, plainField(program.replaceAll("''", "'")), { stdin: undefined });
    const file =
      /^\w+\s*\(\s*'([^']*)'/.exec(near)?.[1] ??
      /^copy\b[^']*\b(?:from|to)\s+'([^']*)'/i.exec(near)?.[1] ??
      /^(?:out|dump|in)file\s+'([^']*)'/i.exec(near)?.[1];
    if (file !== undefined) touchMaybe(machine, plainField(file));
  }
}

/** A statement that deletes, in a text that another statement runs. */
const innerStatement =
  /\b(?:execute|prepare|sp_executesql|do)\b[\s\S]{0,400}?['"\s$](drop|truncate|delete)\s+(table|schema|database|from|role|user|index|view)\b/i;

function noteInnerStatement(machine: Machine, name: string, text: string): void {
  const [, verb, object] = innerStatement.exec(text) ?? [];
  if (verb === undefined || object === undefined) return;
  machine.findings.commands.add(`${name} ${verb.toLowerCase()}`).add(`${name} ${verb} ${object}`.toLowerCase());
}
