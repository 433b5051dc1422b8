import type { PolicySet } from '../ast/policy.js';
import { createAuthorizer } from '../authorizer/create-authorizer.js';
import { DeodarError } from '../diagnostics/deodar-error.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { PolicyHarness } from '../harness/policy-harness.js';
import { isJsonObject, type JsonValue } from '../json/json-value.js';
import { printJson } from '../json/print-json.js';
import type { EventTest, RequestTest } from './test-file.js';

/** What came of one test: no differences means that it passed. */
export interface TestResult {
  readonly name: string;
  /** Sentences about what was expected and what was seen. */
  readonly differences: readonly string[];
}

/** Runs a test of a request, as the official command line does: reasons are compared as sets, errors are counted. */
export function runRequestTest(test: RequestTest, policies: PolicySet): TestResult {
  const differences: string[] = [];
  try {
    const authorizer = createAuthorizer({ policies, entities: printJson(test.entities) });
    const response = authorizer.isAuthorizedJson(test.request);
    differences.push(...(response.diagnostics ?? []).map((d) => `the request cannot be read: ${describe(d)}`));
    if (response.decision !== test.decision)
      differences.push(`expected ${test.decision}, got ${response.decision}${because(response.reason)}`);
    if (test.reason !== undefined)
      differences.push(...compareSets('determining policies', test.reason, response.reason));
    if (test.errorCount !== undefined && test.errorCount !== response.errors.length) {
      const errors = response.errors.map(({ policyId, error }) => `${policyId}: ${error.message}`);
      differences.push(
        `expected ${test.errorCount} evaluation errors, got ${response.errors.length}${errors.length === 0 ? '' : ` (${errors.join('; ')})`}`,
      );
    }
  } catch (error) {
    if (!(error instanceof DeodarError)) throw error;
    differences.push(...error.diagnostics.map(describe));
  }
  return { name: test.name, differences };
}

/** Runs a test of events in a trajectory of its own; the last event's adjudication is compared. */
export async function runEventTest(test: EventTest, harness: PolicyHarness, trajectoryId: string): Promise<TestResult> {
  await harness.initialize({ trajectoryId });
  const [first, ...rest] = test.events;
  let seen = await harness.adjudicateJson(ownTrajectory(first), trajectoryId);
  for (const event of rest) seen = await harness.adjudicateJson(ownTrajectory(event), trajectoryId);
  const differences: string[] = [];
  if (seen.diagnostics.some((d) => d.code === 'bad-event'))
    differences.push(`the event of the test is no event: ${seen.reason}`);
  else if (seen.decision !== test.decision)
    differences.push(`expected ${test.decision}, got ${seen.decision}: ${seen.reason}`);
  if (test.policies !== undefined)
    differences.push(
      ...compareSets(
        'policies',
        test.policies,
        seen.policies.map((p) => p.id),
      ),
    );
  if (test.routes !== undefined)
    differences.push(...compareSets('routes', test.routes.map(routeName), seen.routes.map(routeName)));
  return { name: test.name, differences };
}

function routeName(route: string | null): string {
  return route ?? '(a person)';
}

/** The event without the trajectory that it was recorded in. */
function ownTrajectory(event: JsonValue): JsonValue {
  if (!isJsonObject(event)) return event;
  const { trajectoryId: _, ...rest } = event;
  return rest;
}

function because(reason: readonly string[]): string {
  return reason.length === 0 ? '' : ` because of ${reason.join(', ')}`;
}

function compareSets(noun: string, expected: readonly string[], seen: readonly string[]): string[] {
  const missing = expected.filter((item) => !seen.includes(item));
  const extra = seen.filter((item) => !expected.includes(item));
  return [
    ...(missing.length === 0 ? [] : [`missing ${noun}: ${missing.join(', ')}`]),
    ...(extra.length === 0 ? [] : [`unexpected ${noun}: ${extra.join(', ')}`]),
  ];
}

function describe(d: Diagnostic): string {
  return `${d.message}${d.pointer === undefined || d.pointer === '' ? '' : ` at ${d.pointer}`}`;
}
