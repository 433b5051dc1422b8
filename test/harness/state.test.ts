import { describe, expect, it } from 'vitest';
import { type AgentEvent, feedbackOf, PolicyHarness } from '../../src/index.js';
import { AGENT, openHarness, PERMIT_ALL } from '../support/harness.js';

const call = (toolId: string, parameters: unknown, trajectoryId?: string): AgentEvent => ({
  stage: 'PRE_TOOL',
  role: 'model',
  content: { toolId, parameters },
  ...(trajectoryId === undefined ? {} : { trajectoryId }),
});
const LS = { command: 'ls' };

describe('parts of a run', () => {
  it('are closed with it, however deep', async () => {
    for (const end of ['finalize', 'fail'] as const) {
      const harness = await openHarness(PERMIT_ALL);
      await harness.initialize({ trajectoryId: 'child', parent: 't1' });
      await harness.initialize({ trajectoryId: 'grandchild', parent: 'child' });
      await harness.initialize({ trajectoryId: 'other' });
      await harness[end]('t1');
      const status = end === 'fail' ? 'failed' : 'finalized';
      expect(['t1', 'child', 'grandchild', 'other'].map((id) => harness.trajectory(id)?.status)).toEqual([
        status,
        status,
        status,
        'open',
      ]);
      await expect(harness.adjudicate(call('shell', LS, 'grandchild'))).rejects.toThrow(`is ${status}`);
      await expect(harness.initialize({ trajectoryId: 'late', parent: 'child' })).rejects.toThrow('no new parts');
      expect((await harness.adjudicate(call('shell', LS, 'other'))).decision).toBe('ALLOW');
    }
  });

  it('that were closed before keep how they ended', async () => {
    const harness = await openHarness(PERMIT_ALL);
    await harness.initialize({ trajectoryId: 'child', parent: 't1' });
    await harness.fail('child');
    await harness.finalize('t1');
    expect(harness.trajectory('child')?.status).toBe('failed');
  });

  it('let policies see how far the run above has come', async () => {
    const policies = `${PERMIT_ALL}
      @id("parent") forbid (principal, action in Action::"PRE_TOOL", resource)
      when { resource has parent && resource.parent has steps && resource.parent.steps >= 2 };`;
    const harness = await openHarness(policies);
    await harness.initialize({ trajectoryId: 'child', parent: 't1' });
    expect((await harness.adjudicate(call('shell', LS, 'child'))).decision).toBe('ALLOW');
    for (let i = 0; i < 2; i++) await harness.adjudicate(call('shell', LS, 't1'));
    expect((await harness.adjudicate(call('shell', LS, 'child'))).policies.map(({ id }) => id)).toEqual(['parent']);
  });
});

describe('counters', () => {
  it('say how often a tool was called before, in this trajectory', async () => {
    const policies = `${PERMIT_ALL}
      @id("twice") forbid (principal, action == Action::"shell", resource) when { context.priorCalls >= 2 };`;
    const harness = await openHarness(policies);
    const decisions: string[] = [];
    for (const [tool, parameters] of [
      ['shell', LS],
      ['pay', { amount: 1, to: 'bob' }],
      ['shell', LS],
      ['shell', LS],
    ] as const)
      decisions.push((await harness.adjudicate(call(tool, parameters))).decision);
    expect(decisions).toEqual(['ALLOW', 'ALLOW', 'ALLOW', 'DENY']);
    await harness.initialize({ trajectoryId: 't2' });
    expect((await harness.adjudicate(call('shell', LS))).decision).toBe('ALLOW');
    const first = harness.trajectory('t1');
    expect([first?.toolCalls, first?.callsOfTool.get('shell'), first?.callsOfTool.get('pay')]).toEqual([4, 3, 1]);
  });

  it('do not move when an event is only decided', async () => {
    const harness = await openHarness(PERMIT_ALL);
    harness.decide(call('shell', LS));
    expect(harness.trajectory('t1')?.steps).toBe(0);
  });
});

