import type { Expr } from '../ast/expression.js';
import type { Condition } from '../ast/policy.js';
import type { EntityUid, Long } from '../values/value.js';

/** A test of equality between something of the request and a literal. */
export interface FirstEquality {
  /** A variable, or attributes of one. */
  readonly path: Expr;
  /** The same text for the same path. */
  readonly key: string;
  readonly literal: string | boolean | Long | EntityUid;
}

/**
 * The equality that is evaluated before everything else in some conditions, if there is one: when it is false the
 * conditions do not hold, and when its path cannot be evaluated that is their error.
 */
export function firstEquality(conditions: readonly Condition[]): FirstEquality | undefined {
  const [first] = conditions;
  if (first?.kind !== 'when') return undefined;
  let test = first.body;
  while (test.kind === 'chain' && test.op === '&&') test = test.operands[0];
  if (test.kind !== 'binary' || test.op !== '==') return undefined;
  return equalityOf(test.left, test.right) ?? equalityOf(test.right, test.left);
}

function equalityOf(path: Expr, other: Expr): FirstEquality | undefined {
  const key = pathKey(path);
  const literal = literalOf(other);
  return key === undefined || literal === undefined ? undefined : { path, key, literal };
}

function pathKey(path: Expr): string | undefined {
  const attributes: string[] = [];
  let at = path;
  for (; at.kind === 'access'; at = at.object) attributes.push(at.attribute);
  return at.kind === 'variable' ? JSON.stringify([at.name, ...attributes]) : undefined;
}

function literalOf(expr: Expr): FirstEquality['literal'] | undefined {
  switch (expr.kind) {
    case 'boolean':
    case 'long':
    case 'string':
      return expr.value;
    case 'entity':
      return expr.uid;
    default:
      return undefined;
  }
}
