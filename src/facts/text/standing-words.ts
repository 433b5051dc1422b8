import { classOf, DIGIT, isIn, LOWER, UPPER } from './characters.js';
import { isLetter } from './words.js';

const VOWELS = 'aeiouyAEIOUY';

/** From here on scripts have no blanks between words. */
const JOINED = 0x2e80;

/**
 * Share of the letters and control characters of a stretch of a folded text that belong to words which stand by themselves: written
 * in one case or with a capital at the beginning, of two letters at least and with a vowel, and without digits at either end.
 *
 * Prose comes near 1, most commands and data above one third, and base64, hashes, dumps and bytes read as text near 0.
 */
export function standingShare(text: string, start: number, end: number): number {
  let all = 0;
  let standing = 0;
  for (let at = start; at < end; ) {
    const unit = text.charCodeAt(at);
    if (!isLetter(unit)) {
      if (isControl(unit)) all++;
      at++;
      continue;
    }
    const from = at++;
    if (unit < JOINED) while (at < end && isInWord(text, at)) at++;
    all += at - from;
    if (unit >= JOINED || stands(text, from, at)) standing += at - from;
  }
  return all === 0 ? 0 : standing / all;
}

function isInWord(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  if (isLetter(unit)) return unit < JOINED;
  return unit === 0x27 && isLetter(text.charCodeAt(at + 1));
}

/** Control characters but blanks, and what could not be read. */
function isControl(unit: number): boolean {
  return (
    (unit < 0x20 && unit !== 0x09 && unit !== 0x0a && unit !== 0x0d) || (unit >= 0x7f && unit < 0xa0) || unit === 0xfffd
  );
}

function stands(text: string, start: number, end: number): boolean {
  if (end === start + 1 && text.charCodeAt(start) < 0x80) return false;
  if (isIn(text.charCodeAt(start - 1), DIGIT) || isIn(text.charCodeAt(end), DIGIT)) return false;
  let capitals = 0;
  let vowels = 0;
  for (let at = start; at < end; at++) {
    const unit = text.charCodeAt(at);
    const bits = classOf(unit);
    if ((bits & UPPER) !== 0) {
      // A small letter came before.
      if (capitals < at - start) return false;
      capitals++;
    } else if ((bits & LOWER) !== 0 && capitals > 1) return false;
    if (unit >= 0x80 || VOWELS.includes(text.charAt(at))) vowels++;
  }
  return vowels > 0;
}
