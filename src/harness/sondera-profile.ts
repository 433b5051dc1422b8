import { isIdentifier } from '../ast/names.js';
import { type Diagnostic, diagnostic, failure, hasErrors, type Result, success } from '../diagnostics/diagnostic.js';
import { didYouMean } from '../diagnostics/did-you-mean.js';
import type { Entity } from '../entities/entity.js';
import { jsonFromJavaScript } from '../json/from-javascript.js';
import { createJsonObject, isJsonArray, isJsonObject, type JsonValue } from '../json/json-value.js';
import { printJson } from '../json/print-json.js';
import { parseSchema } from '../parser/parse-schema.js';
import { printSchema } from '../schema/print-schema.js';
import { type Action, findAction, type Schema } from '../schema/schema.js';
import { createSource } from '../text/source.js';
import { type CedarType, optional, printType, recordType, STRING } from '../types/cedar-type.js';
import { createSet } from '../values/equality.js';
import { quoteText } from '../values/print.js';
import { type EntityUid, entityUid, recordOf, type Value } from '../values/value.js';
import type { Agent, Tool } from './agent.js';
import { checkShape, wrongType } from './check-shape.js';
import { STAGES } from './event.js';
import type { ParsedCall, ParsedEvent, ParsedMessage, ParsedResult } from './parse-event.js';
import {
  type BuiltRequest,
  type NamedText,
  type Profile,
  type ProfileAction,
  type RequestWorld,
  resolveTexts,
} from './profile.js';
import { readRecord } from './read-view.js';
import type { Shape } from './shape.js';
import type { Undeclared } from './shape-from-schema.js';
import { type RecordView, typeOfView, type View, viewOfType } from './shape-view.js';
import { type FieldReport, mapObjectSchema, reportOfView } from './tool-mapping.js';
import type { Trajectory } from './trajectory.js';
import { unknownTool } from './unknown-tool.js';

export interface SonderaOptions {
  /** Namespace of all types and actions; by default the agent's id with `_` for spaces and `-`. */
  readonly namespace?: string;
  /** A schema of this layout that was written before, to be used instead of the derived one. */
  readonly schema?: NamedText;
}

/** A tool under this profile: its action, and how its arguments and results are read. */
interface SonderaTool {
  readonly tool: Tool;
  readonly action: string;
  readonly input: SonderaSide | undefined;
  readonly output: SonderaSide | undefined;
}

interface SonderaSide {
  readonly view: RecordView;
  /** What is accepted; undefined when only a schema of one's own says it. */
  readonly shape: Shape | undefined;
  /** The JSON Schema describes no object with properties: the value is the field `value` of the record. */
  readonly wrapped: boolean;
}

/**
 * The layout of the Sondera harness, as published: a namespace for the agent, `Prompt` for messages, one action for
 * calls and results of a tool with optional `parameters` and `response`. Stages are told apart by what the context has.
 */
export function createSonderaProfile(
  agent: Agent,
  options: SonderaOptions = {},
  undeclared: Undeclared = 'accept',
): Result<Profile> {
  const namespace = options.namespace ?? sanitized(agent.id);
  const tools = agent.tools.map(toolOf);
  const diagnostics = [...checkNamespace(namespace), ...checkActions(tools)];
  if (hasErrors(diagnostics)) return failure(diagnostics);
  const text = options.schema?.text ?? schemaText(namespace, tools);
  const schema = resolveTexts([{ file: options.schema?.file ?? '<schema of the agent>', text }]);
  if (!schema.ok) return schema;
  const settled = tools.map((tool) =>
    settle(tool, findAction(schema.value, entityUid(`${namespace}::Action`, tool.action))),
  );
  const layout: Layout = {
    namespace,
    schema: schema.value,
    tools: new Map(settled.map((tool) => [tool.tool.name, tool])),
    undeclared,
  };
  const missing = options.schema === undefined ? [] : checkLayout(layout);
  if (missing.length > 0) return failure(missing);
  const profile: Profile = {
    name: 'sondera',
    text,
    schema: schema.value,
    actions: actionsOf(layout),
    makesEntity: ({ type, id }) => {
      const made: Readonly<Record<string, boolean>> = {
        [`${namespace}::Agent`]: id === agent.id,
        [`${namespace}::Tool`]: layout.tools.has(id),
        [`${namespace}::Message`]: true,
      };
      return made[type] ?? false;
    },
    buildRequest: (world, trajectory, event) => buildRequest(layout, world, trajectory, event),
  };
  return success(profile, schema.diagnostics);
}

interface Layout {
  readonly namespace: string;
  readonly schema: Schema;
  readonly tools: ReadonlyMap<string, SonderaTool>;
  readonly undeclared: Undeclared;
}

