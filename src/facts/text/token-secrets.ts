import { allIn, BASE64, HEX, isIn, runEnd, runStart, startsToken, URL_SAFE } from './characters.js';
import { rot13 } from './disguises.js';
import type { SecretKind } from './finding-kinds.js';
import { goesOnInEncoding } from './no-values.js';
import { countingShare, entropy, isStandIn } from './randomness.js';
import type { LiteralRule, Reading } from './reading.js';
import { type TokenRule as AnyTokenRule, TOKEN_RULES } from './token-rules.js';

type TokenRule = AnyTokenRule<SecretKind>;

/** Shorter beginnings are too common backwards. */
const LEAST_REVERSED = 4;

/** One literal for each prefix of the table of marked secrets. */
export const TOKEN_LITERALS: readonly LiteralRule[] = TOKEN_RULES.flatMap((rule) =>
  rule.prefixes.flatMap((prefix) => [
    {
      literal: prefix,
      onHit: (reading: Reading, start: number, end: number) => readToken(reading, rule, prefix, start, end),
    },
    ...(prefix.length < LEAST_REVERSED
      ? []
      : [
          {
            // Whoever looks for the literals by an index that was made before does not need them.
            get literal() {
              return reversed(prefix);
            },
            onHit: (reading: Reading, start: number, end: number) => readReversed(reading, rule, prefix, start, end),
          },
          {
            get literal() {
              return rot13(prefix);
            },
            onHit: (reading: Reading, start: number, end: number) => readTurned(reading, rule, prefix, start, end),
          },
        ]),
  ]),
);

function reversed(text: string): string {
  return [...text].reverse().join('');
}

