#!/usr/bin/env node
import { loadHookProgram } from './load-hook-program.js';
import { expectShortWork } from './process-flags.js';

// Built as a CommonJS script: the loader of modules takes longer to start than a hook has for its answer.

const argv = process.argv.slice(2);
void run().then((code) => process.exit(code));

async function run(): Promise<number> {
  return argv[0] === 'hook' ? hook(argv.slice(1)) : command();
}

async function command(): Promise<number> {
  const { main } = await import('./main.js');
  const { processTerminal } = await import('./process-terminal.js');
  // Standard input may still be open when a command is done with it.
  return main(argv, processTerminal());
}

async function hook(args: readonly string[]): Promise<number> {
  // Whatever ends a hook before it has answered has to block, and only this code does.
  process.exitCode = 2;
  process.setUncaughtExceptionCaptureCallback(() => process.exit(2));
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.once(signal, () => process.exit(2));
  expectShortWork();
  const program = loadHookProgram(import.meta.dirname, process.env);
  if (program === undefined) return command();
  const code = await program.runHook(args);
  program.keepCode();
  return code;
}
