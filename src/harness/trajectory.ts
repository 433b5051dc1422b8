import type { Entity } from '../entities/entity.js';
import { createSet } from '../values/equality.js';
import { type EntityUid, entityUid, type Value } from '../values/value.js';
import type { ParsedCall } from './parse-event.js';

/** A run of an agent, as policies see it; an immutable value. */
export interface Trajectory {
  readonly id: string;
  readonly parent: string | undefined;
  /** The user on whose behalf the agent runs. */
  readonly user: string | undefined;
  readonly status: 'open' | 'finalized' | 'failed';
  /** Events judged so far. */
  readonly steps: number;
  /** Tool calls judged so far. */
  readonly toolCalls: number;
  readonly labels: ReadonlySet<string>;
  /** Calls whose results have not been seen, by call id. */
  readonly openCalls: ReadonlyMap<string, ParsedCall>;
}

export function openTrajectory(
  id: string,
  options: { parent?: string | undefined; user?: string | undefined } = {},
): Trajectory {
  return {
    id,
    parent: options.parent,
    user: options.user,
    status: 'open',
    steps: 0,
    toolCalls: 0,
    labels: new Set(),
    openCalls: new Map(),
  };
}

/** The `Trajectory` entity of a trajectory. */
export function trajectoryEntity(trajectory: Trajectory): Entity {
  const attributes = new Map<string, Value>([
    ['steps', trajectory.steps],
    ['toolCalls', trajectory.toolCalls],
    ['labels', createSet([...trajectory.labels].map((label) => entityUid('Label', label)))],
  ]);
  const parents: EntityUid[] = [];
  if (trajectory.parent !== undefined) {
    const parent = entityUid('Trajectory', trajectory.parent);
    attributes.set('parent', parent);
    parents.push(parent);
  }
  return { uid: entityUid('Trajectory', trajectory.id), attributes, tags: new Map(), parents };
}
