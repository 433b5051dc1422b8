import type { JsonValue } from '../json/json-value.js';
import type { RowHead, RowMembers } from './row.js';

/** What `append` has to heed, as the ledgers of this package do. */
export const HEEDS: Ledger['heeds'] = { setup: true, once: true, before: true };

/** What rows refer to by its hash and that is written once into each file: agent, policies, entities and settings. */
export interface RowSetup {
  readonly hash: string;
  /** As JSON text; only called when it must be written. */
  readonly text: () => string;
}

/** What `append` does beside writing its row. */
export interface AppendOptions {
  /** A row of the kind `setup` that has to be in front, unless the file that is written to has one of this hash. */
  readonly setup?: RowSetup | undefined;
  /** Refuses the row (`ledger-repeated`) when a row that is kept was appended with the same text. */
  readonly once?: string | undefined;
  /**
   * A row that is written in front of this one. An append that throws has kept neither; of a process that is stopped in
   * the midst the first may stay alone.
   */
  readonly before?: { readonly kind: string; readonly members: RowMembers } | undefined;
}

/** What of a recorded value is left out, and how a commitment to it is made. */
export interface Redaction {
  /** JSON pointers into what is recorded, such as `/content/parameters/token`; `*` stands for any one key or index. */
  readonly fields: readonly string[];
  /** Secret, at least 16 bytes: whoever has it can prove what a redacted value was. */
  readonly key: string | Uint8Array;
}

/**
 * Where adjudications are recorded. An append that returns has handed the row to the operating system. Another
 * implementation has to heed all options of `append`, or lose rows and take what was used for unused: harnesses refuse one
 * that does not say so.
 */
export interface Ledger {
  /** The options that `append` heeds. */
  readonly heeds: { readonly [Option in keyof Required<AppendOptions>]: true };
  /**
   * Appends a row at once, not in a promise; an answer without the head of a row counts as not recorded. Throws
   * `LedgerError` when it could not; then nothing of the row is kept.
   */
  append(kind: string, members: RowMembers, options?: AppendOptions): RowHead;
  /** The last row that this writer knows of. */
  readonly head: RowHead;
  /** Leaves out what is not to be recorded; undefined where everything is recorded. */
  readonly redact?: (value: JsonValue) => RedactedValue;
  close(): void;
}

/** A value of which parts were replaced by commitments. */
export interface RedactedValue {
  readonly value: JsonValue;
  /** Pointers of what was replaced; when there are none the value is whole. */
  readonly pointers: readonly string[];
  /** Number that the commitments of this row are made with; it is recorded beside them. */
  readonly nonce: string;
}
