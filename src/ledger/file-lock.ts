import {
  linkSync,
  lstatSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { LedgerError, systemCode } from './ledger-error.js';
import { sha256 } from './sha256.js';

/** What a lock needs to know of the process that takes it. */
export interface LockHost {
  readonly pid: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Whether a process of this machine exists. */
  readonly isAlive: (pid: number) => boolean;
}

/** A lock of an owner that cannot be asked (another machine or container) is taken for dead after this time. */
const FOREIGN_MS = 60_000;
const LONGEST_NAP_MS = 5;
const SPACE_LENGTH = 16;
/** A lock that is taken so often keeps a spare of its link. */
const OFTEN = 8;

/**
 * A lock between processes: a symbolic link whose target names its owner, since such a link comes into being in one
 * step together with what it says. The lock of a process that is no more is removed; that of a living one never.
 * Taking it blocks the thread, for as long as others need to write a row.
 *
 * Who takes it often keeps a spare link beside it and takes the lock by giving that link a second name, since file
 * systems are slow at making and deleting thousands of files a second. Spares of processes that are no more are removed
 * by the next who keeps one.
 */
export class FileLock {
  readonly #path: string;
  readonly #host: LockHost;
  readonly #timeoutMs: number;
  readonly #owner: string;
  readonly #nap = new Int32Array(new SharedArrayBuffer(4));
  #since = 0;
  #taken = 0;
  /** Path of the spare, while there is one. */
  #spare: string | undefined;

  constructor(path: string, host: LockHost, timeoutMs: number) {
    this.#path = path;
    this.#host = host;
    this.#timeoutMs = timeoutMs;
    this.#owner = ownerName(host.pid);
  }

  /** When the lock was taken, in milliseconds since 1970. */
  get since(): number {
    return this.#since;
  }

  acquire(): void {
    this.#since = this.#host.now();
    if (!this.#place()) this.#wait(this.#since);
    if (++this.#taken === OFTEN) this.#keepSpare();
  }

  #wait(begin: number): void {
    for (let attempt = 0; !this.#place(); attempt++) {
      // The first attempts only give way to a writer that is at work; who owns the lock is asked then.
      if (attempt > 3) this.#removeIfDead(this.#path);
      if (this.#host.now() - begin > this.#timeoutMs)
        throw new LedgerError(
          'ledger-locked',
          `the ledger is locked by ${JSON.stringify(ownerOf(this.#path) ?? 'another writer')} (${this.#path}); remove the lock if its owner is gone`,
        );
      Atomics.wait(this.#nap, 0, 0, Math.min(LONGEST_NAP_MS, 0.1 * (attempt + 1)));
    }
    this.#since = this.#host.now();
  }

  release(): void {
    // Whoever held it for so long may have been taken for dead.
    const late = this.#host.now() - this.#since > FOREIGN_MS / 2;
    if (!late || ownerOf(this.#path) === this.#owner) remove(this.#path);
  }

  /** Removes the spare. The lock itself is released before. */
  close(): void {
    const spare = this.#spare;
    this.#spare = undefined;
    if (spare !== undefined) tried(() => unlinkSync(spare));
  }

  #place(): boolean {
    if (this.#spare === undefined) return place(this.#path, this.#owner);
    try {
      linkSync(this.#spare, this.#path);
      return true;
    } catch (error) {
      if (systemCode(error) === 'EEXIST') return false;
      // Somebody removed the spare, or this system gives links no second name.
      this.close();
      return place(this.#path, this.#owner);
    }
  }

  /** Makes the spare under the lock, where links can be made, and removes those of dead owners. */
  #keepSpare(): void {
    const prefix = `${basename(this.#path)}.of.`;
    const folder = dirname(this.#path);
    for (const name of tried(() => readdirSync(folder)) ?? []) {
      const other = join(folder, name);
      const owner = name.startsWith(prefix) ? ownerOf(other) : undefined;
      if (owner !== undefined && owner !== this.#owner && this.#isDead(other, owner)) tried(() => unlinkSync(other));
    }
    const spare = join(folder, `${prefix}${this.#owner.replaceAll(/[^\w]/g, '-')}`);
    tried(() => symlinkSync(this.#owner, spare));
    // Two ledgers of one process share it.
    if (tried(() => readlinkSync(spare)) === this.#owner) this.#spare = spare;
  }

  /** One process at a time removes a dead lock, so that nobody removes the lock that is taken after it. */
  #removeIfDead(path: string): void {
    const dead = ownerOf(path);
    if (dead === undefined || !this.#isDead(path, dead)) return;
    const breaking = `${this.#path}.breaking`;
    if (!place(breaking, this.#owner)) {
      const breaker = ownerOf(breaking);
      if (breaker !== undefined && this.#isDead(breaking, breaker)) remove(breaking);
      return;
    }
    if (ownerOf(path) === dead) remove(path);
    remove(breaking);
  }

  #isDead(path: string, owner: string): boolean {
    const [pid = '', started = '', space = ''] = owner.split(':');
    const [, , here = ''] = this.#owner.split(':');
    if (space !== '' && space === here) {
      const id = Number(pid);
      const now = startOf(id);
      return !this.#host.isAlive(id) || (started !== '' && now !== '' && now !== started);
    }
    if (space === '' && here === '' && /^\d+$/.test(pid) && !this.#host.isAlive(Number(pid))) return true;
    return this.#host.now() - placedAt(path, this.#host.now()) > FOREIGN_MS;
  }
}

/** Process, when it started, and the space its number is unique in (boot and process namespace), as far as known. */
function ownerName(pid: number): string {
  return `${pid}:${startOf(pid)}:${processSpace()}`;
}

function startOf(pid: number): string {
  const stat = tried(() => readFileSync(`/proc/${pid}/stat`, 'latin1'));
  // The name of the program, in parentheses, may hold anything; the start is the twentieth field after it.
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

function processSpace(): string {
  const boot = tried(() => readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim());
  const namespace = tried(() => readlinkSync('/proc/self/ns/pid'));
  if (boot === undefined || namespace === undefined) return '';
  // Linux keeps the target of a link in the file's own entry up to 59 bytes; a longer one takes a block of the disk, and
  // twenty times as long.
  return sha256(`${boot}/${namespace}`).slice(0, SPACE_LENGTH);
}

function tried<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** Creates the lock; false when there is one. */
function place(path: string, owner: string): boolean {
  try {
    symlinkSync(owner, path);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    return placeFile(path, owner, error);
  }
}

/** Where symbolic links need a privilege, a file does; its owner can be read a moment after it exists. */
function placeFile(path: string, owner: string, reason: unknown): boolean {
  try {
    writeFileSync(path, owner, { flag: 'wx' });
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw new LedgerError('ledger-unwritable', `the lock ${path} cannot be made`, reason);
  }
}

function ownerOf(path: string): string | undefined {
  return tried(() => readlinkSync(path)) ?? tried(() => readFileSync(path, 'utf8'));
}

/** When the lock was taken: the change of a file that gets a name, which may have been made long before. */
function placedAt(path: string, now: number): number {
  return tried(() => lstatSync(path).ctimeMs) ?? now;
}

function remove(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT')
      throw new LedgerError('ledger-unwritable', `the lock ${path} cannot be removed`, error);
  }
}
