import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';
import type { Terminal } from './command.js';
import { keptFolder, readKept, writeKept } from './kept-file.js';

/** The program of the hook, and the function that keeps its compiled code for the next process. */
export interface LoadedProgram {
  readonly runHook: (args: readonly string[], given?: Partial<Terminal>) => Promise<number>;
  /** Answers the events of other processes at a socket, as long as the program is what it was; resolves to the exit code. */
  readonly serveHook: (socket: string, isCurrent: () => boolean) => Promise<number>;
  readonly keepCode: () => void;
}

interface Program extends Pick<LoadedProgram, 'runHook' | 'serveHook'> {
  readonly usedCompiled: () => boolean;
}

/** A script of the program that is worth keeping compiled. */
interface LoadedScript {
  readonly script: Script;
  /** Name of what is kept of it, without what it was used for. */
  readonly name: string;
  /** What the kept code that it was made of had been used for; undefined when there was none. */
  readonly from: Use | undefined;
}

/** What a process does that keeps code: it judges by what was kept of the policies, or loads them as well. */
type Use = 'judge' | 'load';

/** Length of the line at the end of a script that holds its hash. */
const HASH_LINE = 66;

/** Scripts below this many bytes are compiled sooner than compiled code is read. */
const LEAST_KEPT = 16_384;

/**
 * Loads the scripts that `hook-program.ts` was bundled to, with the code that an earlier process compiled where there is
 * some; undefined when there are no such scripts.
 */
export function loadHookProgram(folder: string, env: NodeJS.ProcessEnv): LoadedProgram | undefined {
  const scripts: LoadedScript[] = [];
  const kept = tried(() => keptFolder(env));
  const modules = new Map<string, object>();
  const load = (name: string): object => {
    const known = modules.get(name);
    if (known !== undefined) return known;
    const module = { exports: {} };
    modules.set(name, module.exports);
    const loaded = loadScript(join(folder, name), kept);
    if (loaded.name !== '') scripts.push(loaded);
    const wrapper: unknown = loaded.script.runInThisContext();
    if (typeof wrapper === 'function') Reflect.apply(wrapper, undefined, [required, module, module.exports]);
    return module.exports;
  };
  // The scripts ask for each other, for texts beside them, which are of one byte a character, and for modules of Node.
  const required = (name: string): unknown => {
    if (name.startsWith('./')) return load(name);
    return name.startsWith('text:')
      ? readFileSync(join(folder, `hook-${name.slice('text:'.length)}.txt`), 'latin1')
      : process.getBuiltinModule(name);
  };
  const program = tried(() => load('./hook.cjs'));
  if (!isProgram(program)) return undefined;
  const { runHook, serveHook, usedCompiled } = program;
  // Taken after the work, so that it holds whatever ran.
  const keepCode = (): void => {
    if (kept === undefined) return;
    for (const each of scripts) tried(() => keepScript(kept, each, usedCompiled() ? 'judge' : 'load'));
  };
  return { runHook, serveHook, keepCode };
}

/** The hash of the whole program, which its first script ends with; undefined where it is not there. */
export function programHash(folder: string): string | undefined {
  return tried(() => hashBehind(readFileSync(join(folder, 'hook.cjs'), 'latin1')));
}

function hashBehind(source: string): string | undefined {
  return /\/\/([0-9a-f]{64})$/.exec(source.slice(-HASH_LINE))?.[1];
}

function loadScript(file: string, folder: string | undefined): LoadedScript {
  const source = readFileSync(file, 'latin1');
  const hash = hashBehind(source);
  if (hash === undefined) throw new Error(`${file} is not as it was built`);
  if (folder === undefined || source.length < LEAST_KEPT)
    return { script: new Script(source, { filename: file }), name: '', from: undefined };
  const name = `${hash}-${process.version}-${process.arch}`;
  for (const from of ['judge', 'load'] as const) {
    const cachedData = tried(() => readKept(join(folder, codeFile(name, from))));
    if (cachedData === undefined) continue;
    const script = new Script(source, { filename: file, cachedData });
    return { script, name, from: script.cachedDataRejected === true ? undefined : from };
  }
  return { script: new Script(source, { filename: file }), name, from: undefined };
}

/** Judging is what most processes do: code that was kept by one that loads lacks some of what it needs. */
function keepScript(folder: string, { script, name, from }: LoadedScript, use: Use): void {
  if (from !== undefined && (from === 'judge' || use === 'load')) return;
  writeKept(folder, codeFile(name, use), script.createCachedData());
  if (use === 'judge') rmSync(join(folder, codeFile(name, 'load')), { force: true });
}

function codeFile(name: string, use: Use): string {
  return `${name}-${use}.code`;
}

function isProgram(value: object | undefined): value is Program {
  return value !== undefined && 'runHook' in value && 'serveHook' in value && 'usedCompiled' in value;
}

function tried<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
