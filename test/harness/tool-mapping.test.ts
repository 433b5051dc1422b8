import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adjudicateEvent } from '../../src/harness/adjudicate-event.js';
import { prepareHarness } from '../../src/harness/prepare-harness.js';
import { typeOfRecord } from '../../src/harness/shape-view.js';
import { mapObjectSchema, readMapped } from '../../src/harness/tool-mapping.js';
import { openTrajectory } from '../../src/harness/trajectory.js';
import {
  type AgentSchema,
  createAgentSchema,
  type Diagnostic,
  parseSchema,
  resolveSchema,
  type Tool,
} from '../../src/index.js';
import { jsonFromJavaScript } from '../../src/json/from-javascript.js';
import type { JsonValue } from '../../src/json/json-value.js';
import { parseJson } from '../../src/json/parse-json.js';
import { createSource } from '../../src/text/source.js';
import { type CedarType, describeType } from '../../src/types/cedar-type.js';
import type { Value } from '../../src/values/value.js';
import { inputSchemas, type PlainSchema, plainValues, schemas, tools, valuesFor } from '../support/arbitrary-tool.js';
import { realworldFile } from '../support/conformance-data.js';
import { PERMIT_ALL } from '../support/harness.js';

const cedar: typeof import('@cedar-policy/cedar-wasm/nodejs') = createRequire(import.meta.url)(
  '@cedar-policy/cedar-wasm/nodejs',
);
const RUNS = Number(process.env.DEODAR_MAPPING_RUNS ?? 50);

/** Names with which ajv goes astray. */
const AJV_BLIND = /__proto__|constructor/;

function schemaOf(list: readonly Tool[]): AgentSchema {
  const made = createAgentSchema({ id: 'a', name: 'a', tools: list }, { unregistered: 'policy' });
  if (!made.ok) throw new Error(made.diagnostics.map((d) => d.message).join('\n'));
  return made.value;
}

function expectValid(text: string): void {
  const parsed = parseSchema(text);
  expect(parsed.diagnostics).toEqual([]);
  if (parsed.ok) expect(resolveSchema([parsed.value]).diagnostics).toEqual([]);
  expect(cedar.checkParseSchema(text).type).toBe('success');
}

function jsonOf(value: unknown): JsonValue {
  const json = jsonFromJavaScript(value);
  if (!json.ok) throw new Error('no JSON');
  return json.value;
}

function problemsOf(schema: unknown, value: unknown, undeclared: 'deny' | 'accept' = 'deny'): readonly Diagnostic[] {
  const problems: Diagnostic[] = [];
  readMapped(jsonOf(value), mapObjectSchema(schema, 'long', undeclared), '', problems);
  return problems;
}

/** The Cedar type of the one field `x`, or undefined when policies do not see it. */
function seen(schema: unknown, definitions: object = {}): string | undefined {
  const mapped = mapObjectSchema({ type: 'object', properties: { x: schema }, required: ['x'], ...definitions });
  const attribute = typeOfRecord(mapped.view).attributes.get('x');
  if (attribute === undefined) return undefined;
  return `${describeType(attribute.type)}${attribute.required ? '' : '?'}`;
}

const STRING = { type: 'string' };
const INTEGER = { type: 'integer' };

