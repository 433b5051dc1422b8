import { type Diagnostic, diagnostic, failure, type Result, success } from '../diagnostics/diagnostic.js';
import { decimalText } from '../extensions/decimal.js';
import { durationText } from '../extensions/duration.js';
import { ipaddrText } from '../extensions/ipaddr.js';
import { createJsonObject, type JsonObject, type JsonValue } from '../json/json-value.js';
import { type JsonStep, pointerOf } from '../json/pointer.js';
import { compareCodePoints } from '../text/code-point-order.js';
import type { EntityUid, ExtensionValue, Value } from '../values/value.js';
import type { Entity, EntityStore } from './entity.js';
import { ESCAPE_KEYS } from './value-from-json.js';

/**
 * Writes a value so that `valueFromJson` reads it back: entities as `__entity`, extension values as the call of their
 * constructor with canonical text, records with sorted keys. A record with a key `__entity`, `__extn` or `__expr`
 * cannot be written, as it could be read as something else.
 */
export function valueToJson(value: Value): Result<JsonValue> {
  return write((writing) => writeValue(writing, value));
}

/** Writes an entity of a store: its parents are all its ancestors there, tags are left out when there are none. */
export function entityToJson(entity: Entity, store: EntityStore): Result<JsonObject> {
  return write((writing) => writeEntity(writing, entity, store));
}

/** Writes all entities of a store as Cedar's entity JSON. */
export function entitiesToJson(store: EntityStore): Result<JsonValue> {
  return write((writing) =>
    Array.from(store.entities(), (entity, index) => writeAt(writing, index, () => writeEntity(writing, entity, store))),
  );
}

interface Writing {
  readonly path: JsonStep[];
  readonly diagnostics: Diagnostic[];
}

function write<T>(produce: (writing: Writing) => T): Result<T> {
  const writing: Writing = { path: [], diagnostics: [] };
  const json = produce(writing);
  return writing.diagnostics.length === 0 ? success(json) : failure(writing.diagnostics);
}

function writeAt<T>(writing: Writing, step: JsonStep, produce: () => T): T {
  writing.path.push(step);
  const json = produce();
  writing.path.pop();
  return json;
}

function writeEntity(writing: Writing, entity: Entity, store: EntityStore): JsonObject {
  return objectOf([
    ['uid', typeAndId(entity.uid)],
    ['attrs', writeAt(writing, 'attrs', () => writeFields(writing, entity.attributes))],
    ['parents', store.ancestors(entity.uid).map(typeAndId)],
    ...(entity.tags.size === 0
      ? []
      : [['tags', writeAt(writing, 'tags', () => writeFields(writing, entity.tags))] as const]),
  ]);
}

function writeFields(writing: Writing, fields: ReadonlyMap<string, Value>): JsonObject {
  const sorted = [...fields].sort(([a], [b]) => compareCodePoints(a, b));
  return objectOf(sorted.map(([key, value]) => [key, writeAt(writing, key, () => writeValue(writing, value))]));
}

function writeValue(writing: Writing, value: Value): JsonValue {
  if (typeof value !== 'object') return value;
  switch (value.kind) {
    case 'entity':
      return objectOf([['__entity', typeAndId(value)]]);
    case 'set':
      return value.elements.map((element, index) => writeAt(writing, index, () => writeValue(writing, element)));
    case 'record':
      for (const key of ESCAPE_KEYS) if (value.fields.has(key)) reportReserved(writing, key);
      return writeFields(writing, value.fields);
    default:
      return writeExtension(value);
  }
}

function reportReserved(writing: Writing, key: string): void {
  writing.diagnostics.push(
    diagnostic('reserved-key', `a record with the key \`${key}\` cannot be written as JSON`, {
      pointer: pointerOf([...writing.path, key]),
      help: 'rename the key',
    }),
  );
}

function writeExtension(value: ExtensionValue): JsonValue {
  switch (value.kind) {
    case 'decimal':
      return call('decimal', 'arg', decimalText(value));
    case 'ipaddr':
      return call('ip', 'arg', ipaddrText(value));
    case 'duration':
      return call('duration', 'arg', durationText(value));
    case 'datetime': {
      // Not every datetime has a text of its own; an offset from the epoch always exists.
      const offset = durationText({ kind: 'duration', milliseconds: value.milliseconds });
      return call('offset', 'args', [call('datetime', 'arg', '1970-01-01'), call('duration', 'arg', offset)]);
    }
  }
}

function call(fn: string, member: 'arg' | 'args', value: JsonValue): JsonObject {
  return objectOf([
    [
      '__extn',
      objectOf([
        ['fn', fn],
        [member, value],
      ]),
    ],
  ]);
}

function typeAndId(uid: EntityUid): JsonObject {
  return objectOf([
    ['type', uid.type],
    ['id', uid.id],
  ]);
}

function objectOf(members: Iterable<readonly [string, JsonValue]>): JsonObject {
  const object = createJsonObject();
  for (const [key, value] of members) object[key] = value;
  return object;
}
