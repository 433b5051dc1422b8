import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Adjudication, type AgentEvent, DeodarError, PolicyHarness } from '../../src/index.js';
import { AGENT, openHarness, PERMIT_ALL } from '../support/harness.js';

const call = (toolId: string, parameters: unknown): AgentEvent => ({
  stage: 'PRE_TOOL',
  role: 'model',
  content: { toolId, parameters },
});

/** Codes of the diagnostics that loading ends with. */
function loadProblems(policies: string, options: object = {}): readonly string[] {
  try {
    const harness = new PolicyHarness({ agent: AGENT, policies, ...options });
    return harness.prepared?.warnings.map((d) => d.code) ?? [];
  } catch (error) {
    if (error instanceof DeodarError) return error.diagnostics.map((d) => d.code);
    throw error;
  }
}

describe('loading policies into a harness', () => {
  it('refuses a policy without an id', () => {
    expect(loadProblems('permit (principal, action, resource);')).toEqual(['missing-id']);
  });

  it('refuses an id that is used twice', () => {
    expect(loadProblems(`${PERMIT_ALL}\n${PERMIT_ALL}`)).toContain('duplicate-policy-id');
  });

  it('refuses @escalate on a permit', () => {
    expect(loadProblems('@id("a") @escalate("x") permit (principal, action, resource);')).toEqual([
      'escalate-on-permit',
    ]);
  });

  it('refuses a misspelt @escalate, which would deny what should be asked', () => {
    for (const name of ['escalte', 'Escalate', 'escalation', 'esclate'])
      expect(
        loadProblems(`${PERMIT_ALL} @id("a") @${name}("x") forbid (principal, action == Action::"shell", resource);`),
      ).toEqual(['misspelt-annotation']);
    for (const others of ['@escalate("x") @escalation_note("y")', '@description("x")', '@owner("y")', '@e'])
      expect(
        loadProblems(`${PERMIT_ALL} @id("a") ${others} forbid (principal, action == Action::"shell", resource);`),
      ).toEqual([]);
  });

  it('refuses an action that the agent does not have and says which one is near', () => {
    const load = () =>
      new PolicyHarness({ agent: AGENT, policies: '@id("a") forbid (principal, action == Action::"shel", resource);' });
    expect(load).toThrow('did you mean `Action::"shell"`?');
  });

  it('refuses a set without policies', () => {
    expect(loadProblems('// nothing')).toEqual(['no-policies']);
  });

  it('reports all problems at once', () => {
    expect(loadProblems('@escalate permit (principal, action == Action::"nope", resource);')).toEqual([
      'missing-id',
      'escalate-on-permit',
      'unknown-action',
    ]);
  });

  it('turns problems of policies into warnings when it is not strict', () => {
    const harness = new PolicyHarness({
      agent: AGENT,
      policies: 'permit (principal, action, resource);',
      strict: false,
    });
    expect(harness.prepared?.warnings.map((d) => `${d.severity} ${d.code}`)).toEqual(['warning missing-id']);
  });

  it('refuses syntax errors even when it is not strict', () => {
    expect(loadProblems('permit (principal, action);', { strict: false }).length).toBeGreaterThan(0);
  });

  it('refuses tools whose names collide', () => {
    const collide = (name: string): readonly string[] =>
      loadProblems(PERMIT_ALL, { agent: { ...AGENT, tools: [...AGENT.tools, { name }] } });
    for (const name of ['prompt', 'completion', 'PRE_TOOL', 'readOnly', 'shell:result', 'unregistered-tool'])
      expect(collide(name)).toEqual(['tool-name-collision']);
    expect(collide('shell')).toContain('duplicate-tool');
    expect(collide('other:result')).toEqual([]);
  });
});

/** The action that stands for an event. */
function actionOf({ stage, content }: AgentEvent): string {
  if (!('toolId' in content)) return stage === 'PRE_MODEL' ? 'prompt' : 'completion';
  return stage === 'PRE_TOOL' ? content.toolId : `${content.toolId}:result`;
}

