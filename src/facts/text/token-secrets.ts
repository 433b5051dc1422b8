import { HEX, isIn, runEnd, startsToken, URL_SAFE } from './characters.js';
import { countingShare, entropy, isStandIn } from './randomness.js';
import type { LiteralRule, Reading } from './reading.js';
import { TOKEN_RULES, type TokenRule } from './token-rules.js';

/** One literal for each prefix of the table of marked secrets. */
export const TOKEN_LITERALS: readonly LiteralRule[] = TOKEN_RULES.flatMap((rule) =>
  rule.prefixes.map((prefix) => ({
    literal: prefix,
    onHit: (reading: Reading, start: number, end: number) => readToken(reading, rule, prefix, start, end),
  })),
);

function readToken(reading: Reading, rule: TokenRule, prefix: string, start: number, bodyStart: number): void {
  const { text } = reading;
  if (start < reading.coveredUntil('secret') || !startsToken(text, start) || !text.startsWith(prefix, start)) return;
  let end = runEnd(text, bodyStart, rule.alphabet, rule.max + 1);
  // A full stop or a dash after a token belongs to the sentence.
  while (end > bodyStart && (text[end - 1] === '.' || text[end - 1] === '-') && end - bodyStart > rule.min) end--;
  const length = end - bodyStart;
  if (length < rule.min || length > rule.max || isIn(text.charCodeAt(end), URL_SAFE)) return;
  const body = text.slice(bodyStart, end);
  if (entropy(body) < (rule.entropy ?? leastEntropy(rule.alphabet, length)) || isStandIn(body)) return;
  if (rule.alphabet === HEX && countingShare(body) > 0.9) return;
  if (rule.check !== undefined && !rule.check(body, prefix)) return;
  reading.secret(rule.kind, start, end);
}

/** Random text falls below this less than once in a million times; repeated and padded text does not reach it. */
function leastEntropy(alphabet: number, length: number): number {
  return alphabet === HEX ? 2.4 : Math.min(3, 0.62 * Math.log2(length));
}
