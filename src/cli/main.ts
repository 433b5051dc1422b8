import { DeodarError } from '../diagnostics/deodar-error.js';
import { didYouMean } from '../diagnostics/did-you-mean.js';
import { type Command, Exit, type OptionValues, type Terminal, UsageError } from './command.js';
import { COMMANDS, type CommandEntry } from './commands/index.js';
import { CONFIG_OPTIONS, configFile, withConfig } from './config.js';
import { parseArguments } from './parse-arguments.js';
import { createReporter, readFormat } from './reporters/create-reporter.js';
import type { ReportFormat } from './reporters/reporter.js';
import { openSession } from './session.js';
import { VERSION } from './version.js';
import { watch } from './watch.js';

/** Runs the command line; resolves to the exit code and never rejects. */
export async function main(argv: readonly string[], terminal: Terminal): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined) {
    terminal.err(overview());
    return Exit.failure;
  }
  if (name === '--help' || name === '-h' || (name === 'help' && rest[0] === undefined)) {
    terminal.out(overview());
    return Exit.ok;
  }
  if (name === 'help') return main([...rest.slice(0, 1), '--help'], terminal);
  if (name === '--version' || name === '-v' || name === '-V') {
    terminal.out(`deodar ${VERSION}\n`);
    return Exit.ok;
  }
  const entry = COMMANDS.find((c) => c.name === name);
  if (entry === undefined) {
    const near = didYouMean(
      name,
      COMMANDS.map((c) => c.name),
    );
    terminal.err(
      `deodar: there is no command ${JSON.stringify(name)}${near === undefined ? '' : `; did you mean \`deodar ${near}\`?`}\n\n${overview()}`,
    );
    return Exit.failure;
  }
  return run(entry, rest, terminal);
}

/** Options of every command. */
const COMMON_OPTIONS = {
  help: { type: 'boolean', short: 'h' },
  format: { type: 'string' },
  json: { type: 'boolean' },
} as const;

async function run(entry: CommandEntry, args: readonly string[], terminal: Terminal): Promise<number> {
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

function overview(): string {
  const width = Math.max(...COMMANDS.map((c) => c.name.length));
  const lines = COMMANDS.map((c) => `  ${c.name.padEnd(width)}  ${c.summary}`);
  return `deodar: Cedar policies for AI agents

Usage: deodar <command> [options]

Commands:
${lines.join('\n')}

  deodar <command> --help  shows options and examples
  deodar --version         prints the version
`;
}
