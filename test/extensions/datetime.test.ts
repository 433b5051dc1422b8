import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDatetime } from '../../src/extensions/datetime.js';
import { LONG_MAX, LONG_MIN } from '../../src/values/long.js';
import { call, compute, datetime, duration } from './cedar-values.js';
import { literalDisagreements } from './official-answers.js';

const DAY = 86_400_000n;

/** Beside each text its instant as JavaScript writes it, which is another implementation of the calendar. */
const ACCEPTED: readonly (readonly [text: string, instant: string])[] = [
  ['1970-01-01', '1970-01-01T00:00:00.000Z'],
  ['2024-10-15', '2024-10-15T00:00:00.000Z'],
  ['2024-10-15T11:38:02Z', '2024-10-15T11:38:02.000Z'],
  ['2024-10-15T11:38:02.101Z', '2024-10-15T11:38:02.101Z'],
  ['2024-10-15T11:38:02.101+1134', '2024-10-15T00:04:02.101Z'],
  ['2024-10-15T11:38:02.101-1134', '2024-10-15T23:12:02.101Z'],
  ['2024-10-15T01:00:00+0100', '2024-10-15T00:00:00.000Z'],
  ['2024-10-15T00:00:00-0000', '2024-10-15T00:00:00.000Z'],
  ['2024-10-15T00:00:00+2359', '2024-10-14T00:01:00.000Z'],
  ['2024-10-15T23:59:59.999-2359', '2024-10-16T23:58:59.999Z'],
  ['1969-12-31T23:59:59.999Z', '1969-12-31T23:59:59.999Z'],
  ['0000-01-01', '0000-01-01T00:00:00.000Z'],
  ['0000-02-29', '0000-02-29T00:00:00.000Z'],
  ['0000-01-01T00:00:00+2359', '-000001-12-31T00:01:00.000Z'],
  ['0001-01-01', '0001-01-01T00:00:00.000Z'],
  ['0004-02-29', '0004-02-29T00:00:00.000Z'],
  ['0100-03-01', '0100-03-01T00:00:00.000Z'],
  ['0400-02-29', '0400-02-29T00:00:00.000Z'],
  ['1582-10-10', '1582-10-10T00:00:00.000Z'],
  ['1900-03-01', '1900-03-01T00:00:00.000Z'],
  ['2000-02-29', '2000-02-29T00:00:00.000Z'],
  ['9999-12-31', '9999-12-31T00:00:00.000Z'],
  ['9999-12-31T23:59:59.999-2359', '+010000-01-01T23:58:59.999Z'],
];

