import type { Diagnostic, Result } from '../diagnostics/diagnostic.js';
import { createJsonObject, isJsonArray, isJsonObject, type JsonValue } from '../json/json-value.js';
import { printJson } from '../json/print-json.js';
import type { Ledger, RedactedValue } from '../ledger/ledger.js';
import type { TimelessAdjudication } from './adjudicate-event.js';
import type { HarnessSetup } from './harness-setup.js';
import { trajectoryToJson } from './recorded-trajectory.js';
import type { Trajectory } from './trajectory.js';

/** What an adjudication was made from. */
export interface JudgedInput {
  readonly setup: HarnessSetup;
  /** As it was before the event. */
  readonly trajectory: Trajectory;
  /** The event, or why what was given is none that JSON can say. */
  readonly event: Result<JsonValue>;
}

/**
 * The members of an adjudication's row: the answer, and all that it takes to decide it again. The event keeps the order
 * of its members, as a policy on `parametersJson` may depend on it. Where something is
 * redacted, texts and hashes that could tell it are left out as well.
 */
export function adjudicationMembers(
  adjudication: TimelessAdjudication,
  input: JudgedInput,
  redact: Ledger['redact'],
): Record<string, string> {
  const callId = callIdOf(input.event);
  const state = trajectoryToJson(input.trajectory, callId === undefined ? [] : [callId]);
  const event = input.event.ok ? redact?.(input.event.value) : undefined;
  const calls = redactCalls(state.calls, redact);
  const hidden =
    redact === undefined ? [] : [event, calls].filter((part) => part !== undefined && part.pointers.length > 0);
  const whole = hidden.length === 0;
  const { errors, diagnostics, approvals } = adjudication;
  const members: Record<string, string> = {};
  members.setup = `"${input.setup.hash}"`;
  members.decision = `"${adjudication.decision}"`;
  if (whole) members.reason = JSON.stringify(adjudication.reason);
  members.stage = JSON.stringify(adjudication.stage);
  members.tool = JSON.stringify(adjudication.toolId);
  members.policies = listText(adjudication.policies, ({ id }) => id);
  members.routes = listText(adjudication.routes, (route) => route);
  members.errors = listText(errors, ({ policyId, effect, kind, message }) =>
    whole ? { policyId, effect, kind, message } : { policyId, effect, kind },
  );
  members.diagnostics = listText(diagnostics, (problem) => diagnosticText(problem, whole));
  if (approvals !== undefined) members.approvals = JSON.stringify(approvals);
  members.mode = `"${adjudication.mode}"`;
  members.policySetHash = `"${adjudication.policySetHash}"`;
  members.schemaHash = `"${adjudication.schemaHash}"`;
  if (whole) members.requestHash = `"${adjudication.requestHash}"`;
  members.trajectory = printJson(calls === undefined ? state : withMember(state, 'calls', calls.value));
  if (input.event.ok) members.event = printJson(event === undefined ? input.event.value : event.value);
  else members.unreadable = listText(input.event.diagnostics, (problem) => diagnosticText(problem, true));
  if (!whole)
    members.redacted = JSON.stringify({
      note: 'cannot be decided again',
      parts: hidden.map((part) => ({ nonce: part?.nonce, fields: part?.pointers })),
    });
  return members;
}

/** A list as JSON text; most are empty. */
function listText<T>(list: readonly T[], textOf: (element: T) => unknown): string {
  return list.length === 0 ? '[]' : JSON.stringify(list.map(textOf));
}

function diagnosticText({ code, message, pointer, help }: Diagnostic, whole: boolean): object {
  if (!whole) return { code, pointer };
  return { code, message, pointer, help };
}

/** Calls that the event answers hold arguments, which are redacted as those of the event are. */
function redactCalls(calls: JsonValue | undefined, redact: Ledger['redact']): RedactedValue | undefined {
  if (redact === undefined || !isJsonArray(calls)) return undefined;
  const [call] = calls;
  if (!isJsonObject(call)) return undefined;
  const content = createJsonObject();
  const event = createJsonObject();
  content.parameters = call.parameters ?? null;
  event.content = content;
  const { value, ...rest } = redact(event);
  const redacted = isJsonObject(value) && isJsonObject(value.content) ? value.content.parameters : null;
  return { ...rest, value: [withMember(call, 'parameters', redacted ?? null)] };
}

function withMember(object: Readonly<Record<string, JsonValue>>, name: string, value: JsonValue): JsonValue {
  const copy = createJsonObject();
  Object.assign(copy, object);
  copy[name] = value;
  return copy;
}

/** The call id that an event carries, well formed or not. */
export function callIdOf(event: Result<JsonValue>): string | undefined {
  if (!event.ok || !isJsonObject(event.value) || !isJsonObject(event.value.content)) return undefined;
  const { callId } = event.value.content;
  return typeof callId === 'string' ? callId : undefined;
}