describe('a JSON Schema as policies see it', () => {
  it.each<[string, unknown, string | undefined]>([
    ['a string', STRING, 'String'],
    ['an integer', INTEGER, 'Long'],
    ['a number', { type: 'number' }, 'Long'],
    ['a boolean', { type: 'boolean' }, 'Bool'],
    ['null', { type: 'null' }, undefined],
    ['a string or null', { type: ['string', 'null'] }, 'String?'],
    ['a nullable string of OpenAPI', { type: 'string', nullable: true }, 'String?'],
    ['anyOf with null', { anyOf: [STRING, { type: 'null' }] }, 'String?'],
    ['strings as constants', { enum: ['a', 'b'] }, 'String'],
    ['constants with a type', { type: 'string', enum: ['a', 1] }, 'String'],
    ['constants with null', { enum: ['a', null] }, 'String?'],
    ['a constant', { const: 5 }, 'Long'],
    ['constants of several kinds', { enum: ['a', 1, true] }, '{ string?: String, number?: Long, boolean?: Bool }'],
    ['constant objects', { enum: [{ a: 1 }] }, undefined],
    ['constant objects and arrays', { enum: [{ a: 1 }, [1]] }, undefined],
    ['constant objects and texts', { enum: [{ a: 1 }, [1], 'a'] }, '{ string?: String }'],
    ['constant fractions', { enum: [0.5] }, undefined],
    ['a union of kinds', { type: ['string', 'integer'] }, '{ string?: String, number?: Long }'],
    [
      'a string or strings',
      { anyOf: [STRING, { type: 'array', items: STRING }] },
      '{ string?: String, array?: Set<String> }',
    ],
    ['an integer or a number', { oneOf: [INTEGER, { type: 'number' }] }, 'Long'],
    ['oneOf the same kind', { oneOf: [{ const: 'a' }, { const: 'b' }] }, 'String'],
    ['a set', { type: 'array', items: STRING }, 'Set<String>'],
    ['a set of sets', { type: 'array', items: { type: 'array', items: INTEGER } }, 'Set<Set<Long>>'],
    [
      'a set of objects',
      { type: 'array', items: { type: 'object', properties: { a: STRING } } },
      'Set<{ a?: String }>',
    ],
    ['an array of anything', { type: 'array' }, undefined],
    ['an array of several kinds', { type: 'array', items: { type: ['string', 'integer'] } }, undefined],
    ['an array with nulls', { type: 'array', items: { type: ['string', 'null'] } }, undefined],
    ['a tuple', { type: 'array', prefixItems: [STRING, INTEGER], items: false }, '{ 0?: String, 1?: Long }'],
    ['a tuple of draft 7', { type: 'array', items: [STRING] }, '{ 0?: String }'],
    [
      'an object',
      { type: 'object', properties: { a: STRING, b: INTEGER }, required: ['a'] },
      '{ a: String, b?: Long }',
    ],
    ['properties without a type', { properties: { a: STRING } }, '{ a?: String }'],
    ['items without a type', { items: STRING }, 'Set<String>'],
    ['a free object', { type: 'object' }, '{  }'],
    ['a map', { type: 'object', additionalProperties: INTEGER }, '{  }'],
    ['true', true, undefined],
    ['false', false, undefined],
    ['nothing', {}, undefined],
    ['no schema', 5, undefined],
    ['an unknown type', { type: 'float' }, undefined],
    [
      'allOf of objects',
      { allOf: [{ properties: { a: STRING } }, { properties: { b: INTEGER }, required: ['a'] }] },
      '{ a: String, b?: Long }',
    ],
    [
      'anyOf beside properties',
      { properties: { a: STRING, b: STRING }, anyOf: [{ required: ['a'] }, { required: ['b'] }] },
      '{ a?: String, b?: String }',
    ],
    [
      'a union of objects',
      {
        anyOf: [
          { type: 'object', properties: { a: STRING, c: STRING }, required: ['a', 'c'], additionalProperties: false },
          { type: 'object', properties: { b: INTEGER, c: INTEGER }, required: ['b'], additionalProperties: false },
        ],
      },
      '{ a?: String, c?: { string?: String, number?: Long }, b?: Long }',
    ],
  ])('%s', (_name, schema, type) => {
    expect(seen(schema)).toBe(type);
  });

  it.each<[string, string, object, string | undefined]>([
    ['is followed', '#/$defs/s', { $defs: { s: STRING } }, 'String'],
    ['is followed over escaped names', '#/$defs/a~1b%20c', { $defs: { 'a/b c': STRING } }, 'String'],
    ['is followed to an anchor', '#here', { $defs: { s: { $anchor: 'here', ...STRING } } }, 'String'],
    ['is followed over several steps', '#/$defs/a', { $defs: { a: { $ref: '#/$defs/b' }, b: STRING } }, 'String'],
    ['fits anything where it is broken', '#/$defs/none', {}, undefined],
    ['fits anything where it leads to another document', 'other.json#/a', {}, undefined],
    ['fits anything where it means itself', '#/$defs/a', { $defs: { a: { $ref: '#/$defs/a' } } }, undefined],
    [
      'is seen to the point where it comes back',
      '#/$defs/t',
      { $defs: { t: { type: 'object', properties: { v: STRING, of: { $ref: '#/$defs/t' } } } } },
      '{ v?: String }',
    ],
  ])('a reference %s', (_name, $ref, definitions, type) => {
    expect(seen({ $ref }, definitions)).toBe(type);
  });

  it('has no fields where there is no schema, and a field `value` where it is of no object', () => {
    for (const schema of [undefined, null]) expect(mapObjectSchema(schema).view.fields.size).toBe(0);
    expect([...mapObjectSchema(STRING).view.fields.keys()]).toEqual(['value']);
    expect(problemsOf(undefined, { a: 1 }).map((d) => d.code)).toEqual(['unknown-field']);
  });

  it('says of each field what can be tested and what is not checked', async () => {
    const { report } = mapObjectSchema({
      type: 'object',
      properties: {
        to: { type: 'string', format: 'email', pattern: '@', maxLength: 99 },
        amount: { type: 'number', minimum: 0, default: 1 },
        mode: { enum: ['fast', 'slow'] },
        target: { anyOf: [STRING, { type: 'array', items: { type: 'integer', maximum: 3 } }] },
        point: { type: 'array', prefixItems: [INTEGER, INTEGER] },
        headers: { type: 'object', additionalProperties: { type: 'string', minLength: 1 } },
        tree: { $ref: '#/$defs/tree' },
        broken: { $ref: '#/$defs/none' },
        anything: {},
        never: false,
      },
      required: ['to'],
      not: { required: ['mode', 'target'] },
      $defs: { tree: { type: 'object', properties: { left: { $ref: '#/$defs/tree' }, v: STRING } } },
    });
    const rows = report.map(({ field, type, required, notes, unchecked, fallback }) => {
      const facts = [
        ...notes,
        ...(unchecked.length === 0 ? [] : [`unchecked: ${unchecked.join(', ')}`]),
        ...(fallback === undefined ? [] : [`absent means ${String(fallback)}`]),
      ];
      return [
        `${field || '(all)'}: ${type ?? 'not visible'}${required ? ', required' : ''}`,
        ...facts.map((f) => `    ${f}`),
      ].join('\n');
    });
    await expect(`${rows.join('\n')}\n`).toMatchFileSnapshot('tool-report.golden.txt');
  });
});

