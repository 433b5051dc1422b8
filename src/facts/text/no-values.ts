import {
  ALNUM,
  ANY_HEX,
  allIn,
  BASE64,
  classOf,
  DIGIT,
  isIn,
  LOWER,
  PLUS_SLASH,
  runEnd,
  runStart,
  UPPER,
} from './characters.js';
import { wordyShare } from './randomness.js';

/**
 * Marks of what looks drawn and is none: commands of typesetting (`\fB\-W\fR`), escapes, operators of programs, addresses, versions of packages,
 * names that compilers made, numbers of weaknesses, and public keys, of which the first bytes say so.
 */
const HOLDS_NOTHING_SECRET =
  /\\f[A-Z0-9([]|\\-|\\u[0-9a-fA-F]{4}|\\x1[bB]|&&|[!=]==|:\/\/|@\d+\.\d|\.(?:patch|diff|html?|bz2|[tg]?gz|xz|zip|deb|rpm|svg|css)\b/;
const BEGINS_NOTHING_SECRET =
  /^(?:\d+\.\d+[.+~-]\d?[\w.+~:-]*$|_Z[NKLTSd]|ZN[A-Z]{0,2}\d{1,2}[a-z_]|CVE-\d|MFkwEwYHKoZI|MHYwEAYHKoZI|MIIB[IojC][A-Za-z]ANBgkqhki|MCowBQYDK2Vw|#?[\w.-]+=\d{1,4}$)/;

/** A word, an abbreviation or a number, as names of files and functions are made of. */
const PART =
  /^(?:[a-z]{1,16}\d{0,4}|[A-Z][a-z]{1,15}\d{0,3}|[A-Z]{2,12}\d{0,3}|[a-z]{1,8}\d{1,3}[a-z]{0,6}|\d{1,4}|[a-z]+(?:[A-Z][a-z]+)+\d{0,3})$/;

/** Whether a value is the name of something in a program, a document or a folder whatever its letters and digits. */
export function namesSomething(value: string): boolean {
  if (BEGINS_NOTHING_SECRET.test(value)) return true;
  // Most of what was drawn has letters and digits only.
  if (allIn(value, ALNUM)) return false;
  if (HOLDS_NOTHING_SECRET.test(value)) return true;
  if (!/[/_:]/.test(value)) return false;
  const parts = value.split(/[/_:.-]+/).filter((part) => part !== '');
  return parts.length > 2 && parts.join('').length >= parts.length * 2 && parts.every((part) => PART.test(part));
}

/** Whether what stands at a place is called or declared there, `getItem2(final String password`: a name of a program. */
export function isCalled(text: string, from: number, to: number): boolean {
  return text.charCodeAt(to) === 0x28 && /^[*&=:]*[A-Za-z_$][\w$]*(?:(?:\.|->|::)[\w$]+)*$/.test(text.slice(from, to));
}

/** `<md5>  file`: a line as the programs for sums write it. */
export function isSummed(text: string, from: number, to: number): boolean {
  if (from > 0 && text.charCodeAt(from - 1) !== 0x0a) return false;
  return allIn(text, ANY_HEX, from, to) && /^ [ *]\S/.test(text.slice(to, to + 3));
}

/** Letters and digits around a name from which on they are looked at. */
const LONG_RUN = 32;

/** Whether what stands before an offset is encoded data that goes on there behind one of its signs. */
export function goesOnInEncoding(text: string, start: number): boolean {
  const sign = text.charCodeAt(start - 1);
  if (!isIn(sign, PLUS_SLASH)) return false;
  const from = runStart(text, start, BASE64, 2 * LONG_RUN);
  return start - from >= LONG_RUN && isMixed(text, from, start);
}

/** Whether a name stands in the middle of encoded data, where any letters meet: `...8PSwRQ6ecja+7Y...`. */
export function isInEncoding(text: string, start: number, end: number): boolean {
  if (!isIn(text.charCodeAt(start - 1), BASE64) && !isIn(text.charCodeAt(end), BASE64)) return false;
  const from = runStart(text, start, BASE64, 2 * LONG_RUN);
  const to = runEnd(text, end, BASE64, 2 * LONG_RUN);
  if (to - from < LONG_RUN) return false;
  return isMixed(text, from, to);
}

/** Both cases and digits, and no words. */
function isMixed(text: string, from: number, to: number): boolean {
  let seen = 0;
  for (let at = from; at < to; at++) seen |= classOf(text.charCodeAt(at)) & (DIGIT | UPPER | LOWER);
  return seen === (DIGIT | UPPER | LOWER) && wordyShare(text.slice(from, to)) <= 0.4;
}
