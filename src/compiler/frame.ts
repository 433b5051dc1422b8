import type { Entity } from '../entities/entity.js';
import type { Environment } from '../evaluator/environment.js';

/** An environment whose three entities were looked up once for all policies; undefined where there is none. */
export interface Frame extends Environment {
  readonly principalEntity: Entity | undefined;
  readonly actionEntity: Entity | undefined;
  readonly resourceEntity: Entity | undefined;
}
