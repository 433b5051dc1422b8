import type { SchemaFragment } from '../ast/schema-fragment.js';
import { type Diagnostic, failure, type Result, success } from '../diagnostics/diagnostic.js';
import { findFiles } from '../files/find-files.js';
import { locateDiagnostics } from '../json/locate.js';
import { parseJson } from '../json/parse-json.js';
import { parseSchema } from '../parser/parse-schema.js';
import { resolveSchema } from '../schema/resolve-schema.js';
import type { Schema } from '../schema/schema.js';
import { schemaFromJson } from '../schema/schema-from-json.js';
import type { Source } from '../text/source.js';
import { listOption, type OptionsConfig, type OptionValues, type Session, wordOption } from './command.js';

/** Options of every command that reads a schema. */
export const SCHEMA_OPTIONS = {
  schema: { type: 'string', short: 's', multiple: true },
  'schema-format': { type: 'string' },
} as const satisfies OptionsConfig;

/** Names of schema files in folders. */
export const SCHEMA_ENDINGS = ['.cedarschema', '.cedarschema.json'] as const;

/** Reads what a person names as schemas: files, folders, globs, or `-` for standard input. */
export async function readSchemaSources(
  session: Session,
  inputs: readonly string[],
): Promise<Result<readonly Source[]>> {
  const named = inputs.filter((input) => input !== '-');
  const files = await findFiles(named, { cwd: session.cwd, endings: SCHEMA_ENDINGS, noun: 'schema files' });
  if (!files.ok) return files;
  const sources: Source[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const file of [...inputs.filter((input) => input === '-'), ...files.value]) {
    const source = await session.read(file);
    if (source.ok) sources.push(source.value);
    else diagnostics.push(...source.diagnostics);
  }
  return diagnostics.length > 0 ? failure(diagnostics) : success(sources);
}

/** Reads the declarations of one schema text, in the format that the options name; else what begins with `{` is JSON. */
export function readFragment(source: Source, options: OptionValues): Result<SchemaFragment> {
  const format = wordOption(options, 'schema-format', ['cedar', 'json']);
  const isJson = format === undefined ? /^\uFEFF?\s*\{/.test(source.text) : format === 'json';
  if (!isJson) return parseSchema(source);
  const json = parseJson(source);
  if (!json.ok) return json;
  const fragment = schemaFromJson(json.value, source.name);
  const diagnostics = locateDiagnostics(source, [...json.diagnostics, ...fragment.diagnostics]);
  return fragment.ok ? success(fragment.value, diagnostics) : failure(diagnostics);
}

/** The schema that `--schema` names, if it does. */
export async function readSchemaOption(session: Session, options: OptionValues): Promise<Result<Schema | undefined>> {
  const inputs = listOption(options, 'schema');
  if (inputs.length === 0) return success(undefined);
  const sources = await readSchemaSources(session, inputs);
  return sources.ok ? loadSchema(sources.value, options) : sources;
}

/** Makes one schema of texts; all problems of all of them are in the diagnostics. */
export function loadSchema(sources: readonly Source[], options: OptionValues = {}): Result<Schema> {
  const fragments = sources.map((source) => readFragment(source, options));
  const read = fragments.flatMap((fragment) => (fragment.ok ? [fragment.value] : []));
  const found = fragments.flatMap((fragment) => fragment.diagnostics);
  if (read.length < fragments.length) return failure(found);
  const schema = resolveSchema(read);
  const diagnostics = [...found, ...locateIn(sources, schema.diagnostics)];
  return schema.ok ? success(schema.value, diagnostics) : failure(diagnostics);
}

/** Gives problems in JSON schemas their place in the text. */
export function locateIn(sources: readonly Source[], diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return sources.reduce<readonly Diagnostic[]>((found, source) => {
    const own = found.filter((d) => d.file === source.name && d.labels.length === 0);
    if (own.length === 0) return found;
    const located = new Map(locateDiagnostics(source, own).map((d, i) => [own[i], d]));
    return found.map((d) => located.get(d) ?? d);
  }, diagnostics);
}
