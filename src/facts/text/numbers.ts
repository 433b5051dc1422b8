import { ALNUM, ANY_HEX, allIn, DIGIT, isIn, LOWER, runEnd, WORD } from './characters.js';
import { digitsOf, luhnIn } from './checksums.js';
import { isSampleOf } from './labelled-numbers.js';
import { readLetteredId, readSpacedNino } from './lettered-ids.js';
import { groupsKey, NATIONAL_IDS_BY_GROUPS } from './national-ids.js';
import { isNamedOtherwise, isStamp } from './number-names.js';
import { isCalledNumber, isInternationalNumber, isUsualNumber, usualPhoneGroups } from './phone-numbers.js';
import type { Reading } from './reading.js';
import { isTestCard } from './sample-numbers.js';
import { UnlabelledNumbers } from './unlabelled-numbers.js';

/** The longest written number has seven groups. */
const MOST_GROUPS = 7;
const LONGEST_GROUP = 30;

/** The groups of digits from one place on, with one separator to three between them; moves along without reading twice. */
class DigitGroups {
  readonly #text: string;
  // Lists: so short a typed array takes longer to make than to fill.
  readonly #starts = [0, 0, 0, 0, 0, 0, 0];
  readonly ends = [0, 0, 0, 0, 0, 0, 0];
  readonly lengths = [0, 0, 0, 0, 0, 0, 0];
  count = 0;
  /** Whether the last group is followed by none. */
  #closed = true;

  constructor(text: string) {
    this.#text = text;
  }

  moveTo(start: number, end: number): void {
    if (this.count > 1 && this.#starts[1] === start) {
      this.#dropFirst();
    } else {
      this.count = 0;
      this.#add(start, end);
      this.#closed = false;
    }
    while (!this.#closed && this.count < MOST_GROUPS) this.#addNext();
  }

  #dropFirst(): void {
    const last = --this.count;
    // So few are moved sooner than a built-in function is called for it.
    for (let i = 0; i < last; i++) {
      this.#starts[i] = this.#starts[i + 1] ?? 0;
      this.ends[i] = this.ends[i + 1] ?? 0;
      this.lengths[i] = this.lengths[i + 1] ?? 0;
    }
  }

