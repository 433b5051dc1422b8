import { EOF, type IToken, type ParserMethod } from 'chevrotain';
import { MAX_NESTING } from '../ast/expression.js';
import type {
  ActionDeclaration,
  ActionParent,
  AppliesTo,
  CommonTypeDeclaration,
  EntityTypeDeclaration,
  NameReference,
  NamespaceDeclaration,
  SchemaAnnotation,
  SchemaFragment,
  TypeExpression,
} from '../ast/schema-fragment.js';
import type { Problems } from './problems.js';
import { SchemaClauseGrammar } from './schema-clause-grammar.js';
import { DECLARATION, declarationWordNear, refuseNonDeclaration, refuseToken } from './schema-errors.js';
import {
  Action,
  AppliesTo as AppliesToWord,
  Attributes,
  Entity,
  Enum,
  isDeclarationWord,
  isName,
  Namespace,
  Tags,
  Type,
} from './schema-tokens.js';
import type { DeclaredName } from './schema-type-grammar.js';
import { Assign, Comma, DoubleColon, In, LeftBrace, RightBrace, Semicolon, spanOf, Text } from './tokens.js';

type Annotations = readonly SchemaAnnotation[];

/** The declarations of a namespace while they are read. */
interface Content extends NamespaceDeclaration {
  readonly commonTypes: CommonTypeDeclaration[];
  readonly entityTypes: EntityTypeDeclaration[];
  readonly actions: ActionDeclaration[];
}

/** What stands behind the names of an entity declaration. */
interface EntityParts {
  parents: readonly NameReference[];
  shape: TypeExpression | undefined;
  tags: TypeExpression | undefined;
  ids: readonly string[] | undefined;
}

type Clause = 'in' | 'attributes' | 'tags' | 'enum' | 'appliesTo';

/** The order in which the parts of declarations are written. */
const CLAUSES: readonly Clause[] = ['in', 'appliesTo', 'attributes', 'tags', 'enum'];

/**
 * The whole grammar of Cedar schemas. Making one analyses the grammar, which takes some milliseconds: make one and keep
 * it. It reads one text at a time.
 */
export class SchemaGrammar extends SchemaClauseGrammar {
  private namespaces = new Map<string, Content>();
  /** Namespaces that were opened inside the current one, which is a mistake. */
  private nested = 0;

