import { digitsOf, isDayOfYear, luhn, mod11Of10, remainder, verhoeff, weightedSum } from './checksums.js';

/**
 * What a number of persons says about itself: `good` when date and check digits are right, `likely` when it has the form and
 * a possible date but no check digit proves it, `bad` otherwise.
 */
export type Standing = 'good' | 'likely' | 'bad';

/** Judges a number without its separators, in capitals. */
export type PersonCheck = (plain: string) => Standing;

type Digits = readonly number[];

const two = (digits: Digits, at: number): number => (digits[at] ?? 0) * 10 + (digits[at + 1] ?? 0);

/** A check of digits alone, of which nothing else can be asked. */
function checked(check: (digits: Digits) => boolean): PersonCheck {
  return (plain) => (check(digitsOf(plain)) ? 'good' : 'likely');
}

/** A number that has no check digit, or one that nobody may rely on. */
export const unchecked: PersonCheck = () => 'likely';

/** Where year, month and day stand; months and days may have something added to them for women, centuries or foreigners. */
interface DateAt {
  readonly day: number;
  readonly month: number;
  /** What may be added to the month. */
  readonly months?: readonly number[];
  /** What may be added to the day. */
  readonly days?: readonly number[];
}

const DAY_FIRST: DateAt = { day: 0, month: 2 };
const YEAR_FIRST: DateAt = { day: 4, month: 2 };
/** Behind one digit for sex and century. */
const AFTER_ONE: DateAt = { day: 5, month: 3 };

function hasDate(digits: Digits, { day, month, months = [0], days = [0] }: DateAt): boolean {
  return months.some((m) => days.some((d) => isDayOfYear(two(digits, day) - d, two(digits, month) - m)));
}

/** A date and, behind it, a check. */
function dated(date: DateAt, check?: (digits: Digits) => boolean, rest?: (digits: Digits) => boolean): PersonCheck {
  return (plain) => {
    const digits = digitsOf(plain);
    if (!hasDate(digits, date) || rest?.(digits) === false) return 'bad';
    return check?.(digits) === true ? 'good' : 'likely';
  };
}

const sumsTo =
  (weights: Digits, modulus: number, rest = 0) =>
  (digits: Digits) =>
    weightedSum(digits, weights) % modulus === rest;

/** The last of the weighed digits' followers is `modulus` less the remainder of the sum; what is too great for a digit counts as given. */
const complement =
  (weights: Digits, modulus: number, tooGreat = 0) =>
  (digits: Digits): boolean => {
    const check = (modulus - (weightedSum(digits, weights) % modulus)) % modulus;
    return (check > 9 ? tooGreat : check) === digits[weights.length];
  };

/** The check digit is the remainder itself. */
const remains =
  (weights: Digits, modulus: number, tooGreat = 0) =>
  (digits: Digits): boolean => {
    const check = weightedSum(digits, weights) % modulus;
    return (check > 9 ? tooGreat : check) === digits[weights.length];
  };

const both =
  (...checks: readonly ((digits: Digits) => boolean)[]) =>
  (digits: Digits): boolean =>
    checks.every((check) => check(digits));

export const norwegian = dated(
  { ...DAY_FIRST, days: [0, 40], months: [0, 40] },
  both(sumsTo([3, 7, 6, 1, 8, 9, 4, 5, 2, 1], 11), sumsTo([5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1], 11)),
);
/** Numbers of these days are given out without regard to the check, so that the date must do. */
export const danish: PersonCheck = (plain) => (hasDate(digitsOf(plain), DAY_FIRST) ? 'good' : 'bad');
export const swedish: PersonCheck = (plain) =>
  dated({ ...YEAR_FIRST, days: [0, 60] }, luhn)(plain.length === 12 ? plain.slice(2) : plain);
export const icelandic = dated({ ...DAY_FIRST, days: [0, 40] }, sumsTo([3, 2, 7, 6, 5, 4, 3, 2, 1], 11), (digits) =>
  [0, 8, 9].includes(digits[9] ?? 1),
);

