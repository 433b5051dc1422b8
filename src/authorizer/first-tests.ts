import type { Binary, Expr, SetLiteral, VariableName } from '../ast/expression.js';
import type { Condition } from '../ast/policy.js';
import type { Pattern } from '../values/pattern.js';
import type { EntityUid, Long } from '../values/value.js';

/** Literals that values can be looked up by. */
export type Literal = string | boolean | Long | EntityUid;

/** A variable, or attributes of one. */
export type Path = readonly [variable: VariableName, ...attributes: string[]];

/**
 * A test of the value of a path: that it is one of some literals or has one as an element. It is also met where the path has no value, and where the value is of a kind that makes
 * the expression that it was taken from fail: no set for `has-element` and `is-empty`, no bool for `is`, no string for
 * `like`.
 */
export type FirstTest =
  | { readonly kind: 'equals' | 'has-element'; readonly path: Path; readonly literals: readonly Literal[] }
  | { readonly kind: 'is' | 'is-empty'; readonly path: Path; readonly value: boolean }
  | { readonly kind: 'like'; readonly path: Path; readonly pattern: Pattern };

/**
 * Tests of which at least one is met whenever some conditions hold or err; undefined when no such tests are known. They
 * come from what is evaluated first, so that nothing before them could have erred.
 */
export function firstTests(conditions: readonly Condition[]): readonly FirstTest[] | undefined {
  const [first] = conditions;
  if (first === undefined) return undefined;
  return testsOf(first.body, first.kind === 'when', 0);
}

/** Longer lists than this are evaluated with their policy. */
const MOST_TESTS = 256;

/** Deeper expressions too. */
const MOST_LEVELS = 32;

/** Tests that are met unless an expression is, without an error, the other bool than `wanted`. */
function testsOf(expr: Expr, wanted: boolean, level: number): readonly FirstTest[] | undefined {
  if (level > MOST_LEVELS) return undefined;
  switch (expr.kind) {
    case 'boolean':
      return expr.value === wanted ? undefined : [];
    case 'variable':
    case 'access': {
      const path = pathOf(expr);
      return path === undefined ? undefined : [{ kind: 'is', path, value: wanted }];
    }
    case 'chain': {
      // The first operand of the chain can settle it alone in one direction; in the other all must agree.
      if ((expr.op === '&&') === wanted) return testsOf(expr.operands[0], wanted, level + 1);
      return unionOf(expr.operands, wanted, level);
    }
    case 'unary': {
      if (expr.op === '!') return testsOf(expr.operand, !wanted, level + 1);
      const path = expr.op === 'isEmpty' ? pathOf(expr.operand) : undefined;
      return path === undefined ? undefined : [{ kind: 'is-empty', path, value: wanted }];
    }
    case 'binary':
      return testsOfBinary(expr, wanted);
    case 'like': {
      const path = wanted ? pathOf(expr.operand) : undefined;
      return path === undefined ? undefined : [{ kind: 'like', path, pattern: expr.pattern }];
    }
    default:
      return undefined;
  }
}

function unionOf(operands: readonly Expr[], wanted: boolean, level: number): readonly FirstTest[] | undefined {
  const all: FirstTest[] = [];
  let count = 0;
  for (const operand of operands) {
    const tests = testsOf(operand, wanted, level + 1);
    if (tests === undefined) return undefined;
    for (const test of tests) {
      count += 'literals' in test ? test.literals.length : 1;
      all.push(test);
    }
    if (count > MOST_TESTS) return undefined;
  }
  return all;
}

function testsOfBinary({ op, left, right }: Binary, wanted: boolean): readonly FirstTest[] | undefined {
  switch (op) {
    case '==':
    case '!=':
      if ((op === '==') !== wanted) return undefined;
      return equals(left, literalsOf(right)) ?? equals(right, literalsOf(left));
    case 'contains':
      if (!wanted) return undefined;
      return hasElement(left, literalsOf(right)) ?? equals(right, elementsOf(left));
    case 'containsAny':
      if (!wanted) return undefined;
      return hasElement(left, elementsOf(right)) ?? hasElement(right, elementsOf(left));
    case 'containsAll': {
      if (wanted) return hasElement(left, elementsOf(right)?.slice(0, 1));
      // Every set contains all elements of the empty one.
      const path = elementsOf(left) === undefined ? undefined : pathOf(right);
      return path === undefined ? undefined : [{ kind: 'is-empty', path, value: false }];
    }
    default:
      return undefined;
  }
}

function equals(expr: Expr, literals: readonly Literal[] | undefined): readonly FirstTest[] | undefined {
  const path = pathOf(expr);
  if (path === undefined || literals === undefined || literals.length === 0) return undefined;
  return [{ kind: 'equals', path, literals }];
}

function hasElement(expr: Expr, literals: readonly Literal[] | undefined): readonly FirstTest[] | undefined {
  const path = pathOf(expr);
  // Without a test nothing would find the policy where the path has no value.
  if (path === undefined || literals === undefined || literals.length === 0) return undefined;
  return [{ kind: 'has-element', path, literals }];
}

function pathOf(expr: Expr): Path | undefined {
  const attributes: string[] = [];
  let at = expr;
  for (; at.kind === 'access'; at = at.object) attributes.push(at.attribute);
  if (at.kind !== 'variable' || attributes.length > MOST_LEVELS) return undefined;
  return [at.name, ...attributes.reverse()];
}

function literalsOf(expr: Expr): readonly Literal[] | undefined {
  const literal = literalOf(expr);
  return literal === undefined ? undefined : [literal];
}

function literalOf(expr: Expr): Literal | undefined {
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

/** The elements of a set literal when all are literals. */
function elementsOf(expr: Expr): readonly Literal[] | undefined {
  return expr.kind === 'set' ? literalsOfSet(expr) : undefined;
}

function literalsOfSet({ elements }: SetLiteral): readonly Literal[] | undefined {
  if (elements.length > MOST_TESTS) return undefined;
  const literals: Literal[] = [];
  // By number: in code that runs for the first time each step of an iterator makes an object.
  for (let i = 0; i < elements.length; i++) {
    const element = elements[i];
    const literal = element === undefined ? undefined : literalOf(element);
    if (literal === undefined) return undefined;
    literals.push(literal);
  }
  return literals;
}
