import type { Arithmetic, ArithmeticOperator, ArithmeticStep, Chain, Expr } from '../ast/expression.js';

/** The operands of chains that are still being read; JSON nests them to the left, so a chain grows at its end. */
const growingOperands = new WeakMap<Expr, Expr[]>();
const growingSteps = new WeakMap<Expr, ArithmeticStep[]>();

/**
 * `left op right` as a chain. A `left` that is a chain of the same operator is extended in place, which keeps reading linear:
 * nothing else may hold it yet.
 */
export function growChain(op: Chain['op'], left: Expr, right: Expr): Expr {
  const operands = left.kind === 'chain' && left.op === op ? growingOperands.get(left) : undefined;
  if (operands !== undefined) {
    operands.push(right);
    return left;
  }
  const started: [Expr, Expr, ...Expr[]] = [left, right];
  const chain: Chain = { kind: 'chain', op, operands: started, span: undefined };
  growingOperands.set(chain, started);
  return chain;
}

/** `left op right` as arithmetic; like `growChain`, for operators that bind alike. */
export function growArithmetic(op: ArithmeticOperator, left: Expr, right: Expr): Expr {
  const step: ArithmeticStep = { op, operand: right };
  const alike = left.kind === 'arithmetic' && (left.steps[0]?.op === '*') === (op === '*');
  const steps = alike ? growingSteps.get(left) : undefined;
  if (steps !== undefined) {
    steps.push(step);
    return left;
  }
  const started = [step];
  const arithmetic: Arithmetic = { kind: 'arithmetic', first: left, steps: started, span: undefined };
  growingSteps.set(arithmetic, started);
  return arithmetic;
}
