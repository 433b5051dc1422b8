import type { Origin } from '../diagnostics/origin.js';

/**
 * The declarations of one schema file as they were written, in Cedar syntax or in JSON: nothing is resolved, nothing
 * but the form was checked. Several fragments make one schema.
 */
export interface SchemaFragment {
  /** In written order; the declarations outside of `namespace` are in the one without a name. */
  readonly namespaces: readonly NamespaceDeclaration[];
}

/** The declarations of one namespace of a fragment. */
export interface NamespaceDeclaration {
  /** Full name; empty for the empty namespace. */
  readonly name: string;
  readonly annotations: readonly SchemaAnnotation[];
  readonly commonTypes: readonly CommonTypeDeclaration[];
  readonly entityTypes: readonly EntityTypeDeclaration[];
  readonly actions: readonly ActionDeclaration[];
  /** Its name where that is written; the whole for the empty namespace. */
  readonly origin: Origin;
}

/** `@key("value")`. Without a value it is the empty string in Cedar syntax and null in JSON, which reads the same. */
export interface SchemaAnnotation {
  readonly key: string;
  readonly value: string | null;
  readonly origin: Origin;
}

/** `type name = type;` */
export interface CommonTypeDeclaration {
  /** Without its namespace. */
  readonly name: string;
  readonly annotations: readonly SchemaAnnotation[];
  readonly type: TypeExpression;
  /** The name that is declared. */
  readonly origin: Origin;
}

/** One declared entity type; `entity A, B` makes two of them. */
export type EntityTypeDeclaration = StandardEntityDeclaration | EnumEntityDeclaration;

interface EntityDeclaration {
  /** Without its namespace. */
  readonly name: string;
  readonly annotations: readonly SchemaAnnotation[];
  /** The name that is declared. */
  readonly origin: Origin;
}

export interface StandardEntityDeclaration extends EntityDeclaration {
  readonly kind: 'standard';
  /** The types after `in`, as written. */
  readonly parents: readonly NameReference[];
  /** A record, or in JSON a reference to a common type; undefined when none is written. */
  readonly shape: TypeExpression | undefined;
  readonly tags: TypeExpression | undefined;
}

export interface EnumEntityDeclaration extends EntityDeclaration {
  readonly kind: 'enum';
  /** In written order; repetitions are kept. */
  readonly ids: readonly string[];
}

/** One declared action; `action a, b` makes two of them. */
export interface ActionDeclaration {
  /** Id of the action entity. */
  readonly name: string;
  readonly annotations: readonly SchemaAnnotation[];
  /** Undefined when nothing is written. */
  readonly parents: readonly ActionParent[] | undefined;
  /** Where nothing is written, Cedar syntax means empty lists and JSON leaves it undefined; neither applies to anything. */
  readonly appliesTo: AppliesTo | undefined;
  /** The name that is declared. */
  readonly origin: Origin;
}

/** A group that an action is in. */
export interface ActionParent {
  /** Type as written, such as `N::Action`; undefined when only the id is. */
  readonly type: string | undefined;
  readonly id: string;
  readonly origin: Origin;
}

export interface AppliesTo {
  readonly principals: readonly NameReference[];
  readonly resources: readonly NameReference[];
  /** Undefined when none is written, which means the empty record. */
  readonly context: TypeExpression | undefined;
}

/** A name of a type as it is written where something refers to it. */
export interface NameReference {
  readonly name: string;
  readonly origin: Origin;
}

/** A type as written. */
export type TypeExpression =
  | TypeReference
  | PrimitiveExpression
  | { readonly kind: 'set'; readonly element: TypeExpression; readonly origin: Origin }
  | RecordExpression;

/** A reference to a declared type: `named` may mean a common or an entity type, the others only one of them. */
export interface TypeReference extends NameReference {
  readonly kind: 'named' | 'common' | 'entity';
}

/** A type that no declaration can hide; only JSON has a way to write it. */
export type PrimitiveExpression =
  | { readonly kind: 'primitive'; readonly name: 'Bool' | 'Long' | 'String'; readonly origin: Origin }
  | (NameReference & { readonly kind: 'extension' });

export interface RecordExpression {
  readonly kind: 'record';
  /** In written order. In Cedar syntax a name may come twice; the last counts. */
  readonly attributes: readonly AttributeDeclaration[];
  readonly origin: Origin;
}

export interface AttributeDeclaration {
  readonly name: string;
  readonly required: boolean;
  readonly annotations: readonly SchemaAnnotation[];
  readonly type: TypeExpression;
  /** The name that is declared. */
  readonly origin: Origin;
}
