import { oneOf, requireOptions } from '../diagnostics/check-options.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { redact } from '../facts/index.js';
import { type Adjudication, Decision } from '../harness/adjudication.js';
import { type Feedback, feedbackOf } from '../harness/feedback.js';
import { BlockedError, type BlockedKind } from './blocked-error.js';
import { errorText } from './guarded-call.js';

/** What a model reads in place of a result: the members of the JSON that `refusalText` writes. */
export interface Refusal {
  /**
   * `permission_denied`: by policies, by who was asked, or as nobody answered; `approval_pending`: the answer comes later;
   * `unknown_tool`; `invalid_arguments`: they do not fit the tool; `result_withheld`: the tool has run;
   * `tool_execution_failed`: it threw.
   */
  readonly error:
    | 'permission_denied'
    | 'approval_pending'
    | 'unknown_tool'
    | 'invalid_arguments'
    | 'result_withheld'
    | 'tool_execution_failed';
  /** Why, more closely; absent where the tool failed. */
  readonly kind?: BlockedKind;
  /** Why, and what to do now. */
  readonly message: string;
  /** The rules that decided, in the words of their authors. */
  readonly rules?: Feedback['rules'];
  /** Who would have to approve; null is anybody. */
  readonly approvers?: Feedback['approvers'];
  /** What is wrong with the arguments. */
  readonly problems?: Feedback['problems'];
}

/** Options of `refusalText`. */
export interface RefusalOptions {
  /**
   * What the model reads of the error that a tool threw: `redact` (default), its message without what is found to be a secret
   * or an order to a model, since no policy has judged it; `hide`, only that it failed.
   */
  readonly toolErrors?: 'redact' | 'hide';
}

/**
 * The JSON text that a model gets in place of a result, from what a guarded tool threw, be it a refusal or an error of the tool
 * itself, or from an adjudication that is no ALLOW: `shell(parameters).catch(refusalText)`. It says why and what to do, and
 * nothing of ids and nonces of approvals, hashes, stacks, data of the host or faults of approvers, ledgers and hooks. `Refusal`
 * has its members. An adjudication that holds nothing back is misuse.
 */
export function refusalText(cause: unknown, options: RefusalOptions = {}): string {
  requireOptions(options, { toolErrors: oneOf('redact', 'hide') }, 'refusalText()');
  return JSON.stringify(refusalOf(cause, options.toolErrors === 'hide'));
}

function refusalOf(cause: unknown, hide: boolean): Refusal {
  if (cause instanceof BlockedError) return blockedRefusal(cause.kind, cause.reason, cause.adjudication);
  if (isAdjudication(cause)) {
    if (cause.decision === Decision.ALLOW || cause.mode === 'shadow')
      throw new TypeError('refusalText() takes what holds something back, and this adjudication does not');
    const kind = cause.decision === Decision.DENY ? 'denied' : 'unapproved';
    return blockedRefusal(kind, cause.reason, cause);
  }
  return { error: 'tool_execution_failed', message: hide ? FAILED : failure(cause) };
}

function blockedRefusal(kind: BlockedKind, reason: string, adjudication: Adjudication | undefined): Refusal {
  const feedback = adjudication === undefined ? undefined : feedbackOf(adjudication);
  const withheld = adjudication?.stage === 'POST_TOOL';
  if (kind === 'pending')
    return { error: 'approval_pending', kind, message: `${sentence(reason)} ${WAIT}`, ...of(feedback) };
  if (withheld && kind !== 'closed') {
    // What is wrong with a result may quote it.
    const isUnjudged = adjudication.diagnostics.length > 0 || adjudication.errors.length > 0;
    const why = kind === 'failed' ? UNASKED : isUnjudged ? UNJUDGED : reason;
    return {
      error: 'result_withheld',
      kind,
      message: `Tool result withheld: ${sentence(why)} ${DONE}`,
      ...of(feedback),
    };
  }
  const problem = kind === 'denied' ? adjudication?.diagnostics[0] : undefined;
  if (adjudication !== undefined && problem !== undefined && adjudication.diagnostics.every(isOfCall)) {
    const error = problem.code === 'unknown-tool' ? 'unknown_tool' : 'invalid_arguments';
    const next = error === 'unknown_tool' ? OTHER : CORRECT;
    return { error, kind, message: blocked(reason, next), problems: feedbackOf(adjudication).problems };
  }
  switch (kind) {
    case 'closed':
      return { error: 'permission_denied', kind, message: 'The run is over. Stop.' };
    case 'failed':
      return { error: 'permission_denied', kind, message: blocked(UNASKED, OTHER), ...of(feedback) };
    case 'denied':
    case 'unapproved':
    case 'rejected':
    case 'expired':
      return {
        error: 'permission_denied',
        kind,
        message: blocked(reasonFor(reason, adjudication), OTHER),
        ...of(feedback),
      };
  }
}

const OTHER = 'Try a different approach.';
const CORRECT = 'Correct the arguments and call it again.';
const WAIT = 'Do not call it again meanwhile.';
const DONE = 'It has run: do not call it again for its result.';
const UNASKED = 'its approval could not be obtained';
const UNJUDGED = 'it could not be judged';
const FAILED = 'The tool failed.';

/** The words of a steering guard. */
function blocked(reason: string, next: string): string {
  return `Tool blocked: ${sentence(reason)} ${next}`;
}

function sentence(text: string): string {
  return `${text.replace(/\.$/, '')}.`;
}

/** The reason, unless it tells of something else than the call. */
function reasonFor(reason: string, adjudication: Adjudication | undefined): string {
  return adjudication === undefined || adjudication.diagnostics.every(isOfCall) ? reason : UNJUDGED;
}

/** Whether a problem is one of what the model said, and not of the host, its ledger or its hooks. */
function isOfCall({ pointer }: Diagnostic): boolean {
  return pointer !== undefined && /^\/content(?:\/|$)/.test(pointer);
}

function of(feedback: Feedback | undefined): Pick<Refusal, 'rules' | 'approvers'> {
  if (feedback === undefined) return {};
  const { rules, approvers } = feedback;
  return { ...(rules.length > 0 ? { rules } : {}), ...(approvers.length > 0 ? { approvers } : {}) };
}

function isAdjudication(value: unknown): value is Adjudication {
  return (
    typeof value === 'object' &&
    value !== null &&
    !(value instanceof Error) &&
    ['decision', 'ground', 'reason', 'mode', 'policies', 'routes', 'diagnostics', 'requestHash'].every((name) =>
      Object.hasOwn(value, name),
    )
  );
}

/** Most characters of what a tool says of its failure. */
const MOST_SAID = 2_000;

function failure(cause: unknown): string {
  const text = redact(errorText(cause, undefined), ['secrets', 'injection']);
  return text.length > MOST_SAID ? `${text.slice(0, MOST_SAID)}... (${text.length - MOST_SAID} more characters)` : text;
}
