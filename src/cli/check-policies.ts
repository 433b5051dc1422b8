import { type LintOptions, lintPolicies } from '../analysis/lint-policies.js';
import type { PolicySet } from '../ast/policy.js';
import { type Diagnostic, type Result, success } from '../diagnostics/diagnostic.js';
import type { Agent } from '../harness/agent.js';
import { createProfile } from '../harness/create-profile.js';
import { type HarnessSettings, prepareHarness } from '../harness/prepare-harness.js';
import { locateDiagnostics } from '../json/locate.js';
import type { Schema } from '../schema/schema.js';
import { createSource } from '../text/source.js';
import { type ValidationOptions, validatePolicies } from '../validator/validate-policies.js';
import type { ValidationDiagnostic } from '../validator/validation-result.js';
import {
  type OptionsConfig,
  type OptionValues,
  type Session,
  type Setting,
  textOption,
  UsageError,
  wordOption,
} from './command.js';
import type { LoadedPolicies } from './load-policies.js';
import { loadSchema, readSchemaSources } from './load-schema.js';
import { applyLevels, askedRules, type RuleLevels } from './rule-levels.js';

/** Options of the commands that validate. */
export const VALIDATION_OPTIONS = {
  mode: { type: 'string' },
  level: { type: 'string' },
} as const satisfies OptionsConfig;

/** The settings of commands that validate policies. */
export function validationSettings(positionals: readonly string[]): readonly Setting[] {
  const others = ['schema', 'agent', 'profile', 'mode', 'level', 'rules', 'denyWarnings'] as const;
  return positionals.length > 0 ? others : ['policies', ...others];
}

/** How `--mode` and `--level` have policies validated. */
export function readValidationOptions(options: OptionValues): ValidationOptions {
  const modes = ['strict', 'permissive'] as const;
  const mode = wordOption(options, 'mode', modes) ?? wordOption(options, 'validation-mode', modes) ?? 'strict';
  const level = textOption(options, 'level');
  if (level === undefined) return { mode };
  if (!/^[0-9]{1,9}$/.test(level)) throw new UsageError(`--level takes a number, not ${JSON.stringify(level)}`);
  return { mode, level: Number(level) };
}

/** A schema with what it is called in messages. */
export interface NamedSchema {
  readonly name: string;
  readonly schema: Schema;
}

/** What says how policies see things: options about schema files, and the profile of agents. */
export interface HowPoliciesSee {
  readonly options: OptionValues;
  readonly profile: Pick<HarnessSettings, 'profile'>;
}

/**
 * The schema of some policies: that of the files, else the one that follows from the agent; undefined when there is
 * neither.
 */
export async function schemaFor(
  session: Session,
  files: readonly string[],
  agent: { readonly name: string; readonly agent: Agent } | undefined,
  { options, profile }: HowPoliciesSee,
): Promise<Result<NamedSchema | undefined>> {
  if (files.length > 0) {
    const sources = await readSchemaSources(session, files);
    if (!sources.ok) return sources;
    const name = sources.value.map((source) => source.name ?? '').join(', ');
    return named(name, loadSchema(sources.value, options));
  }
  if (agent === undefined) return success(undefined);
  const derived = createProfile(agent.agent, profile);
  if (!derived.ok) return derived;
  const name = `<schema of ${agent.name}>`;
  return named(name, loadSchema([createSource(derived.value.text, name)]));
}

function named(name: string, schema: Result<Schema>): Result<NamedSchema> {
  return schema.ok ? success({ name, schema: schema.value }, schema.diagnostics) : schema;
}

/** Validates policies; what was read from JSON gets its place in its file. */
export function validateLoaded(
  { places }: LoadedPolicies,
  policySet: PolicySet,
  schema: Schema,
  options: ValidationOptions = {},
): readonly Diagnostic[] {
  const { errors, warnings } = validatePolicies(policySet, schema, options);
  return [...errors, ...warnings].map((d) => placed(d, places, d.policyId));
}

function placed(d: Diagnostic, places: LoadedPolicies['places'], policyId: string | symbol): Diagnostic {
  const place = d.labels.length === 0 && typeof policyId === 'string' ? places.get(policyId) : undefined;
  if (place === undefined) return d;
  return locateDiagnostics(place.source, [{ ...d, pointer: place.pointer }])[0] ?? d;
}

/**
 * What a harness would find when it loads the policies for an agent. Actions that the validator did not know either are
 * left out, and so is what it has said in the same words of the same place: it has reported them.
 */
export function harnessProblems(
  agent: Agent,
  agentFile: string,
  policySet: PolicySet,
  known: readonly Diagnostic[],
  profile: Pick<HarnessSettings, 'profile'>,
): readonly Diagnostic[] {
  const prepared = prepareHarness(agent, { ...profile, policies: policySet });
  const diagnostics = prepared.ok ? prepared.value.warnings : prepared.diagnostics;
  const reported = new Set(known.filter((d) => d.code === 'unrecognized-action-id').map(placeOf));
  const said = new Set(known.map(findingOf));
  return diagnostics
    .filter((d) => (d.code !== 'unknown-action' || !reported.has(placeOf(d))) && !said.has(findingOf(d)))
    .map((d) => (d.labels.length === 0 && d.file === undefined ? { ...d, file: agentFile } : d));
}

function findingOf(d: Diagnostic): string {
  return `${d.severity} ${d.code} ${placeOf(d)} ${d.message}`;
}

function placeOf({ labels: [label] }: Diagnostic): string {
  return label === undefined ? '' : `${label.source.name} ${label.span.start} ${label.span.end}`;
}

/**
 * Adds what policies can never do to what is known of them. A policy with an error is told nothing but why it never
 * fires, and one that never fires is not called impossible as well.
 */
export function lintLoaded(
  { places }: LoadedPolicies,
  policySet: PolicySet,
  known: readonly Diagnostic[],
  levels: RuleLevels,
  { style, ...options }: LintOptions,
): readonly Diagnostic[] {
  const wrong = new Set(known.filter((d) => d.severity === 'error').map(policyIdOf));
  const found = lintPolicies(policySet, { ...options, style: style === true || askedRules(levels) }).filter(
    (d) => d.severity === 'error' || !wrong.has(policyIdOf(d)),
  );
  const useless = new Set(found.filter((d) => d.severity === 'error').map(policyIdOf));
  const others = known.filter((d) => d.code !== 'impossible-policy' || !useless.has(policyIdOf(d)));
  return [...others, ...applyLevels(found, levels).map((d) => placed(d, places, policyIdOf(d)))];
}

/** The policy that a finding is about, where it says so; no policy has a symbol for its id. */
function policyIdOf(d: Diagnostic | ValidationDiagnostic): string | symbol {
  if ('policyId' in d) return d.policyId;
  const id = d.data?.policyId;
  return typeof id === 'string' ? id : Symbol();
}

/** Number of errors, of warnings and of notes. */
export function tally(diagnostics: readonly Diagnostic[]): Readonly<Record<'errors' | 'warnings' | 'notes', number>> {
  const of = (severity: Diagnostic['severity']): number => diagnostics.filter((d) => d.severity === severity).length;
  return { errors: of('error'), warnings: of('warning'), notes: of('note') };
}
