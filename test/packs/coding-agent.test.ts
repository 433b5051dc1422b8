import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { validate } from '@cedar-policy/cedar-wasm/nodejs';
import { expect, it } from 'vitest';
import { createAgentSchema } from '../../src/harness/agent-schema.js';
const pack = new URL('../../policies/coding-agent', import.meta.url).pathname;
const agent = JSON.parse(readFileSync(join(pack, 'agent.json'), 'utf8'));
it('schema', async () => {
  const schema = createAgentSchema(agent);
  expect(schema.diagnostics).toEqual([]);
  if (!schema.ok) return;
  await expect(schema.value.text).toMatchFileSnapshot(join(pack, 'schema.cedarschema'));
  for (const file of readdirSync(pack).filter((name) => name.endsWith('.cedar'))) {
    const answer = validate({ schema: schema.value.text, policies: { staticPolicies: readFileSync(join(pack, file), 'utf8') } });
    if (answer.type === 'failure') console.log(file, JSON.stringify(answer.errors, null, 1));
    else console.log(file, JSON.stringify([...answer.validationErrors, ...answer.validationWarnings, ...answer.otherWarnings], null, 1));
  }
});
