import { failure, type Result, success } from '../diagnostics/diagnostic.js';
import type { Agent } from './agent.js';
import { AGENT_SCHEMA_NAME, type AgentSchemaOptions, createAgentSchema } from './agent-schema.js';
import { buildRequest } from './build-request.js';
import { pathContext } from './facts.js';
import { type NamedText, type Profile, resolveTexts } from './profile.js';
import { profileActions } from './profile-actions.js';

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
  const profile: Profile = {
    name: 'deodar',
    text: [text, ...schema.map((each) => each.text)].join('\n'),
    schema: resolved.value,
    actions: profileActions(agentSchema),
    factContext: pathContext(agent.workspace),
    makesEntity: ({ type, id }) => type === 'Message' || (type === 'Agent' && id === agent.id),
    buildRequest: (world, trajectory, event) => buildRequest(agentSchema, world, trajectory, event),
  };
  return success(profile, [...derived.diagnostics, ...resolved.diagnostics]);
}