describe('arguments', () => {
  const numbers = (type: string, text: string, as: 'long' | 'decimal' = 'long'): string => {
    const json = parseJson(createSource(text));
    const problems: Diagnostic[] = [];
    const mapped = mapObjectSchema({ type: 'object', properties: { n: { type } } }, as);
    const record = readMapped({ n: json.ok ? json.value : null }, mapped, '', problems);
    const value = record.fields.get('n');
    if (problems[0] !== undefined) return problems[0].code;
    return typeof value === 'object' && 'units' in value ? `${value.units}/10000` : String(value);
  };

  it.each([
    ['integer', '5', '5'],
    ['integer', '5.0', '5'],
    ['integer', '1e2', '100'],
    ['integer', '1.5e1', '15'],
    ['integer', '-0', '0'],
    ['integer', '9223372036854775807', '9223372036854775807'],
    ['integer', '9223372036854775808', 'wrong-type'],
    ['integer', '1e400', 'wrong-type'],
    ['integer', '1.5', 'wrong-type'],
    ['integer', '1e-2', 'wrong-type'],
    ['number', '1.50', 'wrong-type'],
    ['number', '3.000', '3'],
  ])('hold %s numbers exactly: %s is %s', (type, text, expected) => {
    expect(numbers(type, text)).toBe(expected);
  });

  it.each([
    ['1.5', '15000/10000'],
    ['1e-4', '1/10000'],
    ['-2', '-20000/10000'],
    ['0.00010', '1/10000'],
    ['0.00001', 'wrong-type'],
    ['1e20', 'wrong-type'],
  ])('hold numbers as decimals where it is asked for: %s is %s', (text, expected) => {
    expect(numbers('number', text, 'decimal')).toBe(expected);
  });

  it('are refused with the place and the reason', () => {
    const schema = {
      type: 'object',
      properties: {
        a: { type: 'object', properties: { b: { type: 'array', items: INTEGER } } },
        u: { anyOf: [STRING, INTEGER] },
        f: false,
      },
    };
    const found = problemsOf(schema, { a: { b: [1, 'x', 2] }, u: true, f: 1, more: 1 });
    expect(found.map((d) => [d.code, d.pointer, d.message])).toEqual([
      ['wrong-type', '/a/b/1', 'expected an integer, found the string "x"'],
      ['no-alternative', '/u', 'true fits none of the alternatives that are allowed here'],
      ['not-allowed', '/f', 'no value is allowed here'],
      ['unknown-field', '/more', 'the field "more" is not declared'],
    ]);
  });

  it('of which policies see nothing are not in the record', () => {
    const schema = { type: 'object', properties: { x: { enum: [{ a: 1 }, [1]] } } };
    const problems: Diagnostic[] = [];
    const record = readMapped(jsonOf({ x: [1] }), mapObjectSchema(schema), '', problems);
    expect([problems, record.fields.size]).toEqual([[], 0]);
  });

  it('that are not declared are refused where the host wants it, and change no type', () => {
    const schema = { type: 'object', properties: { a: STRING }, required: ['a'] };
    expect(problemsOf(schema, { a: 'x', b: 1 }).map((d) => d.code)).toEqual(['unknown-field']);
    expect(problemsOf(schema, { a: 'x', b: 1 }, 'accept')).toEqual([]);
    expect(problemsOf({ ...schema, additionalProperties: false }, { a: 'x', b: 1 }, 'accept')).toHaveLength(1);
    expect(describeType(typeOfRecord(mapObjectSchema(schema, 'long', 'accept').view))).toBe('{ a: String }');
  });

  it('in JavaScript numbers that may have been rounded are refused with the remedy', () => {
    const [problem] = problemsOf({ type: 'object', properties: { n: INTEGER } }, { n: 2 ** 60 });
    expect(problem?.help).toContain('bigint');
  });
});

