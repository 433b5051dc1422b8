import { EFFECTS, programEffects, type RowKind } from './programs-effects-table.js';
import { contentOfFile } from './shell-actions.js';
import { noteRun } from './shell-foreign.js';
import { type Machine, valuesOfVariable } from './shell-machine.js';
import { takenBack, takesNext } from './shell-rehearsals.js';
import { type Field, plainField } from './shell-values.js';

/** The rows of a program, ready to be used. */
interface Rules {
  /** Found wherever one of the rows is. */
  readonly any: RegExp | undefined;
  readonly rows: readonly (readonly [kind: RowKind, pattern: RegExp])[];
  /** What only matters where the environment is that of production. */
  readonly task: RegExp | undefined;
  readonly only: readonly string[] | undefined;
}

const ROW_KINDS: readonly RowKind[] = [...EFFECTS, 'run-remote', 'run-file'];

const known = new Map<string, Rules | undefined>(Object.keys(programEffects).map((name) => [name, undefined]));

function rulesOf(name: string): Rules | undefined {
  const rules = known.get(name);
  if (rules !== undefined || !known.has(name)) return rules;
  const sources = programEffects[name] ?? {};
  const { 'database-task': task, only } = sources;
  const rows = ROW_KINDS.flatMap((kind): [RowKind, string][] => {
    const source = sources[kind];
    return source === undefined ? [] : [[kind, source]];
  });
  const made: Rules = {
    any: rows.length === 0 ? undefined : new RegExp(rows.map(([, source]) => source).join('|')),
    rows: rows.map(([kind, source]) => [kind, new RegExp(source)]),
    task: task === undefined ? undefined : new RegExp(task),
    only: only?.split(' '),
  };
  known.set(name, made);
  return made;
}

/** Words with which a command only shows what it would do, or how it is used. */
const shows = /^(?:--dry-?run(?:=(?:true|client|server))?|--dryRun|--help|--list-only|--plan)$/;
/** No command that people write has more words; the rest is not searched. */
const longest = 4096;
/** Programs whose words may be another program, of a package or of a version that they keep. */
const forwarders = new Set(['pnpm', 'yarn', 'bun', 'fvm']);

/** Adds to the facts what a program is known to do, by the table of effects. */
export function noteEffects(machine: Machine, name: string, fields: readonly Field[]): void {
  const [, second] = fields;
  if (second !== undefined && forwarders.has(name) && known.has(second.text))
    noteEffects(machine, second.text, fields.slice(1));
  const rules = rulesOf(name);
  if (rules === undefined || (rules.only !== undefined && !hasOne(fields, rules.only))) return;
  const mayTask = rules.task !== undefined && mayBeProduction(machine, fields);
  if (rules.any === undefined && !mayTask) return;
  let text = ' ';
  for (let i = 1; i < fields.length && text.length < longest; i++) text += `${fields[i]?.text ?? ''} `;
  if (text.length > longest) text = text.slice(0, longest);
  machine.budget -= text.length >> 6;
  const isTask = mayTask && rules.task?.test(text) === true;
  if (!isTask && rules.any?.test(text) !== true) return;
  const words = ownWords(fields);
  if (onlyShows(fields, words)) return;
  if (isTask && namesProduction(machine, words)) machine.findings.effects.add('change-production');
  for (const [kind, pattern] of rules.rows) {
    const found = pattern.exec(text);
    if (found !== null) apply(machine, kind, found, words);
  }
}

/** Whether one of the words that a program's rows ask for is there. */
function hasOne(fields: readonly Field[], wanted: readonly string[]): boolean {
  for (let i = 1; i < fields.length; i++) {
    const text = fields[i]?.text ?? '';
    for (const one of wanted)
      if (one.startsWith('/') ? text.includes(one) : text.endsWith(one) && isBase(text, one)) return true;
  }
  return false;
}

function isBase(text: string, base: string): boolean {
  return text.length === base.length || text[text.length - base.length - 1] === '/';
}

/** Whether the words say so, and none of them may say otherwise. */
function onlyShows(fields: readonly Field[], words: readonly string[]): boolean {
  return (
    words.some((word, i) => shows.test(word) && !takesNext.test(words[i - 1] ?? '')) &&
    !words.some((word) => takenBack.test(word)) &&
    fields.every(({ unknown }) => unknown === undefined)
  );
}

/** The words of a program up to those that it passes on. */
function ownWords(fields: readonly Field[]): readonly string[] {
  const words = fields.slice(1).map(({ text }) => text);
  const end = words.indexOf('--');
  return end < 0 ? words : words.slice(0, end);
}

function apply(machine: Machine, kind: RowKind, found: RegExpExecArray, words: readonly string[]): void {
  const { effects, hosts, reasons } = machine.findings;
  switch (kind) {
    case 'run-remote':
      reasons.add('script-from-network');
      return;
    case 'run-file':
      return runFile(machine, plainField(found[1] ?? ''));
    case 'reset-database':
      if (namesProduction(machine, words) || !namesTests(machine, words)) effects.add(kind);
      return;
    case 'push-elsewhere':
      effects.add(kind);
      // What is no URL is contacted by nobody's reader.
      if (!found[0].includes('://')) hosts.add('unknown');
      return;
    default:
      effects.add(kind);
  }
}

/** A file whose code another program runs. */
function runFile(machine: Machine, file: Field): void {
  noteRun(machine, file);
  if (contentOfFile(machine, file)?.fetched === true) machine.findings.reasons.add('script-from-network');
}

/** Variables that name the environment, whatever the tool. */
const environments =
  'RAILS_ENV RACK_ENV NODE_ENV APP_ENV MIX_ENV DJANGO_SETTINGS_MODULE DJANGO_ENV FLASK_ENV ALEMBIC_ENV ASPNETCORE_ENVIRONMENT DOTNET_ENVIRONMENT ENV ENVIRONMENT DATABASE_URL'.split(
    ' ',
  );
const production = /(?:^|[=:._/@-])(?:prod|production|prd)(?:$|[=:._/@-])/i;
const tests =
  /(?:^|[=:._/@-])(?:tests?|testing|localhost|127\.0\.0\.1|sqlite3?|memory|dev|development|local)(?:$|[=:._/@-])/i;

/** What rules most commands out at once. */
function mayBeProduction({ scope }: Machine, fields: readonly Field[]): boolean {
  return scope.bindings.size > 0 || fields.some(({ text }) => /pro?d/i.test(text));
}

function namesProduction(machine: Machine, words: readonly string[]): boolean {
  return (
    words.some((word) => production.test(word)) ||
    anyValue(machine, environments, production) ||
    // Rails is told that it may be.
    anyValue(machine, ['DISABLE_DATABASE_ENVIRONMENT_CHECK'], /^[1ty]/i)
  );
}

function namesTests(machine: Machine, words: readonly string[]): boolean {
  return words.some((word) => tests.test(word)) || anyValue(machine, environments, tests);
}

function anyValue(machine: Machine, names: readonly string[], value: RegExp): boolean {
  if (machine.scope.bindings.size === 0) return false;
  return names.some(
    (name) =>
      machine.scope.bindings.has(`$${name}`) && valuesOfVariable(machine, name).some(({ text }) => value.test(text)),
  );
}
