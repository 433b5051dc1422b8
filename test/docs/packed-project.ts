import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';

export const PROJECT = join(import.meta.dirname, '../..');

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** An empty folder outside the project, as somebody has it who reads the documentation. */
export interface PackedProject {
  readonly write: (file: string, text: string) => void;
  /** Runs a command line as it is written; `npm install deodar` copies what was installed once from the packed package. */
  readonly shell: (line: string) => Ran;
  readonly node: (file: string) => Ran;
  /** Checks a TypeScript file as a strict project would, and writes its JavaScript beside it. */
  readonly compile: (file: string) => Ran;
  /** Makes a package that the project has for its own tests one of the folder. */
  readonly lend: (name: string) => void;
}

let made: string | undefined;

// Once the last test of the file that imports this has run.
afterAll(() => {
  if (made !== undefined) rmSync(made, { recursive: true, force: true });
});

/**
 * A folder where the package is installed as it would be published, made once in a process from `dist`, which `npm test`
 * builds first.
 */
export function installed(): string {
  if (made !== undefined) return made;
  const folder = mkdtempSync(join(tmpdir(), 'deodar-packed-'));
  made = folder;
  const npm = (cwd: string, ...args: readonly string[]): string => {
    const { status, stdout, stderr } = spawnSync('npm', args, { cwd, encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    return stdout;
  };
  const packed = npm(PROJECT, 'pack', '--ignore-scripts', '--json', '--pack-destination', folder);
  const [{ filename }]: readonly [{ readonly filename: string }] = JSON.parse(packed);
  npm(folder, 'install', '--offline', '--no-audit', '--no-fund', join(folder, filename));
  return folder;
}

/** One folder for the tests around the call. */
export function usePackedProject(): PackedProject {
  let outer = '';
  let folder = '';
  const run = (command: string, args: readonly string[]): Ran => {
    const env = {
      ...process.env,
      PATH: `${join(folder, 'node_modules/.bin')}${delimiter}${dirname(process.execPath)}${delimiter}${process.env['PATH'] ?? ''}`,
      XDG_STATE_HOME: join(outer, 'state'),
      NO_COLOR: '1',
      npm_config_update_notifier: 'false',
    };
    return spawnSync(command, args, { cwd: folder, env, encoding: 'utf8' });
  };
  beforeAll(() => {
    outer = realpathSync(mkdtempSync(join(tmpdir(), 'deodar-docs-')));
    folder = join(outer, 'empty');
    mkdirSync(folder);
  });
  afterAll(() => {
    rmSync(outer, { recursive: true, force: true });
  });
  return {
    write: (file, text) => {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    },
    shell: (line) =>
      run('sh', [
        '-c',
        line
          .replace(
            /^npm install (?:--save-dev )?deodar$/,
            () => `cp -R "${installed()}/package.json" "${installed()}/node_modules" .`,
          )
          // What npx runs is in the folder; asking npm where takes a second each time.
          .replaceAll(/\bnpx deodar\b/g, 'deodar'),
      ]),
    node: (file) => run(process.execPath, [file]),
    compile: (file) =>
      run(process.execPath, [
        join(PROJECT, 'node_modules/typescript/bin/tsc'),
        ...'--strict --module nodenext --target es2023 --lib es2023 --skipLibCheck --types node --typeRoots'.split(' '),
        join(PROJECT, 'node_modules/@types'),
        file,
      ]),
    lend: (name) => {
      symlinkSync(join(PROJECT, 'node_modules', name), join(folder, 'node_modules', name), 'dir');
    },
  };
}
