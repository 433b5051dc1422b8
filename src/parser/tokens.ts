import { createToken, EOF, type IToken, Lexer, type TokenType } from 'chevrotain';

/** Token type of a pattern that `scan` recognises; the label is how people see it in messages. */
function tokenType(name: string, label: string, ...categories: TokenType[]): TokenType {
  return createToken({ name, label, pattern: Lexer.NA, categories });
}

/** Every word, reserved or not: what may stand after `@` and, with a complaint, where a name is needed. */
export const AnyWord = tokenType('AnyWord', 'a word');
/** Operators between two operands that make an expression of them. */
export const InfixOperator = tokenType('InfixOperator', 'an operator');

/** Operators before an operand. */
export const UnaryOperator = tokenType('UnaryOperator', '`!` or `-`');

export const Word = tokenType('Word', 'a word', AnyWord);
export const Integer = tokenType('Integer', 'a number');
export const Text = tokenType('Text', 'a string');
export const Slot = tokenType('Slot', 'a slot');
/** Characters that start no token; the scanner has complained about them. */
export const Unreadable = tokenType('Unreadable', 'an unreadable character');

export const True = tokenType('True', '`true`', AnyWord);
export const False = tokenType('False', '`false`', AnyWord);
export const If = tokenType('If', '`if`', AnyWord);
export const Then = tokenType('Then', '`then`', AnyWord);
export const Else = tokenType('Else', '`else`', AnyWord);
export const In = tokenType('In', '`in`', AnyWord, InfixOperator);
export const Is = tokenType('Is', '`is`', AnyWord);
export const Like = tokenType('Like', '`like`', AnyWord);
export const Has = tokenType('Has', '`has`', AnyWord);

export const At = tokenType('At', '`@`');
export const Dot = tokenType('Dot', '`.`');
export const Comma = tokenType('Comma', '`,`');
export const Semicolon = tokenType('Semicolon', '`;`');
export const Colon = tokenType('Colon', '`:`');
export const DoubleColon = tokenType('DoubleColon', '`::`');
export const LeftParen = tokenType('LeftParen', '`(`');
export const RightParen = tokenType('RightParen', '`)`');
export const LeftBrace = tokenType('LeftBrace', '`{`');
export const RightBrace = tokenType('RightBrace', '`}`');
export const LeftBracket = tokenType('LeftBracket', '`[`');
export const RightBracket = tokenType('RightBracket', '`]`');
export const Bang = tokenType('Bang', '`!`', UnaryOperator);
export const Minus = tokenType('Minus', '`-`', InfixOperator, UnaryOperator);
export const Plus = tokenType('Plus', '`+`', InfixOperator);
export const Star = tokenType('Star', '`*`', InfixOperator);
export const Slash = tokenType('Slash', '`/`', InfixOperator);
export const Percent = tokenType('Percent', '`%`', InfixOperator);
export const Assign = tokenType('Assign', '`=`', InfixOperator);
export const Equal = tokenType('Equal', '`==`', InfixOperator);
export const NotEqual = tokenType('NotEqual', '`!=`', InfixOperator);
export const Less = tokenType('Less', '`<`', InfixOperator);
export const LessEqual = tokenType('LessEqual', '`<=`', InfixOperator);
export const Greater = tokenType('Greater', '`>`', InfixOperator);
export const GreaterEqual = tokenType('GreaterEqual', '`>=`', InfixOperator);
export const And = tokenType('And', '`&&`', InfixOperator);
export const Or = tokenType('Or', '`||`', InfixOperator);

/** Words with a token type of their own: exactly the reserved words of the language. */
export const KEYWORDS: ReadonlyMap<string, TokenType> = new Map([
  ['true', True],
  ['false', False],
  ['if', If],
  ['then', Then],
  ['else', Else],
  ['in', In],
  ['is', Is],
  ['like', Like],
  ['has', Has],
]);

/** Longest match wins: `::` before `:`. */
export const PUNCTUATION: ReadonlyMap<string, TokenType> = new Map([
  ['@', At],
  ['.', Dot],
  [',', Comma],
  [';', Semicolon],
  [':', Colon],
  ['::', DoubleColon],
  ['(', LeftParen],
  [')', RightParen],
  ['{', LeftBrace],
  ['}', RightBrace],
  ['[', LeftBracket],
  [']', RightBracket],
  ['!', Bang],
  ['-', Minus],
  ['+', Plus],
  ['*', Star],
  ['/', Slash],
  ['%', Percent],
  ['=', Assign],
  ['==', Equal],
  ['!=', NotEqual],
  ['<', Less],
  ['<=', LessEqual],
  ['>', Greater],
  ['>=', GreaterEqual],
  ['&&', And],
  ['||', Or],
]);

/** Everything the grammar may name. */
export const TOKEN_TYPES: readonly TokenType[] = [
  AnyWord,
  InfixOperator,
  UnaryOperator,
  Word,
  Integer,
  Text,
  Slot,
  Unreadable,
  ...KEYWORDS.values(),
  ...PUNCTUATION.values(),
];

/** What may follow `?` to make a slot; any other word after `?` is refused with its own message. */
export const SLOT_NAMES: readonly string[] = ['?principal', '?resource'];

/** Code points with the property White_Space, apart from those below U+0080. */
export const UNICODE_SPACE = /[\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

/** A token in the words of a message: its text in backquotes, or `the end of the text`. */
export function describeToken(token: IToken): string {
  if (token.tokenType === EOF) return 'the end of the text';
  const line = token.image.split(/[\r\n]/, 1)[0] ?? '';
  const shown = line.length > 40 || line.length < token.image.length ? `${line.slice(0, 40)}...` : line;
  return token.tokenType === Text ? `the string ${shown}` : `\`${shown}\``;
}

/** Whether a token goes on with the value before it: `.a`, `(..)` or `[..]`. */
export function isPostfix(token: IToken): boolean {
  const type = token.tokenType;
  return type === Dot || type === LeftParen || type === LeftBracket;
}

export function isAnyWord(token: IToken): boolean {
  return token.tokenType === Word || KEYWORDS.has(token.image);
}

const OPERAND_STARTS: ReadonlySet<TokenType> = new Set([
  Word,
  Integer,
  Text,
  Slot,
  True,
  False,
  If,
  Bang,
  LeftBracket,
  LeftBrace,
]);

/** Whether a token begins an operand and cannot go on with one. */
export function startsOperand(token: IToken): boolean {
  return OPERAND_STARTS.has(token.tokenType);
}
