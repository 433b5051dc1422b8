import type { Access, Expr, Has } from '../ast/expression.js';
import { BOOL } from '../types/cedar-type.js';
import { findAttribute, mayHaveAttribute } from './attributes.js';
import { expectType } from './expect-type.js';
import { type ExpressionType, FALSE, TRUE } from './expression-type.js';
import { unexpectedType, unsafeAttribute, unsafeOptionalAttribute } from './type-problems.js';
import { type Answer, answer, FAILED, FAILED_BOOL, SOME_BOOL, type Typing } from './typing.js';

/** `object.attribute`: the attribute must be declared, and required or known to be there. */
export function typeAccess(expr: Access, typing: Typing): Answer {
  const { type, ok } = expectType(expr.object, 'entity-or-record', typing);
  if (type === undefined) return FAILED;
  const attribute = findAttribute(type, expr.attribute, typing.schema);
  if (attribute === undefined) {
    typing.report(() => unsafeAttribute({ expr, path: [], attribute: expr.attribute, type }, typing));
    return FAILED;
  }
  if (attribute.required || typing.known.has(typing.shapes.attribute(expr.object, expr.attribute))) {
    return answer(attribute.type, ok);
  }
  typing.report(() => unsafeOptionalAttribute({ expr, path: [], attribute: expr.attribute, type }, typing));
  return answer(attribute.type, false);
}

function adviceForHas(actual: ExpressionType): string | undefined {
  if (actual.kind === 'set') return 'to test for an element of a set, write `.contains(..)`';
  return actual.kind === 'string' ? 'to test for a part of a string, write `like`' : undefined;
}

/** `object has a` grants `object.a` wherever the attribute is declared; with a path it grants every part. */
export function typeHas(expr: Has, typing: Typing): Answer {
  const object = expectType(expr.object, 'entity-or-record', typing, adviceForHas);
  if (object.type === undefined) return FAILED_BOOL;
  const [name, ...further] = expr.path;
  if (further.length > 0) return typePath(expr, object.type, object.ok, typing);
  const attribute = findAttribute(object.type, name, typing.schema);
  if (attribute === undefined) {
    return answer(mayHaveAttribute(object.type, name, typing.schema) ? BOOL : FALSE, object.ok);
  }
  const key = typing.shapes.attribute(expr.object, name);
  // An entity may be missing from the store, and then it has no attributes at all.
  const isCertain = (attribute.required && object.type.kind === 'record') || typing.known.has(key);
  return answer(isCertain ? TRUE : BOOL, object.ok, new Set([key]));
}

/** A step of a path: the type of `has` and the capability that it adds. */
interface Step {
  readonly type: ExpressionType;
  readonly grant: string | undefined;
}

/** `object has a.b.c` is `object has a && object.a has b && object.a.b has c`, in one expression. */
function typePath(expr: Has, objectType: ExpressionType, ok: boolean, typing: Typing): Answer {
  const { schema, shapes, known } = typing;
  const keys = shapes.path(expr.object, expr.path);
  const steps: Step[] = [];
  const entered: string[] = [];
  let type: ExpressionType | undefined = objectType;
  for (const [index, name] of expr.path.entries()) {
    const key = keys[index] ?? '';
    const step = typeStep(expr, index, type, key, typing);
    if (step === undefined) {
      type = undefined;
      break;
    }
    steps.push(step);
    if (step.type.kind === 'false') break;
    if (step.grant !== undefined) {
      known.enter([step.grant]);
      entered.push(step.grant);
    }
    if (index < expr.path.length - 1) {
      type = findAttribute(type, name, schema)?.type;
      if (type === undefined) break;
    }
  }
  known.leave(entered);
  return type === undefined ? FAILED_BOOL : combineSteps(steps, ok);
}

/** Undefined when the step fails, which is reported. */
function typeStep(expr: Has, index: number, type: ExpressionType, key: string, typing: Typing): Step | undefined {
  const name = expr.path[index] ?? '';
  const isRecord = type.kind === 'record';
  if (!isRecord && type.kind !== 'entity' && type.kind !== 'entities') {
    const place: Expr = index === 0 ? expr.object : expr;
    typing.report(() => unexpectedType(place, ['an entity', 'a record'], type, typing, adviceForHas(type)));
    return undefined;
  }
  const attribute = findAttribute(type, name, typing.schema);
  if (attribute !== undefined) {
    if (typing.known.has(key) || (attribute.required && isRecord)) return { type: TRUE, grant: undefined };
    return { type: BOOL, grant: key };
  }
  if (!mayHaveAttribute(type, name, typing.schema)) return { type: FALSE, grant: undefined };
  if (index < expr.path.length - 1) {
    typing.report(() => unsafeAttribute({ expr, path: expr.path.slice(0, index), attribute: name, type }, typing));
    return undefined;
  }
  return { type: BOOL, grant: undefined };
}

function combineSteps(steps: readonly Step[], ok: boolean): Answer {
  if (steps.at(-1)?.type.kind === 'false') return answer(FALSE, ok);
  const grants = new Set(steps.flatMap(({ grant }) => grant ?? []));
  const isCertain = steps.every(({ type }) => type.kind === 'true');
  if (isCertain) return answer(TRUE, ok);
  return grants.size === 0 && ok ? SOME_BOOL : answer(BOOL, ok, grants);
}
