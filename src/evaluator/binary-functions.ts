import type { Binary } from '../ast/expression.js';
import type { BinaryOperator } from '../ast/operators.js';
import { setContains, setContainsAll, setContainsAny, valuesEqual } from '../values/equality.js';
import type { Value } from '../values/value.js';
import { compareValues } from './comparison.js';
import type { Environment } from './environment.js';
import { EvaluationError } from './evaluation-error.js';
import { asEntity, asSet, asString } from './operands.js';

/** Meaning of a binary operator on two values; `expr` says where its operands stand. */
export type BinaryFunction = (left: Value, right: Value, expr: Binary, environment: Environment) => Value;

const BINARY_FUNCTIONS: Readonly<Record<Exclude<BinaryOperator, 'in'>, BinaryFunction>> = {
  '==': (left, right) => valuesEqual(left, right),
  '!=': (left, right) => !valuesEqual(left, right),
  '<': (left, right, expr) => compareValues(left, right, expr) < 0,
  '<=': (left, right, expr) => compareValues(left, right, expr) <= 0,
  '>': (left, right, expr) => compareValues(left, right, expr) > 0,
  '>=': (left, right, expr) => compareValues(left, right, expr) >= 0,
  contains: (left, right, expr) => setContains(asSet(left, expr.left), right),
  containsAll: (left, right, expr) => setContainsAll(asSet(left, expr.left), asSet(right, expr.right)),
  containsAny: (left, right, expr) => setContainsAny(asSet(left, expr.left), asSet(right, expr.right)),
  getTag: (left, right, expr, env) => {
    const uid = asEntity(left, expr.left);
    const key = asString(right, expr.right);
    const entity = env.entities.find(uid);
    if (entity === undefined) throw new EvaluationError({ kind: 'EntityDoesNotExist', uid }, expr.left.span);
    const value = entity.tags.get(key);
    if (value === undefined)
      throw new EvaluationError({ kind: 'EntityAttrDoesNotExist', entity, attribute: key, tag: true }, expr.span);
    return value;
  },
  hasTag: (left, right, expr, env) => {
    const uid = asEntity(left, expr.left);
    const key = asString(right, expr.right);
    return env.entities.find(uid)?.tags.has(key) ?? false;
  },
};

/** `in` is not here: to say where a wrong member stands it needs the compiler of expressions. */
export function binaryFunction(op: Exclude<BinaryOperator, 'in'>): BinaryFunction {
  return BINARY_FUNCTIONS[op];
}
