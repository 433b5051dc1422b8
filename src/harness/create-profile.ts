import { type Diagnostic, diagnostic, failure, type Result, success } from '../diagnostics/diagnostic.js';
import type { Agent } from './agent.js';
import type { AgentSchemaOptions } from './agent-schema.js';
import { checkSettings } from './check-settings.js';
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
  const wrong = checkSettings(options);
  if (wrong.length > 0) return failure(wrong);
  const { profile = 'deodar', schema, undeclared } = options;
  if (profile === 'deodar')
    return createDeodarProfile(agent, options, typeof schema === 'string' ? [{ text: schema }] : schema);
  const kind = profile === 'sondera' ? profile : profile.kind;
  const unknown = unknownSettings(kind, options);
  if (unknown.length > 0) return failure(unknown);
  const made =
    profile !== 'sondera' && profile.kind === 'mcp'
      ? createMcpProfile(agent, profile)
      : createSonderaProfile(agent, profile === 'sondera' ? {} : profile, undeclared);
  return made.ok ? success(made.value, [...made.diagnostics, ...unusedDeclarations(kind, agent)]) : made;
}

/** What an agent declares for the profile deodar alone. */
function unusedDeclarations(kind: string, agent: Agent): readonly Diagnostic[] {
  const declared = (['tenant', 'rename', 'hostSchema', 'userSchema'] as const).filter(
    (key) => agent[key] !== undefined,
  );
  return declared.map((key) =>
    diagnostic('unused-declaration', `policies of the profile ${kind} see nothing of the agent's \`${key}\``, {
      severity: 'warning',
      pointer: `/${key}`,
      help: 'leave it out, or use the profile deodar',
    }),
  );
}

/** Settings that a profile does not know, so that they would quietly do nothing. */
const FOREIGN: Readonly<Record<'sondera' | 'mcp', readonly (keyof CreateProfileOptions)[]>> = {
  sondera: ['schema', 'numbers', 'unregistered'],
  mcp: ['schema', 'numbers', 'unregistered', 'undeclared'],
};

const INSTEAD: Readonly<Record<string, string>> = {
  'sondera schema': 'give a schema of this layout as `profile: { kind: "sondera", schema: { text } }`',
  'mcp schema': 'declare entities in the stub',
  'mcp numbers': 'give the profile `numbersAsDecimal: true`',
};

function unknownSettings(kind: 'sondera' | 'mcp', options: CreateProfileOptions): readonly Diagnostic[] {
  const unknown = FOREIGN[kind].filter((name) => options[name] !== undefined);
  return unknown.map((name) =>
    diagnostic('bad-setting', `the profile ${kind} has no setting \`${name}\``, {
      help: INSTEAD[`${kind} ${name}`] ?? 'leave it out, or use the profile deodar',
    }),
  );
}
