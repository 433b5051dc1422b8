/** Digits of a text as numbers; other characters are left out. */
export function digitsOf(text: string): number[] {
  const digits: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 0x30;
    if (digit >= 0 && digit <= 9) digits.push(digit);
  }
  return digits;
}

/** The checksum of payment cards and many other numbers: every second digit from the right counts double. */
export function luhn(digits: readonly number[]): boolean {
  let sum = 0;
  for (let i = digits.length - 1, double = false; i >= 0; i--, double = !double) {
    const digit = digits[i] ?? 0;
    sum += double ? (digit > 4 ? digit * 2 - 9 : digit * 2) : digit;
  }
  return digits.length > 1 && sum % 10 === 0;
}

/** The same for the digits of a text from one place to another, whatever stands between them. */
export function luhnIn(text: string, start: number, end: number): boolean {
  let sum = 0;
  let double = false;
  for (let i = end - 1; i >= start; i--) {
    const digit = text.charCodeAt(i) - 0x30;
    if (digit < 0 || digit > 9) continue;
    sum += double ? (digit > 4 ? digit * 2 - 9 : digit * 2) : digit;
    double = !double;
  }
  return sum % 10 === 0;
}

/** Sum of digits times weights. */
export function weightedSum(digits: readonly number[], weights: readonly number[]): number {
  return weights.reduce((sum, weight, i) => sum + weight * (digits[i] ?? 0), 0);
}

/** Remainder of a decimal number of any length. */
export function remainder(digits: readonly number[], modulus: number): number {
  return digits.reduce((rest, digit) => (rest * 10 + digit) % modulus, 0);
}

/** ISO 7064 MOD 97-10 over a text whose letters count as 10 to 35, as in an IBAN. */
export function mod97(text: string): number {
  let rest = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const value = code <= 0x39 ? code - 0x30 : (code & 0x1f) + 9;
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest;
}

/** ISO 7064 MOD 11,10 over all digits, the last being the check digit. */
export function mod11Of10(digits: readonly number[]): boolean {
  let product = 10;
  for (const digit of digits.slice(0, -1)) {
    const sum = (digit + product) % 10;
    product = ((sum === 0 ? 10 : sum) * 2) % 11;
  }
  return (11 - product) % 10 === digits[digits.length - 1];
}

const VERHOEFF_PRODUCT = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  [1, 2, 3, 4, 0, 6, 7, 8, 9, 5],
  [2, 3, 4, 0, 1, 7, 8, 9, 5, 6],
  [3, 4, 0, 1, 2, 8, 9, 5, 6, 7],
  [4, 0, 1, 2, 3, 9, 5, 6, 7, 8],
  [5, 9, 8, 7, 6, 0, 4, 3, 2, 1],
  [6, 5, 9, 8, 7, 1, 0, 4, 3, 2],
  [7, 6, 5, 9, 8, 2, 1, 0, 4, 3],
  [8, 7, 6, 5, 9, 3, 2, 1, 0, 4],
  [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
];

/** What the digits count as at each place from the right, over and over from the eighth on. */
const VERHOEFF_PLACES: readonly (readonly number[])[] = verhoeffPlaces([1, 5, 7, 6, 2, 8, 3, 0, 9, 4]);

function verhoeffPlaces(permutation: readonly number[]): number[][] {
  const places = [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]];
  while (places.length < 8) places.push((places[places.length - 1] ?? []).map((value) => permutation[value] ?? 0));
  return places;
}

/** The checksum of the Indian Aadhaar number. */
export function verhoeff(digits: readonly number[]): boolean {
  let check = 0;
  for (let i = 0; i < digits.length; i++) {
    const value = VERHOEFF_PLACES[i & 7]?.[digits[digits.length - 1 - i] ?? 0] ?? 0;
    check = VERHOEFF_PRODUCT[check]?.[value] ?? 0;
  }
  return check === 0;
}

/** Whether day, month and two digits of a year can be a date. */
export function isDayOfYear(day: number, month: number): boolean {
  return day >= 1 && day <= 31 && month >= 1 && month <= 12;
}
