import {
  ALNUM,
  ANY_HEX,
  allIn,
  classOf,
  DIGIT,
  DOTTED,
  isIn,
  LETTER,
  LOWER,
  LOWER_ALNUM,
  runEnd,
  runStart,
  SPACE,
  UPPER,
} from './characters.js';
import { standsForNothing } from './encoded-stand-ins.js';
import type { SecretKind } from './finding-kinds.js';
import { isShownMasked } from './masked.js';
import { isAlgorithmName, isNamedUuid, isTemplate } from './named-values.js';
import { isInEncoding } from './no-values.js';
import { countingShare, entropy, looksRandom, wordyShare } from './randomness.js';

import type { LiteralRule, Reading } from './reading.js';
import { isWeakPassword } from './weak-passwords.js';

const PASSWORD_WORDS = (
  'password|passwd|passwort|passphrase|pwd|pass|kennwort|contraseña|contrasena|mot de passe|motdepasse|' +
  'mot_de_passe|senha|wachtwoord|pw'
).split('|');

const SECRET_WORDS = (
  'secret|token|apikey|api_key|api-key|api key|access_key|accesskey|access-key|private_key|privatekey|' +
  'private-key|signing_key|signingkey|encryption_key|encryptionkey|auth_key|authkey|auth-key|account_key|' +
  'app_key|appkey|application_key|master_key|license_key|service_key|credential|webhook_key|_auth|' +
  'ingestion_key|ingest_key|write_key|writekey|agent_key'
).split('|');

/** Secrets known by the name they are assigned to: `password = "..."`, `API_KEY=...`, `"client_secret": "..."`, `--token ...`. */
export const ASSIGNED_LITERALS: readonly LiteralRule[] = [
  ...PASSWORD_WORDS.map((literal) => ({
    literal,
    onHit: (reading: Reading, start: number, end: number) => readAssignment(reading, start, end, true),
  })),
  ...SECRET_WORDS.map((literal) => ({
    literal,
    onHit: (reading: Reading, start: number, end: number) => readAssignment(reading, start, end, false),
  })),
];

/** What may follow the word in a name that still names the secret itself. */
const REST =
  /^(?:s|key|value|base|token|secret|text|plain|string|prod|production|live|staging|stage|dev|test|old|new|current|primary|secondary|main|master)*\d{0,2}$/;

/** Parts of a name that say it is about a secret or only shares its word. */
const NO_SECRET = new Set(
  'public csrf xsrf hash hashed digest nonce placeholder label hint design checksum fingerprint'.split(' '),
);

/** What a token is the token of, when it is a mark in a list or a text and opens nothing. */
const NO_SECRET_BEFORE = new Set(
  (
    'page next prev previous continuation cursor sync cancel cancellation eos bos pad unk mask sep cls stop ' +
    'start end max min num special idempotency partition sort input output resume syntax lex first last ' +
    'current color theme change starting'
  ).split(' '),
);

/** Whether a name with a word in it, that in small letters, is that of a secret. */
function namesSecret(key: string, word: string): boolean {
  if (key.length === word.length && /^(?:[a-z]+|[A-Z][a-z]+|[A-Z]+)$/.test(key))
    return !NO_SECRET.has(key.toLowerCase());
  let named = false;
  let opens = true;
  let before = '';
  for (let from = 0; from < key.length; ) {
    const to = partEnd(key, from);
    if (to > from) {
      const part = key.slice(from, to).toLowerCase();
      if (NO_SECRET.has(part) || part.startsWith('csrf') || part.startsWith('xsrf')) return false;
      if (!named && part === word) {
        named = true;
        opens = !NO_SECRET_BEFORE.has(before);
      }
      before = part;
    }
    from = isIn(key.charCodeAt(to), PART_MARKS) ? to + 1 : to;
  }
  return opens;
}

/** What parts a name; a capital behind a small letter or a digit begins a part as well. */
const PART_MARKS = DOTTED & ~ALNUM;

function partEnd(key: string, from: number): number {
  let inner = false;
  let at = from;
  for (; at < key.length; at++) {
    const bits = classOf(key.charCodeAt(at));
    if ((bits & PART_MARKS) !== 0 || (inner && (bits & UPPER) !== 0)) break;
    inner = (bits & LOWER_ALNUM) !== 0;
  }
  return at;
}

type Form = 'quoted' | 'plain' | 'spaced' | 'flag' | 'prose';

interface Assignment {
  readonly key: string;
  readonly from: number;
  readonly to: number;
  readonly form: Form;
}

