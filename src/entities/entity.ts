import type { EntityUid, Value } from '../values/value.js';

export interface Entity {
  readonly uid: EntityUid;
  readonly attributes: ReadonlyMap<string, Value>;
  readonly tags: ReadonlyMap<string, Value>;
  /** Direct parents as given; a parent need not exist. */
  readonly parents: readonly EntityUid[];
}

/** An immutable set of entities with their hierarchy. */
export interface EntityStore {
  readonly size: number;
  /** The entity of that name, or undefined when it is not in the store. */
  find(uid: EntityUid): Entity | undefined;
  /**
   * Cedar's `in`: equal, or `ancestor` is reached from `descendant` by following parents through entities that are in
   * the store. Neither needs to exist.
   */
  isIn(descendant: EntityUid, ancestor: EntityUid): boolean;
  /** All ancestors of an entity, itself excluded; empty when it is not in the store. */
  ancestors(uid: EntityUid): readonly EntityUid[];
  entities(): IterableIterator<Entity>;
}
