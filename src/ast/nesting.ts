import { type Expr, MAX_NESTING } from './expression.js';
import { needsParentheses, ownLevels } from './precedence.js';
import { childrenOf } from './walk.js';

/** Whether an expression, written with the fewest parentheses, nests deeper than `MAX_NESTING` levels. */
export function nestsTooDeep(root: Expr): boolean {
  const pending = [{ expr: root, level: 0 }];
  for (let item = pending.pop(); item !== undefined; item = pending.pop()) {
    const { expr, level } = item;
    if (level > MAX_NESTING) return true;
    const inside = level + ownLevels(expr);
    for (const [index, child] of childrenOf(expr).entries()) {
      pending.push({ expr: child, level: needsParentheses(expr, index, child) ? inside + 1 : inside });
    }
  }
  return false;
}
