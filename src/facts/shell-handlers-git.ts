import { anywhereBelow } from './path-overlap.js';
import type { Arguments } from './programs-options.js';
import { applyRole, contactOrRead, isUrl, remoteHost, runShellText, touch } from './shell-actions.js';
import { type Call, flagValue, hasFlag } from './shell-call.js';
import { anybodysFolder, enterFolder } from './shell-environment.js';
import type { Touch } from './shell-findings.js';
import { contactSetting } from './shell-hosts.js';
import { foldersOf } from './shell-machine.js';
import { noteSetting } from './shell-notes.js';
import { isolated } from './shell-scope.js';
import {
  below,
  type Field,
  hole,
  type Output,
  plainField,
  sliceField,
  textOutput,
  unknownField,
} from './shell-values.js';

/** Settings whose value git runs as a command. */
const commandSetting =
  /^(core\.(sshcommand|pager|editor|fsmonitor|askpass|gitproxy|alternaterefscommand)|pager\..+|sequence\.editor|diff\.(external|.+\.(command|textconv))|merge\..+\.driver|(merge|diff)tool\..+\.(cmd|path)|credential(\..+)?\.helper|gpg(\..+)?\.program|filter\..+\.(clean|smudge|process)|interactive\.difffilter|remote\..+\.(uploadpack|receivepack|vcs)|uploadpack\.packobjectshook|sendemail\..+cmd|browser\..+\.cmd|man\..+\.cmd|web\.browser)$/;

const plainSetting = /^(core\.(editor|pager)|sequence\.editor|pager\.\w+)$/;
/** Editors and pagers that do nothing or only show and edit. */
const plainEditor = /^(?:(?:\/usr)?\/bin\/)?(?::|true|false|cat|less|more|vim?|nvim|nano|emacs|code --wait)?$/;

/** Where hooks lie that a repository brings along; writing into these folders is seen by itself. */
const usualHooks = /^(\.\/)?\.(husky(\/_)?|githooks)\/?$/;

/** Runs something with git's own options around it: settings, and the folder of `-C`. */
export function aroundGit(outer: Call, run: () => Output): Output {
  const { machine } = outer;
  readSettings(outer);
  const folders = outer.args.flags.filter((flag) => flag.name === '-C' || flag.name === '--work-tree');
  return isolated(machine.scope, () => {
    for (const flag of folders) if (flag.value !== undefined) enterFolder(machine, flag.value);
    return run();
  });
}

/** Reads a subcommand of git; what it prints, where that is known. */
export function gitSubcommand(call: Call): Output | undefined {
  readSubcommand(call);
  return outputOf(call);
}

function outputOf(call: Call): Output | undefined {
  const { machine, command } = call;
  if (command === 'git rev-parse' && hasFlag(call, '--show-toplevel')) {
    // Taken to be the workspace when the command starts inside it.
    const inside = foldersOf(machine).every((folder) => folder.startsWith(machine.workspace));
    return inside && foldersOf(machine).length > 0 ? textOutput(machine.workspace) : undefined;
  }
  if (command === 'git rev-parse') {
    const part = call.args.operands[0]?.text ?? '';
    if (hasFlag(call, '--git-path')) return textOutput(`.git/${flagValue(call, '--git-path')?.text ?? part}\n`);
    if (hasFlag(call, '--git-dir', '--git-common-dir', '--absolute-git-dir')) return textOutput('.git\n');
  }
  if (command === 'git for-each-ref' || command === 'git branch') {
    // Refspecs that delete or force.
    const format = flagValue(call, '--format')?.text ?? '';
    if (/^[:+]/.test(format)) return textOutput(`${format.replace(/%\([^)]*\)/g, hole)}\n`);
  }
  if (command === 'git ls-files') {
    const everything: Field = {
      text: './*',
      pattern: `./${anywhereBelow}`,
      unknown: 'substitution',
      stream: undefined,
    };
    return { text: undefined, decoded: false, fetched: false, paths: [everything, ...ignoredFiles(call)] };
  }
  return undefined;
}

