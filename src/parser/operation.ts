import type { IToken, TokenType } from 'chevrotain';
import type { ArithmeticOperator, ArithmeticStep, Expr, Pattern } from '../ast/expression.js';
import type { ComparisonOperator } from '../ast/operators.js';
import type { Span } from '../text/source.js';
import { spanOf } from './places.js';
import type { Problems } from './problems.js';
import {
  And,
  Assign,
  Equal,
  Greater,
  GreaterEqual,
  In,
  Less,
  LessEqual,
  Minus,
  NotEqual,
  Or,
  Percent,
  Plus,
  Slash,
  Star,
} from './tokens.js';

type Operands = [Expr, Expr, ...Expr[]];

/** A run of `*`, or of `+` and `-`, that goes on. */
interface OpenArithmetic {
  readonly first: Expr;
  readonly steps: ArithmeticStep[];
  readonly start: number;
  /** Operator before the operand that is being read. */
  op: ArithmeticOperator;
}

/** A run of `&&` or of `||` that goes on. */
interface OpenChain {
  readonly first: Expr;
  operands: Operands | undefined;
  readonly start: number;
}

/** A finished run with its list, which nobody else holds yet. */
interface Growable {
  readonly node: Expr;
  readonly steps: ArithmeticStep[] | undefined;
  readonly operands: Operands | undefined;
}

/** A comparison, or `is T in`, whose right side is being read. */
interface OpenRelation {
  readonly left: Expr;
  readonly start: number;
  readonly word: string;
  readonly op: ComparisonOperator | undefined;
  readonly entityType: string;
}

const COMPARISONS: ReadonlyMap<TokenType, ComparisonOperator> = new Map([
  [Equal, '=='],
  [NotEqual, '!='],
  [Less, '<'],
  [LessEqual, '<='],
  [Greater, '>'],
  [GreaterEqual, '>='],
  [In, 'in'],
  [Assign, '=='],
]);

/**
 * Builds the tree of one expression from its operands and operators as they come, without recursion: whatever binds
 * tighter than the next operator is closed before that operator is opened. Runs of one kind become one node.
 */
export class Operation {
  /** Whether no operand has come yet. */
  isEmpty = true;
  /** Levels of nesting inside the operands. */
  height = 0;
  private readonly problems: Problems;
  /** The last operand, or the tree of everything that is closed behind it. */
  private value: Expr = { kind: 'boolean', value: false, span: undefined };
  private start = 0;
  private end = 0;
  private product: OpenArithmetic | undefined;
  private sum: OpenArithmetic | undefined;
  private relation: OpenRelation | undefined;
  /** `has`, `like` or `is` when `value` ends with one: no tighter operator can follow. */
  private complete: string | undefined;
  private and: OpenChain | undefined;
  private or: OpenChain | undefined;
  /** The run that was closed last: `(a && b) && c` goes on with the list of `a && b`. */
  private growable: Growable | undefined;

  constructor(problems: Problems) {
    this.problems = problems;
  }

  /**
   * The next operand, with the place that its text takes, parentheses included, and the levels of nesting in it.
   * `inner` is the operation that was finished last: the maker of this operand if that is an expression in parentheses.
   */
  operand(value: Expr, start: number, end: number, height: number, inner: Operation | undefined): void {
    this.isEmpty = false;
    if (height > this.height) this.height = height;
    this.value = value;
    this.start = start;
    this.end = end;
    this.growable = inner?.growable;
  }

  /** An operator that another operand has to follow. */
  infix(token: IToken): void {
    switch (token.tokenType) {
      case Or:
        this.closeAnd();
        this.or = this.openChain(this.or, '||');
        break;
      case And:
        this.closeRelation();
        this.and = this.openChain(this.and, '&&');
        break;
      case Plus:
      case Minus:
        this.refuseAfterRelation(token);
        this.closeProduct();
        this.sum = this.openArithmetic(this.sum, token.tokenType === Plus ? '+' : '-');
        break;
      case Star:
      case Slash:
      case Percent:
        this.refuseAfterRelation(token);
        if (token.tokenType !== Star) this.refuseDivision(token);
        this.product = this.openArithmetic(this.product, '*');
        break;
      default:
        this.openComparison(token);
    }
  }

  has(token: IToken, path: readonly [string, ...string[]], end: number): void {
    const object = this.openRelation(token);
    this.completeRelation('has', { kind: 'has', object, path, span: this.spanTo(end) });
  }

  like(token: IToken, pattern: Pattern, end: number): void {
    const operand = this.openRelation(token);
    this.completeRelation('like', { kind: 'like', operand, pattern, span: this.spanTo(end) });
  }

  /** `is T`; `withIn` says that `in` and an operand follow. */
  is(token: IToken, entityType: string, end: number, withIn: boolean): void {
    const operand = this.openRelation(token);
    if (!withIn) {
      this.completeRelation('is', { kind: 'is', operand, entityType, in: undefined, span: this.spanTo(end) });
      return;
    }
    this.relation = { left: operand, start: this.start, word: 'is', op: undefined, entityType };
  }

  finish(): Expr {
    this.closeAnd();
    if (this.or !== undefined) this.closeChain(this.or, '||');
    return this.value;
  }

