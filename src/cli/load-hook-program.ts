import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { keptFolder, readKept, writeKept } from './kept-file.js';

interface Program {
  readonly runHook: (args: readonly string[]) => Promise<number>;
  readonly usedCompiled: () => boolean;
}

/** Length of the line at the end of the script that holds its hash. */
const HASH_LINE = 66;

/** The program of the hook, and the function that keeps its compiled code for the next process. */
export interface LoadedProgram extends Program {
  readonly keepCode: () => void;
}

/**
 * Loads the script that `hook-program.ts` was bundled to, with the code that an earlier process compiled where there is
 * some; undefined when there is no such script.
 */
export function loadHookProgram(file: string, env: NodeJS.ProcessEnv): LoadedProgram | undefined {
  const source = tried(() => readFileSync(file, 'latin1'));
  if (source === undefined) return undefined;
  const folder = keptFolder(env);
  const hash = /\/\/([0-9a-f]{64})$/.exec(source.slice(-HASH_LINE))?.[1];
  if (hash === undefined) return undefined;
  // Code of a run that read no policies is less, and what most runs need: it is preferred.
  const names = [true, false].map(
    (isShort) => `${hash}-${process.version}-${process.arch}-${isShort ? 'short' : 'whole'}.code`,
  );
  const [short = '', whole = ''] = names;
  const kept = names.find((name) => existsSync(join(folder, name)));
  const cachedData = kept === undefined ? undefined : tried(() => readKept(join(folder, kept)));
  const script = new Script(source, { filename: file, ...(cachedData === undefined ? {} : { cachedData }) });
  const module: { exports: Partial<Program> } = { exports: {} };
  const wrapper: unknown = script.runInThisContext();
  if (typeof wrapper === 'function') Reflect.apply(wrapper, undefined, [builtinModule, module, module.exports]);
  const { runHook, usedCompiled } = module.exports;
  if (runHook === undefined || usedCompiled === undefined) return undefined;
  const isUsable = cachedData !== undefined && script.cachedDataRejected !== true;
  return {
    runHook,
    usedCompiled,
    // Taken after the work, so that it holds whatever ran.
    keepCode: () => {
      // Code that was loaded stays part of what is taken, so a short run begins with none.
      if (isUsable && kept === whole && usedCompiled()) tried(() => rmSync(join(folder, whole)));
      else if (!isUsable) tried(() => writeKept(folder, usedCompiled() ? short : whole, script.createCachedData()));
    },
  };
}

/** The script asks for modules of Node alone. */
function builtinModule(name: string): unknown {
  return process.getBuiltinModule(name);
}

function tried<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
