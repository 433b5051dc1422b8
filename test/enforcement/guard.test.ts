import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type AgentEvent,
  BlockedError,
  type GuardOptions,
  guard,
  guardSync,
  openLedger,
  PolicyHarness,
  verifyLedger,
} from '../../src/index.js';
import { hostile } from '../analysis/recorded-session.js';
import { ledgerFolder, rowsOf } from '../ledger/ledger-folder.js';
import { openHarness, PERMIT_ALL } from '../support/harness.js';
import { ASKING, guardedShell, type ShellCall } from './guarded.js';

const { path } = ledgerFolder();

const blocked = (run: Promise<unknown>): Promise<BlockedError> =>
  run.then(
    () => {
      throw new Error('it was not blocked');
    },
    (error: unknown) => {
      if (error instanceof BlockedError) return error;
      throw error;
    },
  );

describe('a guarded tool', () => {
  it('runs on ALLOW and returns what it returns', async () => {
    const { calls, run } = await guardedShell();
    expect(await run({ command: 'ls' })).toBe('ran ls');
    expect(calls).toEqual([{ command: 'ls' }]);
  });

  it('returns the very object that the tool returned', async () => {
    const result = { list: [1, 2] };
    const harness = await openHarness(PERMIT_ALL);
    expect(await guard(harness, 'shell', () => result)({ command: 'ls' })).toBe(result);
  });

  it.each(['rm -rf /', 'git push'])('does not run for %s', async (command) => {
    const { calls, run } = await guardedShell();
    await blocked(run({ command }));
    expect(calls).toEqual([]);
  });

  it('says why it blocked', async () => {
    const { run } = await guardedShell();
    await expect(run({ command: 'rm x' })).rejects.toThrow(
      'Action blocked: Forbidden by "no-rm" (Nothing is deleted).',
    );
  });

  it('finalizes the trajectory on DENY, and blocks everything after it', async () => {
    const { harness, calls, run } = await guardedShell();
    expect((await blocked(run({ command: 'rm x' }))).kind).toBe('denied');
    expect(harness.trajectory('t1')?.status).toBe('finalized');
    expect((await blocked(run({ command: 'ls' }))).kind).toBe('closed');
    expect(calls).toEqual([]);
  });

  it('leaves the trajectory open when nobody can approve', async () => {
    const { harness, run } = await guardedShell();
    expect((await blocked(run({ command: 'git push' }))).kind).toBe('unapproved');
    expect(harness.trajectory('t1')?.status).toBe('open');
  });

  it('steers with a text for the model', async () => {
    const { harness, calls, run } = await guardedShell({ onDeny: 'steer' });
    expect(await run({ command: 'rm x' })).toBe(
      'Tool blocked: Forbidden by "no-rm" (Nothing is deleted). Try a different approach.',
    );
    expect(await run({ command: 'git push' })).toBe(
      'Tool blocked: Needs approval from "ops": "ask". Try a different approach.',
    );
    expect(await run({ command: 'ls' })).toBe('ran ls');
    expect(calls).toHaveLength(1);
    expect(harness.trajectory('t1')?.status).toBe('open');
  });

  it('steers with a text of the host, and with the usual one when that throws', async () => {
    const own = await guardedShell({ onDeny: 'steer', steer: (reason, answer) => `${answer?.decision}: ${reason}` });
    expect(await own.run({ command: 'rm x' })).toBe('DENY: Forbidden by "no-rm" (Nothing is deleted).');
    const throwing = await guardedShell({
      onDeny: 'steer',
      steer: () => {
        throw new Error('no');
      },
    });
    expect(await throwing.run({ command: 'rm x' })).toContain('Tool blocked: ');
  });

  it('runs a deeply frozen copy, so that a later change of the arguments has no effect', async () => {
    const { calls, run } = await guardedShell();
    const parameters = { command: 'ls' };
    const running = run(parameters);
    parameters.command = 'rm -rf /';
    expect(await running).toBe('ran ls');
    expect(Object.isFrozen(calls[0])).toBe(true);
  });

  it('reads each argument once', async () => {
    const { calls, run } = await guardedShell();
    let reads = 0;
    const parameters = Object.defineProperty({}, 'command', {
      enumerable: true,
      get: () => (reads++ === 0 ? 'ls' : 'rm -rf /'),
    }) as ShellCall;
    expect(await run(parameters)).toBe('ran ls');
    expect([reads, calls]).toEqual([1, [{ command: 'ls' }]]);
  });

  it('runs what a proxy said first', async () => {
    const { run } = await guardedShell();
    let reads = 0;
    const parameters = new Proxy({ command: 'ls' }, { get: () => (reads++ === 0 ? 'ls' : 'rm -rf /') });
    expect(await run(parameters)).toBe('ran ls');
  });

  it('leaves out members that are undefined', async () => {
    const { calls, run } = await guardedShell();
    await run({ command: 'ls', timeout: undefined } as unknown as ShellCall);
    expect(calls).toEqual([{ command: 'ls' }]);
  });

  it.each(hostile().flatMap((args, index) => (index === 10 || args === undefined ? [] : [[index, args] as const])))(
    'denies hostile arguments %i without running',
    async (_index, args) => {
      for (const onDeny of ['block', 'steer'] as const) {
        const { calls, run } = await guardedShell({ onDeny }, { path: path() });
        const outcome: unknown = await run(args as ShellCall).catch((error: unknown) => error);
        if (onDeny === 'block') expect(outcome).toMatchObject({ name: 'BlockedError', kind: 'denied' });
        else expect(outcome).toMatch(/^Tool blocked: /);
        expect(calls).toEqual([]);
      }
    },
  );

  it.each([
    [{ command: 'x'.repeat(2_000_000) }],
    [{ command: 'ls', list: Array.from({ length: 300_000 }, () => 'abcd') }],
    [JSON.parse(`${'{"a":'.repeat(500)}1${'}'.repeat(500)}`)],
  ])('denies arguments that are too large', async (args) => {
    const { calls, run } = await guardedShell();
    expect((await blocked(run(args as ShellCall))).adjudication?.decision).toBe('DENY');
    expect(calls).toEqual([]);
  });

  it('denies further arguments, as nobody judged them', async () => {
    const { calls, run } = await guardedShell();
    const loose = run as (...args: unknown[]) => Promise<unknown>;
    expect((await blocked(loose({ command: 'ls' }, 'rm -rf /'))).kind).toBe('denied');
    expect(calls).toEqual([]);
  });

  it('keeps `__proto__` a member like any other', async () => {
    const harness = await openHarness(PERMIT_ALL, {
      agent: { id: 'a', name: 'a', tools: [{ name: 'any', inputSchema: { type: 'object' } }] },
    });
    const run = guard(harness, 'any', (args: object) => [
      Object.getPrototypeOf(args) === Object.prototype,
      Object.keys(args),
    ]);
    expect(await run(JSON.parse('{"__proto__": {"x": 1}, "constructor": 2}') as object)).toEqual([
      true,
      ['__proto__', 'constructor'],
    ]);
  });

  it('throws what the tool throws, unchanged, and records it', async () => {
    for (const thrown of [new Error('disk full'), 'a text', undefined]) {
      const { harness } = await guardedShell({}, { path: path() });
      const failing = (): never => {
        throw thrown as Error;
      };
      const later = async (): Promise<never> => failing();
      for (const tool of [failing, later]) {
        const outcome = await guard(
          harness,
          'shell',
          tool,
        )({ command: 'ls' }).then(
          () => 'returned',
          (error: unknown) => ({ error }),
        );
        expect(outcome).toEqual({ error: thrown });
      }
      expect(() => guardSync(harness, 'shell', failing)({ command: 'ls' })).toThrow();
    }
    const outcomes = rowsOf(path()).filter(({ kind }) => kind === 'outcome');
    expect(outcomes).toHaveLength(9);
    expect(outcomes[0]).toMatchObject({
      outcome: 'error',
      error: 'Error: disk full',
      effect: 'happened',
      tool: 'shell',
    });
  });

  it('judges parallel calls in the order in which they are made', async () => {
    const { harness, run } = await guardedShell(
      {},
      {
        path: path(),
        policies: `${PERMIT_ALL}
      @id("first") forbid (principal, action == Action::"shell", resource) when { resource.toolCalls > 1 };`,
      },
    );
    const results = await Promise.allSettled(['a', 'b', 'c', 'd'].map((command) => run({ command })));
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected', 'rejected']);
    const calls = rowsOf(path()).filter(({ stage }) => stage === 'PRE_TOOL');
    expect(
      calls.map(({ event, decision }) => [
        (event as AgentEvent & { content: { parameters: ShellCall } }).content.parameters.command,
        decision,
      ]),
    ).toEqual([
      ['a', 'ALLOW'],
      ['b', 'ALLOW'],
      ['c', 'DENY'],
    ]);
    // The third call closed the trajectory, so the results of the first two are withheld.
    expect(harness.trajectory('t1')?.status).toBe('finalized');
  });
});

