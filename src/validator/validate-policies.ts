import type { Expr } from '../ast/expression.js';
import { isActionType } from '../ast/names.js';
import type { Policy, PolicySet, TemplateLink } from '../ast/policy.js';
import { numberThat, type OptionRules, oneOf, requireOptions } from '../diagnostics/check-options.js';
import {
  type Action,
  actionsOf,
  environmentsOfAction,
  type RequestEnvironment,
  type Schema,
} from '../schema/schema.js';
import { decidedActions, inapplicable } from './action-application.js';
import type { ExpressionType } from './expression-type.js';
import { levelProblems } from './level.js';
import { linkScope } from './link-scope.js';
import { namesOf, undeclaredNames, undeclaredType } from './policy-literals.js';
import { PolicyProblems } from './policy-problems.js';
import { testsOf } from './policy-tests.js';
import type { Problem } from './problem.js';
import { type Propose, startProposals } from './proposals.js';
import { textProblems, textsOf } from './text-problems.js';
import { typeCondition } from './type-condition.js';
import { setUpTyping, verdictOf } from './type-policy.js';
import { type Answer, type Report, startTyping } from './typing.js';
import type { ValidationMode } from './validation-mode.js';
import type { ValidationDiagnostic, ValidationResult } from './validation-result.js';

/** Is told of every request environment that a policy or template was typed in. */
export interface TypingObserver {
  /** Whether the types of the expressions of a policy are to be collected. */
  readonly wantsTypes: (policy: Policy) => boolean;
  readonly typed: (found: TypedEnvironment) => void;
  /** Whether texts that are not what they seem, of which there are only warnings, are not looked for. */
  readonly ignoresTexts?: boolean;
}

export interface TypedEnvironment {
  readonly policy: Policy;
  readonly environment: RequestEnvironment;
  readonly answer: Pick<Answer, 'type' | 'ok'>;
  /** Types of the expressions that can be evaluated, where they are wanted. */
  readonly types: ReadonlyMap<Expr, ExpressionType> | undefined;
}

export interface ValidationOptions {
  /** Default `strict`. */
  readonly mode?: ValidationMode;
  /**
   * Most steps from the entities of the request to an entity whose attributes, tags or ancestors are read: with 0
   * policies need no entities at all. Undefined for any number. Only policies without other errors have a level.
   */
  readonly level?: number | undefined;
}

const VALIDATION_OPTIONS: OptionRules = {
  mode: oneOf('strict', 'permissive'),
  level: numberThat('an integer from 0', (level) => Number.isInteger(level) && level >= 0),
};

/**
 * Checks policies, templates and links against a schema, as the official validator does: that what they name is
 * declared, and that no request and no entities that conform to the schema can make them fail, other than by arithmetic
 * overflow and missing entities. Static policies come first, then templates, then links, each with its problems by
 * position; warnings say where a policy can never apply and where text is not what it seems.
 */
export function validatePolicies(
  policySet: PolicySet,
  schema: Schema,
  options: ValidationOptions = {},
): ValidationResult {
  requireOptions(options, VALIDATION_OPTIONS, 'validatePolicies()');
  return validateObserved(policySet, schema, options, undefined);
}

/** The same, told to an observer. */
export function validateObserved(
  policySet: PolicySet,
  schema: Schema,
  options: ValidationOptions,
  observer: TypingObserver | undefined,
): ValidationResult {
  const run: Run = {
    schema,
    mode: options.mode ?? 'strict',
    level: options.level,
    observer,
    propose: startProposals(),
    actions: [...actionsOf(schema)],
    environments: new Map(),
  };
  const errors: ValidationDiagnostic[] = [];
  const warnings: ValidationDiagnostic[] = [];
  const take = (problems: PolicyProblems): void => {
    for (const found of problems.inOrder()) (found.severity === 'error' ? errors : warnings).push(found);
  };
  const templates = new Map(policySet.templates.map((template) => [template.id, template]));
  for (const policy of [...policySet.policies, ...policySet.templates]) take(validatePolicy(policy, run));
  for (const link of policySet.links) take(validateLink(link, templates.get(link.templateId), run));
  return { errors, warnings };
}

interface Run {
  readonly schema: Schema;
  readonly mode: ValidationMode;
  readonly level: number | undefined;
  readonly observer: TypingObserver | undefined;
  readonly propose: Propose;
  readonly actions: readonly Action[];
  /** Those of the actions that a policy was about so far. */
  readonly environments: Map<Action, readonly RequestEnvironment[]>;
}

