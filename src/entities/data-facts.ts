import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { JsonValue } from '../json/json-value.js';
import type { CedarType } from '../types/cedar-type.js';
import type { EntityUid, Value, ValueKind } from '../values/value.js';

/** What the diagnostics of this folder say in data; which facts there are follows from the code. */
export interface DataFacts {
  /** The entity that the problem is about. */
  readonly uid?: EntityUid;
  /** A wrong parent of it. */
  readonly parent?: EntityUid;
  readonly attribute?: string;
  readonly tag?: string;
  /** A missing, misspelt or wrong member of an entity. */
  readonly field?: string;
  /** The name of an entity type. */
  readonly type?: string;
  /** Which part of a request is meant. */
  readonly role?: 'principal' | 'resource';
  /** The action of a request, and the types that it applies to. */
  readonly action?: EntityUid;
  readonly allowed?: readonly string[];
  /** Declared types whose last component is that of an unknown one. */
  readonly similar?: readonly string[];
  /** The ids that an enumerated type lists. */
  readonly ids?: readonly string[];
  /** The name of an extension function, and why it failed. */
  readonly function?: string;
  readonly reason?: string;
  /** A declared type, the kind of a parameter, or a number of arguments; `found` is what there is instead. */
  readonly expected?: CedarType | ValueKind | number | undefined;
  readonly found?: ValueKind | number;
  /** A value of a wrong type. */
  readonly value?: Value;
  /** What stands in the wrong place. */
  readonly json?: JsonValue;
  /** A way round through parents. */
  readonly cycle?: readonly EntityUid[];
}

/** The facts of a diagnostic about data. */
export function factsOf({ data = {} }: Diagnostic): DataFacts {
  // `reportData` takes nothing else, and the store reports facts of these names only.
  return data;
}
