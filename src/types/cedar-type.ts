import type { Origin } from '../diagnostics/origin.js';
import { quoteText } from '../values/print.js';

/** Names of the extension types. */
export type ExtensionTypeName = 'decimal' | 'ipaddr' | 'datetime' | 'duration';

/**
 * A type as schemas declare it. Types with listed ids and types of actions are entity types like any other; what else is
 * known of an entity type is in the schema.
 */
export type CedarType =
  | { readonly kind: 'bool' }
  | { readonly kind: 'long' }
  | { readonly kind: 'string' }
  | { readonly kind: 'set'; readonly element: CedarType }
  | RecordType
  | { readonly kind: 'entity'; readonly name: string }
  | { readonly kind: 'extension'; readonly name: ExtensionTypeName };

/** A closed record: no other attributes than these. */
export interface RecordType {
  readonly kind: 'record';
  readonly attributes: ReadonlyMap<string, Attribute>;
}

export interface Attribute {
  readonly type: CedarType;
  readonly required: boolean;
  /** Where it is declared; says nothing about the type. */
  readonly origin?: Origin;
}

export const BOOL: CedarType = { kind: 'bool' };
export const LONG: CedarType = { kind: 'long' };
export const STRING: CedarType = { kind: 'string' };
export const DECIMAL: CedarType = { kind: 'extension', name: 'decimal' };

/** The types that Cedar itself declares, by their name in the namespace `__cedar`. */
export const BUILTIN_TYPES: ReadonlyMap<string, CedarType> = new Map<string, CedarType>([
  ['Bool', BOOL],
  ['Long', LONG],
  ['String', STRING],
  ['decimal', DECIMAL],
  ['ipaddr', { kind: 'extension', name: 'ipaddr' }],
  ['datetime', { kind: 'extension', name: 'datetime' }],
  ['duration', { kind: 'extension', name: 'duration' }],
]);

export function setType(element: CedarType): CedarType {
  return { kind: 'set', element };
}

export function entityType(name: string): CedarType {
  return { kind: 'entity', name };
}

export function recordType(attributes: Iterable<readonly [string, Attribute]>): RecordType {
  return { kind: 'record', attributes: new Map(attributes) };
}

export function required(type: CedarType): Attribute {
  return { type, required: true };
}

export function optional(type: CedarType): Attribute {
  return { type, required: false };
}

/**
 * The type in Cedar schema syntax; records over several lines, indented below `indent`. Primitive names are written
 * with their `__cedar::` prefix, which no declaration can shadow.
 */
export function printType(type: CedarType, indent = ''): string {
  switch (type.kind) {
    case 'bool':
      return '__cedar::Bool';
    case 'long':
      return '__cedar::Long';
    case 'string':
      return '__cedar::String';
    case 'extension':
      return `__cedar::${type.name}`;
    case 'entity':
      return type.name;
    case 'set':
      return `Set<${printType(type.element, indent)}>`;
    case 'record': {
      if (type.attributes.size === 0) return '{}';
      const inner = `${indent}  `;
      const lines = [...type.attributes].map(
        ([name, attribute]) =>
          `${inner}${quoteText(name)}${attribute.required ? '' : '?'}: ${printType(attribute.type, inner)},`,
      );
      return `{\n${lines.join('\n')}\n${indent}}`;
    }
  }
}

/** The type in one line, for messages: `{ path: String, recursive?: Bool }`. */
export function describeType(type: CedarType): string {
  switch (type.kind) {
    case 'bool':
      return 'Bool';
    case 'long':
      return 'Long';
    case 'string':
      return 'String';
    case 'extension':
    case 'entity':
      return type.name;
    case 'set':
      return `Set<${describeType(type.element)}>`;
    case 'record':
      return `{ ${[...type.attributes].map(([name, a]) => `${name}${a.required ? '' : '?'}: ${describeType(a.type)}`).join(', ')} }`;
  }
}
