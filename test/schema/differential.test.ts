import { describe, expect, it } from 'vitest';
import { Random } from '../support/random.js';
import { compareSchema, type Difference } from './compare.js';
import { SCHEMA_GRAMMAR } from './grammar-examples.js';
import { mutateSchemaJson, mutateSchemaText } from './mutate-schema.js';
import type { OfficialSchema } from './oracle.js';
import { randomSchemaJson, randomSchemaText } from './random-schema.js';

/** More cases and another seed can be asked for: DEODAR_FUZZ_RUNS=20000 DEODAR_FUZZ_SEED=7. */
const RUNS = Number(process.env.DEODAR_FUZZ_RUNS ?? 300);
const SEED = Number(process.env.DEODAR_FUZZ_SEED ?? 20251122);

/** Compares many schemas; the share that the official engine accepts shows that the cases are not all noise. */
function compare(name: string, leastAccepted: number, make: (random: Random) => OfficialSchema): void {
  it(`${name} are read, resolved, converted and printed as by the official engine (${RUNS} cases, seed ${SEED})`, () => {
    const random = new Random(SEED);
    const differences: Difference[] = [];
    let accepted = 0;
    for (let run = 0; run < RUNS && differences.length < 20; run++) {
      const result = compareSchema(make(random));
      if (result.accepted) accepted++;
      differences.push(...result.differences);
    }
    console.log(`${name}: ${RUNS} cases with seed ${SEED}, ${accepted} accepted, ${differences.length} differences`);
    expect(differences).toEqual([]);
    expect(accepted).toBeGreaterThan(RUNS * leastAccepted);
  }, 3_600_000);
}

const examples = SCHEMA_GRAMMAR.examples.flatMap(({ accepted, text }) => (accepted ? text : []));

describe('random schemas', () => {
  compare('texts', 0.3, randomSchemaText);
  compare('mutated texts', 0.02, (random) => mutateSchemaText(randomSchemaText(random), random));
  compare('mutated examples', 0.08, (random) => mutateSchemaText(random.pick(examples), random));
  compare('JSON', 0.2, randomSchemaJson);
  compare('mutated JSON', 0.05, (random) => mutateSchemaJson(randomSchemaJson(random), random));
});
