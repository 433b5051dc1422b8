import {
  ALNUM,
  ANY_HEX,
  allIn,
  classOf,
  DIGIT,
  DOTTED,
  LOWER,
  runEnd,
  runStart,
  UPPER,
  URL_SAFE,
} from './characters.js';
import { standsForNothing } from './encoded-stand-ins.js';
import { ending } from './endings.js';

import { isAlgorithmName, isBarredName, isCalledHash, isNamedUuid, isPinned, isTemplate } from './named-values.js';
import { isEnd, isWorthIt, LEAST_VALUE, tokenEnd, tokenStart, type WorthyValues } from './nearby-values.js';
import { isCalled, isInEncoding, isSummed, namesSomething } from './no-values.js';
import { countingShare, entropy, wordyShare } from './randomness.js';

import type { LiteralRule, Reading } from './reading.js';
import { foldText } from './view.js';
import { isWeakPassword } from './weak-passwords.js';
import { isLetter } from './words.js';

const PASSWORDS =
  'password|passwort|passwörter|passphrase|passcode|kennwort|contraseña|contrasenya|mot de passe|mots de passe|senha|' +
  'palavra-passe|wachtwoord|пароль|пароля|паролем|パスワード|密码|密碼|口令|비밀번호|암호|كلمة المرور|كلمة السر|पासवर्ड|parola|' +
  'şifre|hasło|hasła|heslo|lösenord|adgangskode|kodeord|passord|salasana|jelszó|κωδικός|κωδικο|סיסמה|mật khẩu|kata sandi|' +
  'รหัสผ่าน|zaporka|lozinka|пас ворд';
const KEYS =
  'secret|api key|api-key|apikey|access key|master.key|master key|private key|signing key|license key|auth key|' +
  'server key|admin key|clave|schlüssel|schluessel|klucz|ключ|密钥|鍵|키는|chave|chiave|clef|clé|sleutel|anahtar|' +
  'credential|credenciales|identifiants|zugangsdaten|token';

const LOGINS =
  'creds|login|log in|zugang|acceso|accès|доступ|логин|ログイン|账号|帐号|帳號|계정|user/pass|logowanie|identifiants|credenciales|zugangsdaten|wpa|psk|wifi|wlan|chpasswd|pin code|root:|admin:|pass:|pass |pwd|passwd|pw:|pw |psw|pswd';

/** Secrets that stand in the neighbourhood of the word that says what they are, in prose, tables and lists. */
export const NEARBY_LITERALS: readonly LiteralRule[] = [
  ...rulesOf(PASSWORDS, true),
  ...rulesOf(KEYS, false),
  ...LOGINS.split('|').map((literal) => ({
    literal,
    onHit: (reading: Reading, start: number, end: number) => readLogin(reading, start, end),
  })),
];

function rulesOf(words: string, password: boolean): LiteralRule[] {
  return words.split('|').map((literal) => ({
    literal,
    onHit: (reading: Reading, start: number, end: number) => {
      if (isNoSecret(reading.text, start, end) || isInEncoding(reading.text, start, end)) return;
      if (!readColumn(reading, start, end, password)) readAround(reading, start, end, password);
    },
  }));
}

/** What a value gives away by itself: 0 nothing, 1 a password that a person made up, 2 one that was drawn, 3 a long key. */
export function strengthOf(value: string): 0 | 1 | 2 | 3 {
  return strengthIn(value);
}

/** The same of a value that stands at a place among others. */
function strengthIn(value: string, start = 0, values?: WorthyValues): 0 | 1 | 2 | 3 {
  const { length } = value;
  if (length < LEAST_VALUE || length > 200) return 0;
  const strength = strengthOfForm(value);
  if (strength === 0) return 0;
  const isNothing = values?.isNothing(start, value, standsForNothing) ?? standsForNothing(value);
  if (isNothing || isNoValue(value)) return 0;
  return strength > 1 && isBarredName(value) ? 1 : strength;
}

/** Paths, hashes and what else is no secret whatever its form. */
function isNoValue(value: string): boolean {
  if (isWeakPassword(value) || namesSomething(value)) return true;
  if (allIn(value, ALNUM) ? PLAIN_NO_VALUE.test(value) : isNoSignedValue(value)) return true;
  return isAlgorithmName(value) || countingShare(value) > 0.6;
}