describe('results', () => {
  const result = async (value: unknown, options: GuardOptions = {}) => {
    const { harness } = await guardedShell({}, { path: path() });
    return guard(harness, 'shell', () => value, options)({ command: 'ls' });
  };

  it.each([undefined, null, 'text', 5, [1], { a: undefined }])('%j is judged and returned', async (value) => {
    expect(await result(value)).toBe(value);
    expect(rowsOf(path()).map(({ kind }) => kind)).toEqual([
      'begin',
      'setup',
      'adjudication',
      'outcome',
      'adjudication',
    ]);
  });

  it('that are denied are withheld, and the ledger says that the effect had happened', async () => {
    const error = await blocked(result('the password is hunter2'));
    expect([error.kind, error.adjudication?.stage]).toEqual(['denied', 'POST_TOOL']);
    const [outcome, judged] = rowsOf(path()).slice(-2);
    expect(outcome).toMatchObject({ kind: 'outcome', effect: 'happened', outcome: 'success' });
    expect(judged).toMatchObject({ kind: 'adjudication', stage: 'POST_TOOL', decision: 'DENY' });
  });

  it.each([[new Map([['a', 'hunter2']])], [Buffer.from('hunter2')], [new Set(['hunter2'])], [Symbol('hunter2')]])(
    'that are no JSON are judged by what is in them',
    async (value) => {
      expect((await blocked(result(value))).kind).toBe('denied');
    },
  );

  it('are not judged where the host trusts them', async () => {
    const value = new Map();
    expect(await result(value, { results: 'trust' })).toBe(value);
  });

  it('that escalate are withheld', async () => {
    expect((await blocked(result('look at this'))).kind).toBe('unapproved');
  });
});

