import { contentOfFile, runShellText, runSource } from './shell-actions.js';
import { type Call, flagValue } from './shell-call.js';
import { readCode } from './shell-code.js';
import { type Machine, noInput, spend, writtenHere } from './shell-machine.js';
import { isolated } from './shell-scope.js';
import { hole, plainField } from './shell-values.js';

/** How the content of a file is run: as a shell script, as recipes of make, by the lines that hold commands, as code of another language. */
type Kind = 'script' | 'recipes' | 'lines' | 'code';

/** Files that a program runs without being told. */
interface OwnFiles {
  readonly kind: Kind;
  readonly names: readonly string[];
}

const recipes = (...names: readonly string[]): OwnFiles => ({ kind: 'recipes', names });
const ownFiles: ReadonlyMap<string, OwnFiles> = new Map([
  ['make', recipes('GNUmakefile', 'makefile', 'Makefile')],
  ['task', { kind: 'lines', names: ['Taskfile.yml', 'Taskfile.yaml', 'taskfile.yml', 'Taskfile.dist.yml'] }],
  ...'foreman honcho overmind hivemind goreman'
    .split(' ')
    .map((name): readonly [string, OwnFiles] => [name, { kind: 'lines', names: ['Procfile', 'Procfile.dev'] }]),
  ['tox', { kind: 'lines', names: ['tox.ini'] }],
  ['python', { kind: 'code', names: ['sitecustomize.py', 'usercustomize.py'] }],
  ['just', recipes('justfile', 'Justfile', '.justfile')],
]);
/** Subcommands around which git runs hooks. */
const hooked =
  /^git (?:commit|merge|rebase|checkout|switch|push|pull|am|cherry-pick|revert|worktree|gc|update-ref|fetch|stash|reset)$/;
const hookPath = /\/(?:\.git\/hooks|\.husky(?:\/_)?|\.githooks)\/[a-z-]+$/;
/** Subcommands of package managers that run scripts by their names, and those that run the ones of an installation. */
const runsNamed = /^(?:npm|pnpm|yarn|bun) (?:run|test|start|stop|restart)$/;
const installsHere = /^(?:npm|pnpm|yarn|bun) (?:install|ci|add|rebuild|pack|publish)$/;
const ofInstallation = /^(?:pre|post)?(?:install|prepare|publish|pack)$|^prepublishOnly$/;

/**
 * Runs what a program takes from its place rather than from its words, where the same command wrote it: hooks of git, recipes of
 * make, scripts of a package, code that a language loads at its start.
 */
export function runOwnFiles(call: Call): void {
  const { machine, name, command } = call;
  if (machine.files.size === 0) return;
  if (hooked.test(command)) {
    for (const [path] of writtenHere(machine)) if (hookPath.test(path)) runWritten(machine, 'script', path);
  } else if (runsNamed.test(command) || installsHere.test(command)) runScripts(call);
  const own = ownFiles.get(name);
  if (own === undefined) return;
  const told = own.kind === 'recipes' ? flagValue(call, '--file', '-f', '--justfile')?.text : undefined;
  for (const file of told === undefined ? own.names : [told]) runWritten(machine, own.kind, file);
}

/** Runs a file as code or commands when the same command wrote it, and so its content is known. */
export function runWritten(machine: Machine, kind: Kind, path: string): boolean {
  const text = contentOfFile(machine, plainField(path))?.text;
  if (text === undefined) return false;
  // A file may lead to itself again.
  if (!spend(machine, 500)) return true;
  if (kind === 'script') isolated(machine.scope, () => runSource(machine, text, noInput));
  else if (kind === 'recipes') runRecipes(machine, text);
  else if (kind === 'lines') runLines(machine, text);
  else {
    machine.findings.reasons.add('other-language');
    readCode(machine, text);
  }
  return true;
}

