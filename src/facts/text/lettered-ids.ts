import { ALNUM, DIGIT, isIn, LETTER, runStart, WORD } from './characters.js';
import type { PersonalKind } from './finding-kinds.js';
import { ibanLength, isIban } from './ibans.js';
import { isCodiceFiscale, isNie, isNino } from './national-ids.js';
import type { Reading } from './reading.js';
import { isSampleIban } from './sample-numbers.js';

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
      return readLettered(reading, 'it-codice-fiscale', from, /^[A-Za-z0-9]{16}(?!\w)/, (text16) =>
        isCodiceFiscale(text16.toUpperCase()),
      );
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

function readLettered(
  reading: Reading,
  kind: PersonalKind,
  from: number,
  shape: RegExp,
  check: (text: string) => boolean,
): number {
  const match = shape.exec(reading.text.slice(from, from + 20));
  if (match === null || !check(match[0])) return 0;
  reading.personal(kind, from, from + match[0].length);
  return from + match[0].length;
}

function readIban(reading: Reading, from: number): number {
  const { text } = reading;
  const country = text.slice(from, from + 2).toUpperCase();
  const length = ibanLength(country);
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
  if (!isIban(upper)) return 0;
  reading.personal(isSampleIban(upper) ? 'sample-iban' : 'iban', from, at);
  return at;
}
