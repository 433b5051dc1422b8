import { randomUUID } from 'node:crypto';
import { DeodarError } from '../diagnostics/deodar-error.js';
import type { Result } from '../diagnostics/diagnostic.js';
import { jsonFromJavaScript } from '../json/from-javascript.js';
import { isJsonObject, type JsonValue } from '../json/json-value.js';
import { adjudicateEvent } from './adjudicate-event.js';
import { type Adjudication, Decision } from './adjudication.js';
import type { Agent } from './agent.js';
import type { AgentEvent, Content, Role, Stage } from './event.js';
import { parseAgent } from './parse-agent.js';
import type { ParsedEvent } from './parse-event.js';
import { type MatrixRow, policyMatrix } from './policy-matrix.js';
import { policyReaches } from './policy-reach.js';
import { type HarnessSettings, type PreparedHarness, prepareHarness } from './prepare-harness.js';
import { openTrajectory, type Trajectory } from './trajectory.js';

export interface HarnessOptions extends HarnessSettings {
  /** The agent to judge; may be given to `initialize` instead. */
  readonly agent?: Agent;
  /**
   * Called after each adjudication, before the caller gets it: for logs, spans (`spanOf`) and metrics. What it throws
   * reaches the caller.
   */
  readonly onAdjudication?: (adjudication: Adjudication, moment: AdjudicationMoment) => void;
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
}

/** What `adjudicate` takes beside stage, role and content. */
export interface AdjudicateOptions {
  readonly trajectoryId?: string;
  readonly host?: unknown;
}

/**
 * Judges what an agent is about to do, or has just done, by Cedar policies. Nothing is intercepted: the host calls
 * `adjudicate` and acts on the answer. Events that are wrong in any way are denied; only misuse throws: problems of
 * the agent or its policies (`DeodarError`, when they are loaded), a trajectory that is not open.
 */
export class PolicyHarness {
  readonly #options: HarnessOptions;
  readonly #clock: () => bigint;
  readonly #trajectories = new Map<string, Trajectory>();
  #prepared: PreparedHarness | undefined;
  #current: string | undefined;

