import type { ConditionRunner, ConditionRunners } from '../authorizer/index-types.js';
import type { ConditionCode } from '../compiler/emit-conditions.js';
import type { LikePatterns } from '../compiler/like-pattern.js';
import type { TierCounts } from '../compiler/tiers.js';
import type { Conditions } from '../evaluator/conditions.js';

/** Conditions whose code was generated before; what it does not know the closures do. */
export class GeneratedConditions implements ConditionRunners {
  readonly counts: TierCounts = { closures: 0, generated: 0, deferred: 0, functions: 0, fused: 0 };
  readonly patterns: LikePatterns;
  readonly fuseAfter = Number.POSITIVE_INFINITY;
  private readonly runners = new WeakMap<Conditions, ConditionRunner>();

  constructor(patterns: LikePatterns) {
    this.patterns = patterns;
  }

  add(conditions: Conditions, code: ConditionCode, constants: readonly unknown[]): void {
    this.runners.set(conditions, {
      evaluate: (frame) => code(frame, constants) ?? conditions.evaluate(frame),
    });
  }

  runnerOf(conditions: Conditions): ConditionRunner | undefined {
    if (conditions.written.length === 0) return undefined;
    return this.runners.get(conditions) ?? conditions;
  }
}
