import type { Arguments, Role } from './programs-options.js';
import type { HandlerName, Program } from './programs-program.js';
import type { Call } from './shell-call.js';
import type { Machine } from './shell-machine.js';
import { type Field, hole, plainField } from './shell-values.js';
import { noteVariableEffect } from './shell-variable-effects.js';

/** Adds `command --flag` for each flag to the facts. */
export function noteFlags(machine: Machine, command: string, args: Arguments): void {
  const { commands } = machine.findings;
  for (const { name, option, value } of args.flags) {
    // No host at all, as in `curl -x ''`, is how such an option is undone.
    if (option?.role === 'u' && value?.text === '' && value.unknown === undefined) continue;
    if (name.length > 64 || /^-[\d-]$/.test(name) || name.includes(hole)) continue;
    // One word with the value after a blank, as a setting or a script of options holds it.
    const [flag = ''] = name.split(/\s/, 1);
    commands.add(`${command} ${flag}`);
    if (option !== undefined) for (const implied of option.implies) commands.add(`${command} ${implied}`);
  }
}

/** Longer words are texts rather than names of anything. */
const longestWord = 128;
const wrappers: ReadonlySet<HandlerName> = new Set([
  'wrapper',
  'su',
  'env',
  'xargs',
  'parallel',
  'package-run',
  'watch',
  'find',
  'fd',
  'shell',
]);

/** Whether the words of a program, or the last of them, are another command. */
export function isWrapper(program: Program | undefined): boolean {
  const { handler, subcommands } = program ?? {};
  if (handler !== undefined && wrappers.has(handler)) return true;
  // `docker exec`, `npm exec`, `uv run`.
  return subcommands !== undefined && (runsWords(subcommands['exec']) || runsWords(subcommands['run']));
}

function runsWords(row: Program | string | undefined): boolean {
  const handler = typeof row === 'object' ? row.handler : undefined;
  return handler !== undefined && (wrappers.has(handler) || wordRunners.has(handler));
}

/** Readers of subcommands that run the words after them. */
const wordRunners: ReadonlySet<HandlerName> = new Set(['docker', 'kubectl-exec', 'shell-text']);

const codeRoles: ReadonlySet<Role> = new Set(['e', 'l', 's', 'q']);
/** The verb of words such as `delete-table`. */
const verbOf = /^([a-z]{2,20})-[a-z-]+$/;

/** Adds the words that a command is given to the facts, whole and in pieces. */
export function noteOperands({ machine, command, program }: Call, args: Arguments): void {
  // The words of a wrapper are another command, which has facts of its own.
  if (program.handler !== undefined && wrappers.has(program.handler)) return;
  const isDeep = program.deep === true;
  // What follows the image of a container is a command too.
  const own = program.leads === undefined ? args.operands : args.operands.slice(0, program.leads);
  for (const field of own) noteWord(machine, command, field, isDeep);
  for (const { value, option } of args.flags) {
    // Code and commands have facts of their own.
    if (value !== undefined && !codeRoles.has(option?.role ?? 'x')) noteWord(machine, command, value, false);
  }
}

/** What puts two texts together in one language or another. */
const joint = /(['"])[ \t]{0,8}(?:\|\||\.\.|\+)[ \t]{0,8}\1/g;

/** Adds one word that a command is given. */
export function noteWord(machine: Machine, command: string, field: Field, isDeep: boolean): void {
  const { text, unknown, variables } = field;
  const { operands } = machine.findings;
  // What a program reads from `<(…)` is given to it like any word.
  if (field.stream?.text !== undefined) noteWord(machine, command, plainField(field.stream.text.trim()), false);
  if (unknown === 'substitution') operands.add(`${command} $()`);
  for (const name of variables ?? []) {
    noteVariableEffect(machine.findings.effects, command, name);
    for (const piece of [name, ...name.split('_')]) operands.add(`${command} $${piece.toLowerCase()}`);
  }
  if (text === '' || text.length > longestWord) return;
  const word = text.toLowerCase();
  if (!word.includes(hole)) operands.add(`${command} ${word}`);
  if (/[^\w.-]/.test(word)) {
    // `'flush'..'all'` is one word to whoever reads the code.
    for (const piece of word.replace(joint, '').split(/[^\w.-]+/))
      if (piece !== '') operands.add(`${command} ${piece}`);
  }
  const verb = isDeep ? verbOf.exec(word)?.[1] : undefined;
  if (verb !== undefined) operands.add(`${command} ${verb}`);
}

/** Adds a setting such as `core.hooksPath` of git to the facts. */
export function noteSetting(machine: Machine, program: string, key: string): void {
  if (key === '' || key.length > 256) return;
  const name = key.trim().toLowerCase().replaceAll(hole, '*');
  // The name of an alias is anybody's.
  if (program === 'git' && /^alias\.[^.]+$/.test(name)) return void machine.findings.settings.add('git alias.*');
  const first = name.indexOf('.');
  const last = name.lastIndexOf('.');
  const stars = program === 'git' || (program === 'cargo' && /^(?:source|registries)\./.test(name));
  machine.findings.settings.add(
    `${program} ${stars && first > 0 && last > first ? `${name.slice(0, first)}.*${name.slice(last)}` : name}`,
  );
}
