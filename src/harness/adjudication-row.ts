import type { Diagnostic, Result } from '../diagnostics/diagnostic.js';
import { createJsonObject, isJsonObject, type JsonValue } from '../json/json-value.js';
import { printJson } from '../json/print-json.js';
import type { Ledger, RedactedValue } from '../ledger/ledger.js';
import { memberText } from '../ledger/row.js';
import type { Adjudication } from './adjudication.js';
import type { HarnessSetup } from './harness-setup.js';
import type { ParsedCall } from './parse-event.js';
import { trajectoryText } from './recorded-trajectory.js';
import type { Trajectory } from './trajectory.js';

/** What an adjudication was made from. */
export interface JudgedInput {
  readonly setup: HarnessSetup;
  /** As it was before the event. */
  readonly trajectory: Trajectory;
  /** The event, or why what was given is none that JSON can say. */
  readonly event: Result<JsonValue>;
  /** The JSON text of the event, where it is known. */
  readonly eventText: string | undefined;
}

/**
 * The members of an adjudication's row: the answer, and all that it takes to decide it again. The event keeps the order
 * of its members, as a policy on `parametersJson` may depend on it. Where something is
 * redacted, texts and hashes that could tell it are left out as well.
 */
export function adjudicationMembers(adjudication: Adjudication, input: JudgedInput, redact: Ledger['redact']): string {
  const callId = callIdOf(input.event);
  const event = input.event.ok ? redact?.(input.event.value) : undefined;
  const answered = callId === undefined ? undefined : input.trajectory.calls.get(callId);
  const call = redact === undefined || answered === undefined ? undefined : redactCall(answered.call, redact);
  const hidden =
    redact === undefined ? [] : [event, call].filter((part) => part !== undefined && part.pointers.length > 0);
  const whole = hidden.length === 0;
  let text = whole ? answerText(adjudication, input.setup) : newAnswerText(adjudication, input.setup, false);
  if (whole) text += `,"requestHash":"${adjudication.requestHash}"`;
  const state = trajectoryText(
    input.trajectory,
    callId === undefined || answered === undefined ? [] : [[callId, answered]],
    call === undefined ? printJson : () => printJson(call.value),
  );
  text += `,"trajectory":${state}`;
  if (input.event.ok)
    text += `,"event":${event === undefined ? (input.eventText ?? printJson(input.event.value)) : printJson(event.value)}`;
  else text += `,"unreadable":${listText(input.event.diagnostics, (problem) => diagnosticText(problem, true))}`;
  if (!whole) {
    const parts = hidden.map((part) => ({ nonce: part?.nonce, fields: part?.pointers }));
    text += `,"redacted":${JSON.stringify({ note: 'cannot be decided again', parts })}`;
  }
  return `${text},"durationNs":${adjudication.durationNs}`;
}

interface KnownText {
  readonly adjudication: Adjudication;
  readonly setup: HarnessSetup;
  readonly text: string;
}

/** The last texts by the list of their policies, which answers by one and the same policy share, and by stage. */
const answerTexts = new WeakMap<Adjudication['policies'], Map<Adjudication['stage'], KnownText>>();

/** The members that an answer has in common with others: most answers are as one before. */
function answerText(adjudication: Adjudication, setup: HarnessSetup): string {
  const { policies, stage, errors, diagnostics } = adjudication;
  if (errors.length > 0 || diagnostics.length > 0 || Object.hasOwn(adjudication, 'approvals'))
    return newAnswerText(adjudication, setup, true);
  let texts = answerTexts.get(policies);
  if (texts === undefined) {
    texts = new Map();
    answerTexts.set(policies, texts);
  }
  const known = texts.get(stage);
  if (known !== undefined && known.setup === setup && saysTheSame(known.adjudication, adjudication)) return known.text;
  const text = newAnswerText(adjudication, setup, true);
  texts.set(stage, { adjudication, setup, text });
  return text;
}

/** Whether two answers by the same list of policies, under one setup and without errors, read the same. */
function saysTheSame(a: Adjudication, b: Adjudication): boolean {
  return (
    a.decision === b.decision &&
    a.reason === b.reason &&
    a.stage === b.stage &&
    a.toolId === b.toolId &&
    a.routes.length === 0 &&
    b.routes.length === 0 &&
    a.mode === b.mode
  );
}

function newAnswerText(adjudication: Adjudication, setup: HarnessSetup, whole: boolean): string {
  const { errors, diagnostics, approvals } = adjudication;
  const members: Record<string, string> = {};
  members.setup = `"${setup.hash}"`;
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
  if (Object.hasOwn(adjudication, 'approvals')) members.approvals = JSON.stringify(approvals);
  members.mode = `"${adjudication.mode}"`;
  members.policySetHash = `"${adjudication.policySetHash}"`;
  members.schemaHash = `"${adjudication.schemaHash}"`;
  return memberText(members);
}

/** A list as JSON text; most are empty. */
function listText<T>(list: readonly T[], textOf: (element: T) => unknown): string {
  return list.length === 0 ? '[]' : JSON.stringify(list.map(textOf));
}

function diagnosticText({ code, message, pointer, help }: Diagnostic, whole: boolean): object {
  if (!whole) return { code, pointer };
  return { code, message, pointer, help };
}

/** The call that the event answers holds arguments, which are redacted as those of the event are. */
function redactCall({ parameters }: ParsedCall, redact: NonNullable<Ledger['redact']>): RedactedValue {
  const content = createJsonObject();
  const event = createJsonObject();
  content.parameters = parameters;
  event.content = content;
  const { value, ...rest } = redact(event);
  const redacted = isJsonObject(value) && isJsonObject(value.content) ? value.content.parameters : null;
  return { ...rest, value: redacted ?? null };
}

/** The call id that an event carries, well formed or not. */
export function callIdOf(event: Result<JsonValue>): string | undefined {
  if (!event.ok || !isJsonObject(event.value) || !isJsonObject(event.value.content)) return undefined;
  const { callId } = event.value.content;
  return typeof callId === 'string' ? callId : undefined;
}
