import {
  EarlyExitException,
  EOF,
  type IToken,
  MismatchedTokenException,
  NoViableAltException,
  type ParserMethod,
  type TokenType,
} from 'chevrotain';
import type { Expr } from '../ast/expression.js';
import { type Annotation, type Condition, type Effect, type Policy, slotsOf } from '../ast/policy.js';
import type { Span } from '../text/source.js';
import { refuseNesting } from './expression-problems.js';
import type { GrammarSettings } from './grammar-settings.js';
import { readString } from './literals.js';
import { Abandoned, NO_PROBLEMS, NO_RESYNC } from './name-grammar.js';
import { BROKEN } from './names.js';
import { endOf, spanOf } from './places.js';
import type { Problems } from './problems.js';
import { OPEN_SCOPE } from './scope.js';
import { ScopeGrammar } from './scope-grammar.js';
import { meantEffect, refuseConditionWord, refuseEffect } from './scope-problems.js';
import { reportSyntaxError } from './syntax-errors.js';
import {
  AnyWord,
  At,
  describeToken,
  isAnyWord,
  LeftBrace,
  LeftParen,
  RightBrace,
  RightParen,
  Semicolon,
  Text,
} from './tokens.js';

const NO_SLOTS: Policy['slots'] = [];

/**
 * The whole grammar of Cedar policies. Making one analyses the grammar, which takes some ten milliseconds: make one
 * and keep it. It reads one text at a time.
 */
export class PolicyGrammar extends ScopeGrammar {
  /** Whether the policy at hand has a mistake of shape: then nothing is said about how it ends. */
  private isBroken = false;

  constructor(settings: GrammarSettings = {}) {
    super(settings);
    this.performSelfAnalysis();
  }

  /** Reads a list of policies; the result counts only if `problems` stays empty. */
  policiesOf(problems: Problems, tokens: IToken[]): readonly Policy[] {
    return this.read(problems, tokens, () => this.policies()) ?? [];
  }

  /** Reads one expression; the result counts only if `problems` stays empty. */
  expressionOf(problems: Problems, tokens: IToken[]): Expr {
    return this.read(problems, tokens, () => this.soleExpression()) ?? BROKEN;
  }

  private read<T>(problems: Problems, tokens: IToken[], rule: () => T): T | undefined {
    this.problems = problems;
    this.input = tokens;
    try {
      return rule();
    } catch (error) {
      // The stack of the caller may be nearly full already: far fewer levels than are allowed then fit.
      if (!(error instanceof RangeError)) throw error;
      refuseNesting(problems, this.here());
      return undefined;
    } finally {
      this.problems = NO_PROBLEMS;
      this.input = [];
    }
  }

  private readonly policies: ParserMethod<[], readonly Policy[]> = this.RULE(
    'policies',
    () => {
      const policies: Policy[] = [];
      const step = (): boolean => {
        const first = this.LA(1);
        this.problems.beginPolicy(first.startOffset);
        const id = `policy${policies.length}`;
        const policy = this.guarded(
          () => this.SUBRULE(this.policy, { ARGS: [id] }),
          () => this.skipPolicy(),
        );
        if (policy !== undefined) policies.push(policy);
        if (this.LA(1) === first) this.SKIP_TOKEN();
        this.reportErrors();
        return this.LA(1).tokenType !== EOF;
      };
      if (this.RECORDING_PHASE) this.MANY(step);
      else while (this.LA(1).tokenType !== EOF && !this.problems.isFull) step();
      this.skipRest();
      return policies;
    },
    NO_RESYNC,
  );

  private readonly soleExpression: ParserMethod<[], Expr | undefined> = this.RULE(
    'soleExpression',
    () => {
      const value = this.guarded(
        () => this.SUBRULE(this.expression),
        () => undefined,
      );
      const next = this.LA(1);
      if (value !== undefined && next.tokenType !== EOF && !this.RECORDING_PHASE) {
        const expected = 'an operator or the end of the expression';
        this.problems.report('unexpected-token', this.here(), `expected ${expected}, found ${describeToken(next)}`, {
          data: { expected, found: next.image },
        });
      }
      this.skipRest();
      this.reportErrors();
      return value;
    },
    NO_RESYNC,
  );

  private readonly policy: ParserMethod<[string], Policy> = this.RULE(
    'policy',
    (id: string): Policy => {
      this.isBroken = false;
      const { startOffset: start } = this.LA(1);
      const annotations = this.SUBRULE(this.annotations);
      const effect = this.effect(annotations.length > 0);
      const opener = this.LA(1);
      const read = this.guarded(
        () => this.SUBRULE(this.scope),
        () => this.skipPast(opener, LeftParen, RightParen),
      );
      const { principal, action, resource } = read ?? OPEN_SCOPE;
      const conditions = this.SUBRULE(this.conditions);
      this.OPTION(() => this.CONSUME(Semicolon));
      if (!this.RECORDING_PHASE && this.LA(0).tokenType !== Semicolon) this.refuseEnd();
      const span = { start, end: this.previousEnd() };
      const slots = this.RECORDING_PHASE ? NO_SLOTS : slotsOf(principal, resource);
      const { source } = this.problems;
      return { id, effect, annotations, principal, action, resource, conditions, slots, span, source };
    },
    NO_RESYNC,
  );

