import { type Diagnostic, diagnostic, failure, type Result, success } from '../diagnostics/diagnostic.js';
import { didYouMean } from '../diagnostics/did-you-mean.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.js';
import { memberPointer } from '../json/pointer.js';

/** A type of a tool's arguments or result, as the official schema generator for MCP tools understands JSON Schema. */
export type McpType =
  | {
      readonly kind:
        | 'boolean'
        | 'integer'
        | 'float'
        | 'number'
        | 'string'
        | 'decimal'
        | 'datetime'
        | 'duration'
        | 'ipaddr'
        | 'null'
        | 'unknown';
    }
  | { readonly kind: 'enum'; readonly variants: readonly string[] }
  | { readonly kind: 'array'; readonly element: McpType }
  | { readonly kind: 'tuple'; readonly types: readonly McpType[] }
  | { readonly kind: 'union'; readonly types: readonly McpType[] }
  | McpObject
  | { readonly kind: 'reference'; readonly name: string; readonly pointer: string };

export interface McpObject {
  readonly kind: 'object';
  readonly properties: readonly McpProperty[];
  /** Type of further properties; undefined where the schema does not give one. */
  readonly further: McpType | undefined;
}

export interface McpProperty {
  readonly name: string;
  readonly required: boolean;
  readonly type: McpType;
  /** JSON pointer into the list of tools. */
  readonly pointer: string;
}

/** Types under `$defs`, in written order. */
export type McpDefinitions = readonly Omit<McpProperty, 'required'>[];

export interface McpParameters {
  readonly properties: readonly McpProperty[];
  readonly definitions: McpDefinitions;
}

export interface McpTool {
  readonly name: string;
  readonly input: McpParameters;
  readonly output: McpParameters;
  readonly definitions: McpDefinitions;
  readonly pointer: string;
}

/** What a server says of its tools. */
export interface McpServer {
  /** One for each name; of several the last counts. */
  readonly tools: readonly McpTool[];
  readonly definitions: McpDefinitions;
}

const UNKNOWN: McpType = { kind: 'unknown' };
const NO_PARAMETERS: McpParameters = { properties: [], definitions: [] };

const FORMATS: Readonly<Record<string, McpType>> = {
  date: { kind: 'datetime' },
  'date-time': { kind: 'datetime' },
  duration: { kind: 'duration' },
  ipv4: { kind: 'ipaddr' },
  ipv6: { kind: 'ipaddr' },
  decimal: { kind: 'decimal' },
};

type Take = (pointer: string, message: string, help?: string) => void;

/**
 * Reads a list of tools: the answer to `tools/list` (`{ result: { tools } }`), its `result`, an array of tools, or one
 * tool. Accepts what the official generator accepts; all problems are reported.
 */
export function readMcpTools(json: JsonValue): Result<McpServer> {
  const diagnostics: Diagnostic[] = [];
  const take: Take = (pointer, message, help) =>
    diagnostics.push(diagnostic('bad-tool', message, { pointer, ...(help === undefined ? {} : { help }) }));
  const server = readServer(json, take);
  return diagnostics.length > 0 ? failure(diagnostics) : success(server);
}

function readServer(json: JsonValue, take: Take): McpServer {
  if (isJsonArray(json)) return { tools: readTools(json, '', take), definitions: [] };
  if (!isJsonObject(json)) {
    take('', 'this is no list of tools', 'give an array of tools, or the answer to tools/list');
    return { tools: [], definitions: [] };
  }
  const [list, pointer] = isJsonObject(json.result) ? [json.result, '/result'] : [json, ''];
  if (list.tools === undefined && json.result === undefined)
    return { tools: readTools([json], undefined, take), definitions: [] };
  const definitions = readDefinitions(list.$defs, `${pointer}/$defs`, take);
  if (isJsonArray(list.tools)) return { tools: readTools(list.tools, `${pointer}/tools`, take), definitions };
  take(`${pointer}/tools`, '`tools` is no array of tools');
  return { tools: [], definitions };
}

function readTools(list: readonly JsonValue[], pointer: string | undefined, take: Take): readonly McpTool[] {
  const tools = new Map<string, McpTool>();
  for (const [index, json] of list.entries()) {
    const at = pointer === undefined ? '' : memberPointer(pointer, index);
    const tool = isJsonObject(json) ? readTool(json, at, take) : undefined;
    if (!isJsonObject(json)) take(at, 'a tool is an object with `name` and `inputSchema`');
    if (tool !== undefined) tools.set(tool.name, tool);
  }
  return [...tools.values()];
}

