import { type Diagnostic, diagnostic, failure, type Result, success } from '../diagnostics/diagnostic.js';
import type { TimelessAdjudication } from '../harness/adjudicate-event.js';
import { decideAgain } from '../harness/decide-again.js';
import { prepareSetup } from '../harness/harness-setup.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.js';
import { printJson } from '../json/print-json.js';
import { type LedgerRow, readRows } from '../ledger/read-rows.js';

/** A row with its answer decided once more. */
export interface RowExplanation {
  readonly adjudication: TimelessAdjudication;
  /** Members of the row that the answer of today does not have; empty when both agree. */
  readonly differences: readonly string[];
  /** The policies that decided or erred, as they are written. */
  readonly policies: readonly { readonly id: string; readonly text: string }[];
}

/** Decides the recorded request of a row again, under the policies that are recorded with it. */
export function explainRow(row: JsonObject, setup: JsonValue | undefined): Result<RowExplanation> {
  if (setup === undefined)
    return failure([diagnostic('no-setup', 'the setup that the row refers to is not in the files that are here')]);
  const prepared = prepareSetup(setup);
  if (!prepared.ok) return prepared;
  const again = decideAgain(prepared.value, row);
  if (!again.ok) return again;
  const adjudication = again.value;
  const named = new Set([...adjudication.policies.map(({ id }) => id), ...adjudication.errors.map((e) => e.policyId)]);
  const policies = prepared.value.policies.flatMap(({ id, policy: { source, span } }) =>
    named.has(id) && source !== undefined && span !== undefined
      ? [{ id, text: source.text.slice(span.start, span.end) }]
      : [],
  );
  return success({ adjudication, differences: differencesOf(row, adjudication), policies });
}

function differencesOf(row: JsonObject, adjudication: TimelessAdjudication): readonly string[] {
  const today: Readonly<Record<string, JsonValue>> = {
    decision: adjudication.decision,
    reason: adjudication.reason,
    stage: adjudication.stage,
    tool: adjudication.toolId,
    policies: adjudication.policies.map(({ id }) => id),
    routes: adjudication.routes,
    errors: adjudication.errors.map(({ policyId, message }) => [policyId, message]),
    diagnostics: adjudication.diagnostics.map(codeAndPointer),
    schemaHash: adjudication.schemaHash,
    requestHash: adjudication.requestHash,
  };
  const recorded: Readonly<Record<string, JsonValue | undefined>> = {
    ...row,
    errors: listOf(row.errors).map(({ policyId, message }) => [policyId ?? null, message ?? null]),
    diagnostics: listOf(row.diagnostics).map(({ code, pointer, message }) => [
      code ?? null,
      message ?? null,
      pointer ?? null,
    ]),
  };
  return Object.keys(today).filter((name) => printJson(today[name] ?? null) !== printJson(recorded[name] ?? null));
}

function codeAndPointer({ code, message, pointer }: Diagnostic): JsonValue {
  return [code, message, pointer ?? null];
}

function listOf(json: JsonValue | undefined): readonly JsonObject[] {
  return isJsonArray(json) ? json.filter(isJsonObject) : [];
}

/** A row, found by its number or by the beginning of its hash, with the setup that it refers to. */
export interface FoundRow {
  readonly row: LedgerRow;
  readonly json: JsonObject;
  readonly setup: JsonValue | undefined;
}

/** Finds the rows that a number or the beginning of a hash names. */
export function findRows(path: string, name: string): Result<readonly FoundRow[]> {
  const found: FoundRow[] = [];
  const setups = new Map<string, JsonValue>();
  const problems: Diagnostic[] = [];
  for (const row of readRows(path)) {
    const wanted =
      /^\d{1,12}$/.test(name) && row.seq === Number(name) ? true : name.length > 5 && row.hash.startsWith(name);
    if (!wanted && row.kind !== 'setup') continue;
    const json = row.json();
    if (!json.ok) {
      problems.push(...json.diagnostics);
      continue;
    }
    const { setup, value } = json.value;
    if (row.kind === 'setup' && typeof setup === 'string' && value !== undefined) setups.set(setup, value);
    if (wanted) found.push({ row, json: json.value, setup: setups.get(typeof setup === 'string' ? setup : '') });
  }
  return problems.length > 0 ? failure(problems) : success(found);
}
