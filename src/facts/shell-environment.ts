import { joinPath, normalizeSegments } from './path-normal.js';
import { runShellText } from './shell-actions.js';
import { foldersOf, type Machine } from './shell-machine.js';
import { bind } from './shell-scope.js';
import { type Field, hole, plainField, sliceField } from './shell-values.js';

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
  'GIT_SSH_COMMAND GIT_SSH GIT_EDITOR GIT_SEQUENCE_EDITOR GIT_PAGER GIT_EXTERNAL_DIFF GIT_ASKPASS GIT_PROXY_COMMAND SSH_ASKPASS SUDO_ASKPASS PAGER MANPAGER EDITOR VISUAL FCEDIT LESSOPEN LESSCLOSE PROMPT_COMMAND RSYNC_RSH CVS_RSH SYSTEMD_PAGER SYSTEMD_EDITOR KUBE_EDITOR PSQL_PAGER PSQL_EDITOR TAR_OPTIONS BUNDLER_EDITOR'.split(
    ' ',
  ),
);
/** Variables that make programs load code from elsewhere. */
const loadingVariables = new Set(
  'LD_PRELOAD LD_AUDIT DYLD_INSERT_LIBRARIES PERL5OPT PERL5DB PYTHONSTARTUP RUBYOPT LUA_INIT BASH_ENV ZDOTDIR GCONV_PATH GIT_CONFIG_COUNT GIT_CONFIG_PARAMETERS GIT_EXEC_PATH GIT_TEMPLATE_DIR'.split(
    ' ',
  ),
);

/** Variables that load code only with certain values. */
function loadsBy(name: string, { text, unknown }: Field): boolean {
  switch (name) {
    case 'NODE_OPTIONS':
      return unknown !== undefined || /-(r|-require|-import|-loader|-experimental-loader)\b/.test(text);
    case 'ENV':
      return text.includes('/');
    case 'JAVA_TOOL_OPTIONS':
    case '_JAVA_OPTIONS':
      return unknown !== undefined || /-(javaagent|agentlib|agentpath)/.test(text);
    default:
      return false;
  }
}

/** Records that an environment variable is set for a program; some values are themselves code. */
export function noteEnvironment(machine: Machine, name: string, value: Field): void {
  machine.findings.environment.add(name);
  const loads = loadingVariables.has(name) || name.startsWith('BASH_FUNC_') || loadsBy(name, value);
  if (loads) machine.findings.reasons.add('preloaded-code');
  if (name === 'PS4' && /\$\(|`/.test(value.text)) {
    runShellText(machine, plainField(`: "${value.text}"`), { stdin: undefined });
  }
  if (!commandVariables.has(name)) return;
  if (value.unknown === undefined) runShellText(machine, value, { stdin: undefined });
  else machine.findings.reasons.add(`program-from-${value.unknown}`);
}

/** A field as one word of a script text. */
export function quoted(field: Field): Field {
  return { ...field, text: `'${field.text.replaceAll("'", "'\\''")}'`, pattern: undefined };
}

/** Longest path of a folder that is followed: PATH_MAX of Linux. */
const LONGEST_FOLDER = 4096;

/** Changes the current folder; unknown folders leave none known. */
export function enterFolder(machine: Machine, field: Field): void {
  const folders: string[] = [];
  const known = !field.text.includes(hole) && field.pattern === undefined;
  if (known && field.text !== '') {
    const bases = field.text.startsWith('/') ? ['/'] : foldersOf(machine);
    for (const base of bases) folders.push(normalizeSegments(joinPath(base, field.text)));
  }
  // No file system has such a folder; following it would cost time that grows with the square of the command.
  if (folders.some((folder) => folder.length > LONGEST_FOLDER)) folders.length = 0;
  // `cd $UNSET/` is `cd /` and `cd $UNSET` goes home; neither is certain.
  if (field.unknown !== undefined || field.pattern !== undefined) machine.findings.dynamicPaths = true;
  bind(machine.scope, '.', {
    kind: 'folders',
    folders: field.unknown === 'substitution' && field.text.includes(hole) ? [] : folders,
  });
}
