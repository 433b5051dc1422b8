import type {
  ActionConstraint,
  Effect,
  EntityReference,
  Policy,
  ScopeConstraint,
  TemplateLink,
} from '../ast/policy.js';
import { sameUid } from '../values/equality.js';
import type { EntityUid } from '../values/value.js';
import { Conditions, type PolicyOutcome } from './conditions.js';
import type { Environment } from './environment.js';

export type { PolicyOutcome };

/** A static policy or a template link, ready to be evaluated. */
export class CompiledPolicy {
  /** Id of the static policy or of the link. */
  readonly id: string;
  readonly effect: Effect;
  /** The policy, or the template of the link. */
  readonly policy: Policy;
  /** One for all links of a template. */
  readonly conditions: Conditions;
  /** What the link gives for the slots; empty for a static policy. */
  readonly values: TemplateLink['values'];

  constructor(id: string, policy: Policy, conditions: Conditions, values: TemplateLink['values']) {
    this.id = id;
    this.effect = policy.effect;
    this.policy = policy;
    this.conditions = conditions;
    this.values = values;
  }

  /** True when the policy is satisfied, false when it is not, the error when it could not be evaluated; never throws. */
  evaluate(environment: Environment): PolicyOutcome {
    return (
      this.matches('principal', environment) &&
      this.matches('action', environment) &&
      this.matches('resource', environment) &&
      this.conditions.evaluate(environment)
    );
  }

  /** Whether a part of a request is what the scope asks for. */
  matches(part: 'principal' | 'action' | 'resource', environment: Environment): boolean {
    const { policy, values } = this;
    if (part === 'action') return matchesAction(policy.action, environment);
    return matchesScope(environment[part], policy[part], values, environment);
  }
}

const NO_VALUES: TemplateLink['values'] = {};

export function compilePolicy(policy: Policy): CompiledPolicy {
  return new CompiledPolicy(policy.id, policy, new Conditions(policy), NO_VALUES);
}

/** Takes the conditions of a template once; the result makes its links. */
export function compileTemplate(template: Policy): (link: TemplateLink) => CompiledPolicy {
  const conditions = new Conditions(template);
  return (link) => new CompiledPolicy(link.id, template, conditions, link.values);
}

function matchesScope(
  uid: EntityUid,
  constraint: ScopeConstraint,
  values: TemplateLink['values'],
  environment: Environment,
): boolean {
  switch (constraint.kind) {
    case 'any':
      return true;
    case 'equal':
      return sameUid(uid, referredUid(constraint.entity, values));
    case 'in':
      return environment.entities.isIn(uid, referredUid(constraint.entity, values));
    case 'is':
      if (uid.type !== constraint.entityType) return false;
      return constraint.in === undefined || environment.entities.isIn(uid, referredUid(constraint.in, values));
  }
}

/** The entity that a scope names, through a slot or not. */
export function referredUid(reference: EntityReference, values: TemplateLink['values']): EntityUid {
  if (reference.kind === 'entity') return reference.uid;
  const value = values[reference.slot];
  if (value === undefined) throw new Error(`template slot ${reference.slot} has no value`);
  return value;
}

function matchesAction(constraint: ActionConstraint, { action, entities }: Environment): boolean {
  switch (constraint.kind) {
    case 'any':
      return true;
    case 'equal':
      return sameUid(action, constraint.action.uid);
    case 'in':
      return entities.isIn(action, constraint.action.uid);
    case 'in-list':
      return constraint.actions.some(({ uid }) => entities.isIn(action, uid));
  }
}
