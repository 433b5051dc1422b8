import type { IOrAlt, IToken, OrMethodOpts, ParserMethod, TokenType } from 'chevrotain';
import { type Expr, MAX_NESTING, type RecordEntry } from '../ast/expression.js';
import type { Span } from '../text/source.js';
import { functionCall, methodCall, refuseCall } from './calls.js';
import {
  checkUnary,
  refuseAttribute,
  refuseDuplicateKey,
  refuseForeign,
  refuseIfOperand,
  refuseIndex,
  refuseKey,
  refuseNesting,
  refuseSlot,
} from './expression-problems.js';
import { readInteger, readString } from './literals.js';
import { NO_RESYNC } from './name-grammar.js';
import { type BareName, BROKEN, checkName, isVariable, refuseBareName } from './names.js';
import { Operation } from './operation.js';
import { OperatorGrammar } from './operator-grammar.js';
import { endOf, spanOf } from './places.js';
import { EXPRESSION } from './syntax-errors.js';
import {
  AnyWord,
  Colon,
  Comma,
  Dot,
  Else,
  False,
  If,
  Integer,
  isAnyWord,
  isPostfix,
  LeftBrace,
  LeftBracket,
  LeftParen,
  Minus,
  RightBrace,
  RightBracket,
  RightParen,
  Slot,
  startsOperand,
  Text,
  Then,
  True,
  UnaryOperator,
  Word,
} from './tokens.js';

/**
 * The grammar of expressions. One rule reads an expression with a loop over operands and operators, so a level of
 * nesting costs a handful of stack frames and the length of a chain costs none.
 */
export abstract class ExpressionGrammar extends OperatorGrammar {
  /** Levels of expressions around the current place. */
  protected depth = 0;
  /** Levels inside what was read last. */
  private height = 0;
  /** Whether a minus belongs to the integer that comes next. */
  private negative = false;
  /** The operation that was finished last. */
  private finished: Operation | undefined;
  private primaryAlternatives: OrMethodOpts<Expr | BareName> | undefined;
  private keyAlternatives: IOrAlt<IToken>[] | undefined;

  protected readonly expression: ParserMethod<[], Expr> = this.RULE(
    'expression',
    () => this.readExpression(),
    NO_RESYNC,
  );

  override reset(): void {
    super.reset();
    this.depth = 0;
    this.operation = new Operation(this.problems);
    this.finished = undefined;
  }

  private readExpression(): Expr {
    if (this.depth++ > MAX_NESTING) this.refuseDepth();
    const operation = new Operation(this.problems);
    if (this.RECORDING_PHASE) this.AT_LEAST_ONE(() => this.operandAndOperator(operation));
    else while (this.operandAndOperator(operation));
    this.depth--;
    this.height = operation.height;
    this.finished = operation;
    return operation.finish();
  }

  /**
   * An expression inside of one. The rule is at work already, so the library has nothing to note and its three stack
   * frames, which are large, can be saved.
   */
  private inner(index: number): Expr {
    return this.RECORDING_PHASE ? this.subrule(index, this.expression) : this.readExpression();
  }

  private operandAndOperator(operation: Operation): boolean {
    const start = this.LA(1).startOffset;
    const value = this.operand(operation.isEmpty);
    operation.operand(value, start, endOf(this.LA(0)), this.height, this.finished);
    this.operation = operation;
    return this.operatorFollows();
  }

  private operand(isFirst: boolean): Expr {
    const start = this.LA(1).startOffset;
    const signs = this.signs();
    const next = this.LA(1);
    if (next.tokenType === If && (!isFirst || signs.length > 0)) refuseIfOperand(this.problems, next);
    const negative = signs.at(-1)?.tokenType === Minus && next.tokenType === Integer && !isPostfix(this.LA(2));
    this.negative = negative;
    this.height = 0;
    const primary = this.OR(this.primaries());
    // The last part of an `if` takes all members that there are: what it left belongs to nothing.
    const value = next.tokenType === If ? this.asValue(primary) : this.members(primary, next.startOffset);
    return signs.length === 0 ? value : this.unary(signs, value, start, negative);
  }

  /** Any number of `!` or `-`; their number is checked afterwards. */
  private signs(): readonly IToken[] {
    let signs: IToken[] = NO_SIGNS;
    this.MANY(() => {
      const sign = this.CONSUME(UnaryOperator);
      if (signs === NO_SIGNS) signs = [sign];
      else signs.push(sign);
    });
    for (let next = this.LA(1); next.image === 'not' && startsOperand(this.LA(2)); next = this.SKIP_TOKEN()) {
      refuseForeign(this.problems, next, '!');
    }
    return signs;
  }

