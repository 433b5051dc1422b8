import { DIGIT, isIn, LETTER } from './characters.js';
import { digitsOf, weightedSum } from './checksums.js';
import { contactEntries, contactRows, isOfHouse } from './contact-rows.js';
import type { Finding } from './finding.js';
import type { PersonalKind } from './finding-kinds.js';
import { namesPerson } from './labelled-numbers.js';
import { NO_NAME } from './people.js';
import type { LiteralRule, Reading } from './reading.js';
import { foldText } from './view.js';

const ID_LABELS =
  'personnummer|personnr|fødselsnummer|cpr-nummer|cpr nummer|cpr_nr|henkilötunnus|isikukood|personal code|asmens kodas|rodné číslo|' +
  'rodne cislo|pesel|ssn|social security|national id|national_id|nationalid|national insurance|ni number|nino|steuer-id|' +
  'steuerid|sozialversicherungsnummer|versichertennummer|krankenversicherungsnummer|ahv|bsn|burgerservicenummer|rijksregister|' +
  'numéro de sécurité sociale|nir|codice fiscale|dni|nif|cédula|cedula|curp|rfc|rut|cpf|rg |aadhaar|pan number|emirates id|' +
  'iqama|teudat zehut|tc kimlik|kimlik no|tckn|egn|cnp|oib|jmbg|emšo|taj szám|adószám|αφμ|αμκα|снилс|инн|паспорт|рнокпп|' +
  '身份证|身分證|居民身份|rrn|주민등록번호|マイナンバー|個人番号|my number|nhs|nhs no|medicare|mrn|patient id|patient no|passport|' +
  'passports|reisepass|pasaporte|passeport|driver license|driving licence|driver_license|licence no|tax id|tax_id|tin|tfn|' +
  'securite sociale|secu|pan|card number|card_number|cardnumber|card no|cc_number|ccnum|kartennummer|cvv|cvc|sin number|insurance number|ausweis|personalausweis|id card|id_number|idnumber|nric|fin no|hkid|ic number|mykad|nik|ktp|cccd|cmnd';

/** Personal data that a heading or a repeated label gives away, whatever the country. */
export const PERSONAL_LABEL_LITERALS: readonly LiteralRule[] = [
  ...[...new Set(ID_LABELS.split('|').map((label) => foldText(label).toLowerCase()))].map((literal) => ({
    literal,
    onHit: readIds,
  })),
  ...[
    'konto ',
    'konto\t',
    'account ',
    'account\t',
    'account no',
    'account number',
    'acct',
    'kontonummer',
    'konto-nr',
    'cuenta ',
    'compte ',
  ].map((literal) => ({ literal, onHit: readNamedAccounts })),
  ...['routing', 'aba', 'bankleitzahl'].map((literal) => ({ literal, onHit: readRouting })),
  ...['sort code', 'sort-code', 'sortcode', 'sort_code'].map((literal) => ({ literal, onHit: readSortCode })),
  ...['nhs no', 'nhs number', 'nhs:', 'nhs_number', 'nhs '].map((literal) => ({ literal, onHit: readNhs })),
];

/** As many as make a list. */
const LEAST_LISTED = 3;
const LISTED = /(?:(?<![\w.$-])[A-Z]{1,3}[ -]?\d|(?<![\w.$-])\d)(?:[ .-]?[\dA-Z]){6,17}(?![\w-])/g;

/** And digits that each of them has. */
const LEAST_DIGITS = 7;

/** Whether so many digits stand between two offsets. */
function hasDigits(text: string, from: number, to: number, least: number): boolean {
  let count = 0;
  for (let at = from; at < to && at < text.length; at++)
    if (isIn(text.charCodeAt(at), DIGIT) && ++count === least) return true;
  return false;
}

/** Three numbers or more of one shape after the name of a national number. */
function readIds(reading: Reading, start: number, end: number): void {
  const { text } = reading;
  if (start < reading.idsRead || isLetterAt(text, start - 1) || isIn(text.charCodeAt(end), LETTER)) return;
  // `PAN-OS` is a system.
  if (end - start <= 4 && /^-[A-Za-z]/.test(text.slice(end, end + 2))) return;
  // Three letters in small print are anything.
  if (
    end - start <= 4 &&
    /^[a-z ]+$/.test(text.slice(start, end)) &&
    !/^(?:ssn|bsn|cpf|dni|nif|rrn|nhs|mrn|curp|pan|cvv)$/.test(text.slice(start, end))
  )
    return;
  // A document of the internet has the same name: `RFC 9562`.
  if (/^rfc$/i.test(text.slice(start, end)) && /^[\s-]?\d{1,5}(?!\d)/.test(text.slice(end, end + 8))) return;
  reading.idsRead = end + 700;
  if (!hasDigits(text, end, end + 700, LEAST_LISTED * LEAST_DIGITS)) return;
  const window = text.slice(end, end + 700);
  const listed = [...window.matchAll(LISTED)];
  if (listed.length < LEAST_LISTED) return;
  const shapes = new Map<string, { first: number; last: number; seen: Set<string> }>();
  for (const match of listed) {
    if (!hasDigits(match[0], 0, match[0].length, LEAST_DIGITS)) continue;
    const digits = match[0].replace(/\D/g, '');
    if (/^(?:19|20)\d{2}[-.]?\d{2}[-.]?\d{2}$/.test(match[0]) || /(\d)\1{5}|12345/.test(digits)) continue;
    const shape = shapeOf(match[0]);
    const known = shapes.get(shape);
    const last = match.index + match[0].length;
    if (known === undefined) shapes.set(shape, { first: match.index, last, seen: new Set([match[0]]) });
    else {
      known.last = last;
      known.seen.add(match[0]);
    }
  }
  for (const { first, last, seen } of shapes.values()) {
    if (seen.size < LEAST_LISTED) continue;
    reading.personal('national-id-list', end + first, end + last);
    return;
  }
}

