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
    ...present('provider', text(json, 'provider') ?? text(json, 'provider_id')),
    ...present('description', text(json, 'description')),
    ...present('tenant', text(json, 'tenant')),
    ...present('trustToolHints', flag(json, 'trustToolHints')),
    ...present('workspace', isJsonObject(json.workspace) ? workspaceOf(json.workspace) : undefined),
    ...present('hostSchema', json.hostSchema),
  });
}

function toolOf(json: JsonObject): Tool {
  return {
    name: text(json, 'name') ?? '',
    ...present('description', text(json, 'description')),
    ...present('inputSchema', json.inputSchema),
    ...present('outputSchema', json.outputSchema),
    ...present('annotations', isJsonObject(json.annotations) ? hintsOf(json.annotations) : undefined),
    ...present('facts', isJsonObject(json.facts) ? factsOf(json.facts) : undefined),
  };
}

function hintsOf(json: JsonObject): ToolHints {
  return {
    ...present('readOnlyHint', flag(json, 'readOnlyHint')),
    ...present('destructiveHint', flag(json, 'destructiveHint')),
    ...present('openWorldHint', flag(json, 'openWorldHint')),
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
    ...present('cwd', text(json, 'cwd')),
    ...present('home', text(json, 'home')),
    ...present('globs', isJsonObject(json.globs) ? globsOf(json.globs) : undefined),
  };
}

function globsOf(json: JsonObject): Record<string, readonly string[]> {
  const entries = Object.entries(json).map(([name, patterns]) => [
    name,
    isJsonArray(patterns) ? patterns.map(String) : [],
  ]);
  return Object.fromEntries(entries) as Record<string, readonly string[]>;
}

/** An object with the member when it has a value, so that absent members stay absent. */
function present<K extends string, V>(key: K, value: V | undefined): { readonly [name in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [name in K]?: V };
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
