import { EOF, type IToken, type OrMethodOpts, type ParserMethod, type TokenType } from 'chevrotain';
import { MAX_NESTING } from '../ast/expression.js';
import type { EntityReference } from '../ast/policy.js';
import { ExpressionGrammar } from './expression-grammar.js';
import { NO_RESYNC } from './name-grammar.js';
import type { BareName } from './names.js';
import { spanOf } from './places.js';
import {
  isScopeVariable,
  narrowScope,
  OPEN_SCOPE,
  type Scope,
  type ScopeElement,
  type ScopeReference,
} from './scope.js';
import {
  meantEffect,
  refuseColon,
  refuseLateIs,
  refuseName,
  refuseReference,
  refuseScopeOperator,
  refuseScopeToken,
} from './scope-problems.js';
import {
  AnyWord,
  Assign,
  At,
  Colon,
  Comma,
  Equal,
  Has,
  In,
  InfixOperator,
  Is,
  isAnyWord,
  isPostfix,
  LeftBrace,
  LeftBracket,
  LeftParen,
  Like,
  RightBrace,
  RightBracket,
  RightParen,
  Semicolon,
  Slot,
  Word,
} from './tokens.js';

const OPERATORS: ReadonlySet<TokenType> = new Set([Equal, In, Assign]);

/** The scope of a policy. It has a grammar of its own, far smaller than that of expressions, and read far more often. */
export abstract class ScopeGrammar extends ExpressionGrammar {
  /** Word of the scope element that is being read. */
  private variable = '';
  /** Whether every element of the scope could be read to its end. */
  private isScopeWhole = true;
  private referenceAlternatives: OrMethodOpts<ScopeReference | undefined> | undefined;

  protected readonly scope: ParserMethod<[], Scope> = this.RULE(
    'scope',
    () => {
      const elements: ScopeElement[] = [];
      this.isScopeWhole = true;
      this.CONSUME(LeftParen);
      const step = (): boolean => {
        const element = this.SUBRULE(this.scopeElement);
        if (element === undefined) this.isScopeWhole = false;
        else elements.push(element);
        const comma = this.OPTION(() => this.CONSUME(Comma));
        const type = this.LA(1).tokenType;
        return comma === undefined ? this.isNextVariable() : type !== RightParen && !this.isHardStop(type);
      };
      if (this.RECORDING_PHASE) this.MANY(step);
      else if (this.LA(1).tokenType !== RightParen) while (step());
      const end = this.here();
      if (!this.isScopeWhole && this.LA(1).tokenType !== RightParen) this.abandon();
      this.CONSUME(RightParen);
      if (this.RECORDING_PHASE) return OPEN_SCOPE;
      return narrowScope(this.problems, elements, this.isScopeWhole ? end : undefined);
    },
    NO_RESYNC,
  );

  private readonly scopeElement: ParserMethod<[], ScopeElement | undefined> = this.RULE(
    'scopeElement',
    (): ScopeElement | undefined => {
      const next = this.LA(1);
      if (!isAnyWord(next) && !this.RECORDING_PHASE) {
        refuseScopeToken(this.problems, next, this.here(), '`principal`, `action` or `resource`');
        if (this.isHardStop(next.tokenType)) this.abandon();
        this.skipElement(0, false);
        return undefined;
      }
      const variable = this.CONSUME(AnyWord);
      this.variable = variable.image;
      const is = this.OPTION(() => {
        this.CONSUME(Is);
        return this.SUBRULE(this.typeName, { ARGS: ['invalid-scope-type'] });
      });
      let operator: IToken | undefined;
      let reference: ScopeReference | undefined;
      this.OPTION1({
        GATE: () => OPERATORS.has(this.LA(1).tokenType),
        DEF: () => {
          operator = this.CONSUME(InfixOperator);
          if (operator.tokenType === Assign) refuseScopeOperator(this.problems, operator, spanOf(operator));
          reference = this.SUBRULE(this.reference, { ARGS: [false] });
        },
      });
      const element = { variable, is, operator, reference };
      if (!this.RECORDING_PHASE) this.finishElement(element);
      return element;
    },
    NO_RESYNC,
  );

  /** An entity or slot, or unless `isElement` a list of them, each in any number of parentheses. */
  private readonly reference: ParserMethod<[boolean], ScopeReference | undefined> = this.RULE(
    'reference',
    (isElement: boolean): ScopeReference | undefined => {
      let parens = 0;
      this.MANY(() => {
        this.CONSUME(LeftParen);
        if (++parens > MAX_NESTING) this.refuseDepth();
      });
      const next = this.LA(1);
      const isList = next.tokenType === LeftBracket && !isElement;
      let reference: ScopeReference | undefined;
      if (this.RECORDING_PHASE || isList || next.tokenType === Word || next.tokenType === Slot) {
        reference = this.OR(this.references());
      } else refuseReference(this.problems, next, this.here(), this.variable);
      if (reference === undefined) {
        this.skipElement(parens, isElement);
        return undefined;
      }
      const close = (): boolean => {
        this.CONSUME(RightParen);
        return --parens > 0;
      };
      if (this.RECORDING_PHASE) this.MANY1(close);
      else if (parens > 0) while (close());
      return reference;
    },
    NO_RESYNC,
  );

