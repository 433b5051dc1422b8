import type { SecretKind } from './finding-kinds.js';
import { isStandIn } from './randomness.js';
import type { LiteralRule, Reading } from './reading.js';
import { tokenKind } from './token-secrets.js';
import { strengthOf } from './value-strength.js';
import { foldText } from './view.js';

/** How programs turn a text round, and how people say that one is. */
export const TURNED_LITERALS: readonly LiteralRule[] = (
  '[::-1];.reverse;strrev(;strreverse(;| rev;|rev;rev <<<;reversed;reverse(;_reverse;::reverse;[-1..-;string-reverse;' +
  'backwards;back to front;reverse order;in reverse;right to left;from the end;rückwärts;verkehrt herum;umgedreht;hinten nach vorn;' +
  "à l'envers;à l’envers;al revés;al contrario;invertid;rovesci;de trás para;ao contrário;achterstevoren;omgekeerd;od tyłu;wspak;baklänges;baglæns;pozpátku;" +
  'наоборот;задом наперёд;задом наперед;навпаки;tersten;ters çevir;倒着;倒過來;反转;反過來;反过来;逆順;逆さ;거꾸로'
)
  .split(';')
  .map((literal) => ({ literal, onHit: readTurned }));

const BEFORE = 400;
const BEHIND = 260;
const STEP = 200;
/** What stands in quotation marks, put together where it was taken apart, or is a long word of its own. */
const VALUE =
  /(?<!["'`])(["'`])[^\s"'`]{2,1200}\1(?:\s{0,20}(?:\+|\.{1,2}|&)?\s{0,20}\1[^\s"'`]{2,600}\1)*|(?<![\w"'`+/=.:@-])[\w+/=:@~!#$%^&*.-]{20,600}(?![\w"'`])/g;
const LEAST = 16;
const SEAM = /["'`][\s+.&]*["'`]/g;
/** Secrets that are known by more than how they begin. */
const FORMS: readonly (readonly [kind: SecretKind, form: RegExp])[] = [
  ['jwt', /^eyJ[\w-]{12,}\.eyJ[\w-]{12,}\.[\w-]{20,}$/],
  [
    'database-url',
    /^(?:postgres|mysql|mariadb|mongodb|redis|amqp|mssql|sqlserver|clickhouse)[\w+]{0,8}:\/\/[^\s:@/]{0,64}:[^\s:@/]{4,}@[\w.-]+/i,
  ],
  ['basic-auth-url', /^https?:\/\/[^\s:@/]{1,64}:[^\s:@/]{4,}@[\w.-]+/i],
  ['slack-webhook', /^https:\/\/hooks\.slack\.com\/services\/T\w{6,}\/B\w{6,}\/\w{20,}$/],
  ['discord-webhook', /^https:\/\/(?:\w+\.)?discord(?:app)?\.com\/api\/webhooks\/\d{16,}\/[\w-]{50,}$/],
  ['telegram-bot-token', /^\d{8,10}:AA[\w-]{33}$/],
  ['discord-token', /^[MNO][\w-]{22,27}\.[\w-]{6}\.[\w-]{27,39}$/],
  ['private-key', /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/],
];
const OF_A_SECRET = new RegExp(
  foldText(
    'token|secret|passw|\\bpwd\\b|api[-_ ]?key|_key\\b|credential|schlüssel|contraseñ|senha|clé |hasło|wachtwoord',
  ),
  'i',
);
/** What turns the value directly before or in its brackets. */
const TURNS = /^[)\s]{0,3}(?:\[::-1\]|\.(?:split|reverse|chars|rev)|\s?\|\s?rev)|(?:reversed?|rev|strrev)\W{1,3}$/i;

/** `"...fh"[::-1]`: a value that is written from its end, judged as what it says when it is turned. */
function readTurned(reading: Reading, start: number, end: number): void {
  const { text } = reading;
  if (start < reading.turnedRead) return;
  reading.turnedRead = end + STEP;
  const from = Math.max(0, start - BEFORE);
  for (const { 0: written, index } of text.slice(from, end + BEHIND).matchAll(VALUE)) {
    if (written.length < LEAST) continue;
    const at = from + index;
    readValue(reading, written, at);
  }
}

function readValue(reading: Reading, written: string, at: number): void {
  const value = /^["'`]/.test(written) ? written.slice(1, -1).replace(SEAM, '') : written.replace(/[.:!]+$/, '');
  const turned = [...value].reverse().join('');
  if (isStandIn(turned)) return;
  const to = at + written.length;
  const kind = tokenKind(turned) ?? FORMS.find(([, form]) => form.test(turned))?.[0];
  if (kind !== undefined) reading.secret(kind, at, to);
  else if (strengthOf(turned) >= 2 && isTurnedHere(reading.text, at, to)) reading.nearSecret('generic-secret', at, to);
}

/** Whether a program turns just this value, and what it calls it sounds like a secret. */
function isTurnedHere(text: string, at: number, to: number): boolean {
  const before = text.slice(Math.max(0, at - 80), at);
  return OF_A_SECRET.test(before) && (TURNS.test(text.slice(to, to + 12)) || TURNS.test(before.slice(-12)));
}
