import cedar from '@cedar-policy/cedar-wasm/nodejs';
import { expect, it } from 'vitest';
import { policyToJson } from '../../src/est/policy-to-json.js';
import { printJson } from '../../src/json/print-json.js';
import { parsePolicies } from '../../src/parser/parse-policies.js';
import { createSource } from '../../src/text/source.js';
import { mutatePolicy, Random, randomPolicy } from './mutate-policy.js';
import { EVERY_CONSTRUCT, policyFiles } from './policy-texts.js';
it('json', () => {
  const random = new Random(99);
  const policies: string[] = [];
  for (const text of policyFiles().values()) { const r = parsePolicies(createSource(text)); if (r.ok) for (const p of r.value.policies) policies.push(text.slice(p.span?.start, p.span?.end)); }
  const short = policies.filter((p) => p.length < 700);
  let n = 0; const diffs: unknown[] = [];
  for (let i = 0; i < 60000 && diffs.length < 5; i++) {
    const text = i % 3 === 0 ? randomPolicy(random) : mutatePolicy(random.pick(i % 3 === 1 ? EVERY_CONSTRUCT : short), random);
    const r = parsePolicies(createSource(text));
    if (!r.ok || r.value.policies.length !== 1 || r.value.templates.length) continue;
    const json = cedar.policyToJson(text);
    if (json.type !== 'success') { diffs.push([text, json]); continue; }
    n++;
    const p = r.value.policies[0]; if (!p) continue;
    const ours = printJson(policyToJson(p)); const theirs = JSON.stringify(json.json);
    if (/\d{16}/.test(text)) continue;
    if (JSON.stringify(JSON.parse(ours)) !== theirs) diffs.push([text, ours, theirs]);
  }
  console.log('compared', n);
  expect(diffs).toEqual([]);
});
