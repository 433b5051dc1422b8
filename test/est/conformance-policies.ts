import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONFORMANCE } from '../support/conformance-data.js';
import { readCorpus } from '../support/corpus.js';

/** Of so many policy files in the corpus one is read. */
const SAMPLE = 9;

/** The policy files of the conformance data: all that lie in folders, and a sample of the corpus. */
export function conformancePolicies(): readonly string[] {
  const folder = CONFORMANCE;
  if (folder === undefined) return [];
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.cedar'));
  const corpus = [...readCorpus()].filter(([name]) => name.endsWith('.cedar')).map(([, text]) => text);
  return [
    ...files.map((name) => readFileSync(join(folder, name), 'utf8')),
    ...corpus.filter((_, i) => i % SAMPLE === 0),
  ];
}
