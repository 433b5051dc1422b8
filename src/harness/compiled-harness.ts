import type { PolicySet } from '../ast/policy.js';
import { compilePolicySet } from '../authorizer/compile-policy-set.js';
import { PolicyEngine } from '../authorizer/policy-engine.js';
import { Tiers } from '../compiler/tiers.js';
import { hasErrors, type Result, success } from '../diagnostics/diagnostic.js';
import type { Entity } from '../entities/entity.js';
import { createEntityStore } from '../entities/entity-store.js';
import type { Schema } from '../schema/schema.js';
import type { JudgingHarness } from './adjudicate-event.js';
import type { Mode } from './adjudication.js';
import type { Agent } from './agent.js';
import { type AgentSchemaOptions, createAgentSchema } from './agent-schema.js';
import { buildRequest } from './build-request.js';
import type { PreparedHarness } from './prepare-harness.js';

/**
 * What was found out about an agent of the default profile and its policies when they were loaded, as plain data. Where
 * policies stand in their files is left out, so answers made of it do not say so.
 */
export interface CompiledHarness {
  readonly policySet: PolicySet;
  /** Actions and their groups. */
  readonly entities: readonly Entity[];
  /** What requests must conform to. */
  readonly schema: Schema;
  readonly policySetHash: string;
  readonly schemaHash: string;
}

/** Takes what is plain data from a harness of the default profile and semantics. */
export function compiledHarness(prepared: PreparedHarness): CompiledHarness {
  const { policySet, entities, profile, policySetHash, schemaHash } = prepared;
  const schema = withoutPlaces(profile.schema);
  return { policySet: withoutPlaces(policySet), entities: [...entities.entities()], schema, policySetHash, schemaHash };
}

/** Members that say where something is written, which is most of policies and schemas. */
const PLACES: ReadonlySet<string> = new Set(['span', 'typeSpan', 'source', 'origin']);

/**
 * A copy of plain data, lists, maps and sets, also in circles, in which these members are undefined; uids and what is no
 * object stay as they are.
 */
function withoutPlaces<T>(data: T, copies?: Map<unknown, unknown>): T;
function withoutPlaces(data: unknown, copies: Map<unknown, unknown> = new Map()): unknown {
  const known = copies.get(data);
  if (known !== undefined) return known;
  const keep = <C>(copy: C): C => {
    copies.set(data, copy);
    return copy;
  };
  if (Array.isArray(data)) {
    const copy = keep<unknown[]>([]);
    for (const member of data) copy.push(withoutPlaces(member, copies));
    return copy;
  }
  if (data instanceof Set) {
    const copy = keep(new Set());
    for (const member of data) copy.add(withoutPlaces(member, copies));
    return copy;
  }
  if (data instanceof Map) {
    const copy = keep(new Map());
    for (const [key, member] of data) copy.set(key, withoutPlaces(member, copies));
    return copy;
  }
  if (typeof data !== 'object' || data === null || Object.getPrototypeOf(data) !== Object.prototype) return data;
  const copy = keep<Record<string, unknown>>({});
  for (const [name, value] of Object.entries(data))
    Object.defineProperty(copy, name, {
      value: PLACES.has(name) ? undefined : withoutPlaces(value, copies),
      enumerable: true,
    });
  return copy;
}

/**
 * Makes a harness that judges from what was compiled for the same agent, policies and options, so that neither policies
 * nor schema are read or checked again. `agent` may leave out tools that no event will name.
 */
export function restoreHarness(
  compiled: CompiledHarness,
  agent: Agent,
  { mode, ...options }: AgentSchemaOptions & { readonly mode: Mode },
): Result<JudgingHarness> {
  const { policySetHash, schemaHash } = compiled;
  const schema = createAgentSchema(agent, options);
  const policies = compilePolicySet(compiled.policySet);
  const entities = createEntityStore(compiled.entities);
  const diagnostics = [...schema.diagnostics, ...policies.diagnostics, ...entities.diagnostics];
  if (!schema.ok || !policies.ok || !entities.ok || hasErrors(diagnostics)) return { ok: false, diagnostics };
  return success({
    agent,
    entities: entities.value,
    // An index is worth its making after some events.
    engine: new PolicyEngine(policies.value, entities.value, new Tiers(), { index: false }),
    mode,
    semantics: 'deny',
    escalation: 'permitted',
    policySetHash,
    schemaHash,
    unusable: [],
    profile: {
      schema: compiled.schema,
      buildRequest: (world, trajectory, event) => buildRequest({ ...world, schema: schema.value }, trajectory, event),
    },
  });
}
