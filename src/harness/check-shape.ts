import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic.js';
import {
  describeJson,
  isJsonArray,
  isJsonObject,
  JsonFraction,
  type JsonObject,
  type JsonValue,
} from '../json/json-value.js';
import { memberPointer } from '../json/pointer.js';
import { printJson } from '../json/print-json.js';
import { exactNumber } from './exact-number.js';
import type { ArrayShape, ObjectShape, Shape } from './shape.js';

/** Longest list of values in a message. */
const LONGEST_LIST = 200;

export interface CheckOptions {
  /** Whether properties are refused of which the schema, which declares others, says nothing. */
  readonly closed?: boolean;
}

/** Why a JSON value does not fit a shape, each reason with its JSON pointer; empty when it fits. */
export function checkShape(
  json: JsonValue,
  shape: Shape,
  pointer: string,
  options: CheckOptions = {},
): readonly Diagnostic[] {
  switch (shape.kind) {
    case 'any':
      return [];
    case 'never':
      return [diagnostic('not-allowed', 'no value is allowed here', { pointer })];
    case 'null':
      return json === null ? [] : [wrongType(json, 'null', pointer)];
    case 'boolean':
      return typeof json === 'boolean' ? [] : [wrongType(json, 'true or false', pointer)];
    case 'string':
      return typeof json === 'string' ? [] : [wrongType(json, 'a string', pointer)];
    case 'number':
      if (!isNumber(json)) return [wrongType(json, shape.integer ? 'an integer' : 'a number', pointer)];
      return shape.integer && !isInteger(json) ? [wrongType(json, 'an integer', pointer)] : [];
    case 'array':
      return isJsonArray(json) ? checkArray(json, shape, pointer, options) : [wrongType(json, 'an array', pointer)];
    case 'object':
      return isJsonObject(json) ? checkObject(json, shape, pointer, options) : [wrongType(json, 'an object', pointer)];
    case 'constants':
      return shape.values.some((value) => sameJson(value, json)) ? [] : [notAllowed(json, shape.values, pointer)];
    case 'union':
      return checkUnion(json, shape.members, pointer, options);
  }
}

function checkArray(
  json: readonly JsonValue[],
  shape: ArrayShape,
  pointer: string,
  options: CheckOptions,
): readonly Diagnostic[] {
  if (shape.rest.kind === 'never' && json.length > shape.first.length) {
    const count = shape.first.length === 1 ? 'one element' : `${shape.first.length} elements`;
    return [diagnostic('too-many-elements', `at most ${count} may stand here, found ${json.length}`, { pointer })];
  }
  if (shape.rest.kind === 'any' && shape.first.length === 0) return [];
  return json.flatMap((element, index) =>
    checkShape(element, shape.first[index] ?? shape.rest, memberPointer(pointer, index), options),
  );
}

function checkObject(
  json: JsonObject,
  shape: ObjectShape,
  pointer: string,
  options: CheckOptions,
): readonly Diagnostic[] {
  const problems: Diagnostic[] = [];
  for (const [name, field] of shape.fields) {
    const value = Object.hasOwn(json, name) ? json[name] : undefined;
    if (value !== undefined) {
      // Of most members this is all, and nobody asks where they stand.
      if (field.shape.kind === 'string' && typeof value === 'string') continue;
      for (const problem of checkShape(value, field.shape, memberPointer(pointer, name), options))
        problems.push(problem);
    } else if (field.required) problems.push(missingField(name, memberPointer(pointer, name)));
  }
  const declares = shape.fields.size > 0;
  // However open a schema is that says which members it means: a tool that merges them would change prototypes.
  if (declares && Object.hasOwn(json, '__proto__') && !shape.fields.has('__proto__'))
    problems.push({
      ...unknownField('__proto__', memberPointer(pointer, '__proto__')),
      help: "declare it in the tool's JSON Schema if the tool means it: elsewhere it changes what an object is",
    });
  const closed = options.closed === true && declares;
  const rest: Shape = shape.rest ?? { kind: closed ? 'never' : 'any' };
  if (rest.kind === 'any') return problems;
  for (const name of Object.keys(json)) {
    if (shape.fields.has(name) || (declares && name === '__proto__')) continue;
    const value = json[name] ?? null;
    const at = memberPointer(pointer, name);
    problems.push(...(rest.kind === 'never' ? [unknownField(name, at)] : checkShape(value, rest, at, options)));
  }
  return problems;
}

export function missingField(name: string, pointer: string): Diagnostic {
  return diagnostic('missing-field', `the required field ${JSON.stringify(name)} is missing`, { pointer });
}

