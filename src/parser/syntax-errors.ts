import {
  EOF,
  type IParserErrorMessageProvider,
  type IRecognitionException,
  type IToken,
  type TokenType,
  tokenLabel,
} from 'chevrotain';
import type { Span } from '../text/source.js';
import { isMethod } from './calls.js';
import { checkName } from './names.js';
import { endOf, spanOf } from './places.js';
import type { Problems } from './problems.js';
import { endOfTokens } from './scan.js';
import {
  Colon,
  Comma,
  Dot,
  DoubleColon,
  describeToken,
  If,
  InfixOperator,
  KEYWORDS,
  LeftBrace,
  LeftBracket,
  LeftParen,
  RightBrace,
  RightBracket,
  RightParen,
  Semicolon,
  startsOperand,
  Word,
} from './tokens.js';

/** What the grammar asks for where no single token is expected; used as the message of the parsing library. */
export const EXPRESSION = 'an expression';

/** Makes the library's message what was expected, in the words of a reader; `reportSyntaxError` adds the rest. */
export const EXPECTATIONS: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected }) => tokenLabel(expected),
  buildNoViableAltMessage: ({ customUserDescription }) => customUserDescription ?? 'something else',
  buildEarlyExitMessage: ({ customUserDescription }) => customUserDescription ?? 'something else',
  buildNotAllInputParsedMessage: () => 'the end of the text',
};

/** A place where the grammar could not go on. */
interface Failure {
  readonly problems: Problems;
  readonly tokens: readonly IToken[];
  readonly expected: string;
  readonly found: IToken;
  /** Index of `found`; at the end of the text, of the place behind the last token. */
  readonly index: number;
  readonly previous: IToken | undefined;
  readonly span: Span;
  /** What could stand there just as well as what was expected. */
  readonly orElse: string;
}

const CLOSERS: ReadonlyMap<TokenType, TokenType> = new Map([
  [LeftParen, RightParen],
  [LeftBracket, RightBracket],
  [LeftBrace, RightBrace],
]);
/** So many tokens are looked at in search of an open bracket. */
const FARTHEST = 10_000;

const CONDITION_WORDS: ReadonlySet<string> = new Set(['when', 'unless']);
const HELPS: ReadonlyMap<string, string> = new Map([
  [tokenLabel(LeftParen), 'the scope stands in parentheses: `(principal, action, resource)`'],
  [tokenLabel(LeftBrace), 'a condition stands in braces: `when { .. }`'],
]);
const CLOSER_LABELS: ReadonlySet<string> = new Set([...CLOSERS.values()].map((type) => tokenLabel(type)));

/** Reports an error of the parsing library in terms of what the reader wrote. */
export function reportSyntaxError(problems: Problems, tokens: readonly IToken[], error: IRecognitionException): void {
  const { token: found, message: expected } = error;
  const atEnd = found.tokenType === EOF;
  const index = atEnd
    ? tokens.findLastIndex((token) => token.tokenType !== EOF) + 1
    : indexOf(tokens, found.startOffset);
  const span = atEnd ? { start: endOfTokens(tokens), end: endOfTokens(tokens) } : spanOf(found);
  const orElse = error.context.ruleStack.at(-1) === 'scope' ? '`,`' : 'an operator';
  const failure = { problems, tokens, expected, found, index, previous: tokens[index - 1], span, orElse };
  if (expected === tokenLabel(KEYWORDS.get('else') ?? EOF)) {
    problems.report('missing-else', span, `expected \`else\`, found ${describeToken(found)}`, {
      help: '`if` is an expression and needs both branches: `if a then b else c`',
    });
  } else if (expected === tokenLabel(KEYWORDS.get('then') ?? EOF)) {
    problems.report('missing-then', span, `expected \`then\`, found ${describeToken(found)}`, {
      help: 'a choice is written `if a then b else c`',
    });
  } else if (expected === EXPRESSION) reportMissingExpression(failure);
  else if (CLOSER_LABELS.has(expected)) reportMissingCloser(failure);
  else reportUnexpected(failure, expected, HELPS.get(expected));
}

function reportUnexpected({ problems, found, span }: Failure, expected: string, help?: string): void {
  problems.report('unexpected-token', span, `expected ${expected}, found ${describeToken(found)}`, {
    help,
    data: { expected, found: found.image },
  });
}

