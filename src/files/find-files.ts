import { type Dirent, readdirSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { type Diagnostic, diagnostic, failure, type Result, success } from '../diagnostics/diagnostic.js';
import { fileProblem } from './read-source.js';

export interface FindOptions {
  /** Folder that relative inputs count from. */
  readonly cwd: string;
  /** File name endings that are looked for in folders, such as `.cedar`. */
  readonly endings: readonly string[];
  /** What the files are called in messages, such as `policy files`. */
  readonly noun: string;
}

/**
 * Finds the files that a person means by a list of files, folders (searched with all folders below, `node_modules` and
 * `.git` excepted; endings in any case; links to folders are not followed) and glob patterns. The result is sorted by path, without repetition, relative to `cwd` where
 * a file is below it. An input that gives no file at all is a diagnostic.
 */
export async function findFiles(inputs: readonly string[], options: FindOptions): Promise<Result<readonly string[]>> {
  const found = new Set<string>();
  const diagnostics: Diagnostic[] = [];
  for (const input of inputs) {
    const paths = await expand(input, options);
    if (!paths.ok) diagnostics.push(...paths.diagnostics);
    else for (const path of paths.value) found.add(shorten(path, options.cwd));
  }
  return diagnostics.length > 0 ? failure(diagnostics) : success([...found].sort());
}

async function expand(input: string, { cwd, endings, noun }: FindOptions): Promise<Result<readonly string[]>> {
  if (input === '')
    return failure([
      diagnostic('no-files', 'an empty path names no file', { help: 'write `.` for the current folder' }),
    ]);
  const absolute = resolve(cwd, input);
  try {
    if (!statSync(absolute).isDirectory()) return success([absolute]);
  } catch (error) {
    return (await expandPattern(input, cwd)) ?? failure([fileProblem(input, error)]);
  }
  const found: string[] = [];
  const problems: Diagnostic[] = [];
  for (const entry of filesBelow(absolute)) {
    if (entry.error !== undefined) problems.push(fileProblem(shorten(entry.path, cwd), entry.error));
    else if (endings.some((ending) => entry.path.toLowerCase().endsWith(ending))) found.push(entry.path);
  }
  if (problems.length > 0) return failure(problems);
  if (found.length > 0) return success(found);
  return failure([
    diagnostic('no-files', `there are no ${noun} (${endings.map((e) => `*${e}`).join(', ')}) in the folder`, {
      file: input,
    }),
  ]);
}

/** The files that a pattern matches; undefined for what is no pattern. */
async function expandPattern(input: string, cwd: string): Promise<Result<readonly string[]> | undefined> {
  // Most inputs are no patterns, and reading this library takes as long as judging an event.
  const { default: fastGlob } = await import('fast-glob');
  if (!fastGlob.isDynamicPattern(input)) return undefined;
  // A backslash separates folders on Windows and escapes a character elsewhere.
  const pattern = sep === '\\' ? input.replaceAll('\\', '/') : input;
  const matches = fastGlob.globSync(pattern, { cwd, absolute: true, onlyFiles: true, ignore: ['**/node_modules/**'] });
  if (matches.length > 0) return success(matches);
  return failure([
    diagnostic('no-files', `the pattern ${JSON.stringify(input)} matches no file`, {
      help: 'quote patterns, so that the shell leaves them alone',
    }),
  ]);
}

/** Folders that never hold files of the person who asks. */
const SKIPPED: ReadonlySet<string> = new Set(['node_modules', '.git']);

/** A file, or a folder that cannot be read. */
interface Entry {
  readonly path: string;
  readonly error?: unknown;
}

/**
 * All files in a folder and the folders below. A policy file that is passed over silently would be a rule that does
 * nothing: hidden ones count, and so do links to files, though not links to folders, which may lead round in circles.
 */
function* filesBelow(root: string): IterableIterator<Entry> {
  const folders = [root];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    let entries: readonly Dirent[];
    try {
      entries = readdirSync(folder, { withFileTypes: true });
    } catch (error) {
      yield { path: folder, error };
      continue;
    }
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!SKIPPED.has(entry.name)) folders.push(path);
      } else if (entry.isFile() || (entry.isSymbolicLink() && linksToFile(path))) yield { path };
    }
  }
}

/** A link that leads nowhere counts as a file, so that reading it says so. */
function linksToFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return true;
  }
}

function shorten(path: string, cwd: string): string {
  const short = relative(cwd, path);
  return short === '' || short.startsWith('..') || isAbsolute(short) ? path : short;
}