describe('what policies see', () => {
  const sees = async (condition: string, event: AgentEvent): Promise<boolean> => {
    const action = actionOf(event);
    const harness = await openHarness(
      `@id("a") permit (principal, action == Action::"${action}", resource) when { ${condition} };`,
    );
    const { decision, errors, diagnostics } = await harness.adjudicate(event);
    expect(errors).toEqual([]);
    expect(diagnostics).toEqual([]);
    return decision === 'ALLOW';
  };

  it.each([
    [
      'typed parameters',
      'context.parameters.amount == 5 && context.parameters.to == "bob"',
      call('pay', { amount: 5, to: 'bob' }),
    ],
    [
      'sets of parameters',
      'context.parameters has tags && context.parameters.tags.contains("x")',
      call('pay', { amount: 5, to: 'bob', tags: ['y', 'x', 'x'] }),
    ],
    ['absent optional parameters', '!(context.parameters has timeout)', call('shell', { command: 'ls' })],
    [
      'null as absent where the tool allows null',
      '!(context.parameters has timeout)',
      call('shell', { command: 'ls', timeout: null }),
    ],
    [
      'the arguments as JSON text',
      'context.parametersJson like "*\\"command\\":\\"ls\\"*"',
      call('shell', { command: 'ls' }),
    ],
    [
      'facts about a command',
      'context.facts.command.programs.contains("rm") && context.facts.command.commands.contains("rm -r")',
      call('shell', { command: '"/bin/r"m -fr x' }),
    ],
    ['what a call touches', 'context.touches.programs.contains("rm")', call('shell', { command: 'rm x' })],
    [
      'the stage as a group',
      'action in Action::"PRE_TOOL" && !(action in Action::"POST_TOOL")',
      call('shell', { command: 'ls' }),
    ],
    ['hints as groups', 'action in Action::"destructive"', call('pay', { amount: 5, to: 'bob' })],
    [
      'no readOnly hint from a server that is not trusted',
      '!(action in Action::"readOnly")',
      call('pay', { amount: 5, to: 'bob' }),
    ],
    [
      'the agent as principal',
      'principal == Agent::"test-agent" && principal has provider && principal.provider == "tests"',
      call('shell', { command: 'ls' }),
    ],
    ['counters of the trajectory', 'resource.steps == 0 && resource.toolCalls == 0', call('shell', { command: 'ls' })],
    [
      'messages',
      'resource.text == "hi" && resource.role == Role::"user" && resource in Trajectory::"t1"',
      { stage: 'PRE_MODEL', role: 'user', content: { text: 'hi' } },
    ],
    [
      'results as text',
      'context.response.text == "done" && context.responseJson == "\\"done\\""',
      { stage: 'POST_TOOL', role: 'tool', content: { toolId: 'shell', response: 'done' } },
    ],
    [
      'typed results',
      'context.response.receipt == "r1"',
      { stage: 'POST_TOOL', role: 'tool', content: { toolId: 'pay', response: { receipt: 'r1' } } },
    ],
  ] as const)('includes %s', async (_name, condition, event) => {
    expect(await sees(condition, event)).toBe(true);
  });

  it('includes the call that a result answers', async () => {
    const harness = await openHarness(
      `${PERMIT_ALL}\n@id("big") forbid (principal, action == Action::"pay:result", resource) when { context has call && context.call.parameters.amount > 10 };`,
    );
    for (const [callId, amount, decision] of [
      ['a', 5, 'ALLOW'],
      ['b', 50, 'DENY'],
    ] as const) {
      await harness.adjudicate('PRE_TOOL', 'model', { toolId: 'pay', parameters: { amount, to: 'bob' }, callId });
      const result = await harness.adjudicate('POST_TOOL', 'tool', {
        toolId: 'pay',
        response: { receipt: 'r' },
        callId,
      });
      expect(result.decision).toBe(decision);
    }
  });

  it('includes its own call where results come in another order, and to another harness', async () => {
    const rule = (amount: number): string =>
      `${PERMIT_ALL}\n@id("other") forbid (principal, action == Action::"pay:result", resource) when { context has call && context.call.parameters.amount != ${amount} };`;
    const harnesses = [await openHarness(rule(1)), await openHarness(rule(2))];
    const pay = (callId: string, amount: number): AgentEvent => ({
      stage: 'PRE_TOOL',
      role: 'model',
      content: { toolId: 'pay', parameters: { amount, to: 'bob' }, callId },
    });
    const paid = (callId: string): AgentEvent => ({
      stage: 'POST_TOOL',
      role: 'tool',
      content: { toolId: 'pay', response: { receipt: 'r' }, callId },
    });
    const answers: string[][] = harnesses.map(() => []);
    for (const event of [pay('a', 1), pay('b', 2), paid('a'), pay('c', 1), paid('c'), paid('b')])
      for (const [index, harness] of harnesses.entries())
        answers[index]?.push((await harness.adjudicate(event)).decision);
    expect(answers).toEqual([
      ['ALLOW', 'ALLOW', 'ALLOW', 'ALLOW', 'ALLOW', 'DENY'],
      ['ALLOW', 'ALLOW', 'DENY', 'ALLOW', 'DENY', 'ALLOW'],
    ]);
  });

  it('counts steps and tool calls', async () => {
    const harness = await openHarness(
      '@id("few") permit (principal, action in Action::"PRE_TOOL", resource) when { resource.toolCalls < 2 };',
    );
    const decisions = [];
    for (let i = 0; i < 3; i++) decisions.push((await harness.adjudicate(call('shell', { command: 'ls' }))).decision);
    expect(decisions).toEqual(['ALLOW', 'ALLOW', 'DENY']);
  });

  it('includes what the host declares, and denies what it does not', async () => {
    const policies =
      '@id("a") permit (principal, action, resource) when { context has host && context.host.ticket == "T-1" };';
    const agent = {
      ...AGENT,
      hostSchema: { type: 'object', properties: { ticket: { type: 'string' } }, required: ['ticket'] },
    };
    const declared = await openHarness(policies, { agent });
    expect((await declared.adjudicate({ ...call('shell', { command: 'ls' }), host: { ticket: 'T-1' } })).decision).toBe(
      'ALLOW',
    );
    expect(
      (await declared.adjudicate({ ...call('shell', { command: 'ls' }), host: { ticket: 1 } })).diagnostics[0]?.code,
    ).toBe('wrong-type');
    const undeclared = await openHarness(PERMIT_ALL);
    expect((await undeclared.adjudicate({ ...call('shell', { command: 'ls' }), host: {} })).diagnostics[0]?.code).toBe(
      'undeclared-host-data',
    );
  });
});

