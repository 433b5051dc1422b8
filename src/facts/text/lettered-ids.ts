import { ALNUM, DIGIT, isIn, LETTER, runStart, WORD } from './characters.js';
import { mod97 } from './checksums.js';
import { isCodiceFiscale, isNie, isNino } from './national-ids.js';
import type { Reading } from './reading.js';

/** IBANs, codici fiscali, NINOs and NIEs begin with letters: looks back from their first digit. The answer is the end, 0 for none. */
export function readLetteredId(reading: Reading, start: number): number {
  const { text } = reading;
  const from = runStart(text, start, LETTER, 7);
  if (from > 0 && isIn(text.charCodeAt(from - 1), WORD)) return 0;
  switch (start - from) {
    case 1:
      return readLettered(reading, 'es-dni', from, /^[XYZ]-?\d{7}-?[A-Z](?!\w)/, isNie);
    case 2:
      return readIban(reading, from) || readLettered(reading, 'uk-nino', from, NINO, isNino);
    case 6:
      return readLettered(reading, 'it-codice-fiscale', from, /^[A-Za-z0-9]{16}(?!\w)/, (text16) => isCodiceFiscale(text16.toUpperCase()));
    default:
      return 0;
  }
}

const NINO = /^[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D](?!\w)/;

/** `AB 12 34 56 C`, whose digits stand apart from the letters. */
export function readSpacedNino(reading: Reading, start: number): number {
  const { text } = reading;
  if (text[start - 1] !== ' ' || runStart(text, start - 1, LETTER, 3) !== start - 3) return 0;
  return readLettered(reading, 'uk-nino', start - 3, NINO, isNino);
}

function readLettered(reading: Reading, kind: string, from: number, shape: RegExp, check: (text: string) => boolean): number {
  const match = shape.exec(reading.text.slice(from, from + 20));
  if (match === null || !check(match[0])) return 0;
  reading.personal(kind, from, from + match[0].length);
  return from + match[0].length;
}

/** Length of an IBAN by country (ISO 13616). */
const IBAN_LENGTHS: Readonly<Record<string, number>> = {
  AD: 24, AE: 23, AL: 28, AT: 20, AZ: 28, BA: 20, BE: 16, BG: 22, BH: 22, BR: 29, BY: 28, CH: 21, CR: 22, CY: 28, CZ: 24, DE: 22, DK: 18, DO: 28, EE: 20, EG: 29, ES: 24, FI: 18,
  FO: 18, FR: 27, GB: 22, GE: 22, GI: 23, GL: 18, GR: 27, GT: 28, HR: 21, HU: 28, IE: 22, IL: 23, IQ: 23, IS: 26, IT: 27, JO: 30, KW: 30, KZ: 20, LB: 28, LC: 32, LI: 21, LT: 20,
  LU: 20, LV: 21, LY: 25, MC: 27, MD: 24, ME: 22, MK: 19, MR: 27, MT: 31, MU: 30, NL: 18, NO: 15, PK: 24, PL: 28, PS: 29, PT: 25, QA: 29, RO: 24, RS: 22, SA: 24, SC: 31, SE: 24,
  SI: 19, SK: 24, SM: 27, ST: 25, SV: 28, TL: 23, TN: 24, TR: 26, UA: 29, VA: 22, VG: 24, XK: 20,
};

function readIban(reading: Reading, from: number): number {
  const { text } = reading;
  const country = text.slice(from, from + 2).toUpperCase();
  const length = Object.hasOwn(IBAN_LENGTHS, country) ? (IBAN_LENGTHS[country] ?? 0) : 0;
  if (length === 0 || !isIn(text.charCodeAt(from + 2), DIGIT) || !isIn(text.charCodeAt(from + 3), DIGIT)) return 0;
  let at = from;
  for (let count = 0; count < length; at++) {
    const unit = text.charCodeAt(at);
    if (isIn(unit, ALNUM)) count++;
    else if (!(unit === 0x20 || unit === 0x2d) || !isIn(text.charCodeAt(at + 1), ALNUM)) return 0;
  }
  if (isIn(text.charCodeAt(at), WORD)) return 0;
  const plain = text.slice(from, at).replace(/[ -]/g, '');
  const upper = plain.toUpperCase();
  // Small letters only where the whole is written small.
  if (plain !== upper && plain !== plain.toLowerCase()) return 0;
  // Check digits are never 00, 01 or 99.
  if (/^..(?:0[01]|99)/.test(upper) || mod97(upper.slice(4) + upper.slice(0, 4)) !== 1) return 0;
  reading.personal('iban', from, at);
  return at;
}