  private references(): OrMethodOpts<ScopeReference | undefined> {
    this.referenceAlternatives ??= {
      DEF: [
        { ALT: () => this.entity(this.CONSUME(Word)) },
        { ALT: () => this.slot(this.CONSUME(Slot)) },
        { ALT: () => this.entityList() },
      ],
      ERR_MSG: 'an entity',
    };
    return this.referenceAlternatives;
  }

  private entity(word: IToken): EntityReference | undefined {
    const name = this.OPTION2(() => this.SUBRULE(this.path, { ARGS: [word] }));
    if (name?.kind === 'entity') return { kind: 'entity', uid: name.uid, span: name.span };
    if (name === undefined || name.kind === 'name') {
      const bare: BareName = name ?? { kind: 'name', name: word.image, span: spanOf(word) };
      if (this.looseEntity(bare) === undefined) refuseName(this.problems, bare, this.variable);
    }
    return undefined;
  }

  private slot(token: IToken): EntityReference | undefined {
    const slot = token.image;
    if (slot !== '?principal' && slot !== '?resource') return undefined;
    return { kind: 'slot', slot, span: spanOf(token) };
  }

  private entityList(): ScopeReference {
    const { startOffset: start } = this.CONSUME(LeftBracket);
    const elements: EntityReference[] = [];
    const step = (): boolean => {
      const element = this.SUBRULE1(this.reference, { ARGS: [true] });
      if (element !== undefined && element.kind !== 'set') elements.push(element);
      const comma = this.OPTION3(() => this.CONSUME1(Comma));
      return comma !== undefined && this.LA(1).tokenType !== RightBracket;
    };
    if (this.RECORDING_PHASE) this.MANY2(step);
    else if (this.LA(1).tokenType !== RightBracket) while (step());
    this.CONSUME(RightBracket);
    return { kind: 'set', elements, span: { start, end: this.previousEnd() } };
  }

  /** Complains about what an element of the scope cannot end with, and goes to its end. */
  private finishElement({ variable, is, operator }: ScopeElement): void {
    const next = this.LA(1);
    const type = next.tokenType;
    if (type === Comma || type === RightParen || this.isHardStop(type)) return;
    if (this.isNextVariable()) {
      const end = this.previousEnd();
      this.problems.report('missing-comma', { start: end, end }, `expected \`,\` before \`${next.image}\``, {
        help: 'elements are separated by commas',
        data: { found: next.image },
      });
      return;
    }
    const isOperator = type === Has || type === Like || type.CATEGORIES?.includes(InfixOperator) === true;
    if (type === Is) refuseLateIs(this.problems, this.here());
    else if (isOperator || isPostfix(next)) refuseScopeOperator(this.problems, next, this.here());
    else if (type === Colon && is === undefined && operator === undefined) {
      refuseColon(this.problems, this.here(), variable.image);
    } else refuseScopeToken(this.problems, next, this.here(), '`,` or `)`');
    this.isScopeWhole = false;
    this.skipElement(0, false);
  }

  /** Whether another variable of the scope follows, though there is no comma. */
  private isNextVariable(): boolean {
    const { image } = this.LA(1);
    return isScopeVariable(image) && image !== this.variable;
  }

  /** Skips to the end of an element of the scope, or of a list in it, from inside so many parentheses. */
  private skipElement(parens: number, isInList: boolean): void {
    let depth = parens;
    for (let type = this.LA(1).tokenType; !this.isHardStop(type); type = this.SKIP_TOKEN().tokenType) {
      if (type === LeftParen || type === LeftBracket || type === LeftBrace) depth++;
      else if (depth > 0) {
        if (type === RightParen || type === RightBracket || type === RightBrace) depth--;
      } else if (type === Comma || type === RightParen || (type === RightBracket && isInList)) return;
    }
  }

  /**
   * Whether no skipping may go beyond the next token, because something else begins or ends there for certain. A `;` is
   * such an end only before a policy or the end of the text: in the middle of a policy it is often a mistake itself.
   */
  protected isHardStop(type: TokenType): boolean {
    if (type === Semicolon) return this.LA(2).tokenType === EOF || this.isPolicyStart(1);
    if (type === EOF) return true;
    return (type === Word || type === At) && (this.isConditionStart() || this.isPolicyStart());
  }

  protected isConditionStart(): boolean {
    const { image } = this.LA(1);
    return (image === 'when' || image === 'unless') && this.LA(2).tokenType === LeftBrace;
  }

  /** Whether a policy begins after so many tokens, be it with a misspelt effect. */
  protected isPolicyStart(after = 0): boolean {
    const next = this.LA(after + 1);
    if (next.tokenType === At) return isAnyWord(this.LA(after + 2));
    if (next.tokenType !== Word || this.LA(after + 2).tokenType !== LeftParen) return false;
    return next.image === 'permit' || next.image === 'forbid' || meantEffect(next.image) !== undefined;
  }
}
