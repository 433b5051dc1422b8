// How values of Cedar are written in JSON, as types: what `deodar types` makes declarations of.

/** The name of an entity; `Type` is the full name of its type, `Id` the ids it may have. */
export interface TypedUid<Type extends string, Id extends string = string> {
  readonly type: Type;
  readonly id: Id;
}

/** A reference to an entity as a value: without its wrapping the object would be a plain record. */
export interface EntityJson<Type extends string, Id extends string = string> {
  readonly __entity: TypedUid<Type, Id>;
}

/** An extension value as its constructor is called, such as `{ __extn: { fn: 'decimal', arg: '0.25' } }`. */
interface ConstructorCall<Name extends string> {
  readonly __extn: { readonly fn: Name; readonly arg: string };
}

/** An extension value that is computed of others while it is read. */
interface ComputedCall<Name extends string, Arguments extends readonly unknown[]> {
  readonly __extn: { readonly fn: Name; readonly args: Arguments };
}

/** A decimal: one to four digits behind the point, such as `12.50`. */
export interface DecimalJson extends ConstructorCall<'decimal'> {}

/** An address or a range, such as `10.0.0.0/8`; the function is called `ip`. */
export interface IpaddrJson extends ConstructorCall<'ip'> {}

/** A moment, such as `2026-01-31` or `2026-01-31T12:00:00.000Z`; the official engine prints it by its offset from another. */
export type DatetimeJson =
  | ConstructorCall<'datetime'>
  | ComputedCall<'offset', readonly [DatetimeJson, DurationJson]>
  | ComputedCall<'toDate', readonly [DatetimeJson]>;

/** A length of time, such as `1d12h`. */
export type DurationJson =
  | ConstructorCall<'duration'>
  | ComputedCall<'durationSince', readonly [DatetimeJson, DatetimeJson]>
  | ComputedCall<'toTime', readonly [DatetimeJson]>;

declare const NO_NAME: unique symbol;

/** A record without attributes. The member, which nobody can write, makes the compiler refuse every other one. */
export interface EmptyRecord {
  readonly [NO_NAME]?: never;
}

/** What every object inherits under a name: an attribute of that name that is left out looks like this to the compiler. */
export type InheritedMember<Name extends keyof typeof Object.prototype> = (typeof Object.prototype)[Name];
