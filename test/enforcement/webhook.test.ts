import type { ServerResponse } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import {
  type ApprovalRequest,
  type ApprovalStore,
  BlockedError,
  createApprovalStore,
  PolicyHarness,
  resumeCall,
  signMessage,
  slackMessage,
  verifyMessage,
  type WebhookApprover,
  type WebhookOptions,
  webhookApprover,
} from '../../src/index.js';
import { AGENT } from '../support/harness.js';
import { ASKING, type GuardedShell, guardedShell } from './guarded.js';
import { post, type Received, serve } from './webhook-server.js';

const SECRET = 'a secret of sixteen bytes or more';

interface Setting {
  readonly shell: GuardedShell;
  readonly approver: WebhookApprover;
  /** Where callbacks go: a server of the host. */
  readonly callbackUrl: string;
  /** What the approving side got. */
  readonly received: readonly Received[];
  /** Resolves when the approving side has got a request. */
  readonly arrived: Promise<Sent>;
}

type Sent = ApprovalRequest & { readonly callbackUrl: string };

/** A host with a server for callbacks, and an approving side that takes requests with a status. */
async function connect(
  options: Partial<WebhookOptions> = {},
  {
    status = 202,
    timeoutMs = 2000,
  }: { readonly status?: number | 'silent' | 'redirect'; readonly timeoutMs?: number } = {},
): Promise<Setting> {
  const received: Received[] = [];
  let arrive: (sent: Sent) => void = () => undefined;
  const arrived = new Promise<Sent>((resolve) => {
    arrive = resolve;
  });
  const approving = await serve((request, response) => {
    received.push(request);
    if (status === 'silent') return;
    if (status === 'redirect') response.writeHead(302, { location: `${approving}/elsewhere` }).end();
    else response.writeHead(status).end();
    arrive(JSON.parse(request.body) as Sent);
  });
  const callbackUrl = await serve((request, response) => {
    const reply = approver.handleCallback(request);
    response.writeHead(reply.status, { 'content-type': 'application/json' }).end(reply.body);
  });
  const approver: WebhookApprover = webhookApprover({
    routes: { ops: `${approving}/ops`, legal: `${approving}/legal` },
    secret: SECRET,
    callbackUrl,
    ...options,
  });
  const shell = await guardedShell({ approver, approvalTimeoutMs: timeoutMs });
  return { shell, approver, callbackUrl, received, arrived };
}

const answerTo = ({ id, nonce, binding }: ApprovalRequest, more: object = {}): string =>
  JSON.stringify({ id, nonce, binding, decision: 'approve', approver: 'ann', ...more });

const signed = (body: string, more: object = {}): object =>
  signMessage(body, { direction: 'callback', secret: SECRET, ...more });

const kindOf = (run: Promise<unknown>): Promise<unknown> =>
  run.then(
    (value) => value,
    (error: unknown) => (error instanceof BlockedError ? error.kind : error),
  );

