import type { Expr } from '../ast/expression.js';
import type { Condition, Policy } from '../ast/policy.js';
import { printExpression } from '../ast/print-expression.js';
import { walkExpression } from '../ast/walk.js';
import type { Outcomes } from '../authorizer/decide.js';
import type { CompiledPolicy } from '../evaluator/compile-policy.js';
import type { Environment } from '../evaluator/environment.js';
import type { EvaluationError } from '../evaluator/evaluation-error.js';
import type { Span } from '../text/source.js';
import { createTracer, type PolicyTrace, type Traced } from './trace-policy.js';

/** What a place in a policy is: a whole condition, an operand of `&&` or `||`, the test of an `if`, a `like`. */
export type PointKind = 'condition' | 'operand' | 'test' | 'pattern';

/** A place in a policy that can be true and can be false, and how often it was. */
export interface CoveredPoint {
  readonly kind: PointKind;
  /** The expression as text. */
  readonly text: string;
  readonly span: Span | undefined;
  readonly isTrue: number;
  readonly isFalse: number;
  /** How often it could not be evaluated, or was no boolean. */
  readonly errors: number;
}

/** What the requests of some tests made a policy do. Links count for their template. */
export interface CoveredPolicy {
  readonly policy: Policy;
  readonly satisfied: number;
  readonly unsatisfied: number;
  readonly errors: number;
  /** In written order. */
  readonly points: readonly CoveredPoint[];
}

export interface Coverage {
  /** Requests that the policies were evaluated for. */
  readonly requests: number;
  readonly policies: readonly CoveredPolicy[];
}

/** Collects what requests make policies do. */
export class CoverageRecorder {
  private readonly policies = new Map<Policy, PolicyCounts>();
  private readonly tracers: readonly { readonly counts: PolicyCounts; readonly trace: Tracer }[];
  private requests = 0;

  constructor(policies: readonly CompiledPolicy[]) {
    this.tracers = policies.map((compiled) => {
      const known = this.policies.get(compiled.policy);
      const counts = known ?? countsOf(compiled.policy);
      if (known === undefined) this.policies.set(compiled.policy, counts);
      return { counts, trace: createTracer(compiled) };
    });
  }

  /** Evaluates every policy for a request; gives what each one said. */
  add(environment: Environment): Outcomes {
    this.requests++;
    const permits: CompiledPolicy[] = [];
    const forbids: CompiledPolicy[] = [];
    const errors: { policy: CompiledPolicy; error: EvaluationError }[] = [];
    for (const { counts, trace } of this.tracers) {
      const seen = trace(environment);
      count(counts, seen);
      const { policy, outcome } = seen;
      if (outcome === true) (policy.effect === 'permit' ? permits : forbids).push(policy);
      else if (outcome !== false) errors.push({ policy, error: outcome });
    }
    return { permits, forbids, errors };
  }

  coverage(): Coverage {
    const policies = [...this.policies.values()].map(({ policy, satisfied, unsatisfied, errors, points }) => ({
      policy,
      satisfied,
      unsatisfied,
      errors,
      points: points.map(({ kind, expr, isTrue, isFalse, errors: failed }) => ({
        kind,
        text: printExpression(expr, 'fewest'),
        span: expr.span,
        isTrue,
        isFalse,
        errors: failed,
      })),
    }));
    return { requests: this.requests, policies };
  }
}

type Tracer = ReturnType<typeof createTracer>;

interface PolicyCounts {
  readonly policy: Policy;
  satisfied: number;
  unsatisfied: number;
  errors: number;
  readonly points: readonly PointCounts[];
}

interface PointCounts {
  readonly kind: PointKind;
  readonly expr: Expr;
  isTrue: number;
  isFalse: number;
  errors: number;
}

function countsOf(policy: Policy): PolicyCounts {
  const points = policy.conditions.flatMap(pointsOf);
  return { policy, satisfied: 0, unsatisfied: 0, errors: 0, points };
}

function pointsOf({ body }: Condition): readonly PointCounts[] {
  const points = new Map<Expr, PointCounts>();
  const add = (kind: PointKind, expr: Expr): void => {
    // What is written as `true` or `false` cannot be anything else.
    if (expr.kind !== 'boolean' && !points.has(expr))
      points.set(expr, { kind, expr, isTrue: 0, isFalse: 0, errors: 0 });
  };
  add('condition', body);
  walkExpression(body, (expr) => {
    if (expr.kind === 'like') add('pattern', expr);
    else if (expr.kind === 'chain')
      for (const operand of expr.operands) add(operand.kind === 'like' ? 'pattern' : 'operand', operand);
    else if (expr.kind === 'if') add(expr.test.kind === 'like' ? 'pattern' : 'test', expr.test);
    return true;
  });
  return [...points.values()];
}

function count(counts: PolicyCounts, { outcome, values }: PolicyTrace): void {
  if (outcome === true) counts.satisfied++;
  else if (outcome === false) counts.unsatisfied++;
  else counts.errors++;
  for (const point of counts.points) {
    const seen: Traced | undefined = values.get(point.expr);
    if (seen === undefined) continue;
    if (seen === true) point.isTrue++;
    else if (seen === false) point.isFalse++;
    else point.errors++;
  }
}

/** How much there is of something and how much of it was seen. */
export interface Share {
  readonly covered: number;
  readonly total: number;
}

export interface CoverageShares {
  /** Policies that were satisfied at least once. */
  readonly policies: Share;
  /** Each place counts twice: that it was true, and that it was false. */
  readonly branches: Share;
}

/** What part of the policies was seen. */
export function sharesOf(policies: readonly CoveredPolicy[]): CoverageShares {
  const points = policies.flatMap((each) => each.points);
  return {
    policies: { covered: policies.filter(({ satisfied }) => satisfied > 0).length, total: policies.length },
    branches: {
      covered: points.reduce((sum, { isTrue, isFalse }) => sum + Number(isTrue > 0) + Number(isFalse > 0), 0),
      total: 2 * points.length,
    },
  };
}

/** Percent, rounded down to a tenth so that 100 means all; 100 of nothing. */
export function percent({ covered, total }: Share): number {
  return total === 0 ? 100 : Math.floor((1000 * covered) / total) / 10;
}
