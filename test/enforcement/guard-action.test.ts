import { describe, expect, it, vi } from 'vitest';
import {
  type ActionOptions,
  type Agent,
  BlockedError,
  callbackApprover,
  createApprovalStore,
  createSpending,
  guardAction,
  guardedAction,
  type HarnessOptions,
  openLedger,
  PolicyHarness,
  readRows,
  replay,
  resumeCall,
  verifyLedger,
} from '../../src/index.js';
import { ledgerFolder, rowsOf } from '../ledger/ledger-folder.js';
import { PERMIT_ALL } from '../support/harness.js';

const { path } = ledgerFolder();

const refundParameters = {
  type: 'object',
  properties: { customer: { type: 'string' }, cents: { type: 'integer' } },
  required: ['customer', 'cents'],
};
const BOT: Agent = {
  id: 'bot',
  name: 'Bot',
  tools: [
    { name: 'refund', inputSchema: refundParameters },
    { name: 'look', inputSchema: { type: 'object', properties: { at: { type: 'string' } } } },
    { name: 'ping' },
  ],
  hostSchema: {
    type: 'object',
    properties: {
      costMicros: { type: 'integer' },
      spentMicros: { type: 'integer' },
      actionSpentMicros: { type: 'integer' },
      sessionSpentMicros: { type: 'integer' },
      tags: { type: 'array', items: { type: 'string' } },
      open: { type: 'boolean' },
    },
  },
};

const over = (id: string, sum: string, budget: number, when = ''): string => `${PERMIT_ALL}
  @id("${id}") forbid (principal, action in Action::"PRE_TOOL", resource)
  when { context has host && context.host has ${sum} && context.host has costMicros ${when} &&
    context.host.${sum} + context.host.costMicros > ${budget} };`;

async function open(policies: string, options: Partial<HarnessOptions> = {}): Promise<PolicyHarness> {
  const harness = new PolicyHarness({ agent: BOT, policies, ...options });
  await harness.initialize({ trajectoryId: 'run' });
  return harness;
}

/** Why a call was blocked; undefined when it was not. */
async function blockedBy(run: () => unknown): Promise<BlockedError | undefined> {
  try {
    await run();
    return undefined;
  } catch (error) {
    if (error instanceof BlockedError) return error;
    throw error;
  }
}

/** Calls a function as a host without a compiler does. */
const loose =
  (work: (...args: never) => unknown) =>
  (...args: readonly unknown[]): unknown =>
    Reflect.apply(work, undefined, args);

