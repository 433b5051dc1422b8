import type { Span } from '../text/source.js';

/** A piece of a text as it is written, with its place. */
export interface PlacedText {
  readonly image: string;
  readonly startOffset: number;
}

/** Half-open range of a token in UTF-16 units. */
export function spanOf(token: PlacedText): Span {
  return { start: token.startOffset, end: token.startOffset + token.image.length };
}

/** Offset behind a token. */
export function endOf(token: PlacedText): number {
  return token.startOffset + token.image.length;
}
