/** Why a row could not be written, or read. */
export type LedgerProblem =
  | 'ledger-locked'
  | 'ledger-damaged'
  | 'ledger-unwritable'
  | 'ledger-unreadable'
  | 'ledger-closed'
  | 'ledger-repeated';

/**
 * Thrown when a row could not be written, so that nothing may be acted on that was to be recorded in it, or when what should be a
 * ledger cannot be read at all.
 */
export class LedgerError extends Error {
  override readonly name = 'LedgerError';
  readonly code: LedgerProblem;

  constructor(code: LedgerProblem, message: string, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause });
    this.code = code;
  }
}

/** Code of a failed system call, such as `ENOENT`; undefined for anything else. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
