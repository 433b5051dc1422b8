import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it that are missing. Unlike the recursive form of Node it comes to an end where folders
 * cannot be made although nothing is in the way, as in `/proc`. Throws what the file system says.
 */
export function makeFolder(path: string, mode?: number): void {
  if (tryToMake(path, mode)) return;
  const parent = dirname(path);
  if (parent !== path) makeFolder(parent, mode);
  mkdirSync(path, { mode });
}

/** False when a folder above is missing. */
function tryToMake(path: string, mode: number | undefined): boolean {
  try {
    mkdirSync(path, { mode });
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' && !exists(dirname(path))) return false;
    // Whatever is said of a folder that is there, as on a file system that cannot be written.
    if (isFolder(path)) return true;
    throw error;
  }
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
