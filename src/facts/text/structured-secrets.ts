import {
  ALNUM,
  ANY_HEX,
  allIn,
  BASE64,
  DIGIT,
  DOTTED,
  EITHER_BASE64,
  EQUALS,
  HEX,
  isIn,
  LINE,
  runEnd,
  runStart,
  SPACE,
  startsToken,
  TILDE,
  TOKEN,
  UPPER,
  URL_SAFE,
} from './characters.js';
import { decodeBase64Text } from './encodings.js';
import type { SecretKind } from './finding-kinds.js';
import { isPublishedHash } from './published-credentials-table.js';
import { entropy, isReference, isStandIn, looksRandom } from './randomness.js';
import type { LiteralRule, Reading } from './reading.js';
import { readWalletWord } from './wallet-secrets.js';
import { isWeakPassword, isWeakUrlPassword } from './weak-passwords.js';

/** Secrets with a form of their own that is more than a prefix. */
export const STRUCTURED_LITERALS: readonly LiteralRule[] = [
  { literal: '-----begin ', onHit: readArmor },
  { literal: 'putty-user-key-file-', onHit: readPutty },
  { literal: 'eyj', onHit: readJwt },
  { literal: '://', onHit: readUrlPassword },
  { literal: 'bearer ', onHit: readBearer },
  { literal: 'basic ', onHit: readBasic },
  { literal: '"auth"', onHit: readDockerAuth },
  { literal: ' -u ', onHit: readCurlUser },
  { literal: ' --user ', onHit: readCurlUser },
  { literal: ' --user=', onHit: readCurlUser },
  { literal: 'sshpass -p', onHit: readSshpass },
  { literal: 'accountkey=', onHit: (reading, _, end) => readKeyValue(reading, 'azure-storage-key', end, 80, 90) },
  {
    literal: 'sharedaccesskey=',
    onHit: (reading, _, end) => readKeyValue(reading, 'azure-shared-access-key', end, 40, 90),
  },
  { literal: 'sig=', onHit: readSharedAccessSignature },
  { literal: 'q~', onHit: readAzureClientSecret },
  {
    literal: 'hooks.slack.com/',
    onHit: (reading, start, end) => readWebhook(reading, 'slack-webhook', SLACK_WEBHOOK, start, end),
  },
  {
    literal: '/api/webhooks/',
    onHit: (reading, start, end) => readWebhook(reading, 'discord-webhook', DISCORD_WEBHOOK, start, end),
  },
  {
    literal: 'webhook.office.com/',
    onHit: (reading, start, end) => readWebhook(reading, 'teams-webhook', TEAMS_WEBHOOK, start, end),
  },
  { literal: ':aa', onHit: readTelegram },
  { literal: '-us', onHit: readMailchimp },
  { literal: '"private_key_id"', onHit: readServiceAccount },
  { literal: ':$6$', onHit: readPasswordHash },
  { literal: ':$y$', onHit: readPasswordHash },
  { literal: ':$5$', onHit: readPasswordHash },
  { literal: ':$2y$', onHit: readPasswordHash },
  { literal: ':$2b$', onHit: readPasswordHash },
];

/** A body shorter than this after `-----BEGIN ... PRIVATE KEY-----` is an ellipsis or a piece of code about keys. */
const LEAST_KEY = 16;

function readArmor(reading: Reading, start: number, end: number): void {
  const { text } = reading;
  if (start < reading.coveredUntil('secret')) return;
  const labelEnd = runEnd(text, end, UPPER | SPACE | DIGIT, 40);
  const label = text.slice(end, labelEnd);
  if (!/^(?:[A-Z0-9 ]+ )?PRIVATE KEY(?: BLOCK)?$/.test(label) || !text.startsWith('-----', labelEnd)) return;
  const bodyStart = labelEnd + 5;
  const found = reading.next('-----END ', bodyStart);
  const foreign = reading.next('-----BEGIN ', bodyStart);
  const closed = found >= 0 && (foreign < 0 || foreign > found) && found - bodyStart < 64_000;
  const bodyEnd = closed ? found : armorEnd(text, bodyStart);
  const size = armorSize(text, bodyStart, bodyEnd);
  const elided = text.slice(bodyStart, Math.min(bodyEnd, bodyStart + 400)).includes('...');
  if (size < (elided || !closed ? 48 : LEAST_KEY)) return;
  if (
    isStandIn(
      text
        .slice(bodyStart, Math.min(bodyEnd, bodyStart + 64))
        .replaceAll('...', '')
        .trim(),
    )
  )
    return;
  const kind = label.startsWith('OPENSSH')
    ? 'ssh-private-key'
    : label.startsWith('PGP')
      ? 'pgp-private-key'
      : 'private-key';
  reading.secret(kind, start, closed ? closingEnd(text, found) : bodyEnd);
}

