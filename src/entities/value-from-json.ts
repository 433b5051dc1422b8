import type { Result } from '../diagnostics/diagnostic.js';
import { didYouMean } from '../diagnostics/did-you-mean.js';
import type { ExtensionFunction } from '../extensions/extension-function.js';
import { EXTENSION_FUNCTIONS } from '../extensions/extension-functions.js';
import {
  describeJson,
  isJsonArray,
  isJsonObject,
  type JsonArray,
  JsonFraction,
  type JsonObject,
  type JsonValue,
} from '../json/json-value.js';
import type { JsonStep } from '../json/pointer.js';
import { createSet } from '../values/equality.js';
import { FieldList, FieldNames } from '../values/field-list.js';
import { checkedLong } from '../values/long.js';
import { kindOf, type Value, type ValueKind } from '../values/value.js';
import { type DataReading, isTooDeep, readData, readMember, reportData, reportNumber } from './data-reading.js';
import { checkedUid, reportExprEscape, typeAndIdMembers } from './entity-uid.js';

/** Keys that make an object with no other key something else than a record. */
export const ESCAPE_KEYS: readonly string[] = ['__entity', '__extn', '__expr'];

/**
 * Reads a value without a schema: plain JSON, with `__entity` and `__extn` escapes. An escape that is not well formed,
 * or has a key beside it, is a plain record, as in the official engine; that gives a warning. `pointer` is where the
 * value stands in its file, for messages.
 */
export function valueFromJson(json: JsonValue, pointer = ''): Result<Value> {
  return readData(json, pointer, readValue);
}

/** Reads the current value; undefined when something in it is wrong and has been reported. */
export function readValue(reading: DataReading, json: JsonValue): Value | undefined {
  switch (typeof json) {
    case 'boolean':
    case 'string':
      return json;
    case 'number':
      return Number.isSafeInteger(json) && !Object.is(json, -0) ? json : reportNumber(reading, json);
    case 'bigint':
      return checkedLong(json) ?? reportNumber(reading, json);
    default:
      break;
  }
  if (json === null) return reportData(reading, 'null-value', 'Cedar has no null', { help: 'leave the member out' });
  if (json instanceof JsonFraction) return reportNumber(reading, json);
  if (isTooDeep(reading)) return undefined;
  return isJsonArray(json) ? readSet(reading, json) : readObject(reading, json);
}

function readSet(reading: DataReading, json: JsonArray): Value | undefined {
  const elements = readElements(reading, json);
  return elements === undefined ? undefined : createSet(elements);
}

function readElements(reading: DataReading, json: JsonArray): readonly Value[] | undefined {
  const values: Value[] = [];
  for (let index = 0; index < json.length; index++) {
    const value = readMember(reading, index, json[index] ?? null, readValue);
    if (value !== undefined) values.push(value);
  }
  return values.length === json.length ? values : undefined;
}

function readObject(reading: DataReading, json: JsonObject): Value | undefined {
  const keys = Object.keys(json);
  const [key] = keys;
  if (keys.length === 1 && key !== undefined && key.startsWith('__')) {
    const inner = json[key] ?? null;
    if (key === '__expr' && typeof inner === 'string') return reportExprEscape(reading);
    const read = key === '__entity' ? entityEscape(inner) : key === '__extn' ? callEscape(inner) : undefined;
    if (read !== undefined) return readMember(reading, key, inner, read);
  }
  warnOfLookalike(reading, json, keys);
  const fields = readFields(reading, json, keys);
  return fields === undefined ? undefined : { kind: 'record', fields };
}

const NO_FIELDS = new FieldList(new FieldNames([]), []);

/** Reads attributes, tags or the fields of a record; undefined when one of them is wrong. */
export function readFields(
  reading: DataReading,
  json: JsonObject,
  keys: readonly string[] = Object.keys(json),
): ReadonlyMap<string, Value> | undefined {
  if (keys.length === 0) return NO_FIELDS;
  const values: Value[] = [];
  for (const key of keys) {
    const value = readMember(reading, key, json[key] ?? null, readValue);
    if (value !== undefined) values.push(value);
  }
  // A list that was filled step by step keeps room for more.
  return values.length === keys.length ? new FieldList(reading.names.of(keys), values.slice()) : undefined;
}

type ReadEscape = (reading: DataReading) => Value | undefined;

/** How to read the content of `__entity`, or undefined when it is not the content of one. */
function entityEscape(json: JsonValue): ReadEscape | undefined {
  const found = typeAndIdMembers(json);
  if (found === undefined) return undefined;
  return (reading) => (ignoredMembersAreGood(reading, json, ['type', 'id']) ? checkedUid(reading, found) : undefined);
}

/** How to read the content of `__extn`, or undefined when it is not the content of one. */
function callEscape(json: JsonValue): ReadEscape | undefined {
  const call = writtenCall(json);
  if (call === undefined) return undefined;
  return (reading) => {
    const good = ignoredMembersAreGood(reading, json, ['fn', call.member]);
    const value = readCall(reading, call, readValue);
    return good ? value : undefined;
  };
}

/** A call of an extension function as data writes it: `{"fn": F, "arg": V}` or `{"fn": F, "args": [V, ..]}`. */
export interface WrittenCall {
  readonly fn: string;
  readonly member: 'arg' | 'args';
  readonly args: JsonArray;
}

/** The call that an object is, or undefined. */
export function writtenCall(json: JsonValue | undefined): WrittenCall | undefined {
  if (json === undefined || !isJsonObject(json)) return undefined;
  const { fn, arg, args } = json;
  if (typeof fn !== 'string') return undefined;
  if (arg !== undefined) return { fn, member: 'arg', args: [arg] };
  return args !== undefined && isJsonArray(args) ? { fn, member: 'args', args } : undefined;
}

