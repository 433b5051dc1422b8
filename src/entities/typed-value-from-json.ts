import type { ExtensionFunction } from '../extensions/extension-function.js';
import { EXTENSION_FUNCTIONS } from '../extensions/extension-functions.js';
import { isJsonArray, isJsonObject, type JsonArray, type JsonObject, type JsonValue } from '../json/json-value.js';
import type { CedarType, ExtensionTypeName, RecordType } from '../types/cedar-type.js';
import { createSet } from '../values/equality.js';
import { kindOf, type Value, type ValueKind } from '../values/value.js';
import {
  type Conformance,
  createConformance,
  reportMismatch,
  reportMissingField,
  reportUnexpectedField,
  requiredNames,
} from './conform-value.js';
import { createDataReading, type DataReading, isTooDeep, readMember, reportData } from './data-reading.js';
import { readEntityUid, reportExprEscape } from './entity-uid.js';
import { applyFunction, numbersAreGood, readCall, readValue, writtenCall } from './value-from-json.js';

/**
 * Reading by a schema. What cannot be read is reported to the reading itself; whether what was read conforms is a
 * question of its own, as the official engine also reads without asking it.
 */
export interface SchemaReading extends DataReading {
  readonly conformance: Conformance;
}

/** A reading that stands at the value it was handed. */
export function createSchemaReading(schema: Conformance['schema'], base = ''): SchemaReading {
  const reading = createDataReading(base);
  return { ...reading, conformance: createConformance(schema, base, reading.path) };
}

/**
 * Reads the current value where a type is declared: entities need no `__entity` and extension values no `__extn`, and
 * records have the declared attributes. Values of other types are read too, without a schema, where nothing in the
 * declared type says how to read them: `checkValue` reports them. Undefined when something has been reported.
 */
export function readTypedValue(reading: SchemaReading, json: JsonValue, type: CedarType): Value | undefined {
  switch (type.kind) {
    case 'bool':
    case 'long':
    case 'string':
      return readValue(reading, json);
    case 'entity':
      return readEntityUid(reading, json);
    case 'extension':
      return readExtension(reading, json, type.name);
    case 'set':
      return isJsonArray(json) ? readSet(reading, json, type.element) : readOther(reading, json, 'not-a-set', type);
    case 'record':
      return isJsonObject(json) ? readRecord(reading, json, type) : readOther(reading, json, 'not-a-record', type);
  }
}

function readOther(
  reading: SchemaReading,
  json: JsonValue,
  code: 'not-a-set' | 'not-a-record',
  type: CedarType,
): undefined {
  const value = readValue(reading, json);
  return value === undefined ? undefined : reportMismatch(reading, code, value, type);
}

function readSet(reading: SchemaReading, json: JsonArray, type: CedarType): Value | undefined {
  if (isTooDeep(reading)) return undefined;
  const values: Value[] = [];
  for (let index = 0; index < json.length; index++) {
    const value = readMember(reading, index, json[index] ?? null, (inner, each) => readTypedValue(inner, each, type));
    if (value !== undefined) values.push(value);
  }
  if (values.length < json.length) return undefined;
  const set = createSet(values);
  if (set.elements.length < values.length) reading.conformance.positions.set(set, positionsOf(set.elements, values));
  return set;
}

/** Where each element stands among the values that it was first met in; both have the same order. */
function positionsOf(elements: readonly Value[], values: readonly Value[]): readonly number[] {
  let at = 0;
  return elements.map((element) => {
    while (values[at] !== element) at++;
    return at++;
  });
}

function readRecord(reading: SchemaReading, json: JsonObject, type: RecordType): Value | undefined {
  if (isTooDeep(reading)) return undefined;
  const fields = new Map<string, Value>();
  const keys = Object.keys(json);
  for (const key of keys) {
    const attribute = type.attributes.get(key);
    if (attribute === undefined) continue;
    const value = readMember(reading, key, json[key] ?? null, (inner, member) =>
      readTypedValue(inner, member, attribute.type),
    );
    if (value !== undefined) fields.set(key, value);
  }
  const missing = requiredNames(type).filter((name) => !Object.hasOwn(json, name));
  for (const name of missing) reportMissingField(reading, name);
  for (const key of keys) if (!type.attributes.has(key)) reportUnexpectedField(reading, key, type);
  return missing.length === 0 && fields.size === keys.length ? { kind: 'record', fields } : undefined;
}

function readExtension(reading: SchemaReading, json: JsonValue, type: ExtensionTypeName): Value | undefined {
  if (isTooDeep(reading)) return undefined;
  if (isJsonObject(json)) {
    if (typeof json['__expr'] === 'string') return reportExprEscape(reading);
    const escaped = writtenCall(json['__extn']);
    if (escaped !== undefined)
      return readMember(reading, '__extn', escaped, (inner, call) => readCall(inner, call, readArgument));
    const call = writtenCall(json);
    if (call !== undefined) return readCall(reading, call, readArgument);
  }
  const value = readValue(reading, json);
  return value === undefined ? undefined : construct(reading, value, type);
}

/** Arguments of extension types may be written in short too; what means nothing in them must still be values of Cedar. */
function readArgument(reading: SchemaReading, json: JsonValue, parameter: ValueKind): Value | undefined {
  switch (parameter) {
    case 'decimal':
    case 'ipaddr':
    case 'datetime':
    case 'duration': {
      const value = readExtension(reading, json, parameter);
      return value === undefined || numbersAreGood(reading, json) ? value : undefined;
    }
    default:
      return readValue(reading, json);
  }
}

/** The functions that make a value of each extension type from a text. */
export const CONSTRUCTORS: ReadonlyMap<ValueKind, ExtensionFunction> = new Map(
  [...EXTENSION_FUNCTIONS.values()]
    .filter(({ style, parameters }) => style === 'function' && parameters.length === 1)
    .map((row) => [row.returns, row]),
);

function construct(reading: SchemaReading, value: Value, type: ExtensionTypeName): Value | undefined {
  const row = CONSTRUCTORS.get(type);
  if (row === undefined) return undefined;
  if (typeof value === 'string') return applyFunction(reading, row, [value], []);
  return reportData(reading, 'wrong-argument-type', `expected ${type} as a text`, {
    help: `write the text that \`${row.name}\` takes, or {"fn": "${row.name}", "arg": ..}`,
    data: { function: row.name, expected: 'string', found: kindOf(value), value },
  });
}
