import { describe, expect, it } from 'vitest';
import { CONFORMANCE, conformanceText } from '../support/conformance-data.js';
import { readCorpus } from '../support/corpus.js';
import { ENGINES } from '../support/engines.js';
import { list, object, readJson, runIntegrationTest, type Tally } from './integration-tests.js';

const corpus = readCorpus();

describe.skipIf(corpus.size === 0)('the official corpus', () => {
  const names = [...corpus.keys()].filter((name) => /^corpus-tests\/[0-9a-f]+\.json$/.test(name)).sort();

  it.each(ENGINES)(
    'is answered equally by %s: every decision, reason and error of every request',
    (engine, options) => {
      const tally: Tally = { requests: 0, differences: [] };
      for (const name of names) {
        const test = object(readJson(corpus.get(name) ?? ''));
        runIntegrationTest(
          {
            name,
            policies: corpus.get(String(test.policies)) ?? '',
            schema: corpus.get(String(test.schema)) ?? '',
            entities: corpus.get(String(test.entities)) ?? '',
            requests: list(test.requests),
          },
          tally,
          options,
        );
      }
      const { requests, differences, closures = 0, generated = 0 } = tally;
      console.log(
        `corpus by ${engine}: ${names.length} tests, ${requests} requests, ${differences.length} differences; ` +
          `conditions evaluated by closures ${closures}, by generated code ${generated}`,
      );
      if (options.generateAfter === 0) expect(generated).toBeGreaterThan(closures);
      else expect([closures > 0, generated]).toEqual([true, 0]);
      expect(tally.differences).toEqual([]);
      expect([names.length, tally.requests]).toEqual([3871, 30968]);
    },
  );
});

const HANDWRITTEN = [
  'decimal/1',
  'decimal/2',
  'example_use_cases/1a',
  'example_use_cases/2a',
  'example_use_cases/2b',
  'example_use_cases/2c',
  'example_use_cases/3a',
  'example_use_cases/3b',
  'example_use_cases/3c',
  'example_use_cases/4a',
  'example_use_cases/4d',
  'example_use_cases/4e',
  'example_use_cases/4f',
  'example_use_cases/5b',
  'ip/1',
  'ip/2',
  'ip/3',
  'multi/1',
  'multi/2',
  'multi/3',
  'multi/4',
  'multi/5',
];

describe.skipIf(CONFORMANCE === undefined)('the handwritten integration tests', () => {
  it.each(HANDWRITTEN)('%s', (name) => {
    const test = object(readJson(conformanceText(`handwritten/tests/${name}.json`)));
    const tally: Tally = { requests: 0, differences: [] };
    const text = (path: unknown): string => conformanceText(`handwritten/${String(path)}`);
    runIntegrationTest(
      {
        name,
        policies: text(test.policies),
        schema: text(test.schema),
        entities: text(test.entities),
        requests: list(test.requests),
      },
      tally,
    );
    expect(tally.differences).toEqual([]);
    expect(tally.requests).toBeGreaterThan(0);
  });
});
