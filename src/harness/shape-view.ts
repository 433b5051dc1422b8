import type { JsonValue } from '../json/json-value.js';
import { isJsonArray, isJsonObject, JsonFraction } from '../json/json-value.js';
import {
  BOOL,
  type CedarType,
  DECIMAL,
  LONG,
  optional,
  type RecordType,
  recordType,
  required,
  STRING,
  setType,
} from '../types/cedar-type.js';
import { exactNumber } from './exact-number.js';
import type { ArrayShape, NumberMapping, ObjectShape, Shape } from './shape.js';

/** What JSON calls the kinds of its values, null left out. */
export type JsonKind = 'boolean' | 'number' | 'string' | 'array' | 'object';

/** How policies see the JSON values that fit a shape. null is seen as absent, which the field says. */
export type View =
  /** Only in the JSON text. `of` is the kind of the values when they are all of one kind. */
  | { readonly kind: 'unseen'; readonly of: JsonKind | undefined; readonly why: string }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'string' }
  /** A value of any kind as text: strings as they are, everything else as JSON. */
  | { readonly kind: 'text' }
  | { readonly kind: 'number'; readonly as: NumberMapping }
  | { readonly kind: 'set'; readonly element: View }
  /** A record with the indexes of the elements as names. */
  | { readonly kind: 'tuple'; readonly elements: readonly FieldView[]; readonly complete: boolean }
  | RecordView
  /** A record that holds the value under the name of its kind. */
  | { readonly kind: 'choice'; readonly options: ReadonlyMap<JsonKind, View> };

export interface RecordView {
  readonly kind: 'record';
  readonly fields: ReadonlyMap<string, FieldView>;
  /** There may be further properties, which are only in the JSON text. */
  readonly open: boolean;
}

export interface FieldView {
  readonly view: View;
  /** Neither absent nor null. */
  readonly required: boolean;
}

interface Seen {
  /** Undefined when nothing but null fits. */
  readonly view: View | undefined;
  readonly nullable: boolean;
}

const NOTHING: View = { kind: 'unseen', of: undefined, why: 'no value fits' };
const ANYTHING: View = { kind: 'unseen', of: undefined, why: 'it may be of any kind' };

/** How a field of a shape is seen. */
export function fieldView(shape: Shape, isRequired: boolean): FieldView {
  const { view, nullable } = seenAs(shape);
  if (view === undefined)
    return {
      view: nullable ? { kind: 'unseen', of: undefined, why: 'it is always null' } : NOTHING,
      required: isRequired && !nullable,
    };
  return { view, required: isRequired && !nullable };
}

function seenAs(shape: Shape): Seen {
  switch (shape.kind) {
    case 'any':
      return { view: ANYTHING, nullable: true };
    case 'never':
      return { view: undefined, nullable: false };
    case 'null':
      return { view: undefined, nullable: true };
    case 'boolean':
    case 'string':
      return { view: { kind: shape.kind }, nullable: false };
    case 'number':
      return { view: { kind: 'number', as: shape.as }, nullable: false };
    case 'array':
      return { view: arrayView(shape), nullable: false };
    case 'object':
      return { view: objectView(shape), nullable: false };
    case 'constants':
      return merged(shape.values.map((value) => constantSeen(value, shape.as)));
    case 'union':
      return merged(shape.members.map(seenAs));
  }
}

function merged(all: readonly Seen[]): Seen {
  const views = all.flatMap(({ view }) => (view === undefined ? [] : [view]));
  const [first, ...rest] = views;
  return {
    view: first === undefined ? undefined : rest.reduce(mergeViews, first),
    nullable: all.some(({ nullable }) => nullable),
  };
}

