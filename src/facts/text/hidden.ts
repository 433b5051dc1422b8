import { ALNUM, isIn } from './characters.js';

/**
 * Whether a text uses characters that nobody sees where no script needs them.
 *
 * Zero-width joiners between emoji or inside Arabic and Indic words, zero-width spaces in Thai, Khmer and East Asian text,
 * one mark at the very beginning, direction marks and isolates in texts that hold right-to-left letters, tags in flag
 * emoji and single variation selectors are what these characters are for, and do not count.
 */
export function hasHiddenCharacters(text: string): boolean {
  if (!/[\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\udb40]/.test(text)) return false;
  let directionMarks = false;
  let rightToLeft = false;
  let zeroWidthRun = 0;
  let selectorRun = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) {
      zeroWidthRun = 0;
      selectorRun = 0;
      continue;
    }
    if (unit === 0x202d || unit === 0x202e) return true;
    if (isDirection(unit)) directionMarks = true;
    else if (isRightToLeft(unit)) rightToLeft = true;
    if (isZeroWidth(unit)) {
      if (++zeroWidthRun >= 4 || isZeroWidthOutOfPlace(text, i)) return true;
      continue;
    }
    zeroWidthRun = 0;
    if (unit === 0xdb40) {
      const low = text.charCodeAt(i + 1);
      i++;
      if (low < 0xdd00) {
        const end = tagRunEnd(text, i - 1);
        if (!isFlag(text, i - 1, end)) return true;
        i = end - 1;
      } else if (++selectorRun >= 3) return true;
    } else if (unit >= 0xfe00 && unit <= 0xfe0f) {
      if (++selectorRun >= 3) return true;
    } else selectorRun = 0;
  }
  return directionMarks && !rightToLeft;
}

function isDirection(unit: number): boolean {
  return (
    unit === 0x061c ||
    unit === 0x200e ||
    unit === 0x200f ||
    (unit >= 0x202a && unit <= 0x202c) ||
    (unit >= 0x2066 && unit <= 0x2069)
  );
}

function isRightToLeft(unit: number): boolean {
  return (
    (unit >= 0x0590 && unit <= 0x08ff && unit !== 0x061c) ||
    (unit >= 0xfb1d && unit <= 0xfdff) ||
    (unit >= 0xfe70 && unit <= 0xfefc)
  );
}

function isZeroWidth(unit: number): boolean {
  return (
    (unit >= 0x200b && unit <= 0x200d) ||
    (unit >= 0x2060 && unit <= 0x2064) ||
    (unit >= 0x206a && unit <= 0x206f) ||
    unit === 0xfeff ||
    unit === 0x180e
  );
}

function isZeroWidthOutOfPlace(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  // A byte order mark begins a text, also one that was put behind another, and stands in programs that look for it.
  if (unit === 0xfeff) return isIn(text.charCodeAt(at - 1), ALNUM) && isIn(text.charCodeAt(at + 1), ALNUM);
  // Joiners act on the letter or emoji before them; breaks belong to scripts without spaces.
  const joiner = unit === 0x200c || unit === 0x200d;
  const from = joiner ? 0x0590 : 0x0e00;
  const before = at === 0 ? 0 : text.charCodeAt(at - 1);
  const after = at + 1 < text.length ? text.charCodeAt(at + 1) : 0;
  const spacing = (code: number): boolean => code >= 0x2000 && code <= 0x206f;
  const needs = (code: number): boolean => code >= from && !spacing(code);
  return joiner ? !needs(before) : !(needs(before) || needs(after));
}

function tagRunEnd(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === 0xdb40 && text.charCodeAt(at + 1) < 0xdd00) at += 2;
  return at;
}

/** Flags of regions are a black flag, at most six tags and the cancel tag. */
function isFlag(text: string, start: number, end: number): boolean {
  return (
    start >= 2 && text.charCodeAt(start - 2) === 0xd83c && text.charCodeAt(start - 1) === 0xdff4 && end - start <= 14
  );
}
