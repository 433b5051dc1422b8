import { describe, expect, test } from 'vitest';
import { EXTENSION_FUNCTIONS } from '../../src/extensions/extension-functions.js';
import { printExtensionValue } from '../../src/extensions/print-extension-value.js';
import { call, compute, isExtensionValue, isFailure } from './cedar-values.js';
import { judge } from './oracle.js';

const SIGNATURES = [
  'decimal(string): decimal',
  'decimal.lessThan(decimal): bool',
  'decimal.lessThanOrEqual(decimal): bool',
  'decimal.greaterThan(decimal): bool',
  'decimal.greaterThanOrEqual(decimal): bool',
  'ip(string): ipaddr',
  'ipaddr.isIpv4(): bool',
  'ipaddr.isIpv6(): bool',
  'ipaddr.isLoopback(): bool',
  'ipaddr.isMulticast(): bool',
  'ipaddr.isInRange(ipaddr): bool',
  'datetime(string): datetime',
  'datetime.offset(duration): datetime',
  'datetime.durationSince(datetime): duration',
  'datetime.toDate(): datetime',
  'datetime.toTime(): duration',
  'duration(string): duration',
  'duration.toMilliseconds(): long',
  'duration.toSeconds(): long',
  'duration.toMinutes(): long',
  'duration.toHours(): long',
  'duration.toDays(): long',
];

/** A value of each kind, as a policy writes it. */
const EXAMPLES: Readonly<Record<string, string>> = {
  string: '"x"',
  decimal: 'decimal("1.0")',
  ipaddr: 'ip("::1")',
  datetime: 'datetime("2024-01-01")',
  duration: 'duration("1h")',
  long: '1',
  bool: 'true',
};

describe('the table of extension functions', () => {
  test('holds each function of the language with its signature, under its own name', () => {
    const signatures = [...EXTENSION_FUNCTIONS].map(([key, { name, style, parameters, returns }]) => {
      expect(key).toBe(name);
      const [receiver, ...rest] = parameters;
      return style === 'function'
        ? `${name}(${parameters.join(', ')}): ${returns}`
        : `${receiver}.${name}(${rest.join(', ')}): ${returns}`;
    });
    expect(signatures).toEqual(SIGNATURES);
  });

  test('has no names but these', () => {
    expect(EXTENSION_FUNCTIONS.get('constructor')).toBeUndefined();
    expect(EXTENSION_FUNCTIONS.get('__proto__')).toBeUndefined();
  });

  test('the official engine counts arguments and checks their kinds as the parameters say', () => {
    const cases = [...EXTENSION_FUNCTIONS.values()].flatMap(({ name, style, parameters }) => {
      const written = (kinds: readonly string[]) => {
        const [receiver, ...rest] = kinds.map((kind) => EXAMPLES[kind] ?? kind);
        if (style === 'function')
          return `${name}(${[receiver, ...rest].filter((each) => each !== undefined).join(', ')})`;
        return `(${receiver}).${name}(${rest.join(', ')})`;
      };
      const extra = {
        condition: `${written([...parameters, 'long'])} == 0`,
        message: `wrong number of arguments provided to extension function \`${name}\`: expected ${parameters.length}, got ${parameters.length + 1}`,
      };
      const wrong = parameters.map((kind, at) => ({
        condition: `${written(parameters.map((each, index) => (index === at ? 'bool' : each)))} == 0`,
        message: `type error: expected ${kind}, got bool`,
      }));
      return [extra, ...wrong];
    });
    const messages = judge(cases.map(({ condition }) => condition)).map(
      (verdict) => verdict.kind === 'error' && verdict.message,
    );
    expect(messages).toEqual(cases.map(({ message }) => message));
  });

  test("a function called with arguments of the wrong kind throws, for that is the caller's mistake", () => {
    for (const { name, parameters } of EXTENSION_FUNCTIONS.values()) {
      for (const count of [0, parameters.length]) {
        expect(() => call(name, ...Array<boolean>(count).fill(true)), name).toThrow(TypeError);
      }
    }
  });
});

describe('printExtensionValue', () => {
  test.each([
    ['decimal', '01.5', 'decimal("1.5000")'],
    ['ip', '0:0::AB', 'ip("::ab/128")'],
    ['duration', '1h60m', 'duration("7200000ms")'],
    ['datetime', '2024-01-01', 'datetime("1970-01-01").offset(duration("1704067200000ms"))'],
    ['datetime', '1969-12-31', 'datetime("1970-01-01").offset(duration("-86400000ms"))'],
  ])('%s("%s") is printed %s', (name, text, printed) => {
    const value = compute(name, text);
    expect(isExtensionValue(value) && printExtensionValue(value)).toBe(printed);
  });
});

describe('texts of ten million characters', () => {
  const HUGE = 10_000_000;
  test.each(['0', '1', '9', '-', '.', ':', '/', '0.', '1:', '1d', '\u0660', '\u{1d7d8}', '\u{1f600}', '\ud800', '\0'])(
    'made of %j are answered without an exception',
    (piece) => {
      const text = piece.repeat(HUGE / piece.length);
      for (const name of ['decimal', 'ip', 'datetime', 'duration'])
        expect(isFailure(call(name, text)), name).toBe(true);
    },
  );

  test('made of leading zeros or of a long tail are read in full', () => {
    const zeros = '0'.repeat(HUGE);
    expect(compute('decimal', `${zeros}1.5`)).toEqual({ kind: 'decimal', units: 15_000n });
    expect(compute('duration', `-${zeros}1d${zeros}2ms`)).toEqual({ kind: 'duration', milliseconds: -86_400_002n });
    expect(call('decimal', `1.${zeros}`)).toMatchObject({ help: 'at most 4 digits are supported' });
    expect(call('decimal', `1${zeros}.0`)).toMatchObject({ message: 'overflow when converting to decimal' });
    expect(call('duration', `1${zeros}ms`)).toMatchObject({ message: 'Duration overflows internal representation' });
    expect(call('datetime', `2024-01-01T00:00:00.${zeros}`)).toMatchObject({ kind: 'failure' });
  });
});
