import { type CoveredPoint, type CoveredPolicy, sharesOf } from '../../analysis/coverage.js';
import type { Source, Span } from '../../text/source.js';
import { bySource } from './coverage-data.js';
import { figure, policyName } from './coverage-text.js';

/** Coverage as a page that needs nothing else: figures, a table, and the policies with what tests did marked in them. */
export function coverageHtml(policies: readonly CoveredPolicy[]): string {
  const { policies: fired, branches } = sharesOf(policies);
  const rows = policies.map((each) => {
    const own = sharesOf([each]).branches;
    const cells = [each.satisfied, each.unsatisfied, each.errors, `${own.covered}/${own.total}`];
    return `<tr class="${each.satisfied > 0 ? '' : 'none'}"><td>${escapeHtml(policyName(each.policy))}</td>${cells.map((cell) => `<td class="n">${cell}</td>`).join('')}</tr>`;
  });
  const sources = bySource(policies).map(
    ([source, own]) =>
      `<h2>${escapeHtml(source.name ?? '<input>')}</h2>\n<p>policies ${figure(sharesOf(own).policies)}, branches ${figure(sharesOf(own).branches)}</p>\n<pre>${markedSource(source, own)}</pre>`,
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Coverage of policies</title>
<style>${STYLE}</style>
<h1>Coverage of policies</h1>
<p>policies ${figure(fired)}, branches ${figure(branches)}</p>
<p><span class="all">true and false</span> <span class="half">only true, or only false</span> <span class="none">never evaluated, or never fired</span></p>
<table><tr><th>policy</th><th>fired</th><th>not</th><th>failed</th><th>branches</th></tr>
${rows.join('\n')}
</table>
${sources.join('\n')}
</html>
`;
}

const STYLE = `body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#1b1b1b;background:#fff}
pre{background:#f6f6f6;padding:1rem;overflow:auto;line-height:1.6}td,th{padding:.1rem .8rem;text-align:left}.n{text-align:right}
.all{background:#d3f2d3}.half{background:#ffe9a8}.none{background:#ffc9c4}
@media(prefers-color-scheme:dark){body{color:#eee;background:#181818}pre{background:#222}.all{background:#1d4d1d}.half{background:#6b5200}.none{background:#732018}}`;

interface Mark {
  readonly span: Span;
  readonly state: 'all' | 'half' | 'none';
  readonly title: string;
}

/** The text with its places marked; where places nest, the innermost one's mark is seen. */
function markedSource(source: Source, policies: readonly CoveredPolicy[]): string {
  const marks = policies.flatMap(marksOf).sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
  let html = '';
  let at = 0;
  const open: number[] = [];
  const upTo = (offset: number): void => {
    html += escapeHtml(source.text.slice(at, offset));
    at = offset;
  };
  const closeBefore = (offset: number): void => {
    for (let end = open.at(-1); end !== undefined && end <= offset; end = open.at(-1)) {
      upTo(end);
      html += '</span>';
      open.pop();
    }
  };
  for (const { span, state, title } of marks) {
    closeBefore(span.start);
    upTo(span.start);
    html += `<span class="${state}" title="${escapeHtml(title)}">`;
    open.push(span.end);
  }
  closeBefore(source.text.length);
  upTo(source.text.length);
  return html;
}

function marksOf({ policy, satisfied, unsatisfied, points }: CoveredPolicy): readonly Mark[] {
  // The head of a policy that never fires: its effect, which begins the scope.
  const start = policy.span?.start ?? 0;
  const head = { start, end: policy.conditions[0]?.span?.start ?? policy.span?.end ?? start };
  const state = satisfied > 0 ? 'all' : 'none';
  const own: Mark[] =
    policy.span === undefined ? [] : [{ span: head, state, title: `fired ${satisfied}, did not ${unsatisfied}` }];
  return [...own, ...points.flatMap(markOf)];
}

function markOf({ kind, span, isTrue, isFalse, errors }: CoveredPoint): readonly Mark[] {
  if (span === undefined) return [];
  const seen = Number(isTrue > 0) + Number(isFalse > 0);
  const failed = errors === 0 ? '' : `, failed ${errors}`;
  const state = seen === 2 ? 'all' : seen === 1 ? 'half' : 'none';
  return [{ span, state, title: `${kind}: true ${isTrue}, false ${isFalse}${failed}` }];
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
