import { type CedarType, optional, recordType, required, setType } from '../types/cedar-type.js';

/**
 * How a JSON value of a tool is read: the Cedar type that policies see, and what JSON Schema allows beyond it (fields
 * that have no Cedar type, further properties, constants).
 */
export type Shape =
  | { readonly kind: 'scalar'; readonly type: CedarType; readonly allowed: readonly unknown[] | undefined }
  | { readonly kind: 'set'; readonly element: Shape }
  | RecordShape;

export interface RecordShape {
  readonly kind: 'record';
  readonly fields: ReadonlyMap<string, FieldShape>;
  /** Further properties are accepted, unseen by policies. */
  readonly open: boolean;
}

export interface FieldShape {
  /** Undefined when policies cannot see the field: any value is accepted. */
  readonly shape: Shape | undefined;
  readonly required: boolean;
  /** null is accepted and reads as absent. */
  readonly nullable: boolean;
}

export function typeOfShape(shape: Shape): CedarType {
  switch (shape.kind) {
    case 'scalar':
      return shape.type;
    case 'set':
      return setType(typeOfShape(shape.element));
    case 'record':
      return recordType(
        [...shape.fields].flatMap(([name, field]) => {
          if (field.shape === undefined) return [];
          const type = typeOfShape(field.shape);
          return [[name, field.required ? required(type) : optional(type)] as const];
        }),
      );
  }
}
