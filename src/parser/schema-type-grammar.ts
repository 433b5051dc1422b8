import { EOF, type IToken, type ParserMethod } from 'chevrotain';
import { MAX_NESTING } from '../ast/expression.js';
import type {
  AttributeDeclaration,
  NameReference,
  RecordExpression,
  SchemaAnnotation,
  TypeExpression,
} from '../ast/schema-fragment.js';
import type { TextOrigin } from '../diagnostics/origin.js';
import { readString } from './literals.js';
import { endOf, spanOf } from './places.js';
import { checkSchemaName, NAME, refuseMissingComma, refuseToken, refuseUnclosed, TYPE } from './schema-errors.js';
import { SchemaRecovery } from './schema-recovery.js';
import { isName, QuestionMark, SetWord } from './schema-tokens.js';
import {
  AnyWord,
  At,
  Colon,
  Comma,
  DoubleColon,
  describeToken,
  Greater,
  LeftBrace,
  LeftBracket,
  LeftParen,
  Less,
  RightBrace,
  RightParen,
  Semicolon,
  Text,
} from './tokens.js';

/** A name that is declared, with its place. */
export interface DeclaredName {
  readonly name: string;
  readonly origin: TextOrigin;
}

const NO_ANNOTATIONS: readonly SchemaAnnotation[] = [];

/** The grammar of names, types and annotations in schemas. */
export abstract class SchemaTypeGrammar extends SchemaRecovery {
  /** Types around the current place. */
  protected depth = 0;

  protected readonly annotations: ParserMethod<[], readonly SchemaAnnotation[]> = this.RULE('annotations', () => {
    if (this.LA(1).tokenType !== At && !this.RECORDING_PHASE) return NO_ANNOTATIONS;
    const annotations: SchemaAnnotation[] = [];
    const keys = new Map<string, IToken>();
    this.MANY(() => annotations.push(this.SUBRULE(this.annotation, { ARGS: [keys] })));
    return annotations;
  });

  private readonly annotation: ParserMethod<[Map<string, IToken>], SchemaAnnotation> = this.RULE(
    'annotation',
    (keys: Map<string, IToken>): SchemaAnnotation => {
      const at = this.CONSUME(At);
      if (!this.RECORDING_PHASE) this.checkAnnotation(at);
      const key = this.CONSUME(AnyWord);
      const value = this.OPTION(() => {
        this.CONSUME(LeftParen);
        const text = this.CONSUME(Text);
        this.CONSUME(RightParen);
        return this.ACTION(() => readString(this.problems, text));
      });
      this.ACTION(() => this.checkDuplicate(keys, key));
      const span = { start: at.startOffset, end: endOf(this.LA(0)) };
      return { key: key.image, value: value ?? '', origin: this.origin(span) };
    },
  );

  /** `A::B`; a single word may be a name of the own namespace or of the empty one. */
  protected readonly path: ParserMethod<[], NameReference> = this.RULE('path', (): NameReference => {
    const first = this.word(0, NAME);
    let name = first.image;
    this.MANY(() => {
      this.CONSUME(DoubleColon);
      name += `::${this.word(1, NAME).image}`;
    });
    return { name, origin: this.origin({ start: first.startOffset, end: endOf(this.LA(0)) }) };
  });

  protected readonly type: ParserMethod<[], TypeExpression> = this.RULE('type', (): TypeExpression => {
    if (++this.depth > MAX_NESTING) this.refuseDepth();
    const type = this.OR({
      DEF: [
        { GATE: () => this.LA(2).tokenType === Less, ALT: () => this.set(), IGNORE_AMBIGUITIES: true },
        { ALT: () => this.SUBRULE(this.record) },
        { ALT: () => this.named() },
      ],
      ERR_MSG: TYPE,
    });
    this.depth--;
    return type;
  });

  protected readonly record: ParserMethod<[], RecordExpression> = this.RULE('record', (): RecordExpression => {
    const opener = this.CONSUME(LeftBrace);
    this.opens(opener);
    const attributes: AttributeDeclaration[] = [];
    const step = (): void => {
      const { depth } = this;
      const attribute = this.guarded(
        () => this.SUBRULE(this.attribute),
        (open) => this.skipAttribute(depth, open),
      );
      if (attribute !== undefined) attributes.push(attribute);
      const comma = this.OPTION(() => this.CONSUME(Comma));
      if (comma === undefined && this.LA(1).tokenType !== RightBrace)
        this.checkSeparator(opener, attribute !== undefined);
    };
    if (this.RECORDING_PHASE) this.MANY(step);
    else while (this.LA(1).tokenType !== RightBrace) step();
    this.CONSUME(RightBrace);
    this.closes();
    return { kind: 'record', attributes, origin: this.origin({ start: opener.startOffset, end: endOf(this.LA(0)) }) };
  });

  private readonly attribute: ParserMethod<[], AttributeDeclaration> = this.RULE(
    'attribute',
    (): AttributeDeclaration => {
      const annotations = this.SUBRULE(this.annotations);
      const { name, origin } = this.quotableName('an attribute');
      const optional = this.OPTION(() => this.CONSUME(QuestionMark));
      this.CONSUME(Colon);
      const type = this.SUBRULE(this.type);
      return { name, required: optional === undefined, annotations, type, origin };
    },
  );

