import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { printExtensionValue } from '../../src/extensions/print-extension-value.js';
import { LONG_MAX, LONG_MIN } from '../../src/values/long.js';
import type { ExtensionValue } from '../../src/values/value.js';
import { compute, datetime, duration } from './cedar-values.js';
import { NEAR_LITERALS } from './near-literals.js';
import { type Answer, answerOf, disagreements } from './official-answers.js';
import { literal } from './oracle.js';

const LITERALS = Number(process.env.DEODAR_LITERALS ?? 3000);

/** The same literals in every run, so that a failure can be looked at again. */
const SEED = Number(process.env.DEODAR_SEED ?? 4013);

describe.each(['decimal', 'ip', 'datetime', 'duration'] as const)('%s', (name) => {
  const texts = fc.sample(NEAR_LITERALS[name], { numRuns: LITERALS, seed: SEED });
  const answers = texts.map((text) => answerOf(name, `${name}(${literal(text)})`, [text]));

  test("values, messages and help are the official engine's for texts near the grammar", () => {
    expect(disagreements(answers)).toEqual([]);
  });

  test('of the texts many are accepted and many refused', () => {
    const accepted = answers.filter(({ expected }) => typeof expected === 'string').length;
    expect(accepted).toBeGreaterThan(LITERALS / 10);
    expect(accepted).toBeLessThan((LITERALS * 9) / 10);
  });
});

describe('methods', () => {
  const sample = <T>(values: fc.Arbitrary<T>) => fc.sample(values, { numRuns: 1000, seed: SEED });
  const int64 = fc.oneof(
    fc.bigInt({ min: LONG_MIN, max: LONG_MAX }),
    fc.bigInt({ min: -200_000_000_000n, max: 200_000_000_000n }),
    fc.constantFrom(
      LONG_MIN,
      LONG_MIN + 1n,
      LONG_MAX,
      LONG_MAX - 1n,
      0n,
      -1n,
      1n,
      86_400_000n,
      -86_400_000n,
      -86_399_999n,
    ),
  );
  const compare = (name: string, ...args: readonly ExtensionValue[]): Answer => {
    const [receiver, ...rest] = args.map(printExtensionValue);
    return answerOf(name, `${receiver}.${name}(${rest.join(', ')})`, args);
  };

  test.each(['lessThan', 'lessThanOrEqual', 'greaterThan', 'greaterThanOrEqual'])('decimal.%s agrees', (name) => {
    const pairs = sample(fc.tuple(int64, fc.oneof(fc.constant(undefined), int64)));
    const answers = pairs.map(([a, b]) =>
      compare(name, { kind: 'decimal', units: a }, { kind: 'decimal', units: b ?? a }),
    );
    expect(disagreements(answers)).toEqual([]);
  });

  test.each(['offset', 'durationSince'])('datetime.%s agrees, overflow included', (name) => {
    const answers = sample(fc.tuple(int64, int64)).map(([a, b]) => {
      return compare(name, datetime(a), name === 'offset' ? duration(b) : datetime(b));
    });
    expect(answers.filter(({ expected }) => typeof expected !== 'string').length).toBeGreaterThan(50);
    expect(disagreements(answers)).toEqual([]);
  });

  test.each(['toDate', 'toTime'])('datetime.%s agrees', (name) => {
    expect(disagreements(sample(int64).map((a) => compare(name, datetime(a))))).toEqual([]);
  });

  test.each(['toMilliseconds', 'toSeconds', 'toMinutes', 'toHours', 'toDays'])('duration.%s agrees', (name) => {
    expect(disagreements(sample(int64).map((a) => compare(name, duration(a))))).toEqual([]);
  });

  const network = fc
    .tuple(
      fc.constantFrom(
        '127.0.0.',
        '126.255.255.',
        '128.0.0.',
        '224.0.0.',
        '223.255.255.',
        '239.255.255.',
        '240.0.0.',
        '10.0.0.',
      ),
      fc.nat({ max: 255 }),
      fc.nat({ max: 32 }),
    )
    .map(([start, octet, prefix]) => `${start}${octet}/${prefix}`);
  const network6 = fc
    .tuple(
      fc.constantFrom('::', '::ffff:7f00:', 'ff00::', 'feff:ffff::', 'ffff::', 'fe00::', '::1:'),
      fc.constantFrom('0', '1', '2', 'ffff'),
      fc.nat({ max: 128 }),
    )
    .map(([start, group, prefix]) => `${start}${group}/${prefix}`);
  const anyNetwork = fc.oneof(network, network6).map((text) => ({ text, value: compute('ip', text) }));

  test.each(['isIpv4', 'isIpv6', 'isLoopback', 'isMulticast'])('ip.%s agrees', (name) => {
    expect(
      disagreements(sample(anyNetwork).map(({ text, value }) => answerOf(name, `ip("${text}").${name}()`, [value]))),
    ).toEqual([]);
  });

  test('ip.isInRange agrees', () => {
    const answers = sample(fc.tuple(anyNetwork, anyNetwork)).map(([a, b]) => {
      return answerOf('isInRange', `ip("${a.text}").isInRange(ip("${b.text}"))`, [a.value, b.value]);
    });
    expect(answers.filter(({ expected }) => expected === 'true').length).toBeGreaterThan(20);
    expect(disagreements(answers)).toEqual([]);
  });
});
