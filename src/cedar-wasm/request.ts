import type { Diagnostic, Result } from '../diagnostics/diagnostic.js';
import { checkRequest, type RequestEntities } from '../entities/conform-request.js';
import { contextBySchema } from '../entities/context-by-schema.js';
import { storeBySchema } from '../entities/entities-by-schema.js';
import { contextFromJson, entitiesFromJson } from '../entities/entities-from-json.js';
import type { EntityStore } from '../entities/entity.js';
import { createEntityStore } from '../entities/entity-store.js';
import { entityUidFromJson } from '../entities/entity-uid.js';
import type { JsonValue } from '../json/json-value.js';
import { findAction, type Schema } from '../schema/schema.js';
import { printEntityUid } from '../values/print.js';
import type { EntityUid, RecordValue } from '../values/value.js';
import type { DetailedError } from './answer-types.js';
import {
  type OfficialWords,
  wordsForContext,
  wordsForEntities,
  wordsForMismatches,
  wordsForRequest,
} from './data-words.js';
import { detailedError, errorOf } from './detailed-error.js';
import { type Read, readable, unreadable } from './read.js';

/** Reads the principal, the action or the resource of a call. */
export function readUid(json: JsonValue, name: 'principal' | 'action' | 'resource'): Read<EntityUid> {
  const uid = entityUidFromJson(json);
  return uid.ok ? readable(uid.value) : unreadable([errorOf(`failed to parse ${name}: `, uid.diagnostics)]);
}

/** A context, and what is wrong with it where requests are checked. */
export interface ReadContext {
  readonly value: RecordValue;
  readonly problems: readonly DetailedError[];
}

/** Reads the context of a call, by the schema if there is one that declares its action. */
export function readContext(json: JsonValue, schema?: Schema, uid?: EntityUid): Read<ReadContext> {
  if (schema === undefined || uid === undefined) {
    const read = contextFromJson(json);
    return read.ok ? readable({ value: read.value, problems: [] }) : unreadable([contextError(json, read)]);
  }
  const action = findAction(schema, uid);
  if (action === undefined)
    return unreadable([detailedError(`action \`${printEntityUid(uid)}\` does not exist in the supplied schema`)]);
  const { read, mismatches } = contextBySchema(json, schema, action);
  if (!read.ok) return unreadable([contextError(json, read)]);
  const problems = mismatches.length === 0 ? [] : [official(wordsForMismatches(mismatches, read.value, uid))];
  return readable({ value: read.value, problems });
}

function contextError(json: JsonValue, { diagnostics }: Result<unknown>): DetailedError {
  const isValue = json !== null;
  return dataError(sortedBy(isEvaluation, diagnostics), wordsForContext, (code) =>
    isValue && code === 'context-not-record' ? 'expression is not a record: ' : 'while parsing context, ',
  );
}

/** What the schema has against the principal, the action and the resource, as one error, if anything. */
export function requestErrors(schema: Schema, request: RequestEntities): readonly DetailedError[] {
  const found = checkRequest(schema, request);
  return found.length === 0 ? [] : [dataError(found, wordsForRequest, () => '')];
}

/** Reads the entities of a call into a store, by the schema if there is one. */
export function readEntities(json: JsonValue, schema?: Schema): Read<EntityStore> {
  const store = schema === undefined ? storeWithoutSchema(json) : storeBySchema(json, schema);
  if (store.ok) return readable(store.value);
  return unreadable([
    dataError(
      sortedBy((d) => !isForm(d), store.diagnostics),
      (d) => wordsForEntities(d, json),
      () => 'error during entity deserialization: ',
    ),
  ]);
}

/** The official package looks at the form of all entities before it looks at what they say. */
function isForm({ code }: Diagnostic): boolean {
  return code === 'entities-not-array' || code === 'bad-entity' || code === 'missing-field';
}

/** It reads the whole context before it evaluates the calls in it. */
function isEvaluation({ code }: Diagnostic): boolean {
  return code === 'extension-failure' || code === 'wrong-argument-type';
}

/** Diagnostics in their order, but those that come last at the end. */
function sortedBy(isLast: (d: Diagnostic) => boolean, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...diagnostics.filter((d) => !isLast(d)), ...diagnostics.filter(isLast)];
}

function storeWithoutSchema(json: JsonValue): Result<EntityStore> {
  const entities = entitiesFromJson(json);
  return entities.ok ? createEntityStore(entities.value) : entities;
}

/**
 * All that is wrong with one piece of data as one error, in the words of the official package where it has any. Others
 * are ours, behind words that depend on the code.
 */
function dataError(
  diagnostics: readonly Diagnostic[],
  wordsFor: (d: Diagnostic) => OfficialWords | undefined,
  words: (code: string) => string,
): DetailedError {
  const [first, ...others] = diagnostics.filter(({ severity }) => severity === 'error');
  if (first === undefined) return detailedError(words(''));
  const translated = (d: Diagnostic, before: string): DetailedError => {
    const known = wordsFor(d);
    return known === undefined ? errorOf(before, [d]) : official({ help: placedHelp(d), ...known });
  };
  return { ...translated(first, words(first.code)), related: others.map((d) => translated(d, '')) };
}

/** Our help where the official package has none; its messages name no place inside of a value. */
function placedHelp({ pointer = '', help }: Diagnostic): string {
  const place = pointer === '' ? [] : [`at ${pointer}`];
  return [...place, ...(help === undefined ? [] : [help])].join(': ');
}

function official({ message, help = '' }: OfficialWords): DetailedError {
  return detailedError(message, help === '' ? undefined : help);
}
