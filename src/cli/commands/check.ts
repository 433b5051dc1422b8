import { type Diagnostic, hasErrors } from '../../diagnostics/diagnostic.js';
import type { Source } from '../../text/source.js';
import type { ValidationOptions } from '../../validator/validate-policies.js';
import {
  type HowPoliciesSee,
  harnessProblems,
  lintLoaded,
  readValidationOptions,
  schemaFor,
  tally,
  VALIDATION_OPTIONS,
  validateLoaded,
  validationSettings,
} from '../check-policies.js';
import { type Command, Exit, listOption, type OptionValues, type Session, textOption } from '../command.js';
import { count } from '../count.js';
import { readAgentFile } from '../load-agent.js';
import { POLICY_OPTIONS, POLICY_OPTIONS_HELP, parseSources, readLinksFile } from '../load-policies.js';
import { SCHEMA_OPTIONS } from '../load-schema.js';
import { readPolicySources } from '../policy-sources.js';
import { MCP_HELP, PROFILE_WITHOUT_SCHEMA, PROFILE_WITHOUT_SCHEMA_HELP, readProfile } from '../profile-options.js';
import { applyLevels, RULE_OPTIONS, RULE_OPTIONS_HELP, type RuleLevels, readRuleLevels } from '../rule-levels.js';
import { groupPolicies, isFolder, type PolicyGroup } from '../surroundings.js';

export const check: Command = {
  result: 'report',
  options: {
    ...POLICY_OPTIONS,
    ...SCHEMA_OPTIONS,
    ...VALIDATION_OPTIONS,
    ...RULE_OPTIONS,
    agent: { type: 'string' },
    ...PROFILE_WITHOUT_SCHEMA,
    style: { type: 'boolean' },
  },
  settings: validationSettings,
  help: `deodar check: find every mistake in policies that can be found without a request

Usage: deodar check [options] [FILE|FOLDER|GLOB|-]...

Reads the policies (default: those of deodar.config.json, else the current
folder) and reports all syntax errors and ids that are used twice. Where a schema
(*.cedarschema, *.cedarschema.json) lies in the folder of the policies or above,
up to the current folder, they are validated against it; where an agent.json lies
there, everything is checked that the harness checks when it loads them: no
finding means that it loads them.
Last, policies that are valid and can never do anything are named, and why; the
comment \`// deodar-ignore CODE: reason\` before a policy accepts such a finding.

Options:
${POLICY_OPTIONS_HELP}
  -s, --schema FILE           the schema; several are taken together
      --schema-format FORMAT  cedar or json (default: what the text looks like)
      --agent FILE            the agent of the policies
${PROFILE_WITHOUT_SCHEMA_HELP}
      --mode MODE             strict (default) or permissive
      --level N               most steps from the request to the entities that
                              policies read from
      --style                 notes on style too: policies without @id, @description
${RULE_OPTIONS_HELP}
      --config FILE           settings (default: the nearest deodar.config.json);
                              --no-config takes none
      --watch                 check again whenever a file changes
      --format FORMAT         pretty, json, sarif or github
      --json                  the same as --format json
  -h, --help                  this text

${MCP_HELP}

Exit codes: 0 no error, 1 errors, warnings that are denied, or files that cannot be read

Examples:
  deodar check policies/
  cat new.cedar | deodar check -
`,
  watched: (positionals, options) => [
    ...inputsOf(positionals, options),
    ...listOption(options, 'schema'),
    ...listOption(options, 'agent'),
    ...listOption(options, 'stub'),
    ...listOption(options, 'template-linked'),
  ],
  run: async (session, positionals, options) => {
    const inputs = inputsOf(positionals, options);
    const settings = { validation: readValidationOptions(options), levels: readRuleLevels(options) };
    const sources = await readPolicySources(session, inputs);
    const links = await readLinksFile(session, options);
    const profile = await readProfile(session, options);
    if (!sources.ok || !links.ok || !profile.ok)
      return finish(session, options, [...sources.diagnostics, ...links.diagnostics, ...profile.diagnostics], {
        files: 0,
        policies: 0,
        schemas: [],
      });
    const diagnostics: Diagnostic[] = [];
    const schemas = new Set<string>();
    let policies = 0;
    const given = {
      schemas: listOption(options, 'schema'),
      agent: textOption(options, 'agent'),
      stub: textOption(options, 'stub'),
    };
    // What a set lacks can be said where folders are named; a file may be a part of a set.
    const isWhole = inputs.every((input) => isFolder(session, input));
    for (const group of groupPolicies(session, sources.value, inputs, given)) {
      const found = await checkGroup(session, group, links.value, options, {
        ...settings,
        isWhole,
        profile: profile.value,
      });
      for (const d of found.diagnostics) diagnostics.push(d);
      policies += found.policies;
      if (found.schema !== undefined) schemas.add(found.schema);
    }
    return finish(session, options, diagnostics, { files: sources.value.length, policies, schemas: [...schemas] });
  },
};

