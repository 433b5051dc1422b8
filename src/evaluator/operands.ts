import type { Expr } from '../ast/expression.js';
import type { EntityUid, Long, SetValue, Value, ValueKind } from '../values/value.js';
import { EvaluationError } from './evaluation-error.js';

// Each function returns the operand when it has the kind that an operator needs and throws Cedar's type error at the
// operand's place when it does not.

export function typeError(expected: readonly ValueKind[], actual: Value, at: Expr, help?: string): EvaluationError {
  return new EvaluationError({ kind: 'TypeError', expected, actual, ...(help === undefined ? {} : { help }) }, at.span);
}

export function asBool(value: Value, at: Expr): boolean {
  if (typeof value === 'boolean') return value;
  throw typeError(['bool'], value, at);
}

export function asLong(value: Value, at: Expr): Long {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  throw typeError(['long'], value, at);
}

export function asString(value: Value, at: Expr): string {
  if (typeof value === 'string') return value;
  throw typeError(['string'], value, at);
}

export function asSet(value: Value, at: Expr): SetValue {
  if (typeof value === 'object' && value.kind === 'set') return value;
  throw typeError(['set'], value, at);
}

export function asEntity(value: Value, at: Expr): EntityUid {
  if (typeof value === 'object' && value.kind === 'entity') return value;
  throw typeError(['entity'], value, at);
}
