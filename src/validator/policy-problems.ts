import { diagnostic, type Label } from '../diagnostics/diagnostic.js';
import { remarkAt } from '../diagnostics/origin.js';
import type { Source, Span } from '../text/source.js';
import type { Problem } from './problem.js';
import { isWarning, VALIDATION_CODES } from './validation-kinds.js';
import type { ValidationDiagnostic } from './validation-result.js';

/** Gathers the problems of one policy. */
export class PolicyProblems {
  private readonly policyId: string;
  private readonly source: Source | undefined;
  private readonly found = new Map<string, Problem>();
  /** Occurrences in data, which have no position that tells them apart. */
  private readonly unplaced: Problem[] = [];

  constructor(policyId: string, source: Source | undefined) {
    this.policyId = policyId;
    this.source = source;
  }

  /** Adds a problem unless the same is known already: a policy is typed once for each request environment. */
  add(problem: Problem): void {
    const { kind, span, message } = problem;
    const key = `${kind} ${span?.start} ${span?.end} ${message}`;
    if (!this.found.has(key)) this.found.set(key, problem);
  }

  /** Adds a problem of one thing that is written; what is written twice has it twice, in text and in JSON. */
  addOccurrence(problem: Problem): void {
    if (problem.span === undefined) this.unplaced.push(problem);
    else this.add(problem);
  }

  /** Whether anything but warnings is known so far. */
  get hasErrors(): boolean {
    return [...this.unplaced, ...this.found.values()].some(({ kind }) => !isWarning(kind));
  }

  /** The problems by position, those without one first. */
  inOrder(): readonly ValidationDiagnostic[] {
    if (this.found.size + this.unplaced.length === 0) return [];
    return [...this.unplaced, ...this.found.values()]
      .sort((a, b) => startOf(a.span) - startOf(b.span))
      .map((problem) => this.diagnosticOf(problem));
  }

  private diagnosticOf({ kind, message, span, help, data, declared }: Problem): ValidationDiagnostic {
    const { source } = this;
    const labels: Label[] = [];
    if (source !== undefined && span !== undefined) {
      labels.push({ source, span });
      const declaration = declared && remarkAt(declared.origin, declared.message);
      if (declaration !== undefined) labels.push(declaration);
    }
    const severity = isWarning(kind) ? 'warning' : 'error';
    const options = { severity, labels, help, ...(data === undefined ? {} : { data }) } as const;
    return { ...diagnostic(VALIDATION_CODES[kind], message, options), kind, policyId: this.policyId };
  }
}

function startOf(span: Span | undefined): number {
  return span?.start ?? -1;
}
