import { PolicyEngine } from '../authorizer/policy-engine.js';
import { hasErrors, type Result, success } from '../diagnostics/diagnostic.js';
import type { Entity } from '../entities/entity.js';
import { createEntityStore } from '../entities/entity-store.js';
import type { JudgingHarness } from './adjudicate-event.js';
import type { Mode } from './adjudication.js';
import type { Agent } from './agent.js';
import { type AgentSchemaOptions, createAgentSchema } from './agent-schema.js';
import { buildRequest } from './build-request.js';
import { directSchema } from './direct-schema.js';
import { type KeptPolicies, keepPolicies, knownTests, restorePolicies } from './kept-policies.js';
import { type MadeHarness, UNNAMED } from './made-harness.js';
import { PlainCopy } from './plain-copy.js';

/**
 * What was found out about an agent of the default profile and its policies when they were loaded, as plain data. Where
 * policies stand in their files is left out, so answers made of it do not say so.
 */
export interface CompiledHarness {
  readonly policies: KeptPolicies;
  /** Actions and their groups. */
  readonly entities: readonly Entity[];
}

/** Takes what is plain data from a harness; undefined where there is something else. */
export function compiledHarness({
  policySet,
  harness,
  tests = knownTests(policySet),
}: MadeHarness): CompiledHarness | undefined {
  const copy = new PlainCopy();
  const entities = copy.of([...harness.entities.entities()]);
  return copy.isPlain ? { policies: keepPolicies(policySet, tests), entities } : undefined;
}

/**
 * Makes a harness that judges from what was compiled for the same agent, policies and options, so that policies are not
 * read or checked again. `agent` may leave out tools that no event will name: nothing of them is in the schema then.
 */
export function restoreHarness(
  compiled: CompiledHarness,
  agent: Agent,
  { mode, ...options }: AgentSchemaOptions & { readonly mode: Mode },
): Result<JudgingHarness> {
  const schema = createAgentSchema(agent, options);
  const policies = restorePolicies(compiled.policies);
  const entities = createEntityStore(compiled.entities);
  const diagnostics = [...schema.diagnostics, ...policies.diagnostics, ...entities.diagnostics];
  if (!schema.ok || !policies.ok || !entities.ok || hasErrors(diagnostics)) return { ok: false, diagnostics };
  return success({
    ...UNNAMED,
    agent,
    entities: entities.value,
    // An index is worth its making after some events.
    engine: new PolicyEngine(policies.value.policies, entities.value, policies.value.runners, { index: false }),
    mode,
    profile: {
      schema: directSchema(schema.value, agent, options),
      buildRequest: (world, trajectory, event) => buildRequest(schema.value, world, trajectory, event),
    },
  });
}
