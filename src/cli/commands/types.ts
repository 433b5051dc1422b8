import { printDeclarations } from '../../declarations/print-declarations.js';
import { type Command, Exit, listOption, textOption, UsageError } from '../command.js';
import { commandText, compareGenerated, writeGenerated } from '../generated-file.js';
import { loadPolicies } from '../load-policies.js';
import { loadSchema, readSchemaSources } from '../load-schema.js';

const OUTDATED = {
  code: 'outdated-declarations',
  absent: 'there are no declarations yet',
  different: 'these declarations are not those of the schema',
} as const;

export const types: Command = {
  result: 'other',
  options: {
    policies: { type: 'string', short: 'p', multiple: true },
    schema: { type: 'string', short: 's', multiple: true },
    output: { type: 'string', short: 'o' },
    check: { type: 'boolean', short: 'c' },
  },
  settings: (positionals) => (positionals.length > 0 ? [] : ['schema']),
  help: `deodar types: write TypeScript declarations of a schema

Usage: deodar types [options] [SCHEMA]...

Prints an interface \`Schema\` for \`createAuthorizer<Schema>\`: then the compiler
refuses requests and entities that do not fit the schema. Several files or
folders make one schema (default: that of deodar.config.json); names that end in
.json are in the JSON format.

Options:
  -s, --schema FILE     the same as a file without the option; may be repeated
  -p, --policies PATH   policies whose ids answers name; may be repeated
  -o, --output FILE     write into this file instead of standard output
  -c, --check           write nothing; fail when the file is not up to date
      --config FILE     settings (default: the nearest deodar.config.json);
                        --no-config takes none
  -h, --help            this text

Exit codes: 0 written, or up to date; 1 errors, or --check found a difference

Examples:
  deodar types photos.cedarschema -o src/schema.ts
  deodar types photos.cedarschema -o src/schema.ts --check
`,
  run: async (session, positionals, options) => {
    const output = textOption(options, 'output');
    const check = options['check'] === true;
    const inputs = listOption(options, 'policies');
    const schemas = [...positionals, ...listOption(options, 'schema')];
    if (schemas.length === 0) throw new UsageError('no schema: name its files, or have them in deodar.config.json');
    if (check && output === undefined) throw new UsageError('--check needs the file that it looks at: name it with -o');
    const sources = await readSchemaSources(session, schemas);
    const schema = sources.ok ? loadSchema(sources.value) : sources;
    const policies = inputs.length === 0 ? undefined : await loadPolicies(session, inputs);
    session.report([...schema.diagnostics, ...(policies?.diagnostics ?? [])]);
    if (!schema.ok || (policies !== undefined && policies.policySet === undefined)) return Exit.failure;
    const command = commandLine(schemas, inputs, output);
    const text = printDeclarations(schema.value, { command, policies: policies?.policySet });
    if (output === undefined) {
      session.out(text);
      return Exit.ok;
    }
    const files = [{ path: output, text }];
    return check ? compareGenerated(session, files, { ...OUTDATED, command }) : writeGenerated(session, files);
  },
};

/** The command that makes the same file, whatever the order of its options was. */
function commandLine(schema: readonly string[], policies: readonly string[], output: string | undefined): string {
  const options = [...policies.flatMap((path) => ['-p', path]), ...(output === undefined ? [] : ['-o', output])];
  return commandText(['deodar', 'types', ...schema, ...options]);
}
