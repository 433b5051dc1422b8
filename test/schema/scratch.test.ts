import { readFileSync } from 'node:fs';
import { test } from 'vitest';
import { parseSchema } from '../../src/parser/parse-schema.js';
import { renderDiagnostics } from '../../src/diagnostics/render.js';
import { createSource } from '../../src/text/source.js';

test('scratch', () => {
  const texts = JSON.parse(readFileSync('/tmp/sch/texts.json', 'utf8')) as string[];
  for (const t of texts) {
    const r = parseSchema(createSource(t));
    console.log(`#### ${t}\n${r.ok ? 'ok ' + JSON.stringify(r.value, (k, v) => (k === 'origin' ? undefined : v)) : renderDiagnostics(r.diagnostics)}`);
  }
});
