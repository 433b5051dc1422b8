import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printPolicy } from '../../src/ast/print-policy.js';
import { isJsonObject, type JsonValue } from '../../src/json/json-value.js';
import { validatePolicies } from '../../src/validator/validate-policies.js';
import { list, object, readJson } from '../conformance/integration-tests.js';
import { arbitraryPolicy, arbitraryTemplate } from '../support/arbitrary-policy.js';
import { CONFORMANCE, conformanceText } from '../support/conformance-data.js';
import { readCorpus } from '../support/corpus.js';
import { WORLD_SCHEMA } from '../support/world.js';
import { arbitraryCase } from './arbitrary-cases.js';
import { compareValidation, differences, officialPolicies, policiesOf, schemaOf } from './compare-validation.js';
import { officialValidation } from './oracle.js';

/** Cases of the random comparisons; more by `DEODAR_FUZZ_RUNS`. */
const RUNS = Number(process.env.DEODAR_FUZZ_RUNS ?? 100);

const corpus = readCorpus();

describe.skipIf(corpus.size === 0)('the corpus', () => {
  it('gets the official verdict, policy for policy', () => {
    const since413 = new Set(list(object(readJson(conformanceText('validates-since-4.13.json'))).tests).map(String));
    const different: string[] = [];
    let tests = 0;
    for (const [path, text] of corpus) {
      const name = /^corpus-tests\/([0-9a-f]+)\.json$/.exec(path)?.[1];
      if (name === undefined) continue;
      const test = object(readJson(text));
      const schema = schemaOf(corpus.get(String(test.schema)) ?? '');
      const { errors } = validatePolicies(policiesOf(corpus.get(String(test.policies)) ?? ''), schema);
      const expected = test.shouldValidate === true || since413.has(name);
      if ((errors.length === 0) !== expected)
        different.push(`${name}: expected ${expected}, got ${errors.map((e) => e.kind).join()}`);
      tests++;
    }
    console.log(`corpus: ${tests} validation verdicts, ${different.length} differences`);
    expect(different).toEqual([]);
    expect(tests).toBe(3871);
  });
});

const TRAPS = CONFORMANCE === undefined ? [] : list(readJson(conformanceText('traps.json'))).map(object);
const VALIDATE_TRAPS = TRAPS.filter(
  (trap) => trap.kind === 'validate' && typeof trap.policies === 'string' && typeof trap.schema === 'string',
);

describe.skipIf(CONFORMANCE === undefined)('corner cases', () => {
  it('are here', () => {
    expect(VALIDATE_TRAPS.length).toBeGreaterThan(50);
  });

  it.each(VALIDATE_TRAPS.map((trap) => [String(trap.name), trap] as const))('%s', (_name, trap) => {
    const { errors, warnings } = validatePolicies(policiesOf(String(trap.policies)), schemaOf(String(trap.schema)));
    const lines = (found: typeof errors): readonly string[] =>
      [...new Set(found.map((d) => `${d.policyId}:${d.kind}`))].sort();
    const expected = object(trap.expected);
    const texts = (json: JsonValue | undefined): readonly string[] =>
      json === undefined || isJsonObject(json) ? [] : list(json).map(String).sort();
    expect({ errors: lines(errors), warnings: lines(warnings) }).toEqual({
      errors: texts(expected.errors),
      warnings: texts(expected.warnings),
    });
  });
});

describe('random policies get the official errors and warnings, kinds and places', () => {
  it('over a fixed schema', () => {
    const schema = schemaOf(WORLD_SCHEMA);
    let errors = 0;
    fc.assert(
      fc.property(
        fc.array(fc.oneof({ weight: 4, arbitrary: arbitraryPolicy() }, arbitraryTemplate({ depth: 3 })), {
          minLength: 1,
          maxLength: 10,
        }),
        (policies) => {
          const set = policiesOf(policies.map((policy) => printPolicy(policy, 'fewest')).join('\n'));
          const official = officialValidation(WORLD_SCHEMA, officialPolicies(set));
          if (typeof official === 'string') throw new Error(official);
          const ours = validatePolicies(set, schema);
          errors += ours.errors.length;
          expect([
            ...differences(ours.errors, official.errors),
            ...differences(ours.warnings, official.warnings),
          ]).toEqual([]);
        },
      ),
      { numRuns: RUNS },
    );
    expect(errors).toBeGreaterThan(RUNS / 10);
  });

  it('over random schemas', () => {
    fc.assert(
      fc.property(arbitraryCase(5), ({ schema, policies }) => {
        expect(compareValidation(schema, policies)).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });
});
