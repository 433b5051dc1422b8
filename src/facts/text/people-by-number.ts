import { BankRecords } from './bank-records.js';
import { isIn, WORD } from './characters.js';
import { digitsOf, verhoeff, weightedSum } from './checksums.js';
import type { PersonalKind } from './finding-kinds.js';
import { isCounted, isSampleOf } from './labelled-numbers.js';
import { namesIn } from './people.js';
import * as of from './person-number-checks.js';
import type { Reading } from './reading.js';

/** A number of persons that its check digits alone can tell where several people have one. */
interface ProvenNumber {
  readonly kind: PersonalKind;
  readonly check: of.PersonCheck;
  /** Share of other numbers of its length that pass the check, a date in front of those that have one being no accident. */
  readonly chance: number;
  /** Lengths of its groups, where those must be so. */
  readonly groups?: string;
}

function proven(kind: PersonalKind, check: of.PersonCheck, chance: number, groups?: string): ProvenNumber {
  return groups === undefined ? { kind, check, chance } : { kind, check, chance, groups };
}

/** Areas that were given out; this number has no check digit, and nothing else is written in such groups. */
const american: of.PersonCheck = (plain) =>
  /^(?!000|666|9)\d{3}(?!00)\d\d(?!0000)\d{4}$/.test(plain) ? 'good' : 'bad';
