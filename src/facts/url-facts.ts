import { requireText } from './require-context.js';
import {
  type AddressClass,
  classifyAddress,
  classifyName,
  decimalReading,
  PUBLIC,
  THIS_MACHINE,
  union,
} from './url-address.js';
import { carriesData } from './url-data.js';
import { defaultPort, hasDnsAuthority, isHttpLike, isWithoutHost, isWrapper } from './url-schemes.js';
import { isBrokenPunycode, isDeceptiveHost } from './url-script.js';

/** What a URL really addresses; field by field a Cedar record. */
export interface UrlFacts {
  /** The input as it was given. */
  readonly text: string;
  /**
   * False when no reader, or not every reader, would find the same host: then the strings are empty, `port` is -1 and
   * every Boolean that warns is true.
   */
  readonly valid: boolean;
  /** Lower case, without the colon. `http` where the input names none, as curl guesses; `ssh` for `git@host:path`. */
  readonly scheme: string;
  /**
   * Lower case, in Punycode, without userinfo, port, trailing dot and brackets; empty where the URL has none. IPv4 in
   * dotted decimal; IPv6 as it was written, in canonical form.
   */
  readonly host: string;
  /** The host and every suffix of it after a dot: `a.example.com`, `example.com`, `com`. An address is its only suffix. */
  readonly suffixes: readonly string[];
  /** Explicit, or the default of the scheme, or -1. */
  readonly port: number;
  /** Dot segments resolved, unreserved characters decoded; empty for an empty path. */
  readonly path: string;
  /** The address the host spells out, IPv4 where IPv6 carries IPv4; empty for names. */
  readonly ip: string;
  readonly isIp: boolean;
  /** Leads to this machine: loopback and unspecified addresses, names that stand for them, `file:`. */
  readonly loopback: boolean;
  /** Not a global address: RFC 1918, unique local, link-local, carrier-grade NAT, reserved, loopback, metadata, site names. */
  readonly private: boolean;
  readonly linkLocal: boolean;
  /** A cloud's metadata service, by address or by name. */
  readonly metadata: boolean;
  /** There is an `@` before the host, with or without a name or password. */
  readonly hasUserinfo: boolean;
  /** The host is written to look like another: scripts mixed in a label, letters that are doubles of ASCII, a known name in front. */
  readonly mixedScript: boolean;
  /**
   * Holds encoded text, a key or a file of accounts in its query, its path or the labels of its host; the key that names who
   * signed an address is none.
   */
  readonly carriesData: boolean;
}

/**
 * The facts of a URL, read as browsers read it (WHATWG), and where it names no scheme as curl does (`example.com/x`).
 *
 * No text throws, and no name is resolved. Where readers are known to disagree on the host (a backslash, a second `@`,
 * a space before the host; a character that no host may have) the result is not valid. A leading zero in IPv4 makes both
 * readings count for `loopback`, `private`, `linkLocal` and `metadata`.
 */
export function urlFacts(url: string): UrlFacts {
  requireText(url, 'urlFacts()');
  return readAny(url, url, 0);
}

/** Wrappers inside wrappers are not opened beyond this. */
const DEEPEST = 4;

function readAny(text: string, url: string, depth: number): UrlFacts {
  const input = withoutInvisible(url);
  const bare = bareIPv6(input);
  if (bare !== undefined) return readAuthority(text, 'http', bare, 5);
  const scheme = schemeOf(input);
  if (scheme === '') return readWithoutScheme(text, input);
  const rest = input.slice(scheme.length + 1);
  const name = scheme.toLowerCase();
  if (isWrapper(name, rest)) {
    if (depth >= DEEPEST) return invalid(text);
    const inner = readAny(text, rest.startsWith(':') ? rest.slice(1) : rest, depth + 1);
    return inner.valid ? { ...inner, scheme: name } : inner;
  }
  if (isHttpLike(name)) return readAuthority(text, name, input, scheme.length + 1);
  if (name === 'file') return readFile(text, input);
  if (rest.startsWith('//')) return readAuthority(text, name, input, scheme.length + 1);
  if (isWithoutHost(name)) return withoutHost(text, name, rest);
  return readColon(text, name, rest, input);
}

