import { failure, type Result, success } from '../diagnostics/diagnostic.js';
import { storeBySchema } from '../entities/entities-by-schema.js';
import { entitiesFromJson } from '../entities/entities-from-json.js';
import type { EntityStore } from '../entities/entity.js';
import { createEntityStore, EMPTY_ENTITY_STORE } from '../entities/entity-store.js';
import type { JsonValue } from '../json/json-value.js';
import { locateDiagnostics } from '../json/locate.js';
import { parseJson } from '../json/parse-json.js';
import type { Schema } from '../schema/schema.js';
import type { Session } from './command.js';

/**
 * Reads a file of entities; without one there are none. With a schema they are read by it and must conform to it, and
 * its actions are added.
 */
export async function readEntitiesFile(
  session: Session,
  file: string | undefined,
  schema?: Schema,
): Promise<Result<EntityStore>> {
  if (file === undefined) return schema === undefined ? success(EMPTY_ENTITY_STORE) : storeBySchema([], schema);
  const source = await session.read(file);
  if (!source.ok) return source;
  const json = parseJson(source.value);
  const store = json.ok ? storeOf(json.value, schema) : json;
  return store.ok ? store : failure(locateDiagnostics(source.value, store.diagnostics));
}

function storeOf(json: JsonValue, schema: Schema | undefined): Result<EntityStore> {
  if (schema !== undefined) return storeBySchema(json, schema);
  const read = entitiesFromJson(json);
  return read.ok ? createEntityStore(read.value) : read;
}
