import type { Binary, Expr, Is } from '../ast/expression.js';
import { isActionType } from '../ast/names.js';
import { findAction, type Schema } from '../schema/schema.js';
import { BOOL } from '../types/cedar-type.js';
import { sameUid } from '../values/equality.js';
import type { EntityUid } from '../values/value.js';
import { expectType } from './expect-type.js';
import { type ExpressionType, entityNames, FALSE, singleton } from './expression-type.js';
import { conjunction } from './type-logic.js';
import { type Answer, answer, FAILED_BOOL, type Typing } from './typing.js';

/**
 * `operand is T`, and `operand is T in e`, which is `operand is T && operand in e`; the operand is typed only once, for
 * tests can stand inside each other.
 */
export function typeIs(expr: Is, typing: Typing): Answer {
  const operand = expectType(expr.operand, 'entity', typing, () => 'only entities have types that can be tested for');
  const test = typeTypeTest(operand, expr.entityType);
  if (expr.in === undefined || test.type?.kind === 'false') return test;
  const inside = typeMembership(expr.operand, operand, expr.in, typing);
  const { type, ok } = conjunction(test, inside);
  return answer(type, ok);
}

function typeTypeTest({ type, ok }: Answer, entityType: string): Answer {
  if (type?.kind === 'entity') return answer(singleton(type.name === entityType), ok);
  if (type?.kind !== 'entities') return FAILED_BOOL;
  return answer(type.names.has(entityType) ? BOOL : FALSE, ok);
}

function adviceForIn(actual: ExpressionType): string | undefined {
  if (actual.kind === 'set') return 'to test for an element of a set, write `.contains(..)`';
  return actual.kind === 'string' ? 'to test for a part of a string, write `like`' : undefined;
}

/** `left in right`. */
export function typeIn(expr: Binary, typing: Typing): Answer {
  const left = expectType(expr.left, 'entity', typing, () => 'to test for an element of a set, write `.contains(..)`');
  return typeMembership(expr.left, left, expr.right, typing);
}

/** Whether an entity is in others. The hierarchy of actions is known, so that of literal actions is decided. */
function typeMembership(leftExpr: Expr, left: Answer, rightExpr: Expr, typing: Typing): Answer {
  const right = expectType(rightExpr, 'entity-or-entities', typing, adviceForIn);
  if (!left.ok || !right.ok) return FAILED_BOOL;
  const member = literalEntity(leftExpr, typing);
  const groups = literalEntities(rightExpr, typing);
  if (member !== undefined && groups !== undefined && isActionType(member.type)) {
    return answer(singleton(isActionIn(member, groups, typing.schema)), true);
  }
  const groupType = right.type?.kind === 'set' ? right.type.element : right.type;
  const lefts = entityNames(left.type);
  const rights = entityNames(groupType);
  if (lefts === undefined || rights === undefined) return answer(BOOL, true);
  const groupTypes = [...rights];
  for (const type of lefts) {
    if (groupTypes.some((group) => canBeIn(type, group, typing.schema))) return answer(BOOL, true);
  }
  return answer(FALSE, true);
}

/** The entity that an expression is in every request of the environment. */
export function literalEntity(expr: Expr, typing: Typing): EntityUid | undefined {
  if (expr.kind === 'entity') return expr.uid;
  return expr.kind === 'variable' && expr.name === 'action' ? typing.environment.action.uid : undefined;
}

function literalEntities(expr: Expr, typing: Typing): readonly EntityUid[] | undefined {
  if (expr.kind !== 'set') {
    const uid = literalEntity(expr, typing);
    return uid && [uid];
  }
  const uids: EntityUid[] = [];
  for (const element of expr.elements) {
    const uid = literalEntity(element, typing);
    if (uid === undefined) return undefined;
    uids.push(uid);
  }
  return uids;
}

function isActionIn(uid: EntityUid, groups: readonly EntityUid[], schema: Schema): boolean {
  const action = findAction(schema, uid);
  return groups.some((group) => {
    if (sameUid(uid, group)) return true;
    const groupAction = findAction(schema, group);
    return action !== undefined && groupAction !== undefined && action.ancestors.has(groupAction);
  });
}

/** Whether an entity of one type can be an entity of the other, or in one. */
export function canBeIn(type: string, group: string, schema: Schema): boolean {
  if (type === group) return true;
  const declared = schema.entityTypes.get(type) ?? schema.actionTypes.get(type);
  return declared?.ancestors.has(group) ?? false;
}
