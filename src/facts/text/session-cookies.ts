import { entropy, isReference, isStandIn, looksRandom } from './randomness.js';
import type { LiteralRule, Reading } from './reading.js';

/** Sessions of browsers: headers, `document.cookie`, jars, and what tools export. */
export const COOKIE_LITERALS: readonly LiteralRule[] = [
  ...['cookie:', 'cookie"', "cookie'", 'cookie=', 'cookie =', '--cookie ', 'curl -b ', ' -b "', " -b '"].map(
    (literal) => ({ literal, onHit: readCookies }),
  ),
  ...[
    'cookies"',
    "cookies'",
    'cookies=',
    'cookies =',
    'cookies:',
    'cookiejar',
    'cookie_jar',
    'add_cookie',
    'addcookies',
    'setcookie',
    'set_cookie',
    'cookies.set',
    'httponly',
    'hostonly',
    'samesite',
  ].map((literal) => ({ literal, onHit: readJar })),
  ...['\ttrue\t/', '\tfalse\t/'].map((literal) => ({ literal, onHit: readCookieLine })),
];

const SESSION_COOKIE =
  /(?:^|[;\s"'])(?:[\w.-]*(?:sess(?:ion)?(?:[_-]?id)?|sid|jsessionid|auth|token|remember\w*|jwt|credential|session_\w+|logged_in\w*|li_at))=("?)([A-Za-z0-9%._~+/=-]{20,400})\1/gi;

/** Cookies that only tell a form from a forgery, or count visits. */
const NO_SESSION = /csrf|xsrf|antiforgery|requestverification|_g[ai]|analytics|consent|locale|theme|\blang/i;

function isSession(value: string): boolean {
  return !isStandIn(value) && !isReference(value) && entropy(value) >= 3 && looksRandom(value, 3);
}

/** The session that a `Cookie` or `Set-Cookie` header carries, however the header is written down. */
function readCookies(reading: Reading, _start: number, end: number): void {
  if (end <= reading.cookiesRead) return;
  const rest = reading.text.slice(end, end + 1600);
  const lineEnd = rest.search(/\n(?!\s{0,12}["']?value)/i);
  const line = lineEnd < 0 ? rest : rest.slice(0, lineEnd);
  reading.cookiesRead = end + line.length;
  for (const match of line.matchAll(SESSION_COOKIE)) {
    const value = match[2] ?? '';
    if (!isSession(value) || NO_SESSION.test(match[0].slice(0, match[0].indexOf('=')))) continue;
    const from = end + match.index + match[0].lastIndexOf(value);
    reading.placedSecret('session-cookie', from, from + value.length);
  }
}

const SESSION_NAME =
  /sess|(?:^|[._-])[a-z]{0,6}sid(?:$|[._-])|auth|token|remember|jwt|credential|login|identity|clearance|^(?:li_at|xs|at|rt|_t|d|s|u|user|kc-access)$/i;
const NAMED =
  /["']?\bname["']?\s{0,3}[:=]>?\s{0,3}["']?([\w.-]{1,80})(?![\w.-])[^{}]{0,200}?\bvalue["']?\s{0,3}[:=]>?\s{0,3}["']?([^"'\s,{}]{16,2000})/gi;
const NAMED_BEHIND =
  /["']?\bvalue["']?\s{0,3}[:=]>?\s{0,3}["']?([^"'\s,{}]{16,2000})(?![^"'\s,{}])[^{}]{0,200}?\bname["']?\s{0,3}[:=]>?\s{0,3}["']?([\w.-]{1,80})/gi;
const PAIR = /["']([\w.-]{1,80})["']\s{0,3}(?::|,|=>|\]\s{0,2}=)\s{0,3}["']([\w.%~+/=:-]{20,2000})["']/g;
const JAR_BACK = 700;
const JAR_AHEAD = 1400;

/** Objects with the names and values of cookies, as browsers export them and programs set them. */
function readJar(reading: Reading, start: number, end: number): void {
  if (start < reading.jarRead) return;
  const { text } = reading;
  const from = Math.max(reading.jarRead, start - JAR_BACK);
  const window = text.slice(from, end + JAR_AHEAD);
  reading.jarRead = end + JAR_AHEAD;
  if (/cookie/i.test(text.slice(start, end))) readCookies(reading, start, end);
  const note = (name: string, value: string, at: number): void => {
    if (!SESSION_NAME.test(name) || NO_SESSION.test(name) || !isSession(value)) return;
    reading.placedSecret('session-cookie', from + at, from + at + value.length);
  };
  for (const match of window.matchAll(NAMED))
    note(match[1] ?? '', match[2] ?? '', match.index + match[0].length - (match[2] ?? '').length);
  for (const match of window.matchAll(NAMED_BEHIND))
    note(match[2] ?? '', match[1] ?? '', match.index + match[0].indexOf(match[1] ?? ''));
  // Pairs only where nothing but cookies is listed.
  if (!/cookie/i.test(text.slice(start, end))) return;
  const first = Math.max(0, start - from);
  for (const match of window.slice(first).matchAll(PAIR))
    note(match[1] ?? '', match[2] ?? '', first + match.index + match[0].length - 1 - (match[2] ?? '').length);
}

const COOKIE_LINE = /^\t(?:TRUE|FALSE)\t\d+\t([^\t\n]{1,80})\t([\w.%~+/=:-]{20,400})/i;

/** A line of a file of cookies: domain, flag, path, flag, time, name, value. */
function readCookieLine(reading: Reading, _start: number, end: number): void {
  const match = COOKIE_LINE.exec(reading.text.slice(end, end + 520));
  const value = match?.[2];
  if (match === null || value === undefined || NO_SESSION.test(match[1] ?? '') || !isSession(value)) return;
  const to = end + match[0].length;
  reading.nearSecret('session-cookie', to - value.length, to);
}
