import type { CompiledPolicy } from '../evaluator/compile-policy.js';
import type { Environment } from '../evaluator/environment.js';
import type { EvaluationError } from '../evaluator/evaluation-error.js';

export type Decision = 'allow' | 'deny';

export interface PolicyError {
  readonly policyId: string;
  readonly error: EvaluationError;
}

/** Cedar's answer to a request. */
export interface Response {
  readonly decision: Decision;
  /** Ids of the determining policies: the satisfied forbids if there are any, else the satisfied permits; in policy order. */
  readonly reason: readonly string[];
  /** Every policy that could not be evaluated, whatever the decision; in policy order. */
  readonly errors: readonly PolicyError[];
}

/** What each policy said to a request, before Cedar's rule for combining them; in policy order. */
export interface Outcomes {
  readonly permits: readonly CompiledPolicy[];
  readonly forbids: readonly CompiledPolicy[];
  readonly errors: readonly { readonly policy: CompiledPolicy; readonly error: EvaluationError }[];
}

/** Evaluates every policy. */
export function evaluatePolicies(policies: readonly CompiledPolicy[], environment: Environment): Outcomes {
  const permits: CompiledPolicy[] = [];
  const forbids: CompiledPolicy[] = [];
  const errors: { policy: CompiledPolicy; error: EvaluationError }[] = [];
  for (const policy of policies) {
    const outcome = policy.evaluate(environment);
    if (outcome === true) (policy.effect === 'permit' ? permits : forbids).push(policy);
    else if (outcome !== false) errors.push({ policy, error: outcome });
  }
  return { permits, forbids, errors };
}

/** Cedar's rule: allow when a permit and no forbid is satisfied; a policy that errs counts as not satisfied. */
export function combine(outcomes: Outcomes): Response {
  const { permits, forbids } = outcomes;
  const determining = forbids.length > 0 ? forbids : permits;
  return {
    decision: forbids.length === 0 && permits.length > 0 ? 'allow' : 'deny',
    reason: determining.map((policy) => policy.id),
    errors: outcomes.errors.map(({ policy, error }) => ({ policyId: policy.id, error })),
  };
}
