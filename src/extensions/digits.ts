const ZERO = 0x30;
const NINE = 0x39;

/** Digits of the longest int64. */
const MAX_DIGITS = 19;

/** Where the run of ASCII digits that begins at `start` ends; `start` itself when there is none. */
export function skipDigits(text: string, start: number): number {
  let at = start;
  while (at < text.length && isDigit(text.charCodeAt(at))) at++;
  return at;
}

/** Number of the ASCII digits between two offsets, or undefined when it has too many digits for int64. */
export function readDigits(text: string, start: number, end: number): bigint | undefined {
  // Leading zeros are dropped and the rest is counted first: converting a text of millions of digits is not linear.
  let from = start;
  while (from < end && text.charCodeAt(from) === ZERO) from++;
  // Nothing but zeros leaves an empty text, which BigInt reads as zero.
  return end - from > MAX_DIGITS ? undefined : BigInt(text.slice(from, end));
}

/** Number of exactly `width` ASCII digits at `start`, or undefined when one of them is not a digit. */
export function readFixedDigits(text: string, start: number, width: number): number | undefined {
  if (text.length < start + width) return undefined;
  let value = 0;
  for (let at = start; at < start + width; at++) {
    const code = text.charCodeAt(at);
    if (!isDigit(code)) return undefined;
    value = value * 10 + (code - ZERO);
  }
  return value;
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= NINE;
}
