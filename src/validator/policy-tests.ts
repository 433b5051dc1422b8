import type { Expr, VariableName } from '../ast/expression.js';
import type { ActionConstraint, ActionReference, EntityReference, Policy, ScopeConstraint } from '../ast/policy.js';
import type { Span } from '../text/source.js';
import { expectType } from './expect-type.js';
import { negation } from './type-logic.js';
import { type Answer, SOME_BOOL, type Typing } from './typing.js';

/**
 * What must be true for a policy to apply, in the order in which it is tested: the tests of principal, action and
 * resource, left out where they always hold, and the conditions.
 */
export type PolicyTest =
  | { readonly kind: 'expression'; readonly expr: Expr; readonly negated: boolean }
  /** A comparison with a slot. Whatever type of entity the slot gets, nothing can be said of the result. */
  | { readonly kind: 'slot' };

/**
 * The tests of a policy, with or without that of the action. Expressions of the scope are made here; those of conditions
 * are the policy's own.
 */
export function testsOf(policy: Policy, withAction = true): readonly PolicyTest[] {
  return [
    ...scopeTests('principal', policy.principal),
    ...(withAction ? actionTests(policy.action, policy.span) : []),
    ...scopeTests('resource', policy.resource),
    ...policy.conditions.map(({ kind, body }): PolicyTest => expression(body, kind === 'unless')),
  ];
}

function actionTests(constraint: ActionConstraint, policySpan: Span | undefined): readonly PolicyTest[] {
  switch (constraint.kind) {
    case 'any':
      return [];
    case 'equal':
      return [expression(compare('==', variable('action'), literal(constraint.action)))];
    case 'in':
    case 'in-list': {
      const actions = constraint.kind === 'in' ? [constraint.action] : constraint.actions;
      const list: Expr = { kind: 'set', elements: actions.map(literal), span: spanOfList(actions) ?? policySpan };
      return [expression(compare('in', variable('action'), list))];
    }
  }
}

/** From the first action to the last: the brackets have no place of their own. */
function spanOfList(actions: readonly ActionReference[]): Span | undefined {
  const start = actions[0]?.span?.start;
  const end = actions.at(-1)?.span?.end;
  return start === undefined || end === undefined ? undefined : { start, end };
}

function scopeTests(name: 'principal' | 'resource', constraint: ScopeConstraint): readonly PolicyTest[] {
  switch (constraint.kind) {
    case 'any':
      return [];
    case 'equal':
      return [referenceTest('==', name, constraint.entity)];
    case 'in':
      return [referenceTest('in', name, constraint.entity)];
    case 'is': {
      const { entityType } = constraint;
      const type: PolicyTest = expression({
        kind: 'is',
        operand: variable(name),
        entityType,
        in: undefined,
        span: undefined,
      });
      return constraint.in === undefined ? [type] : [type, referenceTest('in', name, constraint.in)];
    }
  }
}

function referenceTest(op: '==' | 'in', name: 'principal' | 'resource', reference: EntityReference): PolicyTest {
  if (reference.kind === 'slot') return { kind: 'slot' };
  return expression(compare(op, variable(name), literal(reference)));
}

function expression(expr: Expr, negated = false): PolicyTest {
  return { kind: 'expression', expr, negated };
}

function compare(op: '==' | 'in', left: Expr, right: Expr): Expr {
  return { kind: 'binary', op, left, right, span: undefined };
}

function variable(name: VariableName): Expr {
  return { kind: 'variable', name, span: undefined };
}

function literal({ uid, span }: Pick<Extract<EntityReference, { kind: 'entity' }>, 'uid' | 'span'>): Expr {
  return { kind: 'entity', uid, span };
}

/** Types a test as a Bool. */
export function typeTest(test: PolicyTest, typing: Typing): Answer {
  if (test.kind === 'slot') return SOME_BOOL;
  const found = expectType(test.expr, 'Bool', typing);
  return test.negated ? negation(found) : found;
}
