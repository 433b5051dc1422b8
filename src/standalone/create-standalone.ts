import { Answerer, type AuthorizerResponse, denied, type ReadingBySchema } from '../authorizer/answerer.js';
import { PolicyEngine } from '../authorizer/policy-engine.js';
import type { Request } from '../authorizer/request.js';
import type { ConditionCode } from '../compiler/emit-conditions.js';
import { LikePatterns } from '../compiler/like-pattern.js';
import { diagnostic, failure, type Result } from '../diagnostics/diagnostic.js';
import type { EntityStore } from '../entities/entity.js';
import { EMPTY_ENTITY_STORE, isEntityStore } from '../entities/entity-store.js';
import { CompiledPolicy } from '../evaluator/compile-policy.js';
import { Conditions } from '../evaluator/conditions.js';
import { EXTENSION_FUNCTIONS } from '../extensions/extension-functions.js';
import { createSet } from '../values/equality.js';
import { SoughtName } from '../values/field-list.js';
import type { Pattern } from '../values/pattern.js';
import { entityUid, type Value } from '../values/value.js';
import { GeneratedConditions } from './generated-conditions.js';
import type { Makers, PackedData } from './packed-data.js';
import type { StandaloneData } from './standalone-data.js';
import { unpackData } from './unpack-data.js';

/** How entities and requests are read: by a schema or without one. */
export interface Reading {
  /** Undefined where there is no schema. */
  readonly bySchema: ReadingBySchema | undefined;
  readonly readEntities: (given: unknown) => Result<EntityStore>;
  /** What a store of the caller becomes. */
  readonly adopt: (store: EntityStore) => Result<EntityStore>;
}

/** What a compiled module exports. */
export interface Standalone {
  readonly isAuthorized: (request: Request, entities?: unknown) => AuthorizerResponse;
  readonly parseEntities: (entities: unknown) => Result<EntityStore>;
}

/** Makes the functions of a compiled module from its data and its code. */
export function createStandalone(
  packed: PackedData<StandaloneData>,
  codes: readonly ConditionCode[],
  readingOf: (data: StandaloneData) => Reading,
): Standalone {
  const patterns = new LikePatterns();
  const data = unpackData(packed, makersOf(patterns));
  const reading = readingOf(data);
  const runners = new GeneratedConditions(patterns);
  const conditions = data.bodies.map(({ policy, code, constants }) => {
    const made = new Conditions(policy);
    const generated = code === undefined ? undefined : codes[code];
    if (generated !== undefined) runners.add(made, generated, constants);
    return made;
  });
  const policies = data.policies.map(({ id, body, values }) => {
    const policy = data.bodies[body]?.policy;
    const shared = conditions[body];
    if (policy === undefined || shared === undefined) throw new Error('the data of this module is damaged');
    return new CompiledPolicy(id, policy, shared, values);
  });
  const answererOf = (store: EntityStore): Answerer =>
    new Answerer(new PolicyEngine(policies, store, runners), reading.bySchema);
  return { isAuthorized: answersBy(reading, answererOf), parseEntities: reading.readEntities };
}

/** What is known of a store that was used before. */
interface Known {
  readonly store: Result<EntityStore>;
  readonly answerer: Answerer | undefined;
}

function answersBy(reading: Reading, answererOf: (store: EntityStore) => Answerer): Standalone['isAuthorized'] {
  const known = new WeakMap<EntityStore, Known>();
  const knownOf = (given: EntityStore): Known => {
    let found = known.get(given);
    if (found === undefined) {
      const store = reading.adopt(given);
      found = { store, answerer: store.ok ? answererOf(store.value) : undefined };
      known.set(given, found);
    }
    return found;
  };
  return (request, entities = EMPTY_ENTITY_STORE) => {
    if (isEntityStore(entities)) {
      const { store, answerer } = knownOf(entities);
      return answerer === undefined ? denied(store.diagnostics) : answerer.answer(request);
    }
    // Entities of one call are not worth an index of their own.
    const store = readSafely(reading, entities);
    if (!store.ok) return denied(store.diagnostics);
    const { answerer, store: empty } = knownOf(EMPTY_ENTITY_STORE);
    return answerer === undefined ? denied(empty.diagnostics) : answerer.answer(request, store.value);
  };
}

/** Entities may be a proxy that throws. */
function readSafely(reading: Reading, entities: unknown): Result<EntityStore> {
  try {
    return reading.readEntities(entities);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return failure([diagnostic('bad-entities', `the entities cannot be read: ${why}`, { pointer: '' })]);
  }
}

function makersOf(patterns: LikePatterns): Makers {
  return {
    uid: ([type, id]) => entityUid(String(type), String(id)),
    elements: (fields) => createSet(fields.filter(isValue)),
    function: ([name]) => EXTENSION_FUNCTIONS.get(String(name)),
    sought: ([name]) => new SoughtName(String(name)),
    like: ([pattern, path]) =>
      isPattern(pattern) ? patterns.add(pattern, typeof path === 'string' ? path : undefined) : undefined,
  };
}

function isValue(field: unknown): field is Value {
  return field !== undefined && field !== null;
}

function isPattern(field: unknown): field is Pattern {
  return Array.isArray(field);
}
