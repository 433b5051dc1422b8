import type { Entity } from '../entities/entity.js';
import { createSet } from '../values/equality.js';
import { FieldList, FieldNames } from '../values/field-list.js';
import { entityUid, type SetValue, type Value } from '../values/value.js';
import type { ParsedCall } from './parse-event.js';

/** A call that its result can be matched with. */
export interface JudgedCall {
  readonly call: ParsedCall;
  /**
   * `denied`: the call must not have run; `answered`: its result has been judged, or will not be; `forgotten`: too many
   * calls were made since without an answer. Arguments are kept where a result may still come.
   */
  readonly status: 'open' | 'denied' | 'answered' | 'forgotten';
}

/** A run of an agent, as policies see it; an immutable value but for `calls`, which grows with the run. */
export interface Trajectory {
  readonly id: string;
  readonly parent: string | undefined;
  /** The parent, its parent and so on, nearest first. */
  readonly ancestors: readonly string[];
  /** The user on whose behalf the agent runs. */
  readonly user: string | undefined;
  readonly status: 'open' | 'finalized' | 'failed';
  /** Events judged so far. */
  readonly steps: number;
  /** Messages to the model judged so far. */
  readonly turns: number;
  /** Tool calls judged so far. */
  readonly toolCalls: number;
  /** Tool calls judged so far, by the name of the tool. */
  readonly callsOfTool: ReadonlyMap<string, number>;
  readonly labels: ReadonlySet<string>;
  /** Calls that carried a call id, by that id; the values of one run share it. */
  readonly calls: Map<string, JudgedCall>;
}

export function openTrajectory(
  id: string,
  options: { parent?: Trajectory | undefined; user?: string | undefined } = {},
): Trajectory {
  const { parent, user } = options;
  return {
    id,
    parent: parent?.id,
    ancestors: parent === undefined ? [] : [parent.id, ...parent.ancestors],
    user,
    status: 'open',
    steps: 0,
    turns: 0,
    toolCalls: 0,
    callsOfTool: new Map(),
    labels: new Set(),
    calls: new Map(),
  };
}

/** The `Trajectory` entity of a trajectory. */
export function trajectoryEntity(trajectory: Trajectory): Entity {
  const { steps, toolCalls, labels, parent } = trajectory;
  const values: Value[] = [steps, toolCalls, labels.size === 0 ? NO_LABELS : labelSet(labels)];
  if (parent !== undefined) values.push(entityUid('Trajectory', parent));
  const attributes = new FieldList(parent === undefined ? OF_WHOLE : OF_PART, values);
  // All ancestors are parents here, so that a policy about a run holds for everything below it.
  const parents = trajectory.ancestors.map((id) => entityUid('Trajectory', id));
  return { uid: entityUid('Trajectory', trajectory.id), attributes, tags: NO_TAGS, parents };
}

const NO_LABELS = createSet([]);

function labelSet(labels: Trajectory['labels']): SetValue {
  return createSet(Array.from(labels, (label) => entityUid('Label', label)));
}

/** Attributes of a run, and of one that is part of another. */
const OF_WHOLE = new FieldNames(['steps', 'toolCalls', 'labels']);
const OF_PART = new FieldNames([...OF_WHOLE.list, 'parent']);
const NO_TAGS: ReadonlyMap<string, Value> = new Map();

/** Whether what a program hands over as the state of a trajectory has the form of one. */
export function isTrajectory(given: unknown): given is Trajectory {
  if (typeof given !== 'object' || given === null) return false;
  const state: Partial<Record<keyof Trajectory, unknown>> = given;
  const { id, parent, user, status, steps, turns, toolCalls, ancestors, callsOfTool, labels, calls } = state;
  return (
    isId(id) &&
    Array.isArray(ancestors) &&
    ancestors.every(isId) &&
    [parent, user].every((each) => each === undefined || isId(each)) &&
    (status === 'open' || status === 'finalized' || status === 'failed') &&
    [steps, turns, toolCalls].every(Number.isSafeInteger) &&
    callsOfTool instanceof Map &&
    labels instanceof Set &&
    [...labels].every(isId) &&
    calls instanceof Map
  );
}

/** Ids are texts that say something; anything else would name an entity that no policy means. */
export function isId(given: unknown): given is string {
  return typeof given === 'string' && given !== '' && !/\p{Cs}/u.test(given);
}
