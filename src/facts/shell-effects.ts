import { programEffects } from './programs-effects-table.js';
import { contentOfFile } from './shell-actions.js';
import { noteRun } from './shell-foreign.js';
import { type Machine, spend, valuesOfVariable } from './shell-machine.js';
import { type Field, plainField } from './shell-values.js';

/** A row of the table, ready to be used. */
interface Rule {
  readonly kind: string;
  readonly pattern: RegExp;
}

const rules = new Map<string, readonly Rule[]>();

function rulesOf(name: string): readonly Rule[] | undefined {
  if (!Object.hasOwn(programEffects, name)) return undefined;
  let known = rules.get(name);
  if (known === undefined) {
    known = Object.entries(programEffects[name] ?? {}).map(([kind, source]) => ({ kind, pattern: new RegExp(source) }));
    rules.set(name, known);
  }
  return known;
}

/** Words with which a command only shows what it would do, or how it is used. */
const shows = /^(?:--dry-?run(?:=(?:true|client|server))?|--dryRun|--help|--list-only)$/;
/** What takes that back. */
const takenBack = /^--no-dry|=(?:false|none|0|no|off)$/i;
/** No command that people write has more words; the rest is not searched. */
const longest = 8192;
/** Package managers that run a program of a package by its name. */
const forwarders = new Set(['pnpm', 'yarn', 'bun']);

/** Adds to the facts what a program is known to do, by the table of effects. */
export function noteEffects(machine: Machine, name: string, fields: readonly Field[]): void {
  const own = rulesOf(name);
  const [, second] = fields;
  if (second !== undefined && forwarders.has(name) && rulesOf(second.text) !== undefined)
    noteEffects(machine, second.text, fields.slice(1));
  if (own === undefined) return;
  const words = fields.slice(1).map(({ text }) => text);
  const end = words.indexOf('--');
  const before = end < 0 ? words : words.slice(0, end);
  if (before.some((word) => shows.test(word)) && !before.some((word) => takenBack.test(word))) return;
  const text = ` ${words.length === 0 ? '' : `${words.join(' ').slice(0, longest)} `}`;
  if (!spend(machine, 1 + (text.length >> 6))) return;
  for (const { kind, pattern } of own) {
    const found = pattern.exec(text);
    if (found !== null) apply(machine, kind, found, before);
  }
}

function apply(machine: Machine, kind: string, found: RegExpExecArray, words: readonly string[]): void {
  const { effects, hosts, reasons } = machine.findings;
  switch (kind) {
    case 'run-remote':
      reasons.add('script-from-network');
      return;
    case 'run-file':
      return runFile(machine, plainField(found[1] ?? ''));
    case 'database-task':
      if (namesProduction(machine, words)) effects.add('change-production');
      return;
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