function closingEnd(text: string, from: number): number {
  const labelEnd = runEnd(text, from + 9, UPPER | SPACE | DIGIT, 40);
  return text.startsWith('-----', labelEnd) ? labelEnd + 5 : labelEnd;
}

/** End of the armored lines that begin at `from`; `\n` written out counts as a line end. */
function armorEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    if (isIn(text.charCodeAt(at), BASE64 | EQUALS | LINE | SPACE)) at++;
    else if (text[at] === '\\' && (text[at + 1] === 'n' || text[at + 1] === 'r')) at += 2;
    else break;
  }
  return at;
}

/** Length of the longest unbroken piece of base64, lines joined, as far as it matters. */
function armorSize(text: string, from: number, to: number): number {
  let size = 0;
  for (let at = from; at < to && size < 64; at++) {
    if (text[at] === '\\' && (text[at + 1] === 'n' || text[at + 1] === 'r')) at++;
    else if (isIn(text.charCodeAt(at), BASE64)) size++;
    else if (!isIn(text.charCodeAt(at), LINE | EQUALS) && size < LEAST_KEY) size = 0;
  }
  return size;
}

function readPutty(reading: Reading, start: number): void {
  const mac = reading.next('Private-MAC: ', start);
  const lines = reading.next('Private-Lines: ', start);
  if (start < reading.coveredUntil('secret') || mac < 0 || lines < 0 || lines > mac || mac - start > 64_000) return;
  reading.secret('ssh-private-key', start, runEnd(reading.text, mac + 13, HEX, 80));
}

function readJwt(reading: Reading, start: number): void {
  const { text } = reading;
  if (start < reading.coveredUntil('secret') || !text.startsWith('eyJ', start) || !startsToken(text, start)) return;
  const headEnd = runEnd(text, start, URL_SAFE, 2048);
  if (text[headEnd] !== '.' || headEnd - start < 16) return;
  const bodyEnd = runEnd(text, headEnd + 1, URL_SAFE, 16_384);
  if (text[bodyEnd] !== '.' || bodyEnd - headEnd < 9) return;
  let end = runEnd(text, bodyEnd + 1, URL_SAFE, 4096);
  // An encrypted token has five parts.
  while (text[end] === '.' && isIn(text.charCodeAt(end + 1), URL_SAFE)) end = runEnd(text, end + 1, URL_SAFE, 16_384);
  if (end - bodyEnd < 20 || entropy(text, bodyEnd + 1, Math.min(end, bodyEnd + 200)) < 3) return;
  if (!decodeBase64Text(text, start, Math.min(headEnd, start + 512)).includes('"alg"')) return;
  if (isSampleToken(text, headEnd + 1, bodyEnd)) return;
  reading.secret('jwt', start, end);
}

/** The token that every page about such tokens shows. */
function isSampleToken(text: string, from: number, to: number): boolean {
  const claims = decodeBase64Text(text, from, Math.min(to, from + 512));
  return claims.includes('"1234567890"') && /"John Doe"|"iat":151623/.test(claims);
}

const DATABASES =
  /^(?:postgres(?:ql)?|mysql2?|mariadb|mongodb(?:\+srv)?|rediss?|amqps?|mssql|sqlserver|oracle|clickhouse|cockroachdb|cassandra|neo4j(?:\+s)?|bolt|couchbase|couchdb|db2|snowflake|redshift|jdbc|influxdb|memcached|nats|kafka)(?:\+\w+)?$/;

