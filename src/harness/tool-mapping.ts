import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { jsonFromJavaScript } from '../json/from-javascript.js';
import { createJsonObject, isJsonObject, type JsonValue } from '../json/json-value.js';
import { memberPointer } from '../json/pointer.js';
import { describeType } from '../types/cedar-type.js';
import { type RecordValue, recordOf } from '../values/value.js';
import { checkShape, describeValues } from './check-shape.js';
import { readRecord } from './read-view.js';
import type { NumberMapping, Shape } from './shape.js';
import { type FieldNotes, type NumbersOf, shapeFromSchema, type Undeclared } from './shape-from-schema.js';
import { type FieldView, fieldsOfTuple, fieldView, type RecordView, typeOfView, type View } from './shape-view.js';

/** What a policy can see and what is checked of one field of a tool's arguments or result. */
export interface FieldReport {
  /** JSON pointer of the field; `-` stands for any index of an array and `*` for properties that are not declared. */
  readonly field: string;
  /** The Cedar type, or undefined when policies cannot test the field except as JSON text. */
  readonly type: string | undefined;
  /** Neither absent nor null in any call. */
  readonly required: boolean;
  /** What one should know before writing a policy about it; sentences without an end. */
  readonly notes: readonly string[];
  /** Keywords of the JSON Schema that are not checked. */
  readonly unchecked: readonly string[];
  /** What the tool takes when the field is absent; policies see it as absent. */
  readonly fallback?: JsonValue;
}

/** A JSON Schema of arguments or a result: what is accepted, and how policies see it. */
export interface MappedSchema {
  readonly shape: Shape;
  readonly view: RecordView;
  /** The schema does not describe an object: the value is the field `value` of the record. */
  readonly wrapped: boolean;
  readonly report: readonly FieldReport[];
  /** `format` of the strings, by field. */
  readonly formats: ReadonlyMap<string, string>;
}

/** Longest text in a report. */
const LONGEST = 200;

const NO_ARGUMENTS: MappedSchema = {
  shape: { kind: 'object', fields: new Map(), rest: { kind: 'never' } },
  view: { kind: 'record', fields: new Map(), open: false },
  wrapped: false,
  report: [],
  formats: new Map(),
};

/**
 * Maps a JSON Schema to what policies see. Total: whatever cannot be a Cedar type is left out of the record, checked as
 * far as the schema goes, and named in the report. A schema that does not describe an object becomes `{ value }`; no
 * schema means no arguments. Whatever the JSON Schema accepts is accepted, unless `undeclared` is `deny`.
 */
export function mapObjectSchema(
  schema: unknown,
  numbersOf: NumbersOf | NumberMapping = 'long',
  undeclared: Undeclared = 'accept',
): MappedSchema {
  if (schema === undefined || schema === null) return NO_ARGUMENTS;
  const json = jsonFromJavaScript(schema);
  const numbers: NumbersOf = typeof numbersOf === 'string' ? () => numbersOf : numbersOf;
  const { shape, notes } = shapeFromSchema(json.ok ? json.value : null, numbers, undeclared);
  const whole = fieldView(shape, true);
  const wrapped = whole.view.kind !== 'record' || !whole.required;
  const view: RecordView =
    whole.view.kind === 'record' && whole.required
      ? whole.view
      : { kind: 'record', fields: new Map([['value', whole]]), open: false };
  const formats = [...notes].flatMap(([field, { format }]) => (format === undefined ? [] : [[field, format] as const]));
  return { shape, view, wrapped, report: reportOf(shape, whole, notes), formats: new Map(formats) };
}

/**
 * What policies see of a value. What does not fit is added to `problems`, each with its JSON pointer; then the record is
 * incomplete and must not be used.
 */
export function readMapped(
  json: JsonValue,
  { shape, view, wrapped }: MappedSchema,
  pointer: string,
  problems: Diagnostic[],
): RecordValue {
  const found = checkShape(json, shape, pointer, { closed: true });
  if (found.length > 0) {
    problems.push(...found);
    return recordOf([]);
  }
  if (!wrapped) return isJsonObject(json) ? readRecord(json, view, pointer, problems) : recordOf([]);
  const object = createJsonObject();
  object.value = json;
  // Problems of a wrapped value stand where the value stands.
  const own: Diagnostic[] = [];
  const record = readRecord(object, view, '', own);
  problems.push(...own.map((d) => ({ ...d, pointer: `${pointer}${(d.pointer ?? '').slice('/value'.length)}` })));
  return record;
}

