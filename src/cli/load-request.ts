import { type Diagnostic, type Result, success } from '../diagnostics/diagnostic.js';
import { createJsonObject, type JsonObject, type JsonValue } from '../json/json-value.js';
import { locateDiagnostics } from '../json/locate.js';
import { parseJson } from '../json/parse-json.js';
import { createSource, type Source } from '../text/source.js';
import { type OptionsConfig, type OptionValues, type Session, textOption, UsageError } from './command.js';

/** Options of every command that reads a request. */
export const REQUEST_OPTIONS = {
  'request-json': { type: 'string' },
  principal: { type: 'string', short: 'l' },
  action: { type: 'string', short: 'a' },
  resource: { type: 'string', short: 'r' },
  context: { type: 'string', short: 'c' },
} as const satisfies OptionsConfig;

/** Lines of `--help` for them. */
export const REQUEST_OPTIONS_HELP = `      --request-json FILE     request as { principal, action, resource, context }
  -l, --principal UID         such as 'User::"alice"'
  -a, --action UID            such as 'Action::"view"'
  -r, --resource UID          such as 'Photo::"party.jpg"'
  -c, --context FILE          context as a JSON object`;

/** Parts of a request that are entities. */
export const REQUEST_PARTS = ['principal', 'action', 'resource'] as const;

/** A request with the text that its JSON pointers point into. */
export interface RequestText {
  readonly request: JsonValue;
  readonly source: Source;
  /** Pointer of the part of the request that the text holds. */
  readonly base: '' | '/context';
}

/**
 * Gives problems of a request their place in its text; those of other parts have none. What is wrong within the text of
 * a uid of a file is shown at its member: the uid alone does not say which file it is in.
 */
export function locateInRequest(
  { source, base }: RequestText,
  diagnostics: readonly Diagnostic[],
): readonly Diagnostic[] {
  if (base === '') {
    const isOfFile = (d: Diagnostic): boolean => source.name !== undefined && isPartPointer(d.pointer);
    return locateDiagnostics(
      source,
      diagnostics.map((d) => (isOfFile(d) ? { ...d, labels: [] } : d)),
    );
  }
  return diagnostics.map((d) => {
    if (d.pointer === undefined || !d.pointer.startsWith(base)) return d;
    return locateDiagnostics(source, [{ ...d, pointer: d.pointer.slice(base.length) }])[0] ?? d;
  });
}

function isPartPointer(pointer: string | undefined): boolean {
  return REQUEST_PARTS.some((name) => pointer === `/${name}`);
}

/** Refuses options that do not make a whole request. */
export function requireRequest(options: OptionValues): void {
  if (options['request-json'] !== undefined) return;
  const missing = REQUEST_PARTS.filter((name) => options[name] === undefined);
  if (missing.length === 0) return;
  const parts = missing.map((name) => `--${name}`).join(' and ');
  throw new UsageError(`the request is incomplete: give --request-json, or ${parts}`);
}

/** Reads the request that the options give, as a file or in parts, which may be missing here. */
export async function readRequestOptions(session: Session, options: OptionValues): Promise<Result<RequestText>> {
  const file = textOption(options, 'request-json');
  const given = [...REQUEST_PARTS, 'context' as const].filter((name) => options[name] !== undefined);
  if (file !== undefined) {
    if (given.length > 0) throw new UsageError(`--request-json holds the whole request: leave --${given[0]} out`);
    return readJsonFile(session, file, '', (request) => request);
  }
  const parts = createJsonObject();
  for (const name of REQUEST_PARTS) {
    const uid = textOption(options, name);
    if (uid !== undefined) parts[name] = uid;
  }
  const contextFile = textOption(options, 'context');
  if (contextFile === undefined) return success({ request: parts, source: createSource(''), base: '' });
  return readJsonFile(session, contextFile, '/context', (context): JsonObject => ({ ...parts, context }));
}

async function readJsonFile(
  session: Session,
  file: string,
  base: RequestText['base'],
  requestOf: (json: JsonValue) => JsonValue,
): Promise<Result<RequestText>> {
  const source = await session.read(file);
  if (!source.ok) return source;
  const json = parseJson(source.value);
  return json.ok ? success({ request: requestOf(json.value), source: source.value, base }) : json;
}
