import type { CommandNode, CompoundList } from 'unbash';
import { type Field, hole, plainField, unknownField } from './shell-values.js';

/** What a name stands for at one point of a script. */
export type Binding =
  /** A variable; more than one value when it depends on which branch ran. */
  | { readonly kind: 'values'; readonly values: readonly Field[] }
  /** An array, or the positional parameters. */
  | { readonly kind: 'items'; readonly items: readonly Field[]; readonly whole: boolean }
  | { readonly kind: 'function'; readonly body: CommandNode | CompoundList; readonly certain: boolean }
  | { readonly kind: 'alias'; readonly text: string }
  /** The folders the script may be in; none when that is unknown. */
  | { readonly kind: 'folders'; readonly folders: readonly string[] };

/**
 * The names of a script, with a log of changes so that a subshell can be undone and a branch merged without copying.
 * Keys are `$name` for variables, `name()` for functions, `name=` for aliases and `.` for the current folder.
 */
export interface Scope {
  readonly bindings: Map<string, Binding>;
  readonly log: { readonly key: string; readonly before: Binding | undefined }[];
  /** Above zero while changes must be logged: inside a subshell or a branch. */
  watched: number;
}

/** A scope without any names. */
export function createScope(): Scope {
  return { bindings: new Map(), log: [], watched: 0 };
}

/** Gives a key a meaning, or takes it away. */
export function bind(scope: Scope, key: string, binding: Binding | undefined): void {
  if (scope.watched > 0) scope.log.push({ key, before: scope.bindings.get(key) });
  if (binding === undefined) scope.bindings.delete(key);
  else scope.bindings.set(key, binding);
}

/** Runs something whose changes are forgotten afterwards, as in `( … )`. */
export function isolated<T>(scope: Scope, run: () => T): T {
  const mark = scope.log.length;
  scope.watched++;
  const result = run();
  scope.watched--;
  while (scope.log.length > mark) {
    const change = scope.log.pop();
    if (change === undefined) break;
    if (change.before === undefined) scope.bindings.delete(change.key);
    else scope.bindings.set(change.key, change.before);
  }
  return result;
}

/** Runs something that may not run at all; afterwards each name has what it had before and what it was given. */
export function perhaps<T>(scope: Scope, run: () => T): T {
  const mark = scope.log.length;
  scope.watched++;
  const result = run();
  scope.watched--;
  const seen = new Set<string>();
  for (let i = mark; i < scope.log.length; i++) {
    const change = scope.log[i];
    if (change === undefined || seen.has(change.key)) continue;
    seen.add(change.key);
    const merged = mergeBindings(change.key, change.before, scope.bindings.get(change.key));
    if (merged === undefined) scope.bindings.delete(change.key);
    else scope.bindings.set(change.key, merged);
  }
  // Only an enclosing subshell or branch still needs the log.
  if (scope.watched === 0) scope.log.length = mark;
  return result;
}

/**
 * Runs steps of which each happens only after the one before, and any may be the last, as in `a && b && c`; afterwards a
 * name has what it had before and what it had after each step.
 */
export function chained(scope: Scope, runs: readonly (() => void)[]): void {
  const start = scope.log.length;
  const after = new Map<string, Binding | undefined>();
  scope.watched++;
  for (const run of runs) {
    const mark = scope.log.length;
    run();
    for (const key of keysSince(scope, mark)) {
      const now = scope.bindings.get(key);
      after.set(key, after.has(key) ? mergeBindings(key, after.get(key), now) : now);
    }
  }
  scope.watched--;
  const first = new Map<string, Binding | undefined>();
  for (let i = scope.log.length - 1; i >= start; i--) first.set(scope.log[i]?.key ?? '', scope.log[i]?.before);
  for (const [key, binding] of after) {
    const before = first.get(key);
    const merged = mergeBindings(key, before, binding);
    if (merged === undefined) scope.bindings.delete(key);
    else scope.bindings.set(key, merged);
  }
  if (scope.watched === 0) scope.log.length = start;
}

function keysSince(scope: Scope, mark: number): ReadonlySet<string> {
  const keys = new Set<string>();
  for (let i = mark; i < scope.log.length; i++) keys.add(scope.log[i]?.key ?? '');
  return keys;
}

/**
 * Runs alternatives of which one will happen, or none of them when that is not certain; each starts from the same names,
 * and afterwards a name has what any of them gave it.
 */
export function either(scope: Scope, certain: boolean, runs: readonly (() => void)[]): void {
  const results = runs.map((run) => {
    const after = new Map<string, Binding | undefined>();
    isolated(scope, () => {
      const mark = scope.log.length;
      run();
      for (let i = mark; i < scope.log.length; i++) {
        const key = scope.log[i]?.key;
        if (key !== undefined) after.set(key, scope.bindings.get(key));
      }
    });
    return after;
  });
  for (const key of new Set(results.flatMap((after) => [...after.keys()]))) {
    const before = scope.bindings.get(key);
    const options = results.map((after) => (after.has(key) ? after.get(key) : before));
    if (!certain) options.push(before);
    bind(
      scope,
      key,
      options.reduce((a, b) => mergeBindings(key, a, b)),
    );
  }
}

