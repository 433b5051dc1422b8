import cedar from '@cedar-policy/cedar-wasm/nodejs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printPolicy } from '../../src/ast/print-policy.js';
import { arbitraryPolicy } from '../support/arbitrary-policy.js';
import { arbitraryEntities, arbitraryRequest } from '../support/arbitrary-request.js';
import { WORLD_SCHEMA } from '../support/world.js';

/** What the official engine answers for generated policies and requests: how often it allows, denies and meets errors. */
function answers(conforming: boolean): { readonly allow: number; readonly deny: number; readonly errors: number } {
  const tally = { allow: 0, deny: 0, errors: 0 };
  const options = { conforming };
  const worlds = fc.tuple(arbitraryRequest(options), arbitraryEntities(options), arbitraryPolicy());
  for (const [request, entities, policy] of fc.sample(worlds, { numRuns: 200, seed: 20260808 })) {
    const call = {
      ...request,
      entities,
      policies: { staticPolicies: printPolicy(policy) },
      ...(conforming ? { schema: WORLD_SCHEMA } : {}),
    };
    const answer = cedar.isAuthorized(call as unknown as Parameters<typeof cedar.isAuthorized>[0]);
    if (answer.type !== 'success') throw new Error(answer.errors[0]?.message);
    tally[answer.response.decision]++;
    tally.errors += answer.response.diagnostics.errors.length;
  }
  return tally;
}

describe('the world of generated policies', () => {
  it('has a valid schema', () => {
    expect(cedar.checkParseSchema(WORLD_SCHEMA)).toEqual({ type: 'success' });
  });

  it('has policies of which some are valid and some are not', () => {
    const policies = fc
      .sample(arbitraryPolicy(), { numRuns: 200, seed: 20260809 })
      .map((policy) => printPolicy(policy));
    const valid = policies.filter((staticPolicies) => {
      const answer = cedar.validate({ schema: WORLD_SCHEMA, policies: { staticPolicies } });
      if (answer.type !== 'success') throw new Error(answer.errors[0]?.message);
      return answer.validationErrors.length === 0;
    });
    expect(valid.length).toBeGreaterThan(30);
    expect(valid.length).toBeLessThan(170);
  });

  it.each([true, false])(
    'has requests and entities that the engine reads, and answers of all kinds (conforming: %s)',
    (conforming) => {
      const { allow, deny, errors } = answers(conforming);
      expect([allow > 10, deny > 10, errors > 10]).toEqual([true, true, true]);
    },
  );
});
