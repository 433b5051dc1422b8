import { type Diagnostic, diagnostic, failure, type Result, success } from '../diagnostics/diagnostic.js';
import type { Entity } from '../entities/entity.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.js';
import { printJson } from '../json/print-json.js';
import { RecordMaker } from '../values/field-list.js';
import { type EntityUid, entityUid, type RecordValue, recordOf, type Value } from '../values/value.js';
import { UNREGISTERED_ACTION } from './action-names.js';
import type { Agent } from './agent.js';
import type { AgentSchema, AgentTool } from './agent-schema.js';
import {
  computeFacts,
  factsValue,
  installScriptsIn,
  type KnownFacts,
  readableText,
  type Sensitive,
  sensitiveIn,
  touchesValue,
} from './facts.js';
import { nestedFacts } from './nested-facts.js';
import type { ParsedCall, ParsedEvent, ParsedMessage, ParsedResult } from './parse-event.js';
import type { BuiltRequest, RequestWorld } from './profile.js';
import { readMapped } from './tool-mapping.js';
import { type Trajectory, trajectoryEntity } from './trajectory.js';
import { unknownTool } from './unknown-tool.js';

/** What requests of the default profile are built from besides the event. */
interface DeodarWorld extends Pick<RequestWorld, 'agent' | 'mode'> {
  readonly schema: AgentSchema;
  readonly trajectoryOf: RequestWorld['trajectoryOf'] | undefined;
}

const LET_POLICIES_DECIDE =
  'declare the tool in the agent, or let policies decide about unknown tools with `unregistered: "policy"`';

/** Builds the Cedar request that stands for an event; what does not fit the agent's schema is reported. */
export function buildRequest(
  schema: AgentSchema,
  { agent, mode, trajectoryOf }: RequestWorld,
  trajectory: Trajectory,
  event: ParsedEvent,
): Result<BuiltRequest> {
  const world: DeodarWorld = { agent, mode, trajectoryOf, schema };
  switch (event.stage) {
    case 'PRE_MODEL':
    case 'POST_MODEL':
      return messageRequest(world, trajectory, event);
    case 'PRE_TOOL':
      return callRequest(world, trajectory, event);
    case 'POST_TOOL':
      return resultRequest(world, trajectory, event);
  }
}

function messageRequest(world: DeodarWorld, trajectory: Trajectory, event: ParsedMessage): Result<BuiltRequest> {
  const resource = entityUid('Message', `${trajectory.id}#${trajectory.steps + 1}`);
  const message: Entity = {
    uid: resource,
    attributes: new Map<string, Value>([
      ['role', entityUid('Role', event.role)],
      ['text', event.text],
    ]),
    tags: new Map(),
    parents: [entityUid('Trajectory', trajectory.id)],
  };
  const facts = recordOf([['text', factsValue(computeFacts('text', event.text, world.agent.workspace))]]);
  const context = new Context(['facts'], [facts]);
  const action = event.stage === 'PRE_MODEL' ? 'prompt' : 'completion';
  return assemble(world, trajectory, event, {
    action,
    resource,
    extra: [message],
    context,
    problems: [],
  });
}

function callRequest(world: DeodarWorld, trajectory: Trajectory, event: ParsedCall): Result<BuiltRequest> {
  const resource = entityUid('Trajectory', trajectory.id);
  const tool = world.schema.tools.get(event.toolId);
  const problems: Diagnostic[] = [];
  if (event.callId !== undefined && trajectory.calls.has(event.callId)) {
    const help = 'give every call of a trajectory an id of its own';
    problems.push(
      diagnostic('call-id-reused', `the call id ${JSON.stringify(event.callId)} was used before`, {
        pointer: '/content/callId',
        help,
      }),
    );
  }
  if (tool === undefined) {
    if (!world.schema.actions.has(UNREGISTERED_ACTION))
      return failure([unknownTool(event.toolId, world.schema.tools.keys(), LET_POLICIES_DECIDE)]);
    const context = new Context(['tool', 'parametersJson'], [event.toolId, printJson(event.parameters)]);
    return assemble(world, trajectory, event, { action: UNREGISTERED_ACTION, resource, extra: [], context, problems });
  }
  const seen = seeCall(world, tool, event, '/content/parameters', problems);
  const priorCalls = trajectory.callsOfTool.get(event.toolId) ?? 0;
  const context = new Context(NAMES_OF_CALL, [seen.parameters, seen.json, seen.facts, seen.touches, priorCalls]);
  return assemble(world, trajectory, event, { action: tool.call.id, resource, extra: [], context, problems });
}

