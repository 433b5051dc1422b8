import { randomUUID } from 'node:crypto';
import { ANYTHING, checkOptions, type OptionRules, requireOptions, SWITCH } from '../diagnostics/check-options.js';
import { DeodarError } from '../diagnostics/deodar-error.js';
import { failure, type Result, success } from '../diagnostics/diagnostic.js';
import { jsonFromJavaScript } from '../json/from-javascript.js';
import { createJsonObject, isJsonObject, type JsonValue } from '../json/json-value.js';
import { parseJson } from '../json/parse-json.js';
import type { AppendOptions, Ledger } from '../ledger/ledger.js';
import type { RowHead } from '../ledger/row.js';
import { createSource } from '../text/source.js';
import { adjudicateEvent } from './adjudicate-event.js';
import { type Adjudication, Decision, type GrantedApproval } from './adjudication.js';
import { adjudicationMembers } from './adjudication-row.js';
import { advance, asBefore, forbidResult } from './advance.js';
import type { Agent } from './agent.js';
import { applyApprovals, deniedUntold, hookFailed, notRecorded, warnWhenRejected } from './approved.js';
import { checkSettings } from './check-settings.js';
import type { AgentEvent, Content, Role, Stage } from './event.js';
import { deepFreeze, frozenAnswer } from './frozen-answer.js';
import { type HarnessSetup, harnessSetup } from './harness-setup.js';
import { parseAgent } from './parse-agent.js';
import type { ParsedEvent } from './parse-event.js';
import { type MatrixRow, policyMatrix } from './policy-matrix.js';
import { policyReaches } from './policy-reach.js';
import { type HarnessSettings, type PreparedHarness, prepareHarness } from './prepare-harness.js';
import { trajectoryFromJson, trajectoryText } from './recorded-trajectory.js';
import { isId, isTrajectory, openTrajectory, type Trajectory } from './trajectory.js';

export interface HarnessOptions extends HarnessSettings {
  /** The agent to judge; may be given to `initialize` instead. */
  readonly agent?: Agent;
  /**
   * Called after each adjudication, before the caller gets it: for logs, spans (`spanOf`) and metrics. It cannot change
   * the answer; where it throws, the answer is a DENY with the diagnostic `hook-failed` (in shadow mode only that
   * diagnostic). A promise that it returns is not waited for; one that is rejected is a warning of the process
   * (`DEODAR_HOOK_FAILED`).
   */
  readonly onAdjudication?: (adjudication: Adjudication, moment: AdjudicationMoment) => void;
  /**
   * Where adjudications are recorded, before anybody acts on them. An answer that cannot be recorded becomes a DENY; in
   * shadow mode it stays and carries the diagnostic `not-recorded`.
   */
  readonly ledger?: Ledger;
  /** Monotonic clock in nanoseconds; default `process.hrtime.bigint`. */
  readonly clock?: () => bigint;
}

/** What an adjudication was about. */
export interface AdjudicationMoment {
  /** Undefined when the event could not be read. */
  readonly event: ParsedEvent | undefined;
  /** The trajectory as it was before the event. */
  readonly trajectory: Trajectory;
}

export interface InitializeOptions {
  readonly agent?: Agent;
  /** Default: a random UUID. */
  readonly trajectoryId?: string;
  /** Trajectory that this one is a part of, as for a sub-agent. */
  readonly parent?: string;
  /** Id of the `User` who is the principal; without one the principal is the agent. */
  readonly user?: string;
  /** State to go on from, of a run that another process began; `trajectoryId`, `parent` and `user` are then its own. */
  readonly state?: Trajectory;
}

/** What `adjudicate` takes beside stage, role and content. */
export interface AdjudicateOptions {
  readonly trajectoryId?: string;
  readonly host?: unknown;
}

/** What `adjudicateJsonSync` takes beside the event. */
export interface JudgeOptions {
  readonly trajectoryId?: string | undefined;
  /**
   * Approvals of an event that was judged before, by its call id: everything is judged anew, without counting the call
   * twice, and an escalation on these routes is an ALLOW. Who gives them has checked that they are genuine.
   */
  readonly approvals?: readonly GrantedApproval[] | undefined;
  /** False for a call whose result will not be judged, so that its arguments need not be kept; default true. */
  readonly resultFollows?: boolean;
  /** A row that the ledger takes in front of the answer, in one append. */
  readonly before?: AppendOptions['before'];
}

