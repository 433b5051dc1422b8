import type {
  Access,
  Arithmetic,
  Binary,
  Chain,
  Expr,
  Has,
  If,
  Is,
  Like,
  RecordLiteral,
  SetLiteral,
  Unary,
  Variable,
} from '../ast/expression.js';
import { compareCodePoints } from '../text/code-point-order.js';
import { createSet } from '../values/equality.js';
import { fieldOf, SoughtName } from '../values/field-list.js';
import { addLongs, multiplyLongs, negateLong, subtractLongs } from '../values/long.js';
import { matchesPattern } from '../values/pattern.js';
import type { Long, Value } from '../values/value.js';
import { binaryFunction } from './binary-functions.js';
import { compileExtensionCall } from './compile-extension-call.js';
import { constantSet } from './constant-set.js';
import type { Environment, Evaluate } from './environment.js';
import { EvaluationError } from './evaluation-error.js';
import { evaluateIn, isOfType, type LocateMember } from './hierarchy.js';
import { locateField, locateMember } from './locate-part.js';
import { asBool, asLong, asSet, asString, typeError } from './operands.js';

/** Makes the closure of a part of an expression. */
export type CompilePart = (expr: Expr) => Evaluate;

/**
 * Turns an expression into a closure, one function per kind of expression. Operands are evaluated left to right and
 * all of them before their kinds are looked at, except where Cedar short-circuits. `compile` makes the closures of the
 * parts: a tool that looks on gives a function that wraps this one.
 */
export function compileExpression(expr: Expr, compile: CompilePart = compileExpression): Evaluate {
  switch (expr.kind) {
    case 'boolean':
    case 'long':
    case 'string':
      return constant(expr.value);
    case 'entity':
      return constant(expr.uid);
    case 'variable':
      return compileVariable(expr);
    case 'unary':
      return compileUnary(expr, compile);
    case 'binary':
      return compileBinary(expr, compile);
    case 'chain':
      return compileChain(expr, compile);
    case 'arithmetic':
      return compileArithmetic(expr, compile);
    case 'if':
      return compileIf(expr, compile);
    case 'access':
      return compileAccess(expr, compile);
    case 'has':
      return compileHas(expr, compile);
    case 'like':
      return compileLike(expr, compile);
    case 'is':
      return compileIs(expr, compile);
    case 'set':
      return compileSet(expr, compile);
    case 'record':
      return compileRecord(expr, compile);
    case 'call':
      return compileExtensionCall(expr, compile);
  }
}

function constant(value: Value): Evaluate {
  return () => value;
}

function compileVariable(expr: Variable): Evaluate {
  switch (expr.name) {
    case 'principal':
      return (env) => env.principal;
    case 'action':
      return (env) => env.action;
    case 'resource':
      return (env) => env.resource;
    case 'context':
      return (env) => env.context;
  }
}

function compileUnary(expr: Unary, compile: CompilePart): Evaluate {
  const { operand } = expr;
  const evaluate = compile(operand);
  switch (expr.op) {
    case '!':
      return (env) => !asBool(evaluate(env), operand);
    case 'isEmpty':
      return (env) => asSet(evaluate(env), operand).elements.length === 0;
    case 'neg':
      return (env) => {
        const value = asLong(evaluate(env), operand);
        return negateLong(value) ?? overflow(expr, 'neg', [value]);
      };
  }
}

function compileBinary(expr: Binary, compile: CompilePart): Evaluate {
  const left = compile(expr.left);
  const right = compile(expr.right);
  if (expr.op === 'in') {
    const written = { left: expr.left, right: expr.right, whole: expr };
    return (env) => {
      const leftValue = left(env);
      return evaluateIn(leftValue, right(env), written, env, memberPlace);
    };
  }
  const apply = binaryFunction(expr.op);
  return (env) => {
    const leftValue = left(env);
    return apply(leftValue, right(env), expr, env);
  };
}

const memberPlace: LocateMember = (set, member, env) => locateMember(set, member, env, compileExpression);

/** `a && b && c` is false at the first false operand, `a || b || c` true at the first true one; the rest is not evaluated. */
function compileChain(expr: Chain, compile: CompilePart): Evaluate {
  const decisive = expr.op === '||';
  const [firstExpr, secondExpr, ...others] = expr.operands;
  const first = compile(firstExpr);
  const second = compile(secondExpr);
  if (others.length === 0) {
    return (env) => (asBool(first(env), firstExpr) === decisive ? decisive : asBool(second(env), secondExpr));
  }
  const operands = expr.operands.map((operand) => ({ operand, evaluate: compile(operand) }));
  return (env) => {
    for (const { operand, evaluate } of operands) {
      if (asBool(evaluate(env), operand) === decisive) return decisive;
    }
    return !decisive;
  };
}

function compileArithmetic(expr: Arithmetic, compile: CompilePart): Evaluate {
  const first = compile(expr.first);
  const steps = expr.steps.map(({ op, operand, span }) => ({
    op,
    operand,
    part: span === undefined ? expr : { ...expr, span },
    evaluate: compile(operand),
  }));
  return (env) => {
    let value = first(env);
    let valueExpr = expr.first;
    for (const { op, operand, part, evaluate } of steps) {
      const right = evaluate(env);
      value = applyArithmetic(op, asLong(value, valueExpr), asLong(right, operand), part);
      valueExpr = expr;
    }
    return value;
  };
}

