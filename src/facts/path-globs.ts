import picomatch from 'picomatch';
import { normalizeSegments, parentOf } from './path-normal.js';

/** Named lists of glob patterns, such as `{ secrets: ["**\/.env*", "~/.ssh/**"] }`; a leading `!` takes a pattern out again. */
export type GlobSets = Readonly<Record<string, readonly string[]>>;

/** What relative patterns and `~` in patterns refer to, and whether case counts. */
interface GlobContext {
  readonly workspace: string;
  readonly home?: string | undefined;
  /** Compare `.ENV` and `.env` as equal; default true, because many file systems do. */
  readonly ignoreCase?: boolean | undefined;
}

/** One glob set, ready to be matched. */
export interface CompiledGlobSet {
  readonly name: string;
  /** Pattern texts made absolute, without the excluding ones; a text without a slash stands for a base name. */
  readonly patterns: readonly string[];
  readonly matches: (absolute: string) => boolean;
  /** Whether a path is one of those that the set takes out again. */
  readonly excludes: (absolute: string) => boolean;
}

const compiledSets = new WeakMap<GlobSets, Map<string, readonly CompiledGlobSet[]>>();

/**
 * The sets in matchable form.
 *
 * A pattern that starts with `/`, `~` or `**` is absolute, one without a slash is compared with the base name wherever
 * the path lies, and any other is relative to the workspace, `..` in front included. The result is remembered per `globs` object, so the object
 * must not change afterwards.
 */
export function compileGlobSets(globs: GlobSets, context: GlobContext): readonly CompiledGlobSet[] {
  const key = `${context.workspace}\0${context.home ?? ''}\0${context.ignoreCase !== false}`;
  let byContext = compiledSets.get(globs);
  if (byContext === undefined) {
    byContext = new Map();
    compiledSets.set(globs, byContext);
  }
  let sets = byContext.get(key);
  if (sets === undefined) {
    sets = Object.keys(globs).map((name) => compileGlobSet(name, globs[name] ?? [], context));
    byContext.set(key, sets);
  }
  return sets;
}

function compileGlobSet(name: string, patterns: readonly string[], context: GlobContext): CompiledGlobSet {
  const included = patterns.filter((pattern) => !pattern.startsWith('!')).map((pattern) => anchor(pattern, context));
  const excluded = patterns.filter((pattern) => pattern.startsWith('!')).map((p) => anchor(p.slice(1), context));
  const include = matcherOf(included, context);
  const exclude = matcherOf(excluded, context);
  const matches = (absolute: string): boolean => {
    const tail = absolute.length > longestMatchedPath ? absolute.slice(-longestMatchedPath) : absolute;
    return include(tail) && !exclude(tail);
  };
  return { name, patterns: included, matches, excludes: exclude };
}

/** A pattern of a set as one of whole paths: without a slash it names a file wherever it lies. */
export function anywhere(pattern: string): string {
  return pattern.includes('/') || pattern.startsWith('**') ? pattern : `**/${pattern}`;
}

/** Longer paths are refused by every common system; the bound keeps matching linear. */
const longestMatchedPath = 4096;

function anchor(pattern: string, context: GlobContext): string {
  const text = pattern.normalize('NFC');
  if (text === '~' || text.startsWith('~/'))
    return context.home === undefined ? text : joinPattern(context.home, text.slice(2));
  if (text.startsWith('/') || text.startsWith('**')) return text;
  if (!text.includes('/')) return text;
  return joinPattern(context.workspace, text.startsWith('./') ? text.slice(2) : text);
}

function joinPattern(folder: string, pattern: string): string {
  if (pattern.startsWith('../')) return joinPattern(parentOf(normalizeSegments(folder)), pattern.slice(3));
  const base = normalizeSegments(folder).replace(/[\\*?[\](){}!+@|]/g, '\\$&');
  return base === '/' ? `/${pattern}` : `${base}/${pattern}`;
}

function matcherOf(patterns: readonly string[], context: GlobContext): (absolute: string) => boolean {
  // Made at the first path: calls without one are judged sooner.
  let matcher: ((absolute: string) => boolean) | undefined;
  return (absolute) => {
    matcher ??= compileMatcher(patterns, context);
    return matcher(absolute);
  };
}

function compileMatcher(patterns: readonly string[], context: GlobContext): (absolute: string) => boolean {
  const options = { dot: true, nonegate: true, nocase: context.ignoreCase !== false, strictBrackets: false };
  const paths: string[] = [];
  const names: string[] = [];
  for (const pattern of patterns) {
    if (pattern === '') continue;
    const source = sourceOf(pattern, options);
    (pattern.includes('/') || pattern === '**' ? paths : names).push(source);
  }
  const flags = options.nocase ? 'i' : '';
  const path = paths.length === 0 ? undefined : new RegExp(paths.join('|'), flags);
  const base = names.length === 0 ? undefined : new RegExp(names.join('|'), flags);
  return (absolute) =>
    (path?.test(absolute) ?? false) || (base?.test(absolute.slice(absolute.lastIndexOf('/') + 1)) ?? false);
}

/** A pattern that no path can match when picomatch refuses it, as it does with texts of more than 65 536 characters. */
function sourceOf(pattern: string, options: picomatch.PicomatchOptions): string {
  try {
    return picomatch.makeRe(pattern, options).source;
  } catch {
    return '(?!)';
  }
}
