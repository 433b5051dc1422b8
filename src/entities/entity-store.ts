import { isActionType } from '../ast/names.js';
import { type Diagnostic, diagnostic, failure, type Result, success } from '../diagnostics/diagnostic.js';
import { memberPointer, pointerOf } from '../json/pointer.js';
import { sameUid, valuesEqual } from '../values/equality.js';
import { printEntityUid } from '../values/print.js';
import type { EntityUid, Value } from '../values/value.js';
import type { Entity, EntityStore } from './entity.js';
import { ExtendedStore } from './extended-store.js';
import { Hierarchy } from './hierarchy.js';
import { layOutPlaces } from './place.js';
import { UidMap } from './uid-map.js';

/** The store without any entity. */
export const EMPTY_ENTITY_STORE: EntityStore = new Hierarchy(new UidMap(), 0);

/**
 * Makes a store. Copies of one entity collapse when they are equal; different entities of one name, ways round through
 * parents, and actions with a parent that is no action are errors. Pointers in diagnostics count the entities as given.
 */
export function createEntityStore(entities: Iterable<Entity>): Result<EntityStore> {
  const incoming = readIncoming(entities);
  const { places, cycles } = layOutPlaces(incoming.first.values());
  const diagnostics = [
    ...incoming.diagnostics,
    ...cycles.map((cycle) =>
      cycleDiagnostic(
        cycle.map((p) => p.uid),
        incoming.indexes,
      ),
    ),
  ];
  return diagnostics.length === 0 ? success(new Hierarchy(places, incoming.first.size)) : failure(diagnostics);
}

/**
 * Adds entities to a store, which itself stays as it is. One that equals a resident entity changes nothing; one that
 * differs from it is an error, as are new ways round through parents. Takes time in proportion to what is added,
 * however large the store is, unless that is much in comparison.
 */
export function extendEntityStore(store: EntityStore, entities: Iterable<Entity>): Result<EntityStore> {
  if (Array.isArray(entities) && store instanceof Hierarchy && isFewStrangers(store, entities)) {
    const extended = new ExtendedStore(store, entities);
    if (extended.searchCost <= store.size && extended.findCycle() === undefined) return success(extended);
  }
  const incoming = readIncoming(entities);
  const diagnostics = [...incoming.diagnostics];
  const added: Entity[] = [];
  for (const entity of incoming.first.values()) {
    const resident = store.find(entity.uid);
    if (resident === undefined) added.push(entity);
    else if (!equalsResident(store, resident, entity))
      diagnostics.push(conflictDiagnostic(entity.uid, incoming.indexes));
  }
  if (diagnostics.length > 0) return failure(diagnostics);
  if (added.length === 0) return success(store);
  const extended = overlay(store, added);
  if (extended === undefined) return createFrom(store, added, incoming.indexes);
  const cycle = extended.findCycle();
  return cycle === undefined ? success(extended) : failure([cycleDiagnostic(cycle, incoming.indexes)]);
}

/** More additional entities than this share of the store, and than a few, are better laid out together with it. */
const LARGEST_SHARE = 1 / 8;
const A_FEW = 3;

/** The store with additions beside it, or undefined where laying out everything anew is better. */
function overlay(store: EntityStore, added: readonly Entity[]): ExtendedStore | undefined {
  const [base, all] = store instanceof ExtendedStore ? [store.base, [...store.added, ...added]] : [store, added];
  if (!(base instanceof Hierarchy) || all.length > Math.max(A_FEW, base.size * LARGEST_SHARE)) return undefined;
  const extended = new ExtendedStore(base, all);
  return extended.searchCost > base.size ? undefined : extended;
}

/** Whether all that is added is new, so that there is nothing to compare: the usual case, told without a map. */
function isFewStrangers(store: Hierarchy, entities: readonly Entity[]): boolean {
  if (entities.length === 0 || entities.length > A_FEW) return false;
  for (let i = 0; i < entities.length; i++) {
    const uid = entities[i]?.uid;
    if (uid === undefined || isActionType(uid.type) || store.find(uid) !== undefined) return false;
    for (let before = 0; before < i; before++) {
      const other = entities[before]?.uid;
      if (other !== undefined && sameUid(other, uid)) return false;
    }
  }
  return true;
}

function createFrom(store: EntityStore, added: readonly Entity[], indexes: UidMap<number>): Result<EntityStore> {
  const { places, cycles } = layOutPlaces([...store.entities(), ...added]);
  if (cycles.length === 0) return success(new Hierarchy(places, store.size + added.length));
  return failure(
    cycles.map((cycle) =>
      cycleDiagnostic(
        cycle.map((p) => p.uid),
        indexes,
      ),
    ),
  );
}

