import type { SchemaFragment } from '../ast/schema-fragment.js';
import type { JsonValue } from '../json/json-value.js';
import { parseSchema } from '../parser/parse-schema.js';
import { resolveSchema } from '../schema/resolve-schema.js';
import type { Schema } from '../schema/schema.js';
import { schemaFromJson } from '../schema/schema-from-json.js';
import { createSource } from '../text/source.js';
import { errorOf, warningsOf } from './detailed-error.js';
import { type Read, readable, unreadable } from './read.js';

/** Reads the declarations of a schema, as text or JSON; what their names mean is not looked at. */
export function readSchemaFragment(json: JsonValue): Read<SchemaFragment> {
  const isText = typeof json === 'string';
  const read = isText ? parseSchema(createSource(json)) : schemaFromJson(json);
  if (read.ok) return readable(read.value);
  const words = isText ? 'string: error parsing schema: ' : 'JSON: ';
  return unreadable([errorOf(`failed to parse schema from ${words}`, read.diagnostics)]);
}

/** Reads a schema, as text or JSON. */
export function readSchema(json: JsonValue): Read<Schema> {
  const fragment = readSchemaFragment(json);
  return fragment.ok ? resolveFragment(fragment.value) : fragment;
}

/** Warnings that the official package does not have; programs may refuse a schema that has any. */
const UNKNOWN_WARNINGS: ReadonlySet<string> = new Set(['duplicate-attribute']);

/** Finds what the names of a schema mean. */
export function resolveFragment(fragment: SchemaFragment): Read<Schema> {
  const resolved = resolveSchema([fragment]);
  if (!resolved.ok) return unreadable([errorOf('', resolved.diagnostics)]);
  const known = resolved.diagnostics.filter(({ code }) => !UNKNOWN_WARNINGS.has(code));
  return readable(resolved.value, warningsOf(known));
}

/** Reads a schema that may be left out; null is the same as nothing. */
export function readOptionalSchema(json: JsonValue | undefined): Read<Schema | undefined> {
  return json === undefined || json === null ? readable(undefined) : readSchema(json);
}
