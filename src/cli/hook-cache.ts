import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { JudgingHarness } from '../harness/adjudicate-event.js';
import type { CompiledHarness } from '../harness/compiled-harness.js';
import { readKept, writeKept } from './kept-file.js';
import { VERSION } from './version.js';

// What loading found out about policies and an agent, kept beside the sessions. A file is named by the hash of all that
// it was made from, texts included, so it is never out of date; its own hash stands before it, so a damaged one is not
// used. Whoever can write there could also change the settings that call the hook: it is not protected against them.

/** Another number wherever what is kept looks different. */
const FORMAT = 2;

/** The name under which things that depend on these texts are kept. */
export function cacheKey(parts: readonly string[]): string {
  const key = createHash('sha256').update(`${FORMAT} ${VERSION} ${process.version}`);
  for (const part of parts) key.update(`\n${part.length}\n`).update(part);
  return key.digest('hex');
}

let isUsed = false;

/** Whether this process judged by what an earlier one kept. */
export function usedCompiled(): boolean {
  return isUsed;
}

const harnesses = new Map<string, JudgingHarness>();
let mostHarnesses = 0;

/** Has this process keep so many harnesses, for the events that it judges later. */
export function rememberHarnesses(most: number): void {
  mostHarnesses = most;
}

/** Whether this process keeps harnesses. */
export function remembersHarnesses(): boolean {
  return mostHarnesses > 0;
}

/** The harness that was remembered under a name. */
export function rememberedHarness(name: string): JudgingHarness | undefined {
  const known = harnesses.get(name);
  return known === undefined ? undefined : rememberHarness(name, known);
}

/** Keeps a harness, and drops that which was not asked for the longest where there are too many; answers it. */
export function rememberHarness(name: string, harness: JudgingHarness): JudgingHarness {
  harnesses.delete(name);
  harnesses.set(name, harness);
  const [oldest] = harnesses.keys();
  if (harnesses.size > mostHarnesses && oldest !== undefined) harnesses.delete(oldest);
  return harness;
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
  return 'policies' in value && 'entities' in value;
}
