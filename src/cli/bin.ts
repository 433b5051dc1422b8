#!/usr/bin/env node
import { main } from './main.js';
import { processTerminal } from './process-terminal.js';

const argv = process.argv.slice(2);
// Whatever ends a hook before it has answered has to block, and only this code does.
if (argv[0] === 'hook') process.exitCode = 2;
// Standard input may still be open when a command is done with it.
process.exit(await main(argv, processTerminal()));
