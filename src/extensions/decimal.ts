import { LONG_MAX, LONG_MIN } from '../values/long.js';
import type { DecimalValue } from '../values/value.js';
import { extensionArgument, textArgument } from './arguments.js';
import { readDigits, skipDigits } from './digits.js';
import { type ExtensionFailure, type ExtensionFunction, extensionFailure } from './extension-function.js';
import { utf8Length } from './utf8-length.js';

const FRACTION_DIGITS = 4;
const UNITS_PER_ONE = 10n ** BigInt(FRACTION_DIGITS);

const RANGE = 'the value must be in range -922337203685477.5808 to 922337203685477.5807';
const SHAPE = `valid decimal strings look like \`12.34\`: digits are required on both sides of \`.\`, up to 4 fractional digits are allowed, and ${RANGE}`;

/**
 * Reads what `decimal(..)` accepts: an optional `-`, digits, a point and one to four digits.
 *
 * Digits of other scripts count as digits of the shape but not of the number, so they are reported as an overflow, as
 * the official engine does.
 */
export function parseDecimal(text: string): DecimalValue | ExtensionFailure {
  const negative = text.startsWith('-');
  const start = negative ? 1 : 0;
  const point = skipUnicodeDigits(text, start);
  const end = skipUnicodeDigits(text, point + 1);
  if (point === start || text[point] !== '.' || end === point + 1 || end !== text.length) {
    return extensionFailure(`\`${text}\` is not a well-formed decimal value`, SHAPE);
  }
  const whole = readAsciiDigits(text, start, point);
  if (whole === undefined || !isInRange(signed(whole * UNITS_PER_ONE, negative))) return overflow();
  // The official engine counts bytes, which for digits of other scripts are more than the digits.
  const width = utf8Length(text.slice(point + 1));
  if (width > FRACTION_DIGITS) {
    return extensionFailure(
      `too many digits after the decimal in \`${text}\``,
      `at most ${FRACTION_DIGITS} digits are supported`,
    );
  }
  const fraction = readAsciiDigits(text, point + 1, end);
  if (fraction === undefined) return overflow();
  const units = signed(whole * UNITS_PER_ONE + fraction * 10n ** BigInt(FRACTION_DIGITS - width), negative);
  return isInRange(units) ? { kind: 'decimal', units } : overflow();
}

/** The text of a decimal with all four fractional digits, as `decimal(..)` reads it back. */
export function decimalText(value: DecimalValue): string {
  const negative = value.units < 0n;
  const digits = (negative ? -value.units : value.units).toString().padStart(FRACTION_DIGITS + 1, '0');
  return `${negative ? '-' : ''}${digits.slice(0, -FRACTION_DIGITS)}.${digits.slice(-FRACTION_DIGITS)}`;
}

/** The constructor and the methods of decimal. */
export const DECIMAL_FUNCTIONS: readonly ExtensionFunction[] = [
  {
    name: 'decimal',
    style: 'function',
    parameters: ['string'],
    returns: 'decimal',
    apply: (args) => parseDecimal(textArgument(args)),
  },
  comparison('lessThan', (a, b) => a < b),
  comparison('lessThanOrEqual', (a, b) => a <= b),
  comparison('greaterThan', (a, b) => a > b),
  comparison('greaterThanOrEqual', (a, b) => a >= b),
];

function comparison(name: string, holds: (a: bigint, b: bigint) => boolean): ExtensionFunction {
  return {
    name,
    style: 'method',
    parameters: ['decimal', 'decimal'],
    returns: 'bool',
    apply: (args) => holds(extensionArgument(args, 0, 'decimal').units, extensionArgument(args, 1, 'decimal').units),
  };
}

function overflow(): ExtensionFailure {
  return extensionFailure('overflow when converting to decimal', RANGE);
}

function signed(magnitude: bigint, negative: boolean): bigint {
  return negative ? -magnitude : magnitude;
}

function isInRange(units: bigint): boolean {
  return units >= LONG_MIN && units <= LONG_MAX;
}

function skipUnicodeDigits(text: string, start: number): number {
  let at = skipDigits(text, start);
  for (;;) {
    const code = text.codePointAt(at);
    if (code === undefined || code < 0x80) return at;
    const character = String.fromCodePoint(code);
    if (!/^\p{Nd}$/u.test(character)) return at;
    at = skipDigits(text, at + character.length);
  }
}

function readAsciiDigits(text: string, start: number, end: number): bigint | undefined {
  return skipDigits(text, start) >= end ? readDigits(text, start, end) : undefined;
}
