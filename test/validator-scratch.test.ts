import { test } from 'vitest';
import { parseExpression } from '../src/parser/parse-policies.js';
import { createSource } from '../src/text/source.js';
test('x', () => {
  for (const t of ['(principal.addr).city', '((principal).addr).city', 'ip("1").isInRange(ip("2"))', '(a).b', '-(1).x', '!(1 + 2)', '( (1) + 2 ) * 3', 'principal.a["b"] . c', '[1].contains(2).x', '(if true then 1 else 2)', 'principal is (User)', 'Foo // c\n ::"x"', 'principal has a.b', '1 is X in (principal)', 'unknown("x")', '(1) + (2)', '--1', '!!principal.x']) {
    const r = parseExpression(createSource(t));
    console.log(t, r.ok ? JSON.stringify(r.value, (k, v) => typeof v === 'bigint' ? String(v) : k === 'span' && v ? `${v.start}-${v.end}` : v) : r.diagnostics[0]?.message);
  }
});
