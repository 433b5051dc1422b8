import { didYouMean } from '../diagnostics/did-you-mean.js';
import { UNREGISTERED_ACTION } from '../harness/action-names.js';
import type { PolicyHarness } from '../harness/policy-harness.js';

/**
 * What is to be said of a tool that the agent does not declare, so that every call of it would be denied; undefined for
 * any other, and where policies decide about such tools.
 */
export function undeclaredTool({ prepared }: PolicyHarness, toolId: string): string | undefined {
  const actions = prepared?.profile.actions ?? [];
  if (prepared === undefined) return undefined;
  if (actions.some(({ tool, uid }) => tool === toolId || uid.id === UNREGISTERED_ACTION)) return undefined;
  const near = didYouMean(
    toolId,
    prepared.agent.tools.map(({ name }) => name),
  );
  const hint = near === undefined ? '' : `; did you mean ${JSON.stringify(near)}?`;
  return `the agent does not declare the tool ${JSON.stringify(toolId)}, so every call would be denied${hint}`;
}

/** Says so to the process, for a guard that is made before anybody calls it. */
export function warnOfUndeclared(harness: PolicyHarness, toolId: string): void {
  const message = undeclaredTool(harness, toolId);
  if (message !== undefined) process.emitWarning(message, { type: 'DeodarWarning', code: 'DEODAR_UNDECLARED_TOOL' });
}
