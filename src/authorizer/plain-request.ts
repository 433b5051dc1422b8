import { isNormalizedName } from '../ast/names.js';
import { valueFromJson } from '../entities/value-from-json.js';
import { jsonFromJavaScript } from '../json/from-javascript.js';
import { createSet, EMPTY_SET } from '../values/equality.js';
import { FieldList, FieldNames } from '../values/field-list.js';
import { checkedLong } from '../values/long.js';
import { entityUid, type RecordValue, type Value } from '../values/value.js';
import type { RequestSubject, Subject } from './index-types.js';
import type { Request } from './request.js';
import { RequestFrame } from './request-frame.js';
import { type Subjects, strangerOf } from './subject.js';

// The common form of a request, read without a copy in between: uids as `{ type, id }` and a context of plain data.
// Whatever has another form, or anything wrong with it, makes the answer undefined; then the request is read again by
// the readers that know every form and explain every problem. Objects count only if nothing but own, enumerable members
// can be seen in them, and each member is read once.

const NO_FIELDS: RecordValue = { kind: 'record', fields: new FieldList([], []) };

/** Members of any object. */
type Members = Readonly<Record<string, unknown>>;

/** Reads requests about resident entities in the common form. */
export class PlainRequestReader {
  private readonly subjects: Subjects;
  private readonly principals = new SubjectReader();
  private readonly actions = new SubjectReader();
  private readonly resources = new SubjectReader();
  private readonly contexts = new ContextReader();

  constructor(subjects: Subjects) {
    this.subjects = subjects;
  }

  /** Undefined for any other request. */
  read(request: unknown): RequestFrame | undefined {
    if (typeof request !== 'object' || request === null || !inheritsNothing()) return undefined;
    try {
      return this.readParts(request);
    } catch {
      // A getter or a proxy that throws.
      return undefined;
    }
  }

  private readParts(request: Partial<Request>): RequestFrame | undefined {
    const { subjects } = this;
    const { principal, action, resource, context, entities } = request;
    if (entities !== undefined) return undefined;
    const principalSubject = this.principals.read(principal, subjects);
    if (principalSubject === undefined) return undefined;
    const actionSubject = this.actions.read(action, subjects);
    if (actionSubject === undefined) return undefined;
    const resourceSubject = this.resources.read(resource, subjects);
    if (resourceSubject === undefined) return undefined;
    const record = context === undefined ? NO_FIELDS : this.contexts.read(context);
    if (record === undefined) return undefined;
    const { store, hierarchy } = subjects;
    return new RequestFrame(principalSubject, actionSubject, resourceSubject, record, store, hierarchy);
  }
}

const BARE = {};

/** False when some code has given every object members that a loop over its own would show too. */
function inheritsNothing(): boolean {
  for (const name in BARE) return name === '';
  return true;
}

/** Reads the uids of one part of requests, which mostly have one type. */
class SubjectReader {
  private type = '';
  private known: ReadonlyMap<string, Subject> | undefined = undefined;

  read(given: unknown, subjects: Subjects): RequestSubject | undefined {
    if (!isObject(given)) return undefined;
    const { type, id } = given;
    if (typeof type !== 'string' || typeof id !== 'string' || !isPlain(given)) return undefined;
    let members = 0;
    for (const name in given) {
      if (name !== 'type' && name !== 'id') return undefined;
      members++;
    }
    if (members !== 2) return undefined;
    if (type !== this.type || this.known === undefined) {
      this.type = type;
      this.known = subjects.ofType(type);
    }
    const subject = this.known?.get(id) ?? subjects.find(type, id);
    if (subject !== undefined) return subjects.resolve(subject);
    return id.isWellFormed() && isNormalizedName(type) ? strangerOf(entityUid(type, id)) : undefined;
  }
}

/** Reads contexts, most of which have the members of the one before. */
class ContextReader {
  private names = new FieldNames([]);

  read(given: unknown): RecordValue | undefined {
    if (!isObject(given) || Array.isArray(given) || !isPlain(given)) return undefined;
    room = MOST_VALUES;
    return this.readKnown(given) ?? this.readNew(given);
  }

