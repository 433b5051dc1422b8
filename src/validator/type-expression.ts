import type { Expr, If, RecordLiteral, SetLiteral, Variable } from '../ast/expression.js';
import { isActionType } from '../ast/names.js';
import { findAction, type Schema } from '../schema/schema.js';
import { entityType, LONG, STRING } from '../types/cedar-type.js';
import type { EntityUid } from '../values/value.js';
import { intersect, unite } from './capabilities.js';
import { expectType } from './expect-type.js';
import { type ExpressionAttribute, type ExpressionType, FALSE, TRUE } from './expression-type.js';
import { typeAccess, typeHas } from './type-access.js';
import { boundOfAll } from './type-bounds.js';
import { typeCall } from './type-call.js';
import { typeComparison, typeEquality, typeSetMethod } from './type-comparison.js';
import { typeIn, typeIs } from './type-hierarchy.js';
import { negation, typeAnd, typeOr } from './type-logic.js';
import { emptySet, incompatibleTypes } from './type-problems.js';
import { typeGetTag, typeHasTag } from './type-tags.js';
import { type Answer, answer, FAILED, FAILED_BOOL, SOME_BOOL, type Typing } from './typing.js';

/**
 * Types an expression in a request environment, as the official validator does: operands that can never be evaluated
 * are not typed, and an expression with a wrong operand is typed as far as possible, so that all mistakes are found.
 */
export function typeExpression(expr: Expr, typing: Typing): Answer {
  const found = typeByKind(expr, typing);
  if (typing.types !== undefined && found.type !== undefined) typing.types.set(expr, found.type);
  return found;
}

const LONG_ANSWER = answer(LONG, true);
const STRING_ANSWER = answer(STRING, true);
const BOOLEAN_ANSWERS = { true: answer(TRUE, true), false: answer(FALSE, true) } as const;

function typeByKind(expr: Expr, typing: Typing): Answer {
  switch (expr.kind) {
    case 'boolean':
      return BOOLEAN_ANSWERS[`${expr.value}`];
    case 'long':
      return LONG_ANSWER;
    case 'string':
      return STRING_ANSWER;
    case 'entity':
      return isDeclared(expr.uid, typing.schema) ? answer(entityType(expr.uid.type), true) : FAILED;
    case 'variable':
      return answer(typeOfVariable(expr, typing), true);
    case 'unary':
      return typeUnary(expr, typing);
    case 'binary':
      return typeBinary(expr, typing);
    case 'chain':
      return expr.op === '&&' ? typeAnd(expr.operands, typing) : typeOr(expr.operands, typing);
    case 'arithmetic':
      return typeArithmetic(expr, typing);
    case 'if':
      return typeIf(expr, typing);
    case 'access':
      return typeAccess(expr, typing);
    case 'has':
      return typeHas(expr, typing);
    case 'like': {
      const operand = expectType(expr.operand, 'String', typing, (actual) =>
        actual.kind === 'entity' || actual.kind === 'entities'
          ? 'to test for the type of an entity, write `is`'
          : undefined,
      );
      return operand.ok ? SOME_BOOL : FAILED_BOOL;
    }
    case 'is':
      return typeIs(expr, typing);
    case 'set':
      return typeSet(expr, typing);
    case 'record':
      return typeRecord(expr, typing);
    case 'call':
      return typeCall(expr, typing);
  }
}

/** Undeclared entities have no type, and who looks through the literals of the policy reports them. */
function isDeclared(uid: EntityUid, schema: Schema): boolean {
  return isActionType(uid.type) ? findAction(schema, uid) !== undefined : schema.entityTypes.has(uid.type);
}

function typeOfVariable({ name }: Variable, typing: Typing): ExpressionType {
  return name === 'context' ? typing.environment.context : typing[name];
}

function typeUnary(expr: Expr & { readonly kind: 'unary' }, typing: Typing): Answer {
  switch (expr.op) {
    case '!':
      return negation(expectType(expr.operand, 'Bool', typing));
    case 'neg':
      return answer(LONG, expectType(expr.operand, 'Long', typing).ok);
    case 'isEmpty': {
      const operand = expectType(expr.operand, 'set', typing, (actual) =>
        actual.kind === 'string' ? 'to test whether a string is empty, write `== ""`' : undefined,
      );
      return operand.ok ? SOME_BOOL : FAILED_BOOL;
    }
  }
}

