import { createPrivateKey, randomBytes } from 'node:crypto';
import {
  BYTES_OR_TEXT,
  numberThat,
  type OptionRules,
  required,
  requireOptions,
  SWITCH,
  TEXTS,
} from '../diagnostics/check-options.js';
import { FileLedger } from '../ledger/file-ledger.js';
import type { Ledger, Redaction } from '../ledger/ledger.js';
import type { LedgerKey } from '../ledger/ledger-key.js';
import { nodeKey } from '../ledger/node-key.js';
import { createRedaction } from '../ledger/redaction.js';

export interface LedgerOptions {
  /**
   * Wait until each row is on the disk (default false). A row that is not waited for survives the end of the process,
   * `kill -9` included, but not a power cut; waiting costs what the disk costs, often milliseconds a row.
   */
  readonly fsync?: boolean;
  /** Size in bytes from which a file is put away as `<name>.<number of its first row>.jsonl`; default 64 MiB. */
  readonly maxBytes?: number;
  /** Lock out other processes until `close`, which saves taking the lock for each row; default false. */
  readonly exclusive?: boolean;
  /** How long to wait for other writers before `LedgerError`; default 5,000. */
  readonly lockTimeoutMs?: number;
  /** Ed25519 private key, as PEM text or key object: each row is signed. */
  readonly signingKey?: string | LedgerKey;
  /** Fields that are recorded as commitments only; their rows cannot be decided again. */
  readonly redact?: Redaction;
}

const LEDGER_OPTIONS: OptionRules = {
  fsync: SWITCH,
  maxBytes: numberThat('a number above zero', (bytes) => bytes > 0),
  exclusive: SWITCH,
  lockTimeoutMs: numberThat('a number of milliseconds', (ms) => ms >= 0),
  signingKey: { allowed: 'an Ed25519 private key', test: (value) => typeof value === 'string' || isObject(value) },
  redact: { allowed: '`{ fields, key }`', test: isObject },
};
const REDACTION: OptionRules = { fields: required(TEXTS), key: required(BYTES_OR_TEXT) };

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

/**
 * Opens a ledger for appending, and creates it with its folder where there is none. Several processes may have one
 * open. Throws `LedgerError` when it cannot be written or its last row was changed.
 */
export function openLedger(path: string, options: LedgerOptions = {}): Ledger {
  if (typeof path !== 'string' || path === '') throw new TypeError('openLedger() takes the path of a file first');
  requireOptions(options, LEDGER_OPTIONS, 'openLedger()');
  if (options.redact !== undefined) requireOptions(options.redact, REDACTION, 'the redaction of openLedger()');
  const { signingKey, redact } = options;
  const maxBytes = options.maxBytes ?? 64 * 1024 * 1024;
  return new FileLedger({
    path,
    host: { pid: process.pid, now: Date.now, isAlive },
    fsync: options.fsync ?? false,
    maxBytes,
    exclusive: options.exclusive ?? false,
    lockTimeoutMs: options.lockTimeoutMs ?? 5000,
    signingKey: signingKey === undefined ? undefined : ed25519(signingKey),
    redact:
      redact === undefined
        ? undefined
        : createRedaction({ ...redact, fields: redact.fields.flatMap(bothNames) }, () =>
            randomBytes(16).toString('hex'),
          ),
  });
}

/** Events of older hosts call the arguments `args`: what is redacted there has two names. */
function bothNames(field: string): readonly string[] {
  return /^\/content\/parameters(?:\/|$)/.test(field) ? [field, field.replace('parameters', 'args')] : [field];
}

function ed25519(given: string | LedgerKey): LedgerKey {
  const key = typeof given === 'string' ? privateKey(given) : nodeKey(given);
  if (key.type !== 'private' || key.asymmetricKeyType !== 'ed25519')
    throw new TypeError('the signing key is no private Ed25519 key');
  return key;
}

/** What Node says of a text that is no key names its decoders. */
function privateKey(pem: string): LedgerKey {
  try {
    return createPrivateKey(pem);
  } catch {
    throw new TypeError(
      'the signing key cannot be read: needed is the PEM text of a private Ed25519 key, without a password',
    );
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process exists, too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
