import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  type Agent,
  DeodarError,
  type PolicyFile,
  PolicyHarness,
  renderDiagnostics,
  type Stage,
} from '../../src/index.js';
import { AGENT, openHarness, PERMIT_ALL } from '../support/harness.js';

const pack = fileURLToPath(new URL('../../policies/coding-agent/', import.meta.url));
const packAgent: Agent = JSON.parse(readFileSync(join(pack, 'agent.json'), 'utf8'));
const packPolicies: readonly PolicyFile[] = readdirSync(pack)
  .filter((name) => name.endsWith('.cedar'))
  .sort()
  .map((file) => ({ file, text: readFileSync(join(pack, file), 'utf8') }));

/** What a person reads when policies are loaded, strictly. */
function loadMessages(policies: string | readonly PolicyFile[], agent: Agent = AGENT): string {
  try {
    const harness = new PolicyHarness({ agent, policies });
    return `loaded\n\n${renderDiagnostics(harness.prepared?.warnings ?? [])}\n`;
  } catch (error) {
    if (error instanceof DeodarError) return `refused\n\n${renderDiagnostics(error.diagnostics)}\n`;
    throw error;
  }
}

function matrixOf(agent: Agent, policies: string | readonly PolicyFile[], options: object = {}): readonly string[] {
  const harness = new PolicyHarness({ agent, policies, strict: false, ...options });
  return harness.matrix().map((row) => {
    const can = [row.canAllow ? 'allow' : '', row.canAsk ? 'ask' : '', row.canDeny ? 'deny' : ''].filter(
      (word) => word !== '',
    );
    return `${row.tool ?? row.action} ${row.stage}: ${can.join(' ')}`;
  });
}

describe('what a person reads when policies are loaded', () => {
  it('is that nothing is wrong with the coding agent', () => {
    expect(loadMessages(packPolicies, packAgent)).toBe('loaded\n\n\n');
  });

  it.each([
    [
      'names',
      {
        file: 'names.cedar',
        text: `// Nobody would notice that these do nothing.
@id("shell")
permit (principal, action == Action::"shel", resource);

@id("pay")
permit (principal, action in [Action::"pay", Action::"refund"], resource);

@id("stage")
forbid (principal, action in Action::"PRE_TOOLS", resource);

@id("message")
forbid (principal, action == Action::"prompt", resource)
when { resource.content like "*password*" };

@id("user")
forbid (principal is Robot, action, resource);

permit (principal, action == Action::"completion", resource);
`,
      },
    ],
    [
      'types',
      {
        file: 'types.cedar',
        text: `@id("all")
permit (principal, action, resource);

@id("amount")
forbid (principal, action == Action::"pay", resource)
when { context.parameters.amount > "100" };

@id("optional")
forbid (principal, action == Action::"shell", resource)
when { context.parameters.timeout > 60 };

@id("misspelt")
forbid (principal, action == Action::"shell", resource)
when { context.parameters.comand like "*rm*" };

@id("everywhere")
forbid (principal, action, resource)
when { context.parameters.amount > 100 };

@id("rate")
forbid (principal, action, resource)
when { resource.step > 100 };
`,
      },
    ],
    [
      'logic',
      {
        file: 'logic.cedar',
        text: `@id("never")
permit (principal, action == Action::"shell", resource)
when { resource is Message };

@id("wrong-stage")
forbid (principal, action in Action::"POST_TOOL", resource)
when { action == Action::"pay" };

@id("ask") @escalate("finance")
permit (principal, action == Action::"pay", resource);

@id("overflow")
forbid (principal, action == Action::"pay", resource)
when { context.parameters.amount * 100 > 5000 };

@id("parent")
forbid (principal, action, resource is Trajectory)
when { resource has parent && resource.parent.steps > 5 };

@id("asked")
forbid (principal, action, resource is Trajectory)
when { resource has parent && resource.parent has steps && resource.parent.steps > 5 };

@id("ask")
forbid (principal, action == Action::"pay", resource);
`,
      },
    ],
  ])('is every mistake of the pack "%s" with its place and remedy', async (name, file) => {
    await expect(loadMessages([file])).toMatchFileSnapshot(`load-${name}.golden.txt`);
  });

  it('is that a set can allow nothing', () => {
    expect(loadMessages('@id("f") forbid (principal, action, resource);')).toContain('error[allows-nothing]');
    expect(loadMessages(`${PERMIT_ALL} @id("f") forbid (principal, action, resource);`)).toContain('narrow the forbid');
    expect(loadMessages(`${PERMIT_ALL} @id("f") @escalate forbid (principal, action, resource);`)).toBe('loaded\n\n\n');
  });

  it('is a warning where the host does not want to be strict, and the matrix says what happens', () => {
    const policies = '@id("f") forbid (principal, action, resource);';
    const harness = new PolicyHarness({ agent: AGENT, policies, strict: false });
    expect(harness.prepared?.warnings.map(({ severity, code }) => `${severity} ${code}`)).toEqual([
      'warning allows-nothing',
    ]);
    expect(harness.matrix().every(({ canAllow, canAsk, canDeny }) => !canAllow && !canAsk && canDeny)).toBe(true);
  });
});