function sanitized(name: string): string {
  return name.replaceAll(/[ -]/g, '_');
}

function checkNamespace(namespace: string): readonly Diagnostic[] {
  if (namespace.split('::').every(isIdentifier)) return [];
  const message = `${JSON.stringify(namespace.slice(0, 100))} is no namespace of Cedar`;
  return [
    diagnostic('bad-namespace', message, { help: 'give the profile a `namespace` made of letters, digits and `_`' }),
  ];
}

function checkActions(tools: readonly SonderaTool[]): readonly Diagnostic[] {
  const owners = new Map<string, string>([['Prompt', 'messages']]);
  return tools.flatMap(({ tool, action }) => {
    const owner = owners.get(action);
    owners.set(action, owner ?? `the tool ${JSON.stringify(tool.name)}`);
    if (owner === undefined) return [];
    const message = `the tool ${JSON.stringify(tool.name)} becomes the action ${quoteText(action)}, which ${owner} has already`;
    return [diagnostic('tool-name-collision', message, { help: 'rename the tool: spaces and `-` become `_`' })];
  });
}

function toolOf(tool: Tool): SonderaTool {
  return {
    tool,
    action: sanitized(tool.name),
    input: sideOf(tool.inputSchema),
    output: sideOf(tool.outputSchema),
  };
}

/** What policies of this profile can test of a tool's arguments and result; undefined for what it does not declare. */
export function sonderaFields(tool: Tool): Readonly<Record<'input' | 'output', readonly FieldReport[] | undefined>> {
  const rows = (schema: unknown): readonly FieldReport[] | undefined => {
    const side = sideOf(schema);
    return side === undefined ? undefined : reportOfView(schema, side.view);
  };
  return { input: rows(tool.inputSchema), output: rows(tool.outputSchema) };
}

function sideOf(schema: unknown): SonderaSide | undefined {
  if (schema === undefined || schema === null) return undefined;
  const json = jsonFromJavaScript(schema);
  const view = viewOfSchema(json.ok ? json.value : null);
  const { shape } = mapObjectSchema(schema, 'long', 'deny');
  if (view.kind === 'record' && view.fields.size > 0) return { view, shape, wrapped: false };
  const fields = new Map([['value', { view, required: true }]]);
  return { view: { kind: 'record', fields, open: false }, shape, wrapped: true };
}

/** A tool as its declared action sees it: what that does not declare is left out. */
function settle(tool: SonderaTool, action: Action | undefined): SonderaTool {
  const sideAs = (name: string, side: SonderaSide | undefined): SonderaSide | undefined => {
    const declared = action?.context.attributes.get(name)?.type;
    if (declared === undefined) return undefined;
    if (side !== undefined && sameLayout(side.view, declared)) return side;
    const view = viewOfType(declared);
    return view.kind === 'record' ? { view, shape: side?.shape, wrapped: side?.wrapped ?? false } : undefined;
  };
  return { ...tool, input: sideAs('parameters', tool.input), output: sideAs('response', tool.output) };
}

function sameLayout(view: RecordView, declared: CedarType): boolean {
  const type = typeOfView(view);
  return type !== undefined && printType(type) === printType(declared);
}

/** Types as published: number and integer are Long, a schema without a type is an object, all else is text. */
function viewOfSchema(schema: JsonValue): View {
  if (!isJsonObject(schema)) return { kind: 'text' };
  const type = schema.type === undefined ? 'object' : schema.type;
  switch (typeof type === 'string' ? type.toLowerCase() : undefined) {
    case 'object': {
      const required = new Set(isJsonArray(schema.required) ? schema.required : []);
      const properties = isJsonObject(schema.properties) ? schema.properties : {};
      const fields = Object.entries(properties).map(
        ([name, property]) => [name, { view: viewOfSchema(property), required: required.has(name) }] as const,
      );
      return { kind: 'record', fields: new Map(fields), open: true };
    }
    case 'array':
      return { kind: 'set', element: viewOfSchema(schema.items ?? createJsonObject()) };
    case 'string':
      return { kind: 'string' };
    case 'number':
    case 'integer':
      return { kind: 'number', as: 'long' };
    case 'boolean':
      return { kind: 'boolean' };
    default:
      return { kind: 'text' };
  }
}

const ENTITIES = `
  entity Agent = { name: __cedar::String, provider: __cedar::String, tools: Set<Tool> };
  entity Tool = { name: __cedar::String, description: __cedar::String };
  entity Role enum ["user", "model", "system", "tool"];
  entity Message in [Trajectory] = { content: __cedar::String, role: Role };
  entity Trajectory = { step_count: __cedar::Long };
  action "Prompt" appliesTo { principal: [Agent], resource: [Message], context: {} };`;

