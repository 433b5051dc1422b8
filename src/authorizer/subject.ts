import type { Entity, EntityStore } from '../entities/entity.js';
import { ExtendedStore } from '../entities/extended-store.js';
import { Hierarchy } from '../entities/hierarchy.js';
import type { Place } from '../entities/place.js';
import { UidMap } from '../entities/uid-map.js';
import { type EntityUid, entityUid } from '../values/value.js';
import type { ActionClass, Candidates, PolicyBucket, RequestSubject, Subject } from './index-types.js';

const NONE: readonly Subject[] = [];

/** What is known of a uid for one request, and not kept. */
class AskedSubject implements RequestSubject {
  readonly uid: EntityUid;
  readonly entity: Entity | undefined;
  readonly place: Place | undefined;
  readonly subject: Subject | undefined;
  readonly above: readonly Subject[];
  readonly actionClass: ActionClass | undefined = undefined;
  readonly principalLists: (readonly Candidates[] | undefined)[] | undefined = undefined;
  readonly resourceLists: (readonly Candidates[] | undefined)[] | undefined = undefined;

  constructor(
    uid: EntityUid,
    entity: Entity | undefined,
    place: Place | undefined,
    subject: Subject | undefined,
    above: readonly Subject[],
  ) {
    this.uid = uid;
    this.entity = entity;
    this.place = place;
    this.subject = subject;
    this.above = above;
  }
}

class KnownSubject implements Subject {
  readonly uid: EntityUid;
  readonly entity: Entity | undefined;
  readonly place: Place | undefined;
  readonly subject: Subject = this;
  mentions = 0;
  principalBucket: PolicyBucket | undefined = undefined;
  resourceBucket: PolicyBucket | undefined = undefined;
  epoch = -1;
  above: readonly Subject[] = NONE;
  actionClass: ActionClass | undefined = undefined;
  principalLists: (readonly Candidates[] | undefined)[] | undefined = undefined;
  resourceLists: (readonly Candidates[] | undefined)[] | undefined = undefined;

  constructor(uid: EntityUid, entity: Entity | undefined, place: Place | undefined) {
    this.uid = uid;
    this.entity = entity;
    this.place = place;
  }
}

/** How many ancestors and candidates may be remembered at all, so that memory stays in proportion to the data. */
const ROOM = 4_000_000;

/** The subjects of an index over one resident store. Uids that only requests name are not kept. */
export class Subjects {
  readonly store: EntityStore;
  readonly hierarchy: Hierarchy | undefined;
  /** Counts changes of the policies: what was remembered before one is stale. */
  epoch = 0;
  private readonly known = new UidMap<Subject>();
  private room = ROOM;

  constructor(store: EntityStore) {
    this.store = store;
    this.hierarchy = store instanceof Hierarchy ? store : undefined;
  }

  /** The subject of a uid that is named by a scope or is the name of a resident entity. */
  find(type: string, id: string): Subject | undefined {
    return this.known.at(type, id) ?? this.admit(type, id);
  }

  /** The subjects of one type that were met so far, by id. */
  ofType(type: string): ReadonlyMap<string, Subject> | undefined {
    return this.known.ofType(type);
  }

  private admit(type: string, id: string): Subject | undefined {
    const entity = this.store.find(entityUid(type, id));
    if (entity === undefined) return undefined;
    const subject = new KnownSubject(entity.uid, entity, this.hierarchy?.placeOf(entity.uid));
    this.known.set(entity.uid, subject);
    return subject;
  }

  /** The subject of a uid that a scope names. */
  mention(uid: EntityUid): Subject {
    let subject: Subject | undefined = this.find(uid.type, uid.id);
    if (subject === undefined) {
      subject = new KnownSubject(uid, undefined, this.hierarchy?.placeOf(uid));
      this.known.set(uid, subject);
    }
    subject.mentions++;
    return subject;
  }

  /** Takes back a mention. */
  forget(subject: Subject): void {
    subject.mentions--;
    if (subject.mentions === 0 && subject.entity === undefined) this.known.delete(subject.uid);
  }

  /** The subject with its ancestors, as the policies are now. */
  resolve(subject: Subject): RequestSubject {
    return subject.epoch === this.epoch ? subject : this.resolveAnew(subject);
  }

  private resolveAnew(subject: Subject): RequestSubject {
    const above = this.mentionedAbove(subject.uid, this.store);
    this.room += subject.above.length;
    if (!this.remember(above.length)) {
      return new AskedSubject(subject.uid, subject.entity, subject.place, subject, above);
    }
    subject.epoch = this.epoch;
    subject.above = above;
    subject.actionClass = undefined;
    subject.principalLists = undefined;
    subject.resourceLists = undefined;
    return subject;
  }

  /** The subject of a uid that a scope names. */
  mentioned(uid: EntityUid): Subject | undefined {
    const subject = this.known.get(uid);
    return subject !== undefined && subject.mentions > 0 ? subject : undefined;
  }

  /** Whether there is room to remember so many more things. */
  remember(count: number): boolean {
    if (this.room < count) return false;
    this.room -= count;
    return true;
  }

  /** What is known of a uid of a request whose entities are those of a store. */
  ask(uid: EntityUid, store: EntityStore): RequestSubject {
    if (store !== this.store) {
      if (store instanceof ExtendedStore && store.base === this.store && store.leaves(uid)) {
        const resident = this.find(uid.type, uid.id);
        return resident === undefined ? strangerOf(uid) : this.resolve(resident);
      }
      const above = this.mentionedAbove(uid, store);
      return new AskedSubject(uid, store.find(uid), undefined, this.mentioned(uid), above);
    }
    const subject = this.find(uid.type, uid.id);
    return subject === undefined ? strangerOf(uid) : this.resolve(subject);
  }

  /** The ancestors of any uid in any store that scopes name. */
  mentionedAbove(uid: EntityUid, store: EntityStore): readonly Subject[] {
    const ancestors = store.ancestors(uid);
    if (ancestors.length === 0) return NONE;
    const found: Subject[] = [];
    for (const ancestor of ancestors) {
      const subject = this.mentioned(ancestor);
      if (subject !== undefined) found.push(subject);
    }
    return found.length === 0 ? NONE : found;
  }
}

/** A uid that no scope names and that is no resident entity. */
export function strangerOf(uid: EntityUid): RequestSubject {
  return new AskedSubject(uid, undefined, undefined, undefined, NONE);
}
