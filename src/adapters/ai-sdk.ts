import { createHash } from 'node:crypto';
import { types } from 'node:util';
import {
  NONEMPTY_TEXT,
  type OptionRules,
  oneOf,
  required,
  requireOptions,
  SWITCH,
  TEXTS,
} from '../diagnostics/check-options.js';
import type { Result } from '../diagnostics/diagnostic.js';
import type { Approver } from '../enforcement/approval.js';
import { BlockedError } from '../enforcement/blocked-error.js';
import { APPROVAL_RULES, type GuardSettings, guardSettings } from '../enforcement/guard-options.js';
import {
  callEvent,
  type GuardedCall,
  type Judged,
  judgedValue,
  noteOutcome,
  openCall,
  requireApproved,
  resultEvent,
} from '../enforcement/guarded-call.js';
import { requireToolMap, undeclaredTool } from '../enforcement/known-tools.js';
import { readResult } from '../enforcement/read-result.js';
import { type Adjudication, Decision } from '../harness/adjudication.js';
import { HARNESS } from '../harness/check-settings.js';
import type { AgentEvent } from '../harness/event.js';
import type { PolicyHarness } from '../harness/policy-harness.js';
import { isJsonObject, type JsonValue } from '../json/json-value.js';
import { printJson } from '../json/print-json.js';
import { askInConversation, member, requireApprovedInConversation } from './ai-sdk-approvals.js';
import { type RunsUnderWay, runsOf } from './ai-sdk-runs.js';

export interface GuardToolsOptions {
  readonly harness: PolicyHarness;
  /** Trajectory of the calls; without one it is the current trajectory when a call is made. */
  readonly trajectoryId?: string;
  /**
   * What the model reads of a call that is not allowed, as the tool's error. `block` (default): `Action blocked: ...`, a
   * `BlockedError`, on which `stopOnBlock` ends the generation; `steer`: `Tool blocked: ... Try a different approach.`
   * `finalize`: as `block`, and a DENY ends the trajectory: no further call runs, of whatever map of this harness, and
   * once the results of those that are under way have been judged, it is finalized.
   */
  readonly onDeny?: 'block' | 'steer' | 'finalize';
  /**
   * Names of tools that stay as they are. A tool without `execute` runs at the provider or in the client, where nothing
   * can hold it back, so it has to be named here.
   */
  readonly unguarded?: readonly string[];
  /**
   * Who is asked on ESCALATE, while the call waits; without one the SDK asks (`needsApproval`), for one answer, so that
   * an escalation with several routes is refused.
   */
  readonly approver?: Approver;
  /** How long an approval may take, at most 2,000,000,000; default 15 minutes. */
  readonly approvalTimeoutMs?: number;
  /** What silence of the approver means; default `deny`. */
  readonly onTimeout?: 'deny' | 'approve';
  /**
   * Whether an approval in the conversation counts though this harness asked nobody, as where another process answers the
   * next request. Whoever can write the conversation then approves: have the SDK sign it
   * (`experimental_toolApprovalSecret`). Default false.
   */
  readonly trustConversation?: boolean;
}

const OPTIONS: OptionRules = {
  ...APPROVAL_RULES,
  harness: required(HARNESS),
  trajectoryId: NONEMPTY_TEXT,
  onDeny: oneOf('block', 'steer', 'finalize'),
  unguarded: TEXTS,
  trustConversation: SWITCH,
};

/** The error of a call that was not allowed, with a text that sends the model another way. */
export class SteeredError extends Error {
  override readonly name = 'SteeredError';
  readonly adjudication: Adjudication;

  constructor(adjudication: Adjudication, reason = adjudication.reason) {
    super(`Tool blocked: ${reason} Try a different approach.`);
    this.adjudication = adjudication;
  }
}

/** The error of a call whose result is not for the model; the tool has run. */
export class WithheldError extends Error {
  override readonly name = 'WithheldError';
  readonly adjudication: Adjudication | undefined;

  constructor(reason: string, adjudication?: Adjudication) {
    super(`Tool result withheld: ${reason}`);
    this.adjudication = adjudication;
  }
}

