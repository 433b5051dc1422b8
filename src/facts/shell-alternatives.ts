import type { WordPart } from 'unbash';
import type { Machine } from './shell-machine.js';
import { mostAlternatives } from './shell-scope.js';
import type { Field, Output } from './shell-values.js';
import { Builder } from './shell-word-builder.js';

/** The fields that a word may become; more than one list when a variable in it has several possible values. */
export type Expansion = readonly (readonly Field[])[];

/** Runs an expansion once for every choice among the values of the variables that it meets. */
export function alternatives(machine: Machine, build: (builder: Builder) => readonly Field[]): Expansion {
  const choices: number[] = [];
  const outputs = new Map<WordPart, Output>();
  const lists: (readonly Field[])[] = [];
  for (;;) {
    const builder = new Builder(machine, choices, outputs);
    lists.push(build(builder));
    const sizes = builder.sizes;
    if (sizes.length === 0) return lists;
    let at = sizes.length - 1;
    while (at >= 0 && (choices[at] ?? 0) + 1 >= (sizes[at] ?? 1)) choices[at--] = 0;
    if (at < 0) return lists;
    choices[at] = (choices[at] ?? 0) + 1;
    if (lists.length < mostAlternatives) continue;
    // Each value is met once, as those of names in a folder of the workspace need no more.
    for (let turn = 0; turn < Math.max(...sizes); turn++) {
      choices.splice(0, choices.length, ...sizes.map((size) => turn % size));
      lists.push(build(new Builder(machine, choices, outputs)));
    }
    if (!lists.every(isNameOfOwn)) machine.findings.reasons.add('too-many-alternatives');
    return lists;
  }
}

/** Whether a word is a path below the current folder, all of it known, that no other choice of its pieces leads out of. */
function isNameOfOwn([field, ...more]: readonly Field[]): boolean {
  const text = field?.text ?? '';
  const isKnown = more.length === 0 && field?.unknown === undefined;
  return isKnown && /^\w[\w./=:,+-]*\/[\w./=:,+-]+$/.test(text) && !/\.\.|\/\.|\.\/|\/\/|\.$/.test(text);
}
