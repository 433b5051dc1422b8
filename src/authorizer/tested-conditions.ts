import type { Frame } from '../compiler/frame.js';
import { LikePatterns } from '../compiler/like-pattern.js';
import type { TierCounts } from '../compiler/tiers.js';
import type { Conditions } from '../evaluator/conditions.js';
import { setContains, valuesEqual } from '../values/equality.js';
import { matchesPattern } from '../values/pattern.js';
import type { Value } from '../values/value.js';
import { type FirstTest, firstTests } from './first-tests.js';
import type { ConditionRunner, ConditionRunners } from './index-types.js';

type PathTest = FirstTest extends infer Each ? (Each extends FirstTest ? Omit<Each, 'path'> : never) : never;

/** The first tests of some conditions, by path; plain data. */
export type TestsByPath = readonly (readonly [path: FirstTest['path'], tests: readonly PathTest[]])[];

/** The first tests of conditions by path; undefined where none are known. */
export function testsByPath(conditions: Parameters<typeof firstTests>[0]): TestsByPath | undefined {
  const byPath: [FirstTest['path'], PathTest[]][] = [];
  const tests = firstTests(conditions);
  for (const test of tests ?? []) {
    const { path } = test;
    // Most follow one of the same path.
    const last = byPath.at(-1);
    const known = last?.[0] === path ? last : byPath.find((one) => isSamePath(one[0], path));
    if (known === undefined) byPath.push([path, [withoutPath(test)]]);
    else known[1].push(withoutPath(test));
  }
  return tests === undefined ? undefined : byPath;
}

function isSamePath(a: FirstTest['path'], b: FirstTest['path']): boolean {
  return a.length === b.length && a.every((name, at) => name === b[at]);
}

function withoutPath(test: FirstTest): PathTest {
  switch (test.kind) {
    case 'equals':
    case 'has-element':
      return { kind: test.kind, literals: test.literals };
    case 'is':
    case 'is-empty':
      return { kind: test.kind, value: test.value };
    case 'like':
      return { kind: test.kind, pattern: test.pattern };
  }
}

/**
 * Evaluates conditions only where one of their first tests is met, so that a process that decides a few times neither
 * reads nor compiles most of them.
 */
export class TestedConditions implements ConditionRunners {
  readonly counts: TierCounts = { closures: 0, generated: 0, deferred: 0, functions: 0, fused: 0 };
  readonly patterns = new LikePatterns();
  readonly fuseAfter = Number.POSITIVE_INFINITY;
  private readonly runners = new Map<Conditions, ConditionRunner | undefined>();

  /** `tests` are what `testsByPath` says of the conditions; `none` where there are no conditions. */
  add(conditions: Conditions, tests: TestsByPath | undefined | 'none'): void {
    this.runners.set(conditions, tests === 'none' ? undefined : this.runnerFor(conditions, tests));
  }

  runnerOf(conditions: Conditions): ConditionRunner | undefined {
    return this.runners.has(conditions) ? this.runners.get(conditions) : conditions;
  }

  private runnerFor(conditions: Conditions, tests: TestsByPath | undefined): ConditionRunner {
    return {
      evaluate: (frame) => {
        if (tests !== undefined && !isAnyMet(tests, frame)) return false;
        this.counts.closures++;
        return conditions.evaluate(frame);
      },
    };
  }
}

function isAnyMet(tests: TestsByPath, frame: Frame): boolean {
  for (const [path, ofPath] of tests) {
    const value = valueAt(path, frame);
    if (value === undefined) return true;
    for (const test of ofPath) if (isMet(test, value)) return true;
  }
  return false;
}

function isMet(test: PathTest, value: Value): boolean {
  switch (test.kind) {
    case 'equals':
      return test.literals.some((literal) => valuesEqual(value, literal));
    case 'has-element':
      if (typeof value !== 'object' || value.kind !== 'set') return true;
      return test.literals.some((literal) => setContains(value, literal));
    case 'is-empty':
      return typeof value !== 'object' || value.kind !== 'set' || (value.elements.length === 0) === test.value;
    case 'is':
      return typeof value !== 'boolean' || value === test.value;
    case 'like':
      return typeof value !== 'string' || matchesPattern(value, test.pattern);
  }
}

/** Undefined where there is no such attribute, or nothing that has attributes. */
function valueAt([variable, ...attributes]: FirstTest['path'], frame: Frame): Value | undefined {
  let value: Value | undefined = frame[variable];
  for (const attribute of attributes) {
    if (typeof value !== 'object') return undefined;
    if (value.kind === 'record') value = value.fields.get(attribute);
    else if (value.kind === 'entity') value = frame.entities.find(value)?.attributes.get(attribute);
    else return undefined;
  }
  return value;
}
