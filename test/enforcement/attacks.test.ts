import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  type ApprovalAnswer,
  ApprovalPendingError,
  type ApprovalRequest,
  type Approver,
  BlockedError,
  createApprovalStore,
  type GuardOptions,
  guard,
  guardSync,
  type HarnessOptions,
  type Ledger,
  PolicyHarness,
  resumeCall,
  verifyLedger,
  webhookApprover,
} from '../../src/index.js';
import { isJsonObject } from '../../src/json/json-value.js';
import { ledgerFolder, rowsOf } from '../ledger/ledger-folder.js';
import { AGENT, PERMIT_ALL } from '../support/harness.js';
import { ASKING, guardedShell, type ShellCall } from './guarded.js';

// What is counted here is how often the tool runs, whatever is tried: not once without a valid answer, once with it.

const { path } = ledgerFolder();
const SECRET = 'a secret of sixteen bytes or more';
const yes: ApprovalAnswer = { approved: true, approver: 'ann' };

afterEach(() => {
  vi.useRealTimers();
});

/** What a call comes to: what it returns, or why it was blocked. */
const endOf = (run: Promise<unknown>): Promise<unknown> =>
  run.then(
    (value) => value,
    (error: unknown) => (error instanceof BlockedError ? error.kind : error),
  );

const approving = (answer: unknown): Approver => ({ requestApproval: () => answer as ApprovalAnswer });

