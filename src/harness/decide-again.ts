import { type Diagnostic, diagnostic, failure, type Result, success } from '../diagnostics/diagnostic.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.js';
import { adjudicateEvent, type TimelessAdjudication } from './adjudicate-event.js';
import type { GrantedApproval } from './adjudication.js';
import { applyApprovals } from './approved.js';
import type { PreparedHarness } from './prepare-harness.js';
import { trajectoryFromJson } from './recorded-trajectory.js';

/** Decides the recorded request of an adjudication's row; a row with redacted inputs is a failure that says so. */
export function decideAgain(harness: PreparedHarness, row: JsonObject): Result<TimelessAdjudication> {
  if (row.redacted !== undefined)
    return failure([diagnostic('row-redacted', 'inputs of this row are redacted, so it cannot be decided again')]);
  const trajectory = trajectoryFromJson(row.trajectory);
  const event = recordedEvent(row);
  if (trajectory === undefined || event === undefined)
    return failure([diagnostic('bad-row', 'this row does not hold what an adjudication is made from')]);
  const { adjudication } = adjudicateEvent(harness, trajectory, event);
  return success(applyApprovals(adjudication, recordedApprovals(row.approvals)));
}

function recordedEvent({ event, unreadable }: JsonObject): Result<JsonValue> | undefined {
  if (event !== undefined) return success(event);
  if (!isJsonArray(unreadable)) return undefined;
  const diagnostics = unreadable.flatMap((problem) => (isJsonObject(problem) ? [recordedDiagnostic(problem)] : []));
  return failure(diagnostics);
}

function recordedDiagnostic({ code, message, pointer, help }: JsonObject): Diagnostic {
  return diagnostic(typeof code === 'string' ? code : '', typeof message === 'string' ? message : '', {
    ...(typeof pointer === 'string' ? { pointer } : {}),
    ...(typeof help === 'string' ? { help } : {}),
  });
}

function recordedApprovals(json: JsonValue | undefined): readonly GrantedApproval[] {
  if (!isJsonArray(json)) return [];
  return json.flatMap((entry): GrantedApproval[] => {
    if (!isJsonObject(entry)) return [];
    const { id, route, approver, at } = entry;
    if (typeof id !== 'string' || typeof approver !== 'string' || typeof at !== 'string') return [];
    return [{ id, route: typeof route === 'string' ? route : null, approver, at }];
  });
}
