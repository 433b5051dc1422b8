import { joinPath, normalizeSegments } from './path-normal.js';
import { runShellText } from './shell-actions.js';
import { contactVariable } from './shell-hosts.js';
import { foldersOf, type Machine } from './shell-machine.js';
import { noteSetting } from './shell-notes.js';
import { bind } from './shell-scope.js';
import { type Field, hole, plainField, sliceField, unknownField } from './shell-values.js';

/** A word that sets a variable. */
export const assignment = /^[^\s=/-][^=/]*=/;

/** Takes leading `NAME=value` words as environment; returns the rest. */
export function takeAssignments(machine: Machine, fields: readonly Field[]): readonly Field[] {
  let at = 0;
  while (at < fields.length && assignment.test(fields[at]?.text ?? '')) {
    const field = fields[at++];
    if (field === undefined) break;
    const equals = field.text.indexOf('=');
    noteEnvironment(machine, field.text.slice(0, equals), sliceField(field, equals + 1));
  }
  return fields.slice(at);
}

/** Variables whose value some program runs as a shell command. */
const commandVariables = new Set(
  'GIT_SSH_COMMAND GIT_SSH GIT_EDITOR GIT_SEQUENCE_EDITOR GIT_PAGER GIT_EXTERNAL_DIFF GIT_ASKPASS GIT_PROXY_COMMAND SSH_ASKPASS SUDO_ASKPASS PAGER MANPAGER EDITOR VISUAL FCEDIT LESSOPEN LESSCLOSE PROMPT_COMMAND RSYNC_RSH CVS_RSH SYSTEMD_PAGER SYSTEMD_EDITOR KUBE_EDITOR PSQL_PAGER PSQL_EDITOR TAR_OPTIONS BUNDLER_EDITOR GH_PAGER GH_EDITOR GH_BROWSER BROWSER AWS_PAGER BAT_PAGER DELTA_PAGER HGEDITOR SVN_EDITOR SVN_SSH CARGO_BUILD_RUSTC CARGO_BUILD_RUSTC_WRAPPER CARGO_BUILD_RUSTC_WORKSPACE_WRAPPER RUSTC RUSTC_WRAPPER RUSTC_WORKSPACE_WRAPPER CC CXX CPP LD AR NPM_CONFIG_SCRIPT_SHELL npm_config_script_shell NPM_CONFIG_EDITOR npm_config_editor NPM_CONFIG_GIT npm_config_git'.split(
    ' ',
  ),
);
/** Variables that make programs load code from elsewhere. */
const loadingVariables = new Set(
  'LD_PRELOAD LD_AUDIT DYLD_INSERT_LIBRARIES PERL5OPT PERL5DB PYTHONSTARTUP RUBYOPT LUA_INIT BASH_ENV ZDOTDIR GCONV_PATH GIT_CONFIG_COUNT GIT_CONFIG_PARAMETERS GIT_EXEC_PATH GIT_TEMPLATE_DIR'.split(
    ' ',
  ),
);

