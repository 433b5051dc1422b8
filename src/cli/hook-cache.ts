import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { CompiledHarness } from '../harness/compiled-harness.js';
import { readKept, writeKept } from './kept-file.js';
import { VERSION } from './version.js';

// What loading found out about policies and an agent, kept beside the sessions. A file is named by the hash of all that
// it was made from, texts included, so it is never out of date; its own hash stands before it, so a damaged one is not
// used. Whoever can write there could also change the settings that call the hook: it is not protected against them.

/** The name under which things that depend on these texts are kept. */
export function cacheKey(parts: readonly string[]): string {
  const key = createHash('sha256').update(`${VERSION} ${process.version}`);
  for (const part of parts) key.update(`\n${part.length}\n`).update(part);
  return key.digest('hex');
}

let isUsed = false;

/** Whether this process judged by what an earlier one kept. */
export function usedCompiled(): boolean {
  return isUsed;
}

/** What was kept under a key; undefined when nothing was, or nothing that can be used. */
export function readCompiled(folder: string, key: string): CompiledHarness | undefined {
  try {
    const found: unknown = deserialize(readKept(join(folder, `${key}.bin`)));
    if (!isCompiled(found)) return undefined;
    isUsed = true;
    return found;
  } catch {
    return undefined;
  }
}

/** Keeps something for the next process. That it cannot be kept is no reason not to answer. */
export function writeCompiled(folder: string, key: string, compiled: CompiledHarness): void {
  try {
    writeKept(folder, `${key}.bin`, serialize(compiled));
  } catch {
    // The next process loads everything again.
  }
}

function isCompiled(value: unknown): value is CompiledHarness {
  if (typeof value !== 'object' || value === null) return false;
  return (
    'policies' in value && 'entities' in value && 'schema' in value && 'policySetHash' in value && 'schemaHash' in value
  );
}
