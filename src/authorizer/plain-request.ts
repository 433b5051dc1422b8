import { isNormalizedName } from '../ast/names.js';
import { valueFromJson } from '../entities/value-from-json.js';
import { jsonFromJavaScript } from '../json/from-javascript.js';
import { createSet, EMPTY_SET } from '../values/equality.js';
import { FieldList, FieldNames, KnownNames } from '../values/field-list.js';
import { checkedLong } from '../values/long.js';
import { entityUid, type RecordValue, type Value } from '../values/value.js';
import type { RequestSubject, Subject } from './index-types.js';
import { isObject, isOrdinary, isPlain, type Members } from './plain-object.js';
import type { Request } from './request.js';
import { RequestFrame } from './request-frame.js';
import { type Subjects, strangerOf } from './subject.js';

// The common form of a request, read without a copy in between: uids as `{ type, id }` and a context of plain data.
// Whatever has another form, or anything wrong with it, makes the answer undefined; then the request is read again by
// the readers that know every form and explain every problem. Objects count only if nothing but own, enumerable members
// can be seen in them, and what is used of an object comes from one reading of its members.

const NO_FIELDS: RecordValue = { kind: 'record', fields: new FieldList(new FieldNames([]), []) };

/** Reads contexts by a schema. */
export interface TypedContexts {
  /** Undefined when the request does not conform to the schema, or the context has not its common form. */
  read(
    principal: RequestSubject,
    action: RequestSubject,
    resource: RequestSubject,
    given: unknown,
  ): RecordValue | undefined;
}

/** Reads requests about resident entities in the common form. */
export class PlainRequestReader {
  private readonly subjects: Subjects;
  private readonly principals = new SubjectReader();
  private readonly actions = new SubjectReader();
  private readonly resources = new SubjectReader();
  private readonly contexts = new ContextReader();
  private readonly typed: TypedContexts | undefined;

  /** With `typed` contexts are read by a schema, and only requests that conform to it. */
  constructor(subjects: Subjects, typed?: TypedContexts) {
    this.subjects = subjects;
    this.typed = typed;
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
    const { epoch } = subjects;
    const { principal, action, resource, context, entities } = request;
    if (entities !== undefined) return undefined;
    const principalSubject = this.principals.read(principal, subjects);
    if (principalSubject === undefined) return undefined;
    const actionSubject = this.actions.read(action, subjects);
    if (actionSubject === undefined) return undefined;
    const resourceSubject = this.resources.read(resource, subjects);
    if (resourceSubject === undefined) return undefined;
    const record =
      this.typed !== undefined
        ? this.typed.read(principalSubject, actionSubject, resourceSubject, context)
        : context === undefined
          ? NO_FIELDS
          : this.contexts.read(context);
    // A getter of the request may have added or removed policies: what is known of the subjects is of the time before.
    if (record === undefined || subjects.epoch !== epoch) return undefined;
    const { store, hierarchy } = subjects;
    return new RequestFrame(principalSubject, actionSubject, resourceSubject, record, store, hierarchy);
  }
}

const BARE: Members = {};

/**
 * False when some code has given every object a member that a request or a uid could be taken to have. Any other one that
 * a loop over own members would show is noticed by the loop over those of the uids, which inherit from the same object.
 */
function inheritsNothing(): boolean {
  const { type, id, context } = BARE;
  return type === undefined && id === undefined && context === undefined;
}

/** How many strangers are remembered, and the longest id of one. */
const MOST_STRANGERS = 64;
const LONGEST_ID = 256;

/** Reads the uids of one part of requests, which mostly have one type. */
class SubjectReader {
  private type = '';
  private known: ReadonlyMap<string, Subject> | undefined = undefined;
  /** Some that are not known, by id: often no scope names an action, and there are few of them. */
  private readonly strangers = new Map<string, RequestSubject>();

  read(given: unknown, subjects: Subjects): RequestSubject | undefined {
    if (!isObject(given)) return undefined;
    const { type, id } = given;
    if (typeof type !== 'string' || typeof id !== 'string' || !isOrdinary(given)) return undefined;
    let members = 0;
    for (const name in given) {
      if (name !== 'type' && name !== 'id') return undefined;
      members++;
    }
    if (members !== 2) return undefined;
    const subject = type === this.type && this.known !== undefined ? this.known.get(id) : undefined;
    return subject === undefined ? this.meet(type, id, subjects) : subjects.resolve(subject);
  }

  private meet(type: string, id: string, subjects: Subjects): RequestSubject | undefined {
    if (type !== this.type) {
      // Types alternate in many programs, and clearing a map takes a while even if it is empty.
      if (this.strangers.size > 0) this.strangers.clear();
      this.type = type;
      this.known = undefined;
    }
    // A type has no map before the first subject of it is met.
    this.known ??= subjects.ofType(type);
    const stranger = this.known?.has(id) === true ? undefined : this.strangers.get(id);
    if (stranger !== undefined) return stranger;
    const subject = subjects.find(type, id);
    if (subject !== undefined) return subjects.resolve(subject);
    if (!id.isWellFormed() || !isNormalizedName(type)) return undefined;
    const found = strangerOf(entityUid(type, id));
    if (this.strangers.size === MOST_STRANGERS) this.strangers.clear();
    if (id.length <= LONGEST_ID) this.strangers.set(id, found);
    return found;
  }
}

/** Reads contexts, most of which have the members of the one before. */
class ContextReader {
  private shape: RecordShape | undefined = undefined;

