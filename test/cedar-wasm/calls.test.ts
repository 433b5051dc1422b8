import { describe, expect, it } from 'vitest';
import { CALLS } from './call-arguments.js';
import { callBoth, compareOutcomes, samePlace } from './compare-outcomes.js';
import { type FunctionName, renewOfficial } from './oracle.js';

const PERMIT = 'permit(principal,action,resource);';

/** A breakdown of the official package is no behaviour to follow. */
function expectTheSame(name: FunctionName, args: readonly unknown[]): void {
  const comparison = callBoth(name, args);
  if (comparison.theirs.kind === 'trap') expect(comparison.ours.kind).toBe('throws');
  else expect(compareOutcomes(comparison)).toBe('same');
  expect(samePlace(comparison)).not.toBe(false);
}

function shown(args: readonly unknown[]): string {
  try {
    return JSON.stringify(args)?.slice(0, 150);
  } catch {
    return 'arguments that cannot be written';
  }
}

describe.each(Object.entries(CALLS))('%s answers like the official package', (name, calls) => {
  it.each(calls.map((args, i) => [`${i}: ${shown(args)}`, args] as const))('%s', (_shown, args) => {
    renewOfficial();
    callBoth('preparsePolicySet', ['tested', { staticPolicies: PERMIT }]);
    expectTheSame(name as FunctionName, args);
  });
});
