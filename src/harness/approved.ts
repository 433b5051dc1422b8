import { diagnostic } from '../diagnostics/diagnostic.js';
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

/** A DENY in place of an answer that could not be recorded. */
export function deniedUnrecorded(adjudication: Adjudication, problem: string): Adjudication {
  const { approvals: _, ...rest } = adjudication;
  return {
    ...rest,
    decision: Decision.DENY,
    reason: `Denied, the answer could not be recorded: ${problem}.`,
    policies: [],
    routes: [],
    diagnostics: [...adjudication.diagnostics, unrecorded(problem)],
  };
}

/** The diagnostic of an adjudication that the ledger did not take. */
export function unrecorded(problem: string): Adjudication['diagnostics'][number] {
  return diagnostic('not-recorded', `the ledger did not take the row: ${problem}`, {
    help: 'nothing is allowed that cannot be recorded; see `deodar ledger verify`',
  });
}
