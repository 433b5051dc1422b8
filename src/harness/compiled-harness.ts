import { PolicyEngine } from '../authorizer/policy-engine.js';
import { hasErrors, type Result, success } from '../diagnostics/diagnostic.js';
import type { Entity } from '../entities/entity.js';
import { createEntityStore } from '../entities/entity-store.js';
import type { RecordType } from '../types/cedar-type.js';
import type { JudgingHarness } from './adjudicate-event.js';
import type { Mode } from './adjudication.js';
import type { Agent } from './agent.js';
import { type AgentSchema, type AgentSchemaOptions, createAgentSchema } from './agent-schema.js';
import { buildRequest } from './build-request.js';
import { type KeptPolicies, keepPolicies, restorePolicies } from './kept-policies.js';
import { type KeptSchema, keepSchema, restoreSchema } from './kept-schema.js';
import { PlainCopy } from './plain-copy.js';
import type { PreparedHarness } from './prepare-harness.js';

/**
 * What was found out about an agent of the default profile and its policies when they were loaded, as plain data. Where
 * policies stand in their files is left out, so answers made of it do not say so.
 */
export interface CompiledHarness {
  readonly policies: KeptPolicies;
  /** Actions and their groups. */
  readonly entities: readonly Entity[];
  /** What requests must conform to. */
  readonly schema: KeptSchema;
  readonly policySetHash: string;
  readonly schemaHash: string;
}

/** Takes what is plain data from a harness of the default profile and semantics; undefined where there is something else. */
export function compiledHarness(prepared: PreparedHarness): CompiledHarness | undefined {
  const { policySet, entities, profile, policySetHash, schemaHash } = prepared;
  const copy = new PlainCopy();
  const policies = keepPolicies(policySet);
  const kept = { entities: copy.of([...entities.entities()]), schema: keepSchema(profile.schema, copy) };
  return copy.isPlain ? { policies, ...kept, policySetHash, schemaHash } : undefined;
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
  const policies = restorePolicies(compiled.policies);
  const entities = createEntityStore(compiled.entities);
  const diagnostics = [...schema.diagnostics, ...policies.diagnostics, ...entities.diagnostics];
  if (!schema.ok || !policies.ok || !entities.ok || hasErrors(diagnostics)) return { ok: false, diagnostics };
  return success({
    agent,
    entities: entities.value,
    // An index is worth its making after some events.
    engine: new PolicyEngine(policies.value.policies, entities.value, policies.value.runners, { index: false }),
    mode,
    semantics: 'deny',
    escalation: 'permitted',
    policySetHash,
    schemaHash,
    unusable: [],
    profile: {
      schema: restoreSchema(compiled.schema, ({ id }) => contextOf(schema.value, id)),
      buildRequest: (world, trajectory, event) => buildRequest(schema.value, world, trajectory, event),
    },
  });
}

/** The context of an action. The agent may lack tools that no event names: what asks for the actions of these fails. */
function contextOf({ actions }: AgentSchema, id: string): RecordType {
  const action = actions.get(id);
  if (action === undefined) throw new Error(`the agent has no action ${JSON.stringify(id)} here`);
  return action.context;
}
