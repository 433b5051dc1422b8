import { lineText, positionAt } from '../text/source.js';
import type { Diagnostic, Label } from './diagnostic.js';

/** Longest stretch of a source line that is shown; a longer one is cut around the caret. */
const SHOWN_WIDTH = 120;

/** `file:line:column` of a label; a source without a name is `<input>`. */
function renderLocation(label: Label): string {
  const { line, column } = positionAt(label.source, label.span.start);
  return `${label.source.name ?? '<input>'}:${line}:${column}`;
}

export interface RenderOptions {
  /** With the escape sequences of a terminal; default false. */
  readonly color?: boolean;
}

/** What colours mean, as the numbers of their escape sequences. */
const COLORS = { error: '1;31', warning: '1;33', note: '1;36', related: '1;34', quiet: '2', help: '1;32' } as const;

type Paint = (text: string, color: keyof typeof COLORS) => string;

/**
 * Renders a diagnostic as text: `file:line:column: severity[code]: message`, each labelled line with carets, then the
 * help. The result ends without a line end.
 */
export function renderDiagnostic(d: Diagnostic): string {
  return render(d, plain);
}

/** Renders diagnostics with an empty line between them. */
export function renderDiagnostics(diagnostics: readonly Diagnostic[], { color = false }: RenderOptions = {}): string {
  return diagnostics.map((d) => render(d, color ? colored : plain)).join('\n\n');
}

const plain: Paint = (text) => text;
const colored: Paint = (text, color) => `\u001b[${COLORS[color]}m${text}\u001b[0m`;

function render(d: Diagnostic, paint: Paint): string {
  const [first] = d.labels;
  const place = first === undefined ? dataLocation(d) : `${renderLocation(first)}: `;
  const lines = [`${harmless(place)}${paint(`${d.severity}[${d.code}]`, d.severity)}: ${harmless(d.message)}`];
  for (const [index, label] of d.labels.entries()) {
    if (index > 0) lines.push(`  ${harmless(renderLocation(label))}:`);
    lines.push(...renderSnippet(label, index > 0 ? 'related' : d.severity, paint));
  }
  if (d.help !== undefined) lines.push(`  ${paint('help', 'help')}: ${harmless(d.help)}`);
  return lines.join('\n');
}

function dataLocation(d: Diagnostic): string {
  const pointer =
    d.pointer === undefined ? '' : `${d.file === undefined ? '' : ' '}at ${d.pointer === '' ? 'the top' : d.pointer}`;
  const place = `${d.file ?? ''}${pointer}`;
  return place === '' ? '' : `${place}: `;
}

function renderSnippet(label: Label, color: keyof typeof COLORS, paint: Paint): string[] {
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
  const remark = label.message === undefined ? '' : ` ${harmless(label.message)}`;
  return [
    `  ${paint(`${gutter} |`, 'quiet')} ${cut > 0 ? '...' : ''}${shown}`,
    `  ${' '.repeat(gutter.length)} ${paint('|', 'quiet')} ${' '.repeat(before + (cut > 0 ? 3 : 0))}${paint(`${carets}${remark}`, color)}`,
  ];
}

/** Tabs become one space and control characters a dot, so that carets stay below what they mean. */
function printable(text: string): string {
  return text.replaceAll('\t', ' ').replaceAll(/[\p{Cc}\u2028\u2029]/gu, '.');
}

/** Names and texts of people cannot steer the terminal. */
function harmless(text: string): string {
  return text.replaceAll(/[^\P{Cc}\n]/gu, '.');
}
