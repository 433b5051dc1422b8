import type { SchemaFragment } from '../ast/schema-fragment.js';
import type { JsonValue } from '../json/json-value.js';
import { parseSchema } from '../parser/parse-schema.js';
import { printSchema } from '../schema/print-schema.js';
import { schemaToJson as toJson, schemaToJsonWithResolvedTypes as toResolvedJson } from '../schema/schema-to-json.js';
import { createSource } from '../text/source.js';
import type { SchemaToJsonAnswer, SchemaToJsonWithResolvedTypesAnswer, SchemaToTextAnswer } from './answer-types.js';
import { textArgument } from './call-fields.js';
import { jsonOfArgument } from './call-json.js';
import type { Schema } from './call-types.js';
import { errorOf } from './detailed-error.js';
import { plainJson } from './plain-json.js';
import { type Read, readable } from './read.js';
import { readSchemaFragment, resolveFragment } from './schema.js';
import type { SchemaJson } from './schema-types.js';

/** A schema as JSON. Names are as they were written, so most references are `EntityOrCommon`. */
export function schemaToJson(schema: Schema): SchemaToJsonAnswer {
  const read = readResolvable(jsonOfArgument(schema));
  if (!read.ok) return { type: 'failure', errors: read.errors };
  return { type: 'success', json: schemaJson(toJson(read.value)), warnings: read.warnings };
}

/** A schema as text, in alphabetical order. Some schemas can only be written as JSON, which is a failure. */
export function schemaToText(schema: Schema): SchemaToTextAnswer {
  const read = readResolvable(jsonOfArgument(schema));
  if (!read.ok) return { type: 'failure', errors: read.errors };
  const text = printSchema(read.value);
  if (!text.ok) return { type: 'failure', errors: [errorOf('', text.diagnostics)] };
  return { type: 'success', text: text.value, warnings: read.warnings };
}

/** A schema text as JSON in which every reference says whether it means an entity type or a common type. */
export function schemaToJsonWithResolvedTypes(schema_str: string): SchemaToJsonWithResolvedTypesAnswer {
  const parsed = parseSchema(createSource(textArgument(schema_str)));
  if (!parsed.ok) return { type: 'failure', errors: [errorOf('error parsing schema: ', parsed.diagnostics)] };
  const json = toResolvedJson(parsed.value);
  if (!json.ok) return { type: 'failure', errors: [errorOf('', json.diagnostics)] };
  return { type: 'success', json: schemaJson(json.value), warnings: resolveFragment(parsed.value).warnings };
}

/** Reads declarations whose names are all declared. */
function readResolvable(json: JsonValue): Read<SchemaFragment> {
  const fragment = readSchemaFragment(json);
  if (!fragment.ok) return fragment;
  const resolved = resolveFragment(fragment.value);
  return resolved.ok ? readable(fragment.value, resolved.warnings) : resolved;
}

function schemaJson(json: JsonValue): SchemaJson<string> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the JSON was made from a schema
  return plainJson(json) as SchemaJson<string>;
}
