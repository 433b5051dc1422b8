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

/** Takes what is plain data from a harness of the default profile and semantics; undefined where there is something else. */
export function compiledHarness(prepared: PreparedHarness): CompiledHarness | undefined {
  const { policySet, entities, profile, policySetHash, schemaHash } = prepared;
  const copy = new PlainCopy();
  const compiled = {
    policySet: copy.of(policySet),
    entities: copy.of([...entities.entities()]),
    schema: copy.of(profile.schema),
    policySetHash,
    schemaHash,
  };
  return copy.isPlain ? compiled : undefined;
}

/** Members that say where something is written, which is most of policies and schemas. */
const PLACES: ReadonlySet<string> = new Set(['span', 'typeSpan', 'source', 'origin']);

/** Copies plain data, lists, maps, sets and uids, also in circles, and leaves the members out that say where it is written. */
class PlainCopy {
  /** Whether everything so far was of these kinds. */
  isPlain = true;
  private readonly copies = new Map<object, object>();

  of<T>(data: T): T;
  of(data: unknown): unknown {
    if (typeof data === 'object' && data !== null) return this.copies.get(data) ?? this.copyOf(data);
    if (typeof data === 'function' || typeof data === 'symbol') this.isPlain = false;
    return data;
  }

  private copyOf(data: object): object {
    if (Array.isArray(data)) {
      const copy: unknown[] = [];
      this.copies.set(data, copy);
      for (const member of data) copy.push(this.of(member));
      return copy;
    }
    if (data instanceof Set) {
      const copy = new Set<unknown>();
      this.copies.set(data, copy);
      for (const member of data) copy.add(this.of(member));
      return copy;
    }
    if (data instanceof Map) {
      const copy = new Map<unknown, unknown>();
      this.copies.set(data, copy);
      for (const [key, member] of data) copy.set(this.of(key), this.of(member));
      return copy;
    }
    // Uids are of a class of their own; objects with the same members are read in the same way.
    const isUid = 'kind' in data && data.kind === 'entity' && 'type' in data && 'id' in data;
    if (!isUid && Object.getPrototypeOf(data) !== Object.prototype) this.isPlain = false;
    const copy: Record<string, unknown> = {};
    this.copies.set(data, copy);
    for (const [name, member] of Object.entries(data)) {
      if (name === '__proto__') this.isPlain = false;
      else if (!PLACES.has(name)) copy[name] = this.of(member);
    }
    return copy;
  }
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
      buildRequest: (world, trajectory, event) => buildRequest(schema.value, world, trajectory, event),
    },
  });
}
