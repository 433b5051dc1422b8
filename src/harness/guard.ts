import { type Adjudication, Decision } from './adjudication.js';
import type { PolicyHarness } from './policy-harness.js';

/** Thrown by a guarded tool whose call was not allowed; the tool did not run. */
export class BlockedError extends Error {
  override readonly name = 'BlockedError';
  readonly adjudication: Adjudication;

  constructor(adjudication: Adjudication, reason: string = adjudication.reason) {
    super(`Action blocked: ${reason}`);
    this.adjudication = adjudication;
  }
}

export interface GuardOptions {
  /** Trajectory of the calls; without one it is the current trajectory when a call is made. */
  readonly trajectoryId?: string;
}

/**
 * Wraps a tool: each call is judged first, and the tool runs only when the answer is ALLOW, with a deep frozen copy of
 * the arguments that were judged. Everything else, ESCALATE included, rejects with `BlockedError`. In shadow mode the
 * tool runs whatever the answer is.
 */
export function guard<Arguments, Output>(
  harness: PolicyHarness,
  toolId: string,
  run: (parameters: Arguments) => Output | Promise<Output>,
  options: GuardOptions = {},
): (parameters: Arguments) => Promise<Output> {
  return async (parameters) => {
    const snapshot = snapshotOf(parameters);
    const judged = snapshot === undefined ? parameters : snapshot.copy;
    const adjudication = await harness.adjudicate('PRE_TOOL', 'model', { toolId, parameters: judged }, options);
    if (adjudication.mode === 'shadow') return run(judged);
    if (adjudication.decision !== Decision.ALLOW) throw new BlockedError(adjudication);
    if (snapshot === undefined)
      throw new BlockedError(
        adjudication,
        'the arguments cannot be copied, so what was judged is not sure to be what runs.',
      );
    return run(snapshot.copy);
  };
}

/** A frozen deep copy; undefined for what cannot be copied, which is never judged to be allowed. */
export function snapshotOf<T>(value: T): { readonly copy: T } | undefined {
  try {
    return { copy: deepFreeze(structuredClone(value)) };
  } catch {
    return undefined;
  }
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const member of Object.values(value)) deepFreeze(member);
  }
  return value;
}
