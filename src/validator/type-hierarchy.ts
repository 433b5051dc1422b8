import type { Expr, Is } from '../ast/expression.js';
import { isActionType } from '../ast/names.js';
import { findAction, type Schema } from '../schema/schema.js';
import { BOOL } from '../types/cedar-type.js';
import { sameUid } from '../values/equality.js';
import type { EntityUid } from '../values/value.js';
import { expectType } from './expect-type.js';
import { entityNames, type ExpressionType, FALSE, singleton, TRUE } from './expression-type.js';
import { type Answer, answer, FAILED_BOOL, type Typing } from './typing.js';

/** `operand is T`, and `operand is T in e`, which is `operand is T && operand in e`. */
export function typeIs(expr: Is, typing: Typing): Answer {
  const test = typeTypeTest(expr, typing);
  if (expr.in === undefined || test.type?.kind === 'false') return test;
  const inside = typeIn(expr.operand, expr.in, typing);
  const ok = test.ok && inside.ok;
  if (inside.type?.kind === 'false') return answer(FALSE, ok);
  if (inside.type?.kind === 'true') return answer(test.type, ok);
  return answer(test.type?.kind === 'true' ? inside.type : BOOL, ok);
}

function typeTypeTest(expr: Is, typing: Typing): Answer {
  const operand = expectType(expr.operand, 'entity', typing, () => 'only entities have types that can be tested for');
  if (operand.type?.kind === 'entity') return answer(singleton(operand.type.name === expr.entityType), operand.ok);
  if (operand.type?.kind !== 'entities') return FAILED_BOOL;
  return answer(operand.type.names.has(expr.entityType) ? BOOL : FALSE, operand.ok);
}

function adviceForIn(actual: ExpressionType): string | undefined {
  if (actual.kind === 'set') return 'to test for an element of a set, write `.contains(..)`';
  return actual.kind === 'string' ? 'to test for a part of a string, write `like`' : undefined;
}

/** `left in right`. The hierarchy of actions is known, so that of literal actions is decided. */
export function typeIn(leftExpr: Expr, rightExpr: Expr, typing: Typing): Answer {
  const left = expectType(leftExpr, 'entity', typing, () => 'to test for an element of a set, write `.contains(..)`');
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

