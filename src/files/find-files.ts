import { readdirSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, resolve } from 'node:path';
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
 * `.git` excepted; links to folders are not followed) and glob patterns. The result is sorted by path, without repetition, relative to `cwd` where
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
    // Most inputs are no patterns, and reading this library takes as long as judging an event.
    const { default: fastGlob } = await import('fast-glob');
    if (!fastGlob.isDynamicPattern(input)) return failure([fileProblem(input, error)]);
    const matches = fastGlob.globSync(input.replaceAll('\\', '/'), {
      cwd,
      absolute: true,
      onlyFiles: true,
      ignore: ['**/node_modules/**'],
    });
    if (matches.length > 0) return success(matches);
    return failure([
      diagnostic('no-files', `the pattern ${JSON.stringify(input)} matches no file`, {
        help: 'quote patterns, so that the shell leaves them alone',
      }),
    ]);
  }
  const matches: string[] = [];
  try {
    searchFolder(absolute, endings, matches);
  } catch (error) {
    return failure([fileProblem(input, error)]);
  }
  if (matches.length > 0) return success(matches);
  return failure([
    diagnostic('no-files', `there are no ${noun} (${endings.map((e) => `*${e}`).join(', ')}) in the folder`, {
      file: input,
    }),
  ]);
}

const SKIPPED: ReadonlySet<string> = new Set(['node_modules', '.git']);

/**
 * Adds the files of a folder and of all folders below. A policy file that is passed over silently would be a rule that
 * does nothing: hidden ones and `.CEDAR` count, and a folder that cannot be read throws.
 */
function searchFolder(folder: string, endings: readonly string[], found: string[]): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!SKIPPED.has(entry.name)) searchFolder(path, endings, found);
    } else if (entry.isFile() && endings.some((ending) => entry.name.toLowerCase().endsWith(ending))) found.push(path);
  }
}

function shorten(path: string, cwd: string): string {
  const short = relative(cwd, path);
  return short === '' || short.startsWith('..') || isAbsolute(short) ? path : short;
}
