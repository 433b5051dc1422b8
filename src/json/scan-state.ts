import { type Diagnostic, diagnostic, type Label } from '../diagnostics/diagnostic.js';
import type { Source } from '../text/source.js';
import { type JsonStep, pointerOf } from './pointer.js';

/** Problems reported for one text; what follows so many is noise of the same cause. */
const MAX_PROBLEMS = 100;

/** Where a reader of JSON text stands and what it has found wrong. */
export interface ScanState {
  readonly source: Source;
  readonly text: string;
  at: number;
  readonly problems: Diagnostic[];
  /** Keys and indexes of the containers that are open; the first `depth` entries count. */
  readonly path: JsonStep[];
  depth: number;
  /** Problems before this offset only repeat one that was reported. */
  quietUntil: number;
}

export interface ProblemOptions {
  readonly help?: string;
  readonly labels?: readonly Label[];
  readonly data?: Readonly<Record<string, unknown>>;
}

function currentPointer(state: ScanState): string {
  return pointerOf(state.path.slice(0, state.depth));
}

/** Records a problem in the text between two offsets; reading goes on. */
export function report(
  state: ScanState,
  code: string,
  message: string,
  start: number,
  end: number,
  options: ProblemOptions = {},
): void {
  if (start < state.quietUntil || state.problems.length >= MAX_PROBLEMS) return;
  const { labels = [], ...rest } = options;
  const label = { source: state.source, span: { start, end: Math.max(start, Math.min(end, state.text.length)) } };
  state.problems.push(
    diagnostic(code, message, {
      ...rest,
      labels: [label, ...labels],
      file: state.source.name,
      pointer: currentPointer(state),
    }),
  );
  if (state.problems.length === MAX_PROBLEMS) abandon(state);
}

/** Goes to the end of the text without a further word, because what comes cannot be made sense of. */
export function abandon(state: ScanState): void {
  state.at = state.text.length;
  state.quietUntil = Number.POSITIVE_INFINITY;
}

/** What a sticky expression matches at the current offset; the state does not move. */
export function matchHere(state: ScanState, sticky: RegExp): string {
  sticky.lastIndex = state.at;
  return sticky.exec(state.text)?.[0] ?? '';
}
