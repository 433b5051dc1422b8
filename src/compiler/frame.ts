import type { Entity } from '../entities/entity.js';
import type { Hierarchy } from '../entities/hierarchy.js';
import type { Place } from '../entities/place.js';
import type { Environment } from '../evaluator/environment.js';

/** An environment whose three entities were looked up once for all policies; undefined where there is none. */
export interface Frame extends Environment {
  readonly principalEntity: Entity | undefined;
  readonly actionEntity: Entity | undefined;
  readonly resourceEntity: Entity | undefined;
  /** The entities, when they are a hierarchy that knows places; then the next two are the places in it. */
  readonly hierarchy: Hierarchy | undefined;
  readonly principalPlace: Place | undefined;
  readonly resourcePlace: Place | undefined;
}
