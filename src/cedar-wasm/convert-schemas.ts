import type { SchemaToJsonAnswer, SchemaToJsonWithResolvedTypesAnswer, SchemaToTextAnswer } from './answer-types.js';
import { textArgument } from './call-fields.js';
import { jsonOfArgument } from './call-json.js';
import type { Schema } from './call-types.js';
import { noSchemas, readSchema } from './schema.js';

/** A schema as JSON. */
export function schemaToJson(schema: Schema): SchemaToJsonAnswer {
  const read = readSchema(jsonOfArgument(schema));
  return { type: 'failure', errors: read.ok ? noSchemas().errors : read.errors };
}

/** A schema text as JSON in which every reference says what it means. */
export function schemaToJsonWithResolvedTypes(schema_str: string): SchemaToJsonWithResolvedTypesAnswer {
  const read = readSchema(textArgument(schema_str));
  return { type: 'failure', errors: read.ok ? noSchemas().errors : read.errors };
}

/** A schema as text. */
export function schemaToText(schema: Schema): SchemaToTextAnswer {
  const read = readSchema(jsonOfArgument(schema));
  return { type: 'failure', errors: read.ok ? noSchemas().errors : read.errors };
}
