import type { AndOr, CommandNode, CompoundList, Script } from 'unbash';
import type { Findings } from './shell-findings.js';
import { bind, defaultValue, type Scope } from './shell-scope.js';
import { type Field, type Output, plainField } from './shell-values.js';

/** What a function runs. */
export type FunctionBody = CommandNode | CompoundList;

/** What a command is connected to. */
export interface Io {
  /** Undefined when nothing is sent to it. */
  readonly stdin: Output | undefined;
}

/** Nothing comes in. */
export const noInput: Io = { stdin: undefined };

/** A folder of ours inside a container. */
export interface Mount {
  readonly inside: string;
  readonly here: Field;
}

/** What the script itself put into a file. */
interface FileNote {
  readonly content: Output | undefined;
  /** The program that the file is a copy of or a link to. */
  readonly copyOf: Field | undefined;
}

/** Everything that is known while a script is read from top to bottom. */
export interface Machine {
  readonly home: string;
  readonly workspace: string;
  readonly findings: Findings;
  readonly scope: Scope;
  /** How deep scripts, groups and wrappers are nested right now. */
  depth: number;
  /** Steps left; when it runs out the rest is not read, and the command counts as too deep. */
  budget: number;
  /** Texts of here-documents that were taken out of the script. */
  readonly bodies: string[];
  /** Words that are still parsed of scripts; when they run out the rest is not read. */
  words: number;
  /** Above zero inside a command that runs on another machine or in a container, whose paths are not ours. */
  remote: number;
  /** How many commands were started, those that others run included. */
  started: number;
  /** Above zero inside a loop that is already read a second time. */
  repeating: number;
  /** Whether the keyword `time` stands before the command that is read. */
  timed: boolean;
  /** Whether a redirection has opened a connection. */
  network: boolean;
  /** Variables that were declared to hold numbers, so that what they are given is evaluated. */
  readonly integers: Set<string>;
  /** Names of files and folders that the script had mktemp make, as their values read. */
  readonly temporary: Set<string>;
  /** Functions that are being run, so that recursion is noticed. */
  readonly running: Set<string>;
  /** Folders of ours that the command sees at other places, innermost last. */
  mounts: readonly Mount[];
  /** Files that the script has written, by absolute path. */
  readonly files: Map<string, FileNote>;
  /** Whether patterns match hidden names: `shopt -s dotglob`, `GLOBIGNORE`. */
  hiddenNames: boolean;
  /** Whether what is written right now says what a file holds. */
  filling: boolean;
  /** Paths outside the workspace that the script gave their content. */
  readonly filled: Set<string>;
  /** Lists of commands that all have to succeed, around the command that is read. */
  readonly chains: AndOr[];
  /** Folders that the script made anew, and the list in which it did. */
  readonly made: Map<string, AndOr>;
  /** Folders that the script filled from the network; one with a star at its end stands for the folders in it. */
  readonly fetched: Set<string>;
  /** Contexts of clusters that the script made on this machine. */
  readonly ownClusters: Set<string>;
  /** The context that clients of clusters go by, when the script made it that of one on this machine. */
  cluster: string | undefined;
  /** Bodies of functions that were called, so that the others can be read at the end. */
  readonly called: Set<FunctionBody>;
  readonly defined: FunctionBody[];
  readonly runBody: (body: FunctionBody, io: Io) => Output;
  readonly runFields: (fields: readonly Field[], io: Io) => Output;
  readonly runScript: (script: Script, io: Io) => Output;
  /** Reads a text as a script of its own; its changes to variables stay. */
  readonly runText: (text: string, io: Io) => Output;
}

/** Takes steps from the budget; false when there are none left. */
export function spend(machine: Machine, steps: number): boolean {
  machine.budget -= steps;
  if (machine.budget >= 0) return true;
  machine.findings.reasons.add('too-deep');
  return false;
}

/** The folders that the script may be in at this point; none when that is unknown. */
export function foldersOf(machine: Machine): readonly string[] {
  const binding = machine.scope.bindings.get('.');
  return binding?.kind === 'folders' ? binding.folders : [];
}

