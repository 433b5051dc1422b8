import { type OptionRules, requireOptions, TEXT } from '../diagnostics/check-options.js';
import { type Diagnostic, type DiagnosticOptions, diagnostic } from '../diagnostics/diagnostic.js';
import { type Line, ledgerFiles, linesOf } from './ledger-files.js';
import type { LedgerKey } from './ledger-key.js';
import { beginsLikeRow, GENESIS, isSignedBy, type RowFrame, type RowHead, readRow, wholeRowIn } from './row.js';

/** Problems that are reported; there may be more. */
const MOST_PROBLEMS = 100;

export interface VerifyOptions {
  /** Public Ed25519 keys: each row must then be signed by one of them. */
  readonly publicKeys?: readonly LedgerKey[];
  /** Hash of a row that was noted elsewhere: it must still be there. */
  readonly anchor?: string;
}

const VERIFY_OPTIONS: OptionRules = {
  publicKeys: { allowed: 'a list of public keys', test: (value) => Array.isArray(value) },
  anchor: TEXT,
};

export interface LedgerReport {
  /** Whether every row that is kept is as it was written, one after the other. */
  readonly ok: boolean;
  readonly files: readonly string[];
  readonly rows: number;
  /** Number of the first row that is kept; rows before it lie elsewhere. */
  readonly firstSeq: number | undefined;
  /** The last row: to be noted elsewhere, where nobody who can write the ledger can change it. */
  readonly head: RowHead | undefined;
  /** Rows that carry a signature. */
  readonly signed: number;
  /** Errors with file and line; notes say what could not be checked. */
  readonly diagnostics: readonly Diagnostic[];
}

interface Verifying {
  readonly keys: readonly LedgerKey[];
  readonly anchor: string | undefined;
  readonly diagnostics: Diagnostic[];
  last: RowHead | undefined;
  first: number | undefined;
  rows: number;
  signed: number;
  anchored: boolean;
  place: { readonly file: string; readonly line: number };
}

/**
 * Checks every row of a ledger, those of the files that were put away included: its own hash, its number, the hash of
 * the row before, and signatures where keys are given. Finds each change, deletion, insertion and exchange of what is
 * kept. That rows are missing at the end shows against the anchor alone, and a file rewritten as a whole with new
 * hashes against the anchor or the signatures.
 */
export function verifyLedger(path: string, options: VerifyOptions = {}): LedgerReport {
  requireOptions(options, VERIFY_OPTIONS, 'verifyLedger()');
  const { publicKeys = [], anchor } = options;
  const files = ledgerFiles(path);
  const verifying: Verifying = {
    keys: publicKeys,
    anchor,
    diagnostics: [],
    last: undefined,
    first: undefined,
    rows: 0,
    signed: 0,
    anchored: false,
    place: { file: path, line: 1 },
  };
  for (const [index, file] of files.entries()) verifyFile(verifying, file, index === files.length - 1);
  concludeVerification(verifying, files);
  const { diagnostics, rows, first, last, signed } = verifying;
  const ok = diagnostics.every(({ severity }) => severity !== 'error');
  return { ok, files, rows, firstSeq: first, head: last, signed, diagnostics };
}

function verifyFile(verifying: Verifying, file: string, isLast: boolean): void {
  let line = 0;
  for (const { bytes, complete } of linesOf(file)) {
    line++;
    verifying.place = { file, line };
    if (complete) verifyRow(verifying, bytes, line === 1);
    else verifyUnfinished(verifying, bytes, line === 1, isLast);
  }
}

function verifyRow(verifying: Verifying, bytes: Line['bytes'], opensFile: boolean): void {
  const row = readRow(bytes);
  if (row === undefined) {
    report(verifying, 'ledger-row-changed', 'this row is not as it was written');
    return;
  }
  const { last } = verifying;
  if (last === undefined) verifyFirst(verifying, row);
  else if (row.prev !== last.hash || row.seq !== last.seq + 1) reportBreak(verifying, last, row);
  if (opensFile && row.kind !== 'begin')
    report(verifying, 'ledger-rows-missing', `rows are missing at the beginning of the file, before row ${row.seq}`);
  if (row.signature !== undefined) verifying.signed++;
  if (verifying.keys.length > 0 && !isSignedBy(row, verifying.keys))
    report(
      verifying,
      'ledger-signature',
      row.signature === undefined
        ? `row ${row.seq} is not signed`
        : `the signature of row ${row.seq} is not of a key that was given`,
    );
  if (row.hash === verifying.anchor) verifying.anchored = true;
  verifying.last = { seq: row.seq, hash: row.hash };
  verifying.rows++;
}

