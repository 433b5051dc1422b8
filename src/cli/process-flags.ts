import { parseArgs } from 'node:util';

// What V8 does on its own side to make a process quicker pays off after some seconds. The flags are those of Node 20 to 24;
// with a version that nobody tried them with, V8 works as it does by itself.

const isKnown = /^1[1-3]\./.test(process.versions.v8);

/** Has this process begin as suits one that ends after a moment. */
export function expectShortWork(): void {
  // What is read of Node after flags have changed is compiled anew: what a hook needs of it is read before.
  for (const name of ['node:crypto', 'node:url', 'node:util']) process.getBuiltinModule(name);
  parseArgs({ args: [] });
  void process.stdin;
  // What is made is needed until the end: the less often somebody looks for what is not, and the fewer do, the better.
  // `--single-threaded-gc` would do more, and ends a process of Node 20 or 22 once it has to look through all that is old.
  set('--semi-space-growth-factor=16', '--no-parallel-scavenge');
  // Most code runs once: what is optimised comes too late, and takes up to a third of the time of all processors.
  set('--no-opt', ...(process.versions.v8.startsWith('11.') ? [] : ['--no-maglev']));
}

/** Has V8 optimise code from here on: there is so much to be read that it is worth it. */
export function expectLongWork(): void {
  set('--opt', ...(process.versions.v8.startsWith('11.') ? [] : ['--maglev']));
}

function set(...flags: readonly string[]): void {
  // Whoever has another process judge does not wait for Node to read this module.
  if (isKnown) for (const flag of flags) process.getBuiltinModule('node:v8').setFlagsFromString(flag);
}
