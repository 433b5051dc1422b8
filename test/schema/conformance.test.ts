import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseJson } from '../../src/json/parse-json.js';
import { parseSchema } from '../../src/parser/parse-schema.js';
import { resolveSchema } from '../../src/schema/resolve-schema.js';
import { schemaFromJson } from '../../src/schema/schema-from-json.js';
import { schemaToJson, schemaToJsonWithResolvedTypes } from '../../src/schema/schema-to-json.js';
import { createSource } from '../../src/text/source.js';
import { CONFORMANCE, conformanceText } from '../support/conformance-data.js';
import { readCorpus } from '../support/corpus.js';
import { compareSchema, readFragment } from './compare.js';
import { officialRefusal, officialRefusalOfJsonText } from './oracle.js';
import { schemaFiles } from './schema-files.js';

interface Trap {
  readonly name: string;
  readonly kind: string;
  readonly schema: string | object;
  readonly expected: { readonly ok: boolean };
}

function accepts(schema: string | object): boolean {
  const fragment = readFragment(schema);
  return fragment.ok && resolveSchema([fragment.value]).ok;
}

/** JSON whose objects have their keys in order, so that equal data is equal text. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

describe.skipIf(CONFORMANCE === undefined)('the conformance data of schemas', () => {
  it('has traps, which are accepted and refused as written down', () => {
    const traps = (JSON.parse(conformanceText('traps.json')) as readonly Trap[]).filter(
      ({ kind }) => kind === 'schema',
    );
    const wrong = traps.filter(({ schema, expected }) => accepts(schema) !== expected.ok).map(({ name }) => name);
    expect(traps.length).toBeGreaterThanOrEqual(39);
    expect(wrong).toEqual([]);
  });

  it('has schemas with resolved names, which we resolve alike', () => {
    const folder = resolve(CONFORMANCE ?? '', 'schema-resolution');
    const files = readdirSync(folder).filter((path) => path.endsWith('.cedarschema'));
    const wrong = files.filter((path) => {
      const fragment = parseSchema(createSource(readFileSync(resolve(folder, path), 'utf8')));
      const json = fragment.ok ? schemaToJsonWithResolvedTypes(fragment.value) : fragment;
      const expected: unknown = JSON.parse(
        readFileSync(resolve(folder, path.replace('.cedarschema', '.resolved.json')), 'utf8'),
      );
      return !json.ok || canonical(json.value) !== canonical(expected);
    });
    expect(files.length).toBe(16);
    expect(wrong).toEqual([]);
  });

  it('has schema files, which we read, resolve and convert as the official engine does', () => {
    const files = schemaFiles();
    const differences = files.flatMap((path) => {
      const text = readFileSync(path, 'utf8');
      if (!path.endsWith('.json')) return compareSchema(text).differences;
      const json = parseJson(createSource(text));
      if (json.ok) return compareSchema(JSON.parse(text) as object).differences;
      const theirs = officialRefusalOfJsonText(text);
      return theirs === undefined ? [{ schema: path, what: 'verdict', ours: json.diagnostics, theirs }] : [];
    });
    console.log(`${files.length} schema files`);
    expect(differences).toEqual([]);
  });
});

const corpus = readCorpus();

describe.skipIf(corpus.size === 0)('the schemas of the official corpus', () => {
  const texts = [...corpus].filter(([path]) => path.endsWith('.cedarschema'));

  it('are all accepted, and become the JSON that is recorded beside them', () => {
    const wrong = texts.filter(([path, text]) => {
      const fragment = parseSchema(createSource(text));
      if (!fragment.ok || !resolveSchema([fragment.value]).ok) return true;
      const recorded = corpus.get(`${path}.json`);
      return recorded !== undefined && canonical(schemaToJson(fragment.value)) !== canonical(JSON.parse(recorded));
    });
    console.log(`${texts.length} schemas of the corpus, ${wrong.length} wrong`);
    expect(wrong.map(([path]) => path)).toEqual([]);
  });

  it('mean the same in JSON', () => {
    const recorded = [...corpus].filter(([path]) => path.endsWith('.cedarschema.json'));
    const wrong = recorded.filter(([path, text]) => {
      const json = parseJson(createSource(text));
      const fragment = json.ok ? schemaFromJson(json.value) : json;
      if (!fragment.ok || !resolveSchema([fragment.value]).ok) return true;
      const written = parseSchema(createSource(corpus.get(path.replace(/\.json$/, '')) ?? ''));
      return !written.ok || canonical(schemaToJson(written.value)) !== canonical(schemaToJson(fragment.value));
    });
    expect(wrong.map(([path]) => path)).toEqual([]);
  });

  it('are converted and printed as by the official engine', () => {
    const sample = texts.filter((_, index) => index % 20 === 0);
    expect(sample.flatMap(([, text]) => compareSchema(text).differences)).toEqual([]);
    expect(sample.filter(([, text]) => officialRefusal(text) !== undefined)).toEqual([]);
  });
});