interface Incoming {
  /** The first entity of each name. */
  readonly first: UidMap<Entity>;
  /** Where it stands in what was given. */
  readonly indexes: UidMap<number>;
  readonly diagnostics: readonly Diagnostic[];
}

function readIncoming(entities: Iterable<Entity>): Incoming {
  const first = new UidMap<Entity>();
  const indexes = new UidMap<number>();
  const diagnostics: Diagnostic[] = [];
  let index = 0;
  for (const entity of entities) {
    if (isActionType(entity.uid.type)) checkActionParents(entity, index, diagnostics);
    const known = first.get(entity.uid);
    if (known === undefined) {
      first.set(entity.uid, entity);
      indexes.set(entity.uid, index);
    } else if (!entitiesEqual(known, entity))
      diagnostics.push(duplicateDiagnostic(entity.uid, index, indexes.get(entity.uid) ?? 0));
    index++;
  }
  return { first, indexes, diagnostics };
}

function checkActionParents(entity: Entity, index: number, diagnostics: Diagnostic[]): void {
  for (const [at, parent] of entity.parents.entries()) {
    if (isActionType(parent.type)) continue;
    diagnostics.push(
      diagnostic(
        'action-parent',
        `the action ${printEntityUid(entity.uid)} has the parent ${printEntityUid(parent)}, which is no action`,
        {
          pointer: pointerOf([index, 'parents', at]),
          help: 'only actions can be parents of actions',
          data: { uid: entity.uid, parent },
        },
      ),
    );
  }
}

/** Whether two entities of one name are the same: attributes and tags by value, parents as sets. */
function entitiesEqual(a: Entity, b: Entity): boolean {
  return (
    a === b ||
    (fieldsEqual(a.attributes, b.attributes) && fieldsEqual(a.tags, b.tags) && sameUids(a.parents, b.parents))
  );
}

/** Also equal is one that lists its ancestors instead of its parents only, as entities are written back. */
function equalsResident(store: EntityStore, resident: Entity, entity: Entity): boolean {
  if (entitiesEqual(resident, entity)) return true;
  if (!fieldsEqual(resident.attributes, entity.attributes) || !fieldsEqual(resident.tags, entity.tags)) return false;
  return sameUids(store.ancestors(resident.uid), entity.parents);
}

function fieldsEqual(a: ReadonlyMap<string, Value>, b: ReadonlyMap<string, Value>): boolean {
  if (a.size !== b.size) return false;
  for (const [key, value] of a) {
    const other = b.get(key);
    if (other === undefined || !valuesEqual(value, other)) return false;
  }
  return true;
}

function sameUids(a: readonly EntityUid[], b: readonly EntityUid[]): boolean {
  return containsUids(a, b) && containsUids(b, a);
}

function containsUids(all: readonly EntityUid[], some: readonly EntityUid[]): boolean {
  if (some.length <= 4) return some.every((uid) => all.some((other) => sameUid(uid, other)));
  const known = new UidMap<true>();
  for (const uid of all) known.set(uid, true);
  return some.every((uid) => known.has(uid));
}

function duplicateDiagnostic(uid: EntityUid, index: number, first: number): Diagnostic {
  return diagnostic('duplicate-entity', `${printEntityUid(uid)} is given twice, with different data`, {
    pointer: memberPointer('', index),
    help: `keep one of the two; the other is at ${memberPointer('', first)}`,
    data: { uid, first },
  });
}

function conflictDiagnostic(uid: EntityUid, indexes: UidMap<number>): Diagnostic {
  return diagnostic('entity-conflict', `${printEntityUid(uid)} is in the store already, with different data`, {
    pointer: memberPointer('', indexes.get(uid) ?? 0),
    help: 'leave it out to use the one in the store',
    data: { uid },
  });
}

const SHOWN_STEPS = 8;

/** Points to the first of the given entities that is on the way round. */
function cycleDiagnostic(cycle: readonly EntityUid[], indexes: UidMap<number>): Diagnostic {
  const index = cycle
    .flatMap((uid) => indexes.get(uid) ?? [])
    .reduce<number | undefined>((a, b) => (a === undefined || b < a ? b : a), undefined);
  const shown = [...cycle.slice(0, SHOWN_STEPS), ...cycle.slice(0, 1)].map(printEntityUid);
  if (cycle.length > SHOWN_STEPS) shown.splice(-1, 0, `${cycle.length - SHOWN_STEPS} more`);
  return diagnostic('entity-cycle', `an entity is its own ancestor: ${shown.join(' in ')}`, {
    ...(index === undefined ? {} : { pointer: pointerOf([index, 'parents']) }),
    help: 'take one of these parents away',
    data: { cycle },
  });
}

/** Whether a value is an entity store rather than entity JSON. */
export function isEntityStore(given: unknown): given is EntityStore {
  return typeof given === 'object' && given !== null && 'isIn' in given && typeof given.isIn === 'function';
}
