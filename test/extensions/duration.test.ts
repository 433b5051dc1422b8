import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { durationText, parseDuration } from '../../src/extensions/duration.js';
import { LONG_MAX, LONG_MIN, longOf } from '../../src/values/long.js';
import { compute, duration } from './cedar-values.js';
import { literalDisagreements } from './official-answers.js';

const ACCEPTED: readonly (readonly [text: string, milliseconds: bigint])[] = [
  ['0d', 0n],
  ['-0ms', 0n],
  ['1d', 86_400_000n],
  ['1h', 3_600_000n],
  ['1m', 60_000n],
  ['1s', 1000n],
  ['1ms', 1n],
  ['5ms', 5n],
  ['5m5ms', 300_005n],
  ['1m1s', 61_000n],
  ['60m60s', 3_660_000n],
  ['1d2h3m4s50ms', 93_784_050n],
  ['-1d2h3m4s50ms', -93_784_050n],
  ['1d50ms', 86_400_050n],
  ['00000000000000000000000000000001s', 1000n],
  ['1000000ms', 1_000_000n],
  ['9223372036854775807ms', LONG_MAX],
  ['106751991167d7h12m55s807ms', LONG_MAX],
  ['-9223372036854775808ms', LONG_MIN],
  ['-0d9223372036854775808ms', LONG_MIN],
  ['-106751991167d7h12m55s808ms', LONG_MIN],
  ['-2562047788015h12m55s808ms', LONG_MIN],
];

const MALFORMED = [
  '',
  '-',
  '+1d',
  '--1d',
  '- 1d',
  '1',
  '1d1',
  'd',
  'ms',
  '-d',
  '1x',
  '1D',
  '1H',
  '1MS',
  '1mS',
  '1Ms',
  '1d1d',
  '1ms1ms',
  '1h1d',
  '1m1h',
  '1s1m',
  '1ms1s',
  '1ms1m',
  '1.5h',
  '1,5h',
  '1_0s',
  '1e3s',
  ' 1d',
  '1d ',
  '1d 1h',
  '1d\n',
  '\n1d',
  '1d-1h',
  '1dd',
  '1mss',
  '1mms',
  '1s\0',
  '\u0661d',
  '1\uff11d',
  '1dé',
  '1w',
  '1y',
  '1us',
  '__proto__',
  'P1D',
  `${'9'.repeat(40)}x`,
  `${'9'.repeat(40)}d1`,
];

const OVERFLOWING = [
  '9223372036854775808ms',
  '-9223372036854775809ms',
  '106751991167d7h12m55s808ms',
  '-106751991167d7h12m55s809ms',
  '106751991168d',
  '-106751991168d',
  '9223372036854775807d',
  '9223372036854775807s',
  '18446744073709551615ms',
  '18446744073709551616ms',
  `${'9'.repeat(60)}d`,
  `${'9'.repeat(60)}ms`,
  `-${'9'.repeat(60)}h`,
  '1s9223372036854775807ms',
  '-1s9223372036854775808ms',
  `1d${'9'.repeat(60)}h`,
];

describe('parseDuration', () => {
  test.each(ACCEPTED)('%s is %d ms', (text, milliseconds) => {
    expect(parseDuration(text)).toEqual(duration(milliseconds));
  });

  const help =
    'valid duration strings are concatenated quantity-unit pairs with an optional leading `-`, for example `1d2h3m4s50ms`';

  test.each(MALFORMED)('%j has not the shape of a duration', (text) => {
    expect(parseDuration(text)).toEqual({ kind: 'failure', message: 'invalid duration pattern', help });
  });

  test.each(OVERFLOWING)('%s is out of range', (text) => {
    expect(parseDuration(text)).toEqual({
      kind: 'failure',
      message: 'Duration overflows internal representation',
      help,
    });
  });

  test('the official engine gives the same answers', () => {
    expect(literalDisagreements('duration', [...ACCEPTED.map(([text]) => text), ...MALFORMED, ...OVERFLOWING])).toEqual(
      [],
    );
  });

  test('units add up, and a sign negates the whole', () => {
    const quantity = fc.nat({ max: 1_000_000 });
    fc.assert(
      fc.property(quantity, quantity, quantity, quantity, quantity, (d, h, m, s, ms) => {
        const total = (((BigInt(d) * 24n + BigInt(h)) * 60n + BigInt(m)) * 60n + BigInt(s)) * 1000n + BigInt(ms);
        const text = `${d}d${h}h${m}m${s}s${ms}ms`;
        expect(parseDuration(text)).toEqual(duration(total));
        expect(parseDuration(`-${text}`)).toEqual(duration(-total));
      }),
    );
  });

  test('every duration is read back from its text', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: LONG_MIN, max: LONG_MAX }), (milliseconds) => {
        expect(parseDuration(durationText(duration(milliseconds)))).toEqual(duration(milliseconds));
      }),
    );
  });
});

describe('conversions', () => {
  test.each([
    ['toMilliseconds', -1500n, -1500],
    ['toSeconds', -1500n, -1],
    ['toSeconds', 1999n, 1],
    ['toSeconds', -999n, 0],
    ['toMinutes', 119_999n, 1],
    ['toMinutes', -59_999n, 0],
    ['toHours', -3_600_000n, -1],
    ['toDays', -3_600_000n, 0],
    ['toDays', 86_400_000n, 1],
    ['toDays', LONG_MAX, 106_751_991_167],
    ['toDays', LONG_MIN, -106_751_991_167],
    ['toMilliseconds', 9_007_199_254_740_991n, 9_007_199_254_740_991],
    ['toMilliseconds', 9_007_199_254_740_992n, 9_007_199_254_740_992n],
    ['toMilliseconds', LONG_MIN, LONG_MIN],
    ['toMinutes', LONG_MIN, -153_722_867_280_912],
    ['toSeconds', LONG_MIN, -9_223_372_036_854_775n],
  ])('%s of %d ms is %s, a canonical Long', (name, milliseconds, result) => {
    expect(compute(name, duration(milliseconds))).toBe(typeof result === 'bigint' ? longOf(result) : result);
  });

  test('no conversion gives minus zero', () => {
    expect(Object.is(compute('toDays', duration(-1n)), 0)).toBe(true);
  });
});
