import { type Diagnostic, diagnostic, failure, type Result, success } from '../diagnostics/diagnostic.js';
import { checkValue } from '../entities/conform-value.js';
import { createSchemaReading, readTypedValue } from '../entities/typed-value-from-json.js';
import { jsonFromJavaScript } from '../json/from-javascript.js';
import { createJsonObject, isJsonObject, type JsonValue } from '../json/json-value.js';
import { memberPointer } from '../json/pointer.js';
import { parseSchema } from '../parser/parse-schema.js';
import { printSchema } from '../schema/print-schema.js';
import { resolveSchema } from '../schema/resolve-schema.js';
import { type Action, findAction, type Schema } from '../schema/schema.js';
import { createSource } from '../text/source.js';
import { entityUid, recordOf, type Value } from '../values/value.js';
import type { Agent } from './agent.js';
import { unknownField, wrongType } from './check-shape.js';
import { createMcpSchema, type McpSchemaOptions } from './mcp-schema.js';
import { type McpStub, readMcpStub } from './mcp-stub.js';
import { type McpParameters, type McpServer, type McpTool, type McpType, readMcpTools } from './mcp-types.js';
import { type McpReading, readProperties } from './mcp-values.js';
import type { ParsedCall, ParsedEvent, ParsedResult } from './parse-event.js';
import type { BuiltRequest, NamedText, Profile, ProfileAction, RequestWorld } from './profile.js';
import type { Trajectory } from './trajectory.js';
import { unknownTool } from './unknown-tool.js';

export interface McpOptions extends McpSchemaOptions {
  /** Types of principals, resources and contexts in Cedar syntax, with `@mcp_...` annotations. */
  readonly stub: NamedText;
  /** Id of the resource, which is the server; default: the agent's id. */
  readonly server?: string;
}

interface Layout {
  readonly stub: McpStub;
  readonly schema: Schema;
  readonly server: McpServer;
  readonly options: McpOptions;
}

/**
 * The layout of the official schema generator for MCP tools: `context.input`, `context.output` for results, and what the
 * stub adds, which events bring along as `host` in Cedar's JSON. The principal is the user of the run, or the agent.
 * Messages have no action here and are denied.
 */
export function createMcpProfile(agent: Agent, options: McpOptions): Result<Profile> {
  const parsed = parseSchema(createSource(options.stub.text, options.stub.file ?? '<stub>'));
  const server = readTools(agent);
  if (!parsed.ok || !server.ok) return failure([...parsed.diagnostics, ...server.diagnostics]);
  const stub = readMcpStub(parsed.value, options.keepAnnotations === true);
  const fragment = createMcpSchema(parsed.value, server.value, options);
  if (!stub.ok || !fragment.ok) return failure(fragment.diagnostics);
  const schema = resolveSchema([fragment.value]);
  const text = printSchema(fragment.value);
  if (!schema.ok || !text.ok) return failure([...schema.diagnostics, ...text.diagnostics]);
  const layout: Layout = { stub: stub.value, schema: schema.value, server: server.value, options };
  const stages = options.includeOutputs === true ? (['PRE_TOOL', 'POST_TOOL'] as const) : (['PRE_TOOL'] as const);
  const actions = server.value.tools.map(
    ({ name }): ProfileAction => ({ uid: actionUid(layout, name), tool: name, stages }),
  );
  return success({
    name: 'mcp',
    text: text.value,
    schema: schema.value,
    actions,
    makesEntity: () => false,
    buildRequest: (world, trajectory, event) => buildRequest(layout, world, trajectory, event),
  });
}

function readTools({ tools }: Agent): Result<McpServer> {
  const list = tools.map(({ name, inputSchema = { type: 'object' }, outputSchema }) => ({
    name,
    inputSchema,
    ...(outputSchema === undefined ? {} : { outputSchema }),
  }));
  const json = jsonFromJavaScript(list);
  return json.ok ? readMcpTools(json.value) : json;
}

function actionUid({ stub }: Layout, tool: string): Action['uid'] {
  return entityUid(`${stub.namespace.name}::Action`, tool);
}

