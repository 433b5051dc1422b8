import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic.js';
import { parseDecimal } from '../extensions/decimal.js';
import { isJsonArray, isJsonObject, JsonFraction, type JsonObject, type JsonValue } from '../json/json-value.js';
import { memberPointer } from '../json/pointer.js';
import { createSet } from '../values/equality.js';
import { checkedLong } from '../values/long.js';
import { type RecordValue, recordOf, type Value } from '../values/value.js';
import { describeValue } from './check-shape.js';
import { exactNumber, printExactNumber } from './exact-number.js';
import type { NumberMapping } from './shape.js';
import { type FieldView, fieldsOfTuple, kindOfJson, type RecordView, type View } from './shape-view.js';

/**
 * What policies see of an object that fits its shape. Numbers that Cedar cannot hold are added to `problems`, each with
 * its JSON pointer; then the record is incomplete and must not be used.
 */
export function readRecord(json: JsonObject, view: RecordView, pointer: string, problems: Diagnostic[]): RecordValue {
  return readFields((name) => (Object.hasOwn(json, name) ? json[name] : undefined), view.fields, pointer, problems);
}

function readFields(
  member: (name: string) => JsonValue | undefined,
  fields: ReadonlyMap<string, FieldView>,
  pointer: string,
  problems: Diagnostic[],
): RecordValue {
  const values = new Map<string, Value>();
  for (const [name, { view }] of fields) {
    const json = member(name);
    if (json === undefined || json === null) continue;
    const value = readView(json, view, memberPointer(pointer, name), problems);
    if (value !== undefined) values.set(name, value);
  }
  return { kind: 'record', fields: values };
}

function readView(json: JsonValue, view: View, pointer: string, problems: Diagnostic[]): Value | undefined {
  switch (view.kind) {
    case 'unseen':
      return undefined;
    case 'boolean':
    case 'string':
      return typeof json === 'boolean' || typeof json === 'string' ? json : undefined;
    case 'number':
      return readNumber(json, view.as, pointer, problems);
    case 'set': {
      const elements = isJsonArray(json) ? json : [];
      const values = elements.map((element, index) =>
        readView(element, view.element, memberPointer(pointer, index), problems),
      );
      return createSet(values.filter((value) => value !== undefined));
    }
    case 'tuple': {
      const elements = isJsonArray(json) ? json : [];
      return readFields((index) => elements[Number(index)], fieldsOfTuple(view.elements), pointer, problems);
    }
    case 'record':
      return isJsonObject(json) ? readRecord(json, view, pointer, problems) : undefined;
    case 'choice': {
      const kind = kindOfJson(json);
      const option = kind === undefined ? undefined : view.options.get(kind);
      const value = option === undefined ? undefined : readView(json, option, pointer, problems);
      return recordOf(kind === undefined || value === undefined ? [] : [[kind, value] as const]);
    }
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
