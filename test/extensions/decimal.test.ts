import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decimalText, parseDecimal } from '../../src/extensions/decimal.js';
import { LONG_MAX, LONG_MIN } from '../../src/values/long.js';
import type { DecimalValue } from '../../src/values/value.js';
import { compute } from './cedar-values.js';
import { literalDisagreements } from './official-answers.js';

const ACCEPTED: readonly (readonly [text: string, units: bigint])[] = [
  ['0.0', 0n],
  ['-0.0', 0n],
  ['1.0', 10_000n],
  ['01.0000', 10_000n],
  [`${'0'.repeat(100)}1.5`, 15_000n],
  ['-0.5', -5000n],
  ['-0.0001', -1n],
  ['12.34', 123_400n],
  ['12.345', 123_450n],
  ['12.0034', 120_034n],
  ['922337203685477.5807', LONG_MAX],
  ['922337203685477.58', 9_223_372_036_854_775_800n],
  ['-922337203685477.5808', LONG_MIN],
];

const MALFORMED = [
  '',
  '-',
  '.',
  '1',
  '1.',
  '.1',
  '-.1',
  '-1',
  '+1.0',
  '--1.0',
  '1.-1',
  '1.0.0',
  '1,0',
  '1e5',
  '1.0e5',
  '0x1.0',
  'abc',
  'NaN',
  'Infinity',
  '1_000.0',
  ' 1.0',
  '1.0 ',
  '1.0\n',
  '\n1.0',
  '1.0\0',
  '1.\u00b2',
  '1\u2024 0',
  '\u22121.0',
  '1.é',
  '__proto__',
  'constructor',
];

const TOO_MANY_DIGITS = [
  '1.00000',
  '1.12345',
  '-0.00000',
  '922337203685477.58070',
  `1.${'9'.repeat(60)}`,
  '1.000\u0660',
  '1.\u{1d7d8}1',
];

const OVERFLOWING = [
  '922337203685477.5808',
  '922337203685477.59',
  '922337203685477.9',
  '-922337203685477.5809',
  '922337203685478.0',
  '-922337203685478.0',
  '9223372036854775807.0',
  '9223372036854775808.0',
  '-9223372036854775808.0',
  '18446744073709551616.0',
  `${'9'.repeat(80)}.0`,
  '922337203685478.12345',
  '\u0661.\u0660',
  '1.\u0660',
  '-\uff11.5',
  '\u{1d7d8}.0',
];

describe('parseDecimal', () => {
  test.each(ACCEPTED)('%j is %d units', (text, units) => {
    expect(parseDecimal(text)).toEqual({ kind: 'decimal', units });
  });

  test.each(MALFORMED)('%j has not the shape of a decimal', (text) => {
    expect(parseDecimal(text)).toMatchObject({
      kind: 'failure',
      message: `\`${text}\` is not a well-formed decimal value`,
    });
  });

  test.each(TOO_MANY_DIGITS)('%j has too many fractional digits', (text) => {
    expect(parseDecimal(text)).toEqual({
      kind: 'failure',
      message: `too many digits after the decimal in \`${text}\``,
      help: 'at most 4 digits are supported',
    });
  });

  test.each(OVERFLOWING)('%j is out of range', (text) => {
    expect(parseDecimal(text)).toEqual({
      kind: 'failure',
      message: 'overflow when converting to decimal',
      help: 'the value must be in range -922337203685477.5808 to 922337203685477.5807',
    });
  });

  test('the official engine gives the same answers', () => {
    const texts = [...ACCEPTED.map(([text]) => text), ...MALFORMED, ...TOO_MANY_DIGITS, ...OVERFLOWING];
    expect(literalDisagreements('decimal', texts)).toEqual([]);
  });

  test('a fraction reads the same with and without trailing zeros', () => {
    const places = fc.tuple(fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }), fc.integer({ min: 0, max: 999 }));
    fc.assert(
      fc.property(places, ([whole, thousandths]) => {
        const text = `${whole}.${String(thousandths).padStart(3, '0')}`;
        expect(parseDecimal(text)).toEqual(parseDecimal(`${text}0`));
      }),
    );
  });
});

const decimals = fc.bigInt({ min: LONG_MIN, max: LONG_MAX }).map((units): DecimalValue => ({ kind: 'decimal', units }));

test.each([
  [0n, '0.0000'],
  [-1n, '-0.0001'],
  [15_000n, '1.5000'],
  [-15_000n, '-1.5000'],
  [LONG_MAX, '922337203685477.5807'],
  [LONG_MIN, '-922337203685477.5808'],
])('%d units are written %s', (units, text) => {
  expect(decimalText({ kind: 'decimal', units })).toBe(text);
});

test('every decimal is read back from its text', () => {
  fc.assert(
    fc.property(decimals, (value) => {
      expect(parseDecimal(decimalText(value))).toEqual(value);
    }),
  );
});

test('exactly one of less, equal and greater holds, and the four comparisons follow from it', () => {
  const pairs = fc.oneof(
    fc.tuple(decimals, decimals),
    decimals.map((value) => [value, { ...value }] as const),
  );
  fc.assert(
    fc.property(pairs, ([a, b]) => {
      const less = a.units < b.units;
      const equal = a.units === b.units;
      expect(compute('lessThan', a, b)).toBe(less);
      expect(compute('lessThanOrEqual', a, b)).toBe(less || equal);
      expect(compute('greaterThan', a, b)).toBe(!less && !equal);
      expect(compute('greaterThanOrEqual', a, b)).toBe(!less);
      expect(compute('greaterThan', b, a)).toBe(less);
    }),
  );
});
