import { isActionType } from '../ast/names.js';
import { type Diagnostic, failure, hasErrors, type Result, success } from '../diagnostics/diagnostic.js';
import type { JsonObject, JsonValue } from '../json/json-value.js';
import { actionsOf, type EntityType, findAction, type Schema } from '../schema/schema.js';
import type { CedarType } from '../types/cedar-type.js';
import { printEntityUid } from '../values/print.js';
import type { EntityUid, Value } from '../values/value.js';
import {
  checkActionAncestors,
  checkEntity,
  reportUnexpectedAttribute,
  reportUnexpectedTag,
  reportUnknownType,
} from './conform-entity.js';
import { type Conformance, createConformance } from './conform-value.js';
import { readMember } from './data-reading.js';
import { type FieldReaders, readEntities } from './entities-from-json.js';
import type { Entity, EntityStore } from './entity.js';
import { createEntityStore, extendEntityStore } from './entity-store.js';
import { createSchemaReading, readTypedValue, type SchemaReading } from './typed-value-from-json.js';
import { readFields } from './value-from-json.js';

/**
 * Reads Cedar's entity JSON by a schema into a store, to which the actions of the schema are added. Everything that
 * cannot be read is reported first, then what does not conform; an action in the data must be as the schema has it.
 */
export function storeBySchema(json: JsonValue, schema: Schema): Result<EntityStore> {
  const { entities, complete, reading } = readBySchema(json, schema);
  const { conformance } = reading;
  for (const [index, entity] of entities) readMember(conformance, index, entity, checkEntity);
  const read = reading.diagnostics;
  if (!complete || hasErrors(read)) return failure([...read, ...conformance.diagnostics]);
  const all = [...entities.values()];
  const store = createEntityStore([...all, ...missingActions(schema, all)]);
  const [cycles, others] = byCode(store.ok ? [] : store.diagnostics, 'entity-cycle');
  if (store.ok) checkAncestors(conformance, entities);
  // In the order in which the official engine looks, which gives up at the first.
  const [actions, mismatches] = byCode(conformance.diagnostics, 'action-mismatch');
  const found = [...others, ...mismatches, ...cycles, ...actions];
  return store.ok && found.length === 0 ? success(store.value, read) : failure([...read, ...found]);
}

/** Reads entities by a schema and adds them to a store whose entities conform to it and that has the actions of it. */
export function extendStoreBySchema(store: EntityStore, json: JsonValue, schema: Schema): Result<EntityStore> {
  const { entities, complete, reading } = readBySchema(json, schema);
  const { conformance } = reading;
  for (const [index, entity] of entities) readMember(conformance, index, entity, checkEntity);
  const found = [...reading.diagnostics, ...conformance.diagnostics];
  if (!complete || hasErrors(found)) return failure(found);
  return extendEntityStore(store, entities.values());
}

/** The store with the actions of a schema, if all its entities conform; the diagnostics name the entities. */
export function conformingStore(store: EntityStore, schema: Schema): Result<EntityStore> {
  const found: Diagnostic[] = [];
  for (const entity of store.entities()) {
    const conformance = createConformance(schema);
    checkEntity(conformance, entity);
    if (isActionType(entity.uid.type)) checkActionAncestors(conformance, entity.uid, store.ancestors(entity.uid));
    const name = printEntityUid(entity.uid);
    for (const d of conformance.diagnostics)
      found.push({ ...d, message: `${name} at ${d.pointer ?? ''}: ${d.message}` });
  }
  if (found.length > 0) return failure(found);
  const missing = [...actionEntities(schema)].filter(({ uid }) => store.find(uid) === undefined);
  return extendEntityStore(store, missing);
}

interface ReadBySchema {
  /** By their index, without those that cannot be had. */
  readonly entities: ReadonlyMap<number, Entity>;
  readonly complete: boolean;
  readonly reading: SchemaReading;
}

