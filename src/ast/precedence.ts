import { EXTENSION_FUNCTIONS } from '../extensions/extension-functions.js';
import type { Expr } from './expression.js';
import { isBuiltinMethod } from './operators.js';

/** How tightly an expression holds together in text, from `if` (0) to what needs no parentheses anywhere (7). */
export type Precedence = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7;

export const ANYTHING = 0;
export const PRIMARY = 7;
const OR = 1;
const AND = 2;
const RELATION = 3;
const SUM = 4;
const PRODUCT = 5;
const UNARY = 6;

export function precedenceOf(expr: Expr): Precedence {
  switch (expr.kind) {
    case 'if':
      return ANYTHING;
    case 'chain':
      return expr.op === '||' ? OR : AND;
    case 'binary':
      return isBuiltinMethod(expr.op) ? PRIMARY : RELATION;
    case 'has':
    case 'like':
    case 'is':
      return RELATION;
    case 'arithmetic':
      return expr.steps[0]?.op === '*' ? PRODUCT : SUM;
    case 'unary':
      return expr.op === 'isEmpty' ? PRIMARY : UNARY;
    case 'long':
      return expr.value < 0 ? UNARY : PRIMARY;
    default:
      return PRIMARY;
  }
}

/** The least precedence that the child with that index (as `childrenOf` counts) can have without parentheses. */
export function requiredPrecedence(parent: Expr, index: number): Precedence {
  switch (parent.kind) {
    case 'unary':
    case 'access':
      return PRIMARY;
    case 'binary':
      if (!isBuiltinMethod(parent.op)) return SUM;
      return index === 0 ? PRIMARY : ANYTHING;
    case 'chain':
      if (parent.op === '||') return index === 0 ? OR : AND;
      return index === 0 ? AND : RELATION;
    case 'arithmetic':
      if (parent.steps[0]?.op === '*') return index === 0 ? PRODUCT : UNARY;
      return index === 0 ? SUM : PRODUCT;
    case 'has':
    case 'like':
    case 'is':
      return SUM;
    case 'call':
      return index === 0 && isMethodCall(parent.name, parent.args.length) ? PRIMARY : ANYTHING;
    default:
      return ANYTHING;
  }
}

/** Whether a child has to stand in parentheses for the text to mean the same. */
export function needsParentheses(parent: Expr, index: number, child: Expr): boolean {
  if (precedenceOf(child) < requiredPrecedence(parent, index)) return true;
  // `-1` would be a literal, not the negation of one.
  return parent.kind === 'unary' && parent.op === 'neg' && child.kind === 'long';
}

/** Whether a call of an extension function is written with its first argument in front of a dot. */
export function isMethodCall(name: string, argumentCount: number): boolean {
  return argumentCount > 0 && EXTENSION_FUNCTIONS.get(name)?.style === 'method';
}

/** Levels that an expression puts between itself and its children, parentheses apart. */
export function ownLevels(expr: Expr): 0 | 1 {
  switch (expr.kind) {
    case 'unary':
    case 'if':
    case 'access':
    case 'set':
    case 'record':
    case 'call':
      return 1;
    case 'binary':
      return isBuiltinMethod(expr.op) ? 1 : 0;
    default:
      return 0;
  }
}
