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
  const { profile = 'deodar', schema, undeclared } = options;
  if (profile === 'deodar')
    return createDeodarProfile(agent, options, typeof schema === 'string' ? [{ text: schema }] : schema);
  if (profile === 'sondera') return ofProfile('sondera', options, createSonderaProfile(agent, {}, undeclared));
  // What a program without types hands over may be anything.
  const kind: unknown = typeof profile === 'object' && profile !== null ? profile.kind : undefined;
  if (kind === 'sondera' && profile.kind === 'sondera')
    return ofProfile(kind, options, createSonderaProfile(agent, profile, undeclared));
  if (kind === 'mcp' && profile.kind === 'mcp') return ofProfile(kind, options, createMcpProfile(agent, profile));
  const help = 'profiles: "deodar", "sondera", { kind: "sondera", ... }, { kind: "mcp", stub: { text } }';
  return failure([diagnostic('bad-setting', 'the setting `profile` has a value that it does not know', { help })]);
}

/** Settings that only some profiles know: elsewhere they would quietly do nothing. */
const SETTINGS_OF: Readonly<Record<'sondera' | 'mcp', readonly (keyof CreateProfileOptions)[]>> = {
  sondera: ['schema', 'numbers', 'unregistered'],
  mcp: ['schema', 'numbers', 'unregistered', 'undeclared'],
};

const INSTEAD: Readonly<Record<string, string>> = {
  'sondera schema': 'give a schema of this layout as `profile: { kind: "sondera", schema: { text } }`',
  'mcp schema': 'declare entities in the stub',
  'mcp numbers': 'give the profile `numbersAsDecimal: true`',
};

function ofProfile(kind: 'sondera' | 'mcp', options: CreateProfileOptions, made: Result<Profile>): Result<Profile> {
  const unknown = SETTINGS_OF[kind].filter((name) => options[name] !== undefined);
  if (unknown.length === 0) return made;
  const found = unknown.map((name) =>
    diagnostic('bad-setting', `the profile ${kind} has no setting \`${name}\``, {
      help: INSTEAD[`${kind} ${name}`] ?? 'leave it out, or use the profile deodar',
    }),
  );
  return failure([...found, ...made.diagnostics]);
}