describe('the rows of a guarded call', () => {
  it('hold nothing of what is redacted, in the call, its result and the call that the result answers', async () => {
    const redact = {
      fields: ['/content/parameters/command', '/content/response/token'],
      key: 'a key of sixteen bytes',
    };
    const { harness } = await guardedShell({}, { ledger: openLedger(path(), { redact }) });
    const run = guard(harness, 'shell', () => ({ token: 'tok-123', open: 1 }));
    expect(await run({ command: 'echo xyzzy', timeout: 3 })).toEqual({ token: 'tok-123', open: 1 });
    const text = readFileSync(path(), 'utf8');
    expect(text).not.toMatch(/xyzzy|tok-123/);
    const rows = rowsOf(path()).filter(({ kind }) => kind === 'adjudication');
    expect(rows).toMatchObject([
      { event: { content: { parameters: { timeout: 3 } } } },
      {
        event: { content: { response: { open: 1 } } },
        trajectory: { calls: [{ parameters: { timeout: 3 } }] },
        redacted: { parts: [{ fields: ['/content/response/token'] }, { fields: ['/content/parameters/command'] }] },
      },
    ]);
    expect(verifyLedger(path()).ok).toBe(true);
  });

  it('are numbered one after the other, the end of a call in front of the judgement of its result', async () => {
    const { harness, run, tool } = await guardedShell({}, { path: path() });
    await run({ command: 'ls' });
    guardSync(harness, 'shell', tool)({ command: 'ls' });
    await guard(harness, 'shell', tool, { results: 'trust' })({ command: 'ls' });
    const rows = rowsOf(path()).slice(2);
    const [first, , , second] = rows;
    expect(rows.map(({ kind, stage, row }) => [kind, stage ?? row])).toEqual([
      ['adjudication', 'PRE_TOOL'],
      ['outcome', first?.seq],
      ['adjudication', 'POST_TOOL'],
      ['adjudication', 'PRE_TOOL'],
      ['outcome', second?.seq],
      ['adjudication', 'POST_TOOL'],
      ['adjudication', 'PRE_TOOL'],
      ['outcome', rows[6]?.seq],
    ]);
    expect(new Set(rows.map(({ callId }) => callId)).size).toBe(4);
  });

  it('say that the tool ran where its result cannot be judged, as the run is closed', async () => {
    const { harness } = await guardedShell({}, { path: path() });
    const closing = guard(harness, 'shell', () => harness.finalize());
    expect((await blocked(closing({ command: 'ls' }))).kind).toBe('closed');
    expect(rowsOf(path()).map(({ kind }) => kind)).toEqual(['begin', 'setup', 'adjudication', 'outcome']);
  });

  it('are there for a result that cannot be looked at', async () => {
    const { harness } = await guardedShell({}, { path: path() });
    const output = {
      get then(): never {
        throw new Error('no');
      },
    };
    expect(() => guardSync(harness, 'shell', () => output)({ command: 'ls' })).toThrow(BlockedError);
    expect(
      rowsOf(path())
        .map(({ kind }) => kind)
        .slice(2),
    ).toEqual(['adjudication', 'outcome', 'adjudication']);
  });
});

