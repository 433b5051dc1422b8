import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.js';
import { createJsonObject, type JsonValue } from '../../src/json/json-value.js';
import { parseJson } from '../../src/json/parse-json.js';
import { parseSchema } from '../../src/parser/parse-schema.js';
import { printSchema } from '../../src/schema/print-schema.js';
import { resolveSchema } from '../../src/schema/resolve-schema.js';
import { requestEnvironments } from '../../src/schema/schema.js';
import { schemaFromJson } from '../../src/schema/schema-from-json.js';
import { schemaToJson, schemaToJsonWithResolvedTypes } from '../../src/schema/schema-to-json.js';
import { createSource } from '../../src/text/source.js';

function readText(text: string): readonly Diagnostic[] {
  const fragment = parseSchema(createSource(text));
  return fragment.ok ? resolveSchema([fragment.value]).diagnostics : fragment.diagnostics;
}

function codesOf(text: string): readonly string[] {
  return readText(text).map((d) => d.code);
}

/** Does everything that can be done with a text; it must not throw. */
function exercise(text: string): void {
  const fragment = parseSchema(createSource(text));
  if (!fragment.ok) {
    expect(fragment.diagnostics.length).toBeGreaterThan(0);
    return;
  }
  schemaToJson(fragment.value);
  schemaToJsonWithResolvedTypes(fragment.value);
  printSchema(fragment.value);
  const resolved = resolveSchema([fragment.value]);
  if (resolved.ok) for (const { context } of requestEnvironments(resolved.value)) expect(context.kind).toBe('record');
}

const WORDS =
  'namespace entity action type enum tags in appliesTo attributes principal resource context Set Long A B if __cedar'.split(
    ' ',
  );
const SIGNS = [
  ...'@,;:{}[]<>?=().',
  '::',
  '"a"',
  '"\\u{61}"',
  '"',
  '//',
  '\n',
  ' ',
  '\0',
  '\ud800',
  '\u{1f600}',
  '__proto__',
  'constructor',
];

describe('no text makes it throw', () => {
  it('of any characters', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), exercise), { numRuns: 2000 });
  });

  it('of the words and signs of schemas', () => {
    const soup = fc.array(fc.constantFrom(...WORDS, ...SIGNS), { maxLength: 60 }).map((words) => words.join(' '));
    fc.assert(fc.property(soup, exercise), { numRuns: 3000 });
  });
});

describe('no JSON makes it throw', () => {
  it('of any shape', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        const json = parseJson(createSource(text));
        if (json.ok) schemaFromJson(json.value);
      }),
      { numRuns: 2000 },
    );
  });

  it('that nests deeper than any text can', () => {
    let type: JsonValue = { type: 'Long' };
    for (let level = 0; level < 100_000; level++) type = { type: 'Set', element: type };
    const read = schemaFromJson({ '': { commonTypes: { T: type }, entityTypes: {}, actions: {} } });
    expect(read.diagnostics.map((d) => d.code)).toEqual(['nesting-too-deep']);
  });

  it('with members that every object inherits', () => {
    const proto = createJsonObject();
    for (const name of ['__proto__', 'constructor']) proto[name] = createJsonObject();
    const read = schemaFromJson({ '': { entityTypes: proto, actions: proto, commonTypes: createJsonObject() } });
    const resolved = read.ok ? resolveSchema([read.value]) : read;
    expect(resolved.ok ? [...resolved.value.entityTypes.keys()] : resolved.diagnostics).toEqual([
      '__proto__',
      'constructor',
    ]);
    const empty = schemaFromJson({ '': createJsonObject() });
    expect(empty.diagnostics.map((d) => d.data?.['field'])).toEqual(['entityTypes', 'actions']);
  });

  it('with repeated keys, which its reader refuses', () => {
    const text = '{"": {"entityTypes": {"A": {}, "A": {}}, "actions": {}}}';
    expect(parseJson(createSource(text)).diagnostics.map((d) => d.code)).toEqual(['json-duplicate-key']);
  });
});

describe('types that nest', () => {
  const sets = (depth: number): string => `type T = ${'Set<'.repeat(depth)}Long${'>'.repeat(depth)};`;
  const records = (depth: number): string => `type T = ${'{a:'.repeat(depth)}Long${'}'.repeat(depth)};`;
  const chain = (length: number): string =>
    `${Array.from({ length }, (_, i) => `type T${i} = Set<T${i + 1}>;`).join('')} type T${length} = Long;`;

  it('are read up to 500 levels', () => {
    for (const make of [sets, records]) {
      expect(codesOf(make(499))).toEqual([]);
      expect(codesOf(make(600))).toEqual(['nesting-too-deep']);
      expect(codesOf(make(100_000))).toEqual(['nesting-too-deep']);
    }
  });

  it('through common types are resolved up to 1,000 levels', () => {
    expect(codesOf(chain(1000))).toEqual([]);
    expect(codesOf(chain(1001))).toEqual(['type-too-deep']);
    expect(codesOf(chain(50_000))).toEqual(['type-too-deep']);
  });

  it('and are unclosed do not overflow the stack', () => {
    expect(codesOf('type T = '.concat('{a:'.repeat(100_000)))).toEqual(['nesting-too-deep']);
    expect(codesOf('namespace A {'.repeat(50_000)).slice(0, 2)).toEqual(['nested-namespace', 'nested-namespace']);
  });

  it('share what is used twice, so doubling does not grow', () => {
    const doubling = `type T0 = { a: Long }; ${Array.from({ length: 200 }, (_, i) => `type T${i + 1} = { a: T${i}, b: T${i} };`).join(' ')}`;
    expect(codesOf(doubling)).toEqual([]);
  });
});

describe('large schemas', () => {
  const many = (make: (i: number) => string, count = 20_000): string =>
    Array.from({ length: count }, (_, i) => make(i)).join('\n');

  it('of entity types, attributes and actions are read', () => {
    expect(codesOf(many((i) => `entity E${i} in E${i === 0 ? 0 : i - 1} { a: E0, b: Set<Long> };`))).toEqual([]);
    expect(codesOf(`type T = { ${many((i) => `a${i}: Long,`)} };`)).toEqual([]);
    expect(codesOf(many((i) => `action a${i}${i === 0 ? '' : ` in a${i - 1}`};`))).toEqual([]);
    expect(codesOf(`entity E enum [${many((i) => `"${i}"${i === 19_999 ? '' : ','}`)}];`)).toEqual([]);
  });

  it('with a long hierarchy answer questions about some of it', () => {
    const fragment = parseSchema(createSource(many((i) => `entity E${i}${i === 0 ? '' : ` in E${i - 1}`};`)));
    const resolved = fragment.ok ? resolveSchema([fragment.value]) : fragment;
    const types = resolved.ok ? resolved.value.entityTypes : undefined;
    expect(types?.get('E19999')?.ancestors.size).toBe(19_999);
    expect(types?.get('E0')?.descendants.size).toBe(19_999);
  });

  it('full of mistakes stop at 1,000 of them', () => {
    const codes = codesOf(many((i) => `enity E${i};`));
    expect([codes.length, codes.at(-1)]).toEqual([1001, 'too-many-problems']);
    expect(codesOf(many((i) => `entity E${i} in Nope${i};`)).length).toBeLessThanOrEqual(1001);
  });
});
