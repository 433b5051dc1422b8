import { failure, type Result } from '../diagnostics/diagnostic.js';
import type { JsonValue } from '../json/json-value.js';
import type { EntityUid } from '../values/value.js';

/** A request whose entities are named; its data is JSON still. */
export interface RequestParts {
  readonly principal: Result<EntityUid>;
  readonly action: Result<EntityUid>;
  readonly resource: Result<EntityUid>;
  /** Undefined when the request has none. */
  readonly context: Result<JsonValue> | undefined;
  readonly entities: Result<JsonValue> | undefined;
}

/** Puts the pointers of diagnostics below the field that they are about. */
export function atField<T>(field: string, result: Result<T>): Result<T> {
  if (result.ok) return result;
  return failure(result.diagnostics.map((d) => ({ ...d, pointer: `${field}${d.pointer ?? ''}` })));
}
