import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printPolicy } from '../../src/ast/print-policy.js';
import { createAuthorizer, DeodarError, type EngineOptions } from '../../src/index.js';
import { createSource, utf8Offset } from '../../src/text/source.js';
import { arbitraryPolicy } from '../support/arbitrary-policy.js';
import {
  arbitraryEntities,
  arbitraryRequest,
  type EntityJson,
  type RequestJson,
} from '../support/arbitrary-request.js';
import { ENGINES } from '../support/engines.js';

const cedar = createRequire(import.meta.url)(
  '@cedar-policy/cedar-wasm/nodejs',
) as typeof import('@cedar-policy/cedar-wasm/nodejs');

/** Cases of a run; more by `DEODAR_FUZZ_RUNS`. */
const RUNS = Number(process.env.DEODAR_FUZZ_RUNS ?? 1500);

interface Answer {
  readonly decision: string;
  readonly reason: readonly string[];
  /** `id: message | help | start-end` for each policy that errs, offsets in UTF-8 bytes. */
  readonly errors: readonly string[];
}

function ours(
  policies: string,
  entities: readonly EntityJson[],
  request: RequestJson,
  engine: EngineOptions,
): Answer | 'failure' {
  try {
    const response = createAuthorizer({ policies, entities, engine }).isAuthorized(request);
    if (response.diagnostics !== undefined) return 'failure';
    const source = createSource(policies);
    const errors = response.errors.map(({ policyId, error }) => {
      const place =
        error.span === undefined ? '' : `${utf8Offset(source, error.span.start)}-${utf8Offset(source, error.span.end)}`;
      return `${policyId}: ${error.message} | ${error.help ?? ''} | ${place}`;
    });
    return { decision: response.decision, reason: [...response.reason].sort(), errors: errors.sort() };
  } catch (error) {
    if (error instanceof DeodarError) return 'failure';
    throw error;
  }
}

function theirs(policies: string, entities: readonly EntityJson[], request: RequestJson): Answer | 'failure' {
  const answer = cedar.isAuthorized({
    ...request,
    policies: { staticPolicies: policies },
    entities: entities as never,
  } as never);
  if (answer.type === 'failure') return 'failure';
  const { decision, diagnostics } = answer.response;
  const errors = diagnostics.errors.map(({ policyId, error }) => {
    const places = (error.sourceLocations ?? []).map(({ start, end }) => `${start}-${end}`);
    return `${policyId}: ${error.message} | ${error.help ?? ''} | ${places.join(' ')}`;
  });
  return { decision, reason: [...diagnostics.reason].sort(), errors: errors.sort() };
}

describe('authorization equals the official engine', () => {
  it.each([true, false])('for generated policies, entities and requests (conforming: %s)', (conforming) => {
    const counts = { allow: 0, deny: 0, erring: 0 };
    const policySet = fc
      .array(arbitraryPolicy(), { minLength: 1, maxLength: 5 })
      .map((policies) => policies.map((policy) => printPolicy(policy)).join('\n'));
    const property = fc.property(
      policySet,
      arbitraryEntities({ conforming }),
      arbitraryRequest({ conforming }),
      (policies, entities, request) => {
        const expected = theirs(policies, entities, request);
        for (const [, engine] of ENGINES) expect(ours(policies, entities, request, engine)).toEqual(expected);
        if (expected === 'failure') return;
        counts[expected.decision === 'allow' ? 'allow' : 'deny']++;
        if (expected.errors.length > 0) counts.erring++;
      },
    );
    fc.assert(property, { numRuns: RUNS });
    console.log(
      `differential authorization: ${RUNS} cases, ${counts.allow} allow, ${counts.deny} deny, ${counts.erring} with errors`,
    );
    expect(Math.min(counts.allow, counts.deny, counts.erring)).toBeGreaterThan(RUNS / 50);
  });
});
