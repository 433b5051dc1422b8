import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import {
  type ApprovalAnswer,
  ApprovalPendingError,
  type ApprovalRequest,
  type Approver,
  BlockedError,
  callbackApprover,
  consoleApprover,
  createApprovalStore,
  guard,
  openLedger,
  PolicyHarness,
  resumeCall,
  slackMessage,
  verifyLedger,
} from '../../src/index.js';
import { ledgerFolder, rowsOf } from '../ledger/ledger-folder.js';
import { AGENT, PERMIT_ALL } from '../support/harness.js';
import { ASKING, guardedShell } from './guarded.js';

const { path } = ledgerFolder();
const SECRET = 'a secret of sixteen bytes or more';

/** An approver that answers each route as told, and remembers what it was asked. */
function answering(answers: Readonly<Record<string, unknown>>): Approver & { readonly asked: ApprovalRequest[] } {
  const asked: ApprovalRequest[] = [];
  return {
    asked,
    requestApproval: (request) => {
      asked.push(request);
      return answers[request.routeTo ?? 'bare'] as ApprovalAnswer;
    },
  };
}

const yes = (approver = 'ann') => ({ approved: true, approver });
const no = (approver = 'ann') => ({ approved: false, approver });

const kindOf = (run: Promise<unknown>): Promise<unknown> =>
  run.then(
    (value) => value,
    (error: unknown) => (error instanceof BlockedError ? error.kind : error),
  );

describe('the five ends of a call', () => {
  const approver = (approved: boolean) => answering({ ops: { approved, approver: 'ann' } });

  it('ALLOW runs and asks nobody', async () => {
    const asking = approver(true);
    const { run, calls } = await guardedShell({ approver: asking });
    expect(await run({ command: 'ls' })).toBe('ran ls');
    expect([calls.length, asking.asked.length]).toEqual([1, 0]);
  });

  it('DENY does not run and asks nobody', async () => {
    const asking = approver(true);
    const { run, calls } = await guardedShell({ approver: asking, onDeny: 'steer' });
    expect(await run({ command: 'git x; rm x' })).toContain('Tool blocked: Forbidden by "no-rm"');
    expect([calls.length, asking.asked.length]).toEqual([0, 0]);
  });

  it('ESCALATE without an approver does not run', async () => {
    const { run, calls } = await guardedShell();
    expect(await kindOf(run({ command: 'git x' }))).toBe('unapproved');
    expect(calls).toEqual([]);
  });

  it('ESCALATE that is approved runs once', async () => {
    const asking = approver(true);
    const { run, calls } = await guardedShell({ approver: asking });
    expect(await run({ command: 'git x' })).toBe('ran git x');
    expect(calls).toEqual([{ command: 'git x' }]);
    expect(asking.asked).toMatchObject([
      {
        action: 'shell',
        args: { command: 'git x' },
        reason: 'Needs approval from "ops": "ask".',
        routeTo: 'ops',
        stage: 'PRE_TOOL',
        principal: 'Agent::"test-agent"',
        trajectoryId: 't1',
      },
    ]);
    expect(Object.isFrozen(asking.asked[0]?.args)).toBe(true);
  });

  it('ESCALATE that is rejected does not run', async () => {
    const { run, calls } = await guardedShell({ approver: approver(false) });
    await expect(run({ command: 'git x' })).rejects.toThrow("Action 'shell' was rejected.");
    expect(calls).toEqual([]);
  });
});

