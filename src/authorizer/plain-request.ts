import { isNormalizedName } from '../ast/names.js';
import { valueFromJson } from '../entities/value-from-json.js';
import { jsonFromJavaScript } from '../json/from-javascript.js';
import { createSet } from '../values/equality.js';
import { FieldList } from '../values/field-list.js';
import { checkedLong } from '../values/long.js';
import { entityUid, type RecordValue, type Value } from '../values/value.js';
import type { RequestSubject } from './index-types.js';
import type { Request } from './request.js';
import { RequestFrame } from './request-frame.js';
import { type Subjects, strangerOf } from './subject.js';

// The common form of a request, read without a copy in between: uids as `{ type, id }` and a context of plain data.
// Whatever has another form, or anything wrong with it, makes the answer undefined; then the request is read again by
// the readers that know every form and explain every problem. Objects count only if nothing but own, enumerable members
// can be seen in them, and each member is read once.

const NO_FIELDS: RecordValue = { kind: 'record', fields: new FieldList([], []) };

/** Reads a request in the common form about resident entities. */
export function readPlainRequest(request: unknown, subjects: Subjects): RequestFrame | undefined {
  if (typeof request !== 'object' || request === null) return undefined;
  try {
    return readParts(request, subjects);
  } catch {
    // A getter or a proxy that throws.
    return undefined;
  }
}

function readParts(request: Partial<Request>, subjects: Subjects): RequestFrame | undefined {
  const { principal, action, resource, context, entities } = request;
  if (entities !== undefined) return undefined;
  const principalSubject = readSubject(principal, subjects);
  if (principalSubject === undefined) return undefined;
  const actionSubject = readSubject(action, subjects);
  if (actionSubject === undefined) return undefined;
  const resourceSubject = readSubject(resource, subjects);
  if (resourceSubject === undefined) return undefined;
  const record = context === undefined ? NO_FIELDS : readContext(context);
  if (record === undefined) return undefined;
  return new RequestFrame(principalSubject, actionSubject, resourceSubject, record, subjects.store);
}

/** What every plain object inherits. Code that has added names to it would make members appear that nobody wrote. */
const INHERITED: { readonly type?: unknown; readonly id?: unknown } = Object.prototype;

function readSubject(given: unknown, subjects: Subjects): RequestSubject | undefined {
  if (typeof given !== 'object' || given === null || !isPlain(given)) return undefined;
  let members = 0;
  for (const name in given) {
    if (name !== 'type' && name !== 'id') return undefined;
    members++;
  }
  if (members !== 2 || INHERITED.type !== undefined || INHERITED.id !== undefined) return undefined;
  const { type, id } = given;
  if (typeof type !== 'string' || typeof id !== 'string') return undefined;
  const subject = subjects.find(type, id);
  if (subject !== undefined) return subjects.resolve(subject);
  return id.isWellFormed() && isNormalizedName(type) ? strangerOf(entityUid(type, id)) : undefined;
}

/** Whether an object has the prototype of plain data, so that its own members are all there is. */
function isPlain(value: object): value is Readonly<Record<string, unknown>> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Deeper and larger data than this is left to the careful readers. */
const MOST_LEVELS = 32;
const MOST_VALUES = 10_000;

/** How many values may still be read for the current request: one object may stand in very many places. */
let room = MOST_VALUES;

function readContext(given: unknown): RecordValue | undefined {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return undefined;
  room = MOST_VALUES;
  const value = readObject(given, 0);
  return typeof value === 'object' && value.kind === 'record' ? value : undefined;
}

function readObject(given: object, level: number): Value | undefined {
  if (!isPlain(given) || level > MOST_LEVELS) return undefined;
  const names = Object.keys(given);
  const [first] = names;
  if (names.length === 1 && first !== undefined && first.startsWith('__')) return readEscape(given);
  const values: Value[] = [];
  for (let i = 0; i < names.length; i++) {
    const name = names[i];
    if (name === undefined || !name.isWellFormed()) return undefined;
    const value = readValue(given[name], level + 1);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return { kind: 'record', fields: new FieldList(names, values) };
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
