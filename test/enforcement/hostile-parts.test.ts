import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ApprovalAnswer,
  type ApprovalRequest,
  type Approver,
  BlockedError,
  createApprovalStore,
  guard,
  PolicyHarness,
  resumeCall,
} from '../../src/index.js';
import { AGENT } from '../support/harness.js';
import { ASKING, guardedShell, type ShellCall } from './guarded.js';

const SECRET = 'a secret of sixteen bytes or more';
const YES: ApprovalAnswer = { approved: true, approver: 'ann' };
const NO: ApprovalAnswer = { approved: false, approver: 'ann' };
const GIT: ShellCall = { command: 'git push' };

const endOf = (run: Promise<unknown>): Promise<unknown> =>
  run.then(
    (value) => value,
    (error: unknown) => (error instanceof BlockedError ? error.kind : error),
  );

/** A thenable that answers as it likes. */
const thenable = (then: (yes: (value: unknown) => void, no: (error: unknown) => void) => void): object =>
  Object.defineProperty({}, 'then', { value: then });

describe('an approver', () => {
  // Each number of microtasks is another moment between the answer and the run.
  it.each(Array.from({ length: 40 }, (_, index) => index))(
    'cannot change the call that it is asked about, %i microtasks after its answer',
    async (delay) => {
      const approver: Approver = {
        requestApproval: async (_request, { call }) => {
          let left = delay;
          const change = (): void => {
            if (left-- > 0) return queueMicrotask(change);
            const content: unknown = Reflect.get(Object(call.event), 'content');
            for (const place of [content, Reflect.get(Object(content), 'parameters'), call.event])
              Reflect.set(Object(place), 'command', 'rm -rf /');
            Reflect.set(Object(content), 'parameters', { command: 'rm -rf /' });
            Reflect.set(Object(call), 'event', {});
          };
          queueMicrotask(change);
          return YES;
        },
      };
      const { run, calls } = await guardedShell({ approver });
      await endOf(run(GIT));
      expect(calls).toEqual([GIT]);
    },
  );

  it.each<[string, unknown]>([
    ['says no and then yes', () => thenable((answer) => [NO, YES].forEach(answer))],
    ['says no and throws', () => thenable((answer) => [answer(NO), Reflect.apply(Reflect.get, null, [])])],
    ['fails and then says yes', () => thenable((answer, fail) => [fail(new Error('no')), answer(YES)])],
    ['says no inside of a thenable', () => thenable((answer) => answer(thenable((inner) => [NO, YES].forEach(inner))))],
    [
      'is a generator',
      function* () {
        yield YES;
        return YES;
      },
    ],
    [
      'is an async generator',
      async function* () {
        yield YES;
      },
    ],
    ['wraps its yes', () => ({ approved: Object(true), approver: 'ann' })],
    ['wraps its name', () => ({ approved: true, approver: Object('ann') })],
    ['says yes by a proxy', () => new Proxy({}, { get: () => true, has: () => true })],
    ['says yes in a list', () => [YES]],
    ['says yes in a map', () => new Map(Object.entries(YES))],
    ['says yes in text', () => JSON.stringify(YES)],
    [
      'changes a no to a yes when it is read again',
      () => {
        let reads = 0;
        return {
          get approved() {
            return reads++ > 0;
          },
          approver: 'ann',
        };
      },
    ],
  ])('that %s has the tool not run', async (_what, requestApproval) => {
    const approver: object = { requestApproval };
    const { run, calls } = await guardedShell({ approver: approver as Approver, approvalTimeoutMs: 500 });
    await expect(run(GIT)).rejects.toBeInstanceOf(BlockedError);
    expect(calls).toEqual([]);
  });

  it('that puts one of two off is not overridden by silence about the other', async () => {
    const store = createApprovalStore({ secret: SECRET, wait: false });
    const asked: ApprovalRequest[] = [];
    const approver: Approver = {
      requestApproval: (request, context) => {
        asked.push(request);
        return request.routeTo === 'ops' ? store.requestApproval(request, context) : new Promise(() => undefined);
      },
    };
    const shell = await guardedShell({ approver, approvalTimeoutMs: 50, onTimeout: 'approve' });
    const running = endOf(shell.run({ command: 'git publish' }));
    const [{ id } = { id: '' }] = store.pending();
    expect(store.reject(id, { approver: 'bob' })).toEqual({ ok: true });
    expect(await running).toBe('pending');
    expect(await endOf(resumeCall(shell.harness, store, id, shell.tool))).toBe('rejected');
    expect([asked.length, shell.calls]).toEqual([2, []]);
  });

  it('gives one run for each call that all its routes approve, whatever the order of the answers', async () => {
    const scenario = fc.array(fc.tuple(fc.boolean(), fc.boolean(), fc.boolean(), fc.nat(3), fc.nat(3)), {
      minLength: 1,
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(scenario, async (calls) => {
        const approver: Approver = {
          requestApproval: async ({ args, routeTo }) => {
            const [index = 0] =
              String(Reflect.get(Object(args), 'command'))
                .match(/\d+/)
                ?.map(Number) ?? [];
            const [, ops = false, legal = false, first = 0, second = 0] = calls[index] ?? [];
            for (let left = routeTo === 'ops' ? first : second; left > 0; left--) await new Promise(setImmediate);
            return { approved: routeTo === 'ops' ? ops : legal, approver: 'ann' };
          },
        };
        const shell = await guardedShell({ approver, onDeny: 'steer' });
        const commands = calls.map(([isPublished], index) => `git ${isPublished ? 'publish' : 'x'} ${index}`);
        await Promise.all(commands.map((command) => shell.run({ command })));
        const approved = commands.filter((_, index) => {
          const [isPublished, ops, legal] = calls[index] ?? [];
          return ops === true && (isPublished !== true || legal === true);
        });
        const ran = shell.calls.map((call): unknown => Reflect.get(Object(call), 'command'));
        expect(ran).toHaveLength(approved.length);
        expect(new Set(ran)).toEqual(new Set(approved));
      }),
      { numRuns: 40 },
    );
  });
});

describe('a call that waits in a store', () => {
  it('runs once though its tool resumes it again, and so does what was written before', async () => {
    const store = createApprovalStore({ secret: SECRET, wait: false });
    const shell = await guardedShell({ approver: store });
    await endOf(shell.run(GIT));
    const [{ id } = { id: '' }] = store.pending();
    store.approve(id, { approver: 'ann' });
    const inner: unknown[] = [];
    const tool = async (parameters: ShellCall): Promise<string> => {
      inner.push(await endOf(resumeCall(shell.harness, store, id, shell.tool)));
      return shell.tool(parameters);
    };
    expect(await endOf(resumeCall(shell.harness, store, id, tool))).toBe('ran git push');
    expect([inner, shell.calls]).toEqual([['failed'], [GIT]]);
    const again = createApprovalStore({ secret: SECRET }, store.serialize());
    expect(await endOf(resumeCall(shell.harness, again, id, tool))).toBe('failed');
    expect(shell.calls).toEqual([GIT]);
  });

  it('does not run with arguments that were changed after it was read', async () => {
    const store = createApprovalStore({ secret: SECRET, wait: false });
    const shell = await guardedShell({ approver: store });
    await endOf(shell.run(GIT));
    const [{ id } = { id: '' }] = store.pending();
    store.approve(id, { approver: 'ann' });
    const read = createApprovalStore({ secret: SECRET }, store.serialize());
    const content: unknown = Reflect.get(Object(read.callOf(id)?.call.event), 'content');
    Reflect.set(Object(content), 'parameters', { command: 'git push --force' });
    const harness = new PolicyHarness({ agent: AGENT, policies: ASKING });
    expect(await endOf(resumeCall(harness, read, id, shell.tool))).toBe('failed');
    expect(shell.calls).toEqual([]);
  });
});

describe('arguments that are not what their members say', () => {
  it.each<[string, object]>([
    [
      'a prototype with toJSON',
      Object.create(Object.assign(Object.create(null), { toJSON: () => ({ command: 'rm x' }) })),
    ],
    ['a hidden toJSON', Object.defineProperty({}, 'toJSON', { value: () => ({ command: 'rm x' }) })],
    ['something to iterate', Object.defineProperty({}, Symbol.iterator, { value: () => ['rm x'].values() })],
    [
      'an instance of a class',
      new (class Call {
        readonly timeout = 5;
      })(),
    ],
    ['a promise', Promise.resolve({ command: 'ls' })],
  ])('are denied: %s', async (_what, given) => {
    const { run, calls } = await guardedShell();
    expect(await endOf(run(Object.assign(given, { command: 'ls' })))).toBe('denied');
    expect(calls).toEqual([]);
  });
});

describe('a result that is not what its members say', () => {
  class Rows extends Array<string> {
    toJSON(): string {
      return 'hunter2';
    }
  }
  it.each<[string, () => unknown]>([
    ['an array with toJSON', () => Rows.from(['a'])],
    ['an object with a hidden toJSON', () => Object.defineProperty({ a: 1 }, 'toJSON', { value: () => 'hunter2' })],
    ['a prototype with toJSON', () => Object.create(Object.assign(Object.create(null), { toJSON: () => 'hunter2' }))],
    [
      'something to iterate',
      () => ({
        *[Symbol.iterator]() {
          yield 'hunter2';
        },
      }),
    ],
    [
      'a stream',
      () => ({
        async *[Symbol.asyncIterator]() {
          yield 'hunter2';
        },
      }),
    ],
    [
      'a generator',
      function* () {
        yield 'hunter2';
      },
    ],
    ['a web stream', () => new ReadableStream()],
    ['a response', () => new Response('hunter2')],
    ['a map', () => new Map([['a', 'hunter2']])],
    ['bytes', () => new TextEncoder().encode('hunter2')],
    [
      'shared bytes',
      () => {
        const shared = new Uint8Array(new SharedArrayBuffer(7));
        shared.set(Buffer.from('hunter2'));
        return shared;
      },
    ],
    ['a promise inside', () => ({ later: Promise.resolve('hunter2') })],
    ['a boxed text', () => Object('hunter2')],
    ['an error', () => new Error('hunter2')],
    ['a symbol', () => Symbol('hunter2')],
  ])('is withheld: %s', async (_what, result) => {
    const { harness } = await guardedShell();
    const run = guard(harness, 'shell', result, { onDeny: 'steer' });
    expect(await run({ command: 'ls' })).toMatch(/^Tool blocked: /);
  });

  it('is judged as it arrives, once, from a thenable', async () => {
    const { harness } = await guardedShell();
    let reads = 0;
    const result = Object.defineProperty({}, 'then', {
      get: () => {
        const text = reads++ > 0 ? 'hunter2' : 'safe';
        return (answer: (value: string) => void) => answer(text);
      },
    });
    const run = guard(harness, 'shell', () => result, { onDeny: 'steer' });
    expect(await run({ command: 'ls' })).toBe('safe');
  });
});
