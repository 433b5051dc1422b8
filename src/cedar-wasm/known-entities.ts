import type { EntityStore } from '../entities/entity.js';

/** How much text of entities is kept at all, and how long one may be, in UTF-16 units. */
const ROOM = 1_000_000;
const LONGEST_TEXT = 65_536;
/** After so many calls in a row whose entities were not known, only one in as many is looked at. */
const PATIENCE = 32;

const stores = new Map<string, EntityStore>();
let room = ROOM;
let misses = 0;

/** Entities of a call with what they are known by; both undefined where it is not worth while or not possible to know. */
export interface KnownEntities {
  readonly key: string | undefined;
  readonly store: EntityStore | undefined;
}

const UNKNOWN: KnownEntities = { key: undefined, store: undefined };

/**
 * Looks for the store that was made of the same entities for an earlier call: programs without a place for their entities
 * give the same ones with call after call. What has the same JSON text means the same.
 */
export function knownEntities(entities: unknown): KnownEntities {
  if (!Array.isArray(entities)) return UNKNOWN;
  if (misses > PATIENCE && misses % PATIENCE !== 0) {
    misses++;
    return UNKNOWN;
  }
  try {
    const key = JSON.stringify(entities);
    if (key.length > LONGEST_TEXT) return UNKNOWN;
    const store = stores.get(key);
    misses = store === undefined ? misses + 1 : 0;
    return { key, store };
  } catch {
    // Integers beyond 2^53, cycles, and what else the careful reader knows better.
    return UNKNOWN;
  }
}

/** Keeps what was made of entities, in the place of what was kept first. */
export function keepEntities({ key }: KnownEntities, store: EntityStore): void {
  if (key === undefined || stores.has(key)) return;
  room -= key.length;
  for (const oldest of stores.keys()) {
    if (room >= 0) break;
    stores.delete(oldest);
    room += oldest.length;
  }
  stores.set(key, store);
}
