import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compareValidation } from './compare-validation.js';
import { validatePolicies } from '../../src/validator/validate-policies.js';
import { policiesOf, schemaOf } from './compare-validation.js';
import { renderDiagnostics } from '../../src/diagnostics/render.js';

test('scratch', () => {
  const schema = `entity User in [Group] {age: Long, nick?: String, addr?: {city: String, zip?: Long}, boss?: User} tags String; entity Admin {name: String}; entity Group in [Group]; entity Photo {o: User}; entity Color enum ["red"]; action view, edit appliesTo {principal: [User, Admin], resource: Photo, context: {a: Bool, k: String, r?: {x: Long, y?: Long}}}; action grp;`;
  const src = ['probe.cjs', 'probe2.cjs', 'probe3.cjs', 'probe4.cjs', 'probe5.cjs'].map((f) => readFileSync(`/tmp/val/${f}`, 'utf8')).join('\n');
  let bad = 0;
  let n = 0;
  for (const m of src.matchAll(/\bw\('((?:[^'\\]|\\.)*)'/g)) {
    const body = JSON.parse(`"${(m[1] ?? '').replaceAll('"', '\\"').replaceAll('\\\\"', '\\\\\\"')}"`.replaceAll('\\u{', '\\\\u{').replaceAll('\\\\\\u{', '\\\\u{')) as string;
    const policy = `permit(principal is User, action == Action::"view", resource) when { ${body} };`;
    try {
      const d = compareValidation(schema, policy);
      n++;
      if (d.length > 0) { bad++; console.log(policy, '\n', d.join('\n ')); }
      if (n % 10 === 0) { const r = validatePolicies(policiesOf(policy), schemaOf(schema)); console.log(renderDiagnostics([...r.errors, ...r.warnings])); }
    } catch (e) { console.log('REFUSED', policy, String(e).slice(0, 200)); }
  }
  console.log(n, bad);
  expect(bad).toBe(0);
});
