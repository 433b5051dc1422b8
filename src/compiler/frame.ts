import type { Entity } from '../entities/entity.js';
import type { Hierarchy } from '../entities/hierarchy.js';
import type { Place } from '../entities/place.js';
import type { Environment } from '../evaluator/environment.js';

/** A uid of a request, looked up once for all policies. */
export interface FrameSubject {
  /** Undefined when there is no such entity. */
  readonly entity: Entity | undefined;
  /** Its place in the hierarchy of the frame, if there is one. */
  readonly place: Place | undefined;
}

/** An environment whose three entities were looked up. */
export interface Frame extends Environment {
  readonly principalSubject: FrameSubject;
  readonly actionSubject: FrameSubject;
  readonly resourceSubject: FrameSubject;
  /** The entities, when they are a hierarchy that knows places. */
  readonly hierarchy: Hierarchy | undefined;
}
