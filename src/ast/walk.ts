import type { Expr } from './expression.js';

const NO_CHILDREN: readonly Expr[] = [];

/** The expressions directly inside an expression, in written order; the members of a chain are all children of the chain. */
export function childrenOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'boolean':
    case 'long':
    case 'string':
    case 'entity':
    case 'variable':
      return NO_CHILDREN;
    case 'unary':
    case 'like':
      return [expr.operand];
    case 'binary':
      return [expr.left, expr.right];
    case 'chain':
      return expr.operands;
    case 'arithmetic':
      return [expr.first, ...expr.steps.map((step) => step.operand)];
    case 'if':
      return [expr.test, expr.then, expr.else];
    case 'access':
    case 'has':
      return [expr.object];
    case 'is':
      return expr.in === undefined ? [expr.operand] : [expr.operand, expr.in];
    case 'set':
      return expr.elements;
    case 'record':
      return expr.entries.map((entry) => entry.value);
    case 'call':
      return expr.args;
  }
}

/**
 * Visits an expression and everything in it in written order, outer before inner. A visit that returns false skips what
 * is inside. Needs no stack, however deep the expression nests.
 */
export function walkExpression(root: Expr, visit: (expr: Expr) => boolean | undefined): void {
  const pending = [root];
  for (let expr = pending.pop(); expr !== undefined; expr = pending.pop()) {
    if (visit(expr) === false) continue;
    const children = childrenOf(expr);
    for (let i = children.length - 1; i >= 0; i--) {
      const child = children[i];
      if (child !== undefined) pending.push(child);
    }
  }
}

/**
 * Computes a result for an expression from the results of its children, inner before outer and left before right.
 * Needs no stack, however deep the expression nests.
 */
export function foldExpression<T>(root: Expr, combine: (expr: Expr, children: readonly T[]) => T): T {
  // Parents before children and right before left: read backwards, every expression comes after its children.
  const order: { readonly expr: Expr; readonly size: number }[] = [];
  const pending = [root];
  for (let expr = pending.pop(); expr !== undefined; expr = pending.pop()) {
    const children = childrenOf(expr);
    order.push({ expr, size: children.length });
    for (const child of children) pending.push(child);
  }
  const results: T[] = [];
  for (let i = order.length - 1; i > 0; i--) {
    const step = order[i];
    if (step !== undefined) results.push(combine(step.expr, results.splice(results.length - step.size)));
  }
  return combine(root, results);
}