function readTool(json: JsonObject, at: string, take: Take): McpTool | undefined {
  const { name, description } = json;
  if (typeof name !== 'string') take(`${at}/name`, 'the name of the tool is missing');
  if (description !== undefined && typeof description !== 'string')
    take(`${at}/description`, 'a description is a text');
  const key = json.parameters === undefined ? 'inputSchema' : 'parameters';
  if (json[key] === undefined) take(at, 'the tool has no `inputSchema`', 'write { "type": "object" } for no arguments');
  const input = readParameters(json[key], `${at}/${key}`, take);
  const output = readParameters(json.outputSchema, `${at}/outputSchema`, take);
  const definitions = readDefinitions(json.$defs, `${at}/$defs`, take);
  return typeof name === 'string' ? { name, input, output, definitions, pointer: at } : undefined;
}

function readParameters(given: JsonValue | undefined, at: string, take: Take): McpParameters {
  if (given === undefined) return NO_PARAMETERS;
  const wrapped = isJsonObject(given) && given.json !== undefined;
  const json = wrapped ? given.json : given;
  const pointer = wrapped ? `${at}/json` : at;
  if (!isJsonObject(json)) {
    take(pointer, 'this is no JSON Schema of an object');
    return NO_PARAMETERS;
  }
  return {
    properties: readProperties(json, pointer, take),
    definitions: readDefinitions(json.$defs, `${pointer}/$defs`, take),
  };
}

function readDefinitions(json: JsonValue | undefined, at: string, take: Take): McpDefinitions {
  if (json === undefined) return [];
  if (!isJsonObject(json)) {
    take(at, '`$defs` is an object with a JSON Schema for each name');
    return [];
  }
  const definitions = Object.entries(json).map(([name, schema]) => {
    const pointer = memberPointer(at, name);
    return { name, pointer, type: readType(schema, pointer, take) };
  });
  for (const { name, pointer } of definitions)
    if (isCircular(name, definitions)) take(pointer, `\`${name}\` refers to itself`);
  return definitions;
}

function isCircular(name: string, definitions: McpDefinitions): boolean {
  const seen = new Set<string>();
  for (let next: string | undefined = name; next !== undefined; ) {
    if (seen.has(next)) return true;
    seen.add(next);
    const type: McpType | undefined = definitions.find((definition) => definition.name === next)?.type;
    next = type?.kind === 'reference' ? type.name : undefined;
  }
  return false;
}

function readProperties(schema: JsonObject, at: string, take: Take): readonly McpProperty[] {
  const required = readRequired(schema.required, `${at}/required`, take);
  const { properties } = schema;
  if (properties === undefined || properties === false) return [];
  if (!isJsonObject(properties)) {
    take(`${at}/properties`, '`properties` is an object with a JSON Schema for each name');
    return [];
  }
  return Object.entries(properties).map(([name, json]) => {
    const pointer = memberPointer(`${at}/properties`, name);
    if (isJsonObject(json) && json.description !== undefined && typeof json.description !== 'string')
      take(`${pointer}/description`, 'a description is a text');
    return { name, pointer, required: required.has(name), type: readType(json, pointer, take) };
  });
}

function readRequired(json: JsonValue | undefined, at: string, take: Take): ReadonlySet<string> {
  if (json === undefined || json === false) return new Set();
  const names = isJsonArray(json) ? json.filter((name) => typeof name === 'string') : [];
  if (!isJsonArray(json) || names.length < json.length) take(at, '`required` is an array of names');
  return new Set(names);
}

function readType(json: JsonValue, at: string, take: Take): McpType {
  if (!isJsonObject(json)) {
    take(at, 'this is no JSON Schema in the form of an object');
    return UNKNOWN;
  }
  const { type } = json;
  const union = json.anyOf ?? json.oneOf;
  if (type === undefined) {
    if (union !== undefined) return readUnion(union, at, take);
    return json.$ref === undefined ? UNKNOWN : readReference(json.$ref, at, take);
  }
  if (typeof type === 'string') return type === 'array' ? readArray(json, at, take) : readNamed(type, json, at, take);
  if (typeof type === 'boolean' || type === null) return UNKNOWN;
  if (!isJsonArray(type)) {
    take(`${at}/type`, '`type` is a text or a list of texts');
    return UNKNOWN;
  }
  const types = type.map((one, index) =>
    typeof one === 'string' ? choiceOf(one, json, at, take) : readType(one, memberPointer(`${at}/type`, index), take),
  );
  return { kind: 'union', types };
}

