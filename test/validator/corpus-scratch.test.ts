import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parsePolicies } from '../../src/parser/parse-policies.js';
import { createSource } from '../../src/text/source.js';
import { validatePolicies } from '../../src/validator/validate-policies.js';
import { readCorpus } from '../support/corpus.js';
import { schemaOf, policiesOf } from './compare-validation.js';

test('corpus', () => {
  const since = new Set(JSON.parse(readFileSync('/work/shared/conformance/validates-since-4.13.json', 'utf8')).tests as string[]);
  const corpus = readCorpus();
  let n = 0, bad = 0, per = 0, perBad = 0; const kinds: Record<string, number> = {};
  let time = 0;
  for (const [path, text] of corpus) {
    const m = /^corpus-tests\/([0-9a-f]+)\.json$/.exec(path);
    if (!m) continue;
    const t = JSON.parse(text) as { shouldValidate: boolean; policies: string; schema: string };
    n++;
    const set = policiesOf(corpus.get(t.policies) ?? '');
    const schema = schemaOf(corpus.get(t.schema) ?? '');
    const t0 = performance.now();
    const r = validatePolicies(set, schema);
    const p = validatePolicies(set, schema, { mode: 'permissive' });
    time += performance.now() - t0;
    const ok = r.errors.length === 0;
    const expected = t.shouldValidate || since.has(m[1] ?? '');
    if (ok !== expected && bad++ < 10) console.log('VERDICT', m[1], ok, expected, r.errors.map((e) => e.message));
    const v = corpus.get(`corpus-tests/${m[1]}.validation.json`);
    if (v === undefined) continue;
    const { perPolicy } = JSON.parse(v).policyValidation;
    for (const [id, verdict] of Object.entries(perPolicy as Record<string, { strict: boolean; permissive: boolean; strictErrors?: string[] }>)) {
      per++;
      const s = !r.errors.some((e) => e.policyId === id);
      const q = !p.errors.some((e) => e.policyId === id);
      if (s !== verdict.strict || q !== verdict.permissive) {
        perBad++;
        const why = JSON.stringify([s, verdict.strict, q, verdict.permissive]) + [...r.warnings, ...p.warnings].filter((e) => e.policyId === id && e.kind === 'InvalidActionApplication').length;
        kinds[why] = (kinds[why] ?? 0) + 1;
        if (kinds[why]! < 3) console.log(m[1], id, why, JSON.stringify(verdict).slice(0, 500), r.errors.filter((e) => e.policyId === id).map((e) => e.message), p.errors.filter((e) => e.policyId === id).map((e) => e.message));
      }
    }
  }
  console.log(n, bad, per, perBad, kinds, time);
  expect(bad).toBe(0);
}, 600000);