const FRACTION_NOTE = 'a fraction is refused; the option numbers: "decimal" takes it';

/** What policies can test of a value of a JSON Schema that they see in a given way, which no option changes. */
export function reportOfView(schema: unknown, view: RecordView): readonly FieldReport[] {
  const json = jsonFromJavaScript(schema);
  const { shape, notes } = shapeFromSchema(json.ok ? json.value : null, () => 'long', 'accept');
  const rows = reportOf(shape, { view, required: true }, notes);
  return rows.map((row) => ({
    ...row,
    notes: row.notes.map((note) => (note === FRACTION_NOTE ? 'a fraction is refused' : note)),
  }));
}

function reportOf(shape: Shape, whole: FieldView, notes: ReadonlyMap<string, FieldNotes>): readonly FieldReport[] {
  const rows: FieldReport[] = [];
  const row = (field: string, found: FieldView, shapes: Shape | undefined): void => {
    rows.push(rowOf(field, found, shapes, notes.get(field)));
  };
  const walk = (field: string, found: FieldView, at: Shape | undefined, isRoot: boolean): void => {
    const { view } = found;
    if (!isRoot || view.kind !== 'record' || notes.has(field)) row(field, found, at);
    for (const [name, member] of membersOf(view))
      walk(memberPointer(field, name), member, memberShape(at, name), false);
    if (view.kind === 'record' && view.open) row(memberPointer(field, '*'), FURTHER, undefined);
    if (view.kind === 'set')
      for (const [name, inner] of membersOf(view.element))
        walk(memberPointer(`${field}/-`, name), inner, undefined, false);
  };
  walk('', whole, shape, true);
  const told = new Set(rows.map(({ field }) => field));
  for (const [field, { unchecked, gaps }] of notes) {
    if (!told.has(field) && unchecked.size + gaps.size > 0) row(field, WITHIN, undefined);
  }
  return rows;
}

const FURTHER: FieldView = {
  view: { kind: 'unseen', of: undefined, why: 'further properties are allowed' },
  required: false,
};
const WITHIN: FieldView = {
  view: { kind: 'unseen', of: undefined, why: 'it is seen at most as a part of the field above it' },
  required: false,
};

function memberShape(shape: Shape | undefined, name: string): Shape | undefined {
  if (shape?.kind === 'object') return shape.fields.get(name)?.shape;
  return shape?.kind === 'array' ? shape.first[Number(name)] : undefined;
}

function membersOf(view: View): ReadonlyMap<string, FieldView> {
  switch (view.kind) {
    case 'record':
      return view.fields;
    case 'tuple':
      return fieldsOfTuple(view.elements);
    default:
      return new Map();
  }
}

function rowOf(
  field: string,
  { view, required }: FieldView,
  shape: Shape | undefined,
  notes: FieldNotes | undefined,
): FieldReport {
  const type = typeOfView(view);
  const constants = shape?.kind === 'constants' ? [`one of ${describeValues(shape.values)}`] : [];
  return {
    field,
    type: type === undefined ? undefined : describeType(type),
    required,
    notes: [...remarks(view, shape), ...constants, ...(notes?.gaps ?? [])].map((text) => text.slice(0, LONGEST + 20)),
    unchecked: [...(notes?.unchecked ?? [])].sort(),
    ...(notes?.fallback === undefined ? {} : { fallback: notes.fallback }),
  };
}

function remarks(view: View, shape: Shape | undefined): readonly string[] {
  switch (view.kind) {
    case 'unseen':
      return [`${view.why}; only in the JSON text`];
    case 'number':
      if (view.as === 'decimal') return ['at most four digits after the point'];
      return shape?.kind === 'number' && shape.integer ? [] : [FRACTION_NOTE];
    case 'text':
      return ['whatever it is, as JSON text'];
    case 'set':
      return ['a set: order and repetition are not visible'];
    case 'tuple':
      return view.complete
        ? ['an array with its indexes as names']
        : ['an array with the indexes of its first elements as names; the others are only in the JSON text'];
    case 'choice': {
      const kinds = [...view.options].flatMap(([kind, option]) => (option.kind === 'unseen' ? [] : [kind]));
      const hidden = [...view.options.keys()].filter((kind) => !kinds.includes(kind));
      const text = `the value is under the name of its kind: ${kinds.join(', ')}`;
      return [
        hidden.length === 0 ? text : `${text}; only in the JSON text when it is of the kind ${hidden.join(', ')}`,
      ];
    }
    default:
      return [];
  }
}
