import type { Expr } from '../ast/expression.js';
import { compareCodePoints } from '../text/code-point-order.js';
import { type EntityUid, kindOf, type SetValue, type Value, type ValueKind } from '../values/value.js';
import type { Environment } from './environment.js';
import type { EvaluationError } from './evaluation-error.js';
import { asEntity, typeError } from './operands.js';

/** The expression that made a member of the value of a set expression; undefined when the set comes from data. */
export type LocateMember = (set: Expr, member: Value, environment: Environment) => Expr | undefined;

/** The operands of an `in`, and the whole, which is where a wrong member of a set from data is reported. */
export interface InExpressions {
  readonly left: Expr;
  readonly right: Expr;
  readonly whole: Expr;
}

/** `left in right`: right is an entity or a set whose members are all entities. */
export function evaluateIn(
  left: Value,
  right: Value,
  written: InExpressions,
  environment: Environment,
  locate: LocateMember,
): boolean {
  if (typeof left !== 'object' || left.kind !== 'entity') {
    throw typeError(['entity'], left, written.left, membershipHint(right));
  }
  if (typeof right === 'object') {
    if (right.kind === 'entity') return environment.entities.isIn(left, right);
    if (right.kind === 'set') return isInAny(left, right, written, environment, locate);
  }
  throw typeError(['set', 'entity'], right, written.right);
}

/** Every member is checked before the answer, so a match early in the set does not hide a wrong member. */
function isInAny(
  left: EntityUid,
  set: SetValue,
  written: InExpressions,
  environment: Environment,
  locate: LocateMember,
): boolean {
  const { entities } = environment;
  let found = false;
  for (const element of set.elements) {
    if (typeof element !== 'object' || element.kind !== 'entity') throw wrongMember(set, written, environment, locate);
    found ||= entities.isIn(left, element);
  }
  return found;
}

/** The official engine keeps sets sorted, so the smallest wrong member is the one that it names. */
function wrongMember(
  set: SetValue,
  { right, whole }: InExpressions,
  environment: Environment,
  locate: LocateMember,
): EvaluationError {
  const wrong = set.elements.filter((element) => kindOf(element) !== 'entity');
  const smallest = wrong.reduce((a, b) => (compareMembers(b, a) < 0 ? b : a));
  return typeError(['entity'], smallest, locate(right, smallest, environment) ?? whole);
}

const KIND_ORDER: readonly ValueKind[] = ['bool', 'long', 'string', 'entity', 'set', 'record'];

function compareMembers(a: Value, b: Value): number {
  if (typeof a === 'string' && typeof b === 'string') return compareCodePoints(a, b);
  if (typeof a === typeof b && typeof a !== 'object') return a < b ? -1 : a > b ? 1 : 0;
  return rank(a) - rank(b);
}

function rank(value: Value): number {
  const at = KIND_ORDER.indexOf(kindOf(value));
  return at < 0 ? KIND_ORDER.length : at;
}

function membershipHint(right: Value): string | undefined {
  switch (kindOf(right)) {
    case 'set':
      return '`in` is for checking the entity hierarchy; use `.contains()` to test set membership';
    case 'record':
      return '`in` is for checking the entity hierarchy; use `has` to test if a record has a key';
    default:
      return undefined;
  }
}

export function isOfType(value: Value, entityType: string, at: Expr): boolean {
  return asEntity(value, at).type === entityType;
}
