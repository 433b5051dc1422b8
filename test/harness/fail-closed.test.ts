import { describe, expect, it } from 'vitest';
import { type Agent, type AgentEvent, DeodarError, guard, PolicyHarness } from '../../src/index.js';
import { AGENT, openHarness, PERMIT_ALL } from '../support/harness.js';

// Ways in which an attacker, or a slip of the host, once got an ALLOW.

const call = (toolId: string, parameters: unknown, callId?: string): AgentEvent => ({
  stage: 'PRE_TOOL',
  role: 'model',
  content: { toolId, parameters, ...(callId === undefined ? {} : { callId }) },
});

describe('context.touches sees what a call touches', () => {
  const FORBID = `${PERMIT_ALL}
    @id("secrets") forbid (principal, action in Action::"PRE_TOOL", resource) when { context.touches.globs.contains("secrets") };
    @id("rm") forbid (principal, action in Action::"PRE_TOOL", resource) when { context.touches.programs.contains("rm") };
    @id("evil") forbid (principal, action in Action::"PRE_TOOL", resource) when { context.touches.hosts.contains("evil.com") };`;

  it.each([
    { path: ['.env'] },
    { paths: ['a.txt', 'sub/../.env'] },
    { edits: [{ file_path: '.env', text: 'x' }] },
    { options: { deep: { path: '.env' } } },
    { whatever: '.env' },
    { url: 'file:///workspace/.env' },
    { urls: ['https://good.com', 'https://api.evil.com/x'] },
    { target: 'https://evil.com' },
    { command: ['rm', '-rf', 'x'] },
    { commands: ['ls', 'rm -rf x'] },
    { command: 'rm', args: ['-rf', 'x'] },
    { input: { command: 'sh -c "rm x"' } },
  ])('in %j', async (parameters) => {
    const tools = [{ name: 'any', inputSchema: { type: 'object' } }];
    const workspace = { root: '/workspace', globs: { secrets: ['**/.env'] } };
    const harness = await openHarness(FORBID, { agent: { id: 'a', name: 'a', tools, workspace } });
    expect((await harness.adjudicate(call('any', parameters))).decision).toBe('DENY');
    expect((await harness.adjudicate(call('any', { path: 'README.md', url: 'https://good.com' }))).decision).toBe(
      'ALLOW',
    );
  });

  it('is opaque for a call with more texts than are looked at', async () => {
    const harness = await openHarness(
      `${PERMIT_ALL}\n@id("o") forbid (principal, action in Action::"PRE_TOOL", resource) when { context.touches.opaque };`,
      {
        agent: { id: 'a', name: 'a', tools: [{ name: 'any', inputSchema: { type: 'object' } }] },
      },
    );
    expect((await harness.adjudicate(call('any', { list: Array.from({ length: 5000 }, () => 'x') }))).decision).toBe(
      'DENY',
    );
  });
});