/** Keeps the thread busy, so that no timer comes. */
function block(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

function throws(): never {
  throw new Error('no');
}

const brokenLedger = (isBroken: (kind: string) => boolean): Ledger => ({
  heeds: { setup: true, once: true, before: true },
  head: { seq: 0, hash: '' },
  append: (kind) => (isBroken(kind) ? throws() : { seq: 1, hash: '' }),
  close: () => undefined,
});

class Inherited {
  get approved(): boolean {
    return true;
  }
  get approver(): string {
    return 'ann';
  }
}

class Own {
  approved = true;
  approver = 'ann';
}

type Case = readonly [
  what: string,
  kind: string,
  args: unknown,
  options?: GuardOptions,
  settings?: Partial<HarnessOptions>,
];

const GIT = { command: 'git x' };
const late = { approvalTimeoutMs: 20 };

const never: readonly Case[] = [
  ['a hard forbid', 'denied', { command: 'rm x' }, { approver: approving(yes) }],
  ['a hard forbid beside an escalation', 'denied', { command: 'git x; rm x' }, { approver: approving(yes) }],
  [
    'no permit',
    'denied',
    { command: 'ls' },
    {},
    { policies: '@id("p") permit (principal, action == Action::"pay", resource);' },
  ],
  ['nobody to ask', 'unapproved', GIT],
  ['a no', 'rejected', GIT, { approver: approving({ approved: false, approver: 'ann' }) }],
  [
    'a no of one of two',
    'rejected',
    { command: 'git publish' },
    {
      approver: { requestApproval: ({ routeTo }) => ({ approved: routeTo === 'ops', approver: 'ann' }) },
    },
  ],
  ['an approver that throws', 'failed', GIT, { approver: { requestApproval: throws } }],
  [
    'an approver that rejects without a word',
    'failed',
    GIT,
    { approver: { requestApproval: () => Promise.reject(new Error('')) } },
  ],
  [
    'an approver that throws an error whose message is no text',
    'failed',
    GIT,
    { approver: { requestApproval: () => Promise.reject(Object.assign(new Error('x'), { message: 5 })) } },
  ],
  [
    'an approver that throws an error whose message throws',
    'failed',
    GIT,
    {
      approver: {
        requestApproval: () => Promise.reject(Object.defineProperty(new Error('x'), 'message', { get: throws })),
      },
    },
  ],
  ['an answer that never comes', 'expired', GIT, { ...late, approver: approving(new Promise(() => undefined)) }],
  ['a thenable that never answers', 'expired', GIT, { ...late, approver: approving({ then: () => undefined }) }],
  ['a thenable that throws', 'failed', GIT, { approver: approving({ then: throws }) }],
  [
    'a getter that throws',
    'failed',
    GIT,
    {
      approver: approving({
        get approved() {
          return throws();
        },
        approver: 'ann',
      }),
    },
  ],
  [
    'a proxy that throws',
    'failed',
    GIT,
    { approver: approving(new Proxy({}, { getOwnPropertyDescriptor: throws, has: throws, get: throws })) },
  ],
  ['an answer of prototypes', 'failed', GIT, { approver: approving(new Inherited()) }],
  ['an answer that inherits its yes', 'failed', GIT, { approver: approving(Object.create(yes)) }],
  ['a yes that is no boolean', 'failed', GIT, { approver: approving({ approved: 1, approver: 'ann' }) }],
  ['a boxed yes', 'failed', GIT, { approver: approving({ approved: Object(true), approver: 'ann' }) }],
  ['a boxed name', 'failed', GIT, { approver: approving({ approved: true, approver: Object('ann') }) }],
  ['a yes of nobody', 'failed', GIT, { approver: approving({ approved: true, approver: ' ' }) }],
  ['a yes alone', 'failed', GIT, { approver: approving(true) }],
  ['a function', 'failed', GIT, { approver: approving(Object.assign(() => undefined, yes)) }],
  ['a list', 'failed', GIT, { approver: approving([yes]) }],
  [
    'an answer to a changed call',
    'failed',
    GIT,
    {
      approver: {
        requestApproval: (_request, { call }) => {
          const content = isJsonObject(call.event) ? call.event.content : undefined;
          if (isJsonObject(content)) Object.assign(content, { parameters: { command: 'git push --force' } });
          return yes;
        },
      },
    },
  ],
  [
    'a ledger that takes no answer',
    'denied',
    { command: 'ls' },
    {},
    { ledger: brokenLedger((kind) => kind === 'adjudication') },
  ],
  [
    'a ledger that takes no use',
    'failed',
    GIT,
    { approver: approving(yes) },
    { ledger: brokenLedger((kind) => kind === 'approval') },
  ],
  ['a hook that throws', 'denied', { command: 'ls' }, {}, { onAdjudication: throws }],
  ['no arguments', 'denied', undefined],
  ['arguments of another type', 'denied', { command: 5 }],
  ['text instead of an object', 'denied', '{"command":"ls"}'],
  [
    'a getter that throws in the arguments',
    'denied',
    {
      get command() {
        return throws();
      },
    },
  ],
  ['a proxy that throws in the arguments', 'denied', new Proxy({}, { ownKeys: throws })],
  [
    'a revoked proxy',
    'denied',
    (() => {
      const { proxy, revoke } = Proxy.revocable({}, {});
      revoke();
      return proxy;
    })(),
  ],
  [
    'a class',
    'denied',
    new (class {
      command = 'ls';
    })(),
  ],
  ['an own toJSON', 'denied', { command: 'ls', toJSON: () => ({ command: 'ls' }) }],
  [
    'a host that cannot be read',
    'denied',
    { command: 'ls' },
    {
      host: {
        get x() {
          return throws();
        },
      },
    },
  ],
  ['a host that nobody declared', 'denied', { command: 'ls' }, { host: { vip: true } }],
];

describe('the tool does not run', () => {
  const cases = never.map(([what, kind, args, options = {}, settings = {}]) => ({
    what,
    kind,
    args,
    options,
    settings,
  }));

  it.each(cases)('for $what', async ({ kind, args, options, settings }) => {
    const { harness, calls, run, tool } = await guardedShell(options, settings);
    expect(await endOf(run(args as ShellCall))).toBe(kind);
    await harness.initialize();
    const steered = guard(harness, 'shell', tool, { ...options, onDeny: 'steer' });
    expect(await steered(args as ShellCall)).toMatch(/^Tool blocked: /);
    await harness.initialize();
    expect(() => guardSync(harness, 'shell', tool, options)(args as ShellCall)).toThrow(BlockedError);
    expect(calls).toEqual([]);
  });

  it('for a trajectory that does not exist or is closed', async () => {
    const { harness, calls, run, tool } = await guardedShell();
    expect(await endOf(guard(harness, 'shell', tool, { trajectoryId: 'x' })({ command: 'ls' }))).toBe('closed');
    await harness.fail();
    expect(await endOf(run({ command: 'ls' }))).toBe('closed');
    expect(calls).toEqual([]);
  });

  it('for forged callbacks, one after the other', async () => {
    const asked: ApprovalRequest[] = [];
    const webhook = webhookApprover({ secret: SECRET, routes: {} });
    const approver: Approver = {
      requestApproval: (request, context) => {
        asked.push(request);
        return webhook.store.requestApproval(request, context);
      },
    };
    const { calls, run } = await guardedShell({ approver, approvalTimeoutMs: 60 });
    const end = endOf(run(GIT));
    const { id = '', nonce = '', binding = '' } = asked[0] ?? {};
    const body = JSON.stringify({ id, nonce, binding, decision: 'approve', approver: 'ann' });
    const time = String(Math.floor(Date.now() / 1000));
    for (const signature of ['', 'v1=', `v1=${'0'.repeat(64)}`, `v1=${binding}`, '\u0000'])
      for (const headers of [
        {},
        { 'deodar-signature': signature },
        { 'deodar-timestamp': time, 'deodar-nonce': nonce, 'deodar-signature': signature },
        { 'deodar-timestamp': '1e9', 'deodar-nonce': nonce, 'deodar-signature': signature },
      ])
        expect(webhook.handleCallback({ headers, body }).status).toBe(401);
    expect(await end).toBe('expired');
    expect(calls).toEqual([]);
  });
});

describe('the tool runs once', () => {
  it.each([
    ['the answer', yes],
    ['a promise of it', Promise.resolve(yes)],
    ['an object with members of its own', new Own()],
    [
      'a thenable that answers twice',
      {
        then: (answer: (value: unknown) => void) => {
          answer(yes);
          answer({ approved: false, approver: 'ann' });
        },
      },
    ],
    ['an answer without a prototype', Object.assign(Object.create(null), yes)],
  ])('after a valid yes: %s', async (_what, answer) => {
    const { calls, run } = await guardedShell({ approver: approving(answer) }, { path: path() });
    expect(await run(GIT)).toBe('ran git x');
    expect(calls).toEqual([GIT]);
    expect(rowsOf(path()).filter(({ state }) => state === 'used')).toHaveLength(1);
  });

  it('with the answer as it was when it was read', async () => {
    let reads = 0;
    const answer = {
      get approved() {
        return reads++ > 0;
      },
      approver: 'ann',
    };
    const { calls, run } = await guardedShell({ approver: approving(answer) });
    expect(await endOf(run(GIT))).toBe('rejected');
    expect(calls).toEqual([]);
  });
});

describe('arguments that change', () => {
  /** Asks, and lets something happen before the yes. */
  const meanwhile = (asked: unknown[], happen: () => void): Approver => ({
    requestApproval: async ({ args }) => {
      asked.push(args);
      await Promise.resolve();
      happen();
      return yes;
    },
  });

  const changing = (
    later: string,
  ): readonly (readonly [string, () => { readonly args: unknown; readonly change: () => void }])[] => [
    [
      'a member that is assigned',
      () => {
        const args = { command: 'git x' };
        return { args, change: () => Object.assign(args, { command: later }) };
      },
    ],
    [
      'a member that is added',
      () => {
        const args: Record<string, unknown> = { command: 'git x' };
        return { args, change: () => Object.assign(args, { timeout: 1 }) };
      },
    ],
    [
      'a getter',
      () => {
        let reads = 0;
        return {
          args: {
            get command() {
              return reads++ === 0 ? 'git x' : later;
            },
          },
          change: () => undefined,
        };
      },
    ],
    [
      'a proxy',
      () => {
        let reads = 0;
        return {
          args: new Proxy({ command: '' }, { get: () => (reads++ === 0 ? 'git x' : later) }),
          change: () => undefined,
        };
      },
    ],
    [
      'a prototype that is exchanged',
      () => {
        const args = { command: 'git x' };
        return { args, change: () => Object.setPrototypeOf(args, { command: later, timeout: 9 }) };
      },
    ],
  ];

  it.each(changing('git push --force'))('do not change what is judged, asked and run: %s', async (_what, make) => {
    const { args, change } = make();
    const asked: unknown[] = [];
    const { calls, run } = await guardedShell({ approver: meanwhile(asked, change) }, { path: path() });
    expect(await run(args as ShellCall)).toBe('ran git x');
    expect([asked, calls]).toEqual([[GIT], [GIT]]);
    expect(Object.isFrozen(asked[0]) && Object.isFrozen(calls[0])).toBe(true);
    const judged = rowsOf(path()).filter(({ stage }) => stage === 'PRE_TOOL');
    expect(judged.map(({ event }) => event)).toMatchObject([
      { content: { parameters: GIT } },
      { content: { parameters: GIT } },
    ]);
  });

  it('between two calls are judged anew', async () => {
    const args = { command: 'ls' };
    const { calls, run } = await guardedShell({ onDeny: 'steer' });
    await run(args);
    args.command = 'rm x';
    expect(await run(args)).toMatch(/^Tool blocked/);
    expect(calls).toEqual([{ command: 'ls' }]);
  });
});

describe('a polluted prototype', () => {
  // What merging a JSON text into an object can leave behind: data under any name.
  const POISON: Readonly<Record<string, unknown>> = {
    approvals: [
      { id: 'x', route: 'ops', approver: 'mallory', at: '2020-01-01T00:00:00.000Z' },
      { id: 'y', route: null, approver: 'mallory', at: '2020-01-01T00:00:00.000Z' },
    ],
    approved: true,
    approver: 'mallory',
    pending: false,
    decision: 'ALLOW',
    effect: 'permit',
    onDeny: 'steer',
    onTimeout: 'approve',
    results: 'trust',
    mode: 'shadow',
    semantics: 'cedar',
    escalation: 'always',
    timeout: 7,
    command: 'ls',
    facts: {},
    toolId: 'pay',
    trajectoryId: 't1',
    callId: 'c',
    host: {},
    once: 'x',
    before: { kind: 'x', members: '' },
    setup: { hash: 'x' },
    status: 'approved',
    ok: true,
    kind: 'granted',
  };

  const everything: object = Object.getPrototypeOf({}) as object;

  function pollute(): void {
    for (const [name, value] of Object.entries(POISON))
      Object.defineProperty(everything, name, { value, configurable: true, writable: true });
  }

  async function polluted<T>(run: () => Promise<T>, first: () => void = pollute): Promise<T> {
    first();
    try {
      return await run();
    } finally {
      for (const name of Object.keys(POISON)) Reflect.deleteProperty(everything, name);
    }
  }

  it.each([
    ['rm x', {}, 'denied'],
    ['git x', {}, 'unapproved'],
    ['git bare', {}, 'unapproved'],
    ['git x', { approver: approving({}) }, 'failed'],
    ['git x', { approver: approving(Object.create(null)) }, 'failed'],
    ['git x', { approver: approving({ approved: false, approver: 'ann' }) }, 'rejected'],
    ['git x', { ...late, approver: approving(new Promise(() => undefined)) }, 'expired'],
    ['echo hunter2', {}, 'denied'],
  ] as const)('opens nothing: %s', async (command, options, kind) => {
    const { harness, calls, run, tool } = await guardedShell(options, { path: path() });
    const end = await polluted(() => endOf(run({ command })));
    expect(end).toBe(kind);
    expect(calls).toHaveLength(command === 'echo hunter2' ? 1 : 0);
    await harness.initialize();
    const fresh = await polluted(() =>
      endOf(guard(harness, 'shell', tool, { onDeny: 'block', ...options })({ command })),
    );
    expect(fresh).toBe(kind);
    expect(calls).toHaveLength(command === 'echo hunter2' ? 2 : 0);
    const unrecorded = await guardedShell(options);
    expect(await polluted(() => endOf(unrecorded.run({ command })))).toBe(kind);
    expect(unrecorded.calls).toHaveLength(command === 'echo hunter2' ? 1 : 0);
    const rows = rowsOf(path());
    expect(rows.filter((row) => row.approvals !== undefined || row.once !== undefined || row.kind === 'x')).toEqual([]);
    expect(verifyLedger(path()).ok).toBe(true);
  });

  it('gives arguments to nobody who was judged without them', async () => {
    const { calls, run } = await guardedShell({ onDeny: 'steer' });
    const end = await polluted(() => run({} as ShellCall));
    expect(end).toMatch(/^Tool blocked: /);
    expect(calls).toEqual([]);
  });

  it('while somebody is asked changes neither the question nor what runs', async () => {
    const approver: Approver = {
      requestApproval: async () => {
        pollute();
        return yes;
      },
    };
    const { calls, run } = await guardedShell({ approver });
    const end = await polluted(
      () => run(GIT),
      () => undefined,
    );
    expect([end, calls]).toEqual(['ran git x', [GIT]]);
  });
});

describe('a clock that is tampered with', () => {
  it.each([
    ['turned back', -86_400_000, 50, 'expired'],
    ['turned back to 1970', -Date.now(), 50, 'expired'],
    ['put forward', 86_400_000, 0, 'expired'],
    ['turned back in time', -86_400_000, 0, 'ran git x'],
  ])('does not make an approval late or valid: %s', async (_what, jump, busy, end) => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
    const { calls, run } = await guardedShell({
      approvalTimeoutMs: busy === 0 ? 5000 : 30,
      approver: {
        requestApproval: () => {
          vi.setSystemTime(Date.now() + jump);
          block(busy);
          return yes;
        },
      },
    });
    expect(await endOf(run(GIT))).toBe(end);
    expect(calls).toHaveLength(end === 'expired' ? 0 : 1);
  });

  /** A store with a request that expires after a second. */
  async function waitingStore(
    now: () => number,
  ): Promise<{ store: ReturnType<typeof createApprovalStore>; id: string; harness: PolicyHarness; calls: unknown[] }> {
    const store = createApprovalStore({ secret: SECRET, wait: false, now });
    const { run, harness, calls } = await guardedShell({ approver: store, approvalTimeoutMs: 1000 });
    const pending: unknown = await run(GIT).catch((error: unknown) => error);
    const id = pending instanceof ApprovalPendingError ? (pending.requests[0]?.id ?? '') : '';
    return { store, id, harness, calls };
  }

  it('brings no request back that has expired', async () => {
    let now = Date.now();
    const { store, id } = await waitingStore(() => now);
    now += 5000;
    expect(store.pending()).toEqual([]);
    now -= 5000;
    expect(store.approve(id, { approver: 'ann' })).toEqual({ ok: false, problem: 'expired' });
  });

  it('brings none back that it did not see expire, either', async () => {
    let now = Date.now();
    const { store, id, harness, calls } = await waitingStore(() => now);
    expect(store.approve(id, { approver: 'ann' })).toEqual({ ok: true });
    now += 5000;
    // Something else asks for the time.
    store.approve('another', { approver: 'ann' });
    const saved = store.serialize();
    now -= 5000;
    const later = createApprovalStore({ secret: SECRET, wait: false, now: () => now }, saved);
    for (const each of [store, later]) {
      expect(each.use([id])).toBe(false);
      expect(await endOf(resumeCall(harness, each, id, () => calls.push('ran')))).toBe('expired');
    }
    expect(calls).toEqual([]);
  });

  it.each([
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    1e300,
    -1e300,
    undefined as unknown as number,
  ])('that says %s lets nothing be approved', async (time) => {
    let now = Date.now();
    const { store, id } = await waitingStore(() => now);
    now = time;
    expect(store.approve(id, { approver: 'ann' })).toEqual({ ok: false, problem: 'expired' });
    now = Date.now();
    expect(store.status(id)).toBe('expired');
    expect(createApprovalStore({ secret: SECRET }, store.serialize()).status(id)).toBe('expired');
  });
});

