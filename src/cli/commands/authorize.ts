import type { AuthorizerResponse } from '../../authorizer/answerer.js';
import { createAuthorizer } from '../../authorizer/create-authorizer.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { type Command, Exit, listOption, type OptionValues, type Session, textOption, UsageError } from '../command.js';
import { readEntitiesFile } from '../load-entities.js';
import { loadPolicies, POLICY_OPTIONS, POLICY_OPTIONS_HELP } from '../load-policies.js';
import {
  locateInRequest,
  REQUEST_OPTIONS,
  REQUEST_OPTIONS_HELP,
  readRequestOptions,
  requireRequest,
} from '../load-request.js';
import { readSchemaOption, SCHEMA_OPTIONS } from '../load-schema.js';
import { diagnosticJson } from '../reporters/json.js';

export const authorize: Command = {
  result: 'other',
  options: {
    ...POLICY_OPTIONS,
    ...REQUEST_OPTIONS,
    ...SCHEMA_OPTIONS,
    entities: { type: 'string' },
    verbose: { type: 'boolean', short: 'v' },
  },
  // Policies that the command line names need not be those that the schema of the settings is written for.
  settings: (_positionals, { policies }) =>
    policies === undefined ? ['policies', 'schema', 'entities'] : ['entities'],
  help: `deodar authorize: decide one request

Usage: deodar authorize -p POLICIES [--entities FILE] [--schema FILE] REQUEST [options]

REQUEST is --request-json FILE, or -l UID -a UID -r UID [-c FILE].

Prints ALLOW or DENY, and every policy that could not be evaluated. With a schema
entities and request are read by it and have to conform to it.

Options:
${POLICY_OPTIONS_HELP}
      --entities FILE         entities in Cedar's JSON
  -s, --schema FILE           a schema; several are taken together
      --schema-format FORMAT  cedar or json (default: what the text looks like)
${REQUEST_OPTIONS_HELP}
  -v, --verbose               also name the policies that decided
      --config FILE           settings (default: the nearest deodar.config.json);
                              --no-config takes none
      --format FORMAT         of problems: pretty, json, sarif or github
      --json                  print the whole answer as JSON
  -h, --help                  this text

Exit codes: 0 allow, 2 deny, 1 failure

Examples:
  deodar authorize -p policies/ --entities entities.json --request-json request.json
  deodar authorize -p policies/ -l 'User::"alice"' -a 'Action::"view"' -r 'Photo::"p.jpg"' -v
`,
  run: async (session, positionals, options) => {
    if (positionals.length > 0)
      throw new UsageError(`unexpected argument ${JSON.stringify(positionals[0])}; policies are named with -p`);
    const inputs = listOption(options, 'policies');
    if (inputs.length === 0) throw new UsageError('no policies: name them with -p, or in deodar.config.json');
    requireRequest(options);
    const loaded = await loadPolicies(session, inputs, options);
    const schema = await readSchemaOption(session, options);
    const entities = schema.ok
      ? await readEntitiesFile(session, textOption(options, 'entities'), schema.value)
      : schema;
    const request = await readRequestOptions(session, options);
    const problems = [
      ...loaded.diagnostics,
      ...schema.diagnostics,
      ...(schema.ok ? entities.diagnostics : []),
      ...request.diagnostics,
    ];
    if (loaded.policySet === undefined || !schema.ok || !entities.ok || !request.ok) {
      session.report(problems);
      return Exit.failure;
    }
    const authorizer = createAuthorizer({
      policies: loaded.policySet,
      entities: entities.value,
      ...(schema.value === undefined ? {} : { schema: schema.value }),
    });
    const response = authorizer.isAuthorizedJson(request.value.request);
    return answer(session, options, response, locateInRequest(request.value, response.diagnostics ?? []));
  },
};

function answer(
  session: Session,
  options: OptionValues,
  response: AuthorizerResponse,
  diagnostics: readonly Diagnostic[],
): number {
  if (session.format === 'json') {
    session.out(
      `${JSON.stringify({ ...response, ...(diagnostics.length === 0 ? {} : { diagnostics: diagnostics.map(diagnosticJson) }) }, null, 2)}\n`,
    );
  } else if (diagnostics.length > 0) {
    session.report(diagnostics);
  } else {
    session.out(`${response.decision.toUpperCase()}\n`);
    for (const { policyId, error } of response.errors)
      session.err(`error while evaluating policy \`${policyId}\`: ${error.message}\n`);
    if (options['verbose'] === true) session.out(reasonText(response));
  }
  if (diagnostics.length > 0) return Exit.failure;
  return response.decision === 'allow' ? Exit.ok : Exit.deny;
}

function reasonText({ reason }: AuthorizerResponse): string {
  if (reason.length === 0) return '\nnote: no policies applied to this request\n';
  return `\nnote: this decision was due to the following policies:\n${reason.map((id) => `  ${id}\n`).join('')}`;
}
