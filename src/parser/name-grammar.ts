import { EmbeddedActionsParser, EOF, type IOrAlt, type IToken, type OrMethodOpts, type ParserMethod } from 'chevrotain';
import type { Expr } from '../ast/expression.js';
import { createSource, type Span } from '../text/source.js';
import {
  refuseEntityRecord,
  refuseEntityType,
  refuseLooseEntity,
  refuseType,
  type TypeCode,
  type TypeName,
} from './expression-problems.js';
import { GRAMMAR_SETTINGS, type GrammarSettings } from './grammar-settings.js';
import { readString } from './literals.js';
import { type BareName, BROKEN, checkName, isVariable } from './names.js';
import { endOf, spanOf } from './places.js';
import { Problems } from './problems.js';
import {
  And,
  AnyWord,
  At,
  Colon,
  Comma,
  Dot,
  DoubleColon,
  Else,
  isAnyWord,
  isPostfix,
  LeftBrace,
  LeftBracket,
  LeftParen,
  Or,
  RightBrace,
  RightBracket,
  RightParen,
  Semicolon,
  Text,
  Then,
  TOKEN_TYPES,
} from './tokens.js';

/**
 * Errors are caught where a construct ends, with its brackets in view: the library's own skipping knows no brackets,
 * and one mistake would be followed by several that are none.
 */
export const NO_RESYNC = { resyncEnabled: false } as const;

/** Thrown when a construct cannot be read further and has been complained about. */
export class Abandoned extends Error {}

const CLOSES: ReadonlySet<unknown> = new Set([RightParen, RightBracket, RightBrace]);
const OPENS: ReadonlySet<unknown> = new Set([LeftParen, LeftBracket, LeftBrace]);
/** What ends an operand outside of brackets. */
const AFTER_OPERAND: ReadonlySet<unknown> = new Set([...CLOSES, Comma, Semicolon, And, Or, Then, Else, At, EOF]);

/** For the time in which no text is read. */
export const NO_PROBLEMS = new Problems(createSource(''));

/** In a text with more mistakes than this inside brackets, each ends what encloses it. */
const MOST_DELETIONS = 1000;

/** Names of types, entities and attributes, and the means with which every grammar gets over mistakes. */
export abstract class NameGrammar extends EmbeddedActionsParser {
  protected problems = NO_PROBLEMS;
  /** How often a token of this text might have been deleted in order to go on. */
  protected deletions = 0;
  private pathPartAlternatives: OrMethodOpts<IToken> | undefined;

  constructor(settings: GrammarSettings) {
    super([...TOKEN_TYPES], { ...GRAMMAR_SETTINGS, recoveryEnabled: true, ...settings });
  }

  /** What follows the first word of a name: `::B::C` or `::B::"id"`. */
  protected readonly path: ParserMethod<[IToken], Expr | BareName> = this.RULE(
    'path',
    (first: IToken): Expr | BareName => {
      let name = this.ACTION(() => first.image);
      let id: IToken | undefined;
      let isBroken = false;
      this.ACTION(() => checkName(this.problems, first, 'name'));
      this.repeat(0, () => {
        this.CONSUME(DoubleColon);
        if (this.LA(1).tokenType === LeftBrace) {
          isBroken = true;
          this.skipEntityRecord(name);
          return false;
        }
        const part = this.OR(this.pathParts());
        if (part.tokenType === Text) id = part;
        else {
          checkName(this.problems, part, 'name');
          name += `::${part.image}`;
        }
        return id === undefined && this.LA(1).tokenType === DoubleColon;
      });
      const span = this.ACTION(() => ({ start: first.startOffset, end: endOf(this.LA(0)) }));
      if (isBroken) return BROKEN;
      if (id === undefined) return { kind: 'name', name, span };
      return { kind: 'entity', uid: { kind: 'entity', type: name, id: readString(this.problems, id) }, span };
    },
    NO_RESYNC,
  );

