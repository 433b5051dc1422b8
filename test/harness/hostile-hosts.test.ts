import { describe, expect, it } from 'vitest';
import { type AgentEvent, DeodarError, feedbackOf, guard, type Ledger, PolicyHarness } from '../../src/index.js';
import { AGENT, openHarness, PERMIT_ALL } from '../support/harness.js';

const call = (parameters: unknown, callId?: string): AgentEvent => ({
  stage: 'PRE_TOOL',
  role: 'model',
  content: { toolId: 'shell', parameters, ...(callId === undefined ? {} : { callId }) },
});
const result = (callId: string): AgentEvent => ({
  stage: 'POST_TOOL',
  role: 'tool',
  content: { toolId: 'shell', response: 'x', callId },
});
const cyclic: Record<string, unknown> = { command: 'ls' };
cyclic['self'] = cyclic;
const deep = Array.from({ length: 20_000 }).reduce<unknown>((inner) => ({ a: inner }), 1);
const revoked = Proxy.revocable({ command: 'ls' }, {});
revoked.revoke();
const boom = (): never => {
  throw new Error('boom');
};

describe('values that are no data', () => {
  it.each<readonly [string, unknown]>([
    ['a getter that throws', Object.defineProperty({}, 'command', { get: boom, enumerable: true })],
    ['a proxy that throws', new Proxy({}, { ownKeys: boom, get: boom, getPrototypeOf: boom })],
    ['a revoked proxy', revoked.proxy],
    ['a cycle', cyclic],
    ['great depth', deep],
    ['a promise', Promise.resolve({ command: 'ls' })],
    ['a promise in it', { command: Promise.resolve('ls') }],
    ['a date', { command: new Date(0) }],
    ['a map', new Map([['command', 'ls']])],
    ['a boxed text', { command: Object('ls') }],
    ['a symbol', { command: Symbol('ls') }],
    ['a function', { command: () => 'ls' }],
    ['NaN', { command: 'ls', timeout: Number.NaN }],
    ['infinity', { command: 'ls', timeout: Number.POSITIVE_INFINITY }],
    ['an integer beyond 64 bits', { command: 'ls', timeout: 2n ** 63n }],
    ['a number that is rounded', { command: 'ls', timeout: 1e300 }],
    ['half a character', { command: '\uD800' }],
    ['an array with a hole', { command: 'ls', more: new Array(1) }],
    ['a member that only the prototype has', Object.create({ command: 'ls' })],
    ['a toJSON of its own', { toJSON: () => ({ command: 'ls' }) }],
    ['a member that is hidden', Object.defineProperty({}, 'command', { value: 'ls', enumerable: false })],
  ])('are denied: %s', async (_what, parameters) => {
    const harness = await openHarness(PERMIT_ALL);
    for (const judge of [(e: AgentEvent) => harness.decide(e), (e: AgentEvent) => harness.adjudicateSync(e)])
      expect(judge(call(parameters)).decision).toBe('DENY');
    expect((await harness.adjudicate('PRE_TOOL', 'model', { toolId: 'shell', parameters })).decision).toBe('DENY');
  });

  it('are denied as an event and as its options', async () => {
    const harness = await openHarness(PERMIT_ALL);
    const events: unknown[] = [
      undefined,
      null,
      5,
      'PRE',
      [],
      new Proxy({}, { ownKeys: boom }),
      { ...call({}), stage: 'pre_tool' },
    ];
    for (const event of events) expect((await harness.adjudicate(event as AgentEvent)).decision).toBe('DENY');
    const content = { text: 'hi' };
    const options = Object.defineProperty({}, 'host', { get: boom, enumerable: true });
    expect((await harness.adjudicate('PRE_MODEL', 'user', content, options)).decision).toBe('DENY');
    for (const none of [null, {}, { host: undefined, trajectoryId: undefined }] as object[])
      expect((await harness.adjudicate('PRE_MODEL', 'user', content, none)).decision).toBe('ALLOW');
    const other: object = { stage: 'POST_TOOL' };
    expect((await harness.adjudicate('PRE_MODEL', 'user', content, other)).decision).toBe('DENY');
  });

  it('are denied where JSON was promised', async () => {
    const harness = await openHarness(PERMIT_ALL);
    const event: Record<string, unknown> = { ...call({ command: 'ls' }) };
    event['self'] = event;
    for (const given of [event, undefined, () => 1, { ...call(deep) }])
      expect((await harness.adjudicateJson(given as never)).decision).toBe('DENY');
  });

  it('that are undefined are absent, as they are in JSON', async () => {
    const harness = await openHarness(PERMIT_ALL);
    expect(harness.decide(call({ command: 'ls', timeout: undefined })).decision).toBe('ALLOW');
    expect(harness.decide(call({ command: undefined })).decision).toBe('DENY');
    expect(harness.decide({ ...call({ command: 'ls' }), host: undefined }).decision).toBe('ALLOW');
  });

  it('are read once: what a getter says later does not count', async () => {
    const harness = await openHarness(
      `${PERMIT_ALL} @id("rm") forbid (principal, action == Action::"shell", resource) when { context.touches.programs.contains("rm") };`,
    );
    let reads = 0;
    const parameters = {
      get command(): string {
        return reads++ === 0 ? 'rm -rf /' : 'ls';
      },
    };
    expect(harness.decide(call(parameters)).policies.map(({ id }) => id)).toEqual(['rm']);
    expect(reads).toBe(1);
  });
});

