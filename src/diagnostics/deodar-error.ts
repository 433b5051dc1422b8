import type { Diagnostic } from './diagnostic.js';
import { renderDiagnostics } from './render.js';

/** Most diagnostics that the message of an error shows; all of them are in `diagnostics`. */
const MOST_SHOWN = 50;

/**
 * Thrown where policies, entities or settings given to a constructor-like function are wrong: it carries everything
 * that was found, not only the first problem.
 */
export class DeodarError extends Error {
  override readonly name = 'DeodarError';
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    const shown = renderDiagnostics(diagnostics.slice(0, MOST_SHOWN));
    const rest = diagnostics.length - MOST_SHOWN;
    super(rest > 0 ? `${shown}\n\nand ${rest} more` : shown);
    this.diagnostics = diagnostics;
  }
}
