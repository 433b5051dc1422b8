import {
  ALNUM,
  ANY_HEX,
  allIn,
  BASE64,
  DOTTED,
  EITHER_BASE64,
  EQUALS,
  isIn,
  runEnd,
  runStart,
  URL_SAFE,
  WORD,
} from './characters.js';
import { isEncodedStandIn } from './encoded-stand-ins.js';
import { decodeBase64Text } from './encodings.js';
import type { SecretKind } from './finding-kinds.js';
import { namesSomething } from './no-values.js';
import { isPublishedHash } from './published-credentials-table.js';
import { countingShare, entropy, isAlphabet, isReference, isStandIn, looksRandom } from './randomness.js';
import type { LiteralRule, Reading } from './reading.js';
import { strengthOf } from './value-strength.js';

/** Secrets told by what carries them: lines of known files, headers, calls, commands. */
export const CARRIED_LITERALS: readonly LiteralRule[] = [
  ...on([':5432:', ':3306:', ':1433:', ':1521:', ':27017:', ':6379:'], readPgpass),
  ...on(['sqlplus ', 'impdp ', 'expdp ', 'sqlldr '], (reading, _, end) =>
    readPattern(reading, end, /^(?:-\w+ )*["']?[\w$.]{2,40}\/["']?([^\s"'@$]{6,64})["']?@/, 'password'),
  ),
  ...on(['"kty"', "'kty'"], readJwk),
  ...on(['xprv', 'yprv', 'zprv', 'tprv'], readExtendedKey),
  ...on(
    [
      'recovery codes',
      'recovery code',
      'backup code',
      'emergency codes',
      'one-time codes',
      'login codes',
      'sicherungscodes',
      'notfallcodes',
      'backup-verification codes',
      'backup verification codes',
      'backup codes',
      'scratch codes',
      'recovery-codes',
      'backup-codes',
      '2fa codes',
      'rescue codes',
      'wiederherstellungscodes',
      'codes de récupération',
      'codes de secours',
      'códigos de recuperación',
      'códigos de respaldo',
      'codici di recupero',
      'códigos de recuperação',
      'kody zapasowe',
      'резервные коды',
      'коды восстановления',
      'リカバリーコード',
      '恢复代码',
      '备用代码',
      'recovery_codes',
      'backup_codes',
      'recoverycodes',
      'herstelcodes',
    ],
    readRecoveryCodes,
  ),
  ...on(['snmp-server community ', 'rocommunity ', 'rwcommunity '], (reading, _, end) =>
    readPattern(reading, end, /^["']?([^\s"']{6,64})/, 'password', 1),
  ),
  ...on(['password ', 'secret ', 'key '], (reading, _, end) =>
    readPattern(reading, end, /^[05789] ([^\s"']{6,120})/, 'password', 1),
  ),
  { literal: 'authorization', onHit: readAuthorization },
  ...on(['cloudflare ', 'digitalocean ', 'hetzner ', 'gandi ', 'route53 ', 'namecheap '], (reading, _, end) =>
    readPattern(reading, end, /^["']?([A-Za-z0-9_-]{32,64})["']?(?=\s|$)/, 'generic-secret', 3),
  ),
  ...on(['infura.io/v3/', 'alchemy.com/v2/', 'quiknode.pro/', 'ankr.com/'], (reading, _, end) =>
    readPattern(reading, end, /^([\w-]{32,64})/, 'generic-secret', 2),
  ),
  ...on(['ugfzc3dvcmq6', 'cgfzc3dvcmq6'], (reading, _, end) =>
    readEncoded(reading, end, /^\s*(?:[A-Z]: ?)?([A-Za-z0-9+/]{8,200}={0,2})/),
  ),
  ...on(['<pass', '<password', '<passwd', '<pwd'], readElement),
  ...on(
    ['id.json', 'keypair', 'solana', 'secretkey', 'secret_key', 'private_key', 'privatekey', 'uint8array'],
    readByteArray,
  ),
  ...on(['$2a$', '$2b$', '$2y$', '$argon2', 'pbkdf2_sha256$', 'pbkdf2:sha256', 'scrypt:', '{ssha'], readHash),
  { literal: 'otpauth://', onHit: readOtp },
  ...on(
    ['otp_secret', 'totp_secret', 'totp secret', 'totp key', '2fa secret', 'authenticator secret', 'totp:', 'totp='],
    (reading, _, end) =>
      readPattern(reading, end, /^["'`]?\s?[:=,]?\s?["'`]?((?:[A-Z2-7]{4} ?){4,16})(?![A-Za-z0-9])/, 'totp-secret', 0),
  ),
  ...on(
    [
      '.run(',
      'client(',
      'auth(',
      'handler(',
      'search(',
      'login(',
      'connect(',
      'session(',
      'credentials(',
      'api(',
      'configure(',
    ],
    readCall,
  ),
  ...on(['("', "('"], readConstructor),
  ...on(
    [
      'key: "',
      "key: '",
      'key":"',
      'key": "',
      "key': '",
      'key="',
      "key='",
      'key = "',
      "key = '",
      '_key, "',
      "key', '",
      "key' => '",
      'key" => "',
      "salt', '",
    ],
    readKey,
  ),
  { literal: ':::', onHit: readWindowsHash },
  { literal: ':apa91b', onHit: readMessagingKey },
  ...on(
    [
      '?token=',
      '&token=',
      '?access_token=',
      '&access_token=',
      '?api_key=',
      '&api_key=',
      '?apikey=',
      '&apikey=',
      '?key=',
      '&key=',
      '&sig=',
      '?sig=',
      '&signature=',
      '?auth=',
      '&auth=',
      '#access_token=',
      '&secret=',
      '?secret=',
      '&password=',
      '?password=',
      '&x-amz-signature=',
      '&x-goog-signature=',
    ],
    (reading, _, end) => readPattern(reading, end, /^([\w.~%+/=-]{16,600})/, 'url-token', 3),
  ),
  ...on(
    [
      'x-api-key',
      'x-auth-token',
      'private-token',
      'x-vault-token',
      'x-access-token',
      'api-key',
      'x-amz-security-token',
      'ocp-apim-subscription-key',
      'dd-api-key',
      'x-honeycomb-team',
      'x-functions-key',
    ],
    (reading, _, end) =>
      readPattern(reading, end, /^["']?\s{0,2}(?:[:=,]|=>)\s{0,2}["']?([\w.~+/=-]{16,600})/, 'generic-secret', 2),
  ),
];

type OnHit = LiteralRule['onHit'];

function on(literals: readonly string[], onHit: OnHit): LiteralRule[] {
  return literals.map((literal) => ({ literal, onHit }));
}

/** Notes the first group of a pattern behind the literal when it is strong enough. */
function readPattern(
  reading: Reading,
  from: number,
  pattern: RegExp,
  kind: SecretKind,
  least: 0 | 1 | 2 | 3 = 1,
): void {
  const match = pattern.exec(reading.text.slice(from, from + 640));
  const value = match?.[1];
  if (match === null || value === undefined || isStandIn(value) || isAlphabet(value) || isReference(value)) return;
  if (strengthOf(value.slice(0, 200)) < least || (least === 0 && entropy(value) < 2.8)) return;
  const start = from + match[0].lastIndexOf(value);
  reading.nearSecret(kind, start, start + value.length);
}

/** `host:port:database:user:password` on a line of its own. */
function readPgpass(reading: Reading, start: number, end: number): void {
  const { text } = reading;
  if (!/(?:^|\n)[\w.*-]{1,100}$/.test(text.slice(Math.max(0, start - 102), start))) return;
  readPattern(reading, end, /^[\w*-]{1,64}:[\w*-]{1,64}:([^\s:]{6,128})(?=\s|$)/, 'password');
}

function readJwk(reading: Reading, start: number, end: number): void {
  const { text } = reading;
  const back = Math.max(0, start - 4000);
  const open = back + text.slice(back, start).lastIndexOf('{');
  if (open < back || start < reading.arraysRead) return;
  reading.arraysRead = end + 200;
  const window = text.slice(open, Math.min(text.length, end + 4000));
  const close = window.indexOf('}');
  const body = close < 0 ? window : window.slice(0, close);
  const match = /["'](?:d|k)["']\s*:\s*["']([\w-]{32,})/.exec(body);
  if (match === null || isStandIn(match[1] ?? '')) return;
  reading.secret('private-jwk', open + match.index, open + match.index + match[0].length);
}

function readExtendedKey(reading: Reading, start: number, end: number): void {
  const to = runEnd(reading.text, end, ALNUM, 120);
  if (to - end >= 100 && !isIn(reading.text.charCodeAt(start - 1), WORD)) reading.secret('wallet-key', start, to);
}

/** Four codes or more of one shape, each on its line or apart by commas. */
function readRecoveryCodes(reading: Reading, _start: number, end: number): void {
  const { text } = reading;
  const window = text.slice(end, end + 500);
  const codes = [
    ...window.matchAll(
      /(?<![\w-])(?=[A-Za-z-]*\d)[A-Za-z0-9]{4,6}(?:[- ][A-Za-z0-9]{4,6}){0,2}(?![\w-])|(?<!\w)(?=[A-Za-z]*\d)[A-Za-z0-9]{8,12}(?!\w)/g,
    ),
  ];
  const long =
    /(?<![\w-])(?=[\w -]{0,12}\d)(?=[\w -]{0,12}[A-Za-z])[A-Z0-9]{4,5}(?:[ -][A-Z0-9]{4,5}){5,12}(?![\w-])/.exec(
      window.slice(0, 120),
    );
  if (long !== null && (long[0].match(/\d/g)?.length ?? 0) >= 4)
    reading.secret('recovery-codes', end + long.index, end + long.index + long[0].length);
  const first = codes[0];
  if (first === undefined) return;
  const same = codes.filter((code) => code[0].length === first[0].length && !isStandIn(code[0]));
  const last = same[same.length - 1];
  if (same.length < 4 || last === undefined) return;
  reading.secret('recovery-codes', end + first.index, end + last.index + last[0].length);
}

const AUTHORIZATION =
  /^["'`]?\]?\s{0,4}(?:[:=,]|=>|\n\s{0,16}value:)\s{0,4}["'`]?(?:(?:bearer|basic|token|apikey|api-key|ssws|key|digest|aws4-hmac-sha256|splunk|genie ?key|bot|pve\w*|oauth|jwt|negotiate|hmac)[\s=]{1,3})?([\w.~+/=:-]{16,800})/i;

function readAuthorization(reading: Reading, _start: number, end: number): void {
  const { text } = reading;
  const match = AUTHORIZATION.exec(text.slice(end, end + 900));
  const value = match?.[1];
  if (match === null || value === undefined || !looksRandom(value, 3)) return;
  if (isStandIn(value) || isReference(value) || isEncodedStandIn(value)) return;
  const from = end + match[0].length - value.length;
  reading.nearSecret('bearer-token', from, from + value.length);
}

function readEncoded(reading: Reading, from: number, pattern: RegExp): void {
  const { text } = reading;
  // The answer may stand some lines further on, behind the other side's.
  const match = pattern.exec(text.slice(from, from + 240));
  const value = match?.[1];
  if (match === null || value === undefined) return;
  const start = from + match[0].length - value.length;
  if (isEncodedPassword(text, start, start + value.replace(/=+$/, '').length))
    reading.nearSecret('password', start, start + value.length);
}

function isEncodedPassword(text: string, from: number, to: number): boolean {
  const plain = decodeBase64Text(text, from, to);
  return (
    plain.length >= 6 &&
    /^[\x21-\x7e]+$/.test(plain) &&
    /[A-Za-z]/.test(plain) &&
    /[^A-Za-z]/.test(plain) &&
    !isStandIn(plain)
  );
}

/** `<Pass encoding="base64">...</Pass>`. */
function readElement(reading: Reading, _start: number, end: number): void {
  const { text } = reading;
  const match = /^\w{0,6}\s[^<>\n]{1,120}>([^<>\s]{6,200})<\//.exec(text.slice(end, end + 340));
  const value = match?.[1];
  if (match === null || value === undefined || isStandIn(value) || isReference(value)) return;
  const from = end + match[0].length - 2 - value.length;
  if (
    strengthOf(value) < 1 &&
    !(/base64/i.test(match[0]) && isEncodedPassword(text, from, from + value.replace(/=+$/, '').length))
  )
    return;
  reading.nearSecret('password', from, from + value.length);
}

const BYTES = /\[\s*(?:\d{1,3}\s*,\s*){31,63}\d{1,3}\s*\]/;

/** A key as a list of its bytes. */
function readByteArray(reading: Reading, start: number, end: number): void {
  const { text } = reading;
  if (start < reading.arraysRead) return;
  reading.arraysRead = end + 500;
  const from = Math.max(0, start - 420);
  const match = BYTES.exec(text.slice(from, end + 420));
  if (match === null) return;
  const bytes = (match[0].match(/\d+/g) ?? []).map(Number);
  if ((bytes.length !== 32 && bytes.length !== 64) || bytes.some((byte) => byte > 255) || new Set(bytes).size < 24)
    return;
  reading.secret('wallet-key', from + match.index, from + match.index + match[0].length);
}

/** Sixty-four hexadecimal digits where accounts and private keys are listed. */
/** The hash of a password where accounts stand beside it. */
function readHash(reading: Reading, start: number, end: number): void {
  const { text } = reading;
  const to = runEnd(text, end, BASE64 | EQUALS | URL_SAFE, 200);
  let last = to;
  while ('$.,:'.includes(text[last] ?? ' ') && isIn(text.charCodeAt(last + 1), BASE64))
    last = runEnd(text, last + 1, BASE64 | EQUALS | URL_SAFE, 200);
  const salted = text.startsWith('{', start);
  if (last - start < (salted ? 30 : 50) || isStandIn(text.slice(end, last))) return;
  if (isPublishedHash(text.slice(end, last))) return;
  const around = text.slice(Math.max(0, start - 120), start);
  if (
    !(salted && reading.decoded) &&
    !/\w@[\w-]+\.\w|\b(?:INSERT|VALUES|htpasswd|shadow|dump|admin|root)\b|(?:^|\n)\w[\w.-]*:$/i.test(around)
  )
    return;
  reading.secret('password-hash', start, last);
}

function readOtp(reading: Reading, start: number): void {
  const { text } = reading;
  const match = /[?&]secret=([A-Z2-7]{16,64})/i.exec(text.slice(start, start + 300));
  if (match === null || isStandIn(match[1] ?? '') || (match[1] ?? '').startsWith('JBSWY3DP')) return;
  reading.secret('totp-secret', start, start + match.index + match[0].length);
}

/** Keys as arguments of what makes a client. */
function readCall(reading: Reading, _start: number, end: number): void {
  const { text } = reading;
  const rest = text.slice(end, end + 400);
  const close = rest.search(/\)|\n\s*\n/);
  const inside = close < 0 ? rest : rest.slice(0, close);
  for (const match of inside.matchAll(/(["'`])([\w+/=.-]{24,200})\1/g)) {
    const value = match[2] ?? '';
    if (strengthOf(value) < 2 || /^(?:sha\d|pk_|eyJ)/.test(value) || /[:=]\s?$/.test(inside.slice(0, match.index)))
      continue;
    const from = end + match.index + 1;
    reading.nearSecret('generic-secret', from, from + value.length);
  }
}

const CONSTRUCTOR = /(?:^|[^\w])(?:new\s+)?(?:[a-z_]\w*\.)*([A-Z][A-Za-z0-9_]*)$/;
/** What is made of texts that look drawn and are none. */
const MADE_OF_DATA =
  /hash|digest|etag|id$|ids$|cursor|sign|public|cert|base64|b64|blob|data|encod|decod|nonce|bytes|buffer|assert|equal|expect|test|cid|integrity|checksum|regex|version|commit|pars|url|uri|path|text|string|image|script|error|exception|address|account|pubkey|contract|mint|date|uuid|guid|font|icon|color|query|event|tag|link|element/i;

/** A token as the first argument of what makes a client of some service: `Dropbox("...")`. */
function readConstructor(reading: Reading, start: number, end: number): void {
  const { text } = reading;
  const to = runEnd(text, end, DOTTED | EITHER_BASE64 | EQUALS, 2000);
  if (to - end < 24 || text[to] !== text[end - 1]) return;
  const name = CONSTRUCTOR.exec(text.slice(Math.max(0, start - 60), start))?.[1];
  if (name === undefined || MADE_OF_DATA.test(name)) return;
  const value = text.slice(end, to);
  if (strengthOf(value.slice(0, 200)) < 3 || allIn(value, ANY_HEX) || !/[A-Z]/.test(value) || !/[a-z]/.test(value))
    return;
  if (/^(?:sha\d|pk_|eyJ|data:)/.test(value) || countingShare(value) > 0.5) return;
  reading.nearSecret('generic-secret', end, to);
}

/** `key: "..."` with what only a key can be: long, of both cases and digits. */
function readKey(reading: Reading, start: number, end: number): void {
  const { text } = reading;
  const name = text.slice(runStart(text, start, URL_SAFE, 40), start).toLowerCase();
  if (
    /public|pub_?$|sort|primary|foreign|cache|partition|i18n|translation|site|map|dedup|idempot|query|row|storage|index|object|s3|group|react|app_?$/.test(
      name,
    )
  )
    return;
  const quote = text[end - 1] ?? '"';
  const to = reading.next(quote, end);
  if (to < 0 || to - end < 32 || to - end > 400) return;
  const value = text.slice(end, to);
  if (
    /\s/.test(value) ||
    isStandIn(value) ||
    isReference(value) ||
    namesSomething(value) ||
    /^(?:sha\d+-|https?:|pk_|eyJ)|\.[a-z]{2,4}$/.test(value)
  )
    return;
  const random = allIn(value, EITHER_BASE64 | EQUALS)
    ? strengthOf(value.slice(0, 200)) === 3
    : entropy(value) > 4.2 && /[^\w\s]/.test(value) && /\d/.test(value);
  const hex =
    allIn(value, ANY_HEX) &&
    /api|secret|admin|auth|private|crypt|sign|master|token|validation|machine|session|cookie|hmac|shared|psk|aes|des_?$|rsa|cipher|account|salt|cf_?$/.test(
      name,
    ) &&
    strengthOf(value) >= 2;
  if (random || hex) reading.nearSecret('generic-secret', end, to);
}

/** Server keys of a push service: eleven characters, a colon, and a marked rest. */
function readMessagingKey(reading: Reading, start: number, end: number): void {
  const { text } = reading;
  const from = runStart(text, start, URL_SAFE, 12);
  const to = runEnd(text, end, URL_SAFE, 200);
  if (start - from === 11 && to - end >= 100) reading.secret('google-messaging-key', from, to);
}

/** `name:500:hash:hash:::`, as the accounts of Windows are dumped. */
function readWindowsHash(reading: Reading, start: number, end: number): void {
  const { text } = reading;
  const before = /[\w.$\\-]{1,40}:\d{3,6}:[0-9a-f]{32}:[0-9a-f]{32}$/i.exec(
    text.slice(Math.max(0, start - 120), start),
  );
  if (before !== null) reading.secret('password-hash', start - before[0].length, end);
}
