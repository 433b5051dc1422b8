import { isJsonArray, isJsonObject, type JsonValue } from '../json/json-value.js';
import { printJson } from '../json/print-json.js';
import { quotedText } from '../json/quoted-text.js';
import type { ParsedCall } from './parse-event.js';
import { type JudgedCall, openTrajectory, type Trajectory } from './trajectory.js';

/** What of a call is recorded: its arguments, as JSON text, may be redacted. */
export type CallText = (parameters: JsonValue) => string;

type Recorded =
  | 'id'
  | 'parent'
  | 'ancestors'
  | 'user'
  | 'status'
  | 'steps'
  | 'turns'
  | 'toolCalls'
  | 'callsOfTool'
  | 'labels'
  | 'calls';
// A field that is added to trajectories must be recorded too; this line then no longer compiles.
true satisfies Exclude<keyof Trajectory, Recorded> extends never ? true : never;

/**
 * The state of a trajectory as JSON text, with the calls that are named: what an answer depended on needs the call that
 * the event is about, what goes on in another process needs all of them. Written piece by piece, as each row has one.
 */
export function trajectoryText(
  trajectory: Trajectory,
  calls: Iterable<readonly [string, JudgedCall]>,
  argumentsText: CallText = printJson,
): string {
  const { id, parent, ancestors, user, status, steps, turns, toolCalls, callsOfTool, labels } = trajectory;
  let text = `{"id":${quotedText(id)},"status":"${status}","steps":${steps},"turns":${turns},"toolCalls":${toolCalls}`;
  if (parent !== undefined) text += `,"parent":${quotedText(parent)}`;
  if (ancestors.length > 0) text += `,"ancestors":${JSON.stringify(ancestors)}`;
  if (user !== undefined) text += `,"user":${quotedText(user)}`;
  if (callsOfTool.size > 0) text += `,"callsOfTool":[${countsText(callsOfTool)}]`;
  if (labels.size > 0) text += `,"labels":${JSON.stringify([...labels])}`;
  let known = '';
  for (const [callId, { call, status: ended }] of calls) {
    const { toolId, parameters } = call;
    known += `${known === '' ? '' : ','}{"callId":${quotedText(callId)},"status":${JSON.stringify(ended)}`;
    known += `,"toolId":${quotedText(toolId)},"parameters":${argumentsText(parameters)}}`;
  }
  return known === '' ? `${text}}` : `${text},"calls":[${known}]}`;
}

function countsText(counts: Trajectory['callsOfTool']): string {
  let text = '';
  for (const [name, count] of counts) text += `${text === '' ? '' : ','}[${quotedText(name)},${JSON.stringify(count)}]`;
  return text;
}

/** Reads what `trajectoryText` wrote; undefined when it is something else. */
export function trajectoryFromJson(json: JsonValue | undefined): Trajectory | undefined {
  if (!isJsonObject(json)) return undefined;
  const { id, parent, user, status, steps, turns, toolCalls } = json;
  const callsOfTool = countsIn(json.callsOfTool);
  const ancestors = textsIn(json.ancestors);
  const labels = textsIn(json.labels);
  const calls = callsFromJson(json.calls);
  if (typeof id !== 'string' || typeof steps !== 'number' || typeof toolCalls !== 'number') return undefined;
  if (typeof turns !== 'number' || callsOfTool === undefined) return undefined;
  if (status !== 'open' && status !== 'finalized' && status !== 'failed') return undefined;
  if (ancestors === undefined || labels === undefined || calls === undefined) return undefined;
  return {
    ...openTrajectory(id),
    parent: typeof parent === 'string' ? parent : undefined,
    user: typeof user === 'string' ? user : undefined,
    ancestors,
    status,
    steps,
    turns,
    toolCalls,
    callsOfTool: new Map(callsOfTool),
    labels: new Set(labels),
    calls: new Map(calls),
  };
}

function countsIn(json: JsonValue | undefined): readonly (readonly [string, number])[] | undefined {
  if (json === undefined) return [];
  if (!isJsonArray(json)) return undefined;
  const counts = json.flatMap((member): (readonly [string, number])[] => {
    const [tool, count] = isJsonArray(member) ? member : [];
    return typeof tool === 'string' && typeof count === 'number' ? [[tool, count]] : [];
  });
  return counts.length === json.length ? counts : undefined;
}

function textsIn(json: JsonValue | undefined): readonly string[] | undefined {
  if (json === undefined) return [];
  if (!isJsonArray(json)) return undefined;
  const texts = json.filter((member) => typeof member === 'string');
  return texts.length === json.length ? texts : undefined;
}

function callsFromJson(json: JsonValue | undefined): readonly (readonly [string, JudgedCall])[] | undefined {
  if (json === undefined) return [];
  if (!isJsonArray(json)) return undefined;
  const calls = json.flatMap((member) => callFromJson(member));
  return calls.length === json.length ? calls : undefined;
}

function callFromJson(json: JsonValue): (readonly [string, JudgedCall])[] {
  if (!isJsonObject(json)) return [];
  const { callId, status, toolId, parameters } = json;
  if (typeof callId !== 'string' || typeof toolId !== 'string' || parameters === undefined) return [];
  if (status !== 'open' && status !== 'denied' && status !== 'answered' && status !== 'forgotten') return [];
  const call: ParsedCall = {
    stage: 'PRE_TOOL',
    role: 'model',
    trajectoryId: undefined,
    host: undefined,
    callId,
    toolId,
    parameters,
  };
  return [[callId, { call, status }]];
}
