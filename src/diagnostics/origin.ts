import type { Source, Span } from '../text/source.js';
import type { DiagnosticOptions, Label } from './diagnostic.js';

/** Where a person wrote something: a stretch of text, or a place in JSON data. */
export type Origin = TextOrigin | JsonOrigin;

export interface TextOrigin {
  readonly kind: 'text';
  readonly source: Source;
  readonly span: Span;
}

export interface JsonOrigin {
  readonly kind: 'json';
  /** Name of the file the data came from; undefined when nobody said. */
  readonly file: string | undefined;
  readonly pointer: string;
}

/**
 * What a diagnostic says about its place: a label in text, a file and a pointer in JSON. Other places that explain the
 * first are only shown beside one in text, since a label in front would say where the problem is.
 */
export function placedAt(origin: Origin, ...related: readonly (Label | undefined)[]): DiagnosticOptions {
  if (origin.kind === 'json') return { file: origin.file, pointer: origin.pointer };
  return { labels: [{ source: origin.source, span: origin.span }, ...related.flatMap((label) => label ?? [])] };
}

/** Another place that explains the first; undefined when it is not in a text. */
export function remarkAt(origin: Origin, message: string): Label | undefined {
  return origin.kind === 'text' ? { source: origin.source, span: origin.span, message } : undefined;
}
