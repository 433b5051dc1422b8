import type { Expr } from '../ast/expression.js';
import { printExpression } from '../ast/print-expression.js';
import { childrenOf } from '../ast/walk.js';
import type { Span } from '../text/source.js';
import type { PolicyTrace, Traced } from './trace-policy.js';

/** A boolean part of a condition with what came of it, and of its parts. */
export interface ExplainedPart {
  readonly text: string;
  readonly span: Span | undefined;
  /** Undefined when it was not evaluated, since something before it decided. */
  readonly seen: Traced | undefined;
  /** Operands of `&&`, `||` and `!`, parts of `if`; empty for everything else. */
  readonly parts: readonly ExplainedPart[];
  /** What the part depends on, where it has no parts: the expressions in it that are no literals, outermost first. */
  readonly values: readonly { readonly text: string; readonly seen: Traced }[];
}

export interface ExplainedCondition {
  readonly kind: 'when' | 'unless';
  readonly body: ExplainedPart;
}

/** Why a policy came to its outcome. */
export interface ExplainedPolicy {
  readonly trace: PolicyTrace;
  /** In written order; those behind the one that decided are not evaluated. */
  readonly conditions: readonly ExplainedCondition[];
}

/** Takes the conditions of a traced policy apart as people read them. */
export function explainPolicy(trace: PolicyTrace): ExplainedPolicy {
  const conditions = trace.policy.policy.conditions.map(({ kind, body }) => ({ kind, body: explainPart(body, trace) }));
  return { trace, conditions };
}

function explainPart(expr: Expr, trace: PolicyTrace): ExplainedPart {
  const inner = innerParts(expr);
  return {
    text: printExpression(expr, 'fewest'),
    span: expr.span,
    seen: trace.values.get(expr),
    parts: inner.map((part) => explainPart(part, trace)),
    // A path is its own value.
    values: inner.length > 0 || expr.kind === 'access' ? [] : valuesIn(expr, trace),
  };
}

function innerParts(expr: Expr): readonly Expr[] {
  if (expr.kind === 'chain' || expr.kind === 'if') return childrenOf(expr);
  // A denied chain is taken apart too; anything else is read better with its `!`.
  return expr.kind === 'unary' && expr.op === '!' && innerParts(expr.operand).length > 0 ? [expr.operand] : [];
}

/** The values of the paths and calls that an expression compares. */
function valuesIn(expr: Expr, trace: PolicyTrace): ExplainedPart['values'] {
  return childrenOf(expr).flatMap((child) => {
    const seen = trace.values.get(child);
    if (seen === undefined || isLiteral(child)) return [];
    if (child.kind === 'access' || child.kind === 'variable') return [{ text: printExpression(child, 'fewest'), seen }];
    return valuesIn(child, trace);
  });
}

function isLiteral(expr: Expr): boolean {
  switch (expr.kind) {
    case 'boolean':
    case 'long':
    case 'string':
    case 'entity':
      return true;
    case 'set':
      return expr.elements.every(isLiteral);
    default:
      return false;
  }
}
