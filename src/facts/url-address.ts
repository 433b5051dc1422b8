import ipaddr from 'ipaddr.js';

/** What an address is, for policies that guard the inside of a network; see the fields of `UrlFacts`. */
export interface AddressClass {
  readonly loopback: boolean;
  readonly private: boolean;
  readonly linkLocal: boolean;
  readonly metadata: boolean;
}

export const PUBLIC: AddressClass = { loopback: false, private: false, linkLocal: false, metadata: false };
export const THIS_MACHINE: AddressClass = { loopback: true, private: true, linkLocal: false, metadata: false };

/** Addresses at which a cloud hands credentials to whoever asks from inside a machine. */
const METADATA_ADDRESSES = new Set([
  '169.254.169.254', // AWS, Google, Azure, DigitalOcean, Oracle, OpenStack, Hetzner, IBM
  '169.254.170.2', // AWS ECS task credentials
  '169.254.170.23', // AWS EKS pod identity
  '169.254.0.23', // Tencent
  '169.254.42.42', // Scaleway
  '168.63.129.16', // Azure host
  '100.100.100.200', // Alibaba
  '192.0.0.192', // Oracle classic
  'fd00:ec2::254', // AWS
  'fd00:ec2::23', // AWS EKS pod identity
  'fd00:42::42', // Scaleway
  'fd20:ce::254', // Google
]);

type Address = ReturnType<typeof ipaddr.parse>;

/** Canonical text of an address and what it is; undefined when `text` is no address in canonical spelling. */
export function classifyAddress(text: string): { readonly ip: string; readonly is: AddressClass } | undefined {
  if (!ipaddr.IPv4.isValidFourPartDecimal(text) && !ipaddr.IPv6.isValid(text)) return undefined;
  const address = ipaddr.parse(text);
  const inner = address.kind() === 'ipv6' ? embeddedIPv4(address.toByteArray()) : undefined;
  if (inner === undefined) return { ip: canonicalText(address), is: classOf(address) };
  const innerClass = classOf(inner);
  // The local-use NAT64 prefix is not routed, whatever it carries.
  const is = inNat64LocalUse(address.toByteArray()) ? union(innerClass, { ...PUBLIC, private: true }) : innerClass;
  return { ip: inner.toString(), is };
}

function canonicalText(address: Address): string {
  return address.kind() === 'ipv6'
    ? ipaddr.IPv6.parse(withoutZone(address.toString())).toRFC5952String()
    : address.toString();
}

function withoutZone(text: string): string {
  const percent = text.indexOf('%');
  return percent < 0 ? text : text.slice(0, percent);
}

function classOf(address: Address): AddressClass {
  const range = address.range();
  const metadata = METADATA_ADDRESSES.has(canonicalText(address));
  // Linux connects to itself when asked for the unspecified address.
  const unspecified = address.toByteArray().every((byte) => byte === 0);
  return {
    loopback: range === 'loopback' || unspecified,
    private: range !== 'unicast' || metadata,
    linkLocal: range === 'linkLocal',
    metadata,
  };
}

export function union(a: AddressClass, b: AddressClass): AddressClass {
  return {
    loopback: a.loopback || b.loopback,
    private: a.private || b.private,
    linkLocal: a.linkLocal || b.linkLocal,
    metadata: a.metadata || b.metadata,
  };
}

function inNat64LocalUse(bytes: readonly number[]): boolean {
  return startsWith(bytes, [0x00, 0x64, 0xff, 0x9b, 0x00, 0x01]);
}

function startsWith(bytes: readonly number[], prefix: readonly number[]): boolean {
  return prefix.every((byte, i) => bytes[i] === byte);
}

const ZEROS_8 = [0, 0, 0, 0, 0, 0, 0, 0];
const ZEROS_10 = [...ZEROS_8, 0, 0];

/** The IPv4 address that an IPv6 address stands for in one of the transition mechanisms, if any. */
function embeddedIPv4(bytes: readonly number[]): Address | undefined {
  const at = (offset: number): Address => ipaddr.fromByteArray(bytes.slice(offset, offset + 4));
  if (startsWith(bytes, ZEROS_10) && bytes[10] === 0xff && bytes[11] === 0xff) return at(12); // mapped
  if (startsWith(bytes, [...ZEROS_8, 0xff, 0xff, 0, 0])) return at(12); // translated, RFC 7915
  if (startsWith(bytes, [...ZEROS_10, 0, 0])) {
    // compatible; `::` and `::1` are themselves
    return bytes[12] === 0 && bytes[13] === 0 && bytes[14] === 0 ? undefined : at(12);
  }
  if (startsWith(bytes, [0x00, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0])) return at(12); // NAT64
  if (inNat64LocalUse(bytes)) return at(12);
  if (startsWith(bytes, [0x20, 0x02])) return at(2); // 6to4
  if (startsWith(bytes, [0x20, 0x01, 0, 0]))
    return ipaddr.fromByteArray(bytes.slice(12, 16).map((byte) => byte ^ 0xff)); // Teredo client
  if ((bytes[8] === 0 || bytes[8] === 2) && bytes[9] === 0 && bytes[10] === 0x5e && bytes[11] === 0xfe) return at(12); // ISATAP
  return undefined;
}

