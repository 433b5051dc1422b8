import { sameUid } from '../values/equality.js';
import type { EntityUid } from '../values/value.js';
import type { Entity, EntityStore } from './entity.js';
import { findPlace, isAboveInTree, type Place, placesAbove } from './place.js';
import type { UidMap } from './uid-map.js';

/** How many remembered ancestors a store may hold for each place, so that memory stays linear in the data. */
const ROOM_PER_PLACE = 16;
/** Remembered ancestors that every store may hold. */
const ROOM_AT_LEAST = 65_536;

/**
 * Entities with their hierarchy. What is above a place with several parents is worked out when it is first asked for
 * and remembered while there is room; without room each question walks upwards, using what is remembered there.
 */
export class Hierarchy implements EntityStore {
  readonly size: number;
  private readonly places: UidMap<Place>;
  private room: number;

  /**
   * `places` are those of a layout without cycles that was made from `size` entities; `room` is how many ancestors may
   * be remembered.
   */
  constructor(places: UidMap<Place>, size: number, room = Math.max(ROOM_AT_LEAST, places.size * ROOM_PER_PLACE)) {
    this.places = places;
    this.size = size;
    this.room = room;
  }

  find(uid: EntityUid): Entity | undefined {
    return findPlace(this.places, uid)?.entity;
  }

  /** Whether an entity of the store names this one as a parent although it is not in the store. */
  lacks(uid: EntityUid): boolean {
    const place = findPlace(this.places, uid);
    return place !== undefined && place.entity === undefined;
  }

  isIn(descendant: EntityUid, ancestor: EntityUid): boolean {
    if (sameUid(descendant, ancestor)) return true;
    const from = findPlace(this.places, descendant);
    return from !== undefined && this.isAbove(ancestor, from);
  }

  /** The place of a uid that is in the store or a parent in it. */
  placeOf(uid: EntityUid): Place | undefined {
    return findPlace(this.places, uid);
  }

  /** Whether a place of this hierarchy reaches an ancestor, itself excluded. */
  isAbove(ancestor: EntityUid, from: Place): boolean {
    if (from.parents.length === 0) return false;
    const to = findPlace(this.places, ancestor);
    if (to === undefined || from.rank >= to.rank) return false;
    return isAboveInTree(from, to) || this.isAboveRoot(from.root, to);
  }

  ancestors(uid: EntityUid): readonly EntityUid[] {
    const place = findPlace(this.places, uid);
    return place === undefined ? [] : Array.from(placesAbove(place), (above) => above.uid);
  }

  *entities(): IterableIterator<Entity> {
    for (const { entity } of this.places.values()) if (entity !== undefined) yield entity;
  }

  private isAboveRoot(root: Place, to: Place): boolean {
    if (root.parents.length === 0 || root.rank >= to.rank) return false;
    if (root.above !== undefined) return root.above.has(to);
    if (this.room <= 0) return this.walk(root, to);
    const above = placesAbove(root);
    this.room -= above.size + 1;
    root.above = above;
    return above.has(to);
  }

  /** Searches from tree to tree. */
  private walk(start: Place, to: Place): boolean {
    const roots = new Set<Place>([start]);
    for (const root of roots) {
      if (root.above !== undefined) {
        if (root.above.has(to)) return true;
        continue;
      }
      for (const parent of root.parents) {
        if (parent === to || isAboveInTree(parent, to)) return true;
        if (parent.root.rank < to.rank) roots.add(parent.root);
      }
    }
    return false;
  }
}