function readToken(reading: Reading, rule: TokenRule, prefix: string, start: number, bodyStart: number): void {
  const { text } = reading;
  if (start < reading.coveredUntil('secret') || !startsToken(text, start) || !text.startsWith(prefix, start)) return;
  let end = runEnd(text, bodyStart, rule.alphabet, rule.max + 1);
  // A full stop or a dash after a token belongs to the sentence.
  while (end > bodyStart && (text[end - 1] === '.' || text[end - 1] === '-') && end - bodyStart > rule.min) end--;
  const length = end - bodyStart;
  if (length < rule.min) readPieces(reading, rule, prefix, start, end);
  if (length < rule.min || length > rule.max || isIn(text.charCodeAt(end), URL_SAFE)) return;
  // A key of which the documentation shows the beginning.
  if (rule.kind === 'private-key' && length < 160 && /^[^"'\n]{0,6}\.\.\./.test(text.slice(end, end + 10))) return;
  if (isBody(rule, prefix, text.slice(bodyStart, end)) && !(allIn(prefix, BASE64) && goesOnInEncoding(text, start)))
    reading.secret(rule.kind, start, end);
}

/** By the first character of a prefix. */
const RULES_BY_START: ReadonlyMap<string, readonly (readonly [prefix: string, rule: TokenRule])[]> = byStart();

function byStart(): Map<string, [prefix: string, rule: TokenRule][]> {
  const rules = new Map<string, [prefix: string, rule: TokenRule][]>();
  for (const rule of TOKEN_RULES)
    for (const prefix of rule.prefixes) {
      const start = prefix.charAt(0);
      const known = rules.get(start);
      if (known === undefined) rules.set(start, [[prefix, rule]]);
      else known.push([prefix, rule]);
    }
  return rules;
}

/** The kind of marked secret that a text is from end to end. */
export function tokenKind(text: string): SecretKind | undefined {
  for (const [prefix, rule] of RULES_BY_START.get(text.charAt(0)) ?? []) {
    const length = text.length - prefix.length;
    if (length < rule.min || length > rule.max || !text.startsWith(prefix)) continue;
    const body = text.slice(prefix.length);
    if (allIn(body, rule.alphabet) && isBody(rule, prefix, body)) return rule.kind;
  }
  return undefined;
}

function isBody(rule: TokenRule, prefix: string, body: string): boolean {
  if (entropy(body) < (rule.entropy ?? leastEntropy(rule.alphabet, body.length)) || isStandIn(body)) return false;
  if (rule.alphabet === HEX && countingShare(body) > 0.9) return false;
  return rule.check === undefined || rule.check(body, prefix);
}

/** The end of one quoted piece, a few words or signs that join it to the next, and that. */
const NEXT_PIECE = /^["'`\u201d\u00bb]([^"'`\n]{0,24}\n?[^"'`\n]{0,24})["'`\u201c\u00ab]/;
const MOST_PIECES = 8;
const LONGEST_WRITTEN = 640;

/** `'ghp_abc' + 'def'`, `"sk_live_" "abc"`, `'glpat-abc', then 'def'`: a token in pieces, each in quotation marks. */
function readPieces(reading: Reading, rule: TokenRule, prefix: string, start: number, firstEnd: number): void {
  const { text } = reading;
  if (!QUOTES.includes(text[start - 1] ?? ' ')) {
    readHalves(reading, rule, prefix, start, firstEnd);
    return;
  }
  let body = text.slice(start + prefix.length, firstEnd);
  let at = firstEnd;
  for (let pieces = 0; pieces < MOST_PIECES && body.length < rule.min && at - start < LONGEST_WRITTEN; pieces++) {
    const joint = NEXT_PIECE.exec(text.slice(at, at + 56));
    if (joint === null) return;
    const from = at + joint[0].length;
    const to = runEnd(text, from, rule.alphabet, rule.max + 1);
    if (to === from) return;
    body += text.slice(from, to);
    at = to;
  }
  if (body.length < rule.min || body.length > rule.max || !QUOTES.includes(text[at] ?? ' ')) return;
  if (isBody(rule, prefix, body)) reading.secret(rule.kind, start, at);
}

/** A blank or the end of a line, with what marks that the line goes on and an indentation. */
const GAP = /^[ \t]{0,2}(?:[ \t+]|\\?\r?\n[ \t]{0,12})[ \t]{0,2}(?=[A-Za-z0-9])/;

/** A token with blanks or ends of lines in it. */
function readHalves(reading: Reading, rule: TokenRule, prefix: string, start: number, firstEnd: number): void {
  const { text } = reading;
  const gap = GAP.exec(text.slice(firstEnd, firstEnd + 24));
  const first = text.slice(start + prefix.length, firstEnd);
  if (gap === null) readParts(reading, rule, prefix, start, firstEnd);
  if (gap === null || first.length < 4 || rule.min < 20) return;
  let body = first;
  let to = firstEnd;
  for (let next: RegExpExecArray | null = gap; next !== null && body.length < rule.min; ) {
    const from = to + next[0].length;
    to = runEnd(text, from, rule.alphabet, rule.max + 1);
    body += text.slice(from, to);
    next = GAP.exec(text.slice(to, to + 24));
  }
  if (isIn(text.charCodeAt(to), URL_SAFE) || !/\d/.test(body) || body.length < rule.min) return;
  // Another length than the usual only where lines are broken or somebody says so.
  const told =
    body.length <= rule.max && (gap[0].includes('\n') ? !/\b[a-z]{3,}$/.test(body) : isToldToJoin(text, start, to));
  if ((body.length === rule.min || told) && isBody(rule, prefix, body)) reading.secret(rule.kind, start, to);
}

const JOINED =
  /\b(?:join|joined|concat\w*|append|together|without (?:the )?(?:spaces|blanks|line breaks)|parts?|pieces?|halves|half|split|glue|combine|zusammen\w*|teile?|juntar|unir|assembl\w*)\b/i;

function isToldToJoin(text: string, start: number, end: number): boolean {
  return JOINED.test(text.slice(Math.max(0, start - 200), start)) || JOINED.test(text.slice(end, end + 300));
}

/** A token in parts with other matter between, where the text says that they belong together. */
function readParts(reading: Reading, rule: TokenRule, prefix: string, start: number, firstEnd: number): void {
  const { text } = reading;
  if (rule.min < LEAST_BACKWARDS || firstEnd - start < prefix.length + 4) return;
  if (!isToldToJoin(text, start, firstEnd)) return;
  let body = text.slice(start + prefix.length, firstEnd);
  const window = text.slice(firstEnd, firstEnd + 240);
  for (const match of window.matchAll(/[\w-]{5,}/g)) {
    if (!/\d/.test(match[0]) && !/[a-z][A-Z]|[A-Z]{2}[a-z]/.test(match[0])) continue;
    body += match[0];
    const end = firstEnd + match.index + match[0].length;
    if (body.length < rule.min) continue;
    if (body.length <= rule.max && isBody(rule, prefix, body)) reading.secret(rule.kind, start, end);
    return;
  }
}

const QUOTES = '"\'`\u201c\u201d\u00ab\u00bb';

/** A token written backwards. */
function readReversed(reading: Reading, rule: TokenRule, prefix: string, bodyEnd: number, end: number): void {
  const { text } = reading;
  if (isIn(text.charCodeAt(end), URL_SAFE) || bodyEnd < reading.coveredUntil('secret')) return;
  if (text.slice(bodyEnd, end) !== reversed(prefix)) return;
  const from = runStart(text, bodyEnd, rule.alphabet, rule.max + 1);
  const length = bodyEnd - from;
  if (length < Math.max(rule.min, LEAST_BACKWARDS) || length > rule.max || isIn(text.charCodeAt(from - 1), URL_SAFE))
    return;
  if (isBody(rule, prefix, reversed(text.slice(from, bodyEnd)))) reading.secret(rule.kind, from, end);
}

/** A token in rot13, where its own length and beginning are left. */
function readTurned(reading: Reading, rule: TokenRule, prefix: string, start: number, end: number): void {
  const { text } = reading;
  if (rule.min < LEAST_BACKWARDS || !startsToken(text, start) || text.slice(start, end) !== rot13(prefix)) return;
  const to = runEnd(text, end, rule.alphabet, rule.max + 1);
  if (to - end < rule.min || to - end > rule.max || isIn(text.charCodeAt(to), URL_SAFE)) return;
  const body = rot13(text.slice(end, to));
  if (/\d/.test(body) && isBody(rule, prefix, body)) reading.secret(rule.kind, start, to);
}

/** Backwards only what is long enough not to end so by chance. */
const LEAST_BACKWARDS = 16;

/** Random text falls below this less than once in a million times; repeated and padded text does not reach it. */
function leastEntropy(alphabet: number, length: number): number {
  return alphabet === HEX ? 2.4 : Math.min(3, 0.62 * Math.log2(length));
}
