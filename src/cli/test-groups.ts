import { CoverageRecorder, type CoveredPolicy } from '../analysis/coverage.js';
import { findKiller } from '../analysis/find-killer.js';
import { type ScoredMutant, scoreMutants } from '../analysis/score-mutants.js';
import type { Policy, PolicySet } from '../ast/policy.js';
import { compilePolicySet } from '../authorizer/compile-policy-set.js';
import type { CompiledPolicy } from '../evaluator/compile-policy.js';
import type { Environment } from '../evaluator/environment.js';
import type { TestSubject } from '../packs/run-tests.js';
import { createSource } from '../text/source.js';
import type { Progress } from './command.js';
import { loadSchema } from './load-schema.js';
import type { FileResult } from './run-test-files.js';

/** A test with the request that it judges. */
export interface TestCase {
  readonly name: string;
  readonly environment: Environment;
  readonly subject: TestSubject;
  readonly isPassed: boolean;
  /** What the test found different. */
  readonly differences: readonly string[];
}

/** The policies of some test files with all that is asked of them. */
export interface TestGroup {
  readonly policySet: PolicySet;
  readonly compiled: readonly CompiledPolicy[];
  readonly schemaText: string | undefined;
  /** Tests whose request could be made. */
  readonly cases: readonly TestCase[];
}

/** Puts the tests of the same policies together, whatever files they are in. */
export function groupTests(files: readonly FileResult[]): readonly TestGroup[] {
  const groups = new Map<PolicySet, TestGroup & { readonly cases: TestCase[] }>();
  for (const { policySet, schemaText, results } of files) {
    if (policySet === undefined) continue;
    const compiled = compilePolicySet(policySet);
    if (!compiled.ok) continue;
    const group = groups.get(policySet) ?? { policySet, compiled: compiled.value, schemaText, cases: [] };
    groups.set(policySet, group);
    for (const { name, differences, subject } of results) {
      const environment = subject?.environment();
      if (subject === undefined || environment === undefined) continue;
      group.cases.push({ name, environment, subject, differences, isPassed: differences.length === 0 });
    }
  }
  return [...groups.values()];
}

/**
 * What the tests made the policies do. That the traced policies lead to what each test has seen is an invariant, and
 * is checked.
 */
export function coverTests(groups: readonly TestGroup[]): readonly CoveredPolicy[] {
  return groups.flatMap(({ compiled, cases }) => {
    const recorder = new CoverageRecorder(compiled);
    for (const { name, environment, subject, differences } of cases) {
      const traced = subject.differences(recorder.add(environment));
      if (JSON.stringify(traced) !== JSON.stringify(differences))
        throw new Error(`internal invariant: the trace of the test ${JSON.stringify(name)} is not its result`);
    }
    return recorder.coverage().policies;
  });
}

/** Whether the passed tests notice changes of the policies. */
export function mutateTests(groups: readonly TestGroup[], progress: Progress): readonly ScoredMutant[] {
  return groups.flatMap(({ policySet, compiled, schemaText, cases }) => {
    const schema = schemaText === undefined ? undefined : loadSchema([createSource(schemaText)]);
    const passed = cases.filter(({ isPassed }) => isPassed);
    const subjects = passed.map(({ name, environment, subject: { answer } }) => ({ name, environment, answer }));
    const isAsked = (policy: Policy): boolean =>
      compiled.some((each) => each.policy === policy && passed.some((one) => each.matches('action', one.environment)));
    const mutants = scoreMutants({
      policySet,
      compiled,
      schema: schema?.ok === true ? schema.value : undefined,
      cases: passed.map(({ name, environment, subject }) => ({
        name,
        environment,
        differences: subject.differences,
        hasEscalations: subject.kind === 'event',
      })),
      onPolicy: (done, total) => progress('changing policies', done, total),
    });
    const looked = mutants.map((mutant, done) => {
      // What tells members of lists apart is plain: another text.
      if (mutant.killedBy !== undefined || mutant.kind === 'member') return mutant;
      progress('looking for requests that notice changes', done, mutants.length);
      return { ...mutant, killer: findKiller(mutant, compiled, subjects), isAsked: isAsked(mutant.original) };
    });
    progress('looking for requests that notice changes', mutants.length, mutants.length);
    return looked;
  });
}
