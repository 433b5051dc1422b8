import type { Command } from '../command.js';

/** A command of the overview; its code is loaded when it runs, so that `--help` needs neither parser nor harness. */
export interface CommandEntry {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  readonly load: () => Promise<Command>;
}

/** Every command, in the order of the overview. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'init',
    summary: 'write a folder to start from: agent, policies, schema, tests',
    load: async () => (await import('./init.js')).init,
  },
  {
    name: 'check',
    summary: 'read policies and report every mistake in them',
    load: async () => (await import('./check.js')).check,
  },
  {
    name: 'format',
    summary: 'write policies in the official layout',
    load: async () => (await import('./format.js')).format,
  },
  {
    name: 'authorize',
    summary: 'decide one request: allow or deny',
    load: async () => (await import('./authorize.js')).authorize,
  },
  {
    name: 'adjudicate',
    summary: "judge an agent's recorded events: ALLOW, DENY or ESCALATE",
    load: async () => (await import('./adjudicate.js')).adjudicate,
  },
  {
    name: 'matrix',
    summary: 'show what policies can say of each tool, before they are switched on',
    load: async () => (await import('./matrix.js')).matrix,
  },
  {
    name: 'schema',
    summary: "write the schema that policies for an agent's tools are written against",
    load: async () => (await import('./schema.js')).schema,
  },
  {
    name: 'test',
    summary: 'run the tests of policies',
    load: async () => (await import('./test.js')).test,
  },
];
