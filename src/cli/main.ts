import { parseArgs } from 'node:util';
import { DeodarError } from '../diagnostics/deodar-error.js';
import { didYouMean } from '../diagnostics/did-you-mean.js';
import { renderDiagnostics } from '../diagnostics/render.js';
import { Exit, type Terminal, UsageError } from './command.js';
import { COMMANDS, type CommandEntry } from './commands/index.js';
import { VERSION } from './version.js';

/** Runs the command line; resolves to the exit code and never rejects. */
export async function main(argv: readonly string[], terminal: Terminal): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined) {
    terminal.err(overview());
    return Exit.failure;
  }
  if (name === '--help' || name === '-h' || name === 'help') return help(rest[0], terminal);
  if (name === '--version' || name === '-V') {
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

async function run(
  { name, load, failure = Exit.failure }: CommandEntry,
  args: readonly string[],
  terminal: Terminal,
): Promise<number> {
  try {
    const command = await load();
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { ...command.options, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
      strict: true,
    });
    if (values.help === true) {
      terminal.out(command.help);
      return Exit.ok;
    }
    return await command.run(terminal, positionals, values);
  } catch (error) {
    terminal.err(failureText(name, error));
    return failure;
  }
}

function failureText(name: string, error: unknown): string {
  if (error instanceof DeodarError) return `${renderDiagnostics(error.diagnostics)}\n`;
  if (error instanceof UsageError || isArgumentError(error))
    return `deodar ${name}: ${error.message}\nSee \`deodar ${name} --help\`.\n`;
  return `deodar ${name}: internal error: ${error instanceof Error ? error.message : String(error)}\nPlease report it with the command and its input.\n`;
}

function isArgumentError(error: unknown): error is Error {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    error.code.startsWith('ERR_PARSE_ARGS')
  );
}

async function help(name: string | undefined, terminal: Terminal): Promise<number> {
  const entry = COMMANDS.find((c) => c.name === name);
  terminal.out(entry === undefined ? overview() : (await entry.load()).help);
  return Exit.ok;
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
