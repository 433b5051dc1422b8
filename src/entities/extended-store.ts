import { sameUid } from '../values/equality.js';
import type { EntityUid } from '../values/value.js';
import type { Entity, EntityStore } from './entity.js';
import type { Hierarchy } from './hierarchy.js';
import { UidMap } from './uid-map.js';

const MOST_REMEMBERED_STEPS = 65_536;
const NONE: readonly EntityUid[] = [];
/** Most entities that are searched one after the other. */
const FEW = 4;

/**
 * A store with a few more entities beside it, for one request. An added entity that the store so far only names as a
 * parent is a link: through it, resident entities get ancestors that the store does not know of.
 */
export class ExtendedStore implements EntityStore {
  readonly size: number;
  readonly base: Hierarchy;
  readonly added: readonly Entity[];
  /** What was added by its uid, where it is not few. */
  private readonly index: UidMap<Entity> | undefined;
  private readonly links: EntityUid[] = [];
  /** Ways up that were asked for; policies ask for the same ones again and again. */
  private climbs: UidMap<readonly Step[]> | undefined;
  private room = MOST_REMEMBERED_STEPS;
  /** Parents of all that was added: without any there is no way up from it, and none round. */
  private parents = 0;

  /** `added` are different from each other and from the entities of `base`. */
  constructor(base: Hierarchy, added: readonly Entity[]) {
    this.base = base;
    this.size = base.size + added.length;
    this.added = [...added];
    this.index = added.length > FEW ? new UidMap() : undefined;
    for (const entity of added) {
      this.index?.set(entity.uid, entity);
      this.parents += entity.parents.length;
      if (base.lacks(entity.uid)) this.links.push(entity.uid);
    }
  }

  /** About how many questions to the base it takes to look at all that was added. */
  get searchCost(): number {
    return this.parents * (this.links.length + 1);
  }

  find(uid: EntityUid): Entity | undefined {
    return this.ofAdded(uid) ?? this.base.find(uid);
  }

  private ofAdded(uid: EntityUid): Entity | undefined {
    if (this.index !== undefined) return this.index.get(uid);
    for (const entity of this.added) if (sameUid(entity.uid, uid)) return entity;
    return undefined;
  }

  isIn(descendant: EntityUid, ancestor: EntityUid): boolean {
    if (sameUid(descendant, ancestor)) return true;
    if (this.leaves(descendant)) return this.base.isIn(descendant, ancestor);
    for (const { uid, parents } of this.climb(descendant)) {
      if (parents === undefined ? this.base.isIn(uid, ancestor) : parents.some((parent) => sameUid(parent, ancestor))) {
        return true;
      }
    }
    return false;
  }

  /** Whether what was added changes nothing about an entity and what is above it. */
  leaves(uid: EntityUid): boolean {
    return this.links.length === 0 && this.ofAdded(uid) === undefined;
  }

  ancestors(uid: EntityUid): readonly EntityUid[] {
    const added = this.ofAdded(uid);
    if (added?.parents.length === 0) return NONE;
    if (added === undefined && this.links.length === 0) return this.base.ancestors(uid);
    const found = new UidMap<EntityUid>();
    for (const step of this.climb(uid)) {
      for (const parent of step.parents ?? this.base.ancestors(step.uid)) found.set(parent, parent);
    }
    return [...found.values()];
  }

  *entities(): IterableIterator<Entity> {
    yield* this.base.entities();
    yield* this.added;
  }

  /** A way round through added entities, if there is one: then the store must not be used. */
  findCycle(): readonly EntityUid[] | undefined {
    if (this.parents === 0) return undefined;
    const done = new UidMap<true>();
    for (const start of this.added) {
      const trail = new UidMap<number>();
      const steps: { readonly uid: EntityUid; readonly next: EntityUid[] }[] = [];
      const enter = (entity: Entity): void => {
        trail.set(entity.uid, steps.length);
        steps.push({ uid: entity.uid, next: this.addedAbove(entity) });
      };
      if (!done.has(start.uid)) enter(start);
      for (let step = steps.at(-1); step !== undefined; step = steps.at(-1)) {
        const uid = step.next.pop();
        if (uid === undefined) {
          done.set(step.uid, true);
          steps.pop();
          continue;
        }
        if (done.has(uid)) continue;
        const at = trail.get(uid);
        if (at !== undefined) return steps.slice(at).map((s) => s.uid);
        const entity = this.ofAdded(uid);
        if (entity !== undefined) enter(entity);
      }
    }
    return undefined;
  }

  /** Added entities that are reached from another without a third between them. */
  private addedAbove(entity: Entity): EntityUid[] {
    return entity.parents.flatMap((parent) =>
      this.ofAdded(parent) !== undefined ? [parent] : this.linksAbove(parent),
    );
  }

  private linksAbove(resident: EntityUid): readonly EntityUid[] {
    return this.links.filter((link) => this.base.isIn(resident, link));
  }

  /** The steps from which all ancestors of an entity are seen without a look past another step. */
  private climb(start: EntityUid): readonly Step[] {
    const known = this.climbs?.get(start);
    if (known !== undefined) return known;
    const seen = new UidMap<true>();
    const steps: Step[] = [];
    const visit = (uid: EntityUid): void => {
      if (seen.has(uid)) return;
      seen.set(uid, true);
      steps.push({ uid, parents: this.ofAdded(uid)?.parents });
    };
    visit(start);
    for (let i = 0; i < steps.length; i++) {
      const step = steps[i];
      for (const uid of step === undefined ? [] : (step.parents ?? this.linksAbove(step.uid))) visit(uid);
    }
    if (this.room > 0) {
      this.room -= steps.length;
      this.climbs ??= new UidMap();
      this.climbs.set(start, steps);
    }
    return steps;
  }
}

/** A stop on the way up: an added entity, or a uid above which only the base knows more. */
interface Step {
  readonly uid: EntityUid;
  /** Of an added entity. */
  readonly parents: readonly EntityUid[] | undefined;
}