/**
 * A tool map of the AI SDK (`ai`) whose tools are judged: the call before `execute`, which then gets a frozen copy of
 * what was judged, and the result before the model sees it, which is passed on as it is where its JSON text says all that was
 * judged, and otherwise as the JSON that was. On ESCALATE the `approver` is asked, or the SDK does
 * (`needsApproval`). What is approved is the call as it was judged, once, in time and under the same policies; it is judged
 * again, and runs only where approvals of all routes are all that was missing. The types of the tools stay.
 *
 * Calls are counted in the order in which the SDK makes them. Results that come piece by piece are waited for, and only
 * the last piece, which the model would read, is passed on. What a tool's own `toModelOutput` makes of a result is judged
 * when the SDK first asks for it, as one more result that answers no call, or as a message of the role tool where the
 * agent declares the tool's `outputSchema`; what is not allowed, or cannot be judged as no trajectory is open, becomes an
 * error text. An error that a tool throws is judged as the result `{ error: message }`, anything else that it throws as
 * `{ error: value }`. In shadow mode everything is judged and nothing held back. Throws when a tool is not declared in
 * the agent, or has no `execute` and is not named in `unguarded`.
 */
export function guardTools<Tools extends Readonly<Record<string, object>>>(
  tools: Tools,
  options: GuardToolsOptions,
): Tools {
  requireToolMap(tools, 'guardTools() takes an object of tools');
  requireOptions(options, OPTIONS, 'guardTools()');
  const { unguarded = [] } = options;
  const unknown = unguarded.find((name) => !Object.hasOwn(tools, name));
  if (unknown !== undefined) throw new Error(`there is no tool ${JSON.stringify(unknown)} to leave unguarded`);
  const runs = runsOf(options.harness);
  const guarded = Object.entries(tools)
    .filter(([name]) => !unguarded.includes(name))
    .map(([name, tool]) => [name, guardTool(name, tool, options, runs)] as const);
  return Object.assign({ ...tools }, Object.fromEntries(guarded));
}

/** A condition for `stopWhen`: the last step holds a call that was blocked. */
export function stopOnBlock({
  steps,
}: {
  readonly steps: readonly { readonly content: readonly object[] }[];
}): boolean {
  const content = steps.at(-1)?.content ?? [];
  return content.some((part) => 'error' in part && part.error instanceof BlockedError);
}

interface RunnableTool {
  readonly execute: (input: unknown, options: unknown) => unknown;
  readonly needsApproval?: unknown;
  readonly toModelOutput?: unknown;
}

function isRunnable(tool: object): tool is RunnableTool {
  return 'execute' in tool && typeof tool.execute === 'function';
}

function guardTool(toolId: string, tool: object, options: GuardToolsOptions, runs: RunsUnderWay): object {
  if (!isRunnable(tool)) {
    throw new Error(
      `the tool ${JSON.stringify(toolId)} has no \`execute\`, so its calls cannot be held back: name it in \`unguarded\``,
    );
  }
  const undeclared = undeclaredTool(options.harness, toolId);
  if (undeclared !== undefined) throw new Error(undeclared);
  const judged = new JudgedTool(toolId, tool, options, runs);
  return {
    ...tool,
    execute: (input: unknown, call: unknown) => judged.execute(input, call),
    needsApproval: (input: unknown, call: unknown) => judged.needsApproval(input, call),
    ...(isFunction(tool.toModelOutput) ? { toModelOutput: (given: unknown) => judged.toModelOutput(given) } : {}),
  };
}

/** Most results of one tool of which it is known what was decided about what the model reads of them. */
const MOST_VERDICTS = 1000;
/** Most characters of the input of one call. */
const MOST_INPUT = 16 * 1024 * 1024;

class JudgedTool {
  private readonly toolId: string;
  private readonly tool: RunnableTool;
  private readonly options: GuardToolsOptions;
  private readonly settings: GuardSettings;
  private readonly runs: RunsUnderWay;
  /** Why what the tool made of a result was withheld, if it was, by the hash of the call and of that. */
  private readonly verdicts = new Map<string, string | undefined>();

  constructor(toolId: string, tool: RunnableTool, options: GuardToolsOptions, runs: RunsUnderWay) {
    this.toolId = toolId;
    this.tool = tool;
    this.options = options;
    this.settings = settingsOf(options);
    this.runs = runs;
  }

  /** Whether the SDK is to ask: the tool wants it, or policies do. The call is counted when it is made. */
  async needsApproval(input: unknown, call: unknown): Promise<boolean> {
    const wanted = this.escalates(input, call);
    const own = this.tool.needsApproval;
    return wanted || own === true || (isFunction(own) && (await own.call(this.tool, input, call)) === true);
  }

  private escalates(input: unknown, call: unknown): boolean {
    const { harness, approver } = this.options;
    const id = this.trajectoryId();
    // Of a call that cannot be made nobody is asked.
    if (this.isShadow() || approver !== undefined || (id !== undefined && this.runs.isOver(id))) return false;
    const guarded = this.open(call);
    const event = callEvent(guarded, [input]);
    const adjudication = harness.decideJson(event);
    return adjudication.decision === Decision.ESCALATE && askInConversation(guarded, { event, adjudication }, call);
  }