// What is no id, agent or state is told more closely.
const INITIALIZE_OPTIONS: OptionRules = {
  agent: ANYTHING,
  trajectoryId: ANYTHING,
  parent: ANYTHING,
  user: ANYTHING,
  state: ANYTHING,
};

const ADJUDICATE_OPTIONS: OptionRules = { trajectoryId: ANYTHING, host: ANYTHING };

/** Trajectories that are remembered with their state after they were closed. */
const MOST_CLOSED = 1000;

/**
 * Judges what an agent is about to do, or has just done, by Cedar policies. Nothing is intercepted: the host calls
 * `adjudicate` and acts on the answer. Events that are wrong in any way are denied; only misuse throws: problems of
 * the agent or its policies (`DeodarError`, when they are loaded), a trajectory that is not open.
 */
export class PolicyHarness {
  readonly #options: HarnessOptions;
  readonly #clock: () => bigint;
  readonly #trajectories = new Map<string, Trajectory>();
  /** Ids of those that were closed lately, oldest first. */
  readonly #closed = new Set<string>();
  /** Ids of those that were closed before them, of which nothing else is known. */
  readonly #forgotten = new Set<string>();
  #prepared: PreparedHarness | undefined;
  #setup: HarnessSetup | undefined;
  #appending: AppendOptions | undefined;
  #current: string | undefined;