/** Files that git leaves alone, among them those of secrets; what is new and not ignored is none of these. */
function ignoredFiles(call: Call): readonly Field[] {
  const others = hasFlag(call, '--others') && (hasFlag(call, '--ignored') || !hasFlag(call, '--exclude-standard'));
  return others ? [{ text: './.env', pattern: './.env', unknown: 'substitution', stream: undefined }] : [];
}

/** `-c name=value` sets a setting for one command; `git config name value` keeps it. */
function readSettings(outer: Call): void {
  for (const flag of outer.args.flags) {
    if ((flag.name !== '-c' && flag.name !== '--config-env') || flag.value === undefined) continue;
    const { value } = flag;
    const equals = value.text.indexOf('=');
    const key = equals < 0 ? value.text : value.text.slice(0, equals);
    // Of `--config-env` only the name of the variable that holds the value is known.
    if (flag.name === '-c') readSetting(outer, key, equals < 0 ? plainField('true') : sliceField(value, equals + 1));
    else readSetting(outer, key, unknownField('variable'));
  }
}

function readSetting(call: Call, key: string, value: Field): void {
  const { machine } = call;
  const name = key.toLowerCase();
  const { commands, reasons } = machine.findings;
  if (plainSetting.test(name) && value.unknown === undefined && plainEditor.test(value.text)) return;
  if (name === 'core.hookspath' && usualHooks.test(value.text) && !hasFlag(call, '--global', '--system')) return;
  noteSetting(machine, 'git', key);
  if (!name.startsWith('remote.')) contactSetting(machine, key, value);
  if (/^remote\..+\.mirror$/.test(name) && value.text !== 'false') commands.add('git push --mirror');
  else if (/^remote\..+\.push$/.test(name)) readRefspec(call, value);
  else if (/^remote\..+\.(push)?url$/.test(name)) readRemote(call, value);
  else if (name.startsWith('alias.')) {
    reasons.add('alias');
    if (value.text.startsWith('!')) noteSetting(machine, 'git', 'alias.*.shell');
    if (value.text.startsWith('!')) runShellText(machine, sliceField(value, 1), { stdin: undefined });
    else runShellText(machine, { ...value, text: `git ${value.text}` }, { stdin: undefined });
  } else if (name === 'core.hookspath' || name === 'include.path' || name.startsWith('includeif.')) {
    touch(machine, 'read', value);
    if (name === 'core.hookspath' && value.text !== '/dev/null') reasons.add('hooks-changed');
  } else if (commandSetting.test(name)) {
    const text = value.text.startsWith('!') ? sliceField(value, 1) : value;
    if (anybodysFolder.test(value.text)) reasons.add('preloaded-code');
    if (value.unknown !== undefined) reasons.add(`program-from-${value.unknown}`);
    if (
      text.text !== '' &&
      !/^(store|cache|osxkeychain|manager|manager-core|true|false|wincred|libsecret)$/.test(text.text)
    ) {
      runShellText(machine, text, { stdin: undefined });
    }
  } else if (/^url\..+\.(push)?insteadof$/.test(name))
    contactOrRead(machine, plainField(key.slice(4).replace(/\.[^.]*$/, '')));
}

const transports = /^ext::/;

/** `ext::` is followed by words, in which `% ` is a blank. */
function runTransport(call: Call, field: Field): void {
  const words = field.text.slice(5).replaceAll('% ', '\u0003').split(' ');
  const fields = words.map((word) => ({ ...field, text: word.replaceAll('\u0003', ' '), pattern: undefined }));
  call.machine.runFields(fields, { stdin: undefined });
}

