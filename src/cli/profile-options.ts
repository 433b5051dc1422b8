import { failure, type Result, success } from '../diagnostics/diagnostic.js';
import type { ProfileSettings } from '../harness/create-profile.js';
import type { McpSchemaOptions } from '../harness/mcp-schema.js';
import type { HarnessSettings } from '../harness/prepare-harness.js';
import { parseJson } from '../json/parse-json.js';
import type { Source } from '../text/source.js';
import { type OptionsConfig, type OptionValues, type Session, textOption, UsageError, wordOption } from './command.js';

const MCP_FLAGS: Readonly<Record<string, keyof McpSchemaOptions>> = {
  'include-outputs': 'includeOutputs',
  'objects-as-records': 'objectsAsRecords',
  'keep-annotations': 'keepAnnotations',
  'flatten-namespaces': 'flattenNamespaces',
  'numbers-as-decimal': 'numbersAsDecimal',
  deduplicate: 'deduplicateTypes',
};

/** Options that say how policies see an agent, for commands whose `--schema` means another thing. */
export const PROFILE_WITHOUT_SCHEMA: OptionsConfig = {
  profile: { type: 'string' },
  namespace: { type: 'string' },
  stub: { type: 'string' },
  ...Object.fromEntries(Object.keys(MCP_FLAGS).map((flag) => [flag, { type: 'boolean' as const }])),
};

/** Options of the commands about an agent that say how policies see it. */
export const PROFILE_OPTIONS: OptionsConfig = {
  ...PROFILE_WITHOUT_SCHEMA,
  schema: { type: 'string', short: 's' },
};

/** The lines of the help of the first, with room for long names. */
export const PROFILE_WITHOUT_SCHEMA_HELP = `      --profile NAME          how policies see it: deodar (default), sondera or mcp
      --namespace NAME        sondera: the namespace (default: the agent's id)`;

/** The lines of the help of the second, without the options of the profile mcp alone. */
export const PROFILE_HELP = `      --profile NAME     how policies see the agent: deodar (default), sondera or mcp
  -s, --schema FILE      deodar: declarations beside those of the agent, for entities;
                         sondera: a schema of that layout in place of the derived one
      --namespace NAME   sondera: the namespace (default: the agent's id)`;

/** The lines of the help of the options that only the profile mcp has. */
export const MCP_HELP = `Options of the profile mcp:
      --stub FILE             types of principals, resources and contexts, with @mcp_... annotations
      --include-outputs       context.output beside context.input
      --objects-as-records    objects are records instead of entities
      --keep-annotations      the annotations of the stub stay
      --flatten-namespaces    all types in one namespace
      --numbers-as-decimal    numbers are decimals
      --deduplicate           types that are declared alike stand once`;

/** Options of the profile mcp that are switches. */
export function mcpFlags(options: OptionValues): McpSchemaOptions {
  return Object.fromEntries(Object.entries(MCP_FLAGS).map(([flag, name]) => [name, options[flag] === true]));
}

/** The stub that the profile mcp needs. */
export async function readStub(session: Session, options: OptionValues): Promise<Result<Source>> {
  const file = textOption(options, 'stub');
  if (file === undefined)
    throw new UsageError('the profile mcp needs a stub: name its file with --stub, or in deodar.config.json');
  return session.read(file);
}

/** What the options say of the profile, where `--schema` means another thing. */
export async function readProfile(
  session: Session,
  options: OptionValues,
): Promise<Result<Pick<HarnessSettings, 'profile'>>> {
  const { schema: _, ...others } = options;
  return readProfileOptions(session, others);
}

/** What the options say, as settings of a harness. */
export async function readProfileOptions(
  session: Session,
  options: OptionValues,
): Promise<Result<Pick<HarnessSettings, 'profile' | 'schema'>>> {
  const name = profileName(options);
  const file = textOption(options, name === 'mcp' ? 'stub' : 'schema');
  const source = name === 'mcp' ? await readStub(session, options) : await readText(session, file);
  if (!source.ok) return source;
  const given = source.value === undefined ? undefined : { text: source.value.text, ...(file && { file }) };
  const namespace = textOption(options, 'namespace');
  if (name === 'deodar') return success(given === undefined ? {} : { schema: [given] });
  const profile: ProfileSettings =
    name === 'mcp'
      ? { kind: 'mcp', stub: given ?? { text: '' }, ...mcpFlags(options) }
      : { kind: 'sondera', ...(namespace && { namespace }), ...(given && { schema: given }) };
  return success({ profile });
}

async function readText(session: Session, file: string | undefined): Promise<Result<Source | undefined>> {
  return file === undefined ? success(undefined) : session.read(file);
}

const OWN_OPTIONS = {
  deodar: ['schema'],
  sondera: ['schema', 'namespace'],
  mcp: ['stub', ...Object.keys(MCP_FLAGS)],
} as const;

/** The profile that a command is told to use; an option of another one would quietly do nothing. */
export function profileName(options: OptionValues): keyof typeof OWN_OPTIONS {
  const name = wordOption(options, 'profile', ['deodar', 'sondera', 'mcp']) ?? 'deodar';
  const own: readonly string[] = OWN_OPTIONS[name];
  const other = Object.keys(PROFILE_OPTIONS).find(
    (option) => option !== 'profile' && options[option] !== undefined && !own.includes(option),
  );
  if (other !== undefined) throw new UsageError(`the profile ${name} has no option --${other}`);
  return name;
}

/** The entities that `--entities` names, for a harness to read by its schema. */
export async function readHostEntities(
  session: Session,
  options: OptionValues,
): Promise<Result<Pick<HarnessSettings, 'entities'>>> {
  const file = textOption(options, 'entities');
  if (file === undefined) return success({});
  const source = await session.read(file);
  // Read once here, so that a mistake in it is shown in its file.
  const json = source.ok ? parseJson(source.value) : source;
  if (!source.ok || !json.ok) return failure(json.diagnostics);
  return success({ entities: source.value.text });
}
