import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.js';
import { memberPointer } from '../json/pointer.js';
import { meet } from './meet-shapes.js';
import { ANY, type FieldShape, NEVER, NULL, type NumberMapping, type Shape, unionOf } from './shape.js';

/** How the numbers of a field are represented; fields are JSON pointers into the arguments, `-` stands for any index. */
export type NumbersOf = (field: string) => NumberMapping;

/** What a JSON Schema says about a field beyond its shape. */
export interface FieldNotes {
  /** Keywords that are not checked, such as `pattern`. */
  readonly unchecked: Set<string>;
  /** Parts of the schema that were not understood, as sentences without an end. */
  readonly gaps: Set<string>;
  format: string | undefined;
  /** Value of `default`: what a tool takes when the field is absent. */
  fallback: JsonValue | undefined;
}

/** A JSON Schema as a shape, with notes by field. */
export interface ReadSchema {
  readonly shape: Shape;
  readonly notes: ReadonlyMap<string, FieldNotes>;
}

/** Deepest structure that is read; below it anything fits. */
const DEEPEST = 24;
/** Most schemas that are read for one tool, a schema that is referred to twice counting twice. */
const MOST_SCHEMAS = 5000;

/** Keywords that say more than the structure of a value. */
const UNCHECKED: ReadonlySet<string> = new Set(
  `minLength maxLength pattern format contentEncoding contentMediaType contentSchema minimum maximum exclusiveMinimum
  exclusiveMaximum multipleOf minItems maxItems uniqueItems contains minContains maxContains unevaluatedItems minProperties
  maxProperties propertyNames patternProperties dependentRequired dependentSchemas dependencies unevaluatedProperties if then
  else not oneOf $dynamicRef $recursiveRef`.split(/\s+/),
);

/** Keywords under which schemas stand that may hold or not; the properties that they name may be there. */
const CONDITIONAL: readonly string[] = ['if', 'then', 'else', 'not'];

/** What becomes of properties of which a schema that declares others says nothing; JSON Schema takes them. */
export type Undeclared = 'deny' | 'accept';

interface Reading {
  readonly root: JsonValue;
  readonly undeclared: Undeclared;
  readonly numbersOf: NumbersOf;
  readonly notes: Map<string, FieldNotes>;
  schemas: number;
}

/** Where a schema stands: the field that it describes, and the references that led to it. */
interface At {
  readonly field: string;
  readonly depth: number;
  readonly references: readonly string[];
}

/**
 * Reads a JSON Schema of any version. Total: what is not understood fits anything and is noted, so that no value that
 * the schema takes is refused.
 */
export function shapeFromSchema(schema: JsonValue, numbersOf: NumbersOf, undeclared: Undeclared): ReadSchema {
  const reading: Reading = { root: schema, undeclared, numbersOf, notes: new Map(), schemas: 0 };
  const shape = readSchema(schema, { field: '', depth: 0, references: [] }, reading);
  return { shape, notes: reading.notes };
}

function readSchema(schema: JsonValue | undefined, at: At, reading: Reading): Shape {
  if (schema === true) return ANY;
  if (schema === false) return NEVER;
  if (schema === undefined || !isJsonObject(schema)) return gap(at, reading, 'this is no JSON Schema');
  if (at.depth > DEEPEST) return gap(at, reading, 'it is nested too deeply to be read');
  if (++reading.schemas > MOST_SCHEMAS) return gap(at, reading, 'the schema is too large to be read as a whole');
  takeNotes(schema, at, reading);
  const inner = { ...at, depth: at.depth + 1 };
  const parts: Shape[] = [typed(schema, inner, reading)];
  if (isJsonArray(schema.enum)) parts.push(constants(schema.enum, at, reading));
  if (Object.hasOwn(schema, 'const')) parts.push(constants([schema.const ?? null], at, reading));
  if (typeof schema.$ref === 'string') parts.push(referred(schema.$ref, inner, reading));
  for (const union of [schema.anyOf, schema.oneOf])
    if (isJsonArray(union)) parts.push(unionOf(union.map((member) => readSchema(member, inner, reading))));
  if (isJsonArray(schema.allOf)) parts.push(...schema.allOf.map((member) => readSchema(member, inner, reading)));
  const shape = withConditional(schema, parts.reduce(meet), inner, reading);
  return schema.nullable === true ? unionOf([shape, NULL]) : shape;
}

function typed(schema: JsonObject, at: At, reading: Reading): Shape {
  const { type } = schema;
  if (typeof type === 'string') return ofType(type, schema, at, reading);
  if (isJsonArray(type) && type.length > 0)
    return unionOf(
      type.map((one) =>
        typeof one === 'string' ? ofType(one, schema, at, reading) : gap(at, reading, 'its `type` is no text'),
      ),
    );
  if (type !== undefined) return gap(at, reading, 'its `type` is no text');
  // A schema without a type that speaks of properties or items means an object or an array.
  if (['properties', 'required', 'additionalProperties', 'patternProperties'].some((key) => Object.hasOwn(schema, key)))
    return ofType('object', schema, at, reading);
  if (['items', 'prefixItems'].some((key) => Object.hasOwn(schema, key))) return ofType('array', schema, at, reading);
  return ANY;
}

function ofType(type: string, schema: JsonObject, at: At, reading: Reading): Shape {
  switch (type) {
    case 'null':
      return NULL;
    case 'boolean':
    case 'string':
      return { kind: type };
    case 'integer':
      return { kind: 'number', integer: true, as: 'long' };
    case 'number':
      return { kind: 'number', integer: false, as: reading.numbersOf(at.field) };
    case 'array':
      return ofArray(schema, at, reading);
    case 'object':
      return ofObject(schema, at, reading);
    default:
      return gap(at, reading, `${JSON.stringify(type.slice(0, 40))} is no type of JSON Schema`);
  }
}