function schemaText(namespace: string, tools: readonly SonderaTool[]): string {
  const actions = tools.map(({ action, input, output }) => {
    const context = recordType([
      ...sideType('parameters', input),
      ['parameters_json', optional(STRING)],
      ...sideType('response', output),
      ['response_json', optional(STRING)],
    ]);
    const type = printType(context, '    ');
    return `  action ${quoteText(action)} appliesTo { principal: [Agent], resource: [Trajectory], context: ${type} };`;
  });
  const text = `namespace ${namespace} {${ENTITIES}\n${actions.join('\n')}\n}\n`;
  // In the official layout where that can be printed, so that it compares with one that was written before.
  const parsed = parseSchema(createSource(text));
  const printed = parsed.ok ? printSchema(parsed.value) : parsed;
  return printed.ok ? printed.value : text;
}

function sideType(name: string, side: SonderaSide | undefined): [string, ReturnType<typeof optional>][] {
  const type: CedarType | undefined = side === undefined ? undefined : typeOfView(side.view);
  return type === undefined ? [] : [[name, optional(type)]];
}

function actionsOf({ namespace, schema, tools }: Layout): readonly ProfileAction[] {
  const named = new Map([...tools.values()].map(({ tool, action }) => [action, tool.name]));
  const declared = schema.actionTypes.get(`${namespace}::Action`)?.actions.values() ?? [];
  return [...declared].flatMap(({ uid, principals }): ProfileAction[] => {
    if (principals.size === 0) return [];
    const stages = uid.id === 'Prompt' ? STAGES.slice(0, 2) : STAGES.slice(2);
    return [{ uid, tool: uid.id === 'Prompt' ? null : (named.get(uid.id) ?? uid.id), stages }];
  });
}

const KNOWN_ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  Agent: ['name', 'provider', 'provider_id', 'tools', 'description'],
  Tool: ['name', 'description'],
  Message: ['content', 'role'],
  Trajectory: ['step_count'],
};
const KNOWN_CONTEXT: readonly string[] = ['parameters', 'parameters_json', 'response', 'response_json'];

/** What a schema of one's own demands that no event can give. */
function checkLayout({ namespace, schema }: Layout): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const missing = (what: string, place: string): void => {
    const help =
      'this profile gives only what its layout has: make the attribute optional, or use the profile `deodar`';
    found.push(
      diagnostic('unknown-attribute', `no event can give the required attribute \`${what}\` of ${place}`, { help }),
    );
  };
  for (const [name, known] of Object.entries(KNOWN_ATTRIBUTES)) {
    const type = schema.entityTypes.get(`${namespace}::${name}`);
    for (const [attribute, { required }] of type?.attributes.attributes ?? [])
      if (required && !known.includes(attribute)) missing(attribute, `\`${namespace}::${name}\``);
  }
  const actions = schema.actionTypes.get(`${namespace}::Action`)?.actions.values() ?? [];
  if (schema.actionTypes.get(`${namespace}::Action`) === undefined) {
    const near = didYouMean(
      namespace,
      [...schema.actionTypes.keys()].map((type) => type.slice(0, -'::Action'.length)),
    );
    const help = near === undefined ? 'give the profile the `namespace` of the schema' : `did you mean \`${near}\`?`;
    found.push(diagnostic('bad-namespace', `the schema has no actions in the namespace \`${namespace}\``, { help }));
  }
  for (const { uid, context } of actions)
    for (const [attribute, { required }] of context.attributes)
      if (required && !KNOWN_CONTEXT.includes(attribute)) missing(attribute, `the context of ${quoteText(uid.id)}`);
  return found;
}

function buildRequest(
  layout: Layout,
  world: RequestWorld,
  trajectory: Trajectory,
  event: ParsedEvent,
): Result<BuiltRequest> {
  const { namespace } = layout;
  const principal = entityUid(`${namespace}::Agent`, world.agent.id);
  const run = entityUid(`${namespace}::Trajectory`, trajectory.id);
  const step = trajectory.steps + 1;
  const about = 'text' in event ? messageRequest(layout, event, run, step) : toolRequest(layout, event, run);
  if (!about.ok) return about;
  const { action, resource, fields, extra } = about.value;
  const ran = entityOf(layout, run, { step_count: step }, []);
  const own = [...agentEntities(layout, world.agent, principal), ran, ...extra].filter(({ uid }) =>
    layout.schema.entityTypes.has(uid.type),
  );
  if (trajectory.user !== undefined)
    return failure([diagnostic('no-users', 'this profile has no place for the user of a run', { help: NO_USERS })]);
  if (event.host !== undefined && event.host !== null)
    return failure([diagnostic('undeclared-host-data', 'this profile has no place for `host`', { pointer: '/host' })]);
  return success({ principal, action, resource, context: recordOf(fields), entities: own });
}

