import { isIdentifier } from '../ast/names.js';
import { printExtensionValue } from '../extensions/print-extension-value.js';
import { isJsonArray, isJsonObject, type JsonValue } from '../json/json-value.js';
import { printJson } from '../json/print-json.js';
import { compareCodePoints } from '../text/code-point-order.js';
import type { CedarType } from '../types/cedar-type.js';
import { printEntityUid, quoteText } from '../values/print.js';
import { kindOf, type RecordValue, type Value, type ValueKind } from '../values/value.js';

/** Characters of a value or type in a message, about; the official engine has no such bound. */
const LENGTH = 4000;

interface Room {
  left: number;
}

/** A type as messages of the official engine name it. What is inside of records is left out of long names. */
export function officialType(type: CedarType): string {
  return nameType(type, { left: LENGTH });
}

function nameType(type: CedarType, room: Room): string {
  switch (type.kind) {
    case 'bool':
    case 'long':
    case 'string':
      return type.kind;
    case 'extension':
      return type.name;
    case 'entity':
      return `\`${type.name}\``;
    case 'set':
      return `[${nameType(type.element, room)}]`;
    case 'record': {
      const parts: string[] = [];
      for (const [name, { type: inner, required }] of sorted(type.attributes)) {
        if (room.left <= 0) break;
        room.left -= name.length + 16;
        parts.push(`${quoteText(name)} => (${required ? 'required' : 'optional'}) ${nameType(inner, room)}`);
      }
      return parts.length === 0 ? '{ }' : `{ ${parts.join(', ')} }`;
    }
  }
}

/** What a value is, as messages of the official engine name it. */
export function officialTypeOf(value: Value): string {
  const kind = kindOf(value);
  return typeof value === 'object' && value.kind === 'entity' ? `(entity of type \`${value.type}\`)` : kind;
}

/**
 * A value of a wrong type as messages of the official engine show it. Sets in records are shown as they were written where
 * reading refused the value, and in an order of their own where a check did.
 */
export function officialValue(value: Value, refusedBy: 'reading' | 'checking'): string {
  return showOuter(value, { left: LENGTH, most: Infinity, isContext: false, isWritten: refusedBy === 'reading' });
}

/** A context as messages of the official engine show it: five members of each set and record. */
export function officialContext(value: RecordValue): string {
  return show(value, { left: LENGTH, most: 5, isContext: true, isWritten: false });
}

interface Showing extends Room {
  /** Members of each set and record that are shown. */
  readonly most: number;
  readonly isContext: boolean;
  /** Whether sets in records are in the order in which they were written. */
  readonly isWritten: boolean;
}

/** What is in no record has quoted keys, and its sets have the order of their texts. */
function showOuter(value: Value, showing: Showing): string {
  if (typeof value !== 'object' || (value.kind !== 'set' && value.kind !== 'record')) return show(value, showing);
  if (value.kind === 'record') {
    const fields = sorted(value.fields).map(
      ([name, inner]) =>
        () =>
          `${quoteText(name)}: ${show(inner, showing)}`,
    );
    return `{${some(fields, showing)}}`;
  }
  const texts = value.elements.map((each) => showOuter(each, showing));
  return `[${texts.sort(compareCodePoints).join(', ')}]`;
}

function show(value: Value, showing: Showing): string {
  showing.left -= typeof value === 'string' ? value.length : 4;
  switch (typeof value) {
    case 'boolean':
      return String(value);
    case 'number':
    case 'bigint':
      return value < 0 && !showing.isContext ? `(${value})` : String(value);
    case 'string':
      return quoteText(value);
    default:
      break;
  }
  switch (value.kind) {
    case 'entity':
      return printEntityUid(value);
    case 'set': {
      const elements = showing.isWritten ? value.elements : [...value.elements].sort(compareValues);
      return `[${some(
        elements.map((each) => () => show(each, showing)),
        showing,
      )}]`;
    }
    case 'record': {
      const fields = sorted(value.fields).map(([name, each]) => () => {
        return `${isIdentifier(name) ? name : quoteText(name)}: ${show(each, showing)}`;
      });
      return `{${some(fields, showing)}}`;
    }
    default:
      return printExtensionValue(value);
  }
}

const ORDER: readonly ValueKind[] = ['bool', 'long', 'string', 'entity', 'set', 'record'];

function compareValues(a: Value, b: Value): number {
  if (typeof a === 'string' && typeof b === 'string') return compareCodePoints(a, b);
  const kinds = ORDER.indexOf(kindOf(a)) - ORDER.indexOf(kindOf(b));
  return kinds !== 0 || typeof a === 'object' || a === b ? kinds : a < b ? -1 : 1;
}

function some(parts: readonly (() => string)[], showing: Showing): string {
  const shown: string[] = [];
  for (const part of parts) {
    if (shown.length === showing.most || showing.left < 0) return [...shown, '.. '].join(', ');
    shown.push(part());
  }
  return shown.join(', ');
}

function sorted<T>(members: ReadonlyMap<string, T>): readonly (readonly [string, T])[] {
  return [...members].sort(([a], [b]) => compareCodePoints(a, b));
}

/** JSON as messages of the official engine show it: the members of an outermost object by name, the others as written. */
export function officialJson(json: JsonValue): string {
  if (isJsonArray(json)) return `[${json.map(officialJson).join(', ')}]`;
  if (!isJsonObject(json)) return printJson(json);
  const members = Object.entries(json).sort(([a], [b]) => compareCodePoints(a, b));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${printJson(member)}`).join(',')}}`;
}
