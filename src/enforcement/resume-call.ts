import { success } from '../diagnostics/diagnostic.js';
import type { PolicyHarness } from '../harness/policy-harness.js';
import { type AccountOptions, accountedSettings } from './accounted-settings.js';
import type { ApprovalStore, WaitingRequests } from './approval-store.js';
import { ApprovalPendingError, BlockedError } from './blocked-error.js';
import { requireHarness, runApproved, steeredLater, type ToolFunction } from './guard.js';
import type { GuardOptions } from './guard-options.js';
import { eventNames, type GuardedCall, type Judged, judgedValue, useApprovals } from './guarded-call.js';

/**
 * Goes on with a call that waited for approval in a store, perhaps in another process: its trajectory is opened again
 * where it is not open, everything is judged anew, and the tool runs once with the arguments that were approved.
 * `id` is that of one of its requests. Blocks as a guard does when an approval is missing, refused, expired, used, or
 * is one of another call, other policies or another schema. Of a guarded action `costUsd`, `tags` and `spending` say what it costs
 * now; where no `host` is given, what the host said when the call was made stands beside them.
 */
export function resumeCall<Arguments, Output>(
  harness: PolicyHarness,
  store: ApprovalStore,
  id: string,
  run: ToolFunction<Arguments, Output>,
  options?: GuardOptions & AccountOptions,
): Promise<Awaited<Output> | string>;
export async function resumeCall(
  harness: PolicyHarness,
  store: ApprovalStore,
  id: string,
  run: (parameters: unknown) => unknown,
  options?: GuardOptions & AccountOptions,
): Promise<unknown> {
  requireHarness(harness, 'resumeCall()');
  const settings = accountedSettings(harness, options, 'resumeCall()');
  const waiting = store.callOf(id);
  const names = waiting === undefined ? undefined : eventNames(waiting.call.event);
  const trajectoryId = waiting?.requests[0]?.trajectoryId;
  const call: GuardedCall = {
    harness,
    settings,
    toolId: names?.toolId ?? '?',
    callId: names?.callId ?? '?',
    trajectoryId,
  };
  return steeredLater(call, async () => {
    if (waiting === undefined || names === undefined || trajectoryId === undefined)
      throw new BlockedError('failed', 'No call waits for this approval.');
    requireAnswers(waiting);
    if (harness.trajectory(trajectoryId) === undefined) harness.resume(waiting.call.trajectory, { current: false });
    const judged = approvedOf(call, store, waiting);
    // A result that was withheld is passed on; its tool has run.
    if (names.stage === 'POST_TOOL') return judgedValue(judged, 'response');
    return runApproved(call, judged, run);
  });
}

function requireAnswers({ requests, statuses }: WaitingRequests): void {
  if (statuses.includes('rejected'))
    throw new BlockedError('rejected', `Action '${requests[0]?.action ?? '?'}' was rejected.`);
  if (statuses.includes('used')) throw new BlockedError('failed', 'The approval was used before.');
  if (statuses.includes('expired')) throw new BlockedError('expired', 'The approval has expired.');
  if (statuses.includes('pending')) throw new ApprovalPendingError(requests);
}

/** Uses the approvals up, and judges the call again with them. */
function approvedOf(call: GuardedCall, store: ApprovalStore, waiting: WaitingRequests): Judged {
  const { requests, approvals } = waiting;
  if (!store.use(requests.map(({ id }) => id))) throw new BlockedError('failed', 'The approval was used before.');
  const event = success(waiting.call.event);
  return useApprovals(call, { event, adjudication: undefined }, requests, { kind: 'granted', approvals });
}
