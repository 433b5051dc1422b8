import { tokenKind } from './text/token-secrets.js';

/** Longer URLs are looked at up to here; common servers refuse them anyway. */
const longest = 8192;
/** Parameters whose values are encoded by the pages themselves. */
const pagesOwn =
  /^(?:state|nonce|cursor|after|before|page|continue|code_challenge|sig(?:nature)?|hash|v|id)$|token$|cursor$/i;
/** What only secrets and files of accounts look like. */
const leaked =
  /-----BEGIN |\broot:[x*]:0:0:|\b(?:DB|DATABASE|POSTGRES|MYSQL|REDIS|MONGO)_?[A-Z]*(?:PASS|URL|URI)[A-Z]*\s?[=:]\s?\S|\b(?:postgres(?:ql)?|mysql|mongodb(?:\+srv)?|redis|amqp):\/\/[^\s/:@]*:[^\s/@]+@|\b[A-Z][A-Z\d_]{2,40}(?:KEY|TOKEN|SECRET|PASSWORD|PASSWD)\s?[=:]\s?\S{6,}/;

/**
 * Whether a URL carries data away: a value, a part of the path or labels of the host that decode, as Base64, Base32 or
 * hex, to readable text, or that hold keys or a file of accounts as they are. Random identifiers do not read as text.
 */
export function carriesData(host: string, { pathname, search, hash }: URL): boolean {
  if (hostCarries(host)) return true;
  for (const [at, piece] of pathname.slice(0, longest).split('/').entries()) {
    const name = piece.replace(/\.[a-z\d]{1,5}$/i, '');
    if (at > 0 && name.length >= 28 && readsAsText(name)) return true;
    if (at > 0 && holdsToken(name, host)) return true;
  }
  for (const part of `${search.slice(1)}&${hash.slice(1)}`.slice(0, longest).split('&')) {
    const equals = part.indexOf('=');
    const value = decoded(part.slice(equals + 1));
    if (leaked.test(value) || isSource(value)) return true;
    const name = part.slice(0, Math.max(equals, 0));
    if (!(signer.test(name) && signed.test(search)) && holdsToken(value, host)) return true;
    if (!pagesOwn.test(name) && value.length >= 16 && readsAsText(value)) return true;
  }
  return false;
}

/** What signed addresses say of who signed them. */
const signer = /^(?:AWSAccessKeyId|OSSAccessKeyId|GoogleAccessId|Key-Pair-Id|q-ak)$/i;
const signed = /[?&](?:q-)?signature=/i;
/** Where pages and programs name their key in every address. */
const takesKeys = /(?:^|\.)(?:google|googleapis|youtube|firebaseio)\.com$/;

/** Whether a key or token stands in a value, alone or beside others. */
function holdsToken(value: string, host: string): boolean {
  if (value.length < 16) return false;
  return value.split(/[\s,;:|"'=]+/).some((piece) => {
    const kind = piece.length < 16 ? undefined : tokenKind(piece);
    return kind !== undefined && !(kind === 'google-api-key' && takesKeys.test(host));
  });
}

/** Whether a value is lines of a program. */
function isSource(value: string): boolean {
  return (
    value.includes('\n') &&
    /(?:^|\n)\s*(?:import|from|def|function|const|export|class|package|#include|require)\b[^\n]*[\w)(;:{]/.test(value)
  );
}

/** Labels in front of the name that somebody owns, one by one and, for hex, together. */
function hostCarries(host: string): boolean {
  const labels = host.split('.').slice(0, -2);
  if (labels.length === 0) return false;
  if (labels.some((label) => label.length >= 16 && (readsAsText(label) || isRandom(label)))) return true;
  const hex = labels.filter((label) => /^(?:[\da-f]{2}){4,}$/i.test(label)).join('');
  return hex.length >= 16 && readsAsText(hex);
}

/** Whether a label is a token or random text longer than names and the identifiers of hosts; a hash is neither. */
function isRandom(label: string): boolean {
  if (/^(?:bafy|bafk|bafz|qm|k51)/i.test(label)) return false;
  if (
    /^(?:gh[pousr]|github-pat|glpat|npm|sk|pk|rk|xox[abp]|akia|asia|aiza|hf|dop-v1|ya29)[-_]?[a-z\d-]{20,}$/i.test(
      label,
    ) &&
    /\d/.test(label)
  )
    return true;
  const run = /[a-z\d]{26,}/i.exec(label)?.[0] ?? '';
  return !/^[\da-f]*$/i.test(run) && run.replace(/\D/g, '').length >= 4 && run.replace(/\d/g, '').length >= 8;
}

function decoded(value: string): string {
  const text = value.replaceAll('+', ' ');
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Whether a text decodes to nothing but what people read; of random text of this length hardly any does. */
function readsAsText(text: string): boolean {
  const plain = text.replaceAll(' ', '+');
  if (/^(?:[\da-fA-F]{2}){8,}$/.test(plain))
    return isReadable(plain.match(/../g)?.map((pair) => Number.parseInt(pair, 16)) ?? []);
  if (/^[\w+/-]{16,}={0,2}$/.test(plain) && isReadable(bytesOf(plain, base64, 6))) return true;
  return /^[a-zA-Z2-7]{16,}=*$/.test(plain) && isReadable(bytesOf(plain.toUpperCase(), base32, 5));
}

const base64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function bytesOf(text: string, alphabet: string, bits: number): readonly number[] {
  const bytes: number[] = [];
  let held = 0;
  let count = 0;
  for (const character of text) {
    const value = alphabet.indexOf(character === '-' ? '+' : character === '_' ? '/' : character);
    if (value < 0) break;
    held = ((held << bits) | value) & 0xffff;
    count += bits;
    if (count >= 8) {
      count -= 8;
      bytes.push((held >> count) & 0xff);
    }
  }
  return bytes;
}

function isReadable(bytes: readonly number[]): boolean {
  return (
    bytes.length >= 8 &&
    bytes.every((byte) => (byte >= 0x20 && byte < 0x7f) || byte === 9 || byte === 10 || byte === 13)
  );
}
