import { annotationValue, type Policy } from '../ast/policy.js';
import { findContradiction } from './contradiction.js';
import { shown, whyNeverEqual } from './infer-outcome.js';
import type { AnalysedPolicy, Finding, LintRule } from './lint-rule.js';
import { describeKinds, mayBe } from './outcome.js';

/** Why a policy is never satisfied. */
interface Reason {
  readonly because: string;
  readonly fails: boolean;
  readonly at: Finding['at'];
  readonly help?: string | undefined;
}

function reasonAgainst({ policy, conjuncts, outcomes }: AnalysedPolicy): Reason | undefined {
  for (const { expr, holds } of conjuncts) {
    const outcome = outcomes.get(expr);
    if (outcome === undefined || mayBe(outcome, holds)) continue;
    if (outcome.failure !== undefined) {
      const { at, because, help } = outcome.failure;
      return { because: `${shown(at)} always fails: ${because}`, fails: true, at: at.span ?? expr.span, help };
    }
    const apart =
      expr.kind === 'binary' && expr.op === '=='
        ? whyNeverEqual(expr, (side) => outcomes.get(side) ?? outcome)
        : undefined;
    if (apart !== undefined) {
      return {
        because: `${shown(expr)} is always false: ${apart.because}`,
        fails: false,
        at: expr.span,
        help: apart.help,
      };
    }
    if (mayBe(outcome, !holds)) return { because: `${shown(expr)} is always ${!holds}`, fails: false, at: expr.span };
    const because = `${shown(expr)} always fails: it is ${describeKinds(outcome.kinds)}, and a condition is a boolean`;
    return { because, fails: true, at: expr.span };
  }
  const contradiction = findContradiction(policy, conjuncts, outcomes);
  return contradiction && { because: contradiction.because, fails: false, at: contradiction.at.span };
}

function named(policy: Policy): string {
  return `the ${policy.effect} \`${annotationValue(policy, 'id') ?? policy.id}\``;
}

export const NEVER_SATISFIED: LintRule = {
  code: 'never-satisfied',
  severity: 'error',
  documentation:
    'A condition of the policy can never be met, whatever the request: it compares things that are never equal, asks for ' +
    'two things that exclude each other, or is constant. The policy does nothing.',
  *find({ policies }) {
    for (const each of policies) {
      const reason = reasonAgainst(each);
      if (reason === undefined || reason.fails) continue;
      yield {
        policy: each.policy,
        message: `${named(each.policy)} can never fire, because ${reason.because}`,
        at: reason.at,
        help: reason.help ?? 'change the condition, or remove the policy',
      };
    }
  },
};

export const ALWAYS_FAILS: LintRule = {
  code: 'always-fails',
  severity: 'error',
  documentation:
    'A condition of the policy that must be met fails whenever it is evaluated. A permit that fails allows nothing. A ' +
    'forbid that fails is skipped by Cedar, which leaves what it was written against allowed; the harness denies instead.',
  *find({ policies }) {
    for (const each of policies) {
      const reason = reasonAgainst(each);
      if (reason === undefined || !reason.fails) continue;
      yield {
        policy: each.policy,
        message: `${named(each.policy)} can never fire, because ${reason.because}`,
        at: reason.at,
        help: reason.help,
      };
    }
  },
};
