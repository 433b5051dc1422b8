import { type FSWatcher, readdirSync, statSync, watch as watchFolder } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import fastGlob from 'fast-glob';
import { type Terminal, UsageError } from './command.js';

/** Changes within this time are one: an editor writes a file in several steps. */
const QUIET_MS = 80;

const CLEAR_SCREEN = '\u001b[2J\u001b[3J\u001b[H';

/** What commands read. */
const READ_FILES = /\.(?:cedar|cedarschema|jsonl?)$/i;

/**
 * Runs a command, and again after every change in the files and folders that it reads and the folders around them.
 * Never resolves, since the person who started it ends it; rejects as the command does.
 */
export async function watch(
  terminal: Terminal,
  inputs: readonly string[],
  run: () => Promise<number>,
): Promise<number> {
  if (inputs.includes('-')) throw new UsageError('--watch needs files: standard input is read once');
  const changes = new Changes(terminal.cwd, inputs);
  try {
    for (;;) {
      changes.watchFolders();
      if (terminal.isScreen) terminal.out(CLEAR_SCREEN);
      await run();
      const unwatched = changes.unwatched === undefined ? '' : `, except where that fails: ${changes.unwatched}`;
      terminal.err(`\nwatching for changes${unwatched}; Ctrl+C ends it\n`);
      await changes.next();
    }
  } finally {
    changes.close();
  }
}

/** Watches the folders of some inputs, each by itself, since not every system can watch what is below them too. */
class Changes {
  private readonly cwd: string;
  private readonly inputs: readonly string[];
  private readonly watchers = new Map<string, FSWatcher>();
  /** Why a folder cannot be watched. */
  unwatched: string | undefined;
  /** A process whose last folder is gone would end; it goes on until somebody ends it. */
  private readonly alive = setInterval(() => {}, 2 ** 30);
  private isChanged = false;
  private wake: (() => void) | undefined;

  constructor(cwd: string, inputs: readonly string[]) {
    this.cwd = cwd;
    this.inputs = inputs;
  }

  close(): void {
    clearInterval(this.alive);
    for (const watcher of this.watchers.values()) watcher.close();
  }

  /** Watches every folder that matters now; changes from here on count. */
  watchFolders(): void {
    const folders = new Set(this.inputs.flatMap((input) => foldersOf(input, this.cwd)));
    for (const [folder, watcher] of this.watchers) {
      if (folders.has(folder)) continue;
      watcher.close();
      this.watchers.delete(folder);
    }
    for (const folder of folders) if (!this.watchers.has(folder)) this.watchOne(folder);
  }

  /** Resolves when something has changed and nothing more changes for a moment. */
  async next(): Promise<void> {
    if (!this.isChanged) {
      await new Promise<void>((proceed) => {
        this.wake = proceed;
      });
    }
    while (this.isChanged) {
      this.isChanged = false;
      await new Promise((proceed) => setTimeout(proceed, QUIET_MS));
    }
  }

  private watchOne(folder: string): void {
    try {
      const watcher = watchFolder(folder, (_event, name) => {
        if (name === null || READ_FILES.test(name) || isFolder(join(folder, name))) this.notice();
      });
      const forget = (): void => {
        watcher.close();
        this.watchers.delete(folder);
        this.notice();
      };
      watcher.on('error', forget);
      this.watchers.set(folder, watcher);
    } catch (error) {
      // There are too many, most likely: what is left is watched.
      if (isFolder(folder)) this.unwatched = error instanceof Error ? error.message : String(error);
    }
  }

  private notice(): void {
    this.isChanged = true;
    this.wake?.();
    this.wake = undefined;
  }
}

/** The folders in which a change matters for an input: itself with all below, or that of a file, and those above. */
function foldersOf(input: string, cwd: string): readonly string[] {
  const path = resolve(cwd, input);
  if (isFolder(path)) return [...foldersBelow(path), ...foldersAbove(path, cwd)];
  // The folder of a file that is not there yet, and of a pattern, may be missing too: the nearest that exists.
  let folder = dirname(path);
  while (!isFolder(folder) && dirname(folder) !== folder) folder = dirname(folder);
  const below = fastGlob.isDynamicPattern(input) ? foldersBelow(folder) : [folder];
  return [...below, ...foldersAbove(folder, cwd)];
}

/** Where a schema or an agent is looked for too. */
function foldersAbove(path: string, cwd: string): readonly string[] {
  const found: string[] = [];
  for (let folder = path; folder.startsWith(`${cwd}/`) || folder.startsWith(`${cwd}\\`); ) {
    folder = dirname(folder);
    found.push(folder);
  }
  return found;
}

function foldersBelow(root: string): readonly string[] {
  const found = [root];
  for (const folder of found) {
    try {
      for (const entry of readdirSync(folder, { withFileTypes: true }))
        if (entry.isDirectory() && entry.name !== 'node_modules' && entry.name !== '.git')
          found.push(join(folder, entry.name));
    } catch {
      // It is gone, or closed to us: the command says so.
    }
  }
  return found;
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