  async execute(input: unknown, call: unknown): Promise<unknown> {
    const guarded = this.open(call);
    const { trajectoryId: id } = guarded;
    if (id === undefined || this.isShadow()) return this.judgeAndRun(input, call, guarded);
    if (this.runs.isOver(id)) throw new BlockedError('closed', 'The run is over.');
    this.runs.begin(id);
    try {
      return await this.judgeAndRun(input, call, guarded);
    } finally {
      await this.runs.finish(id);
    }
  }

  private async judgeAndRun(input: unknown, call: unknown, guarded: GuardedCall): Promise<unknown> {
    const event = callEvent(guarded, [input]);
    // At once, so that no call which the SDK makes after this one is judged before it.
    const before = this.judge(event);
    if (before === undefined) return this.run(input, call, guarded, undefined);
    const judged = { event, adjudication: before };
    const { adjudication } = before.mode === 'enforce' ? await this.requireAllowedCall(guarded, judged, call) : judged;
    return this.run(event.ok ? judgedValue(judged, 'parameters') : input, call, guarded, adjudication);
  }

  /** Throws unless the call is allowed, or approved. */
  private async requireAllowedCall(guarded: GuardedCall, judged: Judged, call: unknown): Promise<Judged> {
    const { adjudication, event } = judged;
    if (adjudication.decision === Decision.ALLOW && event.ok) return judged;
    if (adjudication.decision !== Decision.ESCALATE) throw this.refusal(adjudication);
    const { approver, trustConversation = false } = this.options;
    try {
      if (approver === undefined) return requireApprovedInConversation(guarded, judged, call, trustConversation);
      return await requireApproved(guarded, judged, 'parameters');
    } catch (error) {
      if (!(error instanceof BlockedError)) throw error;
      throw this.refusal(error.adjudication ?? adjudication, error);
    }
  }

  private open(call: unknown): GuardedCall {
    const opened = openCall(this.options.harness, this.toolId, this.settings);
    const callId = member(call, 'toolCallId');
    return typeof callId === 'string' ? { ...opened, callId } : opened;
  }

  private isShadow(): boolean {
    return this.options.harness.prepared?.mode === 'shadow';
  }

  /** Undefined in shadow mode where nothing can be judged, as the trajectory is closed: that holds nothing back. */
  private judge(event: AgentEvent | Result<JsonValue>): Adjudication | undefined {
    const { harness } = this.options;
    try {
      return 'ok' in event ? harness.adjudicateJsonSync(event, this.trajectory()) : harness.adjudicateSync(event);
    } catch (error) {
      if (this.isShadow()) return undefined;
      throw error;
    }
  }

  private async run(
    input: unknown,
    call: unknown,
    guarded: GuardedCall,
    adjudication: Adjudication | undefined,
  ): Promise<unknown> {
    const startedAt = performance.now();
    let output: unknown;
    try {
      output = await lastOf(await this.tool.execute(input, call));
      noteOutcome(guarded, { adjudication, outcome: 'success', startedAt });
    } catch (error) {
      noteOutcome(guarded, { adjudication, outcome: 'error', error, startedAt });
      throw this.judgeThrown(error, guarded);
    }
    return this.judgeResult(output, guarded);
  }

  /** What a tool threw, as it is where the model would read of it what was judged, and otherwise as an error that says that. */
  private judgeThrown(thrown: unknown, guarded: GuardedCall): unknown {
    const message = messageMember(thrown);
    const output = { error: message ?? thrown };
    const given = this.judgeResult(output, guarded);
    if (given === output || this.isShadow()) return thrown;
    const judged = member(given, 'error');
    return new Error(typeof judged === 'string' ? judged : JSON.stringify(judged));
  }

  /** What the tool makes of a result for the model, or why that is not for it. */
  async toModelOutput(given: unknown): Promise<unknown> {
    const own = this.tool.toModelOutput;
    const made: unknown = isFunction(own) ? await own.call(this.tool, given) : undefined;
    const { json, givenAsJson } = readResult(made, this.settings.maxResultLength);
    // The SDK asks again for each conversation that holds the result, be the run over by then.
    const key = createHash('sha256')
      .update(JSON.stringify([member(given, 'toolCallId') ?? null, json.ok ? printJson(json.value) : json.diagnostics]))
      .digest('base64');
    const why = this.verdicts.has(key) ? this.verdicts.get(key) : await this.whyWithheld(json);
    this.verdicts.delete(key);
    this.verdicts.set(key, why);
    for (const [oldest] of this.verdicts) if (this.verdicts.size > MOST_VERDICTS) this.verdicts.delete(oldest);
    if (why !== undefined) return { type: 'error-text', value: why };
    return this.isShadow() ? made : givenAsJson();
  }

