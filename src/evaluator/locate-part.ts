import type { Expr } from '../ast/expression.js';
import { valuesEqual } from '../values/equality.js';
import type { Value } from '../values/value.js';
import type { Environment, Evaluate } from './environment.js';

// Where a part of a value was written, for the place of an error. Expressions have no effects, so what is needed is
// evaluated again; it was evaluated without an error once.

/** The literal that an expression's value comes from, through `if` and accesses to record literals; else the expression. */
function originOf(expr: Expr, environment: Environment, compile: (expr: Expr) => Evaluate): Expr {
  if (expr.kind === 'if') {
    const branch = compile(expr.test)(environment) === true ? expr.then : expr.else;
    const origin = originOf(branch, environment, compile);
    return isCollection(origin) ? origin : expr;
  }
  if (expr.kind === 'access') {
    const object = originOf(expr.object, environment, compile);
    const entry = object.kind === 'record' ? object.entries.find(({ key }) => key === expr.attribute) : undefined;
    const origin = entry === undefined ? expr : originOf(entry.value, environment, compile);
    return isCollection(origin) ? origin : expr;
  }
  return expr;
}

function isCollection(expr: Expr): boolean {
  return expr.kind === 'set' || expr.kind === 'record';
}

/** The element of a set literal that has the value of a member; undefined when no literal made the set. */
export function locateMember(
  set: Expr,
  member: Value,
  environment: Environment,
  compile: (expr: Expr) => Evaluate,
): Expr | undefined {
  const origin = originOf(set, environment, compile);
  if (origin.kind !== 'set') return undefined;
  // Of equal elements the official engine keeps the last.
  return origin.elements.findLast((element) => valuesEqual(compile(element)(environment), member));
}

/** The field of nested record literals at a path; `otherwise` when something else made the record. */
export function locateField(
  object: Expr,
  path: readonly string[],
  otherwise: Expr,
  environment: Environment,
  compile: (expr: Expr) => Evaluate,
): Expr {
  let origin = originOf(object, environment, compile);
  for (const key of path) {
    const entry = origin.kind === 'record' ? origin.entries.find((e) => e.key === key) : undefined;
    if (entry === undefined) return otherwise;
    origin = originOf(entry.value, environment, compile);
  }
  return origin;
}
