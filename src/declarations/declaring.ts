import type { CedarType } from '../types/cedar-type.js';
import type { DeclaredNames } from './declared-names.js';
import { literal } from './typescript-text.js';

/** The types that declarations take from this package. */
export const IMPORTABLE = [
  'DatetimeJson',
  'DecimalJson',
  'DurationJson',
  'EmptyRecord',
  'EntityJson',
  'InheritedMember',
  'IpaddrJson',
  'Long',
  'TypedUid',
] as const;

export type Importable = (typeof IMPORTABLE)[number];

/** Names of what is declared of an entity type. */
export interface EntityTypeNames {
  /** What the others start with; no other type has it. */
  readonly base: string;
  /** Principals and resources of the type. */
  readonly uid: string;
  /** Its ids, where they are listed: those of enums and actions. */
  readonly ids: string | undefined;
}

/** What is shared while the declarations of one schema are made. */
export class Declaring {
  readonly names: DeclaredNames;
  /** Names of the common types, by the type itself: what is the same object was written with the same name. */
  readonly commonTypes: ReadonlyMap<CedarType, string>;
  /** By the full names of the entity types, those of actions among them. */
  readonly entityTypes: ReadonlyMap<string, EntityTypeNames>;
  /** The declarations so far; what one of them needs stands behind it. */
  readonly texts: string[] = [];
  readonly imports = new Set<Importable>();

  constructor(
    names: DeclaredNames,
    commonTypes: ReadonlyMap<CedarType, string>,
    entityTypes: ReadonlyMap<string, EntityTypeNames>,
  ) {
    this.names = names;
    this.commonTypes = commonTypes;
    this.entityTypes = entityTypes;
  }

  /** Notes that a type of this package is needed; its name is returned. */
  imported(name: Importable): string {
    this.imports.add(name);
    return name;
  }

  /** Puts a declaration in front of those that are made while it is made. */
  declare(make: () => string): void {
    const place = this.texts.push('') - 1;
    this.texts[place] = make();
  }

  /** The type arguments that say which entities are meant: the name of their type and, where they are listed, the ids. */
  uidArguments(type: string): string {
    const ids = this.entityTypes.get(type)?.ids;
    return ids === undefined ? literal(type) : `${literal(type)}, ${ids}`;
  }

  /** The type of the name of an entity of a type. */
  uidType(type: string): string {
    return `${this.imported('TypedUid')}<${this.uidArguments(type)}>`;
  }
}
