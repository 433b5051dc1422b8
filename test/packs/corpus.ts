import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isJsonObject, type JsonObject } from '../../src/json/json-value.js';
import { json } from './pack.js';

/**
 * The rows of one file of the corpus: a call `{ tool, parameters }` or a message `{ stage, text, tool?, role? }`, with
 * what the host adds, and with the `intent` and `way` of an evasion or the `kind` and `group` of a harmless input.
 */
export function readCorpus(name: string): JsonObject[] {
  const path = fileURLToPath(new URL(`corpus/${name}.jsonl`, import.meta.url));
  return readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => {
      const row = json(line);
      if (!isJsonObject(row)) throw new Error(`${name}: a line is no object`);
      return row;
    });
}

/** The commands of the corpus, or of its harmful or harmless part. */
export function corpusCommands(kinds: readonly ('evasions' | 'harmless')[] = ['evasions', 'harmless']): string[] {
  const rows = kinds.flatMap((kind) => [...readCorpus(`${kind}.tuned`), ...readCorpus(`${kind}.held-out`)]);
  return rows.flatMap(({ parameters }) => {
    const command = isJsonObject(parameters) ? parameters['command'] : undefined;
    return typeof command === 'string' ? [command] : [];
  });
}