  private async whyWithheld(json: Result<JsonValue>): Promise<string | undefined> {
    const id = this.trajectoryId();
    if (id !== undefined) this.runs.begin(id);
    try {
      this.judgeMade(json);
      return undefined;
    } catch (error) {
      return error instanceof WithheldError ? error.message : withheld(error);
    } finally {
      if (id !== undefined) await this.runs.finish(id);
    }
  }

  private judgeMade(json: Result<JsonValue>): void {
    if (!json.ok) {
      this.requireAllowed(this.judge(json));
      return;
    }
    // What it is wrapped in says how it is to be read.
    const response = (isJsonObject(json.value) ? json.value.value : undefined) ?? json.value;
    const text = typeof response === 'string' ? response : printJson(response);
    const hasSchema = this.options.harness.prepared?.agent.tools.some(
      ({ name, outputSchema }) => name === this.toolId && outputSchema !== undefined,
    );
    const event: AgentEvent =
      hasSchema === true
        ? { stage: 'PRE_MODEL', role: 'tool', content: { text }, ...this.trajectory() }
        : { stage: 'POST_TOOL', role: 'tool', content: { toolId: this.toolId, response }, ...this.trajectory() };
    this.requireAllowed(this.judge(event));
  }

  /** Judges what the model would read, and returns it. */
  private judgeResult(output: unknown, guarded: GuardedCall): unknown {
    const { json, givenAsJson } = readResult(output, this.settings.maxResultLength);
    return this.requireAllowed(this.judge(resultEvent(guarded, json))) ? givenAsJson() : output;
  }

  /** Throws unless it is allowed; false in shadow mode, which touches nothing. */
  private requireAllowed(after: Adjudication | undefined): boolean {
    if (after === undefined || after.mode !== 'enforce') return false;
    if (after.decision === Decision.ALLOW) return true;
    this.endAfter(after);
    throw new WithheldError(after.reason, after);
  }

  private endAfter({ decision, trajectoryId }: Adjudication): void {
    if (this.options.onDeny === 'finalize' && decision === Decision.DENY) this.runs.end(trajectoryId);
  }

  private refusal(adjudication: Adjudication, error?: BlockedError): Error {
    this.endAfter(adjudication);
    if (this.options.onDeny === 'steer') return new SteeredError(adjudication, error?.reason);
    return error ?? new BlockedError('denied', adjudication.reason, adjudication);
  }

  private trajectoryId(): string | undefined {
    return this.options.trajectoryId ?? this.options.harness.trajectory()?.id;
  }

  private trajectory(): { trajectoryId?: string } {
    const { trajectoryId } = this.options;
    return trajectoryId === undefined ? {} : { trajectoryId };
  }
}

/** How its calls are asked about; a DENY after an approval ends the run as any other does. */
function settingsOf({ trajectoryId, approver, approvalTimeoutMs, onTimeout }: GuardToolsOptions): GuardSettings {
  return guardSettings({
    onDeny: 'steer',
    maxLength: MOST_INPUT,
    ...(trajectoryId === undefined ? {} : { trajectoryId }),
    ...(approver === undefined ? {} : { approver }),
    ...(approvalTimeoutMs === undefined ? {} : { approvalTimeoutMs }),
    ...(onTimeout === undefined ? {} : { onTimeout }),
  });
}

function isFunction(value: unknown): value is (...given: readonly unknown[]) => unknown {
  return typeof value === 'function';
}

/** The message of an error, where it is always the same one. */
function messageMember(thrown: unknown): string | undefined {
  if (types.isProxy(thrown) || !(thrown instanceof Error)) return undefined;
  const message: unknown = Object.getOwnPropertyDescriptor(thrown, 'message')?.value;
  return typeof message === 'string' ? message : undefined;
}

/** The last piece of a result that comes piece by piece, and any other result as it is. */
async function lastOf(output: unknown): Promise<unknown> {
  if (!isAsyncIterable(output)) return output;
  let last: unknown;
  for await (const piece of output) last = piece;
  return last;
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

function withheld(error: unknown): string {
  return `Tool result withheld: ${error instanceof Error ? error.message : 'it cannot be judged'}.`;
}
