import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ipaddrText, parseIpaddr } from '../../src/extensions/ipaddr.js';
import { valuesEqual } from '../../src/values/equality.js';
import type { IpaddrValue } from '../../src/values/value.js';
import { compute } from './cedar-values.js';
import { literalDisagreements } from './official-answers.js';

const ACCEPTED: readonly (readonly [text: string, version: 4 | 6, address: bigint, prefix: number])[] = [
  ['0.0.0.0', 4, 0n, 32],
  ['255.255.255.255', 4, 0xffff_ffffn, 32],
  ['1.2.3.4', 4, 0x01020304n, 32],
  ['1.2.3.4/0', 4, 0x01020304n, 0],
  ['10.0.0.1/24', 4, 0x0a000001n, 24],
  ['10.0.0.1/32', 4, 0x0a000001n, 32],
  ['::', 6, 0n, 128],
  ['::/0', 6, 0n, 0],
  ['::1', 6, 1n, 128],
  ['1::', 6, 1n << 112n, 128],
  ['ffee::/64', 6, 0xffeen << 112n, 64],
  ['FFEE::aB', 6, (0xffeen << 112n) | 0xabn, 128],
  ['::ffff:7f00:1', 6, 0xffff_7f00_0001n, 128],
  ['1:2:3:4:5:6:7:8', 6, 0x0001_0002_0003_0004_0005_0006_0007_0008n, 128],
  ['1:2:3:4:5:6:7::', 6, 0x0001_0002_0003_0004_0005_0006_0007_0000n, 128],
  ['::2:3:4:5:6:7:8', 6, 0x0002_0003_0004_0005_0006_0007_0008n, 128],
  ['1:2:3::5:6:7:8', 6, 0x0001_0002_0003_0000_0005_0006_0007_0008n, 128],
  ['0:0:0:0:0:0:0:1/128', 6, 1n, 128],
  ['0000:0000:0000:0000:0000:0000:0000:0001/128', 6, 1n, 128],
];

const TOO_LONG = [
  '1'.repeat(44),
  '0000:0000:0000:0000:0000:0000:0000:00000/128',
  `${'x'.repeat(42)}é`,
  '/'.repeat(44),
  'é'.repeat(22),
];

/** Texts that are wrong, with the message of the official engine. */
const REFUSED: readonly (readonly [text: string, message: string])[] = [
  ...[
    '',
    'x',
    '1',
    '1.2.3',
    '1.2.3.4.5',
    '1.2.3.',
    '.1.2.3',
    '1..2.3',
    '1.2.3.256',
    '1.2.3.999',
    '1.2.3.0256',
    '01.2.3.4',
    '1.2.3.00',
    '1.2.3.4 ',
    ' 1.2.3.4',
    '1.2.3.4\n',
    '0x1.2.3.4',
    '1.2.3.-4',
    '1.2.3.+4',
    '1.2.3.a',
    '\u0661.2.3.4',
    '1.2.3.4:80',
    '1.2.3.4%eth0',
    ':',
    ':::',
    '1:',
    ':1',
    '::1:',
    ':1::',
    '1::2::3',
    '::g',
    '1:2:3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4::5:6:7:8',
    '::1:2:3:4:5:6:7:8',
    '1:2:3:4:5:6:7:8::',
    '12345::',
    '::00000',
    '::-1',
    '::+1',
    '::0x1',
    '[::1]',
    '[::1]:80',
    'fe80::1%eth0',
    '::1 ',
    '::1\n',
    '::1.2',
    '1:2.3',
    'a:b.c',
    '.:',
    '__proto__',
    'x'.repeat(43),
    `${'x'.repeat(41)}é`,
  ].map((text) => [text, `invalid IP address: ${text}`] as const),
  ...[
    ['/32', ''],
    ['a/b', 'a'],
    ['a/33', 'a'],
    ['1.2.3.4 /32', '1.2.3.4 '],
    ['1.2.3.4:80/32', '1.2.3.4:80'],
    ['1:2/64', '1:2'],
    ['/', ''],
    ['a/b/c', 'a'],
    ['1.2:3/4', '1.2:3'],
  ].map(
    ([text = '', address = '']) =>
      [text, `error parsing IP address from the string \`${address}\`: invalid IP address syntax`] as const,
  ),
  ...['::ffff:1.2.3.4', '::1.2.3.4', '::1.2.3', '1:2:3:4:5:6:1.2.3.4', '::ffff:1.2.3.4/200', 'a:.:.'].map(
    (text) =>
      [
        text,
        `error parsing IP address from string: We do not accept IPv4 embedded in IPv6 (e.g., ::ffff:127.0.0.1). Found: \`${text}\``,
      ] as const,
  ),
  ...TOO_LONG.map(
    (text) => [text, `error parsing IP address from string \`${text}\`: string length is too large`] as const,
  ),
  ['1.2.3.4/', 'error parsing prefix from the string ``: cannot parse integer from empty string'],
  ['::/', 'error parsing prefix from the string ``: cannot parse integer from empty string'],
  ['1.2.3.4/33', 'error parsing prefix: 33 is larger than the limit 32'],
  ['1.2.3.4/99', 'error parsing prefix: 99 is larger than the limit 32'],
  ['::/129', 'error parsing prefix: 129 is larger than the limit 128'],
  ['::/255', 'error parsing prefix: 255 is larger than the limit 128'],
  ['::/256', 'error parsing prefix from the string `256`: number too large to fit in target type'],
  ['::/999', 'error parsing prefix from the string `999`: number too large to fit in target type'],
  ['1.2.3.4/08', 'error parsing prefix `08`: leading zero(s)'],
  ['1.2.3.4/00', 'error parsing prefix `00`: leading zero(s)'],
  ['::/064', 'error parsing prefix `064`: leading zero(s)'],
  ['1.2.3.4/100', 'error parsing prefix: string length 3 is too large'],
  ['1.2.3.4/032', 'error parsing prefix: string length 3 is too large'],
  ['1.2.3.4/3/2', 'error parsing prefix: string length 3 is too large'],
  ['::/0128', 'error parsing prefix: string length 4 is too large'],
  ['::/\u0661\u0662', 'error parsing prefix: string length 4 is too large'],
  ['1.2.3.4/a', 'error parsing prefix `a`: encountered non-digit'],
  ['1.2.3.4/+1', 'error parsing prefix `+1`: encountered non-digit'],
  ['1.2.3.4/-1', 'error parsing prefix `-1`: encountered non-digit'],
  ['1.2.3.4/ 8', 'error parsing prefix ` 8`: encountered non-digit'],
  ['1.2.3.4//', 'error parsing prefix `/`: encountered non-digit'],
  ['1.2.3.4/8\n', 'error parsing prefix `8\n`: encountered non-digit'],
  ['1.2.3.4/\u0661', 'error parsing prefix `\u0661`: encountered non-digit'],
];

