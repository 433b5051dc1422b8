import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Diagnostic, Result } from '../../src/diagnostics/diagnostic.js';
import { renderDiagnostic } from '../../src/diagnostics/render.js';
import { contextFromJson, entitiesFromJson } from '../../src/entities/entities-from-json.js';
import type { Entity, EntityStore } from '../../src/entities/entity.js';
import { createEntityStore } from '../../src/entities/entity-store.js';
import { entitiesToJson, entityToJson } from '../../src/entities/entity-to-json.js';
import { entityUidFromJson } from '../../src/entities/entity-uid.js';
import { valueFromJson } from '../../src/entities/value-from-json.js';
import { jsonFromJavaScript } from '../../src/json/from-javascript.js';
import { isJsonArray, isJsonObject, type JsonValue } from '../../src/json/json-value.js';
import { locateDiagnostics } from '../../src/json/locate.js';
import { parseJson } from '../../src/json/parse-json.js';
import { printJson } from '../../src/json/print-json.js';
import { createSource } from '../../src/text/source.js';
import { entityUid } from '../../src/values/value.js';
import { checkEntitiesText } from '../json/oracle.js';

function json(text: string): JsonValue {
  const result = parseJson(createSource(text));
  if (!result.ok) throw new Error(result.diagnostics.map(renderDiagnostic).join('\n'));
  return result.value;
}

function problems(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map((d) => `${d.pointer} ${d.severity === 'warning' ? '~' : ''}${d.code}`);
}

function read(text: string): Result<readonly Entity[]> {
  return entitiesFromJson(json(text));
}

function store(text: string): Result<EntityStore> {
  const entities = read(text);
  return entities.ok ? createEntityStore(entities.value) : entities;
}

describe('entitiesFromJson', () => {
  it('reads uid, attributes, parents and tags', () => {
    const result = read(
      '[{"uid":{"type":"A::B","id":"x"},"attrs":{"n":9223372036854775807,"e":{"__entity":{"type":"A","id":""}}},"parents":[{"__entity":{"type":"G","id":"g"}}],"tags":{"t":["a","a"]},"more":null}]',
    );
    const plain =
      result.ok &&
      result.value.map((e) => ({ ...e, attributes: new Map(e.attributes), tags: new Map<string, unknown>(e.tags) }));
    expect(plain).toEqual([
      {
        uid: entityUid('A::B', 'x'),
        attributes: new Map<string, unknown>([
          ['n', 9223372036854775807n],
          ['e', entityUid('A', '')],
        ]),
        tags: new Map([['t', { kind: 'set', elements: ['a'] }]]),
        parents: [entityUid('G', 'g')],
      },
    ]);
    expect(result.diagnostics).toEqual([]);
  });

  it('reports all problems with their pointers', () => {
    const text = `[
      {"uid": "A::\\"x\\"", "attrs": {"a/b": null, "c": [1.5, {"d": -0}]}, "parents": [1, {"type": "A"}]},
      {"attr": {}, "parents": {}},
      {"uid": {"type": "A :: B", "id": "x"}, "attrs": [], "parents": [], "tags": null},
      7
    ]`;
    expect(problems(read(text).diagnostics)).toEqual([
      '/0/uid bad-entity-reference',
      '/0/attrs/a~1b null-value',
      '/0/attrs/c/0 number-not-integer',
      '/0/attrs/c/1/d number-not-integer',
      '/0/parents/0 bad-entity-reference',
      '/0/parents/1 bad-entity-reference',
      '/1/attr ~unknown-field',
      '/1 missing-field',
      '/1 missing-field',
      '/1/parents bad-entity',
      '/2/uid/type bad-type-name',
      '/2/attrs bad-entity',
      '/2/tags bad-entity',
      '/3 bad-entity',
    ]);
  });

  it('gives file, line and column when the source is known', () => {
    const source = createSource(
      '[\n  {"uid": {"type": "if", "id": "x"},\n   "attrs": {"a": 1.0},\n   "parents": []}\n]',
      'entities.json',
    );
    const parsed = parseJson(source);
    const result = parsed.ok ? entitiesFromJson(parsed.value) : parsed;
    expect(locateDiagnostics(source, result.diagnostics).map(renderDiagnostic)).toEqual([
      [
        'entities.json:2:20: error[bad-type-name]: "if" is not an entity type name',
        '  2 |   {"uid": {"type": "if", "id": "x"},',
        '    |                    ^^^^',
        '  help: `if` is reserved; choose another name',
      ].join('\n'),
      [
        'entities.json:3:19: error[number-not-integer]: 1.0 is not an integer token; Cedar has no other numbers',
        '  3 |    "attrs": {"a": 1.0},',
        '    |                   ^^^',
        '  help: write 1',
      ].join('\n'),
    ]);
  });

  it('always says what to do', () => {
    const texts = [
      '{}',
      '{"uid":1}',
      '1',
      '[1]',
      '[[]]',
      '[{}]',
      '[{"uid":1,"attrs":1,"parents":1,"tags":1}]',
      '[{"uid":{"type":"A::","id":"x"},"attrs":{"a":{"__expr":"1"}},"parents":[{"type":"A","id":1}]}]',
    ];
    for (const text of texts)
      for (const d of read(text).diagnostics) expect(d.help, `${text}: ${d.code}`).toBeTypeOf('string');
  });
});

