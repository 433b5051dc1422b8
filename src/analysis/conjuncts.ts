import type { Expr } from '../ast/expression.js';
import type { Policy } from '../ast/policy.js';

/** Something that must hold, or must not, for a policy to be satisfied. */
export interface Conjunct {
  readonly expr: Expr;
  readonly holds: boolean;
}

/** What must hold for the conditions of a policy to be satisfied: `!`, `&&` and, where it is denied, `||` are taken apart. */
export function conjunctsOf(policy: Policy): readonly Conjunct[] {
  const found: Conjunct[] = [];
  const pending: Conjunct[] = policy.conditions
    .map(({ kind, body }) => ({ expr: body, holds: kind === 'when' }))
    .reverse();
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { expr, holds } = next;
    if (expr.kind === 'unary' && expr.op === '!') pending.push({ expr: expr.operand, holds: !holds });
    else if (expr.kind === 'chain' && (expr.op === '&&') === holds) {
      pending.push(...expr.operands.map((operand) => ({ expr: operand, holds })).reverse());
    } else found.push(next);
  }
  return found;
}
