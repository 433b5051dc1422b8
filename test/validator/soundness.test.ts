import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Policy } from '../../src/ast/policy.js';
import { printPolicy } from '../../src/ast/print-policy.js';
import { EMPTY_ENTITY_STORE } from '../../src/entities/entity-store.js';
import { compileExpression } from '../../src/evaluator/compile-expression.js';
import { compilePolicy } from '../../src/evaluator/compile-policy.js';
import type { Environment } from '../../src/evaluator/environment.js';
import { EvaluationError, type EvaluationErrorKind } from '../../src/evaluator/evaluation-error.js';
import { requestEnvironments, type Schema } from '../../src/schema/schema.js';
import { describeExpressionType } from '../../src/validator/describe-expression-type.js';
import { type TypedPolicy, typePolicy } from '../../src/validator/type-policy.js';
import { validatePolicies } from '../../src/validator/validate-policies.js';
import type { ValidationMode } from '../../src/validator/validation-mode.js';
import type { Value } from '../../src/values/value.js';
import { arbitraryPolicy } from '../support/arbitrary-policy.js';
import { WORLD_SCHEMA } from '../support/world.js';
import { arbitraryCase } from './arbitrary-cases.js';
import { policiesOf, schemaOf } from './compare-validation.js';
import { conformingRequest, conformingStore, type Random, randomFrom } from './conforming-world.js';
import { isOfType } from './value-of-type.js';

const TIMES = Number(process.env.DEODAR_FUZZ ?? 1);
const SEED = Number(process.env.DEODAR_SEED ?? 20_260);

/** What validation does not rule out: missing entities, and arithmetic that leaves 64 bits. */
const ALLOWED: ReadonlySet<EvaluationErrorKind> = new Set([
  'EntityDoesNotExist',
  'IntegerOverflow',
  'FailedExtensionFunctionExecution',
]);

/** What is wrong with the promises of the validator for one request; undefined when they are kept. */
function brokenPromise(typed: TypedPolicy, request: Environment): string | undefined {
  const outcome = compilePolicy(typed.policy).evaluate(request);
  if (outcome instanceof EvaluationError && !ALLOWED.has(outcome.kind)) return `${outcome.kind}: ${outcome.message}`;
  if (typed.verdict === 'impossible' && outcome === true) return 'an impossible policy applies';
  for (const [expr, type] of typed.types) {
    const value = valueIn(() => compileExpression(expr)(request));
    if (value !== undefined && !isOfType(value, type)) return `a value is no ${describeExpressionType(type)}`;
  }
  for (const test of typed.tests) {
    if (test.kind === 'slot') return undefined;
    const type = typed.types.get(test.expr);
    if (type === undefined) return undefined;
    const value = valueIn(() => compileExpression(test.expr)(request));
    if (value === undefined) return undefined;
    if (type.kind === 'true' && value !== true) return 'something that is always true is not';
    if (type.kind === 'false' && value !== false) return 'something that is always false is not';
    if ((value === true) === test.negated) return undefined;
  }
  return undefined;
}

function valueIn(evaluate: () => Value): Value | undefined {
  try {
    return evaluate();
  } catch (error) {
    if (error instanceof EvaluationError) return undefined;
    throw error;
  }
}

interface Tally {
  policies: number;
  requests: number;
  applied: number;
  /** Policies that are refused and do what the valid ones never do. */
  justlyRefused: number;
}

/** Evaluates the valid ones of the policies for requests of every environment, over two stores. */
function check(
  policies: readonly Policy[],
  schema: Schema,
  random: Random,
  tally: Tally,
  mode: ValidationMode = 'strict',
): void {
  const { errors } = validatePolicies({ policies, templates: [], links: [] }, schema, { mode });
  const wrong = new Set(errors.map(({ policyId }) => policyId));
  const stores = [conformingStore(schema, random), conformingStore(schema, random)];
  const errs = (policy: Policy): boolean =>
    [...requestEnvironments(schema)].some((environment) => {
      const outcome = compilePolicy(policy).evaluate(
        conformingRequest(environment, schema, stores[0] ?? EMPTY_ENTITY_STORE, random),
      );
      return outcome instanceof EvaluationError && !ALLOWED.has(outcome.kind);
    });
  tally.justlyRefused += policies.filter((policy) => wrong.has(policy.id) && errs(policy)).length;
  for (const policy of policies.filter(({ id }) => !wrong.has(id))) {
    // The placeholders of partial evaluation have every type and no value.
    if (printPolicy(policy).includes('unknown(')) continue;
    tally.policies++;
    for (const typed of typePolicy(policy, schema, { mode })) {
      for (const store of stores) {
        const request = conformingRequest(typed.environment, schema, store, random);
        tally.requests++;
        if (compilePolicy(policy).evaluate(request) === true) tally.applied++;
        expect(brokenPromise(typed, request), printPolicy(policy)).toBeUndefined();
      }
    }
  }
}

describe('a policy that is valid', () => {
  it('never reads what is absent and never has an operand of a wrong type, over the world', () => {
    const schema = schemaOf(WORLD_SCHEMA);
    expect([...requestEnvironments(schema)]).toHaveLength(6);
    const tally: Tally = { policies: 0, requests: 0, applied: 0, justlyRefused: 0 };
    const policies = fc.sample(arbitraryPolicy(), { numRuns: 1500 * TIMES, seed: SEED });
    check(
      policies.map((policy, index) => ({ ...policy, id: `policy${index}` })),
      schema,
      randomFrom(SEED),
      tally,
    );
    console.log('soundness over the world:', JSON.stringify(tally));
    expect(tally.requests).toBeGreaterThan(5000 * TIMES);
    expect(tally.applied).toBeGreaterThan(500 * TIMES);
    expect(tally.justlyRefused).toBeGreaterThan(100 * TIMES);
  });

  it('never does so for small schemas', () => {
    const random = randomFrom(SEED);
    const tally: Tally = { policies: 0, requests: 0, applied: 0, justlyRefused: 0 };
    for (const { schema, policies } of fc.sample(arbitraryCase(30), { numRuns: 50 * TIMES, seed: SEED })) {
      check(policiesOf(policies).policies, schemaOf(schema), random, tally);
    }
    console.log('soundness for small schemas:', JSON.stringify(tally));
    expect(tally.requests).toBeGreaterThan(2000 * TIMES);
    expect(tally.applied).toBeGreaterThan(30 * TIMES);
    expect(tally.justlyRefused).toBeGreaterThan(100 * TIMES);
  });

  it('never does so in permissive mode either', () => {
    const random = randomFrom(SEED);
    const tally: Tally = { policies: 0, requests: 0, applied: 0, justlyRefused: 0 };
    for (const { schema, policies } of fc.sample(arbitraryCase(30), { numRuns: 25 * TIMES, seed: SEED + 1 })) {
      check(policiesOf(policies).policies, schemaOf(schema), random, tally, 'permissive');
    }
    console.log('soundness in permissive mode:', JSON.stringify(tally));
    expect(tally.requests).toBeGreaterThan(1000 * TIMES);
    expect(tally.justlyRefused).toBeGreaterThan(40 * TIMES);
  });
});