function buildRequest(
  layout: Layout,
  world: RequestWorld,
  trajectory: Trajectory,
  event: ParsedEvent,
): Result<BuiltRequest> {
  const { stub, server, options, schema } = layout;
  if ('text' in event || (event.stage === 'POST_TOOL' && options.includeOutputs !== true))
    return failure([noAction(event)]);
  const tool = server.tools.find(({ name }) => name === event.toolId);
  const action = findAction(schema, actionUid(layout, event.toolId));
  if (tool === undefined || action === undefined)
    return failure([
      unknownTool(
        event.toolId,
        server.tools.map(({ name }) => name),
      ),
    ]);
  const reading: McpReading = {
    schema,
    definition: (name) => definitionOf(name, tool, server),
    idPrefix: `${trajectory.id}#${trajectory.steps + 1}`,
    entities: [],
    problems: [],
  };
  const fields = [
    ...toolFields(event, trajectory, tool, action, reading),
    ...sessionFields(layout, event, action, reading),
  ];
  if (reading.problems.length > 0) return failure(reading.problems);
  const root = stub.namespace.name;
  return success({
    principal: entityUid(`${root}::${stub.principals[0] ?? ''}`, trajectory.user ?? world.agent.id),
    action: action.uid,
    resource: entityUid(`${root}::${stub.resources[0] ?? ''}`, options.server ?? world.agent.id),
    context: recordOf(fields),
    entities: reading.entities,
  });
}

function noAction({ stage }: ParsedEvent): Diagnostic {
  return diagnostic('no-action', `the profile mcp has no action for ${stage}`, {
    pointer: '/stage',
    help:
      stage === 'POST_TOOL'
        ? 'results are judged with the option `includeOutputs`'
        : 'judge messages with the profile deodar or sondera',
  });
}

function definitionOf(name: string, tool: McpTool, server: McpServer): McpType | undefined {
  const scopes = [tool.input.definitions, tool.output.definitions, tool.definitions, server.definitions];
  return scopes.flat().find((definition) => definition.name === name)?.type;
}

type Fields = readonly (readonly [string, Value])[];

/** Input and output; a result needs the call that it answers. */
function toolFields(
  event: ParsedCall | ParsedResult,
  trajectory: Trajectory,
  tool: McpTool,
  action: Action,
  reading: McpReading,
): Fields {
  if (event.stage === 'PRE_TOOL')
    return [['input', side(event.parameters, tool.input, action, 'input', '/content/parameters', reading)]];
  const judged = event.callId === undefined ? undefined : trajectory.calls.get(event.callId);
  if (judged === undefined || judged.status !== 'open' || judged.call.toolId !== event.toolId) {
    const help = 'give the call and its result the same `callId`';
    const message = 'the result answers no call that is open, so its input is not known';
    reading.problems.push(diagnostic('unknown-call', message, { pointer: '/content/callId', help }));
    return [];
  }
  return [
    ['input', side(judged.call.parameters, tool.input, action, 'input', '/content/call', reading)],
    ['output', side(event.response, tool.output, action, 'output', '/content/response', reading)],
  ];
}

function side(
  json: JsonValue,
  parameters: McpParameters,
  action: Action,
  name: 'input' | 'output',
  pointer: string,
  reading: McpReading,
): Value {
  const declared = action.context.attributes.get(name)?.type;
  if (!isJsonObject(json) || declared === undefined) {
    reading.problems.push(wrongType(json, 'an object', pointer));
    return recordOf([]);
  }
  const known = new Set(parameters.properties.map((property) => property.name));
  for (const member of Object.keys(json))
    if (!known.has(member)) reading.problems.push(unknownField(member, memberPointer(pointer, member)));
  return recordOf(readProperties(json, parameters, declared, pointer, reading));
}

/** What the stub adds to every context. */
function sessionFields({ stub, schema }: Layout, { host }: ParsedEvent, action: Action, reading: McpReading): Fields {
  const given = isJsonObject(host) ? host : createJsonObject();
  if (host !== undefined && host !== null && !isJsonObject(host))
    reading.problems.push(wrongType(host, 'an object', '/host'));
  const known = new Map(stub.contexts);
  for (const name of Object.keys(given))
    if (!known.has(name)) reading.problems.push(unknownField(name, memberPointer('/host', name)));
  return [...known.keys()].flatMap((name) => {
    const at = memberPointer('/host', name);
    const member = Object.hasOwn(given, name) ? given[name] : undefined;
    if (member === undefined) {
      const help = "the stub declares it with `@mcp_context`: events bring it along as `host`, in Cedar's JSON";
      reading.problems.push(diagnostic('missing-field', `the context needs \`${name}\``, { pointer: at, help }));
      return [];
    }
    const type = action.context.attributes.get(name)?.type;
    if (type === undefined) return [];
    const typed = createSchemaReading(schema, at);
    const value = readTypedValue(typed, member, type);
    if (value !== undefined) checkValue(typed.conformance, value, type);
    reading.problems.push(...typed.diagnostics, ...typed.conformance.diagnostics);
    return value === undefined ? [] : [[name, value] as const];
  });
}