function ofArray(schema: JsonObject, at: At, reading: Reading): Shape {
  const { items, prefixItems } = schema;
  const tuple = isJsonArray(prefixItems) ? prefixItems : isJsonArray(items) ? items : [];
  const first = tuple.map((element, index) =>
    readSchema(element, { ...at, field: memberPointer(at.field, index) }, reading),
  );
  const further = isJsonArray(items) ? schema.additionalItems : items;
  const rest =
    further === undefined ? ANY : readSchema(further, { ...at, field: memberPointer(at.field, '-') }, reading);
  return { kind: 'array', first, rest };
}

function ofObject(schema: JsonObject, at: At, reading: Reading): Shape {
  const properties = isJsonObject(schema.properties) ? schema.properties : {};
  const required = new Set(isJsonArray(schema.required) ? schema.required : []);
  const fields = new Map<string, FieldShape>();
  for (const [name, property] of Object.entries(properties)) {
    const shape = readSchema(property, { ...at, field: memberPointer(at.field, name) }, reading);
    fields.set(name, { shape, required: required.has(name) });
  }
  const further = schema.additionalProperties;
  const silent = reading.undeclared === 'accept' ? ANY : undefined;
  const rest =
    further === undefined ? silent : readSchema(further, { ...at, field: memberPointer(at.field, '*') }, reading);
  for (const name of required)
    if (typeof name === 'string' && !fields.has(name)) fields.set(name, { shape: rest ?? ANY, required: true });
  // Which names match a pattern is not looked at, so whatever is not declared may be of any form.
  const patterns = isJsonObject(schema.patternProperties) && Object.keys(schema.patternProperties).length > 0;
  return { kind: 'object', fields, rest: patterns ? ANY : rest };
}

function constants(values: readonly JsonValue[], at: At, reading: Reading): Shape {
  return values.length === 0 ? NEVER : { kind: 'constants', values, as: reading.numbersOf(at.field) };
}

/** A schema that stands in itself fits anything inside itself. */
function referred(reference: string, at: At, reading: Reading): Shape {
  if (at.references.includes(reference)) return gap(at, reading, 'the schema refers to itself here');
  const target = followReference(reading.root, reference);
  if (target === undefined)
    return gap(at, reading, `the reference ${JSON.stringify(reference.slice(0, 100))} leads nowhere`);
  return readSchema(target, { ...at, references: [...at.references, reference] }, reading);
}

function followReference(root: JsonValue, reference: string): JsonValue | undefined {
  const path = reference.startsWith('#') ? decoded(reference.slice(1)) : undefined;
  if (path === undefined) return undefined;
  if (path !== '' && !path.startsWith('/')) return findAnchor(root, path);
  let current: JsonValue | undefined = root;
  for (const part of path.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (isJsonArray(current)) current = /^\d+$/.test(key) ? current[Number(key)] : undefined;
    else if (isJsonObject(current) && Object.hasOwn(current, key)) current = current[key];
    else return undefined;
  }
  return current;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function findAnchor(root: JsonValue, anchor: string): JsonValue | undefined {
  for (const definitions of isJsonObject(root) ? [root.$defs, root.definitions] : []) {
    if (!isJsonObject(definitions)) continue;
    for (const schema of Object.values(definitions))
      if (isJsonObject(schema) && schema.$anchor === anchor) return schema;
  }
  return undefined;
}

/** Properties that only a conditional schema names may be there, in any form. */
function withConditional(schema: JsonObject, shape: Shape, at: At, reading: Reading): Shape {
  const dependent = [schema.dependentSchemas, schema.dependencies].flatMap((schemas) =>
    isJsonObject(schemas) ? Object.values(schemas) : [],
  );
  const conditional = [...CONDITIONAL.map((key) => schema[key]), ...dependent].filter(isJsonObject);
  if (shape.kind !== 'object' || conditional.length === 0) return shape;
  const fields = new Map(shape.fields);
  // Nothing is noted about fields that may not be there.
  const quiet: Reading = { ...reading, notes: new Map() };
  for (const member of conditional) {
    const read = readSchema(member, at, quiet);
    for (const part of read.kind === 'union' ? read.members : [read]) {
      for (const name of part.kind === 'object' ? part.fields.keys() : [])
        if (!fields.has(name)) fields.set(name, { shape: shape.rest ?? ANY, required: false });
    }
  }
  reading.schemas = quiet.schemas;
  return { ...shape, fields };
}

function takeNotes(schema: JsonObject, at: At, reading: Reading): void {
  for (const key of Object.keys(schema)) if (UNCHECKED.has(key)) notesAt(at, reading).unchecked.add(key);
  const { format } = schema;
  if (typeof format === 'string') notesAt(at, reading).format = format;
  if (schema.default !== undefined) notesAt(at, reading).fallback = schema.default;
}

function gap(at: At, reading: Reading, text: string): Shape {
  notesAt(at, reading).gaps.add(text);
  return ANY;
}

function notesAt({ field }: At, { notes }: Reading): FieldNotes {
  const known = notes.get(field);
  if (known !== undefined) return known;
  const fresh: FieldNotes = { unchecked: new Set(), gaps: new Set(), format: undefined, fallback: undefined };
  notes.set(field, fresh);
  return fresh;
}
