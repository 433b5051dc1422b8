import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { Adjudication, Ground } from './adjudication.js';

/** What a model can do about an answer. */
export type NextStep = 'proceed' | 'correct-the-call' | 'wait-for-approval' | 'choose-another-way';

/** An adjudication as a model can act on it: plain JSON, without hashes, positions and policies that do not concern it. */
export interface Feedback {
  readonly decision: Adjudication['decision'];
  readonly ground: Ground;
  readonly next: NextStep;
  /** The sentence that people read. */
  readonly reason: string;
  /** The rules that decided, in the words of their authors. */
  readonly rules: readonly { readonly id: string; readonly description: string | null }[];
  /** Who has to approve; null is anybody. */
  readonly approvers: readonly (string | null)[];
  /** What is wrong with the call, by JSON pointer into the arguments (or the event). */
  readonly problems: readonly { readonly at: string; readonly problem: string; readonly remedy: string | null }[];
}

const NEXT: Readonly<Record<Ground, NextStep>> = {
  permitted: 'proceed',
  escalated: 'wait-for-approval',
  forbidden: 'choose-another-way',
  'no-permit': 'choose-another-way',
  'forbid-error': 'choose-another-way',
  'bad-request': 'correct-the-call',
};

/** The structured form of an adjudication's reason, to be handed back to a model. */
export function feedbackOf(adjudication: Adjudication): Feedback {
  const { decision, ground, reason, stage, policies, routes, diagnostics } = adjudication;
  return {
    decision,
    ground,
    next: nextStep(adjudication),
    reason,
    rules: policies.map(({ id, description }) => ({ id, description })),
    approvers: routes,
    // Those of a result would quote it, and it is withheld.
    problems: stage === 'POST_TOOL' ? [] : diagnostics.map(problemOf),
  };
}

/** Reasons of a DENY that no other arguments would change. */
const BEYOND_THE_CALL: ReadonlySet<string> = new Set([
  'unknown-tool',
  'internal-error',
  'unusable-entities',
  'no-users',
  'not-recorded',
  'hook-failed',
]);

function nextStep({ decision, mode, ground, diagnostics }: Adjudication): NextStep {
  if (mode === 'shadow' || decision === 'ALLOW') return 'proceed';
  return diagnostics.some(({ code }) => BEYOND_THE_CALL.has(code)) ? 'choose-another-way' : NEXT[ground];
}

const ARGUMENTS = /^\/content\/(?:parameters|args)(?=\/|$)/;

function problemOf({ pointer = '', message, help }: Diagnostic): Feedback['problems'][number] {
  return { at: pointer.replace(ARGUMENTS, ''), problem: message, remedy: help ?? null };
}