/** A number with each digit as a nine and each letter as an A. */
function shapeOf(written: string): string {
  let shape = '';
  for (let i = 0; i < written.length; i++) {
    const unit = written.charCodeAt(i);
    shape += isIn(unit, DIGIT) ? '9' : isIn(unit, LETTER) ? 'A' : written.charAt(i);
  }
  return shape;
}

const NAMED_ACCOUNT = /^([^\n\d]{4,60}?)[ \t|;,]{1,40}(\d{8,11}|\d{2,4}(?:[ -]\d{2,4}){2,3})(?![\w-]|[.,]\d)/gm;

/** Numbers of accounts in a column, each on the line of a person. */
function readNamedAccounts(reading: Reading, start: number, end: number): void {
  const { text } = reading;
  if (start < reading.accountsRead || isLetterAt(text, start - 1) || !/^[^\n]{0,60}\n/.test(text.slice(end, end + 62)))
    return;
  reading.accountsRead = end + 200;
  const window = text.slice(end, end + 700);
  const rows = [...window.matchAll(NAMED_ACCOUNT)].filter(
    ({ 1: name = '' }) => namesPerson(name) && !NO_NAME.test(name),
  );
  const numbers = rows.map(({ 2: number = '' }) => number.replace(/\D/g, '')).filter((number) => number.length >= 8);
  const last = rows[rows.length - 1];
  // What counts up are invoices and orders.
  const counted = numbers.some((number, i) => i > 0 && Math.abs(Number(number) - Number(numbers[i - 1])) < 1000);
  if (last === undefined || new Set(numbers).size < LEAST_LISTED || counted) return;
  reading.personal('national-id-list', end + (rows[0]?.index ?? 0), end + last.index + last[0].length);
}

function isLetterAt(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit < 0x80 ? isIn(unit, LETTER) : /\p{L}/u.test(text.charAt(at));
}

function readRouting(reading: Reading, _start: number, end: number): void {
  const { text } = reading;
  const match =
    /^[^\d\n]{0,16}(\d{9})(?!\d)[^\n]{0,40}?\b(?:acc(?:oun)?t|acct|a\/c|konto)\b[^\d\n]{0,12}(\d{6,17})(?!\d)/i.exec(
      text.slice(end, end + 120),
    );
  if (match === null || weightedSum(digitsOf(match[1] ?? ''), [3, 7, 1, 3, 7, 1, 3, 7, 1]) % 10 !== 0) return;
  if (/^(\d)\1+$|123456/.test(match[2] ?? '')) return;
  reading.personal('us-bank-account', end + match[0].length - (match[2] ?? '').length, end + match[0].length);
}

function readSortCode(reading: Reading, _start: number, end: number): void {
  const match = /^[^\d\n]{0,12}\d{2}[- ]?\d{2}[- ]?\d{2}(?!\d)[^\d\n]{0,40}(\d{8})(?!\d)/.exec(
    reading.text.slice(end, end + 90),
  );
  if (match === null || /^(\d)\1+$|123456/.test(match[1] ?? '')) return;
  reading.personal('uk-bank-account', end + match[0].length - 8, end + match[0].length);
}