describe('an approver', () => {
  it.each([
    undefined,
    null,
    true,
    'yes',
    { approved: 'yes', approver: 'ann' },
    { approved: 1, approver: 'ann' },
    { approved: true },
    { approved: true, approver: '' },
    { approved: true, approver: 'a\nb' },
    { approved: true, approver: 'x'.repeat(300) },
  ])('that answers %j is no approval', async (answer) => {
    const { run, calls } = await guardedShell({ approver: answering({ ops: answer }) });
    expect(await kindOf(run({ command: 'git x' }))).toBe('failed');
    expect(calls).toEqual([]);
  });

  it.each([undefined, null, 1, 'yes', 'approved', { approved: true }, []])(
    'that is a callback and answers %j is no approval, and says so',
    async (answer) => {
      const approver = callbackApprover(() => answer as never, { approver: 'ann' });
      const { run, calls } = await guardedShell({ approver, onDeny: 'steer' });
      expect(await run({ command: 'git x' })).toContain('The callback answered neither true nor false.');
      expect(calls).toEqual([]);
    },
  );

  it('that throws or rejects is no approval', async () => {
    for (const requestApproval of [
      () => {
        throw new Error('down');
      },
      () => Promise.reject(new Error('down')),
    ]) {
      const { run, calls } = await guardedShell({ approver: { requestApproval } });
      await expect(run({ command: 'git x' })).rejects.toThrow('Action blocked: down.');
      expect(calls).toEqual([]);
    }
  });

  it('that does not answer in time is no approval, and its late answer counts for nothing', async () => {
    let answer: (value: ApprovalAnswer) => void = () => undefined;
    let aborted = false;
    const approver: Approver = {
      requestApproval: (_request, { signal }) => {
        signal.addEventListener('abort', () => {
          aborted = true;
        });
        return new Promise((resolve) => {
          answer = resolve;
        });
      },
    };
    const { run, calls } = await guardedShell({ approver, approvalTimeoutMs: 20 });
    expect(await kindOf(run({ command: 'git x' }))).toBe('expired');
    answer({ approved: true, approver: 'ann' });
    await Promise.resolve();
    expect([calls, aborted]).toEqual([[], true]);
  });

  it('that does not answer is taken for a yes where the host says so, under no name of a person', async () => {
    const approver: Approver = { requestApproval: () => new Promise(() => undefined) };
    const { run } = await guardedShell({ approver, approvalTimeoutMs: 10, onTimeout: 'approve' }, { path: path() });
    expect(await run({ command: 'git x' })).toBe('ran git x');
    expect(rowsOf(path()).find(({ approvals }) => approvals !== undefined)).toMatchObject({
      approvals: [{ approver: 'nobody (no answer in time)' }],
    });
  });

  it('silent on a call that is denied is never waited for', async () => {
    const approver: Approver = { requestApproval: () => new Promise(() => undefined) };
    const { run, calls } = await guardedShell({ approver, approvalTimeoutMs: 10, onTimeout: 'approve' });
    expect(await kindOf(run({ command: 'rm x' }))).toBe('denied');
    expect(calls).toEqual([]);
  });
});

describe('several routes', () => {
  it('all have to approve, each in a request of its own', async () => {
    const approver = answering({ ops: yes('ann'), legal: yes('bob'), bare: yes('eve') });
    const { run, calls } = await guardedShell({ approver }, { path: path() });
    expect(await run({ command: 'git publish bare' })).toBe('ran git publish bare');
    expect(approver.asked.map(({ routeTo }) => routeTo)).toEqual(['ops', 'legal', null]);
    expect(new Set(approver.asked.map(({ id }) => id)).size).toBe(3);
    expect(new Set(approver.asked.map(({ binding }) => binding)).size).toBe(3);
    expect(calls).toHaveLength(1);
    const approved = rowsOf(path()).find(({ approvals }) => approvals !== undefined);
    expect(approved).toMatchObject({
      decision: 'ALLOW',
      reason: 'Approved by ann ("ops") and bob ("legal") and eve: "ask", "ask-more", "ask-anyone".',
      approvals: [{ route: 'ops' }, { route: 'legal' }, { route: null }],
    });
  });

  it.each([
    [{ ops: yes(), legal: no() }, 'rejected'],
    [{ ops: no(), legal: yes() }, 'rejected'],
    [{ ops: yes(), legal: undefined }, 'failed'],
    [{ ops: yes(), legal: { pending: true } }, 'pending'],
  ])('are refused when one is: %j', async (answers, kind) => {
    const { run, calls } = await guardedShell({ approver: answering(answers) });
    expect(await kindOf(run({ command: 'git publish' }))).toBe(kind);
    expect(calls).toEqual([]);
  });

  it('end with the first no', async () => {
    const approver: Approver = {
      requestApproval: ({ routeTo }) => (routeTo === 'ops' ? new Promise(() => undefined) : no()),
    };
    const { run } = await guardedShell({ approver });
    expect(await kindOf(run({ command: 'git publish' }))).toBe('rejected');
  });
});

