import type { Entity, EntityStore } from '../../src/entities/entity.js';
import { createEntityStore } from '../../src/entities/entity-store.js';
import type { Environment } from '../../src/evaluator/environment.js';
import { EXTENSION_FUNCTIONS } from '../../src/extensions/extension-functions.js';
import { actionsOf, type EntityType, type RequestEnvironment, type Schema } from '../../src/schema/schema.js';
import type { CedarType, ExtensionTypeName, RecordType } from '../../src/types/cedar-type.js';
import { createSet } from '../../src/values/equality.js';
import { longOf } from '../../src/values/long.js';
import { type EntityUid, entityUid, type Value } from '../../src/values/value.js';

/** Numbers in [0, 1), the same for the same seed. */
export type Random = () => number;

export function randomFrom(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const IDS = ['i', 'j', 'k'];
const LITERALS: Readonly<Record<ExtensionTypeName, readonly string[]>> = {
  ipaddr: ['1.1.1.1', '10.0.0.0/8', '::1'],
  decimal: ['1.0', '-2.5'],
  datetime: ['2024-01-01', '1969-12-31T23:59:59Z'],
  duration: ['1h', '-2d3ms'],
};

/** Entities of a schema: some of them missing, optional attributes now and then, every value of its declared type. */
export function conformingStore(schema: Schema, random: Random): EntityStore {
  const entities: Entity[] = [];
  for (const type of schema.entityTypes.values()) {
    for (const id of idsOf(type)) {
      if (random() < 0.2) continue;
      entities.push({
        uid: entityUid(type.name, id),
        attributes: type.kind === 'enum' ? new Map() : fieldsOf(type.attributes, schema, random),
        tags: tagsOf(type, schema, random),
        parents: parentsOf(type, id, schema, random),
      });
    }
  }
  for (const { uid, parents } of actionsOf(schema)) {
    entities.push({ uid, attributes: new Map(), tags: new Map(), parents: parents.map((parent) => parent.uid) });
  }
  const store = createEntityStore(entities);
  if (!store.ok) throw new Error(JSON.stringify(store.diagnostics));
  return store.value;
}

/** A request of a request environment. */
export function conformingRequest(
  { action, principal, resource, context }: RequestEnvironment,
  schema: Schema,
  entities: EntityStore,
  random: Random,
): Environment {
  return {
    principal: entityOf(principal, schema, random),
    action: action.uid,
    resource: entityOf(resource, schema, random),
    context: { kind: 'record', fields: fieldsOf(context, schema, random) },
    entities,
  };
}

function idsOf(type: EntityType | undefined): readonly string[] {
  return type?.kind === 'enum' ? [...type.ids] : IDS;
}

function pick<T>(from: readonly T[], random: Random): T {
  const found = from[Math.floor(random() * from.length)];
  if (found === undefined) throw new Error('nothing to pick');
  return found;
}

function entityOf(type: string, schema: Schema, random: Random): EntityUid {
  const actions = schema.actionTypes.get(type)?.actions;
  return entityUid(
    type,
    pick(actions === undefined ? idsOf(schema.entityTypes.get(type)) : [...actions.keys()], random),
  );
}

/** Ids in the order of `IDS`, so that no entity is in itself. */
function parentsOf(type: EntityType, id: string, schema: Schema, random: Random): readonly EntityUid[] {
  const later = IDS.slice(IDS.indexOf(id) + 1);
  return type.parents.flatMap((parent) => {
    const ids = schema.entityTypes.get(parent)?.kind === 'enum' ? [] : later;
    return ids.filter(() => random() < 0.6).map((parentId) => entityUid(parent, parentId));
  });
}

function tagsOf({ tags }: EntityType, schema: Schema, random: Random): ReadonlyMap<string, Value> {
  if (tags === undefined) return new Map();
  const keys = ['t', 'u', 's', 'name', 'alice'].filter(() => random() < 0.5);
  return new Map(keys.map((key) => [key, arbitraryValue(tags, schema, random)]));
}

function fieldsOf({ attributes }: RecordType, schema: Schema, random: Random): ReadonlyMap<string, Value> {
  const fields = new Map<string, Value>();
  for (const [name, { type, required }] of attributes) {
    if (required || random() < 0.6) fields.set(name, arbitraryValue(type, schema, random));
  }
  return fields;
}

function arbitraryValue(type: CedarType, schema: Schema, random: Random): Value {
  switch (type.kind) {
    case 'bool':
      return random() < 0.5;
    case 'long':
      return longOf(pick([0n, 1n, 7n, -1n, 2n ** 63n - 1n, -(2n ** 63n)], random));
    case 'string':
      return pick(['', 's', 't', 'u', 'name', 'alice'], random);
    case 'set':
      return createSet(
        Array.from({ length: Math.floor(random() * 4) }, () => arbitraryValue(type.element, schema, random)),
      );
    case 'record':
      return { kind: 'record', fields: fieldsOf(type, schema, random) };
    case 'entity':
      return entityOf(type.name, schema, random);
    case 'extension': {
      const made = EXTENSION_FUNCTIONS.get(type.name === 'ipaddr' ? 'ip' : type.name)?.apply([
        pick(LITERALS[type.name], random),
      ]);
      if (made === undefined || (typeof made === 'object' && made.kind === 'failure')) throw new Error('a bad literal');
      return made;
    }
  }
}
