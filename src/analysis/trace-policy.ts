import type { Expr } from '../ast/expression.js';
import type { Condition } from '../ast/policy.js';
import { type CompilePart, compileExpression } from '../evaluator/compile-expression.js';
import type { CompiledPolicy } from '../evaluator/compile-policy.js';
import type { PolicyOutcome } from '../evaluator/conditions.js';
import type { Environment } from '../evaluator/environment.js';
import { EvaluationError } from '../evaluator/evaluation-error.js';
import type { Value } from '../values/value.js';

/** What came of an expression: its value, or why it has none. */
export type Traced = Value | EvaluationError;

/** How a policy came to its outcome for one request. */
export interface PolicyTrace {
  readonly policy: CompiledPolicy;
  readonly outcome: PolicyOutcome;
  /** Whether each part of the scope matches; all three are tried, whatever the others say. */
  readonly scope: Readonly<Record<'principal' | 'action' | 'resource', boolean>>;
  /** What came of every expression that was evaluated; empty when the scope does not match. Elements of constant sets and arguments of literal constructors are not evaluated each. */
  readonly values: ReadonlyMap<Expr, Traced>;
}

/**
 * Evaluates a policy and remembers what came of each part. The closures are the evaluator's own, each wrapped in one
 * that looks on; that the outcome is the one that the policy has without it is an invariant, and is checked.
 */
export function createTracer(policy: CompiledPolicy): (environment: Environment) => PolicyTrace {
  let values = new Map<Expr, Traced>();
  const compile: CompilePart = (expr) => {
    const evaluate = compileExpression(expr, compile);
    return (environment) => {
      try {
        const value = evaluate(environment);
        values.set(expr, value);
        return value;
      } catch (error) {
        if (error instanceof EvaluationError) values.set(expr, error);
        throw error;
      }
    };
  };
  const conditions = policy.conditions.written.map((condition) => ({ condition, evaluate: compile(condition.body) }));
  return (environment) => {
    values = new Map();
    const scope = {
      principal: policy.matches('principal', environment),
      action: policy.matches('action', environment),
      resource: policy.matches('resource', environment),
    };
    if (scope.principal && scope.action && scope.resource) {
      try {
        for (const { condition, evaluate } of conditions)
          if (evaluate(environment) !== (condition.kind === 'when')) break;
      } catch (error) {
        if (!(error instanceof EvaluationError)) throw error;
      }
    }
    const outcome = policy.evaluate(environment);
    checkTrace(policy, scope, values, outcome);
    return { policy, outcome, scope, values };
  };
}

/** Throws when what was seen on the way is not what the policy says: then a figure of ours would be wrong. */
function checkTrace(
  policy: CompiledPolicy,
  scope: PolicyTrace['scope'],
  values: PolicyTrace['values'],
  outcome: PolicyOutcome,
): void {
  const isInScope = scope.principal && scope.action && scope.resource;
  const traced = isInScope ? outcomeOf(policy.conditions.written, values) : false;
  const isSame =
    outcome instanceof EvaluationError
      ? traced === 'no boolean' || (traced instanceof EvaluationError && traced.message === outcome.message)
      : traced === outcome;
  if (!isSame) throw new Error(`internal invariant: the trace of ${policy.id} is not its outcome`);
}

function outcomeOf(conditions: readonly Condition[], values: PolicyTrace['values']): PolicyOutcome | 'no boolean' {
  for (const { kind, body } of conditions) {
    const value = values.get(body);
    if (value instanceof EvaluationError) return value;
    if (typeof value !== 'boolean') return 'no boolean';
    if (value !== (kind === 'when')) return false;
  }
  return true;
}
