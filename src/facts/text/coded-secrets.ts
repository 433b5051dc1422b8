import { isStandIn } from './randomness.js';
import type { LiteralRule, Reading } from './reading.js';
import { strengthOf } from './value-strength.js';
import { foldText } from './view.js';

/** Words for secrets; a list of codes directly behind one of them is the secret. */
const SECRETS =
  'password|passwort|passphrase|passcode|kennwort|contraseña|mot de passe|senha|wachtwoord|пароль|hasło|heslo|lösenord|adgangskode|' +
  'passord|salasana|jelszó|parola|şifre|密码|密碼|パスワード|비밀번호|secret|api key|api-key|api_key|access key|private key|token|credential|' +
  'login|pwd|passwd|pw: |pw = |pw=|pw ->';
/** Words for how the signs of a text are numbered; a word for a secret must stand near. */
const CODES =
  'ascii|char code|charcode|character code|char-code|code point|codepoint|decimal|octal|oktal|in hex|(hex)|hex:|hex bytes|hexadecimal|hexadezimal|' +
  'dezimal|zeichencode|unicode|codes|code per|ord(|chr(|char by char|character by character|zeichen für zeichen|binary|binär';

/** Secrets that are told by the numbers of their signs: `84, 107, 57, 35`, `0x54 0x6b`, `124 153 71`. */
export const CODED_LITERALS: readonly LiteralRule[] = [...SECRETS.split('|'), ...CODES.split('|')].map((literal) => ({
  literal: foldText(literal),
  onHit: readCodes,
}));

const REACH = 110;
/** Most units before the digits of a first code. */
const LONGEST_LEAD = 8;
const BESIDE = 160;
const OF_A_SECRET = new RegExp(
  foldText(
    String.raw`pass(?:word|phrase|code|wort|wd|ord)|kennwort|contraseña|mot de passe|senha|wachtwoord|парол|hasł|heslo|lösenord|adgangskode|salasana|jelszó|parola|şifre|密码|密碼|パスワード|비밀번호|\bpins?\b|secret|token|credential|\b(?:api|access|private|licen[cs]e|master|root|admin)[ _-]?key|login|\bpwd\b|\bpw\b`,
  ),
  'i',
);
const OF_CODES =
  /ascii|char(?:acter)?[ -]?code|char(?:acter)? by char|zeichen fur zeichen|code ?points?|decimal|dezimal|octal|oktal|\bhex|zeichencode|unicode|\bcodes?\b|\bbytes?\b|\b(?:ord|chr)\(|binary|binar/i;
/** What is counted, measured or listed, and the alphabet from which passwords are drawn. */
const OF_NUMBERS =
  /length|histogram|percentile|latenc|sizes?\b|count|users|bits\b|ports?\b|ranges?\b|chars\b|alphabet|charset|allowed|keycode|key ?codes|keyboard|dial|error|exit|status|weights?|primes|schedule|s-?box|signature|magic|°|\bms\b|counter|\bmac\b|ipv6|fingerprint|\bhash|digest|\bsha-?\d|\bmd5|colou?rs?\b|\brgb|versions?\b|score/i;
/** The beginning of a list: what may stand in front of it, then its first code. */
export const CODE_LIST =
  /(?:^|[\s:=([{"'`])((?:(?:0x|\\x|\\|U\+00|&#x?)?[0-9a-f]{2,3})(?:(?:[,;:|/-]\s{0,2}|\s{1,2}|(?=\\))(?:0x|\\x|\\|U\+00|&#x?)?[0-9a-f]{2,3}){7,80})(?![\w.%])/i;
/** The same in bits. */
export const BIT_LIST = /(?:^|[\s:=([{"'`])((?:[01]{7,8}[,;]?\s{1,2}){7,80}[01]{7,8})(?!\w)/;
const DIRECT =
  /^["'\w)\]]{0,3}\s{0,2}(?:(?:is|was|ist|lautet|es|est|e|jest|for \w+|of \w+|codes?|bytes?|as|in)\b[\s:]{0,2}){0,3}[:=\s([{"'`>-]{0,6}$/i;

function readCodes(reading: Reading, start: number, end: number): void {
  const { text } = reading;
  if (start < reading.codesRead) return;
  const digit = reading.nextDigit(end);
  if (digit < 0 || digit >= end + REACH) return;
  if (!reading.codeRows.mayBegin(end, end + REACH + LONGEST_LEAD)) return;
  const window = text.slice(end, end + REACH + 420);
  const match = CODE_LIST.exec(window) ?? BIT_LIST.exec(window);
  if (match === null || match.index > REACH) return;
  const written = match[1] ?? '';
  const from = end + match.index + match[0].length - written.length;
  const between = text.slice(end, from);
  const before = text.slice(Math.max(0, start - BESIDE), from);
  const around = before + text.slice(from + written.length, from + written.length + BESIDE);
  const announced =
    OF_CODES.test(before.slice(-BESIDE)) ||
    OF_CODES.test(text.slice(from + written.length, from + written.length + 80));
  if (!OF_A_SECRET.test(around) || OF_NUMBERS.test(text.slice(Math.max(0, start - 60), from))) return;
  if (!announced && !(DIRECT.test(between) && OF_A_SECRET.test(text.slice(Math.max(0, start - 4), end + 1)))) return;
  reading.codesRead = from;
  if (isToldSecret(written, before)) reading.nearSecret('spelled-password', from, from + written.length);
}

/** Whether numbers in one of the usual bases are the signs of something drawn or made up to be kept. */
function isToldSecret(written: string, before: string): boolean {
  const codes = written.replace(/0x|\\x|U\+00|&#x?/gi, ' ').match(/[0-9a-f]{2,8}/gi) ?? [];
  if (codes.length < 8) return false;
  const hex = /0x|\\x|U\+/i.test(written) || codes.some((code) => /[a-f]/i.test(code));
  const octal = /octal|oktal/i.test(before.slice(-BESIDE));
  const bits = codes.every((code) => /^[01]{7,8}$/.test(code));
  const bases = bits ? [2] : hex || /\bhex/i.test(before.slice(-40)) ? [16] : octal ? [8] : [10, 8, 16];
  return bases.some((base) => {
    if (base === 8 && codes.some((code) => /[89]/.test(code))) return false;
    if (base === 16 && codes.some((code) => code.length !== 2)) return false;
    const units = codes.map((code) => Number.parseInt(code, base));
    // What counts up is a table of signs.
    const rising = units.filter((unit, i) => i > 0 && unit > (units[i - 1] ?? 0)).length;
    if (units.some((unit) => unit < 33 || unit > 126) || rising > units.length * 0.8) return false;
    const plain = String.fromCharCode(...units);
    return !isStandIn(plain) && strengthOf(plain) >= (base === 8 && !octal ? 2 : 1);
  });
}
