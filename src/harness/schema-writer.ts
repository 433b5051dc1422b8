import type {
  ActionDeclaration,
  ActionParent,
  AttributeDeclaration,
  EntityTypeDeclaration,
  NameReference,
  SchemaFragment,
  TypeExpression,
} from '../ast/schema-fragment.js';
import type { TextOrigin } from '../diagnostics/origin.js';
import type { CedarType, RecordType } from '../types/cedar-type.js';
import { quoteText } from '../values/print.js';

/** A schema in Cedar syntax, and its declarations as the parser reads them from that text. */
export interface WrittenSchema {
  readonly text: string;
  /** Undefined where a name has half of a surrogate pair, which the parser refuses. */
  readonly fragment: SchemaFragment | undefined;
}

/** One action as it is to be written; without `appliesTo` it is a group. */
export interface ActionToWrite {
  readonly id: string;
  readonly groups: readonly string[];
  readonly appliesTo?: {
    readonly principals: readonly string[];
    readonly resources: readonly string[];
    readonly context: RecordType;
  };
}

/**
 * Writes the declarations of a schema without namespaces. Text and declarations are made in one go, since reading the
 * text of many tools takes several times as long as writing it.
 */
export class SchemaWriter {
  private readonly source: { readonly name: string; text: string };
  private text = '';
  private isReadable = true;
  private readonly entityTypes: EntityTypeDeclaration[] = [];
  private readonly actions: ActionDeclaration[] = [];

  /** `name` is how messages know the text. */
  constructor(name: string) {
    this.source = { name, text: '' };
  }

  entity(name: string, parents: readonly string[], shape: RecordType | undefined): void {
    this.begin('entity ');
    const origin = this.write(name);
    const written = parents.length === 0 ? [] : this.names(' in ', parents);
    if (shape !== undefined) this.text += ' = ';
    const attributes = shape === undefined ? undefined : this.type(shape, '');
    this.text += ';';
    this.entityTypes.push({
      kind: 'standard',
      name,
      annotations: [],
      parents: written,
      shape: attributes,
      tags: undefined,
      origin,
    });
  }

  enumeration(name: string, ids: readonly string[]): void {
    this.begin('entity ');
    const origin = this.write(name);
    this.text += ' enum ';
    this.list(ids, (id) => this.quoted(id));
    this.text += ';';
    this.entityTypes.push({ kind: 'enum', name, annotations: [], ids, origin });
  }

  action({ id, groups, appliesTo }: ActionToWrite): void {
    this.begin('action ');
    const origin = this.quoted(id);
    const parents = groups.length === 0 ? undefined : this.groups(groups);
    const applies =
      appliesTo === undefined
        ? { principals: [], resources: [], context: undefined }
        : {
            principals: this.names(' appliesTo {\n  principal: ', appliesTo.principals),
            resources: this.names(',\n  resource: ', appliesTo.resources),
            context: this.context(appliesTo.context),
          };
    this.text += ';';
    this.actions.push({ name: id, annotations: [], parents, appliesTo: applies, origin });
  }

  /** What was written; nothing more can be written after it. */
  finish(): WrittenSchema {
    this.text += '\n';
    const { source, text, entityTypes, actions, isReadable } = this;
    source.text = text;
    const origin: TextOrigin = { kind: 'text', source, span: { start: 0, end: text.length } };
    const namespace = { name: '', annotations: [], commonTypes: [], entityTypes, actions, origin };
    return { text, fragment: isReadable ? { namespaces: [namespace] } : undefined };
  }

  private begin(word: string): void {
    this.text += this.text === '' ? word : `\n\n${word}`;
  }

  private write(text: string): TextOrigin {
    const start = this.text.length;
    this.text += text;
    return this.since(start);
  }

  private quoted(name: string): TextOrigin {
    // The second expression takes long to read, and few names need it.
    this.isReadable &&= !(/[\ud800-\udfff]/.test(name) && /\p{Surrogate}/u.test(name));
    return this.write(quoteText(name));
  }

  private since(start: number): TextOrigin {
    return { kind: 'text', source: this.source, span: { start, end: this.text.length } };
  }

  private list<T>(items: readonly string[], write: (item: string) => T): readonly T[] {
    this.text += '[';
    const written = items.map((item, index) => {
      if (index > 0) this.text += ', ';
      return write(item);
    });
    this.text += ']';
    return written;
  }

  private names(before: string, names: readonly string[]): readonly NameReference[] {
    this.text += before;
    return this.list(names, (name) => ({ name, origin: this.write(name) }));
  }

  private groups(ids: readonly string[]): readonly ActionParent[] {
    this.text += ' in ';
    return this.list(ids, (id) => ({ type: undefined, id, origin: this.quoted(id) }));
  }

  private context(context: RecordType): TypeExpression {
    this.text += ',\n  context: ';
    const written = this.type(context, '  ');
    this.text += ',\n}';
    return written;
  }

  private type(type: CedarType, indent: string): TypeExpression {
    const start = this.text.length;
    switch (type.kind) {
      case 'bool':
        return this.named('__cedar::Bool');
      case 'long':
        return this.named('__cedar::Long');
      case 'string':
        return this.named('__cedar::String');
      case 'extension':
        return this.named(`__cedar::${type.name}`);
      case 'entity':
        return this.named(type.name);
      case 'set': {
        this.text += 'Set<';
        const element = this.type(type.element, indent);
        this.text += '>';
        return { kind: 'set', element, origin: this.since(start) };
      }
      case 'record': {
        const attributes = this.attributes(type, `${indent}  `);
        this.text += attributes.length === 0 ? '{}' : `${indent}}`;
        return { kind: 'record', attributes, origin: this.since(start) };
      }
    }
  }

  private named(name: string): TypeExpression {
    return { kind: 'named', name, origin: this.write(name) };
  }

  private attributes({ attributes }: RecordType, indent: string): readonly AttributeDeclaration[] {
    if (attributes.size > 0) this.text += '{\n';
    return [...attributes].map(([name, { type, required }]) => {
      this.text += indent;
      const origin = this.quoted(name);
      this.text += required ? ': ' : '?: ';
      const written = this.type(type, indent);
      this.text += ',\n';
      return { name, required, annotations: [], type: written, origin };
    });
  }
}
