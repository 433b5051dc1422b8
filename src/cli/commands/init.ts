import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { DeodarError } from '../../diagnostics/deodar-error.js';
import { createAgentSchema } from '../../harness/agent-schema.js';
import { type Command, Exit, UsageError } from '../command.js';
import { initFiles } from '../init-files.js';

export const init: Command = {
  result: 'other',
  options: {},
  help: `deodar init: write a folder to start from

Usage: deodar init [FOLDER]

Writes deodar.config.json, agent.json, policies.cedar, schema.cedarschema,
session.jsonl and tests/policies.test.json into the folder (default: the current
one). Nothing that exists is overwritten.

Options:
      --format FORMAT  of problems: pretty, json, sarif or github
      --json           the same as --format json
  -h, --help           this text

Exit codes: 0 written, 1 a file exists already or cannot be written

Examples:
  deodar init my-policies
  deodar init . && deodar test
`,
  run: async (session, positionals) => {
    if (positionals.length > 1) throw new UsageError('one folder at a time');
    const folder = positionals[0] ?? '.';
    const files = initFiles(
      (agent) => {
        const schema = createAgentSchema(agent);
        if (!schema.ok) throw new DeodarError(schema.diagnostics);
        return schema.value.text;
      },
      installedSchema(resolve(session.cwd, folder)),
    );
    const path = (name: string): string => resolve(session.cwd, folder, name);
    const existing = [...files.keys()].filter((name) => existsSync(path(name)));
    if (existing.length > 0) {
      session.err(
        `deodar init: ${existing.map((name) => join(folder, name)).join(', ')} ${existing.length === 1 ? 'exists' : 'exist'} already; nothing was written\n`,
      );
      return Exit.failure;
    }
    try {
      for (const [name, text] of files) {
        makeFolder(dirname(path(name)));
        writeFileSync(path(name), text, { flag: 'wx' });
      }
    } catch (error) {
      session.err(`deodar init: cannot write: ${error instanceof Error ? error.message : String(error)}\n`);
      return Exit.failure;
    }
    session.out(`${[...files.keys()].map((name) => `wrote ${join(folder, name)}\n`).join('')}
Next${folder === '.' ? '' : `, in ${folder}`}:
  npx deodar check
  npx deodar test
  npx deodar adjudicate session.jsonl
`);
    return Exit.ok;
  },
};

/** The way from a folder to the JSON Schema of settings in the package that is installed around it. */
function installedSchema(folder: string): string | undefined {
  for (let around = folder; ; around = dirname(around)) {
    const file = join(around, 'node_modules', 'deodar', 'grammar', 'schemas', 'config.schema.json');
    if (existsSync(file)) return `${around === folder ? './' : ''}${relative(folder, file).replaceAll('\\', '/')}`;
    if (around === dirname(around)) return undefined;
  }
}

/** Makes a folder and those around it, step by step: `mkdirSync` with `recursive` never ends below /proc. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path);
}
