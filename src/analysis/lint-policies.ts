import type { Expr } from '../ast/expression.js';
import type { Policy, PolicySet, ScopeConstraint } from '../ast/policy.js';
import { type OptionRules, objectWith, requireOptions, SWITCH } from '../diagnostics/check-options.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { Schema } from '../schema/schema.js';
import { conjunctsOf } from './conjuncts.js';
import {
  CONSTANT_COMPARISON,
  LIKE_WITH_REGEXP,
  LIKE_WITHOUT_WILDCARD,
  SUPERFLUOUS_OPERAND,
  UNREACHABLE_OPERAND,
} from './expression-rules.js';
import { applyIgnoreComments } from './ignore-comments.js';
import { ANY_VARIABLES, inferOutcomes, type VariableOutcomes } from './infer-outcome.js';
import { type AnalysedPolicy, findingDiagnostic, type LintRule } from './lint-rule.js';
import { kindBits, type Outcome } from './outcome.js';
import { ALWAYS_FAILS, NEVER_SATISFIED } from './satisfaction-rules.js';
import { DUPLICATE_POLICY, MISSING_DESCRIPTION, MISSING_ID, NOTHING_PERMITTED, SHADOWED_PERMIT } from './set-rules.js';

/** All rules, in the order in which their findings about one place are told. */
export const LINT_RULES: readonly LintRule[] = [
  ALWAYS_FAILS,
  NEVER_SATISFIED,
  SHADOWED_PERMIT,
  DUPLICATE_POLICY,
  NOTHING_PERMITTED,
  UNREACHABLE_OPERAND,
  SUPERFLUOUS_OPERAND,
  CONSTANT_COMPARISON,
  LIKE_WITHOUT_WILDCARD,
  LIKE_WITH_REGEXP,
  MISSING_ID,
  MISSING_DESCRIPTION,
];

export interface LintOptions {
  /** Lets the rules that need one know what the actions are. */
  readonly schema?: Schema | undefined;
  /** Also how policies are written: `@id`, `@description`; or the codes of the rules about it that count. Default false. */
  readonly style?: boolean | ReadonlySet<string>;
  /** The policies may be a part of a set: nothing is said about what is missing from it. Default false. */
  readonly isPart?: boolean;
}

const LINT_OPTIONS: OptionRules = {
  schema: objectWith('a resolved schema'),
  style: { allowed: 'true, false or a set of codes', test: (value) => SWITCH.test(value) || value instanceof Set },
  isPart: SWITCH,
};

/**
 * Finds what policies that parse, and may even be valid, can never do: each finding holds for every request and all
 * entities. Findings come by rule, then in the order of the policies; a comment `// deodar-ignore code: reason` in or
 * before a policy leaves one out.
 */
export function lintPolicies(policySet: PolicySet, options: LintOptions = {}): readonly Diagnostic[] {
  requireOptions(options, LINT_OPTIONS, 'lintPolicies()');
  const all = [...policySet.policies, ...policySet.templates];
  const input = { policySet, policies: all.map(analyse), schema: options.schema };
  const { style: asked = false, isPart } = options;
  const rules = LINT_RULES.filter(
    ({ code, style, needsWholeSet }) =>
      (style !== true || (typeof asked === 'boolean' ? asked : asked.has(code))) &&
      (needsWholeSet !== true || isPart !== true),
  );
  const findings = rules.flatMap((rule) => [...rule.find(input)].map((finding) => ({ rule, finding })));
  // What is odd inside a policy that does nothing has no effect; it is told once the policy does something.
  const useless = new Set(
    findings.filter(({ rule }) => rule.severity === 'error').map(({ finding }) => finding.policy),
  );
  const told = findings.filter(({ rule, finding }) => rule.severity === 'error' || !useless.has(finding.policy));
  return applyIgnoreComments(
    told.map(({ rule, finding }) => findingDiagnostic(rule, finding)),
    all,
    LINT_RULES.map(({ code }) => code),
  );
}

function analyse(policy: Policy): AnalysedPolicy {
  const variables: VariableOutcomes = {
    ...ANY_VARIABLES,
    principal: ofConstraint(policy.principal),
    resource: ofConstraint(policy.resource),
    action: policy.action.kind === 'equal' ? ofType(policy.action.action.uid.type) : ANY_VARIABLES.action,
  };
  const outcomes = new Map<Expr, Outcome>();
  for (const { body } of policy.conditions) {
    for (const [expr, outcome] of inferOutcomes(body, variables)) outcomes.set(expr, outcome);
  }
  return { policy, conjuncts: conjunctsOf(policy), outcomes };
}

function ofConstraint(constraint: ScopeConstraint): Outcome {
  if (constraint.kind === 'is') return ofType(constraint.entityType);
  const equal =
    constraint.kind === 'equal' && constraint.entity.kind === 'entity' ? constraint.entity.uid.type : undefined;
  return equal === undefined ? ANY_VARIABLES.principal : ofType(equal);
}

function ofType(entityType: string): Outcome {
  return { kinds: kindBits('entity'), entityType };
}
