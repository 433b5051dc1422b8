import type { EntityStore } from '../entities/entity.js';
import type { EntityUid, RecordValue, Value } from '../values/value.js';

/** What an expression is evaluated against: a request and the entities that exist. */
export interface Environment {
  readonly principal: EntityUid;
  readonly action: EntityUid;
  readonly resource: EntityUid;
  readonly context: RecordValue;
  readonly entities: EntityStore;
}

/** A compiled expression. Throws `EvaluationError`, and nothing else. */
export type Evaluate = (environment: Environment) => Value;