/** Variables of make in a recipe. */
const makeVariable = /\$[({][\w.-]+[)}]|\$[@<^?*%+|]/g;
const makeAssignment = /^(?:export\s+)?([A-Za-z_][\w.-]*)\s*(?::{0,3}|\?)=([^#\n]*)/;
/** What make itself gives a value. */
const usualVariables = Object.entries({
  RM: 'rm -f',
  CC: 'cc',
  CXX: 'c++',
  CPP: 'cpp',
  AR: 'ar',
  AS: 'as',
  LD: 'ld',
  MAKE: 'make',
  INSTALL: 'install',
});
const shellOfMake = /\$\(shell\s([^()]{0,4096})\)/g;
/** Longer files are not read line by line. */
const longestFile = 65_536;

/** Runs the commands of the recipes of a makefile, and those of its `$(shell …)`. */
function runRecipes(machine: Machine, text: string): void {
  if (text.length > longestFile) return void machine.findings.reasons.add('other-language');
  const variables = new Map(usualVariables);
  for (const line of text.replace(/\\\r?\n/g, ' ').split('\n')) {
    for (const [, command = ''] of line.matchAll(shellOfMake)) runShellText(machine, plainField(command), noInput);
    const [, assigned = '', value = ''] = makeAssignment.exec(line) ?? [];
    // What is given anew, or made up of others, may be anything.
    if (assigned !== '') variables.set(assigned, variables.has(assigned) || /[$`]/.test(value) ? hole : value.trim());
    const recipe = recipeOf(line);
    if (recipe === '') continue;
    const command = recipe
      .replace(makeVariable, (whole) => variables.get(whole.slice(2, -1)) ?? hole)
      .replaceAll('$$', '$');
    runShellText(machine, plainField(command), noInput);
  }
}

/** The command of a line that is indented, or that stands after `target:` and a semicolon. */
function recipeOf(line: string): string {
  const semicolon = line.indexOf(';');
  const rule = semicolon < 0 ? '' : line.slice(0, semicolon);
  const isRecipe = /^[ \t]/.test(line);
  if (!isRecipe && (!rule.includes(':') || /[#=]/.test(rule))) return '';
  return (isRecipe ? line : line.slice(semicolon + 1)).trim().replace(/^[@+-]+/, '');
}

/** A command in a list, after `cmd:`, `sh:` or `web:`, or in a setting that holds commands. */
const commandLine =
  /^(?:\s*-\s+(?:(?:cmd|sh|defer):\s*)?(?![\w-]+:(?:\s|$))|\s*(?:cmd|sh):\s*|[\w-]+:\s+|\s*commands\w*\s*=\s*|[ \t]+(?![\w-]+\s*[:=]))(?=["']?[A-Za-z./~$])(.{1,2048})$/;

/** Runs the lines of a list of tasks that hold commands. */
function runLines(machine: Machine, text: string): void {
  if (text.length > longestFile) return void machine.findings.reasons.add('other-language');
  for (const line of text.split('\n')) {
    const command = commandLine.exec(line)?.[1]?.trim() ?? '';
    const bare = /^(["'])(.*)\1$/.exec(command)?.[2] ?? command;
    if (/\s/.test(bare)) runShellText(machine, plainField(bare.replace(/\{\{[^}]*\}\}/g, hole)), noInput);
  }
}

/** A name and a text in a manifest. */
const pair = /"([\w:.-]{1,64})"\s{0,8}:\s{0,8}"((?:[^"\\]|\\.)*)"/g;

/** Runs the scripts of a manifest that a package manager is asked for, with those before and after them. */
function runScripts({ machine, command, args }: Call): void {
  const text = contentOfFile(machine, plainField('package.json'))?.text;
  if (text === undefined || text.length > longestFile || !spend(machine, 500)) return;
  const word = command.slice(command.lastIndexOf(' ') + 1);
  const asked = word === 'run' ? (args.operands[0]?.text ?? '') : word;
  const isAsked = (key: string): boolean =>
    runsNamed.test(command) ? [asked, `pre${asked}`, `post${asked}`].includes(key) : ofInstallation.test(key);
  const start = text.indexOf('"scripts"');
  if (start < 0) return;
  for (const [, key = '', value = ''] of text.slice(start).matchAll(pair))
    if (isAsked(key)) runShellText(machine, plainField(value.replace(/\\(.)/g, '$1')), noInput);
}