describe('a webhook', () => {
  it('gets a signed request, and its signed callback lets the call run once', async () => {
    const { shell, callbackUrl, received, arrived } = await connect();
    const running = shell.run({ command: 'git x' });
    const sent = await arrived;
    expect(received[0]?.url).toBe('/ops');
    expect(sent).toMatchObject({
      type: 'approval-request',
      action: 'shell',
      args: { command: 'git x' },
      routeTo: 'ops',
      callbackUrl,
    });
    const { headers = {}, body = '' } = received[0] ?? {};
    expect(verifyMessage(headers, body, { direction: 'request', secret: SECRET })).toBeUndefined();
    const body2 = answerTo(sent);
    expect(await post(callbackUrl, body2, signed(body2))).toEqual([200, '{"ok":true}']);
    expect(await running).toBe('ran git x');
    expect(shell.calls).toEqual([{ command: 'git x' }]);
  });

  it('can reject, with a comment for the model', async () => {
    const { shell, callbackUrl, arrived } = await connect();
    const running = shell.run({ command: 'git x' });
    running.catch(() => undefined);
    const body = answerTo(await arrived, { decision: 'reject', comment: 'Not today.' });
    expect((await post(callbackUrl, body, signed(body)))[0]).toBe(200);
    await expect(running).rejects.toThrow("Action 'shell' was rejected. Not today.");
    expect(shell.calls).toEqual([]);
  });

  it('asks every route at its own URL', async () => {
    const { shell, callbackUrl, received, approver } = await connect();
    const running = shell.run({ command: 'git publish' });
    while (received.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(received.map(({ url }) => url).sort()).toEqual(['/legal', '/ops']);
    for (const request of approver.store.pending()) {
      expect(shell.calls).toEqual([]);
      const body = answerTo(request);
      expect((await post(callbackUrl, body, signed(body)))[0]).toBe(200);
    }
    expect(await running).toBe('ran git publish');
  });

  it('that is not configured for a route is said, and the tool does not run', async () => {
    for (const [command, route] of [
      ['git x', 'ops'],
      ['bare', 'a person'],
    ] as const) {
      const { shell, received } = await connect({ routes: { toString: 'http://127.0.0.1:1' } });
      await expect(shell.run({ command })).rejects.toThrow(`No webhook configured for: ${route}`);
      expect([shell.calls, received]).toEqual([[], []]);
    }
  });

  it('of a bare escalation is the fallback', async () => {
    const { shell, received } = await connect({ fallback: 'http://127.0.0.1:9' });
    expect(await kindOf(shell.run({ command: 'bare' }))).toBe('failed');
    expect(received).toEqual([]);
  });

  it('is given up in time whatever is collected meanwhile', async () => {
    const { shell } = await connect({ requestTimeoutMs: 500 }, { status: 'silent', timeoutMs: 20_000 });
    setFlagsFromString('--expose-gc');
    const collect: unknown = runInNewContext('gc');
    const collecting = setInterval(() => (typeof collect === 'function' ? collect() : undefined), 20);
    try {
      await expect(shell.run({ command: 'git x' })).rejects.toThrow('The webhook did not answer in time.');
    } finally {
      clearInterval(collecting);
    }
  });

  it.each([
    [500, 'The webhook answered with status 500.'],
    [404, 'The webhook answered with status 404.'],
    ['redirect', 'The webhook cannot be reached.'],
    ['silent', 'The webhook did not answer in time.'],
  ] as const)('that answers %s is a refusal', async (status, reason) => {
    const { shell, received, approver } = await connect(
      { requestTimeoutMs: status === 'silent' ? 1000 : 10_000 },
      { status, timeoutMs: 20_000 },
    );
    await expect(shell.run({ command: 'git x' })).rejects.toThrow(`Action blocked: ${reason}`);
    expect(received).toHaveLength(1);
    expect([shell.calls, approver.store.pending()]).toEqual([[], []]);
  });

  it('that cannot be reached is a refusal', async () => {
    const { shell } = await connect({ routes: { ops: 'http://127.0.0.1:1/' } });
    expect(await kindOf(shell.run({ command: 'git x' }))).toBe('failed');
    expect(shell.calls).toEqual([]);
  });

  it('that never calls back is a refusal, and a callback that comes later is told so', async () => {
    const { shell, callbackUrl, arrived } = await connect({}, { timeoutMs: 60 });
    const outcome = kindOf(shell.run({ command: 'git x' }));
    const sent = await arrived;
    expect(await outcome).toBe('expired');
    const body = answerTo(sent);
    expect((await post(callbackUrl, body, signed(body)))[0]).toBe(410);
    expect(shell.calls).toEqual([]);
  });

  it('gets the body that the host makes', async () => {
    const { shell, arrived } = await connect({ body: slackMessage });
    const running = kindOf(shell.run({ command: 'git x' }));
    expect(await arrived).toMatchObject({ text: 'Action requires approval: shell' });
    await shell.harness.finalize();
    expect(await running).toBe('expired');
  });

  it('refuses a short secret', () => {
    expect(() => webhookApprover({ routes: {}, secret: 'short' })).toThrow(/shorter than 16/);
  });
});

describe('a callback that comes before its request was answered', () => {
  type End = (response: ServerResponse) => void;
  const ends: readonly (readonly [string, End])[] = [
    ['then accepted', (response) => response.writeHead(202).end()],
    ['then refused', (response) => response.writeHead(500).end()],
    ['then sent elsewhere', (response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()],
    ['then cut off', (response) => response.destroy()],
    ['never answered', () => undefined],
  ];

  /** The other side decides while it takes the request, and ends that as it likes, before or after the call has ended. */
  async function decideAtOnce(
    end: End,
    more: object = {},
    { store, isEndedFirst = true }: { readonly store?: ApprovalStore; readonly isEndedFirst?: boolean } = {},
  ) {
    const replies: (readonly [number, string])[] = [];
    const later: (() => void)[] = [];
    const sent: Sent[] = [];
    const url = await serve((request, response) => {
      const body = answerTo(JSON.parse(request.body) as Sent, more);
      sent.push(JSON.parse(request.body) as Sent);
      for (const headers of [signed(body), signed(body)]) {
        const { status, body: text } = approver.handleCallback({ headers: headers as Record<string, string>, body });
        replies.push([status, text]);
      }
      if (isEndedFirst) end(response);
      else later.push(() => end(response));
    });
    const approver = webhookApprover({
      routes: { ops: url },
      secret: SECRET,
      requestTimeoutMs: 5000,
      ...(store === undefined ? {} : { store }),
    });
    const shell = await guardedShell({ approver, approvalTimeoutMs: 20_000 });
    const outcome = await kindOf(shell.run({ command: 'git x' }));
    for (const finish of later) finish();
    await new Promise((resolve) => setTimeout(resolve, 20));
    return { shell, approver, replies, outcome, sent };
  }

  it.each(ends)('counts, once, where the request is %s', async (_what, end) => {
    for (const isEndedFirst of [true, false]) {
      const { shell, approver, replies, outcome } = await decideAtOnce(end, {}, { isEndedFirst });
      expect(outcome).toBe('ran git x');
      expect(shell.calls).toEqual([{ command: 'git x' }]);
      expect(replies).toEqual([
        [200, '{"ok":true}'],
        [409, '{"ok":false,"problem":"answered"}'],
      ]);
      expect(approver.store.pending()).toEqual([]);
    }
  });

  it.each(ends)('rejects where the request is %s', async (_what, end) => {
    const { shell, replies, outcome } = await decideAtOnce(end, { decision: 'reject' });
    expect([outcome, replies[0]?.[0], shell.calls]).toEqual(['rejected', 200, []]);
  });

  it.each(ends.slice(1, 4))('is no answer where it is not of this request, which is %s', async (_what, end) => {
    const { shell, replies, outcome } = await decideAtOnce(end, { nonce: 'x' });
    expect(replies.map(([status]) => status)).toEqual([400, 400]);
    expect(outcome).toBe('failed');
    expect(shell.calls).toEqual([]);
  });

  it('lets a call run that was put away, once', async () => {
    for (const [, end] of ends.slice(0, 4)) {
      const store = createApprovalStore({ secret: SECRET, wait: false });
      const { shell, outcome, sent, replies } = await decideAtOnce(end, {}, { store });
      expect([outcome, replies[0]?.[0], shell.calls]).toEqual(['pending', 200, []]);
      const [{ id } = { id: '' }] = sent;
      expect(await kindOf(resumeCall(shell.harness, store, id, shell.tool))).toBe('ran git x');
      expect(await kindOf(resumeCall(shell.harness, store, id, shell.tool))).toBe('failed');
      expect(shell.calls).toEqual([{ command: 'git x' }]);
    }
  });

  it('is told that it is too late where the request failed first', async () => {
    const { shell, approver, received } = await connect({}, { status: 500 });
    expect(await kindOf(shell.run({ command: 'git x' }))).toBe('failed');
    const body = answerTo(JSON.parse(received[0]?.body ?? '') as Sent);
    const headers = signed(body) as Record<string, string>;
    expect(approver.handleCallback({ headers, body })).toEqual({
      status: 409,
      body: '{"ok":false,"problem":"answered"}',
    });
    expect(shell.calls).toEqual([]);
  });
});

describe('a callback', () => {
  const HEADERS = (body: string) => signed(body) as Record<string, string>;

  it.each<readonly [string, (sent: Sent) => readonly [string, object], number]>([
    ['without a signature', (sent) => [answerTo(sent), {}], 401],
    [
      'signed with another secret',
      (sent) => [answerTo(sent), signed(answerTo(sent), { secret: `another ${SECRET}` })],
      401,
    ],
    ['signed for another body', (sent) => [answerTo(sent), signed(answerTo(sent, { approver: 'eve' }))], 401],
    ['signed as a request', (sent) => [answerTo(sent), signed(answerTo(sent), { direction: 'request' })], 401],
    [
      'with a changed nonce header',
      (sent) => [answerTo(sent), { ...HEADERS(answerTo(sent)), 'deodar-nonce': 'x'.repeat(32) }],
      401,
    ],
    ['with a changed time', (sent) => [answerTo(sent), { ...HEADERS(answerTo(sent)), 'deodar-timestamp': '1' }], 401],
    [
      'with half a signature',
      (sent) => [answerTo(sent), { ...HEADERS(answerTo(sent)), 'deodar-signature': 'v1=00' }],
      401,
    ],
    ['from long ago', (sent) => [answerTo(sent), signed(answerTo(sent), { now: Date.now() - 400_000 })], 410],
    ['from the future', (sent) => [answerTo(sent), signed(answerTo(sent), { now: Date.now() + 400_000 })], 410],
    ['for an unknown request', (sent) => [answerTo(sent, { id: 'x' }), signed(answerTo(sent, { id: 'x' }))], 404],
    ['with another nonce', (sent) => [answerTo(sent, { nonce: 'x' }), signed(answerTo(sent, { nonce: 'x' }))], 400],
    [
      'with another binding',
      (sent) => [answerTo(sent, { binding: 'x' }), signed(answerTo(sent, { binding: 'x' }))],
      400,
    ],
    [
      'with another decision',
      (sent) => [answerTo(sent, { decision: 'maybe' }), signed(answerTo(sent, { decision: 'maybe' }))],
      400,
    ],
    ['that names nobody', (sent) => [answerTo(sent, { approver: '' }), signed(answerTo(sent, { approver: '' }))], 400],
    ['that is no JSON', () => ['{', signed('{')], 400],
    ['that is no object', () => ['[]', signed('[]')], 400],
  ])('%s is refused and changes nothing', async (_what, make, status) => {
    const { shell, callbackUrl, approver, arrived } = await connect({}, { timeoutMs: 300 });
    const outcome = kindOf(shell.run({ command: 'git x' }));
    const [body, headers] = make(await arrived);
    expect((await post(callbackUrl, body, headers))[0]).toBe(status);
    expect(approver.store.pending()).toHaveLength(1);
    expect(await outcome).toBe('expired');
    expect(shell.calls).toEqual([]);
  });

  it('counts once: a replay is refused, and so is a second answer', async () => {
    const { shell, callbackUrl, arrived } = await connect();
    const running = shell.run({ command: 'git x' });
    const sent = await arrived;
    const body = answerTo(sent);
    const headers = signed(body);
    expect((await post(callbackUrl, body, headers))[0]).toBe(200);
    expect(await post(callbackUrl, body, headers)).toEqual([409, '{"ok":false,"problem":"seen"}']);
    expect(await post(callbackUrl, body, signed(body))).toEqual([409, '{"ok":false,"problem":"answered"}']);
    await running;
    expect(shell.calls).toHaveLength(1);
  });

  it('that is no text is refused, whatever a server made of it', async () => {
    const { approver } = await connect();
    const body = '{}';
    const others = [
      { headers: HEADERS(body), body: Buffer.from(body) },
      { headers: HEADERS(body), body: {} },
      { headers: null, body },
      { headers: HEADERS(body) },
      null,
    ];
    for (const other of others)
      expect(Reflect.apply(approver.handleCallback, undefined, [other])).toMatchObject({ status: 400 });
  });

  it('is never accepted for ever: a tolerance is a number of seconds', async () => {
    for (const toleranceSeconds of [Number.NaN, Number.POSITIVE_INFINITY, -1, 0])
      expect(() => webhookApprover({ routes: {}, secret: SECRET, toleranceSeconds })).toThrow('toleranceSeconds');
    const headers = signMessage('{}', { direction: 'callback', secret: SECRET, now: 0 });
    for (const more of [{ toleranceSeconds: Number.NaN }, { now: Number.NaN }])
      expect(verifyMessage({ ...headers }, '{}', { direction: 'callback', secret: SECRET, ...more })).toBe('stale');
  });

  it('of one call approves no other one', async () => {
    const { shell, callbackUrl, approver, received } = await connect({}, { timeoutMs: 300 });
    const first = kindOf(shell.run({ command: 'git one' }));
    const second = kindOf(shell.run({ command: 'git two' }));
    while (received.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    const [one, two] = approver.store.pending();
    if (one === undefined || two === undefined) throw new Error('both calls should wait');
    const mixed = answerTo(one, { id: two.id });
    expect((await post(callbackUrl, mixed, signed(mixed)))[0]).toBe(400);
    const body = answerTo(two);
    expect((await post(callbackUrl, body, signed(body)))[0]).toBe(200);
    expect(await Promise.all([first, second])).toEqual(['expired', 'ran git two']);
    expect(shell.calls).toEqual([{ command: 'git two' }]);
  });

  it('reaches a call that was put away, whatever process takes it', async () => {
    const store = createApprovalStore({ secret: SECRET, wait: false });
    const { shell, arrived } = await connect({ store });
    expect(await kindOf(shell.run({ command: 'git x' }))).toBe('pending');
    const sent = await arrived;
    const text = store.serialize();

    const later = webhookApprover({
      routes: {},
      secret: SECRET,
      store: createApprovalStore({ secret: SECRET, wait: false }, text),
    });
    const body = answerTo(sent);
    expect(later.handleCallback({ headers: HEADERS(body), body }).status).toBe(200);
    const harness = new PolicyHarness({ agent: AGENT, policies: ASKING });
    expect(await resumeCall(harness, later.store, sent.id, shell.tool)).toBe('ran git x');
    expect(shell.calls).toEqual([{ command: 'git x' }]);
  });
});