describe('after an approval everything is judged again', () => {
  const meanwhile: { harness?: PolicyHarness } = {};

  it('and what changed meanwhile denies', async () => {
    const { harness, run, calls } = await guardedShell(
      {
        approver: callbackApprover(
          () => {
            meanwhile.harness?.addLabel('stop');
            return true;
          },
          { approver: 'ann' },
        ),
        onDeny: 'steer',
      },
      {
        policies: `${ASKING} @id("stop") forbid (principal, action, resource) when { resource is Trajectory && resource.labels.contains(Label::"stop") };`,
      },
    );
    meanwhile.harness = harness;
    expect(await run({ command: 'git x' })).toContain('Forbidden by "stop"');
    expect(calls).toEqual([]);
  });

  it('and a trajectory that was closed meanwhile blocks', async () => {
    const shell = await guardedShell({
      approver: callbackApprover(
        async () => {
          await meanwhile.harness?.finalize();
          return true;
        },
        { approver: 'ann' },
      ),
    });
    meanwhile.harness = shell.harness;
    expect(await kindOf(shell.run({ command: 'git x' }))).toBe('closed');
    expect(shell.calls).toEqual([]);
  });

  it('without counting the call twice', async () => {
    const policies = `${ASKING} @id("limit") forbid (principal, action == Action::"shell", resource) when { resource.toolCalls > 0 };`;
    const { harness, run } = await guardedShell({ approver: answering({ ops: yes() }), onDeny: 'steer' }, { policies });
    expect(await run({ command: 'git x' })).toBe('ran git x');
    expect(harness.trajectory('t1')?.toolCalls).toBe(1);
    expect(await run({ command: 'git x' })).toContain('Forbidden by "limit"');
  });

  it('without taking the call for one that came before it', async () => {
    const policies = `${ASKING} @id("limit") forbid (principal, action == Action::"shell", resource) when { context.priorCalls >= 2 };`;
    const { harness, run } = await guardedShell({ approver: answering({ ops: yes() }), onDeny: 'steer' }, { policies });
    expect(await run({ command: 'git a' })).toBe('ran git a');
    expect(await run({ command: 'git b' })).toBe('ran git b');
    expect(harness.trajectory('t1')?.callsOfTool).toEqual(new Map([['shell', 2]]));
    expect(await run({ command: 'git c' })).toContain('Forbidden by "limit"');
  });

  it('and does not run where the use cannot be recorded', async () => {
    const shell = await guardedShell(
      {
        approver: callbackApprover(
          () => {
            meanwhile.harness?.ledger?.close();
            return true;
          },
          { approver: 'ann' },
        ),
      },
      { path: path() },
    );
    meanwhile.harness = shell.harness;
    expect(await kindOf(shell.run({ command: 'git x' }))).toBe('failed');
    expect(shell.calls).toEqual([]);
  });
});

describe('a result that escalates', () => {
  it('is withheld until it is approved', async () => {
    const refusing = await guardedShell({ approver: answering({ ops: no() }) });
    expect(await kindOf(refusing.run({ command: 'echo look' }))).toBe('rejected');
    expect(refusing.calls).toHaveLength(1);
    const approver = answering({ ops: yes() });
    const { run } = await guardedShell({ approver });
    expect(await run({ command: 'echo look' })).toBe('ran echo look');
    expect(approver.asked).toMatchObject([{ stage: 'POST_TOOL', args: 'ran echo look' }]);
  });
});

describe('the console approver', () => {
  const ask = async (answers: string, count = 1): Promise<{ readonly answered: unknown[]; readonly shown: string }> => {
    const input = new PassThrough();
    const output = new PassThrough();
    let shown = '';
    output.on('data', (chunk: Buffer) => {
      shown += chunk.toString();
    });
    const approver = consoleApprover({ approver: 'ann', input, output });
    const { run } = await guardedShell({ approver });
    const runs = Array.from({ length: count }, (_, index) => kindOf(run({ command: `git ${index}\u001b[2J\u202e` })));
    for (const answer of answers.split('|')) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      if (answer === 'EOF') input.end();
      else input.write(`${answer}\n`);
    }
    return { answered: await Promise.all(runs), shown };
  };

  it.each([
    ['y', 'ran'],
    ['Y', 'ran'],
    ['n', 'rejected'],
    ['', 'rejected'],
    ['yes', 'rejected'],
    ['EOF', 'rejected'],
  ])('takes %j for %s', async (answer, end) => {
    const { answered, shown } = await ask(answer);
    expect(String(answered[0])).toContain(end);
    expect(shown.startsWith(`[ops] Approve 'shell' with args {"command":"git 0\\u001b[2J."}? (y/n): `)).toBe(true);
  });

  it('asks one question after the other', async () => {
    const { answered } = await ask('y|n', 2);
    expect(answered.map((end) => String(end).slice(0, 5))).toEqual(['ran g', 'rejec']);
  });

  it('takes the end of the input for a no to every later question, too', async () => {
    const { answered, shown } = await ask('y|EOF', 3);
    expect(answered.map((end) => String(end).slice(0, 5))).toEqual(['ran g', 'rejec', 'rejec']);
    expect(shown.match(/Approve/g)).toHaveLength(2);
  });
});

