import { failure, type Result, success } from '../diagnostics/diagnostic.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.js';
import { validateJson } from '../json/validate.js';
import type { Agent, Tool, ToolHints, Workspace } from './agent.js';
import type { FactKind } from './fact-declarations.js';
import type { NumberMapping } from './shape.js';

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
    ...optionalMember('assumeToolHints', flag(json, 'assumeToolHints')),
    ...optionalMember('rename', isJsonObject(json.rename) ? choicesOf(json.rename, isText) : undefined),
    ...optionalMember('workspace', isJsonObject(json.workspace) ? workspaceOf(json.workspace) : undefined),
    ...optionalMember('hostSchema', json.hostSchema),
    ...optionalMember('userSchema', json.userSchema),
  });
}

function toolOf(json: JsonObject): Tool {
  return {
    name: text(json, 'name') ?? '',
    ...optionalMember('description', text(json, 'description')),
    ...optionalMember('inputSchema', json.inputSchema),
    ...optionalMember('outputSchema', json.outputSchema),
    ...optionalMember('annotations', isJsonObject(json.annotations) ? hintsOf(json.annotations) : undefined),
    ...optionalMember('facts', isJsonObject(json.facts) ? choicesOf(json.facts, isFactKind) : undefined),
    ...optionalMember('numbers', isJsonObject(json.numbers) ? choicesOf(json.numbers, isNumberMapping) : undefined),
  };
}

function hintsOf(json: JsonObject): ToolHints {
  return {
    ...optionalMember('readOnlyHint', flag(json, 'readOnlyHint')),
    ...optionalMember('destructiveHint', flag(json, 'destructiveHint')),
    ...optionalMember('openWorldHint', flag(json, 'openWorldHint')),
  };
}

const FACT_KINDS: readonly unknown[] = ['shell', 'path', 'url', 'text', 'none'];

function isFactKind(value: unknown): value is FactKind | 'none' {
  return FACT_KINDS.includes(value);
}

function isNumberMapping(value: unknown): value is NumberMapping {
  return value === 'long' || value === 'decimal';
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** The members that are of the type; the others were reported. */
function choicesOf<T>(json: JsonObject, is: (value: unknown) => value is T): Record<string, T> {
  const entries = Object.entries(json).flatMap(([name, value]: [string, unknown]) =>
    is(value) ? [[name, value] as const] : [],
  );
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
