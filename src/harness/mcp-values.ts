import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic.js';
import { nameList } from '../diagnostics/name-list.js';
import type { Entity } from '../entities/entity.js';
import { parseDatetime } from '../extensions/datetime.js';
import { parseDecimal } from '../extensions/decimal.js';
import { parseDuration } from '../extensions/duration.js';
import type { ExtensionFailure } from '../extensions/extension-function.js';
import { parseIpaddr } from '../extensions/ipaddr.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.js';
import { memberPointer } from '../json/pointer.js';
import type { Schema } from '../schema/schema.js';
import { type CedarType, describeType } from '../types/cedar-type.js';
import { createSet } from '../values/equality.js';
import { checkedLong } from '../values/long.js';
import { type ExtensionValue, entityUid, recordOf, type Value } from '../values/value.js';
import { missingField, unknownField, wrongType } from './check-shape.js';
import { exactNumber, printExactNumber } from './exact-number.js';
import { floatText } from './float-text.js';
import type { McpObject, McpType } from './mcp-types.js';

/** What a tool's JSON becomes: a value, and entities for the objects in it. */
export interface McpReading {
  readonly schema: Schema;
  /** The type under `$defs` of that name. */
  readonly definition: (name: string) => McpType | undefined;
  /** Begin of the ids of entities that stand for objects; no other request may use it. */
  readonly idPrefix: string;
  readonly entities: Entity[];
  readonly problems: Diagnostic[];
}

/**
 * Reads JSON of a tool as a value of the type that the schema of its server has for it. Undefined where it does not fit,
 * with the reason in `problems`. Nothing is rounded or cut, where the official generator cuts decimals and takes months
 * for thirty days.
 */
function readMcpValue(
  json: JsonValue,
  type: McpType,
  cedar: CedarType,
  pointer: string,
  reading: McpReading,
): Value | undefined {
  const refuse = (expected: string): undefined => {
    reading.problems.push(wrongType(json, expected, pointer));
    return undefined;
  };
  // A type of the server that is called `String` hides Cedar's own in its namespace.
  const hidden = Object.hasOwn(CEDAR_KINDS, type.kind) && CEDAR_KINDS[type.kind] !== cedar.kind;
  if (hidden) return refuse(describeType(cedar));
  switch (type.kind) {
    case 'reference': {
      const target = reading.definition(type.name);
      return target === undefined ? refuse('nothing') : readMcpValue(json, target, cedar, pointer, reading);
    }
    case 'boolean':
      return typeof json === 'boolean' ? json : refuse('true or false');
    case 'string':
      return typeof json === 'string' ? json : refuse('a string');
    case 'integer':
      return integerOf(json) ?? refuse('an integer of 64 bits');
    case 'number':
    case 'float':
      return (
        numberOf(json, cedar, type.kind === 'float') ??
        refuse(cedar.kind === 'extension' ? 'a decimal with up to four digits after the point' : 'a number')
      );
    case 'null':
      return json === null ? entityUid(nameOf(cedar), 'null') : refuse('null');
    case 'unknown':
      return entityUid(nameOf(cedar), `${reading.idPrefix}${pointer}`);
    case 'decimal':
    case 'datetime':
    case 'duration':
    case 'ipaddr':
      return (typeof json === 'string' ? extensionOf(type.kind, json) : undefined) ?? refuse(EXPECTED[type.kind]);
    case 'enum':
      return typeof json === 'string' && type.variants.includes(json)
        ? entityUid(nameOf(cedar), json)
        : refuse(`one of ${nameList(type.variants.map((variant) => JSON.stringify(variant)))}`);
    case 'array':
      if (!isJsonArray(json) || cedar.kind !== 'set') return refuse('an array');
      return setOf(json, type.element, cedar.element, pointer, reading);
    case 'tuple':
      return tupleOf(json, type.types, cedar, pointer, reading) ?? refuse(`an array of ${type.types.length}`);
    case 'union':
      return choiceOf(json, type.types, cedar, pointer, reading) ?? refuse('one of the alternatives');
    case 'object':
      return isJsonObject(json) ? objectOf(json, type, cedar, pointer, reading) : refuse('an object');
  }
}

/** Kinds of the Cedar types of simple values. */
const CEDAR_KINDS: Readonly<Partial<Record<McpType['kind'], CedarType['kind']>>> = {
  boolean: 'bool',
  integer: 'long',
  string: 'string',
  decimal: 'extension',
  datetime: 'extension',
  duration: 'extension',
  ipaddr: 'extension',
  null: 'entity',
  unknown: 'entity',
  enum: 'entity',
};

const EXPECTED: Readonly<Record<'decimal' | 'datetime' | 'duration' | 'ipaddr', string>> = {
  decimal: 'a decimal such as "1.25"',
  datetime: 'a date, or a date and time with up to three digits of a second',
  duration: 'a duration such as "P1DT2H" in weeks, days, hours, minutes and seconds',
  ipaddr: 'an IP address or range',
};

function nameOf(cedar: CedarType): string {
  return cedar.kind === 'entity' ? cedar.name : '';
}

function integerOf(json: JsonValue): Value | undefined {
  const exact = exactNumber(json);
  return exact === undefined || exact.scale > 0 ? undefined : checkedLong(exact.digits);
}

function numberOf(json: JsonValue, cedar: CedarType, isFloat: boolean): Value | undefined {
  const exact = exactNumber(json);
  if (exact === undefined) return undefined;
  const text = printExactNumber(exact);
  if (cedar.kind !== 'extension') return entityUid(nameOf(cedar), isFloat ? floatText(Number(text)) : text);
  return succeeded(parseDecimal(exact.scale === 0 ? `${text}.0` : text));
}

