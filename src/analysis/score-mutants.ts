import type { Policy, PolicySet } from '../ast/policy.js';
import type { Outcomes } from '../authorizer/decide.js';
import { CompiledPolicy } from '../evaluator/compile-policy.js';
import { Conditions, type PolicyOutcome } from '../evaluator/conditions.js';
import type { Environment } from '../evaluator/environment.js';
import type { EvaluationError } from '../evaluator/evaluation-error.js';
import type { Schema } from '../schema/schema.js';
import { validatePolicies } from '../validator/validate-policies.js';
import type { Killer } from './find-killer.js';
import { lintPolicies } from './lint-policies.js';
import { type Mutant, type MutationKind, mutantsOf } from './mutate-policy.js';

/** A passed test, as far as mutants are concerned. */
export interface MutationCase {
  readonly name: string;
  readonly environment: Environment;
  /** What the test finds different when the policies say this. */
  readonly differences: (outcomes: Outcomes) => readonly string[];
  /** Whether `@escalate` counts. */
  readonly hasEscalations: boolean;
}

/** A change that makes a policy another one, and whether a test notices. */
export interface ScoredMutant extends Mutant {
  /** Name of the first test that fails with it; undefined when none does. */
  readonly killedBy: string | undefined;
  /** A request that would notice, where one was looked for and found. */
  readonly killer?: Killer | undefined;
  /** Whether the requests of tests have an action of the policy, where that was looked for. */
  readonly isAsked?: boolean;
}

export interface ScoreInput {
  readonly policySet: PolicySet;
  readonly compiled: readonly CompiledPolicy[];
  readonly cases: readonly MutationCase[];
  /** Changes that make a valid policy invalid are left out: `deodar check` finds them. */
  readonly schema: Schema | undefined;
  /** Called before each policy with how many were done, and after the last. */
  readonly onPolicy?: (done: number, total: number) => void;
}

/**
 * Changes policies one by one and asks the tests. What the other policies say to each request is known before, so only
 * the changed one is evaluated. Changes that can never make a difference are left out.
 */
export function scoreMutants(input: ScoreInput): readonly ScoredMutant[] {
  const { policySet, compiled, cases, schema } = input;
  const bases = cases.map((each) => ({
    ...each,
    outcomes: compiled.map((policy) => policy.evaluate(each.environment)),
  }));
  const isAnyEscalated = cases.some(({ hasEscalations }) => hasEscalations);
  const policies = [...policySet.policies, ...policySet.templates];
  const scored = policies.flatMap((policy, done) => {
    input.onPolicy?.(done, policies.length);
    const places = compiled.flatMap((each, index) => (each.policy === policy ? [index] : []));
    // A template without links does nothing, whatever it says.
    if (places.length === 0) return [];
    const isValid = schema !== undefined && isValidFor(policy, schema);
    return mutantsOf(policy).flatMap((mutant) => {
      if (mutant.kind === 'escalate' && !isAnyEscalated) return [];
      if (
        isValid &&
        !STILL_VALID.has(mutant.kind) &&
        mutant.mutated !== undefined &&
        !isValidFor(mutant.mutated, schema)
      )
        return [];
      const killedBy = killer(mutant, places, compiled, bases);
      return killedBy === undefined && mutant.kind !== 'member' && isEquivalent(mutant)
        ? []
        : [{ ...mutant, killedBy }];
    });
  });
  input.onPolicy?.(policies.length, policies.length);
  return scored;
}

/** Changes that change no type. */
const STILL_VALID: ReadonlySet<MutationKind> = new Set([
  'effect',
  'escalate',
  'negated',
  'number',
  'pattern',
  'member',
]);

interface BaseCase extends MutationCase {
  /** What each policy says, unchanged. */
  readonly outcomes: readonly PolicyOutcome[];
}

/** The first test that finds a difference. */
function killer(
  { mutated }: Mutant,
  places: readonly number[],
  compiled: readonly CompiledPolicy[],
  bases: readonly BaseCase[],
): string | undefined {
  const conditions = new Conditions(mutated ?? { conditions: [] });
  const changed = new Map(
    places.flatMap((index) => {
      const before = compiled[index];
      if (before === undefined) return [];
      const { id, values } = before;
      return [[index, mutated === undefined ? undefined : new CompiledPolicy(id, mutated, conditions, values)]];
    }),
  );
  for (const { name, environment, outcomes, differences } of bases) {
    const said = new Map<number, PolicyOutcome>();
    let isSilent = true;
    for (const [index, policy] of changed) {
      const outcome = policy?.evaluate(environment) ?? false;
      said.set(index, outcome);
      if (outcome !== false || outcomes[index] !== false) isSilent = false;
    }
    // A policy that did not fire and does not fire decides nothing.
    if (isSilent) continue;
    const all = compiled.map((policy, index) => ({
      policy: changed.get(index) ?? policy,
      outcome: said.get(index) ?? outcomes[index] ?? false,
    }));
    if (differences(outcomesOf(all)).length > 0) return name;
  }
  return undefined;
}

function outcomesOf(all: readonly { readonly policy: CompiledPolicy; readonly outcome: PolicyOutcome }[]): Outcomes {
  const permits: CompiledPolicy[] = [];
  const forbids: CompiledPolicy[] = [];
  const errors: { policy: CompiledPolicy; error: EvaluationError }[] = [];
  for (const { policy, outcome } of all) {
    if (outcome === true) (policy.effect === 'permit' ? permits : forbids).push(policy);
    else if (outcome !== false) errors.push({ policy, error: outcome });
  }
  return { permits, forbids, errors };
}

function isValidFor(policy: Policy, schema: Schema): boolean {
  const { errors } = validatePolicies(setOf(policy), schema);
  return errors.length === 0;
}

/** Whether it is certain that no request tells the change from the policy. */
function isEquivalent({ original, mutated }: Mutant): boolean {
  if (mutated === undefined) return neverFires(original);
  if (neverFires(original) && neverFires(mutated)) return true;
  const [a, b] = [withoutSource(original), { ...withoutSource(mutated), id: `${mutated.id} changed` }];
  return lintPolicies({ policies: [a, b], templates: [], links: [] }).some(({ code }) => code === 'duplicate-policy');
}

/** Neither fires nor fails. */
function neverFires(policy: Policy): boolean {
  return lintPolicies(setOf(withoutSource(policy))).some(({ code }) => code === 'never-satisfied');
}

/** Without the comments in its text, which may ask to ignore a finding. */
function withoutSource(policy: Policy): Policy {
  return { ...policy, source: undefined };
}

function setOf(policy: Policy): PolicySet {
  const isTemplate = policy.slots.length > 0;
  return { policies: isTemplate ? [] : [policy], templates: isTemplate ? [policy] : [], links: [] };
}
