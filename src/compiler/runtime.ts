import type { Entity } from '../entities/entity.js';
import type { Hierarchy } from '../entities/hierarchy.js';
import type { Place } from '../entities/place.js';
import { EvaluationError } from '../evaluator/evaluation-error.js';
import type { ExtensionFunction } from '../extensions/extension-function.js';
import type { Span } from '../text/source.js';
import { createSet, sameUid, setContains, setContainsAll, setContainsAny, valuesEqual } from '../values/equality.js';
import { FieldList, FieldNames, fieldOf, type SoughtName } from '../values/field-list.js';
import { addLongs, multiplyLongs, negateLong, subtractLongs } from '../values/long.js';
import { type EntityUid, kindOf, type Long, type RecordValue, type Value } from '../values/value.js';
import type { Frame } from './frame.js';
import { isLike } from './like-pattern.js';

// What generated code calls. A function that answers undefined leaves the case to the closures: a kind does not fit, an
// integer overflows, an extension function fails. Only the errors that data makes most often are made here as well.

function noEntity(uid: EntityUid, span: Span | undefined): EvaluationError {
  return new EvaluationError({ kind: 'EntityDoesNotExist', uid }, span);
}

function noAttribute(entity: Entity, name: string, span: Span | undefined): EvaluationError {
  return new EvaluationError({ kind: 'EntityAttrDoesNotExist', entity, attribute: name, tag: false }, span);
}

function noField(value: RecordValue, name: string, span: Span | undefined): EvaluationError {
  return new EvaluationError({ kind: 'RecordAttrDoesNotExist', record: value, attribute: name }, span);
}

function attribute(frame: Frame, value: Value, name: SoughtName): Value | undefined {
  if (typeof value !== 'object') return undefined;
  if (value.kind === 'record') return fieldOf(value.fields, name);
  if (value.kind !== 'entity') return undefined;
  const entity = frame.entities.find(value);
  return entity === undefined ? undefined : fieldOf(entity.attributes, name);
}

function hasPath(frame: Frame, value: Value, path: readonly SoughtName[]): boolean | undefined {
  let at: Value | undefined = value;
  for (const name of path) {
    if (typeof at !== 'object' || (at.kind !== 'record' && at.kind !== 'entity')) return undefined;
    at = attribute(frame, at, name);
    if (at === undefined) return false;
  }
  return true;
}

function isIn(frame: Frame, left: Value, right: Value): boolean | undefined {
  if (typeof left !== 'object' || left.kind !== 'entity' || typeof right !== 'object') return undefined;
  if (right.kind === 'entity') return left === right || frame.entities.isIn(left, right);
  return right.kind === 'set' ? isInAny(right.elements, (element) => frame.entities.isIn(left, element)) : undefined;
}

function principalIsIn(frame: Frame, right: Value): boolean | undefined {
  return isPlaceIn(frame, frame.principal, frame.principalSubject.place, right);
}

function resourceIsIn(frame: Frame, right: Value): boolean | undefined {
  return isPlaceIn(frame, frame.resource, frame.resourceSubject.place, right);
}

/** `in` for a uid whose place is at hand. */
function isPlaceIn(frame: Frame, left: EntityUid, place: Place | undefined, right: Value): boolean | undefined {
  const { hierarchy } = frame;
  if (hierarchy === undefined || typeof right !== 'object') return isIn(frame, left, right);
  if (right.kind === 'entity') return isAt(hierarchy, left, place, right);
  return right.kind === 'set' ? isInAny(right.elements, (element) => isAt(hierarchy, left, place, element)) : undefined;
}

function isAt(hierarchy: Hierarchy, left: EntityUid, place: Place | undefined, right: EntityUid): boolean {
  return sameUid(left, right) || (place !== undefined && hierarchy.isAbove(right, place));
}

/** Every element must be an entity, also behind the one that decides. */
function isInAny(elements: readonly Value[], test: (element: EntityUid) => boolean): boolean | undefined {
  let found = false;
  for (let i = 0; i < elements.length; i++) {
    const element = elements[i];
    if (typeof element !== 'object' || element.kind !== 'entity') return undefined;
    found ||= test(element);
  }
  return found;
}

function isLong(value: Value): value is Long {
  return typeof value === 'number' || typeof value === 'bigint';
}

/** Negative, zero or positive. */
function compare(left: Value, right: Value): number | undefined {
  if (isLong(left) && isLong(right)) return left < right ? -1 : left > right ? 1 : 0;
  if (typeof left !== 'object' || typeof right !== 'object') return undefined;
  if ((left.kind === 'datetime' || left.kind === 'duration') && right.kind === left.kind)
    return left.milliseconds < right.milliseconds ? -1 : left.milliseconds > right.milliseconds ? 1 : 0;
  return undefined;
}

function add(left: Value, right: Value): Long | undefined {
  return isLong(left) && isLong(right) ? addLongs(left, right) : undefined;
}

function subtract(left: Value, right: Value): Long | undefined {
  return isLong(left) && isLong(right) ? subtractLongs(left, right) : undefined;
}

function multiply(left: Value, right: Value): Long | undefined {
  return isLong(left) && isLong(right) ? multiplyLongs(left, right) : undefined;
}

function negate(value: Value): Long | undefined {
  return isLong(value) ? negateLong(value) : undefined;
}

function isEmpty(value: Value): boolean | undefined {
  return typeof value === 'object' && value.kind === 'set' ? value.elements.length === 0 : undefined;
}

function contains(left: Value, right: Value): boolean | undefined {
  return typeof left === 'object' && left.kind === 'set' ? setContains(left, right) : undefined;
}

function containsAll(left: Value, right: Value): boolean | undefined {
  if (typeof left !== 'object' || typeof right !== 'object' || left.kind !== 'set' || right.kind !== 'set')
    return undefined;
  return setContainsAll(left, right);
}

function containsAny(left: Value, right: Value): boolean | undefined {
  if (typeof left !== 'object' || typeof right !== 'object' || left.kind !== 'set' || right.kind !== 'set')
    return undefined;
  return setContainsAny(left, right);
}

function getTag(frame: Frame, left: Value, right: Value): Value | undefined {
  if (typeof left !== 'object' || left.kind !== 'entity' || typeof right !== 'string') return undefined;
  return frame.entities.find(left)?.tags.get(right);
}

function hasTag(frame: Frame, left: Value, right: Value): boolean | undefined {
  if (typeof left !== 'object' || left.kind !== 'entity' || typeof right !== 'string') return undefined;
  return frame.entities.find(left)?.tags.has(right) ?? false;
}

function record(names: readonly string[], values: readonly Value[]): RecordValue {
  return { kind: 'record', fields: new FieldList(new FieldNames(names), values) };
}

function call(called: ExtensionFunction, args: readonly Value[]): Value | undefined {
  const { parameters } = called;
  if (args.length !== parameters.length) return undefined;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    if (arg === undefined || kindOf(arg) !== parameters[i]) return undefined;
  }
  const result = called.apply(args);
  return typeof result === 'object' && result.kind === 'failure' ? undefined : result;
}

export const RUNTIME = {
  noEntity,
  noAttribute,
  noField,
  attribute,
  fieldOf,
  hasPath,
  isIn,
  principalIsIn,
  resourceIsIn,
  compare,
  add,
  subtract,
  multiply,
  negate,
  isEmpty,
  contains,
  containsAll,
  containsAny,
  getTag,
  hasTag,
  record,
  call,
  equal: valuesEqual,
  set: createSet,
  isLike,
};
