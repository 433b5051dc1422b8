import type { Adjudication } from '../harness/adjudication.js';
import type { ApprovalRequest } from './approval.js';

/**
 * Why a call did not run or its result is withheld: `denied` by policies, a request that is not valid, or a ledger that
 * did not take the row; `unapproved`, as nobody can be asked; `rejected` by an approver; `expired` without an answer;
 * `failed`, as asking failed; `pending`, as the answer comes later; `closed`, as the trajectory is no longer open.
 */
export type BlockedKind = 'denied' | 'unapproved' | 'rejected' | 'expired' | 'failed' | 'pending' | 'closed';

/** Thrown by a guarded tool whose call was not allowed, or whose result is withheld. */
export class BlockedError extends Error {
  override readonly name: string = 'BlockedError';
  readonly kind: BlockedKind;
  /** Why, fit to be handed back to a model. */
  readonly reason: string;
  /** The last answer; undefined when there was none, as for a trajectory that is closed. */
  readonly adjudication: Adjudication | undefined;

  constructor(kind: BlockedKind, reason: string, adjudication?: Adjudication) {
    super(`Action blocked: ${reason}`);
    this.kind = kind;
    this.reason = reason;
    this.adjudication = adjudication;
  }
}

/** Thrown for a call that waits for approval in a store; `resumeCall` runs it once it is approved. */
export class ApprovalPendingError extends BlockedError {
  override readonly name = 'ApprovalPendingError';
  /** One for each route. */
  readonly requests: readonly ApprovalRequest[];

  constructor(requests: readonly ApprovalRequest[], adjudication?: Adjudication) {
    super('pending', `${(requests[0]?.reason ?? '').replace(/\.$/, '')}; the answer is awaited.`, adjudication);
    this.requests = requests;
  }
}

/** The message of what was thrown; `otherwise` where it has none that can be read. */
export function messageOf(thrown: unknown, otherwise: string): string {
  try {
    const message: unknown = thrown instanceof Error ? thrown.message : undefined;
    return typeof message === 'string' ? message : otherwise;
  } catch {
    return otherwise;
  }
}
