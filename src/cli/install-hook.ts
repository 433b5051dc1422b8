import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { INSTALLED_MARK, type InstalledHook, installHooks, uninstallHooks } from '../adapters/claude-code-settings.js';
import { DeodarError } from '../diagnostics/deodar-error.js';
import type { Result } from '../diagnostics/diagnostic.js';
import { readSource } from '../files/read-source.js';
import type { Session } from './command.js';

/** Settings file of a project or of the user. */
export function settingsFile(session: Session, scope: 'project' | 'user'): string {
  const home = session.env.HOME ?? homedir();
  return join(scope === 'user' ? home : session.cwd, '.claude', 'settings.json');
}

/** Adds the hook to a settings file; says what was done. */
export function installHook(file: string, hook: InstalledHook): string {
  return edit(file, (text) => installHooks(text, hook, file));
}

/** Takes the hook out of a settings file; says what was done. */
export function uninstallHook(file: string): string {
  if (!existsSync(file)) return `${file} does not exist: nothing to remove\n`;
  const before = blankBefore(file);
  return edit(file, (text) => {
    const left = uninstallHooks(text, file);
    return left.ok && isBlank(left.value) && before !== undefined ? { ...left, value: before } : left;
  });
}

/** What installing begins with where there are no settings. */
const NO_SETTINGS = '{}\n';

/** Whether settings hold nothing. */
function isBlank(text: string): boolean {
  return /^\s*(?:\{\s*\}\s*)?$/.test(text);
}

/** The text of settings that held nothing before the hook was installed. */
function blankBefore(file: string): string | undefined {
  const backup = backupOf(realpathSync(file));
  const text = existsSync(backup) ? readFileSync(backup, 'utf8') : undefined;
  return text !== undefined && isBlank(text) ? text : undefined;
}

function backupOf(real: string): string {
  return `${real}.before-deodar`;
}

function edit(file: string, change: (text: string) => Result<string>): string {
  const exists = existsSync(file);
  // Settings are often a link into a folder of dotfiles: the file that it leads to is replaced, not the link.
  const real = exists ? realpathSync(file) : resolve(file);
  const text = exists ? textOf(real, file) : NO_SETTINGS;
  const given = text.trim() === '' ? NO_SETTINGS : text;
  const changed = change(given);
  if (!changed.ok) throw new DeodarError(changed.diagnostics);
  if (exists && (changed.value === text || changed.value === given)) return `${file} is up to date\n`;
  mkdirSync(dirname(real), { recursive: true });
  const backup = backupOf(real);
  // What was there before the first installation is worth more than what another left.
  if (exists && !(existsSync(backup) && text.includes(INSTALLED_MARK))) writeFileSync(backup, readFileSync(real));
  replaceFile(real, changed.value, exists ? statSync(real).mode : undefined);
  return `wrote ${file}${exists ? `; it was before as in ${backup}` : ''}\n`;
}

function textOf(real: string, name: string): string {
  const source = readSource(real, name);
  if (!source.ok) throw new DeodarError(source.diagnostics);
  return source.value.text;
}

/** Writes a file so that whoever reads it sees either the old or the new text. */
function replaceFile(file: string, text: string, mode: number | undefined): void {
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
