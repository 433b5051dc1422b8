import { resolve } from 'node:path';
import { type AuthorizerResponse, createAuthorizer } from '../../authorizer/create-authorizer.js';
import { type Diagnostic, failure, type Result, success } from '../../diagnostics/diagnostic.js';
import { entitiesFromJson } from '../../entities/entities-from-json.js';
import type { EntityStore } from '../../entities/entity.js';
import { createEntityStore, EMPTY_ENTITY_STORE } from '../../entities/entity-store.js';
import { readSource } from '../../files/read-source.js';
import type { JsonValue } from '../../json/json-value.js';
import { locateDiagnostics } from '../../json/locate.js';
import { parseJson } from '../../json/parse-json.js';
import { createSource, type Source } from '../../text/source.js';
import {
  type Command,
  Exit,
  listOption,
  type OptionValues,
  type Terminal,
  textOption,
  UsageError,
} from '../command.js';
import { loadPolicies } from '../load-policies.js';
import { diagnosticJson, reportDiagnostics } from '../report.js';

export const authorize: Command = {
  options: {
    policies: { type: 'string', short: 'p', multiple: true },
    schema: { type: 'string', short: 's' },
    entities: { type: 'string' },
    'request-json': { type: 'string' },
    principal: { type: 'string', short: 'l' },
    action: { type: 'string', short: 'a' },
    resource: { type: 'string', short: 'r' },
    context: { type: 'string', short: 'c' },
    verbose: { type: 'boolean', short: 'v' },
    json: { type: 'boolean' },
  },
  help: `deodar authorize: decide one request

Usage: deodar authorize -p POLICIES --entities FILE (--request-json FILE | -l UID -a UID -r UID [-c FILE])

Prints ALLOW or DENY, and every policy that could not be evaluated.

Options:
  -p, --policies PATH      policy file, folder or glob, - for standard input; may be repeated
      --entities FILE      entities in Cedar's JSON
      --request-json FILE  request as { principal, action, resource, context }
  -l, --principal UID      such as 'User::"alice"'
  -a, --action UID         such as 'Action::"view"'
  -r, --resource UID       such as 'Photo::"party.jpg"'
  -c, --context FILE       context as a JSON object
  -v, --verbose            also name the policies that decided
      --json               print the whole answer as JSON
  -h, --help               this text

Exit codes: 0 allow, 2 deny, 1 failure

Examples:
  deodar authorize -p policies/ --entities entities.json --request-json request.json
  deodar authorize -p policies/ -l 'User::"alice"' -a 'Action::"view"' -r 'Photo::"p.jpg"' -v
`,
  run: async (terminal, positionals, options) => {
    if (positionals.length > 0)
      throw new UsageError(`unexpected argument ${JSON.stringify(positionals[0])}; policies are named with -p`);
    if (options.schema !== undefined) throw new UsageError('schemas are not supported yet: leave --schema out');
    const inputs = listOption(options, 'policies');
    if (inputs.length === 0) throw new UsageError('no policies: name them with -p');
    const loaded = await loadPolicies(terminal, inputs);
    const entities = readEntitiesFile(terminal, textOption(options, 'entities'));
    const request = readRequestOptions(terminal, options);
    const problems = [...loaded.diagnostics, ...entities.diagnostics, ...request.diagnostics];
    if (loaded.policySet === undefined || !entities.ok || !request.ok) {
      reportDiagnostics(terminal, problems);
      return Exit.failure;
    }
    const authorizer = createAuthorizer({ policies: loaded.policySet, entities: entities.value });
    const response = authorizer.isAuthorizedJson(request.value.request);
    return answer(terminal, options, response, locateDiagnostics(request.value.source, response.diagnostics ?? []));
  },
};

function readEntitiesFile(terminal: Terminal, file: string | undefined): Result<EntityStore> {
  if (file === undefined) return success(EMPTY_ENTITY_STORE);
  const source = readSource(resolve(terminal.cwd, file), file);
  if (!source.ok) return source;
  const json = parseJson(source.value);
  const read = json.ok ? entitiesFromJson(json.value) : json;
  const store = read.ok ? createEntityStore(read.value) : read;
  return store.ok ? store : failure(locateDiagnostics(source.value, store.diagnostics));
}

/** The request with the text that its JSON pointers point into. */
interface RequestText {
  readonly request: JsonValue;
  readonly source: Source;
}

function readRequestOptions(terminal: Terminal, options: OptionValues): Result<RequestText> {
  const file = textOption(options, 'request-json');
  const parts = ['principal', 'action', 'resource'] as const;
  const given = [...parts, 'context' as const].filter((name) => options[name] !== undefined);
  if (file !== undefined) {
    if (given.length > 0) throw new UsageError(`--request-json holds the whole request: leave --${given[0]} out`);
    return readRequestFile(terminal, file, (request) => request);
  }
  const missing = parts.filter((name) => options[name] === undefined);
  if (missing.length > 0) {
    throw new UsageError(
      `the request is incomplete: give --request-json, or ${missing.map((m) => `--${m}`).join(' and ')}`,
    );
  }
  const uids = Object.fromEntries(parts.map((name) => [name, textOption(options, name) ?? '']));
  const contextFile = textOption(options, 'context');
  if (contextFile === undefined) return success({ request: uids, source: createSource('') });
  return readRequestFile(terminal, contextFile, (context) => ({ ...uids, context }));
}

function readRequestFile(
  terminal: Terminal,
  file: string,
  requestOf: (json: JsonValue) => JsonValue,
): Result<RequestText> {
  const source = readSource(resolve(terminal.cwd, file), file);
  if (!source.ok) return source;
  const json = parseJson(source.value);
  return json.ok ? success({ request: requestOf(json.value), source: source.value }) : json;
}

function answer(
  terminal: Terminal,
  options: OptionValues,
  response: AuthorizerResponse,
  diagnostics: readonly Diagnostic[],
): number {
  if (options.json === true) {
    terminal.out(
      `${JSON.stringify({ ...response, ...(diagnostics.length === 0 ? {} : { diagnostics: diagnostics.map(diagnosticJson) }) }, null, 2)}\n`,
    );
  } else if (diagnostics.length > 0) {
    reportDiagnostics(terminal, diagnostics);
  } else {
    terminal.out(`${response.decision.toUpperCase()}\n`);
    for (const { policyId, error } of response.errors)
      terminal.err(`error while evaluating policy \`${policyId}\`: ${error.message}\n`);
    if (options.verbose === true) terminal.out(reasonText(response));
  }
  if (diagnostics.length > 0) return Exit.failure;
  return response.decision === 'allow' ? Exit.ok : Exit.deny;
}

function reasonText({ reason }: AuthorizerResponse): string {
  if (reason.length === 0) return '\nnote: no policies applied to this request\n';
  return `\nnote: this decision was due to the following policies:\n${reason.map((id) => `  ${id}\n`).join('')}`;
}
