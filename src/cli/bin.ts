#!/usr/bin/env node
import { main } from './main.js';
import { processTerminal } from './process-terminal.js';

const argv = process.argv.slice(2);
if (argv[0] === 'hook') {
  // Whatever ends a hook before it has answered has to block, and only this code does.
  process.exitCode = 2;
  // Most code of one answer runs once. Node 20 optimises it early, which is a fourth of the work and comes too late; later
  // versions wait longer by themselves. Long inputs are still worth it.
  if (process.versions.v8.startsWith('11.')) {
    const { setFlagsFromString } = await import('node:v8');
    setFlagsFromString('--interrupt-budget=1000000');
  }
}
// Standard input may still be open when a command is done with it.
process.exit(await main(argv, processTerminal()));
