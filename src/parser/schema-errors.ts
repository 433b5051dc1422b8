import { EOF, type IRecognitionException, type IToken, tokenLabel } from 'chevrotain';
import { RESERVED_WORDS } from '../ast/operators.js';
import { didYouMean } from '../diagnostics/did-you-mean.js';
import type { Span } from '../text/source.js';
import { endOf, spanOf } from './places.js';
import type { Problems } from './problems.js';
import { endOfTokens } from './scan.js';
import { isDeclarationWord, isName } from './schema-tokens.js';
import {
  DoubleColon,
  describeToken,
  LeftBrace,
  LeftBracket,
  Less,
  RightBrace,
  RightBracket,
  Semicolon,
  Text,
} from './tokens.js';

/** What the grammar asks for where a type must stand. */
export const TYPE = 'a type';
/** What the grammar asks for where a plain name must stand. */
export const NAME = 'a name';
/** What the grammar asks for where a name or a string must stand. */
export const ACTION_NAME = 'a name of an action';
/** What the grammar asks for where a declaration must stand. */
export const DECLARATION = 'a declaration';

const DECLARATION_WORDS: readonly string[] = ['entity', 'action', 'type', 'namespace'];

/** Reports an error of the parsing library in terms of what the reader wrote. `opener` is the innermost open bracket. */
export function reportSchemaError(
  problems: Problems,
  tokens: readonly IToken[],
  error: IRecognitionException,
  opener: IToken | undefined,
): void {
  const { token: found, message: expected } = error;
  const end = endOfTokens(tokens);
  const span = found.tokenType === EOF ? { start: end, end } : spanOf(found);
  if (expected === TYPE) refuseMissingType(problems, found, span);
  else if (expected === DECLARATION) refuseNonDeclaration(problems, found, span);
  else if (opener !== undefined && isUnclosed(found, expected)) refuseUnclosed(problems, opener, found, span, expected);
  else refuseToken(problems, found, span, expected, helpFor(found, expected));
}

export function refuseToken(problems: Problems, found: IToken, span: Span, expected: string, help?: string): void {
  problems.report('unexpected-token', span, `expected ${expected}, found ${describeToken(found)}`, {
    help,
    data: { expected, found: found.image },
  });
}

function isUnclosed(found: IToken, expected: string): boolean {
  const closes = expected === tokenLabel(RightBrace) || expected === tokenLabel(RightBracket);
  return closes && (found.tokenType === EOF || found.tokenType === Semicolon || isDeclarationWord(found));
}

export function refuseUnclosed(problems: Problems, opener: IToken, found: IToken, span: Span, expected: string): void {
  problems.report('unclosed-delimiter', span, `expected ${expected}, found ${describeToken(found)}`, {
    help: `close the \`${opener.image}\` with ${expected}`,
    data: { expected, found: found.image },
    related: { span: spanOf(opener), message: `this \`${opener.image}\` is open` },
  });
}

function helpFor(found: IToken, expected: string): string | undefined {
  if (found.tokenType === Text && expected === NAME) return 'this name is written without quotes';
  if (found.tokenType === DoubleColon && expected === tokenLabel(Semicolon)) {
    return 'declare it inside `namespace Name { .. }` instead of writing the namespace before its name';
  }
  return undefined;
}

function refuseMissingType(problems: Problems, found: IToken, span: Span): void {
  problems.report('expected-type', span, `expected a type, found ${describeToken(found)}`, {
    help: missingTypeHelp(found),
    data: { found: found.image },
  });
}

function missingTypeHelp(found: IToken): string {
  if (found.tokenType === Text && /^"\w+"$/.test(found.image))
    return `write \`${found.image.slice(1, -1)}\`, without quotes`;
  if (found.tokenType === LeftBracket || found.tokenType === Less) return 'a set is written `Set<Type>`';
  return 'a type is a name such as `Long`, a set `Set<Type>` or a record `{ name: Type }`';
}

export function refuseNonDeclaration(problems: Problems, found: IToken, span: Span): void {
  problems.report('expected-declaration', span, `expected a declaration, found ${describeToken(found)}`, {
    help: nonDeclarationHelp(found),
    data: { found: found.image },
  });
}

/** The word of a declaration that was probably meant. */
export function declarationWordNear(word: string): string | undefined {
  return didYouMean(word, DECLARATION_WORDS);
}

function nonDeclarationHelp({ image, tokenType }: IToken): string {
  if (image === 'permit' || image === 'forbid') return 'this is a policy; policies and schemas are separate files';
  if (tokenType === Semicolon) return 'delete the `;`';
  if (tokenType === RightBrace) return 'this `}` closes nothing';
  if (tokenType === LeftBrace) return 'if this is a schema in JSON, its file name should end with `.json`';
  const meant = isName({ tokenType }) ? declarationWordNear(image) : undefined;
  return meant === undefined
    ? 'a declaration begins with `entity`, `action`, `type` or `namespace`'
    : `did you mean \`${meant}\`?`;
}

/** Complains if a word cannot be a name. */
export function checkSchemaName(problems: Problems, token: IToken, canBeQuoted: boolean): void {
  const word = token.image;
  if (!RESERVED_WORDS.has(word)) return;
  problems.report('reserved-word', spanOf(token), `\`${word}\` is reserved and cannot be used as a name here`, {
    help: canBeQuoted ? `write the name as a string: \`"${word}"\`` : 'choose another name',
    data: { word },
  });
}

export function refuseMissingComma(problems: Problems, previous: IToken, found: IToken): void {
  const place = { start: endOf(previous), end: endOf(previous) };
  problems.report('missing-comma', place, `expected \`,\` before ${describeToken(found)}`, {
    help: 'elements are separated by commas',
    data: { found: found.image },
  });
}

export function refuseTrailingComma(problems: Problems, comma: IToken): void {
  problems.report('trailing-comma', spanOf(comma), 'this list cannot end with a comma', { help: 'delete the comma' });
}
