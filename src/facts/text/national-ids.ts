import { digitsOf, isDayOfYear, luhn, mod11Of10, remainder, verhoeff, weightedSum } from './checksums.js';
import type { PersonalKind } from './finding-kinds.js';

/**
 * A national number that begins with a digit.
 *
 * `groups` are the lengths of its groups of digits, by which candidates are found; `shape` is matched against the number as
 * it stands, with separators and with what `tail` takes from the text behind the last group. Where neither the shape nor
 * the checksum is rare enough among ordinary numbers, one of the words in `context` must stand shortly before it.
 */
export interface NationalId {
  readonly kind: PersonalKind;
  readonly groups: readonly (readonly number[])[];
  readonly shape: RegExp;
  readonly check: (digits: readonly number[], text: string) => boolean;
  readonly tail?: RegExp;
  readonly context?: RegExp;
}

function isSsn(digits: readonly number[]): boolean {
  const area = remainder(digits.slice(0, 3), 1000);
  return (
    area !== 0 &&
    area !== 666 &&
    area < 900 &&
    remainder(digits.slice(3, 5), 100) !== 0 &&
    remainder(digits.slice(5, 9), 10_000) !== 0
  );
}

/** One digit occurs twice or three times among the first ten, one or two not at all; the last is the check digit. */
function isGermanTaxId(digits: readonly number[]): boolean {
  const counts = new Array<number>(10).fill(0);
  for (const digit of digits.slice(0, 10)) counts[digit] = (counts[digit] ?? 0) + 1;
  const repeated = counts.filter((count) => count > 1);
  return digits[0] !== 0 && repeated.length === 1 && (repeated[0] ?? 0) <= 3 && mod11Of10(digits);
}

function isFrenchNir(digits: readonly number[], text: string): boolean {
  const month = remainder(digits.slice(3, 5), 100);
  if (!((month >= 1 && month <= 12) || (month >= 20 && month <= 42) || month >= 50)) return false;
  // Corsica is written 2A and 2B and counts as 19 and 18.
  const corsica = /2\s?[AB]/i.exec(text);
  const all =
    corsica === null
      ? digits
      : [...digits.slice(0, 5), ...(/A/i.test(corsica[0]) ? [1, 9] : [1, 8]), ...digits.slice(6)];
  if (all.length !== 15) return false;
  return 97 - remainder(all.slice(0, 13), 97) === remainder(all.slice(13), 100);
}

const DNI_LETTERS = 'TRWAGMYFPDXBNJZSQVHLCKE';

function isSpanishDni(_: readonly number[], text: string): boolean {
  const plain = text.toUpperCase().replace(/[^A-Z0-9]/g, '');
  const number = plain.slice(0, -1).replace(/^[XYZ]/, (letter) => String('XYZ'.indexOf(letter)));
  return DNI_LETTERS[Number(number) % 23] === plain.slice(-1);
}

