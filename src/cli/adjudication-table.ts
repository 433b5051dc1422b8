import type { Adjudication } from '../harness/adjudication.js';
import { diagnosticJson } from './report.js';

const WIDTHS = { step: 4, stage: 10, tool: 16, decision: 8 } as const;

export function tableHead(): string {
  return `${'STEP'.padStart(WIDTHS.step)}  ${'STAGE'.padEnd(WIDTHS.stage)}  ${'TOOL'.padEnd(WIDTHS.tool)}  ${'DECISION'.padEnd(WIDTHS.decision)}  POLICIES AND ROUTE\n`;
}

/** One adjudication as a row; what is not allowed has its reason below it. */
export function adjudicationRow(a: Adjudication, color: boolean): string {
  const step = String(a.step).padStart(WIDTHS.step);
  const stage = (a.stage ?? '?').padEnd(WIDTHS.stage);
  const tool = cut(a.toolId ?? '', WIDTHS.tool).padEnd(WIDTHS.tool);
  const decision = paint(a.decision.padEnd(WIDTHS.decision), a.decision, color);
  const policies = a.policies.map((p) => p.id).join(', ') || '-';
  const routes = a.routes.length === 0 ? '' : `  -> ${a.routes.map((route) => route ?? 'a person').join(', ')}`;
  const row = `${step}  ${stage}  ${tool}  ${decision}  ${policies}${routes}`.trimEnd();
  return a.decision === 'ALLOW' ? `${row}\n` : `${row}\n${' '.repeat(WIDTHS.step + 2)}${printable(a.reason)}\n`;
}

/** How many events of each stage ended how, and how long the judging took. */
export function summary(adjudications: readonly Adjudication[]): string {
  const of = (decision: string): number => adjudications.filter((a) => a.decision === decision).length;
  const times = adjudications.map((a) => a.durationNs / 1000).sort((a, b) => a - b);
  const median = times[times.length >> 1] ?? 0;
  const slowest = times[times.length - 1] ?? 0;
  const total = times.reduce((sum, t) => sum + t, 0);
  const events = `${adjudications.length} ${adjudications.length === 1 ? 'event' : 'events'}`;
  return `
${events}: ${of('ALLOW')} ALLOW, ${of('DENY')} DENY, ${of('ESCALATE')} ESCALATE
judged in ${(total / 1000).toFixed(1)} ms (median ${median.toFixed(0)} µs, slowest ${slowest.toFixed(0)} µs an event, facts included)
`;
}

/** The adjudication as one line of JSON. */
export function adjudicationJson(a: Adjudication): string {
  return JSON.stringify({ ...a, diagnostics: a.diagnostics.map(diagnosticJson) });
}

function paint(text: string, decision: Adjudication['decision'], color: boolean): string {
  if (!color) return text;
  const code = decision === 'ALLOW' ? 32 : decision === 'DENY' ? 31 : 33;
  return `\u001b[${code}m${text}\u001b[0m`;
}

function cut(text: string, width: number): string {
  const shown = printable(text);
  return shown.length <= width ? shown : `${shown.slice(0, width - 1)}…`;
}

/** Text of an event cannot steer the terminal. */
function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '.');
}