describe('a hook', () => {
  it('that throws ends in DENY, and the call has no result', async () => {
    let fails = true;
    const harness = await openHarness(PERMIT_ALL, {
      onAdjudication: () => {
        if (fails) boom();
      },
    });
    const denied = await harness.adjudicate(call({ command: 'ls' }, 'c1'));
    expect([denied.decision, denied.reason]).toEqual(['DENY', 'Denied, `onAdjudication` failed: boom.']);
    expect(denied.diagnostics.map(({ code }) => code)).toEqual(['hook-failed']);
    expect(feedbackOf(denied).next).toBe('choose-another-way');
    fails = false;
    expect((await harness.adjudicate(result('c1'))).diagnostics.map(({ code }) => code)).toEqual(['denied-call']);
    expect(harness.trajectory('t1')?.toolCalls).toBe(1);
  });

  it('that throws keeps a guarded tool from running, but not in shadow mode', async () => {
    for (const mode of ['enforce', 'shadow'] as const) {
      let ran = 0;
      const harness = await openHarness(PERMIT_ALL, { onAdjudication: boom, mode });
      const run = guard(harness, 'shell', () => ++ran);
      if (mode === 'shadow') await run({ command: 'ls' });
      else await expect(run({ command: 'ls' })).rejects.toThrow('boom');
      expect(ran).toBe(mode === 'shadow' ? 1 : 0);
      const answer = await harness
        .adjudicate({ stage: 'PRE_MODEL', role: 'user', content: { text: 'x' }, trajectoryId: 't1' })
        .catch((error: Error) => error.message);
      if (mode === 'shadow')
        expect(answer).toMatchObject({ decision: 'ALLOW', diagnostics: [{ code: 'hook-failed' }] });
    }
  });

  it('cannot change what is answered, nor what is known of the call', async () => {
    const policies = `${PERMIT_ALL}
      @id("ask") @escalate("a") @level("1") forbid (principal, action == Action::"pay", resource);
      @id("rm") forbid (principal, action == Action::"shell:result", resource) when { context has call && context.call.parametersJson like "*rm*" };`;
    const changes: unknown[] = [];
    const harness = await openHarness(policies, {
      onAdjudication: (adjudication, { event }) => {
        const attempt = (change: () => unknown): void => {
          try {
            change();
          } catch (error) {
            changes.push(error);
          }
        };
        attempt(() => (adjudication.routes as unknown[]).pop());
        attempt(() => (adjudication.policies as unknown[]).pop());
        attempt(() => Object.assign(adjudication.policies[0]?.annotations ?? {}, { level: '2' }));
        attempt(() => event?.stage === 'PRE_TOOL' && Object.assign(event.parameters as object, { command: 'ls' }));
      },
    });
    const asked = await harness.adjudicate({
      stage: 'PRE_TOOL',
      role: 'model',
      content: { toolId: 'pay', parameters: { amount: 1, to: 'bob' } },
    });
    expect([asked.decision, asked.routes, asked.policies[0]?.annotations['level']]).toEqual(['ESCALATE', ['a'], '1']);
    await harness.adjudicate(call({ command: 'rm x' }, 'c1'));
    expect((await harness.adjudicate(result('c1'))).policies.map(({ id }) => id)).toEqual(['rm']);
    expect(changes.length).toBeGreaterThan(0);
  });

  it('may judge other events: each is counted once', async () => {
    let inner = 0;
    const harness = await openHarness(PERMIT_ALL, {
      onAdjudication: () => {
        if (inner++ < 3) harness.adjudicateSync(call({ command: 'ls' }));
      },
    });
    await harness.adjudicate(call({ command: 'ls' }));
    expect(harness.trajectory('t1')).toMatchObject({ steps: 4, toolCalls: 4 });
  });
});

describe('a promise of the host that is rejected', () => {
  it.each(['hook', 'ledger'])('is a warning, and does not end the process (%s)', async (who) => {
    const warnings: unknown[] = [];
    const warn = (warning: Error): unknown => warnings.push(warning.message);
    process.on('warning', warn);
    const late = (): Promise<never> => Promise.reject(new Error('collector down'));
    const head = { seq: 0, hash: '' };
    const heeds = { setup: true, once: true, before: true } as const;
    const ledger: Ledger = { heeds, head, append: late as never, close: () => undefined };
    const harness = await openHarness(PERMIT_ALL, who === 'hook' ? { onAdjudication: late as () => void } : { ledger });
    const answer = await harness.adjudicate(call({ command: 'ls' }));
    expect(answer.decision).toBe(who === 'hook' ? 'ALLOW' : 'DENY');
    await new Promise((done) => setImmediate(done));
    process.off('warning', warn);
    expect(warnings).toEqual(['what `onAdjudication` or the ledger does later failed: collector down']);
  });
});