const METADATA_NAMES = [
  'metadata.google.internal',
  'metadata.goog',
  'metadata.azure.internal',
  'metadata.tencentyun.com',
  'metadata.platformequinix.com',
  'metadata.packet.net',
  'metadata.vultr.com',
  'api.metadata.cloud.ibm.com',
  'instance-data.ec2.internal',
  'rancher-metadata',
  'instance-data',
  'metadata',
];

const LOOPBACK_NAMES = [
  'localhost',
  'localhost4',
  'localhost6',
  'ip6-localhost',
  'ip6-loopback',
  'loopback',
  'localhost.localdomain',
  'localhost6.localdomain6',
  'localhost4.localdomain4',
  // Public names whose addresses are published as 127.0.0.1, with every name below them.
  'lvh.me',
  'localtest.me',
  'vcap.me',
  'lacolhost.com',
  'fuf.me',
  'local.gd',
  'local.sisteminha.com',
  'bugbounty.dod.network',
  'localho.st',
  'smackaho.st',
  'spoofed.burpcollaborator.net',
];

/** Top-level names that never leave a site (RFC 6761, 6762, 8375, ICANN `internal`, and habit). */
const PRIVATE_TOPS = [
  'local',
  'internal',
  'localdomain',
  'lan',
  'intranet',
  'intra',
  'lxd',
  'domain',
  'localnet',
  'corp',
  'home',
  'private',
  'svc',
  'home.arpa',
  'default',
  // Names by which routers answer at home.
  'fritz.box',
  'speedport.ip',
  'routerlogin.net',
  'tplinkwifi.net',
];

/** Services that answer any name below them with the address written in that name, in hexadecimal too. */
const WILDCARD_SERVICES = ['nip.io', 'sslip.io', 'xip.io', 'rbndr.us', 'traefik.me', 'backname.io'];

/** Services whose names answer with changing addresses, made to lead a reader inside after the first answer was looked at. */
const REBINDING_SERVICES = [
  'rbndr.us',
  '1u.ms',
  'rebind.network',
  'rebind.it',
  'lock.cmpxchg8b.com',
  'dnsrebinder.net',
  'requestrepo.com',
];

/**
 * What a canonical DNS name (not an address) says about where it leads, without asking any resolver.
 *
 * A name of one label is private, because the search list of the site completes it. An address written out in the
 * name, as four labels (`10.0.0.1.nip.io`) or with dashes (`app-10-0-0-1.sslip.io`), gives the name the class of that
 * address under any domain, because wildcard services run under many; eight hexadecimal digits only under the services
 * known for it.
 */
export function classifyName(host: string): AddressClass {
  let is = PUBLIC;
  if (METADATA_NAMES.some((name) => isAtOrBelow(host, name)))
    is = union(is, { ...PUBLIC, private: true, metadata: true });
  if (LOOPBACK_NAMES.some((name) => isAtOrBelow(host, name))) is = union(is, THIS_MACHINE);
  if (!host.includes('.') || [...PRIVATE_TOPS, ...REBINDING_SERVICES].some((name) => isAtOrBelow(host, name)))
    is = union(is, { ...PUBLIC, private: true });
  for (const written of writtenAddresses(host)) {
    const known = classifyAddress(written);
    if (known !== undefined) is = union(is, known.is);
  }
  return is;
}

function isAtOrBelow(host: string, name: string): boolean {
  return host === name || host.endsWith(`.${name}`);
}

function writtenAddresses(host: string): string[] {
  const found: string[] = [];
  const labels = host.split('.');
  for (let i = 0; i + 4 <= labels.length; i++) {
    const four = labels.slice(i, i + 4);
    if (four.every((label) => /^\d{1,3}$/.test(label))) found.push(asDecimal(four));
  }
  for (const label of labels) {
    const parts = label.split('-');
    for (let i = 0; i + 4 <= parts.length; i++) {
      const four = parts.slice(i, i + 4);
      if (four.every((part) => /^\d{1,3}$/.test(part))) found.push(asDecimal(four));
    }
  }
  if (WILDCARD_SERVICES.some((name) => isAtOrBelow(host, name))) {
    for (const label of labels) {
      for (const part of label.split('-')) if (/^[0-9a-f]{8}$/.test(part)) found.push(fromHex(part));
      if (label.includes('--')) found.push(label.replaceAll('-', ':'));
    }
  }
  return found;
}

function asDecimal(parts: readonly string[]): string {
  return parts.map((part) => String(Number(part))).join('.');
}

function fromHex(digits: string): string {
  return [0, 2, 4, 6].map((i) => String(Number.parseInt(digits.slice(i, i + 2), 16))).join('.');
}

/**
 * The other reading of an IPv4 address with a leading zero: browsers and libc take `010.0.0.1` for octal (8.0.0.1), other
 * readers for decimal (10.0.0.1). Undefined when `raw` has no such part.
 */
export function decimalReading(raw: string): string | undefined {
  const parts = raw.endsWith('.') ? raw.slice(0, -1).split('.') : raw.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,20}$/.test(part))) return undefined;
  if (!parts.some((part) => part.length > 1 && part.startsWith('0'))) return undefined;
  const decimal = asDecimal(parts);
  return ipaddr.IPv4.isValidFourPartDecimal(decimal) ? decimal : undefined;
}
