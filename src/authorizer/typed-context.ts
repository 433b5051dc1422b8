import { requiredNames } from '../entities/conform-value.js';
import { uidTest } from '../entities/conforms.js';
import { CONSTRUCTORS } from '../entities/typed-value-from-json.js';
import { findAction, type Schema } from '../schema/schema.js';
import type { CedarType, ExtensionTypeName, RecordType } from '../types/cedar-type.js';
import { createSet } from '../values/equality.js';
import { FieldList, FieldNames } from '../values/field-list.js';
import { checkedLong } from '../values/long.js';
import { type EntityUid, entityUid, type RecordValue, type Value } from '../values/value.js';
import type { RequestSubject } from './index-types.js';
import { isObject, isOrdinary, isPlain, type Members } from './plain-object.js';
import type { TypedContexts } from './plain-request.js';

// Contexts in their common form, read by the type that an action declares: values of entity and extension types in their
// short form, numbers as numbers. As with plain requests, whatever has another form or does not conform makes the answer
// undefined, and is read again by the readers that know every form and explain every problem.

/** Reads a value of one type; undefined for what does not conform or has another form. */
type Read = (given: unknown) => Value | undefined;

/** Whether an id of a type can exist. */
type IsUid = (uid: EntityUid) => boolean;

/** What is known of an action of the schema. */
interface ActionReader {
  /** The types that it applies to. */
  readonly principals: ReadonlyMap<string, IsUid>;
  readonly resources: ReadonlyMap<string, IsUid>;
  readonly readContext: Read;
  /** The context of a request that has none; undefined where attributes are required. */
  readonly empty: RecordValue | undefined;
}

/** Larger contexts are left to the careful readers. */
const MOST_VALUES = 10_000;

/** How many values may still be read for the current request: one object may stand in very many places. */
let room = MOST_VALUES;

const MOST_ACTIONS = 10_000;

/** Types that nest deeper than this are left to the careful readers. */
const MOST_LEVELS = 32;

/** Reads contexts of requests that conform to a schema. */
export class TypedContextReader implements TypedContexts {
  private readonly schema: Schema;
  private readonly actions = new Map<EntityUid, ActionReader>();
  /** One for each type: where types share types, there are far more ways to a type than types. */
  private readonly readers = new Map<CedarType, Read>();

  constructor(schema: Schema) {
    this.schema = schema;
  }

  read(
    { uid: principal }: RequestSubject,
    { uid: action }: RequestSubject,
    { uid: resource }: RequestSubject,
    given: unknown,
  ): RecordValue | undefined {
    const reader = this.actions.get(action) ?? this.readerOf(action);
    if (reader === undefined) return undefined;
    if (reader.principals.get(principal.type)?.(principal) !== true) return undefined;
    if (reader.resources.get(resource.type)?.(resource) !== true) return undefined;
    if (given === undefined) return reader.empty;
    room = MOST_VALUES;
    const context = reader.readContext(given);
    return typeof context === 'object' && context.kind === 'record' ? context : undefined;
  }

  private readerOf(uid: EntityUid): ActionReader | undefined {
    const action = findAction(this.schema, uid);
    if (action === undefined) return undefined;
    const { context, principals, resources } = action;
    const tests = (types: ReadonlySet<string>): ReadonlyMap<string, IsUid> =>
      new Map([...types].map((name) => [name, uidTest(this.schema, name)]));
    const empty: RecordValue = { kind: 'record', fields: new FieldList(new FieldNames([]), []) };
    const reader = {
      principals: tests(principals),
      resources: tests(resources),
      readContext: this.readerOfType(context, 0),
      empty: requiredNames(context).length === 0 ? empty : undefined,
    };
    // The actions of the schema are resident entities, which have one uid object each; others must not pile up.
    if (this.actions.size === MOST_ACTIONS) this.actions.clear();
    this.actions.set(uid, reader);
    return reader;
  }

  private readerOfType(type: CedarType, level: number): Read {
    if (level > MOST_LEVELS) return () => undefined;
    const known = this.readers.get(type);
    if (known !== undefined) return known;
    const made = this.newReader(type, level);
    this.readers.set(type, made);
    return made;
  }

  private newReader(type: CedarType, level: number): Read {
    switch (type.kind) {
      case 'bool':
        return (given) => (typeof given === 'boolean' ? given : undefined);
      case 'string':
        return (given) => (typeof given === 'string' && given.isWellFormed() ? given : undefined);
      case 'long':
        return readLong;
      case 'entity':
        return entityReader(type.name, this.schema);
      case 'extension':
        return extensionReader(type.name);
      case 'set':
        return setReader(this.readerOfType(type.element, level + 1));
      case 'record':
        return recordReader(type, (member) => this.readerOfType(member, level + 1));
    }
  }
}

