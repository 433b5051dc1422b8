import { createTracer, type PolicyTrace } from '../analysis/trace-policy.js';
import { compilePolicySet } from '../authorizer/compile-policy-set.js';
import type { FileResult, PlacedResult } from './run-test-files.js';

/** Most policies that are explained for one test. */
const MOST = 4;

/** What the policies did that a failed test wanted to decide, and those that did decide or failed. */
export function explainFailure({ policySet }: FileResult, { subject }: PlacedResult): readonly PolicyTrace[] {
  const environment = subject?.environment();
  const compiled = policySet === undefined ? undefined : compilePolicySet(policySet);
  if (subject === undefined || environment === undefined || compiled?.ok !== true) return [];
  const { expected } = subject;
  return compiled.value
    .filter((policy) => expected.includes(policy.id) || policy.evaluate(environment) !== false)
    .slice(0, MOST)
    .map((policy) => createTracer(policy)(environment));
}
