import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.js';
import { renderDiagnostics } from '../../src/diagnostics/render.js';
import { parseSchema } from '../../src/parser/parse-schema.js';
import { SCHEMA_SYNTAX_CODES } from '../../src/parser/schema-codes.js';
import { SYNTAX_CODES } from '../../src/parser/syntax-codes.js';
import { printSchema } from '../../src/schema/print-schema.js';
import { resolveSchema } from '../../src/schema/resolve-schema.js';
import { SCHEMA_CODES } from '../../src/schema/schema-codes.js';
import { createSource } from '../../src/text/source.js';
import { readFragment } from './compare.js';
import { officialRefusal, officialText } from './oracle.js';
import { WRONG_SCHEMAS, WRONG_TEXTS, type WrongSchema } from './wrong-schemas.js';

/** Everything that reading, resolving and printing a schema say about it. */
function problems(schema: WrongSchema): readonly Diagnostic[] {
  const fragment = readFragment(schema);
  if (!fragment.ok) return fragment.diagnostics;
  const resolved = resolveSchema([fragment.value]);
  const printed = resolved.ok ? printSchema(fragment.value).diagnostics : [];
  return [...fragment.diagnostics, ...resolved.diagnostics, ...printed];
}

function shown(schema: WrongSchema): string {
  const text = typeof schema === 'string' ? schema : JSON.stringify(schema, undefined, 1).replaceAll(/\n */g, ' ');
  return `${text}\n\n${renderDiagnostics(problems(schema))}\n`;
}

const LINE = `\n${'-'.repeat(80)}\n`;
const MEANINGS: Readonly<Record<string, string>> = { ...SYNTAX_CODES, ...SCHEMA_SYNTAX_CODES, ...SCHEMA_CODES };
const WRONG: readonly (readonly [code: string, examples: readonly WrongSchema[]])[] = [
  ...Object.entries(WRONG_TEXTS),
  ...Object.entries(WRONG_SCHEMAS),
].map(([code, examples]) => [code, examples]);
/** Codes in both lists are explained in one file. */
const codes = [...new Set(WRONG.map(([code]) => code))];
const examplesOf = (code: string): readonly WrongSchema[] =>
  WRONG.flatMap(([other, examples]) => (other === code ? examples : []));

describe('every code', () => {
  it('has examples, apart from those about depth, which have tests of their own', () => {
    expect(codes.filter((code) => examplesOf(code).length === 0)).toEqual(['nesting-too-deep', 'type-too-deep']);
    for (const code of [...Object.keys(SCHEMA_SYNTAX_CODES), ...Object.keys(SCHEMA_CODES)])
      expect(codes).toContain(code);
  });

  it.each(codes.filter((code) => examplesOf(code).length > 0))('%s is explained as written down', async (code) => {
    const text = examplesOf(code).map(shown).join(LINE);
    await expect(`${code}: ${MEANINGS[code]}\n${LINE}${text}`).toMatchFileSnapshot(`golden/${code}.txt`);
  });

  it.each(codes)('%s is the only thing said about one such mistake', (code) => {
    for (const schema of examplesOf(code)) {
      const found = [...new Set(problems(schema).map((d) => d.code))];
      expect({ schema, found }).toEqual({ schema, found: [code] });
    }
  });

  it.each(codes)('%s is an error exactly where the official engine refuses the schema, or to print it', (code) => {
    for (const schema of examplesOf(code)) {
      const refused = officialRefusal(schema) !== undefined || 'refusal' in officialText(schema);
      expect({ schema, refused }).toEqual({ schema, refused: problems(schema).some((d) => d.severity === 'error') });
    }
  });

  it.each(codes)('%s says where the problem is', (code) => {
    for (const schema of examplesOf(code)) {
      for (const { labels, pointer } of problems(schema)) {
        if (typeof schema !== 'string') expect(pointer).toMatch(/^(\/.*)?$/);
        else expect(labels.length).toBeGreaterThan(0);
        for (const { span, source } of labels) {
          expect(0 <= span.start && span.start <= span.end && span.end <= source.text.length).toBe(true);
        }
      }
    }
  });
});

describe('a text with many mistakes', () => {
  it('has all of them reported at once, in the order of the text', () => {
    const text = [
      'entity User in [Group,] {',
      '  name: String',
      '  "age"?: Long;',
      '  tags: List<String>,',
      '  in: Long,',
      '}',
      'actoin view;',
      'namespace N {',
      '  action read appliesTo { principals: [User], resource: [] };',
      '  type T Long;',
      '}',
      'entity Color enum [];',
    ].join('\n');
    const found = parseSchema(createSource(text)).diagnostics.map((d) => d.code);
    expect(found).toEqual([
      'trailing-comma',
      'missing-comma',
      'unexpected-token',
      'unexpected-token',
      'reserved-word',
      'missing-semicolon',
      'expected-declaration',
      'unknown-entry',
      'empty-list',
      'unexpected-token',
      'empty-list',
    ]);
  });
});