describe('guardSync', () => {
  it('runs at once on ALLOW', async () => {
    const { harness, tool } = await guardedShell();
    expect(guardSync(harness, 'shell', tool)({ command: 'ls' })).toBe('ran ls');
  });

  it('blocks DENY and ESCALATE without asking anybody', async () => {
    let asked = 0;
    const approver = { requestApproval: () => ({ approved: true, approver: `nobody ${asked++}` }) };
    const { harness, tool, calls } = await guardedShell();
    const run = guardSync(harness, 'shell', tool, { approver, onDeny: 'steer' });
    expect(run({ command: 'git push' })).toContain('Tool blocked: Needs approval');
    expect(run({ command: 'rm x' })).toContain('Tool blocked: Forbidden');
    expect(() => guardSync(harness, 'shell', tool, { approver })({ command: 'git x' })).toThrow(BlockedError);
    expect([calls, asked]).toEqual([[], 0]);
  });

  it('judges the result of a tool that returns a promise when it is there', async () => {
    const { harness } = await guardedShell();
    const run = guardSync(harness, 'shell', () => Promise.resolve('hunter2'));
    await blocked(run({ command: 'ls' }));
  });
});

describe('a map of tools', () => {
  it('is guarded tool by tool', async () => {
    const harness = await openHarness(ASKING);
    const shell = ({ command }: { command: string }): string => `ran ${command}`;
    const pay = {
      description: 'Pays.',
      execute({ amount }: { amount: number }, context: { id: string }): string {
        return `${this.description} ${amount} ${context.id}`;
      },
    };
    const tools = guard(harness, { shell, pay }, { onDeny: 'steer', results: 'trust' });
    expect(await tools.shell({ command: 'ls' })).toBe('ran ls');
    expect(await tools.shell({ command: 'rm x' })).toContain('Tool blocked');
    expect(await tools.pay.execute({ amount: 5, to: 'bob' } as { amount: number }, { id: 'x' })).toBe('Pays. 5 x');
    expect(tools.pay.description).toBe('Pays.');
  });

  it('refuses what is no tool, when it is wrapped', async () => {
    const harness = await openHarness(ASKING);
    expect(() => guard(harness, { shell: 5 as never })).toThrow(TypeError);
    expect(() => guard(harness, 'shell', 5 as never)).toThrow(TypeError);
    expect(() => guard(harness, 5 as never)).toThrow(TypeError);
  });

  it('refuses where tools would be left out, or have no name', async () => {
    const harness = await openHarness(ASKING);
    class Tools {
      shell(): string {
        return 'x';
      }
    }
    class More extends Tools {}
    const takes = 'guard() takes the name of a tool and the tool, a function with a name, or an object of tools';
    for (const tools of [undefined, null, [() => 'x'], new Map([['shell', () => 'x']]), new Set(), Object('shell')])
      expect(() => guard(harness, tools as never)).toThrow(takes);
    for (const tools of [new Tools(), new More()])
      expect(() => guard(harness, tools as never)).toThrow('the tool "shell" belongs to a class');
    expect(() => guard(harness, undefined as never, () => 'x')).toThrow(takes);
    for (const wrap of [guard, guardSync])
      expect(() => wrap(harness, '', () => 'x')).toThrow('the name of the tool is no text that is not empty');
    expect(() => guardSync(harness, undefined as never, () => 'x')).toThrow('the name of the tool is no text');
    expect(() => guardSync(harness, { shell: () => 'x' } as never, undefined as never)).toThrow('the name of the tool');
    class Own {
      readonly shell = () => 'x';
    }
    for (const tools of [new Own(), Object.assign(Object.create(null), { shell: () => 'x' })])
      expect(Object.keys(guard(harness, tools))).toEqual(['shell']);
  });

  it('takes the name of a function, and refuses one without', async () => {
    const harness = await openHarness(ASKING);
    expect(
      await guard(harness, function shell({ command }: ShellCall) {
        return command;
      })({ command: 'ls' }),
    ).toBe('ls');
    expect(() =>
      guard(
        harness,
        (
          () => () =>
            'x'
        )(),
      ),
    ).toThrow(/has no name/);
  });

  it.each([
    { onDeny: 'stear' },
    { onTimeout: 'allow' },
    { results: 'no' },
    { approvalTimeoutMs: 0 },
    { approvalTimeoutMs: 1e12 },
    { maxLength: Number.NaN },
  ])('refuses the option %j', async (options) => {
    const harness = await openHarness(ASKING);
    expect(() => guard(harness, 'shell', () => 'x', options as GuardOptions)).toThrow(TypeError);
  });
});

