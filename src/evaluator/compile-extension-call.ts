import type { Expr, ExtensionCall } from '../ast/expression.js';
import type { ExtensionFunction } from '../extensions/extension-function.js';
import { EXTENSION_FUNCTIONS } from '../extensions/extension-functions.js';
import { kindOf, type Value, type ValueKind } from '../values/value.js';
import type { Evaluate } from './environment.js';
import { EvaluationError } from './evaluation-error.js';
import { typeError } from './operands.js';

/**
 * A call of an extension function: all arguments are evaluated, then counted, then their kinds are checked. A
 * constructor of a literal has one answer for ever, which is made here once.
 */
export function compileExtensionCall(expr: ExtensionCall, compile: (expr: Expr) => Evaluate): Evaluate {
  const called = EXTENSION_FUNCTIONS.get(expr.name);
  const [only] = expr.args;
  if (called === undefined) return compileUnknownCall(expr, compile);
  if (called.style === 'function' && expr.args.length === 1 && only?.kind === 'string') {
    return compileLiteralConstructor(called, only.value, expr);
  }
  const args = expr.args.map((arg) => compile(arg));
  return (env) =>
    applyExtension(
      called,
      args.map((evaluate) => evaluate(env)),
      expr,
    );
}

/** A name that only policy JSON can hold; that it has no meaning is found after the arguments, as everywhere. */
function compileUnknownCall(expr: ExtensionCall, compile: (expr: Expr) => Evaluate): Evaluate {
  const args = expr.args.map((arg) => compile(arg));
  return (env) => {
    for (const evaluate of args) evaluate(env);
    throw new EvaluationError({ kind: 'FailedExtensionFunctionLookup', function: expr.name }, expr.span);
  };
}

function compileLiteralConstructor(called: ExtensionFunction, text: string, expr: ExtensionCall): Evaluate {
  const result = called.apply([text]);
  if (isFailure(result)) {
    return () => {
      throw extensionError(called, result.message, result.help, expr);
    };
  }
  return () => result;
}

function applyExtension(called: ExtensionFunction, args: readonly Value[], expr: ExtensionCall): Value {
  const { parameters } = called;
  if (args.length !== parameters.length) {
    throw new EvaluationError(
      { kind: 'WrongNumArguments', function: called.name, expected: parameters.length, actual: args.length },
      expr.span,
    );
  }
  for (const [index, kind] of parameters.entries()) {
    const arg = args[index];
    const argExpr = expr.args[index];
    if (arg === undefined || argExpr === undefined) continue;
    if (kindOf(arg) !== kind) throw typeError([kind], arg, argExpr, constructorHint(kind, arg));
  }
  const result = called.apply(args);
  if (isFailure(result)) throw extensionError(called, result.message, result.help, expr);
  return result;
}

function extensionError(
  called: ExtensionFunction,
  reason: string,
  help: string | undefined,
  expr: ExtensionCall,
): EvaluationError {
  const extension = called.name === 'ip' ? 'ipaddr' : called.name;
  return new EvaluationError({ kind: 'FailedExtensionFunctionExecution', extension, reason, help }, expr.span);
}

function isFailure(
  result: ReturnType<ExtensionFunction['apply']>,
): result is Extract<typeof result, { kind: 'failure' }> {
  return typeof result === 'object' && result.kind === 'failure';
}

function constructorHint(kind: ValueKind, arg: Value): string | undefined {
  if (typeof arg !== 'string' || kind === 'string') return undefined;
  return `maybe you forgot to apply the \`${kind === 'ipaddr' ? 'ip' : kind}\` constructor?`;
}
