import { type Diagnostic, failure, type Result, success } from '../../diagnostics/diagnostic.js';
import type { Agent } from '../../harness/agent.js';
import { type AgentSchemaOptions, createAgentSchema } from '../../harness/agent-schema.js';
import { createProfile } from '../../harness/create-profile.js';
import { createMcpSchema } from '../../harness/mcp-schema.js';
import { readMcpTools } from '../../harness/mcp-types.js';
import { parseAgent } from '../../harness/parse-agent.js';
import { createJsonObject, isJsonArray, isJsonObject, type JsonValue } from '../../json/json-value.js';
import { locateDiagnostics } from '../../json/locate.js';
import { parseJson } from '../../json/parse-json.js';
import { parseSchema } from '../../parser/parse-schema.js';
import { printSchema } from '../../schema/print-schema.js';
import { type Command, Exit, type OptionValues, type Session, textOption, UsageError } from '../command.js';
import {
  MCP_HELP,
  mcpFlags,
  PROFILE_HELP,
  PROFILE_OPTIONS,
  profileName,
  readProfileOptions,
  readStub,
} from '../profile-options.js';
import { fieldReport, sonderaReport } from '../tool-report.js';

export const schema: Command = {
  result: 'other',
  options: {
    agent: { type: 'string' },
    'from-tools': { type: 'string' },
    id: { type: 'string' },
    numbers: { type: 'string' },
    report: { type: 'boolean' },
    ...PROFILE_OPTIONS,
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
      --agent FILE       an agent file
      --from-tools FILE  a list of tools
      --id ID            id of the agent of a list of tools (default: agent)
${PROFILE_HELP}
      --numbers HOW      deodar: JSON's number is a long (default) or a decimal
      --report           what policies can and cannot test, field by field, instead of the schema
      --config FILE      settings (default: the nearest deodar.config.json);
                         --no-config takes none
  -h, --help             this text

${MCP_HELP}

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
      profileName(options) === 'mcp'
        ? await mcpSchema(session, json.value, options)
        : await agentSchema(session, tools === undefined ? json.value : agentJson(json.value, options), options);
    // Pointers lead into the agent that was made of a list of tools, not into the list.
    const located = tools === undefined || profileName(options) === 'mcp';
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

async function agentSchema(session: Session, json: JsonValue, options: OptionValues): Promise<Result<string>> {
  const agent = parseAgent(json);
  if (!agent.ok) return agent;
  const numbers = textOption(options, 'numbers');
  if (numbers !== undefined && numbers !== 'long' && numbers !== 'decimal')
    throw new UsageError(`--numbers takes long or decimal, not ${JSON.stringify(numbers)}`);
  const given: AgentSchemaOptions = numbers === undefined ? {} : { numbers };
  const settings = await readProfileOptions(session, options);
  if (!settings.ok) return settings;
  const profile = createProfile(agent.value, { ...given, ...settings.value });
  if (options.report === true && profile.ok)
    return profileName(options) === 'sondera'
      ? success(agent.value.tools.map(sonderaReport).join('\n'), profile.diagnostics)
      : toolReport(agent.value, given);
  return profile.ok ? success(profile.value.text, profile.diagnostics) : profile;
}

function toolReport(agent: Agent, options: AgentSchemaOptions): Result<string> {
  const schemaOfAgent = createAgentSchema(agent, options);
  if (!schemaOfAgent.ok) return schemaOfAgent;
  return success([...schemaOfAgent.value.tools.values()].map(fieldReport).join('\n'), schemaOfAgent.diagnostics);
}

async function mcpSchema(session: Session, json: JsonValue, options: OptionValues): Promise<Result<string>> {
  if (options.report === true) throw new UsageError('--report is about the profiles deodar and sondera');
  const source = await readStub(session, options);
  const stub = source.ok ? parseSchema(source.value) : source;
  const server = readMcpTools(json);
  if (!stub.ok || !server.ok) return failure([...stub.diagnostics, ...server.diagnostics]);
  const fragment = createMcpSchema(stub.value, server.value, mcpFlags(options));
  return fragment.ok ? printSchema(fragment.value) : fragment;
}
