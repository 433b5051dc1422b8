import { diagnostic, failure, type Result } from '../diagnostics/diagnostic.js';
import { isJsonObject, type JsonObject } from '../json/json-value.js';
import { parseJson } from '../json/parse-json.js';
import { ledgerFiles, linesOf } from './ledger-files.js';
import { type RowFrame, readRow } from './row.js';

/** A row of a ledger, whose own hash is right; what it says is read when it is asked for. */
export interface LedgerRow extends Pick<RowFrame, 'seq' | 'hash' | 'kind' | 'time'> {
  readonly file: string;
  /** All members with exact integers. */
  readonly json: () => Result<JsonObject>;
}

/**
 * The rows of a ledger, oldest first, those of files that were put away included. Lines that are no rows are left
 * out: `verifyLedger` names them.
 */
export function* readRows(path: string): Generator<LedgerRow> {
  for (const file of ledgerFiles(path)) {
    let line = 0;
    for (const { bytes } of linesOf(file)) {
      const firstLine = ++line;
      const row = readRow(bytes);
      if (row === undefined) continue;
      const { seq, hash, kind, time } = row;
      yield { file, seq, hash, kind, time, json: () => readMembers(bytes, file, firstLine) };
    }
  }
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

function readMembers(bytes: Uint8Array, file: string, firstLine: number): Result<JsonObject> {
  const json = parseJson({ name: file, text: decoder.decode(bytes), firstLine });
  if (!json.ok) return json;
  if (isJsonObject(json.value)) return { ...json, value: json.value };
  return failure([diagnostic('bad-row', 'this row is no object', { file: `${file}:${firstLine}` })]);
}
