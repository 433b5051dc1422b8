import { type ExplainedPart, type ExplainedPolicy, explainPolicy } from '../../analysis/explain-policy.js';
import type { PolicyTrace, Traced } from '../../analysis/trace-policy.js';
import { EvaluationError } from '../../evaluator/evaluation-error.js';
import { printValue } from '../print-value.js';
import { rangeOf } from './coverage-data.js';
import { placeOf, policyName } from './coverage-text.js';

/** Longest value or expression in a line for people. */
const SHOWN_LENGTH = 100;

/** Policies with what came of their parts, as a tree for people; `indent` stands before every line. */
export function explanationText(traces: readonly PolicyTrace[], indent = ''): string {
  const lines = traces.flatMap((trace, i) => [...(i === 0 ? [] : ['']), ...policyLines(explainPolicy(trace))]);
  return lines.map((line) => (line === '' ? '\n' : `${indent}${line}\n`)).join('');
}

function policyLines({ trace, conditions }: ExplainedPolicy): readonly string[] {
  const { policy, outcome, scope } = trace;
  const place = placeOf(policy.policy, policy.policy.span);
  const says = outcome === true ? 'fires' : outcome === false ? 'does not fire' : 'fails';
  const head = `${policy.effect} \`${nameOf(trace)}\`${place === '' ? '' : ` (${place})`} ${says}`;
  const missed = (['principal', 'action', 'resource'] as const).filter((part) => !scope[part]);
  if (missed.length > 0) return [head, `  its scope is not for this ${missed.join(', ')}`];
  const body = conditions.flatMap(({ kind, body: part }) => [`  ${kind}`, ...partLines(part, '    ')]);
  return [head, ...body];
}

/** The `@id`; links have none of their own. */
function nameOf({ policy }: PolicyTrace): string {
  return policy.id === policy.policy.id ? policyName(policy.policy) : policy.id;
}

function partLines({ text, seen, parts, values }: ExplainedPart, indent: string): readonly string[] {
  const known = values.map((value) => `${value.text} is ${shortened(printed(value.seen))}`);
  const why = seen instanceof EvaluationError && parts.length === 0 ? [seen.message] : known;
  const label = seen === undefined ? '-' : seen instanceof EvaluationError ? 'error' : shortened(printed(seen));
  const line = `${indent}${label.padEnd(5)}  ${shortened(text)}`;
  return [
    line,
    ...(seen === undefined ? [] : why.map((each) => `${indent}         ${each}`)),
    ...(seen === undefined ? [] : parts.flatMap((part) => partLines(part, `${indent}  `))),
  ];
}

function printed(seen: Traced): string {
  return seen instanceof EvaluationError ? `an error: ${seen.message}` : printValue(seen);
}

function shortened(text: string): string {
  const line = text.replaceAll(/[\p{Cc}\u2028\u2029]/gu, '.');
  return line.length > SHOWN_LENGTH ? `${line.slice(0, SHOWN_LENGTH - 3)}...` : line;
}

/** The same as JSON data. */
export function explanationJson(trace: PolicyTrace): object {
  const { policy, outcome, scope } = trace;
  return {
    id: nameOf(trace),
    effect: policy.effect,
    ...rangeOf(policy.policy, policy.policy.span),
    outcome: seenJson(outcome),
    scope,
    conditions: explainPolicy(trace).conditions.map(({ kind, body }) => ({ kind, ...partJson(trace, body) })),
  };
}

function partJson(trace: PolicyTrace, { text, span, seen, parts, values }: ExplainedPart): object {
  return {
    text,
    ...rangeOf(trace.policy.policy, span),
    seen: seen === undefined ? null : seenJson(seen),
    ...(values.length === 0
      ? {}
      : { values: values.map((value) => ({ text: value.text, seen: seenJson(value.seen) })) }),
    ...(parts.length === 0 ? {} : { parts: parts.map((part) => partJson(trace, part)) }),
  };
}

/** `{ value }` as Cedar text, or `{ error }`. */
function seenJson(seen: Traced): object {
  return seen instanceof EvaluationError ? { error: seen.toJSON() } : { value: printValue(seen) };
}