function applyArithmetic(op: '+' | '-' | '*', left: Long, right: Long, expr: Arithmetic): Long {
  switch (op) {
    case '+':
      return addLongs(left, right) ?? overflow(expr, op, [left, right]);
    case '-':
      return subtractLongs(left, right) ?? overflow(expr, op, [left, right]);
    case '*':
      return multiplyLongs(left, right) ?? overflow(expr, op, [left, right]);
  }
}

function overflow(expr: Expr, op: '+' | '-' | '*' | 'neg', operands: readonly Long[]): never {
  throw new EvaluationError({ kind: 'IntegerOverflow', op, operands }, expr.span);
}

function compileIf(expr: If, compile: CompilePart): Evaluate {
  const test = compile(expr.test);
  const whenTrue = compile(expr.then);
  const whenFalse = compile(expr.else);
  return (env) => (asBool(test(env), expr.test) ? whenTrue(env) : whenFalse(env));
}

function compileAccess(expr: Access, compile: CompilePart): Evaluate {
  const { attribute } = expr;
  const sought = new SoughtName(attribute);
  const object = compile(expr.object);
  return (env) => {
    const value = object(env);
    if (typeof value === 'object') {
      if (value.kind === 'record') {
        const field = fieldOf(value.fields, sought);
        if (field !== undefined) return field;
        throw new EvaluationError({ kind: 'RecordAttrDoesNotExist', record: value, attribute }, expr.span);
      }
      if (value.kind === 'entity') {
        const entity = env.entities.find(value);
        if (entity === undefined)
          throw new EvaluationError({ kind: 'EntityDoesNotExist', uid: value }, expr.object.span);
        const found = fieldOf(entity.attributes, sought);
        if (found !== undefined) return found;
        throw new EvaluationError({ kind: 'EntityAttrDoesNotExist', entity, attribute, tag: false }, expr.span);
      }
    }
    throw typeError(['record', 'entity'], value, expr.object);
  };
}

/**
 * `e has a.b.c` is `e has a && e.a has b && e.a.b has c`: false at the first part that is absent, an error when a part
 * on the way is neither a record nor an entity.
 */
function compileHas(expr: Has, compile: CompilePart): Evaluate {
  const { path } = expr;
  const steps = path.map((attribute) => new SoughtName(attribute));
  const object = compile(expr.object);
  return (env) => {
    let value: Value | undefined = object(env);
    for (let i = 0; i < steps.length; i++) {
      const sought = steps[i];
      if (sought === undefined) continue;
      const place = (): Expr =>
        i === 0 ? expr.object : locateField(expr.object, path.slice(0, i), expr, env, compileExpression);
      value = attributeOf(value, sought, env, place);
      if (value === undefined) return false;
    }
    return true;
  };
}

function attributeOf(value: Value, attribute: SoughtName, env: Environment, place: () => Expr): Value | undefined {
  if (typeof value === 'object') {
    if (value.kind === 'record') return fieldOf(value.fields, attribute);
    if (value.kind === 'entity') {
      const entity = env.entities.find(value);
      return entity === undefined ? undefined : fieldOf(entity.attributes, attribute);
    }
  }
  throw typeError(['record', 'entity'], value, place());
}

function compileLike(expr: Like, compile: CompilePart): Evaluate {
  const operand = compile(expr.operand);
  return (env) => matchesPattern(asString(operand(env), expr.operand), expr.pattern);
}

/** `e is T in x` does not evaluate `x` when the type test fails. */
function compileIs(expr: Is, compile: CompilePart): Evaluate {
  const operand = compile(expr.operand);
  const { entityType, in: ancestorExpr } = expr;
  if (ancestorExpr === undefined) return (env) => isOfType(operand(env), entityType, expr.operand);
  const ancestor = compile(ancestorExpr);
  const written = { left: expr.operand, right: ancestorExpr, whole: expr };
  return (env) => {
    const value = operand(env);
    if (!isOfType(value, entityType, expr.operand)) return false;
    return evaluateIn(value, ancestor(env), written, env, memberPlace);
  };
}

/** All members are evaluated before the set exists. A set of constants is made once. */
function compileSet(expr: SetLiteral, compile: CompilePart): Evaluate {
  const known = constantSet(expr);
  if (known !== undefined) return constant(known);
  const elements = expr.elements.map((element) => compile(element));
  return (env) => createSet(elements.map((evaluate) => evaluate(env)));
}

/** Fields are evaluated in the order of their keys, as the official engine does: it shows in which error comes first. */
function compileRecord(expr: RecordLiteral, compile: CompilePart): Evaluate {
  const entries = expr.entries
    .toSorted((a, b) => compareCodePoints(a.key, b.key))
    .map(({ key, value }) => ({ key, evaluate: compile(value) }));
  return (env) => {
    const fields = new Map<string, Value>();
    for (const { key, evaluate } of entries) fields.set(key, evaluate(env));
    return { kind: 'record', fields };
  };
}