const REFUSED: readonly (readonly [message: string, texts: readonly string[]])[] = [
  [
    'invalid date pattern',
    [
      '',
      'x',
      '2024',
      '2024-10',
      '2024-10-1',
      '2024-1-15',
      '24-10-15',
      '12024-10-15',
      '+2024-10-15',
      '-2024-10-15',
      '2024/10/15',
      '2024-10/15',
      '20241015',
      ' 2024-10-15',
      '2024-10-1é',
      '\uff12024-10-15',
      '2024-1\u0660-15',
      '2024-10-1\u0665',
      '\n2024-10-15',
      '__proto__',
    ],
  ],
  [
    'invalid hour/minute/second pattern',
    [
      '2024-10-15T',
      '2024-10-15 ',
      '2024-10-15\n',
      '2024-10-15Z',
      '2024-10-15é',
      '2024-10-150',
      '2024-10-15T00',
      '2024-10-15T00:00',
      '2024-10-15T00:00Z',
      '2024-10-15T0:00:00Z',
      '2024-10-15t00:00:00Z',
      '2024-10-15 00:00:00Z',
      '2024-10-15T00:00:0',
      '2024-10-15T00.00:00Z',
      '2024-10-15T00:00.00Z',
      '2024-10-15T\u06600:00:00Z',
      '2024-13-45Tx',
      '2024-10-15+0100',
    ],
  ],
  [
    'invalid millisecond and/or offset pattern',
    [
      '2024-10-15T00:00:00',
      '2024-10-15T00:00:00z',
      '2024-10-15T00:00:00ZZ',
      '2024-10-15T00:00:00Z ',
      '2024-10-15T00:00:00Z\n',
      '2024-10-15T00:00:00 Z',
      '2024-10-15T00:00:00.Z',
      '2024-10-15T00:00:00.1Z',
      '2024-10-15T00:00:00.12Z',
      '2024-10-15T00:00:00.1234Z',
      '2024-10-15T00:00:00,123Z',
      '2024-10-15T00:00:00.123',
      '2024-10-15T00:00:00.123z',
      '2024-10-15T00:00:00.',
      '2024-10-15T00:00:00.\u06600Z',
      '2024-10-15T00:00:00+01:00',
      '2024-10-15T00:00:00+01',
      '2024-10-15T00:00:00+010',
      '2024-10-15T00:00:00+01000',
      '2024-10-15T00:00:00\u22120100',
      '2024-10-15T00:00:00+0\u066000',
      '2024-10-15T00:00:00+010\u0660',
      '2024-10-15T00:00:00+0100Z',
      '2024-10-15T00:00:00Z+0100',
      '2024-13-45T99:99:99',
      '2024-10-15T25:00:00.1',
    ],
  ],
  ...[
    '2024-00-01',
    '2024-13-01',
    '2024-01-00',
    '2024-01-32',
    '2024-02-30',
    '2023-02-29',
    '1900-02-29',
    '2100-02-29',
    '0100-02-29',
    '2024-04-31',
    '2024-06-31',
    '2024-09-31',
    '2024-11-31',
    '0000-00-00',
    '0000-13-01',
    '9999-99-99',
  ].map((text) => [`invalid date: ${text}`, [text, `${text}T00:00:00Z`, `${text}T99:99:99.999+9999`]] as const),
  ...['24:00:00', '23:60:00', '23:59:60', '99:99:99'].map(
    (time) => [`invalid hour/minute/second: ${time}`, [`2024-10-15T${time}Z`, `2024-10-15T${time}.999+9999`]] as const,
  ),
  ['invalid offset range: 240', ['2024-10-15T00:00:00+2400', '2024-10-15T00:00:00.123-2400']],
  ['invalid offset range: 060', ['2024-10-15T00:00:00+0060', '2024-10-15T00:00:00-0060']],
  ['invalid offset range: 245', ['2024-10-15T00:00:00+2405']],
  ['invalid offset range: 9999', ['2024-10-15T00:00:00-9999']],
];

describe('parseDatetime', () => {
  test.each(ACCEPTED)('%s is %s', (text, instant) => {
    expect(parseDatetime(text)).toEqual(datetime(BigInt(Date.parse(instant))));
  });

  test.each(REFUSED.flatMap(([message, texts]) => texts.map((text) => [text, message] as const)))(
    '%j is refused: %s',
    (text, message) => {
      expect(parseDatetime(text)).toEqual({
        kind: 'failure',
        message,
        help: 'valid datetime strings start with `YYYY-MM-DD` and may optionally include `THH:MM:SS` plus `Z`, `.SSSZ`, or an offset like `+0700`',
      });
    },
  );

  test('the official engine gives the same answers', () => {
    expect(
      literalDisagreements('datetime', [...ACCEPTED.map(([text]) => text), ...REFUSED.flatMap(([, texts]) => texts)]),
    ).toEqual([]);
  });

  test('every instant of the years 0000 to 9999 is read from its ISO text', () => {
    const instants = fc.integer({ min: Date.parse('0000-01-01'), max: Date.parse('9999-12-31T23:59:59.999Z') });
    fc.assert(
      fc.property(instants, (instant) => {
        expect(parseDatetime(new Date(instant).toISOString())).toEqual(datetime(BigInt(instant)));
      }),
      { numRuns: 2000 },
    );
  });

  test('of all triples of digits exactly the days of the calendar are dates', () => {
    for (const year of ['0000', '1900', '2000', '2023', '2024', '9999']) {
      const days: number[] = [];
      for (let month = 0; month <= 99; month++) {
        for (let day = 0; day <= 99; day++) {
          const value = parseDatetime(`${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`);
          if (value.kind === 'datetime') days.push(Number(value.milliseconds / DAY));
        }
      }
      const first = Number(BigInt(Date.parse(`${year}-01-01`)) / DAY);
      const length = ['0000', '2000', '2024'].includes(year) ? 366 : 365;
      expect(days).toEqual(Array.from({ length }, (_, index) => first + index));
    }
  });
});