function succeeded(value: ExtensionValue | ExtensionFailure): Value | undefined {
  return value.kind === 'failure' ? undefined : value;
}

function extensionOf(kind: keyof typeof EXPECTED, text: string): Value | undefined {
  switch (kind) {
    case 'decimal':
      return succeeded(parseDecimal(text));
    case 'ipaddr':
      return succeeded(parseIpaddr(text));
    case 'datetime':
      return succeeded(parseDatetime(cedarDatetime(text)));
    case 'duration': {
      const parts = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(text);
      if (parts === null || !/\d/.test(text)) return undefined;
      const [, weeks = '0', days = '0', hours, minutes, seconds] = parts;
      const total = BigInt(weeks.slice(0, 20)) * 7n + BigInt(days.slice(0, 20));
      const short = [`${total}d`, hours && `${hours}h`, minutes && `${minutes}m`, seconds && `${seconds}s`];
      return succeeded(parseDuration(short.filter((part) => part !== undefined && part !== '').join('')));
    }
  }
}

/** RFC 3339 in the form that Cedar reads: offsets without a colon, seconds with none or three digits. */
function cedarDatetime(text: string): string {
  const parts = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}:\d{2})(?:\.(\d{1,3})0*)?(?:([Zz])|([+-]\d{2}):?(\d{2}))?$/.exec(
    text,
  );
  if (parts === null) return text;
  const [, date, time, fraction, , hours, minutes] = parts;
  return `${date}T${time}${fraction === undefined ? '' : `.${fraction.padEnd(3, '0')}`}${hours === undefined ? 'Z' : `${hours}${minutes}`}`;
}

function setOf(
  json: readonly JsonValue[],
  element: McpType,
  cedar: CedarType,
  pointer: string,
  reading: McpReading,
): Value {
  const values = json.map((member, index) =>
    readMcpValue(member, element, cedar, memberPointer(pointer, index), reading),
  );
  return createSet(values.filter((value) => value !== undefined));
}

function tupleOf(
  json: JsonValue,
  types: readonly McpType[],
  cedar: CedarType,
  pointer: string,
  reading: McpReading,
): Value | undefined {
  if (!isJsonArray(json) || json.length !== types.length) return undefined;
  const fields = json.flatMap((element, index) =>
    memberOf(element, `proj${index}`, types[index], cedar, memberPointer(pointer, index), reading),
  );
  return recordOf(fields);
}

function memberOf(
  json: JsonValue,
  name: string,
  type: McpType | undefined,
  cedar: CedarType,
  pointer: string,
  reading: McpReading,
): readonly (readonly [string, Value])[] {
  const declared = cedar.kind === 'record' ? cedar.attributes.get(name)?.type : undefined;
  const value =
    type === undefined || declared === undefined ? undefined : readMcpValue(json, type, declared, pointer, reading);
  return value === undefined ? [] : [[name, value]];
}

/** The first alternative that fits. */
function choiceOf(
  json: JsonValue,
  types: readonly McpType[],
  cedar: CedarType,
  pointer: string,
  reading: McpReading,
): Value | undefined {
  for (const [index, type] of types.entries()) {
    const attempt: McpReading = { ...reading, entities: [], problems: [] };
    const fields = memberOf(json, `typeChoice${index}`, type, cedar, pointer, attempt);
    if (attempt.problems.length > 0 || fields.length === 0) continue;
    reading.entities.push(...attempt.entities);
    return recordOf(fields);
  }
  return undefined;
}

/** A record, or the entity that stands for the object. */
function objectOf(
  json: JsonObject,
  type: McpObject,
  cedar: CedarType,
  pointer: string,
  reading: McpReading,
): Value | undefined {
  const declared = cedar.kind === 'entity' ? reading.schema.entityTypes.get(cedar.name) : undefined;
  const record: CedarType | undefined = declared?.attributes ?? (cedar.kind === 'record' ? cedar : undefined);
  if (record === undefined) {
    reading.problems.push(diagnostic('wrong-type', 'the schema has no type for this object', { pointer }));
    return undefined;
  }
  const attributes = new Map(readProperties(json, type, record, pointer, reading));
  const tags = new Map<string, Value>();
  for (const [name, member] of Object.entries(json)) {
    if (type.properties.some((property) => property.name === name)) continue;
    const at = memberPointer(pointer, name);
    if (type.further === undefined || declared?.tags === undefined) reading.problems.push(unknownField(name, at));
    else {
      const value = readMcpValue(member, type.further, declared.tags, at, reading);
      if (value !== undefined) tags.set(name, value);
    }
  }
  if (declared === undefined) return recordOf(attributes);
  const uid = entityUid(declared.name, `${reading.idPrefix}${pointer}`);
  reading.entities.push({ uid, attributes, tags, parents: [] });
  return uid;
}

/** The declared properties of an object, as attributes of a record type. */
export function readProperties(
  json: JsonObject,
  { properties }: Pick<McpObject, 'properties'>,
  record: CedarType,
  pointer: string,
  reading: McpReading,
): readonly (readonly [string, Value])[] {
  return properties.flatMap(({ name, required, type }) => {
    const at = memberPointer(pointer, name);
    const member = Object.hasOwn(json, name) ? json[name] : undefined;
    if (member !== undefined) return memberOf(member, name, type, record, at, reading);
    if (required) reading.problems.push(missingField(name, at));
    return [];
  });
}