/** Whether a change was logged since the mark; used to see if a loop's body must be read again. */
export function changedSince(scope: Scope, mark: number): boolean {
  return scope.log.length > mark;
}

/** Beyond this many possible values a variable counts as unknown. */
export const mostAlternatives = 16;

function mergeBindings(key: string, before: Binding | undefined, after: Binding | undefined): Binding | undefined {
  if (before === after) return after;
  if (key.endsWith('()') || key.endsWith('=')) {
    const kept = after ?? before;
    return kept?.kind === 'function' ? { ...kept, certain: false } : kept;
  }
  if (key === '.') return mergeFolders(before, after);
  if (before?.kind === 'items' || after?.kind === 'items') {
    const items = [...itemsOf(before), ...itemsOf(after)];
    return { kind: 'items', items: items.slice(0, 4096), whole: false };
  }
  const values: Field[] = [];
  for (const value of [...valuesOf(key, before), ...valuesOf(key, after)]) {
    if (!values.some((one) => sameField(one, value))) values.push(value);
  }
  if (values.length <= mostAlternatives) return { kind: 'values', values };
  return { kind: 'values', values: [...values.slice(0, mostAlternatives - 1), unknownField('variable')] };
}

function mergeFolders(before: Binding | undefined, after: Binding | undefined): Binding | undefined {
  const first = before?.kind === 'folders' ? before.folders : [];
  const second = after?.kind === 'folders' ? after.folders : [];
  const both = first.length === 0 || second.length === 0 ? [] : [...new Set([...first, ...second])];
  return { kind: 'folders', folders: both.length > 4 ? [] : both };
}

function itemsOf(binding: Binding | undefined): readonly Field[] {
  if (binding?.kind === 'items') return binding.items;
  return binding?.kind === 'values' ? binding.values : [];
}

function valuesOf(key: string, binding: Binding | undefined): readonly Field[] {
  return binding?.kind === 'values' ? binding.values : [defaultValue(key.slice(1))];
}

function sameField(a: Field, b: Field): boolean {
  return a.text === b.text && a.unknown === b.unknown && a.pattern === b.pattern && sameNames(a.variables, b.variables);
}

function sameNames(a: readonly string[] = [], b: readonly string[] = []): boolean {
  return a.length === b.length && a.every((name, i) => name === b[i]);
}

/** Variables that are set in nearly every environment, to something that is not known here. */
const usuallySet = new Set(
  `TMPDIR TEMP TMP USER LOGNAME UID EUID PPID HOSTNAME HOSTTYPE OSTYPE MACHTYPE TERM LANG LC_ALL EDITOR VISUAL PAGER
  BROWSER DISPLAY RANDOM SECONDS LINENO EPOCHSECONDS EPOCHREALTIME BASHPID BASH_VERSION SHLVL COLUMNS LINES REPLY
  XDG_CONFIG_HOME XDG_DATA_HOME XDG_CACHE_HOME XDG_STATE_HOME XDG_RUNTIME_DIR GOPATH GOROOT GOBIN JAVA_HOME CARGO_HOME
  RUSTUP_HOME NVM_DIR PYENV_ROOT VIRTUAL_ENV CONDA_PREFIX ANDROID_HOME CI CI_PROJECT_DIR GITHUB_WORKSPACE GITHUB_OUTPUT
  GITHUB_ENV GITHUB_TOKEN RUNNER_TEMP WORKSPACE PROJECT_ROOT PROJECT_DIR REPO_ROOT CLAUDE_PROJECT_DIR DATABASE_URL
  ? $ ! _ -`.split(/\s+/),
);

const usualPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

const unsetValues = new Map<string, Field>();

/** The value of a variable of which nothing is known but its name; the same field each time, as long as there are few. */
function unsetValue(name: string): Field {
  const known = unsetValues.get(name);
  if (known !== undefined) return known;
  const field: Field = usuallySet.has(name)
    ? { ...unknownField('variable'), variables: [name] }
    : { ...plainField(''), unknown: 'variable', gap: 0, variables: [name] };
  if (unsetValues.size < 1024 && name.length < 64) unsetValues.set(name, field);
  return field;
}

/** What a variable holds that the script has not set; one that nobody is known to set reads as empty. */
export function defaultValue(name: string): Field {
  switch (name) {
    case 'IFS':
      return plainField(' \t\n');
    case 'SHELL':
    case 'BASH':
    case '0':
      return { ...plainField('/bin/bash'), unknown: 'variable' };
    case 'PATH':
      return { ...plainField(usualPath), unknown: 'variable' };
    default:
      return unsetValue(name);
  }
}

/** Whether a field holds a piece that can be anything. */
export function hasHole(field: Field): boolean {
  return field.text.includes(hole);
}
