import { evaluatePolicies, type Outcomes } from '../authorizer/decide.js';
import { CompiledPolicy } from '../evaluator/compile-policy.js';
import { Conditions } from '../evaluator/conditions.js';
import type { Environment } from '../evaluator/environment.js';
import { valuesEqual } from '../values/equality.js';
import type { Value } from '../values/value.js';
import { conjunctsOf } from './conjuncts.js';
import type { Mutant } from './mutate-policy.js';
import { type Variation, variationsFor } from './vary-request.js';

/** What policies answer. */
export interface Answer {
  readonly decision: string;
  /** Ids of the policies that decide. */
  readonly policies: readonly string[];
}

/** A test whose request can be varied. */
export interface KillerCase {
  readonly name: string;
  readonly environment: Environment;
  readonly answer: (outcomes: Outcomes) => Answer;
}

/** A request that tells a changed policy from the one that is written. */
export interface Killer {
  /** The test whose request it begins with. */
  readonly test: string;
  /** What is different in it; a value that is undefined is an attribute to leave out. */
  readonly changes: readonly { readonly place: string; readonly value: Value | undefined }[];
  readonly expected: Answer;
  /** What the changed policies answer. */
  readonly mutated: Answer;
}

interface Candidate {
  readonly base: KillerCase;
  readonly environment: Environment;
  readonly changes: readonly (Killer['changes'][number] & { readonly old: Value | undefined })[];
}

/** Requests of tests that a search begins with. */
const MOST_BASES = 6;
/** Requests that are tried for one change of a policy, and those of them that all policies are asked about. */
const MOST_TRIED = 1500;
const MOST_ASKED = 24;
/** Changes until a policy fires. */
const MOST_STEPS = 8;

/**
 * Looks for a request that policies answer otherwise once one of them is changed. It begins with the requests of tests,
 * varies what the policy reads, one place after the other until the policy fires, then two at once, and asks both sets of
 * policies. A request with another decision is preferred to one that other policies decide in the same way. Undefined
 * when none was found, which does not mean that there is none.
 */
export function findKiller(
  mutant: Mutant,
  compiled: readonly CompiledPolicy[],
  cases: readonly KillerCase[],
): Killer | undefined {
  const index = compiled.findIndex(({ policy }) => policy === mutant.original);
  const original = compiled[index];
  if (original === undefined) return undefined;
  const { mutated } = mutant;
  const changed =
    mutated === undefined
      ? undefined
      : new CompiledPolicy(original.id, mutated, new Conditions(mutated), original.values);
  const variations = [...variationsFor(mutant.original), ...(mutated === undefined ? [] : variationsFor(mutated))];
  const compare = comparison(compiled, index, changed, mutant);
  let weaker: Killer | undefined;
  let asked = 0;
  for (const candidate of candidatesFor(original, variations, cases)) {
    if (!compare.mayDiffer(candidate.environment)) continue;
    const killer = compare.answers(candidate);
    if (killer !== undefined && killer.expected.decision !== killer.mutated.decision) return killer;
    weaker ??= killer;
    if (++asked >= MOST_ASKED) break;
  }
  return weaker;
}

interface Comparison {
  readonly mayDiffer: (environment: Environment) => boolean;
  /** The killer that a candidate is, if both sets of policies answer differently. */
  readonly answers: (candidate: Candidate) => Killer | undefined;
}

function comparison(
  compiled: readonly CompiledPolicy[],
  index: number,
  changed: CompiledPolicy | undefined,
  { kind }: Mutant,
): Comparison {
  const original = compiled[index];
  const others = compiled.toSpliced(index, 1, ...(changed === undefined ? [] : [changed]));
  return {
    mayDiffer: (environment) => {
      const before = original?.evaluate(environment);
      // Of these the outcome is the same, and what it means is not.
      if (kind === 'effect' || kind === 'escalate') return before === true;
      const after = changed?.evaluate(environment) ?? false;
      return before !== after && (before === true || after === true);
    },
    answers: ({ base, environment, changes }) => {
      const expected = base.answer(evaluatePolicies(compiled, environment));
      const mutated = base.answer(evaluatePolicies(others, environment));
      if (JSON.stringify(expected) === JSON.stringify(mutated)) return undefined;
      return { test: base.name, changes: changes.map(({ place, value }) => ({ place, value })), expected, mutated };
    },
  };
}

/** Requests to try, those nearest to the tests first. */
function* candidatesFor(
  policy: CompiledPolicy,
  variations: readonly Variation[],
  cases: readonly KillerCase[],
): Iterable<Candidate> {
  const score = closeness(policy);
  const bases = cases
    .map((base) => ({ base, environment: base.environment, changes: [] }))
    .map((candidate) => ({ candidate, score: score(candidate.environment) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST_BASES)
    .map(({ candidate }) => candidate);
  let tried = 0;
  const firing = bases.map((candidate) => climb(candidate, variations, score));
  const starts = [...bases, ...firing.filter((candidate) => candidate.changes.length > 0)];
  yield* starts;
  for (const start of starts) {
    for (const once of variedFrom(start, variations)) {
      if (++tried > MOST_TRIED) return;
      yield once;
    }
  }
  for (const start of starts.toReversed()) {
    for (const once of variedFrom(start, variations))
      for (const twice of variedFrom(once, variations)) {
        if (++tried > MOST_TRIED) return;
        yield twice;
      }
  }
}

function* variedFrom(candidate: Candidate, variations: readonly Variation[]): Iterable<Candidate> {
  for (const { place, apply } of variations) {
    const varied = apply(candidate.environment);
    if (varied === undefined) continue;
    const { environment, value } = varied;
    const others = candidate.changes.filter((change) => change.place !== place);
    const known = candidate.changes.find((change) => change.place === place);
    const old = known === undefined ? varied.old : known.old;
    const isBack = value === old || (value !== undefined && old !== undefined && valuesEqual(value, old));
    yield { base: candidate.base, environment, changes: isBack ? others : [...others, { place, value, old }] };
  }
}

/** The candidate as far as single changes bring the policy nearer to firing. */
function climb(
  from: Candidate,
  variations: readonly Variation[],
  score: (environment: Environment) => number,
): Candidate {
  let best = from;
  let reached = score(from.environment);
  for (let step = 0; step < MOST_STEPS; step++) {
    const before = reached;
    for (const next of variedFrom(best, variations)) {
      const closer = score(next.environment);
      if (closer <= reached) continue;
      best = next;
      reached = closer;
      break;
    }
    if (reached === before) break;
  }
  return best;
}

/** How many of the things that a policy asks for a request has. */
function closeness(policy: CompiledPolicy): (environment: Environment) => number {
  const parts = conjunctsOf(policy.policy).map(
    ({ expr, holds }) =>
      new Conditions({ conditions: [{ kind: holds ? 'when' : 'unless', body: expr, span: undefined }] }),
  );
  return (environment) =>
    parts.filter((part) => part.evaluate(environment) === true).length +
    (['principal', 'action', 'resource'] as const).filter((part) => policy.matches(part, environment)).length *
      (parts.length + 1);
}
