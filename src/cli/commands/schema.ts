import { type Diagnostic, failure, type Result, success } from '../../diagnostics/diagnostic.js';
import type { Agent } from '../../harness/agent.js';
import { createAgentSchema } from '../../harness/agent-schema.js';
import { createProfile } from '../../harness/create-profile.js';
import { createMcpSchema, type McpSchemaOptions } from '../../harness/mcp-schema.js';
import { readMcpTools } from '../../harness/mcp-types.js';
import { parseAgent } from '../../harness/parse-agent.js';
import { createJsonObject, isJsonArray, isJsonObject, type JsonValue } from '../../json/json-value.js';
import { locateDiagnostics } from '../../json/locate.js';
import { parseJson } from '../../json/parse-json.js';
import { parseSchema } from '../../parser/parse-schema.js';
import { printSchema } from '../../schema/print-schema.js';
import { type Command, Exit, type OptionValues, type Session, textOption, UsageError } from '../command.js';
import { profileOption } from '../load-harness.js';
import { fieldReport } from '../tool-report.js';

const MCP_FLAGS: Readonly<Record<string, keyof McpSchemaOptions>> = {
  'include-outputs': 'includeOutputs',
  'objects-as-records': 'objectsAsRecords',
  'keep-annotations': 'keepAnnotations',
  'flatten-namespaces': 'flattenNamespaces',
  'numbers-as-decimal': 'numbersAsDecimal',
  deduplicate: 'deduplicateTypes',
};

export const schema: Command = {
  result: 'other',
  options: {
    agent: { type: 'string' },
    'from-tools': { type: 'string' },
    profile: { type: 'string' },
    id: { type: 'string' },
    stub: { type: 'string' },
    numbers: { type: 'string' },
    report: { type: 'boolean' },
    ...Object.fromEntries(Object.keys(MCP_FLAGS).map((flag) => [flag, { type: 'boolean' as const }])),
  },
  settings: (_positionals, options) => [
    ...(options['from-tools'] === undefined ? (['agent'] as const) : []),
    ...(options['agent'] === undefined ? (['tools'] as const) : []),
    'profile',
  ],
  help: `deodar schema: write the Cedar schema that policies for an agent's tools are written against

Usage: deodar schema --agent FILE [options]
       deodar schema --from-tools FILE [options]

FILE holds an agent, or tools: an array of tools, { "tools": [...] }, or the answer
of an MCP server to tools/list. "-" is standard input.

Options:
      --agent FILE            an agent file
      --from-tools FILE       a list of tools
      --profile NAME          deodar (default), sondera or mcp
      --id ID                 id of the agent of a list of tools (default: agent)
      --numbers HOW           JSON's number is a long (default) or a decimal
      --report                what policies can and cannot test, field by field, instead of the schema
      --config FILE           settings (default: the nearest deodar.config.json);
                              --no-config takes none
  -h, --help                  this text

Options of the profile mcp:
      --stub FILE             types of principals, resources and contexts, with @mcp_... annotations
      --include-outputs       context.output beside context.input
      --objects-as-records    objects are records instead of entities
      --keep-annotations      the annotations of the stub stay
      --flatten-namespaces    all types in one namespace
      --numbers-as-decimal    numbers are decimals
      --deduplicate           types that are declared alike stand once

Exit codes: 0 ok, 1 failure

Examples:
  deodar schema --agent agent.json > schema.cedarschema
  deodar schema --from-tools tools.json --report
`,
  run: async (session, _positionals, options) => {
    const agent = textOption(options, 'agent');
    const tools = agent === undefined ? textOption(options, 'from-tools') : undefined;
    const file = agent ?? tools;
    if (file === undefined)
      throw new UsageError('nothing to read: name a file with --agent or --from-tools, or in deodar.config.json');
    const text = await session.read(file);
    const json = text.ok ? parseJson(text.value) : text;
    if (!text.ok || !json.ok) return fail(session, json.diagnostics);
    const made =
      textOption(options, 'profile') === 'mcp'
        ? await mcpSchema(session, json.value, options)
        : agentSchema(tools === undefined ? json.value : agentJson(json.value, options), options);
    // Pointers lead into the agent that was made of a list of tools, not into the list.
    const located = tools === undefined || textOption(options, 'profile') === 'mcp';
    session.report(located ? locateDiagnostics(text.value, made.diagnostics) : made.diagnostics);
    if (made.ok) session.out(made.value);
    return made.ok ? Exit.ok : Exit.failure;
  },
};

function fail(session: Session, diagnostics: readonly Diagnostic[]): number {
  session.report(diagnostics);
  return Exit.failure;
}

/** An agent with the tools of a list, of which only what an agent file knows counts. */
function agentJson(json: JsonValue, options: OptionValues): JsonValue {
  const list = isJsonObject(json) && isJsonObject(json.result) ? json.result : json;
  const tools = isJsonObject(list) && list.tools !== undefined ? list.tools : list;
  const agent = createJsonObject();
  agent.id = textOption(options, 'id') ?? 'agent';
  agent.tools = isJsonArray(tools) ? tools : [tools];
  return agent;
}

function agentSchema(json: JsonValue, options: OptionValues): Result<string> {
  const agent = parseAgent(json);
  if (!agent.ok) return agent;
  const numbers = textOption(options, 'numbers') ?? 'long';
  if (numbers !== 'long' && numbers !== 'decimal')
    throw new UsageError(`--numbers takes long or decimal, not ${JSON.stringify(numbers)}`);
  if (options.report === true) return toolReport(agent.value, numbers);
  const profile = createProfile(agent.value, { numbers, profile: profileOption(options) });
  return profile.ok ? success(profile.value.text, profile.diagnostics) : profile;
}

function toolReport(agent: Agent, numbers: 'long' | 'decimal'): Result<string> {
  const schemaOfAgent = createAgentSchema(agent, { numbers });
  if (!schemaOfAgent.ok) return schemaOfAgent;
  return success([...schemaOfAgent.value.tools.values()].map(fieldReport).join('\n'), schemaOfAgent.diagnostics);
}

async function mcpSchema(session: Session, json: JsonValue, options: OptionValues): Promise<Result<string>> {
  const file = textOption(options, 'stub');
  if (file === undefined) throw new UsageError('the profile mcp needs a stub: name its file with --stub');
  const source = await session.read(file);
  const stub = source.ok ? parseSchema(source.value) : source;
  const server = readMcpTools(json);
  if (!stub.ok || !server.ok) return failure([...stub.diagnostics, ...server.diagnostics]);
  const chosen = Object.entries(MCP_FLAGS).map(([flag, name]) => [name, options[flag] === true] as const);
  const fragment = createMcpSchema(stub.value, server.value, Object.fromEntries(chosen));
  return fragment.ok ? printSchema(fragment.value) : fragment;
}