/** The request environments of the actions that a policy is about, in the order of the schema. */
function environmentsOf(decided: ReadonlySet<Action> | undefined, run: Run): readonly RequestEnvironment[] {
  const ofAction = (action: Action): readonly RequestEnvironment[] => {
    const known = run.environments.get(action) ?? [...environmentsOfAction(action)];
    run.environments.set(action, known);
    return known;
  };
  const [only] = decided?.size === 1 ? decided : [];
  if (only !== undefined) return ofAction(only);
  return run.actions.flatMap((action) => (decided?.has(action) === false ? [] : ofAction(action)));
}

function validatePolicy(policy: Policy, run: Run): PolicyProblems {
  const { schema, propose } = run;
  const problems = new PolicyProblems(policy.id, policy.source);
  const texts = run.observer?.ignoresTexts === true ? undefined : textsOf(policy);
  let readsPrincipal = policy.principal.kind !== 'any';
  const names = namesOf(policy, (expr) => {
    readsPrincipal ||= expr.kind === 'variable' && expr.name === 'principal';
    texts?.visit(expr);
  });
  for (const problem of undeclaredNames(names, policy.source, schema, propose)) problems.addOccurrence(problem);
  const application = inapplicable(policy, policy.span, schema);
  if (application !== undefined) problems.add(application);
  typeInEnvironments(policy, run, problems, readsPrincipal);
  for (const problem of textProblems(texts?.found ?? [])) problems.addOccurrence(problem);
  return problems;
}

/** Types a policy in every request environment; one that does not read the principal once for those that differ in that. */
function typeInEnvironments(policy: Policy, run: Run, problems: PolicyProblems, readsPrincipal: boolean): void {
  const { schema, mode, level, observer, propose } = run;
  const decided = decidedActions(policy.action, schema);
  // A test that is known to be true changes nothing, but the level counts it.
  const tests = testsOf(policy, decided === undefined || level !== undefined);
  let reports = 0;
  const report: Report = (describe) => {
    reports++;
    problems.add(describe());
  };
  const setup = setUpTyping(policy, schema, mode, report, propose);
  const typed = (environment: RequestEnvironment): TypedEnvironment => {
    const types = needsTypes ? new Map<Expr, ExpressionType>() : undefined;
    return { policy, environment, answer: typeCondition(tests, startTyping(setup, environment, types)), types };
  };
  const beyondLevel: Problem[] = [];
  let isPossible = false;
  const needsTypes = level !== undefined || observer?.wantsTypes(policy) === true;
  let last: TypedEnvironment | undefined;
  for (const environment of environmentsOf(decided, run)) {
    const isKnown = !readsPrincipal && reports === 0 && differsInPrincipal(environment, last?.environment);
    last = isKnown && last !== undefined ? { ...last, environment } : typed(environment);
    const { answer, types } = last;
    observer?.typed(last);
    const verdict = verdictOf(answer);
    if (verdict !== 'impossible') isPossible = true;
    if (verdict === 'failed' || types === undefined || level === undefined) continue;
    for (const problem of levelProblems(tests, { types, level, environment, schema })) beyondLevel.push(problem);
  }
  // What is wrong otherwise comes first: types that may be mended say nothing of levels.
  if (!problems.hasErrors) for (const problem of beyondLevel) problems.add(problem);
  if (isPossible) return;
  problems.add({
    kind: 'ImpossiblePolicy',
    message: 'this policy can never apply: it is false for every request that the schema allows',
    span: policy.span,
    help: 'compare its scope and conditions with the actions and types of the schema',
  });
}

function differsInPrincipal({ action, resource }: RequestEnvironment, last: RequestEnvironment | undefined): boolean {
  return last?.action === action && last.resource === resource;
}

/** Of a link only its values are checked; the rest was checked with the template. */
function validateLink(link: TemplateLink, template: Policy | undefined, run: Run): PolicyProblems {
  const problems = new PolicyProblems(link.id, template?.source);
  if (template === undefined) return problems;
  for (const uid of Object.values(link.values)) {
    if (isActionType(uid.type) || run.schema.entityTypes.has(uid.type)) continue;
    problems.addOccurrence(undeclaredType(uid.type, undefined, run.schema, run.propose));
  }
  const application = inapplicable(linkScope(template, link), template.span, run.schema);
  if (application !== undefined) problems.add(application);
  return problems;
}
