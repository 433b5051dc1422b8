import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { positionAt } from '../../text/source.js';

/** Diagnostics and what else is known as one JSON document. */
export function jsonReport(diagnostics: readonly Diagnostic[], facts: Readonly<Record<string, unknown>>): string {
  return `${JSON.stringify({ ...facts, diagnostics: diagnostics.map(diagnosticJson) }, exactly, 2)}\n`;
}

/** A diagnostic as JSON data: positions are one-based lines and columns beside UTF-16 offsets, sources are named. */
export function diagnosticJson(d: Diagnostic): object {
  const { labels, ...rest } = d;
  return {
    ...rest,
    labels: labels.map(({ source, span, message }) => {
      const end = positionAt(source, span.end);
      return {
        file: source.name ?? null,
        ...positionAt(source, span.start),
        endLine: end.line,
        endColumn: end.column,
        start: span.start,
        end: span.end,
        ...(message === undefined ? {} : { message }),
      };
    }),
  };
}

/** Integers beyond 2^53, which JSON can hold and `JSON.stringify` does not write. */
function exactly(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