function readBySchema(json: JsonValue, schema: Schema): ReadBySchema {
  const reading = createSchemaReading(schema);
  const entities = new Map<number, Entity>();
  const all = readEntities(reading, json, BY_SCHEMA, (entity, index) => entities.set(index, entity));
  return { entities, complete: all !== undefined, reading };
}

/** How the fields of an entity are read by its type; entities of no known type are not looked into. */
const BY_SCHEMA: FieldReaders<SchemaReading> = {
  attributes: (reading, json, uid) => {
    if (uid === undefined) return undefined;
    if (isActionType(uid.type)) return readFields(reading, json);
    const type = typeOf(reading, uid);
    if (type === undefined) return reportAtEntity(reading, uid);
    return readDeclared(
      reading,
      json,
      (name) => type.attributes.attributes.get(name)?.type,
      (name) => reportUnexpectedAttribute(reading, uid, name, type),
    );
  },
  tags: (reading, json, uid) => {
    if (uid === undefined) return undefined;
    if (isActionType(uid.type)) return readFields(reading, json);
    const type = typeOf(reading, uid);
    if (type === undefined) return undefined;
    return readDeclared(
      reading,
      json,
      () => type.tags,
      (name) => reportUnexpectedTag(reading, uid, name),
    );
  },
};

function typeOf({ conformance }: SchemaReading, uid: EntityUid): EntityType | undefined {
  return conformance.schema.entityTypes.get(uid.type);
}

/** Reports an unknown type at the entity; the reading stands at its attributes. */
function reportAtEntity(reading: SchemaReading, uid: EntityUid): undefined {
  const { conformance, diagnostics, path, base } = reading;
  reportUnknownType({ ...createConformance(conformance.schema, base, path.slice(0, -1)), diagnostics }, uid);
  return undefined;
}

/** Reads attributes or tags by their declared types; those without one are reported and left out. */
function readDeclared(
  reading: SchemaReading,
  json: JsonObject,
  typeOfMember: (name: string) => CedarType | undefined,
  reportUndeclared: (name: string) => void,
): ReadonlyMap<string, Value> | undefined {
  const fields = new Map<string, Value>();
  let good = true;
  for (const name of Object.keys(json)) {
    const type = typeOfMember(name);
    if (type === undefined) {
      reportUndeclared(name);
      continue;
    }
    const value = readMember(reading, name, json[name] ?? null, (inner, member) => readTypedValue(inner, member, type));
    if (value === undefined) good = false;
    else fields.set(name, value);
  }
  return good ? fields : undefined;
}

/** The actions of a schema as entities. */
function* actionEntities(schema: Schema): IterableIterator<Entity> {
  for (const { uid, parents } of actionsOf(schema))
    yield { uid, attributes: NO_FIELDS, tags: NO_FIELDS, parents: parents.map((parent) => parent.uid) };
}

const NO_FIELDS: ReadonlyMap<string, Value> = new Map();

function missingActions(schema: Schema, entities: readonly Entity[]): readonly Entity[] {
  const given = new Set(entities.map(({ uid }) => findAction(schema, uid)));
  return [...actionEntities(schema)].filter(({ uid }) => !given.has(findAction(schema, uid)));
}

/** An action that lists its direct groups only needs the groups between in the same data. */
function checkAncestors(conformance: Conformance, entities: ReadonlyMap<number, Entity>): void {
  const actions = [...entities].filter(([, { uid }]) => isActionType(uid.type));
  const store = createEntityStore(actions.map(([, action]) => action));
  if (!store.ok) return;
  for (const [index, { uid }] of actions) {
    readMember(conformance, index, uid, (inner) => checkActionAncestors(inner, uid, store.value.ancestors(uid)));
  }
}

/** Those with a code and those without it. */
function byCode(
  diagnostics: readonly Diagnostic[],
  code: string,
): readonly [readonly Diagnostic[], readonly Diagnostic[]] {
  return [diagnostics.filter((d) => d.code === code), diagnostics.filter((d) => d.code !== code)];
}
