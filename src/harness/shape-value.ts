import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic.js';
import { parseDecimal } from '../extensions/decimal.js';
import {
  describeJson,
  isJsonArray,
  isJsonObject,
  JsonFraction,
  type JsonObject,
  type JsonValue,
} from '../json/json-value.js';
import { memberPointer } from '../json/pointer.js';
import { describeType } from '../types/cedar-type.js';
import { createSet } from '../values/equality.js';
import { checkedLong } from '../values/long.js';
import type { RecordValue, Value } from '../values/value.js';
import { type RecordShape, type Shape, typeOfShape } from './shape.js';

/**
 * Reads a JSON object by a shape into the record that policies see. What does not fit is added to `problems`, each
 * with its JSON pointer; then the record is incomplete and must not be used.
 */
export function recordOfShape(
  json: JsonObject,
  shape: RecordShape,
  pointer: string,
  problems: Diagnostic[],
): RecordValue {
  const fields = new Map<string, Value>();
  for (const [name, field] of shape.fields) {
    const at = memberPointer(pointer, name);
    const value = Object.hasOwn(json, name) ? json[name] : undefined;
    if (value === undefined || (value === null && field.nullable)) {
      if (field.required)
        problems.push(
          diagnostic('missing-field', `the required field ${JSON.stringify(name)} is missing`, { pointer: at }),
        );
      continue;
    }
    if (field.shape === undefined) continue;
    const read = valueOfShape(value, field.shape, at, problems);
    if (read !== undefined) fields.set(name, read);
  }
  if (!shape.open) {
    for (const name of Object.keys(json)) {
      if (shape.fields.has(name)) continue;
      const at = memberPointer(pointer, name);
      problems.push(
        diagnostic('unknown-field', `the field ${JSON.stringify(name)} is not declared`, {
          pointer: at,
          help: "declare it in the tool's JSON Schema, or allow it there with additionalProperties",
        }),
      );
    }
  }
  return { kind: 'record', fields };
}

function valueOfShape(json: JsonValue, shape: Shape, pointer: string, problems: Diagnostic[]): Value | undefined {
  switch (shape.kind) {
    case 'record':
      if (isJsonObject(json)) return recordOfShape(json, shape, pointer, problems);
      break;
    case 'set':
      if (isJsonArray(json)) {
        const elements = json.map((element, index) =>
          valueOfShape(element, shape.element, memberPointer(pointer, index), problems),
        );
        return createSet(elements.filter((element) => element !== undefined));
      }
      break;
    case 'scalar': {
      const value = scalarOf(json, shape.type.kind === 'extension' ? 'decimal' : shape.type.kind);
      if (value === undefined) break;
      if (shape.allowed !== undefined && !shape.allowed.some((allowed) => allowed === json)) {
        problems.push(
          diagnostic('not-allowed', `${describeValue(json)} is none of the values that are allowed here`, {
            pointer,
            help: `allowed: ${shape.allowed
              .map((v) => (typeof v === 'string' ? JSON.stringify(v) : String(v)))
              .join(', ')
              .slice(0, 200)}`,
          }),
        );
        return undefined;
      }
      return value;
    }
  }
  problems.push(wrongType(json, shape, pointer));
  return undefined;
}

function scalarOf(json: JsonValue, kind: string): Value | undefined {
  switch (kind) {
    case 'string':
      return typeof json === 'string' ? json : undefined;
    case 'bool':
      return typeof json === 'boolean' ? json : undefined;
    case 'long':
      return longOfJson(json);
    case 'decimal': {
      const text = decimalText(json);
      const value = text === undefined ? undefined : parseDecimal(text);
      return value === undefined || value.kind === 'failure' ? undefined : value;
    }
    default:
      return undefined;
  }
}

/** An integer within int64; JSON Schema counts `3.0` as an integer. */
function longOfJson(json: JsonValue): Value | undefined {
  if (typeof json === 'number') return Number.isSafeInteger(json) ? json : undefined;
  if (typeof json === 'bigint') return checkedLong(json);
  if (json instanceof JsonFraction && /^-?\d+\.0+$/.test(json.text))
    return checkedLong(BigInt(json.text.slice(0, json.text.indexOf('.'))));
  return undefined;
}

function decimalText(json: JsonValue): string | undefined {
  if (typeof json === 'number' || typeof json === 'bigint') return `${json}.0`;
  if (!(json instanceof JsonFraction)) return undefined;
  return /^-?\d+\.\d+$/.test(json.text) ? json.text : undefined;
}

function wrongType(json: JsonValue, shape: Shape, pointer: string): Diagnostic {
  const expected = describeType(typeOfShape(shape));
  const fraction = shape.kind === 'scalar' && shape.type.kind === 'long' && json instanceof JsonFraction;
  return diagnostic('wrong-type', `expected ${expected.slice(0, 200)}, found ${describeValue(json)}`, {
    pointer,
    ...(fraction
      ? {
          help: 'fractions are not Longs: load the agent with numbers: "decimal" to take up to four digits after the point',
        }
      : {}),
  });
}

/** A value in the words of a message, cut to a readable length. */
function describeValue(json: JsonValue): string {
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
