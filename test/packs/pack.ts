import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Agent } from '../../src/harness/agent.js';
import { parseAgent } from '../../src/harness/parse-agent.js';
import { PolicyHarness } from '../../src/harness/policy-harness.js';
import type { JsonValue } from '../../src/json/json-value.js';
import { parseJson } from '../../src/json/parse-json.js';
import { createSource } from '../../src/text/source.js';

const folder = fileURLToPath(new URL('../../policies/', import.meta.url));

/** The names of all packs. */
export const packNames: readonly string[] = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

/** A folder of `policies/`. */
export interface Pack {
  readonly name: string;
  readonly folder: string;
  readonly agent: Agent;
  readonly policies: readonly { readonly file: string; readonly text: string }[];
}

export function loadPack(name: string): Pack {
  const pack = { name, folder: join(folder, name) };
  const agent = parseAgent(json(readPackFile(pack, 'agent.json')));
  if (!agent.ok || agent.diagnostics.length > 0) {
    throw new Error(`${name}/agent.json: ${agent.diagnostics.map((d) => d.message).join('; ')}`);
  }
  const policies = packFiles(pack, '.cedar').map((file) => ({ file, text: readPackFile(pack, file) }));
  return { ...pack, agent: agent.value, policies };
}

type Place = Pick<Pack, 'folder'>;

/** The text of a file of the pack. */
export function readPackFile(pack: Place, file: string): string {
  return readFileSync(join(pack.folder, file), 'utf8');
}

/** The names of the files of a folder of the pack that end so, sorted. */
export function packFiles(pack: Place, ending: string, inner = '.'): string[] {
  return readdirSync(join(pack.folder, inner))
    .filter((name) => name.endsWith(ending))
    .sort();
}

/** Reads JSON text of our own; a mistake in it is a mistake in the tests. */
export function json(text: string): JsonValue {
  const parsed = parseJson(createSource(text));
  if (!parsed.ok) throw new Error(parsed.diagnostics.map((d) => d.message).join('; '));
  return parsed.value;
}

/** A harness with the agent and the policies of the pack. */
export function openHarness({ agent, policies }: Pack): PolicyHarness {
  return new PolicyHarness({ agent, policies });
}
