import type { ActionConstraint, ScopeConstraint } from '../ast/policy.js';
import type { Frame } from '../compiler/frame.js';
import type { FusedTest } from '../compiler/fuse-conditions.js';
import type { LikePatterns } from '../compiler/like-pattern.js';
import type { TierCounts } from '../compiler/tiers.js';
import type { Entity } from '../entities/entity.js';
import type { Place } from '../entities/place.js';
import type { CompiledPolicy, PolicyOutcome } from '../evaluator/compile-policy.js';
import type { Conditions } from '../evaluator/conditions.js';
import type { EvaluationError } from '../evaluator/evaluation-error.js';
import type { EntityUid } from '../values/value.js';

// The parts of an index of policies, which refer to each other.

/** A uid of a request with what an index knows of it. */
export interface RequestSubject {
  readonly uid: EntityUid;
  /** The entity of that name among those of the request; undefined when there is none. */
  readonly entity: Entity | undefined;
  /** Its place, for requests whose entities are a hierarchy. */
  readonly place: Place | undefined;
  /** Undefined for a uid that no scope names and that is no resident entity. */
  readonly subject: Subject | undefined;
  /** Its ancestors that scopes name. */
  readonly above: readonly Subject[];
  /** What is remembered of it as an action, and the candidates that it leads to by the number of an action's class. */
  readonly actionClass: ActionClass | undefined;
  readonly principalLists: (readonly Candidates[] | undefined)[] | undefined;
  readonly resourceLists: (readonly Candidates[] | undefined)[] | undefined;
}

/** A uid as an index knows it: there is one object for every uid that a scope names and every resident entity in use. */
export interface Subject extends RequestSubject {
  readonly subject: Subject;
  /** How many scopes name it. */
  mentions: number;
  principalBucket: PolicyBucket | undefined;
  resourceBucket: PolicyBucket | undefined;
  /** The epoch that what follows belongs to; -1 before the subject is first used in a request. */
  epoch: number;
  above: readonly Subject[];
  actionClass: ActionClass | undefined;
  principalLists: (readonly Candidates[] | undefined)[] | undefined;
  resourceLists: (readonly Candidates[] | undefined)[] | undefined;
}

/** Which actions a policy applies to. */
export interface ActionTest {
  readonly kind: ActionConstraint['kind'];
  readonly actions: readonly Subject[];
}

/** Actions that the scopes of all policies treat alike. */
export interface ActionClass {
  /** Small and dense; -1 when there are too many classes to be remembered. */
  readonly number: number;
  /** The action, when a scope names it. */
  readonly self: Subject | undefined;
  readonly above: readonly Subject[];
}

/** A principal or resource scope. */
export interface ScopeTest {
  readonly kind: ScopeConstraint['kind'];
  readonly entityType: string | undefined;
  readonly subject: Subject | undefined;
}

/** What evaluates the conditions of a policy. */
export interface ConditionRunner {
  evaluate(frame: Frame): PolicyOutcome;
}

/** Where an engine has what evaluates its conditions from: `Tiers`, or functions that were generated beforehand. */
export interface ConditionRunners {
  readonly counts: TierCounts;
  /** The patterns of `like` in them. */
  readonly patterns: LikePatterns;
  /** Undefined where there are none, which always hold. */
  runnerOf(conditions: Conditions): ConditionRunner | undefined;
  /** How often a list of policies is tested one by one before `fuse` is asked; infinite for never. */
  readonly fuseAfter: number;
  /** One function that tests the policies of a list in turn, where there can be one already. */
  fuse?(entries: readonly Entry[], note: Note): FusedTest<Found> | undefined;
}

/** What was found for a request, in the order of finding. */
export interface Found {
  permits: Entry[] | undefined;
  forbids: Entry[] | undefined;
  errors: EntryError[] | undefined;
}

export interface EntryError {
  readonly entry: Entry;
  readonly error: EvaluationError;
}

/** Takes down what a policy whose scope matches says, unless its conditions are false. */
export type Note = (entry: Entry, outcome: true | EvaluationError, found: Found) => void;

/** A policy in an index. */
export interface Entry {
  /** Position among the policies. */
  readonly order: number;
  readonly policy: CompiledPolicy;
  readonly principal: ScopeTest;
  readonly action: ActionTest;
  readonly resource: ScopeTest;
  /** What is left to test when the policy is a candidate; undefined where nothing is. */
  readonly principalRest: ScopeTest | undefined;
  readonly resourceRest: ScopeTest | undefined;
  /** Undefined when there are no conditions. */
  readonly conditions: ConditionRunner | undefined;
}

/** Policies that are told apart by a value of the request. */
export interface PolicyGroup {
  /** Finds the policies that are satisfied by a request or err, perhaps with others: so many, at the start of `found`. */
  find(frame: Frame): number;
  /** Good until something else is to be found. */
  readonly found: readonly Entry[];
}

/** Policies that may apply to a request. */
export interface Candidates {
  readonly entries: readonly Entry[];
  readonly groups: readonly PolicyGroup[];
  /** Tests the entries at once when they have been used often, where nothing is left to test of their scopes. */
  fused: FusedTest<Found> | undefined;
  uses: number;
}

/** How the uid of a request meets the uid of a bucket: it is the same, or it is below. */
export type Meeting = 'same' | 'below';

/** Policies whose scope for one variable is the same, or says nothing. */
export interface PolicyBucket {
  readonly size: number;
  add(entry: Entry): void;
  remove(entry: Entry): void;
  /** The candidates for actions of a class; undefined when there are none. */
  candidates(action: ActionClass, meeting: Meeting): Candidates | undefined;
}
