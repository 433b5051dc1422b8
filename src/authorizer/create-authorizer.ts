import type { PolicySet } from '../ast/policy.js';
import { Tiers } from '../compiler/tiers.js';
import {
  ANYTHING,
  checkOptions,
  numberThat,
  type OptionRule,
  type OptionRules,
  objectWith,
  requireOptions,
  SWITCH,
} from '../diagnostics/check-options.js';
import { DeodarError } from '../diagnostics/deodar-error.js';
import { type Diagnostic, diagnostic, type Result, success } from '../diagnostics/diagnostic.js';
import type { EntityStore } from '../entities/entity.js';
import { createEntityStore, EMPTY_ENTITY_STORE, isEntityStore } from '../entities/entity-store.js';
import type { CompiledPolicy } from '../evaluator/compile-policy.js';
import type { JsonValue } from '../json/json-value.js';
import type { Schema } from '../schema/schema.js';
import { Answerer, type AuthorizerResponse } from './answerer.js';
import { PolicyCompiler } from './compile-policy-set.js';
import type { PolicyError } from './decide.js';
import { type EngineCounts, type EngineOptions, PolicyEngine } from './policy-engine.js';
import { type JsonInput, type Request, readEntities, readJson } from './request.js';
import { readingBySchema } from './request-by-schema.js';
import { readSchemaInput, residentBySchema, type SchemaInput } from './schema-option.js';
import type { EntitiesOf, SchemaTypes, TypedRequest } from './schema-types.js';
import { parsePolicySet } from './text-input.js';

/** `S` is what `deodar types` declares of a schema; without it nothing is known of the entities. */
export interface AuthorizerOptions<S extends SchemaTypes = SchemaTypes> {
  /** Cedar text, or a set from `parsePolicySet`. Policies of a text are `policy0`, `policy1`... by position. */
  readonly policies: string | PolicySet;
  /** Entities that every request sees: entity JSON (as values or text), or an `EntityStore` made once with `parseEntities`. */
  readonly entities?: EntitiesOf<S> | EntityStore;
  /**
   * What entities and requests are read by and must conform to: Cedar text, a JSON schema, or the value of a successful
   * `resolveSchema`. Its actions are among the entities. Policies are not validated.
   */
  readonly schema?: SchemaInput;
  /** How answers are found, for measurements and tests; no answer depends on it. */
  readonly engine?: EngineOptions;
}

/** Answers requests by a set of policies that was compiled once. */
export interface Authorizer {
  /** Cedar's answer. Never throws: a request that is not well formed is denied, with `diagnostics`. */
  isAuthorized(request: Request): AuthorizerResponse;
  /** The same for a request that was read from JSON text with exact integers. */
  isAuthorizedJson(request: JsonValue): AuthorizerResponse;
  /**
   * Adds policies, templates and links behind those that are there, without looking at these again; links may be of
   * templates that were added before. A set with something wrong changes nothing. Gives the ids of what can decide.
   */
  add(set: PolicySet): Result<readonly string[]>;
  /** Removes a static policy or a link; false when there is none of that id. */
  remove(id: string): boolean;
  /** What the engine has done so far. */
  counts(): EngineCounts;
}

/** An answer that names the policies of a schema's declarations. */
export interface TypedResponse<PolicyId extends string> extends AuthorizerResponse {
  readonly reason: readonly PolicyId[];
  readonly errors: readonly TypedPolicyError<PolicyId>[];
}

export interface TypedPolicyError<PolicyId extends string> extends PolicyError {
  readonly policyId: PolicyId;
}

/** An `Authorizer` whose requests the compiler checks against a schema; at run time it is the same. */
export interface TypedAuthorizer<S extends SchemaTypes> {
  /** Cedar's answer. Never throws: a request that is not well formed is denied, with `diagnostics`. */
  isAuthorized<Action extends keyof S['requests']>(request: TypedRequest<S, Action>): TypedResponse<S['policyId']>;
  /** The same for a request that was read from JSON text with exact integers, of which the compiler knows nothing. */
  isAuthorizedJson(request: JsonValue): TypedResponse<S['policyId']>;
}

/** The authorizer for a schema's declarations, or for none. */
export type AuthorizerOf<S extends SchemaTypes> = SchemaTypes extends S ? Authorizer : TypedAuthorizer<S>;

/**
 * Reads entity JSON (JavaScript values or text) into a store that authorizers can share. With a schema it is read by it
 * and must conform to it, and the actions of the schema are added. With the declarations of a schema,
 * `parseEntities<Schema>(...)`, the compiler checks entities that are written out; text is for the other form.
 */