function constantSeen(value: JsonValue, as: NumberMapping): Seen {
  if (value === null) return { view: undefined, nullable: true };
  if (typeof value === 'boolean') return { view: { kind: 'boolean' }, nullable: false };
  if (typeof value === 'string') return { view: { kind: 'string' }, nullable: false };
  const unseen = (of: JsonKind, why: string): Seen => ({ view: { kind: 'unseen', of, why }, nullable: false });
  if (isJsonArray(value)) return unseen('array', 'it is one of some constant arrays');
  if (isJsonObject(value)) return unseen('object', 'it is one of some constant objects');
  const exact = exactNumber(value);
  const most = as === 'decimal' ? 4 : 0;
  if (exact === undefined || exact.scale > most) return unseen('number', 'one of its constants is no Cedar number');
  return {
    view: { kind: 'number', as: value instanceof JsonFraction && exact.scale > 0 ? 'decimal' : as },
    nullable: false,
  };
}

function arrayView(shape: ArrayShape): View {
  if (shape.first.length > 0)
    return {
      kind: 'tuple',
      elements: shape.first.map((element) => fieldView(element, false)),
      complete: shape.rest.kind === 'never',
    };
  return setView(seenAs(shape.rest));
}

function setView({ view, nullable }: Seen): View {
  const unseen = (why: string): View => ({ kind: 'unseen', of: 'array', why });
  if (view === undefined) return unseen('it is an array without a value that could be seen');
  if (nullable && view.kind !== 'unseen') return unseen('it is an array of which elements may be null');
  switch (view.kind) {
    case 'unseen':
      return unseen('it is an array of anything');
    case 'choice':
      return unseen('it is an array of elements of different kinds');
    default:
      return { kind: 'set', element: view };
  }
}

function objectView(shape: ObjectShape): RecordView {
  const fields = [...shape.fields].map(([name, field]) => [name, fieldView(field.shape, field.required)] as const);
  const open = shape.rest === undefined ? shape.fields.size === 0 : shape.rest.kind !== 'never';
  return { kind: 'record', fields: new Map(fields), open };
}

/** How values are seen that may be of either view. */
function mergeViews(a: View, b: View): View {
  const [kindA, kindB] = [kindOfView(a), kindOfView(b)];
  if (kindA === undefined || kindB === undefined) {
    if (a.kind === 'choice' || b.kind === 'choice') {
      const options = new Map<JsonKind, View>();
      for (const view of [a, b]) {
        const own = optionsOf(view);
        if (own === undefined) return ANYTHING;
        for (const [kind, option] of own) {
          const known = options.get(kind);
          options.set(kind, known === undefined ? option : mergeViews(known, option));
        }
      }
      return choice(options);
    }
    return ANYTHING;
  }
  if (kindA === kindB) return mergeKind(a, b, kindA);
  return choice(
    new Map([
      [kindA, a],
      [kindB, b],
    ]),
  );
}

function choice(options: ReadonlyMap<JsonKind, View>): View {
  return { kind: 'choice', options };
}

function optionsOf(view: View): ReadonlyMap<JsonKind, View> | undefined {
  if (view.kind === 'choice') return view.options;
  const kind = kindOfView(view);
  return kind === undefined ? undefined : new Map([[kind, view]]);
}

function mergeKind(a: View, b: View, kind: JsonKind): View {
  if (a.kind === 'unseen') return a;
  if (b.kind === 'unseen') return b;
  if (a.kind === 'number' && b.kind === 'number') return a.as === 'decimal' ? a : b;
  if (a.kind === 'record' && b.kind === 'record') return mergeRecords(a, b);
  if (a.kind === 'set' && b.kind === 'set') return setView({ view: mergeViews(a.element, b.element), nullable: false });
  if (a.kind === b.kind && a.kind !== 'tuple') return a;
  return { kind: 'unseen', of: kind, why: 'it is one of several kinds of arrays' };
}

