import { ANY_HEX, allIn } from './characters.js';
import { isReference, isStandIn } from './randomness.js';
import type { LiteralRule, Reading } from './reading.js';
import { foldText } from './view.js';
import { isWeakPassword } from './weak-passwords.js';

const HEADINGS =
  'pw|pass|pwd|passwd|password|passwort|kennwort|clave|contraseña|contrasena|mdp|mot de passe|motdepasse|mot_de_passe|senha|hasło|haslo|wachtwoord|parola|şifre|heslo|' +
  'lösenord|adgangskode|passord|salasana|jelszó|пароль|密码|パスワード|비밀번호|plaintext|klartext';

/** Words that head a column of passwords. */
export const LOGIN_TABLE_LITERALS: readonly LiteralRule[] = [
  ...new Set(HEADINGS.split('|').map((heading) => foldText(heading))),
].map((literal) => ({ literal, onHit: readTable }));

const OF_LOGINS =
  /\b(?:log_?in|user(?:_?name|_?id)?|e-?mail|mail|account|acct|usr|uid|usuario|correo|benutzer\w*|nutzer\w*|kunden?\w*|nick\w*|konto|utilisateur|compte|utente|utilizador|usuario|gebruiker\w*|uzytkownik\w*|customer|member|name|nom|nombre|nome|naam|kullanici)\b|логин|почта|用户|ユーザ|이메일|아이디/i;
/** What a column of passwords in the clear is called besides. */
const CLEAR = /^(?:[\w-]{0,12})$/;
const HASHED = /hash|crypt|salt|md5|sha|reset|changed|expires|policy|len|count|rate|fail|date|_at$|_id$/i;

/** Words joined by dashes are names of things as well. */
const SIGNED = /[\d!#$%&*+?@^~]/;

const COUNTED = /count|total|rate|_ms|time/i;

const FEWEST = 3;
const MOST_ROWS = 40;
const LONGEST_HEAD = 200;

/** A table with a column of logins and one of passwords in the clear: made up by people, they look like nothing alone. */
function readTable(reading: Reading, start: number, end: number): void {
  const { text } = reading;
  if (start < reading.loginsRead) return;
  const cellEnd = endOfCell(text, end);
  if (cellEnd < 0) return;
  const lineStart = reading.lineStart(start);
  if (start - lineStart > LONGEST_HEAD) return;
  const lineEnd = reading.next('\n', cellEnd);
  if (lineEnd < 0 || lineEnd - lineStart > LONGEST_HEAD) return;
  const head = text.slice(lineStart, lineEnd);
  const mark = markOf(head);
  if (mark === undefined) return;
  const cells = head.split(mark).map((cell) => cell.trim().replace(/^["'`]|["'`]$/g, ''));
  const column = head.slice(0, start - lineStart).split(mark).length - 1;
  const own = cells[column] ?? '';
  const logins = cells.findIndex(
    (cell, i) => i !== column && cell.length <= 24 && !COUNTED.test(cell) && OF_LOGINS.test(cell.replaceAll('_', ' ')),
  );
  if (logins < 0 || HASHED.test(own) || own.length > 24) return;
  reading.loginsRead = lineEnd;
  readRows(reading, lineEnd + 1, mark, column, logins);
}

/** Where the cell ends of which a word was found; -1 where more than a name stands in it. */
function endOfCell(text: string, end: number): number {
  const rest = /^[\w-]{0,12}["'`]?(?=[\t;,|\r\n]| {2}| \|)/.exec(text.slice(end, end + 18))?.[0];
  return rest === undefined || !CLEAR.test(rest.replace(/["'`]$/, '')) ? -1 : end + rest.length;
}

/** What parts the cells of a heading. */
function markOf(head: string): string | RegExp | undefined {
  if (/[=(){}<>]/.test(head)) return undefined;
  const sign = ['\t', '|', ';', ','].find((one) => head.includes(one));
  return sign ?? (/\S {2,}\S/.test(head) ? / {2,}/ : undefined);
}

function readRows(reading: Reading, from: number, mark: string | RegExp, column: number, logins: number): void {
  const { text } = reading;
  const seen = new Set<string>();
  let signed = 0;
  let at = from;
  let first = -1;
  let last = 0;
  for (let row = 0; row < MOST_ROWS && at < text.length; row++) {
    const line = text.slice(at, at + 400).split('\n', 1)[0] ?? '';
    const cells = line.split(mark);
    if (cells.length < 2) break;
    const value = (cells[column] ?? '').trim().replace(/^["'`]|["'`]$/g, '');
    const login = (cells[logins] ?? '').trim();
    if (isMadeUp(value) && login.length > 1 && !/@(?:[\w-]+\.)*(?:example|test|localhost|acme)\b/i.test(login)) {
      if (!seen.has(value) && SIGNED.test(value)) signed++;
      seen.add(value);
      if (first < 0) first = at;
      last = at + line.length;
    }
    at += line.length + 1;
  }
  if (seen.size >= FEWEST && signed * 3 >= seen.size * 2) reading.placedSecret('login-list', first, last);
}

/** Whether a value is what people make up for a password, and no hash, date, word or number. */
function isMadeUp(value: string): boolean {
  if (
    value.length < 5 ||
    value.length > 40 ||
    /\s|^\d[\d.:,/-]*$|^[\w.]+@|^https?:|^[$<{*[/]|^v?\d+\.\d|^v\d+-/.test(value)
  )
    return false;
  if (!/\p{L}{3}/u.test(value) || !/[\d!#$%&*+?@^~-]/.test(value)) return false;
  if (value.length > 15 && allIn(value, ANY_HEX)) return false;
  return !isWeakPassword(value) && !isStandIn(value) && !isReference(value);
}
