import type { Origin } from '../diagnostics/origin.js';
import type { Schema } from '../schema/schema.js';
import type { Attribute } from '../types/cedar-type.js';
import { type ExpressionAttribute, type ExpressionType, entityNames } from './expression-type.js';
import { leastUpperBound } from './type-bounds.js';

const NO_ATTRIBUTES: ReadonlyMap<string, Attribute> = new Map();

/** The attributes that an entity type is declared with; types of actions have none. */
export function attributesOf(entityType: string, schema: Schema): ReadonlyMap<string, Attribute> {
  return schema.entityTypes.get(entityType)?.attributes.attributes ?? NO_ATTRIBUTES;
}

/** What is known of an attribute of an entity or record; undefined when it is not declared for all values of the type. */
export function findAttribute(type: ExpressionType, name: string, schema: Schema): ExpressionAttribute | undefined {
  switch (type.kind) {
    case 'record':
      return type.attributes.get(name);
    case 'entity':
      return attributesOf(type.name, schema).get(name);
    case 'entities': {
      let common: ExpressionAttribute | undefined;
      for (const entityType of type.names) {
        const attribute: ExpressionAttribute | undefined = attributesOf(entityType, schema).get(name);
        if (attribute === undefined) return undefined;
        common = common === undefined ? attribute : commonAttribute(common, attribute);
        if (common === undefined) return undefined;
      }
      return common;
    }
    default:
      return undefined;
  }
}

function commonAttribute(a: ExpressionAttribute, b: ExpressionAttribute): ExpressionAttribute | undefined {
  const type = leastUpperBound(a.type, b.type, 'permissive');
  return type.kind === 'no-bound' ? undefined : { type, required: a.required && b.required };
}

/** Whether a value of the type can have an attribute that `findAttribute` does not know. */
export function mayHaveAttribute(type: ExpressionType, name: string, schema: Schema): boolean {
  switch (type.kind) {
    case 'never':
      return true;
    case 'record':
      return ('open' in type && type.open === true) || type.attributes.has(name);
    case 'entity':
    case 'entities':
      for (const entityType of entityNames(type) ?? []) if (attributesOf(entityType, schema).has(name)) return true;
      return false;
    default:
      return false;
  }
}

/** Names of the attributes that values of a type have or may have, for proposals. */
export function* attributeNames(type: ExpressionType, schema: Schema): IterableIterator<string> {
  if (type.kind === 'record') yield* type.attributes.keys();
  for (const entityType of entityNames(type) ?? []) yield* attributesOf(entityType, schema).keys();
}

/** Where an entity type is declared; actions and what is not declared are nowhere. */
export function entityTypeOrigin(entityType: string, schema: Schema): Origin | undefined {
  return schema.entityTypes.get(entityType)?.origin;
}

/** Where an attribute of a type is declared; undefined where it is not, or where a record has no declaration. */
export function attributeOrigin(type: ExpressionType, name: string, schema: Schema): Origin | undefined {
  return findAttribute(type, name, schema)?.origin;
}