  /** Loads the policies when the agent is given. */
  constructor(options: HarnessOptions) {
    this.#options = options;
    this.#clock = options.clock ?? (() => process.hrtime.bigint());
    if (options.agent !== undefined) this.#prepared = load(options.agent, options);
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
    const { agent, trajectoryId, user } = options;
    for (const [name, value] of Object.entries({ trajectoryId, user, parent: options.parent })) checkId(name, value);
    if (agent !== undefined) {
      // Runs that are open would be judged as another agent's from here on.
      if (this.#prepared !== undefined)
        throw new Error('the harness has its agent already: make a harness for each agent');
      this.#prepared = load(agent, this.#options);
    }
    if (this.#prepared === undefined)
      throw new Error('the harness has no agent: give one to the constructor or to initialize()');
    const id = trajectoryId ?? randomUUID();
    if (this.#trajectories.has(id)) throw new Error(`the trajectory ${JSON.stringify(id)} exists already`);
    // A parent that another process runs is known by its id alone.
    const parent =
      options.parent === undefined ? undefined : (this.trajectory(options.parent) ?? openTrajectory(options.parent));
    if (parent !== undefined && parent.status !== 'open')
      throw new Error(`the parent ${JSON.stringify(parent.id)} is ${parent.status}: it has no new parts`);
    const trajectory = openTrajectory(id, { parent, user });
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
    const trajectory = this.#open(trajectoryId);
    this.#trajectories.set(trajectory.id, { ...trajectory, labels: new Set([...trajectory.labels, label]) });
  }

  /** Judges an event without counting it: the trajectory stays as it is and no hook is called. */
  decide(event: AgentEvent): Adjudication {
    return this.#judge(jsonFromJavaScript(event)).adjudication;
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
    const given = typeof first === 'string' ? { stage: first, role, content, ...options } : first;
    return this.#record(this.#judge(jsonFromJavaScript(given)));
  }

  /** Judges and counts an event that was read from JSON text with exact integers, in the trajectory that is named. */
  async adjudicateJson(event: JsonValue, trajectoryId?: string): Promise<Adjudication> {
    return this.#record(this.#judge({ ok: true, value: event, diagnostics: [] }, trajectoryId));
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
    this.#trajectories.set(trajectory.id, { ...trajectory, status });
    // A part that went on alone would act for a run that nobody answers for any more.
    for (const part of this.#trajectories.values())
      if (part.status === 'open' && part.ancestors.includes(trajectory.id))
        this.#trajectories.set(part.id, { ...part, status });
  }

  #open(trajectoryId: string | undefined): Trajectory {
    const trajectory = this.trajectory(trajectoryId);
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

  #judge(json: Result<JsonValue>, trajectoryId?: string): Judgement {
    const start = this.#clock();
    const prepared = this.#prepared;
    if (prepared === undefined) throw new Error('the harness has no agent: call initialize() first');
    const trajectory = this.#open(trajectoryId ?? trajectoryIdOf(json));
    const { adjudication, event } = adjudicateEvent(prepared, trajectory, json, (id) => this.#trajectories.get(id));
    const timed = Object.freeze({ ...adjudication, durationNs: Number(this.#clock() - start) });
    return { adjudication: timed, event, trajectory };
  }

  #record({ adjudication, event, trajectory }: Judgement): Adjudication {
    this.#trajectories.set(trajectory.id, advance(trajectory, event, adjudication.decision));
    this.#options.onAdjudication?.(adjudication, { event, trajectory });
    return adjudication;
  }
}

interface Judgement {
  readonly adjudication: Adjudication;
  readonly event: ParsedEvent | undefined;
  readonly trajectory: Trajectory;
}

/** Loads an agent as it would be read from its file, so that a misspelt key is an error here too. */
function load(agent: Agent, settings: HarnessSettings): PreparedHarness {
  const json = jsonFromJavaScript(agent);
  const parsed = json.ok ? parseAgent(json.value) : json;
  const prepared = parsed.ok ? prepareHarness(parsed.value, settings) : parsed;
  if (!prepared.ok) throw new DeodarError(prepared.diagnostics);
  return prepared.value;
}

/** Ids are texts that say something; anything else would name an entity that no policy means. */
function checkId(name: string, id: unknown): void {
  if (id === undefined || (typeof id === 'string' && id !== '' && !/\p{Cs}/u.test(id))) return;
  throw new TypeError(`${name} is no id: give a text that is not empty`);
}

/** The trajectory that an event names. */
function trajectoryIdOf(json: Result<JsonValue>): string | undefined {
  if (!json.ok || !isJsonObject(json.value)) return undefined;
  const id = json.value.trajectoryId;
  return typeof id === 'string' ? id : undefined;
}

/** The trajectory after an event has been judged. */
function advance(trajectory: Trajectory, event: ParsedEvent | undefined, decision: Decision): Trajectory {
  const turns = trajectory.turns + (event?.stage === 'PRE_MODEL' ? 1 : 0);
  const next = { ...trajectory, steps: trajectory.steps + 1, turns };
  if (event?.stage === 'PRE_TOOL') {
    const toolCalls = trajectory.toolCalls + 1;
    const prior = trajectory.callsOfTool.get(event.toolId) ?? 0;
    const counted = { ...next, toolCalls, callsOfTool: new Map(trajectory.callsOfTool).set(event.toolId, prior + 1) };
    if (event.callId === undefined || trajectory.calls.has(event.callId)) return counted;
    const status = decision === Decision.DENY ? 'denied' : 'open';
    return { ...counted, calls: new Map(trajectory.calls).set(event.callId, { call: event, status }) };
  }
  const judged = event?.callId === undefined ? undefined : trajectory.calls.get(event.callId);
  if (event?.stage !== 'POST_TOOL' || event.callId === undefined || judged === undefined) return next;
  return { ...next, calls: new Map(trajectory.calls).set(event.callId, { ...judged, status: 'answered' }) };
}
