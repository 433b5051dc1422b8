import { type Diagnostic, type DiagnosticOptions, diagnostic } from '../diagnostics/diagnostic.js';
import { type Origin, placedAt, remarkAt } from '../diagnostics/origin.js';
import type { SchemaCode } from './schema-codes.js';

/** So many errors of one schema are reported, and as many warnings. */
const MAX_FINDINGS = 1000;

/** What is found wrong while a schema is resolved or converted. */
export interface Findings {
  readonly diagnostics: Diagnostic[];
  /** What was reported about each place: a declaration of several names is looked at once for each of them. */
  readonly reported: Map<Origin, Set<SchemaCode>>;
  errors: number;
  warnings: number;
}

export function createFindings(): Findings {
  return { diagnostics: [], reported: new Map(), errors: 0, warnings: 0 };
}

export interface FindingOptions extends DiagnosticOptions {
  /** Another place that explains the first, with a remark. */
  readonly related?: readonly [origin: Origin, remark: string];
}

/** Adds a finding about something that is written at `origin`, unless it was reported before. */
export function report(
  findings: Findings,
  origin: Origin,
  code: SchemaCode,
  message: string,
  options: FindingOptions = {},
): void {
  const codes = findings.reported.get(origin);
  if (codes?.has(code) === true) return;
  if (codes === undefined) findings.reported.set(origin, new Set([code]));
  else codes.add(code);
  const count = options.severity === 'warning' ? ++findings.warnings : ++findings.errors;
  if (count > MAX_FINDINGS) return;
  const { related, ...rest } = options;
  const remark = related === undefined ? undefined : remarkAt(...related);
  findings.diagnostics.push(diagnostic(code, message, { ...placedAt(origin, remark), ...rest }));
}
