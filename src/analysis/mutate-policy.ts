import type { Expr, SetLiteral } from '../ast/expression.js';
import { type ActionConstraint, annotationValue, type Policy, type ScopeConstraint } from '../ast/policy.js';
import { printPattern } from '../ast/print-expression.js';
import { printPolicy } from '../ast/print-policy.js';
import { walkExpression } from '../ast/walk.js';
import type { Span } from '../text/source.js';
import { addLongs, checkedLong } from '../values/long.js';
import type { Pattern } from '../values/pattern.js';
import { printEntityUid } from '../values/print.js';
import { shown } from './infer-outcome.js';
import { chainOf, replaceExpression } from './replace-expression.js';

/** Ways in which a policy is changed. */
export type MutationKind =
  | 'removed'
  | 'effect'
  | 'escalate'
  | 'scope'
  | 'condition'
  | 'negated'
  | 'operand'
  | 'operator'
  | 'number'
  | 'text'
  | 'pattern'
  /** One of several texts in a list; they are counted apart, since a long list would outweigh everything else. */
  | 'member';

/** A policy with one change. */
export interface Mutant {
  readonly kind: MutationKind;
  readonly original: Policy;
  /** Undefined when the policy is gone. */
  readonly mutated: Policy | undefined;
  /** What was changed, as the end of a sentence: `without \`context.a\``. */
  readonly change: string;
  readonly span: Span | undefined;
}

/**
 * Every change of a policy or template, in written order. Changes that are the same text as the policy, or as a change
 * before, are left out.
 */
export function mutantsOf(policy: Policy): readonly Mutant[] {
  const known = new Set([printPolicy(policy)]);
  return [...changes(policy)].filter(({ mutated }) => {
    if (mutated === undefined) return true;
    const text = printPolicy(mutated);
    const isNew = !known.has(text);
    known.add(text);
    return isNew;
  });
}

function* changes(policy: Policy): Iterable<Mutant> {
  const mutant = (kind: MutationKind, mutated: Policy | undefined, change: string, span = policy.span): Mutant => ({
    kind,
    original: policy,
    mutated,
    change,
    span,
  });
  yield mutant('removed', undefined, `without the ${policy.effect}`);
  const effect = policy.effect === 'permit' ? 'forbid' : 'permit';
  yield mutant('effect', { ...policy, effect }, `as a ${effect}`);
  if (policy.effect === 'forbid' && annotationValue(policy, 'escalate') !== undefined) {
    const annotations = policy.annotations.filter(({ key }) => key !== 'escalate');
    yield mutant('escalate', { ...policy, annotations }, 'without @escalate');
  }
  for (const [mutated, change] of scopeChanges(policy)) yield mutant('scope', mutated, change);
  for (const [index, condition] of policy.conditions.entries()) {
    const { kind, body, span } = condition;
    const others = policy.conditions.toSpliced(index, 1);
    yield mutant('condition', { ...policy, conditions: others }, `without the condition \`${kind}\``, span);
    const opposite = kind === 'when' ? 'unless' : 'when';
    const withCondition = (changed: typeof condition): Policy => ({
      ...policy,
      conditions: policy.conditions.with(index, changed),
    });
    yield mutant(
      'negated',
      withCondition({ ...condition, kind: opposite }),
      `with \`${opposite}\` for \`${kind}\``,
      span,
    );
    for (const { expr, replacement, ...how } of expressionChanges(body)) {
      const changed = replaceExpression(body, expr, replacement);
      yield mutant(how.kind, withCondition({ ...condition, body: changed }), how.change, how.span ?? expr.span);
    }
  }
}

function* scopeChanges(policy: Policy): Iterable<readonly [Policy, string]> {
  for (const part of ['principal', 'resource'] as const) {
    if (!isFixed(policy[part])) continue;
    yield [{ ...policy, [part]: { kind: 'any' } }, `for any ${part}`];
  }
  if (policy.action.kind === 'any') return;
  yield [{ ...policy, action: { kind: 'any' } }, 'for any action'];
  if (policy.action.kind !== 'in-list') return;
  for (const [i, { uid }] of policy.action.actions.entries()) {
    const action: ActionConstraint = { kind: 'in-list', actions: policy.action.actions.toSpliced(i, 1) };
    yield [{ ...policy, action }, `not for ${printEntityUid(uid)}`];
  }
}

/** Whether a constraint asks for something by itself, rather than by a slot, which a template must keep. */
function isFixed(constraint: ScopeConstraint): boolean {
  if (constraint.kind === 'any') return false;
  const reference = constraint.kind === 'is' ? constraint.in : constraint.entity;
  return reference?.kind !== 'slot';
}

