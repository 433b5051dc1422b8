import { ALNUM, DOTTED, isIn, LETTER, PLUS_SLASH, runEnd, runStart, WORD } from './characters.js';
import type { LiteralRule, Reading } from './reading.js';
import { strengthOf } from './value-strength.js';

export const EMAIL_LITERALS: readonly LiteralRule[] = [{ literal: '@', onHit: readEmail }];

/** Last labels that are file extensions or parts of code, where `name@2x.png` and `actions/checkout@v4.yml` come from. */
export const NO_TOP_LEVEL = new Set(
  (
    'png jpg jpeg gif svg webp ico avif js ts mjs cjs jsx tsx css scss less json html htm xml yml yaml toml ' +
    'lock txt pdf zip gz tgz tar exe dll so jar class java kt rb go rs cpp hpp cs php service target timer ' +
    'socket local internal localhost localdomain example invalid test export property media import param ' +
    'return'
  ).split(' '),
);

/** Mailboxes that belong to machines or stand for nobody. */
const NOBODY =
  /^(?:git|no-?reply|do-?not-?reply|noreply\+.*|mailer-daemon|postmaster|bot|root|daemon|ubuntu|ec2-user|admin|support|info|security|hello|contact|.*\[bot\])$/i;

/** Names that stand for an address in documentation, at a documentation domain. */
const ANYBODY =
  /^(?:(?:first|last)[._-]?name|name|user(?:name)?\d{0,3}|you|your[._-]?(?:name|email)|my[._-]?(?:name|email)|e-?mail|me|foo|bar|baz|test(?:er|ing|[._-]?user)?\d{0,3}|someone|somebody|anyone|nobody|person|a|b|c|x|y)$/i;
const DOCUMENTATION_DOMAIN =
  /^(?:[\w-]+\.)*(?:example|domain|company|email|test|foo|bar|acme|host|yourdomain|mydomain|yourcompany)\.(?:com|org|net|io|co|dev)$/i;

function readEmail(reading: Reading, at: number): void {
  const { text } = reading;
  const start = runStart(text, at, DOTTED | PLUS_SLASH, 65);
  const from = localStart(text, start, at);
  if (at - from < 1 || at - from > 64) return;
  let end = runEnd(text, at + 1, DOTTED, 254);
  while (end > at + 1 && !isIn(text.charCodeAt(end - 1), ALNUM)) end--;
  if (!hasTopLevel(text, at + 1, end)) return;
  const domain = text.slice(at + 1, end);
  const labels = domain.split('.');
  const top = labels[labels.length - 1] ?? '';
  if (labels.length < 2 || labels.length > 8 || NO_TOP_LEVEL.has(top.toLowerCase())) return;
  if (labels.some((label) => label === '' || label.includes('_') || label.startsWith('-'))) return;
  const local = text.slice(from, at);
  if (local.endsWith('.') || local.includes('..') || NOBODY.test(local)) return;
  if (/(?:^|\.)users\.noreply\./i.test(domain) || (ANYBODY.test(local) && DOCUMENTATION_DOMAIN.test(domain))) return;
  // `https://user:pass@host`, `git@host:path`, `pkg@1.x`: an address only where no URL is under way.
  if (
    isUserinfo(text, from) ||
    (text[end] === ':' &&
      isIn(text.charCodeAt(end + 1), WORD) &&
      !/^\d+\b/.test(text.slice(end + 1, end + 7)) &&
      !isLogin(text, from, end))
  )
    return;
  if (text[end] === ':' && isLogin(text, from, end)) reading.nearSecret('login-list', from, reading.valueEnd(end + 1));
  reading.personal('email', from, end);
}

/** Whether what may be a domain ends in a dot and a few letters. */
function hasTopLevel(text: string, from: number, end: number): boolean {
  let at = end;
  while (at > from && isIn(text.charCodeAt(at - 1), LETTER)) at--;
  return at > from && text.charCodeAt(at - 1) === 0x2e && end - at >= 2 && end - at <= 24;
}

/** `name@host.tld:password` alone on its line, as stolen logins are listed. */
function isLogin(text: string, from: number, end: number): boolean {
  if (from > 0 && text[from - 1] !== '\n' && text[from - 1] !== '\0') return false;
  const value = /^\S{6,64}(?=\s|$)/.exec(text.slice(end + 1, end + 70))?.[0] ?? '';
  return strengthOf(value) > 0;
}

/** A local part begins with a letter or digit and holds no slash. */
function localStart(text: string, start: number, at: number): number {
  let from = start;
  for (let i = start; i < at; i++) if (text[i] === '/') from = i + 1;
  while (from < at && !isIn(text.charCodeAt(from), ALNUM)) from++;
  return from;
}

function isUserinfo(text: string, from: number): boolean {
  const before = text.slice(Math.max(0, from - 80), from);
  return /:\/\/[^\s/]*$/.test(before);
}
