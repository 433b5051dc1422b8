import type { Binary } from '../ast/expression.js';
import { type ExtensionValue, kindOf, type Value } from '../values/value.js';
import { typeError } from './operands.js';

/**
 * Order of two Longs, two datetimes or two durations: negative, zero or positive. For other operands the side that
 * does not fit is blamed: against a Long the other side, against a datetime or duration the other side, else the left.
 */
export function compareValues(left: Value, right: Value, expr: Binary): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (isLong(left) && isLong(right)) return order(left, right);
  if (isInstant(left) && isInstant(right) && left.kind === right.kind)
    return order(left.milliseconds, right.milliseconds);
  throw comparisonError(left, right, expr);
}

function comparisonError(left: Value, right: Value, expr: Binary) {
  if (isLong(left)) return typeError(['long'], right, expr.right);
  if (isLong(right)) return typeError(['long'], left, expr.left);
  if (isInstant(left)) return typeError([kindOf(left)], right, expr.right);
  if (isInstant(right)) return typeError([kindOf(right)], left, expr.left);
  return typeError(
    ['long', 'datetime', 'duration'],
    left,
    expr.left,
    'Only types long, datetime, duration support comparison',
  );
}

function isLong(value: Value): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}

function isInstant(value: Value): value is Extract<ExtensionValue, { kind: 'datetime' | 'duration' }> {
  return typeof value === 'object' && (value.kind === 'datetime' || value.kind === 'duration');
}

function order(a: number | bigint, b: number | bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
