import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Agent } from '../../src/harness/agent.js';
import { parseAgent } from '../../src/harness/parse-agent.js';
import { PolicyHarness } from '../../src/harness/policy-harness.js';
import type { JsonValue } from '../../src/json/json-value.js';
import { parseJson } from '../../src/json/parse-json.js';
import { createSource } from '../../src/text/source.js';

/** The folder of the pack. */
export const pack = fileURLToPath(new URL('../../policies/coding-agent/', import.meta.url));

/** The text of a file of the pack. */
export function readPackFile(file: string): string {
  return readFileSync(join(pack, file), 'utf8');
}

/** The names of the files of a folder of the pack that end so, sorted. */
export function packFiles(ending: string, folder = '.'): string[] {
  return readdirSync(join(pack, folder))
    .filter((name) => name.endsWith(ending))
    .sort();
}

/** Reads JSON text of our own; a mistake in it is a mistake in the tests. */
export function json(text: string): JsonValue {
  const parsed = parseJson(createSource(text));
  if (!parsed.ok) throw new Error(parsed.diagnostics.map((d) => d.message).join('; '));
  return parsed.value;
}

function loadAgent(): Agent {
  const agent = parseAgent(json(readPackFile('agent.json')));
  if (!agent.ok || agent.diagnostics.length > 0) {
    throw new Error(`agent.json: ${agent.diagnostics.map((d) => d.message).join('; ')}`);
  }
  return agent.value;
}

export const agent = loadAgent();
export const policies = packFiles('.cedar').map((file) => ({ file, text: readPackFile(file) }));

/** A harness with the agent and the policies of the pack. */
export function openHarness(): PolicyHarness {
  return new PolicyHarness({ agent, policies });
}