describe('an event that is wrong', () => {
  it.each([
    ['an unknown tool', call('shel', { command: 'ls' }), 'unknown-tool'],
    ['a missing argument', call('shell', {}), 'missing-field'],
    ['an argument of the wrong type', call('shell', { command: 1 }), 'wrong-type'],
    ['an argument that is not declared', call('shell', { command: 'ls', force: true }), 'unknown-field'],
    ['a value outside an enum', call('pay', { amount: 1, to: 'mallory' }), 'not-allowed'],
    ['a fraction for an integer', call('pay', { amount: 1.5, to: 'bob' }), 'wrong-type'],
    ['arguments that are no object', call('shell', 'ls'), 'wrong-type'],
    [
      'a result that does not fit',
      { stage: 'POST_TOOL', role: 'tool', content: { toolId: 'pay', response: 'oops' } },
      'wrong-type',
    ],
    ['no stage', { role: 'model', content: { text: 'x' } }, 'bad-event'],
    [
      'a role that does not speak at the stage',
      { stage: 'PRE_TOOL', role: 'user', content: { toolId: 'shell', parameters: { command: 'ls' } } },
      'bad-event',
    ],
    ['no content', { stage: 'PRE_MODEL', role: 'user' }, 'bad-event'],
    ['null', null, undefined],
    ['a function', () => 1, undefined],
  ] as const)('is denied with the reason: %s', async (_name, event, code) => {
    const harness = await openHarness(PERMIT_ALL, { undeclared: 'deny' });
    const adjudication = await harness.adjudicate(event as unknown as AgentEvent);
    expect(adjudication.decision).toBe('DENY');
    expect(adjudication.reason).toMatch(/^Denied, the request is not valid: /);
    expect(adjudication.diagnostics.length).toBeGreaterThan(0);
    if (code !== undefined) expect(adjudication.diagnostics.map((d) => d.code)).toContain(code);
  });

  it('is not wrong for an argument that its JSON Schema takes, which policies see in text and touches', async () => {
    const policies = `${PERMIT_ALL}
      @id("text") forbid (principal, action == Action::"shell", resource) when { context.parametersJson like "*force*" };
      @id("env") forbid (principal, action == Action::"shell", resource) when { context.touches.globs.contains("env") };`;
    const agent = { ...AGENT, workspace: { root: '/workspace', globs: { env: ['**/.env'] } } };
    for (const name of ['force', 'prototype', 'constructor', 'Path', '']) {
      const harness = await openHarness(policies, { agent });
      const of = async (value: string): Promise<readonly string[]> => {
        const { policies: found } = await harness.adjudicate(
          call('shell', JSON.parse(`{ "command": "ls", "${name}": "${value}" }`)),
        );
        return found.map(({ id }) => id);
      };
      expect(await of('ok')).toEqual([name === 'force' ? 'text' : 'all']);
      expect(await of('.env')).toContain('env');
    }
  });

  it('is denied for a `__proto__` that a schema with other members does not declare, however open it is', async () => {
    const inner = { type: 'object', properties: { x: { type: 'integer' } }, additionalProperties: true };
    const open = { type: 'object', properties: { a: inner } };
    const declared = { type: 'object', properties: JSON.parse('{ "__proto__": { "type": "string" } }') as object };
    const agent = {
      ...AGENT,
      tools: [
        { name: 'open', inputSchema: open },
        { name: 'declared', inputSchema: declared },
      ],
    };
    for (const options of [{}, { profile: 'sondera', agent: { ...agent, id: 'A' } }] as const) {
      const harness = await openHarness(PERMIT_ALL, { agent, ...options });
      for (const [tool, parameters, decision] of [
        ['open', '{ "a": { "x": 1 } }', 'ALLOW'],
        ['open', '{ "__proto__": { "admin": true } }', 'DENY'],
        ['open', '{ "a": { "__proto__": { "admin": true } } }', 'DENY'],
        ['declared', '{ "__proto__": "x" }', 'ALLOW'],
        ['declared', '{ "__proto__": { "admin": true } }', 'DENY'],
      ] as const)
        expect([tool, parameters, (await harness.adjudicate(call(tool, JSON.parse(parameters)))).decision]).toEqual([
          tool,
          parameters,
          decision,
        ]);
    }
  });

  it('is denied and never throws, whatever it is', async () => {
    const harness = await openHarness(PERMIT_ALL);
    await fc.assert(
      fc.asyncProperty(
        fc.anything({ withBigInt: true, withNullPrototype: true, withMap: true, withSparseArray: true }),
        async (parameters) => {
          const adjudication: Adjudication = await harness.adjudicate(call('pay', parameters));
          expect(adjudication.decision).toBe('DENY');
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is denied when a getter throws', async () => {
    const harness = await openHarness(PERMIT_ALL);
    const parameters = {
      get command(): string {
        throw new Error('boom');
      },
    };
    expect((await harness.adjudicate(call('shell', parameters))).decision).toBe('DENY');
  });

  it('is denied when it uses names of the prototype', async () => {
    const harness = await openHarness(PERMIT_ALL, { undeclared: 'deny' });
    for (const name of ['__proto__', 'constructor', 'toString', '']) {
      expect((await harness.adjudicate(call(name, {}))).decision).toBe('DENY');
      expect((await harness.adjudicate(call('shell', JSON.parse(`{"command":"ls","${name}":{"a":1}}`)))).decision).toBe(
        'DENY',
      );
    }
  });
});

describe('a trajectory', () => {
  it('refuses events after it was finalized', async () => {
    const harness = await openHarness(PERMIT_ALL);
    await harness.finalize();
    await expect(harness.adjudicate(call('shell', { command: 'ls' }))).rejects.toThrow('finalized');
  });

  it('takes the agent from the constructor or from initialize', async () => {
    const harness = new PolicyHarness({ policies: PERMIT_ALL });
    await expect(harness.initialize()).rejects.toThrow('no agent');
    await harness.initialize({ agent: AGENT });
    expect((await harness.adjudicate('PRE_MODEL', 'user', { text: 'hi' })).decision).toBe('ALLOW');
  });

  it('does not change when an event is only decided', async () => {
    const harness = await openHarness(PERMIT_ALL);
    const before = harness.trajectory();
    harness.decide(call('shell', { command: 'ls' }));
    expect(harness.trajectory()).toBe(before);
  });

  it('calls the hook once for each adjudication', async () => {
    const seen: Adjudication[] = [];
    const harness = await openHarness(PERMIT_ALL, { onAdjudication: (a) => seen.push(a) });
    const adjudication = await harness.adjudicate(call('shell', { command: 'ls' }));
    expect(seen).toEqual([adjudication]);
  });

  it('gives equal events equal hashes and other events other hashes', async () => {
    const harness = await openHarness(PERMIT_ALL);
    const [a, b, c] = [
      { amount: 1, to: 'bob' },
      { to: 'bob', amount: 1 },
      { amount: 2, to: 'bob' },
    ].map((p) => harness.decide(call('pay', p)).requestHash);
    expect(a).toBe(b);
    expect(a).not.toBe(c);
  });
});