function verifyFirst(verifying: Verifying, row: RowFrame): void {
  verifying.first = row.seq;
  if ((row.seq === 1) !== (row.prev === GENESIS.hash))
    report(verifying, 'ledger-rows-missing', `row ${row.seq} does not follow what it should`);
}

function reportBreak(verifying: Verifying, last: RowHead, row: RowFrame): void {
  if (row.seq > last.seq + 1) {
    const gap = row.seq - last.seq - 1;
    report(
      verifying,
      'ledger-rows-missing',
      `${gap === 1 ? 'a row is' : `${gap} rows are`} missing before row ${row.seq}`,
    );
  } else if (row.seq <= last.seq) {
    report(verifying, 'ledger-order', `row ${row.seq} stands after row ${last.seq}`);
  } else
    report(
      verifying,
      'ledger-row-replaced',
      `row ${row.seq} does not follow the row before it: one of the two was replaced`,
    );
}

/** A row that a stopped process left behind is no fault; a whole row with something behind it is. */
function verifyUnfinished(verifying: Verifying, bytes: Uint8Array, opensFile: boolean, isLast: boolean): void {
  const whole = readRow(bytes);
  if (whole !== undefined) {
    verifyRow(verifying, bytes, opensFile);
    if (isLast) return;
  }
  if (!isLast || !beginsLikeRow(bytes) || wholeRowIn(bytes) !== undefined) {
    report(verifying, 'ledger-row-changed', 'the last row is not as it was written');
    return;
  }
  report(
    verifying,
    'ledger-unfinished',
    `${bytes.length} bytes of a row that was being written when its process ended`,
    {
      severity: 'note',
      help: 'the answer of that row was never acted on; the next run removes it',
    },
  );
}

function concludeVerification(verifying: Verifying, files: readonly string[]): void {
  const { anchor, anchored, rows, signed, keys, first } = verifying;
  verifying.place = { file: files.at(-1) ?? verifying.place.file, line: 0 };
  if (files.length === 0)
    report(verifying, 'ledger-missing', 'there is no such ledger', {
      help: 'check the path; the first answer that is recorded makes the file',
    });
  else if (rows === 0) {
    const isForeign = verifying.diagnostics.length > 0;
    report(verifying, 'ledger-empty', isForeign ? 'no line is a row: is this a ledger?' : 'there is no row', {
      severity: 'note',
    });
  }
  if (anchor !== undefined && !anchored)
    report(verifying, 'ledger-anchor', `the row ${anchor} that was noted is not there: rows were cut off or rewritten`);
  if (anchor === undefined && files.length > 0)
    report(verifying, 'ledger-no-anchor', 'whether rows are missing at the end was not checked', {
      severity: 'note',
      help: 'note the head elsewhere, and give it with --head next time',
    });
  if (signed > 0 && keys.length === 0)
    report(verifying, 'ledger-keys', `${signed} signatures were not checked`, {
      severity: 'note',
      help: 'give the public key with --public-key',
    });
  if (first !== undefined && first > 1)
    report(verifying, 'ledger-begins-late', `the files that are here begin with row ${first}`, { severity: 'note' });
}

function report(verifying: Verifying, code: string, message: string, options: DiagnosticOptions = {}): void {
  if (verifying.diagnostics.length >= MOST_PROBLEMS && options.severity === 'note') return;
  if (verifying.diagnostics.length > MOST_PROBLEMS) return;
  const { file, line } = verifying.place;
  const where = line === 0 ? file : `${file}:${line}`;
  verifying.diagnostics.push(diagnostic(code, message, { file: where, ...options }));
}