  /** A word where a name must stand. */
  protected word(index: number, expected: string): IToken {
    const next = this.LA(1);
    if (!this.RECORDING_PHASE && !isName(next)) {
      const unquoted = next.tokenType === Text ? 'this name is written without quotes' : undefined;
      refuseToken(this.problems, next, this.here(), expected, unquoted);
      this.abandon();
    }
    const word = this.consume(index, AnyWord);
    if (!this.RECORDING_PHASE) checkSchemaName(this.problems, word, false);
    return word;
  }

  /** A name of an attribute or an action: a word or a string. */
  protected quotableName(expected: string): DeclaredName {
    const next = this.LA(1);
    if (!this.RECORDING_PHASE && !isName(next) && next.tokenType !== Text) {
      refuseToken(this.problems, next, this.here(), expected);
      this.abandon();
    }
    const token = this.OR([{ ALT: () => this.CONSUME(AnyWord) }, { ALT: () => this.CONSUME(Text) }]);
    if (this.RECORDING_PHASE) return { name: '', origin: this.origin({ start: 0, end: 0 }) };
    const origin = this.origin(spanOf(token));
    if (token.tokenType === Text) return { name: readString(this.problems, token), origin };
    checkSchemaName(this.problems, token, true);
    return { name: token.image, origin };
  }

  private set(): TypeExpression {
    const { startOffset: start } = this.CONSUME(SetWord);
    this.CONSUME(Less);
    const element = this.SUBRULE(this.type);
    this.CONSUME(Greater);
    return { kind: 'set', element, origin: this.origin({ start, end: endOf(this.LA(0)) }) };
  }

  private named(): TypeExpression {
    const { name, origin } = this.SUBRULE(this.path);
    if (!this.RECORDING_PHASE) this.checkAfterName(name);
    return { kind: 'named', name, origin };
  }

  /** Complains about notations of other languages for sets and optional attributes. */
  private checkAfterName(name: string): void {
    const help = this.foreignNotation(name);
    if (help === undefined) return;
    refuseToken(this.problems, this.LA(1), this.here(), 'the end of the type', help);
    this.abandon();
  }

  private foreignNotation(name: string): string | undefined {
    switch (this.LA(1).tokenType) {
      case Less:
        return 'a set is written `Set<Type>`; no other type takes `<..>`';
      case LeftBracket:
        return `a set is written \`Set<${name}>\``;
      case QuestionMark:
        return 'the `?` of an optional attribute stands behind its name: `name?: Type`';
      default:
        return undefined;
    }
  }

  private refuseDepth(): never {
    this.problems.report('nesting-too-deep', this.here(), `more than ${MAX_NESTING} types stand inside each other`, {
      help: 'give the inner types names with `type`',
      data: { limit: MAX_NESTING },
    });
    return this.abandon();
  }

  private checkAnnotation(at: IToken): void {
    const [key, open, value, close] = [this.LA(1), this.LA(2), this.LA(3), this.LA(4)];
    if (isName(key) && open.tokenType !== LeftParen) return;
    if (isName(key) && value.tokenType === Text && close.tokenType === RightParen) return;
    const faulty = !isName(key) ? key : value.tokenType === Text ? close : value;
    const place = Number.isNaN(faulty.startOffset) ? spanOf(at) : spanOf(faulty);
    const name = isName(key) ? key.image : 'name';
    this.problems.report('invalid-annotation', place, `unexpected ${describeToken(faulty)} in an annotation`, {
      help: `write \`@${name}\` or \`@${name}("text")\``,
      data: { found: faulty.image },
    });
    this.abandon();
  }

  private checkDuplicate(keys: Map<string, IToken>, key: IToken): void {
    const first = keys.get(key.image);
    if (first === undefined) {
      keys.set(key.image, key);
      return;
    }
    this.problems.report('duplicate-annotation', spanOf(key), `the annotation \`@${key.image}\` is used twice`, {
      help: 'a declaration has at most one value for each annotation',
      data: { key: key.image },
      related: { span: spanOf(first), message: 'first used here' },
    });
  }

  private skipAttribute(depth: number, open: number): void {
    this.depth = depth;
    this.skipTo(open, (token) => token.tokenType === Comma);
  }

  /** Called where neither a comma nor the end of the record follows: complains, and gives up where nothing else can. */
  private checkSeparator(opener: IToken, isComplete: boolean): void {
    const next = this.LA(1);
    const startsDeclaration = this.startsDeclaration();
    if (!isComplete) this.abandon();
    if (next.tokenType === Semicolon && this.goesOnBehindSemicolon()) {
      refuseToken(this.problems, next, this.here(), '`,` or `}`', 'attributes are separated by commas');
      this.SKIP_TOKEN();
    } else if (!startsDeclaration && (isName(next) || next.tokenType === Text || next.tokenType === At)) {
      refuseMissingComma(this.problems, this.LA(0), next);
    } else if (startsDeclaration || next.tokenType === Semicolon || next.tokenType === EOF) {
      refuseUnclosed(this.problems, opener, next, this.here(), '`}`');
      this.abandon();
    } else {
      refuseToken(this.problems, next, this.here(), '`,` or `}`');
      this.skipTo(0, (token) => token.tokenType === Comma);
      if (this.LA(1).tokenType === Comma) this.SKIP_TOKEN();
    }
  }

  private goesOnBehindSemicolon(): boolean {
    const [second, third] = [this.LA(2), this.LA(3)];
    if (second.tokenType === RightBrace || second.tokenType === At) return true;
    const isAttribute = isName(second) || second.tokenType === Text;
    return isAttribute && (third.tokenType === Colon || third.tokenType === QuestionMark);
  }
}
