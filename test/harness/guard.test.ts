import { describe, expect, it } from 'vitest';
import { BlockedError, guard } from '../../src/index.js';
import { openHarness, PERMIT_ALL } from '../support/harness.js';

describe('guard', () => {
  const POLICIES = `${PERMIT_ALL}
    @id("no-rm") @description("Nothing is deleted") forbid (principal, action == Action::"shell", resource) when { context.facts.command.programs.contains("rm") };
    @id("ask") @escalate("ops") forbid (principal, action == Action::"shell", resource) when { context.facts.command.programs.contains("git") };`;

  async function guarded(mode: 'enforce' | 'shadow' = 'enforce') {
    const calls: unknown[] = [];
    const harness = await openHarness(POLICIES, { mode });
    const run = guard(harness, 'shell', (parameters: { command: string }) => {
      calls.push(parameters);
      return `ran ${parameters.command}`;
    });
    return { calls, run };
  }

  it('runs the tool on ALLOW and returns what it returns', async () => {
    const { calls, run } = await guarded();
    expect(await run({ command: 'ls' })).toBe('ran ls');
    expect(calls).toEqual([{ command: 'ls' }]);
  });

  it.each(['rm -rf /', 'git push'])('does not run the tool for %s', async (command) => {
    const { calls, run } = await guarded();
    await expect(run({ command })).rejects.toBeInstanceOf(BlockedError);
    expect(calls).toEqual([]);
  });

  it('says why it blocked', async () => {
    const { run } = await guarded();
    await expect(run({ command: 'rm x' })).rejects.toThrow(
      'Action blocked: Forbidden by "no-rm" (Nothing is deleted).',
    );
  });

  it('does not run the tool for arguments that cannot be copied', async () => {
    const { calls, run } = await guarded();
    await expect(run({ command: (() => 'ls') as unknown as string })).rejects.toBeInstanceOf(BlockedError);
    expect(calls).toEqual([]);
  });

  it('runs a frozen copy, so that a later change of the arguments has no effect', async () => {
    const { calls, run } = await guarded();
    const parameters = { command: 'ls' };
    const running = run(parameters);
    parameters.command = 'rm -rf /';
    expect(await running).toBe('ran ls');
    expect(Object.isFrozen(calls[0])).toBe(true);
  });

  it('runs the tool in shadow mode whatever the answer is', async () => {
    const { run } = await guarded('shadow');
    expect(await run({ command: 'rm x' })).toBe('ran rm x');
  });
});