interface ExpressionChange {
  readonly kind: MutationKind;
  readonly expr: Expr;
  readonly replacement: Expr;
  readonly change: string;
  /** Where the change is, if not at all of the expression. */
  readonly span?: Span | undefined;
}

function expressionChanges(root: Expr): readonly ExpressionChange[] {
  const found: ExpressionChange[] = [];
  walkExpression(root, (expr) => {
    found.push(...changesOf(expr));
    if (isLiteralList(expr)) {
      found.push(...listChanges(expr));
      return false;
    }
    // The text of a constructor is no text to a policy: another one would be no value at all.
    return !(expr.kind === 'call' && expr.args.every(({ kind }) => kind === 'string'));
  });
  return found;
}

/** Whether an expression is a list of two texts or two numbers or more. */
function isLiteralList(expr: Expr): expr is SetLiteral {
  if (expr.kind !== 'set' || expr.elements.length < 2) return false;
  return ['string', 'long'].some((literal) => expr.elements.every(({ kind }) => kind === literal));
}

function* listChanges(list: SetLiteral): Iterable<ExpressionChange> {
  const others = list.elements.map((expr) => otherLiteral(expr, list.elements));
  const isOfTexts = list.elements[0]?.kind === 'string';
  const kind = isOfTexts ? 'text' : 'number';
  const change = `with other ${kind}s in a list`;
  yield { kind, expr: list, replacement: { ...list, elements: others }, change };
  for (const [i, expr] of list.elements.entries()) {
    const replacement = others[i] ?? expr;
    yield { kind: 'member', expr, replacement, change: `with another ${kind} for ${shown(expr)}` };
  }
}

/** A literal that none of a list is. */
function otherLiteral(expr: Expr, list: readonly Expr[]): Expr {
  if (expr.kind === 'string') return otherText(expr);
  if (expr.kind !== 'long') return expr;
  const taken = new Set(list.map((each) => (each.kind === 'long' ? BigInt(each.value) : undefined)));
  let value = BigInt(expr.value);
  while (taken.has(value)) value++;
  return { ...expr, value: checkedLong(value) ?? 0 };
}

function otherText(expr: Expr): Expr {
  return expr.kind === 'string' ? { ...expr, value: `${expr.value}~` } : expr;
}

function* changesOf(expr: Expr): Iterable<ExpressionChange> {
  switch (expr.kind) {
    case 'chain': {
      const { op, operands, span } = expr;
      const swapped = chainOf(op === '&&' ? '||' : '&&', operands, span);
      if (swapped !== undefined)
        yield {
          kind: 'operator',
          expr,
          replacement: swapped,
          change: `with \`${op === '&&' ? '||' : '&&'}\` for \`${op}\``,
        };
      for (const [i, operand] of operands.entries()) {
        const rest = chainOf(op, operands.toSpliced(i, 1), span);
        // A literal that decides nothing is not missed.
        const isIdentity = operand.kind === 'boolean' && operand.value === (op === '&&');
        if (rest !== undefined && !isIdentity)
          yield { kind: 'operand', expr, replacement: rest, change: `without ${shown(operand)}`, span: operand.span };
      }
      return;
    }
    case 'long':
      for (const by of [1, -1]) {
        const value = addLongs(expr.value, by);
        if (value !== undefined)
          yield { kind: 'number', expr, replacement: { ...expr, value }, change: `with ${value} for ${expr.value}` };
      }
      return;
    case 'string':
      yield { kind: 'text', expr, replacement: otherText(expr), change: `with another text for ${shown(expr)}` };
      return;
    case 'entity': {
      const uid = { ...expr.uid, id: `${expr.uid.id}~` };
      yield {
        kind: 'text',
        expr,
        replacement: { ...expr, uid },
        change: `with another entity for ${printEntityUid(expr.uid)}`,
      };
      return;
    }
    case 'like':
      for (const pattern of patternChanges(expr.pattern)) {
        const change = `with ${printPattern(pattern)} for ${printPattern(expr.pattern)}`;
        yield { kind: 'pattern', expr, replacement: { ...expr, pattern }, change };
      }
      return;
    default:
      return;
  }
}

/** A pattern without the wildcard at its start, without that at its end, and with another text in it. */
function* patternChanges(pattern: Pattern): Iterable<Pattern> {
  const [first, ...rest] = pattern;
  const [second, ...others] = rest;
  if (first === '' && second !== undefined) yield [second, ...others];
  if (pattern.length > 1 && pattern.at(-1) === '') yield [first, ...rest.slice(0, -1)];
  const at = pattern.findIndex((piece) => piece !== '');
  if (at === 0) yield [`${first}~`, ...rest];
  else if (at > 0) yield [first, ...rest.with(at - 1, `${rest[at - 1]}~`)];
}