const instants = fc.bigInt({ min: LONG_MIN, max: LONG_MAX });

describe('toDate and toTime', () => {
  test.each([
    [0n, 0n, 0n],
    [1n, 0n, 1n],
    [DAY - 1n, 0n, DAY - 1n],
    [DAY, DAY, 0n],
    [-1n, -DAY, DAY - 1n],
    [-DAY, -DAY, 0n],
    [-DAY - 1n, -2n * DAY, DAY - 1n],
    [LONG_MAX, LONG_MAX - 25_975_807n, 25_975_807n],
  ])('%d is day %d and time %d', (milliseconds, date, time) => {
    expect(compute('toDate', datetime(milliseconds))).toEqual(datetime(date));
    expect(compute('toTime', datetime(milliseconds))).toEqual(duration(time));
  });

  test('the day of the first instants of int64 begins before int64', () => {
    const first = LONG_MIN - (((LONG_MIN % DAY) + DAY) % DAY) + DAY;
    expect(compute('toDate', datetime(first))).toEqual(datetime(first));
    expect(call('toDate', datetime(first - 1n))).toEqual({
      kind: 'failure',
      message: `overflows when computing the date of datetime("1970-01-01").offset(duration("${first - 1n}ms"))`,
    });
    expect(compute('toTime', datetime(LONG_MIN))).toEqual(duration(60_424_192n));
  });

  test('the date offset by the time is the datetime again', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: LONG_MIN + DAY, max: LONG_MAX }), (milliseconds) => {
        const value = datetime(milliseconds);
        expect(compute('offset', compute('toDate', value), compute('toTime', value))).toEqual(value);
      }),
    );
  });
});

describe('offset and durationSince', () => {
  test.each([
    [0n, 0n],
    [LONG_MAX, 0n],
    [LONG_MAX - 1n, 1n],
    [LONG_MIN, LONG_MAX],
    [LONG_MIN + 1n, -1n],
    [0n, LONG_MIN],
  ])('%d offset by %d is their sum', (a, b) => {
    expect(compute('offset', datetime(a), duration(b))).toEqual(datetime(a + b));
  });

  test.each([
    [LONG_MAX, 1n],
    [LONG_MIN, -1n],
    [LONG_MIN, LONG_MIN],
    [-1n, LONG_MIN],
  ])('%d offset by %d overflows', (a, b) => {
    expect(call('offset', datetime(a), duration(b))).toEqual({
      kind: 'failure',
      message: `overflows when adding an offset: datetime("1970-01-01").offset(duration("${a}ms"))+(${b}ms)`,
    });
  });

  test.each([
    [LONG_MAX, -1n],
    [0n, LONG_MIN],
    [LONG_MIN, 1n],
    [-2n, LONG_MAX],
  ])('the duration from %d back to %d overflows', (a, b) => {
    const printed = (milliseconds: bigint) => `datetime("1970-01-01").offset(duration("${milliseconds}ms"))`;
    expect(call('durationSince', datetime(a), datetime(b))).toEqual({
      kind: 'failure',
      message: `overflows when computing the duration between ${printed(a)} and ${printed(b)}`,
    });
  });

  test('an offset by the duration since another datetime leads back, wherever that duration exists', () => {
    fc.assert(
      fc.property(instants, instants, (a, b) => {
        const since = call('durationSince', datetime(a), datetime(b));
        const exists = BigInt.asIntN(64, a - b) === a - b;
        expect(typeof since === 'object' && since.kind).toBe(exists ? 'duration' : 'failure');
        if (typeof since === 'object' && since.kind === 'duration') {
          expect(compute('offset', datetime(b), since)).toEqual(datetime(a));
        }
      }),
    );
  });
});
