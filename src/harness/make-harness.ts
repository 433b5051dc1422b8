import { combinePolicySets } from '../ast/combine-policy-sets.js';
import { compilePolicySet } from '../authorizer/compile-policy-set.js';
import { PolicyEngine } from '../authorizer/policy-engine.js';
import { storeBySchema } from '../entities/entities-by-schema.js';
import { parsePolicies } from '../parser/parse-policies.js';
import { createSource } from '../text/source.js';
import type { Mode } from './adjudication.js';
import type { Agent } from './agent.js';
import { type AgentSchemaOptions, createAgentSchema } from './agent-schema.js';
import { buildRequest } from './build-request.js';
import { hasNoErrors } from './check-policies.js';
import { directSchema } from './direct-schema.js';
import { knownTests, testedConditions } from './kept-policies.js';
import { type MadeHarness, UNNAMED } from './made-harness.js';
import type { PolicyFile } from './prepare-harness.js';
import { profileActions } from './profile-actions.js';

/** Half of a surrogate pair as `JSON.stringify` writes it, and a few texts that look like it. */
const LONE_SURROGATE = /\\ud[89a-f]/;

/**
 * Makes a harness of the default profile as `prepareHarness` does, without what only its reports need; undefined wherever
 * anything is wrong, about which `prepareHarness` says what it is. Its adjudications do not say what they are made by. Texts
 * that no fact says (`unknown-fact-value`) are left to those who check policies before they are used: they make a rule do
 * nothing, and looking for them takes as long as all the rest.
 */
export function makeHarness(
  agent: Agent,
  files: readonly PolicyFile[],
  { mode, ...options }: AgentSchemaOptions & { readonly mode: Mode },
): MadeHarness | undefined {
  const derived = createAgentSchema(agent, options);
  // Names that no schema can hold.
  if (!derived.ok || LONE_SURROGATE.test(JSON.stringify(agent))) return undefined;
  const read = files.map(({ text, file }) => parsePolicies(createSource(text, file)));
  const combined = combinePolicySets(read.flatMap((result) => (result.ok ? [result.value] : [])));
  if (!combined.ok || read.some(({ ok }) => !ok)) return undefined;
  const policySet = combined.value;
  const schema = directSchema(derived.value, agent, options);
  if (!hasNoErrors(policySet, { schema, actions: profileActions(derived.value) })) return undefined;
  const compiled = compilePolicySet(policySet);
  const entities = storeBySchema([], schema);
  if (!compiled.ok || !entities.ok) return undefined;
  const tests = knownTests(policySet);
  const runners = testedConditions(compiled.value, tests);
  // An index is worth its making after some events.
  const engine = new PolicyEngine(compiled.value, entities.value, runners, { index: false });
  return {
    policySet,
    tests,
    harness: {
      ...UNNAMED,
      agent,
      entities: entities.value,
      engine,
      mode,
      profile: {
        schema,
        buildRequest: (world, trajectory, event) => buildRequest(derived.value, world, trajectory, event),
      },
    },
  };
}
