import type { Expr } from '../ast/expression.js';
import type { Policy, PolicySet } from '../ast/policy.js';
import { walkExpression } from '../ast/walk.js';
import {
  type Diagnostic,
  type DiagnosticOptions,
  diagnostic,
  type Label,
  type Severity,
} from '../diagnostics/diagnostic.js';
import type { Schema } from '../schema/schema.js';
import type { Span } from '../text/source.js';
import type { Conjunct } from './conjuncts.js';
import type { Outcomes } from './infer-outcome.js';

/** What is known of a policy or template before the rules look at it. */
export interface AnalysedPolicy {
  readonly policy: Policy;
  readonly conjuncts: readonly Conjunct[];
  /** Of every expression of its conditions. */
  readonly outcomes: Outcomes;
}

export interface LintInput {
  readonly policySet: PolicySet;
  /** Static policies, then templates. */
  readonly policies: readonly AnalysedPolicy[];
  readonly schema: Schema | undefined;
}

/** One kind of mistake that the grammar and the validator let pass. */
export interface LintRule {
  /** Stable, kebab-case; `// deodar-ignore CODE: reason` names it. */
  readonly code: string;
  readonly severity: Severity;
  /** Off unless style is asked for. */
  readonly style?: true;
  /** Says what a set lacks, which cannot be said of a part of it. */
  readonly needsWholeSet?: true;
  /** What it finds and why that matters, in a sentence or two. */
  readonly documentation: string;
  readonly find: (input: LintInput) => Iterable<Finding>;
}

/** A problem of a policy, or of the whole set where `policy` is undefined. */
export interface Finding {
  readonly policy: Policy | undefined;
  readonly message: string;
  /** Where it is, if not at the whole policy. */
  readonly at?: Span | undefined;
  readonly help?: string | undefined;
  readonly related?: readonly Label[];
}

export function findingDiagnostic(rule: LintRule, { policy, message, at, help, related = [] }: Finding): Diagnostic {
  const span = at ?? policy?.span;
  const source = policy?.source;
  const options: DiagnosticOptions = {
    severity: rule.severity,
    labels: [...(source === undefined || span === undefined ? [] : [{ source, span }]), ...related],
    help,
    ...(policy === undefined ? {} : { data: { policyId: policy.id } }),
  };
  return diagnostic(rule.code, message, options);
}

/** A label at a policy: at its scope's first line rather than at all of it. */
export function policyLabel({ source, span }: Policy, message: string): readonly Label[] {
  return source === undefined || span === undefined ? [] : [{ source, span, message }];
}

/** The expressions of a policy's conditions in written order. */
export function expressionsOf({ policy }: AnalysedPolicy): readonly Expr[] {
  const found: Expr[] = [];
  for (const { body } of policy.conditions) {
    walkExpression(body, (expr) => {
      found.push(expr);
      return true;
    });
  }
  return found;
}