function resultRequest(world: DeodarWorld, trajectory: Trajectory, event: ParsedResult): Result<BuiltRequest> {
  const tool = world.schema.tools.get(event.toolId);
  if (tool === undefined) return failure([unknownTool(event.toolId, world.schema.tools.keys(), LET_POLICIES_DECIDE)]);
  const problems: Diagnostic[] = [];
  const json = printJson(event.response);
  const text = typeof event.response === 'string' ? event.response : json;
  const response =
    tool.output === undefined
      ? recordOf([['text', text]])
      : readMapped(event.response, tool.output, '/content/response', problems);
  const facts = computeFacts('text', readableText(event.response), world.agent.workspace);
  const factsOfResponse = recordOf([['response', factsValue(facts)]]);
  const context = new Context(NAMES_OF_RESULT, [response, json, factsOfResponse]);
  const call = answeredCall(world, trajectory, event, problems);
  if (call !== undefined) {
    const seen = seeCall(world, tool, call, '/content/call', problems);
    context.set('call', calls.of(CALL_NAMES, [seen.parameters, seen.json, seen.facts, seen.touches]));
  }
  const resource = entityUid('Trajectory', trajectory.id);
  return assemble(world, trajectory, event, { action: tool.result.id, resource, extra: [], context, problems });
}

/** The call that a result answers; one that was denied, answered or made to another tool is a problem. */
function answeredCall(
  world: DeodarWorld,
  trajectory: Trajectory,
  event: ParsedResult,
  problems: Diagnostic[],
): ParsedCall | undefined {
  const judged = event.callId === undefined ? undefined : trajectory.calls.get(event.callId);
  if (judged === undefined) return undefined;
  const { call, status } = judged;
  const pointer = '/content/callId';
  const id = JSON.stringify(event.callId);
  if (status === 'denied' && world.mode !== 'shadow')
    problems.push(diagnostic('denied-call', `the call ${id} was denied, so there can be no result of it`, { pointer }));
  else if (status === 'answered')
    problems.push(diagnostic('answered-call', `the call ${id} has been answered already`, { pointer }));
  else if (status === 'forgotten')
    problems.push(
      diagnostic(
        'forgotten-call',
        `the arguments of the call ${id} are no longer known: too many calls came after it`,
        {
          pointer,
          help: 'report results as they come, or finalize runs that have none',
        },
      ),
    );
  else if (call.toolId !== event.toolId) {
    const tools = [call.toolId, event.toolId].map((tool) => JSON.stringify(tool));
    problems.push(
      diagnostic('wrong-call', `the call ${id} was made to the tool ${tools[0]}, not to ${tools[1]}`, { pointer }),
    );
  } else return call;
  return undefined;
}

/** The context of a request that is being built. */
class Context {
  private names: readonly string[];
  private values: readonly Value[];

  /** Each name is there once, with the value at its place. */
  constructor(names: readonly string[], values: readonly Value[]) {
    this.names = names;
    this.values = values;
  }

  /** Adds a name that is not there yet. */
  set(name: string, value: Value): void {
    this.names = [...this.names, name];
    this.values = [...this.values, value];
  }

  recordBy(maker: RecordMaker): RecordValue {
    return maker.of(this.names, this.values);
  }
}

// Contexts of one kind mostly have the same names.
const contexts = {
  PRE_MODEL: new RecordMaker(),
  POST_MODEL: new RecordMaker(),
  PRE_TOOL: new RecordMaker(),
  POST_TOOL: new RecordMaker(),
};
const calls = new RecordMaker();
const factsOfCalls = new RecordMaker();

/** Names of what policies see of a call with its result, when it is made, and of the result itself. */
const CALL_NAMES = ['parameters', 'parametersJson', 'facts', 'touches'] as const;
const NAMES_OF_CALL = [...CALL_NAMES, 'priorCalls'] as const;
const NAMES_OF_RESULT = ['response', 'responseJson', 'facts'] as const;

/** What policies see of a call, when it is made and with its result. */
interface SeenCall {
  readonly call: ParsedCall;
  readonly tool: AgentTool;
  readonly agent: Agent;
  readonly parameters: RecordValue;
  readonly json: string;
  readonly facts: RecordValue;
  readonly touches: RecordValue;
}

/** The last call that was seen without problems: its result mostly comes next. */
let lastSeen: SeenCall | undefined;
/** Longer arguments are not kept for it. */
const LONGEST_SEEN = 4096;

