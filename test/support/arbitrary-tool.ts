import fc from 'fast-check';
import type { Tool } from '../../src/index.js';

/** A JSON Schema as plain data. */
export type PlainSchema = boolean | { readonly [key: string]: unknown };

const NAMES = ['a', 'b', 'path', 'command', 'x-y', 'a.b', '', '__proto__', 'constructor', 'if', 'a"b', 'ü', '0'];

const names: fc.Arbitrary<string> = fc.constantFrom(...NAMES);
const scalars: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, 0, 1, 2.5, 1.25e-3, -7, 2 ** 53, 1e300, '', 'x', 'y', 'rm -rf /'),
  fc.string({ maxLength: 5 }),
);

/** Any small JSON value. */
export const plainValues: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: 'small', withCrossShrink: true },
    scalars,
    fc.array(tie('value'), { maxLength: 3 }),
    objects(tie('value')),
  ),
})).value;

/** Objects without a prototype problem: `__proto__` is a member like any other. */
function objects(values: fc.Arbitrary<unknown>, keys: fc.Arbitrary<string> = names): fc.Arbitrary<object> {
  return fc
    .uniqueArray(fc.tuple(keys, values), { maxLength: 4, selector: ([key]) => key })
    .map((entries) => Object.fromEntries(entries));
}

/** Keywords that say nothing about the structure. */
const UNCHECKED: fc.Arbitrary<object> = fc.constantFrom<object>(
  { pattern: '^x+$' },
  { minLength: 2 },
  { maximum: 3, exclusiveMinimum: 0 },
  { multipleOf: 2 },
  { format: 'uri' },
  { minItems: 1, uniqueItems: true },
  { contains: { type: 'string' } },
  { minProperties: 1 },
  { propertyNames: { maxLength: 3 } },
  { dependentRequired: { a: ['b'] } },
  { not: { type: 'string' } },
  { if: { required: ['a'] }, else: { properties: { late: { type: 'string' } } } },
);

export interface SchemaOptions {
  /** Only keywords that are checked, so that ajv and Deodar have to agree. */
  readonly structural: boolean;
}

/** JSON Schemas with every structural keyword; with `structural: false` also those that are not checked, and nonsense. */
export function schemas({ structural }: SchemaOptions): fc.Arbitrary<PlainSchema> {
  const { schema } = fc.letrec<{ schema: PlainSchema }>((tie) => {
    const inner = tie('schema');
    const list = fc.array(inner, { minLength: 1, maxLength: 3 });
    const properties = objects(inner);
    const object = fc
      .record(
        {
          properties,
          required: fc.uniqueArray(names, { maxLength: 2 }),
          additionalProperties: fc.oneof(fc.boolean(), inner),
        },
        { requiredKeys: ['properties'] },
      )
      .map((rest): PlainSchema => ({ type: 'object', ...rest }));
    const array = fc
      .record({ items: inner, prefixItems: fc.array(inner, { minLength: 1, maxLength: 2 }) }, { requiredKeys: [] })
      .map((rest): PlainSchema => ({ type: 'array', ...rest }));
    const typed = fc
      .constantFrom<string | string[]>(
        'string',
        'integer',
        'number',
        'boolean',
        'null',
        ['string', 'null'],
        ['integer', 'string'],
      )
      .map((type): PlainSchema => ({ type }));
    const simple = fc.oneof(
      typed,
      fc.boolean().map((b): PlainSchema => b),
      fc.constant<PlainSchema>({}),
      fc.array(plainValues, { minLength: 1, maxLength: 3 }).map((values): PlainSchema => ({ enum: values })),
      plainValues.map((value): PlainSchema => ({ const: value })),
      fc.constantFrom<PlainSchema>({ $ref: '#/$defs/leaf' }, { $ref: '#/$defs/tree' }),
    );
    const combined = fc.oneof(
      list.map((anyOf): PlainSchema => ({ anyOf })),
      list.map((allOf): PlainSchema => ({ allOf })),
      fc.tuple(object, list).map(([base, anyOf]): PlainSchema => ({ ...(base as object), anyOf })),
    );
    const odd: fc.Arbitrary<PlainSchema> = fc.oneof(
      list.map((oneOf): PlainSchema => ({ oneOf })),
      fc
        .tuple(fc.oneof(typed, object, array), UNCHECKED)
        .map(([base, more]): PlainSchema => ({ ...(base as object), ...more })),
      inner.map((x): PlainSchema => ({ type: 'object', patternProperties: { '^x': x }, additionalProperties: false })),
      plainValues.map((value): PlainSchema => ({ type: 'string', default: value })),
      fc.constantFrom<PlainSchema>(
        { $ref: '#/$defs/missing' },
        { $ref: 'https://example.com/x.json' },
        { $ref: '#' },
        { $ref: '#/$defs/loop' },
        { type: 'float' },
        { type: 7 } as PlainSchema,
        { type: 'string', nullable: true },
        { type: [] },
        { properties: 5, type: 'object' } as PlainSchema,
        { enum: [] },
        { type: 'array', items: [{ type: 'string' }, { type: 'integer' }], additionalItems: false },
      ),
    );
    const deep = structural ? fc.oneof(object, array, combined) : fc.oneof(object, array, combined, odd);
    return { schema: fc.oneof({ maxDepth: 4, depthSize: 'small' }, simple, deep) };
  });
  return schema;
}

