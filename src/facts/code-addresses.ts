import { parse } from 'unbash';
import { evaluateArithmetic } from './shell-arithmetic.js';

/** Four numbers of an address one after the other, in a list, as arguments or with texts between them. */
const number = '(?:0x[\\da-f]{1,2}|0o?[0-7]{1,3}|\\d{1,3})';
const between = '["\'`]?\\s{0,4}[,.+]{1,2}\\s{0,4}["\'`]?';
const fourNumbers = new RegExp(
  `(?<![\\w.])${number}(?:${between}(?:["'\`]?\\.["'\`]?${between})?${number}){3}(?![\\w.])`,
  'gi',
);
/** One number for a whole address, or a sum that makes one. */
const wholeNumber = /(?<![\w.])(?:0x[\da-f_]{7,10}|\d[\d_]{7,12})(?![\w.])/gi;
const sum =
  /(?<![\w.])\(*(?:0x[\da-f]{1,8}|\d{1,12})\)?(?:\s{0,4}(?:<<|\*\*|[-+*|^])\s{0,4}\(*(?:0x[\da-f]{1,8}|\d{1,12})\)*){1,12}/gi;
/** Calls by which numbers become an address, or parts of one a text. */
const converts =
  /\b(?:long2ip|ip_?address|inet_(?:ntoa|ntop|aton)|pack|IPAddr\w*|IPv4(?:Addr(?:ess)?)?|InetAddress|Inet4Address|join|implode|concat|paste0?|[sf]?printf|format|str_?join|string\.Join|intercalate|to_bytes|fromInt)\b|%d\.%d|["'`]\.["'`]/i;
const bytesOfText = /\\x([\da-f]{2})\\x([\da-f]{2})\\x([\da-f]{2})\\x([\da-f]{2})(?!\\x)/gi;
/** More expressions than code for an address has. */
const mostSums = 32;

/** Addresses of an inner network, or of the service that tells a machine of a cloud its credentials. */
const inner =
  /^(?:10|127|169\.254|192\.168|172\.(?:1[6-9]|2\d|3[01])|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])|192\.0\.0|168\.63)\./;

function dotted(value: number | undefined): string | undefined {
  if (value === undefined || value < 2 ** 24 || value >= 2 ** 32) return undefined;
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}

function numberOf(digits: string): number {
  const plain = digits.replaceAll('_', '').toLowerCase();
  return /^0o?[0-7]+$/.test(plain) ? Number.parseInt(plain.replace('o', ''), 8) : Number(plain);
}

/** The value of a sum in the grammar of the shell, which shares these operators with most languages. */
function valueOfSum(text: string): number | undefined {
  const opened = text.split('(').length - text.split(')').length;
  const whole = opened > 0 ? text + ')'.repeat(opened) : '('.repeat(-opened) + text;
  const [statement] = parse(`((${whole}))`).commands;
  const command = statement?.command;
  if (command?.type !== 'ArithmeticCommand' || command.expression === undefined) return undefined;
  return evaluateArithmetic(command.expression, () => undefined);
}

/** Addresses of inner networks that code makes up of numbers: by a conversion, by arithmetic, by joining them. */
export function computedAddresses(code: string): readonly string[] {
  if (!/\d/.test(code)) return [];
  const found = new Set<string>();
  const add = (address: string | undefined): void => {
    if (address !== undefined && inner.test(address)) found.add(address);
  };
  for (const [, ...bytes] of code.matchAll(bytesOfText))
    add(
      bytes
        .slice(0, 4)
        .map((byte) => Number.parseInt(byte, 16))
        .join('.'),
    );
  if (!converts.test(code)) return [...found];
  for (const [all] of code.matchAll(fourNumbers)) {
    const parts = all.match(/0x[\da-f]+|0o[0-7]+|\d+/gi)?.map(numberOf) ?? [];
    if (parts.length === 4 && parts.every((part) => part < 256)) add(parts.join('.'));
  }
  for (const [digits] of code.matchAll(wholeNumber)) add(dotted(numberOf(digits)));
  let count = 0;
  for (const [text] of code.matchAll(sum)) if (++count <= mostSums) add(dotted(valueOfSum(text)));
  return [...found];
}

/** What libraries call the classes and functions that ask that service. */
const metadataClients =
  /\b(?:InstanceMetadata(?:Fetcher|RegionFetcher|Provider|Credentials)|ContainerMetadataFetcher|retrieve_iam_role_credentials|EC2MetadataCredentials|EC2MetadataUtils|from(?:Instance|Container)Metadata|InstanceProfileCredentials(?:Provider)?|ec2rolecreds|Ec2InstanceMetadata)\b/;
const metadataNames =
  /169\.254\.169\.254|169\.254\.170\.2\b|100\.100\.100\.200|fd00:ec2::254|metadata\.google\.internal|\b2852039166\b|\b0xa9fea9fe\b/i;

/** Whether code uses such a client. */
export function asksMetadata(code: string): boolean {
  return metadataClients.test(code);
}

/** Whether code names the service that tells a machine of a cloud its credentials, be it by numbers. */
export function namesMetadata(code: string): boolean {
  return (
    metadataNames.test(code) ||
    asksMetadata(code) ||
    computedAddresses(code).some((address) => address.startsWith('169.254.169.'))
  );
}

/** Addresses that emulators, virtual machines and containers of this machine have, and boards that are worked on. */
const ownNetworks =
  /^(?:127\.|172\.(?:1[6-9]|2\d|3[01])\.|10\.0\.2\.(?:2|15)$|192\.168\.(?:49|99|65|56|64|122)\.|192\.168\.4\.1$)/;
const privateAddress = /^(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.(?:\d{1,3}\.){1,2}\d{1,3}$|^\[?f[cd][\da-f]{2}:/;

/** Whether a host is an address of a private network that is more than this machine. */
export function isPrivateAddress(host: string): boolean {
  return privateAddress.test(host) && !ownNetworks.test(host);
}
