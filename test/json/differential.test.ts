import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonFraction, type JsonValue } from '../../src/json/json-value.js';
import { parseJson } from '../../src/json/parse-json.js';
import { printJson } from '../../src/json/print-json.js';
import { createSource } from '../../src/text/source.js';
import { jsonText, mutatedText } from './json-texts.js';
import { checkEntitiesText } from './oracle.js';

const RUNS = Number(process.env.DEODAR_RUNS ?? 2000);

/** An entity may carry members that Cedar does not know, so any JSON value can be put there. */
function wrap(text: string): string {
  return `{"entities":[{"uid":{"type":"A","id":"b"},"attrs":{},"parents":[],"other":${text}}]}`;
}

function parses(text: string): boolean {
  return parseJson(createSource(text)).ok;
}

describe('parseJson', () => {
  it('accepts what the reader of the official engine accepts, and nothing else', () => {
    fc.assert(
      fc.property(mutatedText, (text) => {
        expect(parses(wrap(text))).toBe(checkEntitiesText(wrap(text)) !== 'malformed');
      }),
      { numRuns: RUNS },
    );
  });

  it('agrees about depth', () => {
    for (let depth = 120; depth < 132; depth++) {
      const arrays = wrap('['.repeat(depth) + ']'.repeat(depth));
      const objects = wrap(`${'{"a":'.repeat(depth)}null${'}'.repeat(depth)}`);
      expect(parses(arrays), `${depth} arrays`).toBe(checkEntitiesText(arrays) !== 'malformed');
      expect(parses(objects), `${depth} objects`).toBe(checkEntitiesText(objects) !== 'malformed');
    }
  });

  it('reports at least one problem with a label within the text for whatever it refuses, and never throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          mutatedText,
          fc.string({ unit: 'binary' }),
          fc.string({ unit: fc.constantFrom(...'{}[],:"\'\\ \n/*#-+.0eaN\ud800\ufeff') }),
        ),
        (text) => {
          const result = parseJson(createSource(text));
          if (result.ok) return;
          expect(result.diagnostics.length).toBeGreaterThan(0);
          for (const d of result.diagnostics) {
            for (const { span } of d.labels) {
              expect(span.start).toBeGreaterThanOrEqual(0);
              expect(span.end).toBeGreaterThanOrEqual(span.start);
              expect(span.end).toBeLessThanOrEqual(text.length);
            }
            expect(d.labels.length).toBeGreaterThan(0);
          }
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('gives the values of JSON.parse where doubles are enough', () => {
    const plain = (value: JsonValue): unknown => {
      if (value instanceof JsonFraction) return Number(value.text);
      if (typeof value === 'bigint') return Number(value);
      if (value === null || typeof value !== 'object') return value;
      if (Array.isArray(value)) return value.map(plain);
      return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member)]));
    };
    fc.assert(
      fc.property(fc.json(), (text) => {
        const result = parseJson(createSource(text));
        if (!result.ok) expect(result.diagnostics.every((d) => /duplicate|surrogate/.test(d.code))).toBe(true);
        else expect(plain(result.value)).toEqual(JSON.parse(text));
      }),
      { numRuns: RUNS },
    );
  });

  it('reads back what printJson writes', () => {
    fc.assert(
      fc.property(jsonText, fc.nat(4), (text, indent) => {
        const first = parseJson(createSource(text));
        if (!first.ok) return;
        const printed = printJson(first.value, indent);
        expect(parseJson(createSource(printed))).toEqual(first);
      }),
      { numRuns: RUNS },
    );
  });
});