  #add(start: number, end: number): void {
    this.#starts[this.count] = start;
    this.ends[this.count] = end;
    this.lengths[this.count++] = end - start;
  }

  #addNext(): void {
    const last = this.ends[this.count - 1] ?? 0;
    let from = last;
    while (from - last < 3 && isSeparator(this.#text.charCodeAt(from))) from++;
    const to = from === last ? from : runEnd(this.#text, from, DIGIT, LONGEST_GROUP + 1);
    if (to === from || to - from > LONGEST_GROUP) this.#closed = true;
    else this.#add(from, to);
  }

  endOf(count: number): number {
    return this.ends[count - 1] ?? 0;
  }
}

/** Reads the numbers of a text: cards, phones and national numbers, each at a group of digits. */
export function readNumbers(reading: Reading): void {
  const { text } = reading;
  const { length } = text;
  const first = text.search(/\d/);
  if (first < 0) return;
  const groups = new DigitGroups(text);
  const unlabelled = new UnlabelledNumbers(reading);
  // A number that was found is passed over; rare forms without a label are looked for all the same.
  let found = 0;
  for (let i = first; i < length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x30 || unit > 0x39) continue;
    const start = i;
    do i++;
    while (i < length && isDigit(text.charCodeAt(i)));
    if (start >= found && i - start <= LONGEST_GROUP) found = numberAt(reading, groups, start, i);
    unlabelled.look(start, i);
  }
  unlabelled.finish();
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

/** 1 for what can stand between the groups of a number: space, end of line, `()-./_`. */
const SEPARATORS = Uint8Array.from({ length: 128 }, (_, code) =>
  Number(' \n()-./_'.includes(String.fromCharCode(code))),
);

function isSeparator(unit: number): boolean {
  return SEPARATORS[unit] === 1;
}

/** End of the number found at a group of digits, 0 when there is none. */
function numberAt(reading: Reading, groups: DigitGroups, start: number, end: number): number {
  const { text } = reading;
  if (isIn(text.charCodeAt(start - 1), WORD) && !isEscapedLetter(text, start)) return readLetteredId(reading, start);
  // Most groups are short and stand alone: dates, versions, sizes.
  if (end - start < 6 && !isSeparator(text.charCodeAt(end))) return 0;
  groups.moveTo(start, end);
  if (groups.count === 1 && end - start < 6) return 0;
  const { lengths } = groups;
  if (groups.count === 3 && lengths[0] === 2 && lengths[1] === 2 && lengths[2] === 2)
    return readSpacedNino(reading, start) || readPhone(reading, groups, start);
  return readCard(reading, groups, start) || readNational(reading, groups, start) || readPhone(reading, groups, start);
}

function isEscapedLetter(text: string, start: number): boolean {
  return start >= 2 && text.charCodeAt(start - 2) === 0x5c && isIn(text.charCodeAt(start - 1), LOWER);
}

/** Nothing that belongs to a longer number, a version or a decimal fraction may touch a number. */
function isFree(text: string, start: number, end: number): boolean {
  const before = text.charCodeAt(start - 1);
  const after = text.charCodeAt(end);
  if (isIn(after, WORD) || (after === 0x2e && isIn(text.charCodeAt(end + 1), DIGIT))) return false;
  const joined = before === 0x2d ? ALNUM : before === 0x2c && text.charCodeAt(start) !== 0x2b ? DIGIT : 0;
  if (isIn(text.charCodeAt(start - 2), joined)) return false;
  if (before === 0x2e) return false;
  return !(after === 0x2d && isIn(text.charCodeAt(end + 1), ALNUM));
}

/** Whether a number written with spaces is a stretch of a longer row, as in a dump or a table: the next group is as long as its own. */
function isInRow(text: string, start: number, end: number): boolean {
  const written = text.slice(start, end);
  const first = written.indexOf(' ');
  if (first < 0) return false;
  const last = written.length - 1 - written.lastIndexOf(' ');
  return isGroup(text, start - 1 - first, start - 1) || isGroup(text, end + 1, end + 1 + last);
}

/** Whether exactly these characters are a group of hexadecimal digits between spaces or line ends. */
function isGroup(text: string, start: number, end: number): boolean {
  const edge = (unit: number): boolean => Number.isNaN(unit) || unit === 0x20 || unit === 0x0a || unit === 0x0d;
  return (
    start >= 0 && allIn(text, ANY_HEX, start, end) && edge(text.charCodeAt(start - 1)) && edge(text.charCodeAt(end))
  );
}

/** How many groups a card at this place would have, 0 when none could be written so. */
function cardGroups({ lengths, count }: DigitGroups): number {
  const first = lengths[0] ?? 99;
  if (first >= 13) return first <= 19 ? 1 : 0;
  if (first !== 4 || count < 3) return 0;
  const [, second, third, fourth, fifth] = lengths;
  if (second === 6) return third === 4 || third === 5 ? 3 : 0;
  if (second !== 4 || third !== 4 || count < 4 || (fourth ?? 0) > 7) return 0;
  return fourth === 4 && count > 4 && fifth === 3 ? 5 : 4;
}

function readCard(reading: Reading, groups: DigitGroups, start: number): number {
  const { text } = reading;
  const lead = text.charCodeAt(start);
  if (lead < 0x32 || lead > 0x36) return 0;
  for (let count = cardGroups(groups); count > 0; count = count === 5 ? 4 : 0) {
    const end = groups.endOf(count);
    // The checks come in the order of their costs.
    if (!isFree(text, start, end) || !isIssued(text, groups, count, start) || !luhnIn(text, start, end)) continue;
    const written = text.slice(start, end);
    const isTest = isTestCard(count === 1 ? written : written.replace(/\D/g, ''));
    if (isFromTable(written) && !isTest) continue;
    if (count > 1 && !isWrittenAsOne(written)) continue;
    if (isInRow(text, start, end) || isNamedOtherwise(text, start, end)) continue;
    reading.personal(isTest ? 'test-payment-card' : 'payment-card', start, end);
    return end;
  }
  return 0;
}

/** One separator throughout, of which one may have become the end of a line. */
function isWrittenAsOne(written: string): boolean {
  const ends = written.split('\n').length - 1;
  if (ends > 1 || isCount(written)) return false;
  return ends === 0
    ? /^\d+(?:([ ._-]| [.-] )\d+(?:\1\d+)*)?$/.test(written)
    : /^\d{4}([ .-]\d{4,6}){0,2}\n\d{3,6}([ .-]\d{3,5}){0,2}$/.test(written);
}

/** `5690 5691 5692 5693` is a stretch of a table. */
function isCount(written: string): boolean {
  let groups = 0;
  let last = 0;
  let value = 0;
  for (let at = 0; at <= written.length; at++) {
    const digit = at < written.length ? written.charCodeAt(at) - 0x30 : -1;
    if (digit >= 0 && digit <= 9) {
      value = value * 10 + digit;
      continue;
    }
    if (groups++ > 0 && value !== last + 1) return false;
    last = value;
    value = 0;
  }
  return groups > 2;
}

/** How near numbers of a table are to each other where those of a card would hardly be. */
const NEAR = 5;

/** `5078 5077 5077`: whether two groups of four digits are about as great as the one before, as in the tables of programs. */
function isFromTable(written: string): boolean {
  if (!/^\d{4}(?:[ -]\d{4}){2,}/.test(written)) return false;
  const groups = written.split(/[ -]/).map(Number);
  const near = groups.filter((group, i) => i > 0 && Math.abs(group - (groups[i - 1] ?? 0)) < NEAR);
  return near.length > 1;
}

/** Whether cards of so many digits begin like this. */
function isIssued(text: string, { lengths }: DigitGroups, count: number, start: number): boolean {
  let head = 0;
  for (let at = start, digits = 0; digits < 6; at++) {
    const digit = text.charCodeAt(at) - 0x30;
    if (digit < 0 || digit > 9) continue;
    head = head * 10 + digit;
    digits++;
  }
  let length = 0;
  for (let group = 0; group < count; group++) length += lengths[group] ?? 0;
  for (const [from, to, lengthsOfIt] of ISSUED)
    if (head >= from && head < to && ((lengthsOfIt >> length) & 1) === 1) return true;
  return false;
}

const isLength = (...lengths: readonly number[]): number => lengths.reduce((bits, length) => bits | (1 << length), 0);
const SIXTEEN_ON = isLength(16, 17, 18, 19);

/** With which six digits cards begin, from and up to, and which lengths those have as bits. */
const ISSUED: readonly (readonly [from: number, to: number, lengths: number])[] = [
  [400_000, 500_000, isLength(13, 16, 19)],
  [510_000, 560_000, isLength(16)],
  [222_100, 272_100, isLength(16)],
  [340_000, 350_000, isLength(15)],
  [370_000, 380_000, isLength(15)],
  [601_100, 601_200, SIXTEEN_ON],
  [644_000, 660_000, SIXTEEN_ON],
  [352_800, 359_000, SIXTEEN_ON],
  [300_000, 306_000, isLength(14)],
  [360_000, 370_000, isLength(14)],
  [380_000, 400_000, isLength(14)],
  [620_000, 630_000, SIXTEEN_ON],
  [500_000, 510_000, isLength(16)],
  [560_000, 590_000, isLength(16)],
  [630_400, 630_500, isLength(16)],
  [675_900, 676_400, isLength(16)],
];

/** How far before a number the word may stand that says what it is. */
const CONTEXT = 40;

function readNational(reading: Reading, groups: DigitGroups, start: number): number {
  const { text } = reading;
  let key = 0;
  for (let count = 1; count <= groups.count; count++) {
    key = groupsKey(key, groups.lengths[count - 1] ?? 0);
    const ids = NATIONAL_IDS_BY_GROUPS.get(key);
    if (ids === undefined) return 0;
    const last = groups.endOf(count);
    if (ids.length === 0) continue;
    const isFreeThere = isFree(text, start, last);
    const plain = text.slice(start, last);
    let digits: readonly number[] | undefined;
    for (const id of ids) {
      if (id.tail === undefined && !isFreeThere) continue;
      let end = last;
      if (id.tail !== undefined) {
        const tail = id.tail.exec(text.slice(end, end + 14));
        if (tail === null) continue;
        end += tail[0].length;
      }
      const written = end === last ? plain : text.slice(start, end);
      if ((end > last && !isFree(text, start, end)) || !id.shape.test(written)) continue;
      if (end === last) digits ??= digitsOf(plain);
      if (!id.check(end === last && digits !== undefined ? digits : digitsOf(written), written)) continue;
      if (id.context === undefined && (isInRow(text, start, end) || isFromTable(written))) continue;
      if (id.context !== undefined && !id.context.test(text.slice(Math.max(0, start - CONTEXT), start))) continue;
      if (isSampleOf(text, start, end) || isStamp(text, start, end)) continue;
      reading.personal(id.kind, start, end);
      return end;
    }
  }
  return 0;
}

function readPhone(reading: Reading, groups: DigitGroups, start: number): number {
  const { text } = reading;
  let from = start;
  if (text[from - 1] === '(' && text[groups.endOf(1)] === ')') from--;
  const plus = text[from - 1] === '+';
  if (plus) from--;
  if (from > 0 && isIn(text.charCodeAt(from - 1), WORD) && !isEscapedLetter(text, from)) return 0;
  const count = phoneGroups(text, groups, from, start, plus);
  if (count === 0) return 0;
  const end = groups.endOf(count);
  if (!isFree(text, from, end)) return 0;
  reading.personal('phone', from, end);
  return end;
}

/** How many of the groups are a phone number, 0 for none. */
function phoneGroups(text: string, groups: DigitGroups, from: number, start: number, plus: boolean): number {
  if (plus || text.startsWith('00', start)) {
    for (let count = Math.min(groups.count, 6); count >= 1; count--) {
      if (isInternationalNumber(text.slice(from, groups.endOf(count)))) return count;
    }
    return 0;
  }
  const usual = usualPhoneGroups(groups.lengths, groups.count);
  // Five pairs in a longer row of pairs are a dump of bytes.
  const row = usual === 5 && isInRow(text, from, groups.endOf(5));
  if (usual > 0 && !row && isUsualNumber(text.slice(from, groups.endOf(usual)))) return usual;
  const before = text.charCodeAt(from - 1);
  // In a column of numbers no word stands before.
  if (Number.isNaN(before) || isIn(text.charCodeAt(from - 2), DIGIT)) return 0;
  return isCalledNumber(text.slice(from, groups.endOf(groups.count)), text.slice(Math.max(0, from - 24), from))
    ? groups.count
    : 0;
}
