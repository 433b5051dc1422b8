import { type Diagnostic, diagnostic, failure, hasErrors, type Result, success } from '../diagnostics/diagnostic.js';
import { didYouMean } from '../diagnostics/did-you-mean.js';
import { describeJson, isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.js';
import { memberPointer } from '../json/pointer.js';
import type { Agent, Tool, ToolHints, Workspace } from './agent.js';
import type { FactKind } from './fact-declarations.js';

const AGENT_KEYS = [
  'id',
  'name',
  'provider',
  'provider_id',
  'description',
  'instruction',
  'tools',
  'tenant',
  'workspace',
  'hostSchema',
  'trustToolHints',
];
const TOOL_KEYS = [
  'name',
  'title',
  'description',
  'inputSchema',
  'outputSchema',
  'annotations',
  'facts',
  '_meta',
  'icons',
  'execution',
];
const WORKSPACE_KEYS = ['root', 'cwd', 'home', 'globs'];
const FACT_KINDS: readonly (FactKind | 'none')[] = ['shell', 'path', 'url', 'text', 'none'];

/** Reads an agent file: all problems with their JSON pointers; unknown keys are warnings. */
export function parseAgent(json: JsonValue): Result<Agent> {
  if (!isJsonObject(json)) return failure([wrong('an agent is an object', '', json)]);
  const problems: Diagnostic[] = [];
  const read = new Reader(problems);
  read.knownKeys(json, AGENT_KEYS, '');
  const id = read.text(json, 'id', '');
  const name = read.optionalText(json, 'name', '') ?? id;
  const provider = read.optionalText(json, 'provider', '') ?? read.optionalText(json, 'provider_id', '');
  const description = read.optionalText(json, 'description', '');
  const tenant = read.optionalText(json, 'tenant', '');
  const trustToolHints = read.optionalFlag(json, 'trustToolHints', '');
  const tools = readTools(json.tools, read);
  const workspace = json.workspace === undefined ? undefined : readWorkspace(json.workspace, read);
  if (hasErrors(problems) || id === undefined || name === undefined) return failure(problems);
  const agent: Agent = {
    id,
    name,
    tools,
    ...(provider === undefined ? {} : { provider }),
    ...(description === undefined ? {} : { description }),
    ...(tenant === undefined ? {} : { tenant }),
    ...(trustToolHints === undefined ? {} : { trustToolHints }),
    ...(workspace === undefined ? {} : { workspace }),
    ...(json.hostSchema === undefined ? {} : { hostSchema: json.hostSchema }),
  };
  return success(agent, problems);
}

function readTools(json: JsonValue | undefined, read: Reader): Tool[] {
  if (json === undefined) return [];
  if (!isJsonArray(json)) {
    read.problems.push(wrong('the tools are an array', '/tools', json));
    return [];
  }
  return json.flatMap((tool, index) => readTool(tool, memberPointer('/tools', index), read));
}

function readTool(json: JsonValue, pointer: string, read: Reader): Tool[] {
  if (!isJsonObject(json)) {
    read.problems.push(wrong('a tool is an object', pointer, json));
    return [];
  }
  read.knownKeys(json, TOOL_KEYS, pointer);
  const name = read.text(json, 'name', pointer);
  const description = read.optionalText(json, 'description', pointer);
  const annotations =
    json.annotations === undefined ? undefined : readHints(json.annotations, `${pointer}/annotations`, read);
  const facts = json.facts === undefined ? undefined : readFacts(json.facts, `${pointer}/facts`, read);
  if (name === undefined) return [];
  return [
    {
      name,
      ...(description === undefined ? {} : { description }),
      ...(json.inputSchema === undefined ? {} : { inputSchema: json.inputSchema }),
      ...(json.outputSchema === undefined ? {} : { outputSchema: json.outputSchema }),
      ...(annotations === undefined ? {} : { annotations }),
      ...(facts === undefined ? {} : { facts }),
    },
  ];
}

function readHints(json: JsonValue, pointer: string, read: Reader): ToolHints {
  if (!isJsonObject(json)) {
    read.problems.push(wrong('the annotations of a tool are an object', pointer, json));
    return {};
  }
  const hints = ['readOnlyHint', 'destructiveHint', 'openWorldHint'] as const;
  return Object.fromEntries(
    hints.flatMap((hint) => {
      const value = read.optionalFlag(json, hint, pointer);
      return value === undefined ? [] : [[hint, value]];
    }),
  );
}

function readFacts(json: JsonValue, pointer: string, read: Reader): Record<string, FactKind | 'none'> {
  if (!isJsonObject(json)) {
    read.problems.push(wrong('the facts of a tool are an object from parameter to kind', pointer, json));
    return {};
  }
  return Object.fromEntries(
    Object.entries(json).flatMap(([parameter, given]) => {
      const kind = FACT_KINDS.find((known) => known === given);
      if (kind === undefined)
        read.problems.push(
          diagnostic('bad-agent', `no such kind of facts for the parameter ${JSON.stringify(parameter)}`, {
            pointer: memberPointer(pointer, parameter),
            help: `the kinds are ${FACT_KINDS.join(', ')}`,
          }),
        );
      return kind === undefined ? [] : [[parameter, kind]];
    }),
  );
}

function readWorkspace(json: JsonValue, read: Reader): Workspace | undefined {
  if (!isJsonObject(json)) {
    read.problems.push(wrong('the workspace is an object', '/workspace', json));
    return undefined;
  }
  read.knownKeys(json, WORKSPACE_KEYS, '/workspace');
  const root = read.text(json, 'root', '/workspace');
  const cwd = read.optionalText(json, 'cwd', '/workspace');
  const home = read.optionalText(json, 'home', '/workspace');
  for (const [key, path] of Object.entries({ root, cwd, home })) {
    if (path !== undefined && !path.startsWith('/'))
      read.problems.push(
        diagnostic('bad-agent', 'the path is not absolute', {
          pointer: `/workspace/${key}`,
          help: 'start it with `/`',
        }),
      );
  }
  const globs = json.globs === undefined ? undefined : readGlobs(json.globs, read);
  if (root === undefined) return undefined;
  return {
    root,
    ...(cwd === undefined ? {} : { cwd }),
    ...(home === undefined ? {} : { home }),
    ...(globs === undefined ? {} : { globs }),
  };
}

function readGlobs(json: JsonValue, read: Reader): Record<string, readonly string[]> {
  if (!isJsonObject(json)) {
    read.problems.push(wrong('the glob sets are an object from name to patterns', '/workspace/globs', json));
    return {};
  }
  return Object.fromEntries(
    Object.entries(json).flatMap(([name, patterns]) => {
      if (isJsonArray(patterns) && patterns.every((p) => typeof p === 'string')) return [[name, patterns.map(String)]];
      read.problems.push(
        wrong('a glob set is an array of patterns', memberPointer('/workspace/globs', name), patterns),
      );
      return [];
    }),
  );
}

/** Reads members of objects and collects what is wrong with them. */
class Reader {
  readonly problems: Diagnostic[];

  constructor(problems: Diagnostic[]) {
    this.problems = problems;
  }

  text(object: JsonObject, key: string, pointer: string): string | undefined {
    const value = object[key];
    if (typeof value === 'string' && value !== '') return value;
    this.problems.push(
      value === undefined || value === ''
        ? diagnostic('bad-agent', `\`${key}\` is missing`, { pointer: memberPointer(pointer, key) })
        : wrong(`\`${key}\` is a text`, memberPointer(pointer, key), value),
    );
    return undefined;
  }

  optionalText(object: JsonObject, key: string, pointer: string): string | undefined {
    const value = object[key];
    if (value === undefined || value === null || typeof value === 'string') return value ?? undefined;
    this.problems.push(wrong(`\`${key}\` is a text`, memberPointer(pointer, key), value));
    return undefined;
  }

  optionalFlag(object: JsonObject, key: string, pointer: string): boolean | undefined {
    const value = object[key];
    if (value === undefined || value === null || typeof value === 'boolean') return value ?? undefined;
    this.problems.push(wrong(`\`${key}\` is true or false`, memberPointer(pointer, key), value));
    return undefined;
  }

  knownKeys(object: JsonObject, known: readonly string[], pointer: string): void {
    for (const key of Object.keys(object)) {
      if (known.includes(key)) continue;
      const near = didYouMean(key, known);
      this.problems.push(
        diagnostic('unknown-key', `the key ${JSON.stringify(key)} means nothing here`, {
          severity: 'warning',
          pointer: memberPointer(pointer, key),
          help: near === undefined ? `known: ${known.join(', ')}` : `did you mean ${JSON.stringify(near)}?`,
        }),
      );
    }
  }
}

function wrong(message: string, pointer: string, found: JsonValue): Diagnostic {
  return diagnostic('bad-agent', message, { pointer, help: `found ${describeJson(found)}` });
}