function readLong(given: unknown): Value | undefined {
  if (typeof given === 'number') return Number.isSafeInteger(given) && !Object.is(given, -0) ? given : undefined;
  return typeof given === 'bigint' ? checkedLong(given) : undefined;
}

/** `{ type, id }`, by itself or as the only member `__entity`. */
function entityReader(name: string, schema: Schema): Read {
  const isUid = uidTest(schema, name);
  return (given) => {
    if (!isObject(given) || !isOrdinary(given)) return undefined;
    const written = given['__entity'];
    const escaped = isObject(written) && isOrdinary(written);
    const { type, id } = escaped ? written : given;
    if (type !== name || typeof id !== 'string' || !id.isWellFormed()) return undefined;
    if (!hasOnly(escaped ? written : given, UID_MEMBERS)) return undefined;
    if (escaped && !hasOnly(given, ESCAPE_MEMBERS)) return undefined;
    const uid = entityUid(name, id);
    return isUid(uid) ? uid : undefined;
  };
}

const UID_MEMBERS: readonly string[] = ['type', 'id'];
const ESCAPE_MEMBERS: readonly string[] = ['__entity'];

/** Whether the members of an object that count are exactly these. */
function hasOnly(given: object, names: readonly string[]): boolean {
  let count = 0;
  for (const name in given) {
    if (!names.includes(name)) return false;
    count++;
  }
  return count === names.length;
}

function extensionReader(name: ExtensionTypeName): Read {
  const row = CONSTRUCTORS.get(name);
  return (given) => {
    if (row === undefined || typeof given !== 'string' || !given.isWellFormed()) return undefined;
    const value = row.apply([given]);
    return typeof value === 'object' && value.kind === 'failure' ? undefined : value;
  };
}

function setReader(readElement: Read): Read {
  return (given) => {
    if (!Array.isArray(given)) return undefined;
    room -= given.length;
    if (room < 0) return undefined;
    const values: Value[] = [];
    for (let i = 0; i < given.length; i++) {
      const value = readElement(given[i]);
      if (value === undefined) return undefined;
      values.push(value);
    }
    return createSet(values);
  };
}

/** Reads the members of records, most of which come in the order of the record before. */
function recordReader(type: RecordType, readerOf: (member: CedarType) => Read): Read {
  const readers = new Map([...type.attributes].map(([name, each]) => [name, readerOf(each.type)]));
  const required = requiredNames(type);
  let expected: ExpectedMembers | undefined;
  return (given) => {
    if (!isObject(given) || !isPlain(given)) return undefined;
    const fields = expected === undefined ? undefined : readMembers(given, expected);
    if (fields !== undefined) return { kind: 'record', fields };
    const found = membersOf(given, readers, required);
    if (found === undefined) return undefined;
    expected = found;
    const others = readMembers(given, found);
    return others === undefined ? undefined : { kind: 'record', fields: others };
  };
}

/** Names in some order, with what reads the member of each. */
interface ExpectedMembers {
  readonly names: FieldNames;
  readonly readers: readonly Read[];
}

/** The members of a record as it has them; undefined when they are not those of the type. */
function membersOf(
  given: object,
  known: ReadonlyMap<string, Read>,
  required: readonly string[],
): ExpectedMembers | undefined {
  const names = Object.keys(given);
  const readers = names.flatMap((name) => known.get(name) ?? []);
  const areDeclared = readers.length === names.length && required.every((name) => Object.hasOwn(given, name));
  // In a record without a type such names would have a meaning of their own.
  if (!areDeclared || names.some((name) => name.startsWith('__'))) return undefined;
  return { names: new FieldNames(names), readers };
}

/** Undefined when there are other members, or they have another order. */
function readMembers(given: Members, { names, readers }: ExpectedMembers): FieldList | undefined {
  const { list } = names;
  room -= list.length;
  if (room < 0) return undefined;
  const values: Value[] = [];
  let count = 0;
  for (const name in given) {
    const read = name === list[count] ? readers[count] : undefined;
    const value = read?.(given[name]);
    if (value === undefined) return undefined;
    values.push(value);
    count++;
  }
  return count === list.length ? new FieldList(names, values) : undefined;
}