function readAssignment(reading: Reading, start: number, end: number, password: boolean): void {
  const assignment = findAssignment(reading, start, end, password);
  if (assignment === undefined || isInEncoding(reading.text, start, end)) return;
  const { key, from, to, form } = assignment;
  if (!reading.decoded && !(password ? mayBePassword(reading.text, from, to) : mayBeKey(reading.text, from, to)))
    return;
  const previous = reading.detections[reading.detections.length - 1];
  // `api_secret_token=` holds three of the words.
  if (previous !== undefined && previous.start === from && previous.category === 'secret' && previous.near !== true)
    return;
  const value = reading.text.slice(from, to);
  if (reading.values.isNothing(from, value, standsForNothing) || isTemplate(value)) return;
  const kind =
    vendorKind(key, value) ??
    (password
      ? passwordKind(reading, start, value, form)
      : secretKind(key, value, form, decodedAs(reading, start, end)));
  if (kind !== undefined && !isShownMasked(reading.text, key, value, to)) reading.placedSecret(kind, from, to);
}

/** Marks without which and without digits nothing is taken for a password. */
const MARKS = Uint8Array.from({ length: 128 }, (_, code) =>
  Number('0123456789!@#$%^&*+=~'.includes(String.fromCharCode(code))),
);

/** What every password has that is taken for one: most words behind the name are none, and are not looked at further. */
function mayBePassword(text: string, from: number, to: number): boolean {
  if (to - from < 6) return false;
  for (let at = from; at < to; at++) if (MARKS[text.charCodeAt(at)] === 1) return true;
  return false;
}

/** What every other secret has. */
function mayBeKey(text: string, from: number, to: number): boolean {
  if (to - from < 16) return false;
  if (to - from === 36) return true;
  for (let at = from; at < to; at++) if (isIn(text.charCodeAt(at), DIGIT)) return true;
  return false;
}

const LONGEST_VALUE = 512;

