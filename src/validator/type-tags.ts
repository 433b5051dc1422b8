import type { Binary } from '../ast/expression.js';
import { BOOL } from '../types/cedar-type.js';
import { expectType } from './expect-type.js';
import { type ExpressionType, entityNames, FALSE, TRUE } from './expression-type.js';
import { boundOfAll } from './type-bounds.js';
import { brokenInvariant, incompatibleTypes, noTags, unsafeTag } from './type-problems.js';
import { type Answer, answer, FAILED, type Typing } from './typing.js';

/** `entity.hasTag(key)` grants the tag, even where the type has no tags and it is always false. */
export function typeHasTag(expr: Binary, typing: Typing): Answer {
  const operands = typeOperands(expr, typing);
  if (operands === undefined) return FAILED;
  const key = typing.shapes.tag(expr.left, expr.right);
  const type = operands.tags.length === 0 ? FALSE : typing.known.has(key) ? TRUE : BOOL;
  return answer(type, operands.ok, new Set([key]));
}

/** `entity.getTag(key)`: the tag must be known to be there. */
export function typeGetTag(expr: Binary, typing: Typing): Answer {
  const operands = typeOperands(expr, typing);
  if (operands === undefined) return FAILED;
  if (!typing.known.has(typing.shapes.tag(expr.left, expr.right))) {
    typing.report(() => unsafeTag(expr, operands.entity, typing));
    return FAILED;
  }
  if (operands.tags.length === 0) {
    typing.report(() => noTags(expr, operands.entity, typing));
    return FAILED;
  }
  const type = boundOfAll(operands.tags, typing.mode);
  if (type.kind !== 'no-bound') return answer(type, operands.ok);
  typing.report(() => incompatibleTypes('getTag', expr, operands.tags, type, [], typing));
  return FAILED;
}

interface TagOperands {
  readonly ok: boolean;
  readonly entity: ExpressionType;
  /** Types of the tags of its entity types, those without tags left out. */
  readonly tags: readonly ExpressionType[];
}

function typeOperands(expr: Binary, typing: Typing): TagOperands | undefined {
  const left = expectType(expr.left, 'entity', typing);
  const right = expectType(expr.right, 'String', typing);
  if (left.type === undefined) return undefined;
  const names = entityNames(left.type);
  if (names === undefined) {
    typing.report(() => brokenInvariant(expr));
    return undefined;
  }
  const tags = [...names].flatMap((name) => typing.schema.entityTypes.get(name)?.tags ?? []);
  return { ok: left.ok && right.ok, entity: left.type, tags };
}
