import { DeodarError } from '../diagnostics/deodar-error.js';
import { type Command, Exit, type OptionValues, type Terminal, UsageError } from './command.js';
import type { CommandEntry } from './commands/index.js';
import { CONFIG_OPTIONS, configFile, withConfig } from './config.js';
import { parseArguments } from './parse-arguments.js';
import { createReporter, readFormat } from './reporters/create-reporter.js';
import type { ReportFormat } from './reporters/reporter.js';
import { openSession } from './session.js';

/** Options of every command. */
const COMMON_OPTIONS = {
  help: { type: 'boolean', short: 'h' },
  format: { type: 'string' },
  json: { type: 'boolean' },
} as const;

/** Runs one command; resolves to the exit code and never rejects. */
export async function runCommand(
  entry: Pick<CommandEntry, 'name' | 'load' | 'failure'>,
  args: readonly string[],
  terminal: Terminal,
): Promise<number> {
  const { name, load, failure = Exit.failure } = entry;
  try {
    const command = await load();
    const watching = command.watched === undefined ? {} : ({ watch: { type: 'boolean' } } as const);
    const settings = command.settings === undefined ? {} : CONFIG_OPTIONS;
    const options = { ...command.options, ...watching, ...settings, ...COMMON_OPTIONS };
    const { values, positionals } = parseArguments(args, options);
    if (values['help'] === true) {
      terminal.out(command.help);
      return Exit.ok;
    }
    const format = readFormat(values);
    const once = async (): Promise<number> =>
      (await runOnce(command, terminal, format, positionals, values)) ?? failure;
    if (values['watch'] !== true || command.watched === undefined) return await once();
    const { watch } = await import('./watch.js');
    return await watch(terminal, await watchedFiles(command, terminal, positionals, values), once);
  } catch (error) {
    terminal.err(failureText(name, error));
    return failure;
  }
}

/** The exit code; undefined when something that the command was given is wrong. */
async function runOnce(
  command: Command,
  terminal: Terminal,
  format: ReportFormat,
  positionals: readonly string[],
  values: OptionValues,
): Promise<number | undefined> {
  const reporter = createReporter(format, terminal, command.result);
  try {
    const session = openSession(terminal, reporter);
    const options = await withConfig(session, command, positionals, values);
    if (options.ok) return await command.run(session, positionals, options.value);
    reporter.add(options.diagnostics);
    return undefined;
  } catch (error) {
    if (!(error instanceof DeodarError)) throw error;
    reporter.add(error.diagnostics);
    return undefined;
  } finally {
    reporter.finish();
  }
}

/** What `--watch` looks at. Settings that cannot be read are looked at too: the first run says what is wrong with them. */
async function watchedFiles(
  command: Command,
  terminal: Terminal,
  positionals: readonly string[],
  values: OptionValues,
): Promise<readonly string[]> {
  const file = configFile(terminal.cwd, command, values);
  const options = await withConfig(
    openSession(terminal, createReporter('json', terminal, 'other')),
    command,
    positionals,
    values,
  );
  const inputs = command.watched?.(positionals, options.ok ? options.value : values) ?? [];
  return file === undefined ? inputs : [...inputs, file];
}

function failureText(name: string, error: unknown): string {
  if (error instanceof UsageError) return `deodar ${name}: ${error.message}\nSee \`deodar ${name} --help\`.\n`;
  return `deodar ${name}: internal error: ${error instanceof Error ? error.message : String(error)}\nPlease report it with the command and its input.\n`;
}
