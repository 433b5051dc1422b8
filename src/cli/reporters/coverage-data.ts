import { type CoveredPolicy, percent, sharesOf } from '../../analysis/coverage.js';
import type { Policy } from '../../ast/policy.js';
import { compareCodePoints } from '../../text/code-point-order.js';
import { positionAt, type Source, type Span } from '../../text/source.js';
import { policyName } from './coverage-text.js';

/** Coverage as JSON data. */
export function coverageJson(policies: readonly CoveredPolicy[]): object {
  const shares = sharesOf(policies);
  return {
    figures: {
      policies: { ...shares.policies, percent: percent(shares.policies) },
      branches: { ...shares.branches, percent: percent(shares.branches) },
    },
    policies: policies.map(({ policy, satisfied, unsatisfied, errors, points }) => ({
      id: policyName(policy),
      effect: policy.effect,
      ...rangeOf(policy, policy.span),
      satisfied,
      unsatisfied,
      errors,
      points: points.map(({ kind, text, span, isTrue, isFalse, errors: failed }) => ({
        kind,
        text,
        ...rangeOf(policy, span),
        true: isTrue,
        false: isFalse,
        errors: failed,
      })),
    })),
  };
}

/** File and one-based lines and columns of something in a policy; all null for what was not read from text. */
export function rangeOf({ source }: Policy, span: Span | undefined): object {
  if (source === undefined || span === undefined)
    return { file: null, line: null, column: null, endLine: null, endColumn: null };
  const end = positionAt(source, span.end);
  return { file: source.name ?? null, ...positionAt(source, span.start), endLine: end.line, endColumn: end.column };
}

/** The policies of each text, texts by name; what was read from JSON is left out. */
export function bySource(policies: readonly CoveredPolicy[]): readonly (readonly [Source, readonly CoveredPolicy[]])[] {
  const texts = new Map<Source, CoveredPolicy[]>();
  for (const each of policies) {
    if (each.policy.source === undefined) continue;
    const own = texts.get(each.policy.source);
    if (own === undefined) texts.set(each.policy.source, [each]);
    else own.push(each);
  }
  return [...texts].sort(([a], [b]) => compareCodePoints(a.name ?? '', b.name ?? ''));
}

/**
 * Coverage as an LCOV tracefile: a policy is a function, which is called when it fires; a place that can be true and
 * false is a block of two branches; lines on which policies and places begin are what is executed.
 */
export function coverageLcov(policies: readonly CoveredPolicy[], pathOf: (name: string) => string): string {
  return bySource(policies)
    .map(([source, own]) => record(source, own, pathOf(source.name ?? '<input>')))
    .join('');
}

function record(source: Source, policies: readonly CoveredPolicy[], path: string): string {
  const lineOf = (span: Span | undefined): number => positionAt(source, span?.start ?? 0).line;
  const functions: string[] = [];
  const calls: string[] = [];
  const branches: string[] = [];
  const lines = new Map<number, number>();
  const hit = (line: number, times: number): void => {
    lines.set(line, Math.max(lines.get(line) ?? 0, times));
  };
  let block = 0;
  let taken = 0;
  for (const { policy, satisfied, unsatisfied, errors, points } of policies) {
    // Commas and line ends would end the field.
    const name = policyName(policy).replaceAll(/[\s,]/gu, '_');
    functions.push(`FN:${lineOf(policy.span)},${name}`);
    calls.push(`FNDA:${satisfied},${name}`);
    hit(lineOf(policy.span), satisfied + unsatisfied + errors);
    for (const { span, isTrue, isFalse, errors: failed } of points) {
      const line = lineOf(span);
      const isReached = isTrue + isFalse + failed > 0;
      hit(line, isTrue + isFalse + failed);
      for (const [branch, times] of [isTrue, isFalse].entries()) {
        branches.push(`BRDA:${line},${block},${branch},${isReached ? times : '-'}`);
        if (times > 0) taken++;
      }
      block++;
    }
  }
  const executed = [...lines].sort(([a], [b]) => a - b);
  return [
    'TN:',
    `SF:${path}`,
    ...functions,
    ...calls,
    `FNF:${functions.length}`,
    `FNH:${policies.filter(({ satisfied }) => satisfied > 0).length}`,
    ...branches,
    `BRF:${branches.length}`,
    `BRH:${taken}`,
    ...executed.map(([line, times]) => `DA:${line},${times}`),
    `LF:${executed.length}`,
    `LH:${executed.filter(([, times]) => times > 0).length}`,
    'end_of_record\n',
  ].join('\n');
}
