import type { Origin } from '../diagnostics/origin.js';
import type { CedarType, RecordType } from '../types/cedar-type.js';
import type { EntityUid } from '../values/value.js';

/**
 * A schema whose names are all resolved: what policies, requests and entities are checked against. All names are full
 * names. Types of attributes are shared where a common type is used several times: compare by identity first.
 */
export interface Schema {
  /** The declared entity types by full name, in alphabetical order; types of actions are in `actionTypes`. */
  readonly entityTypes: ReadonlyMap<string, EntityType>;
  /** The types of the declared actions by full name, such as `Acme::Action`. */
  readonly actionTypes: ReadonlyMap<string, ActionType>;
  /** The declared common types by full name; those of `__cedar` are left out. */
  readonly commonTypes: ReadonlyMap<string, CommonType>;
}

/** A declared entity type. */
export type EntityType = StandardEntityType | EnumEntityType;

interface AnyEntityType {
  /** Full name. */
  readonly name: string;
  /** Types whose entities its entities may have as direct parents; empty for enums. Repetitions are removed. */
  readonly parents: readonly string[];
  /** All types its entities may be in. Holds the type itself only when its declarations form a circle. */
  readonly ancestors: ReadonlySet<string>;
  /** All types whose entities may be in its entities: the reverse of `ancestors`. */
  readonly descendants: ReadonlySet<string>;
  /** Closed; empty for enums. */
  readonly attributes: RecordType;
  /** Type of every tag, or undefined where tags are not allowed. */
  readonly tags: CedarType | undefined;
  readonly annotations: ReadonlyMap<string, string | null>;
  /** The name where it is declared. */
  readonly origin: Origin;
}

export interface StandardEntityType extends AnyEntityType {
  readonly kind: 'standard';
}

/** A type with a fixed list of entities, which have neither attributes nor tags nor parents. */
export interface EnumEntityType extends AnyEntityType {
  readonly kind: 'enum';
  /** The ids that exist, in written order. */
  readonly ids: ReadonlySet<string>;
}

/** The entity type of the actions of one namespace; actions have neither attributes nor tags. */
export interface ActionType {
  /** Full name, such as `Acme::Action`. */
  readonly name: string;
  /** By id; never empty. */
  readonly actions: ReadonlyMap<string, Action>;
  /** Types of groups that its actions are in, directly or not; may hold the type itself. */
  readonly ancestors: ReadonlySet<string>;
  /** Types of actions that are in its groups, directly or not: the reverse of `ancestors`. */
  readonly descendants: ReadonlySet<string>;
}

/** A declared action. */
export interface Action {
  readonly uid: EntityUid;
  /** The groups it is declared in, repetitions removed. */
  readonly parents: readonly Action[];
  /** All groups it is in, itself excluded. */
  readonly ancestors: ReadonlySet<Action>;
  /** All actions that are in it, itself excluded. */
  readonly descendants: ReadonlySet<Action>;
  /** Types of principals it applies to, in written order; empty when it is only a group. */
  readonly principals: ReadonlySet<string>;
  /** Types of resources it applies to, in written order. */
  readonly resources: ReadonlySet<string>;
  /** Closed; empty when nothing is declared. */
  readonly context: RecordType;
  readonly annotations: ReadonlyMap<string, string | null>;
  /** The name where it is declared. */
  readonly origin: Origin;
}

export interface CommonType {
  /** Full name. */
  readonly name: string;
  readonly type: CedarType;
  readonly annotations: ReadonlyMap<string, string | null>;
  /** The name where it is declared. */
  readonly origin: Origin;
}

/** One kind of request that a schema allows. */
export interface RequestEnvironment {
  readonly action: Action;
  /** Type of the principal. */
  readonly principal: string;
  /** Type of the resource. */
  readonly resource: string;
  readonly context: RecordType;
}

/** The declared action of that name. */
export function findAction(schema: Schema, uid: EntityUid): Action | undefined {
  return schema.actionTypes.get(uid.type)?.actions.get(uid.id);
}

/** Every declared action. */
export function* actionsOf(schema: Schema): IterableIterator<Action> {
  for (const { actions } of schema.actionTypes.values()) yield* actions.values();
}

/**
 * Every combination of an action, a principal type and a resource type that a request may have: actions by name, then
 * types in written order. Made one by one, since there may be many.
 */
export function* requestEnvironments(schema: Schema): IterableIterator<RequestEnvironment> {
  for (const action of actionsOf(schema)) yield* environmentsOfAction(action);
}

/** Those of one action. */
export function* environmentsOfAction(action: Action): IterableIterator<RequestEnvironment> {
  for (const principal of action.principals) {
    for (const resource of action.resources) {
      yield {
        action,
        principal,
        resource,
        get context() {
          return action.context;
        },
      };
    }
  }
}