/** A field that one of them does not know may be of any form there, unless the other refuses further properties. */
function mergeRecords(a: RecordView, b: RecordView): RecordView {
  const fields = new Map<string, FieldView>();
  for (const name of [...a.fields.keys(), ...b.fields.keys()]) {
    const [inA, inB] = [a.fields.get(name), b.fields.get(name)];
    if (inA !== undefined && inB !== undefined)
      fields.set(name, { view: mergeViews(inA.view, inB.view), required: inA.required && inB.required });
    else {
      const only = inA ?? inB;
      const isOpen = inA === undefined ? a.open : b.open;
      if (only !== undefined) fields.set(name, { view: isOpen ? ANYTHING : only.view, required: false });
    }
  }
  return { kind: 'record', fields, open: a.open || b.open };
}

function kindOfView(view: View): JsonKind | undefined {
  switch (view.kind) {
    case 'unseen':
      return view.of;
    case 'set':
    case 'tuple':
      return 'array';
    case 'record':
      return 'object';
    case 'choice':
    case 'text':
      return undefined;
    default:
      return view.kind;
  }
}

/** The JSON kind of a value; undefined for null. */
export function kindOfJson(json: JsonValue): JsonKind | undefined {
  if (json === null) return undefined;
  if (typeof json === 'boolean' || typeof json === 'string') return typeof json === 'boolean' ? 'boolean' : 'string';
  if (typeof json === 'number' || typeof json === 'bigint' || json instanceof JsonFraction) return 'number';
  return isJsonArray(json) ? 'array' : 'object';
}

/** Whether policies see anything of the values. */
export function isSeen(view: View): boolean {
  if (view.kind === 'choice') return [...view.options.values()].some(isSeen);
  return view.kind !== 'unseen';
}

/** The fields of a tuple, by their indexes. */
export function fieldsOfTuple(elements: readonly FieldView[]): ReadonlyMap<string, FieldView> {
  return new Map(elements.map((element, index) => [String(index), element]));
}

/** The Cedar type of a view; undefined for what is not seen. */
export function typeOfView(view: View): CedarType | undefined {
  switch (view.kind) {
    case 'unseen':
      return undefined;
    case 'boolean':
      return BOOL;
    case 'string':
    case 'text':
      return STRING;
    case 'number':
      return view.as === 'decimal' ? DECIMAL : LONG;
    case 'set':
      return setType(typeOfView(view.element) ?? STRING);
    case 'tuple':
      return typeOfFields(fieldsOfTuple(view.elements));
    case 'record':
      return typeOfRecord(view);
    case 'choice':
      if (!isSeen(view)) return undefined;
      return typeOfFields(
        new Map([...view.options].map(([kind, option]) => [kind, { view: option, required: false }])),
      );
  }
}

/** How JSON values are read that become values of a type; of entities and most extension values there is no JSON. */
export function viewOfType(type: CedarType): View {
  switch (type.kind) {
    case 'bool':
      return { kind: 'boolean' };
    case 'long':
      return { kind: 'number', as: 'long' };
    case 'string':
      return { kind: 'string' };
    case 'set':
      return { kind: 'set', element: viewOfType(type.element) };
    case 'record':
      return {
        kind: 'record',
        fields: new Map(
          [...type.attributes].map(([name, attribute]) => [
            name,
            { view: viewOfType(attribute.type), required: attribute.required },
          ]),
        ),
        open: false,
      };
    case 'extension':
      if (type.name === 'decimal') return { kind: 'number', as: 'decimal' };
      return { kind: 'unseen', of: undefined, why: `it is of the type ${type.name}` };
    case 'entity':
      return { kind: 'unseen', of: undefined, why: `it is of the type ${type.name}` };
  }
}

export function typeOfRecord(view: RecordView): RecordType {
  return typeOfFields(view.fields);
}

function typeOfFields(fields: ReadonlyMap<string, FieldView>): RecordType {
  return recordType(
    [...fields].flatMap(([name, field]) => {
      const type = typeOfView(field.view);
      return type === undefined ? [] : [[name, field.required ? required(type) : optional(type)] as const];
    }),
  );
}