describe('a slip of the host is refused when the harness is made', () => {
  const problems = (options: object): readonly string[] => {
    try {
      const harness = new PolicyHarness({ agent: AGENT, policies: PERMIT_ALL, ...options });
      return harness.prepared?.warnings.map((d) => d.code) ?? [];
    } catch (error) {
      if (error instanceof DeodarError) return error.diagnostics.map((d) => d.code);
      throw error;
    }
  };

  it.each([
    [{ semantics: 'Cedar' }, 'bad-setting'],
    [{ mode: 'Shadow' }, 'bad-setting'],
    [{ numbers: 'float' }, 'bad-setting'],
    [{ unregistered: 'Policy' }, 'bad-setting'],
    [{ entites: [] }, 'bad-setting'],
    [{ policies: 5 }, 'bad-policies'],
    [{ policies: [{ file: 'a.cedar', content: '' }] }, 'bad-policies'],
    [{ entities: [null] }, undefined],
    [{ entities: '{}' }, undefined],
    [{ agent: { ...AGENT, workspace: { root: '/w', glob: {} } } }, 'unknown-key'],
    [{ agent: { ...AGENT, workspace: { root: 'relative' } } }, 'bad-agent'],
    [{ agent: { ...AGENT, id: 5 } }, 'bad-agent'],
    [{ agent: { ...AGENT, tools: [null] } }, 'bad-agent'],
    [{ agent: { ...AGENT, tools: [{ name: 't', facts: { x: 'shel' } }] } }, 'bad-agent'],
    [{ agent: { ...AGENT, trustToolHints: 'false' } }, 'bad-agent'],
    [{ policies: `${PERMIT_ALL}\n@id("t") forbid (principal == ?principal, action, resource);` }, 'unlinked-template'],
  ])('%j', (options, code) => {
    const found = problems(options);
    expect(found.length).toBeGreaterThan(0);
    if (code !== undefined) expect(found).toContain(code);
  });

  it('takes entities as entity JSON', async () => {
    const harness = await openHarness(
      '@id("a") permit (principal in Group::"g", action, resource) when { principal has x };',
      {
        agent: { ...AGENT, userSchema: { type: 'object', properties: { x: { type: 'integer' } } } },
        entities: [{ uid: { type: 'User', id: 'u' }, attrs: { x: 1 }, parents: [{ type: 'Group', id: 'g' }] }],
      },
    );
    await harness.initialize({ trajectoryId: 'u1', user: 'u' });
    expect((await harness.adjudicate('PRE_MODEL', 'user', { text: 'hi' })).decision).toBe('ALLOW');
  });

  it.each([{ user: '' }, { user: null }, { user: { type: 'User', id: 'u' } }, { trajectoryId: '' }, { parent: 5 }])(
    'initialize(%j)',
    async (options) => {
      const harness = new PolicyHarness({ agent: AGENT, policies: PERMIT_ALL });
      await expect(harness.initialize(options as object)).rejects.toThrow('is no id');
    },
  );

  it('a second agent', async () => {
    const harness = await openHarness(PERMIT_ALL);
    const other: Agent = { id: 'b', name: 'b', tools: [] };
    await expect(harness.initialize({ agent: other, trajectoryId: 'n' })).rejects.toThrow('has its agent already');
  });
});

describe('a trajectory', () => {
  it('is below its parent and everything above that', async () => {
    const harness = await openHarness(
      `${PERMIT_ALL}\n@id("t1") forbid (principal, action, resource in Trajectory::"t1");`,
    );
    await harness.initialize({ trajectoryId: 'c', parent: 't1' });
    await harness.initialize({ trajectoryId: 'd', parent: 'c' });
    await harness.initialize({ trajectoryId: 'e' });
    for (const [id, decision] of [
      ['t1', 'DENY'],
      ['c', 'DENY'],
      ['d', 'DENY'],
      ['e', 'ALLOW'],
    ] as const) {
      expect((await harness.adjudicate({ ...call('shell', { command: 'ls' }), trajectoryId: id })).decision).toBe(
        decision,
      );
    }
  });

  it('is the one that a guard was made for, whichever is current', async () => {
    const harness = await openHarness(
      `${PERMIT_ALL}\n@id("t1") forbid (principal, action, resource == Trajectory::"t1");`,
    );
    const run = guard(harness, 'shell', () => 'ran', { trajectoryId: 't1' });
    await harness.initialize({ trajectoryId: 't2' });
    await expect(run({ command: 'ls' })).rejects.toThrow('Action blocked');
  });

  it('does not take a call id twice, nor results of denied or answered calls', async () => {
    const harness = await openHarness(
      `${PERMIT_ALL}\n@id("rm") forbid (principal, action == Action::"shell", resource) when { context.touches.programs.contains("rm") };`,
    );
    const result = (callId: string): AgentEvent => ({
      stage: 'POST_TOOL',
      role: 'tool',
      content: { toolId: 'shell', response: 'x', callId },
    });
    const codes: (string | undefined)[] = [];
    for (const event of [
      call('shell', { command: 'ls' }, '1'),
      call('shell', { command: 'pwd' }, '1'),
      result('1'),
      result('1'),
      call('shell', { command: 'rm x' }, '2'),
      result('2'),
    ]) {
      const { decision, diagnostics } = await harness.adjudicate(event);
      codes.push(diagnostics[0]?.code ?? decision);
    }
    expect(codes).toEqual(['ALLOW', 'call-id-reused', 'ALLOW', 'answered-call', 'DENY', 'denied-call']);
  });

  it('gives adjudications that a hook cannot change', async () => {
    const harness = await openHarness('@id("f") forbid (principal, action, resource);', {
      strict: false,
      onAdjudication: (a) => {
        Object.assign(a, { decision: 'ALLOW' });
      },
    });
    let ran = 0;
    await expect(guard(harness, 'shell', () => ran++)({ command: 'ls' })).rejects.toThrow();
    expect(ran).toBe(0);
  });
});
