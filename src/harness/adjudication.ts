import type { Effect } from '../ast/policy.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { EvaluationErrorKind } from '../evaluator/evaluation-error.js';
import type { RowHead } from '../ledger/row.js';
import type { Stage } from './event.js';

export const Decision = { ALLOW: 'ALLOW', DENY: 'DENY', ESCALATE: 'ESCALATE' } as const;
export type Decision = (typeof Decision)[keyof typeof Decision];

/** A policy that took part in an adjudication. */
export interface AdjudicatedPolicy {
  readonly id: string;
  readonly effect: Effect;
  /** Text of `@description`, or null. */
  readonly description: string | null;
  /** The policy carries `@escalate`. */
  readonly escalate: boolean;
  /** Argument of `@escalate`: where the approval goes; null when there is none. */
  readonly escalateArg: string | null;
  readonly annotations: Readonly<Record<string, string>>;
  /** Where the policy stands: file and one-based line and column. */
  readonly location: { readonly file: string | null; readonly line: number; readonly column: number } | null;
}

/** A policy that could not be evaluated. */
export interface AdjudicationError {
  readonly policyId: string;
  readonly effect: Effect;
  readonly kind: EvaluationErrorKind;
  readonly message: string;
  /** Offsets of the expression at fault in the policy's file. */
  readonly span: { readonly start: number; readonly end: number } | null;
}

/** How evaluation errors count: `deny` (an erroring forbid denies) or `cedar` (a policy that errs is skipped). */
export type Semantics = 'deny' | 'cedar';
/** When `@escalate` forbids ask: only where the answer would otherwise be ALLOW, or always. */
export type EscalationRule = 'permitted' | 'always';
/** `shadow`: the adjudication is made and recorded, the host acts as if there were none. */
export type Mode = 'enforce' | 'shadow';

/** A person's yes on one route of an escalation. */
export interface GrantedApproval {
  /** Of the request for approval. */
  readonly id: string;
  readonly route: string | null;
  /** Who approved. */
  readonly approver: string;
  /** When, in ISO 8601. */
  readonly at: string;
}
/** Which row of the decision table answered; `bad-request` when the event could not become a request. */
export type Ground = 'permitted' | 'escalated' | 'forbidden' | 'no-permit' | 'forbid-error' | 'bad-request';

/** The harness's answer to one event. */
export interface Adjudication {
  readonly decision: Decision;
  readonly ground: Ground;
  /** One sentence for people and models. */
  readonly reason: string;
  readonly stage: Stage | null;
  /** Tool of a tool stage, as the event named it. */
  readonly toolId: string | null;
  /** The policies that decided; a decision by a forbid lists every satisfied forbid, hard ones first. */
  readonly policies: readonly AdjudicatedPolicy[];
  /** Distinct `@escalate` arguments in policy order; null stands for a bare `@escalate`. Empty unless ESCALATE. */
  readonly routes: readonly (string | null)[];
  readonly errors: readonly AdjudicationError[];
  /** Why the event could not become a request; then the decision is DENY. */
  readonly diagnostics: readonly Diagnostic[];
  /** Who approved what would otherwise be ESCALATE; then the decision is ALLOW and `policies` are those that asked. */
  readonly approvals?: readonly GrantedApproval[];
  /** Row of the ledger that records the answer. */
  readonly ledgerRow?: RowHead;
  /** Reserved. */
  readonly obligations: readonly never[];
  readonly mode: Mode;
  /** Present when the answer was made under `semantics: "cedar"`. */
  readonly semantics?: 'cedar';
  /** Present when the answer was made under `escalation: "always"`. */
  readonly escalation?: 'always';
  readonly trajectoryId: string;
  /** One-based number of the event in its trajectory. */
  readonly step: number;
  /** SHA-256 in hexadecimal digits. */
  readonly policySetHash: string;
  readonly schemaHash: string;
  readonly requestHash: string;
  readonly durationNs: number;
}
