import { type ApprovalRequest, approvalRequests } from '../enforcement/approval.js';
import { BlockedError } from '../enforcement/blocked-error.js';
import {
  type GuardedCall,
  type Judged,
  judgedValue,
  noteRequested,
  useApprovals,
} from '../enforcement/guarded-call.js';
import { isOver } from '../enforcement/steady-clock.js';
import type { PolicyHarness } from '../harness/policy-harness.js';

// The SDK's own flow of approvals: its answer holds a request, and a later conversation the response. What the SDK
// carries binds neither arguments nor policies and names nobody, so what a person was asked is remembered here.

/** Who approved, as far as the SDK says. */
const SOMEBODY = 'somebody in the conversation';

/** Most calls of one harness that wait for a response. */
const MOST_WAITING = 10_000;

const waitingOf = new WeakMap<PolicyHarness, Map<string, readonly ApprovalRequest[]>>();

/**
 * Remembers what is asked; whether the SDK can ask it: it takes one yes, which cannot be that of several routes. `given` is
 * what the SDK hands over with the call.
 */
export function askInConversation(call: GuardedCall, judged: Judged, given: unknown): boolean {
  const { harness } = call;
  const requests = requestsOf(call, judged);
  if (requests.length !== 1) return false;
  // With an answer in the conversation the SDK wants to know whether one was needed: what was asked before counts.
  if (isApproved(given)) return true;
  const waiting = waitingOf.get(harness) ?? new Map<string, readonly ApprovalRequest[]>();
  waitingOf.set(harness, waiting);
  waiting.delete(keyOf(call));
  waiting.set(keyOf(call), requests);
  for (const [oldest] of waiting) if (waiting.size > MOST_WAITING) waiting.delete(oldest);
  for (const request of requests) noteRequested(harness, request);
  return true;
}

/**
 * Judges a call again that escalated and was approved in the conversation `given`; throws unless it is then allowed.
 * `trusting` takes the word of the conversation also where nobody was asked by this harness, as another process did.
 */
export function requireApprovedInConversation(
  call: GuardedCall,
  judged: Judged,
  given: unknown,
  trusting: boolean,
): Judged {
  const { adjudication } = judged;
  if (adjudication.routes.length > 1)
    throw refused(
      judged,
      'Several have to approve, and a conversation holds one answer: `guardTools` needs an `approver`',
    );
  if (!isApproved(given)) throw new BlockedError('unapproved', adjudication.reason, adjudication);
  const waiting = waitingOf.get(call.harness);
  const asked = waiting?.get(keyOf(call));
  // One answer is for one call.
  waiting?.delete(keyOf(call));
  const requests = asked ?? (trusting ? requestsOf(call, judged) : []);
  if (requests.length === 0) throw refused(judged, 'Nobody was asked about this call by this harness');
  const now = Date.now();
  if (requests.some(({ expiresAt }) => isOver(expiresAt, now)))
    return useApprovals(call, judged, requests, {
      kind: 'refused',
      why: 'expired',
      reason: 'The approval came too late.',
    });
  const at = new Date(now).toISOString();
  const approvals = requests.map(({ id, routeTo }) => ({ id, route: routeTo, approver: SOMEBODY, at }));
  return useApprovals(call, judged, requests, { kind: 'granted', approvals });
}

function refused({ adjudication }: Judged, why: string): BlockedError {
  return new BlockedError('unapproved', `${adjudication.reason} ${why}.`, adjudication);
}

function requestsOf(call: GuardedCall, judged: Judged): readonly ApprovalRequest[] {
  const { harness, trajectoryId, settings } = call;
  const { event, adjudication } = judged;
  if (!event.ok || trajectoryId === undefined) return [];
  return approvalRequests(
    { harness, trajectoryId, event: event.value },
    adjudication,
    judgedValue(judged, 'parameters'),
    { now: Date.now(), timeoutMs: settings.approvalTimeoutMs },
  );
}

function keyOf({ trajectoryId, toolId, callId }: GuardedCall): string {
  return JSON.stringify([trajectoryId ?? null, toolId, callId]);
}

/**
 * Whether the conversation holds an approval of the call: the SDK runs an approved call with the messages that end in
 * the response to its own request.
 */
function isApproved(call: unknown): boolean {
  const id = member(call, 'toolCallId');
  const messages = listOf(member(call, 'messages'));
  const parts = messages.flatMap((message) => listOf(member(message, 'content')));
  const requests = parts
    .filter((part) => member(part, 'type') === 'tool-approval-request' && member(part, 'toolCallId') === id)
    .map((part) => member(part, 'approvalId'));
  return listOf(member(messages.at(-1), 'content')).some(
    (part) =>
      member(part, 'type') === 'tool-approval-response' &&
      member(part, 'approved') === true &&
      requests.includes(member(part, 'approvalId')),
  );
}

/** A member of its own of what the SDK hands over, whatever that is. */
export function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
