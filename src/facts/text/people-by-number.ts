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
  const repeated = [...new Set(plain.slice(0, 10))].length;
  return plain[0] !== '0' && (repeated === 9 || repeated === 8) ? of.croatian(plain) : 'bad';
};

/** By the number of digits. */
const PROVEN: Readonly<Record<number, readonly ProvenNumber[]>> = {
  9: [
    proven('us-ssn', american, 0.13, '3-2-4'),
    proven('nl-bsn', of.dutch, 1 / 11),
    proven('ca-sin', of.luhnNumber, 0.1),
    proven('national-id', of.portugueseTax, 1 / 11),
    proven('national-id', of.greekTax, 1 / 11),
    proven('national-id', of.hungarianHealth, 0.1),
  ],
  10: [
    proven('uk-nhs-number', british, 1 / 11),
    proven('fi-hetu', finnish, 1 / 31, '6-4'),
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
/** How such numbers are written in groups, with one sign between them. */
const GROUPED: ReadonlySet<string> = new Set(['3-2-4', '3-3-3', '3-3-4', '6-5', '6-4', '4-6', '2-3-3-3', '3-3-3-2']);
/** Lengths of the first two groups, by which most others are told. */
const BEGINNINGS: ReadonlySet<number> = new Set([32, 33, 65, 64, 46, 23]);

/** How far before and behind a number the name may stand of the person who has it. */
const BEFORE = 120;
const BEHIND = 90;
/** How unlikely the numbers must be that pass, as the negative logarithm of their chance. */
const CERTAIN = 10;
const FEWEST = 3;
/** More than any number has digits. */
const COLUMN = 100;

/** Numbers of the same kind that count something else, by the name in front of the first of them. */
const OF_THINGS =
  /\b(?:rsin|kvk|btw|vat|siren|siret|nip|regon|ein|abn|acn|duns|org(?:anisation(?:s)?)?\.?[ -]?(?:nr|nummer|number)|isbn|issn|ean|gtin|upc|imei|iccid|npi|cusip|ocr|kid|invoices?|rechnung\w*|factur\w*|fattur\w*|factuur\w*|orders?|bestell\w*|commandes?|pedidos?|tracking|parcels?|sendung\w*|tickets?|serial|barcodes?|sku|books?|publisher|compan(?:y|ies)|firma|firmen|suppliers?|phones?|telefon\w*|mobile|fax)\b[^\n]{0,80}$/i;

/** The numbers of a text that have as many digits as those of persons, and which of them people have. */
export class PeopleByNumber {
  readonly #text: string;
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  /** Looks at a whole group of digits. */
  look(start: number, end: number): void {
    const digits = end - start;
    const last =
      digits >= SHORTEST ? (digits <= LONGEST ? end : 0) : digits > 1 && digits < 7 ? this.#groupedEnd(start, end) : 0;
    if (last === 0 || !isApart(this.#text, start, last)) return;
    this.#starts.push(start);
    this.#ends.push(last);
  }

  /** End of the groups that begin with one, 0 where they are written like no such number. */
  #groupedEnd(start: number, first: number): number {
    const text = this.#text;
    const sign = text.charCodeAt(first);
    if (sign !== 0x20 && sign !== 0x2d && sign !== 0x2e) return 0;
    let at = first;
    let groups = String(first - start);
    while (text.charCodeAt(at) === sign && groups.length < 7) {
      let to = at + 1;
      while (isDigit(text.charCodeAt(to)) && to - at < 8) to++;
      const digits = to - at - 1;
      if (digits === 0) break;
      if (groups.length === 1 && !BEGINNINGS.has((first - start) * 10 + digits)) return 0;
      groups += `-${digits}`;
      at = to;
      if (
        GROUPED.has(groups) &&
        !(groups === '3-3-3' && text.charCodeAt(at) === sign && isDigit(text.charCodeAt(at + 1)))
      )
        return at;
    }
    return GROUPED.has(groups) ? at : 0;
  }

  /** Reports the numbers of a country that several people of the text have. */
  finish(reading: Reading): void {
    if (this.#starts.length < FEWEST) return;
    const byLength = new Map<number, Candidate[]>();
    for (const one of this.#named(reading)) {
      // A phone behind each number must not hide it.
      for (const key of [one.plain.length, one.plain.length + COLUMN * (one.column + 1)]) {
        const known = byLength.get(key);
        if (known === undefined) byLength.set(key, [one]);
        else known.push(one);
      }
    }
    for (const [key, all] of byLength) {
      if (all.length < FEWEST) continue;
      for (const number of PROVEN[key % COLUMN] ?? []) if (reportAll(reading, number, all)) break;
    }
  }

  /** The numbers near which something is written like a name. */
  #named(reading: Reading): Candidate[] {
    const text = this.#text;
    const named: Candidate[] = [];
    let seen = 0;
    let last = -1;
    let column = 0;
    let lineEnd = -1;
    for (let i = 0; i < this.#starts.length; i++) {
      const from = this.#starts[i] ?? 0;
      const to = this.#ends[i] ?? 0;
      const stop = Math.min(text.length, to + BEHIND);
      for (let at = Math.max(seen, from - BEFORE); at < stop; at++) if (isNameLike(text, at)) last = at;
      seen = Math.max(seen, stop);
      if (!reading.decoded && (last < 0 || last < from - BEFORE)) continue;
      column = from < lineEnd ? column + 1 : 0;
      if (column === 0) lineEnd = reading.next('\n', to);
      if (lineEnd < 0) lineEnd = text.length;
      const written = text.slice(from, to);
      if (isCounted(written)) continue;
      const groups = written.split(/\D/).map(({ length }) => length);
      named.push({ from, to, plain: written.replace(/\D/g, ''), groups: groups.join('-'), column });
    }
    return named;
  }
}

interface Candidate {
  readonly from: number;
  readonly to: number;
  readonly plain: string;
  readonly groups: string;
  /** How many of them stand before it on its line. */
  readonly column: number;
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

/** Whether nothing stands beside a number that it would be a part of. */
function isApart(text: string, start: number, end: number): boolean {
  return !/[\w.+/-]/.test(text.charAt(start - 1)) && !/^(?:\w|[-./:]\w)/.test(text.slice(end, end + 2));
}

/** A capital in front of a small letter or a dot, two capitals, or a letter of another script. */
function isNameLike(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  if (unit >= 0x80) return unit > 0x370;
  if (unit < 0x41 || unit > 0x5a) return false;
  const next = text.charCodeAt(at + 1);
  return next === 0x2e || (next >= 0x61 && next <= 0x7a) || (next >= 0x41 && next <= 0x5a);
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

function reportAll(
  reading: Reading,
  { kind, check, chance, groups }: ProvenNumber,
  all: readonly Candidate[],
): boolean {
  const { text, decoded } = reading;
  const tried = groups === undefined ? all : all.filter((one) => one.groups === groups);
  const good = tried.filter(({ plain }) => check(plain) === 'good');
  const distinct = new Set(good.map(({ plain }) => plain)).size;
  const first = good[0];
  if (first === undefined || distinct < FEWEST || surprise(good.length, tried.length, chance) < CERTAIN) return false;
  if (OF_THINGS.test(text.slice(Math.max(0, first.from - 200), first.from))) return false;
  if (good.some(({ from, to }) => isSampleOf(text, from, to))) return false;
  const names = new Set<string>();
  for (const { from, to } of good) {
    const around = text.slice(Math.max(0, from - BEFORE), to + BEHIND);
    for (const { name } of namesIn(around)) names.add(name);
    for (const name of around.match(INITIALS) ?? []) names.add(name);
    if (names.size >= distinct) break;
    for (const name of around.match(IN_CELLS) ?? []) names.add(name);
  }
  // In an encoded column the names stand elsewhere.
  if (names.size < Math.floor(distinct * 0.8) && !decoded) return false;
  for (const { from, to } of good) reading.personal(kind, from, to);
  return true;
}
