import type { Diagnostic } from '../../diagnostics/diagnostic.js';

export const REPORT_FORMATS = ['pretty', 'json', 'sarif', 'github'] as const;

/** `pretty` is for people, the others are for programs. */
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** The end of a report. */
export interface Summary {
  /** One line for people. */
  readonly text: string;
  readonly isFailure: boolean;
  /** What a report in JSON says beside the diagnostics. */
  readonly facts: Readonly<Record<string, unknown>>;
}

/** Takes what a command has to report, and writes it. */
export interface Reporter {
  readonly format: ReportFormat;
  readonly add: (diagnostics: readonly Diagnostic[]) => void;
  readonly summarize: (summary: Summary) => void;
  /** Writes what is not written yet; called once, at the end. */
  readonly finish: () => void;
}
