import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import type { Terminal } from '../command.js';
import { type FilePlace, placesOf, reportedPath } from './places.js';

const COMMANDS = { error: 'error', warning: 'warning', note: 'notice' } as const;

/** Diagnostics as workflow commands, which GitHub shows beside the lines of a change. */
export function githubReport(diagnostics: readonly Diagnostic[], terminal: Pick<Terminal, 'cwd' | 'env'>): string {
  return diagnostics.map((d) => `${annotation(d, terminal)}\n`).join('');
}

function annotation(d: Diagnostic, terminal: Pick<Terminal, 'cwd' | 'env'>): string {
  const [place, ...others] = placesOf(d);
  const properties = [...(place === undefined ? [] : positionOf(place, terminal)), ['title', d.code] as const]
    .map(([key, value]) => `${key}=${escapeProperty(value)}`)
    .join(',');
  const remarks = others.map(({ name, start, remark }) => `${name}:${start?.line}:${start?.column}: ${remark ?? ''}`);
  const isPlaced = place === undefined || place.start !== undefined;
  const where = isPlaced || d.pointer === undefined ? [] : [`at ${d.pointer === '' ? 'the top' : d.pointer}`];
  const lines = [d.message, ...where, ...remarks, ...(d.help === undefined ? [] : [`help: ${d.help}`])];
  return `::${COMMANDS[d.severity]} ${properties}::${escapeData(lines.join('\n'))}`;
}

/** Columns are given within one line only: GitHub refuses others. */
function positionOf(
  { name, start, end }: FilePlace,
  terminal: Pick<Terminal, 'cwd' | 'env'>,
): readonly (readonly [string, string])[] {
  const path = reportedPath(name, terminal);
  if (path === undefined) return [];
  if (start === undefined || end === undefined) return [['file', path]];
  const lines = [
    ['file', path],
    ['line', String(start.line)],
    ['endLine', String(end.line)],
  ] as const;
  if (start.line !== end.line) return lines;
  return [...lines, ['col', String(start.column)], ['endColumn', String(Math.max(end.column, start.column + 1))]];
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
