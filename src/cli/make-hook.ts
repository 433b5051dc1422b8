import type { Agent } from '../harness/agent.js';
import { compiledHarness } from '../harness/compiled-harness.js';
import type { MadeHarness } from '../harness/made-harness.js';
import { makeHarness } from '../harness/make-harness.js';
import type { PolicyFile } from '../harness/prepare-harness.js';

/** Loads and checks the policies of a hook from their texts; undefined where `prepareHook` has something to say of them. */
export function makeHook(
  { agent, policies }: { readonly agent: Agent; readonly policies: readonly PolicyFile[] },
  options: Parameters<typeof makeHarness>[2],
): MadeHarness | undefined {
  try {
    return makeHarness(agent, policies, options);
  } catch {
    // Whatever it was, it happens there again.
    return undefined;
  }
}

export { compiledHarness };
