import { isPassingName, isPassingStore, isTestName } from './local-names.js';
import type { Call } from './shell-call.js';
import { type Machine, valuesOfVariable } from './shell-machine.js';
import { isOwnFile, localHost } from './shell-rehearsals.js';
import { isSet } from './shell-test-databases.js';
import type { Field } from './shell-values.js';

/** Whether what a client connects to is there to be thrown away or to be worked on, or at least lies on this machine. */
export type DatabaseKind = 'test' | 'development' | 'local' | 'file' | 'unknown';

const droppedWhole =
  /^\s*drop\s+(?:database|schema|keyspace)\s+(?:if\s+exists\s+)?([\x60"[]?)([\w\uffff-]+)[\x60"\]]?(?:\s+(?:with\s*\(\s*force\s*\)|cascade))?\s*$/i;
const testFile = /(?:^|[._-])(?:tests?|testing|tmp|temp|scratch)(?:[._-]|\d|$)/i;
/** What takes a client to another database. */
const elsewhere = /(?:^|[;\n])\s*(?:\\c(?:onnect)?\b|use\s|connect\s|\.open\b|attach\b)/i;
const real = /prod|live|stag|backup/i;

/** A file of which the name is not known, where everybody's temporary files are. */
const madeTemporary = /^\/(?:var\/|private\/)?tmp\/(?!.*\.\.)[\w./*\uffff-]+$/;

/** Whether what is known of a word says that it is temporary, or of tests or of development. */
function isPassingField({ text, gap }: Field): boolean {
  return gap === undefined && (madeTemporary.test(text) || isPassingName(text) || isPassingStore(text));
}

/** The database that the script sets for clients that are told none. */
function setDatabase(machine: Machine, name: string): string {
  const values =
    /^(?:psql|pgcli)$/.test(name) && isSet(machine, 'PGDATABASE', /./) ? valuesOfVariable(machine, 'PGDATABASE') : [];
  return values.length === 1 ? (values[0]?.text ?? '') : '';
}

/** What a client of databases is told to connect to. */
export function kindOfDatabase(call: Call): DatabaseKind {
  const { machine, name, args, io } = call;
  const texts = [
    io.stdin?.text ?? io.stdin?.partial,
    ...args.flags.map(({ value }) => value?.text),
    ...args.operands.map(({ text }) => text),
  ];
  if (texts.some((text) => text !== undefined && elsewhere.test(text))) return 'unknown';
  const [first] = args.operands;
  const [, ...others] = args.operands;
  if (others.some(({ unknown }) => unknown !== undefined) || (first?.unknown !== undefined && !isPassingField(first)))
    return 'unknown';
  if (/^(?:sqlite3|duckdb|litecli)$/.test(name)) {
    const path = first?.text ?? '';
    if (path === ':memory:') return 'test';
    if (madeTemporary.test(path)) return 'test';
    if (path === '' || machine.remote > 0 || !isOwnFile(machine, path) || real.test(path)) return 'unknown';
    const file = path.slice(path.lastIndexOf('/') + 1);
    return testFile.test(file) ? 'test' : 'file';
  }
  const hosts = args.flags
    .filter(({ name: flag }) => /^(?:-h|--host)$/.test(flag))
    .map(({ value }) => value?.text ?? '');
  const given = args.flags
    .filter(({ name: flag }) => /^(?:-d|-D|--dbname|--database)$/.test(flag))
    .map(({ value }) => value);
  const database = (given.length > 0 ? given.at(-1) : first)?.text ?? setDatabase(machine, name);
  const url = /^\w+:\/\/(?:[^@/]*@)?([^/:?]*)(?::\d+)?\/([\w\uffff-]+)/.exec(database);
  if (given.length > 1 || (url === null && /[:/=\s]/.test(database))) return 'unknown';
  if (url !== null) hosts.push(url[1] ?? '');
  const isLocal =
    hosts.every((host) => localHost.test(host)) &&
    (!machine.scope.bindings.has('$PGHOST') || isSet(machine, 'PGHOST', localHost));
  if (!isLocal) return 'unknown';
  const own = url?.[2] ?? database;
  if (isPassingName(own)) return isTestName(own) ? 'test' : 'development';
  return hosts.length > 0 || machine.remote > 0 ? 'local' : 'unknown';
}

const dropped =
  /^\s*drop\s+(?:table|view|index|sequence|type|trigger|materialized\s+view)\s+(?:if\s+exists\s+)?([^;]*?)(?:\s+(?:cascade|restrict))?\s*$/i;
const temporaryName = /^["\x60]?(?:tmp|temp)_\w+["\x60]?$/i;
/** Conditions that hold for some rows only. */
const someRows =
  /\bwhere\b(?!\s+(?:1\s*=\s*1|true|1\b(?!\s*=)|\w+\s*(?:>=?\s*0|<>|!=|is\s+not))\b)[\s\S]*(?:=|<|>|\bin\b|\blike\b|\bbetween\b)/i;

/** Whether a statement takes away nothing that was to stay. */
function losesLittle(kind: DatabaseKind, verb: string, statement: string): boolean {
  if (!/^(?:drop|truncate|delete)$/.test(verb) || kind === 'unknown') return false;
  const names = dropped.exec(statement)?.[1]?.split(/\s*,\s*/);
  if (names?.every((name) => temporaryName.test(name)) === true) return true;
  if (kind === 'local') return false;
  if (kind === 'file') return verb === 'delete' && someRows.test(statement);
  // A name of two parts may be of another database.
  if (/\b(?:from|table|truncate|exists|view|index)\s+["\x60]?\w+["\x60]?\.(?!\w+\()/i.test(statement)) return false;
  return names !== undefined || verb !== 'drop';
}

/** Names a statement by its verb and object; `drop-test` and its like for a database of tests or of development, `update all` for one without `where`. */
export function noteVerb(machine: Machine, name: string, verb: string, statement: string, kind: DatabaseKind): void {
  const { commands } = machine.findings;
  const [, first = '', second = ''] = statement.trim().toLowerCase().split(/\s+/, 3);
  if ((verb === 'drop' && isPassingName(droppedWhole.exec(statement)?.[2] ?? '')) || losesLittle(kind, verb, statement))
    return void commands.add(`${name} ${verb}-test`);
  commands.add(`${name} ${verb}`);
  const object = first === 'global' || first === 'or' ? second : first;
  if (
    /^(table|database|schema|user|role|index|view|from|into|system|policy|extension|function|procedure|trigger|event|server|publication|subscription|group|all|global|session|password|rights|rows)$/.test(
      object,
    )
  )
    commands.add(`${name} ${verb} ${object}`);
  if (first === 'global') commands.add(`${name} ${verb} global`);
  if (verb === 'update' && /\bset\b/i.test(statement) && !/\bwhere\b(?!\s+(?:1\s*=\s*1|true)\b)/i.test(statement))
    commands.add(`${name} update all`);
  if (
    verb === 'alter' &&
    /\b(?:superuser|bypassrls|createrole|disable\s+row\s+level|no\s+force\s+row|owner\s+to|disable\s+trigger)\b/i.test(
      statement,
    )
  )
    commands.add(`${name} alter rights`);
  if (verb === 'alter' && /\balter\s+table\s+\S+\s+(?:delete|update|drop)\b/i.test(statement))
    commands.add(`${name} alter rows`);
  if (verb === 'update' && /\b(?:mysql\.(?:user|global_priv|db)|pg_(?:authid|shadow|class|proc))\b/i.test(statement))
    commands.add(`${name} update rights`);
}
