import { shellFacts } from './shell-facts.js';

const nowhere = { cwd: '/', workspace: '/', home: '/' };

/**
 * The spelling in which `commands` of the facts holds a program with a subcommand or a flag.
 *
 * `git push -f` gives `git push --force`, `curl --proxy` gives `curl -x`, `pnpm add` gives `pnpm install`; a text that is
 * in normal form gives itself. Undefined when no command is known to lead to such an entry, as for `rm -rf`, which is two of them. A
 * rule that asks for another spelling can never match, so checks of policies use this.
 */
export function normalCommand(text: string): string | undefined {
  const words = text.trim().split(/\s+/);
  const wanted = words.join(' ');
  const { commands } = shellFacts(wanted, nowhere);
  if (commands.includes(wanted)) return wanted;
  const [program = '', ...rest] = words;
  // What a database client does is named by its statements.
  const statement = shellFacts(`echo '${rest.join(' ').replaceAll("'", '')}' | ${program}`, nowhere).commands;
  if (rest.length > 0 && statement.includes(wanted)) return wanted;
  const [normal, ...others] = commands.filter((command) => command.split(' ').length === words.length);
  return others.length === 0 ? normal : undefined;
}