  private spanTo(end: number): Span {
    this.end = end;
    return { start: this.start, end };
  }

  private openArithmetic(open: OpenArithmetic | undefined, op: ArithmeticOperator): OpenArithmetic {
    const { value } = this;
    if (open !== undefined) {
      open.steps.push({ op: open.op, operand: value });
      open.op = op;
      return open;
    }
    if (value.kind === 'arithmetic' && (value.steps[0]?.op === '*') === (op === '*')) {
      const steps = this.growable?.node === value ? this.growable.steps : undefined;
      return { first: value.first, steps: placed(steps ?? [...value.steps], value.span), start: this.start, op };
    }
    return { first: value, steps: [], start: this.start, op };
  }

  private closeArithmetic({ first, steps, start, op }: OpenArithmetic): void {
    steps.push({ op, operand: this.value });
    this.start = start;
    this.value = { kind: 'arithmetic', first, steps, span: this.spanTo(this.end) };
    this.growable = { node: this.value, steps, operands: undefined };
  }

  private closeProduct(): void {
    if (this.product === undefined) return;
    this.closeArithmetic(this.product);
    this.product = undefined;
  }

  private closeSum(): void {
    this.closeProduct();
    if (this.sum === undefined) return;
    this.closeArithmetic(this.sum);
    this.sum = undefined;
  }

  private openComparison(token: IToken): void {
    const left = this.openRelation(token);
    const op = COMPARISONS.get(token.tokenType) ?? '==';
    if (token.tokenType === Assign) {
      this.problems.report('foreign-operator', spanOf(token), '`=` is not an operator of Cedar', {
        help: 'write `==` to compare; nothing can be assigned',
        data: { found: '=', meant: '==' },
      });
    }
    this.relation = { left, start: this.start, word: token.image, op, entityType: '' };
  }

  /** Closes what may stand left of a comparison, `has`, `like` or `is`, and returns it. */
  private openRelation(token: IToken): Expr {
    this.closeSum();
    this.refuseAfterRelation(token);
    if (this.relation !== undefined) this.refuseChain(token, this.relation.word);
    return this.value;
  }

  private completeRelation(word: string, value: Expr): void {
    this.value = value;
    this.relation = undefined;
    this.complete = word;
  }

  private closeRelation(): void {
    this.closeSum();
    this.complete = undefined;
    if (this.relation === undefined) return;
    const { left, start, op, entityType } = this.relation;
    this.relation = undefined;
    this.start = start;
    const right = this.value;
    const span = this.spanTo(this.end);
    this.value =
      op === undefined
        ? { kind: 'is', operand: left, entityType, in: right, span }
        : { kind: 'binary', op, left, right, span };
  }

  private openChain(open: OpenChain | undefined, op: '&&' | '||'): OpenChain {
    const { value } = this;
    if (open !== undefined) {
      if (open.operands === undefined) open.operands = [open.first, value];
      else open.operands.push(value);
      return open;
    }
    if (value.kind === 'chain' && value.op === op) {
      const operands = this.growable?.node === value ? this.growable.operands : undefined;
      return { first: value, operands: operands ?? [...value.operands], start: this.start };
    }
    return { first: value, operands: undefined, start: this.start };
  }

  private closeChain(open: OpenChain, op: '&&' | '||'): void {
    if (open.operands === undefined) open.operands = [open.first, this.value];
    else open.operands.push(this.value);
    this.start = open.start;
    this.value = { kind: 'chain', op, operands: open.operands, span: this.spanTo(this.end) };
    this.growable = { node: this.value, steps: undefined, operands: open.operands };
  }

  private closeAnd(): void {
    this.closeRelation();
    if (this.and === undefined) return;
    this.closeChain(this.and, '&&');
    this.and = undefined;
  }

  private refuseAfterRelation(token: IToken): void {
    if (this.complete !== undefined) this.refuseChain(token, this.complete);
    this.complete = undefined;
  }

  private refuseChain(token: IToken, earlier: string): void {
    const both = earlier === token.image ? `two \`${earlier}\`` : `\`${earlier}\` and \`${token.image}\``;
    this.problems.report('chained-comparison', spanOf(token), `${both} cannot stand in a row`, {
      help: 'put one of them in parentheses, or join two comparisons with `&&`',
      data: { operators: [earlier, token.image] },
    });
  }

  private refuseDivision(token: IToken): void {
    const what = token.image === '/' ? 'division' : 'remainder';
    this.problems.report('unsupported-operator', spanOf(token), `Cedar has no ${what}: \`${token.image}\``, {
      help: token.image === '/' ? 'compare products instead: `a / b > c` is `a > b * c` for positive b' : undefined,
      data: { operator: token.image },
    });
  }
}

/** The steps of a part in parentheses, each with its place; those of parts within it have theirs already. */
function placed(steps: ArithmeticStep[], span: Span | undefined): ArithmeticStep[] {
  if (span === undefined) return steps;
  for (let index = steps.length - 1; index >= 0; index--) {
    const step = steps[index];
    if (step === undefined || step.span !== undefined) break;
    steps[index] = { ...step, span };
  }
  return steps;
}
