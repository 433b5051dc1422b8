import type { Binary, Expr, Has } from '../ast/expression.js';
import type { BinaryOperator } from '../ast/operators.js';
import type { Policy } from '../ast/policy.js';
import { printExpression } from '../ast/print-expression.js';
import { childrenOf } from '../ast/walk.js';
import { valuesEqual } from '../values/equality.js';
import { matchesPattern, type Pattern } from '../values/pattern.js';
import { printEntityUid } from '../values/print.js';
import type { Long, Value } from '../values/value.js';
import type { Conjunct } from './conjuncts.js';
import type { Outcomes } from './infer-outcome.js';
import { shown } from './infer-outcome.js';

/** Two things that a policy asks for and that cannot both be. */
export interface Contradiction {
  readonly at: Expr;
  readonly because: string;
}

/** What one conjunct says about a subject, which is the same text everywhere in a policy and so has one value. */
type Claim =
  | { readonly kind: 'is'; readonly value: Value }
  | { readonly kind: 'is not'; readonly value: Value }
  | { readonly kind: 'type'; readonly entityType: string; readonly holds: boolean }
  | { readonly kind: 'like'; readonly pattern: Pattern; readonly holds: boolean }
  | { readonly kind: 'at least'; readonly bound: Long }
  | { readonly kind: 'at most'; readonly bound: Long };

interface Said {
  readonly claim: Claim;
  readonly text: string;
}

/** The first conjunct that contradicts an earlier one, or the scope of the policy. */
export function findContradiction(
  policy: Policy,
  conjuncts: readonly Conjunct[],
  outcomes: Outcomes,
): Contradiction | undefined {
  const said = claimsOfScope(policy);
  for (const { expr, holds } of conjuncts) {
    for (const { subject, claim } of [...attributesRead(expr), ...claimsOf(expr, holds, outcomes)]) {
      const key = printExpression(subject);
      const earlier = said.get(key) ?? [];
      const text = `${shown(expr)}${holds ? '' : ' being false'}`;
      const against = earlier.find((other) => excludes(other.claim, claim) || excludes(claim, other.claim));
      if (against !== undefined) return { at: expr, because: `${text} and ${against.text} cannot both be` };
      said.set(key, [...earlier, { claim, text }]);
    }
  }
  return undefined;
}

function claimsOfScope({ principal, action, resource }: Policy): Map<string, readonly Said[]> {
  const said = new Map<string, readonly Said[]>();
  for (const [name, constraint] of Object.entries({ principal, resource })) {
    if (constraint.kind === 'equal' && constraint.entity.kind === 'entity') {
      const { uid } = constraint.entity;
      said.set(name, [
        { claim: { kind: 'is', value: uid }, text: `\`${name} == ${printEntityUid(uid)}\` in the scope` },
      ]);
    } else if (constraint.kind === 'is') {
      const { entityType } = constraint;
      said.set(name, [
        { claim: { kind: 'type', entityType, holds: true }, text: `\`${name} is ${entityType}\` in the scope` },
      ]);
    }
  }
  if (action.kind === 'equal') {
    const { uid } = action.action;
    said.set('action', [
      { claim: { kind: 'is', value: uid }, text: `\`action == ${printEntityUid(uid)}\` in the scope` },
    ]);
  }
  return said;
}

interface ClaimOn {
  readonly subject: Expr;
  readonly claim: Claim;
}

function claimsOf(expr: Expr, holds: boolean, outcomes: Outcomes): readonly ClaimOn[] {
  switch (expr.kind) {
    case 'is':
      return holds || expr.in === undefined
        ? [{ subject: expr.operand, claim: { kind: 'type', entityType: expr.entityType, holds } }]
        : [];
    case 'like':
      return [{ subject: expr.operand, claim: { kind: 'like', pattern: expr.pattern, holds } }];
    case 'has':
      return claimsOfHas(expr, holds);
    case 'binary':
      return claimsOfComparison(expr, holds, outcomes);
    default:
      return [{ subject: expr, claim: { kind: 'is', value: holds } }];
  }
}

/** That the attributes are there which are read whenever an expression is evaluated: otherwise it fails. */
function attributesRead(root: Expr): readonly ClaimOn[] {
  const claims: ClaimOn[] = [];
  const pending = [root];
  for (let expr = pending.pop(); expr !== undefined; expr = pending.pop()) {
    if (expr.kind === 'access') claims.push(attributeThere(expr.object, expr.attribute, true));
    if (expr.kind === 'chain') pending.push(expr.operands[0]);
    else if (expr.kind === 'if') pending.push(expr.test);
    else if (expr.kind === 'is') pending.push(expr.operand);
    else pending.push(...childrenOf(expr));
  }
  return claims;
}

