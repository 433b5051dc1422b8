import { diagnostic, failure, type Result } from '../diagnostics/diagnostic.js';
import type { Agent } from './agent.js';
import type { AgentSchemaOptions } from './agent-schema.js';
import { createDeodarProfile } from './deodar-profile.js';
import { createMcpProfile, type McpOptions } from './mcp-profile.js';
import type { NamedText, Profile } from './profile.js';
import { createSonderaProfile, type SonderaOptions } from './sondera-profile.js';

/** How policies see an agent: by name, or with options of that profile. */
export type ProfileSettings =
  | 'deodar'
  | 'sondera'
  | ({ readonly kind: 'sondera' } & SonderaOptions)
  | ({ readonly kind: 'mcp' } & McpOptions);

export interface CreateProfileOptions extends AgentSchemaOptions {
  readonly profile?: ProfileSettings;
  readonly schema?: string | readonly NamedText[];
}

/** Derives from an agent how policies see it. */
export function createProfile(agent: Agent, options: CreateProfileOptions = {}): Result<Profile> {
  const { profile = 'deodar', schema } = options;
  if (profile === 'deodar')
    return createDeodarProfile(agent, options, typeof schema === 'string' ? [{ text: schema }] : schema);
  if (profile === 'sondera') return createSonderaProfile(agent);
  // What a program without types hands over may be anything.
  const kind: unknown = typeof profile === 'object' && profile !== null ? profile.kind : undefined;
  if (kind === 'sondera' && profile.kind === 'sondera') return createSonderaProfile(agent, profile);
  if (kind === 'mcp' && profile.kind === 'mcp') return createMcpProfile(agent, profile);
  const help = 'profiles: "deodar", "sondera", { kind: "sondera", ... }, { kind: "mcp", stub: { text } }';
  return failure([diagnostic('bad-setting', 'the setting `profile` has a value that it does not know', { help })]);
}
