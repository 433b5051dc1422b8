import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { type Run, runCli } from './terminal.js';

/** An empty folder for each test of a file. */
export interface WorkFolder {
  readonly path: (name?: string) => string;
  /** Writes files by their paths; what is no text is written as JSON. */
  readonly write: (files: Readonly<Record<string, string | Uint8Array | object>>) => void;
  /** Runs the command line in the folder. */
  readonly run: (...args: string[]) => Promise<Run>;
}

export function useWorkFolder(): WorkFolder {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'deodar-cli-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const path = (name = ''): string => join(folder, name);
  return {
    path,
    write: (files) => {
      for (const [name, content] of Object.entries(files)) {
        mkdirSync(dirname(path(name)), { recursive: true });
        const isText = typeof content === 'string' || content instanceof Uint8Array;
        writeFileSync(path(name), isText ? content : JSON.stringify(content));
      }
    },
    run: (...args) => runCli(folder, args),
  };
}
