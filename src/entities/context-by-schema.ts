import type { Diagnostic, Result } from '../diagnostics/diagnostic.js';
import type { JsonValue } from '../json/json-value.js';
import type { Action, Schema } from '../schema/schema.js';
import type { RecordValue } from '../values/value.js';
import { checkValue } from './conform-value.js';
import { resultOf } from './data-reading.js';
import { createSchemaReading, readTypedValue } from './typed-value-from-json.js';

/** A context that was read by a schema, or why not, and where what was read does not conform. */
export interface ContextBySchema {
  readonly read: Result<RecordValue>;
  /** Empty when it conforms; a context that does not may still be used where requests are not checked. */
  readonly mismatches: readonly Diagnostic[];
}

/** Reads the context of an action of the schema: a JSON object of the declared attributes. */
export function contextBySchema(json: JsonValue, schema: Schema, action: Action, pointer = ''): ContextBySchema {
  const reading = createSchemaReading(schema, pointer);
  const value = readTypedValue(reading, json, action.context);
  const context = typeof value === 'object' && value.kind === 'record' ? value : undefined;
  if (context !== undefined) checkValue(reading.conformance, context, action.context);
  return { read: resultOf(reading, context), mismatches: reading.conformance.diagnostics };
}
