import { createJsonObject, isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.js';
import type { ParsedCall } from './parse-event.js';
import { type JudgedCall, openTrajectory, type Trajectory } from './trajectory.js';

/**
 * The state of a trajectory as JSON, with the calls that are named: what an answer depended on needs the call that the
 * event is about, what goes on in another process needs all of them.
 */
export function trajectoryToJson(trajectory: Trajectory, callIds: Iterable<string>): JsonObject {
  const { id, parent, ancestors, user, status, steps, turns, toolCalls, callsOfTool, labels, calls, ...rest } =
    trajectory;
  // A field that is added to trajectories must be recorded too; this line then no longer compiles.
  rest satisfies Record<string, never>;
  const json = createJsonObject();
  json.id = id;
  json.status = status;
  json.steps = steps;
  json.turns = turns;
  json.toolCalls = toolCalls;
  if (parent !== undefined) json.parent = parent;
  if (ancestors.length > 0) json.ancestors = ancestors;
  if (user !== undefined) json.user = user;
  if (callsOfTool.size > 0) json.callsOfTool = [...callsOfTool].map(([tool, count]) => [tool, count]);
  if (labels.size > 0) json.labels = [...labels];
  const known = [...callIds].flatMap((callId) => {
    const judged = calls.get(callId);
    return judged === undefined ? [] : [callToJson(callId, judged)];
  });
  if (known.length > 0) json.calls = known;
  return json;
}

function callToJson(callId: string, { call, status }: JudgedCall): JsonObject {
  const json = createJsonObject();
  json.callId = callId;
  json.status = status;
  json.toolId = call.toolId;
  json.parameters = call.parameters;
  return json;
}

/** Reads what `trajectoryToJson` wrote; undefined when it is something else. */
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
