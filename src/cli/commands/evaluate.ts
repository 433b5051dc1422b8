import type { Expr } from '../../ast/expression.js';
import { walkExpression } from '../../ast/walk.js';
import { requestFromJson } from '../../authorizer/request.js';
import { environmentBySchema } from '../../authorizer/request-by-schema.js';
import { type Diagnostic, diagnostic, failure, type Result } from '../../diagnostics/diagnostic.js';
import type { EntityStore } from '../../entities/entity.js';
import { valueToJson } from '../../entities/entity-to-json.js';
import { compileExpression } from '../../evaluator/compile-expression.js';
import type { Environment } from '../../evaluator/environment.js';
import { EvaluationError } from '../../evaluator/evaluation-error.js';
import { isJsonObject } from '../../json/json-value.js';
import { printJson } from '../../json/print-json.js';
import { parseExpression } from '../../parser/parse-policies.js';
import type { Schema } from '../../schema/schema.js';
import { createSource, type Source } from '../../text/source.js';
import type { Value } from '../../values/value.js';
import { type Command, Exit, type Session, textOption, UsageError } from '../command.js';
import { readEntitiesFile } from '../load-entities.js';
import {
  locateInRequest,
  REQUEST_OPTIONS,
  REQUEST_OPTIONS_HELP,
  REQUEST_PARTS,
  type RequestText,
  readRequestOptions,
} from '../load-request.js';
import { readSchemaOption, SCHEMA_OPTIONS } from '../load-schema.js';
import { printValue } from '../print-value.js';

export const evaluate: Command = {
  result: 'other',
  options: { ...REQUEST_OPTIONS, ...SCHEMA_OPTIONS, entities: { type: 'string' } },
  settings: (_positionals, options) =>
    REQUEST_PARTS.some((part) => options[part] !== undefined) || options['request-json'] !== undefined
      ? ['schema', 'entities']
      : [],
  help: `deodar evaluate: evaluate an expression

Usage: deodar evaluate [options] EXPRESSION

Prints the value of the expression (- for standard input) as Cedar text, or why it
has none. Of the request only the parts that the expression reads are needed.

Options:
${REQUEST_OPTIONS_HELP}
      --entities FILE         entities in Cedar's JSON
  -s, --schema FILE           a schema that the entities, and a whole request, are read by
      --schema-format FORMAT  cedar or json (default: what the text looks like)
      --config FILE           settings (default: the nearest deodar.config.json);
                              --no-config takes none
      --format FORMAT         pretty, json, sarif or github
      --json                  print the value in Cedar's JSON for values
  -h, --help                  this text

Exit codes: 0 there is a value, whatever it is, 1 there is none

Examples:
  deodar evaluate 'ip("10.1.2.3").isInRange(ip("10.0.0.0/8"))'
  deodar evaluate --entities entities.json -l 'User::"alice"' 'principal in Group::"staff"'
`,
  run: async (session, positionals, options) => {
    const [text, another] = positionals;
    if (text === undefined) throw new UsageError('no expression');
    if (another !== undefined) throw new UsageError('one expression at a time; put it in quotes');
    const source = text === '-' ? await session.read('-') : undefined;
    const schema = await readSchemaOption(session, options);
    const entities = schema.ok
      ? await readEntitiesFile(session, textOption(options, 'entities'), schema.value)
      : schema;
    const request = await readRequestOptions(session, options);
    if (source?.ok === false || !schema.ok || !entities.ok || !request.ok) {
      session.report([
        ...(source?.diagnostics ?? []),
        ...schema.diagnostics,
        ...(schema.ok ? entities.diagnostics : []),
        ...request.diagnostics,
      ]);
      return Exit.failure;
    }
    return print(
      session,
      evaluateText(source?.value ?? createSource(text, '<expression>'), request.value, entities.value, schema.value),
    );
  },
};

function evaluateText(
  source: Source,
  request: RequestText,
  entities: EntityStore,
  schema: Schema | undefined,
): Result<Value> {
  const expr = parseExpression(source);
  if (!expr.ok) return expr;
  const missing = missingParts(expr.value, source, request);
  if (missing.length > 0) return failure(missing);
  const environment = isWhole(request.request)
    ? requestFromJson(
        request.request,
        entities,
        schema && ((parts, store) => environmentBySchema(parts, store, schema)),
      )
    : requestFromJson(withPlaceholders(request.request), entities);
  if (!environment.ok) return failure(locateInRequest(request, environment.diagnostics));
  return evaluateExpression(expr.value, source, environment.value);
}

function evaluateExpression(expr: Expr, source: Source, environment: Environment): Result<Value> {
  try {
    return { ok: true, value: compileExpression(expr)(environment), diagnostics: [] };
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    const { kind, message, help, span } = error;
    const code = kind.replaceAll(/(?<=.)[A-Z]/g, '-$&').toLowerCase();
    const labels = span === undefined ? [] : [{ source, span }];
    return failure([diagnostic(code, message, { labels, help })]);
  }
}

/** Reports what the expression reads of a request that does not have it. */
function missingParts(root: Expr, source: Source, { request }: RequestText): readonly Diagnostic[] {
  if (!isJsonObject(request)) return [];
  const missing = new Set<string>(REQUEST_PARTS.filter((name) => request[name] === undefined));
  const found: Diagnostic[] = [];
  walkExpression(root, (expr) => {
    if (expr.kind !== 'variable' || !missing.delete(expr.name)) return undefined;
    found.push(
      diagnostic('missing-request-part', `\`${expr.name}\` has no value`, {
        labels: expr.span === undefined ? [] : [{ source, span: expr.span }],
        help: `give it with --${expr.name}, or a whole request with --request-json`,
      }),
    );
    return undefined;
  });
  return found;
}

/** Whether principal, action and resource are given. */
function isWhole(request: RequestText['request']): boolean {
  return isJsonObject(request) && REQUEST_PARTS.every((name) => request[name] !== undefined);
}

/** Puts something where nobody looks. */
function withPlaceholders(request: RequestText['request']): RequestText['request'] {
  if (!isJsonObject(request)) return request;
  const nobody = { type: 'Nobody', id: '' };
  return { ...Object.fromEntries(REQUEST_PARTS.map((name) => [name, nobody])), ...request };
}

function print(session: Session, value: Result<Value>): number {
  if (!value.ok) {
    session.report(value.diagnostics);
    return Exit.failure;
  }
  if (session.format !== 'json') {
    session.out(`${printValue(value.value)}\n`);
    return Exit.ok;
  }
  const json = valueToJson(value.value);
  if (json.ok) session.out(`${printJson(json.value, 2)}\n`);
  else session.report(json.diagnostics);
  return json.ok ? Exit.ok : Exit.failure;
}
