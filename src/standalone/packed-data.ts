/**
 * Plain data with references as JSON can hold it: a list of nodes, each of them the number of its form and its fields.
 * A field is a text, a bool, null or a natural number as it is; a node by its negative number, the first is -1; another
 * number as `["-5"]`, a bigint as `["5", "n"]`, undefined as `[]`. `T` is what it is when it has been unpacked.
 */
export interface PackedData<T> {
  readonly forms: readonly PackedForm[];
  readonly nodes: readonly (readonly PackedField[])[];
  readonly root: PackedField;
  /** Never there: it ties the type of the data to its packed form. */
  readonly unpacked?: T;
}

/** The names of an object's members, or one of the other forms. */
export type PackedForm = readonly string[] | 'list' | 'map' | 'set' | MadeForm;

/** What is made by a function, of its fields. */
export type MadeForm = 'uid' | 'elements' | 'function' | 'like' | 'sought';

export type PackedField = string | boolean | number | null | readonly string[];

/** The functions. */
export type Makers = Readonly<Record<MadeForm, (fields: readonly unknown[]) => unknown>>;
