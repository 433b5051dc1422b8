import { type CoveredPoint, type CoveredPolicy, percent, type Share, sharesOf } from '../../analysis/coverage.js';
import { annotationValue, type Policy } from '../../ast/policy.js';
import { type Diagnostic, diagnostic } from '../../diagnostics/diagnostic.js';
import { renderDiagnostics } from '../../diagnostics/render.js';
import { positionAt, type Span } from '../../text/source.js';

/** Coverage for people: a line for each policy, then the places that no test makes true, or false. */
export function coverageText(policies: readonly CoveredPolicy[]): string {
  const rows = [['policy', 'at', 'fired', 'not', 'branches'], ...policies.map(row)];
  const gaps = policies.flatMap(gapsOf);
  const { policies: fired, branches } = sharesOf(policies);
  return [
    table(rows),
    ...(gaps.length === 0 ? [] : [`${renderDiagnostics(gaps)}\n`]),
    `coverage: policies ${figure(fired)}, branches ${figure(branches)}\n`,
  ].join('\n');
}

/** `96.2 % (25 of 26)`. */
export function figure(share: Share): string {
  return `${percent(share)} % (${share.covered} of ${share.total})`;
}

function row(each: CoveredPolicy): readonly string[] {
  const { policy, satisfied, unsatisfied, errors } = each;
  const { branches } = sharesOf([each]);
  return [
    policyName(policy),
    placeOf(policy, policy.span),
    String(satisfied),
    errors === 0 ? String(unsatisfied) : `${unsatisfied}, ${errors} failed`,
    `${branches.covered}/${branches.total}`,
  ];
}

/** Its `@id`, else its id in the set. */
export function policyName(policy: Policy): string {
  return annotationValue(policy, 'id') ?? policy.id;
}

/** `file:line`, or nothing for what was not read from text. */
export function placeOf({ source }: Policy, span: Span | undefined): string {
  if (source === undefined || span === undefined) return '';
  return `${source.name ?? '<input>'}:${positionAt(source, span.start).line}`;
}

/** Columns as wide as their longest cell, the first two to the left. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const cells of rows) for (const [i, cell] of cells.entries()) widths[i] = Math.max(widths[i] ?? 0, cell.length);
  const line = (cells: readonly string[]): string =>
    cells.map((cell, i) => (i < 2 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  ');
  return rows.map((cells) => `${line(cells).trimEnd()}\n`).join('');
}

/** What no test did, as notes with their places. */
function gapsOf({ policy, satisfied, points }: CoveredPolicy): readonly Diagnostic[] {
  const note = (code: string, message: string, span: Span | undefined): Diagnostic =>
    diagnostic(code, message, {
      severity: 'note',
      labels: policy.source === undefined || span === undefined ? [] : [{ source: policy.source, span }],
      data: { policyId: policy.id },
    });
  const never = satisfied === 0 ? [note('never-fired', `\`${policyName(policy)}\` fires in no test`, policy.span)] : [];
  const gaps = points.flatMap((point) => {
    const missing = missingOf(point);
    return missing === undefined ? [] : [note('uncovered', `${missing} in \`${policyName(policy)}\``, point.span)];
  });
  return [...never, ...gaps];
}

function missingOf({ kind, isTrue, isFalse }: CoveredPoint): string | undefined {
  const noun = kind === 'test' ? 'test' : kind;
  if (isTrue > 0 && isFalse > 0) return undefined;
  if (isTrue === 0 && isFalse === 0) return `the ${noun} is never evaluated`;
  if (kind === 'pattern') return `the pattern ${isTrue === 0 ? 'never matches' : 'always matches'}`;
  return `the ${noun} is never ${isTrue === 0 ? 'true' : 'false'}`;
}