/** Estonia and Lithuania weigh a second time where the first remainder is ten. */
export const baltic = dated(
  AFTER_ONE,
  (digits) => {
    const first = weightedSum(digits, [1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) % 11;
    return (first < 10 ? first : (weightedSum(digits, [3, 4, 5, 6, 7, 8, 9, 1, 2, 3]) % 11) % 10) === digits[10];
  },
  ([first = 0]) => first >= 1 && first <= 8,
);
export const latvian: PersonCheck = (plain) => {
  const digits = digitsOf(plain);
  if (plain.startsWith('32')) return 'likely';
  const check = (1101 - weightedSum(digits, [1, 6, 3, 7, 9, 10, 5, 8, 4, 2])) % 11;
  return hasDate(digits, DAY_FIRST) ? (check % 10 === digits[10] ? 'good' : 'likely') : 'bad';
};

/** Czech and Slovak: of nine digits up to 1953, of ten that eleven divides since. */
export const czech: PersonCheck = (plain) => {
  const digits = digitsOf(plain);
  if (!hasDate(digits, { ...YEAR_FIRST, months: [0, 50, 20, 70] })) return 'bad';
  if (digits.length === 9) return two(digits, 0) < 54 ? 'good' : 'likely';
  const old = remainder(digits.slice(0, 9), 11) === 10 && digits[9] === 0;
  return remainder(digits, 11) === 0 || old ? 'good' : 'likely';
};

export const romanian = dated(
  AFTER_ONE,
  remains([2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9], 11, 1),
  (digits) => (digits[0] ?? 0) >= 1 && two(digits, 7) <= 52,
);
export const moldovan = checked(remains([7, 3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1], 10));
export const bulgarian = dated({ ...YEAR_FIRST, months: [0, 20, 40] }, remains([2, 4, 8, 5, 10, 9, 7, 3, 6], 11));
/** The number of the successors of Yugoslavia. */
export const yugoslav = dated(DAY_FIRST, complement([7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2], 11));
export const croatian = checked(mod11Of10);
export const hungarianHealth = checked(remains([3, 7, 3, 7, 3, 7, 3, 7], 10));
export const hungarianTax = checked(both(sumsTo([1, 2, 3, 4, 5, 6, 7, 8, 9, -1], 11), ([first]) => first === 8));
export const hungarianPerson = dated(AFTER_ONE, (digits) => {
  const up = weightedSum(digits, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) % 11;
  const down = weightedSum(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]) % 11;
  return up === digits[10] || down === digits[10];
});
export const slovenianTax = checked(complement([8, 7, 6, 5, 4, 3, 2], 11));
export const greekInsurance = dated(DAY_FIRST, luhn);
export const greekTax = checked(remains([256, 128, 64, 32, 16, 8, 4, 2], 11));
export const portugueseTax = checked(complement([9, 8, 7, 6, 5, 4, 3, 2], 11));
export const portugueseInsurance = checked(
  (digits) => 9 - (weightedSum(digits, [29, 23, 19, 17, 13, 11, 7, 5, 3, 2]) % 10) === digits[10],
);
export const spanishInsurance = checked((digits) => remainder(digits.slice(0, 10), 97) === two(digits, 10));
export const frenchTax = checked(
  (digits) => remainder(digits.slice(0, 10), 511) === two(digits, 10) * 10 + (digits[12] ?? 0),
);
export const belgian: PersonCheck = dated(YEAR_FIRST, (digits) => {
  const base = digits.slice(0, 9);
  return [97 - remainder(base, 97), 97 - remainder([2, ...base], 97)].includes(two(digits, 9));
});
export const dutch = checked(sumsTo([9, 8, 7, 6, 5, 4, 3, 2, -1], 11));
export const luxembourgish = dated(
  { day: 6, month: 4 },
  both(
    (digits) => luhn(digits.slice(0, 12)),
    (digits) => verhoeff([...digits.slice(0, 11), digits[12] ?? 0]),
  ),
);
export const austrian = dated(
  { day: 4, month: 6, months: [0, 12] },
  (digits) => weightedSum(digits, [3, 7, 9, 0, 5, 8, 4, 2, 1, 6]) % 11 === digits[3],
);

