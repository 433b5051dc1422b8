import { BOOL, DECIMAL, describeType, LONG, STRING } from '../types/cedar-type.js';
import { type FieldShape, type RecordShape, type Shape, typeOfShape } from './shape.js';

/** How JSON Schema's `number` is represented: Long refuses fractions, decimal takes up to four digits after the point. */
export type NumberMapping = 'long' | 'decimal';

/** What a policy can see of one field of a tool's arguments or result. */
export interface FieldReport {
  /** JSON pointer of the field inside the arguments or the result. */
  readonly field: string;
  /** The Cedar type, or undefined when policies cannot test the field except as JSON text. */
  readonly type: string | undefined;
  readonly note?: string;
}

interface Mapped {
  /** Undefined when no Cedar type describes the value. */
  readonly shape: Shape | undefined;
  readonly nullable: boolean;
}

/** A JSON Schema as policies see it. */
export interface MappedSchema {
  readonly shape: RecordShape;
  /** The schema does not describe an object: the value is the field `value` of the record. */
  readonly wrapped: boolean;
  readonly report: readonly FieldReport[];
}

/** Deepest structure of a JSON Schema that is mapped; below it policies see only the JSON text. */
const DEEPEST = 16;

interface Mapping {
  readonly root: unknown;
  readonly numbers: NumberMapping;
  readonly report: FieldReport[];
}

type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * Maps a JSON Schema to the record that policies see. Total: whatever cannot be a Cedar type is left out of the record
 * and named in the report. A schema that does not describe an object becomes `{ value }`.
 */
export function mapObjectSchema(schema: unknown, numbers: NumberMapping = 'long'): MappedSchema {
  const report: FieldReport[] = [];
  const mapping: Mapping = { root: schema, numbers, report };
  const empty: RecordShape = { kind: 'record', fields: new Map(), open: false };
  if (schema === undefined || schema === null) return { shape: empty, wrapped: false, report };
  const { shape, nullable } = mapSchema(schema, '', 0, mapping);
  if (shape?.kind === 'record') return { shape, wrapped: false, report };
  const fields = new Map<string, FieldShape>([['value', { shape, required: !nullable, nullable }]]);
  return { shape: { kind: 'record', fields, open: false }, wrapped: true, report };
}

function mapSchema(schema: unknown, field: string, depth: number, mapping: Mapping): Mapped {
  const note: Note = (shape, text, nullable = false) => {
    mapping.report.push({
      field,
      type: shape === undefined ? undefined : describeType(typeOfShape(shape)),
      ...(text === undefined ? {} : { note: text }),
    });
    return { shape, nullable };
  };
  if (depth > DEEPEST) return note(undefined, 'nested too deeply; only in the JSON text', true);
  const resolved = resolve(schema, mapping);
  if (resolved === undefined)
    return note(undefined, 'no JSON Schema that says what the value is; only in the JSON text', true);
  const union = alternatives(resolved);
  if (union !== undefined) return mapUnion(union, resolved, field, depth, mapping, note);
  const values = enumValues(resolved);
  if (values !== undefined) return mapEnum(values, note);
  switch (resolved.type) {
    case 'string':
      return note(scalar(STRING));
    case 'integer':
      return note(scalar(LONG));
    case 'number':
      if (mapping.numbers === 'decimal') return note(scalar(DECIMAL), 'at most four digits after the point');
      return note(scalar(LONG), 'a fraction is refused; the option numbers: "decimal" takes it');
    case 'boolean':
      return note(scalar(BOOL));
    case 'array':
      return mapArray(resolved, field, depth, mapping, note);
    case 'null':
      return note(undefined, 'always null', true);
    default:
      if (isObjectSchema(resolved)) return mapObject(resolved, field, depth, mapping);
      return note(undefined, 'no type is given; only in the JSON text', true);
  }
}

type Note = (shape: Shape | undefined, text?: string, nullable?: boolean) => Mapped;

type ScalarShape = Extract<Shape, { kind: 'scalar' }>;

function scalar(type: ScalarShape['type'], allowed?: readonly unknown[]): ScalarShape {
  return { kind: 'scalar', type, allowed };
}