describe('any tool at all', () => {
  it('gives a schema that the official engine reads', () => {
    fc.assert(
      fc.property(fc.uniqueArray(tools({ structural: false }), { maxLength: 3, selector: (t) => t.name }), (list) => {
        const made = createAgentSchema({ id: 'a', name: 'a', tools: list }, { unregistered: 'policy' });
        if (!made.ok) {
          expect(made.diagnostics.map((d) => d.code)).toContain('tool-name-collision');
          return;
        }
        expectValid(made.value.text);
      }),
      { numRuns: RUNS },
    );
  });

  it('accepts exactly what its JSON Schema accepts, as far as structure goes', () => {
    let valid = 0;
    const property = fc.property(
      inputSchemas({ structural: true }).chain((schema) =>
        fc.tuple(
          fc.constant(schema),
          fc.array(fc.oneof(valuesFor(schema), plainValues), { minLength: 5, maxLength: 5 }),
        ),
      ),
      ([schema, values]) => {
        const ajv = new Ajv2020({ strict: false, validateSchema: false, ownProperties: true, allErrors: true });
        const check = ajv.compile(schema);
        for (const value of values) {
          const plain: unknown = JSON.parse(JSON.stringify(value));
          if (AJV_BLIND.test(JSON.stringify([schema, plain]))) continue;
          const codes = problemsOf(schema, plain).map((d) => `${d.code} ${d.help ?? ''}`);
          // What Cedar cannot hold and what nobody declared is refused beyond the schema.
          const beyond = codes.every((code) => /Long|decimal|unknown-field/.test(code));
          if (check(plain)) {
            valid++;
            expect(beyond ? [] : codes).toEqual([]);
            const accepting = problemsOf(schema, plain, 'accept').map((d) => d.help ?? d.code);
            expect(accepting.filter((help) => !/Long|decimal/.test(help))).toEqual([]);
          } else if (!isRecursive(schema)) expect(codes).not.toEqual([]);
        }
      },
    );
    fc.assert(property, { numRuns: RUNS * 5 });
    expect(valid).toBeGreaterThan(RUNS);
  });

  it('accepts whatever its JSON Schema accepts, with keywords that are not checked', () => {
    const property = fc.property(
      inputSchemas({ structural: false }).chain((schema) =>
        fc.tuple(fc.constant(schema), fc.array(valuesFor(schema), { minLength: 5, maxLength: 5 })),
      ),
      ([schema, values]) => {
        const check = compileOdd(schema);
        for (const value of values) {
          const plain: unknown = JSON.parse(JSON.stringify(value));
          const problems = problemsOf(schema, plain, 'accept');
          if (AJV_BLIND.test(JSON.stringify([schema, plain]))) continue;
          if (check?.(plain) !== true) continue;
          const codes = problems.map((d) => `${d.code} ${d.help ?? ''}`);
          expect(codes.filter((code) => !/Long|decimal/.test(code))).toEqual([]);
        }
      },
    );
    fc.assert(property, { numRuns: RUNS * 5 });
  });

  it('gives records of the type that the schema has for them', () => {
    let records = 0;
    const property = fc.property(
      inputSchemas({ structural: false }).chain((schema) =>
        fc.tuple(fc.constant(schema), fc.array(valuesFor(schema), { minLength: 5, maxLength: 5 })),
      ),
      ([schema, values]) => {
        for (const undeclared of ['deny', 'accept'] as const) {
          const mapped = mapObjectSchema(schema, 'long', undeclared);
          const type = typeOfRecord(mapped.view);
          for (const value of values) {
            const problems: Diagnostic[] = [];
            const record = readMapped(jsonOf(JSON.parse(JSON.stringify(value))), mapped, '', problems);
            if (problems.length > 0) continue;
            records++;
            expect([record, describeType(type), isOfType(record, type)]).toEqual([record, describeType(type), true]);
          }
        }
      },
    );
    fc.assert(property, { numRuns: RUNS * 5 });
    expect(records).toBeGreaterThan(RUNS);
  });

  it('takes any value as a schema', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), schemas({ structural: false })), plainValues, (schema, value) => {
        expect(() => problemsOf(schema, JSON.parse(JSON.stringify(value)))).not.toThrow();
      }),
      { numRuns: RUNS * 2 },
    );
  });

  it('is read in bounded time, however its definitions refer to each other', () => {
    const $defs = Object.fromEntries(
      Array.from({ length: 60 }, (_, i) => [
        `d${i}`,
        { type: 'object', properties: { l: { $ref: `#/$defs/d${i + 1}` }, r: { $ref: `#/$defs/d${i + 1}` } } },
      ]),
    );
    const deep = Array.from({ length: 100 }).reduce<object>((schema) => ({ type: 'array', items: schema }), STRING);
    const list: Tool[] = [
      { name: 'wide', inputSchema: { type: 'object', properties: { x: { $ref: '#/$defs/d0' } }, $defs } },
      { name: 'deep', inputSchema: { type: 'object', properties: { x: deep } } },
      {
        name: 'many',
        inputSchema: {
          type: 'object',
          properties: Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`p${i}`, STRING])),
        },
      },
    ];
    expectValid(schemaOf(list).text);
  });
});