describe('a guarded action', () => {
  it('is known by the name of its function, which it keeps', async () => {
    const harness = await open(PERMIT_ALL);
    function ping(): string {
      return 'pong';
    }
    const action = guardAction(ping, { harness });
    expect([action(), action.name]).toEqual(['pong', 'ping']);
    expect(harness.trajectory()?.callsOfTool.get('ping')).toBe(1);
  });

  it('stays synchronous, and an async one stays a promise', async () => {
    const harness = await open(PERMIT_ALL);
    const now: string = guardAction(() => 'now', { harness, name: 'ping' })();
    const later: Promise<string> = guardAction(async () => 'later', { harness, name: 'ping' })();
    expect(now).toBe('now');
    expect(later).toBeInstanceOf(Promise);
    expect(await later).toBe('later');
    const promising: Promise<number> = guardAction(() => Promise.resolve(1), { harness, name: 'ping' })();
    expect(await promising).toBe(1);
  });

  it('has a type that says what it may return', async () => {
    const harness = await open(PERMIT_ALL);
    const options: ActionOptions = { harness, name: 'ping' };
    // @ts-expect-error: these options may steer, and may have an approver
    const one: number = guardAction(() => 1, options)();
    // @ts-expect-error: it steers
    const steered: number = guardAction(() => 1, { harness, name: 'ping', onDeny: 'steer' })();
    const approver = callbackApprover(() => true, { approver: 'ann' });
    // @ts-expect-error: it waits for an approver
    const waiting: number = guardAction(() => 1, { harness, name: 'ping', approver })();
    const blocking: number = guardAction(() => 1, { harness, name: 'ping', onDeny: 'block' })();
    expect([one, steered, blocking]).toEqual([1, 1, 1]);
    expect(waiting).toBeInstanceOf(Promise);
  });

  it.each([
    [
      'no name',
      () => guardAction(() => 1, { harness: bare() }),
      'the action has no name: give guardAction() one, `name`',
    ],
    ['several arguments', () => guardAction(pay, { harness: bare() }), 'the action "pay" has 2 arguments'],
    [
      'too few names',
      () => guardAction(pay, { harness: bare(), parameters: ['a'] }),
      'the action "pay" has 2 arguments',
    ],
    ['no options', () => loose(guardAction)(pay), 'the option of guardAction() `harness` is missing'],
    ['no harness', () => loose(guardAction)(pay, { harness: {} }), '`harness` has a value that it does not know'],
    ['no function', () => loose(guardAction)('pay', { harness: bare() }), 'guardAction() takes a function first'],
    ['a list of options', () => loose(guardAction)(pay, []), 'the options of guardAction() are no object'],
  ])('with %s is misuse when it is wrapped', (_, wrap, message) => {
    expect(wrap).toThrow(TypeError);
    expect(wrap).toThrow(message);
  });

  it.each([
    ['costUsd', Number.NaN],
    ['costUsd', -0.01],
    ['costUsd', Number.POSITIVE_INFINITY],
    ['costUsd', 1_000_001],
    ['costUsd', 0.000_000_1],
    ['costUsd', '0.05'],
    ['costUsd', 5n],
    ['costUsd', null],
    ['tags', 'billing'],
    ['tags', ['']],
    ['tags', ['\ud800']],
    ['tags', [1]],
    ['parameters', ['a', 'a']],
    ['parameters', 'a'],
    ['spending', {}],
    ['name', ''],
    ['onDeny', 'stear'],
  ])('takes no %s that is %o', (option, value) => {
    const wrap = (): unknown => loose(guardAction)(pay, { harness: bare(), [option]: value });
    expect(wrap).toThrow(`the option of guardAction() \`${option}\` has a value that it does not know`);
  });

  it('names the option that was meant', () => {
    const wrap = (): unknown => loose(guardAction)(pay, { harness: bare(), costUsed: 1 });
    expect(wrap).toThrow('did you mean `costUsd`?');
  });

  it('shows policies positional arguments by their names', async () => {
    const harness = await open(
      `${PERMIT_ALL} @id("much") forbid (principal, action == Action::"refund", resource) when { context.parameters.cents > 100 };`,
    );
    const ran: unknown[] = [];
    const refund = guardAction(
      (customer: string, cents: number, note = 'none') => {
        ran.push([customer, cents, note]);
        return cents;
      },
      { harness, name: 'refund', parameters: ['customer', 'cents', 'note'], onDeny: 'steer' },
    );
    const answer: string | number = refund('ann', 101);
    expect(answer).toBe('Tool blocked: Forbidden by "much". Try a different approach.');
    expect(refund('ann', 100)).toBe(100);
    expect(refund('ann', 1, undefined)).toBe(1);
    expect(ran).toEqual([
      ['ann', 100, 'none'],
      ['ann', 1, 'none'],
    ]);
  });

  it.each([['__proto__'], ['constructor'], ['hasOwnProperty']])('passes on an argument named %s', async (name) => {
    const harness = await open(PERMIT_ALL);
    const run = vi.fn((given: unknown) => given);
    guardAction(run, { harness, name: 'look', parameters: [name] })(undefined);
    expect(run).toHaveBeenLastCalledWith(undefined);
    if (name !== '__proto__') {
      guardAction(run, { harness, name: 'look', parameters: [name] })(7);
      expect(run).toHaveBeenLastCalledWith(7);
    }
  });

  it('does not run with arguments that nobody named', async () => {
    const harness = await open(PERMIT_ALL);
    const run = vi.fn();
    const refund = loose(guardAction(run, { harness, name: 'refund', parameters: ['customer', 'cents'] }));
    expect((await blockedBy(() => refund('ann', 1, 'more')))?.kind).toBe('denied');
    const look = loose(guardAction(run, { harness, name: 'look' }));
    expect((await blockedBy(() => look({}, 'more')))?.kind).toBe('denied');
    expect(run).not.toHaveBeenCalled();
  });

  it('runs with what was judged, whatever becomes of the arguments, and with its own `this`', async () => {
    const harness = await open(PERMIT_ALL);
    const shop = {
      rate: 2,
      refund: guardAction(
        async function (this: { rate: number }, order: { customer: string; cents: number }) {
          await Promise.resolve();
          return order.cents * this.rate;
        },
        { harness, name: 'refund' },
      ),
    };
    const order = { customer: 'ann', cents: 5 };
    const running = shop.refund(order);
    order.cents = 1_000;
    expect(await running).toBe(10);
  });

  it('throws on what the function threw, and returns the very object that it returned', async () => {
    const harness = await open(PERMIT_ALL);
    const fault = new RangeError('no such customer');
    const fail = (): never => {
      throw fault;
    };
    expect(() => guardAction(fail, { harness, name: 'ping' })()).toThrow(fault);
    await expect(guardAction(async () => fail(), { harness, name: 'ping' })()).rejects.toBe(fault);
    const result = { list: [1] };
    expect(guardAction(() => result, { harness, name: 'ping' })()).toBe(result);
  });

  it('asks an approver, and then returns a promise', async () => {
    const harness = await open(
      `${PERMIT_ALL} @id("ask") @escalate("ops") forbid (principal, action == Action::"ping", resource);`,
    );
    const approver = callbackApprover(() => true, { approver: 'ann' });
    const answer: Promise<string> = guardAction(() => 'pong', { harness, name: 'ping', approver })();
    expect(await answer).toBe('pong');
    expect((await blockedBy(guardAction(() => 'pong', { harness, name: 'ping' })))?.kind).toBe('unapproved');
  });
});

