import { join } from 'node:path';
import type { PolicySet } from '../ast/policy.js';
import { printPolicy } from '../ast/print-policy.js';
import type { AuthorizerResponse } from '../authorizer/answerer.js';
import { type AuthorizerOptions, createAuthorizer } from '../authorizer/create-authorizer.js';
import type { Request } from '../authorizer/request.js';
import { DeodarError } from '../diagnostics/deodar-error.js';
import type { Result } from '../diagnostics/diagnostic.js';
import type { Entity, EntityStore } from '../entities/entity.js';
import { entityToJson, valueToJson } from '../entities/entity-to-json.js';
import type { Environment } from '../evaluator/environment.js';
import { isJsonObject, type JsonValue } from '../json/json-value.js';
import { printJson } from '../json/print-json.js';
import { printEntityUid } from '../values/print.js';
import type { EntityUid, Value } from '../values/value.js';

/** What an engine says to a request, as far as engines are compared. */
export interface BenchAnswer {
  readonly decision: string;
  readonly reason: readonly string[];
  /** Ids of the policies that could not be evaluated. */
  readonly errors: readonly string[];
}

/** Decides requests by their numbers. */
export interface BenchEngine {
  readonly name: string;
  readonly decide: (request: number) => unknown;
  readonly answer: (request: number) => BenchAnswer;
}

/** Deodar with policies and entities that stay; requests as plain data. */
export function deodarEngine(
  name: string,
  options: AuthorizerOptions,
  environments: readonly Environment[],
): BenchEngine {
  const authorizer = createAuthorizer(options);
  const requests = environments.map(requestOf);
  const decide = (i: number): AuthorizerResponse => authorizer.isAuthorized(requests[i] ?? NO_REQUEST);
  return {
    name,
    decide,
    answer: (i) => {
      const { decision, reason, errors } = decide(i);
      return { decision, reason: [...reason].sort(), errors: errors.map(({ policyId }) => policyId).sort() };
    },
  };
}

const NO_REQUEST: Request = { principal: '', action: '', resource: '' };

function requestOf({ principal, action, resource, context }: Environment): Request {
  const json = valueToJson(context);
  if (!json.ok) throw new DeodarError(json.diagnostics);
  const fields = isJsonObject(json.value) ? json.value : {};
  return { principal: uidOf(principal), action: uidOf(action), resource: uidOf(resource), context: fields };
}

/** The functions of the official package that are called here. */
interface CedarWasm {
  readonly preparsePolicySet: (name: string, policies: object) => { readonly type: string };
  readonly statefulIsAuthorized: (call: object) => WasmAnswer;
}

interface WasmAnswer {
  readonly type: string;
  readonly errors?: readonly { readonly message: string }[];
  readonly response?: {
    readonly decision: string;
    readonly diagnostics: {
      readonly reason: readonly string[];
      readonly errors: readonly { readonly policyId: string }[];
    };
  };
}

/** Where people install the official package. */
const PACKAGE = '@cedar-policy/cedar-wasm/nodejs';

/**
 * The official engine, where it is installed in or above a folder, called as fast as it can be: policies preparsed, and
 * of the entities, which have to go with every call, those that the request can reach. Undefined where it is not installed.
 */
export async function cedarWasmEngine(
  folder: string,
  policies: PolicySet,
  entities: EntityStore,
  requests: readonly Environment[],
): Promise<BenchEngine | undefined> {
  const wasm = await loadWasm(folder);
  if (wasm === undefined) return undefined;
  const texts = (list: PolicySet['policies']): object =>
    Object.fromEntries(list.map((each) => [each.id, printPolicy(each)]));
  const set = {
    staticPolicies: texts(policies.policies),
    templates: texts(policies.templates),
    templateLinks: policies.links.map(({ id, templateId, values }) => ({ newId: id, templateId, values })),
  };
  const parsed = wasm.preparsePolicySet('bench', set);
  if (parsed.type !== 'success') throw new Error(`cedar-wasm refuses the policies: ${JSON.stringify(parsed)}`);
  const calls = requests.map(({ principal, action, resource, context }) => ({
    entities: slice(entities, [principal, action, resource, context]),
    principal: uidOf(principal),
    action: uidOf(action),
    resource: uidOf(resource),
    context: javascriptOf(valueToJson(context)),
    preparsedPolicySetId: 'bench',
  }));
  const decide = (i: number): WasmAnswer => wasm.statefulIsAuthorized(calls[i] ?? {});
  return {
    name: 'cedar-wasm',
    decide,
    answer: (i) => {
      const { response, errors } = decide(i);
      if (response === undefined) return { decision: `failure: ${errors?.[0]?.message}`, reason: [], errors: [] };
      const { reason, errors: failed } = response.diagnostics;
      return {
        decision: response.decision,
        reason: [...reason].sort(),
        errors: failed.map(({ policyId }) => policyId).sort(),
      };
    },
  };
}

/** Data as the official package takes it: with integers as numbers. */
function javascriptOf(json: Result<JsonValue>): unknown {
  if (!json.ok) throw new DeodarError(json.diagnostics);
  return JSON.parse(printJson(json.value));
}

function uidOf({ type, id }: EntityUid): { readonly type: string; readonly id: string } {
  return { type, id };
}

/** The entities that can be reached from some values, through attributes, tags and parents. */
function slice(store: EntityStore, values: readonly Value[]): readonly unknown[] {
  const found = new Map<string, Entity>();
  const pending = [...values];
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (typeof value !== 'object') continue;
    if (value.kind === 'set') pending.push(...value.elements);
    else if (value.kind === 'record') pending.push(...value.fields.values());
    else if (value.kind === 'entity') {
      const key = printEntityUid(value);
      const entity = found.has(key) ? undefined : store.find(value);
      if (entity === undefined) continue;
      found.set(key, entity);
      pending.push(...entity.attributes.values(), ...entity.tags.values(), ...entity.parents);
    }
  }
  return Array.from(found.values(), (entity) => javascriptOf(entityToJson(entity, store)));
}

async function loadWasm(folder: string): Promise<CedarWasm | undefined> {
  // Read here, since the bundler gives every entry what a static import of it needs.
  const { createRequire } = await import('node:module');
  let path: string;
  try {
    path = createRequire(join(folder, 'package.json')).resolve(PACKAGE);
  } catch {
    return undefined;
  }
  const { setFlagsFromString } = await import('node:v8');
  // The optimising compiler of Node 20 inlines calls into WebAssembly and may end the process when there are many.
  if (process.versions.node.startsWith('20.')) setFlagsFromString('--no-turbo-inline-js-wasm-calls');
  const loaded: unknown = createRequire(path)(path);
  return isCedarWasm(loaded) ? loaded : undefined;
}

function isCedarWasm(loaded: unknown): loaded is CedarWasm {
  return (
    typeof loaded === 'object' && loaded !== null && 'preparsePolicySet' in loaded && 'statefulIsAuthorized' in loaded
  );
}
