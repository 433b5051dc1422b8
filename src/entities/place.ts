import { type EntityUid, noteAt, noteOf } from '../values/value.js';
import type { Entity } from './entity.js';
import { UidMap } from './uid-map.js';

/**
 * A place in the hierarchy: an entity, or a parent that is named somewhere but is not in the store. A place with exactly
 * one parent hangs on it as in a tree; where there are none or several parents such a tree has its root. Most questions
 * are answered inside one tree, in logarithmic time and without any memory beside the three fields at the end.
 */
export interface Place {
  readonly uid: EntityUid;
  readonly entity: Entity | undefined;
  /** Places of the direct parents, without repetition. */
  readonly parents: readonly Place[];
  /** Higher than the rank of every descendant, so a search upwards need not pass the rank of what it looks for. */
  readonly rank: number;
  readonly root: Place;
  /** Steps to the root of its tree. */
  readonly depth: number;
  /** A place further up in its tree, chosen so that jumps reach every place above in logarithmically many steps. */
  readonly jump: Place;
  /** Every place above, where a hierarchy has worked that out and had room to remember it. */
  above: ReadonlySet<Place> | undefined;
  /** The layout that the place is part of. */
  readonly home: UidMap<Place>;
}

class PlaceDraft implements Place {
  readonly uid: EntityUid;
  entity: Entity | undefined = undefined;
  parents: readonly PlaceDraft[] = NO_PARENTS;
  /** Number of children that have no rank yet. */
  unranked = 0;
  /** -1 until all children have a rank. */
  rank = -1;
  depth = 0;
  root: PlaceDraft;
  jump: PlaceDraft;
  above: ReadonlySet<Place> | undefined = undefined;
  readonly home: UidMap<PlaceDraft>;

  constructor(uid: EntityUid, home: UidMap<PlaceDraft>) {
    this.uid = uid;
    this.home = home;
    this.root = this;
    this.jump = this;
  }
}

const NO_PARENTS: readonly PlaceDraft[] = [];

export interface Layout {
  /** Every entity and every parent that one names. */
  readonly places: UidMap<Place>;
  /** Ways round through parents, no two with a common place; with any of them the places are not usable. */
  readonly cycles: readonly (readonly Place[])[];
}

/** Lays out the hierarchy of entities with different uids. */
export function layOutPlaces(entities: Iterable<Entity>): Layout {
  const drafts = new UidMap<PlaceDraft>();
  const occupied: PlaceDraft[] = [];
  for (const entity of entities) {
    const draft = draftOf(drafts, entity.uid);
    draft.entity = entity;
    occupied.push(draft);
  }
  for (const draft of occupied) {
    const parents = draft.entity?.parents ?? [];
    if (parents.length === 0) continue;
    draft.parents = parents.map((parent) => draftOf(drafts, parent));
    if (parents.length > 1) draft.parents = [...new Set(draft.parents)];
    for (const parent of draft.parents) parent.unranked++;
  }
  const ranked = rankDrafts(drafts);
  if (ranked.length < drafts.size)
    return { places: drafts, cycles: findCycles([...drafts.values()].filter((d) => d.rank < 0)) };
  for (let i = ranked.length - 1; i >= 0; i--) hang(ranked[i]);
  return { places: drafts, cycles: [] };
}

function draftOf(drafts: UidMap<PlaceDraft>, uid: EntityUid): PlaceDraft {
  const known = drafts.get(uid);
  if (known !== undefined) return known;
  const draft = new PlaceDraft(uid, drafts);
  drafts.set(uid, draft);
  return draft;
}

/** Gives ranks, children before their parents; places in a cycle, or above one, get none. */
function rankDrafts(drafts: UidMap<PlaceDraft>): readonly PlaceDraft[] {
  const ranked: PlaceDraft[] = [];
  for (const draft of drafts.values()) if (draft.unranked === 0) ranked.push(draft);
  for (let i = 0; i < ranked.length; i++) {
    const draft = ranked[i];
    if (draft === undefined) break;
    draft.rank = i;
    for (const parent of draft.parents) if (--parent.unranked === 0) ranked.push(parent);
  }
  return ranked;
}

/** Puts a place into the tree of its only parent, which is in its own tree already. */
function hang(draft: PlaceDraft | undefined): void {
  const parent = draft?.parents[0];
  if (draft === undefined || parent === undefined || draft.parents.length > 1) return;
  const { jump } = parent;
  draft.root = parent.root;
  draft.depth = parent.depth + 1;
  draft.jump = parent.depth - jump.depth === jump.depth - jump.jump.depth ? jump.jump : parent;
}

/** Whether `above` is another place on the way from `place` to the root of its tree. */
export function isAboveInTree(place: Place, above: Place): boolean {
  if (place.root !== above.root || place.depth <= above.depth) return false;
  let at = place;
  while (at.depth > above.depth) at = at.jump.depth >= above.depth ? at.jump : (at.parents[0] ?? at.root);
  return at === above;
}

/** Every place above another, nearest first. */
export function placesAbove(place: Place): ReadonlySet<Place> {
  const found = new Set<Place>(place.parents);
  // A set that grows while it is iterated is the queue of the search.
  for (const next of found) for (const parent of next.parents) found.add(parent);
  return found;
}

/** One way round each of some disjoint cycles, such that no cycle avoids all of them. Takes linear time, no recursion. */
function findCycles(places: readonly Place[]): readonly (readonly Place[])[] {
  const cycles: (readonly Place[])[] = [];
  /** For each place of the trail its position there; -1 for places that are done with. */
  const position = new Map<Place, number>();
  const trail: { readonly place: Place; tried: number }[] = [];
  const enter = (place: Place): void => {
    position.set(place, trail.length);
    trail.push({ place, tried: 0 });
  };
  const leaveFrom = (start: number): readonly Place[] => {
    const left = trail.splice(start).map((step) => step.place);
    for (const place of left) position.set(place, -1);
    return left;
  };
  for (const start of places) {
    if (!position.has(start)) enter(start);
    for (let step = trail.at(-1); step !== undefined; step = trail.at(-1)) {
      const parent = step.place.parents[step.tried++];
      const at = parent === undefined ? undefined : position.get(parent);
      if (parent === undefined) leaveFrom(trail.length - 1);
      else if (at === undefined) enter(parent);
      else if (at >= 0) cycles.push(leaveFrom(at));
    }
  }
  return cycles;
}

/** Looks a uid up in a layout, at first by what was noted at the uid when it was looked up before. */
export function findPlace(places: UidMap<Place>, uid: EntityUid): Place | undefined {
  const noted = noteOf(uid);
  if (noted instanceof PlaceDraft && noted.home === places) return noted;
  const place = places.get(uid);
  if (place !== undefined) noteAt(uid, place);
  return place;
}