/** What is no secret though nothing but letters and digits stand in it. */
const PLAIN_NO_VALUE = /^\d+$|^AC[0-9a-f]{32}|^0x[0-9a-f]{40}$|^eyJ|^LS0tLS1CRUdJTiB(?:DRVJU|QVUJM)/i;

function isNoSignedValue(value: string): boolean {
  if (
    /^[^A-Za-z0-9]*$|^[\d.,:/%+-]+$|^[a-z]{2,3}_[A-Z]{2}\.utf-?8$|^\d{4}-\d\d-\d\dT\d\d:|^[a-z]{3}:\d\d:|^AC[0-9a-f]{32}|\.[a-z]{2,4}(?::\d+)*:?$|\.(?:[jt]sx?|py|go|rs|java|json|ya?ml|md)\b|^[a-z]+:\/\/|^\/|^\.{1,2}\/|^~|[()[\]{}<>]|@[\w-]+\.|^[@$%]|arn:|:secret:|A-Za|a-z0|0-9|^0x[0-9a-f]{40}$|^eyJ|^LS0tLS1CRUdJTiB(?:DRVJU|QVUJM)|^[a-z]{2,4}:(?=\S{20})|^[\w.-]+=(?!=?$)/i.test(
      value,
    )
  )
    return true;
  if (/^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(value) || /\ufffd|[^\x21-\x7e]/.test(value)) return true;
  if (isPinned(value) || isNamedUuid(value) || isTemplate(value)) return true;
  return /^(?:sha\d+|md5|h1|sha\d+sum)[-:]/i.test(value);
}

function strengthOfForm(value: string): 0 | 1 | 2 | 3 {
  const { length } = value;
  const { digits, upper, lower, symbols, turns } = classesOf(value);
  const letters = upper + lower;
  // Letters alone are a name, whatever their case.
  if (letters === 0 || (digits === 0 && symbols === 0)) return 0;
  if (allIn(value, ANY_HEX)) return length >= 32 && digits > 0 && entropy(value) > 2.8 ? 2 : 0;
  const isMixed = turns >= 4 && length >= 9 && mixed(upper, lower, digits, symbols);
  const isLong = length >= 24 && digits > 0 && turns >= 6;
  if (isMixed || isLong) {
    const wordy = wordyShare(value);
    if (isMixed && wordy <= 0.3 && !isLong) return 2;
    if (wordy <= 0.4) {
      const bits = entropy(value);
      if (isLong && bits >= 3.6) return 3;
      if (isMixed && bits >= 2.8 && letters >= 3 && length >= 10) return 2;
    }
    if (isMixed && wordy <= 0.3) return 2;
  }
  return digits > 0 &&
    letters > 0 &&
    (symbols > 0 || (upper > 0 && lower > 0)) &&
    turns >= 2 &&
    !/^[\w]+(?:-[\w]+){2,}$/.test(value)
    ? 1
    : 0;
}

function mixed(upper: number, lower: number, digits: number, symbols: number): boolean {
  return Number(upper > 0) + Number(lower > 0) + Number(digits > 0) + Number(symbols > 0) >= 3;
}

interface Classes {
  readonly digits: number;
  readonly upper: number;
  readonly lower: number;
  readonly symbols: number;
  /** How often the class changes from one character to the next. */
  readonly turns: number;
}

function classesOf(value: string): Classes {
  let digits = 0;
  let upper = 0;
  let lower = 0;
  let symbols = 0;
  let turns = 0;
  let before = 0;
  for (let i = 0; i < value.length; i++) {
    const bits = classOf(value.charCodeAt(i));
    const one = (bits & DIGIT) !== 0 ? 1 : (bits & UPPER) !== 0 ? 2 : (bits & LOWER) !== 0 ? 3 : 4;
    if (one === 1) digits++;
    else if (one === 2) upper++;
    else if (one === 3) lower++;
    else if (value[i] !== '-' && value[i] !== '_' && value[i] !== '.' && value[i] !== '/') symbols++;
    if (one !== before) turns++;
    before = one;
  }
  return { digits, upper, lower, symbols, turns };
}

/** Words for keys that begin or end many other words: `recycle`, `cleanup`, `enclave`. */
const ONLY_ALONE = /^(?:clave|chave|chiave|clef|cle)$/i;