export function parseEntities<S extends SchemaTypes = SchemaTypes>(
  entities: EntitiesOf<S>,
  options?: ParseEntitiesOptions,
): Result<EntityStore>;
export function parseEntities(entities: JsonInput, options: ParseEntitiesOptions = {}): Result<EntityStore> {
  requireOptions(options, { schema: ANYTHING }, 'parseEntities()');
  if (options.schema === undefined) {
    const read = readEntities(entities);
    return read.ok ? createEntityStore(read.value) : read;
  }
  const schema = readSchemaInput(options.schema);
  return schema.ok ? residentBySchema(readJson(entities, 'entities'), schema.value) : schema;
}

export interface ParseEntitiesOptions {
  readonly schema?: SchemaInput;
}

const ENGINE: OptionRule = objectWith('`{ index, generateAfter }`');
// What is wrong with policies, entities or the schema is told more closely.
const AUTHORIZER_OPTIONS: OptionRules = { policies: ANYTHING, entities: ANYTHING, schema: ANYTHING, engine: ENGINE };
const ENGINE_OPTIONS: OptionRules = {
  index: SWITCH,
  generateAfter: numberThat('a number from 0', (times) => times >= 0),
};

/**
 * Compiles policies into an authorizer. Throws one `DeodarError` with everything that is wrong with what was given,
 * entities that do not conform to the schema included. With the declarations that `deodar types` writes,
 * `createAuthorizer<Schema>(...)`, the compiler checks requests and entities; that changes nothing at run time.
 */
export function createAuthorizer<S extends SchemaTypes = SchemaTypes>(options: AuthorizerOptions<S>): AuthorizerOf<S>;
export function createAuthorizer(options: AuthorizerOptions): Authorizer {
  if (
    typeof options !== 'object' ||
    options === null ||
    (typeof options.policies !== 'string' && !isPolicySet(options.policies))
  ) {
    throw new DeodarError([
      diagnostic('bad-policies', 'the policies are no Cedar text and no policy set', {
        help: 'give `{ policies }`: text, or the value of a successful `parsePolicySet`',
      }),
    ]);
  }
  const diagnostics: Diagnostic[] = [
    ...checkOptions(options, AUTHORIZER_OPTIONS, 'option of createAuthorizer()'),
    ...(ENGINE.test(options.engine) ? checkOptions(options.engine ?? {}, ENGINE_OPTIONS, 'option of the engine') : []),
  ];
  const parsed = typeof options.policies === 'string' ? parsePolicySet(options.policies) : undefined;
  const policySet = typeof options.policies === 'string' ? undefined : options.policies;
  const set = policySet ?? (parsed?.ok === true ? parsed.value : undefined);
  const compiler = new PolicyCompiler();
  const compiled = set === undefined ? undefined : compiler.compile(set);
  const schema = options.schema === undefined ? success(undefined) : readSchemaInput(options.schema);
  const entities = schema.ok ? residentStore(options.entities, schema.value) : success(EMPTY_ENTITY_STORE);
  const found = [parsed, compiled, schema, entities].flatMap((part) => part?.diagnostics ?? []);
  diagnostics.push(...found);
  if (diagnostics.some((d) => d.severity === 'error') || compiled?.ok !== true || !entities.ok || !schema.ok)
    throw new DeodarError(diagnostics);
  return authorizerOf(engineOf(compiled.value, entities.value, options.engine), compiler, schema.value);
}

function engineOf(policies: readonly CompiledPolicy[], store: EntityStore, options: EngineOptions = {}): PolicyEngine {
  return new PolicyEngine(policies, store, new Tiers(options.generateAfter), options);
}

function residentStore(given: AuthorizerOptions['entities'], schema: Schema | undefined): Result<EntityStore> {
  const store = given === undefined ? EMPTY_ENTITY_STORE : isEntityStore(given) ? given : undefined;
  if (store === undefined) return parseEntities(given, schema === undefined ? {} : { schema });
  return schema === undefined ? success(store) : residentBySchema(store, schema);
}

/** Whether a value has the form of a policy set. */
export function isPolicySet(given: unknown): given is PolicySet {
  if (typeof given !== 'object' || given === null) return false;
  return (['policies', 'templates', 'links'] as const).every(
    (name) => name in given && Array.isArray(Reflect.get(given, name)),
  );
}

function authorizerOf(engine: PolicyEngine, compiler: PolicyCompiler, schema: Schema | undefined): Authorizer {
  const answerer = new Answerer(engine, schema === undefined ? undefined : readingBySchema(schema));
  return {
    isAuthorized: (request) => answerer.answer(request),
    isAuthorizedJson: (request) => answerer.answerJson(request),
    add: (set) => {
      const compiled = compiler.compile(set);
      if (!compiled.ok) return compiled;
      for (const policy of compiled.value) engine.add(policy);
      return success(compiled.value.map(({ id }) => id));
    },
    remove: (id) => {
      const isRemoved = engine.remove(id);
      if (isRemoved) compiler.release(id);
      return isRemoved;
    },
    counts: () => engine.counts(),
  };
}