describe('parseIpaddr', () => {
  test.each(ACCEPTED)('%s is IPv%d', (text, version, address, prefix) => {
    expect(parseIpaddr(text)).toEqual({ kind: 'ipaddr', version, address, prefix });
  });

  test.each(REFUSED)('%j is refused: %s', (text, message) => {
    expect(parseIpaddr(text)).toEqual({
      kind: 'failure',
      message,
      help: 'valid IP strings are IPv4/IPv6 addresses or CIDR ranges like `127.0.0.1`, `127.0.0.1/24`, or `ffee::/64`',
    });
  });

  test('the official engine gives the same answers', () => {
    expect(
      literalDisagreements(
        'ip',
        [...ACCEPTED, ...REFUSED].map(([text]) => text),
      ),
    ).toEqual([]);
  });
});

const ipv4 = fc.record({
  kind: fc.constant('ipaddr' as const),
  version: fc.constant(4 as const),
  address: fc.bigInt({ min: 0n, max: 2n ** 32n - 1n }),
  prefix: fc.nat({ max: 32 }),
});
const ipv6 = fc.record({
  kind: fc.constant('ipaddr' as const),
  version: fc.constant(6 as const),
  address: fc
    .array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff })), { minLength: 8, maxLength: 8 })
    .map((groups) => groups.reduce((address, group) => (address << 16n) | BigInt(group), 0n)),
  prefix: fc.nat({ max: 128 }),
});
const addresses: fc.Arbitrary<IpaddrValue> = fc.oneof(ipv4, ipv6);

