import {
  EarlyExitException,
  EmbeddedActionsParser,
  EOF,
  type IToken,
  MismatchedTokenException,
  NoViableAltException,
  type TokenType,
} from 'chevrotain';
import type { TextOrigin } from '../diagnostics/origin.js';
import { createSource, type Span } from '../text/source.js';
import { GRAMMAR_SETTINGS, type GrammarSettings } from './grammar-settings.js';
import { Abandoned } from './name-grammar.js';
import { endOf, spanOf } from './places.js';
import { Problems } from './problems.js';
import { reportSchemaError } from './schema-errors.js';
import { Action, isDeclarationWord, isName, Namespace, SCHEMA_TOKEN_TYPES, Type } from './schema-tokens.js';
import {
  Assign,
  At,
  DoubleColon,
  LeftBrace,
  LeftBracket,
  LeftParen,
  RightBrace,
  RightBracket,
  RightParen,
  Semicolon,
  Text,
} from './tokens.js';

const OPENS: ReadonlySet<TokenType> = new Set([LeftParen, LeftBracket, LeftBrace]);
const CLOSES: ReadonlySet<TokenType> = new Set([RightParen, RightBracket, RightBrace]);

/** So many tokens are looked at to tell what annotations belong to. */
const FARTHEST = 100;

/** The means with which the grammar of schemas gets over mistakes, so that a text's other mistakes are found too. */
export abstract class SchemaRecovery extends EmbeddedActionsParser {
  protected problems = new Problems(createSource(''));
  /** Brackets that are open at the current place. */
  protected readonly open: IToken[] = [];

  constructor(settings: GrammarSettings) {
    // The library's own repairs know nothing of declarations and brackets; every mistake ends in `guarded` instead.
    super([...SCHEMA_TOKEN_TYPES], { ...GRAMMAR_SETTINGS, recoveryEnabled: false, ...settings });
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

  protected origin(span: Span): TextOrigin {
    return { kind: 'text', source: this.problems.source, span };
  }

  /** Gives up on a construct that has been complained about. */
  protected abandon(): never {
    throw new Abandoned('the text is faulty');
  }

  protected opens(bracket: IToken): void {
    this.open.push(bracket);
  }

  protected closes(): void {
    this.open.pop();
  }

  /**
   * Reads a construct. If that cannot be done the reason is reported and `skip` goes to where the text makes sense
   * again; it is told how many brackets the construct had left open.
   */
  protected guarded<T>(read: () => T, skip: (depth: number) => void): T | undefined {
    const base = this.open.length;
    try {
      return read();
    } catch (error) {
      if (!isRefusal(error)) throw error;
      this.reportErrors();
      const depth = Math.max(0, this.open.length - base);
      this.open.length = Math.min(base, this.open.length);
      skip(depth);
      return undefined;
    }
  }

  protected reportErrors(): void {
    const { errors } = this;
    if (errors.length === 0) return;
    this.errors = [];
    for (const error of errors) reportSchemaError(this.problems, this.input, error, this.open.at(-1));
  }

  /** Skips to a token at which `stops` holds outside of brackets, to a closing brace, or to the next declaration. */
  protected skipTo(depth: number, stops: (token: IToken) => boolean): void {
    let level = depth;
    for (let next = this.LA(1); next.tokenType !== EOF; next = this.SKIP_TOKEN()) {
      const type = next.tokenType;
      if (this.startsDeclaration()) return;
      if (level === 0 && (type === RightBrace || stops(next))) return;
      if (OPENS.has(type)) level++;
      else if (CLOSES.has(type) && level > 0) level--;
    }
  }

  /** Whether a declaration certainly begins here: one of its words at the start of a line or behind another one. */
  protected startsDeclaration(): boolean {
    const [first, second, third] = [this.LA(1), this.LA(2), this.LA(3)];
    if (!this.startsLine() && this.LA(0).tokenType !== Semicolon) return false;
    if (first.tokenType === At) return this.annotatesDeclaration();
    if (!isDeclarationWord(first)) return false;
    if (first.tokenType === Action) return isName(second) || second.tokenType === Text;
    if (!isName(second)) return false;
    if (first.tokenType === Type) return third.tokenType === Assign;
    return first.tokenType !== Namespace || third.tokenType === LeftBrace || third.tokenType === DoubleColon;
  }

  /** Whether the annotations that begin here belong to a declaration and not to an attribute. */
  private annotatesDeclaration(): boolean {
    let ahead = 1;
    while (ahead < FARTHEST && this.LA(ahead).tokenType === At && isName(this.LA(ahead + 1))) {
      ahead += this.LA(ahead + 2).tokenType === LeftParen ? 5 : 2;
    }
    return isDeclarationWord(this.LA(ahead)) && isName(this.LA(ahead + 1));
  }

  protected startsLine(): boolean {
    const { startOffset } = this.LA(1);
    return /[\r\n]/.test(this.problems.source.text.slice(this.previousEnd(), startOffset)) || this.previousEnd() === 0;
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
