import type { PolicySet } from '../ast/policy.js';
import { DeodarError } from '../diagnostics/deodar-error.js';
import { type Diagnostic, diagnostic, failure, type Result, success } from '../diagnostics/diagnostic.js';
import type { EntityStore } from '../entities/entity.js';
import { createEntityStore, EMPTY_ENTITY_STORE } from '../entities/entity-store.js';
import type { Environment } from '../evaluator/environment.js';
import type { JsonValue } from '../json/json-value.js';
import { parsePolicies } from '../parser/parse-policies.js';
import { createSource } from '../text/source.js';
import { PolicyCompiler } from './compile-policy-set.js';
import type { Response } from './decide.js';
import { PlainRequestReader } from './plain-request.js';
import { type EngineCounts, type EngineOptions, PolicyEngine } from './policy-engine.js';
import { type JsonInput, type Request, readEntities, readRequest, requestFromJson } from './request.js';

export interface AuthorizerOptions {
  /** Cedar text, or a set from `parsePolicySet`. Policies of a text are `policy0`, `policy1`... by position. */
  readonly policies: string | PolicySet;
  /** Entities that every request sees: entity JSON (as values or text), or an `EntityStore` made once with `parseEntities`. */
  readonly entities?: JsonInput;
  /** Not supported yet: a schema is refused rather than ignored. */
  readonly schema?: unknown;
  /** How answers are found, for measurements and tests; no answer depends on it. */
  readonly engine?: EngineOptions;
}

export interface AuthorizerResponse extends Response {
  /** Why the request could not be read; then the decision is deny. */
  readonly diagnostics?: readonly Diagnostic[];
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

/** Reads Cedar policies; policies and templates get the ids `policy0`, `policy1`... in their order. */
export function parsePolicySet(text: string, options: { readonly file?: string } = {}): Result<PolicySet> {
  if (typeof text !== 'string') return failure([diagnostic('bad-policies', 'the policies are no text')]);
  return parsePolicies(createSource(text, options.file));
}

/** Reads entity JSON (JavaScript values or text) into a store that authorizers can share. */
export function parseEntities(entities: JsonInput): Result<EntityStore> {
  const read = readEntities(entities);
  return read.ok ? createEntityStore(read.value) : read;
}

/** Compiles policies into an authorizer. Throws one `DeodarError` with everything that is wrong with what was given. */
export function createAuthorizer(options: AuthorizerOptions): Authorizer {
  const diagnostics: Diagnostic[] = [];
  if (options.schema !== undefined) {
    diagnostics.push(
      diagnostic('schema-unsupported', 'an authorizer cannot use a schema yet', {
        help: 'leave `schema` out; nothing would be checked against it',
      }),
    );
  }
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
  const parsed = typeof options.policies === 'string' ? parsePolicySet(options.policies) : undefined;
  const policySet = typeof options.policies === 'string' ? undefined : options.policies;
  const set = policySet ?? (parsed?.ok === true ? parsed.value : undefined);
  const compiler = new PolicyCompiler();
  const compiled = set === undefined ? undefined : compiler.compile(set);
  const entities = residentStore(options.entities);
  diagnostics.push(...(parsed?.diagnostics ?? []), ...(compiled?.diagnostics ?? []), ...entities.diagnostics);
  if (diagnostics.some((d) => d.severity === 'error') || compiled?.ok !== true || !entities.ok)
    throw new DeodarError(diagnostics);
  return authorizerOf(new PolicyEngine(compiled.value, entities.value, options.engine), compiler);
}

function residentStore(given: AuthorizerOptions['entities']): Result<EntityStore> {
  if (given === undefined) return { ok: true, value: EMPTY_ENTITY_STORE, diagnostics: [] };
  return isEntityStore(given) ? { ok: true, value: given, diagnostics: [] } : parseEntities(given);
}

/** Whether a value has the form of a policy set. */
export function isPolicySet(given: unknown): given is PolicySet {
  if (typeof given !== 'object' || given === null) return false;
  return (['policies', 'templates', 'links'] as const).every(
    (name) => name in given && Array.isArray(Reflect.get(given, name)),
  );
}

/** Whether a value is an entity store rather than entity JSON. */
export function isEntityStore(given: unknown): given is EntityStore {
  return typeof given === 'object' && given !== null && 'isIn' in given && typeof given.isIn === 'function';
}

function authorizerOf(engine: PolicyEngine, compiler: PolicyCompiler): Authorizer {
  const { subjects } = engine.index;
  const reader = new PlainRequestReader(subjects);
  const careful = (environment: Result<Environment>): AuthorizerResponse => {
    if (!environment.ok) return { decision: 'deny', reason: [], errors: [], diagnostics: environment.diagnostics };
    return engine.answer(engine.frameOf(environment.value));
  };
  return {
    isAuthorized: (request) => {
      const frame = reader.read(request);
      return frame === undefined ? careful(readRequest(request, subjects.store)) : engine.answer(frame);
    },
    isAuthorizedJson: (request) => {
      const frame = reader.read(request);
      return frame === undefined ? careful(requestFromJson(request, subjects.store)) : engine.answer(frame);
    },
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