function findAssignment(reading: Reading, start: number, end: number, password: boolean): Assignment | undefined {
  const { text } = reading;
  // The name of a secret in a store: `arn:aws:secretsmanager:...:secret:name`.
  if (text[start - 1] === ':' && /\barn:aws[^\s"']*$/.test(text.slice(Math.max(0, start - 80), start)))
    return undefined;
  const keyStart = runStart(text, start, DOTTED, 48);
  const keyEnd = runEnd(text, end, DOTTED, 32);
  if (keyEnd - end >= 32) return undefined;
  let at = keyEnd;
  const keyQuoted = isQuote(text[at]);
  if (keyQuoted) at++;
  else if (text[at] === '\\' && text[at + 1] === '"') at += 2;
  if (text[at] === ']') at++;
  const afterKey = at;
  at = runEnd(text, at, SPACE, 16);
  const operator = operatorAt(text, at);
  if (operator === 0 && !password && !mayDoWithoutOperator(text, keyStart, afterKey)) return undefined;
  if (keyEnd > end && !REST.test(text.slice(end, keyEnd).toLowerCase().replace(/[-_.]/g, ''))) return undefined;
  if (!isNameOfSecret(text, keyStart, start, end, keyEnd)) return undefined;
  const key = text.slice(keyStart, keyEnd).toLowerCase();
  if (operator === 0) return findWithoutOperator(reading, key, keyStart, afterKey, at, password);
  const spaced = at > afterKey || isIn(text.charCodeAt(at + operator), SPACE);
  const colon = text[at] === ':' && operator === 1;
  at = runEnd(text, at + operator, SPACE, 16);
  return valueAt(reading, key, at, spaced || (colon && !keyQuoted) ? 'spaced' : 'plain');
}

/** Whether the word from `start` to `end` makes the name around it that of a secret. */
function isNameOfSecret(text: string, keyStart: number, start: number, end: number, keyEnd: number): boolean {
  const word = text.slice(start, end).toLowerCase();
  const name = text.slice(keyStart, keyEnd);
  if (!namesSecret(name, word)) return false;
  if (word === 'pass') return /(?:^|[-_.]|db)pass\d?$/i.test(name);
  return word !== 'pw' || /(?:^|[-_.])pw\d?$/i.test(name);
}

/** Whether anything but a password could be told behind a name without an operator: a flag, an element, a value that is apart. */
function mayDoWithoutOperator(text: string, keyStart: number, afterKey: number): boolean {
  const next = text.charAt(afterKey);
  if (next === '>' || text.charAt(keyStart) === '-') return true;
  let at = next === ',' ? afterKey + 1 : afterKey;
  while (at < text.length && text.charCodeAt(at) <= 0x20) at++;
  return /["'v\x80-\uffff]/i.test(text.charAt(at));
}

function isQuote(character: string | undefined): boolean {
  return character === '"' || character === "'" || character === '`';
}

/** Length of `=`, `:`, `:=`, `=>` or `?=` at an offset; 0 for none and for comparisons. */
function operatorAt(text: string, at: number): number {
  const two = text.slice(at, at + 2);
  if (two === ':=' || two === '=>' || two === '?=') return 2;
  if (two === '==' || two === '::' || two === '=~') return 0;
  return two.startsWith('=') || two.startsWith(':') ? 1 : 0;
}

/** `<add key="Password" value="...">` and `- name: PASSWORD`, `value: ...` on the next line. */
const VALUE_APART = /^,?\s{1,24}["']?value["']?\s{0,2}[=:]\s{0,2}/i;

/** `--password hunter2`, `password hunter2` of .netrc, `the password is hunter2`, `<password>hunter2</password>`. */
function findWithoutOperator(
  reading: Reading,
  key: string,
  keyStart: number,
  afterKey: number,
  at: number,
  password: boolean,
): Assignment | undefined {
  const { text } = reading;
  if (text[afterKey] === '>' && text[keyStart - 1] === '<') {
    const element = valueAt(reading, key, afterKey + 1, 'plain');
    return element !== undefined && text.startsWith('</', element.to) ? element : undefined;
  }
  const named = VALUE_APART.exec(text.slice(afterKey, afterKey + 48));
  if (named !== null) return valueAt(reading, key, afterKey + named[0].length, 'plain');
  if (at === afterKey) return undefined;
  if (key.startsWith('-')) return valueAt(reading, key, at, 'flag');
  if (!password) return undefined;
  const is = /^(?:is|was|lautet|ist|es|est)(?: now| set to)?:? {1,3}/i.exec(text.slice(at, at + 16));
  if (is !== null) return valueAt(reading, key, at + is[0].length, 'prose');
  const login = /\blogin\s+\S+[\s+]+$/.test(text.slice(Math.max(0, keyStart - 120), keyStart));
  return login ? valueAt(reading, 'netrc', at, 'flag') : undefined;
}

function valueAt(reading: Reading, key: string, at: number, form: Form): Assignment | undefined {
  const { text } = reading;
  const escaped = text[at] === '\\' && text[at + 1] === '"';
  const prefixed = !escaped && /^(?:[bru@f]|\$)["']/.test(text.slice(at, at + 2)) ? 1 : 0;
  const quote = text[escaped ? at + 1 : at + prefixed];
  if (isQuote(quote)) {
    const from = at + prefixed + (escaped ? 2 : 1);
    const to = quotedEnd(text, from, quote ?? '"');
    if (to < 0) return undefined;
    return { key, from, to: escaped && text[to - 1] === '\\' ? to - 1 : to, form: 'quoted' };
  }
  let to = reading.valueEnd(at);
  // A call, an index or a block, not a value.
  if ('([{'.includes(text[to] ?? ' ')) return undefined;
  if (form === 'prose') while (to > at && '.!?'.includes(text[to - 1] ?? ' ')) to--;
  if (to - at < 4 || to - at > LONGEST_VALUE) return undefined;
  return { key, from: at, to, form };
}

function quotedEnd(text: string, from: number, quote: string): number {
  for (let at = from; at < text.length && at - from <= LONGEST_VALUE; at++) {
    const character = text[at];
    if (character === quote) return at;
    if (character === '\n' || character === '\0') return -1;
    if (character === '\\' && text[at + 1] !== quote) at++;
  }
  return -1;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Secrets without a form of their own, told by the issuer's name in the key. */
const VENDORS: readonly (readonly [name: RegExp, kind: SecretKind, form: RegExp])[] = [
  [/aws|^secretaccesskey|^secret_access_key/, 'aws-secret-key', /^[A-Za-z0-9/+]{40}$/],
  [/secretaccesskey|secret_access_key/, 'aws-secret-key', /^[A-Za-z0-9/+]{40}$/],
  [/session_?token/, 'aws-session-token', /^(?:IQoJb3|FwoG|FQoG)[A-Za-z0-9/+=]{100,}$/],
  [/heroku/, 'heroku-key', UUID],
  [/datadog|^dd[_-]|[_-]dd[_-]/, 'datadog-key', /^(?:[0-9a-f]{32}|[0-9a-f]{40})$/],
  [/twilio/, 'twilio-key', /^[0-9a-f]{32}$/],
  [/mailgun/, 'mailgun-key', /^(?:[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{8}|[0-9a-f]{32})$/],
  [/cloudflare|^cf[_-]/, 'cloudflare-token', /^(?:[A-Za-z0-9_-]{40}|[0-9a-f]{37})$/],
  [/azure|cognitive/, 'azure-key', /^(?:[0-9a-f]{32}|[A-Za-z0-9]{84}|[a-z0-9]{52})$/],
  [/algolia/, 'algolia-key', /^[0-9a-f]{32}$/],
  [/snyk/, 'snyk-token', UUID],
  [/okta/, 'okta-token', /^00[A-Za-z0-9_-]{40}$/],
  [/fastly/, 'fastly-token', /^[A-Za-z0-9_-]{32}$/],
  [/discord/, 'discord-token', /^[A-Za-z0-9_-]{32}$/],
  [/authtoken/, 'npm-token', UUID],
  [/cohere/, 'cohere-key', /^[A-Za-z0-9]{40}$/],
  [/mistral/, 'mistral-key', /^[A-Za-z0-9]{32}$/],
  [/wandb/, 'wandb-key', /^[0-9a-f]{40}$/],
  [/vault/, 'vault-token', /^s\.[A-Za-z0-9]{24}$/],
];

/** The names of all issuers: most keys have none of them. */
const OF_VENDORS = new RegExp(VENDORS.map(([name]) => name.source).join('|'));

function vendorKind(key: string, value: string): SecretKind | undefined {
  if (value.length < 20 || !OF_VENDORS.test(key)) return undefined;
  for (const [name, kind, form] of VENDORS) {
    if (name.test(key) && form.test(value) && entropy(value) > 2.8 && /\d/.test(value) && countingShare(value) <= 0.9)
      return kind;
  }
  return undefined;
}

/** Names of types and algorithms that stand where a password would. */
const CODE_WORD =
  /^(?:u?int\d*|float\d*|utf-?\d+|sha-?\d+|md5|base\d+|bcrypt\d?|argon2\w*|pbkdf2|scrypt|aes-?\d*\w*|rsa\d*|[hre]s\d{3}|ed25519|x509|oauth\d?|v\d+|u?int\d+array|str\d|null|true|false|\d+(?:px|ms|s|rem|em|%)?)$/i;

function passwordKind(reading: Reading, keyword: number, value: string, form: Form): SecretKind | undefined {
  const { text } = reading;
  if (!isPassword(value, form) && !(reading.decoded && isMixed(value))) return undefined;
  if (
    form === 'flag' &&
    /\bmachine\s+\S+[\s+]+login\s+\S+[\s+]+$/.test(text.slice(Math.max(0, keyword - 240), keyword))
  )
    return 'netrc-password';
  return 'password';
}

/** Letters of both cases that make no words: enough to be a password where somebody took the trouble to encode it. */
function isMixed(value: string): boolean {
  return value.length >= 8 && /^(?=.*[a-z])(?=.*[A-Z])[\x21-\x7e]+$/.test(value) && wordyShare(value) < 0.6;
}

/** Names of fields and rules of validation, which say `password` themselves or are words with bars between. */
const ABOUT_PASSWORDS = /^(?:[#.*$@]?[a-z_-]*pass(?:word|wd)?[a-z_-]*\d{0,2}|[a-z_]+(?:\|[a-z_]+(?::\w+)?)+)$/;

function isPassword(value: string, form: Form): boolean {
  if (
    value.length < 6 ||
    value.length > 128 ||
    isWeakPassword(value) ||
    ABOUT_PASSWORDS.test(value) ||
    CODE_WORD.test(value) ||
    isAlgorithmName(value) ||
    countingShare(value) > 0.8
  )
    return false;
  if (form === 'quoted' && /\s/.test(value) && !isPassphrase(value)) return false;
  let digits = 0;
  let letters = 0;
  let symbols = 0;
  for (let i = 0; i < value.length; i++) {
    const unit = value.charCodeAt(i);
    if (isIn(unit, DIGIT)) digits++;
    else if (isIn(unit, LETTER)) letters++;
    else if (!isIn(unit, DOTTED) && unit > 0x20) symbols++;
  }
  if (isPathOrUrl(value) || /[/:]$|\ufffd|[\x80-\xbf].*[\x80-\xbf]/.test(value)) return false;
  const name = /^[A-Za-z_$][\w$]*(?:[.-][A-Za-z_]\w*)*$/.test(value);
  switch (form) {
    case 'quoted':
      return (
        (digits > 0 && letters > 0) ||
        (symbols > 0 && letters > 2 && /[!@#$%^&*+=~]/.test(value)) ||
        isPassphrase(value)
      );
    case 'plain':
      return (
        (digits > 0 && letters > 0 && !isNumberedName(value)) ||
        (symbols > 0 && letters > 2 && /[!@#$%^*~]/.test(value)) ||
        (letters === 0 && digits >= 6)
      );
    case 'flag':
    case 'prose':
      return (digits > 0 && letters > 0) || (symbols > 0 && letters > 2 && /[!@#$%^*~]/.test(value));
    default:
      // `name: value` and `name = value` are how code is written too, where names may hold digits.
      return (
        digits > 0 &&
        letters > 0 &&
        (name
          ? value.length >= 8 && !isNumberedName(value) && (digits > 1 || looksRandom(value, 2.5))
          : symbols > 0 || value.length >= 8)
      );
  }
}

/** A name with one number at its end, as code has them: `password2`, `userInput1`. */
function isNumberedName(value: string): boolean {
  return /^[a-z_]+(?:[A-Z][a-z]+)*\d$/.test(value) && wordyShare(value) > 0.7 && value.length > 7;
}

function isPathOrUrl(value: string): boolean {
  return /^(?:[a-z]+:\/\/|\.{0,2}\/|~\/|[A-Za-z]:\\)/.test(value);
}

/** Four words or more with dashes or spaces between, as passphrase generators make them, and one of them a number. */
function isPassphrase(value: string): boolean {
  return /^[A-Za-z]{3,}(?:-[A-Za-z0-9]{1,}){3,}$/.test(value) && /\d/.test(value);
}

type Decoded = 'no' | 'yes' | 'variable';

/** Whether the name stands in decoded text, and there in capitals, as the variables of an environment do. */
function decodedAs({ decoded, text }: Reading, start: number, end: number): Decoded {
  if (!decoded) return 'no';
  const word = text.slice(start, end);
  return word === word.toUpperCase() ? 'variable' : 'yes';
}

function secretKind(key: string, value: string, form: Form, decoded: Decoded): SecretKind | undefined {
  const length = value.length;
  if (decoded === 'variable' && form === 'plain' && length < 16 && !CODE_WORD.test(value)) return 'generic-secret';
  if (decoded !== 'no' && length >= 8 && length < 16 && (isMixed(value) || looksRandom(value, 2.5)))
    return 'generic-secret';
  if (length < 16 || /\s/.test(value) || isPathOrUrl(value) || CODE_WORD.test(value) || isNamedUuid(value))
    return undefined;
  if (UUID.test(value))
    return /(?:api_?-?key|secret)$/.test(key) && !/^(\w)\1{7}/.test(value) ? 'generic-secret' : undefined;
  if (allIn(value, ANY_HEX))
    return length >= 24 && entropy(value) > 2.8 && countingShare(value) <= 0.9 && /[a-f]/i.test(value)
      ? 'generic-secret'
      : undefined;
  if (/^0x[0-9a-fA-F]{64}$/.test(value)) return key.includes('private') ? 'private-key-hex' : undefined;
  if (form === 'spaced' && /^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)+$/.test(value)) return undefined;
  if (
    !(form === 'quoted' ? /^[\x21-\x7e]+$/ : /^[A-Za-z0-9+/_.=~!@#$%^*:-]+$/).test(value) ||
    /^[a-z]+(?:[-_./][a-z]+)*$/.test(value)
  )
    return undefined;
  const minimum = length >= 24 ? 3.4 : 3.2;
  return looksRandom(value, minimum) && !isSlug(value) ? 'generic-secret' : undefined;
}

/** Words with dashes, dots or underscores between them, some numbered: names of things, not secrets. */
function isSlug(value: string): boolean {
  const parts = value.split(/[-_./:]+/).filter((part) => part !== '');
  if (parts.length < 3) return false;
  const plain = parts.filter(
    (part) => allIn(part, LOWER) || /^\d{1,4}$/.test(part) || /^[A-Z]{2,}$/.test(part) || /^v\d+$/.test(part),
  );
  return plain.length >= parts.length - 1 && parts.every((part) => part.length <= 16 && allIn(part, ALNUM));
}
