import { EOF, type IToken, type ParserMethod } from 'chevrotain';
import { MAX_NESTING } from '../ast/expression.js';
import type { NamespaceDeclaration, SchemaFragment } from '../ast/schema-fragment.js';
import type { GrammarSettings } from './grammar-settings.js';
import { spanOf } from './places.js';
import type { Problems } from './problems.js';
import { type Annotations, type Content, SchemaDeclarationGrammar } from './schema-declaration-grammar.js';
import { DECLARATION, refuseNonDeclaration, refuseToken } from './schema-errors.js';
import { isDeclarationWord, Namespace } from './schema-tokens.js';
import { LeftBrace, RightBrace, Semicolon } from './tokens.js';

/**
 * The whole grammar of Cedar schemas. Making one analyses the grammar, which takes some milliseconds: make one and keep
 * it. It reads one text at a time.
 */
export class SchemaGrammar extends SchemaDeclarationGrammar {
  /** Namespaces that were opened inside the current one, which is a mistake. */
  private nested = 0;

  constructor(settings: GrammarSettings = {}) {
    super(settings);
    this.performSelfAnalysis();
  }

  /** Reads a schema; the result counts only if `problems` stays empty. */
  fragmentOf(problems: Problems, tokens: IToken[]): SchemaFragment {
    this.problems = problems;
    this.input = tokens;
    this.depth = 0;
    this.nested = 0;
    this.open.length = 0;
    this.namespaces = new Map();
    try {
      this.schema();
    } catch (error) {
      // The stack of the caller may be nearly full already: far fewer levels than are allowed then fit.
      if (!(error instanceof RangeError)) throw error;
      problems.report('nesting-too-deep', this.here(), 'the types nest deeper than there is room for', {
        help: `give the inner types names with \`type\`; at most ${MAX_NESTING} may stand inside each other`,
      });
    } finally {
      this.input = [];
    }
    return { namespaces: [...this.namespaces.values()] };
  }

  private readonly schema: ParserMethod<[], void> = this.RULE('schema', () => {
    const step = (): void => this.step(undefined);
    if (this.RECORDING_PHASE) this.MANY(step);
    else while (this.LA(1).tokenType !== EOF && !this.problems.isFull) step();
    while (this.LA(1).tokenType !== EOF) this.SKIP_TOKEN();
  });

  private readonly item: ParserMethod<[Content | undefined], void> = this.RULE(
    'item',
    (inside: Content | undefined) => {
      const annotations = this.SUBRULE(this.annotations);
      const next = this.LA(1);
      if (!this.RECORDING_PHASE && !isDeclarationWord(next)) {
        refuseNonDeclaration(this.problems, next, this.here());
        this.abandon();
      }
      if (inside !== undefined && next.tokenType === Namespace && !this.RECORDING_PHASE) {
        this.skipNested(next);
        return;
      }
      this.OR({
        DEF: [
          { ALT: () => this.SUBRULE(this.entity, { ARGS: [inside, annotations] }) },
          { ALT: () => this.SUBRULE(this.action, { ARGS: [inside, annotations] }) },
          { ALT: () => this.SUBRULE(this.commonType, { ARGS: [inside, annotations] }) },
          { ALT: () => this.SUBRULE(this.namespace, { ARGS: [annotations] }) },
        ],
        ERR_MSG: DECLARATION,
      });
    },
  );

  private readonly namespace: ParserMethod<[Annotations], void> = this.RULE('namespace', (annotations: Annotations) => {
    this.CONSUME(Namespace);
    const { name, origin } = this.SUBRULE(this.path);
    const content = this.ACTION(() => this.openNamespace(name, annotations, origin));
    const brace = this.LA(1);
    if (brace.tokenType === LeftBrace || this.RECORDING_PHASE) this.opens(this.CONSUME(LeftBrace));
    else refuseToken(this.problems, brace, this.here(), '`{`');
    const step = (): void => this.step(content);
    if (this.RECORDING_PHASE) this.MANY(step);
    else while (!this.endsNamespace()) step();
    this.CONSUME(RightBrace);
    this.closes();
  });

  /** Reads the next declaration of a namespace, or of the whole text. */
  private step(inside: Content | undefined): void {
    const first = this.LA(1);
    this.problems.beginPolicy(first.startOffset);
    this.guarded(
      () => this.SUBRULE(this.item, { ARGS: [inside] }),
      (open) => this.skipDeclaration(open, inside !== undefined),
    );
    if (this.LA(1) === first && !this.RECORDING_PHASE) this.SKIP_TOKEN();
  }

  private skipDeclaration(open: number, isInside: boolean): void {
    this.depth = 0;
    const isEnd = (token: IToken): boolean => token.tokenType === Semicolon;
    this.skipTo(open, isEnd);
    // Outside of namespaces a closing brace closes nothing.
    const stray = isInside ? undefined : RightBrace;
    for (let next = this.LA(1); next.tokenType === stray; next = this.LA(1)) {
      this.SKIP_TOKEN();
      this.skipTo(0, isEnd);
    }
    if (this.LA(1).tokenType === Semicolon) this.SKIP_TOKEN();
  }

  /** Complains about a namespace inside another; what it holds is read as if it stood in the outer one. */
  private skipNested(word: IToken): void {
    this.problems.report('nested-namespace', spanOf(word), 'a namespace cannot stand inside another', {
      help: 'close the outer one first and write the full name, such as `namespace A::B { .. }`',
    });
    this.nested++;
    for (let next = word; next.tokenType !== LeftBrace && next.tokenType !== EOF; next = this.LA(1)) {
      if (next !== word && this.startsDeclaration()) return;
      this.SKIP_TOKEN();
    }
    if (this.LA(1).tokenType === LeftBrace) this.SKIP_TOKEN();
  }

  private endsNamespace(): boolean {
    while (this.nested > 0 && this.LA(1).tokenType === RightBrace) {
      this.nested--;
      this.SKIP_TOKEN();
    }
    const next = this.LA(1).tokenType;
    return next === RightBrace || next === EOF || this.problems.isFull;
  }

  private openNamespace(name: string, annotations: Annotations, origin: NamespaceDeclaration['origin']): Content {
    const known = this.namespaces.get(name);
    const content: Content = { name, annotations, commonTypes: [], entityTypes: [], actions: [], origin };
    if (known === undefined) {
      this.namespaces.set(name, content);
      return content;
    }
    if (origin.kind === 'text' && known.origin.kind === 'text') {
      this.problems.report('duplicate-namespace', origin.span, `the namespace \`${name}\` is opened twice`, {
        help: 'move these declarations to where it is opened first',
        data: { name },
        related: { span: known.origin.span, message: 'first opened here' },
      });
    }
    return known;
  }
}