  /**
   * Wraps a value in its operators; `negative` when the innermost minus is part of the integer already. The place of such
   * an integer is that of its digits, as in the errors of the official engine.
   */
  private unary(signs: readonly IToken[], operand: Expr, start: number, negative: boolean): Expr {
    if (!checkUnary(this.problems, signs)) return operand;
    const span = { start, end: endOf(this.LA(0)) };
    let value = operand;
    const op = signs[0]?.tokenType === Minus ? 'neg' : '!';
    for (let left = signs.length - (negative ? 1 : 0); left > 0; left--) {
      value = { kind: 'unary', op, operand: value, span };
      this.rise();
    }
    return value;
  }

  /** What may begin an operand. The alternatives are made once: they are chosen for every operand. */
  private primaries(): OrMethodOpts<Expr | BareName> {
    this.primaryAlternatives ??= {
      DEF: [
        { ALT: () => this.wordOrPath(this.CONSUME(Word)) },
        { ALT: () => this.text(this.CONSUME(Text)) },
        { ALT: () => this.integer(this.CONSUME(Integer)) },
        { ALT: () => this.boolean(this.CONSUME(True), true) },
        { ALT: () => this.boolean(this.CONSUME(False), false) },
        { ALT: () => this.parenthesized() },
        { ALT: () => this.set() },
        { ALT: () => this.record() },
        { ALT: () => this.choice() },
        { ALT: () => refuseSlot(this.problems, this.CONSUME(Slot)) },
      ],
      ERR_MSG: EXPRESSION,
    };
    return this.primaryAlternatives;
  }

  private wordOrPath(word: IToken): Expr | BareName {
    const rest = this.OPTION(() => this.SUBRULE(this.path, { ARGS: [word] }));
    if (rest !== undefined) return rest;
    const name = word.image;
    return isVariable(name)
      ? { kind: 'variable', name, span: spanOf(word) }
      : { kind: 'name', name, span: spanOf(word) };
  }

  private text(token: IToken): Expr {
    return { kind: 'string', value: readString(this.problems, token), span: spanOf(token) };
  }

  private integer(token: IToken): Expr {
    return { kind: 'long', value: readInteger(this.problems, token, this.negative), span: spanOf(token) };
  }

  private boolean(token: IToken, value: boolean): Expr {
    return { kind: 'boolean', value, span: spanOf(token) };
  }

  private parenthesized(): Expr {
    this.CONSUME(LeftParen);
    const inner = this.inner(0);
    this.rise();
    this.CONSUME(RightParen);
    return inner;
  }

  private choice(): Expr {
    const { startOffset: start } = this.CONSUME(If);
    const test = this.inner(1);
    let { height } = this;
    this.CONSUME(Then);
    const consequence = this.inner(2);
    height = Math.max(height, this.height);
    this.CONSUME(Else);
    const alternative = this.inner(3);
    this.height = Math.max(height, this.height);
    this.rise();
    const span = { start, end: endOf(this.LA(0)) };
    return { kind: 'if', test, then: consequence, else: alternative, span };
  }

  private set(): Expr {
    const { startOffset: start } = this.CONSUME(LeftBracket);
    const elements = this.list(4, RightBracket);
    this.rise();
    this.CONSUME(RightBracket);
    return { kind: 'set', elements, span: { start, end: endOf(this.LA(0)) } };
  }

  private list(index: number, closer: TokenType): readonly Expr[] {
    const elements: Expr[] = [];
    const comma = (): unknown => this.option(index, () => this.consume(index, Comma));
    let height = 0;
    if (this.RECORDING_PHASE) {
      this.many(index, () => {
        this.inner(index);
        comma();
      });
    }
    while (this.LA(1).tokenType !== closer && !this.RECORDING_PHASE) {
      elements.push(this.inner(index));
      if (this.height > height) height = this.height;
      if (comma() === undefined) break;
    }
    this.height = height;
    return elements;
  }

  private record(): Expr {
    const { startOffset: start } = this.CONSUME(LeftBrace);
    const entries: RecordEntry[] = [];
    const keys = new Map<string, IToken>();
    this.height = 0;
    if (this.RECORDING_PHASE) this.MANY7(() => this.entry(entries, keys));
    else while (this.LA(1).tokenType !== RightBrace && this.entry(entries, keys));
    this.rise();
    this.CONSUME(RightBrace);
    return { kind: 'record', entries, span: { start, end: endOf(this.LA(0)) } };
  }

  private entry(entries: RecordEntry[], keys: Map<string, IToken>): boolean {
    const { height } = this;
    const key = this.recordKey(keys);
    this.CONSUME(Colon);
    entries.push({ key, value: this.inner(7) });
    if (height > this.height) this.height = height;
    return this.OPTION7(() => this.CONSUME7(Comma)) !== undefined;
  }

  private recordKey(keys: Map<string, IToken>): string {
    const next = this.LA(1);
    const isKey = (isAnyWord(next) || next.tokenType === Text) && this.LA(2).tokenType === Colon;
    if (!isKey && !this.RECORDING_PHASE) return this.skipKey(next);
    this.keyAlternatives ??= [{ ALT: () => this.CONSUME8(AnyWord) }, { ALT: () => this.CONSUME8(Text) }];
    const token = this.OR8(this.keyAlternatives);
    const isText = token.tokenType === Text;
    if (!isText) checkName(this.problems, token, 'key');
    const key = isText ? readString(this.problems, token) : token.image;
    const first = keys.get(key);
    if (first === undefined) keys.set(key, token);
    else refuseDuplicateKey(this.problems, key, token, first);
    return key;
  }

