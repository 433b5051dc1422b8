import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type HookSwitch, hookSwitches } from '../adapters/claude-code-settings.js';
import { readSource } from '../files/read-source.js';
import type { Session } from './command.js';
import { settingsFile } from './install-hook.js';

/** A setting for which Claude Code does not run an installed hook, and the file that has it. */
export interface HookBarrier {
  readonly file: string;
  readonly name: HookSwitch['name'];
}

/** The folder with the settings that an organisation gives a machine. */
function managedFolder(platform: NodeJS.Platform): string {
  if (platform === 'darwin') return '/Library/Application Support/ClaudeCode';
  return platform === 'win32' ? 'C:\\Program Files\\ClaudeCode' : '/etc/claude-code';
}

/**
 * What keeps Claude Code from running a hook of this project or user: for each setting, the first file that says it, in the
 * order in which Claude Code prefers them. What an organisation hands over by other ways than files is not seen.
 */
export function hookBarriers(
  session: Pick<Session, 'cwd' | 'env'>,
  managed = managedFolder(process.platform),
): readonly HookBarrier[] {
  const own = (['local', 'project', 'user'] as const).map((scope) => settingsFile(session, scope));
  const said = new Set<HookSwitch['name']>();
  const found: HookBarrier[] = [];
  for (const file of [...managedFiles(managed), ...own]) {
    const source = readSource(file);
    for (const { name, off } of source.ok ? hookSwitches(source.value.text, !own.includes(file)) : []) {
      if (off && !said.has(name)) found.push({ file, name });
      said.add(name);
    }
  }
  return found;
}

/** Of the files in the folder below, the last by name counts most. */
function managedFiles(folder: string): readonly string[] {
  const parts = join(folder, 'managed-settings.d');
  const names = namesIn(parts).filter((name) => name.endsWith('.json'));
  return [
    ...names
      .sort()
      .reverse()
      .map((name) => join(parts, name)),
    join(folder, 'managed-settings.json'),
  ];
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** What a setting does, in a sentence. */
export function barrierText({ file, name }: HookBarrier): string {
  switch (name) {
    case 'disableAllHooks':
      return `${file} has "disableAllHooks": true: Claude Code runs no hook, and nothing is judged`;
    case 'allowManagedHooksOnly':
      return `${file} has "allowManagedHooksOnly": true: Claude Code runs only the hooks of the organisation, and nothing is judged`;
    case 'strictPluginOnlyCustomization':
      return `${file} has "strictPluginOnlyCustomization" for hooks: Claude Code runs only those of plug-ins and the organisation, and nothing is judged`;
  }
}

/** What to do about it. */
export function barrierRemedy({ name }: HookBarrier): string {
  return name === 'disableAllHooks'
    ? 'take that setting out'
    : 'have the hook put into the settings of the organisation, beside that one';
}
