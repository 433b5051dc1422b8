import fc from 'fast-check';

const names = fc.constantFrom('m', 'k', 'mode', 'Input', 'String', 'Null', 'x');
const rejected = fc.constantFrom<object>(
  { type: 'nope' },
  { type: 'string', enum: [] },
  { $ref: '#/x' },
  { $ref: '#/$defs/none' },
  { type: 'object', properties: { if: {} } },
);
const { schema } = fc.letrec<{ schema: object }>((tie) => {
  const inner = tie('schema');
  const properties = fc.dictionary(names, inner, { maxKeys: 3 });
  const required = fc.subarray(['m', 'k', 'x']);
  const object = fc.record(
    { type: fc.constant('object'), properties, required },
    { requiredKeys: ['type', 'properties'] },
  );
  const scalar = fc.constantFrom<object>(
    ...['string', 'integer', 'number', 'float', 'boolean', 'null'].map((type) => ({ type })),
    ...['date-time', 'date', 'duration', 'ipv4', 'decimal', 'uri'].map((format) => ({ type: 'string', format })),
    {},
    { const: 1 },
    { type: ['string', 'null'] },
    { type: 'string', enum: ['p', 'q'] },
    { type: 'string', enum: ['q', 'p'] },
    { type: 'string', enum: ['z'] },
    { $ref: '#/$defs/d' },
    { type: true },
  );
  return {
    schema: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      { weight: 20, arbitrary: scalar },
      { weight: 20, arbitrary: object },
      { weight: 10, arbitrary: fc.record({ type: fc.constant('array'), items: inner }) },
      {
        weight: 10,
        arbitrary: fc.record({
          type: fc.constant('array'),
          prefixItems: fc.array(inner, { maxLength: 2 }),
          items: fc.oneof(inner, fc.boolean()),
        }),
      },
      { weight: 10, arbitrary: fc.record({ anyOf: fc.array(inner, { minLength: 1, maxLength: 3 }) }) },
      { weight: 10, arbitrary: fc.record({ oneOf: fc.array(inner, { minLength: 1, maxLength: 2 }) }) },
      { weight: 10, arbitrary: fc.record({ type: fc.constant(['null', 'object']), properties }) },
      { weight: 10, arbitrary: fc.record({ type: fc.constant(['array', 'string']), items: inner }) },
      {
        weight: 10,
        arbitrary: fc.record({ type: fc.constant('object'), additionalProperties: fc.oneof(inner, fc.boolean()) }),
      },
      { weight: 1, arbitrary: rejected },
    ),
  };
});
const parameters = fc.record(
  {
    type: fc.constant('object'),
    properties: fc.dictionary(names, schema, { maxKeys: 3 }),
    required: fc.subarray(['m', 'x']),
    $defs: fc.record({ d: schema }),
  },
  { requiredKeys: ['type', 'properties', '$defs'] },
);
/** Lists of MCP tools, most of them right. */
export const mcpToolLists = fc.uniqueArray(
  fc.record(
    {
      name: fc.constantFrom('a', 'b', 'c', 'm'),
      inputSchema: parameters,
      outputSchema: parameters,
      $defs: fc.record({ d: schema }),
    },
    { requiredKeys: ['name', 'inputSchema'] },
  ),
  { maxLength: 3, selector: ({ name }) => name },
);