describe('what an action costs and is about', () => {
  it('is in the row of the ledger, with the error of a call that failed, and rows verify and decide the same again', async () => {
    const file = path();
    const harness = await open(over('budget', 'spentMicros', 400_000), { ledger: openLedger(file) });
    const refund = guardAction(
      (customer: string, cents: number) => {
        if (cents === 0) throw new Error('nothing to refund');
        return customer;
      },
      { harness, name: 'refund', parameters: ['customer', 'cents'], costUsd: 0.2, tags: ['billing', 'eu'] },
    );
    refund('ann', 1);
    expect(() => refund('ann', 0)).toThrow('nothing to refund');
    expect((await blockedBy(() => refund('ann', 1)))?.reason).toBe('Forbidden by "budget".');
    const outcomes = rowsOf(file).filter(({ kind }) => kind === 'outcome');
    expect(outcomes).toMatchObject([
      { tool: 'refund', outcome: 'success', costMicros: 200_000, tags: ['billing', 'eu'] },
      { outcome: 'error', error: 'Error: nothing to refund', costMicros: 200_000, tags: ['billing', 'eu'] },
    ]);
    const hosts = rowsOf(file).flatMap(({ event }) => (Object(event).stage === 'PRE_TOOL' ? [Object(event).host] : []));
    expect(hosts.map(({ spentMicros }) => spentMicros)).toEqual([0, 200_000, 400_000]);
    expect(hosts[0]).toEqual({
      actionSpentMicros: 0,
      costMicros: 200_000,
      sessionSpentMicros: 0,
      spentMicros: 0,
      tags: ['billing', 'eu'],
    });
    expect(verifyLedger(file).ok).toBe(true);
    expect(replay(readRows(file), {})).toMatchObject({ ok: true, value: { flips: [], skipped: [] } });
  });

  it('lets a policy allow a budget of 0.50 one call of 0.30, of this action alone', async () => {
    const harness = await open(over('budget', 'actionSpentMicros', 500_000));
    const options = { harness, costUsd: 0.3, onDeny: 'steer' } as const;
    const ping = guardAction(() => 'pong', { ...options, name: 'ping' });
    expect(ping()).toBe('pong');
    expect(ping()).toBe('Tool blocked: Forbidden by "budget". Try a different approach.');
    expect(guardAction(() => 'seen', { ...options, name: 'look' })()).toBe('seen');
  });

  it('allows what reaches a budget exactly, in whole micro-dollars', async () => {
    const harness = await open(over('budget', 'spentMicros', 5_000_000));
    const ping = guardAction(() => 'pong', { harness, name: 'ping', costUsd: 0.1, onDeny: 'steer' });
    const answers = Array.from({ length: 51 }, () => ping());
    expect(answers.filter((answer) => answer === 'pong')).toHaveLength(50);
    expect(answers.at(-1)).toContain('budget');
  });

  it('counts nothing for what is denied, and nothing for what waits', async () => {
    const spending = createSpending();
    const harness = await open(`${PERMIT_ALL}
      @id("no") forbid (principal, action == Action::"look", resource);
      @id("ask") @escalate forbid (principal, action == Action::"ping", resource);`);
    const options = { harness, spending, costUsd: 1, onDeny: 'steer' } as const;
    guardAction(() => 1, { ...options, name: 'look' })();
    guardAction(() => 1, { ...options, name: 'ping' })();
    const approver = callbackApprover(() => false, { approver: 'ann' });
    await guardAction(() => 1, { ...options, name: 'ping', approver })();
    expect(spending.snapshot()).toEqual({ actions: {}, runs: {} });
  });

  it('counts a call when it is judged, so that calls at once do not share what is left', async () => {
    const harness = await open(over('budget', 'spentMicros', 1_000_000));
    const ran: number[] = [];
    const ping = guardAction(
      async () => {
        await Promise.resolve();
        ran.push(1);
        return 'pong';
      },
      { harness, name: 'ping', costUsd: 1, onDeny: 'steer' },
    );
    const answers = await Promise.all([ping(), ping(), ping()]);
    expect(answers.filter((answer) => answer === 'pong')).toHaveLength(1);
    expect(ran).toHaveLength(1);
  });

  it('is counted anew after an approval: approved and over the budget is denied', async () => {
    const harness = await open(`${over('budget', 'spentMicros', 1_500_000)}
      @id("ask") @escalate("ops") forbid (principal, action == Action::"ping", resource);`);
    const answers: (() => void)[] = [];
    const approver = callbackApprover(() => new Promise((resolve) => answers.push(() => resolve(true))), {
      approver: 'ann',
    });
    const ping = guardAction(async () => 'pong', { harness, name: 'ping', costUsd: 1, onDeny: 'steer', approver });
    const both = [ping(), ping()];
    await vi.waitFor(() => expect(answers).toHaveLength(2));
    for (const yes of answers) yes();
    expect(await Promise.all(both)).toEqual(['pong', 'Tool blocked: Forbidden by "budget". Try a different approach.']);
  });

  it('is counted anew where another process goes on with what was approved', async () => {
    const policies = `${over('budget', 'spentMicros', 1_500_000)}
      @id("ask") @escalate("ops") forbid (principal, action == Action::"refund", resource);`;
    const secret = 'a secret of sixteen bytes or more';
    const spending = createSpending();
    const store = createApprovalStore({ secret, wait: false });
    const harness = await open(policies);
    const refund = guardAction(pay, {
      harness,
      name: 'refund',
      parameters: ['customer', 'cents'],
      costUsd: 1,
      tags: ['eu'],
      spending,
      approver: store,
      host: { open: true },
    });
    for (const customer of ['ann', 'bob']) expect((await blockedBy(() => refund(customer, 1)))?.kind).toBe('pending');
    const [ann, bob] = store.pending().map(({ id }) => id);
    if (ann === undefined || bob === undefined) throw new Error('nothing waits');
    for (const id of [ann, bob]) store.approve(id, { approver: 'carol' });
    expect(spending.totalMicros()).toBe(0);

    const file = path();
    const seen: unknown[] = [];
    const later = new PolicyHarness({
      agent: BOT,
      policies,
      ledger: openLedger(file),
      onAdjudication: (_answer, { event }) => seen.push(event?.host),
    });
    const loaded = createApprovalStore({ secret, wait: false }, store.serialize());
    const sums = createSpending(spending.snapshot());
    const options = { costUsd: 1, tags: ['eu'], spending: sums, results: 'trust', onDeny: 'steer' } as const;
    const run = ({ customer, cents }: { customer: string; cents: number }): string => pay(customer, cents);
    expect(await resumeCall(later, loaded, ann, run, options)).toBe('ann 1');
    expect(await resumeCall(later, loaded, bob, run, options)).toContain('Forbidden by "budget"');
    expect(sums.snapshot()).toEqual({ actions: { refund: { calls: 1, micros: 1_000_000 } }, runs: { run: 1_000_000 } });
    expect(seen).toMatchObject([
      { open: true, spentMicros: 0, costMicros: 1_000_000, tags: ['eu'] },
      { open: true, spentMicros: 1_000_000 },
    ]);
    expect(rowsOf(file).filter(({ kind }) => kind === 'outcome')).toMatchObject([
      { costMicros: 1_000_000, tags: ['eu'] },
    ]);
  });

  it('is summed by run, its parts included, by action and over all', async () => {
    const spending = createSpending();
    const harness = await open(PERMIT_ALL);
    const options = { harness, spending, costUsd: 0.25 };
    guardAction(() => 1, { ...options, name: 'ping', trajectoryId: 'run' })();
    await harness.initialize({ trajectoryId: 'part', parent: 'run' });
    guardAction(() => 1, { ...options, name: 'ping', trajectoryId: 'part' })();
    await harness.initialize({ trajectoryId: 'other' });
    guardAction(() => 1, { ...options, name: 'look', trajectoryId: 'other' })();
    spending.add('model', 0.000_003, harness.trajectory('other'));
    expect(['run', 'part', 'other', 'none'].map((id) => spending.runMicros(id))).toEqual([
      500_000, 250_000, 250_003, 0,
    ]);
    expect([spending.totalMicros(), spending.actionMicros('ping'), spending.actionMicros('none')]).toEqual([
      750_003, 500_000, 0,
    ]);
    const snapshot: unknown = JSON.parse(JSON.stringify(spending.snapshot()));
    expect(snapshot).toEqual({
      actions: {
        ping: { calls: 2, micros: 500_000 },
        look: { calls: 1, micros: 250_000 },
        model: { calls: 1, micros: 3 },
      },
      runs: { run: 500_000, part: 250_000, other: 250_003 },
    });
    const restored = createSpending(spending.snapshot());
    expect([restored.totalMicros(), restored.runMicros('run'), restored.snapshot()]).toEqual([
      750_003,
      500_000,
      snapshot,
    ]);
  });

  it('lets a policy go by tags', async () => {
    const harness = await open(`${PERMIT_ALL} @id("eu") forbid (principal, action in Action::"PRE_TOOL", resource)
      when { context has host && context.host has tags && context.host.tags.contains("eu") };`);
    const options = { harness, name: 'ping', onDeny: 'steer' } as const;
    expect(guardAction(() => 'pong', { ...options, tags: ['us'] })()).toBe('pong');
    expect(guardAction(() => 'pong', { ...options, tags: ['us', 'eu'] })()).toContain('Forbidden by "eu"');
  });

  it('is not told where the agent declares no place for it, and stands beside what the host says', async () => {
    const { hostSchema: _, ...silent } = BOT;
    const harness = await open(PERMIT_ALL, { agent: silent });
    expect(guardAction(() => 'pong', { harness, name: 'ping', costUsd: 1, tags: ['x'] })()).toBe('pong');
    const seen: unknown[] = [];
    const telling = await open(PERMIT_ALL, {
      agent: {
        ...BOT,
        hostSchema: { type: 'object', properties: { costMicros: { type: 'integer' }, open: { type: 'boolean' } } },
      },
      onAdjudication: (_answer, { event }) => seen.push(event?.host),
    });
    guardAction(() => 'pong', { harness: telling, name: 'ping', costUsd: 1, host: { open: true }, results: 'trust' })();
    guardAction(() => 'pong', { harness: telling, name: 'ping', host: () => ({ costMicros: 7 }), results: 'trust' })();
    expect(seen).toEqual([{ costMicros: 1_000_000, open: true }, { costMicros: 7 }]);
  });

  it('is counted in shadow mode whatever the answer is, and the function runs as it was called', async () => {
    const spending = createSpending();
    const harness = await open('@id("none") permit (principal, action == Action::"look", resource);', {
      mode: 'shadow',
    });
    const order = { customer: 'ann' };
    const run = vi.fn((_first: unknown, _second: unknown) => 'ran');
    const refund = loose(
      guardAction(run, { harness, spending, name: 'refund', parameters: ['customer', 'cents'], costUsd: 1 }),
    );
    expect(refund(order, 5, 'more')).toBe('ran');
    expect(run.mock.calls).toEqual([[order, 5, 'more']]);
    expect(run.mock.calls[0]?.[0]).toBe(order);
    expect(spending.totalMicros()).toBe(1_000_000);
  });
});

