import { describe, expect, it } from 'vitest';
import { createApprovalStore } from '../../src/enforcement/approval-store.js';
import { ApprovalPendingError } from '../../src/enforcement/blocked-error.js';
import { guard, guardSync } from '../../src/enforcement/guard.js';
import { resumeCall } from '../../src/enforcement/resume-call.js';
import { PolicyHarness } from '../../src/harness/policy-harness.js';

const TOOL = {
  name: 'pay',
  inputSchema: { type: 'object', properties: { amount: { type: 'integer' } }, required: ['amount'] },
} as const;
const POLICIES = `@id("all") permit (principal, action, resource);
@id("big") @escalate("ops") forbid (principal, action == Action::"pay", resource) when { context.parameters.amount > 10 };
@id("known") forbid (principal, action == Action::"pay:result", resource) when { context has call && context.call.parameters.amount == 3 };`;
const SECRET = 'a secret of the tests';

function newHarness(): PolicyHarness {
  return new PolicyHarness({ agent: { id: 'a', name: 'a', tools: [TOOL] }, policies: POLICIES });
}

function call(callId: string, amount: number) {
  return { stage: 'PRE_TOOL', role: 'model', content: { toolId: 'pay', parameters: { amount }, callId } } as const;
}

function result(callId: string) {
  return { stage: 'POST_TOOL', role: 'tool', content: { toolId: 'pay', response: 'done', callId } } as const;
}

describe('what a harness remembers', () => {
  it('keeps no arguments of calls whose results are trusted', async () => {
    const harness = newHarness();
    const trajectory = await harness.initialize();
    const pay = guardSync(harness, 'pay', () => 'paid', { results: 'trust' });
    for (let amount = 0; amount < 5; amount++) pay({ amount });
    expect([...trajectory.calls.values()].map(({ status, call: { parameters } }) => [status, parameters])).toEqual(
      Array.from({ length: 5 }, () => ['answered', null]),
    );
  });

  it('keeps the arguments of so many unanswered calls, and refuses results of the ones before', async () => {
    const harness = newHarness();
    await harness.initialize();
    for (let index = 0; index < 1002; index++) harness.adjudicateSync(call(`c${index}`, 3));
    expect(harness.adjudicateSync(result('c0')).diagnostics.map(({ code }) => code)).toEqual(['forgotten-call']);
    expect(harness.adjudicateSync(result('c1')).decision).toBe('DENY');
    // The arguments of this one are still known, as the policy sees.
    expect(harness.adjudicateSync(result('c2')).policies.map(({ id }) => id)).toEqual(['known']);
    expect(harness.adjudicateSync(call('c0', 1)).diagnostics.map(({ code }) => code)).toEqual(['call-id-reused']);
  });

  it('makes room when results come', async () => {
    const harness = newHarness();
    await harness.initialize();
    harness.adjudicateSync(call('first', 3));
    for (let index = 0; index < 2000; index++) {
      harness.adjudicateSync(call(`c${index}`, 1));
      harness.adjudicateSync(result(`c${index}`));
    }
    expect(harness.adjudicateSync(result('first')).policies.map(({ id }) => id)).toEqual(['known']);
  });

  it('forgets closed trajectories, but never that they were closed', async () => {
    const harness = newHarness();
    const store = createApprovalStore({ secret: SECRET, wait: false });
    await harness.initialize({ trajectoryId: 'late' });
    let ran = 0;
    const pay = guard(harness, 'pay', () => ++ran, { approver: store });
    const pending = await pay({ amount: 50 }).catch((error: unknown) => error);
    if (!(pending instanceof ApprovalPendingError)) throw new Error('the call did not wait');
    const id = pending.requests[0]?.id ?? '';
    await harness.finalize('late');
    for (let index = 0; index < 1100; index++) {
      await harness.initialize({ trajectoryId: `t${index}` });
      await harness.finalize();
    }
    expect(harness.trajectory('late')).toBeUndefined();
    expect(harness.trajectory('t1099')?.status).toBe('finalized');
    expect(store.approve(id, { approver: 'eve' })).toEqual({ ok: true });
    await expect(resumeCall(harness, store, id, () => ++ran)).rejects.toThrow('exists already');
    expect(ran).toBe(0);
    await expect(harness.initialize({ trajectoryId: 'late' })).rejects.toThrow('exists already');
    await expect(harness.initialize({ parent: 'late' })).rejects.toThrow('closed');
    expect(() => harness.adjudicateSync({ ...call('x', 1), trajectoryId: 'late' })).toThrow('is closed');
  });

  it('frees what a trajectory knew of its calls when it is closed', async () => {
    const harness = newHarness();
    await harness.initialize({ trajectoryId: 't' });
    harness.adjudicateSync(call('c', 3));
    await harness.finalize('t');
    expect(harness.trajectory('t')).toMatchObject({ status: 'finalized', toolCalls: 1 });
    expect(harness.trajectory('t')?.calls.size).toBe(0);
  });
});
