import type { Expr } from '../ast/expression.js';
import { childrenOf } from '../ast/walk.js';
import { EMPTY_ENTITY_STORE } from '../entities/entity-store.js';
import { compileExpression } from '../evaluator/compile-expression.js';
import { EvaluationError } from '../evaluator/evaluation-error.js';
import { entityUid, kindOf, recordOf, type Value } from '../values/value.js';
import { fails, kindBits, type Outcome } from './outcome.js';

/** Operations whose result depends on the entities even where their operands are constant. */
function asksEntities(expr: Expr): boolean {
  switch (expr.kind) {
    case 'access':
    case 'has':
      return expr.object.kind !== 'record';
    case 'binary':
      return expr.op === 'in' || expr.op === 'getTag' || expr.op === 'hasTag';
    case 'is':
      return expr.in !== undefined;
    default:
      return false;
  }
}

/**
 * The outcome of an expression that is made of literals alone, as the evaluator has it; undefined where it depends on
 * the request or the entities.
 */
export function evaluateConstant(expr: Expr, of: (expr: Expr) => Outcome): Outcome | undefined {
  if (expr.kind === 'variable' || asksEntities(expr)) return undefined;
  if (childrenOf(expr).some((child) => of(child).constant !== true)) return undefined;
  const value = evaluate(expr);
  return value instanceof EvaluationError ? fails(expr, value.message, value.help) : outcomeOfValue(value);
}

const NOBODY = entityUid('Nobody', '');

/** Evaluates an expression without variables. */
function evaluate(expr: Expr): Value | EvaluationError {
  try {
    return compileExpression(expr)({
      principal: NOBODY,
      action: NOBODY,
      resource: NOBODY,
      context: recordOf([]),
      entities: EMPTY_ENTITY_STORE,
    });
  } catch (error) {
    if (error instanceof EvaluationError) return error;
    throw error;
  }
}

function outcomeOfValue(value: Value): Outcome {
  const kind = kindOf(value);
  const outcome: Outcome = { kinds: kindBits(kind), value, constant: true };
  if (typeof value !== 'object') return outcome;
  if (value.kind === 'entity') return { ...outcome, entityType: value.type };
  if (value.kind !== 'set') return outcome;
  return { ...outcome, elements: value.elements.reduce<number>((bits, each) => bits | kindBits(kindOf(each)), 0) };
}
