import type { IpaddrValue } from '../values/value.js';
import { extensionArgument, textArgument } from './arguments.js';
import { readFixedDigits, skipDigits } from './digits.js';
import { type ExtensionFailure, type ExtensionFunction, extensionFailure } from './extension-function.js';
import { utf8Length } from './utf8-length.js';

/** Bytes of the longest text: eight groups of four digits, seven colons, `/128`. */
const MAX_LENGTH = 43;

const BITS = { 4: 32, 6: 128 } as const;

const SHAPE =
  'valid IP strings are IPv4/IPv6 addresses or CIDR ranges like `127.0.0.1`, `127.0.0.1/24`, or `ffee::/64`';

type Address = Pick<IpaddrValue, 'version' | 'address'>;

/** Reads what `ip(..)` accepts: an IPv4 or IPv6 address with an optional prefix length. */
export function parseIpaddr(text: string): IpaddrValue | ExtensionFailure {
  if (text.length > MAX_LENGTH || utf8Length(text) > MAX_LENGTH) {
    return failure(`error parsing IP address from string \`${text}\`: string length is too large`);
  }
  if (count(text, ':') >= 2 && count(text, '.') >= 2) {
    return failure(
      `error parsing IP address from string: We do not accept IPv4 embedded in IPv6 (e.g., ::ffff:127.0.0.1). Found: \`${text}\``,
    );
  }
  const slash = text.indexOf('/');
  if (slash < 0) {
    const single = readAddress(text);
    if (single === undefined) return failure(`invalid IP address: ${text}`);
    return { kind: 'ipaddr', ...single, prefix: BITS[single.version] };
  }
  const address = readAddress(text.slice(0, slash));
  if (address === undefined) {
    return failure(`error parsing IP address from the string \`${text.slice(0, slash)}\`: invalid IP address syntax`);
  }
  const prefix = readPrefix(text.slice(slash + 1), BITS[address.version]);
  return typeof prefix === 'number' ? { kind: 'ipaddr', ...address, prefix } : prefix;
}

/**
 * The text of an address with its prefix length, as `ip(..)` reads it back: IPv6 in lower case with the first longest
 * run of two or more zero groups as `::`, never with a dotted tail.
 */
export function ipaddrText(value: IpaddrValue): string {
  const text = value.version === 4 ? ipv4Text(value.address) : ipv6Text(value.address);
  return `${text}/${value.prefix}`;
}

/** The constructor and the methods of ipaddr. */
export const IPADDR_FUNCTIONS: readonly ExtensionFunction[] = [
  {
    name: 'ip',
    style: 'function',
    parameters: ['string'],
    returns: 'ipaddr',
    apply: (args) => parseIpaddr(textArgument(args)),
  },
  predicate('isIpv4', (value) => value.version === 4),
  predicate('isIpv6', (value) => value.version === 6),
  predicate('isLoopback', (value) => isInRange(value, LOOPBACK[value.version])),
  predicate('isMulticast', (value) => isInRange(value, MULTICAST[value.version])),
  {
    name: 'isInRange',
    style: 'method',
    parameters: ['ipaddr', 'ipaddr'],
    returns: 'bool',
    apply: (args) => isInRange(extensionArgument(args, 0, 'ipaddr'), extensionArgument(args, 1, 'ipaddr')),
  },
];

function predicate(name: string, holds: (value: IpaddrValue) => boolean): ExtensionFunction {
  return {
    name,
    style: 'method',
    parameters: ['ipaddr'],
    returns: 'bool',
    apply: (args) => holds(extensionArgument(args, 0, 'ipaddr')),
  };
}

/** 127.0.0.0/8 and ::1. */
const LOOPBACK: Readonly<Record<4 | 6, IpaddrValue>> = {
  4: { kind: 'ipaddr', version: 4, address: 127n << 24n, prefix: 8 },
  6: { kind: 'ipaddr', version: 6, address: 1n, prefix: 128 },
};

/** 224.0.0.0/4 and ff00::/8. */
const MULTICAST: Readonly<Record<4 | 6, IpaddrValue>> = {
  4: { kind: 'ipaddr', version: 4, address: 224n << 24n, prefix: 4 },
  6: { kind: 'ipaddr', version: 6, address: 0xffn << 120n, prefix: 8 },
};