/** How an argument is read for a parameter of a kind. */
export type ReadArgument<R extends DataReading> = (
  reading: R,
  json: JsonValue,
  parameter: ValueKind,
) => Value | undefined;

/** Calls an extension function while loading. */
export function readCall<R extends DataReading>(
  reading: R,
  call: WrittenCall,
  readArgument: ReadArgument<R>,
): Value | undefined {
  const { fn, member, args } = call;
  const called = EXTENSION_FUNCTIONS.get(fn);
  if (called === undefined) return reportUnknownFunction(reading, fn);
  const { parameters } = called;
  if (args.length !== parameters.length) {
    const message = `\`${fn}\` takes ${countOf(parameters.length)}, not ${args.length}`;
    return reportData(reading, 'wrong-number-of-arguments', message, {
      help: `write ${argumentsHelp(called)}`,
      data: { function: fn, expected: parameters.length, found: args.length },
    });
  }
  const values = readArguments(reading, call, parameters, readArgument);
  if (values === undefined) return undefined;
  const wrong = values.findIndex((value, index) => kindOf(value) !== parameters[index]);
  const found = values[wrong];
  if (found !== undefined) {
    const message = `\`${fn}\` takes ${parameters[wrong] ?? 'nothing'} here, not ${kindOf(found)}`;
    return reportData(reading, 'wrong-argument-type', message, {
      below: member === 'arg' ? ['arg'] : ['args', wrong],
      help: `write ${argumentsHelp(called)}`,
      data: { function: fn, expected: parameters[wrong], found: kindOf(found), value: found },
    });
  }
  return applyFunction(reading, called, values, member === 'arg' ? ['arg'] : ['args', 0]);
}

function readArguments<R extends DataReading>(
  reading: R,
  { member, args }: WrittenCall,
  parameters: readonly ValueKind[],
  readArgument: ReadArgument<R>,
): readonly Value[] | undefined {
  const read = (json: JsonValue, index: number): Value | undefined =>
    readArgument(reading, json, parameters[index] ?? 'string');
  const values = readMember(reading, member, args, () =>
    member === 'arg'
      ? args.map((json) => read(json, 0))
      : args.map((json, index) => readMember(reading, index, json, () => read(json, index))),
  );
  const good = values.filter((value) => value !== undefined);
  return good.length === values.length ? good : undefined;
}

/** The result for arguments of the right number and kinds; a failure of a function of one argument is where that stands. */
export function applyFunction(
  reading: DataReading,
  called: ExtensionFunction,
  values: readonly Value[],
  argument: readonly JsonStep[],
): Value | undefined {
  const result = called.apply(values);
  if (typeof result !== 'object' || result.kind !== 'failure') return result;
  return reportData(reading, 'extension-failure', `\`${called.name}\`: ${result.message}`, {
    ...(values.length === 1 ? { below: argument } : {}),
    help: result.help,
    data: { function: called.name, reason: result.message },
  });
}

function reportUnknownFunction(reading: DataReading, name: string): undefined {
  const near = didYouMean(name, EXTENSION_FUNCTIONS.keys());
  const constructors = [...EXTENSION_FUNCTIONS.values()]
    .filter((f) => f.style === 'function')
    .map((f) => `\`${f.name}\``);
  return reportData(reading, 'unknown-extension-function', `there is no extension function ${JSON.stringify(name)}`, {
    below: ['fn'],
    help:
      near === undefined ? `the extension types are made by ${constructors.join(', ')}` : `did you mean \`${near}\`?`,
    data: { function: name },
  });
}

function countOf(parameters: number): string {
  return parameters === 1 ? 'one argument' : `${parameters} arguments`;
}

function argumentsHelp({ parameters }: ExtensionFunction): string {
  const list = parameters.map((kind) => `<${kind}>`).join(', ');
  return parameters.length === 1 ? `\`"arg": ${list}\`` : `\`"args": [${list}]\``;
}

/** Members beside those of an escape mean nothing, but the official reader still refuses numbers that Cedar lacks. */
function ignoredMembersAreGood(reading: DataReading, json: JsonValue, used: readonly string[]): boolean {
  if (!isJsonObject(json)) return true;
  let good = true;
  for (const key of Object.keys(json)) {
    if (!used.includes(key) && !readMember(reading, key, json[key] ?? null, numbersAreGood)) good = false;
  }
  return good;
}

/** Whether all numbers of a value are those of Cedar; the others are reported. */
export function numbersAreGood(reading: DataReading, json: JsonValue): boolean {
  if (typeof json === 'number' || typeof json === 'bigint' || json instanceof JsonFraction)
    return readValue(reading, json) !== undefined;
  if (typeof json !== 'object' || json === null) return true;
  if (isTooDeep(reading)) return false;
  let good = true;
  for (const [step, member] of isJsonArray(json) ? json.entries() : Object.entries(json)) {
    if (!readMember(reading, step, member, numbersAreGood)) good = false;
  }
  return good;
}

function warnOfLookalike(reading: DataReading, json: JsonObject, keys: readonly string[]): void {
  const key = keys.find((k) => k === '__entity' || k === '__extn');
  if (key === undefined) return;
  const form =
    key === '__entity'
      ? '{"__entity": {"type": "SomeType", "id": "some-id"}}'
      : '{"__extn": {"fn": "ip", "arg": "10.0.0.1"}}';
  const message =
    keys.length > 1
      ? `\`${key}\` beside other keys makes a plain record`
      : `\`${key}\` with ${describeJson(json[key] ?? null)} like this makes a plain record`;
  reportData(reading, 'escape-is-record', message, {
    severity: 'warning',
    below: [key],
    help: `for an escape write \`${form}\``,
  });
}
