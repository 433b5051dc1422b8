import type { ParseArgsConfig } from 'node:util';

/** What a command sees of the world outside, so that tests can stand in for it. */
export interface Terminal {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether results may be coloured. */
  readonly color: boolean;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** All of standard input as text; rejects when it is no UTF-8 or has more than `most` bytes. */
  readonly stdin: (most?: number) => Promise<string>;
}

export type OptionsConfig = NonNullable<ParseArgsConfig['options']>;

/** Values of the options of a command, by name. */
export type OptionValues = Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;

/** Exit codes of the official command line. */
export const Exit = { ok: 0, failure: 1, deny: 2, validation: 3 } as const;

export interface Command {
  /** Text of `--help`: usage, what it does, options, exit codes, examples. */
  readonly help: string;
  readonly options: OptionsConfig;
  /** Resolves to the exit code. */
  readonly run: (terminal: Terminal, positionals: readonly string[], options: OptionValues) => Promise<number>;
}

export function textOption(options: OptionValues, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}

export function listOption(options: OptionValues, name: string): readonly string[] {
  const value = options[name];
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((v): v is string => typeof v === 'string') : [];
}

/** A mistake in how a command was called; ends it with its message and a failure. */
export class UsageError extends Error {}
