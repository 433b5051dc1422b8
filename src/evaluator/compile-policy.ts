import type {
  ActionConstraint,
  Condition,
  Effect,
  EntityReference,
  Policy,
  ScopeConstraint,
  TemplateLink,
} from '../ast/policy.js';
import { sameUid } from '../values/equality.js';
import type { EntityUid } from '../values/value.js';
import { compileExpression } from './compile-expression.js';
import type { Environment } from './environment.js';
import { EvaluationError } from './evaluation-error.js';
import { asBool } from './operands.js';

/** Outcome of one policy for one request. */
export type PolicyOutcome = boolean | EvaluationError;

/** A static policy or a template link, ready to be evaluated. */
export interface CompiledPolicy {
  /** Id of the static policy or of the link. */
  readonly id: string;
  readonly effect: Effect;
  /** The policy, or the template of the link. */
  readonly policy: Policy;
  /** True when satisfied, false when not, the error when it could not be evaluated; never throws. */
  readonly evaluate: (environment: Environment) => PolicyOutcome;
}

type Test = (environment: Environment) => boolean;

export function compilePolicy(policy: Policy): CompiledPolicy {
  return assemble(policy.id, policy, compileConditions(policy.conditions), {});
}

/** Compiles the conditions of a template once; the result makes its links. */
export function compileTemplate(template: Policy): (link: TemplateLink) => CompiledPolicy {
  const conditions = compileConditions(template.conditions);
  return (link) => assemble(link.id, template, conditions, link.values);
}

function assemble(id: string, policy: Policy, conditions: Test, values: TemplateLink['values']): CompiledPolicy {
  const principal = compileScope('principal', policy.principal, values);
  const action = compileActionScope(policy.action);
  const resource = compileScope('resource', policy.resource, values);
  const evaluate = (env: Environment): PolicyOutcome => {
    try {
      return principal(env) && action(env) && resource(env) && conditions(env);
    } catch (error) {
      if (error instanceof EvaluationError) return error;
      throw error;
    }
  };
  return { id, effect: policy.effect, policy, evaluate };
}

const always: Test = () => true;

function compileScope(
  variable: 'principal' | 'resource',
  constraint: ScopeConstraint,
  values: TemplateLink['values'],
): Test {
  switch (constraint.kind) {
    case 'any':
      return always;
    case 'equal': {
      const uid = resolve(constraint.entity, values);
      return (env) => sameUid(env[variable], uid);
    }
    case 'in': {
      const uid = resolve(constraint.entity, values);
      return (env) => env.entities.isIn(env[variable], uid);
    }
    case 'is': {
      const { entityType } = constraint;
      if (constraint.in === undefined) return (env) => env[variable].type === entityType;
      const uid = resolve(constraint.in, values);
      return (env) => env[variable].type === entityType && env.entities.isIn(env[variable], uid);
    }
  }
}

function resolve(reference: EntityReference, values: TemplateLink['values']): EntityUid {
  if (reference.kind === 'entity') return reference.uid;
  const value = values[reference.slot];
  if (value === undefined) throw new Error(`template slot ${reference.slot} has no value`);
  return value;
}

function compileActionScope(constraint: ActionConstraint): Test {
  switch (constraint.kind) {
    case 'any':
      return always;
    case 'equal': {
      const { uid } = constraint.action;
      return (env) => sameUid(env.action, uid);
    }
    case 'in': {
      const { uid } = constraint.action;
      return (env) => env.entities.isIn(env.action, uid);
    }
    case 'in-list': {
      const uids = constraint.actions.map((reference) => reference.uid);
      return (env) => uids.some((uid) => env.entities.isIn(env.action, uid));
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
  if (only === undefined) return always;
  if (tests.length === 1) return only;
  return (env) => tests.every((test) => test(env));
}