  constructor() {
    super();
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

  private readonly entity: ParserMethod<[Content | undefined, Annotations], void> = this.RULE(
    'entity',
    (inside: Content | undefined, annotations: Annotations) => {
      this.CONSUME(Entity);
      const names: DeclaredName[] = [];
      this.AT_LEAST_ONE_SEP({ SEP: Comma, DEF: () => names.push(this.declaredName()) });
      const parts: EntityParts = { parents: [], shape: undefined, tags: undefined, ids: undefined };
      const seen = new Map<Clause, IToken>();
      this.MANY(() => this.entityClause(parts, seen));
      this.end('`in`, `{`, `tags`, `enum` or `;`');
      this.ACTION(() => this.declareEntities(this.content(inside), names, annotations, parts));
    },
  );

  private readonly action: ParserMethod<[Content | undefined, Annotations], void> = this.RULE(
    'action',
    (inside: Content | undefined, annotations: Annotations) => {
      this.CONSUME(Action);
      const names: DeclaredName[] = [];
      this.AT_LEAST_ONE_SEP({ SEP: Comma, DEF: () => names.push(this.quotableName('a name of an action')) });
      let parents: readonly ActionParent[] | undefined;
      let appliesTo: AppliesTo = { principals: [], resources: [], context: undefined };
      const seen = new Map<Clause, IToken>();
      this.MANY(() =>
        this.OR1([
          {
            ALT: () => {
              this.clause(seen, 'in', this.CONSUME(In));
              parents = this.SUBRULE(this.actionParents);
            },
          },
          {
            ALT: () => {
              const word = this.clause(seen, 'appliesTo', this.CONSUME(AppliesToWord));
              appliesTo = this.SUBRULE(this.appliesTo, { ARGS: [word] });
            },
          },
          { ALT: () => this.actionAttributes(this.clause(seen, 'attributes', this.CONSUME(Attributes))) },
        ]),
      );
      this.end('`in`, `appliesTo` or `;`');
      this.ACTION(() => {
        const { actions } = this.content(inside);
        for (const { name, origin } of names) actions.push({ name, annotations, parents, appliesTo, origin });
      });
    },
  );

  private readonly commonType: ParserMethod<[Content | undefined, Annotations], void> = this.RULE(
    'commonType',
    (inside: Content | undefined, annotations: Annotations) => {
      this.CONSUME(Type);
      const { name, origin } = this.declaredName();
      this.CONSUME(Assign);
      const type = this.SUBRULE(this.type);
      this.end('`;`');
      this.ACTION(() => this.content(inside).commonTypes.push({ name, annotations, type, origin }));
    },
  );

  private entityClause(parts: EntityParts, seen: Map<Clause, IToken>): void {
    this.OR([
      {
        ALT: () => {
          this.clause(seen, 'in', this.CONSUME(In));
          parts.parents = this.SUBRULE(this.entityTypes);
        },
      },
      {
        ALT: () => {
          this.clause(seen, 'attributes', this.LA(1));
          this.OPTION(() => this.CONSUME(Assign));
          if (!this.RECORDING_PHASE) this.checkShape();
          parts.shape = this.SUBRULE(this.record);
        },
      },
      {
        ALT: () => {
          this.clause(seen, 'tags', this.CONSUME(Tags));
          parts.tags = this.SUBRULE(this.type);
        },
      },
      {
        ALT: () => {
          this.clause(seen, 'enum', this.CONSUME(Enum));
          parts.ids = this.SUBRULE(this.ids);
        },
      },
    ]);
  }

  private actionAttributes(word: IToken): void {
    this.CONSUME(LeftBrace);
    const next = this.LA(1);
    if (next.tokenType !== RightBrace && !this.RECORDING_PHASE) {
      this.problems.report('action-attributes', spanOf(word), 'actions have no attributes', {
        help: 'leave `attributes` out',
      });
      this.skipTo(0, () => false);
    }
    this.CONSUME(RightBrace);
  }

  private declaredName(): DeclaredName {
    const word = this.word(9, 'a name');
    const next = this.LA(1);
    if (!this.RECORDING_PHASE && next.tokenType === DoubleColon) {
      const name = word.image;
      this.problems.report(
        'qualified-declaration',
        spanOf(next),
        'a declaration has a plain name, without a namespace',
        {
          help: `declare it inside \`namespace ${name} { .. }\``,
          data: { name },
        },
      );
      this.abandon();
    }
    return { name: word.image, origin: this.origin(spanOf(word)) };
  }

  /** Notes a part of a declaration and complains where it cannot stand. */
  private clause(seen: Map<Clause, IToken>, clause: Clause, word: IToken): IToken {
    if (this.RECORDING_PHASE) return word;
    const first = seen.get(clause);
    const later = [...seen.keys()].find((other) => CLAUSES.indexOf(other) > CLAUSES.indexOf(clause));
    const other = [...seen.keys()].find((name) => (name === 'enum') !== (clause === 'enum'));
    if (first !== undefined) this.refuseRepeated(clause, word, first);
    else if (other !== undefined) {
      this.problems.report('enum-with-clauses', spanOf(word), 'an enumerated entity type has nothing but its ids', {
        help: `leave out either \`enum\` or the ${clause === 'enum' ? other : clause}`,
      });
    } else if (later !== undefined) {
      this.problems.report('clause-order', spanOf(word), `the ${clause} cannot stand behind the ${later}`, {
        help: 'the order is `in`, attributes, `tags` for entities and `in`, `appliesTo` for actions',
        data: { clause, behind: later },
      });
    }
    if (first === undefined) seen.set(clause, word);
    return word;
  }

  private checkShape(): void {
    const next = this.LA(1);
    if (next.tokenType === LeftBrace) return;
    const help = isName(next)
      ? 'the attributes of an entity type are written here; the name of a common type cannot stand for them'
      : undefined;
    refuseToken(this.problems, next, this.here(), '`{`', next.tokenType === Enum ? 'leave out the `=`' : help);
    this.abandon();
  }

  /** Reads the semicolon behind a declaration. */
  private end(expected: string): void {
    const next = this.LA(1);
    if (next.tokenType === Semicolon || this.RECORDING_PHASE) {
      this.CONSUME(Semicolon);
      return;
    }
    const isNext =
      next.tokenType === EOF ||
      next.tokenType === RightBrace ||
      this.startsDeclaration() ||
      this.looksLikeDeclaration();
    if (isNext) {
      const end = this.previousEnd();
      this.problems.report('missing-semicolon', { start: end, end }, 'this declaration does not end with `;`', {
        help: 'write `;` here',
      });
    } else {
      const isList = next.tokenType === Comma && isName(this.LA(0));
      const help = isList ? 'several types stand in brackets: `[A, B]`' : undefined;
      refuseToken(this.problems, next, this.here(), expected, help);
      this.abandon();
    }
  }

  /** Whether a declaration without a line of its own, or one whose word is misspelt, begins here. */
  private looksLikeDeclaration(): boolean {
    const [first, second] = [this.LA(1), this.LA(2)];
    if (!isName(first) || (!isName(second) && second.tokenType !== Text)) return false;
    return isDeclarationWord(first) || (this.startsLine() && declarationWordNear(first.image) !== undefined);
  }

  /** Reads the next declaration of a namespace, or of the whole text. */
  private step(inside: Content | undefined): void {
    const first = this.LA(1);
    this.problems.beginPolicy(first.startOffset);
    if (inside !== undefined && !this.RECORDING_PHASE && first.tokenType === Namespace && isName(this.LA(2))) {
      this.skipNested(first);
      return;
    }
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

  /** Where a declaration goes that stands in a namespace, or in none. */
  private content(inside: Content | undefined): Content {
    if (inside !== undefined) return inside;
    const known = this.namespaces.get('');
    if (known !== undefined) return known;
    const origin = this.origin({ start: 0, end: this.problems.source.text.length });
    const content: Content = { name: '', annotations: [], commonTypes: [], entityTypes: [], actions: [], origin };
    this.namespaces.set('', content);
    return content;
  }

  private declareEntities(
    { entityTypes }: Content,
    names: readonly DeclaredName[],
    annotations: Annotations,
    parts: EntityParts,
  ): void {
    const { parents, shape, tags, ids } = parts;
    for (const { name, origin } of names) {
      if (ids !== undefined) entityTypes.push({ kind: 'enum', name, annotations, ids, origin });
      else entityTypes.push({ kind: 'standard', name, annotations, parents, shape, tags, origin });
    }
  }
}
