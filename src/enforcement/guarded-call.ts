import { randomUUID } from 'node:crypto';
import { failure, type Result, success } from '../diagnostics/diagnostic.js';
import { type Adjudication, Decision } from '../harness/adjudication.js';
import type { JudgeOptions, PolicyHarness } from '../harness/policy-harness.js';
import { createJsonObject, isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.js';
import { quotedText } from '../json/quoted-text.js';
import { type ApprovalRequest, approvalBinding, approvalRequests, type WaitingCall } from './approval.js';
import { type Asked, askApproval } from './ask-approval.js';
import { ApprovalPendingError, BlockedError, type BlockedKind, messageOf } from './blocked-error.js';
import type { GuardSettings } from './guard-options.js';
import { hostData, withHostNow } from './host-data.js';
import { readResult } from './read-result.js';
import { frozenJson, frozenValue, readOnce } from './snapshot.js';
import { accountText } from './spending.js';

/** One call of a guarded tool. */
export interface GuardedCall {
  readonly harness: PolicyHarness;
  readonly settings: GuardSettings;
  readonly toolId: string;
  readonly callId: string;
  /** Undefined when there is no trajectory. */
  readonly trajectoryId: string | undefined;
}

/** An event of a call with the answer to it. */
export interface Judged {
  readonly event: Result<JsonValue>;
  readonly adjudication: Adjudication;
}

/** An event with the last answer, where there was one. */
type Asking = Omit<Judged, 'adjudication'> & { readonly adjudication: Adjudication | undefined };

/** Whether the host acts as if there were no guard. */
export function isShadow(harness: PolicyHarness): boolean {
  return harness.prepared?.mode === 'shadow';
}

/** Part of the ids of all calls of this process; of others they are different by it, and among each other by a number. */
const PROCESS_ID = randomUUID();
let calls = 0;

export function openCall(harness: PolicyHarness, toolId: string, settings: GuardSettings): GuardedCall {
  const trajectoryId = settings.trajectoryId ?? harness.trajectory()?.id;
  return { harness, settings, toolId, callId: `${PROCESS_ID}-${++calls}`, trajectoryId };
}

/** Reads the arguments once and judges the call. */
export function judgeCall(call: GuardedCall, args: readonly unknown[]): Judged {
  return counted(call, judge(call, callEvent(call, args), undefined));
}

/** Counts what a call costs that may run now, at once: calls that are made before it runs are judged with it. */
function counted(call: GuardedCall, judged: Judged): Judged {
  const { harness, settings, toolId, trajectoryId } = call;
  const { account } = settings;
  const { decision, stage } = judged.adjudication;
  if (account !== undefined && stage === 'PRE_TOOL' && (decision === Decision.ALLOW || isShadow(harness)))
    account.spending.add(toolId, account.costUsd, harness.trajectory(trajectoryId));
  return judged;
}

/** The event of a call, with its arguments read once. */
export function callEvent(call: GuardedCall, args: readonly unknown[]): Result<JsonValue> {
  const { settings } = call;
  const [given = {}] = args;
  const parameters = readOnce(given, settings.maxLength);
  return eventOf(call, 'PRE_TOOL', 'model', 'parameters', parameters, hostData(call));
}

/** What a tool returned, with the answer to it. */
export interface JudgedResult extends Judged {
  /** What is passed on where it is allowed as it is. */
  readonly given: () => unknown;
}

/** Records that a tool ran to its end and judges what it returned. */
export function judgeResult(call: GuardedCall, output: unknown, ended: Ended): JudgedResult {
  const before = outcomeRow(call, ended);
  try {
    const { json, given } = readResult(output, call.settings.maxResultLength);
    const event = resultEvent(call, json);
    return { event, adjudication: judge(call, event, undefined, before).adjudication, given };
  } catch (error) {
    // Not judged, as the run is closed, and so not recorded yet.
    record(call, before);
    throw error;
  }
}

/** The event of a result that was read. */
export function resultEvent(call: GuardedCall, response: Result<JsonValue>): Result<JsonValue> {
  return eventOf(call, 'POST_TOOL', 'tool', 'response', response, undefined);
}

function eventOf(
  { toolId, callId, trajectoryId }: GuardedCall,
  stage: string,
  role: string,
  field: string,
  value: Result<JsonValue>,
  host: Result<JsonValue> | undefined,
): Result<JsonValue> {
  if (!value.ok) return below(value, `/content/${field}`);
  if (host !== undefined && !host.ok) return below(host, '/host');
  // In the order of their names, so that their text has to be written once only.
  const content = createJsonObject();
  content.callId = callId;
  content[field] = value.value;
  content.toolId = toolId;
  const event = createJsonObject();
  event.content = content;
  if (host !== undefined) event.host = host.value;
  event.role = role;
  event.stage = stage;
  if (trajectoryId !== undefined) event.trajectoryId = trajectoryId;
  return success(event);
}

function below({ diagnostics }: Result<JsonValue>, pointer: string): Result<JsonValue> {
  return failure(diagnostics.map((problem) => ({ ...problem, pointer: `${pointer}${problem.pointer ?? ''}` })));
}

function judge(
  { harness, trajectoryId, settings }: GuardedCall,
  event: Result<JsonValue>,
  approvals: JudgeOptions['approvals'],
  before?: JudgeOptions['before'],
): Judged {
  try {
    const resultFollows = settings.results === 'judge';
    const options: JudgeOptions = { trajectoryId, resultFollows, approvals, before };
    return { event, adjudication: harness.adjudicateJsonSync(event, options) };
  } catch (error) {
    throw new BlockedError('closed', `${messageOf(error, 'the harness failed')}.`);
  }
}

/** What was judged to be the arguments or the result, as a frozen value. */
export function judgedValue({ event }: Pick<Judged, 'event'>, field: 'parameters' | 'response'): unknown {
  const content = event.ok && isJsonObject(event.value) ? event.value.content : undefined;
  return frozenValue(isJsonObject(content) ? (content[field] ?? null) : null);
}

/** Returns what is allowed, and throws `BlockedError` for everything else: nobody can be asked. */
export function requireAllowed(call: GuardedCall, judged: Judged): Judged {
  const { adjudication } = judged;
  switch (adjudication.decision) {
    case Decision.ALLOW:
      return judged;
    case Decision.DENY:
      throw denied(call, adjudication);
    case Decision.ESCALATE:
      throw new BlockedError('unapproved', adjudication.reason, adjudication);
  }
}

function denied({ harness, settings, trajectoryId }: GuardedCall, adjudication: Adjudication): BlockedError {
  // A trajectory that another call closed meanwhile stays closed.
  if (settings.onDeny === 'block') harness.finalize(trajectoryId).catch(() => undefined);
  return new BlockedError('denied', adjudication.reason, adjudication);
}

/** As `requireAllowed`, but asks the approver on ESCALATE and judges everything again after a yes. */
export async function requireApproved(
  call: GuardedCall,
  judged: Judged,
  field: 'parameters' | 'response',
): Promise<Judged> {
  const { harness, settings, trajectoryId } = call;
  const { event, adjudication } = judged;
  const { approver } = settings;
  if (adjudication.decision !== Decision.ESCALATE || approver === undefined || !event.ok || trajectoryId === undefined)
    return requireAllowed(call, judged);
  const subject = { harness, trajectoryId, event: event.value };
  const timeoutMs = settings.approvalTimeoutMs;
  const requests = approvalRequests(subject, adjudication, judgedValue(judged, field), { now: Date.now(), timeoutMs });
  for (const request of requests) noteRequested(harness, request);
  // Whoever is asked keeps the event, and it is what runs after a yes.
  const waiting: WaitingCall = {
    id: call.callId,
    event: frozenJson(event.value),
    trajectory: harness.save(trajectoryId),
  };
  const asked = await askApproval(approver, requests, waiting, {
    timeoutMs,
    onTimeout: settings.onTimeout,
    now: Date.now,
  });
  return useApprovals(call, judged, requests, asked);
}

/** Turns the answer into a new judgement, which must allow. */
export function useApprovals(
  call: GuardedCall,
  { event, adjudication }: Asking,
  requests: readonly ApprovalRequest[],
  asked: Asked,
): Judged {
  const { harness, trajectoryId } = call;
  switch (asked.kind) {
    case 'pending':
      throw new ApprovalPendingError(requests, adjudication);
    case 'refused':
      for (const request of requests)
        noteApproval(harness, request, asked.why, asked.approver === undefined ? {} : { approver: asked.approver });
      throw new BlockedError(asked.why, asked.reason, adjudication);
    case 'granted':
      break;
  }
  const grants = requests.map((request) => {
    const approval = asked.approvals.find(({ id }) => id === request.id);
    const isBound =
      event.ok &&
      trajectoryId !== undefined &&
      approvalBinding({ harness, trajectoryId, event: event.value }, request) === request.binding;
    if (approval === undefined || !isBound) throw notBound(adjudication);
    if (!noteApproval(harness, request, 'used', { approver: approval.approver, at: approval.at }))
      throw new BlockedError('failed', 'The approval was used before, or its use could not be recorded.', adjudication);
    return approval;
  });
  return requireAllowed(call, counted(call, judge(call, withHostNow(call, event), grants)));
}

/** An approval of something else than what would run. */
function notBound(adjudication?: Adjudication): BlockedError {
  const reason = 'The approval is not one of this call under these policies.';
  return new BlockedError('failed', reason, adjudication);
}

/** Records that somebody is asked. */
export function noteRequested(harness: PolicyHarness, request: ApprovalRequest): void {
  noteApproval(harness, request, 'requested', {});
}

/**
 * Records what became of a request for approval; false when it could not be recorded. A use is recorded once, whatever
 * process asks.
 */
function noteApproval(
  { ledger }: PolicyHarness,
  { id, routeTo, action, trajectoryId, expiresAt }: ApprovalRequest,
  state: BlockedKind | 'requested' | 'used',
  more: Readonly<Record<string, string>>,
): boolean {
  const members = { approval: id, state, route: routeTo, action, trajectory: trajectoryId, expiresAt, ...more };
  try {
    const once = state === 'used' ? `approval ${id}` : undefined;
    ledger?.append('approval', jsonTexts(members), { setup: undefined, once, before: undefined });
    return true;
  } catch {
    return false;
  }
}

/** How a tool ended that ran. */
export interface Ended {
  /** The answer that let it run. */
  readonly adjudication: Adjudication | undefined;
  readonly outcome: 'success' | 'error';
  readonly error?: unknown;
  readonly startedAt: number;
}

/** Records that a tool ran and how it ended. */
export function noteOutcome(call: GuardedCall, ended: Ended): void {
  record(call, outcomeRow(call, ended));
}

type OutcomeRow = NonNullable<JudgeOptions['before']>;

function outcomeRow(
  { harness: { ledger }, settings: { account }, callId, toolId, trajectoryId }: GuardedCall,
  { adjudication, outcome, error, startedAt }: Ended,
): OutcomeRow | undefined {
  if (ledger === undefined) return undefined;
  const durationMs = Math.round((performance.now() - startedAt) * 1000) / 1000;
  const what = `"callId":${quotedText(callId)},"tool":${quotedText(toolId)}`;
  const where = `"trajectory":${trajectoryId === undefined ? 'null' : quotedText(trajectoryId)}`;
  const how = `"outcome":"${outcome}"${outcome === 'error' ? `,"error":${JSON.stringify(errorText(error, ledger.redact))}` : ''}`;
  return {
    kind: 'outcome',
    members: `"row":${adjudication?.ledgerRow?.seq ?? null},${what},${where},"effect":"happened",${how},"durationMs":${durationMs}${account === undefined ? '' : accountText(account)}`,
  };
}

/** The effect has happened by now, so nothing can be refused for what cannot be recorded. */
function record({ harness: { ledger } }: GuardedCall, row: OutcomeRow | undefined): void {
  if (row === undefined) return;
  try {
    ledger?.append(row.kind, row.members);
  } catch {
    // The adjudication of the result is refused by the same ledger.
  }
}

/** The message of what a tool threw, unless texts are redacted, as nobody knows what it quotes. */
export function errorText(error: unknown, redact: unknown): string {
  if (redact !== undefined) return 'redacted';
  try {
    return (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 10_000);
  } catch {
    return 'something that has no text';
  }
}

function jsonTexts(members: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [name, JSON.stringify(value)]));
}

/** The text for the model in place of a result. */
export function steeringText({ settings }: GuardedCall, error: BlockedError): string {
  try {
    const text = settings.steer?.(error.reason, error.adjudication, error);
    if (typeof text === 'string') return text;
  } catch {
    // The model gets the usual text.
  }
  return `Tool blocked: ${error.reason.replace(/\.$/, '')}. Try a different approach.`;
}

/** What an event of a call names. */
export function eventNames(
  json: JsonValue,
): { readonly toolId: string; readonly callId: string; readonly stage: string } | undefined {
  const event: JsonObject | undefined = isJsonObject(json) ? json : undefined;
  const content = isJsonObject(event?.content) ? event.content : undefined;
  const { toolId, callId } = content ?? {};
  const stage = event?.stage;
  if (typeof toolId !== 'string' || typeof callId !== 'string' || typeof stage !== 'string') return undefined;
  return { toolId, callId, stage };
}