/** Digits of products, added up. */
const crossSum = (digits: Digits, weights: Digits): number =>
  digits.reduce((sum, digit, i) => {
    const product = digit * (weights[i] ?? 0);
    return sum + Math.floor(product / 10) + (product % 10);
  }, 0);

const letterAt = (plain: string, at: number): number => plain.charCodeAt(at) - 0x40;

export const germanPension: PersonCheck = (plain) => {
  const letter = letterAt(plain, 8);
  const digits = [...digitsOf(plain.slice(0, 8)), Math.floor(letter / 10), letter % 10, ...digitsOf(plain.slice(9))];
  if (!isDayOfYear(two(digits, 2) % 50, two(digits, 4))) return 'bad';
  return crossSum(digits.slice(0, 12), [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1]) % 10 === digits[12] ? 'good' : 'likely';
};
export const germanHealth: PersonCheck = (plain) => {
  const letter = letterAt(plain, 0);
  const digits = [Math.floor(letter / 10), letter % 10, ...digitsOf(plain)];
  return crossSum(digits.slice(0, 10), [1, 2, 1, 2, 1, 2, 1, 2, 1, 2]) % 10 === digits[10] ? 'good' : 'likely';
};

/** Letters count from ten on, weighed 7, 3, 1: passports and identity cards that machines read. */
export const machineRead: PersonCheck = (plain) => {
  const values = Array.from(plain, (one) => (one <= '9' ? Number(one) : one.charCodeAt(0) - 55));
  const sum = values.slice(0, -1).reduce((total, value, i) => total + value * ([7, 3, 1][i % 3] ?? 0), 0);
  return sum % 10 === values[values.length - 1] ? 'good' : 'likely';
};

/** What can be a date in eight digits is one. */
export const passport: PersonCheck = (plain) =>
  /^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/.test(plain) ? 'bad' : 'likely';

/** Five signs of the name, the year around month and day, where women have 50 added to the month; the specimen is nobody's. */
export const britishDriver: PersonCheck = (plain) => {
  if (plain.startsWith('MORGA')) return 'bad';
  const digits = digitsOf(plain.slice(5, 11));
  return isDayOfYear(two(digits, 3), two(digits, 1) % 50) && two(digits, 1) < 63 ? 'good' : 'likely';
};

