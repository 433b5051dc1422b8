import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, isAbsolute, join } from 'node:path';
import { makeFolder } from '../files/make-folder.js';
import { homeFolder } from './home-folder.js';

/** Where this program keeps what it knows between processes: `deodar` in the folder of the user for such things; throws where there is none. */
export function stateFolder(env: Readonly<Record<string, string | undefined>>): string {
  const base = [env.XDG_STATE_HOME, env.LOCALAPPDATA].find((path) => path !== undefined && isAbsolute(path));
  return join(base ?? join(homeFolder(env), '.local', 'state'), 'deodar');
}

/** Where things are kept that can be made again. What is there is run and believed: who writes there decides. */
export function keptFolder(env: Readonly<Record<string, string | undefined>>): string {
  return join(stateFolder(env), 'kept');
}

/** Reads what `writeKept` wrote; throws where that is not what is there. */
export function readKept(file: string): Buffer {
  const bytes = readFileSync(file);
  const data = bytes.subarray(HASH_LENGTH);
  if (!bytes.subarray(0, HASH_LENGTH).equals(hashOf(basename(file), data))) throw new Error('the file was damaged');
  return data;
}

/** Writes bytes and their hash so that whoever reads sees all of it or nothing; older files make room. */
export function writeKept(folder: string, name: string, data: Uint8Array): void {
  makeFolder(folder, 0o700);
  removeOldest(folder);
  const draft = join(folder, `${name}.${process.pid}.tmp`);
  try {
    writeFileSync(draft, Buffer.concat([hashOf(name, data), data]), { mode: 0o600, flag: 'wx' });
    renameSync(draft, join(folder, name));
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

const HASH_LENGTH = 32;

/** With the name in it, so that no file passes for another. */
function hashOf(name: string, data: Uint8Array): Buffer {
  // Whoever keeps nothing does not wait for Node to read this module.
  const { createHash } = process.getBuiltinModule('node:crypto');
  return createHash('sha256').update(`${name}\n`).update(data).digest();
}

/** Files that are kept at most. */
const MOST_KEPT = 32;

function removeOldest(folder: string): void {
  const files = readdirSync(folder).map((name) => join(folder, name));
  if (files.length < MOST_KEPT) return;
  const byAge = files.map((file) => ({ file, at: statSync(file).mtimeMs })).sort((a, b) => a.at - b.at);
  for (const { file } of byAge.slice(0, files.length - MOST_KEPT + 1)) rmSync(file, { force: true });
}
