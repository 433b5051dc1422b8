import { letterLike } from './confusables.js';

const INVISIBLE =
  /^[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\u{1d173}-\u{1d17a}]$/u;

const OTHER_FORMS: Readonly<Record<string, string>> = {
  ß: 'ss',
  ẞ: 'SS',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  đ: 'd',
  Đ: 'D',
  Ø: 'O',
  Ł: 'L',
  þ: 'th',
  ð: 'd',
  '‘': "'",
  '’': "'",
  '‚': "'",
  '‛': "'",
  '′': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '‟': '"',
  '″': '"',
  '«': '"',
  '»': '"',
  '‹': "'",
  '›': "'",
  '‐': '-',
  '‑': '-',
  '‒': '-',
  '–': '-',
  '—': '-',
  '―': '-',
  '−': '-',
  '⁃': '-',
  '﹘': '-',
  '⁄': '/',
  '∕': '/',
  '⧸': '/',
  '∶': ':',
  '꞉': ':',
  '։': ':',
  '․': '.',
  '⸱': '.',
  '·': '.',
  '⠀': ' ',
  '\u2028': '\n',
  '\u2029': '\n',
  '\u0085': '\n',
  '。': '.',
  '、': ',',
  '؟': '?',
  '،': ',',
  '؛': ';',
  '۔': '.',
  '।': '.',
  '॥': '.',
  '【': '[',
  '】': ']',
  '〈': '<',
  '〉': '>',
  '⟨': '<',
  '⟩': '>',
  '❮': '<',
  '❯': '>',
  '『': '"',
  '』': '"',
  '「': '"',
  '」': '"',
};

/** Longest expansion kept: longer ones are Arabic ligatures, which no rule here reads. */
const LONGEST = 6;

/**
 * The folded form of one code point: the letters, digits and signs of ASCII that it looks like or is made of, nothing for what
 * is not seen.
 */
export function foldCodePoint(point: number): string {
  if (point < 0x80) return String.fromCharCode(point);
  if (isLetterOfEurope(point)) return foldLetter(String.fromCharCode(point));
  if (point >= 0xe0020 && point <= 0xe007e) return String.fromCharCode(point - 0xe0000);
  // Variation selectors 17 to 256 can carry bytes behind any character.
  if (point >= 0xe0100 && point <= 0xe01ef) return variationByte(point);
  if (point >= 0xe0000 && point <= 0xe0fff) return '';
  // Negative circled and squared letters and regional indicators have no compatibility form.
  if (point >= 0x1f150 && point <= 0x1f169) return String.fromCharCode(point - 0x1f150 + 0x41);
  if (point >= 0x1f170 && point <= 0x1f189) return String.fromCharCode(point - 0x1f170 + 0x41);
  if (point >= 0x1f1e6 && point <= 0x1f1ff) return String.fromCharCode(point - 0x1f1e6 + 0x41);
  if (point >= 0xd800 && point <= 0xdfff) return '\ufffd';
  if (point >= 0xac00 && point <= 0xd7a3) return String.fromCharCode(point);
  const character = String.fromCodePoint(point);
  if (INVISIBLE.test(character)) return '';
  let result = '';
  for (const part of character.normalize('NFKD')) {
    if (/\p{M}/u.test(part)) continue;
    if (point > 0x7f && /\p{Nd}/u.test(part)) {
      result += digitOf(part);
      continue;
    }
    const form = OTHER_FORMS[part] ?? letterLike(part) ?? part;
    if (/^\p{Zs}$/u.test(form)) result += ' ';
    else result += form.length === 2 && form.charCodeAt(0) >= 0xd800 && form.charCodeAt(0) < 0xdc00 ? '\ufffd' : form;
  }
  return result.length > LONGEST ? '\ufffd' : result;
}

/** Blocks in which nothing but letters of Latin, Greek and Cyrillic stands, and those of Hebrew. */
function isLetterOfEurope(point: number): boolean {
  if (point < 0x180) return point >= 0xc0;
  return (point >= 0x386 && point < 0x482) || (point >= 0x48a && point < 0x530) || (point >= 0x5d0 && point <= 0x5ea);
}

/** What `foldCodePoint` finds for letters whose parts are letters and marks of one block, sooner. */
function foldLetter(letter: string): string {
  let result = '';
  for (const part of letter.normalize('NFKD')) {
    const unit = part.charCodeAt(0);
    if (unit < 0x300 || unit > 0x36f) result += OTHER_FORMS[part] ?? letterLike(part) ?? part;
  }
  return result;
}

/** The digit of any script in ASCII: digits stand ten in a row, the zero first. */
function digitOf(digit: string): string {
  const point = digit.codePointAt(0) ?? 0;
  if (point < 0x80) return digit;
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(point - value - 1))) value++;
  return String(value);
}

function variationByte(point: number): string {
  const byte = point - 0xe0100 + 16;
  return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '';
}