describe('the Slack message', () => {
  it('has the action, the reason and two buttons', () => {
    expect(slackMessage({ action: 'Transfer', reason: 'Over <10> & more', id: 'a1' })).toEqual({
      text: 'Action requires approval: Transfer',
      blocks: [
        { type: 'section', text: { type: 'mrkdwn', text: '*Action:* Transfer' } },
        { type: 'section', text: { type: 'mrkdwn', text: '*Reason:* Over &lt;10&gt; &amp; more' } },
        {
          type: 'actions',
          elements: [
            { type: 'button', text: { type: 'plain_text', text: 'Approve' }, action_id: 'approve', value: 'a1' },
            { type: 'button', text: { type: 'plain_text', text: 'Reject' }, action_id: 'reject', value: 'a1' },
          ],
        },
      ],
    });
  });

  it.each<[string, string, string]>([
    ['plain text', 'x'.repeat(5000), 'x'],
    ['characters that are written as escapes', '&<>'.repeat(2000), '&gt;'],
    ['pairs of surrogates', '\u{1f600}'.repeat(3000), '\u{1f600}'],
  ])('says that it is shortened where Slack takes no more: %s', (_, long, last) => {
    const texts = JSON.stringify(slackMessage({ action: long, reason: long })).match(/"text":"(?:[^"\\]|\\.)*"/g) ?? [];
    const shortened = texts.map((text) => String(JSON.parse(`{${text}}`).text)).filter((text) => text.length > 20);
    expect(shortened).toHaveLength(3);
    for (const text of shortened) {
      expect(text.length).toBeLessThanOrEqual(3000);
      expect(text.length).toBeGreaterThan(2990);
      expect(text.endsWith('…')).toBe(true);
      // Nothing is cut in two.
      expect(text.slice(0, -1)).not.toMatch(/&[a-z]*$|[\ud800-\udbff]$/);
      expect(text).toContain(last);
    }
  });

  it('keeps a text that just fits', () => {
    const reason = 'x'.repeat(3000 - '*Reason:* '.length);
    expect(JSON.stringify(slackMessage({ action: 'a', reason }))).toContain(`${reason}"`);
    expect(JSON.stringify(slackMessage({ action: 'a', reason: `${reason}x` }))).toContain('…"');
  });

  it.each<[unknown, string]>([
    [undefined, 'slackMessage() takes a request `{ action, reason }`'],
    [null, 'slackMessage() takes a request `{ action, reason }`'],
    [{ action: 'a' }, 'the option of slackMessage() `reason` is missing (needed: a text)'],
    [
      { action: 1, reason: 'b' },
      'the option of slackMessage() `action` has a value that it does not know (known: a text)',
    ],
    [
      { action: 'a', reason: 'b', id: 'x'.repeat(2001) },
      'the option of slackMessage() `id` has a value that it does not know (known: a text of at most 2000 characters)',
    ],
  ])('is not made of what is no request: %j', (request, message) => {
    expect(() => slackMessage(request as never)).toThrow(new TypeError(message));
  });
});