describe('a host that is asked for its data', () => {
  const closing = `${PERMIT_ALL}
    @id("ask") @escalate("ops") forbid (principal, action == Action::"ping", resource);
    @id("closed") forbid (principal, action in Action::"PRE_TOOL", resource)
    unless { context has host && context.host has open && context.host.open };`;

  it('is asked again after an approval', async () => {
    const harness = await open(closing);
    let isOpen = true;
    const approver = callbackApprover(
      () => {
        isOpen = false;
        return true;
      },
      { approver: 'ann' },
    );
    const ping = guardAction(() => 'pong', {
      harness,
      name: 'ping',
      approver,
      host: () => ({ open: isOpen }),
      onDeny: 'steer',
    });
    expect(await ping()).toBe('Tool blocked: Forbidden by "closed". Try a different approach.');
    const steady = guardAction(() => 'pong', { harness, name: 'ping', approver, host: { open: true } });
    expect(await steady()).toBe('pong');
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('no clock');
      },
    ],
    ['answers with no data', () => ({ open: Symbol('open') })],
    ['answers with what the agent does not declare', () => ({ closed: true })],
    ['answers with a list', () => [true]],
  ])('and %s lets nothing run', async (_, host) => {
    const harness = await open(closing);
    const run = vi.fn();
    expect(await blockedBy(guardAction(run, { harness, name: 'look', host, costUsd: 1 }))).toBeInstanceOf(BlockedError);
    expect(run).not.toHaveBeenCalled();
  });
});

