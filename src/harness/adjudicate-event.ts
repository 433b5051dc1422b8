import { annotationValue, type Policy } from '../ast/policy.js';
import type { Outcomes } from '../authorizer/decide.js';
import { type Diagnostic, diagnostic, type Result } from '../diagnostics/diagnostic.js';
import type { CompiledPolicy } from '../evaluator/compile-policy.js';
import type { Environment } from '../evaluator/environment.js';
import { canonicalJson, canonicalText } from '../json/canonical-json.js';
import { isJsonObject, type JsonValue } from '../json/json-value.js';
import { sha256 } from '../ledger/sha256.js';
import { positionAt } from '../text/source.js';
import { sameUid } from '../values/equality.js';
import { printEntityUid } from '../values/print.js';
import { type AdjudicatedPolicy, type Adjudication, type AdjudicationError, Decision } from './adjudication.js';
import { decideOutcomes, escalateArgument, type Verdict } from './decision-table.js';
import { STAGES, type Stage } from './event.js';
import { type ParsedEvent, parseEvent } from './parse-event.js';
import type { PreparedHarness } from './prepare-harness.js';
import type { Profile, RequestWorld } from './profile.js';
import { reasonOf } from './reason.js';
import { requestOfEvent } from './request-of-event.js';
import type { Trajectory } from './trajectory.js';

/** An adjudication without the time that it took. */
export type TimelessAdjudication = Omit<Adjudication, 'durationNs'>;

/** An adjudication with the event that it is about; undefined when the event could not be read. */
export interface JudgedEvent {
  readonly adjudication: TimelessAdjudication;
  readonly event: ParsedEvent | undefined;
  /** The JSON text of the event, where it was written for the hash. */
  readonly text?: string | undefined;
}

/** What of a prepared harness judging needs. */
export interface JudgingHarness
  extends RequestWorld,
    Pick<PreparedHarness, 'engine' | 'semantics' | 'escalation' | 'policySetHash' | 'schemaHash' | 'unusable'> {
  readonly profile: Pick<Profile, 'buildRequest' | 'schema'>;
}

/** Judges an event. Pure and total: whatever is wrong with the event is a DENY that says so. */
export function adjudicateEvent(
  harness: JudgingHarness,
  trajectory: Trajectory,
  given: Result<JsonValue>,
  trajectoryOf?: RequestWorld['trajectoryOf'],
): JudgedEvent {
  const json = given.ok ? given.value : null;
  const denied = (diagnostics: readonly Diagnostic[], event?: ParsedEvent): JudgedEvent => ({
    adjudication: badRequest(harness, trajectory, json, event, diagnostics),
    event,
  });
  try {
    const parsed = given.ok ? parseEvent(given.value) : given;
    if (!parsed.ok) return denied(parsed.diagnostics);
    const event = parsed.value;
    if (harness.unusable.length > 0) return denied([unusableEntities(), ...harness.unusable], event);
    const { agent, entities, mode, profile } = harness;
    const world = trajectoryOf === undefined ? harness : { agent, entities, mode, profile, trajectoryOf };
    const request = requestOfEvent(world, trajectory, event);
    if (!request.ok) return denied(request.diagnostics, event);
    const outcomes = harness.engine.evaluate(request.value);
    const verdict = decideOutcomes(outcomes, harness);
    const { text, inOrder } = canonicalText(json);
    const adjudication = answer(harness, trajectory, text, event, request.value, outcomes, verdict);
    return { adjudication, event, text: inOrder ? text : undefined };
  } catch (error) {
    // A fault of ours must not let an event pass, and must not end the host's agent either.
    // What could not be judged may be no JSON either: nothing of it is looked at again.
    return { adjudication: badRequest(harness, trajectory, null, undefined, [internalError(error)]), event: undefined };
  }
}

function unusableEntities(): Diagnostic {
  return diagnostic('unusable-entities', 'the entities of the host do not conform to the schema', {
    help: 'mend them; a harness that is strict does not start with them',
  });
}

function internalError(error: unknown): Diagnostic {
  const message = `the event could not be judged: ${error instanceof Error ? error.message : String(error)}`;
  return diagnostic('internal-error', message, { help: 'this is a fault of Deodar; please report it with the event' });
}

function answer(
  harness: JudgingHarness,
  trajectory: Trajectory,
  canonical: string,
  event: ParsedEvent,
  request: Environment,
  outcomes: Outcomes,
  verdict: Verdict,
): TimelessAdjudication {
  const { reason, policies } = explanationOf(verdict, outcomes);
  return withSettings(harness, {
    decision: verdict.decision,
    ground: verdict.ground,
    reason,
    stage: event.stage,
    toolId: toolOf(event),
    policies,
    routes: verdict.routes,
    errors: outcomes.errors.length === 0 ? NONE : outcomes.errors.map(describeError),
    diagnostics: NONE,
    obligations: NONE,
    mode: harness.mode,
    policySetHash: harness.policySetHash,
    schemaHash: harness.schemaHash,
    trajectoryId: trajectory.id,
    step: trajectory.steps + 1,
    requestHash: sha256(uidLines(event.stage, request) + canonical),
  });
}

type Uids = Pick<Environment, 'principal' | 'action' | 'resource'>;

const lastLines = new Map<Stage, { readonly of: Uids; readonly text: string }>();

