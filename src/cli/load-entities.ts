import { failure, type Result, success } from '../diagnostics/diagnostic.js';
import { entitiesFromJson } from '../entities/entities-from-json.js';
import type { EntityStore } from '../entities/entity.js';
import { createEntityStore, EMPTY_ENTITY_STORE } from '../entities/entity-store.js';
import { locateDiagnostics } from '../json/locate.js';
import { parseJson } from '../json/parse-json.js';
import type { Session } from './command.js';

/** Reads a file of entities; without one there are none. */
export async function readEntitiesFile(session: Session, file: string | undefined): Promise<Result<EntityStore>> {
  if (file === undefined) return success(EMPTY_ENTITY_STORE);
  const source = await session.read(file);
  if (!source.ok) return source;
  const json = parseJson(source.value);
  const read = json.ok ? entitiesFromJson(json.value) : json;
  const store = read.ok ? createEntityStore(read.value) : read;
  return store.ok ? store : failure(locateDiagnostics(source.value, store.diagnostics));
}