function attributeThere(object: Expr, attribute: string, value: boolean): ClaimOn {
  return { subject: { kind: 'has', object, path: [attribute], span: undefined }, claim: { kind: 'is', value } };
}

/** `a has b.c` says that `a has b` and `a.b has c`; that it is false says less. */
function claimsOfHas({ object, path }: Has, holds: boolean): readonly ClaimOn[] {
  if (!holds) return path.length === 1 ? [attributeThere(object, path[0], false)] : [];
  let inner = object;
  return path.map((attribute) => {
    const claim = attributeThere(inner, attribute, true);
    inner = { kind: 'access', object: inner, attribute, span: undefined };
    return claim;
  });
}

const MIRRORED = { '<': '>', '<=': '>=', '>': '<', '>=': '<=', '==': '==', '!=': '!=' } as const;
const DENIED = { '<': '>=', '<=': '>', '>': '<=', '>=': '<', '==': '!=', '!=': '==' } as const;

type Comparison = keyof typeof MIRRORED;

function isComparison(op: BinaryOperator): op is Comparison {
  return Object.hasOwn(MIRRORED, op);
}

function claimsOfComparison(expr: Binary, holds: boolean, outcomes: Outcomes): readonly ClaimOn[] {
  const { op, left, right } = expr;
  if (!isComparison(op)) return [{ subject: expr, claim: { kind: 'is', value: holds } }];
  const [leftValue, rightValue] = [left, right].map((side) => constantOf(side, outcomes));
  const asked = holds ? op : DENIED[op];
  if (rightValue !== undefined) return claimAgainst(left, asked, rightValue);
  return leftValue === undefined ? [] : claimAgainst(right, MIRRORED[asked], leftValue);
}

function constantOf(expr: Expr, outcomes: Outcomes): Value | undefined {
  const outcome = outcomes.get(expr);
  return outcome?.constant === true ? outcome.value : undefined;
}

function claimAgainst(subject: Expr, op: Comparison, value: Value): readonly ClaimOn[] {
  if (op === '==') return [{ subject, claim: { kind: 'is', value } }];
  if (op === '!=') return [{ subject, claim: { kind: 'is not', value } }];
  if (typeof value !== 'number') return [];
  switch (op) {
    case '<':
      return [{ subject, claim: { kind: 'at most', bound: value - 1 } }];
    case '<=':
      return [{ subject, claim: { kind: 'at most', bound: value } }];
    case '>':
      return [{ subject, claim: { kind: 'at least', bound: value + 1 } }];
    case '>=':
      return [{ subject, claim: { kind: 'at least', bound: value } }];
  }
}

/** Whether what a value is by the first claim can never be by the second; claims are also tried the other way round. */
function excludes(first: Claim, second: Claim): boolean {
  switch (first.kind) {
    case 'is':
      return excludesValue(first.value, second);
    case 'type':
      return first.holds && second.kind === 'type' && (second.entityType === first.entityType) !== second.holds;
    case 'at least':
      return second.kind === 'at most' && first.bound > second.bound;
    case 'like':
      return first.holds && second.kind === 'like' && !second.holds && patternCovers(second.pattern, first.pattern);
    default:
      return false;
  }
}

function excludesValue(value: Value, claim: Claim): boolean {
  switch (claim.kind) {
    case 'is':
      return !valuesEqual(value, claim.value);
    case 'is not':
      return valuesEqual(value, claim.value);
    case 'type':
      return typeof value === 'object' && value.kind === 'entity' && (value.type === claim.entityType) !== claim.holds;
    case 'like':
      return typeof value === 'string' && matchesPattern(value, claim.pattern) !== claim.holds;
    case 'at least':
      return typeof value === 'number' && value < claim.bound;
    case 'at most':
      return typeof value === 'number' && value > claim.bound;
  }
}

/** A character that no text of Cedar holds: half of a pair. */
const WILDCARD = '\uDFFF';

/** Whether a pattern matches every text that another one matches; false where that is not certain. */
export function patternCovers(wider: Pattern, narrower: Pattern): boolean {
  return matchesPattern(narrower.join(WILDCARD), wider);
}