function readUrlPassword(reading: Reading, start: number, end: number): void {
  const { text } = reading;
  let at = -1;
  let colon = -1;
  for (let i = end; i < text.length && i < end + 300; i++) {
    const character = text[i] ?? '';
    if (character === '@') at = i;
    else if (character === ':' && colon < 0) colon = i;
    else if (' \t\r\n"\'`<>/?#,;|\\)'.includes(character)) break;
  }
  if (at < 0 || colon < 0 || colon > at - 2) return;
  const password = text.slice(colon + 1, at);
  const user = text.slice(end, colon);
  const host = text.slice(at + 1, at + 40);
  // `user[:password]@` is how the form of such an address is described.
  if (/^[[{<(]?\w+[\]})>]+$/.test(password)) return;
  if (password === user || isWeakUrlPassword(password, host) || isStandIn(password) || isReference(password)) return;
  const scheme = /[a-z][a-z0-9+.-]*$/.exec(text.slice(Math.max(0, start - 20), start).toLowerCase())?.[0] ?? '';
  reading.placedSecret(DATABASES.test(scheme) ? 'database-url' : 'basic-auth-url', colon + 1, at);
}

function readBearer(reading: Reading, _start: number, end: number): void {
  const { text } = reading;
  const from = runEnd(text, end, SPACE, 4);
  const to = runEnd(text, from, TOKEN, 4096);
  if (to - from < 16) return;
  const value = text.slice(from, Math.min(to, from + 256));
  if (!looksRandom(value, 3) || isStandIn(value)) return;
  reading.placedSecret('bearer-token', from, to);
}

/** `user:password` in base64, with a password that is not a stand-in. */
function isEncodedLogin(text: string, from: number, to: number): boolean {
  if (to - from < 8 || to - from > 400) return false;
  const login = decodeBase64Text(text, from, to);
  const colon = login.indexOf(':');
  const password = login.slice(colon + 1);
  return (
    colon > 0 &&
    /^[\x21-\x7e]{3,}$/.test(password) &&
    !isWeakPassword(password) &&
    !isStandIn(password) &&
    !isReference(password)
  );
}

function readBasic(reading: Reading, _start: number, end: number): void {
  const { text } = reading;
  const to = runEnd(text, end, EITHER_BASE64, 401);
  if (isEncodedLogin(text, end, to)) reading.placedSecret('basic-auth', end, runEnd(text, to, EQUALS, 2));
}

function readDockerAuth(reading: Reading, _start: number, end: number): void {
  const { text } = reading;
  const match = /^\s{0,4}:\s{0,4}"/.exec(text.slice(end, end + 10));
  if (match === null) return;
  const from = end + match[0].length;
  const to = runEnd(text, from, EITHER_BASE64, 401);
  if (isEncodedLogin(text, from, to)) reading.secret('docker-auth', from, runEnd(text, to, EQUALS, 2));
}

function readCurlUser(reading: Reading, start: number, end: number): void {
  const { text } = reading;
  if (!/\b(?:curl|http|https|wget|ldapsearch|svn)\b[^\n]*$/.test(text.slice(Math.max(0, start - 160), start))) return;
  const match = /^(["']?)([^\s:"'@]{1,64}):([^\s"']{3,128})\1/.exec(text.slice(end, end + 200));
  if (match === null) return;
  const password = match[3] ?? '';
  if (isWeakPassword(password) || isStandIn(password) || isReference(password) || password.startsWith('$')) return;
  const from = end + match[0].length - (match[1] ?? '').length - password.length;
  reading.placedSecret('basic-auth', from, from + password.length);
}

