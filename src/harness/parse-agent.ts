import { failure, type Result, success } from '../diagnostics/diagnostic.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.js';
import { validateJson } from '../json/validate.js';
import type { Agent, Tool, ToolHints, Workspace } from './agent.js';
import type { FactKind } from './fact-declarations.js';

/** Reads an agent file (`grammar/schemas/agent.schema.json`): all problems with their JSON pointers. */
export function parseAgent(json: JsonValue): Result<Agent> {
  const problems = validateJson('agent', json);
  if (problems.length > 0 || !isJsonObject(json)) return failure(problems);
  const id = text(json, 'id') ?? '';
  return success({
    id,
    name: text(json, 'name') ?? id,
    tools: list(json.tools).map(toolOf),
    ...optionalMember('provider', text(json, 'provider') ?? text(json, 'provider_id')),
    ...optionalMember('description', text(json, 'description')),
    ...optionalMember('tenant', text(json, 'tenant')),
    ...optionalMember('trustToolHints', flag(json, 'trustToolHints')),
    ...optionalMember('workspace', isJsonObject(json.workspace) ? workspaceOf(json.workspace) : undefined),
    ...optionalMember('hostSchema', json.hostSchema),
  });
}

function toolOf(json: JsonObject): Tool {
  return {
    name: text(json, 'name') ?? '',
    ...optionalMember('description', text(json, 'description')),
    ...optionalMember('inputSchema', json.inputSchema),
    ...optionalMember('outputSchema', json.outputSchema),
    ...optionalMember('annotations', isJsonObject(json.annotations) ? hintsOf(json.annotations) : undefined),
    ...optionalMember('facts', isJsonObject(json.facts) ? factsOf(json.facts) : undefined),
  };
}

function hintsOf(json: JsonObject): ToolHints {
  return {
    ...optionalMember('readOnlyHint', flag(json, 'readOnlyHint')),
    ...optionalMember('destructiveHint', flag(json, 'destructiveHint')),
    ...optionalMember('openWorldHint', flag(json, 'openWorldHint')),
  };
}

const FACT_KINDS: readonly (FactKind | 'none')[] = ['shell', 'path', 'url', 'text', 'none'];

function factsOf(json: JsonObject): Record<string, FactKind | 'none'> {
  const entries = Object.entries(json).flatMap(([parameter, given]) => {
    const kind = FACT_KINDS.find((known) => known === given);
    return kind === undefined ? [] : [[parameter, kind] as const];
  });
  return Object.fromEntries(entries);
}

function workspaceOf(json: JsonObject): Workspace {
  return {
    root: text(json, 'root') ?? '',
    ...optionalMember('cwd', text(json, 'cwd')),
    ...optionalMember('home', text(json, 'home')),
    ...optionalMember('globs', isJsonObject(json.globs) ? globsOf(json.globs) : undefined),
  };
}

function globsOf(json: JsonObject): Record<string, readonly string[]> {
  const entries = Object.entries(json).map(([name, patterns]): [string, readonly string[]] => [
    name,
    isJsonArray(patterns) ? patterns.filter((pattern) => typeof pattern === 'string') : [],
  ]);
  return Object.fromEntries(entries);
}

/** An object with the member when it has a value, so that absent members stay absent. */
function optionalMember<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  const object: Partial<Record<K, V>> = {};
  if (value !== undefined) object[key] = value;
  return object;
}

function text(json: JsonObject, key: string): string | undefined {
  const value = json[key];
  return typeof value === 'string' ? value : undefined;
}

function flag(json: JsonObject, key: string): boolean | undefined {
  const value = json[key];
  return typeof value === 'boolean' ? value : undefined;
}

function list(json: JsonValue | undefined): readonly JsonObject[] {
  return isJsonArray(json) ? json.filter(isJsonObject) : [];
}
