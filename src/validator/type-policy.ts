import type { Expr } from '../ast/expression.js';
import type { Policy } from '../ast/policy.js';
import { type RequestEnvironment, requestEnvironments, type Schema } from '../schema/schema.js';
import { KnownCapabilities } from './capabilities.js';
import type { ExpressionType } from './expression-type.js';
import { type PolicyTest, testsOf } from './policy-tests.js';
import type { Propose } from './proposals.js';
import { Shapes } from './shapes.js';
import { typeCondition } from './type-condition.js';
import { typeExpression } from './type-expression.js';
import { type Answer, type Report, startTyping, type TypingSetup } from './typing.js';
import type { ValidationMode } from './validation-mode.js';

/**
 * What a policy is in a request environment: `possible` when it is right and may apply, `impossible` when it is false
 * for every request, `failed` when something in it is wrong. An impossible one may hold mistakes too.
 */
export type Verdict = 'possible' | 'impossible' | 'failed';

/**
 * A static policy or template, typed for the requests of one environment: what a compiler may build on.
 *
 * It is promised, where the request has that environment and request and entities conform to the schema: a value of an
 * expression is one of its type; an expression without a type is not reached; where `ok` is true, evaluation fails for
 * `EntityDoesNotExist`, `IntegerOverflow` and `FailedExtensionFunctionExecution` only; an `impossible` policy never applies.
 *
 * It is not promised: that an entity is in the store, be it the principal; that there is no error, since one of those above
 * may come wherever an entity is read or a Long computed; that `true` and `false` hold for an expression by itself, apart
 * from what is tested in front of it; anything for requests and entities that nobody has checked, and for calls of
 * `unknown`. Types of the same kind may be different objects.
 */
export interface TypedPolicy {
  readonly policy: Policy;
  readonly environment: RequestEnvironment;
  readonly verdict: Verdict;
  /** Whether nothing in the parts that can be evaluated is wrong. */
  readonly ok: boolean;
  /** Tests of the scope and conditions, in the order in which they are made. */
  readonly tests: readonly PolicyTest[];
  /**
   * The type of every expression that can be evaluated, by the node itself. One without a type is never reached, because
   * a test, operand or condition before it decides; where `ok` is false it may also be wrong.
   */
  readonly types: ReadonlyMap<Expr, ExpressionType>;
}

export interface TypingOptions {
  /** Default `strict`. */
  readonly mode?: ValidationMode;
}

/**
 * Types a policy in every request environment of a schema, one after the other. Undeclared names of entities are not
 * reported here but leave expressions without a type: `validatePolicies` finds all mistakes.
 */
export function* typePolicy(
  policy: Policy,
  schema: Schema,
  options: TypingOptions = {},
): IterableIterator<TypedPolicy> {
  const tests = testsOf(policy);
  const setup = setUpTyping(policy, schema, options.mode ?? 'strict');
  for (const environment of requestEnvironments(schema)) {
    const types = new Map<Expr, ExpressionType>();
    const found = typeCondition(tests, startTyping(setup, environment, types));
    yield { policy, environment, verdict: verdictOf(found), ok: found.ok, tests, types };
  }
}

/** The request environments of a schema in which a policy or template is right and may apply, in the schema's order. */
export function validRequestEnvironments(policy: Policy, schema: Schema): readonly RequestEnvironment[] {
  const tests = testsOf(policy);
  const setup = setUpTyping(policy, schema, 'strict');
  return [...requestEnvironments(schema)].filter(
    (environment) => verdictOf(typeCondition(tests, startTyping(setup, environment, undefined))) === 'possible',
  );
}

/** Everything that typing a policy needs; problems are forgotten unless somebody takes them. */
export function setUpTyping(
  policy: Policy,
  schema: Schema,
  mode: ValidationMode,
  report: Report = () => {},
  propose: Propose = () => undefined,
): TypingSetup {
  const shapes = new Shapes();
  const known = new KnownCapabilities();
  return { policy, schema, mode, shapes, known, report, propose, typeOf: typeExpression };
}

export function verdictOf({ type, ok }: Pick<Answer, 'type' | 'ok'>): Verdict {
  if (type?.kind === 'false') return 'impossible';
  return ok ? 'possible' : 'failed';
}
