import { findProgram } from './programs.js';
import { type OptionTable, optionTable } from './programs-options.js';
import type { Program } from './programs-program.js';
import { shellFacts } from './shell-facts.js';
import { bareWord } from './shell-programs.js';

const nowhere = { cwd: '/', workspace: '/', home: '/' };

/**
 * The spelling in which `commands` of the facts holds a program with a subcommand or a flag.
 *
 * `git push -f` gives `git push --force`, `curl --proxy` gives `curl -x`, `pnpm add` gives `pnpm install`; a text that is
 * in normal form gives itself. Undefined when no command is known to lead to such an entry, as for `rm -rf`, which
 * is two of them. A rule that asks for another spelling matches nothing, which the checks of policies say.
 */
export function normalCommand(text: string): string | undefined {
  const words = text.trim().split(/\s+/);
  const wanted = words.join(' ');
  if (isListed(words)) return wanted;
  const { commands } = shellFacts(wanted, nowhere);
  if (commands.includes(wanted)) return wanted;
  const [program = '', ...rest] = words;
  // What a database client does is named by its statements.
  const statement = shellFacts(`echo '${rest.join(' ').replaceAll("'", '')}' | ${program}`, nowhere).commands;
  if (rest.length > 0 && statement.includes(wanted)) return wanted;
  const [normal, ...others] = commands.filter((command) => command.split(' ').length === words.length);
  return others.length === 0 ? normal : undefined;
}

/**
 * Whether the tables alone say that these words are an entry: a program, its subcommands, a flag. Checks of policies ask about
 * thousands, and it takes much less time than reading a command.
 */
function isListed([name = '', ...words]: readonly string[]): boolean {
  const known = findProgram(name);
  let row = known.name === name ? known.program : undefined;
  let shared = '';
  let unlisted = 0;
  for (const [at, word] of words.entries()) {
    if (row === undefined) return false;
    const listed = unlisted === 0 && row.subcommands !== undefined && Object.hasOwn(row.subcommands, word);
    const next: Program | string | undefined = listed ? row.subcommands?.[word] : undefined;
    if (typeof next === 'string') return false;
    if (next !== undefined) {
      shared = row.handler === 'git' ? '' : `${shared}${row.options ?? ''} `;
      row = next;
    } else if (word.startsWith('-')) {
      return (
        at === words.length - 1 && isFlag(word, optionTable(shared + (row.options ?? ''), row.singleDash === true))
      );
    } else {
      // Of programs that are known for their subcommands one that is not listed is named too, of deep ones several.
      const most = row.deep === true ? 4 : row.subcommands === undefined || row.abbreviates === true ? 0 : 1;
      if (++unlisted > most || !bareWord.test(word)) return false;
    }
  }
  return row !== undefined;
}

/** Whether a flag has this name in the facts. */
function isFlag(word: string, { byName, longNames }: OptionTable): boolean {
  const option = byName.get(word);
  if (option !== undefined) return option.name === word;
  if (!word.startsWith('--')) return /^-[A-Za-z]$/.test(word);
  return !byName.has(word.slice(1)) && !longNames.some((name) => name.startsWith(word)) && !word.includes('=');
}

/** Whether a command leads to an entry that is not in normal form: with a flag of the program itself, or after an operand. */
export function commandReachedBy(entry: string): boolean {
  const [name = '', ...rest] = entry.split(' ');
  const flag = rest.pop();
  const { program = {} } = findProgram(name);
  if (flag === undefined) return false;
  const subcommand = rest.join(' ');
  const isOwn = optionTable(program.options ?? '', program.singleDash === true).byName.has(flag);
  const commands = [
    `${name} ${subcommand} x ${flag} y -- z`,
    ...(isOwn ? [`${name} ${flag} x=y ${subcommand}`, `${name} ${flag} ${subcommand}`] : []),
  ];
  return commands.some((command) => shellFacts(command, nowhere).commands.includes(entry));
}
