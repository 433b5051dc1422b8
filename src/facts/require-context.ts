import {
  FUNCTION,
  type OptionRule,
  type OptionRules,
  required,
  requireOptions,
  SWITCH,
} from '../diagnostics/check-options.js';

/** What has to be looked at of the places of paths and commands. */
interface Context {
  readonly cwd: unknown;
  readonly workspace: unknown;
  readonly home?: unknown;
  readonly globs?: unknown;
  readonly ignoreCase?: unknown;
  readonly resolve?: unknown;
}

/** Throws where what facts are computed about is no text, since that is misuse. */
export function requireText(text: unknown, of: string): void {
  if (typeof text !== 'string')
    throw new TypeError(`${of} is about a text, not about ${text === null ? 'null' : typeof text}`);
}

const FOLDER: OptionRule = { allowed: 'an absolute folder', test: isFolder };

const GLOBS: OptionRule = { allowed: 'lists of patterns by name', test: isGlobs };

const PATH: OptionRules = {
  cwd: required(FOLDER),
  workspace: required(FOLDER),
  home: FOLDER,
  globs: GLOBS,
  ignoreCase: SWITCH,
  resolve: FUNCTION,
};

const { resolve: _, ...others } = PATH;
const SHELL: OptionRules = { ...others, home: required(FOLDER) };

/** Throws where the place of a path is not one: an empty or relative workspace would hold everything. */
export function requirePathContext(context: Context): void {
  if (!isSound(context)) requireOptions(context ?? {}, PATH, 'pathFacts()');
}

/** The same for the place of a command. */
export function requireShellContext(context: Context): void {
  if (!isSound(context) || context.home === undefined || 'resolve' in context)
    requireOptions(context ?? {}, SHELL, 'shellFacts()');
}

/** Whether nothing is wrong with a context, in no time: it comes with every call. What it is not sure of is looked at by the rules. */
function isSound(context: Context): boolean {
  if (typeof context !== 'object' || context === null) return false;
  for (const name in context) if (!Object.hasOwn(PATH, name)) return false;
  const { cwd, workspace, home, globs, ignoreCase, resolve } = context;
  return (
    isFolder(cwd) &&
    isFolder(workspace) &&
    (home === undefined || isFolder(home)) &&
    (globs === undefined || isGlobs(globs)) &&
    (ignoreCase === undefined || typeof ignoreCase === 'boolean') &&
    (resolve === undefined || typeof resolve === 'function')
  );
}

function isFolder(value: unknown): boolean {
  return typeof value === 'string' && /^(?:[/\\]|[A-Za-z]:)/.test(value);
}

/** Sets that were looked at; they must not change once they are used. */
const sound = new WeakSet<object>();

function isGlobs(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (sound.has(value)) return true;
  const isSet = (patterns: unknown): boolean =>
    Array.isArray(patterns) && patterns.every((pattern) => typeof pattern === 'string');
  if (Array.isArray(value) || !Object.values(value).every(isSet)) return false;
  sound.add(value);
  return true;
}