  /** Loads the policies when the agent is given. */
  constructor(options: HarnessOptions) {
    if (typeof options !== 'object' || options === null)
      throw new TypeError('a harness needs options: new PolicyHarness({ agent, policies })');
    // Read once, so that nobody can change what was checked, and without a prototype that could hold what is not set.
    const own: HarnessOptions = { ...options };
    Object.setPrototypeOf(own, null);
    this.#options = own;
    const { clock } = this.#options;
    this.#clock = clock === undefined ? () => process.hrtime.bigint() : () => readClock(clock);
    const { agent } = this.#options;
    if (agent !== undefined) this.#load(agent);
    else refuseSettings(this.#options);
  }

  /** The ledger that the harness was given. */
  get ledger(): Ledger | undefined {
    return this.#options.ledger;
  }

  /** What is known before the first event; undefined until there is an agent. */
  get prepared(): PreparedHarness | undefined {
    return this.#prepared;
  }

  /** What the policies can say of each tool at each stage, before the first event. */
  matrix(): readonly MatrixRow[] {
    const prepared = this.#prepared;
    if (prepared === undefined) throw new Error('the harness has no agent: call initialize() first');
    const { profile, policySet, escalation } = prepared;
    return policyMatrix(profile, policyReaches(policySet, profile.schema), escalation);
  }

  /** Opens a trajectory, which becomes the current one. */
  async initialize(options: InitializeOptions = {}): Promise<Trajectory> {
    requireOptions(options, INITIALIZE_OPTIONS, 'initialize()');
    const { agent, state, trajectoryId = state?.id, user } = options;
    if (state !== undefined && !isTrajectory(state)) throw new TypeError('this is no state of a trajectory');
    for (const [name, value] of Object.entries({ trajectoryId, user, parent: options.parent })) checkId(name, value);
    if (agent !== undefined) {
      // Runs that are open would be judged as another agent's from here on.
      if (this.#prepared !== undefined)
        throw new Error('the harness has its agent already: make a harness for each agent');
      this.#load(agent);
    }
    if (this.#prepared === undefined)
      throw new Error('the harness has no agent: give one to the constructor or to initialize()');
    const id = trajectoryId ?? randomUUID();
    if (this.#isKnown(id)) throw new Error(`the trajectory ${JSON.stringify(id)} exists already`);
    if (options.parent !== undefined && this.#forgotten.has(options.parent))
      throw new Error(`the parent ${JSON.stringify(options.parent)} is closed: it has no new parts`);
    // A parent that another process runs is known by its id alone.
    const parent =
      options.parent === undefined ? undefined : (this.trajectory(options.parent) ?? openTrajectory(options.parent));
    if (parent !== undefined && parent.status !== 'open')
      throw new Error(`the parent ${JSON.stringify(parent.id)} is ${parent.status}: it has no new parts`);
    const trajectory = state ?? openTrajectory(id, { parent, user });
    this.#trajectories.set(id, trajectory);
    this.#current = id;
    return trajectory;
  }

  /** State of a trajectory, by default of the current one. */
  trajectory(id: string | undefined = this.#current): Trajectory | undefined {
    return id === undefined ? undefined : this.#trajectories.get(id);
  }

  /** Puts a label on a trajectory, for policies to see as `resource.labels`. */
  addLabel(label: string, trajectoryId?: string): void {
    checkId('label', label);
    const trajectory = this.#open(trajectoryId);
    this.#trajectories.set(trajectory.id, { ...trajectory, labels: new Set([...trajectory.labels, label]) });
  }

  /** The state of a trajectory as versioned JSON text, for `resume` in another process. */
  save(trajectoryId?: string): string {
    const trajectory = this.#open(trajectoryId);
    const agent = JSON.stringify(this.#prepared?.agent.id ?? null);
    return `{"v":1,"agent":${agent},"trajectory":${trajectoryText(trajectory, trajectory.calls)}}`;
  }

  /**
   * Opens the trajectory that `save` wrote, which becomes the current one unless `current` is false. Throws where the text is something else, of
   * another agent or version, or the trajectory exists here already. Whoever can change the text can change the run:
   * keep it where the agent cannot write.
   */
  resume(saved: string, options: { readonly current?: boolean } = {}): Trajectory {
    requireOptions(options, { current: SWITCH }, 'resume()');
    if (typeof saved !== 'string') throw new TypeError('resume() takes the text that save() wrote');
    const { current = true } = options;
    const json = parseJson(createSource(saved, 'saved trajectory'));
    const state = json.ok && isJsonObject(json.value) && json.value.v === 1 ? json.value : undefined;
    const trajectory = trajectoryFromJson(state?.trajectory);
    if (trajectory === undefined) throw new TypeError('this is no trajectory that save() wrote');
    const agent = this.#prepared?.agent.id;
    if (agent === undefined || state?.agent !== agent)
      throw new Error(
        `the trajectory is one of the agent ${JSON.stringify(state?.agent ?? null)}, not of ${JSON.stringify(agent ?? null)}`,
      );
    if (this.#isKnown(trajectory.id)) throw new Error(`the trajectory ${JSON.stringify(trajectory.id)} exists already`);
    this.#trajectories.set(trajectory.id, trajectory);
    if (current) this.#current = trajectory.id;
    return trajectory;
  }

  /** Judges an event without counting it: the trajectory stays as it is and no hook is called. */
  decide(event: AgentEvent): Adjudication {
    return this.decideJson(eventJson(event));
  }

  /** As `decide`, of an event that is JSON, or the reason why it is none. */
  decideJson(event: Result<JsonValue>): Adjudication {
    return frozenAnswer(this.#judge(event).adjudication);
  }

  /** Judges an event and counts it in its trajectory. */
  async adjudicate(event: AgentEvent): Promise<Adjudication>;
  async adjudicate(stage: Stage, role: Role, content: Content, options?: AdjudicateOptions): Promise<Adjudication>;
  async adjudicate(
    first: AgentEvent | Stage,
    role?: Role,
    content?: Content,
    options: AdjudicateOptions = {},
  ): Promise<Adjudication> {
    if (typeof first !== 'string') return this.adjudicateSync(first);
    const more = eventJson(options);
    if (!more.ok) return this.adjudicateJsonSync(more);
    const given = isJsonObject(more.value) ? more.value : createJsonObject();
    const wrong = checkOptions(given, ADJUDICATE_OPTIONS, 'option of adjudicate()');
    if (wrong.length > 0) return this.adjudicateJsonSync(failure(wrong));
    const { trajectoryId, host } = given;
    return this.#record(this.#judge(eventJson({ stage: first, role, content, trajectoryId, host })));
  }

  /** Judges and counts an event at once, for hosts that cannot wait. */
  adjudicateSync(event: AgentEvent): Adjudication {
    return this.#record(this.#judge(eventJson(event)));
  }

  /** Judges and counts at once an event that is JSON, or the reason why it is none. */
  adjudicateJsonSync(event: Result<JsonValue>, options: JudgeOptions = {}): Adjudication {
    return this.#record(this.#judge(event, options));
  }

  /** Judges and counts an event that was read from JSON text with exact integers, in the trajectory that is named. */
  async adjudicateJson(event: JsonValue, trajectoryId?: string): Promise<Adjudication> {
    return this.adjudicateJsonSync(success(event), { trajectoryId });
  }

  /** Closes a trajectory and all that are parts of it; later events of them are refused. */
  async finalize(trajectoryId?: string): Promise<void> {
    this.#close(trajectoryId, 'finalized');
  }

  /** Closes a trajectory, and all that are parts of it, as failed. */
  async fail(trajectoryId?: string): Promise<void> {
    this.#close(trajectoryId, 'failed');
  }

  #close(trajectoryId: string | undefined, status: 'finalized' | 'failed'): void {
    const trajectory = this.#open(trajectoryId);
    this.#end(trajectory, status);
    // A part that went on alone would act for a run that nobody answers for any more.
    for (const part of this.#trajectories.values())
      if (part.status === 'open' && part.ancestors.includes(trajectory.id)) this.#end(part, status);
  }

  /** What a closed run did is not asked for any more; that its id was used is, or a late approval would open it again. */
  #end(trajectory: Trajectory, status: 'finalized' | 'failed'): void {
    this.#trajectories.set(trajectory.id, { ...trajectory, status, calls: new Map() });
    this.#closed.add(trajectory.id);
    const [oldest] = this.#closed.size > MOST_CLOSED ? this.#closed : [];
    if (oldest === undefined) return;
    this.#closed.delete(oldest);
    this.#trajectories.delete(oldest);
    this.#forgotten.add(oldest);
  }

  #isKnown(id: string): boolean {
    return this.#trajectories.has(id) || this.#forgotten.has(id);
  }

  #open(trajectoryId: string | undefined): Trajectory {
    const trajectory = this.trajectory(trajectoryId);
    if (trajectoryId !== undefined && this.#forgotten.has(trajectoryId))
      throw new Error(`the trajectory ${JSON.stringify(trajectoryId)} is closed: open another with initialize()`);
    if (trajectory === undefined) {
      throw new Error(
        trajectoryId === undefined
          ? 'no trajectory is open: call initialize() first'
          : `there is no trajectory ${JSON.stringify(trajectoryId)}: open it with initialize({ trajectoryId })`,
      );
    }
    if (trajectory.status !== 'open')
      throw new Error(
        `the trajectory ${JSON.stringify(trajectory.id)} is ${trajectory.status}: open another with initialize()`,
      );
    return trajectory;
  }

  /** Loads an agent as it would be read from its file, so that a misspelt key is an error here too. */
  #load(agent: Agent): void {
    const json = jsonFromJavaScript(agent, { leaveOutUndefined: true });
    const parsed = json.ok ? parseAgent(json.value) : json;
    const prepared = parsed.ok ? prepareHarness(parsed.value, this.#options) : parsed;
    if (!prepared.ok || !json.ok) throw new DeodarError(prepared.diagnostics);
    this.#prepared = prepared.value;
    if (this.ledger === undefined) return;
    const setup = harnessSetup(json.value, this.#options, prepared.value);
    this.#setup = setup;
    this.#appending = { setup: { hash: setup.hash, text: () => setup.text }, once: undefined, before: undefined };
  }

  #judge(json: Result<JsonValue>, options: JudgeOptions = {}): Judgement {
    const { trajectoryId, resultFollows = true, before } = options;
    // Nobody gave an approval that stands in a prototype.
    const approvals = Object.hasOwn(options, 'approvals') ? options.approvals : undefined;
    const start = this.#clock();
    const prepared = this.#prepared;
    if (prepared === undefined) throw new Error('the harness has no agent: call initialize() first');
    const open = this.#open(trajectoryId ?? trajectoryIdOf(json));
    const trajectory = approvals === undefined ? open : asBefore(open, json);
    const found = adjudicateEvent(prepared, trajectory, json, (id) => this.#trajectories.get(id));
    const { adjudication: first, event, text: eventText } = found;
    const adjudication = approvals === undefined ? first : applyApprovals(first, approvals);
    // Added to the answer, which nobody else has yet: copying it would take longer than judging does.
    const timed = Object.assign(adjudication, { durationNs: Number(this.#clock() - start) });
    return { adjudication: timed, event, trajectory, json, eventText, resultFollows, before };
  }

  #record(judgement: Judgement): Adjudication {
    const adjudication = this.#written(judgement);
    const { trajectory, event } = judgement;
    this.#trajectories.set(trajectory.id, advance(trajectory, event, adjudication, judgement.resultFollows));
    const hook = this.#options.onAdjudication;
    if (hook === undefined) return adjudication;
    deepFreeze(event);
    try {
      warnWhenRejected(hook(adjudication, { event, trajectory }));
      return adjudication;
    } catch (error) {
      const denied = deniedUntold(adjudication, hookFailed(error));
      if (event?.stage === 'PRE_TOOL' && denied.decision === Decision.DENY) forbidResult(trajectory, event);
      return denied;
    }
  }

  /** The adjudication as the ledger has it; where it could not be recorded nothing is allowed. */
  #written({ adjudication, trajectory, json, eventText, before }: Judgement): Adjudication {
    const { ledger } = this;
    const setup = this.#setup;
    const options = before === undefined ? this.#appending : { ...this.#appending, before };
    if (ledger === undefined || setup === undefined) return frozenAnswer(adjudication);
    try {
      const members = adjudicationMembers(adjudication, { setup, trajectory, event: json, eventText }, ledger.redact);
      const ledgerRow = rowOf(ledger.append('adjudication', members, options));
      return frozenAnswer(Object.assign(adjudication, { ledgerRow }));
    } catch (error) {
      return deniedUntold(frozenAnswer(adjudication), notRecorded(error));
    }
  }
}

/** What is wrong with settings is not kept for the moment when an agent comes. */
function refuseSettings(options: HarnessOptions): void {
  const wrong = checkSettings(options);
  if (wrong.length > 0) throw new DeodarError(wrong);
}

/** What a ledger answered; a promise, or nothing, does not say that the row is there. */
function rowOf(head: RowHead): RowHead {
  const given: unknown = head;
  if (typeof given === 'object' && given !== null && 'seq' in given && typeof given.seq === 'number') return head;
  warnWhenRejected(given);
  throw new TypeError('the ledger gave no head of a row: its append has to return { seq, hash } at once');
}

interface Judgement {
  readonly adjudication: Adjudication;
  readonly event: ParsedEvent | undefined;
  /** As the event found it. */
  readonly trajectory: Trajectory;
  readonly json: Result<JsonValue>;
  readonly eventText: string | undefined;
  readonly resultFollows: boolean;
  readonly before: AppendOptions['before'];
}

/** A clock that fails costs the time that an answer took, not the answer. */
function readClock(clock: () => bigint): bigint {
  try {
    const time: unknown = clock();
    return typeof time === 'bigint' ? time : 0n;
  } catch {
    return 0n;
  }
}

/** An event of a program as JSON; members that are undefined are absent, as in JSON text. */
function eventJson(event: unknown): Result<JsonValue> {
  return jsonFromJavaScript(event, { leaveOutUndefined: true });
}

function checkId(name: string, id: unknown): void {
  if (id !== undefined && !isId(id)) throw new TypeError(`${name} is no id: give a text that is not empty`);
}

/** The trajectory that an event names. */
function trajectoryIdOf(json: Result<JsonValue>): string | undefined {
  if (!json.ok || !isJsonObject(json.value)) return undefined;
  const id = json.value.trajectoryId;
  return typeof id === 'string' ? id : undefined;
}