function reportMissingExpression(failure: Failure): void {
  const { problems, found, previous, span } = failure;
  const [opener] = openersBefore(failure);
  const isEnd = found.tokenType === EOF || found.tokenType === Semicolon;
  if (isEnd && opener !== undefined && opener === previous) {
    reportUnclosed(failure, opener, tokenLabel(CLOSERS.get(opener.tokenType) ?? EOF));
    return;
  }
  if (found.tokenType === DoubleColon && previous !== undefined && KEYWORDS.has(previous.image)) {
    checkName(problems, previous, 'name');
    return;
  }
  const after = previous?.tokenType.CATEGORIES?.includes(InfixOperator) === true ? ` after \`${previous.image}\`` : '';
  const reserved = KEYWORDS.has(found.image)
    ? `\`${found.image}\` is reserved; as an attribute it is written \`["${found.image}"]\``
    : undefined;
  problems.report('expected-expression', span, `expected an expression${after}, found ${describeToken(found)}`, {
    help: reserved,
    data: { found: found.image },
  });
}

function reportMissingCloser(failure: Failure): void {
  const { problems, tokens, index, found, previous, expected } = failure;
  const openers = openersBefore(failure);
  const [opener] = openers;
  const type = found.tokenType;
  const startsCondition = CONDITION_WORDS.has(found.image) && tokens[index + 1]?.tokenType === LeftBrace;
  const isCloser = [...CLOSERS.values()].includes(type);
  if (type === DoubleColon && previous !== undefined && KEYWORDS.has(previous.image)) {
    checkName(problems, previous, 'name');
  } else if (startsOperand(found) && !startsCondition) {
    if (isList(failure, opener)) reportMissingComma(failure);
    else reportUnexpected(failure, `${failure.orElse} or ${expected}`, operandHelp(failure));
  } else if (isCloser && openers.length === 1) {
    reportUnexpected(failure, `${failure.orElse} or ${expected}`, `this \`${found.image}\` closes nothing`);
  } else if (type === Comma && opener?.tokenType === LeftParen) {
    reportUnexpected(failure, expected, 'a set is written in brackets: `[a, b]`');
  } else if (type === Colon && opener?.tokenType === LeftBracket) {
    reportUnexpected(failure, `\`,\` or ${expected}`, 'a record is written in braces: `{a: 1}`');
  } else if (opener !== undefined && (type === EOF || type === Semicolon || isCloser || startsCondition)) {
    reportUnclosed(failure, opener, expected);
  } else reportUnexpected(failure, `${failure.orElse} or ${expected}`);
}

function reportUnclosed({ problems, found, span }: Failure, opener: IToken, expected: string): void {
  problems.report('unclosed-delimiter', span, `expected ${expected}, found ${describeToken(found)}`, {
    help: `close the \`${opener.image}\` with ${expected}`,
    data: { expected, found: found.image },
    related: { span: spanOf(opener), message: `this \`${opener.image}\` is open` },
  });
}

function reportMissingComma({ problems, found, previous, span }: Failure): void {
  const place = previous === undefined ? span : { start: endOf(previous), end: endOf(previous) };
  problems.report('missing-comma', place, `expected \`,\` before ${describeToken(found)}`, {
    help: 'elements are separated by commas',
    data: { found: found.image },
  });
}

/** Whether an opening token begins a list, so that a comma was probably forgotten. */
function isList({ tokens }: Failure, opener: IToken | undefined): boolean {
  if (opener === undefined) return false;
  const before = tokens[indexOf(tokens, opener.startOffset) - 1];
  switch (opener.tokenType) {
    case LeftBracket:
      return true;
    case LeftParen:
      return before?.tokenType === Word;
    default:
      return before?.tokenType !== Word;
  }
}

function operandHelp({ tokens, index, found, previous }: Failure): string | undefined {
  if (found.tokenType === LeftBrace) return 'a condition is closed with `}` before the next one begins';
  if (found.tokenType === If) return 'an `if` inside an expression needs parentheses';
  if (isMethod(found.image)) return `\`${found.image}\` is a method: write \`a.${found.image}(b)\``;
  if (previous === undefined || tokens[index - 2]?.tokenType !== Dot || !isMethod(previous.image)) return undefined;
  return `the argument of a method stands in parentheses: \`.${previous.image}(..)\``;
}

/** The last two brackets that are open before the failure, the closer first; brackets far away do not count. */
function openersBefore({ tokens, index }: Failure): readonly IToken[] {
  const openers: IToken[] = [];
  let depth = 0;
  for (let i = index - 1; i >= Math.max(0, index - FARTHEST) && openers.length < 2; i--) {
    const token = tokens[i];
    if (token === undefined || token.tokenType === Semicolon) break;
    if (CLOSERS.has(token.tokenType)) {
      if (depth === 0) openers.push(token);
      else depth--;
    } else if (token.tokenType === RightParen || token.tokenType === RightBracket || token.tokenType === RightBrace)
      depth++;
  }
  return openers;
}

function indexOf(tokens: readonly IToken[], offset: number): number {
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle]?.startOffset ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
