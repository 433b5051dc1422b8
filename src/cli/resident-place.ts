import { lstatSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { stateFolder } from './kept-file.js';

// Where resident processes listen. Whoever can write to that folder decides, as with what is kept beside it.

/** The folder with the sockets of resident processes. */
export function residentFolder(env: Readonly<Record<string, string | undefined>>): string {
  return join(stateFolder(env), 'resident');
}

/** How a socket's name ends. */
export const SOCKET_ENDING = '.sock';

/** Longest path of a socket that every system takes. */
const LONGEST_PATH = 100;

/**
 * Where the resident process of a program listens: only one of the very same program, version of Node and view of the file
 * system, so that its answers are those of this process. Undefined where there can be none.
 */
export function residentSocket(folder: string, hash: string): string | undefined {
  if (process.platform === 'win32') return undefined;
  const name = `${hash.slice(0, 16)}-${process.version}-${process.arch}${mountsOf()}${SOCKET_ENDING}`;
  const path = join(folder, name);
  return Buffer.byteLength(path) > LONGEST_PATH ? undefined : path;
}

/** Containers can share a folder and mean other files by the same paths. */
function mountsOf(): string {
  try {
    return `-${/\d+/.exec(readlinkSync('/proc/self/ns/mnt'))?.[0] ?? ''}`;
  } catch {
    return '';
  }
}

/** Whether a folder is there, is this user's and nobody else may look into it; `missing` where nothing is there. */
export function trustOf(folder: string): 'trusted' | 'missing' | 'foreign' {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  if (found === undefined) return 'missing';
  const isOwn = found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o077) === 0;
  return isOwn ? 'trusted' : 'foreign';
}
