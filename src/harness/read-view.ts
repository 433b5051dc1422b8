import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic.js';
import { parseDecimal } from '../extensions/decimal.js';
import { isJsonArray, isJsonObject, JsonFraction, type JsonObject, type JsonValue } from '../json/json-value.js';
import { memberPointer } from '../json/pointer.js';
import { printJson } from '../json/print-json.js';
import { createSet } from '../values/equality.js';
import { RecordMaker } from '../values/field-list.js';
import { checkedLong } from '../values/long.js';
import { type RecordValue, recordOf, type Value } from '../values/value.js';
import { describeValue, missingField, unknownField, wrongType } from './check-shape.js';
import { exactNumber, printExactNumber } from './exact-number.js';
import type { NumberMapping } from './shape.js';
import { type FieldView, fieldsOfTuple, isSeen, kindOfJson, type RecordView, type View } from './shape-view.js';

/**
 * What policies see of an object. What does not fit the view (where the shape was not checked before), and numbers that
 * Cedar cannot hold, are added to `problems`, each with its JSON pointer; then the record is incomplete and must not be
 * used.
 */
export function readRecord(json: JsonObject, view: RecordView, pointer: string, problems: Diagnostic[]): RecordValue {
  const record = readFields(
    (name) => (Object.hasOwn(json, name) ? json[name] : undefined),
    view.fields,
    makerFor(view.fields),
    pointer,
    problems,
  );
  for (const name of view.open ? [] : Object.keys(json)) {
    if (!view.fields.has(name)) problems.push(unknownField(name, memberPointer(pointer, name)));
  }
  return record;
}

function readFields(
  member: (name: string) => JsonValue | undefined,
  fields: ReadonlyMap<string, FieldView>,
  records: RecordMaker,
  pointer: string,
  problems: Diagnostic[],
): RecordValue {
  // As long as they can become: growing them takes longer than the rest.
  const names = new Array<string>(fields.size);
  const values = new Array<Value>(fields.size);
  let count = 0;
  for (const [name, { view, required }] of fields) {
    const json = member(name);
    const isAbsent = json === undefined || (json === null && !(required && takesAnything(view)));
    if (isAbsent) {
      if (required && view.kind !== 'unseen') problems.push(missingField(name, memberPointer(pointer, name)));
      continue;
    }
    const isText = view.kind === 'string' && typeof json === 'string';
    const value = isText ? json : readView(json, view, memberPointer(pointer, name), problems);
    if (value === undefined) continue;
    names[count] = name;
    values[count++] = value;
  }
  names.length = count;
  values.length = count;
  return records.of(names, values);
}

/** Of the records that stand for tuples. */
const TUPLES = new RecordMaker();

const makers = new WeakMap<ReadonlyMap<string, FieldView>, RecordMaker>();

/** One for the fields of each view, as records of one view mostly have the same of them. */
function makerFor(fields: ReadonlyMap<string, FieldView>): RecordMaker {
  let maker = makers.get(fields);
  if (maker === undefined) {
    maker = new RecordMaker();
    makers.set(fields, maker);
  }
  return maker;
}

/** Whether values of every kind can be read: as JSON text, or as a record that shows nothing of them. */
function takesAnything(view: View): boolean {
  return view.kind === 'text' || (view.kind === 'record' && view.open && view.fields.size === 0);
}

function readView(json: JsonValue, view: View, pointer: string, problems: Diagnostic[]): Value | undefined {
  switch (view.kind) {
    case 'unseen':
      return undefined;
    case 'text':
      return typeof json === 'string' ? json : printJson(json);
    case 'boolean':
      if (typeof json === 'boolean') return json;
      break;
    case 'string':
      if (typeof json === 'string') return json;
      break;
    case 'number':
      if (kindOfJson(json) === 'number') return readNumber(json, view.as, pointer, problems);
      break;
    case 'set':
      if (isJsonArray(json)) {
        const values = json.map((element, index) =>
          readView(element, view.element, memberPointer(pointer, index), problems),
        );
        return createSet(values.filter((value) => value !== undefined));
      }
      break;
    case 'tuple':
      if (isJsonArray(json))
        return readFields((index) => json[Number(index)], fieldsOfTuple(view.elements), TUPLES, pointer, problems);
      break;
    case 'record':
      if (isJsonObject(json)) return readRecord(json, view, pointer, problems);
      // Of what a schema without a type describes, an empty record says as much as of an object.
      if (takesAnything(view)) return recordOf([]);
      break;
    case 'choice': {
      const kind = kindOfJson(json);
      const option = kind === undefined ? undefined : view.options.get(kind);
      if (kind === undefined || option === undefined) break;
      const value = readView(json, option, pointer, problems);
      if (!isSeen(view)) return undefined;
      return recordOf(value === undefined ? [] : [[kind, value] as const]);
    }
  }
  problems.push(wrongType(json, expected(view), pointer));
  return undefined;
}

function expected(view: View): string {
  switch (view.kind) {
    case 'boolean':
      return 'true or false';
    case 'set':
    case 'tuple':
      return 'an array';
    case 'record':
      return 'an object';
    case 'choice':
      return `a ${[...view.options.keys()].join(' or ')}`;
    default:
      return `a ${view.kind}`;
  }
}

function readNumber(json: JsonValue, as: NumberMapping, pointer: string, problems: Diagnostic[]): Value | undefined {
  const value = as === 'decimal' ? decimalOf(json) : longOf(json);
  if (value === undefined) problems.push(noCedarNumber(json, as, pointer));
  return value;
}

function longOf(json: JsonValue): Value | undefined {
  // A JavaScript number that is no safe integer may have been rounded before it came here.
  if (json instanceof JsonFraction && /^-?\d+$/.test(json.text) && json.text !== '-0') return undefined;
  const exact = exactNumber(json);
  return exact === undefined || exact.scale > 0 ? undefined : checkedLong(exact.digits);
}

function decimalOf(json: JsonValue): Value | undefined {
  const exact = exactNumber(json);
  if (exact === undefined) return undefined;
  const text = printExactNumber(exact);
  const value = parseDecimal(exact.scale === 0 ? `${text}.0` : text);
  return value.kind === 'failure' ? undefined : value;
}

function noCedarNumber(json: JsonValue, as: NumberMapping, pointer: string): Diagnostic {
  const exact = exactNumber(json);
  const isFraction = exact === undefined ? json instanceof JsonFraction && json.text.includes('.') : exact.scale > 0;
  if (as === 'long' && isFraction)
    return diagnostic('wrong-type', `expected Long, found ${describeValue(json)}`, {
      pointer,
      help: 'fractions are not Longs: load the agent with numbers: "decimal", or name this field in the `numbers` of its tool, to take up to four digits after the point',
    });
  const range =
    as === 'long'
      ? 'a Long is an integer of 64 bits; hand integers beyond 2^53 over as bigint or as JSON text'
      : 'a decimal has at most four digits after the point and lies between -922337203685477.5808 and 922337203685477.5807';
  return diagnostic('wrong-type', `${describeValue(json)} cannot be a ${as === 'long' ? 'Long' : 'decimal'}`, {
    pointer,
    help: range,
  });
}
