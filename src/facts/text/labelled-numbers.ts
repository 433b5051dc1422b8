import { lazily } from '../../text/lazily.js';
import { ALNUM, DIGIT, isIn, LETTER, LOWER, UPPER, UPPER_ALNUM } from './characters.js';
import type { PersonalKind } from './finding-kinds.js';
import { isInEncoding } from './no-values.js';
import { numberLabels } from './number-labels.js';
import { PERSON_NUMBERS, type PersonNumber } from './person-numbers-table.js';
import type { LiteralRule, Reading } from './reading.js';
import { foldText } from './view.js';

interface LabelledForm {
  readonly country: string;
  readonly kind: PersonalKind;
  /** Directly behind the label and what belongs to it. */
  readonly direct: RegExp;
  readonly anywhere: RegExp;
  /** The form alone, which is looked for sooner than it is found behind a label. */
  readonly bare: RegExp;
  readonly check: PersonNumber['check'];
}

/** Between a label and its number: the rest of the word, one or two words such as `no.`, then signs, one end of a line among them. */
const JOINT = String.raw`^(?:['’]?[\p{L}]{0,8}\.?)(?:[ _-]?[\p{L}]{1,10}\.?){0,2}[ \t"'\\=:#()<>\/\[\]|*_;,.\u2116-]{0,10}\n?[ \t"'=:|<>*-]{0,6}`;

function compiled({ country, kind, form, check }: PersonNumber): LabelledForm {
  return {
    country,
    kind,
    direct: new RegExp(`(${JOINT})(${form})(?![\\w]|[.,-]\\d)`, 'iu'),
    anywhere: new RegExp(String.raw`(?<![\w.$-])(?:${form})(?![\w-]|\.\d)`, 'g'),
    bare: new RegExp(form, 'iu'),
    check,
  };
}

/** Forms by place in the table, compiled when a text first has one of their labels. */
const FORMS = PERSON_NUMBERS.map((one) => {
  let made: LabelledForm | undefined;
  return (): LabelledForm => {
    made ??= compiled(one);
    return made;
  };
});

/** Numbers of persons behind the names that their countries have for them. */
export const NUMBER_LABEL_LITERALS: readonly LiteralRule[] = numberLabels().map(([literal, places]) => {
  const forms = places.flatMap((place) => FORMS[place] ?? []);
  return {
    literal,
    onHit: (reading: Reading, start: number, end: number) => readLabelled(reading, forms, start, end),
  };
});

const DIRECT_REACH = 72;
const LIST_REACH = 600;

/** A name of a person in most scripts, or the key of a field that holds one. */
const nameOfPerson = lazily(
  () =>
    /(?!(?:The|This|That|An?|Our|Your|In|On|For|From|Der|Die|Das|Ein|Le|La|Les|El|Los|Il|Un)\b)\p{Lu}[\p{Ll}'’]+[,.]?[ -](?:\p{Lu}\.? )?(?:(?:de|da|del|van|von|der|bin|al|el|dos|di) )?\p{Lu}[\p{Ll}'’]+|\p{Lu}{3,} \p{Lu}{3,}|[\p{Script=Han}\p{Script=Hangul}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Thai}\p{Script=Hiragana}\p{Script=Katakana}]{2}|["'<](?:\w*(?:[Nn]ame|naam|namn|navn)|nom|prenom|nome|cognome|nombre|apellidos?|ad|soyad|adSoyad|imie|nazwisko|ime|prezime|jmeno|prijmeni|nume|nimi|etunimi|vardas|pavarde|vards|patient|employee|customer|kunde|cliente|paciente)["'>]/u,
);

/** Whether a stretch holds the name of a person, or what could be one. */
export function namesPerson(stretch: string): boolean {
  return nameOfPerson().test(stretch);
}