/** `word:rest` that is no known scheme: a host with a port, with a password, or with a path as scp writes it. */
function readColon(text: string, word: string, rest: string, input: string): UrlFacts {
  if (/^\d{1,5}(?:[/?#]|$)/.test(rest) || rest.slice(0, authorityEnd(rest, 0)).includes('@')) {
    return readAuthority(text, 'http', `http://${input}`, 5);
  }
  if (word.includes('.') || word === 'localhost') return readScp(text, word, rest, false);
  return invalid(text);
}

function readWithoutScheme(text: string, input: string): UrlFacts {
  if (/^[\\/]{2}/.test(input)) return readAuthority(text, 'http', `http:${input}`, 5);
  if (input === '' || '/\\.?#~'.includes(input.charAt(0))) return invalid(text);
  const end = authorityEnd(input, 0);
  const authority = input.slice(0, end);
  const at = authority.lastIndexOf('@');
  const colon = at < 0 ? -1 : authority.indexOf(':', at);
  if (colon > 0 && !/^\d{1,5}$/.test(authority.slice(colon + 1)) && !authority.includes('[')) {
    return readScp(text, authority.slice(at + 1, colon), input.slice(colon + 1), true);
  }
  return readAuthority(text, 'http', `http://${input}`, 5);
}

/** `::1/x` as a URL, if the input begins with an IPv6 address that has no brackets. */
function bareIPv6(input: string): string | undefined {
  const end = authorityEnd(input.slice(0, 64), 0);
  const authority = input.slice(0, end);
  if (!/^[0-9a-fA-F]{0,4}:[0-9a-fA-F]{0,4}:/.test(authority) || classifyAddress(authority) === undefined)
    return undefined;
  return `http://[${authority}]${input.slice(end)}`;
}

function readScp(text: string, host: string, path: string, userinfo: boolean): UrlFacts {
  const facts = readAuthority(text, 'ssh', `ssh://${host}/${path.replace(/^\/+/, '')}`, 4);
  return facts.valid && userinfo ? { ...facts, hasUserinfo: true } : facts;
}

function readFile(text: string, input: string): UrlFacts {
  const url = parse(input);
  if (url === undefined) return invalid(text);
  if (url.hostname !== '') return fromHost(text, 'file', url, url.hostname, false);
  return { ...withoutHost(text, 'file', url.pathname), path: canonicalPath(url.pathname), ...THIS_MACHINE };
}

/** `from` is the offset after the colon of the scheme. */
function readAuthority(text: string, scheme: string, input: string, from: number): UrlFacts {
  let start = from;
  while (start < input.length && (input[start] === '/' || (isHttpLike(scheme) && input[start] === '\\'))) {
    if (!isHttpLike(scheme) && start - from >= 2) break;
    start++;
  }
  const end = authorityEnd(input, start);
  const authority = input.slice(start, end);
  // Readers disagree on these: the one that decides and the one that connects may see different hosts.
  if (/[\\\s\p{Cc}]/u.test(authority)) return invalid(text);
  const at = authority.indexOf('@');
  if (at !== authority.lastIndexOf('@')) return invalid(text);
  const zoned = withoutZone(authority);
  const url = parse(input.slice(0, start) + zoned + input.slice(end));
  if (url === undefined) return invalid(text);
  if (url.hostname === '') {
    return { ...withoutHost(text, scheme, url.pathname), path: canonicalPath(url.pathname), ...THIS_MACHINE };
  }
  return fromHost(text, scheme, url, zoned.slice(at + 1), at >= 0);
}

function fromHost(text: string, scheme: string, url: URL, written: string, userinfo: boolean): UrlFacts {
  const host = hasDnsAuthority(scheme) ? canonicalHost(scheme, url.hostname) : bareAuthority(url.hostname);
  if (host === undefined) return invalid(text);
  const address = classifyAddress(host);
  let is: AddressClass = PUBLIC;
  if (address !== undefined) {
    is = address.is;
    const other = decimalReading(hostPart(written));
    const otherClass = other === undefined ? undefined : classifyAddress(other);
    if (otherClass !== undefined) is = union(is, otherClass.is);
  } else if (hasDnsAuthority(scheme)) is = classifyName(host);
  is = union(is, handedOver(url));
  return {
    text,
    valid: true,
    scheme,
    host,
    suffixes: address === undefined ? suffixesOf(host) : [host],
    port: url.port === '' ? defaultPort(scheme) : Number(url.port),
    path: canonicalPath(url.pathname),
    ip: address?.ip ?? '',
    isIp: address !== undefined,
    ...is,
    // `http://a.example#@b.example` is made to be read as the host after the `@`.
    hasUserinfo: userinfo || /^[^/?#]*[?#]@/.test(text.slice(text.indexOf('//') + 2)),
    mixedScript: isDeceptiveHost(host),
    carriesData: address === undefined && carriesData(labelsOf(written, host), url),
  };
}

/** The host as it was written, in whose letters what is encoded may depend on their case. */
function labelsOf(written: string, host: string): string {
  const plain = hostPart(written).replace(/\.$/, '');
  return plain.toLowerCase() === host ? plain : host;
}

/** Parameters that name where to go back to, which for a program in development is this machine. */
const COMES_BACK =
  /(?:redirect|return|callback|next|continue|origin|back|referr?er|success|cancel|state)[\w.-]{0,12}$/i;

/** Where another URL leads that is handed over, as to a page that redirects or fetches for others: inside, or to a metadata service. */
function handedOver({ search, hash, pathname }: URL): AddressClass {
  let is: AddressClass = PUBLIC;
  const rest = `${pathname}${search}${hash}`;
  if (rest.length > 8192 || !/https?(?::|%3a|%253a)/i.test(rest)) return is;
  const decoded = rest
    .replace(/%25/g, '%')
    .replace(/%([0-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  for (const { 1: name = '', 2: authority = '' } of decoded.matchAll(
    /(?:[?&;#]([\w.-]{1,40})=)?https?:\/{1,4}([^/?#&\s]{1,255})/gi,
  )) {
    const host = parse(`http://${authority}/`)?.hostname;
    if (host === undefined) continue;
    const plain = host.startsWith('[') ? host.slice(1, -1) : host.replace(/\.$/, '');
    const inner = classifyAddress(plain)?.is ?? classifyName(plain);
    if (inner.metadata || (inner.private && !COMES_BACK.test(name))) is = union(is, { ...inner, loopback: false });
  }
  return is;
}

/** Lower case, Punycode, addresses in one spelling; undefined when no DNS name or address can look so. */
function canonicalHost(scheme: string, hostname: string): string | undefined {
  // A scheme other than the web's leaves its host as it was written, so every host goes through the web's rules.
  let host = isHttpLike(scheme) || scheme === 'file' ? hostname : parse(`http://${hostname}/`)?.hostname;
  if (host === undefined) return undefined;
  if (host.startsWith('[')) return host.slice(1, -1);
  if (host.endsWith('.')) host = host.slice(0, -1);
  if (host.length > 253 || !host.split('.').every((label) => /^[a-z0-9_-]{1,63}$/.test(label))) return undefined;
  return host;
}

function bareAuthority(hostname: string): string | undefined {
  const host = hostname.toLowerCase();
  return /^[a-z0-9._-]{1,253}$/.test(host) ? host : undefined;
}

function suffixesOf(host: string): string[] {
  const suffixes = [host];
  for (let dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) suffixes.push(host.slice(dot + 1));
  return suffixes;
}

/** Decodes what needs no encoding, so that `/%61dmin` is `/admin` (RFC 3986, 6.2.2.2). */
function canonicalPath(path: string): string {
  if (!path.includes('%')) return path;
  return path.replace(/%[0-9a-fA-F]{2}/g, (code) => {
    const character = String.fromCharCode(Number.parseInt(code.slice(1), 16));
    return /[A-Za-z0-9._~-]/.test(character) ? character : code.toUpperCase();
  });
}

function withoutHost(text: string, scheme: string, path: string): UrlFacts {
  return {
    text,
    valid: true,
    scheme,
    host: '',
    suffixes: [],
    port: -1,
    path,
    ip: '',
    isIp: false,
    ...PUBLIC,
    hasUserinfo: false,
    mixedScript: false,
    carriesData: false,
  };
}

function invalid(text: string): UrlFacts {
  return {
    text,
    valid: false,
    scheme: '',
    host: '',
    suffixes: [],
    port: -1,
    path: '',
    ip: '',
    isIp: false,
    loopback: true,
    private: true,
    linkLocal: true,
    metadata: true,
    hasUserinfo: true,
    mixedScript: true,
    carriesData: true,
  };
}

function parse(input: string): URL | undefined {
  try {
    const url = new URL(input);
    // Versions of the platform differ on labels that are no Punycode of a name.
    return url.hostname.split('.').some(isBrokenPunycode) ? undefined : url;
  } catch {
    return undefined;
  }
}

/** Offset of the end of the authority that starts at `from`. */
function authorityEnd(input: string, from: number): number {
  for (let i = from; i < input.length; i++) {
    const character = input[i];
    if (character === '/' || character === '?' || character === '#') return i;
  }
  return input.length;
}

/** The host of `host:port`, for reading how it was spelled. */
function hostPart(written: string): string {
  const folded = written
    .normalize('NFKC')
    .replaceAll('。', '.')
    .replaceAll(/%2e/gi, '.')
    .replaceAll(/%3([0-9])/g, '$1');
  return folded.replace(/:\d*$/, '');
}

/** `[fe80::1%25eth0]` without its zone, which only this machine could understand. */
function withoutZone(authority: string): string {
  const open = authority.indexOf('[');
  const percent = authority.indexOf('%', open);
  const close = authority.indexOf(']', open);
  return open < 0 || percent < 0 || close < percent ? authority : authority.slice(0, percent) + authority.slice(close);
}

function schemeOf(input: string): string {
  const match = /^[A-Za-z][A-Za-z0-9+.-]{0,63}(?=:)/.exec(input);
  return match === null ? '' : match[0];
}

/** As browsers do: no control characters or spaces at the ends, no tab or line end anywhere; and nothing invisible before the path. */
function withoutInvisible(url: string): string {
  let start = 0;
  let end = url.length;
  while (start < end && (url.charCodeAt(start) <= 0x20 || isInvisible(url.charCodeAt(start)))) start++;
  while (end > start && url.charCodeAt(end - 1) <= 0x20) end--;
  const trimmed = url.slice(start, end).replace(/[\t\n\r]+/g, '');
  const slashes = /^[^/?#]*:?[\\/]*/.exec(trimmed);
  const pathStart = authorityEnd(trimmed, slashes === null ? 0 : slashes[0].length);
  const head = trimmed.slice(0, pathStart);
  const plain = /^[\x20-\x7e]*$/.test(head) ? head : foldHead(head);
  return plain + trimmed.slice(pathStart);
}

function foldHead(head: string): string {
  const visible = head.replace(INVISIBLE, '');
  // Only the scheme and what marks it: the host is folded by the rules of IDNA, which refuse what would become a separator.
  const scheme = /^[^:：/\\?#@.\s]{1,40}[:：][/／]{0,2}/.exec(visible)?.[0] ?? '';
  return scheme.normalize('NFKC') + visible.slice(scheme.length);
}

const INVISIBLE = /[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]+/gu;

function isInvisible(code: number): boolean {
  return code === 0xfeff || (code >= 0x200b && code <= 0x200f) || code === 0x2060;
}
