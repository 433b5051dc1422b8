import type { Source, Span } from '../text/source.js';

export type Severity = 'error' | 'warning' | 'note';

/** A place in a source with an optional remark; the first label of a diagnostic is where its caret stands. */
export interface Label {
  readonly source: Source;
  readonly span: Span;
  readonly message?: string;
}

/**
 * One problem in text or data that a person wrote: one fact in `message`, the remedy in `help`, and the facts as
 * data so that nobody has to read them out of prose.
 */
export interface Diagnostic {
  /** Stable, kebab-case. */
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly labels: readonly Label[];
  /** File the problem is in, when there is no label that says so. */
  readonly file?: string;
  /** JSON pointer (RFC 6901) into JSON data. */
  readonly pointer?: string;
  readonly help?: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

export interface DiagnosticOptions {
  readonly severity?: Severity;
  readonly labels?: readonly Label[];
  readonly file?: string | undefined;
  readonly pointer?: string;
  readonly help?: string | undefined;
  readonly data?: Readonly<Record<string, unknown>>;
}

export function diagnostic(code: string, message: string, options: DiagnosticOptions = {}): Diagnostic {
  return {
    code,
    severity: options.severity ?? 'error',
    message,
    labels: options.labels ?? [],
    ...(options.file === undefined ? {} : { file: options.file }),
    ...(options.pointer === undefined ? {} : { pointer: options.pointer }),
    ...(options.help === undefined ? {} : { help: options.help }),
    ...(options.data === undefined ? {} : { data: options.data }),
  };
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((d) => d.severity === 'error');
}

/**
 * Outcome of reading something a person wrote. On failure `diagnostics` holds at least one error; on success it may
 * still hold warnings and notes.
 */
export type Result<T> =
  | { readonly ok: true; readonly value: T; readonly diagnostics: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

export function success<T>(value: T, diagnostics: readonly Diagnostic[] = []): Result<T> {
  return { ok: true, value, diagnostics };
}

export function failure(diagnostics: readonly Diagnostic[]): {
  readonly ok: false;
  readonly diagnostics: readonly Diagnostic[];
} {
  return { ok: false, diagnostics };
}
