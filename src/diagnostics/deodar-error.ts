import type { Diagnostic } from './diagnostic.js';
import { renderDiagnostics } from './render.js';

/**
 * Thrown where policies, entities or settings given to a constructor-like function are wrong: it carries everything
 * that was found, not only the first problem.
 */
export class DeodarError extends Error {
  override readonly name = 'DeodarError';
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super(renderDiagnostics(diagnostics));
    this.diagnostics = diagnostics;
  }
}
