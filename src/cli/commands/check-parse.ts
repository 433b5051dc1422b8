import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { parseExpression } from '../../parser/parse-policies.js';
import { createSource } from '../../text/source.js';
import { tally } from '../check-policies.js';
import { type Command, Exit, listOption, textOption } from '../command.js';
import { count } from '../count.js';
import { readEntitiesFile } from '../load-entities.js';
import { loadPolicies, POLICY_OPTIONS, POLICY_OPTIONS_HELP } from '../load-policies.js';
import { readSchemaOption, SCHEMA_OPTIONS } from '../load-schema.js';

export const checkParse: Command = {
  result: 'report',
  options: {
    ...POLICY_OPTIONS,
    ...SCHEMA_OPTIONS,
    expression: { type: 'string' },
    entities: { type: 'string' },
  },
  help: `deodar check-parse: check that policies, expressions, schemas and entities can be read

Usage: deodar check-parse [options] [FILE|FOLDER|GLOB|-]...

Reads everything that is named, or policies from standard input when nothing is,
and says nothing when all is well. Names are not looked up: see deodar validate.

Options:
${POLICY_OPTIONS_HELP}
      --expression TEXT       an expression
  -s, --schema FILE           a schema; several are taken together
      --schema-format FORMAT  cedar or json (default: what the text looks like)
      --entities FILE         entities in Cedar's JSON, which conform to the schema if there is one
      --format FORMAT         pretty, json, sarif or github
      --json                  the same as --format json
  -h, --help                  this text

Exit codes: 0 everything can be read, 1 something cannot

Examples:
  deodar check-parse policies/ --schema schema.cedarschema --entities entities.json
  deodar check-parse --expression 'principal.age >= 18 && context.mfa'
`,
  run: async (session, positionals, options) => {
    const named = [...positionals, ...listOption(options, 'policies')];
    const expression = textOption(options, 'expression');
    const schemas = listOption(options, 'schema');
    const entities = textOption(options, 'entities');
    const isAlone = expression === undefined && schemas.length === 0 && entities === undefined;
    const diagnostics: Diagnostic[] = [];
    if (named.length > 0 || isAlone) {
      const loaded = await loadPolicies(session, named.length > 0 ? named : ['-'], options);
      diagnostics.push(...loaded.diagnostics);
    }
    if (expression !== undefined)
      diagnostics.push(...parseExpression(createSource(expression, '<expression>')).diagnostics);
    const schema = await readSchemaOption(session, options);
    diagnostics.push(...schema.diagnostics);
    if (entities !== undefined) {
      const known = schema.ok ? schema.value : undefined;
      diagnostics.push(...(await readEntitiesFile(session, entities, known)).diagnostics);
    }
    const { errors, warnings } = tally(diagnostics);
    session.report(diagnostics);
    if (errors > 0 || session.format !== 'pretty')
      session.summarize({ text: count(errors, 'error'), isFailure: true, facts: { errors, warnings } });
    return errors === 0 ? Exit.ok : Exit.failure;
  },
};
