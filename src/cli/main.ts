import { didYouMean } from '../diagnostics/did-you-mean.js';
import { Exit, type Terminal } from './command.js';
import { COMMANDS } from './commands/index.js';
import { runCommand } from './run-command.js';
import { VERSION } from './version.js';

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
  return runCommand(entry, rest, terminal);
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
