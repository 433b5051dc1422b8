import type { PolicySet } from '../ast/policy.js';
import { compilePolicySet } from '../authorizer/compile-policy-set.js';
import { PolicyEngine } from '../authorizer/policy-engine.js';
import { Tiers } from '../compiler/tiers.js';
import { hasErrors, type Result, success } from '../diagnostics/diagnostic.js';
import type { Entity } from '../entities/entity.js';
import { createEntityStore } from '../entities/entity-store.js';
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
  readonly policySetHash: string;
  readonly schemaHash: string;
}

/** Takes what is plain data from a harness of the default profile and semantics. */
export function compiledHarness({ policySet, entities, policySetHash, schemaHash }: PreparedHarness): CompiledHarness {
  return { policySet: withoutPlaces(policySet), entities: [...entities.entities()], policySetHash, schemaHash };
}

/** Members that say where something is written, which is most of a policy set. */
const PLACES: ReadonlySet<string> = new Set(['span', 'typeSpan', 'source']);

/** A copy of plain data in which these members are undefined; uids and what is no object stay as they are. */
function withoutPlaces<T>(data: T): T;
function withoutPlaces(data: unknown): unknown {
  if (Array.isArray(data)) return data.map((member: unknown) => withoutPlaces(member));
  if (typeof data !== 'object' || data === null || Object.getPrototypeOf(data) !== Object.prototype) return data;
  const members = Object.entries(data);
  return Object.fromEntries(
    members.map(([name, value]) => [name, PLACES.has(name) ? undefined : withoutPlaces(value)]),
  );
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
    engine: new PolicyEngine(policies.value, entities.value, new Tiers()),
    mode,
    semantics: 'deny',
    escalation: 'permitted',
    policySetHash,
    schemaHash,
    profile: {
      buildRequest: (world, trajectory, event) => buildRequest({ ...world, schema: schema.value }, trajectory, event),
    },
  });
}