/** Whether a value is of a type, attribute by attribute. */
function isOfType(value: Value | undefined, type: CedarType): boolean {
  if (type.kind === 'bool') return typeof value === 'boolean';
  if (type.kind === 'string') return typeof value === 'string';
  if (type.kind === 'long') return typeof value === 'number' || typeof value === 'bigint';
  if (typeof value !== 'object') return false;
  if (type.kind === 'set')
    return value.kind === 'set' && value.elements.every((member) => isOfType(member, type.element));
  if (type.kind !== 'record' || value.kind !== 'record') return false;
  return (
    [...value.fields.keys()].every((name) => type.attributes.has(name)) &&
    [...type.attributes].every(([name, attribute]) =>
      value.fields.has(name) ? isOfType(value.fields.get(name), attribute.type) : !attribute.required,
    )
  );
}

function isRecursive(schema: unknown): boolean {
  return JSON.stringify({ ...(schema as object), $defs: {} }).includes('#/$defs/tree');
}

function compileOdd(schema: object): ((value: unknown) => boolean) | undefined {
  try {
    const check = new Ajv2020({
      strict: false,
      validateSchema: false,
      validateFormats: false,
      logger: false,
      ownProperties: true,
      allErrors: true,
    }).compile(schema);
    return (value) => check(value);
  } catch {
    return undefined;
  }
}

