import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Diagnostic, diagnostic } from '../../diagnostics/diagnostic.js';
import { type FormatOptions, formatPolicies } from '../../formatter/format-policies.js';
import type { Source } from '../../text/source.js';
import { type Command, Exit, listOption, type OptionValues, type Session, textOption, UsageError } from '../command.js';
import { count } from '../count.js';
import { readPolicySources } from '../policy-sources.js';

export const format: Command = {
  result: 'other',
  options: {
    policies: { type: 'string', short: 'p', multiple: true },
    write: { type: 'boolean', short: 'w' },
    check: { type: 'boolean', short: 'c' },
    'line-width': { type: 'string', short: 'l' },
    'indent-width': { type: 'string', short: 'i' },
  },
  settings: (positionals, options) =>
    positionals.length === 0 && (options['write'] === true || options['check'] === true) ? ['policies'] : [],
  help: `deodar format: write policies in the official layout

Usage: deodar format [options] [FILE|FOLDER|GLOB|-]...

Prints the formatted policies of one file (default: standard input). Comments
are kept. Several files need --write or --check, which take those of
deodar.config.json by default. When a file has errors, nothing is written.

Options:
  -p, --policies PATH     the same as a path without the option; may be repeated
  -w, --write             write the files back where formatting changes them
  -c, --check             list the files that formatting would change
  -l, --line-width N      columns of a line (default: 80)
  -i, --indent-width N    columns of an indentation (default: 2)
      --config FILE       settings (default: the nearest deodar.config.json);
                          --no-config takes none
      --format FORMAT     of problems: pretty, json, sarif or github
      --json              the same as --format json
  -h, --help              this text

Exit codes: 0 formatted, or nothing to change; 1 errors, or --check found a file

Examples:
  deodar format --write policies/
  cat new.cedar | deodar format --line-width 100
`,
  run: async (session, positionals, options) => {
    const inputs = [...positionals, ...listOption(options, 'policies')];
    const mode = readMode(options, inputs);
    const widths = readWidths(options);
    const sources = await readPolicySources(session, inputs.length > 0 ? inputs : ['-']);
    if (!sources.ok) {
      session.report(sources.diagnostics);
      return Exit.failure;
    }
    if (mode === 'print' && sources.value.length > 1)
      throw new UsageError(`${sources.value.length} files cannot be printed as one: use --write or --check`);
    const formatted = formatAll(session, sources.value, widths);
    return formatted === undefined ? Exit.failure : finish(session, mode, formatted);
  },
};

type Mode = 'print' | 'write' | 'check';

interface Formatted {
  readonly source: Source;
  readonly text: string;
}

function readMode(options: OptionValues, inputs: readonly string[]): Mode {
  const write = options['write'] === true;
  const check = options['check'] === true;
  if (write && check) throw new UsageError('--write and --check exclude each other');
  if (write && (inputs.length === 0 || inputs.includes('-')))
    throw new UsageError('--write needs files: standard input cannot be written to');
  return write ? 'write' : check ? 'check' : 'print';
}

function readWidths(options: OptionValues): FormatOptions {
  const lineWidth = readWidth(options, 'line-width');
  const indentWidth = readWidth(options, 'indent-width');
  return {
    ...(lineWidth === undefined ? {} : { lineWidth }),
    ...(indentWidth === undefined ? {} : { indentWidth }),
  };
}

/** More columns than this are a slip of the finger, and a good way to fill a disk with spaces. */
const MOST_COLUMNS = 10_000;

function readWidth(options: OptionValues, name: string): number | undefined {
  const value = textOption(options, name);
  if (value === undefined) return undefined;
  const width = /^[0-9]{1,5}$/.test(value) ? Number(value) : Number.NaN;
  if (width <= MOST_COLUMNS) return width;
  throw new UsageError(`--${name} takes a number from 0 to ${MOST_COLUMNS}, not ${JSON.stringify(value)}`);
}

/** Undefined when there are errors; they have been reported then. */
function formatAll(
  session: Session,
  sources: readonly Source[],
  widths: FormatOptions,
): readonly Formatted[] | undefined {
  const formatted: Formatted[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const source of sources) {
    const result = formatPolicies(source, widths);
    diagnostics.push(...result.diagnostics);
    if (result.ok) formatted.push({ source, text: result.value });
  }
  session.report(diagnostics);
  return formatted.length < sources.length ? undefined : formatted;
}

function finish(session: Session, mode: Mode, formatted: readonly Formatted[]): number {
  const changed = formatted.filter(({ source, text }) => source.text !== text);
  switch (mode) {
    case 'print':
      for (const { text } of formatted) session.out(text);
      return Exit.ok;
    case 'check':
      for (const { source } of changed) session.out(`${source.name}\n`);
      if (changed.length === 0) return Exit.ok;
      if (session.format === 'pretty')
        session.err(`${count(changed.length, 'file')} of ${formatted.length} not formatted\n`);
      else session.report(changed.map(({ source }) => notFormatted(source)));
      return Exit.failure;
    case 'write':
      return writeBack(session, changed, formatted.length);
  }
}

function notFormatted({ name }: Source): Diagnostic {
  const help = 'format it with `deodar format --write`';
  return diagnostic('not-formatted', 'the file is not in the official layout', { file: name, help });
}

function writeBack(session: Session, changed: readonly Formatted[], total: number): number {
  const diagnostics: Diagnostic[] = [];
  for (const { source, text } of changed) {
    const name = source.name ?? '';
    try {
      writeFileSync(resolve(session.cwd, name), text);
      session.out(`${name}\n`);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      diagnostics.push(diagnostic('file-unwritable', `cannot be written: ${why}`, { file: name }));
    }
  }
  session.report(diagnostics);
  session.err(`${count(changed.length - diagnostics.length, 'file')} of ${total} changed\n`);
  return diagnostics.length === 0 ? Exit.ok : Exit.failure;
}
