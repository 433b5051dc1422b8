import type { ScopeConstraint } from '../ast/policy.js';
import type { LikePatterns } from '../compiler/like-pattern.js';
import type { EntityStore } from '../entities/entity.js';
import { type CompiledPolicy, referredUid } from '../evaluator/compile-policy.js';
import { ActionClasses, actionTestOf } from './action-class.js';
import { Bucket } from './bucket.js';
import type {
  ActionClass,
  Candidates,
  ConditionRunner,
  Entry,
  PolicyBucket,
  RequestSubject,
  ScopeTest,
  Subject,
} from './index-types.js';
import { Subjects } from './subject.js';

/** Lists of candidates by the number of an action's class. */
type CandidateLists = (readonly Candidates[] | undefined)[];

type Side = 'principal' | 'resource';

const ANY: ScopeTest = { kind: 'any', entityType: undefined, subject: undefined };

const NOTHING: readonly Candidates[] = [];

/**
 * Policies by their scopes. Each is in one bucket: under the uid of its principal or resource scope (the one that fewer
 * policies share), else under the entity type of one, else under none. A request meets the buckets of its principal, its
 * resource and their ancestors and types; a policy in any other bucket is not satisfied and cannot err.
 */
export class ScopeIndex {
  readonly subjects: Subjects;
  private readonly classes = new ActionClasses();
  private readonly types = { principal: new Map<string, Bucket>(), resource: new Map<string, Bucket>() };
  private readonly open: Bucket;
  private readonly patterns: LikePatterns;
  private readonly places = new Map<string, { readonly entry: Entry; readonly bucket: PolicyBucket }>();
  /** Where uids lead that no scope names, nor one above them, by the bucket of their type. */
  private readonly strangers = {
    principal: new Map<Bucket | undefined, CandidateLists>(),
    resource: new Map<Bucket | undefined, CandidateLists>(),
  };
  private next = 0;

  /** `patterns` are those of `like` in the conditions. */
  constructor(store: EntityStore, patterns: LikePatterns) {
    this.subjects = new Subjects(store);
    this.patterns = patterns;
    this.open = new Bucket(patterns, () => true);
  }

  /** Adds a policy behind all others. */
  add(policy: CompiledPolicy, conditions: ConditionRunner | undefined): Entry {
    this.forget();
    const principal = this.scopeTest(policy.policy.principal, policy);
    const resource = this.scopeTest(policy.policy.resource, policy);
    const [side, bucket] = this.chooseBucket(principal, resource);
    const entry: Entry = {
      order: this.next++,
      policy,
      principal,
      action: actionTestOf(policy.policy.action, this.subjects),
      resource,
      principalRest: restOf(principal, side === 'principal'),
      resourceRest: restOf(resource, side === 'resource'),
      conditions,
    };
    bucket.add(entry);
    this.places.set(policy.id, { entry, bucket });
    return entry;
  }

  /** Removes the policy of an id; undefined when there is none. */
  remove(id: string): Entry | undefined {
    const place = this.places.get(id);
    if (place === undefined) return undefined;
    const { entry, bucket } = place;
    this.places.delete(id);
    this.forget();
    bucket.remove(entry);
    for (const subject of [entry.principal.subject, entry.resource.subject, ...entry.action.actions])
      if (subject !== undefined) this.subjects.forget(subject);
    return entry;
  }

  /** Forgets what was found by the policies as they were. */
  private forget(): void {
    this.subjects.epoch++;
    this.strangers.principal.clear();
    this.strangers.resource.clear();
  }

  private scopeTest(constraint: ScopeConstraint, { values }: CompiledPolicy): ScopeTest {
    switch (constraint.kind) {
      case 'any':
        return ANY;
      case 'equal':
      case 'in': {
        const subject = this.subjects.mention(referredUid(constraint.entity, values));
        return { kind: constraint.kind, entityType: undefined, subject };
      }
      case 'is': {
        const { entityType, in: above } = constraint;
        const subject = above === undefined ? undefined : this.subjects.mention(referredUid(above, values));
        return { kind: 'is', entityType, subject };
      }
    }
  }

