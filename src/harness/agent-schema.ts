import type { SchemaFragment } from '../ast/schema-fragment.js';
import { failure, hasErrors, type Result, success } from '../diagnostics/diagnostic.js';
import { lazily } from '../text/lazily.js';
import {
  type Attribute,
  type CedarType,
  entityType,
  LONG,
  optional,
  type RecordType,
  recordType,
  required,
  STRING,
  setType,
} from '../types/cedar-type.js';
import {
  actionOfTool,
  checkActionNames,
  HINT_GROUPS,
  type HintGroup,
  resultAction,
  UNREGISTERED_ACTION,
} from './action-names.js';
import type { Agent, Tool } from './agent.js';
import { STAGES, type Stage } from './event.js';
import type { FactKind } from './fact-declarations.js';
import { factType, TOUCHES_TYPE } from './facts.js';
import { SchemaWriter, type WrittenSchema } from './schema-writer.js';
import type { NumberMapping } from './shape.js';
import type { NumbersOf, Undeclared } from './shape-from-schema.js';
import { typeOfRecord } from './shape-view.js';
import { checkDeclarations, factKindsOf } from './tool-facts.js';
import { type MappedSchema, mapObjectSchema } from './tool-mapping.js';

/** How messages know the text of an agent's schema. */
export const AGENT_SCHEMA_NAME = '<schema of the agent>';

/** One declared action of the agent's schema. */
export interface AgentAction {
  readonly id: string;
  readonly stage: Stage;
  /** Groups that the action is in, the stage first. */
  readonly groups: readonly string[];
  readonly resource: 'Message' | 'Trajectory';
  readonly context: RecordType;
}

/** A tool as the harness judges it. */
export interface AgentTool {
  readonly tool: Tool;
  readonly call: AgentAction;
  readonly result: AgentAction;
  readonly input: MappedSchema;
  /** Undefined when the tool does not say what it returns: then policies see `{ text }`. */
  readonly output: MappedSchema | undefined;
  readonly factKinds: ReadonlyMap<string, FactKind>;
}

/** The default profile of an agent: its tools, the actions that stand for its events, and the schema in Cedar syntax. */
export interface AgentSchema {
  readonly tools: ReadonlyMap<string, AgentTool>;
  readonly actions: ReadonlyMap<string, AgentAction>;
  readonly host: MappedSchema | undefined;
  /** In Cedar syntax. */
  readonly text: string;
  /** The declarations of `text`; undefined where only reading it says what is wrong with a name. */
  readonly fragment: SchemaFragment | undefined;
}

export interface AgentSchemaOptions {
  readonly numbers?: NumberMapping;
  /**
   * What becomes of parameters of which a tool's JSON Schema says nothing, though it declares others. JSON Schema takes
   * them, and so does `accept`, the default: policies see them in the JSON text and in `touches` alone. `deny` refuses them.
   */
  readonly undeclared?: Undeclared;
  /** `policy`: calls of undeclared tools become `Action::"unregistered-tool"` and policies decide; otherwise they are denied. */
  readonly unregistered?: 'deny' | 'policy';
}

/**
 * Derives the default profile from an agent. Names that collide and declarations that mean nothing are reported, with
 * what to do about it.
 */
export function createAgentSchema(agent: Agent, options: AgentSchemaOptions = {}): Result<AgentSchema> {
  // What the host adds stands in no JSON text: policies could not see what is not declared.
  const host = agent.hostSchema === undefined ? undefined : mapObjectSchema(agent.hostSchema, options.numbers, 'deny');
  const shared: [string, Attribute][] = host === undefined ? [] : [['host', optional(typeOfRecord(host.view))]];
  const mapped = agent.tools.map((tool) => toolOf(tool, agent, options, shared));
  const diagnostics = [
    ...checkActionNames(agent),
    ...agent.tools.flatMap((tool, index) => checkDeclarations(tool, index, () => declaredInput(tool, options))),
  ];
  if (hasErrors(diagnostics)) return failure(diagnostics);
  const actions = [...messageActions(shared), ...mapped.flatMap((t) => [t.call, t.result])];
  if (options.unregistered === 'policy') actions.push(unregisteredAction(shared));
  // Who judges by policies that were checked before needs no text of the schema.
  const written = lazily(() => writeSchema(actions, entityTypesOf(agent, options)));
  const schema: AgentSchema = {
    tools: new Map(mapped.map((tool) => [tool.tool.name, tool])),
    actions: new Map(actions.map((action) => [action.id, action])),
    host,
    get text() {
      return written().text;
    },
    get fragment() {
      return written().fragment;
    },
  };
  return success(schema, diagnostics);
}