/** Variables that list folders in which programs look for code; those of others that anybody may write are none of ours. */
const searchPaths = new Set(
  'PATH LD_LIBRARY_PATH DYLD_LIBRARY_PATH DYLD_FRAMEWORK_PATH PYTHONPATH PYTHONHOME NODE_PATH PERL5LIB PERLLIB RUBYLIB GEM_PATH GEM_HOME CLASSPATH LUA_PATH LUA_CPATH TERMINFO TERMINFO_DIRS MANPATH CDPATH GIT_DIR GIT_WORK_TREE GIT_COMMON_DIR GIT_OBJECT_DIRECTORY GIT_CONFIG GIT_CONFIG_GLOBAL GIT_CONFIG_SYSTEM NPM_CONFIG_USERCONFIG npm_config_userconfig NPM_CONFIG_GLOBALCONFIG npm_config_globalconfig NPM_CONFIG_PREFIX PIP_CONFIG_FILE BUNDLE_GEMFILE CARGO_HOME PHPRC PHP_INI_SCAN_DIR GOROOT JULIA_LOAD_PATH R_PROFILE R_PROFILE_USER R_ENVIRON INPUTRC VIMINIT MYVIMRC EMACSLOADPATH LESSKEY OPENSSL_CONF OPENSSL_ENGINES KUBECONFIG XDG_CONFIG_HOME ANSIBLE_CONFIG ANSIBLE_LIBRARY ANSIBLE_ROLES_PATH ANSIBLE_COLLECTIONS_PATH ANSIBLE_INVENTORY ANSIBLE_ACTION_PLUGINS ANSIBLE_LOOKUP_PLUGINS ANSIBLE_FILTER_PLUGINS ANSIBLE_CALLBACK_PLUGINS ANSIBLE_VAULT_PASSWORD_FILE'.split(
    ' ',
  ),
);
/** Folders in which anybody may put a program. */
export const anybodysFolder = /(^|[:;=\s"'])(\/tmp|\/var\/tmp|\/dev\/shm|\/private\/tmp)(\/|$|[:;"'])/;
const commandOfTarget = /^CARGO_TARGET_\w+_(RUNNER|LINKER)$/;

/** Variables that name the one folder or file with what a program is told and keeps. */
const homes =
  /^(?:GIT_(?:DIR|WORK_TREE|COMMON_DIR|OBJECT_DIRECTORY|CONFIG_GLOBAL|CONFIG_SYSTEM)|XDG_CONFIG_HOME|(?:npm_config|NPM_CONFIG)_(?:userconfig|USERCONFIG|PREFIX)|KUBECONFIG|CARGO_HOME|GEM_HOME|PIP_CONFIG_FILE|ANSIBLE_CONFIG)$/;

/** Whether such a variable names what the script itself had mktemp make. */
function isOwnFolder({ temporary }: Machine, name: string, text: string): boolean {
  if (!homes.test(name)) return false;
  for (const own of temporary) if (text === own || text.startsWith(`${own}/`)) return true;
  return false;
}

/** Variables that load code only with certain values. */
function loadsBy(machine: Machine, name: string, { text, unknown }: Field): boolean {
  switch (name) {
    case 'NODE_OPTIONS':
      return unknown !== undefined || /-(r|-require|-import|-loader|-experimental-loader)\b/.test(text);
    case 'ENV':
      return text.includes('/');
    case 'GOFLAGS':
      return /-(toolexec|vettool|exec|insecure|modfile|overlay)\b/.test(text);
    case 'MAKEFLAGS':
    case 'GNUMAKEFLAGS':
      return /--eval|\$\(|SHELL\s*=/.test(text);
    case 'RUSTFLAGS':
      return /linker\s*=/.test(text) && anybodysFolder.test(text);
    case 'PATH':
      return /^(\.?:|\.$)/.test(text) || anybodysFolder.test(text);
    case 'JAVA_TOOL_OPTIONS':
    case '_JAVA_OPTIONS':
    case 'JDK_JAVA_OPTIONS':
    case 'MAVEN_OPTS':
    case 'GRADLE_OPTS':
    case 'SBT_OPTS':
    case 'JAVA_OPTS':
    case 'CATALINA_OPTS':
      return /-(javaagent|agentlib|agentpath)/.test(text);
    default:
      if (isOwnFolder(machine, name, text)) return false;
      return searchPaths.has(name) && anybodysFolder.test(text);
  }
}

/** Names of which `noteSpecial` knows something. */
const specialName = /^(?:PS[0124]$|R?PROMPT$|GIT_CONFIG_KEY_|npm_config_|CARGO_)/i;

/** A substitution in a prompt, in which characters may be given by their numbers. */
const promptRuns = /\$\(|`|@P\}|\\0?(?:044|140)/;

/** Runs what a text runs that is expanded as a prompt is; its own escapes are not undone. */
export function runPrompt(machine: Machine, text: string): void {
  if (/[$`]/.test(text)) runShellText(machine, plainField(`: <<PROMPT\n${text}\nPROMPT`), { stdin: undefined });
}

/** Prompts that run commands, and variables that are settings of git, npm and cargo. */
function noteSpecial(machine: Machine, name: string, value: Field): void {
  if (/^PS[0124]$|^PROMPT$|^RPROMPT$/.test(name)) {
    const isKnown = value.unknown === undefined && !value.text.includes(hole);
    if (!isKnown || promptRuns.test(value.text)) machine.findings.reasons.add('preloaded-code');
    if (promptRuns.test(value.text)) runPrompt(machine, value.text);
  }
  if (/^GIT_CONFIG_KEY_\d+$/.test(name)) noteSetting(machine, 'git', value.text);
  const registry = /^CARGO_(REGISTRIES|SOURCE)_\w+_(INDEX|REGISTRY|REPLACE_WITH)$/.exec(name);
  if (registry !== null)
    noteSetting(machine, 'cargo', `${registry[1] ?? ''}.*.${(registry[2] ?? '').replace('_', '-')}`);
  if (/^npm_config_/i.test(name)) noteSetting(machine, 'npm', name.slice(11).replaceAll('_', '-'));
}

/** Records that an environment variable is set for a program; some values are themselves code. */
export function noteEnvironment(machine: Machine, name: string, value: Field): void {
  machine.findings.environment.add(name);
  if (name === 'GLOBIGNORE' || (name === 'BASHOPTS' && value.text.includes('dotglob')))
    machine.hiddenNames ||= value.text !== '';
  const loads = loadingVariables.has(name) || name.startsWith('BASH_FUNC_') || loadsBy(machine, name, value);
  if (loads) machine.findings.reasons.add('preloaded-code');
  if (specialName.test(name)) noteSpecial(machine, name, value);
  contactVariable(machine, name, value);
  if (!commandVariables.has(name) && !commandOfTarget.test(name)) return;
  if (anybodysFolder.test(value.text)) machine.findings.reasons.add('preloaded-code');
  if (value.unknown === undefined) runShellText(machine, value, { stdin: undefined });
  else machine.findings.reasons.add(`program-from-${value.unknown}`);
}

/** A field as one word of a script text. */
export function quoted(field: Field): Field {
  return { ...field, text: `'${field.text.replaceAll("'", "'\\''")}'`, pattern: undefined };
}

/** Longest path of a folder that is followed: PATH_MAX of Linux. */
const LONGEST_FOLDER = 4096;

/** Leaves the current folder, which `~-` and `cd -` then stand for, for one of these; for none when that is unknown. */
export function leaveFor(machine: Machine, folders: readonly string[]): void {
  const before = foldersOf(machine).map((folder) => plainField(folder));
  bind(machine.scope, '$OLDPWD', { kind: 'values', values: before.length === 0 ? [unknownField('variable')] : before });
  bind(machine.scope, '.', { kind: 'folders', folders });
}

/** Changes the current folder; unknown folders leave none known. */
export function enterFolder(machine: Machine, field: Field, relativeTo = foldersOf(machine)): void {
  const folders: string[] = [];
  const known = !field.text.includes(hole) && field.pattern === undefined;
  if (known && field.text !== '') {
    const bases = field.text.startsWith('/') ? ['/'] : relativeTo;
    for (const base of bases) folders.push(normalizeSegments(joinPath(base, field.text)));
  }
  // No file system has such a folder; following it would cost time that grows with the square of the command.
  if (folders.some((folder) => folder.length > LONGEST_FOLDER)) folders.length = 0;
  // `cd $UNSET/` is `cd /` and `cd $UNSET` goes home; neither is certain.
  if (field.unknown !== undefined || field.pattern !== undefined) machine.findings.dynamicPaths = true;
  leaveFor(machine, field.unknown === 'substitution' && field.text.includes(hole) ? [] : folders);
}