  /** The right side of `is`, which is always a plain name. */
  protected readonly typeName: ParserMethod<[TypeCode], TypeName> = this.RULE(
    'typeName',
    (code: TypeCode): TypeName => {
      const next = this.LA(1);
      if (!this.RECORDING_PHASE && !isAnyWord(next)) {
        refuseType(this.problems, code, next, this.here());
        this.skipOperand();
        return { name: '', span: this.here() };
      }
      const first = this.CONSUME(AnyWord);
      checkName(this.problems, first, 'name');
      let name = first.image;
      this.MANY({
        GATE: () => isAnyWord(this.LA(2)),
        DEF: () => {
          this.CONSUME(DoubleColon);
          const part = this.CONSUME1(AnyWord);
          checkName(this.problems, part, 'name');
          name += `::${part.image}`;
        },
      });
      const span = { start: first.startOffset, end: endOf(this.LA(0)) };
      const after = this.LA(1);
      if (after.tokenType === DoubleColon && this.LA(2).tokenType === Text) {
        refuseEntityType(this.problems, code, { name, span: { start: span.start, end: endOf(this.LA(2)) } });
        this.skipOperand();
      } else if (isPostfix(after) || after.tokenType === DoubleColon) {
        refuseType(this.problems, code, after, this.here());
        this.skipOperand();
      }
      return { name, span };
    },
    NO_RESYNC,
  );

  override reset(): void {
    super.reset();
    this.deletions = 0;
  }

  /** One token deleted before a closing bracket often repairs a list; a token made up never helps. */
  protected override canTokenTypeBeInsertedInRecovery(): boolean {
    return false;
  }

  protected override canTokenTypeBeDeletedInRecovery(expected: unknown): boolean {
    if (this.deletions++ > MOST_DELETIONS) return false;
    return CLOSES.has(expected) && !AFTER_OPERAND.has(this.LA(1).tokenType) && !OPENS.has(this.LA(1).tokenType);
  }

  /**
   * AT_LEAST_ONE that takes one stack frame instead of five: these loops stand between an expression and the
   * expressions inside it. `step` says whether to go on.
   */
  protected repeat(index: number, step: () => boolean): void {
    if (this.RECORDING_PHASE) this.atLeastOne(index, step);
    else while (step());
  }

  /** Place of the next token; at the end of the text the place behind the last one. */
  protected here(): Span {
    const next = this.LA(1);
    if (next.tokenType !== EOF) return spanOf(next);
    const end = this.previousEnd();
    return { start: end, end };
  }

  protected previousEnd(): number {
    const previous = this.LA(0);
    return previous.tokenType === EOF ? 0 : endOf(previous);
  }

  protected abandon(): never {
    throw new Abandoned('the text is faulty');
  }

  /** Skips what stands where an operand should, up to something that can follow an operand. */
  protected skipOperand(): void {
    let depth = 0;
    for (let type = this.LA(1).tokenType; depth > 0 || !AFTER_OPERAND.has(type); type = this.SKIP_TOKEN().tokenType) {
      if (type === Semicolon || type === EOF) return;
      if (OPENS.has(type)) depth++;
      else if (CLOSES.has(type)) depth--;
    }
  }

  protected pathParts(): OrMethodOpts<IToken> {
    this.pathPartAlternatives ??= {
      DEF: [{ ALT: () => this.CONSUME1(AnyWord) }, { ALT: () => this.CONSUME(Text) }] satisfies IOrAlt<IToken>[],
      ERR_MSG: 'a name or a string',
    };
    return this.pathPartAlternatives;
  }

  /** `Type:"id"` and the like. */
  protected looseEntity(type: BareName): Expr | undefined {
    const next = this.LA(1);
    const id = next.tokenType === Text ? next : this.LA(2);
    const isLoose = next === id || next.tokenType === Colon || next.tokenType === Dot;
    if (!isLoose || id.tokenType !== Text || isVariable(type.name)) return undefined;
    if (next !== id) this.SKIP_TOKEN();
    this.SKIP_TOKEN();
    return refuseLooseEntity(this.problems, type, id);
  }

  /** Skips `{..}` after `Type::`; the grammar of Cedar knows it in order to refuse it. */
  private skipEntityRecord(type: string): void {
    refuseEntityRecord(this.problems, type, this.here());
    this.skipOperand();
  }
}
