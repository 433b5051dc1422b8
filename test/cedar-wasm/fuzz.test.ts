import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ARBITRARY_CALLS } from './arbitrary-calls.js';
import { SCHEMA_CALLS } from './arbitrary-schema-calls.js';
import { callBoth, compareOutcomes, samePlace, sameWords } from './compare-outcomes.js';
import { RUNS, SEED } from './fuzz-settings.js';
import { renewOfficial } from './oracle.js';

describe(`fuzzed calls have the answers of the official package (seed ${SEED})`, () => {
  it.each(Object.entries({ ...ARBITRARY_CALLS, ...SCHEMA_CALLS }))(
    '%s',
    { timeout: 60_000 + RUNS * 100 },
    (name, calls) => {
      const counts: Record<string, number> = {};
      const count = (what: string): void => {
        counts[what] = (counts[what] ?? 0) + 1;
      };
      const property = fc.property(calls, (each) => {
        renewOfficial();
        for (const { name: called, args } of each) {
          const comparison = callBoth(called, args);
          const found = compareOutcomes(comparison);
          if (typeof found === 'object') expect.fail(`${comparison.name}: ${found.differs}`);
          count(found);
          // What follows a known difference may differ because of it.
          if (found !== 'same') break;
          const { theirs } = comparison;
          if (theirs.kind === 'answer') count(String(Object(theirs.answer).type));
          else count(theirs.kind);
          const place = samePlace(comparison);
          if (place !== undefined) count(place ? 'same place' : 'other place');
          if (name in SCHEMA_CALLS && Object(theirs).answer?.type === 'failure')
            count(sameWords(comparison) ? 'same words' : 'other words');
        }
      });
      fc.assert(property, { numRuns: RUNS, seed: SEED });
      console.log(`${name}: seed ${SEED}, ${JSON.stringify(counts)}`);
      expect(counts.success ?? 0).toBeGreaterThan(RUNS / 20);
      expect((counts.failure ?? 0) + (counts.throws ?? 0)).toBeGreaterThan(RUNS / 50);
      // An error need not be where the official engine gives up, but mostly it is.
      expect(counts['same place'] ?? 0).toBeGreaterThanOrEqual((counts['other place'] ?? 0) / 2);
      // What the official engine says about data and schemas, programs may look for. Numbers that Cedar lacks have better words here.
      expect(counts['same words'] ?? 0).toBeGreaterThanOrEqual(3 * (counts['other words'] ?? 0));
    },
  );
});