function messageActions(shared: readonly [string, Attribute][]): AgentAction[] {
  const context = lazily(() =>
    recordType([['facts', required(recordType([['text', required(factType('text'))]]))], ...shared]),
  );
  const message = (id: string, stage: Stage): AgentAction => ({
    id,
    stage,
    groups: [stage],
    resource: 'Message',
    get context() {
      return context();
    },
  });
  return [message('prompt', 'PRE_MODEL'), message('completion', 'POST_MODEL')];
}

function toolOf(
  tool: Tool,
  agent: Agent,
  options: AgentSchemaOptions,
  shared: readonly [string, Attribute][],
): AgentTool {
  const input = mapObjectSchema(tool.inputSchema, numbersOf(tool, options), options.undeclared);
  const output =
    tool.outputSchema === undefined
      ? undefined
      : mapObjectSchema(tool.outputSchema, options.numbers, options.undeclared);
  const factKinds = factKindsOf(tool, input);
  const contexts = lazily(() => contextsOf(input, output, factKinds, shared));
  const call: AgentAction = {
    id: actionOfTool(tool.name, agent),
    stage: 'PRE_TOOL',
    groups: ['PRE_TOOL', ...hintGroups(tool, agent)],
    resource: 'Trajectory',
    get context() {
      return contexts().call;
    },
  };
  const result: AgentAction = {
    id: resultAction(call.id),
    stage: 'POST_TOOL',
    groups: ['POST_TOOL'],
    resource: 'Trajectory',
    get context() {
      return contexts().result;
    },
  };
  return { tool, call, result, input, output, factKinds };
}

/** Types of the contexts of a tool's calls and results. */
function contextsOf(
  input: MappedSchema,
  output: MappedSchema | undefined,
  factKinds: ReadonlyMap<string, FactKind>,
  shared: readonly [string, Attribute][],
): { readonly call: RecordType; readonly result: RecordType } {
  const parameters = typeOfRecord(input.view);
  const facts = factsType(input, factKinds);
  const seen: readonly [string, Attribute][] = [
    ['parameters', required(parameters)],
    ['parametersJson', required(STRING)],
    ['facts', required(facts)],
    ['touches', required(TOUCHES_TYPE)],
  ];
  const response = output === undefined ? recordType([['text', required(STRING)]]) : typeOfRecord(output.view);
  return {
    call: recordType([...seen, ['priorCalls', required(LONG)], ...shared]),
    result: recordType([
      ['response', required(response)],
      ['responseJson', required(STRING)],
      ['facts', required(recordType([['response', required(factType('text'))]]))],
      ['call', optional(recordType(seen))],
      ...shared,
    ]),
  };
}

function numbersOf({ numbers }: Tool, options: AgentSchemaOptions): NumbersOf {
  return (field) => numbers?.[field] ?? options.numbers ?? 'long';
}

/** The arguments that a tool means to have: a parameter of which its schema says nothing is more likely misspelt. */
function declaredInput(tool: Tool, options: AgentSchemaOptions): MappedSchema {
  return mapObjectSchema(tool.inputSchema, numbersOf(tool, options), 'deny');
}

function factsType(input: MappedSchema, kinds: ReadonlyMap<string, FactKind>): RecordType {
  return recordType(
    [...kinds].map(
      ([name, kind]) =>
        [
          name,
          input.view.fields.get(name)?.required === true ? required(factType(kind)) : optional(factType(kind)),
        ] as const,
    ),
  );
}