describe('a guarded method', () => {
  const contextOf = (name: string | symbol, isPrivate = false): ClassMethodDecoratorContext => ({
    kind: 'method',
    name,
    private: isPrivate,
    static: false,
    access: { has: () => true, get: () => () => undefined },
    addInitializer: () => undefined,
    metadata: {},
  });

  it('is judged by its name, with its own `this`, and keeps its type', async () => {
    const harness = await open(over('budget', 'spentMicros', 1_000_000));
    const decorate = guardedAction({ harness, parameters: ['customer', 'cents'], costUsd: 1, tags: ['billing'] });
    class Desk {
      rate = 3;
      refund = decorate(function (this: Desk, customer: string, cents: number): string {
        return `${customer} ${cents * this.rate}`;
      }, contextOf('refund'));
    }
    expect(new Desk().refund('ann', 2)).toBe('ann 6');
    expect((await blockedBy(() => new Desk().refund('ann', 2)))?.reason).toBe('Forbidden by "budget".');
  });

  it('with an approver has to return a promise', async () => {
    const harness = await open(PERMIT_ALL);
    const approver = callbackApprover(() => true, { approver: 'ann' });
    const ping = guardedAction({ harness, approver })(async () => 'pong', contextOf('ping'));
    expect(await ping()).toBe('pong');
    // @ts-expect-error: it returns no promise, and would have to
    guardedAction({ harness, approver })(() => 'pong', contextOf('ping'));
    // @ts-expect-error: it returns a number, and steering would return a text
    guardedAction({ harness, onDeny: 'steer' });
  });

  it.each([
    ['a private method', contextOf('#refund', true)],
    ['a method named by a symbol', contextOf(Symbol('refund'))],
  ])('that is %s needs a name', async (_, context) => {
    const harness = await open(PERMIT_ALL);
    expect(() => guardedAction({ harness })(() => 1, context)).toThrow(
      'the action has no name: give guardedAction() one',
    );
    expect(guardedAction({ harness, name: 'ping' })(() => 1, context)()).toBe(1);
  });

  it.each([
    [
      'a class',
      [
        class {
          a = 1;
        },
        { kind: 'class', name: 'A' },
      ],
    ],
    ['a field', [undefined, { kind: 'field', name: 'a' }]],
    ['a method of older decorators', [{}, 'refund', { value: () => 1 }]],
  ])('is not %s', (_, given) => {
    const decorate: unknown = guardedAction({ harness: bare() });
    expect(() => Reflect.apply(Object(decorate), undefined, given)).toThrow('guardedAction() decorates methods');
  });
});

