import { MAX_NESTING } from '../ast/expression.js';
import { RESERVED_WORDS } from '../ast/operators.js';
import type {
  AttributeDeclaration,
  NameReference,
  RecordExpression,
  SchemaAnnotation,
  TypeExpression,
} from '../ast/schema-fragment.js';
import type { JsonOrigin } from '../diagnostics/origin.js';
import {
  type Fields,
  originOf,
  type Placed,
  type Reading,
  readBoolean,
  readFields,
  readMembers,
  readString,
  report,
  wrongType,
} from './json-reading.js';

const WORD = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Whether a text is a name in its normal form; unlike in declarations `__cedar` may be a part of it. */
export function isWrittenName(name: string): boolean {
  return name.split('::').every((part) => WORD.test(part) && !RESERVED_WORDS.has(part));
}

/** Reads the name of a type. */
export function readName(
  reading: Reading,
  value: Placed,
): (NameReference & { readonly origin: JsonOrigin }) | undefined {
  const name = readString(reading, value, 'a name of a type');
  if (name === undefined) return undefined;
  if (isWrittenName(name)) return { name, origin: originOf(reading, value) };
  const tight = name.replaceAll(/\s+/g, '');
  return report(reading, value, 'schema-json-name', `${JSON.stringify(name)} is not a name of a type`, {
    help:
      tight !== name && isWrittenName(tight) ? `write "${tight}", without spaces` : 'write identifiers joined by `::`',
    data: { name },
  });
}

/** What a type is read for. */
interface Purpose {
  /** In the words of messages. */
  readonly what: string;
  /** Fields that may stand beside those of the type. */
  readonly extra: readonly string[];
  /** Types around this one. */
  readonly depth?: number;
}

interface ReadType {
  readonly type: TypeExpression;
  readonly fields: Fields;
}

/** Fields of each kind of type beside `type`; any other word refers to a common type and has none. */
const FIELDS: ReadonlyMap<string, readonly string[]> = new Map([
  ['Set', ['element']],
  ['Record', ['attributes', 'additionalAttributes']],
  ['Entity', ['name']],
  ['EntityOrCommon', ['name']],
  ['Extension', ['name']],
]);

/** Reads a type and the fields that stand beside it. */
export function readType(reading: Reading, value: Placed, purpose: Purpose): ReadType | undefined {
  const depth = purpose.depth ?? 0;
  if (depth > MAX_NESTING) {
    return report(reading, value, 'nesting-too-deep', `more than ${MAX_NESTING} types stand inside each other`, {
      help: 'give the inner types names in "commonTypes"',
    });
  }
  const own = FIELDS.get(kindOf(value)) ?? [];
  const all = ['type', ...own, ...purpose.extra];
  const required = ['type', ...own.filter((name) => name !== 'additionalAttributes')];
  const fields = readFields(reading, value, purpose.what, { all, required, positional: false });
  const type = fields?.get('type');
  const kind = type === undefined ? undefined : readString(reading, type, '"type"');
  if (fields === undefined || type === undefined || kind === undefined) return undefined;
  const read = readKind(reading, value, { kind, type, fields, depth });
  return read === undefined ? undefined : { type: read, fields };
}

function kindOf({ json }: Placed): string {
  const kind: unknown = typeof json === 'object' && json !== null && 'type' in json ? json.type : undefined;
  return typeof kind === 'string' ? kind : '';
}

interface Written {
  readonly kind: string;
  readonly type: Placed;
  readonly fields: Fields;
  readonly depth: number;
}

function readKind(reading: Reading, value: Placed, { kind, type, fields, depth }: Written): TypeExpression | undefined {
  const origin = originOf(reading, value);
  switch (kind) {
    case 'Boolean':
      return { kind: 'primitive', name: 'Bool', origin };
    case 'Long':
    case 'String':
      return { kind: 'primitive', name: kind, origin };
    case 'Set': {
      const element = fields.get('element');
      const read = element && readType(reading, element, { what: 'an element type', extra: [], depth: depth + 1 });
      return read && { kind: 'set', element: read.type, origin };
    }
    case 'Record':
      return readRecord(reading, fields, origin, depth);
    case 'Entity':
      return readReference(reading, fields, 'entity');
    case 'EntityOrCommon':
      return readReference(reading, fields, 'named');
    case 'Extension':
      return readReference(reading, fields, 'extension');
    default: {
      const name = readName(reading, type);
      return name && { kind: 'common', ...name };
    }
  }
}

function readReference(
  reading: Reading,
  fields: Fields,
  kind: 'named' | 'entity' | 'extension',
): TypeExpression | undefined {
  const name = fields.get('name');
  const read = name && readName(reading, name);
  return read && { kind, ...read };
}

function readRecord(reading: Reading, fields: Fields, origin: JsonOrigin, depth: number): RecordExpression | undefined {
  const additional = fields.get('additionalAttributes');
  if (additional !== undefined && readBoolean(reading, additional, 'additionalAttributes') === true) {
    report(reading, additional, 'additional-attributes', 'records with any other attributes are not supported', {
      help: 'leave "additionalAttributes" out and declare every attribute',
    });
  }
  const value = fields.get('attributes');
  if (value === undefined) return undefined;
  const attributes = readMembers(reading, value, 'attributes').flatMap(
    ([name, member]) => readAttribute(reading, name, member, depth + 1) ?? [],
  );
  return { kind: 'record', attributes, origin };
}

function readAttribute(reading: Reading, name: string, value: Placed, depth: number): AttributeDeclaration | undefined {
  const read = readType(reading, value, { what: 'an attribute', extra: ['required', 'annotations'], depth });
  if (read === undefined) return undefined;
  const required = read.fields.get('required');
  const isRequired = required === undefined || readBoolean(reading, required, 'required') !== false;
  const annotations = readAnnotations(reading, read.fields);
  return { name, required: isRequired, annotations, type: read.type, origin: originOf(reading, value) };
}

/** Reads the field `annotations`: keys are words of any kind, values are strings or null. */
export function readAnnotations(reading: Reading, fields: Fields): readonly SchemaAnnotation[] {
  const value = fields.get('annotations');
  if (value === undefined) return [];
  return readMembers(reading, value, 'annotations').flatMap(([key, member]) => {
    if (!WORD.test(key)) {
      report(reading, member, 'schema-json-name', `${JSON.stringify(key)} is not a name of an annotation`, {
        help: 'write one identifier',
        data: { name: key },
      });
    }
    const { json } = member;
    if (json === null || typeof json === 'string') return { key, value: json, origin: originOf(reading, member) };
    return wrongType(reading, member, 'an annotation', 'a string or null') ?? [];
  });
}