export const polishCard: PersonCheck = (plain) => {
  const values = Array.from(plain, (one) => (one <= '9' ? Number(one) : one.charCodeAt(0) - 55));
  return weightedSum(values, [7, 3, 1, 9, 7, 3, 1, 7, 3]) % 10 === 0 ? 'good' : 'likely';
};
export const irish: PersonCheck = (plain) => {
  const second = plain.length > 8 && plain[8] !== 'W' ? letterAt(plain, 8) * 9 : 0;
  const sum = weightedSum(digitsOf(plain), [8, 7, 6, 5, 4, 3, 2]) + second;
  return 'WABCDEFGHIJKLMNOPQRSTUV'[sum % 23] === plain[7] ? 'good' : 'bad';
};
const britishHealth = checked(
  (digits) => (11 - (weightedSum(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11 === digits[9],
);
export const scottish = dated(DAY_FIRST, (digits) => britishHealth(digits.join('')) === 'good');
export const britishTax = checked(
  (digits) => '21987654321'[weightedSum(digits, [0, 6, 7, 8, 9, 10, 5, 4, 3, 2]) % 11] === String(digits[0]),
);
export const turkish: PersonCheck = (plain) => {
  const digits = digitsOf(plain);
  const odd = weightedSum(digits, [1, 0, 1, 0, 1, 0, 1, 0, 1]);
  const even = weightedSum(digits, [0, 1, 0, 1, 0, 1, 0, 1]);
  const ten = (((odd * 7 - even) % 10) + 10) % 10;
  if (digits[0] === 0) return 'bad';
  return ten === digits[9] && (odd + even + ten) % 10 === digits[10] ? 'good' : 'likely';
};
export const luhnNumber = checked(luhn);
export const egyptian = dated(
  AFTER_ONE,
  (digits) => (11 - (weightedSum(digits, [2, 7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 10 === digits[13],
  (digits) => digits[0] === 2 || digits[0] === 3,
);
export const kuwaiti = dated(
  AFTER_ONE,
  (digits) => 11 - (weightedSum(digits, [2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]) % 11) === digits[11],
);
export const iranian = checked((digits) => {
  const rest = weightedSum(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11;
  return (rest < 2 ? rest : 11 - rest) === digits[9];
});
export const thai = checked(
  (digits) => (11 - (weightedSum(digits, [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 10 === digits[12],
);
export const singaporean: PersonCheck = (plain) => {
  const first = plain[0] ?? '';
  const offset = 'TG'.includes(first) ? 4 : first === 'M' ? 3 : 0;
  const rest = (weightedSum(digitsOf(plain), [2, 7, 6, 5, 4, 3, 2]) + offset) % 11;
  const letters = 'ST'.includes(first) ? 'JZIHGFEDCBA' : first === 'M' ? 'XWUTRQPNJLK' : 'XWUTRQPNMLK';
  return letters[rest] === plain[8] ? 'good' : 'likely';
};
export const malaysian = dated(YEAR_FIRST);
export const indonesian = dated(
  { day: 6, month: 8, days: [0, 40] },
  undefined,
  (digits) => two(digits, 0) >= 11 && two(digits, 0) < 97,
);
/** Province, sex and century, year. */
export const vietnamese: PersonCheck = (plain) =>
  plain.length === 9 || Number(plain.slice(0, 3)) <= 96 ? 'likely' : 'bad';
export const hongKong: PersonCheck = (plain) => {
  const padded = plain.length === 8 ? ` ${plain}` : plain;
  let sum = 0;
  for (let i = 0; i < 8 && i < padded.length; i++) {
    const unit = padded.charCodeAt(i);
    sum += (unit === 0x20 ? 36 : unit <= 0x39 ? unit - 0x30 : unit - 55) * (9 - i);
  }
  const last = padded[8] === 'A' ? 10 : Number(padded[8]);
  return (sum + last) % 11 === 0 ? 'good' : 'likely';
};
export const taiwanese: PersonCheck = (plain) => {
  const letter = 'ABCDEFGHJKLMNPQRSTUVXYWZIO'.indexOf(plain[0] ?? '') + 10;
  const digits = [Math.floor(letter / 10), letter % 10, ...digitsOf(plain)];
  return weightedSum(digits, [1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1]) % 10 === 0 ? 'good' : 'likely';
};
/** Those given out since 2020 have no check digit. */
export const korean = dated(
  YEAR_FIRST,
  () => true,
  (digits) => (digits[6] ?? 0) >= 1 && (digits[6] ?? 9) <= 8,
);
export const japanese = checked((digits) => {
  const rest = weightedSum(digits, [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
  return (rest < 2 ? 0 : 11 - rest) === digits[11];
});
export const australianHealth = checked(remains([1, 3, 7, 9, 1, 3, 7, 9], 10));
export const newZealandTax = checked((digits) => {
  const eight = digits.length === 8 ? [0, ...digits] : digits;
  const of = (weights: Digits): number => (11 - (weightedSum(eight, weights) % 11)) % 11;
  const first = of([3, 2, 7, 6, 5, 4, 3, 2]);
  return (first < 10 ? first : of([7, 4, 3, 2, 5, 2, 7, 6])) === eight[8];
});
export const newZealandHealth: PersonCheck = (plain) => {
  const values = Array.from(plain, (one) => (one <= '9' ? Number(one) : 'ABCDEFGHJKLMNPQRSTUVWXYZ'.indexOf(one) + 1));
  const check = 11 - (weightedSum(values, [7, 6, 5, 4, 3, 2]) % 11);
  return check % 10 === values[6] && check < 11 ? 'good' : 'likely';
};
export const southAfrican = dated(YEAR_FIRST, luhn, (digits) => (digits[10] ?? 9) < 3);
export const russianTax = checked(
  both(
    (digits) => (weightedSum(digits, [7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11) % 10 === digits[10],
    (digits) => (weightedSum(digits, [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11) % 10 === digits[11],
  ),
);
export const russianInsurance = checked(
  (digits) => (weightedSum(digits, [9, 8, 7, 6, 5, 4, 3, 2, 1]) % 101) % 100 === two(digits, 9),
);
export const ukrainian = checked(
  (digits) => (((weightedSum(digits, [-1, 5, 7, 9, 4, 6, 10, 5, 7]) % 11) + 11) % 11) % 10 === digits[9],
);
export const kazakh = dated(YEAR_FIRST, (digits) => {
  const first = weightedSum(digits, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]) % 11;
  return (first < 10 ? first : weightedSum(digits, [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]) % 11) === digits[11];
});
export const uzbek = dated({ day: 1, month: 3 }, remains([7, 3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1, 7], 10));

/** Characters of a Mexican CURP, in the order of their values. */
const CURP_VALUES = '0123456789ABCDEFGHIJKLMN\u00d1OPQRSTUVWXYZ';

export const mexican: PersonCheck = (plain) => {
  const digits = digitsOf(plain);
  if (!hasDate(digits, YEAR_FIRST)) return 'bad';
  const sum = Array.from(plain.slice(0, 17)).reduce((total, one, i) => total + CURP_VALUES.indexOf(one) * (18 - i), 0);
  return String((10 - (sum % 10)) % 10) === plain[17] ? 'good' : 'likely';
};
export const mexicanTax: PersonCheck = (plain) => (hasDate(digitsOf(plain.slice(4)), YEAR_FIRST) ? 'good' : 'bad');
export const clabe = checked((digits) => {
  const sum = digits.slice(0, 17).reduce((total, digit, i) => total + ((digit * ([3, 7, 1][i % 3] ?? 0)) % 10), 0);
  return (10 - (sum % 10)) % 10 === digits[17];
});
/** Modulo 11 with the weights 2 to 7 from the right; K stands for ten. */
export const chilean: PersonCheck = (plain) => {
  const body = digitsOf(plain.slice(0, -1)).toReversed();
  const check = 11 - (body.reduce((sum, digit, i) => sum + digit * (2 + (i % 6)), 0) % 11);
  if (Number(plain.slice(0, -1)) >= 40_000_000) return 'bad';
  return (check === 11 ? '0' : check === 10 ? 'K' : String(check)) === plain.slice(-1) ? 'good' : 'likely';
};
export const argentine = checked(complement([5, 4, 3, 2, 7, 6, 5, 4, 3, 2], 11, 9));
export const ecuadorian: PersonCheck = (plain) => {
  const digits = digitsOf(plain);
  const province = two(digits, 0);
  if ((province < 1 || province > 24) && province !== 30) return 'bad';
  return (digits[2] ?? 9) < 6 && luhn(digits) ? 'good' : 'likely';
};
export const uruguayan = checked(complement([2, 9, 8, 7, 6, 3, 4], 10));
export const guatemalan = checked(remains([2, 3, 4, 5, 6, 7, 8, 9], 11));
export const brazilianWorker = checked(complement([3, 2, 9, 8, 7, 6, 5, 4, 3, 2], 11));
export const brazilianHealth = checked(
  (digits) => digits.reduce((sum, digit, i) => sum + digit * (15 - i), 0) % 11 === 0,
);
/** Permanent account number: the fourth letter says that it is a person's. */
export const indianTax: PersonCheck = (plain) => (plain[3] === 'P' ? 'good' : 'bad');
/** Day of the year, 500 more for women. */
export const sriLankan: PersonCheck = (plain) => {
  const day = Number(plain.length === 12 ? plain.slice(4, 7) : plain.slice(2, 5)) % 500;
  return day >= 1 && day <= 366 ? 'good' : 'bad';
};
/** Kinds whose check digits are tried elsewhere: only the date. */
export const dayFirst = dated(DAY_FIRST);
export const polish = dated({ ...YEAR_FIRST, months: [0, 20, 40, 60, 80] });