describe('users and tenants', () => {
  it('decide who is the principal and what it is in', async () => {
    const harness = new PolicyHarness({
      agent: {
        ...AGENT,
        tenant: 'acme',
        userSchema: { type: 'object', properties: { level: { type: 'integer' } }, required: ['level'] },
      },
      policies: `@id("agent") permit (principal in Tenant::"acme", action, resource);
        @id("junior") @escalate("lead") forbid (principal is User, action == Action::"pay", resource) when { principal.level < 3 };
        @id("for-ann") permit (principal == Agent::"test-agent", action, resource) when { principal has user && principal.user == User::"ann" };`,
      entities: [
        { uid: { type: 'User', id: 'ann' }, attrs: { level: 5 }, parents: [{ type: 'Tenant', id: 'acme' }] },
        { uid: { type: 'User', id: 'bob' }, attrs: { level: 1 }, parents: [{ type: 'Tenant', id: 'acme' }] },
        { uid: { type: 'User', id: 'eve' }, attrs: { level: 9 }, parents: [{ type: 'Tenant', id: 'evil' }] },
      ],
    });
    const decisions: string[] = [];
    for (const user of [undefined, 'ann', 'bob', 'eve', 'unknown']) {
      await harness.initialize(user === undefined ? {} : { user });
      decisions.push((await harness.adjudicate(call('pay', { amount: 1, to: 'bob' }))).decision);
    }
    expect(decisions).toEqual(['ALLOW', 'ALLOW', 'ESCALATE', 'DENY', 'DENY']);
  });
});

describe('unknown tools', () => {
  it('can be left to policies, which hold them for approval', async () => {
    const policies = `${PERMIT_ALL} @id("new") @escalate("security") forbid (principal, action in Action::"unregistered", resource);`;
    const harness = await openHarness(policies, { unregistered: 'policy' });
    const { decision, routes } = await harness.adjudicate(call('deploy', { any: 'thing' }));
    expect([decision, routes]).toEqual(['ESCALATE', ['security']]);
  });

  it('and dangerous texts never lower a hard forbid to an escalation', async () => {
    const policies = `${PERMIT_ALL}
      @id("high") @escalate forbid (principal, action, resource) when { context has parametersJson && (context.parametersJson like "*rm -rf*" || context.parametersJson like "*sudo*") };
      @id("block") forbid (principal, action == Action::"shell", resource) when { context.parameters.command like "sudo *" };`;
    const harness = await openHarness(policies);
    const of = async (command: string): Promise<string> =>
      (await harness.adjudicate(call('shell', { command }))).decision;
    expect([await of('ls'), await of('rm -rf x'), await of('sudo rm -rf x')]).toEqual(['ALLOW', 'ESCALATE', 'DENY']);
  });
});

describe('what a model is told', () => {
  it.each([
    [
      'the call is allowed',
      PERMIT_ALL,
      { amount: 1, to: 'bob' },
      { decision: 'ALLOW', ground: 'permitted', next: 'proceed', rules: [{ id: 'all', description: null }] },
    ],
    [
      'a rule forbids it',
      `${PERMIT_ALL} @id("f") @description("Too much") forbid (principal, action == Action::"pay", resource) when { context.parameters.amount > 5 };`,
      { amount: 9, to: 'bob' },
      {
        decision: 'DENY',
        ground: 'forbidden',
        next: 'choose-another-way',
        rules: [{ id: 'f', description: 'Too much' }],
      },
    ],
    [
      'somebody has to approve',
      `${PERMIT_ALL} @id("e") @escalate("finance") forbid (principal, action == Action::"pay", resource);`,
      { amount: 9, to: 'bob' },
      { decision: 'ESCALATE', ground: 'escalated', next: 'wait-for-approval', approvers: ['finance'] },
    ],
    [
      'the arguments are wrong',
      PERMIT_ALL,
      { amount: 1.5, to: 'mallory' },
      {
        decision: 'DENY',
        ground: 'bad-request',
        next: 'correct-the-call',
        problems: [
          { at: '/amount', problem: 'expected an integer, found the number 1.5', remedy: null },
          {
            at: '/to',
            problem: 'the string "mallory" is none of the values that are allowed here',
            remedy: 'allowed: "alice", "bob"',
          },
        ],
      },
    ],
    [
      'nothing permits it',
      '@id("s") permit (principal, action == Action::"shell", resource);',
      { amount: 1, to: 'bob' },
      { ground: 'no-permit', next: 'choose-another-way', rules: [] },
    ],
  ])('when %s', async (_name, policies, parameters, expected) => {
    const harness = await openHarness(policies);
    const feedback = feedbackOf(await harness.adjudicate(call('pay', parameters)));
    expect(feedback).toMatchObject(expected);
    expect(JSON.parse(JSON.stringify(feedback))).toEqual(feedback);
    expect(feedback.reason).toMatch(/\.$/);
  });

  it('when the tool does not exist, or the harness only watches', async () => {
    const harness = await openHarness(PERMIT_ALL);
    expect(feedbackOf(await harness.adjudicate(call('nope', {}))).next).toBe('choose-another-way');
    const shadow = await openHarness(PERMIT_ALL, { mode: 'shadow' });
    expect(feedbackOf(await shadow.adjudicate(call('nope', {})))).toMatchObject({ decision: 'DENY', next: 'proceed' });
  });
});
