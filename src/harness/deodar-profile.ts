import { failure, type Result, success } from '../diagnostics/diagnostic.js';
import { entityUid } from '../values/value.js';
import type { Agent } from './agent.js';
import { AGENT_SCHEMA_NAME, type AgentSchemaOptions, createAgentSchema } from './agent-schema.js';
import { buildRequest } from './build-request.js';
import { type NamedText, type Profile, type ProfileAction, resolveTexts } from './profile.js';

/** The default profile: one fixed schema, stages as action groups. `schema` declares more, for entities of the host. */
export function createDeodarProfile(
  agent: Agent,
  options: AgentSchemaOptions,
  schema: readonly NamedText[] = [],
): Result<Profile> {
  const derived = createAgentSchema(agent, options);
  if (!derived.ok) return derived;
  const agentSchema = derived.value;
  const { text, fragment } = agentSchema;
  const resolved =
    fragment === undefined
      ? resolveTexts([{ file: AGENT_SCHEMA_NAME, text }, ...schema])
      : resolveTexts(schema, [fragment]);
  if (!resolved.ok) return failure([...derived.diagnostics, ...resolved.diagnostics]);
  const tools = new Map(
    [...agentSchema.tools.values()].flatMap(({ tool, call, result }) => [
      [call.id, tool.name] as const,
      [result.id, tool.name] as const,
    ]),
  );
  const actions = [...agentSchema.actions.values()].map(
    ({ id, stage }): ProfileAction => ({ uid: entityUid('Action', id), tool: tools.get(id) ?? null, stages: [stage] }),
  );
  const profile: Profile = {
    name: 'deodar',
    text: [text, ...schema.map((each) => each.text)].join('\n'),
    schema: resolved.value,
    actions,
    makesEntity: ({ type, id }) => type === 'Message' || (type === 'Agent' && id === agent.id),
    buildRequest: (world, trajectory, event) => buildRequest(agentSchema, world, trajectory, event),
  };
  return success(profile, [...derived.diagnostics, ...resolved.diagnostics]);
}
