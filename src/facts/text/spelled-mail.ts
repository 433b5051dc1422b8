import { ALNUM, isIn } from './characters.js';
import { NO_TOP_LEVEL } from './emails.js';
import { OF_THE_WORK } from './personal-lists.js';
import type { LiteralRule, Reading } from './reading.js';

/** What people write for the sign in mail addresses. */
export const SPELLED_MAIL_LITERALS: readonly LiteralRule[] = [
  ...[
    '(at)',
    '[at]',
    '{at}',
    '<at>',
    '( at )',
    '[ at ]',
    '(a)',
    '[@]',
    '(@)',
    '(ett)',
    '(arroba)',
    '[arroba]',
    '(chez)',
  ].map((literal) => ({ literal, onHit: readMarked })),
  { literal: ' at ', onHit: readBare },
];

/** As many mailboxes at several houses make a list. */
const FEWEST = 10;
const FEWEST_HOSTS = 3;

const LOCAL = /(?:^|[\s,;:|"'(<>.*=-])([a-z][\w.+-]{1,40}?(?:\s?[([{]dot[)\]}]\s?[\w-]{1,24}){0,2}) ?$/i;
const HOST =
  /^ ?([a-z0-9-]{1,40}(?:(?:\.|\s?[([{<]\s?(?:dot|punkt|point|punto|d0t|\.)\s?[)\]}>]\s?|\s(?:dot|punkt|point|punto)\s)[a-z0-9-]{2,24}){1,4})(?![\w-])/i;

function readMarked(reading: Reading, start: number, end: number): void {
  const { text } = reading;
  take(reading, text.slice(Math.max(0, start - 64), start), text.slice(end, end + 80), end);
}

/** ` at ` between two words is anything, unless a host follows. */
function readBare(reading: Reading, start: number, end: number): void {
  const { text } = reading;
  if (!isIn(text.charCodeAt(start - 1), ALNUM) || !leadsToHost(text, end)) return;
  const before = text.slice(Math.max(0, start - 64), start);
  // A mailbox begins a cell or stands alone; in a sentence another word stands before.
  if (/\p{L} [\w.+-]+$/u.test(before)) return;
  take(reading, before, text.slice(end, end + 80), end);
}

/** Whether a word follows that goes on with a dot, or with one in letters. */
function leadsToHost(text: string, end: number): boolean {
  let at = end;
  while (at - end < 40 && (isIn(text.charCodeAt(at), ALNUM) || text.charCodeAt(at) === 0x2d)) at++;
  if (at === end) return false;
  return (
    (text.charCodeAt(at) === 0x2e && isIn(text.charCodeAt(at + 1), ALNUM)) ||
    /^ (?:dot|punkt|point) /i.test(text.slice(at, at + 8))
  );
}

function take({ text, spelledMails }: Reading, before: string, after: string, end: number): void {
  const written = HOST.exec(after)?.[1];
  const local = LOCAL.exec(before)?.[1];
  if (written === undefined || local === undefined) return;
  const host = written
    .toLowerCase()
    .replace(/\s?[([{<]?\s?\b(?:dot|punkt|point|punto|d0t)\b\s?[)\]}>]?\s?/g, '.')
    .replace(/[^a-z0-9.-]/g, '');
  const top = host.slice(host.lastIndexOf('.') + 1);
  if (
    !/^[a-z]{2,12}$/.test(top) ||
    NO_TOP_LEVEL.has(top) ||
    /(?:^|\.)(?:example|test|acme|foo|domain)\./.test(`${host}.`)
  )
    return;
  const name = `${local.toLowerCase()}@${host}`;
  if (!spelledMails.has(name))
    spelledMails.set(name, { host, start: Math.min(text.length, end) - 1, end: end + written.length });
}

/** Reports mail addresses in words where a whole list of them stands in a text. */
export function readSpelledMails(reading: Reading): void {
  const { text, spelledMails } = reading;
  if (spelledMails.size < FEWEST) return;
  const all = [...spelledMails.values()];
  if (new Set(all.map(({ host }) => host)).size < FEWEST_HOSTS || OF_THE_WORK.test(text.slice(0, 4000))) return;
  reading.personal('contact-list', all[0]?.start ?? 0, all.at(-1)?.end ?? 0);
}
