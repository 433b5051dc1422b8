import type { Expr } from '../ast/expression.js';
import { BOOL } from '../types/cedar-type.js';
import { type Capabilities, intersect } from './capabilities.js';
import { expectType } from './expect-type.js';
import { FALSE, TRUE } from './expression-type.js';
import { type Answer, answer, FAILED_BOOL, SOME_BOOL, type Typing } from './typing.js';

/** `a && b && ..`, left to right: an operand is typed with what those before it guarantee, and not at all after a false one. */
export function typeAnd(operands: readonly [Expr, ...Expr[]], typing: Typing): Answer {
  const { known } = typing;
  const [first, ...rest] = operands;
  let left = expectType(first, 'Bool', typing);
  // Grown in place: a chain may have very many operands, each with something to add.
  let granted = new Set(left.grants);
  known.enter(granted);
  for (const operand of rest) {
    if (left.type?.kind === 'false') break;
    const right = expectType(operand, 'Bool', typing);
    const { type, ok, keeps } = conjunction(left, right);
    if (!ok || keeps !== 'both') {
      known.leave(granted);
      granted = new Set();
    }
    if (ok && keeps !== 'none') {
      for (const key of right.grants ?? []) {
        if (granted.has(key)) continue;
        granted.add(key);
        known.enter([key]);
      }
    }
    left = answer(type, ok, granted);
  }
  known.leave(granted);
  return granted.size === 0 || left.type?.kind === 'false' ? answer(left.type, left.ok) : left;
}

/** What `left && right` is. */
export interface Conjunction {
  readonly type: Answer['type'];
  readonly ok: boolean;
  /** Whose capabilities the conjunction has. */
  readonly keeps: 'both' | 'right' | 'none';
}

/** Type of `left && right` where the left one is not always false. */
export function conjunction(left: Answer, right: Answer): Conjunction {
  const ok = left.ok && right.ok;
  if (left.type === undefined || right.type === undefined) return { type: BOOL, ok: false, keeps: 'none' };
  if (right.type.kind === 'false') return { type: right.type, ok, keeps: 'none' };
  if (right.type.kind === 'true') return { type: left.type, ok, keeps: 'both' };
  if (left.type.kind === 'true') return { type: right.type, ok, keeps: 'right' };
  return { type: BOOL, ok, keeps: 'both' };
}

/** `a || b || ..`, left to right: no operand profits from another, and those after a true one are not typed. */
export function typeOr(operands: readonly [Expr, ...Expr[]], typing: Typing): Answer {
  const [first, ...rest] = operands;
  let left = expectType(first, 'Bool', typing);
  for (const operand of rest) {
    if (left.type?.kind === 'true') break;
    left = disjunction(left, expectType(operand, 'Bool', typing));
  }
  return left;
}

function disjunction(left: Answer, right: Answer): Answer {
  const ok = left.ok && right.ok;
  if (left.type === undefined || right.type === undefined) return FAILED_BOOL;
  if (right.type.kind === 'true') return answer(right.type, ok, right.grants);
  if (right.type.kind === 'false') return answer(left.type, ok, left.grants);
  if (left.type.kind === 'false') return answer(right.type, ok, right.grants);
  const grants: Capabilities = intersect(right.grants, left.grants);
  return answer(BOOL, ok, grants);
}

/** What `!operand` is. */
export function negation({ type, ok }: Answer): Answer {
  if (type?.kind === 'true') return answer(FALSE, ok);
  if (type?.kind === 'false') return answer(TRUE, ok);
  return ok ? SOME_BOOL : FAILED_BOOL;
}