export function unknownField(name: string, pointer: string): Diagnostic {
  return diagnostic('unknown-field', `the field ${JSON.stringify(name.slice(0, LONGEST_LIST))} is not declared`, {
    pointer,
    help: "declare it in the tool's JSON Schema, or allow it there with additionalProperties",
  });
}

/** Where one alternative alone is of the value's kind, what is wrong with the value is what is wrong with it there. */
function checkUnion(
  json: JsonValue,
  members: readonly Shape[],
  pointer: string,
  options: CheckOptions,
): readonly Diagnostic[] {
  const ofKind: (readonly Diagnostic[])[] = [];
  for (const member of members) {
    const problems = checkShape(json, member, pointer, options);
    if (problems.length === 0) return [];
    if (isOfKind(json, member)) ofKind.push(problems);
  }
  const [only] = ofKind.length === 1 ? ofKind : [];
  if (only !== undefined) return only;
  return [
    diagnostic('no-alternative', `${describeValue(json)} fits none of the alternatives that are allowed here`, {
      pointer,
      help: `allowed: ${members.map(describeShape).join(', ').slice(0, LONGEST_LIST)}`,
    }),
  ];
}

function isOfKind(json: JsonValue, shape: Shape): boolean {
  switch (shape.kind) {
    case 'array':
      return isJsonArray(json);
    case 'object':
      return isJsonObject(json);
    case 'number':
      return isNumber(json);
    case 'constants':
      return shape.values.some((value) => describeJson(value) === describeJson(json));
    default:
      return false;
  }
}

function isNumber(json: JsonValue): boolean {
  return typeof json === 'number' || typeof json === 'bigint' || json instanceof JsonFraction;
}

/** JSON Schema counts `3.0` and `1e2` as integers. */
function isInteger(json: JsonValue): boolean {
  if (!(json instanceof JsonFraction)) return true;
  return exactNumber(json)?.scale === 0;
}

/** Whether JSON Schema takes two values for equal: numbers by their value, objects whatever the order of their members. */
function sameJson(a: JsonValue, b: JsonValue): boolean {
  if (a === b) return true;
  if (isNumber(a) && isNumber(b)) {
    const [x, y] = [exactNumber(a), exactNumber(b)];
    return x !== undefined && y !== undefined && x.digits === y.digits && x.scale === y.scale;
  }
  if (isJsonArray(a) && isJsonArray(b))
    return a.length === b.length && a.every((element, index) => sameJson(element, b[index] ?? null));
  if (!isJsonObject(a) || !isJsonObject(b)) return false;
  const members = Object.entries(a);
  return (
    members.length === Object.keys(b).length &&
    members.every(([name, member]) => Object.hasOwn(b, name) && sameJson(member, b[name] ?? null))
  );
}

export function wrongType(json: JsonValue, expected: string, pointer: string): Diagnostic {
  return diagnostic('wrong-type', `expected ${expected}, found ${describeValue(json)}`, { pointer });
}

function notAllowed(json: JsonValue, values: readonly JsonValue[], pointer: string): Diagnostic {
  const [only] = values.length === 1 ? values : [];
  return diagnostic('not-allowed', `${describeValue(json)} is none of the values that are allowed here`, {
    pointer,
    help: `allowed: ${only === undefined ? describeValues(values) : printJson(only).slice(0, LONGEST_LIST)}`,
  });
}

export function describeValues(values: readonly JsonValue[]): string {
  const all = values.map((value) => printJson(value)).join(', ');
  return all.length <= LONGEST_LIST ? all : `${all.slice(0, LONGEST_LIST)}...`;
}

/** A shape in few words, for messages. */
function describeShape(shape: Shape): string {
  switch (shape.kind) {
    case 'any':
      return 'anything';
    case 'never':
      return 'nothing';
    case 'null':
      return 'null';
    case 'boolean':
      return 'a boolean';
    case 'string':
      return 'a string';
    case 'number':
      return shape.integer ? 'an integer' : 'a number';
    case 'array':
      return 'an array';
    case 'object':
      return shape.fields.size === 0 ? 'an object' : `an object with ${[...shape.fields.keys()].join(' and ')}`;
    case 'constants':
      return describeValues(shape.values);
    case 'union':
      return shape.members.map(describeShape).join(' or ');
  }
}

/** A value in the words of a message, cut to a readable length. */
export function describeValue(json: JsonValue): string {
  if (json instanceof JsonFraction) return `the number ${json.text.slice(0, 40)}`;
  switch (typeof json) {
    case 'string':
      return `the string ${JSON.stringify(json.slice(0, 40))}`;
    case 'number':
    case 'bigint':
      return `the number ${String(json).slice(0, 40)}`;
    case 'boolean':
      return String(json);
    default:
      return describeJson(json);
  }
}
