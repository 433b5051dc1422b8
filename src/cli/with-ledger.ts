import { diagnostic } from '../diagnostics/diagnostic.js';
import { LedgerError } from '../ledger/ledger-error.js';
import { Exit, type Session } from './command.js';

/** Runs what reads a ledger; one that cannot be read is reported. */
export function withLedger(session: Session, work: () => number): number {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    session.report([diagnostic(error.code, error.message)]);
    return Exit.failure;
  }
}
