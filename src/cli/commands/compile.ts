import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { PolicySet } from '../../ast/policy.js';
import { diagnostic, failure, type Result, success } from '../../diagnostics/diagnostic.js';
import { readSource } from '../../files/read-source.js';
import type { Schema } from '../../schema/schema.js';
import { printModule } from '../../standalone/print-module.js';
import { printModuleTypes } from '../../standalone/print-module-types.js';
import { type Command, Exit, listOption, type OptionValues, type Session, textOption, UsageError } from '../command.js';
import { commandText, compareGenerated, type GeneratedFile, writeGenerated } from '../generated-file.js';
import { loadPolicies, POLICY_OPTIONS, POLICY_OPTIONS_HELP } from '../load-policies.js';
import { loadSchema, readSchemaSources, SCHEMA_OPTIONS } from '../load-schema.js';
import { packageFolder } from '../package-folder.js';

const OUTDATED = {
  code: 'outdated-module',
  absent: 'there is no such file yet',
  different: 'this file is not that of the policies',
} as const;

export const compile: Command = {
  result: 'other',
  options: {
    ...POLICY_OPTIONS,
    ...SCHEMA_OPTIONS,
    output: { type: 'string', short: 'o' },
    check: { type: 'boolean', short: 'c' },
  },
  settings: (positionals, { policies }) =>
    positionals.length === 0 && policies === undefined ? ['policies', 'schema'] : [],
  help: `deodar compile: write policies as one JavaScript module that needs nothing else

Usage: deodar compile [options] [FILE|FOLDER|GLOB|-]...

Writes an ES module with \`isAuthorized(request, entities)\`, which answers as
\`createAuthorizer\` does, and its types beside it (policy.d.mts). The module imports
nothing and makes no code when it runs: for Node, browsers, workers and the edge.

Options:
${POLICY_OPTIONS_HELP}
  -s, --schema FILE           requests and entities must conform to this schema;
                              several are taken together
      --schema-format FORMAT  cedar or json (default: what the text looks like)
  -o, --output FILE           write this file, *.mjs or *.js, and its types;
                              default: the module to standard output
  -c, --check                 write nothing; fail when a file is not up to date
      --config FILE           settings (default: the nearest deodar.config.json);
                              --no-config takes none
      --format FORMAT         of problems: pretty, json, sarif or github
      --json                  the same as --format json
  -h, --help                  this text

Exit codes: 0 written, or up to date; 1 errors, or --check found a difference

Examples:
  deodar compile policies/ -o src/policy.mjs
  deodar compile policies/ --schema schema.cedarschema -o src/policy.mjs && deodar compile policies/ --schema schema.cedarschema -o src/policy.mjs --check
`,
  run: async (session, positionals, options) => {
    const output = textOption(options, 'output');
    const check = options['check'] === true;
    const inputs = [...positionals, ...listOption(options, 'policies')];
    if (inputs.length === 0)
      throw new UsageError('no policies: name their files or folders, or have them in deodar.config.json');
    if (check && output === undefined) throw new UsageError('--check needs the file that it looks at: name it with -o');
    if (output !== undefined && !/\.m?js$/.test(output))
      throw new UsageError('the name after -o must end in .mjs or .js');
    const loaded = await loadPolicies(session, inputs, options);
    const schema = await schemaOf(session, options);
    session.report([...loaded.diagnostics, ...schema.diagnostics]);
    if (loaded.policySet === undefined || !schema.ok) return Exit.failure;
    const command = commandLine(inputs, options);
    const text = moduleText(loaded.policySet, schema.value, command);
    session.report(text.diagnostics);
    if (!text.ok) return Exit.failure;
    if (output === undefined) {
      session.out(text.value);
      return Exit.ok;
    }
    const files: readonly GeneratedFile[] = [
      { path: output, text: text.value },
      { path: output.replace(/\.(m?)js$/, '.d.$1ts'), text: printModuleTypes(loaded.policySet) },
    ];
    return check ? compareGenerated(session, files, { ...OUTDATED, command }) : writeGenerated(session, files);
  },
};

async function schemaOf(session: Session, options: OptionValues): Promise<Result<Schema | undefined>> {
  const inputs = listOption(options, 'schema');
  if (inputs.length === 0) return success(undefined);
  const sources = await readSchemaSources(session, inputs);
  return sources.ok ? loadSchema(sources.value, options) : sources;
}

/** The command that makes the same files, whatever the order of its options was. */
function commandLine(inputs: readonly string[], options: OptionValues): string {
  const named = ['policy-format', 'template-linked', 'schema', 'schema-format', 'output'] as const;
  const words = named.flatMap((name) => listOption(options, name).flatMap((value) => [`--${name}`, value]));
  return commandText(['deodar', 'compile', ...inputs, ...words]);
}

function moduleText(set: PolicySet, schema: Schema | undefined, command: string): Result<string> {
  const runtime = readRuntime(schema === undefined ? 'runtime.js' : 'runtime-by-schema.js');
  return runtime.ok ? printModule(set, { command, runtime: runtime.value, schema }) : runtime;
}

/** The run-time part of modules stands in the built package, whether this runs from there or from its sources. */
function readRuntime(name: string): Result<string> {
  const file = join(packageFolder(), 'dist', 'standalone', name);
  if (existsSync(file)) {
    const source = readSource(file, file);
    return source.ok ? success(source.value.text) : source;
  }
  const help = 'install the package again, or build it with `npm run build`';
  return failure([diagnostic('no-runtime', `the package has no file dist/standalone/${name}`, { help })]);
}
