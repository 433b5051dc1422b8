import { type OptionRules, objectWith, requireOptions, SWITCH } from '../diagnostics/check-options.js';
import { printJson } from '../json/print-json.js';
import type { Adjudication } from './adjudication.js';
import type { AdjudicationMoment } from './policy-harness.js';

/** Longest text of a tool's arguments in a span. */
const LONGEST_INPUTS = 500;

/** What the host knows of the model's answer. */
export interface ModelUse {
  readonly model?: string;
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly stopReason?: string;
}

export interface SpanOptions {
  /** False leaves the arguments of tools out, which may hold what no trace should. Default true. */
  readonly inputs?: boolean;
  readonly llm?: ModelUse;
}

const SPAN_OPTIONS: OptionRules = { inputs: SWITCH, llm: objectWith('the use of a model') };

/** A span of a trace, in the words of OpenTelemetry: give it to `tracer.startSpan(name, { attributes })`. */
export interface SpanDescription {
  readonly name: 'agent.turn' | 'agent.tool';
  readonly attributes: Readonly<Record<string, string | number | boolean | string[]>>;
}

/**
 * Describes an adjudication as a span, for the hook `onAdjudication`: `agent.tool` for calls and results, `agent.turn` for
 * messages. `tool.duration_ms` is the time that judging took, `tool.success` that the answer was ALLOW.
 */
export function spanOf(
  adjudication: Adjudication,
  { event, trajectory }: AdjudicationMoment,
  options: SpanOptions = {},
): SpanDescription {
  requireOptions(options, SPAN_OPTIONS, 'spanOf()');
  const { decision, reason, stage, policies, errors, trajectoryId, toolId, step } = adjudication;
  const judged = {
    'deodar.decision': decision,
    'deodar.stage': stage ?? 'unknown',
    'deodar.step': step,
    'deodar.policies': policies.map(({ id }) => id),
    ...(decision === 'ALLOW' ? {} : { 'deodar.reason': reason }),
    ...(errors.length === 0 ? {} : { 'deodar.errors': errors.map(({ policyId }) => policyId) }),
  };
  if (toolId !== null || stage === 'PRE_TOOL' || stage === 'POST_TOOL') {
    const inputs = event?.stage === 'PRE_TOOL' && options.inputs !== false ? printJson(event.parameters) : undefined;
    return {
      name: 'agent.tool',
      attributes: {
        'tool.name': toolId ?? 'unknown',
        'tool.session_id': trajectoryId,
        ...(inputs === undefined ? {} : { 'tool.inputs': inputs.slice(0, LONGEST_INPUTS) }),
        'tool.duration_ms': adjudication.durationNs / 1e6,
        'tool.success': decision === 'ALLOW',
        ...judged,
      },
    };
  }
  const turn = trajectory.turns + (stage === 'PRE_MODEL' ? 1 : 0);
  return {
    name: 'agent.turn',
    attributes: { 'session.id': trajectoryId, 'turn.number': turn, ...modelAttributes(options.llm), ...judged },
  };
}

function modelAttributes(llm: ModelUse = {}): Record<string, string | number> {
  return {
    ...(llm.model === undefined ? {} : { 'llm.model': llm.model }),
    ...(llm.inputTokens === undefined ? {} : { 'llm.input_tokens': llm.inputTokens }),
    ...(llm.outputTokens === undefined ? {} : { 'llm.output_tokens': llm.outputTokens }),
    ...(llm.stopReason === undefined ? {} : { 'llm.stop_reason': llm.stopReason }),
  };
}