function typeBinary(expr: Expr & { readonly kind: 'binary' }, typing: Typing): Answer {
  switch (expr.op) {
    case '==':
      return typeEquality(expr, typing);
    case '!=':
      return negation(typeEquality(expr, typing));
    case '<':
    case '<=':
    case '>':
    case '>=':
      return typeComparison(expr, typing);
    case 'in':
      return typeIn(expr, typing);
    case 'contains':
    case 'containsAll':
    case 'containsAny':
      return typeSetMethod(expr, expr.op, typing);
    case 'hasTag':
      return typeHasTag(expr, typing);
    case 'getTag':
      return typeGetTag(expr, typing);
  }
}

function typeArithmetic(expr: Expr & { readonly kind: 'arithmetic' }, typing: Typing): Answer {
  const [firstStep] = expr.steps;
  let { ok } = expectLong(expr.first, firstStep?.op ?? '+', typing);
  for (const { op, operand } of expr.steps) if (!expectLong(operand, op, typing).ok) ok = false;
  return answer(LONG, ok);
}

function expectLong(expr: Expr, op: string, typing: Typing): Answer {
  return expectType(expr, 'Long', typing, (actual) => {
    if (op === '+' && actual.kind === 'string') return 'Cedar cannot join strings';
    return actual.kind === 'set' ? 'Cedar cannot join, intersect or subtract sets' : undefined;
  });
}

function typeIf(expr: If, typing: Typing): Answer {
  const { known } = typing;
  const test = expectType(expr.test, 'Bool', typing);
  if (test.type?.kind === 'false') {
    const only = typing.typeOf(expr.else, typing);
    return answer(only.type, test.ok && only.ok, only.grants);
  }
  known.enter(test.grants);
  const then = typing.typeOf(expr.then, typing);
  known.leave(test.grants);
  const whenTrue = then.ok ? unite(then.grants, test.grants) : undefined;
  if (test.type?.kind === 'true') return answer(then.type, test.ok && then.ok, whenTrue);
  const otherwise = typing.typeOf(expr.else, typing);
  const ok = test.ok && then.ok && otherwise.ok;
  if (then.type === undefined || otherwise.type === undefined) return FAILED;
  const types = [then.type, otherwise.type];
  const bound = boundOfAll(types, typing.mode);
  if (bound.kind !== 'no-bound') return answer(bound, ok, intersect(otherwise.grants, whenTrue));
  typing.report(() => incompatibleTypes('if', expr, types, bound, [expr.then, expr.else], typing));
  return FAILED;
}

function typeSet(expr: SetLiteral, typing: Typing): Answer {
  let ok = true;
  const types: ExpressionType[] = [];
  const { elements } = expr;
  // By number: in code that runs for the first time each step of an iterator makes an object.
  for (let i = 0; i < elements.length; i++) {
    const element = elements[i];
    if (element === undefined) break;
    // Most elements of long sets.
    if (element.kind === 'string' && typing.types === undefined) {
      types.push(STRING);
      continue;
    }
    const found = typing.typeOf(element, typing);
    if (!found.ok) ok = false;
    if (found.type !== undefined) types.push(found.type);
  }
  if (types.length < expr.elements.length) return FAILED;
  const bound = boundOfAll(types, typing.mode);
  if (bound.kind === 'no-bound') {
    typing.report(() => incompatibleTypes('set', expr, types, bound, expr.elements, typing));
    return FAILED;
  }
  if (types.length > 0 || typing.mode === 'permissive') return answer({ kind: 'set', element: bound }, ok);
  typing.report(() => emptySet(expr.span));
  return FAILED;
}

function typeRecord(expr: RecordLiteral, typing: Typing): Answer {
  let ok = true;
  const attributes = new Map<string, ExpressionAttribute>();
  for (const { key, value } of expr.entries) {
    const { type, ok: isRight } = typing.typeOf(value, typing);
    if (!isRight) ok = false;
    if (type !== undefined) attributes.set(key, { type, required: true });
  }
  if (attributes.size < expr.entries.length) return FAILED;
  return answer({ kind: 'record', attributes }, ok);
}
