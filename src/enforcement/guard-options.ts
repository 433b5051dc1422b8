import {
  ANYTHING,
  FUNCTION,
  NONEMPTY_TEXT,
  numberThat,
  type OptionRules,
  objectWith,
  oneOf,
  requireOptions,
} from '../diagnostics/check-options.js';
import type { Adjudication } from '../harness/adjudication.js';
import type { Approver } from './approval.js';
import type { BlockedError } from './blocked-error.js';
import type { ActionAccount } from './spending.js';

export interface GuardOptions {
  /** Trajectory of the calls; without one it is the current trajectory when a call is made. */
  readonly trajectoryId?: string;
  /**
   * What a DENY does: `block` (default) finalizes the trajectory and throws `BlockedError`; `steer` resolves to a text
   * for the model in place of the result. An escalation that is not approved throws or steers, and the trajectory
   * stays open.
   */
  readonly onDeny?: 'block' | 'steer';
  /** Text for the model; default `Tool blocked: <reason>. Try a different approach.` */
  readonly steer?: (reason: string, adjudication: Adjudication | undefined, blocked: BlockedError) => string;
  /** Who is asked on ESCALATE; without one an escalation is refused. Never asked on DENY. */
  readonly approver?: Approver;
  /** How long an approval may take, at most 2,000,000,000; default 15 minutes. */
  readonly approvalTimeoutMs?: number;
  /** What silence means; default `deny`. */
  readonly onTimeout?: 'deny' | 'approve';
  /** `judge` (default): the result is judged at POST_TOOL and withheld unless allowed; `trust`: it is not judged. */
  readonly results?: 'judge' | 'trust';
  /** Most characters of arguments, and of a result that is judged; default 1,048,576 of arguments and 16,777,216 of a result. */
  readonly maxLength?: number;
  /**
   * What policies see as `context.host` of every call: a value, or a function that is asked for it whenever a call is judged,
   * also after an approval.
   */
  readonly host?: unknown;
}

/** Guard options with their defaults. */
export interface GuardSettings extends GuardOptions {
  /** Of an action that has a price or tags. */
  readonly account?: ActionAccount;
  readonly onDeny: 'block' | 'steer';
  readonly approvalTimeoutMs: number;
  readonly onTimeout: 'deny' | 'approve';
  readonly results: 'judge' | 'trust';
  readonly maxLength: number;
  readonly maxResultLength: number;
}

const LONGEST_TIMEOUT_MS = 2_000_000_000;

/** Options of whatever asks on ESCALATE. */
export const APPROVAL_RULES: OptionRules = {
  approver: objectWith(
    'an approver: an object with a function `requestApproval`, as `callbackApprover(ask)` makes one',
    'requestApproval',
  ),
  approvalTimeoutMs: numberThat(`a number from 1 to ${LONGEST_TIMEOUT_MS}`, (ms) => ms > 0 && ms <= LONGEST_TIMEOUT_MS),
  onTimeout: oneOf('deny', 'approve'),
};

/** Options of every guard. */
export const GUARD_RULES: OptionRules = {
  ...APPROVAL_RULES,
  trajectoryId: NONEMPTY_TEXT,
  onDeny: oneOf('block', 'steer'),
  steer: FUNCTION,
  results: oneOf('judge', 'trust'),
  maxLength: numberThat('a number above zero', (length) => length > 0),
  host: ANYTHING,
};

/** Fills in defaults; throws for an option that does not exist or has a value that it does not know. */
export function guardSettings(given: GuardOptions | undefined, of = 'guard()'): GuardSettings {
  // Read once, so that nobody can change what was checked.
  const options: GuardOptions = typeof given === 'object' && given !== null ? { ...given } : (given ?? {});
  requireOptions(given === null ? given : options, GUARD_RULES, of);
  // Without a prototype: what is not set must not be found there, whatever somebody put into it.
  Object.setPrototypeOf(options, null);
  return Object.assign(options, {
    onDeny: options.onDeny ?? 'block',
    approvalTimeoutMs: options.approvalTimeoutMs ?? 15 * 60_000,
    onTimeout: options.onTimeout ?? 'deny',
    results: options.results ?? 'judge',
    maxLength: options.maxLength ?? 1_048_576,
    maxResultLength: options.maxLength ?? 16_777_216,
  });
}
