import { NO_NAME } from './people.js';
import type { Reading } from './reading.js';

/** First and last name of somebody. */
export const FULL_NAME =
  /(?<![\p{L}\d])\p{Lu}[\p{L}'’.-]+(?: \p{Lu}\.?)? (?:(?:van|von|de|di|da|del|der|den|el|al|la|le|ten|ter) ){0,2}\p{Lu}[\p{L}'’-]+/u;

/** How many people make a list. */
const FEWEST = 5;
const BEFORE = 160;
const ZERO = '(?:zero|null|nul|cero|nula|ноль)';
/** Digits one by one, of which the first may be a word: `zero1 5 1 / 4 4 0 9 1 7 2 6`. */
const SPACED = new RegExp(
  `(?<![\\w.])(?:\\+ ?)?(?:${ZERO} ?)?\\d(?:(?: [./-] | ?[/-] ?|[ .])\\d){7,14}(?![\\w]|[.,]\\d)`,
  'gi',
);
const PUBLIC =
  /\b(?:hotline|offices?|helpdesk|reception|support|sales|service|emergency|notruf|zentrale|branch(?:es)?|filialen?|stores?|shops?|gmbh|ltd|inc|hospitals?|clinics?|hotels?|examples?|sample|test|dummy|fixtures?|faker|lottery|lotto|matrix|vector|scores?|results?)\b/i;

/** People beside numbers whose digits stand apart. */
export function readSpacedContacts(reading: Reading): void {
  const { text } = reading;
  const names = new Set<string>();
  const numbers = new Set<string>();
  let first = -1;
  let last = 0;
  for (const { 0: written, index } of text.matchAll(SPACED)) {
    const digits = written.replace(/\D/g, '');
    if (!/^(?:\+|0|zero|null|nul|cero)/i.test(written) || /(\d)\1{4}|12345|0{4}/.test(digits)) continue;
    if (new Set(digits).size < 4) continue;
    const before = text.slice(Math.max(0, index - BEFORE), index);
    const name = FULL_NAME.exec(before.slice(before.lastIndexOf('\n') + 1))?.[0];
    if (name === undefined || NO_NAME.test(name)) continue;
    names.add(name);
    numbers.add(digits);
    if (first < 0) first = index;
    last = index + written.length;
  }
  if (names.size < FEWEST || numbers.size < FEWEST) return;
  if (!PUBLIC.test(text.slice(Math.max(0, first - 240), last))) reading.personal('contact-list', first, last);
}