/** Tests of programs that check numbers. */
const TEST_CODE =
  /\b(?:expect\w*|assert\w*|is_?valid\w*|describe|should\w*)\(|@example\b|\b(?:regexp?|fixture|faker|dummy|mock)\b/i;
/** Prose about numbers rather than of persons, unless a person is named beside them. */
const ABOUT_NUMBERS =
  /\b(?:validat\w*|format|pattern|checksum|check digits?|e\.g\.|for example|example:|sample (?:data|number|value)|fake|placeholder|z\. ?b\.|np\.|par exemple|por ejemplo|beispiel)(?!\w)/i;

const CALLED_SAMPLE = /^[^\n]{0,40}\b(?:example|sample|fixtures?|test data|beispiel|ejemplo|exemple|esempio)\b/i;

/** Whether a number from `from` to `to` stands for numbers of its kind and is nobody's. */
export function isSampleOf(text: string, from: number, to: number): boolean {
  const before = text.slice(Math.max(0, from - 90), from);
  if (TEST_CODE.test(before)) return true;
  const after = text.slice(to, to + 60);
  return (
    (ABOUT_NUMBERS.test(before) || CALLED_SAMPLE.test(after)) &&
    !nameOfPerson().test(before) &&
    !nameOfPerson().test(after)
  );
}

function readLabelled(reading: Reading, forms: readonly (() => LabelledForm)[], start: number, end: number): void {
  const { text } = reading;
  if (!standsAlone(text, start, end) || isInEncoding(text, start, end)) return;
  const isNear = leadsToDigit(text, end);
  const near = isNear ? text.slice(end, end + DIRECT_REACH) : '';
  let likely: Reading['likelyIds'][number] | undefined;
  for (const form of isNear ? forms : []) {
    const { direct, bare, check, country, kind } = form();
    const match = bare.test(near) ? direct.exec(near) : null;
    const written = match?.[2];
    if (match === null || written === undefined || isCounted(written)) continue;
    const standing = check(plainOf(written));
    if (standing === 'bad') continue;
    const to = end + match[0].length;
    const from = to - written.length;
    if (isSampleOf(text, from, to)) continue;
    if (standing === 'good') {
      reading.personal(kind, from, to);
      return;
    }
    likely ??= { country, from, to, label: { start, end } };
  }
  if (likely === undefined && isNumberBefore(reading, forms, start)) return;
  if (likely !== undefined) reading.likelyIds.push(likely);
  else if (start >= reading.columnsRead) readColumnOf(reading, forms, start, end);
}

/** `21076946113 (fnr)`: the number in front of its label, with right check digits. */
function isNumberBefore(reading: Reading, forms: readonly (() => LabelledForm)[], start: number): boolean {
  const { text } = reading;
  const from = Math.max(0, start - 32);
  const before = text.slice(from, start);
  if (!/\d[A-Z]?\)? ?[([,:=–-]? ?$/.test(before)) return false;
  for (const form of forms) {
    const { anywhere, check, kind } = form();
    for (const { index, 0: written } of before.matchAll(anywhere)) {
      const end = from + index + written.length;
      if (start - end > 4 || isCounted(written) || check(plainOf(written)) !== 'good') continue;
      if (isSampleOf(text, from + index, end)) continue;
      reading.personal(kind, from + index, end);
      return true;
    }
  }
  return false;
}

/** What can stand between a label and the first digit of its number: 1 for a letter, 2 for a sign of `JOINT` or a form, 3 for a digit. */
const BETWEEN = Uint8Array.from({ length: 128 }, (_, code) =>
  isIn(code, LETTER)
    ? 1
    : isIn(code, DIGIT)
      ? 3
      : ' \t\n"\'\\=:#()<>/[]|*_;,.-&'.includes(String.fromCharCode(code))
        ? 2
        : 0,
);
/** The rest of the label, two words behind it and the letters of the number. */
const MOST_WORDS = 4;

/** Whether a number can stand behind a label: no form is without a digit, and little may come before that. */
function leadsToDigit(text: string, end: number): boolean {
  const limit = Math.min(text.length, end + DIRECT_REACH);
  let words = 0;
  let before = 0;
  for (let at = end; at < limit; at++) {
    const unit = text.charCodeAt(at);
    const kind = unit < 0x80 ? BETWEEN[unit] : 1;
    if (kind === 3) return true;
    if (kind === undefined || kind === 0 || (kind === 1 && before !== 1 && ++words > MOST_WORDS)) return false;
    before = kind;
  }
  return false;
}

const ofPassport = lazily(
  () => new RegExp(foldText('pas(?:s|ap|zp|po)|útlevél|загран|护照|護照|旅券|パスポート|여권'), 'i'),
);

/** Under the heading of a column and in enumerations: two whose check digits are right, or one behind a name. */
function readColumnOf(reading: Reading, forms: readonly (() => LabelledForm)[], start: number, end: number): void {
  const { text } = reading;
  const label = text.slice(start, end);
  const digits = reading.nextThreeDigits(end);
  // Newer passports have hardly three digits in a row.
  const ofPassports = ofPassport().test(label);
  if ((digits < 0 || digits + 3 > end + LIST_REACH) && !ofPassports) return;
  const window = text.slice(end, end + LIST_REACH);
  reading.columnsRead = end + 120;
  // Numbers without a right check digit only under a name that nothing else has, each behind the name of a person.
  const strict = /id|card|number/i.test(label) && !/licen|dl|passport/i.test(label);
  for (const form of forms) {
    const { anywhere, check, kind } = form();
    const good = [...window.matchAll(anywhere)].filter(({ index, 0: written }) => {
      const standing = isCounted(written) ? 'bad' : check(plainOf(written));
      if (standing !== 'likely' || strict) return standing === 'good';
      const line = window.slice(Math.max(0, index - 80), index);
      const mark = line.includes('\n') || !ofPassports ? /\n[^\n]*$/ : /[;:][^;:]*$/;
      const row = line.slice(line.search(mark) + 1);
      return row !== line && nameOfPerson().test(row === '' ? lineAt(window, index) : row);
    });
    const one = good[0];
    const named = one !== undefined && nameOfPerson().test(window.slice(Math.max(0, one.index - 80), one.index));
    if (new Set(good.map(([written]) => written)).size < (named ? 1 : 2)) continue;
    for (const { index, 0: written } of good) reading.personal(kind, end + index, end + index + written.length);
    return;
  }
}

/** What is left of a line, as far as a row with a name in it goes. */
function lineAt(text: string, from: number): string {
  return text.slice(from, from + 80).split('\n', 1)[0] ?? '';
}

/** No letter goes on before or after, but for a name in a program: `customerPesel`, `tcNo2`. */
function standsAlone(text: string, start: number, end: number): boolean {
  const before = text.charCodeAt(start - 1);
  // `requestId` is the number of anything.
  const camel = end - start > 2 && isIn(before, LOWER) && isIn(text.charCodeAt(start), UPPER);
  const letterBefore = before < 0x80 ? isIn(before, LETTER) : /\p{L}/u.test(text.charAt(start - 1));
  if (letterBefore && !camel) return false;
  // Short labels are whole words; longer ones may have an ending.
  if (end - start > 4 || !isIn(text.charCodeAt(end), ALNUM)) return true;
  return isIn(text.charCodeAt(end), UPPER) && isIn(text.charCodeAt(end - 1), LOWER);
}

/** The letters and digits of a number, the letters in capitals. */
export function plainOf(written: string): string {
  return isPlain(written) ? written : written.replace(/[^A-Za-z0-9]/g, '').toUpperCase();
}

function isPlain(written: string): boolean {
  for (let i = 0; i < written.length; i++) if (!isIn(written.charCodeAt(i), UPPER_ALNUM)) return false;
  return true;
}

/** What counts up or repeats itself is nobody's number: `12345`, `01234` or `98765`, one digit six times, or two digits in all. */
export function isCounted(written: string): boolean {
  let lastFive = 0;
  let same = 0;
  let last = -1;
  let count = 0;
  let seen = 0;
  for (let i = 0; i < written.length; i++) {
    const digit = written.charCodeAt(i) - 0x30;
    if (digit < 0 || digit > 9) continue;
    lastFive = (lastFive * 10 + digit) % 100_000;
    same = digit === last ? same + 1 : 1;
    last = digit;
    seen |= 1 << digit;
    if (same === 6 || (++count >= 5 && (lastFive === 12_345 || lastFive === 98_765 || lastFive === 1234))) return true;
  }
  // Two bits or fewer.
  const rest = seen & (seen - 1);
  return (rest & (rest - 1)) === 0;
}

/**
 * Numbers without a check digit, or with a wrong one, count where several stand under the same label or one belongs to a
 * person that is named.
 */
export function readLikelyIds(reading: Reading): void {
  const { text, likelyIds } = reading;
  const seen = new Map<string, Set<string>>();
  for (const { country, from, to } of likelyIds) {
    const known = seen.get(country) ?? new Set();
    known.add(text.slice(from, to));
    seen.set(country, known);
  }
  for (const { country, from, to, label } of likelyIds) {
    const several = (seen.get(country)?.size ?? 0) > 1;
    // `Passport No` is written like a name.
    const before = `${text.slice(Math.max(0, from - 90), label.start)}\n${text.slice(label.end, from)}`;
    if (several || nameOfPerson().test(before) || nameOfPerson().test(text.slice(to, to + 60)))
      reading.personal('national-id', from, to);
  }
}
