import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic.js';
import type { TimelessAdjudication } from './adjudicate-event.js';
import { type Adjudication, Decision, type GrantedApproval } from './adjudication.js';

/**
 * An escalation that was approved on every route is an ALLOW that names who approved; anything else stays as it is. A
 * DENY cannot be approved.
 */
export function applyApprovals(
  adjudication: TimelessAdjudication,
  approvals: readonly GrantedApproval[],
): TimelessAdjudication {
  if (adjudication.decision !== Decision.ESCALATE) return adjudication;
  const used = adjudication.routes.flatMap((route) => approvals.find((approval) => approval.route === route) ?? []);
  if (used.length < adjudication.routes.length) return adjudication;
  const who = used.map(({ route, approver }) => (route === null ? approver : `${approver} ("${route}")`));
  const policies = adjudication.policies.map(({ id }) => `"${id}"`);
  return {
    ...adjudication,
    decision: Decision.ALLOW,
    reason: `Approved by ${who.join(' and ')}: ${policies.join(', ')}.`,
    routes: [],
    approvals: used,
  };
}

/**
 * The answer where somebody who has to know of it could not be told: a DENY for what would run. In shadow mode it stays,
 * with the diagnostic.
 */
export function deniedUntold(adjudication: Adjudication, problem: Diagnostic): Adjudication {
  const diagnostics = [...adjudication.diagnostics, problem];
  if (adjudication.mode === 'shadow' || adjudication.decision === Decision.DENY)
    return Object.freeze({ ...adjudication, diagnostics });
  const { approvals: _, ...rest } = adjudication;
  const reason = `Denied, ${problem.message}.`;
  return Object.freeze({ ...rest, decision: Decision.DENY, reason, policies: [], routes: [], diagnostics });
}

/** The ledger did not take an adjudication. */
export function notRecorded(error: unknown): Diagnostic {
  return diagnostic('not-recorded', `the answer could not be recorded: ${messageOf(error)}`, {
    help: 'nothing is allowed that cannot be recorded; see `deodar ledger verify`',
  });
}

/** The hook of the host threw. */
export function hookFailed(error: unknown): Diagnostic {
  return diagnostic('hook-failed', `\`onAdjudication\` failed: ${messageOf(error)}`, {
    help: 'nothing is allowed that the host could not take note of; catch what may fail in the hook',
  });
}

/** What the host does later than it had to cannot change an answer, and must not end its process. */
export function warnWhenRejected(given: unknown): void {
  if (typeof given !== 'object' || given === null || !('then' in given) || typeof given.then !== 'function') return;
  Promise.resolve(given).catch((error: unknown) => {
    process.emitWarning(`what \`onAdjudication\` or the ledger does later failed: ${messageOf(error)}`, {
      code: 'DEODAR_HOOK_FAILED',
    });
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'it threw';
}
