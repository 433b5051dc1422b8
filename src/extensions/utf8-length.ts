import { createSource, utf8Offset } from '../text/source.js';

/** Number of bytes of a text in UTF-8, in which the official engine counts lengths. */
export function utf8Length(text: string): number {
  return utf8Offset(createSource(text), text.length);
}
