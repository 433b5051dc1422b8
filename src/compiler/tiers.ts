import type { Conditions } from '../evaluator/conditions.js';
import type { EvaluationError } from '../evaluator/evaluation-error.js';
import { type Code, js, makeFunction, mayGenerate } from './code.js';
import { type ConditionCode, emitConditions } from './emit-conditions.js';
import type { Frame } from './frame.js';
import { type FusedConditions, type FusedTest, fuseConditions } from './fuse-conditions.js';
import { LikePatterns } from './like-pattern.js';
import { RUNTIME } from './runtime.js';
import { SoughtNames } from './sought-names.js';

/** How often each tier has answered. */
export interface TierCounts {
  closures: number;
  generated: number;
  /** Times that generated code left a case to the closures, which are among `closures` too. */
  deferred: number;
  /** Functions that were generated: one for all conditions of one shape. */
  functions: number;
  /** Lists of policies for which one more function was made, which tests them in turn. */
  fused: number;
}

/** Evaluations by closures after which code is generated, when nothing else is asked for. */
const GENERATE_AFTER = 64;

/** Lists of policies are fused when each of them has been tested so many times as often. */
const FUSE_LATER = 16;

/** Longer lists, and more lists than this, are not fused. */
const LONGEST_FUSED = 8;
const MOST_FUSED = 256;

/** More functions than this are not made for one set of policies. */
const MOST_FUNCTIONS = 10_000;

/** The two ways to evaluate conditions, for one set of policies. */
export class Tiers {
  readonly counts: TierCounts = { closures: 0, generated: 0, deferred: 0, functions: 0, fused: 0 };
  readonly patterns = new LikePatterns();
  readonly names = new SoughtNames();
  /** How often conditions are evaluated by closures before their code is generated; infinite where code must not be. */
  readonly generateAfter: number;
  private readonly functions = new Map<string, ConditionCode>();
  /** How often a list of policies is tested one by one before it is fused. */
  readonly fuseAfter: number;
  private readonly runners = new WeakMap<Conditions, TieredConditions>();

  constructor(generateAfter = GENERATE_AFTER) {
    this.generateAfter = Number.isFinite(generateAfter) && mayGenerate() ? generateAfter : Number.POSITIVE_INFINITY;
    this.fuseAfter = this.generateAfter * FUSE_LATER;
  }

  /** What evaluates conditions; the links of a template share it. Undefined where there are none. */
  runnerOf(conditions: Conditions): TieredConditions | undefined {
    if (conditions.written.length === 0) return undefined;
    let runner = this.runners.get(conditions);
    if (runner === undefined) {
      runner = new TieredConditions(conditions, this);
      this.runners.set(conditions, runner);
    }
    return runner;
  }

  /**
   * One function that tests the policies of a list in turn and hands those that do not say false to `note`. Undefined
   * where there is code for all of them only later, or never.
   */
  fuse<Entry extends { readonly conditions: object | undefined }, Found>(
    entries: readonly Entry[],
    note: (entry: Entry, outcome: true | EvaluationError, found: Found) => void,
  ): FusedTest<Found> | undefined {
    if (entries.length < 2 || entries.length > LONGEST_FUSED || this.counts.fused >= MOST_FUSED) return undefined;
    const list: (readonly [Entry, FusedConditions | undefined])[] = [];
    for (const entry of entries) {
      const { conditions } = entry;
      const code = conditions instanceof TieredConditions ? conditions.generated() : undefined;
      if (conditions !== undefined && code === undefined) return undefined;
      list.push([entry, code]);
    }
    this.counts.fused++;
    return fuseConditions(list, note, this.counts);
  }

  /** The function for some code; the same one for the same code. */
  functionOf(body: Code): ConditionCode | undefined {
    const text = body.toString();
    const known = this.functions.get(text);
    if (known !== undefined || this.functions.size >= MOST_FUNCTIONS) return known;
    const made = makeFunction(js`f, k`, body, RUNTIME);
    if (!isConditionCode(made)) return undefined;
    this.functions.set(text, made);
    this.counts.functions++;
    return made;
  }
}

function isConditionCode(made: unknown): made is ConditionCode {
  return typeof made === 'function';
}

/** Conditions that are evaluated by closures at first and by generated code when they turn out to be used a lot. */
export class TieredConditions {
  private readonly conditions: Conditions;
  private readonly tiers: Tiers;
  private readonly counts: TierCounts;
  private code: ConditionCode | undefined = undefined;
  private constants: readonly unknown[] = [];
  private uses = 0;

  constructor(conditions: Conditions, tiers: Tiers) {
    this.conditions = conditions;
    this.tiers = tiers;
    this.counts = tiers.counts;
  }

  evaluate(frame: Frame): boolean | EvaluationError {
    const { code } = this;
    const outcome = code === undefined ? undefined : code(frame, this.constants);
    if (outcome === undefined) return this.evaluateByClosures(frame);
    this.counts.generated++;
    return outcome;
  }

  /** What is generated, if it is. */
  generated(): FusedConditions | undefined {
    const { code, constants } = this;
    return code === undefined ? undefined : { code, constants, defer: (frame) => this.evaluateByClosures(frame) };
  }

  private evaluateByClosures(frame: Frame): boolean | EvaluationError {
    const { code, counts, conditions } = this;
    if (code !== undefined) counts.deferred++;
    else if (this.uses++ === this.tiers.generateAfter && this.generate()) return this.evaluate(frame);
    counts.closures++;
    return conditions.evaluate(frame);
  }

  /** Whether there is code now. */
  private generate(): boolean {
    const emitted = emitConditions(this.conditions.written, this.tiers);
    const code = emitted === undefined ? undefined : this.tiers.functionOf(emitted.body);
    if (emitted === undefined || code === undefined) return false;
    this.constants = emitted.constants;
    this.code = code;
    return true;
  }
}