/** `csrf_token`, `public_key`, `${PASSWORD}`: the word is part of a name for something else, or of a reference. */
function isNoSecret(text: string, start: number, end: number): boolean {
  if (
    end - start < 7 &&
    ONLY_ALONE.test(text.slice(start, end)) &&
    /[a-z]/i.test(text.charAt(start - 1) + text.charAt(end).replace('s', ''))
  )
    return true;
  const nameStart = runStart(text, start, DOTTED, 32);
  const nameEnd = runEnd(text, end, DOTTED, 32);
  // None of the words for secrets says so by itself.
  return (
    ((nameStart < start || nameEnd > end) && NO_SECRET.test(text.slice(nameStart, nameEnd))) ||
    (text.charCodeAt(Math.min(end + 8, text.length) - 1) === 0x5b && /\bENC\[$/.test(text.slice(end, end + 8)))
  );
}

const NO_SECRET =
  /csrf|xsrf|public|hash|digest|placeholder|cancel|page|next|sync|idempot|continuation|pass(?:port|age|ive|enger)/i;

const AFTER = 120;
const BEFORE = 70;
/** What may stand between the word and the value where nothing else does. */
const isDirect = ending(
  new RegExp(
    foldText(
      String.raw`^["'*_\s)\]]{0,4}(?:[:=>-]{1,2}|\b(?:is|was|are|still|now|lautet|ist|es|est|e|jest|to|je|är|er|on|это|is now|set to|of|は|是|为|為|는|은)\b|は|是|为|는|은)[\s:"'*_「『-]{0,6}$`,
    ),
    'i',
  ),
);
/** Names of what is no secret though it looks like one. */
const isHashed = ending(
  /\b(?:blob|tree|commit|sha\d*|hash|digest|checksum|rev|index|trace|span|etag|integrity|md5|uuid|request|build|image|fingerprint|public|version|id|bisect|revert(?:s|ed)?|cherry-?pick(?:ed)?|head)\b[^\n]{0,16}$|(?:hash(?:es|ed)?(?:_(?:secret|token|password|value|hex))?|digest|checksum|shasum|commit|signature|\bref|revision|prefix|archive)["']?\s?[:=]\s?["']?$|\b(?:fix|patch|backport(?:ed)?|refactor(?:ing)?)\s$/i,
);

function readAround(reading: Reading, start: number, wordEnd: number, password: boolean): void {
  const { text } = reading;
  // The rest of a name in a program; a long one is about something else.
  const end = runEnd(text, wordEnd, URL_SAFE, 14);
  if (start < reading.nearbyRead || end - wordEnd > 12) return;
  const given = valueAfter(reading, end, password);
  if (given !== undefined) {
    reading.nearSecret(password ? 'password' : 'generic-secret', given.from, given.to);
    reading.nearbyRead = given.to;
    return;
  }
  const back = Math.max(0, start - BEFORE, reading.lineStart(start));
  if (!reading.values.beginWithin(back, start)) return;
  for (let at = back; at < start; ) {
    while (at < start && isEnd(text.charCodeAt(at))) at++;
    const from = at;
    const to = tokenEnd(text, from, start);
    at = to + 1;
    if (to >= start || (from === start - BEFORE && from > 0) || !isWorthIt(text, from, to)) continue;
    if (isCalled(text, from, to)) continue;
    const value = trimmed(text.slice(from, to));
    const line = text.slice(back, from);
    const hex = allIn(value, ANY_HEX);
    const first = from + leadIn(text, from, to);
    if (strengthAt(reading, first, value) < (hex || (password && start - to < 24) ? 2 : 3) || isHashed(line)) continue;
    if (hex && (text[start - 1] === '/' || text[end] === '.') && !text.startsWith('.key', end - 4)) continue;
    if (hex && (isCommitLine(text, back, from, to) || isCalledHash(text, from) || isSummed(text, from, to))) continue;
    if (SUBMODULE.test(text.slice(from, from + 140))) continue;
    if (/[=:]$/.test(line.trimEnd())) continue;
    reading.nearSecret(password ? 'password' : 'generic-secret', first, first + value.length);
    return;
  }
}

/** What commits do: `<commit> broke the refresh of tokens`. */
const CHANGES =
  /^\s(?:\([^()\n]{1,60}\)\s)?(?:(?:also|already|probably|first|hat|a|ha)\s)?(?:br(?:oke|eaks)|fix|add(?:s|ed)\b|introduc|revert|chang|remov|renam|mov(?:es|ed)|refactor|bump|updat|touch|merg|land(?:s|ed)|drop(?:s|ped)|made|makes|is the first|was merged|geändert|eingeführt|cassé|introduit|rompi[óo]|introdujo)/i;

/** `since <commit>`. */
const endsInTime = ending(
  /\b(?:since|seit|ab|after|before|until|bis|vor|nach|depuis|avant|desde|antes de|od|backported|backport)\s\(?/i,
);

/** `+<commit> vendor/parser (v1.2)`: what stands in another version than the one that was committed. */
const SUBMODULE = /^[+-][0-9a-f]{40} \S{1,80} \([^()\n]{1,60}\)/;

/** The name of a commit and its subject, as logs and plans of rebases list them, or what it did. */
function isCommitLine(text: string, back: number, from: number, to: number): boolean {
  if (to - from !== 40) return false;
  const after = text.slice(to, to + 120);
  if (CHANGES.test(after)) return true;
  if (/^\s(?:is|was|ist|war|=|->|→)\s/i.test(after)) return false;
  if (endsInTime(text.slice(Math.max(0, from - 16), from))) return true;
  if (back > 0 && text[back - 1] !== '\n') return false;
  const before = text.slice(back, from);
  const planned = /^(?:pick|fixup|squash|reword|edit|drop|commit) $/.test(before);
  const subject = /^[ \t](?:\([^()\n]*\) )?[\p{L}\d"'`[][^\n]*? \S+ \S/u;
  return planned || (/^[\s*|\\/_+-]{0,16}$/.test(before) && subject.test(after));
}

interface Place {
  readonly from: number;
  readonly to: number;
}

const MOST_TOKENS = 16;

/** The value that follows a word for secrets, as far as a paragraph goes. */
function valueAfter(reading: Reading, end: number, password: boolean): Place | undefined {
  const { text } = reading;
  const limit = Math.min(text.length, end + AFTER);
  const rest = tokenEnd(text, end, end + 220);
  if (!isWorthIt(text, end, rest) && !reading.values.beginWithin(rest, limit)) return undefined;
  let count = 0;
  for (let at = end; at < limit && count < MOST_TOKENS; count++) {
    const from = tokenStart(text, at, limit);
    if (from < 0) return undefined;
    const to = tokenEnd(text, from, from + 220);
    at = to;
    if (from >= limit || !isWorthIt(text, from, to) || isCalled(text, from, to)) continue;
    const value = trimmed(text.slice(from, to));
    const first = from + leadIn(text, from, to);
    if (!isGiven(value, strengthAt(reading, first, value), text.slice(end, from), password)) continue;
    if (allIn(value, ANY_HEX) && isCalledHash(text, from)) continue;
    return { from: first, to: first + value.length };
  }
  return undefined;
}

/** A value that the window cut off is read to its end. */
function fullToken(text: string, from: number, seen: string): string {
  return from + seen.length < text.length
    ? (/^[^\s"'`,;|<>()[\]{}]{1,220}/.exec(text.slice(from, from + 220))?.[0] ?? seen)
    : seen;
}

/** `strengthOf` of a value where it stands: several words near it ask for the same. */
function strengthAt(reading: Reading, start: number, value: string): number {
  return reading.values.strength(start, value, strengthIn);
}

/** How many of the marks stand before a value that are not taken for a part of it. */
function leadIn(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && LEADS.includes(text.charAt(at))) at++;
  return at - from;
}

const LEADS = '*_:=';

/** A value without the marks around it; one `!` at the end may be a part of it. */
function trimmed(value: string): string {
  const from = leadIn(value, 0, value.length);
  let to = value.length;
  while (to > from && '.:!?*'.includes(value.charAt(to - 1))) to--;
  if (to === value.length - 1 && value.endsWith('!')) to++;
  return value.slice(from, to);
}

function isGiven(value: string, strength: number, between: string, password: boolean): boolean {
  if (strength === 0 || /[=]$|[\w]\($|\.$/.test(between.slice(-1))) return false;
  if (password && strength >= 1 && isDirect(between)) return /[^\w.-]|\d/.test(value) && wordyShare(value) <= 0.75;
  if (isHashed(between.slice(-28)) || between.includes('ENC[')) return false;
  if (allIn(value, ANY_HEX))
    return (
      !between.includes('\n') &&
      between.length < 60 &&
      (value.length !== 40 || isTold(between) || !/[,;.]\s/.test(between))
    );
  return strength >= (password ? 2 : 3);
}

/** What leads to a value rather than to the name of a commit. */
const isTold = ending(
  /(?:^\W{0,6}|[:=>"'`|]\s{0,3}|\b(?:is|was|are|ist|war|lautet|est|es|to|with|use|using|this|here|mit|by|set)\s{1,3})[*_"'`]{0,2}/i,
);

const MOST_ROWS = 40;

/** What parts the cells of a row. */
const CELL_MARKS = ['|', '\t', ';', ','];

/** The sign that parts a line into three short cells or more. */
function cellMark(head: string): string | undefined {
  return CELL_MARKS.find((one) => {
    const first = head.indexOf(one);
    if (first < 0 || first >= 40 || !head.includes(one, first + 1)) return false;
    return head.split(one).every((cell) => cell.length < 40);
  });
}

/** A column of a table headed by the word: with bars, tabs, commas or semicolons between the cells. */
function readColumn(reading: Reading, start: number, end: number, password: boolean): boolean {
  const { text } = reading;
  if (start < reading.tableRead) return false;
  const lineStart = reading.lineStart(start);
  if (start - lineStart >= 200 && start > 200) return false;
  const lineEnd = reading.next('\n', end);
  if (lineEnd < 0 || lineEnd - end > 200) return false;
  const head = text.slice(lineStart, lineEnd);
  const mark = /[=:{(]/.test(head) ? undefined : cellMark(head);
  if (mark === undefined) return false;
  const column = text.slice(lineStart, start).split(mark).length - 1;
  let found = false;
  let at = lineEnd + 1;
  for (let row = 0; row < MOST_ROWS && at < text.length; row++) {
    const line = text.slice(at, at + 600).split('\n', 1)[0] ?? '';
    const to = at + line.length;
    if (!line.includes(mark)) break;
    const cells = line.split(mark);
    const cell = cells[column] ?? '';
    const value = cell.trim().replace(/^["'`]|["'`]$/g, '');
    if (strengthOf(value) >= (password ? 1 : 2)) {
      const from = at + cells.slice(0, column).join(mark).length + (column > 0 ? 1 : 0) + cell.indexOf(value);
      reading.nearSecret(password ? 'password' : 'generic-secret', from, from + value.length);
      found = true;
    }
    at = to + 1;
  }
  reading.tableRead = found ? lineEnd : at;
  return found;
}

/** How far behind a word for a login the password is looked for. */
const LOGIN_AFTER = 60;

/** Whether anything is long enough to be a value. */
function hasLongToken(text: string, from: number, to: number): boolean {
  let length = 0;
  for (let at = from; at < to && at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit !== 0 && isEnd(unit)) length = 0;
    else if (++length >= LEAST_VALUE) return true;
  }
  return false;
}

/** `admin / 7fK!x2mQ9`, `login: root, 7fK!x2mQ9`: only what was drawn at random, and close by. */
function readLogin(reading: Reading, start: number, end: number): void {
  const { text } = reading;
  if (start < reading.nearbyRead || isLetter(text.charCodeAt(start - 1)) || isInEncoding(text, start, end)) return;
  if (!hasLongToken(text, end, end + LOGIN_AFTER)) return;
  let count = 0;
  const window = text.slice(end, end + LOGIN_AFTER).split('\n\n', 1)[0] ?? '';
  for (const match of window.matchAll(/[^\s"'`,;|<>()[\]{}]+/g)) {
    if (++count > 6) return;
    const from = end + match.index;
    const isCut = match.index + match[0].length === window.length;
    const token = isCut ? fullToken(text, from, match[0]) : match[0];
    if (token.length < LEAST_VALUE || isCalled(text, from, from + token.length)) continue;
    const value = trimmed(token);
    const secret = value.slice(value.lastIndexOf(':') + 1);
    const at = from + leadIn(token, 0, token.length) + value.length - secret.length;
    if (strengthAt(reading, at, secret) !== 2 || allIn(secret, ANY_HEX) || isHashed(window.slice(0, match.index)))
      continue;
    if (/[=/.]$/.test(window.slice(0, match.index))) continue;
    reading.nearSecret('password', at, at + secret.length);
    reading.nearbyRead = at + secret.length;
    return;
  }
}
