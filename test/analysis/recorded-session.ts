import { type HarnessOptions, openLedger, PolicyHarness } from '../../src/index.js';
import { AGENT, PERMIT_ALL } from '../support/harness.js';

export const POLICIES = `${PERMIT_ALL}
  @id("no-rm") @description("Nothing is deleted") forbid (principal, action == Action::"shell", resource) when { context.facts.command.programs.contains("rm") };
  @id("big") @escalate("finance") forbid (principal, action == Action::"pay", resource) when { context.parameters.amount > 100 };
  @id("first-steps") forbid (principal, action == Action::"pay", resource) when { resource.toolCalls > 6 };
  @id("receipt") forbid (principal, action == Action::"pay:result", resource) when { context has call && context.call.parameters.to == "bob" };
  @id("errs") forbid (principal, action == Action::"prompt", resource) when { resource.text like "*boom*" && 9223372036854775807 + 1 > 0 };
  @id("label") forbid (principal, action == Action::"completion", resource) when { resource.text like "*label*" && principal has user };`;

export const hostile = (): readonly unknown[] => {
  const cycle: Record<string, unknown> = { command: 'ls' };
  cycle.self = cycle;
  const throwing = Object.defineProperty({}, 'command', {
    enumerable: true,
    get: () => {
      throw new Error('no');
    },
  });
  return [
    undefined,
    null,
    'ls',
    { command: 5 },
    { command: 'ls', timeout: 12345678901234567890n },
    { command: 'ls', timeout: 0.5 },
    { command: 'ls', timeout: Number.NaN },
    { command: () => 'ls' },
    JSON.parse('{"__proto__": {"command": "ls"}, "command": "ls"}'),
    { command: '\ud800' },
    { command: 'a\u0000b\u2028"\\' },
    cycle,
    throwing,
    new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('no');
        },
      },
    ),
    new Date(0),
  ];
};

/** Records a session in which everything happens that changes an answer. */
export async function recordSession(path: string, options: Partial<HarnessOptions> = {}): Promise<PolicyHarness> {
  const ledger = openLedger(path);
  const harness = new PolicyHarness({ agent: AGENT, policies: POLICIES, ...options, ledger });
  await harness.initialize({ trajectoryId: 't1', user: 'ann' });
  await harness.adjudicate('PRE_MODEL', 'user', { text: 'hello' });
  await harness.adjudicate('PRE_MODEL', 'user', { text: 'boom' });
  harness.addLabel('tainted');
  await harness.adjudicate('POST_MODEL', 'model', { text: 'a label' });
  await harness.adjudicate('PRE_TOOL', 'model', { toolId: 'shell', parameters: { command: 'ls' } });
  await harness.adjudicate('PRE_TOOL', 'model', { toolId: 'shell', parameters: { command: 'rm -rf /' }, callId: 'r' });
  await harness.adjudicate('POST_TOOL', 'tool', { toolId: 'shell', response: 'gone', callId: 'r' });
  await harness.adjudicate('PRE_TOOL', 'model', { toolId: 'nothing', parameters: {} });
  const pay = { toolId: 'pay', parameters: { amount: 5, to: 'bob' }, callId: 'p' };
  await harness.adjudicate('PRE_TOOL', 'model', pay);
  await harness.adjudicate('PRE_TOOL', 'model', pay);
  await harness.adjudicate('POST_TOOL', 'tool', { toolId: 'pay', response: { receipt: 'x' }, callId: 'p' });
  await harness.adjudicate('POST_TOOL', 'tool', { toolId: 'pay', response: { receipt: 'x' }, callId: 'p' });
  await harness.initialize({ trajectoryId: 't2', parent: 't1' });
  await harness.adjudicate('PRE_TOOL', 'model', {
    toolId: 'pay',
    parameters: { amount: 500, to: 'alice' },
    callId: 'q',
  });
  const event = {
    stage: 'PRE_TOOL',
    role: 'model',
    content: { toolId: 'pay', parameters: { amount: 500, to: 'alice' }, callId: 'q' },
  };
  const approvals = [{ id: 'a1', route: 'finance', approver: 'eve', at: '2025-01-01T00:00:00.000Z' }];
  harness.adjudicateJsonSync({ ok: true, value: event, diagnostics: [] }, { approvals });
  for (let count = 0; count < 9; count++)
    await harness.adjudicate('PRE_TOOL', 'model', { toolId: 'pay', parameters: { amount: count, to: 'alice' } });
  for (const parameters of hostile()) await harness.adjudicate('PRE_TOOL', 'model', { toolId: 'shell', parameters });
  ledger.close();
  return harness;
}