describe('what somebody put into the prototype of objects', () => {
  it.each(['mode', 'semantics', 'escalation', 'unregistered', 'strict'])(
    'is no setting of a harness: %s',
    async (name) => {
      const values: Readonly<Record<string, unknown>> = {
        mode: 'shadow',
        semantics: 'cedar',
        escalation: 'always',
        unregistered: 'policy',
        strict: false,
      };
      const everyPrototype: object = Object.getPrototypeOf({});
      Object.defineProperty(everyPrototype, name, { value: values[name], configurable: true, writable: true });
      try {
        let ran = 0;
        const harness = await openHarness(
          `${PERMIT_ALL} @id("no") forbid (principal, action == Action::"shell", resource);`,
        );
        const run = guard(harness, 'shell', () => ++ran);
        await expect(run({ command: 'ls' })).rejects.toThrow('Forbidden by "no"');
        expect([ran, harness.prepared?.mode]).toEqual([0, 'enforce']);
      } finally {
        Reflect.deleteProperty(everyPrototype, name);
      }
    },
  );
});

describe('options that are wrong', () => {
  const codes = (options: object): readonly string[] => {
    try {
      const harness = new PolicyHarness({ agent: AGENT, policies: PERMIT_ALL, ...options });
      return harness.prepared === undefined ? ['unprepared'] : [];
    } catch (error) {
      if (error instanceof DeodarError) return error.diagnostics.map(({ code }) => code);
      throw error;
    }
  };

  it.each([
    { onAdjudication: 'log' },
    { clock: 5 },
    { ledger: 'ledger.jsonl' },
    { schema: 5 },
    { schema: [{ file: 'x' }] },
    { profile: 'mcp' },
    { profile: { kind: 'mcp' } },
    { profile: { kind: 'mcp', stub: 'namespace A {}' } },
    { profile: { kind: 'mcp', stub: { text: '' }, includeOutput: true } },
    { profile: { kind: 'mcp', stub: { text: '' }, includeOutputs: 'yes' } },
    { profile: { kind: 'sondera', namspace: 'A' } },
    { profile: { kind: 'sondera', namespace: 5 } },
    { profile: { kind: 'sondera', schema: 'namespace A {}' } },
    { profile: { kind: '__proto__' } },
    { profile: { kind: 'deodar' } },
    { profile: null },
    { strict: 'no' },
    { strict: 0 },
  ])('are all told when the harness is made: %j', (options) => {
    expect(codes(options)).toContain('bad-setting');
  });

  it('are told together with what is wrong elsewhere', () => {
    expect(
      codes({ modus: 1, agent: { ...AGENT, tools: [{ name: 'prompt' }] }, policies: 'permit' }).length,
    ).toBeGreaterThan(1);
  });

  it.each([
    { policies: { policies: [null], templates: [], links: [] } },
    { entities: { isIn: () => true } },
    { entities: new Proxy({}, { has: boom, get: boom, ownKeys: boom }) },
  ])('that cannot be read are told as well: %#', (options) => {
    expect(codes(options).length).toBeGreaterThan(0);
  });

  it('that are undefined mean the default', () => {
    expect(codes({ agent: { ...AGENT, provider: undefined }, strict: undefined, entities: undefined })).toEqual([]);
  });

  it('cannot make a clock that ends in an exception', async () => {
    for (const clock of [boom, () => 1, () => undefined] as (() => unknown)[]) {
      const harness = await openHarness(PERMIT_ALL, { clock: clock as () => bigint });
      expect(harness.decide(call({ command: 'ls' }))).toMatchObject({ decision: 'ALLOW', durationNs: 0 });
    }
  });

  it('that are none are misuse', () => {
    for (const none of [null, undefined, 5]) expect(() => new PolicyHarness(none as never)).toThrow(TypeError);
  });

  it('count as they were when the harness was made', async () => {
    const options: { agent: typeof AGENT; policies: string; mode: 'enforce' | 'shadow'; onAdjudication?: () => void } =
      { agent: AGENT, policies: PERMIT_ALL, mode: 'enforce' };
    const harness = new PolicyHarness(options);
    options.onAdjudication = boom;
    await harness.initialize();
    expect((await harness.adjudicate(call({ command: 'ls' }))).decision).toBe('ALLOW');
  });

  it('of a trajectory are refused', async () => {
    const harness = await openHarness(PERMIT_ALL);
    for (const label of ['', 5, null, '\uD800', {}])
      expect(() => harness.addLabel(label as string)).toThrow('is no id');
    for (const state of [{ id: 't' }, { ...harness.trajectory('t1'), id: 't', labels: ['a'] }, 5])
      await expect(harness.initialize({ state: state as never })).rejects.toThrow('no state');
    await expect(harness.initialize({ trajectoryId: 't1' })).rejects.toThrow('exists already');
    await harness.finalize('t1');
    await expect(harness.initialize({ trajectoryId: 't1' })).rejects.toThrow('exists already');
    await expect(harness.adjudicate(call({ command: 'ls' }))).rejects.toThrow('is finalized');
  });
});
