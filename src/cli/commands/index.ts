import type { Command } from '../command.js';

/** A command of the overview; its code is loaded when it runs, so that `--help` needs neither parser nor harness. */
export interface CommandEntry {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  readonly load: () => Promise<Command>;
  /** Exit code when the command cannot run at all; 1 when left out. */
  readonly failure?: number;
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
    summary: 'find every mistake in policies, their schema and their agent',
    load: async () => (await import('./check.js')).check,
  },
  {
    name: 'validate',
    summary: 'check policies against a schema',
    load: async () => (await import('./validate.js')).validate,
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
    name: 'ledger',
    summary: 'verify, show or explain what was recorded',
    load: async () => (await import('./ledger.js')).ledger,
  },
  {
    name: 'replay',
    summary: 'decide a recorded ledger under other policies and list the flips',
    load: async () => (await import('./replay.js')).replay,
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
  {
    name: 'explain',
    summary: 'show why a request or an event is decided as it is',
    load: async () => (await import('./explain.js')).explain,
  },
  {
    name: 'bench',
    summary: 'measure how long requests take, and what takes the time',
    load: async () => (await import('./bench.js')).bench,
  },
  {
    name: 'doctor',
    summary: 'say what is found here, whether it works, and what to do about it',
    load: async () => (await import('./doctor.js')).doctor,
  },
  {
    name: 'types',
    summary: 'write TypeScript declarations of a schema',
    load: async () => (await import('./types.js')).types,
  },
  {
    name: 'compile',
    summary: 'write policies as one JavaScript module that needs nothing else',
    load: async () => (await import('./compile.js')).compile,
  },
  {
    name: 'hook',
    summary: 'judge what a coding agent does, as its hook',
    load: async () => (await import('./hook.js')).hook,
    failure: 2,
  },
  {
    name: 'evaluate',
    summary: 'evaluate an expression',
    load: async () => (await import('./evaluate.js')).evaluate,
  },
  {
    name: 'check-parse',
    summary: 'check that policies, schemas and entities can be read',
    load: async () => (await import('./check-parse.js')).checkParse,
  },
  {
    name: 'translate-policy',
    summary: 'turn policies from Cedar text into JSON, or back',
    load: async () => (await import('./translate-policy.js')).translatePolicy,
  },
  {
    name: 'translate-schema',
    summary: 'turn a schema from Cedar text into JSON, or back',
    load: async () => (await import('./translate-schema.js')).translateSchema,
  },
  {
    name: 'link',
    summary: 'give a template entities for its slots',
    load: async () => (await import('./link.js')).link,
  },
  {
    name: 'visualize',
    summary: 'draw entities and their hierarchy',
    load: async () => (await import('./visualize.js')).visualize,
  },
];
