import type { Binary, Expr } from '../ast/expression.js';
import { BOOL } from '../types/cedar-type.js';
import { sameUid } from '../values/equality.js';
import type { EntityUid, Long } from '../values/value.js';
import { describeExpressionType } from './describe-expression-type.js';
import { expectType } from './expect-type.js';
import { type ExpressionType, FALSE, singleton } from './expression-type.js';
import { areDisjoint, leastUpperBound } from './type-bounds.js';
import { literalEntity } from './type-hierarchy.js';
import { incompatibleTypes, unexpectedType } from './type-problems.js';
import { type Answer, answer, FAILED_BOOL, SOME_BOOL, type Typing } from './typing.js';

/** `left == right`: decided for entities of different types and for literals; else the types have to be alike. */
export function typeEquality(expr: Binary, typing: Typing): Answer {
  const left = typing.typeOf(expr.left, typing);
  const right = typing.typeOf(expr.right, typing);
  const ok = left.ok && right.ok;
  if (left.type !== undefined && right.type !== undefined && areDisjoint(left.type, right.type))
    return answer(FALSE, ok);
  const leftValue = literalValue(expr.left, typing);
  const rightValue = leftValue === undefined ? undefined : literalValue(expr.right, typing);
  if (leftValue !== undefined && rightValue !== undefined) {
    return answer(singleton(sameLiteral(leftValue, rightValue)), ok);
  }
  return answer(BOOL, enforceAlike('==', expr, left.type, right.type, typing) && ok);
}

type LiteralValue = boolean | string | Long | EntityUid;

function literalValue(expr: Expr, typing: Typing): LiteralValue | undefined {
  switch (expr.kind) {
    case 'boolean':
    case 'long':
    case 'string':
      return expr.value;
    default:
      return literalEntity(expr, typing);
  }
}

function sameLiteral(a: LiteralValue, b: LiteralValue): boolean {
  return typeof a === 'object' && typeof b === 'object' ? sameUid(a, b) : a === b;
}

/** In strict mode, reports two types that have no bound; true when nothing is wrong. */
function enforceAlike(
  what: '==' | 'contains' | 'containsAll' | 'containsAny',
  expr: Binary,
  left: ExpressionType | undefined,
  right: ExpressionType | undefined,
  typing: Typing,
): boolean {
  if (typing.mode !== 'strict' || left === undefined || right === undefined) return true;
  const bound = leastUpperBound(left, right, typing.mode);
  if (bound.kind !== 'no-bound') return true;
  typing.report(() => incompatibleTypes(what, expr, [left, right], bound, [expr.left, expr.right], typing));
  return false;
}

/** `left.contains(right)`, `containsAll` and `containsAny`. */
export function typeSetMethod(
  expr: Binary,
  method: 'contains' | 'containsAll' | 'containsAny',
  typing: Typing,
): Answer {
  const left = expectType(expr.left, 'set', typing, adviceForReceiver);
  const isOne = method === 'contains';
  const right = isOne
    ? typing.typeOf(expr.right, typing)
    : expectType(expr.right, 'set', typing, () => 'to test for a single element, write `.contains(..)`');
  const element = left.type?.kind === 'set' ? left.type.element : undefined;
  const isAlike = enforceAlike(method, expr, isOne ? element : left.type, right.type, typing);
  return isAlike && left.ok && right.ok ? SOME_BOOL : FAILED_BOOL;
}

function adviceForReceiver(actual: ExpressionType): string | undefined {
  switch (actual.kind) {
    case 'entity':
    case 'entities':
      return 'to test for a group of an entity, write `in`';
    case 'record':
      return 'to test for an attribute, write `has`';
    case 'string':
      return 'to test for a part of a string, write `like`';
    default:
      return undefined;
  }
}

/** `<`, `<=`, `>`, `>=`: two Longs, two datetimes or two durations. */
export function typeComparison(expr: Binary, typing: Typing): Answer {
  const left = typing.typeOf(expr.left, typing);
  const right = typing.typeOf(expr.right, typing);
  if (left.type === undefined || right.type === undefined) return FAILED_BOOL;
  const wrong = wrongOperands(left.type, right.type);
  for (const side of wrong.sides) {
    const [operand, type] = side === 'left' ? [expr.left, left.type] : [expr.right, right.type];
    typing.report(() => unexpectedType(operand, wrong.expected, type, typing));
  }
  return wrong.isRight && left.ok && right.ok ? SOME_BOOL : FAILED_BOOL;
}

const COMPARABLE = ['Long', 'datetime', 'duration'] as const;

interface WrongOperands {
  readonly isRight: boolean;
  readonly sides: readonly ('left' | 'right')[];
  readonly expected: readonly string[];
}

const RIGHT: WrongOperands = { isRight: true, sides: [], expected: [] };

function wrongOperands(left: ExpressionType, right: ExpressionType): WrongOperands {
  const wrong = (expected: readonly string[], ...sides: readonly ('left' | 'right')[]): WrongOperands => ({
    isRight: false,
    sides,
    expected,
  });
  if (left.kind === 'never') {
    if (right.kind === 'never') return wrong([]);
    return isComparable(right) ? RIGHT : wrong(COMPARABLE, 'right');
  }
  if (right.kind === 'never') return isComparable(left) ? RIGHT : wrong(COMPARABLE, 'left');
  if (isComparable(left) && sameComparable(left, right)) return RIGHT;
  if (left.kind === 'long') return wrong(['Long'], 'right');
  if (right.kind === 'long') return wrong(['Long'], 'left');
  if (isComparable(left)) return wrong([describeExpressionType(left)], 'right');
  if (isComparable(right)) return wrong([describeExpressionType(right)], 'left');
  return wrong(COMPARABLE, 'left', 'right');
}

function isComparable(type: ExpressionType): boolean {
  return type.kind === 'long' || (type.kind === 'extension' && isOrdered(type.name));
}

function isOrdered(name: string): boolean {
  return name === 'datetime' || name === 'duration';
}

function sameComparable(a: ExpressionType, b: ExpressionType): boolean {
  return a.kind === 'extension' && b.kind === 'extension' ? a.name === b.name : a.kind === b.kind;
}