const NO_USERS = 'open the run without a user: the principal is always the agent, or use the profile deodar';

interface About {
  readonly action: EntityUid;
  readonly resource: EntityUid;
  readonly fields: readonly (readonly [string, Value])[];
  readonly extra: readonly Entity[];
}

function messageRequest(layout: Layout, event: ParsedMessage, run: EntityUid, step: number): Result<About> {
  const resource = entityUid(`${layout.namespace}::Message`, `${run.id}#${step}`);
  const role = entityUid(`${layout.namespace}::Role`, event.role);
  const extra = [entityOf(layout, resource, { content: event.text, role }, [run])];
  return declaredAction(layout, 'Prompt', '/stage', ({ uid: action }) =>
    success({ action, resource, fields: [], extra }),
  );
}

function toolRequest(layout: Layout, event: ParsedCall | ParsedResult, run: EntityUid): Result<About> {
  const tool = layout.tools.get(event.toolId);
  if (tool === undefined) return failure([unknownTool(event.toolId, layout.tools.keys())]);
  return declaredAction(layout, tool.action, '/content/toolId', (action) => {
    const problems: Diagnostic[] = [];
    const fields = contextOf(event, tool, action, layout.undeclared, problems);
    return problems.length > 0 ? failure(problems) : success({ action: action.uid, resource: run, fields, extra: [] });
  });
}

function declaredAction(
  { namespace, schema }: Layout,
  id: string,
  pointer: string,
  then: (action: Action) => Result<About>,
): Result<About> {
  const action = findAction(schema, entityUid(`${namespace}::Action`, id));
  if (action !== undefined) return then(action);
  return failure([diagnostic('unknown-action', `the schema has no action ${quoteText(id)}`, { pointer })]);
}

/** The context as far as the action declares it. */
function contextOf(
  event: ParsedCall | ParsedResult,
  { input, output }: SonderaTool,
  { context }: Action,
  undeclared: Undeclared,
  problems: Diagnostic[],
): readonly (readonly [string, Value])[] {
  const isCall = event.stage === 'PRE_TOOL';
  const json = isCall ? event.parameters : event.response;
  const name = isCall ? 'parameters' : 'response';
  const side = isCall ? input : output;
  const pointer = `/content/${name}`;
  const fields: (readonly [string, Value])[] = [];
  // What is not declared is let through where policies can see it.
  const closed = undeclared === 'deny' || !context.attributes.has(`${name}_json`);
  if (side?.shape !== undefined) problems.push(...checkShape(json, side.shape, pointer, { closed }));
  if (side !== undefined && problems.length === 0) {
    if (side.wrapped) fields.push([name, readRecord(wrap(json), side.view, pointer, problems)]);
    else if (isJsonObject(json)) fields.push([name, readRecord(json, side.view, pointer, problems)]);
    else problems.push(wrongType(json, 'an object', pointer));
  }
  if (context.attributes.has(`${name}_json`)) fields.push([`${name}_json`, printJson(json)]);
  return fields;
}

function wrap(json: JsonValue): ReturnType<typeof createJsonObject> {
  const object = createJsonObject();
  object.value = json;
  return object;
}

function agentEntities(layout: Layout, agent: Agent, principal: EntityUid): readonly Entity[] {
  const tools = agent.tools.map(({ name, description = '' }) =>
    entityOf(layout, entityUid(`${layout.namespace}::Tool`, name), { name, description }, []),
  );
  const provider = agent.provider ?? '';
  const attributes: Readonly<Record<string, Value>> = {
    name: agent.name,
    description: agent.description ?? '',
    provider,
    provider_id: provider,
    tools: createSet(tools.map(({ uid }) => uid)),
  };
  return [entityOf(layout, principal, attributes, []), ...tools];
}

/** An entity with those of the attributes that its type declares. */
function entityOf(
  { schema }: Layout,
  uid: EntityUid,
  attributes: Readonly<Record<string, Value>>,
  parents: readonly EntityUid[],
): Entity {
  const type = schema.entityTypes.get(uid.type);
  const declared = Object.entries(attributes).filter(([name]) => type?.attributes.attributes.has(name) === true);
  return {
    uid,
    attributes: new Map(declared),
    tags: new Map(),
    parents: parents.filter((parent) => type?.ancestors.has(parent.type) === true),
  };
}
