import type { Annotations, CedarValueJson, NonEmpty, SmolStr } from './json-types.js';

/** A schema in Cedar's JSON schema format, by namespace; the namespace without a name is `""`. */
export type SchemaJson<N> = Record<string, NamespaceDefinition<N>>;

/** Declarations of one namespace. */
export interface NamespaceDefinition<N> {
  commonTypes?: Record<CommonTypeId, CommonType<N>>;
  entityTypes: Record<UnreservedId, EntityType<N>>;
  actions: Record<SmolStr, ActionType<N>>;
  annotations?: Annotations;
}

/** Name of a common type, without namespace. */
export type CommonTypeId = string;

/** An identifier that is no reserved word. */
export type UnreservedId = string;

/** A type that has a name of its own. */
export type CommonType<N> = Type<N> & { annotations?: Annotations };

/** Declaration of an entity type. */
export type EntityType<N> = EntityTypeKind<N> & { annotations?: Annotations };

/** An entity type with data, or with a fixed list of entities. */
export type EntityTypeKind<N> = StandardEntityType<N> | { enum: NonEmpty<string> };

/** An entity type whose entities have data and parents. */
export interface StandardEntityType<N> {
  memberOfTypes?: N[];
  shape?: AttributesOrContext<N>;
  tags?: Type<N>;
}

/** Type of the attributes of an entity or of a context: a record, directly or by name. */
export type AttributesOrContext<N> = Type<N>;

/** Declaration of an action. */
export interface ActionType<N> {
  attributes?: Record<SmolStr, CedarValueJson>;
  appliesTo?: ApplySpec<N>;
  memberOf?: ActionEntityUID<N>[];
  annotations?: Annotations;
}

/** What an action may be requested for. */
export interface ApplySpec<N> {
  resourceTypes: N[];
  principalTypes: N[];
  context?: AttributesOrContext<N>;
}

/** Name of a group of actions; without a type it is of the same namespace. */
export interface ActionEntityUID<N> {
  id: SmolStr;
  type?: N;
}

/** A type, written out or by name. */
export type Type<N> = ({} & TypeVariant<N>) | { type: N };

/** A type that is written out. */
export type TypeVariant<N> =
  | { type: 'String' }
  | { type: 'Long' }
  | { type: 'Boolean' }
  | { type: 'Set'; element: Type<N> }
  | ({ type: 'Record' } & RecordType<N>)
  | { type: 'Entity'; name: N }
  | { type: 'EntityOrCommon'; name: N }
  | { type: 'Extension'; name: UnreservedId };

/** Attributes of a record. */
export interface RecordType<N> {
  attributes: Record<SmolStr, TypeOfAttribute<N>>;
  additionalAttributes?: boolean;
}

/** Type of an attribute, which is required unless it says otherwise. */
export type TypeOfAttribute<N> = Type<N> & { required?: boolean };