describe('ipaddrText', () => {
  test.each([
    ['127.0.0.1', '127.0.0.1/32'],
    ['10.0.0.1/8', '10.0.0.1/8'],
    ['::', '::/128'],
    ['0:0:0:0:0:0:0:1', '::1/128'],
    ['1:0:0:0:0:0:0:0/16', '1::/16'],
    ['ABCD:0:0:1::', 'abcd:0:0:1::/128'],
    ['1:0:0:2:3:0:0:4', '1::2:3:0:0:4/128'],
    ['1:0:2:3:4:5:6:7', '1:0:2:3:4:5:6:7/128'],
    ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0/128'],
    ['::ffff:102:304', '::ffff:102:304/128'],
  ])('%s is written %s', (text, written) => {
    const value = parseIpaddr(text);
    expect(value.kind === 'ipaddr' && ipaddrText(value)).toBe(written);
  });

  test('every address is read back from its text', () => {
    fc.assert(
      fc.property(addresses, (value) => {
        expect(parseIpaddr(ipaddrText(value))).toEqual(value);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('tests of an address', () => {
  test.each([
    ['127.0.0.1', 'isLoopback', true],
    ['127.255.255.255', 'isLoopback', true],
    ['127.0.0.1/8', 'isLoopback', true],
    ['127.0.0.1/7', 'isLoopback', false],
    ['126.255.255.255', 'isLoopback', false],
    ['128.0.0.0', 'isLoopback', false],
    ['::1', 'isLoopback', true],
    ['::1/127', 'isLoopback', false],
    ['::2', 'isLoopback', false],
    ['::ffff:7f00:1', 'isLoopback', false],
    ['224.0.0.0', 'isMulticast', true],
    ['239.255.255.255', 'isMulticast', true],
    ['224.0.0.0/4', 'isMulticast', true],
    ['224.0.0.0/3', 'isMulticast', false],
    ['223.255.255.255', 'isMulticast', false],
    ['240.0.0.0', 'isMulticast', false],
    ['ff00::', 'isMulticast', true],
    ['ffff::1/8', 'isMulticast', true],
    ['ffff::1/7', 'isMulticast', false],
    ['feff::', 'isMulticast', false],
    ['1.2.3.4', 'isIpv4', true],
    ['1.2.3.4', 'isIpv6', false],
    ['::ffff:7f00:1', 'isIpv4', false],
    ['::ffff:7f00:1', 'isIpv6', true],
  ])('ip("%s").%s() is %s', (text, name, holds) => {
    expect(compute(name, compute('ip', text))).toBe(holds);
  });
});

describe('isInRange', () => {
  test.each([
    ['10.0.0.1', '10.0.0.0/8', true],
    ['10.0.0.1/24', '10.0.0.0/24', true],
    ['10.0.0.0/24', '10.0.0.99/24', true],
    ['10.0.0.0/8', '10.0.0.0/24', false],
    ['11.0.0.1', '10.0.0.0/8', false],
    ['11.0.0.1', '10.0.0.0/7', true],
    ['1.2.3.4', '0.0.0.0/0', true],
    ['1.2.3.4/0', '1.2.3.4/1', false],
    ['1.2.3.4', '1.2.3.4', true],
    ['1.2.3.4', '1.2.3.5', false],
    ['1.2.3.4', '::/0', false],
    ['::102:304', '0.0.0.0/0', false],
    ['::1', '::/0', true],
    ['2001:db8::1', '2001:db8::/32', true],
    ['2001:db9::1', '2001:db8::/32', false],
    ['ffff::', '::/1', false],
  ])('%s in %s: %s', (value, range, holds) => {
    expect(compute('isInRange', compute('ip', value), compute('ip', range))).toBe(holds);
  });

  test('an address is in its own range, and ranges that contain each other have the same addresses', () => {
    fc.assert(
      fc.property(addresses, addresses, (a, b) => {
        const inside = (value: IpaddrValue, range: IpaddrValue) => compute('isInRange', value, range) === true;
        expect(inside(a, a)).toBe(true);
        const sibling: IpaddrValue = {
          ...a,
          address: a.address ^ 1n,
          prefix: Math.min(a.prefix, a.version === 4 ? 31 : 127),
        };
        expect(
          inside(sibling, { ...a, prefix: sibling.prefix }) && inside({ ...a, prefix: sibling.prefix }, sibling),
        ).toBe(true);
        if (inside(a, b) && inside(b, a)) expect(a.prefix).toBe(b.prefix);
      }),
    );
  });

  test('containment is that of the first and last address', () => {
    const bits = { 4: 32n, 6: 128n };
    const bounds = (value: IpaddrValue) => {
      const host = (1n << (bits[value.version] - BigInt(value.prefix))) - 1n;
      return { first: value.address & ~host, last: value.address | host };
    };
    const nearby = addresses.chain((range) =>
      fc.record({
        range: fc.constant(range),
        flip: fc.nat({ max: range.version * 16 - 1 }),
        prefix: fc.nat({ max: range.version === 4 ? 32 : 128 }),
      }),
    );
    fc.assert(
      fc.property(nearby, ({ range, flip, prefix }) => {
        const value: IpaddrValue = {
          ...range,
          address: BigInt.asUintN(Number(bits[range.version]), range.address ^ (1n << BigInt(flip))),
          prefix,
        };
        const inner = bounds(value);
        const outer = bounds(range);
        expect(compute('isInRange', value, range)).toBe(outer.first <= inner.first && inner.last <= outer.last);
      }),
      { numRuns: 1000 },
    );
  });
});

test('equality keeps host bits and prefix', () => {
  const equal = (a: string, b: string) => valuesEqual(compute('ip', a), compute('ip', b));
  expect(equal('127.0.0.1', '127.0.0.1/32')).toBe(true);
  expect(equal('10.0.0.1/24', '10.0.0.0/24')).toBe(false);
  expect(equal('::1', '0:0::0:1/128')).toBe(true);
  expect(equal('0.0.0.1', '::1')).toBe(false);
});
