import { failure, type Result, success } from '../diagnostics/diagnostic.js';
import { conformingStore, storeBySchema } from '../entities/entities-by-schema.js';
import type { EntityStore } from '../entities/entity.js';
import { jsonFromJavaScript } from '../json/from-javascript.js';
import type { JsonValue } from '../json/json-value.js';
import { parseSchema } from '../parser/parse-schema.js';
import { resolveSchema } from '../schema/resolve-schema.js';
import type { Schema } from '../schema/schema.js';
import { schemaFromJson } from '../schema/schema-from-json.js';
import { createSource } from '../text/source.js';

/** A schema as callers hand it over: text in Cedar syntax, the value of a JSON schema, or one that `resolveSchema` made. */
export type SchemaInput = string | object;

/** Reads a schema; everything that is wrong with it is reported. */
export function readSchemaInput(given: unknown): Result<Schema> {
  if (isSchema(given)) return success(given);
  const fragment = typeof given === 'string' ? parseSchema(createSource(given, '<schema>')) : fragmentOf(given);
  return fragment.ok ? resolveSchema([fragment.value]) : fragment;
}

function fragmentOf(given: unknown): ReturnType<typeof schemaFromJson> {
  const json = jsonFromJavaScript(given);
  return json.ok ? schemaFromJson(json.value) : failure(json.diagnostics);
}

function isSchema(given: unknown): given is Schema {
  if (typeof given !== 'object' || given === null) return false;
  return 'entityTypes' in given && given.entityTypes instanceof Map && 'actionTypes' in given;
}

/** The store of entities that are given as JSON or as a store, with the actions of the schema, if they conform to it. */
export function residentBySchema(given: Result<JsonValue> | EntityStore, schema: Schema): Result<EntityStore> {
  if (!('ok' in given)) return conformingStore(given, schema);
  return given.ok ? storeBySchema(given.value, schema) : given;
}
