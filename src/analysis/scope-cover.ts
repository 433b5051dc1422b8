import type { ActionConstraint, EntityReference, Policy, ScopeConstraint } from '../ast/policy.js';
import { sameUid } from '../values/equality.js';

/** Whether the scope of a policy applies to every request that another's applies to; false where that is not certain. */
export function scopeCovers(wider: Policy, narrower: Policy): boolean {
  return (
    constraintCovers(wider.principal, narrower.principal) &&
    actionCovers(wider.action, narrower.action) &&
    constraintCovers(wider.resource, narrower.resource)
  );
}

function sameReference(a: EntityReference | undefined, b: EntityReference | undefined): boolean {
  return a?.kind === 'entity' && b?.kind === 'entity' && sameUid(a.uid, b.uid);
}

function constraintCovers(wider: ScopeConstraint, narrower: ScopeConstraint): boolean {
  const exact = narrower.kind === 'equal' ? narrower.entity : undefined;
  const group = narrower.kind === 'in' ? narrower.entity : narrower.kind === 'is' ? narrower.in : undefined;
  const exactType = exact?.kind === 'entity' ? exact.uid.type : undefined;
  switch (wider.kind) {
    case 'any':
      return true;
    case 'equal':
      return sameReference(wider.entity, exact);
    case 'in':
      return sameReference(wider.entity, exact) || sameReference(wider.entity, group);
    case 'is': {
      const type = narrower.kind === 'is' ? narrower.entityType : exactType;
      if (type !== wider.entityType) return false;
      return wider.in === undefined || sameReference(wider.in, exact) || sameReference(wider.in, group);
    }
  }
}

function actionCovers(wider: ActionConstraint, narrower: ActionConstraint): boolean {
  if (wider.kind === 'any') return true;
  if (narrower.kind === 'any') return false;
  const named = narrower.kind === 'in-list' ? narrower.actions : [narrower.action];
  const over = wider.kind === 'in-list' ? wider.actions : [wider.action];
  // An action is in itself, so `in` covers `==`, and not the other way round.
  if (wider.kind === 'equal' && narrower.kind !== 'equal') return false;
  return named.every(({ uid }) => over.some((each) => sameUid(each.uid, uid)));
}
