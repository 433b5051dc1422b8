import { Comma, Integer } from '../parser/tokens.js';
import { BREAK, type Layout, NOTHING, SPACE, sequence, sequenceOf, text } from './layout.js';
import type { CommentedToken, Token } from './tokens-with-comments.js';

export type TokenType = Token['tokenType'];

/**
 * Hands out the tokens of a text that has been accepted by the parser, each as a layout with its comments: every
 * comment leaves with its token, so none can be lost.
 */
export class TokenReader {
  private readonly tokens: readonly CommentedToken[];
  private position = 0;
  /** Index of the token whose leading comments have been handed out already. */
  private leadingTaken = -1;

  constructor(tokens: readonly CommentedToken[]) {
    this.tokens = tokens;
  }

  get isAtEnd(): boolean {
    return this.position >= this.tokens.length;
  }

  /** Whether the next token is of this type. */
  isAt(type: TokenType): boolean {
    return this.tokens[this.position]?.token.tokenType === type;
  }

  /** Whether the next token is of one of these types. */
  isAtAny(types: ReadonlySet<TokenType>): boolean {
    const type = this.tokens[this.position]?.token.tokenType;
    return type !== undefined && types.has(type);
  }

  /** Whether the token that comes so many tokens after the next one is of this type. */
  isAhead(distance: number, type: TokenType): boolean {
    return this.tokens[this.position + distance]?.token.tokenType === type;
  }

  /** The comments above the next token, for those who put them elsewhere than directly before it. */
  leading(): Layout {
    this.leadingTaken = this.position;
    return leadingLayout(this.current().leading);
  }

  /** The next token with its comments; `next` follows it unless a comment does, which brings a line break. */
  token(next: Layout = NOTHING): Layout {
    const { start, end } = this.parted(next);
    return sequence(start, end);
  }

  /** Like `token`, cut behind the text of the token. */
  parted(next: Layout): { readonly start: Layout; readonly end: Layout } {
    const { token, leading, trailing } = this.current();
    const above = this.leadingTaken === this.position ? NOTHING : leadingLayout(leading);
    this.position++;
    return { start: sequence(above, text(spelling(token))), end: trailingLayout(trailing, next) };
  }

  /**
   * The token that closes a list, with a comma before it left out. Comments of the comma go to the closing token: as
   * they stand when that has none, otherwise all in the order of the text.
   */
  closing(next: Layout = NOTHING): Layout {
    if (!this.isAt(Comma)) return this.token(next);
    const omitted = this.current();
    this.position++;
    const { token, leading, trailing } = this.current();
    this.position++;
    const close = text(spelling(token));
    if (leading.length === 0 && trailing === undefined) {
      return sequence(leadingLayout(omitted.leading), close, trailingLayout(omitted.trailing, next));
    }
    const between = omitted.trailing === undefined ? [] : [omitted.trailing];
    const above = leadingLayout([...omitted.leading, ...between, ...leading]);
    return sequence(above, close, trailingLayout(trailing, next));
  }

  private current(): CommentedToken {
    const token = this.tokens[this.position];
    if (token === undefined) throw new Error('the formatter read past the end of an accepted text');
    return token;
  }
}

/** Leading zeros mean nothing; everything else is kept as it was written. */
function spelling(token: Token): string {
  return token.tokenType === Integer ? token.image.replace(/^0+(?=[0-9])/, '') : token.image;
}

function leadingLayout(comments: readonly string[]): Layout {
  if (comments.length === 0) return NOTHING;
  return sequenceOf([BREAK, ...comments.flatMap((comment) => [text(comment), BREAK])]);
}

function trailingLayout(comment: string | undefined, next: Layout): Layout {
  return comment === undefined ? next : sequence(SPACE, text(comment), BREAK);
}
