import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { claudeCodeAgent } from '../../src/adapters/claude-code-agent.js';
import type { Agent } from '../../src/harness/agent.js';
import { compiledHarness, restoreHarness } from '../../src/harness/compiled-harness.js';
import { makeHarness } from '../../src/harness/make-harness.js';
import { parseAgent } from '../../src/harness/parse-agent.js';
import { prepareHarness } from '../../src/harness/prepare-harness.js';
import { parseJson } from '../../src/json/parse-json.js';
import { actionsOf, type Schema } from '../../src/schema/schema.js';
import { createSource } from '../../src/text/source.js';

function agentIn(file: string): Agent {
  const json = parseJson(createSource(readFileSync(file, 'utf8')));
  const agent = json.ok ? parseAgent(json.value) : json;
  if (!agent.ok) throw new Error(agent.diagnostics[0]?.message);
  return agent.value;
}

const workspace = { root: '/w', cwd: '/w', home: '/h' };
const packed = agentIn('policies/coding-agent/agent.json');
const AGENTS: readonly (readonly [string, Agent])[] = [
  ['Claude Code', claudeCodeAgent(workspace)],
  ['the agent of the pack', claudeCodeAgent(workspace, packed)],
  [
    'an agent with odd parameters, results and data of the host',
    {
      ...claudeCodeAgent(workspace),
      hostSchema: { type: 'object', properties: { tier: { enum: ['a', 'b'] }, 'odd name"': { type: 'integer' } } },
      userSchema: { type: 'object', properties: { age: { type: 'number' } }, required: ['age'] },
      tools: [
        {
          name: 'odd"tool',
          inputSchema: {
            type: 'object',
            required: ['a'],
            properties: {
              a: { type: 'array', items: { type: 'object', properties: { 'x y': { type: 'number' }, if: {} } } },
              __proto__x: { anyOf: [{ type: 'string' }, { type: 'null' }] },
              deep: { type: 'object', properties: { b: { type: 'object', properties: { c: { type: 'boolean' } } } } },
              open: { type: 'object', additionalProperties: { type: 'string' } },
            },
          },
          outputSchema: { type: 'object', properties: { total: { type: 'integer' } } },
          facts: { a: 'none' },
        },
        { name: 'undescribed', inputSchema: { type: 'object' } },
      ],
    },
  ],
];

/** Everything that a schema says, without the places where it says so. */
function said(schema: Schema): unknown {
  return JSON.parse(
    JSON.stringify(
      {
        types: schema.entityTypes,
        actions: [...actionsOf(schema)].map(({ parents, ancestors, descendants, ...action }) => ({
          ...action,
          links: [[...parents], [...ancestors], [...descendants]].map((list) => list.map(({ uid }) => uid.id)),
        })),
      },
      (name, value: unknown) => {
        if (name === 'origin') return undefined;
        if (value instanceof Map) return { map: [...value] };
        return value instanceof Set ? { set: [...value] } : value;
      },
    ),
  );
}

describe('what is kept of a harness', () => {
  it.each(AGENTS)('restores the schema of %s', (_name, agent) => {
    for (const unregistered of ['deny', 'policy'] as const) {
      const policies = '@id("all") permit (principal, action, resource);';
      const prepared = prepareHarness(agent, { policies, unregistered, numbers: 'decimal' });
      if (!prepared.ok) throw new Error(JSON.stringify(prepared.diagnostics.map(({ message }) => message)));
      const made = makeHarness(agent, [{ text: policies }], { unregistered, numbers: 'decimal', mode: 'enforce' });
      if (made === undefined) throw new Error('no harness was made');
      expect(said(made.harness.profile.schema)).toEqual(said(prepared.value.profile.schema));
      const kept = compiledHarness({ policySet: prepared.value.policySet, harness: prepared.value });
      if (kept === undefined) throw new Error('nothing was kept');
      const restored = restoreHarness(kept, agent, { unregistered, numbers: 'decimal', mode: 'enforce' });
      if (!restored.ok) throw new Error(JSON.stringify(restored.diagnostics));
      expect(said(restored.value.profile.schema)).toEqual(said(prepared.value.profile.schema));
    }
  });
});