describe('a store of approvals', () => {
  it.each([null, {}, 7, ['x']])('is not opened from %j', (serialized) => {
    expect(() => createApprovalStore({ secret: SECRET }, serialized as never)).toThrow(
      new TypeError('createApprovalStore() takes the text that `serialize` wrote, or nothing, after its options'),
    );
  });

  it('lets a call wait for its answer', async () => {
    const store = createApprovalStore({ secret: SECRET });
    const { run, calls } = await guardedShell({ approver: store });
    const running = run({ command: 'git x' });
    const [request] = store.pending();
    expect(store.approve(request?.id ?? '', { approver: 'ann' })).toEqual({ ok: true });
    expect(await running).toBe('ran git x');
    expect(store.approve(request?.id ?? '', { approver: 'ann' })).toEqual({ ok: false, problem: 'answered' });
    expect(store.pending()).toEqual([]);
    expect(calls).toHaveLength(1);
  });

  it('takes no answer for what is unknown, expired, or under no name', async () => {
    let now = Date.now();
    const store = createApprovalStore({ secret: SECRET, wait: false, now: () => now });
    const { run } = await guardedShell({ approver: store, approvalTimeoutMs: 1000 });
    expect(await kindOf(run({ command: 'git x' }))).toBe('pending');
    const id = store.pending()[0]?.id ?? '';
    expect(store.approve('nothing', { approver: 'ann' })).toEqual({ ok: false, problem: 'unknown' });
    expect(store.approve(id, { approver: ' ' })).toEqual({ ok: false, problem: 'no-name' });
    for (const by of [undefined, null, 'ann', 7])
      expect(store.approve(id, by as never)).toEqual({ ok: false, problem: 'no-name' });
    now += 5000;
    expect(store.approve(id, { approver: 'ann' })).toEqual({ ok: false, problem: 'expired' });
    expect(store.status(id)).toBe('expired');
  });

  it('forgets requests that nobody ever answered', async () => {
    let now = Date.now();
    const store = createApprovalStore({ secret: SECRET, wait: false, now: () => now });
    const { run } = await guardedShell({ approver: store, approvalTimeoutMs: 1000 });
    expect(await kindOf(run({ command: 'git x' }))).toBe('pending');
    const [first] = store.pending();
    if (first === undefined) throw new Error('the call should wait');
    const context = { signal: new AbortController().signal, call: { id: 'c', event: null, trajectory: '' } };
    for (let i = 0; i < 10_000; i++) {
      now += 2000;
      const expiresAt = new Date(now + 1000).toISOString();
      await store.requestApproval({ ...first, id: `r${i}`, expiresAt }, context);
    }
    expect([store.request(first.id), store.request('r0')?.id]).toEqual([undefined, 'r0']);
  });

  it('refuses short secrets and text that was not written with the secret', async () => {
    expect(() => createApprovalStore({ secret: 'short' })).toThrow(/shorter than 16/);
    const store = createApprovalStore({ secret: SECRET, wait: false });
    const { run } = await guardedShell({ approver: store });
    await kindOf(run({ command: 'git x' }));
    const text = store.serialize();
    expect(createApprovalStore({ secret: SECRET }, text).pending()).toEqual(store.pending());
    for (const [from, to] of [
      ['"pending"', '"approved"'],
      ['git x', 'git y'],
      ['"v":1', '"v":2'],
    ] as const) {
      expect(text).toContain(from);
      expect(() => createApprovalStore({ secret: SECRET }, text.replace(from, to))).toThrow(TypeError);
    }
    expect(() => createApprovalStore({ secret: `another ${SECRET}` }, text)).toThrow(TypeError);
    expect(() => createApprovalStore({ secret: SECRET }, '')).toThrow(TypeError);
  });
});

