import {
  And,
  Bang,
  Colon,
  Comma,
  Dot,
  DoubleColon,
  Equal,
  Greater,
  GreaterEqual,
  Has,
  If,
  In,
  Is,
  LeftBrace,
  LeftBracket,
  LeftParen,
  Less,
  LessEqual,
  Like,
  Minus,
  NotEqual,
  Or,
  Plus,
  RightBrace,
  RightBracket,
  RightParen,
  Star,
} from '../parser/tokens.js';
import { group, type Layout, LINE, NOTHING, nest, SOFT_LINE, SPACE, sequence, sequenceOf } from './layout.js';
import type { TokenReader, TokenType } from './token-reader.js';

const CONNECTIVES: ReadonlySet<TokenType> = new Set([And, Or]);
const COMPARISONS: ReadonlySet<TokenType> = new Set([Equal, NotEqual, Less, LessEqual, Greater, GreaterEqual, In]);
const TESTS: ReadonlySet<TokenType> = new Set([Has, Like]);
const SIGNS: ReadonlySet<TokenType> = new Set([Plus, Minus]);
const PREFIXES: ReadonlySet<TokenType> = new Set([Bang, Minus]);
const ACCESSES: ReadonlySet<TokenType> = new Set([Dot, LeftParen, LeftBracket]);

/**
 * Layout of the expression that comes next. It is not a group: its lines belong to what is around it. A level of
 * nesting costs a handful of stack frames, the length of a chain or list none.
 */
export function expressionLayout(reader: TokenReader, indent: number): Layout {
  if (reader.isAt(If)) return ifLayout(reader, indent);
  const parts = [relationLayout(reader, indent)];
  while (reader.isAtAny(CONNECTIVES)) parts.push(SPACE, reader.token(LINE), relationLayout(reader, indent));
  return sequenceOf(parts);
}

function ifLayout(reader: TokenReader, indent: number): Layout {
  const branch = (): Layout => sequence(reader.token(), nest(indent, sequence(LINE, expressionLayout(reader, indent))));
  return group(sequence(branch(), LINE, branch(), LINE, branch()));
}

function relationLayout(reader: TokenReader, indent: number): Layout {
  const left = sumLayout(reader, indent);
  if (reader.isAtAny(COMPARISONS)) {
    return sequence(left, SPACE, reader.token(), SPACE, sumLayout(reader, indent));
  }
  if (reader.isAtAny(TESTS)) {
    return group(sequence(left, LINE, reader.token(), LINE, nest(indent, sumLayout(reader, indent))));
  }
  if (!reader.isAt(Is)) return left;
  const is = sequence(left, SPACE, reader.token(), SPACE, nest(indent, sumLayout(reader, indent)));
  if (!reader.isAt(In)) return group(is);
  return group(sequence(is, LINE, reader.token(), SPACE, nest(indent, sumLayout(reader, indent))));
}

/** Sums and products: what stands between comparisons. */
export function sumLayout(reader: TokenReader, indent: number): Layout {
  const terms: Layout[] = [];
  for (;;) {
    const factors = [operandLayout(reader, indent)];
    while (reader.isAt(Star)) factors.push(SPACE, reader.token(), LINE, operandLayout(reader, indent));
    terms.push(group(sequenceOf(factors)));
    if (!reader.isAtAny(SIGNS)) return group(sequenceOf(terms));
    terms.push(SPACE, reader.token(), LINE);
  }
}

/** Unary operators, a value, and the accesses to it. */
function operandLayout(reader: TokenReader, indent: number): Layout {
  const operators: Layout[] = [];
  while (reader.isAtAny(PREFIXES)) operators.push(reader.token());
  const value = valueLayout(reader, indent);
  const accesses: Layout[] = [];
  while (reader.isAtAny(ACCESSES)) {
    if (accesses.length > 0) accesses.push(SOFT_LINE);
    accesses.push(accessLayout(reader, indent));
  }
  operators.push(group(sequence(value, nest(indent, sequenceOf(accesses)))));
  return sequenceOf(operators);
}

function accessLayout(reader: TokenReader, indent: number): Layout {
  if (reader.isAt(Dot)) return sequence(reader.token(), reader.token());
  if (reader.isAt(LeftParen)) {
    const open = reader.token();
    const inside = elements(reader, indent, RightParen);
    if (inside.kind === 'nothing') return sequence(open, reader.token());
    return sequence(open, nest(indent, sequence(SOFT_LINE, inside)), SOFT_LINE, reader.closing());
  }
  return sequence(reader.token(), expressionLayout(reader, indent), reader.token());
}

function valueLayout(reader: TokenReader, indent: number): Layout {
  if (reader.isAt(LeftParen)) {
    return group(sequence(reader.token(), nest(1, expressionLayout(reader, indent)), reader.token()));
  }
  if (reader.isAt(LeftBracket)) {
    return sequence(reader.token(), nest(1, elements(reader, indent, RightBracket)), reader.closing());
  }
  if (reader.isAt(LeftBrace)) return recordLayout(reader, indent);
  const name = [reader.token()];
  while (reader.isAt(DoubleColon)) name.push(reader.token(), reader.token());
  return sequenceOf(name);
}

function recordLayout(reader: TokenReader, indent: number): Layout {
  const open = reader.token();
  const inside = elements(reader, indent, RightBrace);
  const filled = inside.kind === 'nothing' ? NOTHING : group(sequence(LINE, inside, LINE));
  return sequence(open, nest(indent, filled), reader.closing());
}

/** What stands between brackets, separated by commas; a comma before the closing bracket is left to the caller. */
function elements(reader: TokenReader, indent: number, close: TokenType): Layout {
  const parts: Layout[] = [];
  while (!reader.isAt(close)) {
    if (reader.isAt(Comma)) {
      if (reader.isAhead(1, close)) break;
      parts.push(reader.token(), LINE);
    }
    parts.push(expressionLayout(reader, indent));
    if (reader.isAt(Colon)) parts.push(reader.token(), SPACE, expressionLayout(reader, indent));
  }
  return sequenceOf(parts);
}