function mapObject(schema: JsonSchema, field: string, depth: number, mapping: Mapping): Mapped {
  const properties = isRecord(schema.properties) ? schema.properties : {};
  const requiredNames = new Set<unknown>(isList(schema.required) ? schema.required : []);
  const fields = new Map<string, FieldShape>();
  for (const [name, property] of Object.entries(properties)) {
    const pointer = `${field}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const { shape, nullable } = mapSchema(property, pointer, depth + 1, mapping);
    fields.set(name, { shape, required: requiredNames.has(name) && !nullable, nullable });
  }
  const described = Object.hasOwn(schema, 'properties');
  const further = schema.additionalProperties;
  const open =
    further === true || isRecord(further) || isRecord(schema.patternProperties) || (!described && further !== false);
  if (open)
    mapping.report.push({
      field: `${field}/*`,
      type: undefined,
      note: 'further properties are allowed; only in the JSON text',
    });
  return { shape: { kind: 'record', fields, open }, nullable: false };
}

function mapArray(schema: JsonSchema, field: string, depth: number, mapping: Mapping, note: Note): Mapped {
  if (isList(schema.prefixItems) || isList(schema.items)) return note(undefined, 'a tuple; only in the JSON text');
  if (!isRecord(schema.items)) return note(undefined, 'an array of anything; only in the JSON text');
  const inner: Mapping = { ...mapping, report: [] };
  const element = mapSchema(schema.items, `${field}/-`, depth + 1, inner);
  if (element.shape === undefined || element.nullable)
    return note(undefined, 'an array whose elements have no one type; only in the JSON text');
  mapping.report.push(...inner.report.filter((row) => row.field !== `${field}/-`));
  return note({ kind: 'set', element: element.shape }, 'a set: order and repetition are not visible');
}

function mapUnion(
  union: readonly unknown[],
  schema: JsonSchema,
  field: string,
  depth: number,
  mapping: Mapping,
  note: Note,
): Mapped {
  const members = union.map((member) => (isRecord(member) ? { ...withoutUnion(schema), ...member } : member));
  const nonNull = members.filter((member) => !isNullSchema(resolve(member, mapping)));
  const hasNull = nonNull.length < members.length;
  const [only] = nonNull;
  if (only === undefined) return note(undefined, 'always null', true);
  if (nonNull.length === 1) {
    const mapped = mapSchema(only, field, depth + 1, mapping);
    return { shape: mapped.shape, nullable: hasNull || mapped.nullable };
  }
  const quiet: Mapping = { ...mapping, report: [] };
  const mapped = nonNull.map((member) => mapSchema(member, field, depth + 1, quiet));
  const nullable = hasNull || mapped.some((m) => m.nullable);
  const scalars = mapped.flatMap((m) => (m.shape?.kind === 'scalar' ? [m.shape] : []));
  const [first] = scalars;
  if (first !== undefined && scalars.length === mapped.length && scalars.every((s) => s.type === first.type)) {
    const allowed = scalars.every((s) => s.allowed !== undefined) ? scalars.flatMap((s) => s.allowed ?? []) : undefined;
    return note(scalar(first.type, allowed), undefined, nullable);
  }
  return note(undefined, 'a union of different types; only in the JSON text', nullable);
}

function mapEnum(values: readonly unknown[], note: Note): Mapped {
  const allowed = values.filter((value) => value !== null);
  const nullable = allowed.length < values.length;
  if (allowed.length === 0) return note(undefined, 'always null', true);
  if (allowed.every((value) => typeof value === 'string')) {
    return note(
      scalar(STRING, allowed),
      `one of ${allowed.map((value) => JSON.stringify(value)).join(', ')}`.slice(0, 200),
      nullable,
    );
  }
  if (allowed.every((value) => typeof value === 'boolean')) return note(scalar(BOOL, allowed), undefined, nullable);
  if (allowed.every((value) => Number.isSafeInteger(value) || typeof value === 'bigint'))
    return note(scalar(LONG, allowed), undefined, nullable);
  return note(undefined, 'constants of different types; only in the JSON text', nullable);
}

/** Follows local `$ref`s; undefined when the schema is no object, or the reference leads nowhere or in a circle. */
function resolve(schema: unknown, mapping: Mapping): JsonSchema | undefined {
  let current = schema;
  for (let hops = 0; hops < DEEPEST; hops++) {
    if (!isRecord(current)) return undefined;
    if (typeof current.$ref !== 'string') return current;
    current = followPointer(mapping.root, current.$ref);
  }
  return undefined;
}

function followPointer(root: unknown, reference: string): unknown {
  if (!reference.startsWith('#')) return undefined;
  let current: unknown = root;
  for (const part of reference.slice(1).split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (isList(current)) current = current[Number(key)];
    else if (isRecord(current) && Object.hasOwn(current, key)) current = current[key];
    else return undefined;
  }
  return current;
}

function alternatives(schema: JsonSchema): readonly unknown[] | undefined {
  if (isList(schema.anyOf)) return schema.anyOf;
  if (isList(schema.oneOf)) return schema.oneOf;
  if (isList(schema.allOf) && schema.allOf.length === 1) return schema.allOf;
  if (isList(schema.type)) return schema.type.map((type) => ({ type }));
  return undefined;
}

function withoutUnion(schema: JsonSchema): JsonSchema {
  const { anyOf: _a, oneOf: _o, allOf: _l, type, ...rest } = schema;
  return isList(type) || type === undefined ? rest : { ...rest, type };
}

function enumValues(schema: JsonSchema): readonly unknown[] | undefined {
  if (isList(schema.enum)) return schema.enum;
  return Object.hasOwn(schema, 'const') ? [schema.const] : undefined;
}

function isNullSchema(schema: JsonSchema | undefined): boolean {
  return schema !== undefined && (schema.type === 'null' || schema.const === null);
}

function isObjectSchema(schema: JsonSchema | undefined): boolean {
  return (
    schema !== undefined && (schema.type === 'object' || (schema.type === undefined && isRecord(schema.properties)))
  );
}

function isRecord(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}
