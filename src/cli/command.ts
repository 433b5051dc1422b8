import type { ParseArgsConfig } from 'node:util';
import type { Diagnostic, Result } from '../diagnostics/diagnostic.js';
import type { Source } from '../text/source.js';
import type { ReportFormat, Summary } from './reporters/reporter.js';

/** What the command line sees of the world outside, so that tests can stand in for it. */
export interface Terminal {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether what goes to standard output may be coloured. */
  readonly color: boolean;
  /** Whether what goes to standard error may be coloured. */
  readonly errorColor: boolean;
  /** Whether standard output is a screen that can be cleared. */
  readonly isScreen: boolean;
  /** Whether somebody watches standard error, so that long work should say how far it is. */
  readonly isErrorScreen?: boolean;
  readonly out: (text: string) => void;
  /** Whether what goes to standard output reaches nobody, where that can be told. */
  readonly isUnread?: () => boolean;
  readonly err: (text: string) => void;
  /** All of standard input; rejects when it has more than `most` bytes. */
  readonly stdin: (most?: number) => Promise<Uint8Array>;
}

/** One run of a command. */
export interface Session extends Omit<Terminal, 'stdin'> {
  readonly format: ReportFormat;
  /** Reads a file; `-` is standard input, which can be read once, and of which more than `most` bytes are a failure. */
  readonly read: (file: string, most?: number) => Promise<Result<Source>>;
  /** Shows diagnostics in the format that was asked for. */
  readonly report: (diagnostics: readonly Diagnostic[]) => void;
  /** Ends a report: a line for people, and figures for programs. */
  readonly summarize: (summary: Summary) => void;
  /** Says how far long work is, to who watches it. */
  readonly progress: Progress;
}

/** Says that so much of some work is done; nothing stays of it when all of it is. */
export type Progress = (work: string, done: number, total: number) => void;

export type OptionsConfig = NonNullable<ParseArgsConfig['options']>;

/** Values of the options of a command, by name. */
export type OptionValues = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** Keys of `deodar.config.json` that belong to one profile: whoever takes `profile` takes them too. */
export type ProfileSetting =
  | 'namespace'
  | 'stub'
  | 'includeOutputs'
  | 'objectsAsRecords'
  | 'keepAnnotations'
  | 'flattenNamespaces'
  | 'numbersAsDecimal'
  | 'deduplicate';

/** Keys of `deodar.config.json`. */
export type Setting =
  | 'policies'
  | 'schema'
  | 'entities'
  | 'agent'
  | 'tools'
  | 'profile'
  | ProfileSetting
  | 'mode'
  | 'level'
  | 'denyWarnings'
  | 'rules'
  | 'tests'
  | 'thresholds';

/** Exit codes of the official command line. */
export const Exit = { ok: 0, failure: 1, deny: 2, validation: 3 } as const;

export interface Command {
  /** Text of `--help`: usage, what it does, options, exit codes, examples. */
  readonly help: string;
  /** Beside `--help`, `--format` and `--json`, which every command has. */
  readonly options: OptionsConfig;
  /**
   * `report`: diagnostics are the result of the command, so that a report for programs goes to standard output.
   * `other`: there is another result, and the report goes to standard error.
   */
  readonly result: 'report' | 'other';
  /** The files and folders that `--watch` looks at, beside what lies around them; absent for a command without `--watch`. */
  readonly watched?: (positionals: readonly string[], options: OptionValues) => readonly string[];
  /**
   * The settings of `deodar.config.json` that stand in for options, by what the command line gives; absent for a command
   * that takes none.
   */
  readonly settings?: (positionals: readonly string[], options: OptionValues) => readonly Setting[];
  /** Resolves to the exit code. */
  readonly run: (session: Session, positionals: readonly string[], options: OptionValues) => Promise<number>;
}

export function textOption(options: OptionValues, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}

export function listOption(options: OptionValues, name: string): readonly string[] {
  const value = options[name];
  if (typeof value === 'string') return [value];
  return typeof value === 'object' ? value : [];
}

/** The value of an option that takes one of a few words. */
export function wordOption<T extends string>(options: OptionValues, name: string, words: readonly T[]): T | undefined {
  const value = textOption(options, name);
  if (value === undefined) return undefined;
  const word = words.find((known) => known === value);
  if (word !== undefined) return word;
  throw new UsageError(`--${name} takes ${words.join(' or ')}, not ${JSON.stringify(value)}`);
}

/** A mistake in how a command was called; ends it with its message and a failure. */
export class UsageError extends Error {}
