import { ANY_HEX, allIn, DOTTED, runEnd, runStart, URL_SAFE } from './characters.js';
import { ending } from './endings.js';
import { isCalledHash } from './named-values.js';
import { isEnd, isWorthIt, LEAST_VALUE, tokenEnd, tokenStart } from './nearby-values.js';
import { isCalled, isInEncoding, isSummed } from './no-values.js';
import { wordyShare } from './randomness.js';
import type { LiteralRule, Reading } from './reading.js';
import { strengthIn, strengthOf, strengthOfForm } from './value-strength.js';
import { foldText } from './view.js';
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
  'creds|login|log in|zugang|acceso|доступ|логин|ログイン|账号|帐号|帳號|계정|user/pass|logowanie|identifiants|credenciales|zugangsdaten|wpa|psk|wifi|wlan|chpasswd|pin code|root:|admin:|pass:|pass |pwd|passwd|pw:|pw |psw|pswd';

/** Secrets that stand in the neighbourhood of the word that says what they are, in prose, tables and lists. */
export const NEARBY_LITERALS: readonly LiteralRule[] = [
  ...rulesOf(PASSWORDS, true),
  ...rulesOf(KEYS, false),
  ...LOGINS.split('|').map((literal) => ({
    literal,
    onHit: (reading: Reading, start: number, end: number) => readLogin(reading, start, end),
  })),
  {
    literal: 'accès',
    onHit: (reading, start, end) => {
      // Folded, it begins the English word.
      if (!isLetter(reading.text.charCodeAt(end))) readLogin(reading, start, end);
    },
  },
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
    const hex = allIn(value, ANY_HEX);
    const least = hex || (password && start - to < 24) ? 2 : 3;
    const first = from + leadIn(text, from, to);
    if (strengthAt(reading, first, value, least) < least) continue;
    const line = text.slice(back, from);
    if (isHashed(line)) continue;
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
  const rest = tokenEnd(text, end, end + LONGEST_TOKEN);
  if (!isWorthIt(text, end, rest) && !reading.values.beginWithin(rest, limit)) return undefined;
  let count = 0;
  for (let at = end; at < limit && count < MOST_TOKENS; count++) {
    const from = tokenStart(text, at, limit);
    if (from < 0) return undefined;
    const to = tokenEnd(text, from, from + LONGEST_TOKEN);
    at = to;
    if (from >= limit || !isWorthIt(text, from, to) || isCalled(text, from, to)) continue;
    const known = foundBetween(reading, from, to);
    if (known !== undefined) return known;
    const value = trimmed(text.slice(from, to));
    const first = from + leadIn(text, from, to);
    const least = password ? 1 : allIn(value, ANY_HEX) ? 2 : 3;
    const strength = strengthAt(reading, first, value, least);
    if (!isGiven(value, strength, text.slice(end, from), password)) continue;
    if (allIn(value, ANY_HEX) && isCalledHash(text, from)) continue;
    return { from: first, to: first + value.length };
  }
  return undefined;
}

/** The secret that was just found to be a value, by a name that it is assigned to or by its form. */
function foundBetween({ detections }: Reading, from: number, to: number): Place | undefined {
  const last = detections[detections.length - 1];
  if (last === undefined || last.near || last.category !== 'secret') return undefined;
  return last.start >= from && last.start <= from + 2 && last.end <= to && last.end >= to - 2
    ? { from: last.start, to: last.end }
    : undefined;
}

/** `strengthOf` of a value where it stands: several words near it ask for the same. */
function strengthAt(reading: Reading, start: number, value: string, least: number): number {
  return reading.values.strength(start, value, least, strengthIn);
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

/** No more of a value is read than so many units. */
const LONGEST_TOKEN = 220;

/** Whether a unit ends what stands behind a word for a login, or the text does. */
function endsToken(unit: number): boolean {
  return unit < 0x80 ? unit !== 0 && isEnd(unit) : Number.isNaN(unit);
}

/** Whether anything is long enough to be a value. */
function hasLongToken(text: string, from: number, to: number): boolean {
  let length = 0;
  for (let at = from; at < to && at < text.length; at++) {
    if (endsToken(text.charCodeAt(at))) length = 0;
    else if (++length >= LEAST_VALUE) return true;
  }
  return false;
}

/** `admin / 7fK!x2mQ9`, `login: root, 7fK!x2mQ9`: only what was drawn at random, and close by. */
function readLogin(reading: Reading, start: number, end: number): void {
  const { text } = reading;
  if (start < reading.nearbyRead || isLetter(text.charCodeAt(start - 1)) || isInEncoding(text, start, end)) return;
  if (!hasLongToken(text, end, end + LOGIN_AFTER)) return;
  const cut = text.slice(end, end + LOGIN_AFTER).indexOf('\n\n');
  const limit = cut < 0 ? Math.min(text.length, end + LOGIN_AFTER) : end + cut;
  let count = 0;
  for (let at = end; at < limit; ) {
    while (at < limit && endsToken(text.charCodeAt(at))) at++;
    const from = at;
    while (at < limit && !endsToken(text.charCodeAt(at))) at++;
    if (at === from || ++count > 6) return;
    // A value that the window cuts off is read to its end.
    let to = at;
    if (at === limit) while (to - from < LONGEST_TOKEN && !endsToken(text.charCodeAt(to))) to++;
    if (to - from < LEAST_VALUE || isCalled(text, from, to)) continue;
    const token = text.slice(from, to);
    const value = trimmed(token);
    const secret = value.slice(value.lastIndexOf(':') + 1);
    const place = from + leadIn(token, 0, token.length) + value.length - secret.length;
    if (
      strengthOfForm(secret) !== 2 ||
      strengthAt(reading, place, secret, 2) !== 2 ||
      allIn(secret, ANY_HEX) ||
      isHashed(text.slice(end, from)) ||
      /[=/.]$/.test(text.slice(end, from))
    )
      continue;
    reading.nearSecret('password', place, place + secret.length);
    reading.nearbyRead = place + secret.length;
    return;
  }
}