function inputsOf(positionals: readonly string[], options: OptionValues): readonly string[] {
  const inputs = [...positionals, ...listOption(options, 'policies')];
  return inputs.length > 0 ? inputs : ['.'];
}

interface CheckSettings {
  readonly validation: ValidationOptions;
  readonly levels: RuleLevels;
  /** Whether all policies of the folders are there. */
  readonly isWhole: boolean;
  readonly profile: HowPoliciesSee['profile'];
}

interface GroupFindings {
  readonly diagnostics: readonly Diagnostic[];
  readonly policies: number;
  /** Name of the schema that the policies were validated against. */
  readonly schema: string | undefined;
}

async function checkGroup(
  session: Session,
  group: PolicyGroup,
  links: Source | undefined,
  options: OptionValues,
  { validation: how, levels, isWhole, profile }: CheckSettings,
): Promise<GroupFindings> {
  const loaded = parseSources(group.sources, links, options);
  const agent = group.agent === undefined ? undefined : await readAgentFile(session, group.agent);
  const named = agent?.ok === true && group.agent !== undefined ? { name: group.agent, agent: agent.value } : undefined;
  const schema = await schemaFor(session, group.schemas, named, { options, profile });
  const read = [...loaded.diagnostics, ...(agent?.diagnostics ?? [])];
  const { policySet } = loaded;
  if (policySet === undefined) return { diagnostics: [...read, ...schema.diagnostics], policies: 0, schema: undefined };
  const found = schema.ok ? schema.value : undefined;
  const validation =
    found === undefined ? [] : applyLevels(validateLoaded(loaded, policySet, found.schema, how), levels);
  const loading = named === undefined ? [] : harnessProblems(named.agent, named.name, policySet, validation, profile);
  // What is wrong with a schema that follows from the agent, the harness has said.
  const isSaid = named !== undefined && group.schemas.length === 0;
  const known = [...read, ...(isSaid ? [] : schema.diagnostics), ...validation, ...loading];
  const isPart = !isWhole || hasErrors(known);
  const diagnostics = lintLoaded(loaded, policySet, known, levels, {
    schema: found?.schema,
    style: options['style'] === true,
    isPart,
  });
  const policies = policySet.policies.length + policySet.templates.length;
  return { diagnostics, policies, schema: found?.name };
}

/** Figures of a report. */
interface Figures {
  readonly files: number;
  readonly policies: number;
  readonly schemas: readonly string[];
}

function finish(
  session: Session,
  options: OptionValues,
  diagnostics: readonly Diagnostic[],
  { files, policies, schemas }: Figures,
): number {
  const { errors, warnings, notes } = tally(diagnostics);
  const isFailure = errors > 0 || (warnings > 0 && options['deny-warnings'] === true);
  session.report(diagnostics);
  const found = [
    errors === 0 ? `${count(policies, 'policy', 'policies')}, no errors` : count(errors, 'error'),
    ...(warnings === 0 ? [] : [count(warnings, 'warning')]),
    ...(notes === 0 ? [] : [count(notes, 'note')]),
    ...(errors > 0 || schemas.length === 0 ? [] : [`valid for ${schemas.join(' and ')}`]),
  ];
  session.summarize({
    text: `${count(files, 'file')}, ${found.join(', ')}`,
    isFailure,
    facts: { files, policies, errors, warnings, notes, schemas },
  });
  return isFailure ? Exit.failure : Exit.ok;
}