/**
 * Hints come from the tool's server: what makes a call look more dangerous always counts, `readOnly` only from a trusted
 * one. What the protocol assumes where a hint is missing counts only when the agent asks for it.
 */
function hintGroups(tool: Tool, agent: Agent): HintGroup[] {
  const hints = tool.annotations ?? {};
  const isReadOnly = hints.readOnlyHint === true && agent.trustToolHints === true;
  const assumed = agent.assumeToolHints === true;
  const groups: HintGroup[] = [];
  if (isReadOnly) groups.push('readOnly');
  if (hints.destructiveHint ?? (assumed && !isReadOnly)) groups.push('destructive');
  if (hints.openWorldHint ?? assumed) groups.push('openWorld');
  return groups;
}

function unregisteredAction(shared: readonly [string, Attribute][]): AgentAction {
  const context = recordType([['tool', required(STRING)], ['parametersJson', required(STRING)], ...shared]);
  return {
    id: UNREGISTERED_ACTION,
    stage: 'PRE_TOOL',
    groups: ['PRE_TOOL', 'unregistered'],
    resource: 'Trajectory',
    context,
  };
}

/** An entity type of an agent's schema. */
export type AgentEntityType = readonly [name: string, parents: readonly string[], shape: RecordType | undefined];

/** The entities that say who a message is from. */
export const ROLES: readonly string[] = ['user', 'model', 'system', 'tool'];

const ENTITY_TYPES: readonly AgentEntityType[] = [
  ['Tenant', [], undefined],
  ['Group', ['Group', 'Tenant'], undefined],
  ['User', ['Group', 'Tenant'], undefined],
  ['Label', [], undefined],
  [
    'Agent',
    ['Tenant'],
    recordType([
      ['name', required(STRING)],
      ['provider', optional(STRING)],
      ['user', optional(entityType('User'))],
    ]),
  ],
  ['Trajectory', ['Trajectory'], trajectoryType()],
  [
    'Message',
    ['Trajectory'],
    recordType([
      ['role', required(entityType('Role'))],
      ['text', required(STRING)],
    ]),
  ],
];

function trajectoryType(): RecordType {
  const counters: CedarType = LONG;
  return recordType([
    ['steps', required(counters)],
    ['toolCalls', required(counters)],
    ['parent', optional(entityType('Trajectory'))],
    ['labels', required(setType(entityType('Label')))],
    ['spentMicros', optional(counters)],
    ['elapsedSeconds', optional(counters)],
    ['callsInWindow', optional(counters)],
    ['uniqueRecentCalls', optional(counters)],
  ]);
}

function userType(agent: Agent, options: AgentSchemaOptions): RecordType | undefined {
  if (agent.userSchema === undefined) return undefined;
  const { view } = mapObjectSchema(agent.userSchema, options.numbers);
  return view.fields.size === 0 ? undefined : typeOfRecord(view);
}

/** The entity types of an agent's schema but that of the roles. */
export function entityTypesOf(agent: Agent, options: AgentSchemaOptions): readonly AgentEntityType[] {
  return ENTITY_TYPES.map((type) => (type[0] === 'User' ? [type[0], type[1], userType(agent, options)] : type));
}

function writeSchema(actions: readonly AgentAction[], entityTypes: readonly AgentEntityType[]): WrittenSchema {
  const writer = new SchemaWriter(AGENT_SCHEMA_NAME);
  for (const [name, parents, shape] of entityTypes) writer.entity(name, parents, shape);
  writer.enumeration('Role', ROLES);
  for (const group of [...STAGES, ...HINT_GROUPS]) writer.action({ id: group, groups: [] });
  for (const { id, groups, resource, context } of actions)
    writer.action({ id, groups, appliesTo: { principals: ['Agent', 'User'], resources: [resource], context } });
  return writer.finish();
}
