/** What the compiler knows of a schema: `deodar types` writes an interface of this form. */
export interface SchemaTypes {
  /** Entities in JSON, by the full name of their type. */
  readonly entities: object;
  /** Principal, resource and context of a request, by its action as Cedar text. */
  readonly requests: object;
  /** Ids of the policies that may stand in an answer. */
  readonly policyId: string;
}

/** An entity in JSON, of any type of the schema. */
export type EntityOf<S extends SchemaTypes> = S['entities'][keyof S['entities']];

/** Entities in JSON: an array of those that a schema types, or whatever can be read where there are no declarations. */
export type EntitiesOf<S extends SchemaTypes> = SchemaTypes extends S ? unknown : readonly EntityOf<S>[];

/** What every request has beside what its action asks for. */
export interface RequestOf<Action, Entity> {
  /** Cedar text, such as `Action::"view"`. */
  readonly action: Action;
  /** Entities that exist for this request only. */
  readonly entities?: readonly Entity[];
}

/** A request for one action of a schema, or for one of several. */
export type TypedRequest<S extends SchemaTypes, Action extends keyof S['requests'] = keyof S['requests']> = RequestOf<
  Action,
  EntityOf<S>
> &
  S['requests'][Action];
