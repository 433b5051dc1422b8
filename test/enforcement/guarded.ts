import { type GuardOptions, guard, type HarnessOptions, openLedger, PolicyHarness } from '../../src/index.js';
import { AGENT, PERMIT_ALL } from '../support/harness.js';

export const ASKING = `${PERMIT_ALL}
  @id("no-rm") @description("Nothing is deleted") forbid (principal, action == Action::"shell", resource) when { context.facts.command.programs.contains("rm") };
  @id("ask") @escalate("ops") forbid (principal, action == Action::"shell", resource) when { context.facts.command.programs.contains("git") };
  @id("ask-more") @escalate("legal") forbid (principal, action == Action::"shell", resource) when { context.parameters.command like "*publish*" };
  @id("ask-anyone") @escalate forbid (principal, action == Action::"shell", resource) when { context.parameters.command like "*bare*" };
  @id("secret") forbid (principal, action == Action::"shell:result", resource) when { context.responseJson like "*hunter2*" };
  @id("look") @escalate("ops") forbid (principal, action == Action::"shell:result", resource) when { context.responseJson like "*look*" };`;

export interface ShellCall {
  readonly command: string;
  readonly timeout?: number | null;
}

export interface GuardedShell {
  readonly harness: PolicyHarness;
  /** What the tool was called with. */
  readonly calls: unknown[];
  readonly run: (parameters: ShellCall) => Promise<unknown>;
  /** The tool itself. */
  readonly tool: (parameters: ShellCall) => string;
}

/** A guarded shell that runs nothing and says what it was called with; its ledger is at `path` where there is one. */
export async function guardedShell(
  options: GuardOptions = {},
  { path, ...settings }: Partial<HarnessOptions> & { readonly path?: string } = {},
): Promise<GuardedShell> {
  const ledger = path === undefined ? {} : { ledger: openLedger(path) };
  const harness = new PolicyHarness({ agent: AGENT, policies: ASKING, ...ledger, ...settings });
  await harness.initialize({ trajectoryId: 't1' });
  const calls: unknown[] = [];
  const tool = (parameters: ShellCall): string => {
    calls.push(parameters);
    return `ran ${parameters.command}`;
  };
  return { harness, calls, tool, run: guard(harness, 'shell', tool, options) };
}