describe('declarations of a tool', () => {
  const made = (tool: Tool, more: object = {}): readonly string[] => {
    const result = createAgentSchema({ id: 'a', name: 'a', tools: [tool], ...more });
    return result.diagnostics.map((d) => `${d.severity} ${d.code} ${d.pointer ?? ''}: ${d.help ?? ''}`);
  };
  const input = {
    type: 'object',
    properties: { command: STRING, list: { type: 'array', items: STRING }, amount: { type: 'number' } },
  };

  it('that name a parameter that it does not have are errors', () => {
    expect(made({ name: 't', inputSchema: input, facts: { comand: 'shell' } })).toEqual([
      'error unknown-parameter /tools/0/facts/comand: did you mean "command"?',
    ]);
    expect(made({ name: 't', inputSchema: input, numbers: { '/amout': 'decimal' } })).toEqual([
      'error unknown-parameter /tools/0/numbers/~1amout: did you mean "/amount"?',
    ]);
  });

  it('are a warning where the tool takes any parameter or the parameter is no text', () => {
    expect(made({ name: 't', inputSchema: { type: 'object' }, facts: { command: 'shell' } })[0]).toMatch(
      /^warning unknown-parameter/,
    );
    expect(made({ name: 't', inputSchema: input, facts: { list: 'path' } })[0]).toMatch(/^warning facts-without-text/);
  });

  it('make single numbers decimals', () => {
    expect(schemaOf([{ name: 't', inputSchema: input, numbers: { '/amount': 'decimal' } }]).text).toContain(
      '"amount"?: __cedar::decimal',
    );
  });

  it('give actions another name where a name is taken, and events still name the tool', () => {
    const tool: Tool = { name: 'prompt', inputSchema: input };
    const refused = createAgentSchema({ id: 'a', name: 'a', tools: [tool] });
    expect(refused.diagnostics[0]?.data).toEqual({ tool: 'prompt', rename: { prompt: 'prompt-tool' } });
    const renamed = createAgentSchema({ id: 'a', name: 'a', tools: [tool], rename: { prompt: 'prompt-tool' } });
    expect(renamed.ok && renamed.value.tools.get('prompt')?.call.id).toBe('prompt-tool');
    expect(made({ name: 't' }, { rename: { q: 'x' } })[0]).toMatch(/^error unknown-tool \/rename/);
  });

  it('about hints count as stated; what the protocol assumes counts where the agent says so', () => {
    const groups = (annotations: object | undefined, more: object = {}): readonly string[] => {
      const tool: Tool = { name: 't', ...(annotations === undefined ? {} : { annotations }) };
      const result = createAgentSchema({ id: 'a', name: 'a', tools: [tool], ...more });
      return result.ok ? (result.value.tools.get('t')?.call.groups.slice(1) ?? []) : [];
    };
    expect(groups(undefined)).toEqual([]);
    expect(groups({ readOnlyHint: true })).toEqual([]);
    expect(groups({ readOnlyHint: true }, { trustToolHints: true })).toEqual(['readOnly']);
    expect(groups({ destructiveHint: true, openWorldHint: true })).toEqual(['destructive', 'openWorld']);
    expect(groups(undefined, { assumeToolHints: true })).toEqual(['destructive', 'openWorld']);
    expect(groups({ readOnlyHint: true }, { assumeToolHints: true })).toEqual(['destructive', 'openWorld']);
    expect(
      groups({ readOnlyHint: true, openWorldHint: false }, { assumeToolHints: true, trustToolHints: true }),
    ).toEqual(['readOnly']);
    expect(groups({ destructiveHint: false }, { assumeToolHints: true })).toEqual(['openWorld']);
  });
});

