import type { JsonValue } from '../json/json-value.js';

/** How JSON Schema's `number` is represented: Long refuses fractions, decimal takes up to four digits after the point. */
export type NumberMapping = 'long' | 'decimal';

/** Which JSON values a JSON Schema takes, as far as it speaks of their structure; bounds, patterns and the like are left out. */
export type Shape =
  | { readonly kind: 'any' }
  | { readonly kind: 'never' }
  | { readonly kind: 'null' }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'string' }
  | { readonly kind: 'number'; readonly integer: boolean; readonly as: NumberMapping }
  | ArrayShape
  | ObjectShape
  /** One of these values; never empty. */
  | { readonly kind: 'constants'; readonly values: readonly JsonValue[]; readonly as: NumberMapping }
  /** At least two shapes, none of them a union. */
  | { readonly kind: 'union'; readonly members: readonly Shape[] };

export interface ArrayShape {
  readonly kind: 'array';
  /** Shapes of the first elements, which may be missing. */
  readonly first: readonly Shape[];
  /** Shape of all further elements. */
  readonly rest: Shape;
}

export interface ObjectShape {
  readonly kind: 'object';
  readonly fields: ReadonlyMap<string, FieldShape>;
  /** Shape of further properties; undefined where the schema says nothing of them. */
  readonly rest: Shape | undefined;
}

export interface FieldShape {
  readonly shape: Shape;
  readonly required: boolean;
}

export const ANY: Shape = { kind: 'any' };
export const NEVER: Shape = { kind: 'never' };
export const NULL: Shape = { kind: 'null' };

/** What fits one of the shapes. */
export function unionOf(shapes: readonly Shape[]): Shape {
  const members = shapes.flatMap((shape) => (shape.kind === 'union' ? shape.members : [shape]));
  if (members.some(({ kind }) => kind === 'any')) return ANY;
  const possible = members.filter(({ kind }) => kind !== 'never');
  const distinct = possible.filter(
    (shape, index) => !isPlain(shape) || possible.findIndex(({ kind }) => kind === shape.kind) === index,
  );
  const [first, second] = distinct;
  if (first === undefined) return NEVER;
  return second === undefined ? first : { kind: 'union', members: distinct };
}

/** Shapes of which the kind says everything. */
function isPlain({ kind }: Shape): boolean {
  return kind === 'null' || kind === 'boolean' || kind === 'string';
}