function readSshpass(reading: Reading, _start: number, end: number): void {
  const match = /^\s{0,4}(["']?)([^\s"']{3,128})\1/.exec(reading.text.slice(end, end + 140));
  const password = match?.[2] ?? '';
  if (match === null || isStandIn(password) || isReference(password) || isWeakPassword(password)) return;
  const from = end + match[0].indexOf(password);
  reading.placedSecret('password', from, from + password.length);
}

function readKeyValue(reading: Reading, kind: SecretKind, from: number, min: number, max: number): void {
  const { text } = reading;
  const to = runEnd(text, runEnd(text, from, BASE64, max + 1), EQUALS, 2);
  if (to - from < min || to - from > max || entropy(text, from, to) < 4 || isStandIn(text.slice(from, to))) return;
  reading.secret(kind, from, to);
}

function readSharedAccessSignature(reading: Reading, start: number, end: number): void {
  const { text } = reading;
  const to = runEnd(text, end, ALNUM | EITHER_BASE64 | EQUALS, 100);
  const encodedEnd = text[to] === '%' ? runEnd(text, to + 1, ALNUM, 100) : to;
  if (encodedEnd - end < 40) return;
  const around = text.slice(Math.max(0, start - 240), encodedEnd + 240);
  if (!/[?&]sv=\d{4}-/.test(around) || !/[?&]s[ep]=/.test(around) || isStandIn(text.slice(end, to))) return;
  reading.secret('azure-shared-access-signature', end, Math.max(to, encodedEnd));
}

function readAzureClientSecret(reading: Reading, start: number, end: number): void {
  const { text } = reading;
  const from = start - 4;
  const to = runEnd(text, end, DOTTED | TILDE, 36);
  if (from < 0 || !text.startsWith('Q~', start) || to - end < 31 || to - end > 34) return;
  if (
    !isIn(text.charCodeAt(start - 1), DIGIT) ||
    !allIn(text, ALNUM | TILDE | URL_SAFE, from, start) ||
    !startsToken(text, from)
  )
    return;
  if (entropy(text, end, to) >= 3.5) reading.secret('azure-client-secret', from, to);
}

const SLACK_WEBHOOK = /^(?:services|workflows|triggers)\/[A-Z0-9]{6,16}\/[A-Za-z0-9]{6,24}\/[A-Za-z0-9/]{16,64}/;
const DISCORD_WEBHOOK = /^\d{16,20}\/[A-Za-z0-9_-]{50,80}/;
const TEAMS_WEBHOOK = /^webhookb2\/[0-9a-f-]{36}@[0-9a-f-]{36}\/[A-Za-z]+\/[0-9a-f]{32}\/[0-9a-f-]{36}/;

function readWebhook(reading: Reading, kind: SecretKind, pattern: RegExp, start: number, end: number): void {
  const match = pattern.exec(reading.text.slice(end, end + 200));
  if (match === null || isStandIn(match[0])) return;
  reading.secret(kind, start, end + match[0].length);
}

function readTelegram(reading: Reading, start: number, end: number): void {
  const { text } = reading;
  const from = runStart(text, start, DIGIT, 11);
  const to = runEnd(text, end, URL_SAFE, 36);
  if (start - from < 8 || start - from > 10 || to - start !== 36 || !text.startsWith(':AA', start)) return;
  const before = text.slice(Math.max(0, from - 3), from);
  if ((from > 0 && isIn(text.charCodeAt(from - 1), URL_SAFE) && before !== 'bot') || entropy(text, end, to) < 3.5)
    return;
  reading.secret('telegram-bot-token', from, to);
}

function readMailchimp(reading: Reading, start: number, end: number): void {
  const { text } = reading;
  const from = start - 32;
  const to = runEnd(text, end, DIGIT, 3);
  if (from < 0 || to === end || to - end > 2 || !allIn(text, HEX, from, start) || !startsToken(text, from)) return;
  if (isIn(text.charCodeAt(to), URL_SAFE) || entropy(text, from, start) < 2.8) return;
  reading.secret('mailchimp-key', from, to);
}

function readServiceAccount(reading: Reading, _start: number, end: number): void {
  const match = /^\s{0,4}:\s{0,4}"([0-9a-f]{40})"/.exec(reading.text.slice(end, end + 60));
  if (match === null || entropy(match[1] ?? '') < 2.8) return;
  const from = end + match[0].indexOf(match[1] ?? '');
  reading.secret('gcp-service-account', from, from + 40);
}

function readPasswordHash(reading: Reading, start: number, end: number): void {
  const { text } = reading;
  const to = runEnd(text, end, BASE64 | DOTTED | EQUALS, 160);
  const fieldEnd = text[to] === '$' ? hashEnd(text, to) : to;
  const named = isIn(text.charCodeAt(start - 1), ALNUM);
  if (!named || fieldEnd - end < 40 || isStandIn(text.slice(end, fieldEnd))) return;
  if (isPublishedHash(text.slice(end, fieldEnd))) return;
  reading.secret('password-hash', start + 1, fieldEnd);
}

function hashEnd(text: string, from: number): number {
  let at = from;
  for (let parts = 0; parts < 3 && text[at] === '$'; parts++) at = runEnd(text, at + 1, BASE64 | DOTTED | EQUALS, 160);
  return at;
}

/** Secrets that are known by the shape of an unbroken run of letters, digits and `+/_-`. */
export function readRun(reading: Reading, runFrom: number, end: number): void {
  const { text } = reading;
  // The sign of an added or removed line in a diff is none of it.
  const start = isIn(text.charCodeAt(runFrom), ALNUM) ? runFrom : runFrom + 1;
  const length = end - start;
  if (length === 34 && text.startsWith('SK', start) && allIn(text, HEX, start + 2, end)) {
    if (entropy(text, start + 2, end) >= 2.8) reading.secret('twilio-key', start, end);
    return;
  }
  readWalletWord(reading, start, end);
  if (length === 32 && allIn(text, HEX, start, end) && nearTwilioAccount(reading, start, end))
    reading.secret('twilio-key', start, end);
  if (length >= 23 && length <= 28 && 'MNO'.includes(text[start] ?? ' ') && text[end] === '.')
    readDiscordToken(reading, start, end);
  if (length === 40 && allIn(text, BASE64, start, end) && nearAccessKey(reading, start, end))
    reading.secret('aws-secret-key', start, end);
}

function readDiscordToken(reading: Reading, start: number, end: number): void {
  const { text } = reading;
  const timeEnd = runEnd(text, end + 1, URL_SAFE, 8);
  const to = runEnd(text, timeEnd + 1, URL_SAFE, 42);
  if (timeEnd - end !== 7 || text[timeEnd] !== '.' || to - timeEnd < 28 || to - timeEnd > 41) return;
  // The first part is the number of the user; where a bot is spoken of it may have been written over.
  if (
    /^\d{16,20}$/.test(decodeBase64Text(text, start, end)) ||
    (looksRandom(text.slice(timeEnd + 1, to), 3.4) &&
      /discord|\bbot\b|\.(?:run|login)\(/i.test(text.slice(Math.max(0, start - 200), to + 40)))
  )
    reading.secret('discord-token', start, to);
}

/** The token that belongs to the number of a Twilio account beside it. */
const ACCOUNT = /\bAC[0-9a-f]{32}\b/;

function nearTwilioAccount(reading: Reading, start: number, end: number): boolean {
  const { text } = reading;
  const before = Math.max(0, start - 90);
  const account = reading.next('AC', before);
  return (
    account >= 0 &&
    account < end + 90 &&
    entropy(text, start, end) >= 2.8 &&
    (ACCOUNT.test(text.slice(before, start)) || ACCOUNT.test(text.slice(end, end + 90)))
  );
}

/** Forty random characters next to an AWS key id are the secret that belongs to it. */
function nearAccessKey(reading: Reading, start: number, end: number): boolean {
  const { text } = reading;
  const before = Math.max(0, start - 160);
  const isNear = (prefix: string): boolean => {
    const at = reading.next(prefix, before);
    return at >= 0 && at < end + 160;
  };
  if (!isNear('AKIA') && !isNear('ASIA')) return false;
  const value = text.slice(start, end);
  if (allIn(value, ANY_HEX) || entropy(value) < 4 || isStandIn(value)) return false;
  return /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/.test(text.slice(before, end + 160));
}
