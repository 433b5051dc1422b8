import type { Expr, ExtensionCall } from '../ast/expression.js';
import { UNKNOWN } from '../ast/operators.js';
import type { ExtensionFunction } from '../extensions/extension-function.js';
import { EXTENSION_FUNCTIONS } from '../extensions/extension-functions.js';
import { type CedarType, STRING } from '../types/cedar-type.js';
import { expectType } from './expect-type.js';
import { type ExpressionType, NEVER, typeOfKind } from './expression-type.js';
import { computedArgument, refusedArgument, undefinedFunction, wrongNumberOfArguments } from './type-problems.js';
import { type Answer, answer, FAILED, type Typing } from './typing.js';

interface Signature {
  readonly parameters: readonly CedarType[];
  readonly returns: ExpressionType;
  /** Undefined for the placeholder of partial evaluation. */
  readonly row: ExtensionFunction | undefined;
}

const SIGNATURES: ReadonlyMap<string, Signature> = new Map<string, Signature>([
  [UNKNOWN, { parameters: [STRING], returns: NEVER, row: undefined }],
  ...[...EXTENSION_FUNCTIONS.values()].map((row): [string, Signature] => [
    row.name,
    { parameters: row.parameters.map(typeOfKind), returns: typeOfKind(row.returns), row },
  ]),
]);

/** Extension functions. Constructors take nothing but a string literal, which is tried out. */
export function typeCall(expr: ExtensionCall, typing: Typing): Answer {
  const signature = SIGNATURES.get(expr.name);
  if (signature === undefined) {
    typing.report(() => undefinedFunction(expr));
    for (const arg of expr.args) typing.typeOf(arg, typing);
    return FAILED;
  }
  const { parameters, returns } = signature;
  if (checkCall(expr, signature, typing)) {
    let ok = true;
    for (const [index, parameter] of parameters.entries()) {
      const arg = expr.args[index];
      if (arg !== undefined && !expectType(arg, parameter, typing).ok) ok = false;
    }
    return answer(returns, ok);
  }
  for (const arg of expr.args) typing.typeOf(arg, typing);
  return answer(returns, false);
}

/** What is wrong with a call apart from the types of its arguments is reported; true when nothing is. */
function checkCall(expr: ExtensionCall, { parameters, row }: Signature, typing: Typing): boolean {
  let isRight = true;
  if (expr.args.length !== parameters.length) {
    typing.report(() => wrongNumberOfArguments(expr, parameters.length, row?.style === 'method'));
    isRight = false;
  }
  if (row?.style !== 'function') return isRight;
  const [only, second] = expr.args;
  if (only?.kind === 'string' && second === undefined) {
    const made = row.apply([only.value]);
    if (typeof made === 'object' && made.kind === 'failure') {
      typing.report(() => refusedArgument(expr, only.value, made));
      isRight = false;
    }
  }
  if (typing.mode === 'strict' && !expr.args.every(isLiteral)) {
    typing.report(() => computedArgument(expr));
    isRight = false;
  }
  return isRight;
}

function isLiteral({ kind }: Expr): boolean {
  return kind === 'boolean' || kind === 'long' || kind === 'string' || kind === 'entity';
}
