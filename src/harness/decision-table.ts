import { annotationValue, type Policy } from '../ast/policy.js';
import type { Outcomes } from '../authorizer/decide.js';
import type { CompiledPolicy } from '../evaluator/compile-policy.js';
import { Decision, type EscalationRule, type Ground, type Semantics } from './adjudication.js';

export interface DecisionRules {
  readonly semantics: Semantics;
  readonly escalation: EscalationRule;
}

const DEFAULT_RULES: DecisionRules = { semantics: 'deny', escalation: 'permitted' };

export interface Verdict {
  readonly decision: Decision;
  readonly ground: Exclude<Ground, 'bad-request'>;
  /** The deciding policies; for a forbid every satisfied forbid, hard ones first. */
  readonly policies: readonly CompiledPolicy[];
  readonly routes: readonly (string | null)[];
}

/** Whether a policy refines a Deny to an escalation: a forbid that carries `@escalate`. */
export function isEscalating(policy: Policy): boolean {
  return policy.effect === 'forbid' && annotationValue(policy, 'escalate') !== undefined;
}

/** Argument of `@escalate`: null when there is none. `@escalate("")` has none. */
export function escalateArgument(policy: Policy): string | null {
  const value = annotationValue(policy, 'escalate');
  return value === undefined || value === '' ? null : value;
}

/**
 * From what each policy said to the harness's decision. In order of precedence: a forbid that errs denies (skipped
 * under `cedar` semantics), a hard forbid denies, an escalating forbid asks where a permit is satisfied (always, under
 * `escalation: "always"`), a permit allows, everything else is denied.
 */
export function decideOutcomes(outcomes: Outcomes, rules: DecisionRules = DEFAULT_RULES): Verdict {
  const permitted = outcomes.permits.length > 0;
  // Most outcomes, of which nothing has to be sorted.
  if (permitted && outcomes.forbids.length === 0 && outcomes.errors.length === 0) return allow(outcomes.permits);
  const hard = outcomes.forbids.filter(({ policy }) => !isEscalating(policy));
  const escalating = outcomes.forbids.filter(({ policy }) => isEscalating(policy));
  const forbids = [...hard, ...escalating];
  if (rules.semantics === 'deny' && outcomes.errors.some(({ policy }) => policy.effect === 'forbid')) {
    return deny('forbid-error', forbids);
  }
  if (hard.length > 0) return deny('forbidden', forbids);
  if (escalating.length > 0) {
    if (!permitted && rules.escalation !== 'always') return deny('no-permit', forbids);
    const routes = [...new Set(escalating.map(({ policy }) => escalateArgument(policy)))];
    return { decision: Decision.ESCALATE, ground: 'escalated', policies: escalating, routes };
  }
  return permitted ? allow(outcomes.permits) : deny('no-permit', []);
}

const NO_ROUTES: Verdict['routes'] = Object.freeze([]);

function allow(policies: readonly CompiledPolicy[]): Verdict {
  return { decision: Decision.ALLOW, ground: 'permitted', policies, routes: NO_ROUTES };
}

function deny(ground: Verdict['ground'], policies: readonly CompiledPolicy[]): Verdict {
  return { decision: Decision.DENY, ground, policies, routes: NO_ROUTES };
}
