import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { type Result, success } from '../diagnostics/diagnostic.js';
import {
  type Command,
  type OptionsConfig,
  type OptionValues,
  type ProfileSetting,
  type Session,
  type Setting,
  textOption,
  UsageError,
} from './command.js';

/** Name of the file with the settings of a folder and all below. */
export const CONFIG_FILE = 'deodar.config.json';

/** Options of every command that takes settings. */
export const CONFIG_OPTIONS = {
  config: { type: 'string' },
  'no-config': { type: 'boolean' },
} as const satisfies OptionsConfig;

/** The options of profiles. */
const PROFILE_OPTION_OF: Readonly<Record<ProfileSetting, string>> = {
  namespace: 'namespace',
  stub: 'stub',
  includeOutputs: 'include-outputs',
  objectsAsRecords: 'objects-as-records',
  keepAnnotations: 'keep-annotations',
  flattenNamespaces: 'flatten-namespaces',
  numbersAsDecimal: 'numbers-as-decimal',
  deduplicate: 'deduplicate',
};

/** The option that each setting stands in for. */
const OPTION_OF: Readonly<Record<Setting, string>> = {
  policies: 'policies',
  schema: 'schema',
  entities: 'entities',
  agent: 'agent',
  tools: 'from-tools',
  profile: 'profile',
  ...PROFILE_OPTION_OF,
  mode: 'mode',
  level: 'level',
  denyWarnings: 'deny-warnings',
  rules: 'rule',
  tests: 'tests',
  thresholds: 'threshold',
};

/** The nearest file of settings in a folder or above it, up to the root of a repository; undefined when there is none. */
export function findConfig(cwd: string): string | undefined {
  for (let folder = cwd; ; folder = dirname(folder)) {
    const file = join(folder, CONFIG_FILE);
    if (existsSync(file)) return relative(cwd, file);
    if (folder === dirname(folder) || existsSync(join(folder, '.git'))) return undefined;
  }
}

/**
 * The options of a command with its settings: those of the file that `--config` names, else of the nearest one. What
 * the command line says wins; levels of rules are taken together.
 */
export async function withConfig(
  session: Session,
  command: Command,
  positionals: readonly string[],
  options: OptionValues,
): Promise<Result<OptionValues>> {
  const file = configFile(session.cwd, command, options);
  if (file === undefined || command.settings === undefined) return success(options);
  // Most runs need no validator of JSON.
  const { readConfig } = await import('./read-config.js');
  const config = await readConfig(session, file);
  if (!config.ok) return config;
  const merged: Record<string, OptionValues[string]> = { ...options };
  const taken = new Set<string>(command.settings(positionals, options));
  // What the file says of its profile is nothing to another one.
  const isItsProfile = options['profile'] === undefined || options['profile'] === config.value.get('profile');
  for (const [setting, value] of config.value) {
    if (!taken.has(setting) && !(taken.has('profile') && isItsProfile && Object.hasOwn(PROFILE_OPTION_OF, setting)))
      continue;
    const name = OPTION_OF[setting];
    const given = merged[name];
    if (setting === 'rules') merged[name] = [...listed(value), ...listed(given)];
    else if (given === undefined)
      merged[name] = command.options[name]?.multiple === true ? listed(value) : joined(value);
  }
  return success(merged);
}

/** The file whose settings a command takes; undefined when it takes none. */
export function configFile(cwd: string, command: Command, options: OptionValues): string | undefined {
  if (command.settings === undefined) return undefined;
  const named = textOption(options, 'config');
  if (options['no-config'] !== true) return named ?? findConfig(cwd);
  if (named !== undefined) throw new UsageError('--config and --no-config exclude each other');
  return undefined;
}

function listed(value: OptionValues[string]): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' ? value : [];
}

function joined(value: string | true | readonly string[]): string | true {
  return typeof value === 'object' ? value.join(',') : value;
}
