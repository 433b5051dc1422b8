import type { Expr } from '../ast/expression.js';
import type { EntityStore } from '../entities/entity.js';
import type { EntityUid, Value } from '../values/value.js';
import { asEntity, typeError } from './operands.js';

/** `left in right`: right is an entity or a set whose members are all entities. */
export function evaluateIn(left: Value, right: Value, leftExpr: Expr, rightExpr: Expr, entities: EntityStore): boolean {
  const descendant = asEntity(left, leftExpr);
  if (typeof right === 'object') {
    if (right.kind === 'entity') return entities.isIn(descendant, right);
    if (right.kind === 'set') {
      // Every member is checked before the answer, so a match early in the set does not hide a wrong member.
      const ancestors = right.elements.map((element, index) => asEntity(element, memberExpr(rightExpr, index)));
      return ancestors.some((ancestor: EntityUid) => entities.isIn(descendant, ancestor));
    }
  }
  throw typeError(['set', 'entity'], right, rightExpr);
}

function memberExpr(set: Expr, index: number): Expr {
  return (set.kind === 'set' ? set.elements[index] : undefined) ?? set;
}

export function isOfType(value: Value, entityType: string, at: Expr): boolean {
  return asEntity(value, at).type === entityType;
}