/** Principal, action and resource, each with a line break; at one stage of a run they are mostly those of the time before. */
function uidLines(stage: Stage, { principal, action, resource }: Uids): string {
  const last = lastLines.get(stage);
  if (
    last !== undefined &&
    sameUid(last.of.action, action) &&
    sameUid(last.of.resource, resource) &&
    sameUid(last.of.principal, principal)
  )
    return last.text;
  const text = `${printEntityUid(principal)}\n${printEntityUid(action)}\n${printEntityUid(resource)}\n`;
  lastLines.set(stage, { of: { principal, action, resource }, text });
  return text;
}

const NO_RESULT = 'the result is none that the tool declares';

/** Problems whose messages quote the value, or a name in it. */
const QUOTING: ReadonlySet<string> = new Set(['wrong-type', 'not-allowed', 'no-alternative', 'unknown-field']);

/** Whether a problem quotes a result: that is withheld, so the reason, which a model may read, must not tell it. */
function quotesResult(stage: Stage | null, { code, pointer = '' }: Diagnostic): boolean {
  return stage === 'POST_TOOL' && QUOTING.has(code) && pointer.startsWith('/content/response');
}

function explained({ message, pointer = '', help }: Diagnostic): string {
  return `${message}${pointer === '' ? '' : ` at ${pointer}`}${help === undefined ? '' : ` (${help})`}`;
}

function badRequest(
  harness: JudgingHarness,
  trajectory: Trajectory,
  json: JsonValue,
  event: ParsedEvent | undefined,
  diagnostics: readonly Diagnostic[],
): TimelessAdjudication {
  const [first] = diagnostics;
  const stage = event?.stage ?? stageOf(json);
  const what = first === undefined ? 'it cannot be read' : quotesResult(stage, first) ? NO_RESULT : explained(first);
  const more = diagnostics.length > 1 ? `, and ${diagnostics.length - 1} more` : '';
  return withSettings(harness, {
    decision: Decision.DENY,
    ground: 'bad-request',
    reason: `Denied, the request is not valid: ${what}${more}.`,
    stage,
    toolId: event === undefined ? null : toolOf(event),
    policies: [],
    routes: [],
    errors: [],
    diagnostics,
    obligations: [],
    mode: harness.mode,
    policySetHash: harness.policySetHash,
    schemaHash: harness.schemaHash,
    trajectoryId: trajectory.id,
    step: trajectory.steps + 1,
    requestHash: sha256(canonicalJson(json)),
  });
}

/** Adds the settings that an answer names only where they are not the usual ones. */
function withSettings({ semantics, escalation }: JudgingHarness, answered: TimelessAdjudication): TimelessAdjudication {
  if (semantics !== 'cedar' && escalation !== 'always') return answered;
  return {
    ...answered,
    ...(semantics === 'cedar' ? { semantics } : {}),
    ...(escalation === 'always' ? { escalation } : {}),
  };
}

function toolOf(event: ParsedEvent): string | null {
  return event.stage === 'PRE_TOOL' || event.stage === 'POST_TOOL' ? event.toolId : null;
}

/** The stage that a malformed event claims. */
function stageOf(json: JsonValue): Stage | null {
  return isJsonObject(json) ? (STAGES.find((stage) => stage === json.stage) ?? null) : null;
}

const NONE: readonly never[] = Object.freeze([]);

function describeError({ policy, error }: Outcomes['errors'][number]): AdjudicationError {
  const { kind, message, span = null } = error;
  return { policyId: policy.id, effect: policy.effect, kind, message, span };
}

type Explanation = Pick<Adjudication, 'reason' | 'policies'>;

const permissions = new WeakMap<CompiledPolicy, Explanation>();

/** Reason and policies; where one policy permits, which is most of the time, made once for it. */
function explanationOf(verdict: Verdict, outcomes: Outcomes): Explanation {
  const { ground, policies } = verdict;
  const [first] = policies;
  const only = ground === 'permitted' && policies.length === 1 ? first : undefined;
  const known = only === undefined ? undefined : permissions.get(only);
  if (known !== undefined) return known;
  const made = { reason: reasonOf(verdict, outcomes), policies: Object.freeze(policies.map(describePolicy)) };
  if (only !== undefined) permissions.set(only, made);
  return made;
}

const descriptions = new WeakMap<CompiledPolicy, AdjudicatedPolicy>();

/** Made once for each policy, and frozen, since all adjudications share it. */
function describePolicy(compiled: CompiledPolicy): AdjudicatedPolicy {
  const known = descriptions.get(compiled);
  if (known !== undefined) return known;
  const { id, policy } = compiled;
  const described: AdjudicatedPolicy = Object.freeze({
    id,
    effect: policy.effect,
    description: annotationValue(policy, 'description') ?? null,
    escalate: annotationValue(policy, 'escalate') !== undefined,
    escalateArg: escalateArgument(policy),
    annotations: Object.freeze(Object.fromEntries(policy.annotations.map(({ key, value }) => [key, value ?? '']))),
    location: Object.freeze(locate(policy)),
  });
  descriptions.set(compiled, described);
  return described;
}

function locate(policy: Policy): AdjudicatedPolicy['location'] {
  if (policy.source === undefined || policy.span === undefined) return null;
  return { file: policy.source.name ?? null, ...positionAt(policy.source, policy.span.start) };
}
