import type { EntityReference, Policy, ScopeConstraint, TemplateLink } from '../ast/policy.js';
import type { Scope } from './action-application.js';

/** The scope of a template with the values of a link in place of its slots; slots without a value stay. */
export function linkScope(template: Policy, { values }: TemplateLink): Scope {
  const fill = (reference: EntityReference): EntityReference => {
    const uid = reference.kind === 'slot' ? values[reference.slot] : undefined;
    return uid === undefined ? reference : { kind: 'entity', uid, span: reference.span };
  };
  const filled = (constraint: ScopeConstraint): ScopeConstraint => {
    if (constraint.kind === 'any') return constraint;
    if (constraint.kind !== 'is') return { ...constraint, entity: fill(constraint.entity) };
    return { ...constraint, in: constraint.in && fill(constraint.in) };
  };
  return { principal: filled(template.principal), action: template.action, resource: filled(template.resource) };
}