  /** Goes on at the colon if there is one. */
  private skipKey(key: IToken): string {
    refuseKey(this.problems, key, this.here(), this.LA(2));
    while (
      this.LA(1).tokenType !== Colon &&
      (isAnyWord(this.LA(1)) || isPostfix(this.LA(1)) || this.LA(2).tokenType === Colon)
    ) {
      this.SKIP_TOKEN();
    }
    if (this.LA(1).tokenType !== Colon) this.abandon();
    return '';
  }

  /** Reads `.a`, `.m(..)`, `["a"]` and `(..)` after a value. They all have the place of the whole, as in Cedar's errors. */
  private members(primary: Expr | BareName, start: number): Expr {
    if (primary.kind === 'name') {
      const entity = this.looseEntity(primary);
      if (entity !== undefined) return entity;
    }
    if (!this.RECORDING_PHASE && !isPostfix(this.LA(1))) return this.asValue(primary);
    let value = primary;
    const span = { start, end: start };
    if (this.RECORDING_PHASE) this.MANY2(() => this.postfix(value, span));
    while (isPostfix(this.LA(1))) {
      const { height } = this;
      this.height = 0;
      value = this.postfix(value, span);
      span.end = endOf(this.LA(0));
      if (height > this.height) this.height = height;
      this.rise();
    }
    return this.asValue(value);
  }

  /** The token says which it is; asking the library would take three stack frames for each level. */
  private postfix(value: Expr | BareName, span: Span): Expr {
    if (this.RECORDING_PHASE) {
      return this.OR2([
        { ALT: () => this.member(value, span) },
        { ALT: () => this.call(value, span) },
        { ALT: () => this.index(value, span) },
      ]);
    }
    switch (this.LA(1).tokenType) {
      case Dot:
        return this.member(value, span);
      case LeftParen:
        return this.call(value, span);
      default:
        return this.index(value, span);
    }
  }

  private asValue(value: Expr | BareName): Expr {
    return value.kind === 'name' ? refuseBareName(this.problems, value) : value;
  }

  private member(receiver: Expr | BareName, span: Span): Expr {
    const object = this.asValue(receiver);
    this.CONSUME(Dot);
    const next = this.LA(1);
    if (!this.RECORDING_PHASE && !isAnyWord(next)) {
      refuseAttribute(this.problems, next, this.here());
      if (next.tokenType !== Text && next.tokenType !== Integer) this.abandon();
      this.SKIP_TOKEN();
      return BROKEN;
    }
    const name = this.CONSUME(AnyWord);
    if (this.RECORDING_PHASE) this.OPTION1(() => this.arguments(5));
    else if (this.LA(1).tokenType === LeftParen) {
      return methodCall(this.problems, object, name, this.arguments(5), span);
    }
    checkName(this.problems, name, 'attribute');
    return { kind: 'access', object, attribute: name.image, span };
  }

  private call(called: Expr | BareName, span: Span): Expr {
    const place = this.here();
    const args = this.arguments(6);
    if (called.kind === 'name') return functionCall(this.problems, called, args, span);
    return refuseCall(this.problems, called, place);
  }

  private arguments(index: number): readonly Expr[] {
    this.consume(index, LeftParen);
    const args = this.list(index, RightParen);
    this.consume(index, RightParen);
    return args;
  }

  private index(receiver: Expr | BareName, span: Span): Expr {
    const object = this.asValue(receiver);
    const { startOffset: start } = this.CONSUME1(LeftBracket);
    const isName = this.LA(1).tokenType === Text && this.LA(2).tokenType === RightBracket;
    if (!isName && !this.RECORDING_PHASE) return this.skipIndex(start);
    const key = this.CONSUME1(Text);
    this.CONSUME1(RightBracket);
    return { kind: 'access', object, attribute: this.ACTION(() => readString(this.problems, key)), span };
  }

  private skipIndex(start: number): Expr {
    const first = this.LA(1);
    this.skipOperand();
    const isClosed = this.LA(1).tokenType === RightBracket;
    if (isClosed) this.SKIP_TOKEN();
    refuseIndex(this.problems, { start, end: this.previousEnd() }, first);
    return isClosed ? BROKEN : this.abandon();
  }

  /** One more level around what was read last. */
  private rise(): void {
    if (++this.height > MAX_NESTING) this.refuseDepth();
  }

  protected refuseDepth(): never {
    const place = this.LA(0);
    refuseNesting(this.problems, place === undefined ? this.here() : spanOf(place));
    return this.abandon();
  }
}

/** Shared by all operands without unary operators. */
const NO_SIGNS: IToken[] = [];