/** A remote given as URL, `host:path` or `ext::command`; names of remotes mean nothing here. */
function readRemote(call: Call, field: Field | undefined): void {
  if (field === undefined) return;
  if (transports.test(field.text)) runTransport(call, field);
  else if (isUrl(field.text) || remoteHost(field.text) !== undefined || /^[./~]/.test(field.text))
    contactOrRead(call.machine, field);
  else if (field.unknown !== undefined) call.machine.findings.hosts.add('unknown');
}

const here: readonly Field[] = [plainField('.')];

function touchAll(call: Call, kind: Touch, fields: readonly Field[], recursive = false): void {
  for (const field of fields) touch(call.machine, kind, field, recursive);
}

/** Subcommands that show or store what files hold; others only name them. */
const readsContent = /^git (log|show|grep|whatchanged|difftool|commit|format-patch|annotate|stash)$/;

/** A log of a file tells what it holds only with its patches. */
function showsContent(call: Call): boolean {
  if (!readsContent.test(call.command)) return false;
  return !/ (log|whatchanged)$/.test(call.command) || call.args.flags.some(({ name }) => patchFlag.test(name));
}

const patchFlag =
  /^(-[pucLWU]|--(patch|cc|unified|word-diff|patch-with-stat|patch-with-raw|color-words|line-prefix)\b.*)$/;

/** The operands without the pattern that is searched for. */
function named(call: Call): readonly Field[] {
  const { operands } = call.args;
  return call.command === 'git grep' && !hasFlag(call, '-e', '-f') ? operands.slice(1) : operands;
}

/** What the operands of a subcommand name. */
function readSubcommand(call: Call): void {
  const { command, args } = call;
  const { operands } = args;
  const at = call.fields.findIndex((field) => field.text === '--');
  const afterDashes = at < 0 ? [] : operands.filter((_, i) => (args.positions[i] ?? 0) > at);
  switch (command) {
    case 'git push':
      return readPush(call);
    case 'git pull':
    case 'git fetch':
      return readRemote(call, operands[0]);
    case 'git clone':
      return readClone(call);
    case 'git ls-remote':
      return readRemote(call, operands[0]);
    case 'git archive':
      touchAll(call, 'read', operands.slice(1));
      return readRevisions(call, operands);
    case 'git add':
      return touchAll(call, 'read', operands);
    case 'git rm':
      return hasFlag(call, '--cached', '--dry-run')
        ? undefined
        : touchAll(call, 'deleted', operands, hasFlag(call, '-r'));
    case 'git mv':
      touchAll(call, 'deleted', operands.slice(0, -1));
      return touchAll(call, 'written', operands.slice(-1));
    case 'git checkout':
      return touchAll(call, 'written', at < 0 ? operands.filter(looksLikePath) : afterDashes);
    case 'git restore':
      return hasFlag(call, '--staged') && !hasFlag(call, '--worktree')
        ? undefined
        : touchAll(call, 'written', operands);
    case 'git reset':
      return hasFlag(call, '--hard', '--merge', '--keep') ? touchAll(call, 'written', here) : undefined;
    case 'git clean':
      if (hasFlag(call, '--dry-run') || !hasFlag(call, '--force')) return;
      return touchAll(call, 'deleted', operands.length === 0 ? here : operands);
    case 'git send-pack':
      return readPush(call);
    case 'git apply':
    case 'git am':
      return readPatchFolder(call);
    case 'git diff':
      return touchAll(call, 'read', hasFlag(call, '--no-index') ? operands : operands.filter(looksLikePath));
    case 'git blame':
      return touchAll(call, 'read', operands.slice(-1));
    case 'git config':
      if (operands.length > 1 || hasFlag(call, '--add', '--replace-all'))
        readSetting(call, operands[0]?.text ?? '', operands[1] ?? plainField(''));
      return;
    default:
      if (showsContent(call)) touchAll(call, 'read', at < 0 ? named(call).filter(looksLikePath) : afterDashes);
      return readRevisions(call, operands);
  }
}