  private chooseBucket(principal: ScopeTest, resource: ScopeTest): readonly [Side | undefined, PolicyBucket] {
    const byPrincipal = principal.subject?.principalBucket?.size ?? 0;
    const byResource = resource.subject?.resourceBucket?.size ?? 0;
    if (principal.subject !== undefined && (resource.subject === undefined || byPrincipal <= byResource)) {
      principal.subject.principalBucket ??= new Bucket(this.patterns, (entry) => entry.principal.kind !== 'equal');
      return ['principal', principal.subject.principalBucket];
    }
    if (resource.subject !== undefined) {
      resource.subject.resourceBucket ??= new Bucket(this.patterns, (entry) => entry.resource.kind !== 'equal');
      return ['resource', resource.subject.resourceBucket];
    }
    if (principal.entityType !== undefined)
      return ['principal', bucketOfType(this.types.principal, principal.entityType, this.patterns)];
    if (resource.entityType !== undefined)
      return ['resource', bucketOfType(this.types.resource, resource.entityType, this.patterns)];
    return [undefined, this.open];
  }

  /** The class of an action, which is kept with it. */
  actionClass(action: RequestSubject): ActionClass {
    if (!isRemembering(action)) return this.classes.classOf(action.subject, action.above);
    const found = this.classes.classOf(action, action.above);
    action.actionClass = found;
    return found;
  }

  /** The candidates that a principal leads to, with those for every principal and resource; kept with it if there is room. */
  principalCandidates(principal: RequestSubject, action: ActionClass): readonly Candidates[] {
    if (isStranger(principal) && action.number >= 0) return this.ofStranger('principal', principal, action);
    if (!isRemembering(principal) || action.number < 0) return this.meetPrincipal(principal, action);
    const found = this.meetPrincipal(principal, action);
    if (this.subjects.remember(found.length)) {
      principal.principalLists ??= [];
      principal.principalLists[action.number] = found;
    }
    return found;
  }

  /** The candidates that a resource leads to; kept with it if there is room. */
  resourceCandidates(resource: RequestSubject, action: ActionClass): readonly Candidates[] {
    if (isStranger(resource) && action.number >= 0) return this.ofStranger('resource', resource, action);
    if (!isRemembering(resource) || action.number < 0) return this.meet('resource', resource, action);
    const found = this.meet('resource', resource, action);
    if (this.subjects.remember(found.length)) {
      resource.resourceLists ??= [];
      resource.resourceLists[action.number] = found;
    }
    return found;
  }

  private ofStranger(side: Side, asked: RequestSubject, action: ActionClass): readonly Candidates[] {
    const lists = this.strangers[side];
    const bucket = this.types[side].get(asked.uid.type);
    let known = lists.get(bucket);
    if (known === undefined) {
      known = [];
      lists.set(bucket, known);
    }
    const found = known[action.number];
    if (found !== undefined) return found;
    const made = side === 'principal' ? this.meetPrincipal(asked, action) : this.meet(side, asked, action);
    known[action.number] = made;
    return made;
  }

  private meetPrincipal(principal: RequestSubject, action: ActionClass): readonly Candidates[] {
    const found = this.meet('principal', principal, action);
    const open = this.open.candidates(action, 'same');
    return open === undefined ? found : [...found, open];
  }

  private meet(side: Side, { uid, subject, above }: RequestSubject, action: ActionClass): readonly Candidates[] {
    const found: Candidates[] = [];
    const add = (candidates: Candidates | undefined): void => {
      if (candidates !== undefined) found.push(candidates);
    };
    add(bucketOf(side, subject)?.candidates(action, 'same'));
    for (const ancestor of above) add(bucketOf(side, ancestor)?.candidates(action, 'below'));
    add(this.types[side].get(uid.type)?.candidates(action, 'same'));
    return found.length === 0 ? NOTHING : found;
  }
}

/** Whether a uid leads where all of its type lead that no scope names. */
function isStranger({ subject, above }: RequestSubject): boolean {
  return subject === undefined && above.length === 0;
}

/** Whether what is found for a subject may be kept with it. */
function isRemembering(asked: RequestSubject): asked is Subject {
  return asked.subject === asked;
}

function bucketOf(side: Side, subject: Subject | undefined): PolicyBucket | undefined {
  return side === 'principal' ? subject?.principalBucket : subject?.resourceBucket;
}

function bucketOfType(buckets: Map<string, Bucket>, type: string, patterns: LikePatterns): Bucket {
  let bucket = buckets.get(type);
  if (bucket === undefined) {
    bucket = new Bucket(patterns, () => true);
    buckets.set(type, bucket);
  }
  return bucket;
}

/** What of a scope its bucket does not answer: with `is T in x` under `x` the type, otherwise nothing. */
function restOf(test: ScopeTest, isBucket: boolean): ScopeTest | undefined {
  if (test.kind === 'any') return undefined;
  if (!isBucket) return test;
  if (test.kind !== 'is' || test.subject === undefined) return undefined;
  return { kind: 'is', entityType: test.entityType, subject: undefined };
}
