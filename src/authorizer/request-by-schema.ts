import { failure, type Result, success } from '../diagnostics/diagnostic.js';
import { checkRequest } from '../entities/conform-request.js';
import { contextBySchema } from '../entities/context-by-schema.js';
import { extendStoreBySchema } from '../entities/entities-by-schema.js';
import type { EntityStore } from '../entities/entity.js';
import type { Environment } from '../evaluator/environment.js';
import { createJsonObject, type JsonValue } from '../json/json-value.js';
import { findAction, type Schema } from '../schema/schema.js';
import type { EntityUid, RecordValue } from '../values/value.js';
import type { ReadingBySchema } from './answerer.js';
import { atField, type RequestParts } from './request-parts.js';
import { TypedContextReader } from './typed-context.js';

export function readingBySchema(schema: Schema): ReadingBySchema {
  return {
    join: (parts, resident) => environmentBySchema(parts, resident, schema),
    contexts: new TypedContextReader(schema),
  };
}

/** Turns a request into what policies are evaluated against, if it conforms to the schema in everything. */
export function environmentBySchema(parts: RequestParts, resident: EntityStore, schema: Schema): Result<Environment> {
  const { principal, action, resource } = parts;
  const context = action.ok ? readContext(parts.context, schema, action.value) : success(undefined);
  const entities = extend(parts.entities, resident, schema);
  const checked = checkRequest(schema, {
    principal: knownOf(principal),
    action: knownOf(action),
    resource: knownOf(resource),
  });
  if (principal.ok && action.ok && resource.ok && context.ok && entities.ok && checked.length === 0 && context.value) {
    return success({
      principal: principal.value,
      action: action.value,
      resource: resource.value,
      context: context.value,
      entities: entities.value,
    });
  }
  const read = [principal, action, resource].flatMap(({ diagnostics }) => diagnostics);
  return failure([...read, ...checked, ...context.diagnostics, ...entities.diagnostics]);
}

function knownOf<T>(result: Result<T>): T | undefined {
  return result.ok ? result.value : undefined;
}

/** Undefined for an action that is not declared: nothing is known of its context then. */
function readContext(
  json: Result<JsonValue> | undefined,
  schema: Schema,
  uid: EntityUid,
): Result<RecordValue | undefined> {
  const action = findAction(schema, uid);
  if (action === undefined) return success(undefined);
  if (json?.ok === false) return atField('/context', json);
  const { read, mismatches } = contextBySchema(json?.value ?? createJsonObject(), schema, action, '/context');
  return mismatches.length === 0 ? read : failure([...read.diagnostics, ...mismatches]);
}

function extend(json: Result<JsonValue> | undefined, resident: EntityStore, schema: Schema): Result<EntityStore> {
  if (json === undefined) return success(resident);
  return atField('/entities', json.ok ? extendStoreBySchema(resident, json.value, schema) : json);
}
