import type { Diagnostic, Label } from '../diagnostics/diagnostic.js';
import { utf8Offset } from '../text/source.js';
import type { DetailedError, SourceLabel } from './answer-types.js';

/** An error about a call as a whole. */
export function detailedError(message: string, help?: string): DetailedError {
  return { message, help: help ?? null, code: null, url: null, severity: null, sourceLocations: [], related: [] };
}

/**
 * Turns everything that is wrong with one text or one piece of JSON into one error, as the official package does: the
 * first is the error itself, behind words that say what could not be read, the others are `related`. A place in JSON
 * stands in the message, without the part of the pointer that the words say already.
 */
export function errorOf(words: string, diagnostics: readonly Diagnostic[], base = ''): DetailedError {
  const [first, ...others] = diagnostics.filter((d) => d.severity === 'error').map((d) => fromDiagnostic(d, base));
  if (first === undefined) return detailedError(words);
  return { ...first, message: words + first.message, related: others };
}

/** One problem of a policy; only warnings have a severity. */
export function problemOf(words: string, d: Diagnostic): DetailedError {
  const error = fromDiagnostic(d, '');
  return { ...error, message: words + error.message, severity: d.severity === 'warning' ? 'warning' : null };
}

/** The warnings among diagnostics. */
export function warningsOf(diagnostics: readonly Diagnostic[]): DetailedError[] {
  return diagnostics.filter((d) => d.severity === 'warning').map((d) => problemOf('', d));
}

/** Places in other texts than that of the first label are left out: the official format cannot say which text it means. */
function fromDiagnostic(d: Diagnostic, base: string): DetailedError {
  const [first] = d.labels;
  const labels = d.labels.filter(({ source }) => source === first?.source);
  return { ...detailedError(placeOf(d, base) + d.message, d.help), sourceLocations: labels.map(sourceLabelOf) };
}

/** A label with its place in bytes. */
export function sourceLabelOf({ source, span, message }: Label): SourceLabel {
  return { label: message ?? null, start: utf8Offset(source, span.start), end: utf8Offset(source, span.end) };
}

function placeOf({ labels, pointer }: Diagnostic, base: string): string {
  if (labels.length > 0 || pointer === undefined) return '';
  const inside = pointer.startsWith(base) ? pointer.slice(base.length) : pointer;
  return inside === '' ? '' : `at ${inside}: `;
}
