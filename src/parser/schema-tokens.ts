import { createToken, type IToken, Lexer, type TokenType } from 'chevrotain';
import { AnyWord, TOKEN_TYPES, Word } from './tokens.js';

/** A word that means something in some places of a schema and is a name in all others. */
function keyword(name: string, image: string): TokenType {
  return createToken({ name, label: `\`${image}\``, pattern: Lexer.NA, categories: [AnyWord] });
}

export const Namespace = keyword('Namespace', 'namespace');
export const Entity = keyword('Entity', 'entity');
export const Action = keyword('Action', 'action');
export const Type = keyword('Type', 'type');
export const Enum = keyword('Enum', 'enum');
export const Tags = keyword('Tags', 'tags');
export const AppliesTo = keyword('AppliesTo', 'appliesTo');
export const Attributes = keyword('Attributes', 'attributes');
export const Principal = keyword('Principal', 'principal');
export const Resource = keyword('Resource', 'resource');
export const Context = keyword('Context', 'context');
export const SetWord = keyword('SetWord', 'Set');
export const QuestionMark = createToken({ name: 'QuestionMark', label: '`?`', pattern: Lexer.NA });

const WORDS: ReadonlyMap<string, TokenType> = new Map([
  ['namespace', Namespace],
  ['entity', Entity],
  ['action', Action],
  ['type', Type],
  ['enum', Enum],
  ['tags', Tags],
  ['appliesTo', AppliesTo],
  ['attributes', Attributes],
  ['principal', Principal],
  ['resource', Resource],
  ['context', Context],
  ['Set', SetWord],
]);

/** Everything the grammar of schemas may name. */
export const SCHEMA_TOKEN_TYPES: readonly TokenType[] = [...TOKEN_TYPES, QuestionMark, ...WORDS.values()];

/** Gives the words that schemas know their own token types, in place. */
export function markSchemaWords(tokens: readonly IToken[]): void {
  for (const token of tokens) {
    const type = token.tokenType === Word ? WORDS.get(token.image) : undefined;
    if (type === undefined) continue;
    token.tokenType = type;
    token.tokenTypeIdx = type.tokenTypeIdx ?? 0;
  }
}

const DECLARATION_WORDS: ReadonlySet<TokenType> = new Set([Namespace, Entity, Action, Type]);

export function isDeclarationWord(token: IToken): boolean {
  return DECLARATION_WORDS.has(token.tokenType);
}

/** Whether a token is a word; unlike in policies these have many token types. */
export function isName(token: Pick<IToken, 'tokenType'>): boolean {
  return token.tokenType === Word || token.tokenType.CATEGORIES?.includes(AnyWord) === true;
}
