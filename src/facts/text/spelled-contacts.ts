import { ALNUM, isIn } from './characters.js';
import { NO_TOP_LEVEL } from './emails.js';
import { NO_NAME } from './people.js';
import { OF_THE_WORK, PRIVATE_MAIL } from './personal-lists.js';
import type { LiteralRule, Reading } from './reading.js';
import { FULL_NAME } from './spaced-contacts.js';
import { foldText } from './view.js';

/** Signs in mail addresses that people write as words, in brackets and without. */
const SIGNS = 'at klammeraffe arobase chiocciola arroba małpa собака apenstaartje snabela zavinac kukac'.split(' ');

/** People with mail addresses in words: `Lotte Dirks - lottedirks_at_posteo_dot_net`. */
export const SPELLED_CONTACT_LITERALS: readonly LiteralRule[] = SIGNS.flatMap((sign) =>
  [`(${sign})`, `[${sign}]`, `{${sign}}`, `<${sign}>`, `( ${sign} )`, `_${sign}_`, ` ${sign} `].map((literal) => ({
    literal,
    onHit: literal === ' at ' ? readAt : readWritten,
  })),
);

/** As many people make a list, and fewer with the numbers of their phones. */
const FEWEST = 5;
const FEWEST_WITH_PHONES = 3;

const DOT = String.raw`(?:\s?[([{<_]\s?(?:dot|punkt|point|punto|ponto|kropka|tecka|точка|тчк|d0t|\.)\s?[\])}>_]\s?|\s(?:dot|punkt|point|punto|ponto|kropka|tecka|точка)\s)`;
const LOCAL = new RegExp(
  foldText(String.raw`(?:^|[\s,;:|"'(<>=*–-])([a-z0-9][\w.+-]{0,40}?(?:${DOT}[\w+-]{1,24}){0,2})\s?$`),
  'i',
);
const HOST = new RegExp(foldText(String.raw`^\s?([a-z0-9-]{1,40}(?:(?:\.|${DOT})[a-z0-9-]{2,24}){1,4})(?![\w-])`), 'i');
const DOTS = new RegExp(foldText(DOT), 'gi');
/** ` at ` is anything, unless the word behind it goes on as hosts do. */
function readAt(reading: Reading, start: number, end: number): void {
  const { text } = reading;
  if (!isIn(text.charCodeAt(start - 1), ALNUM)) return;
  let at = end;
  while (at - end < 40 && (isIn(text.charCodeAt(at), ALNUM) || text.charCodeAt(at) === 0x2d)) at++;
  if (at === end || !/^(?:\s?[([{<]|\.\w| (?:dot|punkt|point|punto|ponto) )/i.test(text.slice(at, at + 8))) return;
  readWritten(reading, start, end);
}

function readWritten(reading: Reading, start: number, end: number): void {
  const { text, writtenMails } = reading;
  const before = text.slice(Math.max(0, start - 72), start);
  const host = HOST.exec(text.slice(end, end + 80));
  const local = host === null ? null : LOCAL.exec(before);
  if (host === null || local === null) return;
  const plain = `${(local[1] ?? '').replace(DOTS, '.')}@${(host[1] ?? '').replace(DOTS, '.')}`.toLowerCase();
  const top = plain.slice(plain.lastIndexOf('.') + 1);
  if (!/^[a-z]{2,12}$/.test(top) || NO_TOP_LEVEL.has(top)) return;
  if (/[@.](?:example|test|acme|foo|domain|company)\./.test(plain) || OF_HOUSE.test(plain)) return;
  const from = start - local[0].length;
  const to = end + host[0].length;
  const line = lineAround(text, from, to);
  writtenMails.set(plain, {
    name: nameBeside(line, text.slice(from, to)),
    phone: PHONE.test(line),
    isPrivate: PRIVATE_MAIL.test(plain),
    start: from,
    end: to,
  });
}

const OF_HOUSE =
  /^(?:info|sales|support|office|contact|kontakt|hello|mail|press|presse|jobs|hr|admin|billing|team|service|help|buchhaltung|vertrieb|marketing|security|privacy|webmaster|postmaster|abuse)\b/;
const PHONE = /\d(?:[ ./()-]{0,3}\d){7,14}/;
const LONGEST_LINE = 160;
const ALL_NAMES = new RegExp(FULL_NAME.source, 'gu');

/** The name last before an address, or first behind. */
function nameBeside(line: string, address: string): string | undefined {
  const at = line.indexOf(address);
  return line.slice(0, at).match(ALL_NAMES)?.at(-1) ?? FULL_NAME.exec(line.slice(at + address.length))?.[0];
}

function lineAround(text: string, from: number, to: number): string {
  const before = text.slice(Math.max(0, from - LONGEST_LINE), from);
  const behind = text.slice(to, to + LONGEST_LINE);
  const end = behind.indexOf('\n');
  return before.slice(before.lastIndexOf('\n') + 1) + text.slice(from, to) + (end < 0 ? behind : behind.slice(0, end));
}

/** Those who want to be found. */
const TO_BE_FOUND =
  /\b(?:press|presse|imprint|impressum|ansprechpartner\w*|vorstand|board|committee|speakers?|authors?|maintainers?|corresponding|affiliations?|universit\w+|examples?|sample|fixtures?|faker|dummy|contact us|beispiel\w*)\b/i;

/** Reports people whose mail addresses are written so that no program reads them. */
export function readSpelledContacts(reading: Reading): void {
  const { text, writtenMails } = reading;
  if (writtenMails.size < FEWEST_WITH_PHONES) return;
  const all = [...writtenMails.values()].filter(({ name }) => name !== undefined && !NO_NAME.test(name));
  const names = new Set(all.map(({ name }) => name));
  const withPhones = all.filter(({ phone }) => phone).length;
  const enough = names.size >= FEWEST || (names.size >= FEWEST_WITH_PHONES && withPhones >= FEWEST_WITH_PHONES);
  if (!enough || all.filter(({ isPrivate }) => isPrivate).length * 2 < all.length) return;
  const start = Math.min(...all.map((one) => one.start));
  const end = Math.max(...all.map((one) => one.end));
  const around = text.slice(Math.max(0, start - 240), Math.min(end, start + 2000));
  if (TO_BE_FOUND.test(around) || OF_THE_WORK.test(text.slice(0, 4000))) return;
  reading.personal('contact-list', start, end);
}
