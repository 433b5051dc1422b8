import fc from 'fast-check';
import { expect, test } from 'vitest';
import { differences, officialPolicies, policiesOf, schemaOf } from './compare-validation.js';
import { validatePolicies } from '../../src/validator/validate-policies.js';
import { officialValidation } from './oracle.js';
import { arbitraryCase } from './arbitrary-cases.js';

test('cases', () => {
  const runs = Number(process.env.RUNS ?? 200);
  const seed = Number(process.env.SEED ?? 1);
  const stats = { policies: 0, valid: 0, errors: 0, warnings: 0, refused: 0 };
  const kinds = new Map<string, number>();
  let bad = 0;
  for (const { schema: schemaText, policies } of fc.sample(arbitraryCase(25), { numRuns: runs, seed })) {
    const set = policiesOf(policies);
    const official = officialValidation(schemaText, officialPolicies(set));
    if (typeof official === 'string') { if (stats.refused++ < 3) console.log(official.slice(0, 300), schemaText); continue; }
    const schema = schemaOf(schemaText);
    const ours = validatePolicies(set, schema);
    stats.policies += 25;
    const d = [...differences(ours.errors, official.errors), ...differences(ours.warnings, official.warnings)];
    stats.errors += ours.errors.length; stats.warnings += ours.warnings.length;
    stats.valid += 25 - new Set(ours.errors.map((e) => e.policyId)).size;
    for (const e of [...ours.errors, ...ours.warnings]) kinds.set(e.kind, (kinds.get(e.kind) ?? 0) + 1);
    if (d.length > 0 && bad++ < 8) {
      const id = /policy\d+/.exec(d[0] ?? '')?.[0];
      console.log(d.filter((l) => l.includes(`${id} `)).join('\n'));
      const p = [...set.policies, ...set.templates].find((q) => q.id === id);
      if (p?.source && p.span) console.log(p.source.text.slice(p.span.start, p.span.end), p.span);
      console.log(schemaText);
      console.log([...official.errors, ...official.warnings].filter((e) => e.policyId === id).map((e) => `${e.kind} ${e.place?.start}-${e.place?.end} ${e.message}`).join('\n'));
      console.log('OURS');
      console.log([...ours.errors, ...ours.warnings].filter((e) => e.policyId === id).map((e) => `${e.kind} ${e.labels[0]?.span.start} ${e.message}`).join('\n'));
    }
  }
  console.log(stats, bad, Object.fromEntries(kinds));
  expect(bad).toBe(0);
}, 6e6);
