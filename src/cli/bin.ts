#!/usr/bin/env node
import { loadHookProgram, programHash } from './load-hook-program.js';
import { expectShortWork } from './process-flags.js';
import { askResidentHook, SERVE } from './resident-hook.js';

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
  const folder = import.meta.dirname;
  if (args[0] === SERVE) return serve(folder, args[1]);
  const hash = args.includes('--resident') ? programHash(folder) : undefined;
  const asked = hash === undefined ? undefined : await askResidentHook(import.meta.filename, hash, args);
  if (asked?.code !== undefined) return asked.code;
  expectShortWork();
  const program = loadHookProgram(folder, process.env);
  if (program === undefined) return command();
  const code = await program.runHook(args, asked?.stdin === undefined ? {} : { stdin: asked.stdin });
  program.keepCode();
  asked?.start();
  return code;
}

async function serve(folder: string, socket: string | undefined): Promise<number> {
  const hash = programHash(folder);
  const program = loadHookProgram(folder, process.env);
  if (program === undefined || socket === undefined) return 1;
  return program.serveHook(socket, () => programHash(folder) === hash);
}