describe('a call that waits', () => {
  async function waiting(): Promise<{ readonly text: string; readonly id: string }> {
    const store = createApprovalStore({ secret: SECRET, wait: false });
    const { run } = await guardedShell({ approver: store }, { path: path() });
    await run(GIT).catch(() => undefined);
    const id = store.pending()[0]?.id ?? '';
    store.approve(id, { approver: 'ann' });
    return { text: store.serialize(), id };
  }

  it('is not read when one character of it was changed, left out or added', async () => {
    const { text } = await waiting();
    const open = (changed: string): unknown => createApprovalStore({ secret: SECRET, wait: false }, changed);
    expect(() => open(text)).not.toThrow();
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      const others = [unit ^ 1, unit ^ 0x20, unit ^ 0x80].map((code) => String.fromCharCode(code));
      for (const other of [...others, '', `${text[at] ?? ''} `])
        expect(() => open(text.slice(0, at) + other + text.slice(at + 1)), `${at}`).toThrow(TypeError);
    }
  });

  it('runs once when it is resumed twice at the same time', async () => {
    const { text, id } = await waiting();
    const store = createApprovalStore({ secret: SECRET, wait: false }, text);
    const { harness, calls, tool } = await guardedShell({}, { path: path() });
    await harness.finalize();
    const other = new PolicyHarness({
      agent: AGENT,
      policies: ASKING,
      ...(harness.ledger && { ledger: harness.ledger }),
    });
    const run = tool as (parameters: unknown) => string;
    const ends = await Promise.all(Array.from({ length: 4 }, () => endOf(resumeCall(other, store, id, run))));
    expect(ends).toEqual(['ran git x', 'failed', 'failed', 'failed']);
    expect(calls).toEqual([GIT]);
  });

  it('runs in one of several processes that resume it at the same moment', async () => {
    for (let round = 0; round < 3; round++) {
      const { text, id } = await waiting();
      const job = { text, id, secret: SECRET, ledger: path(), agent: AGENT, policies: ASKING, at: Date.now() + 1200 };
      const ends = await Promise.all(Array.from({ length: 4 }, () => inProcess(JSON.stringify(job))));
      expect(ends.toSorted()).toEqual(['RUN ran', 'failed', 'failed', 'failed']);
    }
    expect(verifyLedger(path()).ok).toBe(true);
  }, 60_000);

  it('does not run for policies that deny it by now', async () => {
    const { text, id } = await waiting();
    const store = createApprovalStore({ secret: SECRET, wait: false }, text);
    for (const policies of [
      PERMIT_ALL,
      `${ASKING} @id("no-git") forbid (principal, action == Action::"shell", resource);`,
    ]) {
      const calls: unknown[] = [];
      const harness = new PolicyHarness({ agent: AGENT, policies });
      const fresh = createApprovalStore({ secret: SECRET, wait: false }, store.serialize());
      expect(await endOf(resumeCall(harness, fresh, id, (args) => calls.push(args)))).toBe('failed');
      expect(calls).toEqual([]);
    }
  });
});

const RESUMER = fileURLToPath(new URL('resume-process.mjs', import.meta.url));

async function inProcess(job: string): Promise<string> {
  const child = spawn(process.execPath, [RESUMER], { stdio: ['pipe', 'pipe', 'inherit'] });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    out += chunk;
  });
  child.stdin.end(job);
  await new Promise((resolve) => child.on('close', resolve));
  return out;
}
