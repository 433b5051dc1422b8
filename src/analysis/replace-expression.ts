import type { Chain, Expr } from '../ast/expression.js';
import { childrenOf, foldExpression } from '../ast/walk.js';

/** An expression in which one that is in it is replaced; what lies around it is made anew, everything else is shared. */
export function replaceExpression(root: Expr, target: Expr, replacement: Expr): Expr {
  return foldExpression<Expr>(root, (expr, children) => {
    if (expr === target) return replacement;
    const before = childrenOf(expr);
    return children.every((child, i) => child === before[i]) ? expr : withChildren(expr, children);
  });
}

/** A chain of operands, or the only one; a first operand that is the same chain is taken apart, as the parser does. */
export function chainOf(op: Chain['op'], operands: readonly Expr[], span: Chain['span']): Expr | undefined {
  const [head, ...rest] = operands;
  const flat = head?.kind === 'chain' && head.op === op ? [...head.operands, ...rest] : operands;
  const [first, second, ...others] = flat;
  if (first === undefined || second === undefined) return first;
  return { kind: 'chain', op, operands: [first, second, ...others], span };
}

/** The same expression with other children, in the order of `childrenOf`. */
function withChildren(expr: Expr, children: readonly Expr[]): Expr {
  const at = (index: number): Expr => children[index] ?? expr;
  switch (expr.kind) {
    case 'boolean':
    case 'long':
    case 'string':
    case 'entity':
    case 'variable':
      return expr;
    case 'unary':
    case 'like':
      return { ...expr, operand: at(0) };
    case 'binary':
      return { ...expr, left: at(0), right: at(1) };
    case 'chain':
      return chainOf(expr.op, children, expr.span) ?? expr;
    case 'arithmetic':
      return { ...expr, first: at(0), steps: expr.steps.map(({ op }, i) => ({ op, operand: at(i + 1) })) };
    case 'if':
      return { ...expr, test: at(0), then: at(1), else: at(2) };
    case 'access':
    case 'has':
      return { ...expr, object: at(0) };
    case 'is':
      return expr.in === undefined ? { ...expr, operand: at(0) } : { ...expr, operand: at(0), in: at(1) };
    case 'set':
      return { ...expr, elements: children };
    case 'record':
      return { ...expr, entries: expr.entries.map(({ key }, i) => ({ key, value: at(i) })) };
    case 'call':
      return { ...expr, args: children };
  }
}
