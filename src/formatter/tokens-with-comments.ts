import type { Scan } from '../parser/scan.js';
import { UNICODE_SPACE } from '../parser/tokens.js';

export type Token = Scan['tokens'][number];

/** A token with the comments that go with it. */
export interface CommentedToken {
  readonly token: Token;
  /** Comments on lines of their own before the token. */
  readonly leading: readonly string[];
  /** Comment behind the token on its line; may hold several that are separated by carriage returns. */
  readonly trailing: string | undefined;
}

export interface CommentedTokens {
  readonly tokens: readonly CommentedToken[];
  /** Comments after the line of the last token. */
  readonly atEnd: readonly string[];
}

/**
 * Gives every comment to a token: those that follow a token on its line to that token, all others to the token that
 * comes next. Before the first token there is no line to follow on.
 */
export function attachComments(source: string, tokens: readonly Token[]): CommentedTokens {
  const commented: CommentedToken[] = [];
  let leading: readonly string[] = commentsIn(source.slice(0, tokens[0]?.startOffset));
  for (const [index, token] of tokens.entries()) {
    const gap = source.slice(token.startOffset + token.image.length, tokens[index + 1]?.startOffset);
    const split = splitGap(gap);
    commented.push({ token, leading, trailing: split.trailing });
    leading = split.leading;
  }
  return { tokens: commented, atEnd: leading };
}

const NONE: readonly string[] = [];

/** Only a line feed ends a line here; a carriage return ends a comment but not its line. */
function splitGap(gap: string): { readonly trailing: string | undefined; readonly leading: readonly string[] } {
  if (!gap.includes('/')) return { trailing: undefined, leading: NONE };
  const feed = gap.indexOf('\n');
  const line = trimWhiteSpace(feed < 0 ? gap : gap.slice(0, feed));
  return { trailing: line === '' ? undefined : line, leading: feed < 0 ? NONE : commentsIn(gap.slice(feed + 1)) };
}

/** The comments in a text that holds nothing but comments and white space. */
function commentsIn(gap: string): readonly string[] {
  if (!gap.includes('/')) return NONE;
  return Array.from(gap.matchAll(/\/\/[^\n\r]*/g), ([comment]) => trimWhiteSpace(comment));
}

/** Removes what Unicode calls white space: other characters than `trim` removes. */
export function trimWhiteSpace(content: string): string {
  let start = 0;
  let end = content.length;
  while (start < end && isWhiteSpace(content, start)) start++;
  while (end > start && isWhiteSpace(content, end - 1)) end--;
  return content.slice(start, end);
}

function isWhiteSpace(content: string, index: number): boolean {
  const code = content.charCodeAt(index);
  if (code <= 32) return code === 32 || (code >= 9 && code <= 13);
  return code >= 0x80 && UNICODE_SPACE.test(content.charAt(index));
}
