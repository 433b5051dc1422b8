import type { Expr } from '../ast/expression.js';
import type { Source, Span } from '../text/source.js';

/**
 * Where a problem with an expression stands, as the official engine says it: of a negative integer literal only the
 * digits.
 */
export function placeOf(expr: Expr, source: Source | undefined): Span | undefined {
  const { span } = expr;
  if (span === undefined || source === undefined || expr.kind !== 'long' || expr.value >= 0) return span;
  let start = span.end;
  while (start > span.start && isDigit(source.text.charCodeAt(start - 1))) start--;
  return { start, end: span.end };
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

const BETWEEN_WORDS = /(?:\p{White_Space}|\/\/[^\r\n]*)*/uy;
const NAME_PART = /[A-Za-z_][A-Za-z0-9_]*/y;

/** Where the type of an entity literal stands, whose text begins at that offset. */
export function typeNamePlace({ text }: Source, start: number): Span {
  let at = start;
  for (let end = start; ; ) {
    const part = matchEnd(NAME_PART, text, at);
    if (part === undefined) return { start, end };
    end = part;
    const colons = matchEnd(BETWEEN_WORDS, text, end) ?? end;
    if (!text.startsWith('::', colons)) return { start, end };
    at = matchEnd(BETWEEN_WORDS, text, colons + 2) ?? colons + 2;
  }
}

/** Where the type of `operand is Type` stands, when the operand ends at that offset. */
export function testedTypePlace(source: Source, operandEnd: number): Span {
  const { text } = source;
  // What can stand between the operand and the keyword are parentheses around the operand, spaces and comments.
  let at = matchEnd(BETWEEN_WORDS, text, operandEnd) ?? operandEnd;
  while (text.startsWith(')', at)) at = matchEnd(BETWEEN_WORDS, text, at + 1) ?? at + 1;
  return typeNamePlace(source, matchEnd(BETWEEN_WORDS, text, at + 'is'.length) ?? at);
}

function matchEnd(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}
