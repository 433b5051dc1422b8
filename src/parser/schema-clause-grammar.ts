import type { IToken, ParserMethod } from 'chevrotain';
import type { ActionParent, AppliesTo, NameReference, TypeExpression } from '../ast/schema-fragment.js';
import { didYouMean } from '../diagnostics/did-you-mean.js';
import type { Span } from '../text/source.js';
import { readString } from './literals.js';
import { endOf, spanOf } from './places.js';
import { refuseMissingComma, refuseToken, refuseTrailingComma } from './schema-errors.js';
import { Context, isName, Principal, Resource } from './schema-tokens.js';
import { SchemaTypeGrammar } from './schema-type-grammar.js';
import {
  Colon,
  Comma,
  DoubleColon,
  describeToken,
  LeftBrace,
  LeftBracket,
  Less,
  RightBrace,
  RightBracket,
  Text,
} from './tokens.js';

type EntryName = 'principal' | 'resource' | 'context';

const ENTRY_NAMES: readonly EntryName[] = ['principal', 'resource', 'context'];

/** An entry of `appliesTo`, with the word that begins it. */
type Entry =
  | { readonly name: 'principal' | 'resource'; readonly word: IToken; readonly types: readonly NameReference[] }
  | { readonly name: 'context'; readonly word: IToken; readonly type: TypeExpression };

/** The grammar of what stands in a declaration behind its names. */
export abstract class SchemaClauseGrammar extends SchemaTypeGrammar {
  /** `A` or `[A, B]`. */
  protected readonly entityTypes: ParserMethod<[], readonly NameReference[]> = this.RULE('entityTypes', () =>
    this.OR<readonly NameReference[]>({
      DEF: [{ ALT: () => this.bracketed(() => this.SUBRULE1(this.path)) }, { ALT: () => [this.SUBRULE2(this.path)] }],
      ERR_MSG: 'an entity type or `[`',
    }),
  );

  /** The ids of an enumerated entity type. */
  protected readonly ids: ParserMethod<[], readonly string[]> = this.RULE('ids', () => {
    const start = this.LA(1).startOffset;
    const ids = this.bracketed(() => this.id());
    if (ids.length === 0)
      this.refuseEmpty({ start, end: this.previousEnd() }, 'an enumerated entity type has at least one id');
    return ids;
  });

  /** The groups of an action. */
  protected readonly actionParents: ParserMethod<[], readonly ActionParent[]> = this.RULE('actionParents', () => {
    const start = this.LA(1).startOffset;
    const parents = this.OR<readonly ActionParent[]>({
      DEF: [
        { ALT: () => this.bracketed(() => this.SUBRULE1(this.actionParent)) },
        { ALT: () => [this.SUBRULE2(this.actionParent)] },
      ],
      ERR_MSG: 'an action or `[`',
    });
    if (parents.length === 0)
      this.refuseEmpty({ start, end: this.previousEnd() }, 'leave `in` out where an action is in no group');
    return parents;
  });

  /** `name`, `"name"` or `N::Action::"name"`. */
  private readonly actionParent: ParserMethod<[], ActionParent> = this.RULE('actionParent', (): ActionParent => {
    const first = this.LA(1);
    const { name, origin } = this.quotableName('an action');
    let type = name;
    let id: IToken | undefined;
    this.MANY({
      GATE: () => first.tokenType !== Text && id === undefined,
      DEF: () => {
        this.CONSUME(DoubleColon);
        id = this.OPTION(() => this.CONSUME1(Text));
        if (id === undefined || this.RECORDING_PHASE) type += `::${this.word(3, 'a name or a string').image}`;
      },
    });
    if (this.LA(0) === first || this.RECORDING_PHASE) return { type: undefined, id: name, origin };
    const span = { start: first.startOffset, end: endOf(this.LA(0)) };
    if (id === undefined) this.refusePath(type, span);
    return { type, id: id === undefined ? '' : readString(this.problems, id), origin: this.origin(span) };
  });

  protected readonly appliesTo: ParserMethod<[IToken], AppliesTo> = this.RULE(
    'appliesTo',
    (keyword: IToken): AppliesTo => {
      const entries: (Entry | undefined)[] = [];
      this.opens(this.CONSUME(LeftBrace));
      const step = (): void => {
        const entry = this.guarded(
          () => this.SUBRULE(this.entry),
          (open) => this.skipTo(open, (token) => token.tokenType === Comma),
        );
        entries.push(entry);
        const comma = this.OPTION(() => this.CONSUME(Comma));
        const next = this.LA(1);
        if (comma !== undefined || next.tokenType === RightBrace) return;
        if (!isName(next) || this.startsDeclaration()) this.CONSUME1(RightBrace);
        else refuseMissingComma(this.problems, this.LA(0), next);
      };
      if (this.RECORDING_PHASE) this.MANY(step);
      else while (this.LA(1).tokenType !== RightBrace) step();
      this.CONSUME(RightBrace);
      this.closes();
      return this.ACTION(() => this.joinEntries(entries, keyword));
    },
  );

  private readonly entry: ParserMethod<[], Entry> = this.RULE('entry', (): Entry => {
    if (!this.RECORDING_PHASE) this.checkEntry(this.LA(1));
    return this.OR<Entry>([
      {
        ALT: () => {
          const word = this.CONSUME(Principal);
          this.CONSUME1(Colon);
          return { name: 'principal', word, types: this.SUBRULE1(this.entityTypes) };
        },
      },
      {
        ALT: () => {
          const word = this.CONSUME(Resource);
          this.CONSUME2(Colon);
          return { name: 'resource', word, types: this.SUBRULE2(this.entityTypes) };
        },
      },
      {
        ALT: () => {
          const word = this.CONSUME(Context);
          this.CONSUME3(Colon);
          return { name: 'context', word, type: this.contextType() };
        },
      },
    ]);
  });

