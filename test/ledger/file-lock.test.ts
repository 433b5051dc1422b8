import {
  existsSync,
  linkSync,
  lstatSync,
  lutimesSync,
  readdirSync,
  readlinkSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FileLock, type LockHost } from '../../src/ledger/file-lock.js';
import { ledgerFolder } from './ledger-folder.js';

const { folder } = ledgerFolder();
const lockPath = (): string => join(folder(), 'x.lock');

const NOBODY = 999_999_999;
const host = (more: Partial<LockHost> = {}): LockHost => ({
  pid: process.pid,
  now: Date.now,
  isAlive: (pid) => pid === process.pid,
  ...more,
});

/** The owner's name that this process writes: process, its start, and where numbers of processes are unique. */
function ownName(): readonly [string, string, string] {
  const lock = new FileLock(lockPath(), host(), 1000);
  lock.acquire();
  const [pid = '', start = '', space = ''] = readlinkSync(lockPath()).split(':');
  lock.release();
  return [pid, start, space];
}

const take = (given: LockHost = host()) => new FileLock(lockPath(), given, 60).acquire();

describe('a lock', () => {
  it('has a name that file systems keep without a block of the disk', () => {
    new FileLock(lockPath(), host({ pid: 4_194_304 }), 60).acquire();
    expect(readlinkSync(lockPath()).length).toBeLessThan(60);
  });

  it('is there while it is held and gone when it is released', () => {
    const lock = new FileLock(lockPath(), host(), 60);
    lock.acquire();
    expect(lstatSync(lockPath()).isSymbolicLink()).toBe(true);
    expect(() => take()).toThrow(/locked by/);
    lock.release();
    expect(existsSync(lockPath())).toBe(false);
    take();
  });

  it('of a process that is no more is removed', () => {
    const [, start, space] = ownName();
    symlinkSync(`${NOBODY}:${start}:${space}`, lockPath());
    expect(() => take()).not.toThrow();
  });

  it('of an earlier process with the number of a living one is removed', () => {
    const [pid, , space] = ownName();
    symlinkSync(`${pid}:1:${space}`, lockPath());
    expect(() => take()).not.toThrow();
  });

  it('of a living process stays, however old it is', () => {
    const [pid, start, space] = ownName();
    symlinkSync(`${pid}:${start}:${space}`, lockPath());
    let now = Date.now() + 3_600_000;
    expect(() => take(host({ now: () => (now += 10) }))).toThrow(/locked by/);
  });

  it('of another machine or container stays until it is a minute old', () => {
    symlinkSync(`${NOBODY}:1:elsewhere/1`, lockPath());
    expect(() => take()).toThrow(/locked by/);
    let now = Date.now() + 61_000;
    expect(() => take(host({ now: () => (now += 1) }))).not.toThrow();
  });

  it('that is a file, where there are no symbolic links, is understood as well', () => {
    const [, start, space] = ownName();
    writeFileSync(lockPath(), `${NOBODY}:${start}:${space}`);
    expect(() => take()).not.toThrow();
  });

  it('is removed although the process that was to remove it died as well', () => {
    const [, start, space] = ownName();
    const dead = `${NOBODY}:${start}:${space}`;
    symlinkSync(dead, lockPath());
    symlinkSync(dead, `${lockPath()}.breaking`);
    expect(() => take()).not.toThrow();
    unlinkSync(lockPath());
    expect(existsSync(`${lockPath()}.breaking`)).toBe(false);
  });

  describe('that is taken often', () => {
    const spares = (): readonly string[] => readdirSync(folder()).filter((name) => name.startsWith('x.lock.of.'));
    const often = (lock: FileLock): void => {
      for (let i = 0; i < 20; i++) {
        lock.acquire();
        lock.release();
      }
    };

    it('is still a link that names its owner, is exclusive, and leaves nothing when it is closed', () => {
      const lock = new FileLock(lockPath(), host(), 60);
      often(lock);
      expect(spares()).toHaveLength(1);
      lock.acquire();
      expect(readlinkSync(lockPath())).toMatch(new RegExp(`^${process.pid}:`));
      expect(() => take()).toThrow(/locked by/);
      lock.release();
      lock.close();
      expect(readdirSync(folder())).toEqual([]);
    });

    it('is taken all the same when somebody removed the spare link', () => {
      const lock = new FileLock(lockPath(), host(), 60);
      const other = new FileLock(lockPath(), host(), 60);
      often(lock);
      often(other);
      expect(spares()).toHaveLength(1);
      other.close();
      lock.acquire();
      expect(() => other.acquire()).toThrow(/locked by/);
      lock.release();
      other.acquire();
      other.release();
      expect(readdirSync(folder())).toEqual([]);
    });

    it('removes the spare links of processes that are no more, and no others', () => {
      const [, start, space] = ownName();
      symlinkSync(`${NOBODY}:${start}:${space}`, `${lockPath()}.of.dead`);
      symlinkSync(`${process.pid}:${start}:${space}`, `${lockPath()}.of.living`);
      symlinkSync(`${NOBODY}:1:elsewhere`, `${lockPath()}.of.elsewhere`);
      symlinkSync(`${NOBODY}:${start}:${space}`, join(folder(), 'y.lock.of.dead'));
      const lock = new FileLock(lockPath(), host(), 60);
      often(lock);
      lock.close();
      expect(readdirSync(folder()).sort()).toEqual(['x.lock.of.elsewhere', 'x.lock.of.living', 'y.lock.of.dead']);
    });

    it('of another machine is as old as it was taken, not as its spare link', () => {
      const elsewhere = `${NOBODY}:1:elsewhere`;
      symlinkSync(elsewhere, `${lockPath()}.of.elsewhere`);
      lutimesSync(`${lockPath()}.of.elsewhere`, 1, 1);
      linkSync(`${lockPath()}.of.elsewhere`, lockPath());
      expect(() => take()).toThrow(/locked by/);
      let now = Date.now() + 61_000;
      expect(() => take(host({ now: () => (now += 1) }))).not.toThrow();
    });
  });
});
