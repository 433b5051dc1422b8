import type { Pattern } from '../values/pattern.js';
import { escapeText, printEntityUid, quoteText } from '../values/print.js';
import type { Access, Arithmetic, Expr, ExtensionCall, Has, RecordLiteral } from './expression.js';
import { isIdentifier } from './names.js';
import { isBuiltinMethod } from './operators.js';
import {
  ANYTHING,
  isMethodCall,
  needsParentheses,
  ownLevels,
  PRIMARY,
  precedenceOf,
  requiredPrecedence,
} from './precedence.js';

/**
 * Where parentheses stand: as the official engine puts them when it turns policy JSON into text, around every operand
 * that is no variable, literal, set, record, member access or call; or only where the meaning needs them.
 */
export type Parentheses = 'official' | 'fewest';

/**
 * Prints an expression on one line. The result can be parsed again to the same expression, but for two forms that only
 * policy JSON can have, a method call without arguments and `has` with several parts of which one is no identifier.
 *
 * The official JSON reader gives up at 128 levels, so nobody knows its text for what nests deeper: that is always
 * printed with the fewest parentheses, so that it stays within what the parser accepts.
 */
export function printExpression(expr: Expr, parentheses: Parentheses = 'official'): string {
  return printWith(parentheses, expr) ?? printWith('fewest', expr) ?? '';
}

/** Levels of text that an expression can have which the official JSON reader accepts. */
const OFFICIAL_NESTING = 128;

/** Text, or an expression that is still to be printed. */
type Piece = string | { readonly expr: Expr; readonly level: number };

/** Undefined when the parentheses of the official engine would nest too deep. */
function printWith(parentheses: Parentheses, root: Expr): string | undefined {
  let text = '';
  const pending: Piece[] = [{ expr: root, level: 0 }];
  for (let piece = pending.pop(); piece !== undefined; piece = pending.pop()) {
    if (typeof piece === 'string') text += piece;
    else {
      if (parentheses === 'official' && piece.level > OFFICIAL_NESTING) return undefined;
      const pieces = piecesOf(parentheses, piece.expr, piece.level);
      for (let i = pieces.length - 1; i >= 0; i--) pending.push(pieces[i] ?? '');
    }
  }
  return text;
}

function piecesOf(parentheses: Parentheses, expr: Expr, level: number): readonly Piece[] {
  const child = (index: number, inner: Expr, extra = 0): readonly Piece[] => {
    const inside = level + ownLevels(expr) + extra;
    if (!isEnclosed(parentheses, expr, index, inner)) return [{ expr: inner, level: inside }];
    return ['(', { expr: inner, level: inside + 1 }, ')'];
  };
  switch (expr.kind) {
    case 'boolean':
      return [String(expr.value)];
    case 'long':
      return [expr.value < 0 && parentheses === 'official' ? `(${expr.value})` : String(expr.value)];
    case 'string':
      return [quoteText(expr.value)];
    case 'entity':
      return [printEntityUid(expr.uid)];
    case 'variable':
      return [expr.name];
    case 'unary':
      if (expr.op === 'isEmpty') return [...child(0, expr.operand), '.isEmpty()'];
      return [expr.op === '!' ? '!' : '-', ...child(0, expr.operand)];
    case 'binary':
      if (isBuiltinMethod(expr.op)) return [...child(0, expr.left), `.${expr.op}(`, ...child(1, expr.right), ')'];
      return [...child(0, expr.left), ` ${expr.op} `, ...child(1, expr.right)];
    case 'chain':
      return expr.operands.flatMap((operand, i) =>
        i === 0 ? child(i, operand) : [` ${expr.op} `, ...child(i, operand)],
      );
    case 'arithmetic':
      return arithmeticPieces(parentheses, expr, child);
    case 'if':
      return ['if ', ...child(0, expr.test), ' then ', ...child(1, expr.then), ' else ', ...child(2, expr.else)];
    case 'access':
      return [...child(0, expr.object), printMember(expr)];
    case 'has':
      return [...child(0, expr.object), ` has ${printPath(expr)}`];
    case 'like':
      return [...child(0, expr.operand), ` like ${printPattern(expr.pattern)}`];
    case 'is': {
      const test = [...child(0, expr.operand), ` is ${expr.entityType}`];
      return expr.in === undefined ? test : [...test, ' in ', ...child(1, expr.in)];
    }
    case 'set':
      return ['[', ...separated(expr.elements.map((element, i) => child(i, element))), ']'];
    case 'record':
      return recordPieces(expr, child);
    case 'call':
      return callPieces(expr, child);
  }
}

function isEnclosed(parentheses: Parentheses, parent: Expr, index: number, child: Expr): boolean {
  if (parentheses === 'fewest') return needsParentheses(parent, index, child);
  if (parent.kind === 'unary' && parent.op === 'neg') return true;
  // A negative literal brings its own parentheses.
  return requiredPrecedence(parent, index) !== ANYTHING && precedenceOf(child) !== PRIMARY && child.kind !== 'long';
}

type ChildPieces = (index: number, inner: Expr, extra?: number) => readonly Piece[];

/** The official engine puts what stands left of `+` or `-` in parentheses when it ends in the other of the two. */
function arithmeticPieces(parentheses: Parentheses, expr: Arithmetic, child: ChildPieces): readonly Piece[] {
  const closes = expr.steps.map((step, i) => {
    const before = expr.steps[i - 1];
    return parentheses === 'official' && before !== undefined && before.op !== step.op;
  });
  let open = closes.filter(Boolean).length;
  const pieces: Piece[] = ['('.repeat(open), ...child(0, expr.first, open)];
  for (const [i, step] of expr.steps.entries()) {
    if (closes[i] === true) {
      pieces.push(')');
      open--;
    }
    pieces.push(` ${step.op} `, ...child(i + 1, step.operand, open));
  }
  return pieces;
}

function recordPieces(expr: RecordLiteral, child: ChildPieces): readonly Piece[] {
  const entries = expr.entries.map(({ key, value }, i): readonly Piece[] => {
    const bare = expr.constant !== true && isIdentifier(key);
    return [`${bare ? key : quoteText(key)}: `, ...child(i, value)];
  });
  return ['{', ...separated(entries), '}'];
}

function callPieces(expr: ExtensionCall, child: ChildPieces): readonly Piece[] {
  const args = expr.args.map((arg, i) => child(i, arg));
  if (!isMethodCall(expr.name, args.length)) return [`${expr.name}(`, ...separated(args), ')'];
  const [receiver = [], ...rest] = args;
  return [...receiver, `.${expr.name}(`, ...separated(rest), ')'];
}

function separated(lists: readonly (readonly Piece[])[]): readonly Piece[] {
  return lists.flatMap((list, i) => (i === 0 ? list : [', ', ...list]));
}

function printMember(expr: Access): string {
  return isIdentifier(expr.attribute) ? `.${expr.attribute}` : `[${quoteText(expr.attribute)}]`;
}

function printPath(expr: Has): string {
  return expr.path.map((part) => (isIdentifier(part) ? part : quoteText(part))).join('.');
}

/** A pattern as it stands in text, quotes included: `*` for a wildcard, `\*` for a star. */
export function printPattern(pattern: Pattern): string {
  // Each character is escaped as if it stood at the start, where a combining mark would otherwise join what is before.
  const pieces = pattern.map((piece) =>
    Array.from(piece, (character) => (character === '*' ? '\\*' : escapeText(character))).join(''),
  );
  return `"${pieces.join('*')}"`;
}