describe('tools of a widely used server', () => {
  const path = realworldFile('tools/github-mcp.json');
  it.skipIf(path === undefined)('give a valid schema, each and all of them', () => {
    const list: readonly Tool[] = JSON.parse(readFileSync(path ?? '', 'utf8')).tools;
    expect(list.length).toBeGreaterThan(50);
    for (const tool of list) expectValid(schemaOf([tool]).text);
    expectValid(schemaOf(list).text);
  });

  it.skipIf(path === undefined).each(['deodar', 'sondera'] as const)(
    'take every argument object that is valid, under the profile %s',
    (profile) => {
      const list: readonly Tool[] = JSON.parse(readFileSync(path ?? '', 'utf8')).tools;
      const harness = prepareHarness({ id: 'a', name: 'a', tools: list }, { policies: PERMIT_ALL, profile });
      if (!harness.ok) throw new Error(harness.diagnostics.map((d) => d.message).join('\n'));
      const ajv = new Ajv2020({ strict: false, validateFormats: false });
      const unjudged: string[] = [];
      for (const { name, inputSchema } of list) {
        const check = ajv.compile(inputSchema as object);
        const values = fc
          .tuple(valuesFor(inputSchema as PlainSchema), fc.dictionary(fc.string(), plainValues))
          .map(([value, more]): object => ({ ...more, ...(value as object) }));
        const valid = fc
          .sample(values, { seed: 7, numRuns: 60 })
          .filter((value) => check(JSON.parse(JSON.stringify(value))));
        if (valid.length === 0) unjudged.push(name);
        for (const parameters of valid) {
          const event = jsonFromJavaScript({ stage: 'PRE_TOOL', role: 'model', content: { toolId: name, parameters } });
          const { adjudication } = adjudicateEvent(harness.value, openTrajectory('t'), event);
          const problems = adjudication.diagnostics.map((d) => `${d.message} ${d.pointer ?? ''}`);
          // What no Long holds is refused by every profile, and so is what would change a prototype.
          if (problems.length > 0 && problems.every((problem) => /Long|fraction|"__proto__"/.test(problem))) continue;
          expect([name, JSON.stringify(parameters), adjudication.decision, ...problems]).toEqual([
            name,
            JSON.stringify(parameters),
            'ALLOW',
          ]);
        }
      }
      expect(unjudged).toEqual([]);
    },
  );
});
