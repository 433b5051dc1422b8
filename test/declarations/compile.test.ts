import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { printDeclarations } from '../../src/declarations/print-declarations.js';
import type { JsonObject, JsonValue } from '../../src/json/json-value.js';
import { parseJson } from '../../src/json/parse-json.js';
import { resolveSchema } from '../../src/schema/resolve-schema.js';
import type { Schema } from '../../src/schema/schema.js';
import { createSource } from '../../src/text/source.js';
import { printEntityUid } from '../../src/values/print.js';
import { entityUid } from '../../src/values/value.js';
import { list, object, readJson } from '../conformance/integration-tests.js';
import { readFragment } from '../schema/compare.js';
import { randomSchemaJson, randomSchemaText } from '../schema/random-schema.js';
import { schemaFiles } from '../schema/schema-files.js';
import { readCorpus } from '../support/corpus.js';
import { Random } from '../support/random.js';
import { compile, expressionOf } from './compile.js';

const FIXTURES = resolve(import.meta.dirname, 'fixtures');
const PACK = resolve(import.meta.dirname, '../../policies/coding-agent/schema.cedarschema');

function fixture(name: string): string {
  return readFileSync(resolve(FIXTURES, name), 'utf8');
}

/** Undefined for what is no schema. */
function schemaOf(written: string | object): Schema | undefined {
  const fragment = readFragment(written);
  const schema = fragment.ok ? resolveSchema([fragment.value]) : fragment;
  return schema.ok ? schema.value : undefined;
}

function declarationsOf(written: string | object): string | undefined {
  const schema = schemaOf(written);
  return schema && printDeclarations(schema, { command: 'a test' });
}

/** A program that uses everything that declarations have. */
function programFor(module: string): string {
  return [
    "import { createAuthorizer, type EntityOf, type TypedRequest } from 'deodar';",
    `import type { Schema } from './${module}.js';`,
    'export const entities: readonly EntityOf<Schema>[] = [];',
    "export const authorizer = createAuthorizer<Schema>({ policies: '', entities });",
    'export const decide = (request: TypedRequest<Schema>) => authorizer.isAuthorized(request).reason;',
  ].join('\n');
}

describe('the fixtures', () => {
  it('compile, which says that every wrong call is refused and every right one is not', () => {
    const names = readdirSync(FIXTURES).filter((name) => name.endsWith('.ts'));
    const wrong = fixture('wrong-calls.ts').match(/^\/\/ @ts-expect-error/gm) ?? [];
    expect(compile(new Map(names.map((name) => [name, fixture(name)])))).toBe('');
    expect(wrong.length).toBeGreaterThanOrEqual(55);
  });

  it('would not compile if a wrong call were right', () => {
    const text = fixture('wrong-calls.ts').replace('"veiw"', '"view"');
    const files = ['photos.ts', 'right-calls.ts'].map((name): [string, string] => [name, fixture(name)]);
    const said = compile(new Map([...files, ['wrong-calls.ts', text]]));
    expect(said.trim().split('\n')).toEqual([expect.stringContaining("Unused '@ts-expect-error' directive")]);
  });
});

describe('messages of the compiler', () => {
  it('name the types of the schema', async () => {
    const text = fixture('wrong-calls.ts').replaceAll('// @ts-expect-error', '//');
    const files = ['photos.ts', 'right-calls.ts'].map((name): [string, string] => [name, fixture(name)]);
    const said = compile(new Map([...files, ['wrong-calls.ts', text]]))
      .split('\n')
      .filter((line) => line.startsWith('wrong-calls.ts'))
      .map((line) => line.replace(/^wrong-calls\.ts\(\d+,\d+\): error TS\d+: /, ''));
    expect(said.length).toBeGreaterThanOrEqual(55);
    await expect(`${said.join('\n')}\n`).toMatchFileSnapshot('golden/messages.txt');
  });
});

describe('declarations', () => {
  it('of the conformance data, of other people and of the pack for coding agents compile', () => {
    const files = new Map<string, string>();
    for (const [index, path] of [...schemaFiles(), PACK].entries()) {
      const text = readFileSync(path, 'utf8');
      const json = path.endsWith('.json') ? parseJson(createSource(text)) : undefined;
      const declarations =
        json?.ok === false ? undefined : declarationsOf(json === undefined ? text : JSON.parse(text));
      if (declarations === undefined) continue;
      files.set(`schema${index}.ts`, declarations);
      files.set(`program${index}.ts`, programFor(`schema${index}`));
    }
    console.log(`${files.size / 2} schemas`);
    expect(compile(files)).toBe('');
    expect(files.size / 2).toBeGreaterThan(0);
  });

  it('of random schemas with odd names compile', () => {
    const random = new Random(20261121);
    const files = new Map<string, string>();
    for (let index = 0; index < 600; index++) {
      const declarations = declarationsOf(index % 2 === 0 ? randomSchemaText(random) : randomSchemaJson(random));
      if (declarations === undefined) continue;
      files.set(`schema${index}.ts`, declarations);
      files.set(`program${index}.ts`, programFor(`schema${index}`));
    }
    expect(files.size / 2).toBeGreaterThan(100);
    expect(compile(files)).toBe('');
  });
});

const corpus = readCorpus();
/** More of the 3,871 can be asked for: DEODAR_CORPUS_TESTS=4000. */
const CORPUS_TESTS = Number(process.env.DEODAR_CORPUS_TESTS ?? 150);

/** A call with a request of the corpus. */
function callOf(request: JsonObject, context: JsonValue): string {
  const { type, id } = object(request.action);
  const action = printEntityUid(entityUid(String(type), String(id)));
  const written = { principal: request.principal ?? null, action, resource: request.resource ?? null, context };
  return `authorizer.isAuthorized(${expressionOf(written)});`;
}

/** A program with the entities and requests of a test, which the official engine accepts, and with more than is declared. */
function corpusProgram(test: JsonObject, module: string): string {
  const entities = list(readJson(corpus.get(String(test.entities)) ?? ''));
  const extra = { 'not declared': true };
  const lines = [
    programFor(module),
    `export const given: readonly EntityOf<Schema>[] = ${expressionOf(entities)};`,
    ...entities.slice(0, 3).flatMap((entity) => {
      const more = { ...object(entity), attrs: { ...object(object(entity).attrs), ...extra } };
      return ['// @ts-expect-error: an attribute too many', `given.includes(${expressionOf(more)});`];
    }),
  ];
  for (const json of list(test.requests)) {
    const request = object(json);
    lines.push(callOf(request, request.context ?? {}), '// @ts-expect-error: an attribute too many');
    lines.push(callOf(request, { ...object(request.context), ...extra }));
  }
  return lines.join('\n');
}

describe.skipIf(corpus.size === 0)('declarations for the official corpus', () => {
  it(`accept its entities and requests, and refuse attributes that are not declared (${CORPUS_TESTS} tests)`, () => {
    const names = [...corpus.keys()].filter((name) => /^corpus-tests\/[0-9a-f]+\.json$/.test(name)).sort();
    const files = new Map<string, string>();
    let index = 0;
    for (const name of names.slice(0, CORPUS_TESTS)) {
      const test = object(readJson(corpus.get(name) ?? ''));
      const declarations = declarationsOf(corpus.get(String(test.schema)) ?? '');
      if (declarations === undefined) throw new Error(`${name} has no schema`);
      files.set(`schema${index}.ts`, declarations);
      files.set(`corpus${index}.ts`, corpusProgram(test, `schema${index}`));
      index++;
    }
    expect(compile(files)).toBe('');
  });
});
