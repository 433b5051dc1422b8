import type { Terminal } from './command.js';
import { hook } from './commands/hook.js';

export { usedCompiled } from './hook-cache.js';

import { processTerminal } from './process-terminal.js';
import { runCommand } from './run-command.js';

// The command `hook` alone, as scripts of its own: a hook is a new process for each event, and what it takes is mostly the
// reading of code. `load-hook-program.ts` starts it.

/**
 * Runs `deodar hook` with the arguments behind that word, in the terminal of this process but for what is given instead;
 * resolves to the exit code and never rejects.
 */
export function runHook(args: readonly string[], given: Partial<Terminal> = {}): Promise<number> {
  const terminal = { ...processTerminal(true), ...given };
  return runCommand({ name: 'hook', load: async () => hook, failure: 2 }, args, terminal);
}

/** Answers the events of other processes until nothing is left to do; see `resident-server.ts`. */
export async function serveHook(socket: string, isCurrent: () => boolean): Promise<number> {
  const { serveResident } = await import('./resident-server.js');
  return serveResident(socket, runHook, isCurrent);
}