  private readonly annotations: ParserMethod<[], readonly Annotation[]> = this.RULE(
    'annotations',
    () => {
      const annotations: Annotation[] = [];
      const keys = new Map<string, Annotation>();
      const step = (): void => {
        const annotation = this.guarded(
          () => this.SUBRULE(this.annotation),
          () => this.skipAnnotation(),
        );
        if (annotation === undefined || this.RECORDING_PHASE) return;
        annotations.push(annotation);
        const first = keys.get(annotation.key);
        if (first === undefined) keys.set(annotation.key, annotation);
        else this.refuseDuplicate(annotation, first);
      };
      if (this.RECORDING_PHASE) this.MANY(step);
      else while (this.LA(1).tokenType === At) step();
      return annotations;
    },
    NO_RESYNC,
  );

  private readonly annotation: ParserMethod<[], Annotation> = this.RULE(
    'annotation',
    () => {
      const at = this.CONSUME(At);
      if (!this.RECORDING_PHASE) this.checkAnnotation(at);
      const { image: key } = this.CONSUME(AnyWord);
      const value = this.OPTION(() => {
        this.CONSUME(LeftParen);
        const text = this.CONSUME(Text);
        this.CONSUME(RightParen);
        return this.ACTION(() => readString(this.problems, text));
      });
      return { key, value: value ?? null, span: { start: at.startOffset, end: endOf(this.LA(0)) } };
    },
    NO_RESYNC,
  );

  private readonly conditions: ParserMethod<[], readonly Condition[]> = this.RULE(
    'conditions',
    () => {
      const conditions: Condition[] = [];
      const step = (): void => {
        const first = this.LA(1);
        const opener = first.tokenType === LeftBrace ? first : this.LA(2);
        const condition = this.guarded(
          () => this.SUBRULE(this.condition),
          () => this.skipPast(opener, LeftBrace, RightBrace),
        );
        if (condition !== undefined) conditions.push(condition);
      };
      if (this.RECORDING_PHASE) this.MANY(step);
      else while (this.looksLikeCondition()) step();
      return conditions;
    },
    NO_RESYNC,
  );

  private readonly condition: ParserMethod<[], Condition> = this.RULE(
    'condition',
    (): Condition => {
      const first = this.LA(1);
      const kind = first.image === 'unless' ? 'unless' : 'when';
      if (first.tokenType !== LeftBrace || this.RECORDING_PHASE) {
        const word = this.CONSUME(AnyWord);
        if (word.image !== kind) refuseConditionWord(this.problems, word, spanOf(word), false);
      } else refuseConditionWord(this.problems, first, spanOf(first), true);
      this.CONSUME(LeftBrace);
      const isEmpty = this.LA(1).tokenType === RightBrace;
      const body = isEmpty ? BROKEN : this.SUBRULE(this.expression);
      this.CONSUME(RightBrace);
      const span = { start: first.startOffset, end: endOf(this.LA(0)) };
      if (isEmpty) {
        this.problems.report('empty-condition', span, `the condition of \`${kind}\` is empty`, {
          help: 'write an expression between the braces, or leave the condition out',
        });
      }
      return { kind, body, span };
    },
    NO_RESYNC,
  );

  private effect(hasAnnotations: boolean): Effect {
    const next = this.LA(1);
    if (!isAnyWord(next) && !this.RECORDING_PHASE) {
      if (!this.isBroken) this.refusePolicy(next, this.here(), hasAnnotations);
      while (this.LA(1).tokenType === Semicolon && this.LA(2).tokenType === Semicolon) this.SKIP_TOKEN();
      this.abandon();
    }
    const word = this.CONSUME(AnyWord);
    if (word.image === 'permit' || word.image === 'forbid' || this.RECORDING_PHASE)
      return word.image === 'forbid' ? 'forbid' : 'permit';
    const isEffect = this.LA(1).tokenType === LeftParen;
    if (isEffect || meantEffect(word.image) !== undefined) refuseEffect(this.problems, word, spanOf(word));
    else this.refusePolicy(word, spanOf(word), hasAnnotations);
    return isEffect ? 'permit' : this.abandon();
  }

  private refusePolicy(found: IToken, place: Span, hasAnnotations: boolean): void {
    const expected = hasAnnotations ? '`permit` or `forbid` after the annotations' : 'a policy';
    this.problems.report('expected-policy', place, `expected ${expected}, found ${describeToken(found)}`, {
      help: found.tokenType === Semicolon ? 'delete the `;`' : 'a policy begins with `permit` or `forbid`',
      data: { found: found.image },
    });
  }

