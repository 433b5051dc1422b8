import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import {
  BYTES_OR_TEXT,
  numberThat,
  type OptionRules,
  oneOf,
  required,
  requireOptions,
} from '../diagnostics/check-options.js';

/** Who speaks: a request cannot be sent back as its own answer. */
export type Direction = 'request' | 'callback';

/** Headers of a signed message, by their names in lower case. */
export interface SignatureHeaders {
  /** Seconds since 1970. */
  readonly 'deodar-timestamp': string;
  readonly 'deodar-nonce': string;
  /** `v1=` and the HMAC-SHA-256 in hexadecimal digits. */
  readonly 'deodar-signature': string;
}

export interface SignOptions {
  readonly direction: Direction;
  readonly secret: string | Uint8Array;
  /** Milliseconds since 1970; default: now. */
  readonly now?: number;
}

// A time that is no number accepts nothing, so it need not be refused.
const SIGN_OPTIONS: OptionRules = {
  direction: required(oneOf('request', 'callback')),
  secret: required(BYTES_OR_TEXT),
  now: numberThat('milliseconds since 1970', () => true),
};
const VERIFY_OPTIONS: OptionRules = {
  ...SIGN_OPTIONS,
  toleranceSeconds: numberThat('a number of seconds', () => true),
};

/** Makes the headers that sign a body: an HMAC over direction, time, a nonce and the bytes of the body. */
export function signMessage(body: string, options: SignOptions): SignatureHeaders {
  requireOptions(options, SIGN_OPTIONS, 'signMessage()');
  const { direction, secret, now = Date.now() } = options;
  const timestamp = String(Math.floor(now / 1000));
  const nonce = randomBytes(16).toString('hex');
  const signature = `v1=${hmac(secret, direction, timestamp, nonce, body)}`;
  return { 'deodar-timestamp': timestamp, 'deodar-nonce': nonce, 'deodar-signature': signature };
}

/** Why a message is not accepted. */
export type MessageProblem = 'unsigned' | 'forged' | 'stale';

export interface VerifyMessageOptions extends SignOptions {
  /** How far clocks may differ, and how long nonces have to be remembered; default 300. */
  readonly toleranceSeconds?: number;
}

/**
 * Checks the signature of a message and that it was made just now; returns the problem, or undefined when there is
 * none. That its nonce is new is left to the caller.
 */
export function verifyMessage(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
  body: string,
  options: VerifyMessageOptions,
): MessageProblem | undefined {
  requireOptions(options, VERIFY_OPTIONS, 'verifyMessage()');
  const { direction, secret, now = Date.now(), toleranceSeconds = 300 } = options;
  const timestamp = headers['deodar-timestamp'];
  const nonce = headers['deodar-nonce'];
  const signature = headers['deodar-signature'];
  if (typeof timestamp !== 'string' || typeof nonce !== 'string' || typeof signature !== 'string') return 'unsigned';
  if (!/^\d{1,12}$/.test(timestamp) || !/^[\w-]{16,100}$/.test(nonce)) return 'forged';
  const expected = Buffer.from(`v1=${hmac(secret, direction, timestamp, nonce, body)}`);
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return 'forged';
  // Written so that a tolerance or a clock that is no number accepts nothing.
  return Math.abs(now / 1000 - Number(timestamp)) <= toleranceSeconds ? undefined : 'stale';
}

function hmac(secret: string | Uint8Array, ...parts: readonly string[]): string {
  return createHmac('sha256', secret)
    .update(['deodar-v1', ...parts].join('\n'), 'utf8')
    .digest('hex');
}

const SHORTEST_SECRET = 16;

/** Throws for a secret that could be guessed. */
export function checkSecret(secret: unknown): void {
  const length = typeof secret === 'string' || secret instanceof Uint8Array ? Buffer.from(secret).length : 0;
  if (length < SHORTEST_SECRET) throw new TypeError(`the secret is shorter than ${SHORTEST_SECRET} bytes`);
}
