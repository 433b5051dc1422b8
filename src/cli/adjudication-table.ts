import type { Adjudication } from '../harness/adjudication.js';
import { isJsonObject, type JsonValue } from '../json/json-value.js';
import { printJson } from '../json/print-json.js';
import { diagnosticJson } from './reporters/json.js';

const WIDTHS = { step: 4, stage: 10, tool: 14, decision: 8, what: 44 } as const;

export function tableHead(): string {
  return row(
    'STEP'.padStart(WIDTHS.step),
    'STAGE',
    'TOOL',
    'DECISION'.padEnd(WIDTHS.decision),
    'WHAT',
    'POLICIES AND ROUTE',
  );
}

/** One adjudication as a row, with a glimpse of its event; what is not allowed has its reason below it. */
export function adjudicationRow(a: Adjudication, event: JsonValue, color: boolean): string {
  const policies = a.policies.map((p) => p.id).join(', ') || '-';
  const routes = a.routes.length === 0 ? '' : `  -> ${a.routes.map((route) => route ?? 'a person').join(', ')}`;
  const line = row(
    String(a.step).padStart(WIDTHS.step),
    a.stage ?? '?',
    a.toolId ?? '',
    paint(a.decision.padEnd(WIDTHS.decision), a.decision, color),
    glimpse(event),
    `${policies}${routes}`,
  );
  return a.decision === 'ALLOW' ? line : `${line}${' '.repeat(WIDTHS.step + 2)}${printable(a.reason)}\n`;
}

function row(step: string, stage: string, tool: string, decision: string, what: string, policies: string): string {
  const cells = [
    step,
    padded(stage, WIDTHS.stage),
    padded(tool, WIDTHS.tool),
    decision,
    padded(what, WIDTHS.what),
    policies,
  ];
  return `${cells.join('  ')}\n`;
}

function padded(text: string, width: number): string {
  const shown = printable(text);
  return (shown.length <= width ? shown : `${shown.slice(0, width - 1)}…`).padEnd(width);
}

/** What an event is about, in one line: its text, the first text among the arguments, or the response. */
function glimpse(event: JsonValue): string {
  const content = isJsonObject(event) ? event.content : undefined;
  if (!isJsonObject(content)) return '';
  const { text, parameters, response } = content;
  if (typeof text === 'string') return text;
  if (isJsonObject(parameters))
    return Object.values(parameters).find((value) => typeof value === 'string') ?? printJson(parameters);
  if (typeof response === 'string') return response;
  return response === undefined ? '' : printJson(response);
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

/** Text of an event cannot steer the terminal. */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '.');
}
