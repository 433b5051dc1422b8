import { PolicyEngine } from '../authorizer/policy-engine.js';
import { Tiers } from '../compiler/tiers.js';
import { DeodarError } from '../diagnostics/deodar-error.js';
import type { Agent } from '../harness/agent.js';
import { type PolicyFile, type PreparedHarness, prepareHarness } from '../harness/prepare-harness.js';

/** Loads and checks the policies of a hook from their texts; problems are thrown. */
export function prepareHook(
  { agent, policies }: { readonly agent: Agent; readonly policies: readonly PolicyFile[] },
  { unregistered, shadow }: { readonly unregistered: 'deny' | 'policy'; readonly shadow: boolean },
): PreparedHarness {
  const prepared = prepareHarness(agent, { policies, unregistered, mode: shadow ? 'shadow' : 'enforce' });
  if (!prepared.ok) throw new DeodarError(prepared.diagnostics);
  const { policies: compiled, entities } = prepared.value;
  // An index is worth its making after some events.
  return { ...prepared.value, engine: new PolicyEngine(compiled, entities, new Tiers(), { index: false }) };
}
