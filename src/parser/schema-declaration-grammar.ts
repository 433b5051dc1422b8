import { EOF, type IToken, type ParserMethod } from 'chevrotain';
import type {
  ActionDeclaration,
  ActionParent,
  AppliesTo,
  CommonTypeDeclaration,
  EntityTypeDeclaration,
  NameReference,
  NamespaceDeclaration,
  SchemaAnnotation,
  TypeExpression,
} from '../ast/schema-fragment.js';
import { didYouMean } from '../diagnostics/did-you-mean.js';
import { spanOf } from './places.js';
import { SchemaClauseGrammar } from './schema-clause-grammar.js';
import { ACTION_NAME, declarationWordNear, NAME, refuseToken } from './schema-errors.js';
import {
  Action,
  AppliesTo as AppliesToWord,
  Attributes,
  Entity,
  Enum,
  isDeclarationWord,
  isName,
  Tags,
  Type,
} from './schema-tokens.js';
import type { DeclaredName } from './schema-type-grammar.js';
import { Assign, Comma, DoubleColon, In, LeftBrace, RightBrace, Semicolon, Text } from './tokens.js';

export type Annotations = readonly SchemaAnnotation[];

/** The declarations of a namespace while they are read. */
export interface Content extends NamespaceDeclaration {
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

/** The parts of declarations in the order in which they are written, with what messages call them. */
const CLAUSES: ReadonlyMap<Clause, string> = new Map([
  ['in', '`in`'],
  ['appliesTo', '`appliesTo`'],
  ['attributes', 'the attributes'],
  ['tags', '`tags`'],
  ['enum', '`enum`'],
]);
const CLAUSE_ORDER = [...CLAUSES.keys()];

/** The grammar of declarations. */
export abstract class SchemaDeclarationGrammar extends SchemaClauseGrammar {
  /** What has been read so far, by the name of the namespace. */
  protected namespaces = new Map<string, Content>();

  protected readonly entity: ParserMethod<[Content | undefined, Annotations], void> = this.RULE(
    'entity',
    (inside: Content | undefined, annotations: Annotations) => {
      this.CONSUME(Entity);
      const names: DeclaredName[] = [];
      this.AT_LEAST_ONE_SEP({ SEP: Comma, DEF: () => names.push(this.declaredName()), ERR_MSG: NAME });
      const parts: EntityParts = { parents: [], shape: undefined, tags: undefined, ids: undefined };
      const seen = new Map<Clause, IToken>();
      this.MANY(() => this.entityClause(parts, seen));
      this.end('`in`, `{`, `tags`, `enum` or `;`');
      this.ACTION(() => this.declareEntities(this.content(inside), names, annotations, parts));
    },
  );

  protected readonly action: ParserMethod<[Content | undefined, Annotations], void> = this.RULE(
    'action',
    (inside: Content | undefined, annotations: Annotations) => {
      this.CONSUME(Action);
      const names: DeclaredName[] = [];
      this.AT_LEAST_ONE_SEP({
        SEP: Comma,
        DEF: () => names.push(this.quotableName(ACTION_NAME)),
        ERR_MSG: ACTION_NAME,
      });
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

  protected readonly commonType: ParserMethod<[Content | undefined, Annotations], void> = this.RULE(
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
    const word = this.word(9, NAME);
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
    const before = [...seen.keys()];
    const later = before.find((other) => CLAUSE_ORDER.indexOf(other) > CLAUSE_ORDER.indexOf(clause));
    const other = before.find((name) => (name === 'enum') !== (clause === 'enum'));
    if (first !== undefined) this.refuseRepeated(clause, word, first);
    else if (other !== undefined) {
      const extra = CLAUSES.get(clause === 'enum' ? other : clause);
      this.problems.report('enum-with-clauses', spanOf(word), 'an enumerated entity type has nothing but its ids', {
        help: `leave out either \`enum\` or ${extra}`,
      });
    } else if (later !== undefined) {
      const message = `${CLAUSES.get(clause)} cannot stand behind ${CLAUSES.get(later)}`;
      this.problems.report('clause-order', spanOf(word), message, {
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
      const help = isList ? 'several types stand in brackets: `[A, B]`' : clauseHelp(next);
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

/** Words of other languages and of the JSON format, with the clause that says the same. */
const FOREIGN_CLAUSES: ReadonlyMap<string, string> = new Map([
  ...['extends', 'inherits', 'memberOf', 'memberOfTypes', ':'].map((word) => [word, 'in'] as const),
  ['applies', 'appliesTo'],
]);

function clauseHelp({ image }: IToken): string | undefined {
  const meant = FOREIGN_CLAUSES.get(image) ?? didYouMean(image, ['in', 'tags', 'enum', 'appliesTo']);
  return meant === undefined ? undefined : `did you mean \`${meant}\`?`;
}
