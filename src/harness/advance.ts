import type { Result } from '../diagnostics/diagnostic.js';
import { isJsonObject, type JsonValue } from '../json/json-value.js';
import { type Adjudication, Decision } from './adjudication.js';
import { callIdOf } from './adjudication-row.js';
import type { ParsedCall, ParsedEvent } from './parse-event.js';
import type { JudgedCall, Trajectory } from './trajectory.js';

/** The trajectory as it was before an event that is judged again. */
export function asBefore(trajectory: Trajectory, event: Result<JsonValue>): Trajectory {
  const callId = callIdOf(event);
  const judged = callId === undefined ? undefined : trajectory.calls.get(callId);
  if (callId === undefined || judged === undefined) return trajectory;
  const calls = new Map(trajectory.calls);
  if (event.ok && isJsonObject(event.value) && event.value.stage === 'POST_TOOL') {
    calls.set(callId, { ...judged, status: 'open' });
    return { ...trajectory, calls };
  }
  calls.delete(callId);
  const { toolId } = judged.call;
  const callsOfTool = new Map(trajectory.callsOfTool);
  callsOfTool.set(toolId, (callsOfTool.get(toolId) ?? 1) - 1);
  return { ...trajectory, toolCalls: trajectory.toolCalls - 1, callsOfTool, calls };
}

/** The trajectory after an event has been judged; `resultFollows` says whether the result of a call will be, too. */
export function advance(
  trajectory: Trajectory,
  event: ParsedEvent | undefined,
  { decision, mode }: Pick<Adjudication, 'decision' | 'mode'>,
  resultFollows: boolean,
): Trajectory {
  const next = counted(trajectory, event);
  if (event?.stage === 'PRE_TOOL') {
    if (event.callId !== undefined && !trajectory.calls.has(event.callId)) {
      const status = decision === Decision.DENY ? 'denied' : 'open';
      // In shadow mode a call that was denied runs all the same, and has a result.
      const isAwaited = resultFollows && (status === 'open' || mode === 'shadow');
      addCall(
        trajectory.calls,
        event.callId,
        isAwaited ? { call: event, status } : settled(trajectory.calls, event, status),
      );
    }
    return next;
  }
  const judged = event?.callId === undefined ? undefined : trajectory.calls.get(event.callId);
  if (event?.stage !== 'POST_TOOL' || event.callId === undefined || judged === undefined) return next;
  // Its arguments are needed no more, unless the result is judged again after an approval.
  const call = decision === Decision.ESCALATE ? judged.call : withoutArguments(judged.call);
  trajectory.calls.set(event.callId, { call, status: 'answered' });
  awaited.get(trajectory.calls)?.delete(event.callId);
  return next;
}

/** The trajectory with one event more in its counts. Written out, as every event makes one and copying is slower. */
function counted(trajectory: Trajectory, event: ParsedEvent | undefined): Trajectory {
  const { id, parent, ancestors, user, status, steps, turns, toolCalls, callsOfTool, labels, calls } = trajectory;
  const isCall = event?.stage === 'PRE_TOOL';
  return {
    id,
    parent,
    ancestors,
    user,
    status,
    steps: steps + 1,
    turns: event?.stage === 'PRE_MODEL' ? turns + 1 : turns,
    toolCalls: isCall ? toolCalls + 1 : toolCalls,
    callsOfTool: isCall
      ? new Map(callsOfTool).set(event.toolId, (callsOfTool.get(event.toolId) ?? 0) + 1)
      : callsOfTool,
    labels,
    calls,
  };
}

/** A call that was judged must not have run after all, so there can be no result of it. */
export function forbidResult({ calls }: Trajectory, call: ParsedCall): void {
  const judged = call.callId === undefined ? undefined : calls.get(call.callId);
  if (call.callId === undefined || judged?.call !== call) return;
  calls.set(call.callId, { call: withoutArguments(call), status: 'denied' });
  awaited.get(calls)?.delete(call.callId);
}

type Settled = Extract<JudgedCall['status'], 'answered' | 'denied'>;

/** What is known of calls of which no result is expected, by run, status and tool: that their ids were used is enough. */
const settledCalls = new WeakMap<Trajectory['calls'], Readonly<Record<Settled, Map<string, JudgedCall>>>>();

/** One value for all such calls of a tool, since a long run makes many. */
function settled(calls: Trajectory['calls'], call: ParsedCall, decided: 'open' | 'denied'): JudgedCall {
  let ofRun = settledCalls.get(calls);
  if (ofRun === undefined) {
    ofRun = { answered: new Map(), denied: new Map() };
    settledCalls.set(calls, ofRun);
  }
  const status: Settled = decided === 'open' ? 'answered' : decided;
  const known = ofRun[status].get(call.toolId);
  if (known !== undefined) return known;
  const judged: JudgedCall = { call: { ...withoutArguments(call), callId: undefined, host: undefined }, status };
  ofRun[status].set(call.toolId, judged);
  return judged;
}

function withoutArguments({ role, trajectoryId, host, callId, stage, toolId }: ParsedCall): ParsedCall {
  return { role, trajectoryId, host, callId, stage, toolId, parameters: null };
}

/** Calls of one run whose arguments are kept until their results come. */
const MOST_AWAITED = 1000;

/** The ids of the calls of a run that wait for their results, oldest first. */
const awaited = new WeakMap<Trajectory['calls'], Set<string>>();

/** Adds a call; where too many wait for their results, the oldest is given up, and its result will be refused. */
function addCall(calls: Trajectory['calls'], id: string, added: JudgedCall): void {
  calls.set(id, added);
  if (added.call.parameters === null) return;
  const waiting = awaitedOf(calls).add(id);
  const [oldest] = waiting.size > MOST_AWAITED ? waiting : [];
  const judged = oldest === undefined ? undefined : calls.get(oldest);
  if (oldest === undefined || judged === undefined) return;
  waiting.delete(oldest);
  calls.set(oldest, { call: withoutArguments(judged.call), status: 'forgotten' });
}

function awaitedOf(calls: Trajectory['calls']): Set<string> {
  const known = awaited.get(calls);
  if (known !== undefined) return known;
  const open = [...calls].flatMap(([id, { call, status }]) =>
    status !== 'answered' && call.parameters !== null ? [id] : [],
  );
  const waiting = new Set(open);
  awaited.set(calls, waiting);
  return waiting;
}
