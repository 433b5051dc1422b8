import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as ours from '../../src/cedar-wasm/index.js';
import { ARBITRARY_CALLS, type Calls } from './arbitrary-calls.js';
import { type Comparison, compareOutcomes, samePlace } from './compare-outcomes.js';
import { officialOutcome, outcomeOf } from './oracle.js';

/** Cases for each function. `npm run fuzz` sets many, and then the seed is another one each time. */
const GIVEN_RUNS = process.env.DEODAR_FUZZ_RUNS;
const RUNS = Number(GIVEN_RUNS ?? 150);
const SEED = Number(process.env.DEODAR_FUZZ_SEED ?? (GIVEN_RUNS === undefined ? 20261121 : Date.now() % 2 ** 31));

function compareCalls(calls: Calls): readonly Comparison[] {
  const theirs = calls.map(({ name, args }) => officialOutcome(name, args));
  return calls.map(({ name, args }, i) => {
    const their = theirs[i];
    if (their === undefined) throw new Error('no outcome');
    return { name, args, ours: outcomeOf(ours[name], args), theirs: their };
  });
}

describe(`fuzzed calls have the answers of the official package (seed ${SEED})`, () => {
  it.each(Object.entries(ARBITRARY_CALLS))('%s', { timeout: 60_000 + RUNS * 100 }, (name, calls) => {
    const counts: Record<string, number> = {};
    const count = (what: string): void => {
      counts[what] = (counts[what] ?? 0) + 1;
    };
    const property = fc.property(calls, (each) => {
      for (const comparison of compareCalls(each)) {
        const found = compareOutcomes(comparison);
        if (typeof found === 'object') expect.fail(`${comparison.name}: ${found.differs}`);
        count(found); if (found==='array-for-object') console.log('AFO', JSON.stringify(comparison.ours).slice(0,300));
        // What follows a known difference may differ because of it.
        if (found !== 'same') break;
        const { theirs } = comparison;
        if (theirs.kind === 'answer') count(String(Object(theirs.answer).type));
        else count(theirs.kind);
        const place = samePlace(comparison);
        if (place !== undefined) count(place ? 'same place' : 'other place');
      }
    });
    fc.assert(property, { numRuns: RUNS, seed: SEED });
    console.log(`${name}: seed ${SEED}, ${JSON.stringify(counts)}`);
    expect(counts.success ?? 0).toBeGreaterThan(RUNS / 20);
    expect((counts.failure ?? 0) + (counts.throws ?? 0)).toBeGreaterThan(RUNS / 50);
    // An error need not be where the official engine gives up, but mostly it is.
    expect(counts['same place'] ?? 0).toBeGreaterThanOrEqual((counts['other place'] ?? 0) / 2);
  });
});