describe('a uid in JSON', () => {
  it.each<[string, string]>([
    ['{"type":"A","id":"x"}', 'A x'],
    ['{"__entity":{"type":"A","id":"x"}}', 'A x'],
    ['{"__entity":{"type":"A","id":"x"},"type":"B","id":"y"}', 'A x'],
    ['{"__entity":1,"type":"B","id":"y"}', 'B y'],
    ['["A","x"]', 'A x'],
    ['{"__entity":["A","x"]}', 'A x'],
    ['{"type":"N::M::A","id":"","more":1.5}', 'N::M::A '],
  ])('is %s', (text, expected) => {
    const result = entityUidFromJson(json(text));
    expect(result.ok && `${result.value.type} ${result.value.id}`).toBe(expected);
  });

  it.each<[string, string]>([
    ['"A::\\"x\\""', '/principal bad-entity-reference'],
    ['{"type":"A"}', '/principal bad-entity-reference'],
    ['{"type":"A","id":null}', '/principal/id bad-entity-reference'],
    ['{"__expr":"A::\\"x\\"","type":"A","id":"x"}', '/principal/__expr expr-escape'],
    ['{"type":"A//c\\n","id":"x"}', '/principal/type bad-type-name'],
    ['{"__entity":{"type":"__cedar","id":"x"}}', '/principal/__entity/type bad-type-name'],
    ['["A"]', '/principal bad-entity-reference'],
    ['null', '/principal bad-entity-reference'],
  ])('is not %s', (text, problem) => {
    const result = entityUidFromJson(json(text), '/principal');
    expect(problems(result.diagnostics)).toEqual([problem]);
  });

  it('suggests the JSON form for a text', () => {
    expect(entityUidFromJson(json('"A::\\"x\\""')).diagnostics[0]?.help).toBe('write `{"type":"A","id":"x"}`');
  });
});

describe('a value in JSON', () => {
  it.each<[string, string]>([
    ['{"__extn":{"fn":"ipp","arg":"x"}}', '/__extn/fn unknown-extension-function'],
    ['{"__extn":{"fn":"ip","args":[]}}', '/__extn wrong-number-of-arguments'],
    ['{"__extn":{"fn":"ip","arg":1}}', '/__extn/arg wrong-argument-type'],
    [
      '{"__extn":{"fn":"lessThan","args":[{"__extn":{"fn":"decimal","arg":"1.0"}},1]}}',
      '/__extn/args/1 wrong-argument-type',
    ],
    ['{"__extn":{"fn":"ip","arg":"x"}}', '/__extn/arg extension-failure'],
    ['{"__expr":"1"}', '/__expr expr-escape'],
    ['9223372036854775808', ' integer-out-of-range'],
    ['{"a":{"__entity":1}}', '/a/__entity ~escape-is-record'],
    ['{"__extn":{"fn":"ip","arg":"::1"},"x":1}', '/__extn ~escape-is-record'],
  ])('%s is reported at its place', (text, problem) => {
    expect(problems(valueFromJson(json(text)).diagnostics)).toEqual([problem]);
  });

  it('suggests the nearest extension function', () => {
    expect(valueFromJson(json('{"__extn":{"fn":"decimals","arg":"x"}}')).diagnostics[0]?.help).toBe(
      'did you mean `decimal`?',
    );
  });

  it('that a program handed over rounded is refused as such', () => {
    const handed = jsonFromJavaScript({ a: 2 ** 53, b: 0.5, c: 2n ** 62n });
    expect(handed.ok && problems(valueFromJson(handed.value).diagnostics)).toEqual([
      '/a inexact-integer',
      '/b number-not-integer',
    ]);
  });

  it('nested without end does not exhaust the stack', () => {
    let deep: JsonValue = [];
    for (let i = 0; i < 100_000; i++) deep = [deep];
    expect(problems(valueFromJson(deep).diagnostics)[0]).toMatch(/json-too-deep$/);
  });
});

