import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compareSchema } from './compare.js';

test('scratch', () => {
  const all = JSON.parse(readFileSync('/tmp/sch/cases.json', 'utf8')) as (string | object)[];
  let n = 0;
  let acc = 0;
  for (const t of all) {
    const r = compareSchema(t);
    if (r.accepted) acc++;
    for (const d of r.differences) {
      if (n++ < 40) console.log(JSON.stringify(d.schema), `\n  ${d.what}\n  OURS ${d.ours}\n  THEIRS ${d.theirs}`);
    }
  }
  console.log(all.length, acc, n);
  expect(n).toBe(0);
}, 600000);
