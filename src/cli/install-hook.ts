import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import {
  INSTALLED_MARK,
  type InstalledHook,
  installedHooks,
  installHooks,
  isInstalledOn,
  uninstallHooks,
} from '../adapters/claude-code-settings.js';
import { DeodarError } from '../diagnostics/deodar-error.js';
import type { Result } from '../diagnostics/diagnostic.js';
import { readSource } from '../files/read-source.js';
import type { Session } from './command.js';
import { homeFolder } from './home-folder.js';
import { hookWords } from './hook-words.js';
import { stateFolder } from './kept-file.js';

/** Settings file of a project, of what one person has in it, or of the user. */
export function settingsFile({ cwd, env }: Pick<Session, 'cwd' | 'env'>, scope: 'project' | 'local' | 'user'): string {
  if (scope !== 'user') return join(cwd, '.claude', scope === 'local' ? 'settings.local.json' : 'settings.json');
  const { CLAUDE_CONFIG_DIR: own = '' } = env;
  return join(own === '' ? join(homeFolder(env), '.claude') : resolve(cwd, own), 'settings.json');
}

/** Adds the hook to a settings file; says what was done. */
export function installHook(file: string, hook: InstalledHook): string {
  // Installed anew on what was there before, not on what an earlier installation made of it.
  return edit(file, (text) => installHooks(textBefore(file, text) ?? text, hook, file));
}

/**
 * Takes the hook out of a settings file; says what was done, and what is kept elsewhere. Where nothing else was changed
 * since, the settings are then what they were before, byte for byte: a file that installing made is gone, and so is the
 * backup.
 */
export function uninstallHook(session: Session, file: string): string {
  if (!existsSync(file)) return `${file} does not exist: nothing to remove\n`;
  const text = textOf(realpathSync(file), file);
  const said = restore(file, text) ?? edit(file, (given) => uninstallHooks(given, file));
  return text.includes(INSTALLED_MARK) ? `${said}${keptAfter(session, file, text)}` : said;
}

/** Undefined where the settings are not what installing had made of those before. */
function restore(file: string, text: string): string | undefined {
  const real = realpathSync(file);
  const backup = backupOf(real);
  if (textBefore(file, text) === undefined) return undefined;
  if (!existsSync(backup)) {
    rmSync(real);
    if (readdirSync(dirname(real)).length === 0) rmdirSync(dirname(real));
    return `removed ${file}, which installing had made\n`;
  }
  replaceFile(real, readFileSync(backup), statSync(real).mode);
  rmSync(backup);
  return `wrote ${file}, as it was before\n`;
}

/** The settings that installing made those in `text` of; undefined where it did not, or they were changed since. */
function textBefore(file: string, text: string): string | undefined {
  const backup = existsSync(file) ? backupOf(realpathSync(file)) : '';
  const source = existsSync(backup) ? readSource(backup, backup) : undefined;
  if (source?.ok === false) return undefined;
  const before = source === undefined ? NO_SETTINGS : settingsIn(source.value.text);
  return before.includes(INSTALLED_MARK) || !isInstalledOn(before, text) ? undefined : before;
}

/** What is kept after uninstalling; `text` are the settings with the hook. */
function keptAfter(session: Session, file: string, text: string): string {
  const backup = existsSync(file) ? backupOf(realpathSync(file)) : '';
  const hooks = installedHooks(text);
  const [command = ''] = hooks.ok ? hooks.value.values() : [];
  const words = hookWords(command, session.cwd);
  const option = words.indexOf('--state');
  const state = option < 0 ? stateFolder(session.env) : resolve(session.cwd, words[option + 1] ?? '');
  return [
    ...(existsSync(backup) ? [`kept: ${backup}, the settings before the hook was installed\n`] : []),
    ...(existsSync(state) ? [`kept: ${state}, what the hook knows of sessions, also of other projects\n`] : []),
  ].join('');
}

/** What installing begins with where there are no settings. */
const NO_SETTINGS = '{}\n';

function settingsIn(text: string): string {
  return text.trim() === '' ? NO_SETTINGS : text;
}

function backupOf(real: string): string {
  return `${real}.before-deodar`;
}

function edit(file: string, change: (text: string) => Result<string>): string {
  const exists = existsSync(file);
  // Settings are often a link into a folder of dotfiles: the file that it leads to is replaced, not the link.
  const real = exists ? realpathSync(file) : resolve(file);
  const text = exists ? textOf(real, file) : NO_SETTINGS;
  const given = settingsIn(text);
  const changed = change(given);
  if (!changed.ok) throw new DeodarError(changed.diagnostics);
  if (exists && (changed.value === text || changed.value === given)) return `${file} is up to date\n`;
  mkdirSync(dirname(real), { recursive: true });
  const backup = backupOf(real);
  // What an earlier installation left is not what there was before.
  const isFirst = exists && !text.includes(INSTALLED_MARK);
  if (isFirst) writeFileSync(backup, readFileSync(real));
  replaceFile(real, changed.value, exists ? statSync(real).mode : undefined);
  return `wrote ${file}${isFirst ? `; it was before as in ${backup}` : ''}\n`;
}

function textOf(real: string, name: string): string {
  const source = readSource(real, name);
  if (!source.ok) throw new DeodarError(source.diagnostics);
  return source.value.text;
}

/** Writes a file so that whoever reads it sees either the old or the new text. */
function replaceFile(file: string, text: string | Uint8Array, mode: number | undefined): void {
  const draft = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(draft, text, { flag: 'wx' });
    if (mode !== undefined) chmodSync(draft, mode);
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}