/** Where the file or folder usually lies that a variable names. */
const usualPlaces: ReadonlyMap<string, string> = new Map(
  Object.entries({
    BASH_ENV: '~/.bashrc',
    ENV: '~/.profile',
    ZDOTDIR: '~',
    PYTHONSTARTUP: '~/.pythonrc.py',
    INPUTRC: '~/.inputrc',
    MYVIMRC: '~/.vimrc',
    SCREENRC: '~/.screenrc',
    R_PROFILE_USER: '~/.Rprofile',
    WGETRC: '~/.wgetrc',
    CURL_HOME: '~',
    GIT_CONFIG: '~/.gitconfig',
    GIT_CONFIG_GLOBAL: '~/.gitconfig',
    GIT_CONFIG_SYSTEM: '/etc/gitconfig',
    NPM_CONFIG_USERCONFIG: '~/.npmrc',
    PIP_CONFIG_FILE: '~/.config/pip/pip.conf',
    HISTFILE: '~/.bash_history',
    NETRC: '~/.netrc',
    PGPASSFILE: '~/.pgpass',
    DOCKER_CONFIG: '~/.docker',
    GNUPGHOME: '~/.gnupg',
    AWS_SHARED_CREDENTIALS_FILE: '~/.aws/credentials',
    GOOGLE_APPLICATION_CREDENTIALS: '~/.config/gcloud/application_default_credentials.json',
    VAULT_TOKEN_PATH: '~/.vault-token',
  }),
);

/** The values that a variable may have at this point. */
export function valuesOfVariable(machine: Machine, name: string): readonly Field[] {
  const binding = machine.scope.bindings.get(`$${name}`);
  if (binding?.kind === 'values') return binding.values;
  if (binding?.kind === 'items') return binding.items.length === 0 ? [plainField('')] : binding.items.slice(0, 1);
  if (name === 'HOME') return [plainField(machine.home)];
  const place = usualPlaces.get(name);
  if (place !== undefined)
    return [{ ...plainField(place.replace('~', machine.home)), unknown: 'variable', variables: [name] }];
  if (name === 'PWD') return folderValues(machine);
  if (name === 'OLDPWD') return [{ ...plainField(foldersOf(machine)[0] ?? ''), unknown: 'variable' }];
  if (/^[1-9]\d*$/.test(name)) return positionalValue(machine, Number(name));
  if (name === '#') return [plainField(String(itemsOfVariable(machine, '@')?.length ?? 0))];
  return [defaultValue(name)];
}

function folderValues(machine: Machine): readonly Field[] {
  const folders = foldersOf(machine);
  if (folders.length === 0) return [defaultValue('_')];
  return folders.map((folder) => plainField(folder));
}

function positionalValue(machine: Machine, index: number): readonly Field[] {
  const binding = machine.scope.bindings.get('$@');
  if (binding?.kind !== 'items') return [plainField('')];
  // Positions that differ between branches are not told apart.
  if (!binding.whole) return binding.items.length === 0 ? [defaultValue('_')] : binding.items.slice(0, 16);
  return [binding.items[index - 1] ?? plainField('')];
}

/** The items of an array, or of `@` and `*`; undefined for what is not an array. */
export function itemsOfVariable(machine: Machine, name: string): readonly Field[] | undefined {
  const binding = machine.scope.bindings.get(`$${name === '*' ? '@' : name}`);
  if (binding?.kind === 'items') return binding.items;
  return name === '@' || name === '*' ? [] : undefined;
}

/** Gives a variable the values that it may have from here on. */
export function setVariable(machine: Machine, name: string, values: readonly Field[]): void {
  bind(machine.scope, `$${name}`, { kind: 'values', values });
}

/** Gives an array its items; `@` is the list of positional parameters. */
export function setItems(machine: Machine, name: string, items: readonly Field[]): void {
  bind(machine.scope, `$${name}`, { kind: 'items', items, whole: true });
}

/** What stands before the names of files on another machine. */
export const remoteMark = 'remote:';

/** The files that the script itself wrote on the machine where it runs now, by their paths. */
export function* writtenHere(machine: Machine): Generator<readonly [path: string, note: FileNote]> {
  const isRemote = machine.remote > 0;
  for (const [path, file] of machine.files)
    if (path.startsWith(remoteMark) === isRemote) yield [isRemote ? path.slice(remoteMark.length) : path, file];
}
