import type { EntityUid } from './value.js';

const NAMED: Readonly<Record<string, string>> = {
  '\0': '\\0',
  '\t': '\\t',
  '\r': '\\r',
  '\n': '\\n',
  '"': '\\"',
  "'": "\\'",
  '\\': '\\\\',
};
const PLAIN = /^[\x20\x21\x23-\x26\x28-\x5b\x5d-\x7e]*$/;

/**
 * Text as it stands between the quotes of a Cedar string, escaped as the official engine prints it: named escapes,
 * `\u{..}` for what cannot be seen and for a combining mark at the start, everything else as it is.
 */
export function escapeText(text: string): string {
  if (PLAIN.test(text)) return text;
  let out = '';
  for (const character of text) {
    const named = NAMED[character];
    if (named !== undefined) out += named;
    else if (character !== ' ' && (isUnprintable(character) || (out === '' && isCombining(character)))) {
      out += `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
    } else out += character;
  }
  return out;
}

// Functions, since Node takes time to read such expressions, and most texts are plain.

function isUnprintable(character: string): boolean {
  return /[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/u.test(character);
}

function isCombining(character: string): boolean {
  return /\p{Grapheme_Extend}/u.test(character);
}

/** `"text"` with escapes. */
export function quoteText(text: string): string {
  return `"${escapeText(text)}"`;
}

/** `Type::"id"` as Cedar text. */
export function printEntityUid(uid: EntityUid): string {
  return `${uid.type}::${quoteText(uid.id)}`;
}
