import type { Condition, Policy } from '../ast/policy.js';
import { compileExpression } from './compile-expression.js';
import type { Environment } from './environment.js';
import { EvaluationError } from './evaluation-error.js';
import { asBool } from './operands.js';

/** Outcome of one policy, or of its conditions, for one request. */
export type PolicyOutcome = boolean | EvaluationError;

type Test = (environment: Environment) => boolean;

/**
 * The conditions of a policy, or of a template with all its links. Closures are made when they are first needed: most
 * policies of a large set are never reached.
 */
export class Conditions {
  private readonly policy: Pick<Policy, 'conditions'>;
  private test: Test | undefined = undefined;

  constructor(policy: Pick<Policy, 'conditions'>) {
    this.policy = policy;
  }

  get written(): readonly Condition[] {
    return this.policy.conditions;
  }

  /** Whether all conditions hold, or why that cannot be said; never throws. */
  evaluate(environment: Environment): PolicyOutcome {
    this.test ??= compileConditions(this.written);
    try {
      return this.test(environment);
    } catch (error) {
      if (error instanceof EvaluationError) return error;
      throw error;
    }
  }
}

/** Conditions are one conjunction, in their order; an `unless` is negated. */
function compileConditions(conditions: readonly Condition[]): Test {
  const tests = conditions.map(({ kind, body }): Test => {
    const evaluate = compileExpression(body);
    const wanted = kind === 'when';
    return (env) => asBool(evaluate(env), body) === wanted;
  });
  const [only] = tests;
  if (only === undefined) return () => true;
  if (tests.length === 1) return only;
  return (env) => tests.every((test) => test(env));
}
