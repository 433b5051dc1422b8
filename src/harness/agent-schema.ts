import { type Diagnostic, diagnostic, failure, type Result, success } from '../diagnostics/diagnostic.js';
import {
  type Attribute,
  type CedarType,
  entityType,
  LONG,
  optional,
  printType,
  type RecordType,
  recordType,
  required,
  STRING,
  setType,
} from '../types/cedar-type.js';
import { quoteText } from '../values/print.js';
import type { Agent, Tool } from './agent.js';
import { STAGES, type Stage } from './event.js';
import { defaultFactKind, type FactKind } from './fact-declarations.js';
import { factType, TOUCHES_TYPE } from './facts.js';
import { type RecordShape, typeOfShape } from './shape.js';
import { type FieldReport, mapObjectSchema, type NumberMapping } from './tool-mapping.js';

/** Groups that actions of a tool belong to because of the tool's hints. */
export const HINT_GROUPS = ['readOnly', 'destructive', 'openWorld', 'unregistered'] as const;
export type HintGroup = (typeof HINT_GROUPS)[number];

/** The action that stands for calls of tools that the agent did not declare. */
export const UNREGISTERED_ACTION = 'unregistered-tool';

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
  readonly input: RecordShape;
  readonly inputWrapped: boolean;
  readonly output: RecordShape | undefined;
  readonly outputWrapped: boolean;
  readonly factKinds: ReadonlyMap<string, FactKind>;
  readonly inputReport: readonly FieldReport[];
}

/** The default profile of an agent: its tools, the actions that stand for its events, and the schema in Cedar syntax. */
export interface AgentSchema {
  readonly tools: ReadonlyMap<string, AgentTool>;
  readonly actions: ReadonlyMap<string, AgentAction>;
  readonly host: RecordShape | undefined;
  readonly text: string;
}

export interface AgentSchemaOptions {
  readonly numbers?: NumberMapping;
  /** `policy`: calls of undeclared tools become `Action::"unregistered-tool"` and policies decide; otherwise they are denied. */
  readonly unregistered?: 'deny' | 'policy';
}

/** Derives the default profile from an agent. Names that collide are reported, with what to do about it. */
export function createAgentSchema(agent: Agent, options: AgentSchemaOptions = {}): Result<AgentSchema> {
  const diagnostics = collisions(agent.tools);
  if (diagnostics.length > 0) return failure(diagnostics);
  const host = agent.hostSchema === undefined ? undefined : mapObjectSchema(agent.hostSchema, options.numbers).shape;
  const shared: [string, Attribute][] = host === undefined ? [] : [['host', optional(typeOfShape(host))]];
  const tools = new Map(agent.tools.map((tool) => [tool.name, toolOf(tool, agent, options, shared)]));
  const actions = [...messageActions(shared), ...[...tools.values()].flatMap((t) => [t.call, t.result])];
  if (options.unregistered === 'policy') actions.push(unregisteredAction(shared));
  return success({
    tools,
    actions: new Map(actions.map((action) => [action.id, action])),
    host,
    text: renderSchema(actions),
  });
}

function collisions(tools: readonly Tool[]): Diagnostic[] {
  const reserved = new Set<string>(['prompt', 'completion', UNREGISTERED_ACTION, ...STAGES, ...HINT_GROUPS]);
  const names = new Set<string>();
  const found: Diagnostic[] = [];
  for (const { name } of tools) {
    if (names.has(name))
      found.push(
        diagnostic('duplicate-tool', `the agent declares the tool ${JSON.stringify(name)} twice`, {
          help: 'a tool is known by its name: remove or rename one of them',
        }),
      );
    names.add(name);
  }
  for (const name of names) {
    const original = name.endsWith(':result') ? name.slice(0, -':result'.length) : undefined;
    if (!reserved.has(name) && (original === undefined || !names.has(original))) continue;
    found.push(
      diagnostic(
        'tool-name-collision',
        `the tool name ${JSON.stringify(name)} is the name of another action or action group`,
        {
          help: `give the tool another name in the agent, such as ${JSON.stringify(`${name.replaceAll(':', '-')}-tool`)}, and map it back where the tool is called`,
        },
      ),
    );
  }
  return found;
}

function messageActions(shared: readonly [string, Attribute][]): AgentAction[] {
  const context = recordType([['facts', required(recordType([['text', required(factType('text'))]]))], ...shared]);
  return [
    { id: 'prompt', stage: 'PRE_MODEL', groups: ['PRE_MODEL'], resource: 'Message', context },
    { id: 'completion', stage: 'POST_MODEL', groups: ['POST_MODEL'], resource: 'Message', context },
  ];
}

