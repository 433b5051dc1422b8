import type { Expr, SetLiteral } from '../ast/expression.js';
import { createSet } from '../values/equality.js';
import type { SetValue, Value } from '../values/value.js';

/** The set of literals, which is the same in every request; undefined when a member has to be evaluated. */
export function constantSet({ elements }: SetLiteral): SetValue | undefined {
  const constants: Value[] = [];
  for (const element of elements) {
    const value = literalValue(element);
    if (value === undefined) return undefined;
    constants.push(value);
  }
  return createSet(constants);
}

function literalValue(expr: Expr): Value | undefined {
  switch (expr.kind) {
    case 'boolean':
    case 'long':
    case 'string':
      return expr.value;
    case 'entity':
      return expr.uid;
    default:
      return undefined;
  }
}
