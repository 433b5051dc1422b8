import { ALNUM, DIGIT, isIn, LETTER, runStart, WORD } from './characters.js';
import { mod97 } from './checksums.js';
import type { PersonalKind } from './finding-kinds.js';
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

/** Length of an IBAN by country (ISO 13616). */
const IBAN_LENGTHS: ReadonlyMap<string, number> = new Map(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 ' +
    'FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 ' +
    'LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 ' +
    'SA24 SC31 SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

function readIban(reading: Reading, from: number): number {
  const { text } = reading;
  const country = text.slice(from, from + 2).toUpperCase();
  const length = IBAN_LENGTHS.get(country) ?? 0;
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
  reading.personal(isSampleIban(upper) ? 'sample-iban' : 'iban', from, at);
  return at;
}