describe('a tool that the agent does not declare', () => {
  const warnings: (Error & { readonly code?: string })[] = [];
  const listen = (warning: Error): void => void warnings.push(warning);
  beforeEach(() => {
    warnings.length = 0;
    process.on('warning', listen);
  });
  afterEach(() => {
    process.off('warning', listen);
  });
  const warned = async (): Promise<readonly string[]> => {
    await new Promise((done) => setImmediate(done));
    expect(warnings.every(({ name, code }) => name === 'DeodarWarning' && code === 'DEODAR_UNDECLARED_TOOL')).toBe(
      true,
    );
    return warnings.map(({ message }) => message);
  };

  it('is told when it is wrapped, and its calls are denied', async () => {
    const harness = await openHarness(ASKING);
    let ran = 0;
    const run = guard(harness, 'shel', () => ++ran);
    guardSync(harness, 'other', () => ++ran);
    guard(harness, { shell: () => 'x', mail: { execute: () => 'x' } });
    const would = 'so every call would be denied';
    expect(await warned()).toEqual([
      `the agent does not declare the tool "shel", ${would}; did you mean "shell"?`,
      `the agent does not declare the tool "other", ${would}`,
      `the agent does not declare the tool "mail", ${would}`,
    ]);
    expect(await blocked(run({}))).toMatchObject({ kind: 'denied', reason: expect.stringContaining('"shel"') });
    expect(ran).toBe(0);
  });

  it('is nothing to be told where policies decide about it, or the agent is not known yet', async () => {
    guard(await openHarness(ASKING, { unregistered: 'policy' }), 'other', () => 'x');
    guard(new PolicyHarness({ policies: ASKING }), 'other', () => 'x');
    guard(await openHarness(ASKING), 'shell', () => 'x');
    expect(await warned()).toEqual([]);
  });
});

describe('shadow mode', () => {
  it('runs the tool with its own arguments whatever the answer is, and records what would have happened', async () => {
    const { run, calls } = await guardedShell({}, { mode: 'shadow', path: path() });
    const parameters = { command: 'rm x' };
    expect(await run(parameters)).toBe('ran rm x');
    expect(calls[0]).toBe(parameters);
    const rows = rowsOf(path()).filter(({ kind }) => kind === 'adjudication');
    expect(rows.map(({ decision, mode }) => [decision, mode])).toEqual([
      ['DENY', 'shadow'],
      ['ALLOW', 'shadow'],
    ]);
  });

  it('touches nothing: further arguments, hostile ones, results, errors, closed trajectories, broken ledgers', async () => {
    const { harness } = await guardedShell({}, { mode: 'shadow', path: path() });
    const own = new Error('own');
    const wrap = guardSync(harness, 'shell', ((...args: unknown[]) => args) as never) as unknown as (
      ...args: unknown[]
    ) => unknown[];
    for (const args of hostile()) expect(wrap(args, 'more')[0]).toBe(args);
    expect(() =>
      guardSync(harness, 'shell', () => {
        throw own;
      })({ command: 'rm' }),
    ).toThrow(own);
    const map = new Map();
    expect(guardSync(harness, 'shell', () => map)({ command: 'git push' })).toBe(map);
    harness.ledger?.close();
    expect(wrap({ command: 'ls' })).toEqual([{ command: 'ls' }]);
    await harness.finalize();
    expect(wrap({ command: 'ls' })).toEqual([{ command: 'ls' }]);
  });

  it('never asks', async () => {
    let asked = 0;
    const approver = { requestApproval: () => ({ approved: false, approver: `x${asked++}` }) };
    const { run } = await guardedShell({ approver }, { mode: 'shadow' });
    expect(await run({ command: 'git push' })).toBe('ran git push');
    expect(asked).toBe(0);
  });
});