  private contextType(): TypeExpression {
    return this.OR1<TypeExpression>({
      DEF: [{ ALT: () => this.SUBRULE(this.record) }, { ALT: () => this.contextName() }],
      ERR_MSG: 'a record or the name of a common type',
    });
  }

  private contextName(): TypeExpression {
    const { name, origin } = this.SUBRULE(this.path);
    const next = this.LA(1);
    if (next.tokenType === Less && !this.RECORDING_PHASE) {
      const help = 'a context is a record or the name of a common type';
      refuseToken(this.problems, next, this.here(), '`,` or `}`', help);
      this.abandon();
    }
    return { kind: 'common', name, origin };
  }

  /** Puts entries together; an undefined one could not be read, and then nothing is said about those that are missing. */
  private joinEntries(entries: readonly (Entry | undefined)[], keyword: IToken): AppliesTo {
    const seen = new Map<EntryName, Entry>();
    for (const entry of entries) {
      if (entry === undefined) continue;
      const first = seen.get(entry.name);
      if (first !== undefined) this.refuseRepeated(entry.name, entry.word, first.word);
      seen.set(entry.name, entry);
      if (entry.name !== 'context' && entry.types.length === 0) {
        const help = 'leave `appliesTo` out where an action applies to nothing; otherwise name at least one type';
        this.refuseEmpty(spanOf(entry.word), help);
      }
    }
    if (!entries.includes(undefined)) this.checkComplete(seen, keyword);
    const typesOf = (name: EntryName): readonly NameReference[] => {
      const entry = seen.get(name);
      return entry === undefined || entry.name === 'context' ? [] : entry.types;
    };
    const context = seen.get('context');
    return {
      principals: typesOf('principal'),
      resources: typesOf('resource'),
      context: context?.name === 'context' ? context.type : undefined,
    };
  }

  protected refuseRepeated(clause: string, word: IToken, first: IToken): void {
    this.problems.report('duplicate-clause', spanOf(word), `\`${clause}\` is written twice`, {
      help: 'join the two into one',
      data: { clause },
      related: { span: spanOf(first), message: 'first written here' },
    });
  }

  protected refuseEmpty(span: Span, help: string): void {
    this.problems.report('empty-list', span, 'a list cannot be empty here', { help });
  }

  /** Reads a list in square brackets without a comma at its end. */
  private bracketed<T>(element: () => T): readonly T[] {
    const elements: T[] = [];
    this.opens(this.CONSUME(LeftBracket));
    const step = (): void => {
      elements.push(element());
      const comma = this.OPTION(() => this.CONSUME(Comma));
      const next = this.LA(1);
      if (comma === undefined && (isName(next) || next.tokenType === Text))
        refuseMissingComma(this.problems, this.LA(0), next);
      else if (comma === undefined && next.tokenType !== RightBracket) this.CONSUME1(RightBracket);
      else if (comma !== undefined && next.tokenType === RightBracket) refuseTrailingComma(this.problems, comma);
    };
    if (this.RECORDING_PHASE) this.MANY(step);
    else while (this.LA(1).tokenType !== RightBracket) step();
    this.CONSUME(RightBracket);
    this.closes();
    return elements;
  }

  private id(): string {
    const next = this.LA(1);
    if (!isName(next) || this.RECORDING_PHASE) {
      const text = this.CONSUME(Text);
      return this.ACTION(() => readString(this.problems, text));
    }
    this.problems.report('unquoted-id', spanOf(next), `the id \`${next.image}\` has no quotes`, {
      help: `write \`"${next.image}"\``,
      data: { found: next.image },
    });
    this.SKIP_TOKEN();
    return next.image;
  }

  private refusePath(type: string, span: Span): void {
    const cut = type.lastIndexOf('::');
    const [namespace, id] = [type.slice(0, cut), type.slice(cut + 2)];
    const actionType = /(^|::)Action$/.test(namespace) ? namespace : `${namespace}::Action`;
    this.problems.report('invalid-entity', span, `\`${type}\` is the name of a type, not an action`, {
      help: `an action of a certain namespace is written \`${actionType}::"${id}"\``,
      data: { name: type },
    });
  }

  private checkEntry(word: IToken): void {
    if (word.tokenType === Principal || word.tokenType === Resource || word.tokenType === Context) return;
    const expected = '`principal`, `resource` or `context`';
    if (!isName(word)) refuseToken(this.problems, word, this.here(), expected);
    else {
      const meant =
        ENTRY_NAMES.find((name) => word.image.toLowerCase().startsWith(name)) ?? didYouMean(word.image, ENTRY_NAMES);
      this.problems.report('unknown-entry', spanOf(word), `expected ${expected}, found ${describeToken(word)}`, {
        help: meant === undefined ? undefined : `did you mean \`${meant}\`?`,
        data: { found: word.image },
      });
    }
    this.abandon();
  }

  private checkComplete(seen: ReadonlyMap<EntryName, Entry>, keyword: IToken): void {
    const missing = (['principal', 'resource'] as const).filter((name) => !seen.has(name)).map((name) => `\`${name}\``);
    if (missing.length === 0) return;
    this.problems.report('incomplete-applies-to', spanOf(keyword), `\`appliesTo\` lacks ${missing.join(' and ')}`, {
      help: 'write both `principal:` and `resource:`, or leave `appliesTo` out where the action applies to nothing',
      data: { missing },
    });
  }
}
