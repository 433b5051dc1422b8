import { isActionType } from '../ast/names.js';
import { findAction, type Schema } from '../schema/schema.js';
import type { CedarType, RecordType } from '../types/cedar-type.js';
import { FieldList, type FieldNames } from '../values/field-list.js';
import { type EntityUid, kindOf, type RecordValue, type Value } from '../values/value.js';
import { requiredNames } from './conform-value.js';
import type { Entity } from './entity.js';

/** A request with its context and the entities that come with it. */
export interface WholeRequest {
  readonly principal: EntityUid;
  readonly action: EntityUid;
  readonly resource: EntityUid;
  readonly context: RecordValue;
  readonly entities: readonly Entity[];
}

const known = new WeakMap<Schema, Conforming>();

/**
 * Whether `checkRequest`, `checkValue` of the context and `checkEntity` of each entity would report nothing. For requests
 * that nearly always conform: it says nothing about why one does not, and takes a fraction of their time.
 */
export function requestConforms(schema: Schema, request: WholeRequest): boolean {
  let conforming = known.get(schema);
  if (conforming === undefined) {
    conforming = new Conforming(schema);
    known.set(schema, conforming);
  }
  return conforming.hasRequest(request);
}

type Test<T> = (tested: T) => boolean;

/** Records of types with more attributes are mostly made once for many requests: those that conform are remembered. */
const FEW_ATTRIBUTES = 10;

/** The tests of a schema, made when a type is first met. */
class Conforming {
  readonly #schema: Schema;
  readonly #uids = new Map<string, Test<EntityUid>>();
  readonly #entities = new Map<string, Test<Entity>>();
  readonly #values = new WeakMap<CedarType, Test<Value>>();

  constructor(schema: Schema) {
    this.#schema = schema;
  }

  hasRequest({ principal, action, resource, context, entities }: WholeRequest): boolean {
    const declared = findAction(this.#schema, action);
    if (declared === undefined) return false;
    for (const entity of entities) if (!this.#entity(entity.uid.type)(entity)) return false;
    return (
      declared.principals.has(principal.type) &&
      declared.resources.has(resource.type) &&
      this.#hasType(principal) &&
      this.#hasType(resource) &&
      this.#value(declared.context)(context)
    );
  }

  #hasType(uid: EntityUid): boolean {
    return this.#schema.entityTypes.has(uid.type) && this.#uid(uid.type)(uid);
  }

  #uid(type: string): Test<EntityUid> {
    return this.#uids.get(type) ?? remember(this.#uids, type, uidTest(this.#schema, type));
  }

  #entity(type: string): Test<Entity> {
    return this.#entities.get(type) ?? remember(this.#entities, type, this.#entityTest(type));
  }

  #value(type: CedarType): Test<Value> {
    return this.#values.get(type) ?? remember(this.#values, type, this.#valueTest(type));
  }

  #entityTest(name: string): Test<Entity> {
    const isUid = this.#uid(name);
    if (isActionType(name))
      return ({ uid, attributes, tags }) => isUid(uid) && attributes.size === 0 && tags.size === 0;
    const type = this.#schema.entityTypes.get(name);
    if (type === undefined) return () => false;
    const hasAttributes = this.#fieldsTest(type.attributes);
    const isTag = type.tags === undefined ? () => false : this.#value(type.tags);
    return ({ uid, attributes, tags, parents }) => {
      if (!isUid(uid) || !hasAttributes(attributes)) return false;
      for (const parent of parents)
        if (!type.ancestors.has(parent.type) || !this.#uid(parent.type)(parent)) return false;
      if (tags.size > 0) for (const value of tags.values()) if (!isTag(value)) return false;
      return true;
    };
  }

  #valueTest(type: CedarType): Test<Value> {
    switch (type.kind) {
      case 'bool':
        return (value) => typeof value === 'boolean';
      case 'string':
        return (value) => typeof value === 'string';
      case 'long':
        return (value) => typeof value === 'number' || typeof value === 'bigint';
      case 'extension':
        return (value) => kindOf(value) === type.name;
      case 'entity': {
        const isUid = this.#uid(type.name);
        return (value) =>
          typeof value === 'object' && value.kind === 'entity' && value.type === type.name && isUid(value);
      }
      case 'set': {
        const isElement = this.#value(type.element);
        return (value) => typeof value === 'object' && value.kind === 'set' && value.elements.every(isElement);
      }
      case 'record':
        return this.#recordTest(type);
    }
  }

  #recordTest(type: RecordType): Test<Value> {
    const hasFields = this.#fieldsTest(type);
    if (type.attributes.size <= FEW_ATTRIBUTES)
      return (value) => typeof value === 'object' && value.kind === 'record' && hasFields(value.fields);
    const found = new WeakSet<RecordValue>();
    return (value) => {
      if (typeof value !== 'object' || value.kind !== 'record') return false;
      if (found.has(value)) return true;
      if (!hasFields(value.fields)) return false;
      found.add(value);
      return true;
    };
  }

  #fieldsTest(type: RecordType): Test<ReadonlyMap<string, Value>> {
    const tests = new Map([...type.attributes].map(([name, attribute]) => [name, this.#value(attribute.type)]));
    const required = requiredNames(type);
    const lists = new WeakMap<FieldNames, TestsByPlace>();
    let last: TestsByPlace | undefined;
    return (fields) => {
      if (fields instanceof FieldList) {
        const { names } = fields;
        if (last?.names !== names) last = lists.get(names) ?? remember(lists, names, byPlace(names, tests, required));
        return hasList(last, fields);
      }
      for (const name of required) if (!fields.has(name)) return false;
      for (const [name, value] of fields) if (tests.get(name)?.(value) !== true) return false;
      return true;
    };
  }
}

/** What lists with the same names are tested by: nearly all lists of one type have them. */
interface TestsByPlace {
  readonly names: FieldNames;
  /** A test for each name; undefined where a name is missing or not declared. */
  readonly tests: readonly Test<Value>[] | undefined;
}

function byPlace(
  names: FieldNames,
  declared: ReadonlyMap<string, Test<Value>>,
  required: readonly string[],
): TestsByPlace {
  const tests = names.list.flatMap((name) => declared.get(name) ?? []);
  const isWhole = tests.length === names.list.length && required.every((name) => names.indexOf(name) !== undefined);
  return { names, tests: isWhole ? tests : undefined };
}

function hasList({ tests }: TestsByPlace, fields: FieldList): boolean {
  if (tests === undefined || tests.length !== fields.size) return false;
  for (let i = 0; i < tests.length; i++) {
    const value = fields.at(i);
    if (value === undefined || tests[i]?.(value) !== true) return false;
  }
  return true;
}

/** Whether a uid of a type can exist: see `checkUid`. */
export function uidTest(schema: Schema, name: string): Test<EntityUid> {
  if (isActionType(name)) return (uid) => findAction(schema, uid) !== undefined;
  const type = schema.entityTypes.get(name);
  return type?.kind === 'enum' ? ({ id }) => type.ids.has(id) : () => true;
}

function remember<K, V>(all: { readonly set: (key: K, value: V) => unknown }, key: K, made: V): V {
  all.set(key, made);
  return made;
}
