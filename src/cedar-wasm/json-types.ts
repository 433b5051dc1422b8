// The names and shapes of `@cedar-policy/cedar-wasm`, so that programs change nothing but the import.

/** Data in Cedar's JSON format. Integers beyond 2^53 are bigints here, which the official package cannot take or give. */
export type CedarValueJson =
  | { __entity: TypeAndId }
  | { __extn: FnAndArgs }
  | boolean
  | number
  | bigint
  | string
  | CedarValueJson[]
  | { [key: string]: CedarValueJson }
  | null;

/** Call of an extension function in data. */
export type FnAndArgs = { fn: string; arg: CedarValueJson } | { fn: string; args: CedarValueJson[] };

/** Type and id of an entity. */
export interface TypeAndId {
  type: string;
  id: string;
}

/** Name of an entity in JSON, with or without its escape. */
export type EntityUidJson = { __entity: TypeAndId } | TypeAndId;

/** Name of an entity in a call. */
export type EntityUid = EntityUidJson;

/** An entity with its data and direct parents. */
export interface EntityJson {
  uid: EntityUidJson;
  attrs: Record<string, CedarValueJson>;
  parents: EntityUidJson[];
  tags?: Record<string, CedarValueJson>;
}

/** The entities of a call. */
export type Entities = EntityJson[];

/** The context of a request. */
export type Context = Record<string, CedarValueJson>;

/** Any text. */
export type SmolStr = string;

/** Any identifier, reserved words included. */
export type AnyId = SmolStr;

/** Id of a policy, template or link. */
export type PolicyId = string;

/** `?principal` or `?resource`. */
export type SlotId = string;

/** What a policy does when it applies. */
export type Effect = 'permit' | 'forbid';

/** Value of an annotation. */
export type Annotation = SmolStr;

/** Annotations by key. */
export type Annotations = Record<string, Annotation>;

/** A policy or template in Cedar's JSON policy format. */
export interface PolicyJson {
  effect: Effect;
  principal: PrincipalConstraint;
  action: ActionConstraint;
  resource: ResourceConstraint;
  conditions: Clause[];
  annotations?: Annotations;
}

/** Constraint on the principal. */
export type PrincipalConstraint =
  | { op: 'All' }
  | ({ op: '==' } & EqConstraint)
  | ({ op: 'in' } & PrincipalOrResourceInConstraint)
  | ({ op: 'is' } & PrincipalOrResourceIsConstraint);

/** Constraint on the action. */
export type ActionConstraint = { op: 'All' } | ({ op: '==' } & EqConstraint) | ({ op: 'in' } & ActionInConstraint);

/** Constraint on the resource. */
export type ResourceConstraint =
  | { op: 'All' }
  | ({ op: '==' } & EqConstraint)
  | ({ op: 'in' } & PrincipalOrResourceInConstraint)
  | ({ op: 'is' } & PrincipalOrResourceIsConstraint);

/** Right side of `==` in a scope. */
export type EqConstraint = { entity: EntityUidJson } | { slot: string };

/** Right side of `in` for the principal and the resource. */
export type PrincipalOrResourceInConstraint = { entity: EntityUidJson } | { slot: string };

/** Right side of `is`, with the `in` that may follow it. */
export interface PrincipalOrResourceIsConstraint {
  entity_type: string;
  in?: PrincipalOrResourceInConstraint;
}

/** Right side of `in` for the action. */
export type ActionInConstraint = { entity: EntityUidJson } | { entities: EntityUidJson[] };

/** A condition of a policy. */
export type Clause = { kind: 'when'; body: Expr } | { kind: 'unless'; body: Expr };

/** A variable of a policy. */
export type Var = 'principal' | 'action' | 'resource' | 'context';

/** An expression. */
export type Expr = ExprNoExt | ExtFuncCall;

/** A call of an extension function: its name and the arguments, for a method the receiver first. */
export type ExtFuncCall = {} & Record<string, Expr[]>;

/** An expression other than a call of an extension function. */
export type ExprNoExt =
  | { Value: CedarValueJson }
  | { Var: Var }
  | { Slot: string }
  | { '!': { arg: Expr } }
  | { neg: { arg: Expr } }
  | { '==': { left: Expr; right: Expr } }
  | { '!=': { left: Expr; right: Expr } }
  | { in: { left: Expr; right: Expr } }
  | { '<': { left: Expr; right: Expr } }
  | { '<=': { left: Expr; right: Expr } }
  | { '>': { left: Expr; right: Expr } }
  | { '>=': { left: Expr; right: Expr } }
  | { '&&': { left: Expr; right: Expr } }
  | { '||': { left: Expr; right: Expr } }
  | { '+': { left: Expr; right: Expr } }
  | { '-': { left: Expr; right: Expr } }
  | { '*': { left: Expr; right: Expr } }
  | { contains: { left: Expr; right: Expr } }
  | { containsAll: { left: Expr; right: Expr } }
  | { containsAny: { left: Expr; right: Expr } }
  | { isEmpty: { arg: Expr } }
  | { getTag: { left: Expr; right: Expr } }
  | { hasTag: { left: Expr; right: Expr } }
  | { '.': { left: Expr; attr: SmolStr } }
  | { has: HasAttrRepr }
  | { like: { left: Expr; pattern: PatternElem[] } }
  | { is: { left: Expr; entity_type: SmolStr; in?: Expr } }
  | { 'if-then-else': { if: Expr; then: Expr; else: Expr } }
  | { Set: Expr[] }
  | { Record: Record<string, Expr> };

/** Operands of `has`: the name of an attribute, or a path of names. */
export type HasAttrRepr = { left: Expr; attr: SmolStr } | { left: Expr; attr: NonEmpty<SmolStr> };

/** A piece of a pattern; a `*` in a literal stands for itself. */
export type PatternElem = 'Wildcard' | { Literal: SmolStr };

/** A list with at least one element. */
export type NonEmpty<Type> = Type[];