function toolOf(
  tool: Tool,
  agent: Agent,
  options: AgentSchemaOptions,
  shared: readonly [string, Attribute][],
): AgentTool {
  const input = mapObjectSchema(tool.inputSchema, options.numbers);
  const output = tool.outputSchema === undefined ? undefined : mapObjectSchema(tool.outputSchema, options.numbers);
  const factKinds = factKindsOf(tool, input.shape);
  const parameters = typeOfShape(input.shape);
  const facts = factsType(input.shape, factKinds);
  const call: AgentAction = {
    id: tool.name,
    stage: 'PRE_TOOL',
    groups: ['PRE_TOOL', ...hintGroups(tool, agent)],
    resource: 'Trajectory',
    context: recordType([
      ['parameters', required(parameters)],
      ['parametersJson', required(STRING)],
      ['facts', required(facts)],
      ['touches', required(TOUCHES_TYPE)],
      ...shared,
    ]),
  };
  const response = output === undefined ? recordType([['text', required(STRING)]]) : typeOfShape(output.shape);
  const result: AgentAction = {
    id: `${tool.name}:result`,
    stage: 'POST_TOOL',
    groups: ['POST_TOOL'],
    resource: 'Trajectory',
    context: recordType([
      ['response', required(response)],
      ['responseJson', required(STRING)],
      ['facts', required(recordType([['response', required(factType('text'))]]))],
      [
        'call',
        optional(
          recordType([
            ['parameters', required(parameters)],
            ['parametersJson', required(STRING)],
            ['facts', required(facts)],
            ['touches', required(TOUCHES_TYPE)],
          ]),
        ),
      ],
      ...shared,
    ]),
  };
  return {
    tool,
    call,
    result,
    input: input.shape,
    inputWrapped: input.wrapped,
    output: output?.shape,
    outputWrapped: output?.wrapped ?? false,
    factKinds,
    inputReport: input.report,
  };
}

/** Which parameters get facts: the strings among them that the tool declares, or whose name or format says what they are. */
function factKindsOf(tool: Tool, input: RecordShape): ReadonlyMap<string, FactKind> {
  const kinds = new Map<string, FactKind>();
  for (const [name, { shape }] of input.fields) {
    if (shape?.kind !== 'scalar' || shape.type.kind !== 'string' || shape.allowed !== undefined) continue;
    const declared = tool.facts !== undefined && Object.hasOwn(tool.facts, name) ? tool.facts[name] : undefined;
    const kind = declared ?? defaultFactKind(name, formatOf(tool.inputSchema, name));
    if (kind !== undefined && kind !== 'none') kinds.set(name, kind);
  }
  return kinds;
}

function formatOf(schema: unknown, name: string): string | undefined {
  const properties = field(schema, 'properties');
  const format = field(field(properties, name), 'format');
  return typeof format === 'string' ? format : undefined;
}

function field(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  const member: unknown = Reflect.get(value, key);
  return member;
}

function factsType(input: RecordShape, kinds: ReadonlyMap<string, FactKind>): RecordType {
  return recordType(
    [...kinds].map(
      ([name, kind]) =>
        [
          name,
          input.fields.get(name)?.required === true ? required(factType(kind)) : optional(factType(kind)),
        ] as const,
    ),
  );
}

/** Hints come from the tool's server: what makes a call look more dangerous always counts, `readOnly` only from a trusted one. */
function hintGroups(tool: Tool, agent: Agent): HintGroup[] {
  const hints = tool.annotations ?? {};
  const groups: HintGroup[] = [];
  if (hints.readOnlyHint === true && agent.trustToolHints === true) groups.push('readOnly');
  if (hints.destructiveHint === true) groups.push('destructive');
  if (hints.openWorldHint === true) groups.push('openWorld');
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

const ENTITY_TYPES: readonly (readonly [string, string, RecordType | undefined])[] = [
  ['Tenant', '', undefined],
  ['Group', ' in [Group, Tenant]', undefined],
  ['User', ' in [Group, Tenant]', undefined],
  ['Label', '', undefined],
  [
    'Agent',
    ' in [Tenant]',
    recordType([
      ['name', required(STRING)],
      ['provider', optional(STRING)],
      ['user', optional(entityType('User'))],
    ]),
  ],
  ['Trajectory', ' in [Trajectory]', trajectoryType()],
  [
    'Message',
    ' in [Trajectory]',
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

function renderSchema(actions: readonly AgentAction[]): string {
  const entities = ENTITY_TYPES.map(
    ([name, parents, shape]) => `entity ${name}${parents}${shape === undefined ? '' : ` = ${printType(shape)}`};`,
  );
  const groups = [...STAGES, ...HINT_GROUPS].map((group) => `action ${quoteText(group)};`);
  const declared = actions.map((action) => {
    const parents = action.groups.map(quoteText).join(', ');
    return `action ${quoteText(action.id)} in [${parents}] appliesTo {\n  principal: [Agent, User],\n  resource: [${action.resource}],\n  context: ${printType(action.context, '  ')},\n};`;
  });
  return `${[...entities, 'entity Role enum ["user", "model", "system", "tool"];', ...groups, ...declared].join('\n\n')}\n`;
}
