import { lineText, positionAt } from '../text/source.js';
import type { Diagnostic, Label } from './diagnostic.js';

/** Longest stretch of a source line that is shown; a longer one is cut around the caret. */
const SHOWN_WIDTH = 120;

/** `file:line:column` of a label; a source without a name is `<input>`. */
function renderLocation(label: Label): string {
  const { line, column } = positionAt(label.source, label.span.start);
  return `${label.source.name ?? '<input>'}:${line}:${column}`;
}

/**
 * Renders a diagnostic as plain text: `file:line:column: severity[code]: message`, each labelled line with carets,
 * then the help. No colours; the result ends without a line end.
 */
export function renderDiagnostic(d: Diagnostic): string {
  const [first] = d.labels;
  const place = first === undefined ? dataLocation(d) : `${renderLocation(first)}: `;
  const lines = [`${place}${d.severity}[${d.code}]: ${d.message}`];
  for (const [index, label] of d.labels.entries()) {
    if (index > 0) lines.push(`  ${renderLocation(label)}:`);
    lines.push(...renderSnippet(label));
  }
  if (d.help !== undefined) lines.push(`  help: ${d.help}`);
  return lines.join('\n');
}

export function renderDiagnostics(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map(renderDiagnostic).join('\n\n');
}

function dataLocation(d: Diagnostic): string {
  const pointer =
    d.pointer === undefined ? '' : `${d.file === undefined ? '' : ' '}at ${d.pointer === '' ? 'the top' : d.pointer}`;
  const place = `${d.file ?? ''}${pointer}`;
  return place === '' ? '' : `${place}: `;
}

function renderSnippet(label: Label): string[] {
  const { line, column } = positionAt(label.source, label.span.start);
  const last = positionAt(label.source, label.span.end);
  const whole = lineText(label.source, line);
  const endColumn = last.line === line ? last.column : whole.length + 1;
  const width = Math.max(1, endColumn - column);
  const cut = Math.max(0, Math.min(column - 1 - SHOWN_WIDTH / 4, whole.length - SHOWN_WIDTH));
  const shown = printable(whole.slice(cut, cut + SHOWN_WIDTH));
  const before = printable(whole.slice(cut, column - 1)).length;
  const carets = '^'.repeat(Math.max(1, Math.min(width, SHOWN_WIDTH - before)));
  const gutter = String(line);
  const remark = label.message === undefined ? '' : ` ${label.message}`;
  return [
    `  ${gutter} | ${cut > 0 ? '...' : ''}${shown}`,
    `  ${' '.repeat(gutter.length)} | ${' '.repeat(before + (cut > 0 ? 3 : 0))}${carets}${remark}`,
  ];
}

/** Tabs become one space and control characters a dot, so that carets stay below what they mean. */
function printable(text: string): string {
  return text.replaceAll('\t', ' ').replaceAll(/[\p{Cc}\u2028\u2029]/gu, '.');
}