  /** Complains about an annotation that is not `@name` or `@name("text")`. */
  private checkAnnotation(at: IToken): void {
    const [key, open, value] = [this.LA(1), this.LA(2), this.LA(3)];
    const isText = value.tokenType === Text && this.LA(4).tokenType === RightParen;
    if (isAnyWord(key) && (isAnyWord(open) || open.tokenType === At)) return;
    if (isAnyWord(key) && open.tokenType === LeftParen && isText) return;
    const faulty = isAnyWord(key) ? (open.tokenType === LeftParen ? value : open) : key;
    const name = isAnyWord(key) ? key.image : 'name';
    const place = faulty.tokenType === EOF ? spanOf(at) : spanOf(faulty);
    this.problems.report('invalid-annotation', place, `unexpected ${describeToken(faulty)} in an annotation`, {
      help: `write \`@${name}\` or \`@${name}("text")\``,
      data: { found: faulty.image },
    });
    this.abandon();
  }

  private refuseDuplicate({ key, span }: Annotation, first: Annotation): void {
    if (span === undefined) return;
    this.problems.report('duplicate-annotation', span, `the annotation \`@${key}\` is used twice`, {
      help: 'a policy has at most one value for each annotation',
      data: { key },
      related: first.span === undefined ? undefined : { span: first.span, message: 'first used here' },
    });
  }

  /** Complains about a policy that does not end with `;` and finds the place where the next one begins. */
  private refuseEnd(): void {
    const next = this.LA(1);
    const end = this.previousEnd();
    if (this.isBroken) this.skipPolicy();
    else if (next.tokenType === EOF || this.isPolicyStart()) {
      this.problems.report('missing-semicolon', { start: end, end }, 'this policy does not end with `;`', {
        help: 'write `;` here',
      });
    } else {
      const expected = '`when`, `unless` or `;`';
      const isCloser = next.tokenType === RightParen || next.tokenType === RightBrace;
      this.problems.report('unexpected-token', this.here(), `expected ${expected}, found ${describeToken(next)}`, {
        help: isCloser ? `this \`${next.image}\` closes nothing` : undefined,
        data: { expected, found: next.image },
      });
      this.skipPolicy();
    }
  }

  /** Reads a construct; if that cannot be done, `skip` goes to where the text makes sense again. */
  private guarded<T>(read: () => T, skip: () => void): T | undefined {
    try {
      return read();
    } catch (error) {
      if (!isRefusal(error)) throw error;
      this.depth = 0;
      this.isBroken = true;
      this.reportErrors();
      if (this.problems.isFull) this.skipRest();
      else skip();
      return undefined;
    }
  }

  private reportErrors(): void {
    const { errors } = this;
    if (errors.length === 0) return;
    this.errors = [];
    for (const error of errors) reportSyntaxError(this.problems, this.input, error);
  }

  private looksLikeCondition(): boolean {
    const next = this.LA(1);
    if (next.tokenType === LeftBrace || next.image === 'when' || next.image === 'unless') return true;
    return isAnyWord(next) && this.LA(2).tokenType === LeftBrace;
  }

  /** Skips behind the bracket that closes `opener`, or to where something else begins for certain. */
  private skipPast(opener: IToken, open: TokenType, close: TokenType): void {
    let depth = 0;
    for (let back = 0; opener.tokenType === open; back--) {
      const token = this.LA(back);
      if (token.tokenType === EOF) break;
      if (token.tokenType === open) depth++;
      else if (token.tokenType === close) depth--;
      if (token === opener) break;
    }
    for (let type = this.LA(1).tokenType; !this.isHardStop(type); type = this.SKIP_TOKEN().tokenType) {
      if (type === open) depth++;
      else if (type === close && --depth <= 0) {
        this.SKIP_TOKEN();
        return;
      }
    }
  }

  private skipRest(): void {
    while (this.LA(1).tokenType !== EOF) this.SKIP_TOKEN();
  }

  private skipAnnotation(): void {
    let type = this.LA(1).tokenType;
    for (; !this.isHardStop(type) && type !== RightParen; type = this.SKIP_TOKEN().tokenType);
    if (type === RightParen) this.SKIP_TOKEN();
  }

  private skipPolicy(): void {
    let type = this.LA(1).tokenType;
    for (; !this.isPolicyEnd(type); type = this.SKIP_TOKEN().tokenType);
    if (type === Semicolon) this.SKIP_TOKEN();
  }

  private isPolicyEnd(type: TokenType): boolean {
    return type === EOF || this.isPolicyStart() || (type === Semicolon && this.isHardStop(type));
  }
}

function isRefusal(error: unknown): boolean {
  return (
    error instanceof Abandoned ||
    error instanceof MismatchedTokenException ||
    error instanceof NoViableAltException ||
    error instanceof EarlyExitException
  );
}