function isPesel(digits: readonly number[]): boolean {
  const month = remainder(digits.slice(2, 4), 100) % 20;
  if (!isDayOfYear(remainder(digits.slice(4, 6), 100), month)) return false;
  return (10 - (weightedSum(digits, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10 === digits[10];
}

function isBsn(digits: readonly number[]): boolean {
  return weightedSum(digits, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0 && digits.some((digit) => digit !== 0);
}

function isCpf(digits: readonly number[]): boolean {
  if (digits.every((digit) => digit === digits[0])) return false;
  const check = (length: number): number => {
    const sum = digits.slice(0, length).reduce((total, digit, i) => total + digit * (length + 1 - i), 0);
    return ((sum * 10) % 11) % 10;
  };
  return check(9) === digits[9] && check(10) === digits[10];
}

function isPersonnummer(digits: readonly number[]): boolean {
  const ten = digits.slice(-10);
  const day = remainder(ten.slice(4, 6), 100);
  return isDayOfYear(day > 60 ? day - 60 : day, remainder(ten.slice(2, 4), 100)) && luhn(ten);
}

function isHetu(digits: readonly number[], text: string): boolean {
  const number = remainder(digits.slice(0, 9), 1e9);
  return (
    isDayOfYear(remainder(digits.slice(0, 2), 100), remainder(digits.slice(2, 4), 100)) &&
    '0123456789ABCDEFHJKLMNPRSTUVWXY'[number % 31] === text.slice(-1).toUpperCase()
  );
}

function isAhv(digits: readonly number[]): boolean {
  return weightedSum(digits, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]) % 10 === 0;
}

function isBelgian(digits: readonly number[]): boolean {
  const check = remainder(digits.slice(9), 100);
  const base = digits.slice(0, 9);
  return 97 - remainder(base, 97) === check || 97 - remainder([2, ...base], 97) === check;
}

function isChinese(digits: readonly number[], text: string): boolean {
  const rest = weightedSum(digits, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]) % 11;
  const year = remainder(digits.slice(6, 10), 10_000);
  return (
    year >= 1900 &&
    year < 2100 &&
    isDayOfYear(remainder(digits.slice(12, 14), 100), remainder(digits.slice(10, 12), 100)) &&
    '10X98765432'[rest] === text.slice(-1).toUpperCase()
  );
}

const LETTER = /^-?[A-Za-z]/;

/** Kinds of national numbers, the rarer shapes first. */
const NATIONAL_IDS: readonly NationalId[] = [
  { kind: 'us-ssn', groups: [[3, 2, 4]], shape: /^\d{3}-\d{2}-\d{4}$/, check: isSsn },
  {
    kind: 'us-ssn',
    groups: [[9], [3, 2, 4]],
    shape: /^[\d .]+$/,
    check: isSsn,
    context: /\b(?:ssn|social[- ]?security)\b/i,
  },
  { kind: 'fr-nir', groups: [[15], [13, 2], [1, 2, 2, 2, 3, 3, 2]], shape: /^[12378][\d .-]+$/, check: isFrenchNir },
  {
    kind: 'fr-nir',
    groups: [[6], [1, 2, 2, 1]],
    tail: /^[ABab] ?\d{3} ?\d{3} ?\d{2}/,
    shape: /^[12378][\d .-]+[ABab][\d ]+$/,
    check: isFrenchNir,
  },
  { kind: 'de-tax-id', groups: [[2, 3, 3, 3]], shape: /^\d{2} \d{3} \d{3} \d{3}$/, check: isGermanTaxId },
  {
    kind: 'de-tax-id',
    groups: [[11]],
    shape: /^\d{11}$/,
    check: isGermanTaxId,
    context: /steuer|tax|idnr|id-nr|\btin\b|\bst\.?-?id/i,
  },
  { kind: 'es-dni', groups: [[8]], tail: LETTER, shape: /^\d{8}-?[A-Z]$/, check: isSpanishDni },
  {
    kind: 'es-dni',
    groups: [[8]],
    tail: LETTER,
    shape: /^\d{8}-?[a-z]$/,
    check: isSpanishDni,
    context: /\b(?:dni|nif)\b/i,
  },
  { kind: 'br-cpf', groups: [[3, 3, 3, 2]], shape: /^\d{3}\.\d{3}\.\d{3}-\d{2}$/, check: isCpf },
  { kind: 'br-cpf', groups: [[11]], shape: /^\d{11}$/, check: isCpf, context: /\bcpf\b/i },
  {
    kind: 'be-national-number',
    groups: [[2, 2, 2, 3, 2]],
    shape: /^\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}$/,
    check: isBelgian,
  },
  { kind: 'ch-ahv', groups: [[13], [3, 4, 4, 2]], shape: /^756\.?\d{4}\.?\d{4}\.?\d{2}$/, check: isAhv },
  {
    kind: 'se-personnummer',
    groups: [
      [6, 4],
      [8, 4],
    ],
    shape: /^(?:19|20)?\d{6}-\d{4}$/,
    check: isPersonnummer,
  },
  { kind: 'fi-hetu', groups: [[6, 3]], tail: /^[A-Y]/, shape: /^\d{6}-\d{3}[A-Y]$/, check: isHetu },
  {
    kind: 'fi-hetu',
    groups: [[6, 4]],
    shape: /^\d{6}-\d{4}$/,
    check: isHetu,
    context: /\b(?:hetu|henkil\w+tunnus)\b/i,
  },
  { kind: 'fi-hetu', groups: [[6]], tail: /^[+A]\d{3}[0-9A-Y]/, shape: /^\d{6}[+A]\d{3}[0-9A-Y]$/, check: isHetu },
  { kind: 'in-aadhaar', groups: [[4, 4, 4]], shape: /^[2-9]\d{3} \d{4} \d{4}$/, check: verhoeff },
  {
    kind: 'in-aadhaar',
    groups: [[12], [4, 4, 4]],
    shape: /^[2-9][\d-]+$/,
    check: verhoeff,
    context: /aadhaar|aadhar|uidai/i,
  },
  { kind: 'cn-resident-id', groups: [[18]], shape: /^[1-9]\d{17}$/, check: isChinese },
  { kind: 'cn-resident-id', groups: [[17]], tail: /^[Xx]/, shape: /^[1-9]\d{16}[Xx]$/, check: isChinese },
  { kind: 'pl-pesel', groups: [[11]], shape: /^\d{11}$/, check: isPesel, context: /pesel/i },
  { kind: 'nl-bsn', groups: [[9]], shape: /^\d{9}$/, check: isBsn, context: /\b(?:bsn|burgerservicenummer|sofi)/i },
  {
    kind: 'ca-sin',
    groups: [[9], [3, 3, 3]],
    shape: /^[\d -]+$/,
    check: luhn,
    context: /\b(?:sin|social insurance)\b/i,
  },
  { kind: 'au-tfn', groups: [[9], [3, 3, 3]], shape: /^[\d ]+$/, check: isTfn, context: /\b(?:tfn|tax file)\b/i },
];

function isTfn(digits: readonly number[]): boolean {
  return weightedSum(digits, [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 === 0;
}

/** One number for the lengths of groups of digits; groups are at most 31 long. */
export function groupsKey(key: number, length: number): number {
  return key * 32 + length;
}

/**
 * The kinds of national numbers that have groups of these lengths, by `groupsKey`. Lengths with which a longer number
 * begins have an entry too, so that a search ends where there is none.
 */
export const NATIONAL_IDS_BY_GROUPS: ReadonlyMap<number, readonly NationalId[]> = NATIONAL_IDS.reduce((map, id) => {
  for (const groups of id.groups) {
    groups.reduce((key, length, i) => {
      const next = groupsKey(key, length);
      const known = map.get(next) ?? [];
      map.set(next, i === groups.length - 1 ? [...known, id] : known);
      return next;
    }, 0);
  }
  return map;
}, new Map<number, readonly NationalId[]>());

const ODD: Readonly<Record<string, number>> = Object.fromEntries(
  Array.from('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', (character, i) => {
    const values = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
    return [character, values[i < 10 ? i : i - 10] ?? 0];
  }),
);

/** Italian codice fiscale: sixteen characters, the last one computed from the others. */
export function isCodiceFiscale(text: string): boolean {
  if (!/^[A-Z]{6}[0-9LMNPQRSTUV]{2}[ABCDEHLMPRST][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]$/.test(text))
    return false;
  let sum = 0;
  for (let i = 0; i < 15; i++) {
    const character = text[i] ?? '';
    const code = character.charCodeAt(0);
    sum += i % 2 === 0 ? (ODD[character] ?? 0) : code <= 0x39 ? code - 0x30 : code - 0x41;
  }
  return String.fromCharCode(0x41 + (sum % 26)) === text[15];
}

/** UK National Insurance number, with or without spaces; it has no checksum, only letters that are never given out. */
export function isNino(text: string): boolean {
  const plain = text.replaceAll(' ', '');
  return /^[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]$/.test(plain) && !/^(?:BG|GB|NK|KN|TN|NT|ZZ)/.test(plain);
}

/** Spanish foreigner's number: X, Y or Z, seven digits and a check letter. */
export function isNie(text: string): boolean {
  return /^[XYZ]-?\d{7}-?[A-Z]$/.test(text) && isSpanishDni(digitsOf(text), text);
}