/** The files of a patch lie below the folder that is given; which they are is not known. */
function readPatchFolder({ machine, args }: Call): void {
  for (const { name, value } of args.flags)
    if (name === '--directory' && value !== undefined) touch(machine, 'written', below(value, plainField('*')));
}

function looksLikePath(field: Field): boolean {
  return (
    /^\.{1,2}(\/|$)|^[~/]|\.\w{1,8}$/.test(field.text) || (field.pattern !== undefined && !field.text.includes(hole))
  );
}

/** `HEAD:.env` reads a file out of the history. */
function readRevisions(call: Call, operands: readonly Field[]): void {
  if (!/^git (show|cat-file|archive|log|diff|blame|checkout|grep|rev-parse)$/.test(call.command)) return;
  for (const field of operands) {
    const colon = field.text.indexOf(':');
    if (colon > 0 && !isUrl(field.text)) touch(call.machine, 'read', sliceField(field, colon + 1));
  }
}

/** A refspec with `+` forces, one with nothing before its colon deletes. */
function readPush(call: Call): void {
  const { machine, args } = call;
  readRemote(call, flagValue(call, '--repo') ?? args.operands[0]);
  for (const field of args.operands) {
    // A variable that nobody set here may hold `--force` or `+main`.
    if (field.unknown === 'variable' && (field.text === '' || field.text === hole))
      machine.findings.reasons.add('unknown-flags');
  }
  for (const field of args.operands.slice(1)) readRefspec(call, field);
}

function readRefspec({ machine }: Call, field: Field): void {
  if (field.text.startsWith('+')) machine.findings.commands.add('git push --force');
  if (/^\+?:./.test(field.text)) machine.findings.commands.add('git push --delete');
}

function readClone(call: Call): void {
  const { machine, args } = call;
  const [source, target] = args.operands;
  for (const flag of args.flags) {
    const equals = flag.value?.text.indexOf('=') ?? -1;
    if (flag.name === '--config' && flag.value !== undefined && equals > 0)
      readSetting(call, flag.value.text.slice(0, equals), sliceField(flag.value, equals + 1));
  }
  if (source === undefined) return;
  if (transports.test(source.text)) readRemote(call, source);
  if (target !== undefined) return;
  const name = source.text
    .replace(/\/+$/, '')
    .replace(/\.git$/, '')
    .replace(/^.*[/:]/s, '');
  if (name !== '') applyRole(machine, 'w', { ...plainField(name), unknown: source.unknown });
}

/** Subcommands built into git that need no row of their own. */
const others = new Set(
  'check-attr check-mailmap check-ref-format for-each-repo get-tar-commit-id mailsplit merge-one-file prune-packed show-index sh-setup status verify-commit backfill refs replay column help version count-objects name-rev cherry hash-object instaweb request-pull rerere replace show-branch stage unpack-objects var gui gitk citool rev-list pack-refs pack-objects mktree mktag commit-tree read-tree checkout-index merge-tree merge-file merge-index diff-tree diff-files diff-index patch-id column interpret-trailers stripspace verify-pack show-index index-pack fast-export fast-import multi-pack-index commit-graph unpack-file update-server-info daemon http-backend credential-store credential-cache mailinfo mailsplit quiltimport imap-send svn p4 cvsimport archimport annotate bugreport diagnose for-each-repo fsmonitor--daemon hook lost-found lfs flow absorb extras town secrets machete branchless delta credential-manager cola subtree subrepo imerge annex review summary effort'.split(
    ' ',
  ),
);

/** A subcommand that git does not have is an alias, and what it does cannot be known. */
export function gitUnlisted(outer: Call, sub: string, args: Arguments): void {
  const { machine } = outer;
  readSettings(outer);
  if (!others.has(sub)) machine.findings.reasons.add('alias');
  for (const field of args.operands) if (isUrl(field.text)) contactOrRead(machine, field);
}
