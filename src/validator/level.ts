import type { Expr, Has } from '../ast/expression.js';
import { UNKNOWN } from '../ast/operators.js';
import { childrenOf } from '../ast/walk.js';
import type { RequestEnvironment, Schema } from '../schema/schema.js';
import type { Span } from '../text/source.js';
import { sameUid } from '../values/equality.js';
import { findAttribute } from './attributes.js';
import { type ExpressionType, isEntity } from './expression-type.js';
import type { PolicyTest } from './policy-tests.js';
import type { Problem } from './problem.js';

/** A policy that is typed in one request environment, and the level it may have. */
export interface LevelSetup {
  readonly types: ReadonlyMap<Expr, ExpressionType>;
  readonly level: number;
  readonly environment: RequestEnvironment;
  readonly schema: Schema;
}

/**
 * Finds where a policy reads attributes, tags or ancestors of entities that are more than `level - 1` steps away from
 * those of the request, or of entities that are written in the policy. What is never evaluated does not count.
 */
export function levelProblems(tests: readonly PolicyTest[], setup: LevelSetup): readonly Problem[] {
  const check = new LevelCheck(setup);
  for (const test of tests) if (test.kind === 'expression') check.check(test.expr);
  return check.problems;
}

class LevelCheck {
  readonly problems: Problem[] = [];
  private readonly setup: LevelSetup;
  /** An operand of `is .. in` is looked at twice, and tests can stand inside each other. */
  private readonly checked = new Set<Expr>();

  constructor(setup: LevelSetup) {
    this.setup = setup;
  }

  /** Checks an expression whose value is not read from. */
  check(expr: Expr): void {
    if (!this.isReached(expr) || this.checked.has(expr)) return;
    this.checked.add(expr);
    switch (expr.kind) {
      case 'access':
        if (this.isEntity(expr.object)) this.limit(this.target(expr.object, []), expr.span);
        else this.check(expr.object);
        return;
      case 'has':
        this.checkPath(expr);
        return;
      case 'is':
        this.check(expr.operand);
        if (expr.in !== undefined && this.isReached(expr.in)) this.checkMember(expr.operand, expr.in, expr.span);
        return;
      case 'binary':
        if (expr.op === 'in' || expr.op === 'hasTag' || expr.op === 'getTag') {
          this.checkMember(expr.left, expr.right, expr.span);
          return;
        }
        break;
      case 'call':
        if (expr.name === UNKNOWN) return;
        break;
      default:
        break;
    }
    for (const child of childrenOf(expr)) this.check(child);
  }

  private checkMember(left: Expr, right: Expr, span: Span | undefined): void {
    // A test of the scope has no place of its own: what is written there is the right side.
    this.limit(this.target(left, []), span ?? right.span);
    this.check(right);
  }

  /** `object has a.b` reads `object.a` too; only the farthest entity that is read from is reported. */
  private checkPath(expr: Has): void {
    let type = this.setup.types.get(expr.object);
    if (type !== undefined && !isEntity(type)) this.check(expr.object);
    const throughRecords: string[] = [];
    let target: number | undefined;
    let next: number | undefined;
    for (const attribute of expr.path) {
      if (type === undefined) break;
      if (isEntity(type)) {
        target = next ?? this.target(expr.object, throughRecords.reverse());
        next = target + 1;
      } else if (next === undefined) throughRecords.push(attribute);
      type = findAttribute(type, attribute, this.setup.schema)?.type;
    }
    if (target !== undefined) this.limit(target, expr.span);
  }

  private limit(targetLevel: number, span: Span | undefined): void {
    const { level } = this.setup;
    if (targetLevel < level) return;
    this.problems.push({
      kind: 'EntityDerefLevelViolation',
      message: `this needs level ${targetLevel + 1}, and the most that is allowed is ${level}`,
      span,
      help: 'reach the value in fewer steps, through the request or its context, or allow a higher level',
      data: { needed: targetLevel + 1, allowed: level },
    });
  }

  /**
   * How many steps away an entity is that is read from. `path` are the attributes that are read of a record on the way,
   * the next one last.
   */
  private target(expr: Expr, path: readonly string[]): number {
    switch (expr.kind) {
      case 'variable':
        return 0;
      case 'entity':
        // The action of the request may be written out as well.
        if (!sameUid(expr.uid, this.setup.environment.action.uid)) this.refuseLiteral(expr.span);
        return 0;
      case 'if': {
        this.check(expr.test);
        const then = this.isReached(expr.then) ? this.target(expr.then, path) : 0;
        return Math.max(then, this.isReached(expr.else) ? this.target(expr.else, path) : 0);
      }
      case 'access':
        if (this.isEntity(expr.object)) return this.target(expr.object, path) + 1;
        return this.target(expr.object, [...path, expr.attribute]);
      case 'binary':
        if (expr.op !== 'getTag') return 0;
        this.check(expr.right);
        return this.target(expr.left, path) + 1;
      case 'record': {
        const wanted = path.at(-1);
        let level = 0;
        for (const { key, value } of expr.entries) {
          if (key === wanted) level = this.target(value, path.slice(0, -1));
          else this.check(value);
        }
        return level;
      }
      default:
        return 0;
    }
  }

  private refuseLiteral(span: Span | undefined): void {
    this.problems.push({
      kind: 'EntityDerefLevelViolation',
      message: 'nothing can be read from an entity that is written in the policy, at any level',
      span,
      help: 'reach the entity through the request, or do not limit the level',
    });
  }

  private isReached(expr: Expr): boolean {
    return this.setup.types.has(expr);
  }

  private isEntity(expr: Expr): boolean {
    const type = this.setup.types.get(expr);
    return type !== undefined && isEntity(type);
  }
}