describe('sums of costs', () => {
  it.each([
    [null],
    [[]],
    [{}],
    [{ actions: {}, runs: [] }],
    [{ actions: { a: { calls: 1, micros: -1 } }, runs: {} }],
    [{ actions: { a: { calls: 1.5, micros: 1 } }, runs: {} }],
    [{ actions: { a: 1 }, runs: {} }],
    [{ actions: {}, runs: { a: '1' } }],
    [{ actions: {}, runs: { a: Number.NaN } }],
  ])('are not read from %j', (given) => {
    expect(() => loose(createSpending)(given)).toThrow('createSpending() takes what `snapshot()`');
  });

  it.each([
    ['', 1],
    ['a', -1],
    ['a', Number.NaN],
    ['a', '1'],
  ])('take no cost of %j that is %o', (action, costUsd) => {
    expect(() => loose(createSpending().add)(action, costUsd)).toThrow('add() takes the name of an action and a price');
  });

  it('are exact, know no names but their own, and stop where whole numbers do', () => {
    const spending = createSpending({ actions: { big: { calls: 1, micros: Number.MAX_SAFE_INTEGER } }, runs: {} });
    for (let i = 0; i < 10; i++) spending.add('__proto__', 0.1);
    spending.add('sum', 0.1 + 0.2);
    expect([
      spending.actionMicros('__proto__'),
      spending.actionMicros('constructor'),
      spending.actionMicros('sum'),
    ]).toEqual([1_000_000, 0, 300_000]);
    expect(spending.totalMicros()).toBe(Number.MAX_SAFE_INTEGER);
    expect(createSpending(spending.snapshot()).actionMicros('__proto__')).toBe(1_000_000);
  });
});

function bare(): PolicyHarness {
  return new PolicyHarness({ agent: BOT, policies: PERMIT_ALL });
}

function pay(customer: string, cents: number): string {
  return `${customer} ${cents}`;
}