  read(given: unknown): RecordValue | undefined {
    if (!isObject(given) || Array.isArray(given)) return undefined;
    const { shape } = this;
    room = MOST_VALUES;
    const fields = shape?.home === shapes ? readAsBefore(given, shape) : undefined;
    if (fields !== undefined) return { kind: 'record', fields };
    room = MOST_VALUES;
    const value = readObject(given, 0, shape);
    if (typeof value !== 'object' || value.kind !== 'record') return undefined;
    this.shape = shapeOf(value);
    return value;
  }
}

/** Names of the members of a record, with what the records in its members looked like the last time. */
class RecordShape extends FieldNames {
  readonly below: (RecordShape | undefined)[] = [];
  /** The table that knows the shape. */
  readonly home = shapes;
}

/** How many different lists of names are remembered. */
const MOST_LISTS = 1024;

/** The shapes of records that were read lately. */
let shapes = new KnownNames((list) => new RecordShape(list));

/** The names of a record that is not like the one before; undefined when one of their texts is bad. */
function namesOf(names: readonly string[]): FieldNames | undefined {
  for (const name of names) if (!name.isWellFormed()) return undefined;
  // Records of requests that nobody will send again must not fill the memory: neither many of them nor large ones.
  if (names.length > 64 || names.some((name) => name.length > 64)) return new FieldNames(names);
  if (shapes.size >= MOST_LISTS) shapes = new KnownNames((list) => new RecordShape(list));
  return shapes.of(names);
}

/** The shape of what was read, to be expected the next time; undefined when it is none to be remembered. */
function shapeOf(value: Value): RecordShape | undefined {
  if (typeof value !== 'object' || value.kind !== 'record' || !(value.fields instanceof FieldList)) return undefined;
  const { names } = value.fields;
  return names instanceof RecordShape && names.home === shapes ? names : undefined;
}

/** Deeper and larger data than this is left to the careful readers. */
const MOST_LEVELS = 32;
const MOST_VALUES = 10_000;

/** How many values may still be read for the current request: one object may stand in very many places. */
let room = MOST_VALUES;

const NO_NAMES: readonly string[] = [];

/** Reads the members of a record of a known shape; undefined when it has another one, or something else is with it. */
function readAsBefore(given: object, shape: RecordShape): FieldList | undefined {
  if (!isPlain(given)) return undefined;
  const { list } = shape;
  const values: Value[] = [];
  let count = 0;
  for (const name in given) {
    if (name !== list[count]) return undefined;
    const member = given[name];
    const value = typeof member === 'boolean' ? member : readMember(member, shape, count);
    if (value === undefined) return undefined;
    values.push(value);
    count++;
  }
  return count === list.length ? new FieldList(shape, values) : undefined;
}

function readMember(member: unknown, shape: RecordShape, at: number): Value | undefined {
  if (typeof member === 'string') return member.isWellFormed() ? member : undefined;
  const value = readValue(member, 1, shape.below[at]);
  if (typeof value === 'object') expect(shape, at, value);
  return value;
}

/** Takes the names of the record as the expected ones for as long as they are. */
function readObject(given: object, level: number, expected: RecordShape | undefined): Value | undefined {
  if (!isPlain(given) || level > MOST_LEVELS) return undefined;
  const shape = expected?.home === shapes ? expected : undefined;
  const list = shape?.list ?? NO_NAMES;
  const values = new Array<Value>(list.length);
  let count = 0;
  let others: string[] | undefined;
  for (const name in given) {
    if (others !== undefined) others.push(name);
    else if (name !== list[count]) others = [...list.slice(0, count), name];
    if (count === 0 && name.startsWith('__') && Object.keys(given).length === 1) return readEscape(given);
    const member = given[name];
    const known = others === undefined ? shape : undefined;
    // The kinds that most members are of are read without a call.
    const value =
      typeof member === 'boolean'
        ? member
        : typeof member === 'string' && member.isWellFormed()
          ? member
          : Array.isArray(member) && member.length === 0
            ? EMPTY_SET
            : readValue(member, level + 1, known?.below[count]);
    if (value === undefined || --room < 0) return undefined;
    if (known !== undefined && typeof value === 'object') expect(known, count, value);
    values[count++] = value;
  }
  if (others === undefined && shape !== undefined && count === list.length)
    return { kind: 'record', fields: new FieldList(shape, values) };
  const names = namesOf(others ?? list.slice(0, count));
  values.length = count;
  return names === undefined ? undefined : { kind: 'record', fields: new FieldList(names, values) };
}

/** Remembers what a member of records of a shape looks like. */
function expect({ below }: RecordShape, at: number, value: Value): void {
  const found = shapeOf(value);
  if (found !== undefined && found !== below[at]) below[at] = found;
}

function readValue(given: unknown, level: number, expected: RecordShape | undefined): Value | undefined {
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
      return Array.isArray(given) ? readList(given, level) : readObject(given, level, expected);
    default:
      return undefined;
  }
}

function readList(given: readonly unknown[], level: number): Value | undefined {
  if (level > MOST_LEVELS) return undefined;
  if (given.length === 0) return EMPTY_SET;
  const values: Value[] = [];
  let expected: RecordShape | undefined;
  for (let i = 0; i < given.length; i++) {
    const member = given[i];
    const value = typeof member === 'string' && member.isWellFormed() ? member : readValue(member, level + 1, expected);
    if (value === undefined || --room < 0) return undefined;
    if (typeof value === 'object') expected = shapeOf(value);
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
