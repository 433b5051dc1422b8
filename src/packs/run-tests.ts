import type { PolicySet } from '../ast/policy.js';
import { createAuthorizer, parseEntities } from '../authorizer/create-authorizer.js';
import { combine, type Outcomes, type Response } from '../authorizer/decide.js';
import { requestFromJson } from '../authorizer/request.js';
import { DeodarError } from '../diagnostics/deodar-error.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { Environment } from '../evaluator/environment.js';
import type { Decision } from '../harness/adjudication.js';
import { decideOutcomes } from '../harness/decision-table.js';
import { parseEvent } from '../harness/parse-event.js';
import type { PolicyHarness } from '../harness/policy-harness.js';
import type { PreparedHarness } from '../harness/prepare-harness.js';
import { reasonOf } from '../harness/reason.js';
import { requestOfEvent } from '../harness/request-of-event.js';
import type { Trajectory } from '../harness/trajectory.js';
import { isJsonObject, type JsonValue } from '../json/json-value.js';
import { printJson } from '../json/print-json.js';
import type { EventTest, RequestTest } from './test-file.js';

/** What came of one test: no differences means that it passed. */
export interface TestResult {
  readonly name: string;
  /** Sentences about what was expected and what was seen. */
  readonly differences: readonly string[];
  /** Undefined when the test could not be run. */
  readonly subject: TestSubject | undefined;
}

/** What a test asks the policies, for tools that look at them more closely. */
export interface TestSubject {
  readonly kind: 'request' | 'event';
  /** Ids of the policies that the test wants to decide, as far as it says. */
  readonly expected: readonly string[];
  /** The request that is judged, of events the last one's; undefined when there is none. Made when it is asked for. */
  readonly environment: () => Environment | undefined;
  /** What the policies answer when they say this to its request. */
  readonly answer: (outcomes: Outcomes) => { readonly decision: string; readonly policies: readonly string[] };
  /** What the test would find different if the policies said this to its request. */
  readonly differences: (outcomes: Outcomes) => readonly string[];
}

/** Runs a test of a request, as the official command line does: reasons are compared as sets, errors are counted. */
export function runRequestTest(test: RequestTest, policies: PolicySet): TestResult {
  const { name } = test;
  try {
    const entities = printJson(test.entities);
    const response = createAuthorizer({ policies, entities }).isAuthorizedJson(test.request);
    const differences = [
      ...(response.diagnostics ?? []).map((d) => `the request cannot be read: ${describe(d)}`),
      ...compareResponse(test, response),
    ];
    const environment = (): Environment | undefined => {
      const store = parseEntities(entities);
      const request = store.ok ? requestFromJson(test.request, store.value) : store;
      return request.ok ? request.value : undefined;
    };
    const compare = (outcomes: Outcomes): readonly string[] => compareResponse(test, combine(outcomes));
    return {
      name,
      differences,
      subject: {
        kind: 'request',
        expected: test.reason ?? [],
        environment,
        answer: (outcomes) => {
          const { decision, reason } = combine(outcomes);
          return { decision, policies: reason };
        },
        differences: compare,
      },
    };
  } catch (error) {
    if (!(error instanceof DeodarError)) throw error;
    return { name, differences: error.diagnostics.map(describe), subject: undefined };
  }
}

function compareResponse(test: RequestTest, response: Response): readonly string[] {
  const differences: string[] = [];
  if (response.decision !== test.decision)
    differences.push(`expected ${test.decision}, got ${response.decision}${because(response.reason)}`);
  if (test.reason !== undefined) differences.push(...compareSets('determining policies', test.reason, response.reason));
  if (test.errorCount !== undefined && test.errorCount !== response.errors.length) {
    const errors = response.errors.map(({ policyId, error }) => `${policyId}: ${error.message}`);
    differences.push(
      `expected ${test.errorCount} evaluation errors, got ${response.errors.length}${errors.length === 0 ? '' : ` (${errors.join('; ')})`}`,
    );
  }
  return differences;
}

/** Runs a test of events in a trajectory of its own; the last event's adjudication is compared. */
export async function runEventTest(test: EventTest, harness: PolicyHarness, trajectoryId: string): Promise<TestResult> {
  let trajectory = await harness.initialize({ trajectoryId });
  const last = test.events.length - 1;
  for (const event of test.events.slice(0, last)) await harness.adjudicateJson(ownTrajectory(event), trajectoryId);
  trajectory = harness.trajectory(trajectoryId) ?? trajectory;
  const event = ownTrajectory(test.events[last] ?? null);
  const seen = await harness.adjudicateJson(event, trajectoryId);
  const differences = seen.diagnostics.some((d) => d.code === 'bad-event')
    ? [`the event of the test is no event: ${seen.reason}`]
    : compareAnswer(test, { ...seen, policies: seen.policies.map(({ id }) => id) });
  const { prepared } = harness;
  return { name: test.name, differences, subject: prepared && subjectOfEvent(test, prepared, trajectory, event) };
}

function subjectOfEvent(
  test: EventTest,
  prepared: PreparedHarness,
  trajectory: Trajectory,
  event: JsonValue,
): TestSubject {
  return {
    kind: 'event',
    expected: test.policies ?? [],
    environment: () => environmentOfEvent(prepared, trajectory, event),
    answer: (outcomes) => {
      const { decision, policies } = decideOutcomes(outcomes, prepared);
      return { decision, policies: policies.map(({ id }) => id) };
    },
    differences: (outcomes) => {
      const { decision, policies, routes, ...verdict } = decideOutcomes(outcomes, prepared);
      const reason = reasonOf({ decision, policies, routes, ...verdict }, outcomes);
      return compareAnswer(test, { decision, reason, policies: policies.map(({ id }) => id), routes });
    },
  };
}

/** What the policies are evaluated against when a trajectory comes to an event; undefined when it is denied unread. */
export function environmentOfEvent(
  prepared: PreparedHarness,
  trajectory: Trajectory,
  event: JsonValue,
): Environment | undefined {
  const parsed = parseEvent(event);
  const request = parsed.ok ? requestOfEvent(prepared, trajectory, parsed.value) : parsed;
  return request.ok ? request.value : undefined;
}

interface Answer {
  readonly decision: Decision;
  readonly reason: string;
  readonly policies: readonly string[];
  readonly routes: readonly (string | null)[];
}

function compareAnswer(test: EventTest, seen: Answer): readonly string[] {
  const differences: string[] = [];
  if (seen.decision !== test.decision)
    differences.push(`expected ${test.decision}, got ${seen.decision}: ${seen.reason}`);
  if (test.policies !== undefined) differences.push(...compareSets('policies', test.policies, seen.policies));
  if (test.routes !== undefined)
    differences.push(...compareSets('routes', test.routes.map(routeName), seen.routes.map(routeName)));
  return differences;
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
