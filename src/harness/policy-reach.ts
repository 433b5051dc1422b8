import type { Expr } from '../ast/expression.js';
import type { Policy, PolicySet } from '../ast/policy.js';
import { actionsOf, type RequestEnvironment, requestEnvironments, type Schema } from '../schema/schema.js';
import { decidedActions } from '../validator/action-application.js';
import type { ExpressionType } from '../validator/expression-type.js';
import { testsOf } from '../validator/policy-tests.js';
import { typeCondition } from '../validator/type-condition.js';
import { setUpTyping } from '../validator/type-policy.js';
import { startTyping } from '../validator/typing.js';
import { type TypedEnvironment, type TypingObserver, validateObserved } from '../validator/validate-policies.js';
import type { ValidationResult } from '../validator/validation-result.js';

/** How a policy fares with the requests of an environment: satisfied by none, by some, or by all of them. */
export type Reach = 'never' | 'sometimes' | 'always';

/** What is known of one policy in one request environment. */
export interface PolicyReach {
  readonly policy: Policy;
  readonly environment: RequestEnvironment;
  /** `sometimes` also when the policy has mistakes: whatever it does there, it is not known. */
  readonly reach: Reach;
  /** Types of its expressions there; undefined for policies that nobody wants to know it of. */
  readonly types: ReadonlyMap<Expr, ExpressionType> | undefined;
}

/**
 * How every policy and linked template of a set fares in every request environment where it is not false throughout.
 * Types are kept for the policies for which `wantsTypes` says so.
 */
export function policyReaches(
  set: PolicySet,
  schema: Schema,
  wantsTypes: (policy: Policy) => boolean = () => false,
): readonly PolicyReach[] {
  const linked = new Set(set.links.map((link) => link.templateId));
  const policies = [...set.policies, ...set.templates.filter(({ id }) => linked.has(id))];
  const environments = new Map([...actionsOf(schema)].map((action) => [action, [] as RequestEnvironment[]]));
  for (const environment of requestEnvironments(schema)) environments.get(environment.action)?.push(environment);
  return policies.flatMap((policy) => {
    const tests = testsOf(policy);
    const setup = setUpTyping(policy, schema, 'strict');
    const typed = wantsTypes(policy);
    const actions = decidedActions(policy.action, schema) ?? environments.keys();
    return [...actions].flatMap((action) =>
      (environments.get(action) ?? []).flatMap((environment): readonly PolicyReach[] => {
        const types = typed ? new Map<Expr, ExpressionType>() : undefined;
        const answer = typeCondition(tests, startTyping(setup, environment, types));
        const found = reachOf({ policy, environment, answer, types });
        return found === undefined ? [] : [found];
      }),
    );
  });
}

/** How a typed policy fares in an environment; undefined where it is false throughout. */
function reachOf({ policy, environment, answer: { type, ok }, types }: TypedEnvironment): PolicyReach | undefined {
  if (type?.kind === 'false') return undefined;
  return { policy, environment, reach: ok && type?.kind === 'true' ? 'always' : 'sometimes', types };
}

/** Validates a set and says what `policyReaches` says of it, both from one typing; `observed` says what is not wanted. */
export function validateWithReaches(
  set: PolicySet,
  schema: Schema,
  observed: Omit<TypingObserver, 'typed'>,
): { readonly validation: ValidationResult; readonly reaches: readonly PolicyReach[] } {
  const linked = new Set(set.links.map((link) => link.templateId));
  const reaches: PolicyReach[] = [];
  const typed = (found: TypedEnvironment): void => {
    const reach = reachOf(found);
    if (reach !== undefined && (found.policy.slots.length === 0 || linked.has(found.policy.id))) reaches.push(reach);
  };
  return { validation: validateObserved(set, schema, {}, { ...observed, typed }), reaches };
}
