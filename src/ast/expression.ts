import type { Span } from '../text/source.js';
import type { Pattern } from '../values/pattern.js';
import type { EntityUid, Long } from '../values/value.js';
import type { BinaryOperator, UnaryOperator } from './operators.js';

export type { Pattern };

export type VariableName = 'principal' | 'action' | 'resource' | 'context';

interface Node {
  /** Where the text of the node stands, parentheses around it excluded; undefined for nodes read from JSON. */
  readonly span: Span | undefined;
}

/**
 * A Cedar expression as it was written: `!=`, `>`, `>=`, `is .. in` and `has a.b` keep their form (the evaluator and
 * the validator give them their meaning), parentheses are gone. Chains of `&&`, `||`, `+`, `-` and `*` are flat lists, so a
 * chain of any length needs no stack; everything else nests at most `MAX_NESTING` deep.
 */
export type Expr =
  | BooleanLiteral
  | LongLiteral
  | StringLiteral
  | EntityLiteral
  | Variable
  | Unary
  | Binary
  | Chain
  | Arithmetic
  | If
  | Access
  | Has
  | Like
  | Is
  | SetLiteral
  | RecordLiteral
  | ExtensionCall;

export interface BooleanLiteral extends Node {
  readonly kind: 'boolean';
  readonly value: boolean;
}

/** An integer literal; a minus written directly before the digits belongs to it. */
export interface LongLiteral extends Node {
  readonly kind: 'long';
  readonly value: Long;
}

export interface StringLiteral extends Node {
  readonly kind: 'string';
  readonly value: string;
}

export interface EntityLiteral extends Node {
  readonly kind: 'entity';
  readonly uid: EntityUid;
}

export interface Variable extends Node {
  readonly kind: 'variable';
  readonly name: VariableName;
}

/** `!e`, `-e`, `e.isEmpty()`. */
export interface Unary extends Node {
  readonly kind: 'unary';
  readonly op: UnaryOperator;
  readonly operand: Expr;
}

/** Comparisons, `in`, and the built-in methods of one argument (receiver left). */
export interface Binary extends Node {
  readonly kind: 'binary';
  readonly op: BinaryOperator;
  readonly left: Expr;
  readonly right: Expr;
}

/** `a && b && ..` or `a || b || ..`, left associative: at least two operands, the first of another form than the chain itself. */
export interface Chain extends Node {
  readonly kind: 'chain';
  readonly op: '&&' | '||';
  readonly operands: readonly [Expr, Expr, ...Expr[]];
}

export type ArithmeticOperator = '+' | '-' | '*';

/** `first op operand op operand ..`, left associative, at least one step; all steps are `*` or none is. */
export interface Arithmetic extends Node {
  readonly kind: 'arithmetic';
  readonly first: Expr;
  readonly steps: readonly ArithmeticStep[];
}

export interface ArithmeticStep {
  readonly op: ArithmeticOperator;
  readonly operand: Expr;
  /** Place of the part in parentheses that the step belongs to, as `a + b` of `(a + b) + c`; absent where that is the whole. */
  readonly span?: Span;
}

export interface If extends Node {
  readonly kind: 'if';
  readonly test: Expr;
  readonly then: Expr;
  readonly else: Expr;
}

/** `object.attribute` or `object["attribute"]`. */
export interface Access extends Node {
  readonly kind: 'access';
  readonly object: Expr;
  readonly attribute: string;
}

/** `object has a`, `object has "a"` or, with several parts, `object has a.b.c`. */
export interface Has extends Node {
  readonly kind: 'has';
  readonly object: Expr;
  readonly path: readonly [string, ...string[]];
}

export interface Like extends Node {
  readonly kind: 'like';
  readonly operand: Expr;
  readonly pattern: Pattern;
}

/** `operand is Type` or `operand is Type in entity`. */
export interface Is extends Node {
  readonly kind: 'is';
  readonly operand: Expr;
  readonly entityType: string;
  readonly in: Expr | undefined;
}

export interface SetLiteral extends Node {
  readonly kind: 'set';
  /** Stood under `Value` in policy JSON, where it is written back to; it means the same. */
  readonly constant?: true;
  readonly elements: readonly Expr[];
}

/** Keys are unique. */
export interface RecordLiteral extends Node {
  readonly kind: 'record';
  /** Stood under `Value` in policy JSON; it means the same, but prints with every key quoted, as the official engine does. */
  readonly constant?: true;
  readonly entries: readonly RecordEntry[];
}

export interface RecordEntry {
  readonly key: string;
  readonly value: Expr;
}

/** `ip("..")`, `a.isInRange(b)`: arguments with the receiver first; the number of arguments is not checked. */
export interface ExtensionCall extends Node {
  readonly kind: 'call';
  /**
   * A key of the extension function table or `unknown`, the placeholder of partial evaluation. Policy JSON may name any
   * other function under `__extn`: the official engine accepts that too, and evaluating the call is an error.
   */
  readonly name: string;
  readonly args: readonly Expr[];
  /** Stood under `__extn` in policy JSON, with its argument as `arg` or its arguments as `args`; it means the same. */
  readonly constant?: 'arg' | 'args';
}

/**
 * Deepest nesting of expressions: parentheses, brackets, braces, calls, member accesses, unary operators and `if`
 * count one level each; the length of an operator chain does not count.
 */
export const MAX_NESTING = 500;