  private readKnown(given: Members): RecordValue | undefined {
    const { names } = this;
    const { list } = names;
    const values: Value[] = [];
    for (const name in given) {
      if (name !== list[values.length]) return undefined;
      const value = readValue(given[name], 1);
      if (value === undefined) return undefined;
      values.push(value);
    }
    return values.length === list.length ? { kind: 'record', fields: new FieldList(names, values) } : undefined;
  }

  private readNew(given: Members): RecordValue | undefined {
    const value = readObject(given, 0);
    if (typeof value !== 'object' || value.kind !== 'record') return undefined;
    const names = Object.keys(given);
    // One member with such a name may be an escape the next time.
    if (names.length !== 1 || names[0]?.startsWith('__') === false) this.names = new FieldNames(names);
    return value;
  }
}

/** How many different lists of names are remembered for records inside contexts. */
const MOST_LISTS = 256;

/** Names of records that were read lately, by the first name. */
const lately = new Map<string, FieldNames>();

/** The names of a record that is not like the one before; undefined when one of their texts is bad. */
function namesOf(names: readonly string[]): FieldNames | undefined {
  const first = names[0] ?? '';
  for (const name of names) if (!name.isWellFormed()) return undefined;
  const made = new FieldNames(names);
  // Records of requests that nobody will send again must not fill the memory: neither many of them nor large ones.
  const isSmall = names.length <= 64 && names.every((name) => name.length <= 64);
  if (isSmall && (lately.has(first) || lately.size < MOST_LISTS)) lately.set(first, made);
  return made;
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null;
}

/** Whether an object has the prototype of plain data, so that its own members are all there is. */
function isPlain(value: object): value is Members {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Deeper and larger data than this is left to the careful readers. */
const MOST_LEVELS = 32;
const MOST_VALUES = 10_000;

/** How many values may still be read for the current request: one object may stand in very many places. */
let room = MOST_VALUES;

/** Takes the names of the record as known ones for as long as they are. */
function readObject(given: object, level: number): Value | undefined {
  if (!isPlain(given) || level > MOST_LEVELS) return undefined;
  const values: Value[] = [];
  let known: FieldNames | undefined;
  let others: string[] | undefined;
  for (const name in given) {
    if (values.length === 0) {
      known = lately.get(name);
      if (name.startsWith('__') && Object.keys(given).length === 1) return readEscape(given);
    }
    if (others !== undefined) others.push(name);
    else if (known?.list[values.length] !== name) others = [...(known?.list.slice(0, values.length) ?? []), name];
    const value = readValue(given[name], level + 1);
    if (value === undefined) return undefined;
    values.push(value);
  }
  const isKnown = others === undefined && known?.list.length === values.length;
  const names = isKnown ? known : namesOf(others ?? known?.list.slice(0, values.length) ?? []);
  return names === undefined ? undefined : { kind: 'record', fields: new FieldList(names, values) };
}

function readValue(given: unknown, level: number): Value | undefined {
  if (--room < 0) return undefined;
  switch (typeof given) {
    case 'boolean':
      return given;
    case 'string':
      return given.isWellFormed() ? given : undefined;
    case 'number':
      return Number.isSafeInteger(given) && !Object.is(given, -0) ? given : undefined;
    case 'bigint':
      return checkedLong(given);
    case 'object':
      if (given === null) return undefined;
      return Array.isArray(given) ? readList(given, level) : readObject(given, level);
    default:
      return undefined;
  }
}

function readList(given: readonly unknown[], level: number): Value | undefined {
  if (level > MOST_LEVELS) return undefined;
  if (given.length === 0) return EMPTY_SET;
  const values: Value[] = [];
  for (let i = 0; i < given.length; i++) {
    const value = readValue(given[i], level + 1);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return createSet(values);
}

/** What has one member with the name of an escape. */
function readEscape(given: object): Value | undefined {
  const json = jsonFromJavaScript(given);
  if (!json.ok) return undefined;
  const value = valueFromJson(json.value);
  return value.ok ? value.value : undefined;
}
