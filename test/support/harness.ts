import { type Agent, type HarnessOptions, PolicyHarness } from '../../src/index.js';

/** A small agent with two tools and a workspace. */
export const AGENT: Agent = {
  id: 'test-agent',
  name: 'Test agent',
  provider: 'tests',
  tools: [
    {
      name: 'shell',
      inputSchema: {
        type: 'object',
        properties: { command: { type: 'string' }, timeout: { type: ['integer', 'null'] } },
        required: ['command'],
      },
    },
    {
      name: 'pay',
      inputSchema: {
        type: 'object',
        properties: {
          amount: { type: 'integer' },
          to: { type: 'string', enum: ['alice', 'bob'] },
          tags: { type: 'array', items: { type: 'string' } },
        },
        required: ['amount', 'to'],
      },
      outputSchema: { type: 'object', properties: { receipt: { type: 'string' } }, required: ['receipt'] },
      annotations: { destructiveHint: true, readOnlyHint: true },
    },
  ],
  workspace: { root: '/workspace', home: '/home/user' },
};

/** A harness with an open trajectory. */
export async function openHarness(policies: string, options: Partial<HarnessOptions> = {}): Promise<PolicyHarness> {
  const harness = new PolicyHarness({ agent: AGENT, policies, ...options });
  await harness.initialize({ trajectoryId: 't1' });
  return harness;
}

export const PERMIT_ALL = '@id("all") permit (principal, action, resource);';
