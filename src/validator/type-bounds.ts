import { BOOL } from '../types/cedar-type.js';
import {
  type ExpressionAttribute,
  type ExpressionType,
  entityNames,
  isBool,
  isEntity,
  type RecordExpressionType,
} from './expression-type.js';
import type { ValidationMode } from './validation-mode.js';

/** Two types have no type above both. */
export interface NoBound {
  readonly kind: 'no-bound';
  readonly reason: 'optionality' | 'attributes' | 'entity-types' | 'entity-and-record' | 'other';
}

export type Bound = ExpressionType | NoBound;

/**
 * The least type that holds the values of both. In strict mode only types that are equal but for known Bools have one;
 * in permissive mode records keep what they have in common and entity types unite.
 */
export function leastUpperBound(a: ExpressionType, b: ExpressionType, mode: ValidationMode): Bound {
  return a === b ? a : new Bounds(mode).of(a, b);
}

/** The least type that holds the values of all of them; `never` for no types at all. */
export function boundOfAll(types: readonly ExpressionType[], mode: ValidationMode): Bound {
  let bound: Bound = { kind: 'never' };
  // By number: in code that runs for the first time each step of an iterator makes an object.
  for (let i = 0; i < types.length; i++) {
    const type = types[i];
    if (type === undefined || type === bound) continue;
    bound = leastUpperBound(bound, type, mode);
    if (bound.kind === 'no-bound') break;
  }
  return bound;
}

/** Whether no value is of both types, as far as entity types tell; that of other types is never claimed. */
export function areDisjoint(a: ExpressionType, b: ExpressionType): boolean {
  const names = entityNames(a);
  const others = entityNames(b);
  if (names === undefined || others === undefined) return false;
  const taken = new Set(others);
  for (const name of names) if (taken.has(name)) return false;
  return true;
}

class Bounds {
  private readonly mode: ValidationMode;
  /** Of pairs of records: types of schemas share parts, so that the same pair can come up very often. */
  private readonly known = new Map<ExpressionType, Map<ExpressionType, Bound>>();

  constructor(mode: ValidationMode) {
    this.mode = mode;
  }

  of(a: ExpressionType, b: ExpressionType): Bound {
    if (a === b || b.kind === 'never') return a;
    if (a.kind === 'never') return b;
    if (isBool(a)) return isBool(b) ? (a.kind === b.kind ? a : BOOL) : noBound('other');
    if (isEntity(a) && isEntity(b)) return this.ofEntities(a, b);
    if ((isEntity(a) && b.kind === 'record') || (a.kind === 'record' && isEntity(b)))
      return noBound('entity-and-record');
    if (a.kind === 'set' && b.kind === 'set') {
      const element = this.of(a.element, b.element);
      if (element.kind === 'no-bound' || element === a.element) return element === a.element ? a : element;
      return element === b.element ? b : { kind: 'set', element };
    }
    if (a.kind === 'record' && b.kind === 'record') return this.ofRecords(a, b);
    if (a.kind === 'extension' && b.kind === 'extension') return a.name === b.name ? a : noBound('other');
    return a.kind === b.kind ? a : noBound('other');
  }

  private ofEntities(a: ExpressionType, b: ExpressionType): Bound {
    const names = new Set([...(entityNames(a) ?? []), ...(entityNames(b) ?? [])]);
    if (names.size === 1) return a;
    return this.mode === 'strict' ? noBound('entity-types') : { kind: 'entities', names };
  }

  private ofRecords(a: RecordExpressionType, b: RecordExpressionType): Bound {
    const found = this.known.get(a)?.get(b);
    if (found !== undefined) return found;
    const bound = this.mode === 'strict' ? this.strictRecord(a, b) : this.permissiveRecord(a, b);
    const ofA = this.known.get(a);
    if (ofA === undefined) this.known.set(a, new Map([[b, bound]]));
    else ofA.set(b, bound);
    return bound;
  }

  private strictRecord(a: RecordExpressionType, b: RecordExpressionType): Bound {
    if (a.attributes.size !== b.attributes.size) return noBound('attributes');
    for (const name of a.attributes.keys()) if (!b.attributes.has(name)) return noBound('attributes');
    let attributes: Map<string, ExpressionAttribute> | undefined;
    for (const [name, attribute] of a.attributes) {
      const other = b.attributes.get(name) ?? attribute;
      const type = this.of(attribute.type, other.type);
      if (type.kind === 'no-bound') return type;
      if (attribute.required !== other.required) return noBound('optionality');
      if (type === attribute.type) continue;
      attributes ??= new Map(a.attributes);
      attributes.set(name, { type, required: attribute.required });
    }
    return attributes === undefined ? a : { kind: 'record', attributes };
  }

  private permissiveRecord(a: RecordExpressionType, b: RecordExpressionType): Bound {
    const attributes = new Map<string, ExpressionAttribute>();
    for (const [name, attribute] of a.attributes) {
      const other = b.attributes.get(name);
      if (other === undefined) continue;
      const type = this.of(attribute.type, other.type);
      if (type.kind !== 'no-bound') attributes.set(name, { type, required: attribute.required && other.required });
    }
    const lost = attributes.size < a.attributes.size || attributes.size < b.attributes.size;
    const open = a.open === true || b.open === true || lost;
    return { kind: 'record', attributes, ...(open ? { open } : {}) };
  }
}

function noBound(reason: NoBound['reason']): NoBound {
  return { kind: 'no-bound', reason };
}