describe('a call that goes on in another process', () => {
  async function suspended(
    command = 'git x',
    settings = {},
  ): Promise<{ readonly text: string; readonly ids: readonly string[]; readonly calls: unknown[] }> {
    const store = createApprovalStore({ secret: SECRET, wait: false });
    const { run, calls, harness } = await guardedShell({ approver: store }, { path: path(), ...settings });
    await run({ command: 'ls' });
    const error: unknown = await run({ command }).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(ApprovalPendingError);
    harness.ledger?.close();
    return { text: store.serialize(), ids: store.pending().map(({ id }) => id), calls };
  }

  function other(
    policies = ASKING,
    agent = AGENT,
  ): { readonly harness: PolicyHarness; readonly calls: unknown[]; readonly tool: (args: unknown) => string } {
    const calls: unknown[] = [];
    const tool = (args: unknown): string => {
      calls.push(args);
      return 'ran';
    };
    return { harness: new PolicyHarness({ agent, policies, ledger: openLedger(path()) }), calls, tool };
  }

  it('runs once, with the arguments that were approved', async () => {
    const { text, ids, calls: first } = await suspended();
    const store = createApprovalStore({ secret: SECRET, wait: false }, text);
    const { harness, calls, tool } = other();
    const [id = ''] = ids;
    expect(await kindOf(resumeCall(harness, store, id, tool))).toBe('pending');
    store.approve(id, { approver: 'ann' });
    expect(await resumeCall(harness, store, id, tool)).toBe('ran');
    expect(calls).toEqual([{ command: 'git x' }]);
    expect(harness.trajectory('t1')).toMatchObject({ toolCalls: 2, steps: 5 });
    expect(await kindOf(resumeCall(harness, store, id, tool))).toBe('failed');
    expect([calls.length, first.length]).toEqual([1, 1]);
    expect(verifyLedger(path()).ok).toBe(true);
  });

  it('does not run twice from the same text, as the ledger knows its use', async () => {
    const { text, ids } = await suspended();
    const outcomes: unknown[] = [];
    const all: unknown[] = [];
    for (let round = 0; round < 2; round++) {
      const store = createApprovalStore({ secret: SECRET, wait: false }, text);
      const { harness, calls, tool } = other();
      store.approve(ids[0] ?? '', { approver: 'ann' });
      outcomes.push(await kindOf(resumeCall(harness, store, ids[0] ?? '', tool)));
      all.push(...calls);
    }
    expect(outcomes).toEqual(['ran', 'failed']);
    expect(all).toHaveLength(1);
  });

  it.each([
    ['policies', `${ASKING} @id("new") permit (principal, action, resource);`, AGENT, 'failed'],
    ['schema', ASKING, { ...AGENT, tools: [...AGENT.tools, { name: 'more' }] }, 'failed'],
    ['agent', ASKING, { ...AGENT, id: 'other' }, 'failed'],
  ])('does not run under other %s', async (_what, policies, agent, kind) => {
    const { text, ids } = await suspended();
    const store = createApprovalStore({ secret: SECRET, wait: false }, text);
    store.approve(ids[0] ?? '', { approver: 'ann' });
    const { harness, calls, tool } = other(policies, agent);
    expect(await kindOf(resumeCall(harness, store, ids[0] ?? '', tool))).toBe(kind);
    expect(calls).toEqual([]);
  });

  it('needs every route, and none rejected or expired', async () => {
    const { text, ids } = await suspended('git publish');
    let now = Date.now();
    const store = createApprovalStore({ secret: SECRET, wait: false, now: () => now }, text);
    const { harness, calls, tool } = other();
    const [first = '', second = ''] = ids;
    store.approve(first, { approver: 'ann' });
    expect(await kindOf(resumeCall(harness, store, first, tool))).toBe('pending');
    store.reject(second, { approver: 'bob' });
    expect(await kindOf(resumeCall(harness, store, first, tool))).toBe('rejected');
    const late = createApprovalStore({ secret: SECRET, wait: false, now: () => now }, text);
    for (const id of ids) late.approve(id, { approver: 'ann' });
    now += 60 * 60_000;
    expect(await kindOf(resumeCall(harness, late, first, tool))).toBe('expired');
    expect(calls).toEqual([]);
  });

  it('is unknown to a store that was not asked', async () => {
    const { harness, tool } = other();
    expect(await kindOf(resumeCall(harness, createApprovalStore({ secret: SECRET }), 'x', tool))).toBe('failed');
  });

  it('passes on a result that was approved, without running the tool again', async () => {
    const { text, ids } = await suspended('echo look');
    const store = createApprovalStore({ secret: SECRET, wait: false }, text);
    const { harness, calls, tool } = other();
    store.approve(ids[0] ?? '', { approver: 'ann' });
    expect(await resumeCall(harness, store, ids[0] ?? '', tool)).toBe('ran echo look');
    expect(calls).toEqual([]);
  });
});

describe('a saved trajectory', () => {
  it('goes on where it was', async () => {
    const { harness, run } = await guardedShell();
    await run({ command: 'ls' });
    harness.addLabel('seen');
    const text = harness.save();
    const next = new PolicyHarness({ agent: AGENT, policies: PERMIT_ALL });
    next.resume(text);
    expect(next.save()).toBe(text);
    expect(next.trajectory()?.labels).toEqual(new Set(['seen']));
    expect(() => next.resume(text)).toThrow(/exists already/);
    expect(await guard(next, 'shell', () => 'x')({ command: 'ls' })).toBe('x');
  });

  it.each(['', '{}', '{"v":2}', 'null'])('is not read from %j', (text) => {
    expect(() => new PolicyHarness({ agent: AGENT, policies: PERMIT_ALL }).resume(text)).toThrow(TypeError);
  });
});