describe('the matrix', () => {
  it('of the coding agent is as recorded', async () => {
    await expect(`${matrixOf(packAgent, packPolicies).join('\n')}\n`).toMatchFileSnapshot(
      'matrix-coding-agent.golden.txt',
    );
  });

  const rows = (policies: string, options: object = {}): Readonly<Record<string, string>> =>
    Object.fromEntries(matrixOf(AGENT, policies, options).map((row) => row.split(': ') as [string, string]));
  const permit = (rest: string): string => `@id("p") permit (principal, ${rest}`;

  it.each<[string, string, string]>([
    ['an unconditional permit', permit('action == Action::"pay", resource);'), 'allow'],
    [
      'a permit with a condition',
      permit('action == Action::"pay", resource) when { context.parameters.amount > 5 };'),
      'allow deny',
    ],
    ['no permit', permit('action == Action::"shell", resource);'), 'deny'],
    ['a permit of the stage', permit('action in Action::"PRE_TOOL", resource);'), 'allow'],
    ['a permit for the result alone', permit('action == Action::"pay:result", resource);'), 'deny'],
    [
      'a hard forbid that may hold',
      `${PERMIT_ALL} @id("f") forbid (principal, action, resource) when { resource.steps > 5 };`,
      'allow deny',
    ],
    [
      'a hard forbid that holds',
      `${PERMIT_ALL} @id("f") forbid (principal, action == Action::"pay", resource);`,
      'deny',
    ],
    [
      'a hard forbid for users, which agents escape',
      `${PERMIT_ALL} @id("f") forbid (principal is User, action, resource);`,
      'allow deny',
    ],
    [
      'an escalation that may hold',
      `${PERMIT_ALL} @id("e") @escalate forbid (principal, action, resource) when { resource.steps > 5 };`,
      'allow ask',
    ],
    ['an escalation that holds', `${PERMIT_ALL} @id("e") @escalate forbid (principal, action, resource);`, 'ask'],
    ['an escalation without a permit', '@id("e") @escalate forbid (principal, action, resource);', 'deny'],
    [
      'a condition that is known to be false',
      `${PERMIT_ALL} @id("f") forbid (principal, action, resource) when { resource is Message };`,
      'allow',
    ],
  ])('shows what calls can come to with %s', (_name, policies, can) => {
    expect(rows(policies)['pay PRE_TOOL']).toBe(can);
  });

  it('shows that `escalation: "always"` asks without a permit', () => {
    expect(
      rows('@id("e") @escalate forbid (principal, action, resource);', { escalation: 'always' })['pay PRE_TOOL'],
    ).toBe('ask');
  });

  it('never says less than what happens', async () => {
    const parts = [
      PERMIT_ALL,
      '@id("p1") permit (principal, action in Action::"PRE_TOOL", resource) when { context has parameters };',
      '@id("f1") forbid (principal, action, resource) when { resource is Trajectory && resource.steps > 1 };',
      '@id("f2") forbid (principal, action == Action::"pay", resource) when { context.parameters.amount > 10 };',
      '@id("e1") @escalate forbid (principal, action == Action::"pay", resource) when { context.parameters.amount > 5 };',
      '@id("e2") @escalate forbid (principal, action == Action::"prompt", resource);',
    ];
    for (let bits = 1; bits < 1 << parts.length; bits++) {
      const policies = parts.filter((_part, index) => (bits >> index) % 2 === 1).join('\n');
      const harness = await openHarness(policies, { strict: false });
      const cells = new Map(harness.matrix().map((row) => [`${row.tool} ${row.stage}`, row]));
      for (const amount of [1, 7, 20]) {
        const call = { toolId: 'pay', parameters: { amount, to: 'bob' } };
        for (const [stage, role, content] of [
          ['PRE_MODEL', 'user', { text: 'hi' }],
          ['PRE_TOOL', 'model', call],
          ['POST_TOOL', 'tool', { toolId: 'pay', response: { receipt: 'r' } }],
        ] as const) {
          const { decision } = await harness.adjudicate(stage as Stage, role, content);
          const row = cells.get(`${stage === 'PRE_MODEL' ? null : 'pay'} ${stage}`);
          const can = { ALLOW: row?.canAllow, ESCALATE: row?.canAsk, DENY: row?.canDeny }[decision];
          expect([policies, stage, decision, can]).toEqual([policies, stage, decision, true]);
        }
      }
    }
  });
});