/** One of several types of a schema: its constants and formats do not count then. */
function choiceOf(type: string, json: JsonObject, at: string, take: Take): McpType {
  if (type === 'array') return readItems(json.items, at, take);
  return type === 'string' ? { kind: 'string' } : readNamed(type, json, at, take);
}

function readUnion(json: JsonValue, at: string, take: Take): McpType {
  if (isJsonArray(json)) return { kind: 'union', types: json.map((member) => readType(member, at, take)) };
  take(at, '`anyOf` and `oneOf` are arrays of JSON Schemas');
  return UNKNOWN;
}

const PREFIX = '#/$defs/';

function readReference(json: JsonValue, at: string, take: Take): McpType {
  const pointer = `${at}/$ref`;
  if (typeof json === 'string' && json.startsWith(PREFIX))
    return { kind: 'reference', name: json.slice(PREFIX.length), pointer };
  take(pointer, `a reference begins with \`${PREFIX}\``);
  return UNKNOWN;
}

const TYPES = ['boolean', 'integer', 'float', 'number', 'null'] as const;

function readNamed(type: string, json: JsonObject, at: string, take: Take): McpType {
  if (type === 'string') return readString(json, at, take);
  if (type === 'object') {
    const { additionalProperties: further } = json;
    const hasType = further !== undefined && typeof further !== 'boolean' && further !== null;
    return {
      kind: 'object',
      properties: readProperties(json, at, take),
      further: hasType ? readType(further, `${at}/additionalProperties`, take) : undefined,
    };
  }
  const kind = TYPES.find((known) => known === type);
  if (kind !== undefined) return { kind };
  const known = [...TYPES, 'string', 'array', 'object'];
  const near = didYouMean(type, known);
  take(
    `${at}/type`,
    `there is no type ${JSON.stringify(type)}`,
    near === undefined ? `known: ${known.join(', ')}` : `did you mean ${near}?`,
  );
  return UNKNOWN;
}

function readString(json: JsonObject, at: string, take: Take): McpType {
  const { enum: constants, format } = json;
  if (constants !== undefined) {
    const variants = isJsonArray(constants) ? constants.filter((constant) => typeof constant === 'string') : [];
    if (!isJsonArray(constants) || variants.length < constants.length || variants.length === 0)
      take(`${at}/enum`, '`enum` is an array of texts with at least one');
    return { kind: 'enum', variants };
  }
  if (format === undefined) return { kind: 'string' };
  if (typeof format !== 'string') take(`${at}/format`, '`format` is a text');
  return typeof format === 'string' && Object.hasOwn(FORMATS, format)
    ? (FORMATS[format] ?? UNKNOWN)
    : { kind: 'string' };
}

/** An array with listed types is a tuple when nothing may follow, and otherwise a set when all types are the same. */
function readArray(json: JsonObject, at: string, take: Take): McpType {
  const { items, prefixItems } = json;
  if (!isJsonArray(prefixItems)) return readItems(items, at, take);
  const types = prefixItems.map((element, index) => readType(element, memberPointer(`${at}/prefixItems`, index), take));
  if (items === false) return { kind: 'tuple', types };
  if (items === undefined || !isJsonObject(items)) return { kind: 'array', element: UNKNOWN };
  const element = readType(items, `${at}/items`, take);
  return { kind: 'array', element: types.every((type) => sameType(type, element)) ? element : UNKNOWN };
}

function readItems(items: JsonValue | undefined, at: string, take: Take): McpType {
  if (isJsonObject(items)) return { kind: 'array', element: readType(items, `${at}/items`, take) };
  if (items !== undefined && items !== null && typeof items !== 'boolean')
    take(`${at}/items`, '`items` is a JSON Schema in the form of an object');
  return { kind: 'array', element: UNKNOWN };
}

function sameType(a: McpType, b: McpType): boolean {
  const plain = (type: McpType): string =>
    JSON.stringify(type, (key, value: unknown) => (key === 'pointer' ? undefined : value));
  return plain(a) === plain(b);
}
