import { isIn, LOWER, UPPER } from './characters.js';
import { ending } from './endings.js';

/** Names of ciphers, modes and hashes, and the words that join them. */
const ALGORITHM = new Set(
  (
    'aes ccmp ccm gcmp gcm tkip wpa wep wps psk sae owe eap tls dtls ssl rsa rsassa dsa ecdsa eddsa ecdh ecdhe dhe dh sha ssha shake md ' +
    'hmac cmac gmac mac prf kdf hkdf pbkdf scrypt bcrypt argon cbc ctr ecb cfb ofb xts siv cha chacha poly curve ed secp prime ' +
    'nist brainpool oaep pss pkcs des ede rc blowfish twofish camellia aria kw rs es ps hs ecc ffdhe ikev ipsec ' +
    'esp ah ieee fips kyber ml kem dilithium slh with and or bit bits key mode personal enterprise mixed only transition ' +
    'padding nopadding none null default v p x k r c t i d m n ln id'
  ).split(' '),
);

/** Whether a value is the name of a cipher or a hash: `AES-CCMP128bit`, `PBKDF2WithHmacSHA256`, `ECDHE-RSA-AES256-GCM-SHA384`. */
export function isAlgorithmName(value: string): boolean {
  let known = 0;
  let letters = 0;
  for (let from = 0; from < value.length; ) {
    const to = nameEnd(value, from);
    if (to === from) {
      from++;
      continue;
    }
    letters += to - from;
    if (!ALGORITHM.has(value.slice(from, to).toLowerCase())) return false;
    if (to - from > 2) known++;
    from = to;
  }
  return known > 0 && letters > 2 && /^[\w./+:@()$=, -]+$/.test(value);
}

/** The end of the word that begins at an offset: small letters, behind a capital or not, or capitals up to the next such word. */
function nameEnd(value: string, from: number): number {
  let at = from;
  while (isIn(value.charCodeAt(at), UPPER)) at++;
  const capitals = at - from;
  if (!isIn(value.charCodeAt(at), LOWER)) return at;
  if (capitals > 1) return at - 1;
  while (isIn(value.charCodeAt(at), LOWER)) at++;
  return at;
}

/** What was published under a name is told by its hash: `actions/checkout@<commit>`, `node:20@sha256:...`, `name.tgz#<sha1>`. */
const PINNED =
  /^(?=[\w@:.+~-]*[/.:])[\w@:.+~/-]{1,160}(?:[@#]|[?&](?:ref|rev|commit|tag|sha\d{0,3}|hash)=)(?:sha(?:1|256|384|512)[:-])?(?:[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})$/;

/** Whether a value names something by its place and a hash of it. */
export function isPinned(value: string): boolean {
  return value.length > 40 && (PINNED.test(value) || /^[a-z][\w.-]{1,40}@[0-9a-f]{40}$/.test(value));
}

const HOLE = /[$#]?\{[^{}]{0,60}\}|%[-+0]?\d{0,3}(?:\.\d)?[a-z]|<[^<>]{1,40}>|\$[a-z_]{3,40}\b|\$(?=\$|$)/g;

/** Whether a value is put together from others, with no more than the name of an algorithm written out: `pbkdf2_sha256$%d$%s$%s`. */
export function isTemplate(value: string): boolean {
  if (!/[$%{<]/.test(value)) return false;
  let closed = 0;
  const rest = value.replace(HOLE, (hole) => {
    if (!hole.startsWith('$') || hole.startsWith('${')) closed++;
    return ' ';
  });
  if (rest === value) return false;
  const words = rest.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const named = words.filter((word) => isAlgorithmName(word)).length;
  return closed + named > 0 && words.every((word) => /^(?:[a-z]|\d{1,6})$/i.test(word) || isAlgorithmName(word));
}

const NAME_PART =
  /^(?:[a-z]?[A-Z]?[a-z]{2,}\d{0,3}(?:Pro|Plus|Max|Mini)?|[a-z]?[A-Z]{2,}\d{0,3}|\d{1,4}|[A-Zv]\d{1,3}|\d[A-Z])$/;

/** Whether a value is a name of words and numbers with bars between: `Pixel_6_API_34`, `Chrome_119_Linux`. */
export function isBarredName(value: string): boolean {
  const first = value.indexOf('_');
  if (first < 0 || !value.includes('_', first + 1)) return false;
  const parts = value.split('_');
  return parts.every((part) => NAME_PART.test(part));
}

const HEADING = /check\s?sums?\b|hashes\b|digests?\b|integrity\b/i;
const LONGEST_LIST = 800;

/** `SHA256 (file) = `, as the programs for it write. */
const SUMMED = ending(/\b(?:md5|sha[\d-]{0,8}|blake\w{1,6}|rmd160)\s?\([^()\n]{1,120}\)\s?=\s?/i);

/** `"oak/tokens.ts": "`, as locks of modules have it. */
const isOfFile = ending(
  /\.(?:[cm]?[jt]sx?|py|rb|go|rs|java|kt|swift|php|css|html|json|so|dll|exe|jar|zip|[tg]?gz|xz|whl|gem|crate|wasm|img|iso|bin|deb|rpm|apk)["']?\s?[:=]\s?["']?/i,
);

/** Whether a value at an offset is called a hash: in its line, or by a heading above the list that it stands in: `SPEC CHECKSUMS:`. */
export function isCalledHash(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 150), at);
  if (SUMMED(before) || isOfFile(before)) return true;
  const lines = text.slice(Math.max(0, at - LONGEST_LIST), at).split('\n');
  const depth = depthOf(lines.pop() ?? '');
  if (depth === 0) return false;
  const heading = lines.reverse().find((line) => line.trim() !== '' && depthOf(line) < depth);
  return heading !== undefined && heading.length < 60 && HEADING.test(heading);
}

function depthOf(line: string): number {
  return line.length - line.trimStart().length;
}

const NAMED_UUID = /^(?:[\w.-]{1,40}[:/]){1,6}[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** `session:revoked:<uuid>`: a name in a store, not what is kept there. */
export function isNamedUuid(value: string): boolean {
  return value.length > 37 && NAMED_UUID.test(value);
}
