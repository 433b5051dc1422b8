import { resolve } from 'node:path';
import type { SchemaFragment } from '../ast/schema-fragment.js';
import { type Diagnostic, failure, hasErrors, type Result, success } from '../diagnostics/diagnostic.js';
import { findFiles } from '../files/find-files.js';
import { readSource } from '../files/read-source.js';
import { locateDiagnostics } from '../json/locate.js';
import { parseJson } from '../json/parse-json.js';
import { parseSchema } from '../parser/parse-schema.js';
import { resolveSchema } from '../schema/resolve-schema.js';
import type { Schema } from '../schema/schema.js';
import { schemaFromJson } from '../schema/schema-from-json.js';
import { createSource, type Source } from '../text/source.js';
import type { Terminal } from './command.js';

/**
 * Reads what a person names as a schema: files, folders, globs, or `-` for standard input, all of them fragments of one
 * schema. A file whose name ends in `.json` is in Cedar's JSON format, any other in Cedar syntax. All problems of all
 * fragments are reported; warnings come with success too.
 */
export async function loadSchema(terminal: Terminal, inputs: readonly string[]): Promise<Result<Schema>> {
  const named = inputs.filter((input) => input !== '-');
  const stdin = named.length < inputs.length ? [createSource(await terminal.stdin(), '<stdin>')] : [];
  const files = findFiles(named, {
    cwd: terminal.cwd,
    endings: ['.cedarschema', '.cedarschema.json'],
    noun: 'schema files',
  });
  if (!files.ok) return files;
  const sources = files.value.map((file) => readSource(resolve(terminal.cwd, file), file));
  const unreadable = sources.flatMap((source) => source.diagnostics);
  if (unreadable.length > 0) return failure(unreadable);
  return schemaOf([...stdin, ...sources.flatMap((source) => (source.ok ? [source.value] : []))]);
}

function schemaOf(sources: readonly Source[]): Result<Schema> {
  const fragments = sources.map(readFragment);
  const diagnostics = fragments.flatMap((fragment) => fragment.diagnostics);
  if (hasErrors(diagnostics)) return failure(diagnostics);
  const schema = resolveSchema(fragments.flatMap((fragment) => (fragment.ok ? [fragment.value] : [])));
  const placed = sources.reduce((found, source) => placedIn(source, found), schema.diagnostics);
  return schema.ok ? success(schema.value, [...diagnostics, ...placed]) : failure([...diagnostics, ...placed]);
}

/** A problem in JSON says its file and pointer; the text of that file shows where it is. */
function placedIn(source: Source, problems: readonly Diagnostic[]): readonly Diagnostic[] {
  const own = problems.filter(({ file }) => file !== undefined && file === source.name);
  const located = locateDiagnostics(source, own);
  const places = new Map(own.map((problem, index) => [problem, located[index]]));
  return problems.map((problem) => places.get(problem) ?? problem);
}

function readFragment(source: Source): Result<SchemaFragment> {
  if (source.name?.toLowerCase().endsWith('.json') !== true) return parseSchema(source);
  const json = parseJson(source);
  if (!json.ok) return json;
  const fragment = schemaFromJson(json.value, source.name);
  const diagnostics = locateDiagnostics(source, fragment.diagnostics);
  return fragment.ok ? success(fragment.value, diagnostics) : failure(diagnostics);
}
