import fc from 'fast-check';
import { expect, test } from 'vitest';
import { printPolicy } from '../../src/ast/print-policy.js';
import { arbitraryPolicy, arbitraryTemplate } from '../support/arbitrary-policy.js';
import { WORLD_SCHEMA } from '../support/world.js';
import { differences, officialPolicies, policiesOf, schemaOf } from './compare-validation.js';
import { validatePolicies } from '../../src/validator/validate-policies.js';
import { officialValidation } from './oracle.js';

test('world', () => {
  const schema = schemaOf(WORLD_SCHEMA);
  const runs = Number(process.env.RUNS ?? 200);
  const seed = Number(process.env.SEED ?? 1);
  const stats = { policies: 0, valid: 0, errors: 0, warnings: 0 };
  const kinds = new Map<string, number>();
  let bad = 0;
  const arb = fc.array(fc.oneof({ weight: 4, arbitrary: arbitraryPolicy({ depth: Number(process.env.DEPTH ?? 4), wrongTypeOneIn: Number(process.env.WRONG ?? 12) }) }, arbitraryTemplate({ depth: 3 })), { minLength: 20, maxLength: 20 });
  for (const list of fc.sample(arb, { numRuns: runs, seed })) {
    const text = list.map((p) => printPolicy(p, 'fewest')).join('\n');
    const set = policiesOf(text);
    const official = officialValidation(WORLD_SCHEMA, officialPolicies(set));
    if (typeof official === 'string') throw new Error(official);
    const ours = validatePolicies(set, schema);
    stats.policies += 20;
    const d = [...differences(ours.errors, official.errors), ...differences(ours.warnings, official.warnings)];
    stats.errors += ours.errors.length; stats.warnings += ours.warnings.length;
    stats.valid += 20 - new Set(ours.errors.map((e) => e.policyId)).size;
    for (const e of [...ours.errors, ...ours.warnings]) kinds.set(e.kind, (kinds.get(e.kind) ?? 0) + 1);
    if (d.length > 0 && bad++ < 10) {
      console.log(d.join('\n'));
      const id = /policy\d+/.exec(d[0] ?? '')?.[0];
      const p = [...set.policies, ...set.templates].find((q) => q.id === id);
      if (p?.source && p.span) console.log(p.source.text.slice(p.span.start, p.span.end));
      console.log([...official.errors, ...official.warnings].filter((e) => e.policyId === id).map((e) => `${e.kind} ${e.place?.start}-${e.place?.end} ${e.message}`).join('\n'));
    }
  }
  console.log(stats, bad, Object.fromEntries(kinds));
  expect(bad).toBe(0);
}, 6e6);
