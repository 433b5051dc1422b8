import type { EntityUid } from '../values/value.js';

/** A map from entity uids, in two levels, so that looking one up joins no strings. */
export class UidMap<T> {
  private readonly types = new Map<string, Map<string, T>>();
  private count = 0;

  get size(): number {
    return this.count;
  }

  get(uid: EntityUid): T | undefined {
    return this.types.get(uid.type)?.get(uid.id);
  }

  /** What stands under the two parts of a uid. */
  at(type: string, id: string): T | undefined {
    return this.types.get(type)?.get(id);
  }

  /** What stands under the uids of one type, by id; it follows what is set later. Undefined before the first is set. */
  ofType(type: string): ReadonlyMap<string, T> | undefined {
    return this.types.get(type);
  }

  has(uid: EntityUid): boolean {
    return this.get(uid) !== undefined;
  }

  set(uid: EntityUid, value: T & {}): void {
    let ids = this.types.get(uid.type);
    if (ids === undefined) {
      ids = new Map();
      this.types.set(uid.type, ids);
    }
    const before = ids.size;
    ids.set(uid.id, value);
    this.count += ids.size - before;
  }

  delete(uid: EntityUid): void {
    if (this.types.get(uid.type)?.delete(uid.id) === true) this.count--;
  }

  *values(): IterableIterator<T> {
    for (const ids of this.types.values()) yield* ids.values();
  }
}