function seeCall(
  world: DeodarWorld,
  tool: AgentTool,
  call: ParsedCall,
  pointer: string,
  problems: Diagnostic[],
): SeenCall {
  const { agent } = world;
  if (lastSeen?.call === call && lastSeen.tool === tool && lastSeen.agent === agent) return lastSeen;
  const before = problems.length;
  const parameters = readMapped(call.parameters, tool.input, pointer, problems);
  const known: KnownFacts[] = [];
  const names = new Array<string>(tool.factKinds.size);
  const values = new Array<Value>(tool.factKinds.size);
  let count = 0;
  for (const [name, kind] of tool.factKinds) {
    const text = parameters.fields.get(name);
    if (typeof text !== 'string') continue;
    const found = computeFacts(kind, text, agent.workspace);
    known.push(found);
    names[count] = name;
    values[count++] = factsValue(found);
  }
  names.length = count;
  values.length = count;
  const sensitive = sensitiveOf(call.parameters, tool);
  const nested = nestedFacts(call.parameters, tool.tool, tool.factKinds, agent.workspace);
  for (const found of nested.facts) known.push(found);
  const json = printJson(call.parameters);
  const touches = touchesValue(known, sensitive, nested.complete);
  const facts = factsOfCalls.of(names, values);
  const seen = { call, tool, agent, parameters, json, facts, touches };
  lastSeen = problems.length > before || json.length > LONGEST_SEEN ? undefined : seen;
  return seen;
}

/** What the arguments hold, without those of which the facts already name it. */
function sensitiveOf(parameters: JsonValue, tool: AgentTool): Sensitive {
  if (!isJsonObject(parameters)) return { ...sensitiveIn(parameters), installScripts: installScriptsIn(parameters) };
  // A command is no script of a manifest because of what it runs itself.
  const installScripts = installScriptsIn(parameters).filter((script) => !isCommand(parameters, tool, script));
  const values: JsonValue[] = [];
  for (const name of Object.keys(parameters)) {
    const value = parameters[name];
    if (value === undefined || (typeof value === 'string' && tool.factKinds.get(name) === 'text')) continue;
    values.push(value);
  }
  const sensitive = sensitiveIn(values);
  return installScripts.length === 0 ? sensitive : { ...sensitive, installScripts };
}

function isCommand(parameters: JsonObject, tool: AgentTool, script: string): boolean {
  for (const [name, kind] of tool.factKinds) {
    const value = kind === 'shell' ? parameters[name] : undefined;
    if (typeof value === 'string' && value.trim() === script) return true;
  }
  return false;
}

interface RequestParts {
  readonly action: string;
  readonly resource: EntityUid;
  readonly extra: readonly Entity[];
  readonly context: Context;
  readonly problems: Diagnostic[];
}

function assemble(
  world: DeodarWorld,
  trajectory: Trajectory,
  event: ParsedEvent,
  parts: RequestParts,
): Result<BuiltRequest> {
  const { problems, context } = parts;
  if (event.host !== undefined && event.host !== null) addHost(world.schema, event.host, context, problems);
  const principal =
    trajectory.user === undefined ? entityUid('Agent', world.agent.id) : entityUid('User', trajectory.user);
  if (problems.length > 0) return failure(problems);
  const above = trajectory.ancestors.flatMap((id) => {
    const ancestor = world.trajectoryOf?.(id);
    return ancestor === undefined ? [] : [trajectoryEntity(ancestor)];
  });
  return success({
    principal,
    action: entityUid('Action', parts.action),
    resource: parts.resource,
    context: context.recordBy(contexts[event.stage]),
    entities: [agentEntity(world.agent, trajectory.user), trajectoryEntity(trajectory), ...above, ...parts.extra],
  });
}

function addHost(schema: AgentSchema, host: JsonValue, context: Context, problems: Diagnostic[]): void {
  if (schema.host === undefined) {
    problems.push(
      diagnostic('undeclared-host-data', 'the event carries `host`, which the agent does not declare', {
        pointer: '/host',
        help: 'declare its form as `hostSchema` in the agent',
      }),
    );
    return;
  }
  context.set('host', readMapped(host, schema.host, '/host', problems));
}

const agentEntities = new WeakMap<Agent, Entity>();

/** The same entity each time, unless a user's id is part of it. */
function agentEntity(agent: Agent, user: string | undefined): Entity {
  const known = user === undefined ? agentEntities.get(agent) : undefined;
  if (known !== undefined) return known;
  const entity = newAgentEntity(agent, user);
  if (user === undefined) agentEntities.set(agent, entity);
  return entity;
}

function newAgentEntity(agent: Agent, user: string | undefined): Entity {
  const attributes = new Map<string, Value>([['name', agent.name]]);
  if (agent.provider !== undefined) attributes.set('provider', agent.provider);
  if (user !== undefined) attributes.set('user', entityUid('User', user));
  return {
    uid: entityUid('Agent', agent.id),
    attributes,
    tags: new Map(),
    parents: agent.tenant === undefined ? [] : [entityUid('Tenant', agent.tenant)],
  };
}
