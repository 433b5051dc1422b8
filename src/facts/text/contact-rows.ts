import { isIn, LETTER } from './characters.js';
import type { Finding } from './finding.js';
import { NO_NAME, namesIn } from './people.js';
import type { Reading } from './reading.js';
import { readSpacedContacts } from './spaced-contacts.js';

/** How many people make a list. */
const FEWEST = 5;

/** Numbers as people write those of their phones: with a country, or as in their country. */
export const PHONE =
  /(?<![\w.+/-])(?:\+\d{1,3}(?:[ .-]?\(?\d{1,4}\)?){2,5}|\(?0[1-9]\d{0,4}\)?[ /-]?\d{2,4}(?:[ -]?\d{2,5}){1,3}|0[1-9]\d{8,10}|[5-9]\d{2}[ -]\d{3}[ -]\d{3,4}|[2-9]\d(?: \d{2}){3}(?! ?\d)|3[2-9]\d[ -]?\d{3}[ -]?\d{3,4}|[69]\d{8}|\(\d{3}\) ?\d{3}-\d{4}|\d{3}[-.]\d{3}[-.]\d{4})(?![\w-]|\.\d)/g;
/** The name of a person directly before its number. */
const NAMED =
  /(?:^|[\n,;:|•*"'(\t-]|\band |\bund |\bet |\by |\be )\s*(\p{Lu}[\p{L}'’.-]+(?: \p{Lu}[\p{L}'’.-]*){0,3})(?: ?\([^()\n]{1,24}\))?[ \t]*[,:;(=|"'–-]{0,3}[ \t]*["']?$/u;
const MAY_BE_PHONE = /\d[\d /().-]{6,16}\d/g;
/** Characters of the shortest. */
const SHORTEST_PHONE = 8;
const DATE = /^\d{1,2}[-/. ]\d{1,2}[-/. ](?:19|20)\d{2}/;
/** Numbers of mobile phones in countries where they can be told from others, and of the one where they cannot. */
const MOBILE =
  /^(?:\+|\(?0(?:1[5-7]|6|7|8[3-9]|4[015]|[3-7]1 )|[5-9]\d{2}[ -]?\d{3}|3[2-9]\d[ -]?\d{6}|\(?[2-9]\d{2}\)?[ .-]\d{3}[ .-]\d{4}$)/;
const PRIVATE = /\b(?:private|personal|home|privat\w*|mobile|handy\w*|zuhause|domicile|particular|casa)\b/i;
/** Lines that everybody may ring. */
const PUBLIC =
  /\b(?:hotline|offices?|helpdesk|help desk|reception|support|sales|service|emergency|notruf|poison|police|polizei|feuerwehr|fire|ambulance|taxi|zentrale|branch(?:es)?|filialen?|stores?|shops?|standorte?|locations?|gmbh|ltd|inc|hospitals?|clinics?|hotels?|restaurants?|examples?|sample|test|dummy|fixtures?|faker|lorem)\b|555[-. ]?01|\b0?8\d0[ /-]/i;

/** People with the numbers of their phones in a running text: `Ruth Lang 0171 9129882, Cem Yurt 0152 93266530, ...`. */
export function readContacts(reading: Reading): void {
  const { text } = reading;
  const first = firstOfList(text);
  if (first.length < FEWEST) return;
  if (first.some((one) => /\d \d \d \d/.test(one))) readSpacedContacts(reading);
  const contacts = new Contacts(text);
  PHONE.lastIndex = 0;
  for (let match = PHONE.exec(text); match !== null; match = PHONE.exec(text)) contacts.look(match.index, match[0]);
  contacts.report(reading);
}

/** The people met so far with their numbers. */
class Contacts {
  readonly #text: string;
  readonly #names = new Set<string>();
  readonly #numbers = new Set<string>();
  #mobile = 0;
  #first = -1;
  #last = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Takes what is written like the number of a phone where a name stands before it. */
  look(index: number, written: string): void {
    const digits = written.replace(/\D/g, '');
    if (digits.length < (written.startsWith('+') ? 8 : 9) || digits.length > 15 || /(\d)\1{4}|12345|0{4}/.test(digits))
      return;
    if (DATE.test(written)) return;
    if (!mayBeNamed(this.#text, index)) return;
    const name = NAMED.exec(this.#text.slice(Math.max(0, index - 72), index))?.[1];
    if (name === undefined || NO_NAME.test(name) || !name.trim().includes(' ')) return;
    this.#names.add(name);
    if (MOBILE.test(written)) this.#mobile++;
    this.#numbers.add(digits);
    if (this.#first < 0) this.#first = index;
    this.#last = index + written.length;
  }

  report(reading: Reading): void {
    if (this.#names.size < FEWEST || this.#numbers.size < FEWEST) return;
    const around = this.#text.slice(Math.max(0, this.#first - 200), this.#last);
    if (PUBLIC.test(around)) return;
    if (this.#mobile * 2 < this.#numbers.size && !PRIVATE.test(around)) return;
    reading.personal('contact-list', this.#first, this.#last);
  }
}

/** Signs between a name and a number, and those that names have beside letters. */
const BESIDE_NAMES = ' \t,:;(=|"\'’–.-';

/** Whether the last sign before a number that can stand behind a name ends one, or what is said of it in brackets. */
function mayBeNamed(text: string, index: number): boolean {
  let at = index - 1;
  const stop = Math.max(0, index - 72);
  while (at > stop && BESIDE_NAMES.includes(text.charAt(at))) at--;
  const unit = text.charCodeAt(at);
  return unit >= 0x80 || unit === 0x29 || isIn(unit, LETTER);
}

/** What is written like numbers of phones, up to as many as make a list. */
function firstOfList(text: string): readonly string[] {
  const first: string[] = [];
  if (text.length < FEWEST * SHORTEST_PHONE) return first;
  for (const { 0: written } of text.matchAll(MAY_BE_PHONE)) if (first.push(written) >= FEWEST) break;
  return first;
}

const ROLE =
  /^(?:info|sales|support|office|contact|kontakt|hello|mail|press|presse|media|jobs|hr|admin|billing|team|service|help|post|buchhaltung|vertrieb|marketing|events?|security|privacy|legal|shop|orders?|booking|reservations?)\b/i;
const MAILBOX_OF_HOUSE = new RegExp(`(?<![\\w.-])${ROLE.source.slice(1)}[\\w.+-]{0,24}@`, 'i');
const NO_DOMAIN = /@(?:[\w-]+\.)*(?:example|test|acme|domain|company|foo|bar)\.[a-z]{2,4}$/i;

/** Mail addresses at as many houses as there are people, each with a number on its line: a dump of customers or members. */
export function contactRows(text: string, mails: readonly Finding[]): readonly Finding[] {
  if (mails.length < FEWEST) return [];
  const rows: Finding[] = [];
  const houses = new Set<string>();
  for (const mail of mails) {
    const address = text.slice(mail.start, mail.end);
    if (ROLE.test(address) || NO_DOMAIN.test(address)) continue;
    const line = lineAround(text, mail);
    if (!/[\w-]@[\w-]/.test(line) || line.split('@').length > 2) continue;
    const phone = (line.match(PHONE) ?? []).some((one) => {
      const digits = one.replace(/\D/g, '');
      return digits.length >= 8 && !DATE.test(one) && !/555-?01|0{5}|12345/.test(one);
    });
    if (!phone) continue;
    rows.push(mail);
    houses.add(address.slice(address.indexOf('@')).toLowerCase());
  }
  return rows.length >= FEWEST && houses.size * 2 > rows.length ? rows : [];
}

/** As many people with their own mailbox and the number of their phone make a list. */
const FEWEST_ENTRIES = 3;
const BESIDE_MAIL = 64;
/** Lists of people who want to be found. */
const TO_BE_FOUND =
  /\b(?:press|presse|media|imprint|impressum|ansprechpartner\w*|vorstand|board|committee|sales|support|contact us|speakers?|agents?|realtors?|authors?|maintainers?|examples?|sample|fixtures?|faker|dummy)\b|555[-. ]?01/i;

/** Mailboxes that stand between the name of a person and the number of a phone, or behind both. */
export function contactEntries(text: string, mails: readonly Finding[]): readonly Finding[] {
  const entries = mails.filter((mail, i) => {
    const from = Math.max(mail.start - BESIDE_MAIL, mails[i - 1]?.end ?? 0);
    const to = Math.min(mail.end + BESIDE_MAIL, mails[i + 1]?.start ?? text.length);
    const before = text.slice(from, mail.start);
    // Alone on its line, a mailbox belongs to the lines around it.
    const alone = /\n[ \t]*$/.test(before) && /^[ \t]*\r?\n/.test(text.slice(mail.end, to));
    const mark = alone ? /\n\s*\n|;/ : /[\n;]/;
    const own = before.split(mark).pop() ?? '';
    const behind = text.slice(mail.end, to).split(mark, 1)[0] ?? '';
    const numbers = `${own}  ${behind}`.match(PHONE) ?? [];
    return (
      namesIn(own).length > 0 &&
      numbers.some((one) => one.replace(/\D/g, '').length >= 8 && !DATE.test(one) && !/0{5}|12345/.test(one))
    );
  });
  const first = entries[0];
  const written = new Set(entries.map(({ start, end }) => text.slice(start, end)));
  if (first === undefined || written.size < FEWEST_ENTRIES) return [];
  return TO_BE_FOUND.test(text.slice(Math.max(0, first.start - 240), first.start)) ? [] : entries;
}

function lineAround(text: string, { start, end }: Finding): string {
  const before = text.slice(Math.max(0, start - 120), start);
  const after = text.slice(end, end + 120).split('\n', 1)[0] ?? '';
  return before.slice(before.lastIndexOf('\n') + 1) + text.slice(start, end) + after;
}

/** Whether a number stands on one line with the mailbox of an office or a firm. */
export function isOfHouse(text: string, phone: Finding): boolean {
  return MAILBOX_OF_HOUSE.test(lineAround(text, phone));
}
