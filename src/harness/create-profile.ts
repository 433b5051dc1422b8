import { diagnostic, failure, type Result } from '../diagnostics/diagnostic.js';
import type { Agent } from './agent.js';
import type { AgentSchemaOptions } from './agent-schema.js';
import { createDeodarProfile } from './deodar-profile.js';
import type { NamedText, Profile } from './profile.js';
import { createSonderaProfile, type SonderaOptions } from './sondera-profile.js';

/** How policies see an agent: by name, or with options of that profile. */
export type ProfileSettings = 'deodar' | 'sondera' | ({ readonly kind: 'sondera' } & SonderaOptions);

export interface CreateProfileOptions extends AgentSchemaOptions {
  readonly profile?: ProfileSettings;
  readonly schema?: string | readonly NamedText[];
}

/** Derives from an agent how policies see it. */
export function createProfile(agent: Agent, options: CreateProfileOptions = {}): Result<Profile> {
  const { profile = 'deodar', schema } = options;
  const name: unknown = typeof profile === 'object' ? profile.kind : profile;
  if (name === 'deodar')
    return createDeodarProfile(agent, options, typeof schema === 'string' ? [{ text: schema }] : schema);
  if (name === 'sondera') return createSonderaProfile(agent, typeof profile === 'object' ? profile : {});
  const help = 'profiles: deodar, sondera';
  return failure([diagnostic('bad-setting', 'the setting `profile` has a value that it does not know', { help })]);
}
