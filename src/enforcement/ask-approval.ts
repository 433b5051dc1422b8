import type { GrantedApproval } from '../harness/adjudication.js';
import { type ApprovalContext, type ApprovalRequest, type Approver, readAnswer, type WaitingCall } from './approval.js';
import { type BlockedKind, messageOf } from './blocked-error.js';
import { isOver, steadyClock } from './steady-clock.js';

/** What came of asking. */
export type Asked =
  | { readonly kind: 'granted'; readonly approvals: readonly GrantedApproval[] }
  | { readonly kind: 'refused'; readonly why: BlockedKind; readonly reason: string; readonly approver?: string }
  | { readonly kind: 'pending' };

export interface AskOptions {
  readonly timeoutMs: number;
  /** Whether silence is a yes. */
  readonly onTimeout: 'deny' | 'approve';
  readonly now: () => number;
}

/** Who is named when the host has silence count as a yes. */
const NOBODY = 'nobody (no answer in time)';

/**
 * Asks for every route at once and waits until all said yes, one said no, or the time is over. Never rejects.
 */
export async function askApproval(
  approver: Approver,
  requests: readonly ApprovalRequest[],
  call: WaitingCall,
  { timeoutMs, onTimeout, now }: AskOptions,
): Promise<Asked> {
  const controller = new AbortController();
  const context: ApprovalContext = { signal: controller.signal, call };
  // The timer may come late where the thread is busy, so an answer is held to both clocks.
  const begun = performance.now();
  const steady = steadyClock(now);
  const isLate = ({ expiresAt }: ApprovalRequest): boolean =>
    isOver(expiresAt, steady()) || performance.now() - begun > timeoutMs;
  const settled = new Map<ApprovalRequest, Asked>();
  const asked = requests.map(async (request) => {
    const answer = await askOne(approver, request, context, { now, isLate });
    settled.set(request, answer);
    return answer;
  });
  const { promise: late, cancel } = timeout(timeoutMs);
  try {
    const outcome = await Promise.race([late, firstRefusal(asked)]);
    if (outcome !== 'late') return outcome;
    if (onTimeout === 'deny') return expired(requests);
    const at = new Date(now()).toISOString();
    // Silence is of those who said nothing: what others said, or will say through a store, counts.
    const answers = requests.map((request): Asked => {
      const silent = { id: request.id, route: request.routeTo, approver: NOBODY, at };
      return settled.get(request) ?? { kind: 'granted', approvals: [silent] };
    });
    return together(answers);
  } finally {
    cancel();
    controller.abort();
  }
}

function expired(requests: readonly ApprovalRequest[]): Asked {
  const routes = requests.map(({ routeTo }) => (routeTo === null ? 'a person' : `"${routeTo}"`)).join(' and ');
  return { kind: 'refused', why: 'expired', reason: `Nobody answered in time for ${routes}.` };
}

/** All answers when each is a yes; the first that is not otherwise. */
async function firstRefusal(asked: readonly Promise<Asked>[]): Promise<Asked> {
  const refusals = asked.map(async (answer): Promise<Asked> => {
    const outcome = await answer;
    if (outcome.kind === 'refused') return outcome;
    return new Promise<Asked>(() => undefined);
  });
  return Promise.race([...refusals, allAnswers(asked)]);
}

async function allAnswers(asked: readonly Promise<Asked>[]): Promise<Asked> {
  return together(await Promise.all(asked));
}

function together(all: readonly Asked[]): Asked {
  const refused = all.find(({ kind }) => kind === 'refused');
  if (refused !== undefined) return refused;
  if (all.some(({ kind }) => kind === 'pending')) return { kind: 'pending' };
  return { kind: 'granted', approvals: all.flatMap((answer) => (answer.kind === 'granted' ? answer.approvals : [])) };
}

async function askOne(
  approver: Approver,
  request: ApprovalRequest,
  context: ApprovalContext,
  { now, isLate }: { readonly now: () => number; readonly isLate: (request: ApprovalRequest) => boolean },
): Promise<Asked> {
  try {
    const answer = readAnswer(await approver.requestApproval(request, context));
    if (answer === undefined)
      return { kind: 'refused', why: 'failed', reason: 'The approver gave no answer that names who approved.' };
    if (answer.kind === 'pending') return answer;
    const { approved, approver: name, comment } = answer;
    if (!approved) {
      const why = comment === undefined || comment === '' ? '' : ` ${comment}`;
      return {
        kind: 'refused',
        why: 'rejected',
        reason: `Action '${request.action}' was rejected.${why}`,
        approver: name,
      };
    }
    if (isLate(request)) return expired([request]);
    const at = new Date(now()).toISOString();
    return { kind: 'granted', approvals: [{ id: request.id, route: request.routeTo, approver: name, at }] };
  } catch (error) {
    const message = messageOf(error, 'the approver failed');
    return { kind: 'refused', why: 'failed', reason: message.endsWith('.') ? message : `${message}.` };
  }
}

function timeout(milliseconds: number): { readonly promise: Promise<'late'>; readonly cancel: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const promise = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), milliseconds);
  });
  return { promise, cancel: () => clearTimeout(timer) };
}