const british: of.PersonCheck = (plain) => {
  const rest = weightedSum(digitsOf(plain), [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11;
  return (11 - rest) % 11 === Number(plain[9]) && /^[4679]/.test(plain) ? 'good' : 'bad';
};
const finnish: of.PersonCheck = (plain) =>
  of.dayFirst(plain) === 'likely' && Number(plain.slice(0, 9)) % 31 === Number(plain[9]) ? 'good' : 'bad';
const brazilian: of.PersonCheck = (plain) => {
  const digits = digitsOf(plain);
  const last = (length: number): number =>
    ((digits.slice(0, length).reduce((sum, digit, i) => sum + digit * (length + 1 - i), 0) * 10) % 11) % 10;
  return last(9) === digits[9] && last(10) === digits[10] ? 'good' : 'bad';
};
const polish: of.PersonCheck = (plain) => {
  const sum = weightedSum(digitsOf(plain), [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]);
  return of.polish(plain) === 'likely' && sum % 10 === 0 ? 'good' : 'bad';
};
const indian: of.PersonCheck = (plain) => (/^[2-9]/.test(plain) && verhoeff(digitsOf(plain)) ? 'good' : 'bad');
/** One digit of the first ten stands there twice or three times, all others once at most. */
const german: of.PersonCheck = (plain) => {
  const repeated = new Set(plain.slice(0, 10)).size;
  return plain[0] !== '0' && (repeated === 9 || repeated === 8) ? of.croatian(plain) : 'bad';
};

/** By the number of digits. */
const PROVEN: Readonly<Record<number, readonly ProvenNumber[]>> = {
  9: [
    proven('us-ssn', american, 0.13, '324'),
    proven('nl-bsn', of.dutch, 1 / 11),
    proven('ca-sin', of.luhnNumber, 0.1),
    proven('national-id', of.portugueseTax, 1 / 11),
    proven('national-id', of.greekTax, 1 / 11),
    proven('national-id', of.hungarianHealth, 0.1),
  ],
  10: [
    proven('uk-nhs-number', british, 1 / 11),
    proven('fi-hetu', finnish, 1 / 31, '64'),
    proven('se-personnummer', of.swedish, 0.07),
    proven('national-id', of.bulgarian, 0.07),
    proven('national-id', of.czech, 0.07),
    proven('national-id', of.icelandic, 0.07),
    proven('national-id', of.austrian, 0.07),
    proven('national-id', of.hungarianTax, 0.07),
    proven('national-id', of.ecuadorian, 0.05),
    proven('national-id', of.ukrainian, 0.1),
    proven('national-id', of.iranian, 0.1),
  ],
  11: [
    proven('pl-pesel', polish, 0.05),
    proven('national-id', of.turkish, 0.01),
    proven('br-cpf', brazilian, 0.01),
    proven('national-id', of.norwegian, 0.01),
    proven('be-national-number', of.belgian, 0.02),
    proven('national-id', of.russianInsurance, 0.01),
    proven('de-tax-id', german, 0.08),
    proven('national-id', of.croatian, 0.1),
    proven('national-id', of.baltic, 0.05),
    proven('national-id', of.greekInsurance, 0.07),
    proven('national-id', of.latvian, 0.07),
  ],
  12: [
    proven('national-id', of.russianTax, 0.01),
    proven('national-id', of.kazakh, 0.07),
    proven('national-id', of.japanese, 0.1),
    proven('in-aadhaar', indian, 0.1),
  ],
  13: [
    proven('national-id', of.romanian, 0.05),
    proven('national-id', of.yugoslav, 0.05),
    proven('national-id', of.southAfrican, 0.05),
    proven('national-id', of.thai, 0.1),
  ],
  14: [proven('national-id', of.egyptian, 0.05), proven('national-id', of.uzbek, 0.05)],
};

const SHORTEST = 9;
const LONGEST = 14;
/** How such numbers are written in groups with one sign between them: the lengths of these as digits of one number. */
const GROUPED: ReadonlySet<number> = new Set([324, 333, 334, 65, 64, 46, 2333, 3332]);
/** Those of the first two groups. */
const BEGINNINGS: ReadonlySet<number> = new Set([32, 33, 65, 64, 46, 23]);

/** How far before and behind a number the name may stand of the person who has it. */
const BEFORE = 120;
const BEHIND = 90;
/** How far from each other the numbers of two rows stand at most. */
const APART = 500;
/** How unlikely the numbers must be that pass, as the negative logarithm of their chance. */
const CERTAIN = 10;
const FEWEST = 3;
/** As many are looked at together; after the first of them it is clear whether they are of a kind. */
const MOST = 64;
const FIRST_PROBE = 5;
const PROBE = 16;
/** So many are asked for their names. */
const MOST_NAMED = 12;
const LEAST_SHARE = 0.3;

/** Numbers of the same kind that count something else, by the name in front of the first of them. */
const OF_THINGS =
  /\b(?:rechnung\w*|factur\w*|fattur\w*|factuur\w*|orders?|bestell\w*|commandes?|pedidos?|parcels?|sendung\w*|tickets?|sku|books?|publisher|compan(?:y|ies)|firma|firmen|suppliers?|phones?|telefon\w*|mobile|fax)\b[^\n]{0,80}$|\b(?:rsin|kvk|btw|vat|siren|siret|nip|regon|ein|abn|acn|duns|org(?:anisation(?:s)?)?\.?[ -]?(?:nr|nummer|number)|isbn|issn|ean|gtin|upc|imei|iccid|npi|cusip|ocr|kid|invoices?|tracking|serial|barcodes?)\b[^\n]{0,80}\n?[^\n]{0,80}$/i;

/** A number of a row. */
interface Candidate {
  readonly from: number;
  readonly to: number;
}

/** Finds the numbers of persons that several rows of a text have, while its groups of digits are passed over. */
export class PeopleByNumber {
  readonly #reading: Reading;
  /** By the number of digits, those that stand near each other. */
  readonly #rows: (Candidate[] | undefined)[] = [];

  readonly #records: BankRecords;

  constructor(reading: Reading) {
    this.#reading = reading;
    this.#records = new BankRecords(reading);
  }

  /** Looks at a whole group of digits. */
  look(start: number, end: number): void {
    const digits = end - start;
    if (digits >= SHORTEST) {
      if (digits <= LONGEST) this.#take(start, end, digits);
      if (digits > LONGEST || this.#reading.text.charCodeAt(start - 1) === 0x3f) this.#records.look(start);
    } else if (digits > 1 && digits < 7) this.#lookGrouped(start, end);
  }

  #lookGrouped(start: number, first: number): void {
    const { text } = this.#reading;
    const sign = text.charCodeAt(first);
    if (sign !== 0x20 && sign !== 0x2d && sign !== 0x2e) return;
    let groups = first - start;
    let digits = groups;
    let at = first;
    while (text.charCodeAt(at) === sign && groups < 1000) {
      let to = at + 1;
      while (isDigit(text.charCodeAt(to)) && to - at < 8) to++;
      const more = to - at - 1;
      if (more === 0) break;
      groups = groups * 10 + more;
      if (groups < 100 && !BEGINNINGS.has(groups)) return;
      digits += more;
      at = to;
    }
    if (GROUPED.has(groups)) this.#take(start, at, digits);
  }

  #take(from: number, to: number, digits: number): void {
    if (!isApart(this.#reading.text, from, to)) return;
    const rows = this.#rows[digits];
    const last = rows?.at(-1);
    if (rows === undefined || last === undefined) {
      this.#rows[digits] = [{ from, to }];
      return;
    }
    if (rows.length === MOST || from - last.to > APART) {
      readRows(this.#reading, rows, digits);
      rows.length = 0;
    }
    rows.push({ from, to });
  }

  /** Reports what the last rows have. */
  finish(): void {
    this.#records.finish();
    for (const [digits, rows] of this.#rows.entries()) if (rows !== undefined) readRows(this.#reading, rows, digits);
  }
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

/** Whether nothing stands beside a number that it would be a part of. */
function isApart(text: string, start: number, end: number): boolean {
  const before = text.charCodeAt(start - 1);
  if (isIn(before, WORD) || before === 0x2b || (before >= 0x2d && before <= 0x2f)) return false;
  const after = text.charCodeAt(end);
  if (isIn(after, WORD)) return false;
  return !(((after >= 0x2d && after <= 0x2f) || after === 0x3a) && isIn(text.charCodeAt(end + 1), WORD));
}

/** Numbers that all begin alike are times or count up. */
function beginAlike(text: string, rows: readonly Candidate[]): boolean {
  const first = rows[0]?.from ?? 0;
  return rows.every(({ from }) => text.startsWith(text.slice(first, first + 4), from));
}

function readRows(reading: Reading, rows: readonly Candidate[], digits: number): void {
  const { text } = reading;
  if (rows.length < FEWEST || beginAlike(text, rows)) return;
  const plain = rows.map(({ from, to }) => {
    const written = text.slice(from, to);
    return to - from === digits ? written : written.replace(/\D/g, '');
  });
  for (const number of PROVEN[digits] ?? []) {
    let passed = 0;
    const good: boolean[] = [];
    for (const [i, one] of plain.entries()) {
      const { from, to } = rows[i] ?? { from: 0, to: 0 };
      good[i] = number.check(one) === 'good' && isGrouped(text, from, to, number.groups) && !isCounted(one);
      if (good[i]) passed++;
      if ((i === FIRST_PROBE && passed === 0) || (i === PROBE && passed < PROBE * LEAST_SHARE)) break;
    }
    if (passed < FEWEST) continue;
    const all = rows.filter((_, i) => good[i]);
    if (surprise(passed, rows.length, number.chance) < CERTAIN && !isColumn(text, rows, good, number.chance)) continue;
    if (!areOfPeople(reading, all)) continue;
    for (const { from, to } of all) reading.personal(number.kind, from, to);
    return;
  }
}

function isGrouped(text: string, from: number, to: number, groups: string | undefined): boolean {
  return (
    groups === undefined ||
    text
      .slice(from, to)
      .split(/\D/)
      .map(({ length }) => length)
      .join('') === groups
  );
}

/** Whether they are so unlikely among those that stand first on their lines, or second: each may have a phone beside it. */
function isColumn(text: string, rows: readonly Candidate[], good: readonly boolean[], chance: number): boolean {
  const columns: { all: number; passed: number }[] = [];
  let column = 0;
  for (const [i, { from }] of rows.entries()) {
    column = i > 0 && !text.slice(rows[i - 1]?.to, from).includes('\n') ? column + 1 : 0;
    const counts = columns[column] ?? { all: 0, passed: 0 };
    columns[column] = counts;
    counts.all++;
    if (good[i]) counts.passed++;
  }
  return columns.some(({ all, passed }) => passed >= FEWEST && surprise(passed, all, chance) >= CERTAIN);
}

/** How unlikely it is that `passed` of `all` numbers pass by accident: a bound for the tail of the binomial distribution. */
function surprise(passed: number, all: number, chance: number): number {
  const share = passed / all;
  if (share <= chance) return 0;
  const failed = share === 1 ? 0 : (1 - share) * Math.log((1 - share) / (1 - chance));
  return all * (share * Math.log(share / chance) + failed);
}

const INITIALS =
  /(?<![\p{L}\d])\p{Lu}\.[ -]?(?:\p{Lu}\.[ -]?)*(?:(?:van|von|de|der|den|da|di|del|ter|el|al|bin)[ -]){0,3}\p{Lu}[\p{Ll}'’]{2,}/gu;
/** The name and the family name in cells of their own. */
const IN_CELLS =
  /(?<!\p{L})\p{Lu}\p{Ll}{1,14}["']?(?:[;,\t|]|<\/\w+>\s*<\w+>)\s?["']?(?:(?:van|von|de|der|da|di|del|ter|el|al|bin)[ -]){0,2}\p{Lu}\p{Ll}{1,20}/gu;

/** Whether as many people are named beside numbers, none of which is called an example or the number of a thing. */
function areOfPeople({ text, decoded }: Reading, all: readonly Candidate[]): boolean {
  const first = all[0]?.from ?? 0;
  const asked = all.slice(0, MOST_NAMED);
  const distinct = new Set(asked.map(({ from, to }) => text.slice(from, to))).size;
  if (distinct < FEWEST || OF_THINGS.test(text.slice(Math.max(0, first - 200), first))) return false;
  if (asked.some(({ from, to }) => isSampleOf(text, from, to))) return false;
  // In an encoded column the names stand elsewhere.
  if (decoded) return true;
  const stretches = stretchesAround(text, asked);
  const names = new Set<string>();
  for (const stretch of stretches) for (const { name } of namesIn(stretch)) names.add(name);
  const fewest = Math.floor(distinct * 0.8);
  for (const form of names.size < fewest ? [INITIALS, IN_CELLS] : [])
    for (const stretch of stretches) for (const name of stretch.match(form) ?? []) names.add(name);
  return names.size >= fewest;
}

/** What stands before, between and behind the numbers. */
function stretchesAround(text: string, all: readonly Candidate[]): readonly string[] {
  let read = Math.max(0, (all[0]?.from ?? 0) - BEFORE);
  const stretches = all.map(({ from, to }) => {
    const stretch = text.slice(read, from);
    read = to;
    return stretch;
  });
  return [...stretches, text.slice(read, read + BEHIND)];
}