describe('contextFromJson', () => {
  it.each<[string, string]>([
    ['[]', ' context-not-record'],
    ['null', ' context-not-record'],
    ['{"__entity":{"type":"A","id":"x"}}', ' context-not-record'],
    ['{"__extn":{"fn":"ip","arg":"1.1.1.1"}}', ' context-not-record'],
    ['{"a":null,"b":1.5}', '/a null-value|/b number-not-integer'],
  ])('refuses %s', (text, expected) => {
    expect(problems(contextFromJson(json(text)).diagnostics).join('|')).toBe(expected);
  });

  it('reads a record', () => {
    const result = contextFromJson(json('{"a":{"type":"A","id":"x"}}'));
    expect(result.ok && printJson([...result.value.fields.keys()])).toBe('["a"]');
  });
});

describe('entities written back', () => {
  it('list all ancestors, and tags only where there are some', () => {
    const text =
      '[{"uid":{"type":"A","id":"x"},"attrs":{"b":1,"a":"é"},"parents":[{"type":"G","id":"g"}],"tags":{"t":1}},{"uid":{"type":"G","id":"g"},"attrs":{},"parents":[{"type":"G","id":"top"}]}]';
    const made = store(text);
    const written = made.ok ? entitiesToJson(made.value) : made;
    expect(written.ok && printJson(written.value)).toBe(
      '[{"uid":{"type":"A","id":"x"},"attrs":{"a":"é","b":1},"parents":[{"type":"G","id":"g"},{"type":"G","id":"top"}],"tags":{"t":1}},{"uid":{"type":"G","id":"g"},"attrs":{},"parents":[{"type":"G","id":"top"}]}]',
    );
  });

  it('say where a record cannot be written', () => {
    const made = store('[{"uid":{"type":"A","id":"x"},"attrs":{"__entity":1,"r":{"__extn":1}},"parents":[]}]');
    const found = made.ok ? made.value.find(entityUid('A', 'x')) : undefined;
    expect(made.ok && found !== undefined && problems(entityToJson(found, made.value).diagnostics)).toEqual([
      '/attrs/r/__extn reserved-key',
    ]);
    expect(made.ok && problems(entitiesToJson(made.value).diagnostics)).toEqual(['/0/attrs/r/__extn reserved-key']);
  });
});

const CONFORMANCE = [process.env.DEODAR_CONFORMANCE, join(import.meta.dirname, '../../../shared/conformance')].find(
  (path): path is string => path !== undefined && existsSync(path),
);
if (CONFORMANCE === undefined)
  console.warn('CONFORMANCE DATA NOT FOUND: the entity traps and entity files are not tested');

describe.skipIf(CONFORMANCE === undefined)('conformance data', () => {
  const file = (...path: readonly string[]): string => readFileSync(join(CONFORMANCE ?? '', ...path), 'utf8');

  it('every trap about entities without a schema has the verdict of the official engine', () => {
    const traps = json(file('traps.json'));
    let tested = 0;
    for (const trap of isJsonArray(traps) ? traps : []) {
      if (!isJsonObject(trap) || trap.kind !== 'entities' || trap.schema !== undefined) continue;
      const text = typeof trap.entitiesText === 'string' ? trap.entitiesText : printJson(trap.entities ?? null);
      const parsed = parseJson(createSource(text));
      const expected = isJsonObject(trap.expected) && trap.expected.ok;
      expect(parsed.ok && store(text).ok, String(trap.name)).toBe(expected);
      tested++;
    }
    expect(tested).toBe(18);
  });

  it('the entity files, read without their schemas, have the verdict of the official engine', () => {
    const names = readdirSync(join(CONFORMANCE ?? '', 'entity-parsing')).filter((name) =>
      name.endsWith('.entities.json'),
    );
    expect(names.length).toBeGreaterThan(10);
    for (const name of names) {
      const text = file('entity-parsing', name);
      expect(store(text).ok, name).toBe(checkEntitiesText(`{"entities":${text}}`) === 'success');
    }
  });

  it('the entities of the hand-written tests are read and written back', () => {
    const folder = join(CONFORMANCE ?? '', 'handwritten', 'sample-data');
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /entities[^/]*\.json$/.test(name),
    );
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) {
      const first = store(readFileSync(join(folder, name), 'utf8'));
      const written = first.ok ? entitiesToJson(first.value) : first;
      expect(written.ok, name).toBe(true);
      if (!first.ok || !written.ok) continue;
      const second = store(printJson(written.value));
      const again = second.ok ? entitiesToJson(second.value) : second;
      expect(again.ok && printJson(again.value), name).toBe(printJson(written.value));
    }
  });
});