function readNhs(reading: Reading, _start: number, end: number): void {
  const match = /^[^\d\n]{0,10}(\d{3}[ -]?\d{3}[ -]?\d{4})(?!\d)/.exec(reading.text.slice(end, end + 40));
  const digits = digitsOf(match?.[1] ?? '');
  if (match === null || digits.length !== 10 || new Set(digits).size < 4) return;
  if ((11 - (weightedSum(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11 !== digits[9]) return;
  reading.personal('uk-nhs-number', end + match[0].length - (match[1] ?? '').length, end + match[0].length);
}

/** Mailboxes that people have rather than companies. */
export const PRIVATE_MAIL =
  /@(?:gmail|googlemail|outlook|hotmail|live|msn|yahoo|ymail|icloud|me|mac|aol|gmx|web|t-online|freenet|posteo|mailbox|proton|protonmail|pm|tutanota|tuta|zoho|mail|yandex|ya|rambler|bk|inbox|qq|163|126|sina|naver|daum|hanmail|orange|wanadoo|free|laposte|sfr|libero|virgilio|tiscali|alice|wp|o2|onet|interia|seznam|centrum|uol|bol|terra|ziggo|kpnmail|telenet|bluewin|rediffmail|btinternet|virginmedia|sky|comcast|att|verizon|telia|online|abv|ukr|docomo|ezweb|softbank)\.[a-z.]{2,6}$/i;
/** Where addresses and names belong to the work. */
export const OF_THE_WORK =
  /\b(?:Author|Authored|Committer|Co-authored-by|Signed-off-by|Reviewed-by|Acked-by|Tested-by|maintainers?|contributors?|credits|AUTHORS|commit [0-9a-f]{7}|copyright|mailmap)\b/i;
const HEALTH =
  /\b(?:diagnos\w*|biops\w*|hiv|diabet\w*|depress\w*|schizophren\w*|cancer|carcinom\w*|kanker|krebs|tumou?r|chemo\w*|pregnan\w*|psychiatr\w*|epilep\w*|hepatitis|icd-?10|prescri\w+|oncolog\w*|\d+ ?mg\b|befund|anamnese|medication|allerg\w+|blood type|discharge summary|symptom\w*|diagnostic\w*|enfermedad|maladie|choroba)/i;

const FEWEST_CONTACTS = 6;
const FEWEST_BIRTHS = 3;

/** Kinds that say what several findings are together; they are no further piece of data. */
export const LIST_KINDS: ReadonlySet<string> = new Set(['contact-list', 'person-records', 'health-record']);

/** What the findings of a text are together: many people's addresses, people with dates of birth, or the health of somebody. */
export function listsIn(text: string, found: readonly Finding[]): readonly Finding[] {
  const personal = found.filter(({ category }) => category === 'personal-data');
  if (personal.length === 0) return [];
  const lists: Finding[] = [];
  const add = (kind: PersonalKind, last: Finding | undefined): void => {
    if (last !== undefined) lists.push({ ...last, kind });
  };
  const written = ({ start, end }: Finding): string => text.slice(start, end);
  const births = personal.filter((one) => one.kind === 'date-of-birth' && !/01[-/.]01|(?:19|20)00/.test(written(one)));
  const mails = sampleOf(
    text,
    personal,
    (one) => one.kind === 'email' && (one.encoded || PRIVATE_MAIL.test(written(one))),
  );
  const phones = sampleOf(
    text,
    personal,
    (one) => one.kind === 'phone' && !/555[-. ]?01|1234567|0{5}/.test(written(one)) && !isOfHouse(text, one),
  );
  const passports = personal.filter(({ kind }) => kind === 'passport-number');
  if (mails.distinct + phones.distinct >= FEWEST_CONTACTS && !OF_THE_WORK.test(text.slice(0, 4000)))
    add('contact-list', phones.last ?? mails.last);
  else if (!OF_THE_WORK.test(text.slice(0, 4000))) {
    const plain = personal.filter(({ kind, encoded }) => kind === 'email' && !encoded);
    const rows = contactRows(text, plain);
    const entries =
      rows.length > 0
        ? rows
        : contactEntries(
            text,
            mails.items.filter(({ encoded }) => !encoded),
          );
    add('contact-list', entries.at(-1));
  }
  const zones = personal.filter(({ kind }) => kind === 'passport-zone');
  const others = mails.items.length + phones.items.length + passports.length + zones.length;
  if (births.length >= FEWEST_BIRTHS || (births.length > 0 && others > 0) || passports.length >= FEWEST_BIRTHS)
    add('person-records', (births.length > 0 ? births : passports).at(-1));
  if (others > 1 && [...mails.items, ...phones.items].some((one) => isLocated(text, one)))
    add('person-records', phones.last ?? mails.last);
  const ids = personal.filter(
    ({ kind }) => kind === 'uk-nhs-number' || kind === 'national-id-list' || kind === 'nl-bsn',
  );
  if ((births.length > 0 || ids.length > 0) && HEALTH.test(text))
    add('health-record', (births.length > 0 ? births : ids).at(-1));
  return lists;
}

/** Whether somebody's place on the map is told near a finding. */
function isLocated(text: string, { start, end }: Finding): boolean {
  const around = text.slice(Math.max(0, start - 600), end + 600);
  return /\b(?:coordinates|latitude|longitude|home_lat|geo_?location)\b/i.test(around);
}

/** Findings of one sort as far as they matter. */
interface Sample {
  /** All of them, or the first with as many different texts as make a list. */
  readonly items: readonly Finding[];
  /** How many different texts those have. */
  readonly distinct: number;
  /** The last of all. */
  readonly last: Finding | undefined;
}

function sampleOf(text: string, found: readonly Finding[], test: (one: Finding) => boolean): Sample {
  const items: Finding[] = [];
  const seen = new Set<string>();
  for (const one of found) {
    if (!test(one)) continue;
    items.push(one);
    if (seen.add(text.slice(one.start, one.end)).size === FEWEST_CONTACTS)
      return { items, distinct: seen.size, last: found.findLast(test) };
  }
  return { items, distinct: seen.size, last: items.at(-1) };
}
