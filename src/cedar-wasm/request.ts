import type { Diagnostic, Result } from '../diagnostics/diagnostic.js';
import { contextFromJson, entitiesFromJson } from '../entities/entities-from-json.js';
import type { EntityStore } from '../entities/entity.js';
import { createEntityStore } from '../entities/entity-store.js';
import { entityUidFromJson } from '../entities/entity-uid.js';
import type { JsonValue } from '../json/json-value.js';
import type { EntityUid, RecordValue } from '../values/value.js';
import { errorOf } from './detailed-error.js';
import { type Read, readable, unreadable } from './read.js';

/** Reads the principal, the action or the resource of a call. */
export function readUid(json: JsonValue, name: 'principal' | 'action' | 'resource'): Read<EntityUid> {
  return readWith(`failed to parse ${name}: `, entityUidFromJson(json));
}

/** Reads the context of a call. */
export function readContext(json: JsonValue): Read<RecordValue> {
  const isValue = json !== null;
  const words = (code: string): string =>
    isValue && code === 'context-not-record' ? 'expression is not a record: ' : 'while parsing context, ';
  return readWith(words, contextFromJson(json));
}

/** Reads the entities of a call into a store. */
export function readEntities(json: JsonValue): Read<EntityStore> {
  const entities = entitiesFromJson(json);
  return readWith(wordsForEntities, entities.ok ? createEntityStore(entities.value) : entities);
}

function wordsForEntities(code: string): string {
  switch (code) {
    case 'duplicate-entity':
      return 'duplicate entity entry: ';
    case 'entity-cycle':
      return 'transitive closure computation/enforcement error: ';
    default:
      return 'error during entity deserialization: ';
  }
}

/** A result with its problems as one error, behind words that may depend on the code of the first. */
function readWith<T>(words: string | ((code: string) => string), result: Result<T>): Read<T> {
  if (result.ok) return readable(result.value);
  const first = firstError(result.diagnostics);
  return unreadable([errorOf(typeof words === 'string' ? words : words(first?.code ?? ''), result.diagnostics)]);
}

function firstError(diagnostics: readonly Diagnostic[]): Diagnostic | undefined {
  return diagnostics.find((d) => d.severity === 'error');
}
