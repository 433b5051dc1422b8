import type { Terminal } from './command.js';
import { hook } from './commands/hook.js';

export { usedCompiled } from './hook-cache.js';

import { processTerminal } from './process-terminal.js';
import { runCommand } from './run-command.js';

// The command `hook` alone, as scripts of its own: a hook is a new process for each event, and what it takes is mostly the
// reading of code. `load-hook-program.ts` starts it.

/** Runs `deodar hook` with the arguments behind that word; resolves to the exit code and never rejects. */
export function runHook(args: readonly string[], terminal: Terminal = processTerminal(true)): Promise<number> {
  return runCommand({ name: 'hook', load: async () => hook, failure: 2 }, args, terminal);
}
