import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { renderDiagnostics } from '../diagnostics/render.js';
import { positionAt } from '../text/source.js';
import type { Terminal } from './command.js';

/** Writes diagnostics to standard error, as text for people. */
export function reportDiagnostics(terminal: Terminal, diagnostics: readonly Diagnostic[]): void {
  if (diagnostics.length > 0) terminal.err(`${renderDiagnostics(diagnostics)}\n`);
}

/** A diagnostic as JSON data: positions are one-based lines and columns beside UTF-16 offsets, sources are named. */
export function diagnosticJson(d: Diagnostic): object {
  const { labels, ...rest } = d;
  return {
    ...rest,
    labels: labels.map(({ source, span, message }) => ({
      file: source.name ?? null,
      ...positionAt(source, span.start),
      start: span.start,
      end: span.end,
      ...(message === undefined ? {} : { message }),
    })),
  };
}

/** `1 policy`, `2 policies`. */
export function count(n: number, noun: string, plural = `${noun}s`): string {
  return `${n} ${n === 1 ? noun : plural}`;
}
