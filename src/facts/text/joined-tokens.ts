import type { SecretKind } from './finding-kinds.js';
import { isStandIn } from './randomness.js';
import type { LiteralRule, Reading } from './reading.js';

/** Calls in programs that join pieces by dots. */
export const JOINED_LITERALS: readonly LiteralRule[] = [
  "join('.'",
  'join("."',
  "join '.'",
  'join "."',
  "'.'.join",
  '".".join',
  `, '.')`,
  `, ".")`,
  "implode('.'",
  'implode(".")',
].map((literal) => ({ literal, onHit: readJoined }));

/** Tokens whose parts are joined by dots, as a program puts them together. */
const DOTTED_TOKEN: readonly (readonly [kind: SecretKind, form: RegExp])[] = [
  ['sendgrid-key', /^SG\.[\w-]{16,}\.[\w-]{39,}$/],
  ['jwt', /^eyJ[\w-]{12,}\.[\w-]{12,}\.[\w-]{20,}$/],
  ['discord-token', /^[MNO][\w-]{22,27}\.[\w-]{6}\.[\w-]{27,39}$/],
];

const PIECE = String.raw`["'${'`'}][\w-]{1,600}["'${'`'}]`;
/** A list of pieces, each of which may be put together from smaller ones. */
const LIST = new RegExp(
  String.raw`[[({]\s{0,40}(${PIECE}(?:\s{0,40}\+\s{0,40}${PIECE})*(?:\s{0,40},\s{0,40}${PIECE}(?:\s{0,40}\+\s{0,40}${PIECE})*){1,4})\s{0,40},?\s{0,40}[\])}]`,
  'g',
);
const BEFORE = 1500;
const BEHIND = 300;

function readJoined(reading: Reading, start: number, end: number): void {
  const { text } = reading;
  if (start < reading.joinedRead) return;
  reading.joinedRead = end + BEHIND;
  const from = Math.max(0, start - BEFORE);
  for (const { 0: list, 1: pieces = '', index } of text.slice(from, end + BEHIND).matchAll(LIST)) {
    const token = pieces
      .replace(/["'`]\s*\+\s*["'`]/g, '')
      .replace(/["'`\s]/g, '')
      .replaceAll(',', '.');
    const kind = DOTTED_TOKEN.find(([, form]) => form.test(token))?.[0];
    if (kind !== undefined && !isStandIn(token)) reading.secret(kind, from + index, from + index + list.length);
  }
}
