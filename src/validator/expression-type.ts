import type { Origin } from '../diagnostics/origin.js';
import { BOOL, type CedarType, STRING } from '../types/cedar-type.js';
import type { ValueKind } from '../values/value.js';

/**
 * Type of an expression in one request environment: the types of schemas, and those that only expressions have.
 * Compare by identity first, since types of schemas are shared.
 */
export type ExpressionType =
  | CedarType
  /** A Bool that is always the same, whatever the request. */
  | { readonly kind: 'true' }
  | { readonly kind: 'false' }
  /** Of nothing: the elements of an empty set, and values that partial evaluation does not know. */
  | { readonly kind: 'never' }
  | { readonly kind: 'set'; readonly element: ExpressionType }
  | RecordExpressionType
  | EntityUnion;

/** A record that an expression makes. */
export interface RecordExpressionType {
  readonly kind: 'record';
  readonly attributes: ReadonlyMap<string, ExpressionAttribute>;
  /** Only in permissive mode: there may be other attributes. */
  readonly open?: boolean;
}

export interface ExpressionAttribute {
  readonly type: ExpressionType;
  readonly required: boolean;
  /** Where the schema declares it. */
  readonly origin?: Origin;
}

/** An entity of one of several types; only in permissive mode. */
export interface EntityUnion {
  readonly kind: 'entities';
  /** At least two. */
  readonly names: ReadonlySet<string>;
}

export const TRUE: ExpressionType = { kind: 'true' };
export const FALSE: ExpressionType = { kind: 'false' };
export const NEVER: ExpressionType = { kind: 'never' };

export function singleton(value: boolean): ExpressionType {
  return value ? TRUE : FALSE;
}

/** Whether every value of the type is a Bool; `never` is not counted. */
export function isBool(type: ExpressionType): boolean {
  return type.kind === 'bool' || type.kind === 'true' || type.kind === 'false';
}

/** Whether every value of the type is an entity; `never` is not counted. */
export function isEntity(type: ExpressionType): boolean {
  return type.kind === 'entity' || type.kind === 'entities';
}

/** The entity types that a type is made of; undefined when it is no type of entities. */
export function entityNames(type: ExpressionType | undefined): Iterable<string> | undefined {
  if (type?.kind === 'entity') return [type.name];
  return type?.kind === 'entities' ? type.names : undefined;
}

/** Type of the arguments and results of extension functions. Throws for the kinds that they do not have. */
export function typeOfKind(kind: ValueKind): CedarType {
  switch (kind) {
    case 'bool':
      return BOOL;
    case 'long':
      return { kind: 'long' };
    case 'string':
      return STRING;
    case 'decimal':
    case 'ipaddr':
    case 'datetime':
    case 'duration':
      return { kind: 'extension', name: kind };
    case 'entity':
    case 'set':
    case 'record':
      throw new TypeError(`extension functions have no arguments or results of kind ${kind}`);
  }
}