const DEFINITIONS = {
  leaf: { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] },
  tree: {
    type: 'object',
    properties: { b: { type: 'integer' }, a: { type: 'array', items: { $ref: '#/$defs/tree' } } },
  },
  loop: { $ref: '#/$defs/loop' },
};

/** A JSON Schema of an object at the top, with the definitions that the others refer to. */
export function inputSchemas(options: SchemaOptions): fc.Arbitrary<{ readonly [key: string]: unknown }> {
  return fc.record({
    type: fc.constant('object'),
    properties: objects(schemas(options)),
    required: fc.uniqueArray(names, { maxLength: 2 }),
    additionalProperties: fc.constantFrom<PlainSchema>(true, false, { type: 'string' }),
    $defs: fc.constant(DEFINITIONS),
  });
}

/** Names as tools have them, and as nobody expects them. */
const toolNames: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    'send-email',
    'a.b',
    '__proto__',
    'constructor',
    '',
    'x'.repeat(10_000),
    'a::b',
    '"',
    'ü\n\0',
    ' ',
    '*',
  ),
  fc.string({ minLength: 1, maxLength: 12, unit: 'binary' }).filter((name) => !/\p{Cs}/u.test(name)),
);

/** A tool with an arbitrary schema of its arguments, and sometimes of its result. */
export function tools(options: SchemaOptions): fc.Arbitrary<Tool> {
  return fc
    .record(
      { name: toolNames, inputSchema: inputSchemas(options), outputSchema: schemas(options) },
      { requiredKeys: ['name', 'inputSchema'] },
    )
    .map((tool): Tool => tool);
}

/** Values of which many fit the schema. */
export function valuesFor(schema: PlainSchema, depth = 0): fc.Arbitrary<unknown> {
  if (typeof schema === 'boolean' || depth > 5) return plainValues;
  const { type, properties, items, prefixItems, anyOf, oneOf, allOf } = schema;
  if (Array.isArray(schema.enum) && schema.enum.length > 0) return fc.constantFrom<unknown>(...schema.enum);
  if (Object.hasOwn(schema, 'const')) return fc.constant(schema.const);
  if (schema.$ref === '#/$defs/leaf') return valuesFor(DEFINITIONS.leaf, depth + 1);
  if (schema.$ref === '#/$defs/tree') return valuesFor(DEFINITIONS.tree, depth + 1);
  const [first] = [anyOf, oneOf, allOf].filter(Array.isArray);
  if (first !== undefined && properties === undefined)
    return fc.oneof(...first.map((member: PlainSchema) => valuesFor(member, depth + 1)));
  if (type === 'array') {
    const elements = [...(Array.isArray(prefixItems) ? prefixItems : []), items ?? true].map((s: PlainSchema) =>
      valuesFor(s, depth + 1),
    );
    return fc.array(fc.oneof(...elements), { maxLength: 3 });
  }
  if (typeof properties === 'object' && properties !== null) {
    const fields = Object.entries(properties).map(([name, s]: [string, PlainSchema]) =>
      fc.option(valuesFor(s, depth + 1), { freq: 8, nil: undefined }).map((value) => [name, value] as const),
    );
    const more = objects(plainValues);
    return fc
      .tuple(fc.tuple(...fields), fc.oneof({ weight: 4, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: more }))
      .map(([entries, extra]) => ({
        ...Object.fromEntries(entries.filter(([, value]) => value !== undefined)),
        ...extra,
      }));
  }
  switch (Array.isArray(type) ? type[0] : type) {
    case 'string':
      return fc.constantFrom('x', 'y', '');
    case 'integer':
      return fc.constantFrom<unknown>(0, -7, 12);
    case 'number':
      return fc.constantFrom<unknown>(0, 2.5, -7);
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return plainValues;
  }
}