/** Whether every address of one range is in the other. Host bits count on neither side; families never mix. */
function isInRange(value: IpaddrValue, range: IpaddrValue): boolean {
  if (value.version !== range.version || value.prefix < range.prefix) return false;
  const hostBits = BigInt(BITS[range.version] - range.prefix);
  return value.address >> hostBits === range.address >> hostBits;
}

function readPrefix(text: string, limit: 32 | 128): number | ExtensionFailure {
  const length = utf8Length(text);
  if (length > String(limit).length) return failure(`error parsing prefix: string length ${length} is too large`);
  if (skipDigits(text, 0) !== text.length) return failure(`error parsing prefix \`${text}\`: encountered non-digit`);
  if (text.length > 1 && text.startsWith('0')) return failure(`error parsing prefix \`${text}\`: leading zero(s)`);
  if (text === '') {
    return failure('error parsing prefix from the string ``: cannot parse integer from empty string');
  }
  const prefix = Number(text);
  if (prefix > 0xff) {
    return failure(`error parsing prefix from the string \`${text}\`: number too large to fit in target type`);
  }
  return prefix > limit ? failure(`error parsing prefix: ${prefix} is larger than the limit ${limit}`) : prefix;
}

function readAddress(text: string): Address | undefined {
  const version = text.includes(':') ? 6 : 4;
  const address = version === 6 ? readIpv6(text) : readIpv4(text);
  return address === undefined ? undefined : { version, address };
}

function readIpv4(text: string): bigint | undefined {
  const octets = text.split('.');
  if (octets.length !== 4) return undefined;
  let address = 0n;
  for (const octet of octets) {
    const value = octet.length > 3 ? undefined : readFixedDigits(octet, 0, octet.length);
    if (octet === '' || value === undefined || value > 255) return undefined;
    if (octet.length > 1 && octet.startsWith('0')) return undefined;
    address = (address << 8n) | BigInt(value);
  }
  return address;
}

const GROUPS = 8;

function readIpv6(text: string): bigint | undefined {
  const gap = text.indexOf('::');
  if (gap < 0) {
    const groups = readGroups(text);
    return groups?.length === GROUPS ? joinGroups(groups) : undefined;
  }
  const head = readGroups(text.slice(0, gap));
  const tail = readGroups(text.slice(gap + 2));
  if (head === undefined || tail === undefined) return undefined;
  const zeros = GROUPS - head.length - tail.length;
  return zeros < 1 ? undefined : joinGroups([...head, ...Array<number>(zeros).fill(0), ...tail]);
}

/** Numbers of groups between single colons; none for the empty text. */
function readGroups(text: string): readonly number[] | undefined {
  if (text === '') return [];
  const groups: number[] = [];
  for (const group of text.split(':')) {
    if (group === '' || group.length > 4) return undefined;
    for (const digit of group) if (!isHexDigit(digit)) return undefined;
    groups.push(Number.parseInt(group, 16));
  }
  return groups;
}

function isHexDigit(digit: string): boolean {
  return (digit >= '0' && digit <= '9') || (digit >= 'a' && digit <= 'f') || (digit >= 'A' && digit <= 'F');
}

function joinGroups(groups: readonly number[]): bigint {
  return groups.reduce((address, group) => (address << 16n) | BigInt(group), 0n);
}

function ipv4Text(address: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => ((address >> shift) & 0xffn).toString()).join('.');
}

function ipv6Text(address: bigint): string {
  const groups = Array.from({ length: GROUPS }, (_, index) => (address >> BigInt(16 * (GROUPS - 1 - index))) & 0xffffn);
  const { start, length } = longestZeroRun(groups);
  const text = (part: readonly bigint[]) => part.map((group) => group.toString(16)).join(':');
  if (length < 2) return text(groups);
  return `${text(groups.slice(0, start))}::${text(groups.slice(start + length))}`;
}

function longestZeroRun(groups: readonly bigint[]): { readonly start: number; readonly length: number } {
  let longest = { start: 0, length: 0 };
  let start = 0;
  for (const [index, group] of groups.entries()) {
    if (group !== 0n) start = index + 1;
    else if (index + 1 - start > longest.length) longest = { start, length: index + 1 - start };
  }
  return longest;
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

function failure(message: string): ExtensionFailure {
  return extensionFailure(message, SHAPE);
}
