import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { diagnostic } from '../../diagnostics/diagnostic.js';
import type { Source } from '../../text/source.js';
import type { ValidationOptions } from '../../validator/validate-policies.js';
import {
  type HowPoliciesSee,
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
import { groupPolicies, type PolicyGroup } from '../surroundings.js';

export const validate: Command = {
  result: 'report',
  options: {
    ...POLICY_OPTIONS,
    ...SCHEMA_OPTIONS,
    ...VALIDATION_OPTIONS,
    ...RULE_OPTIONS,
    'validation-mode': { type: 'string' },
    agent: { type: 'string' },
    ...PROFILE_WITHOUT_SCHEMA,
  },
  settings: validationSettings,
  help: `deodar validate: check policies against a schema

Usage: deodar validate [options] [FILE|FOLDER|GLOB|-]...

Checks that what policies (default: those of deodar.config.json, else standard
input) name is declared, and that no request that conforms to the schema can make them fail.
Without --schema, the schema files (*.cedarschema, *.cedarschema.json) in the
folder of the policies or above it, up to the current folder, are taken, or what
follows from an agent.json.

Options:
${POLICY_OPTIONS_HELP}
  -s, --schema FILE           the schema; several are taken together
      --schema-format FORMAT  cedar or json (default: what the text looks like)
      --agent FILE            where no schema is found, what follows from this agent
${PROFILE_WITHOUT_SCHEMA_HELP}
      --mode MODE             strict (default) or permissive
      --level N               most steps from the request to the entities that
                              policies read from
${RULE_OPTIONS_HELP}
      --config FILE           settings (default: the nearest deodar.config.json);
                              --no-config takes none
      --watch                 validate again whenever a file changes
      --format FORMAT         pretty, json, sarif or github
      --json                  the same as --format json
  -h, --help                  this text

${MCP_HELP}

Exit codes: 0 valid, 1 something cannot be read, 3 not valid

Examples:
  deodar validate policies/ --schema schema.cedarschema
  cat new.cedar | deodar validate --schema schema.cedarschema --level 1 --deny-warnings
`,
  watched: (positionals, options) => [
    ...inputsOf(positionals, options),
    ...listOption(options, 'schema'),
    ...listOption(options, 'stub'),
    ...listOption(options, 'template-linked'),
  ],
  run: async (session, positionals, options) => {
    const inputs = inputsOf(positionals, options);
    const settings = readValidationOptions(options);
    const levels = readRuleLevels(options);
    const sources = await readPolicySources(session, inputs);
    const links = await readLinksFile(session, options);
    const profile = await readProfile(session, options);
    const outcome: Outcome = { problems: [], findings: [], policies: 0, schemas: new Set() };
    if (sources.ok && links.ok && profile.ok) {
      const given = {
        schemas: listOption(options, 'schema'),
        agent: textOption(options, 'agent'),
        stub: textOption(options, 'stub'),
      };
      for (const group of groupPolicies(session, sources.value, inputs, given))
        await validateGroup(
          session,
          group,
          links.value,
          { options, profile: profile.value },
          { settings, levels },
          outcome,
        );
    } else outcome.problems.push(...sources.diagnostics, ...links.diagnostics, ...profile.diagnostics);
    return finish(session, sources.ok ? sources.value.length : 0, outcome, options['deny-warnings'] === true);
  },
};

function inputsOf(positionals: readonly string[], options: OptionValues): readonly string[] {
  const inputs = [...positionals, ...listOption(options, 'policies')];
  return inputs.length > 0 ? inputs : ['-'];
}

/** What was found in all policies so far. */
interface Outcome {
  /** Of what cannot be read, or warns before anything is validated. */
  readonly problems: Diagnostic[];
  /** Of the validator. */
  readonly findings: Diagnostic[];
  policies: number;
  readonly schemas: Set<string>;
}

async function validateGroup(
  session: Session,
  group: PolicyGroup,
  links: Source | undefined,
  how: HowPoliciesSee,
  { settings, levels }: { readonly settings: ValidationOptions; readonly levels: RuleLevels },
  outcome: Outcome,
): Promise<void> {
  const loaded = parseSources(group.sources, links, how.options);
  for (const d of loaded.diagnostics) outcome.problems.push(d);
  const needsAgent = group.schemas.length === 0 && group.agent !== undefined;
  const agent = needsAgent ? await readAgentFile(session, group.agent) : undefined;
  const named = agent?.ok === true && group.agent !== undefined ? { name: group.agent, agent: agent.value } : undefined;
  const schema = await schemaFor(session, group.schemas, named, how);
  outcome.problems.push(...(agent?.diagnostics ?? []), ...schema.diagnostics);
  if (schema.ok && schema.value === undefined && agent?.ok !== false) outcome.problems.push(noSchema(group));
  const { policySet } = loaded;
  if (policySet === undefined || !schema.ok || schema.value === undefined) return;
  outcome.schemas.add(schema.value.name);
  outcome.policies += policySet.policies.length + policySet.templates.length;
  const found = validateLoaded(loaded, policySet, schema.value.schema, settings);
  for (const d of applyLevels(found, levels)) outcome.findings.push(d);
}

function noSchema({ sources: [first] }: PolicyGroup): Diagnostic {
  return diagnostic('no-schema', 'there is no schema: none was named, and none lies beside the policies', {
    file: first?.name,
    help: 'name it with --schema FILE',
  });
}

function finish(session: Session, files: number, outcome: Outcome, denyWarnings: boolean): number {
  const { problems, findings, policies } = outcome;
  const schemas = [...outcome.schemas];
  const all = [...problems, ...findings];
  const { errors, warnings } = tally(all);
  const isUnread = tally(problems).errors > 0;
  const found = tally(findings);
  const isInvalid = found.errors > 0 || (denyWarnings && found.warnings > 0);
  session.report(all);
  const what = [
    ...(errors === 0 ? [count(policies, 'policy', 'policies')] : [count(errors, 'error')]),
    ...(warnings === 0 ? [] : [count(warnings, 'warning')]),
    isUnread ? 'not validated' : `${isInvalid ? 'not ' : ''}valid for ${schemas.join(' and ')}`,
  ];
  session.summarize({
    text: `${count(files, 'file')}, ${what.join(', ')}`,
    isFailure: isUnread || isInvalid,
    facts: { files, policies, errors, warnings, schemas, valid: !isUnread && !isInvalid },
  });
  if (isUnread) return Exit.failure;
  return isInvalid ? Exit.validation : Exit.ok;
}
