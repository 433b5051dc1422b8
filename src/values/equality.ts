import type { EntityUid, Long, RecordValue, SetValue, Value } from './value.js';

export function sameUid(a: EntityUid, b: EntityUid): boolean {
  return a === b || (a.id === b.id && a.type === b.type);
}

/** Cedar's `==`: defined on any two values, never fails; different kinds are unequal. */
export function valuesEqual(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object') return false;
  switch (a.kind) {
    case 'entity':
      return b.kind === 'entity' && sameUid(a, b);
    case 'set':
      return b.kind === 'set' && a.elements.length === b.elements.length && a.elements.every((e) => setContains(b, e));
    case 'record': {
      if (b.kind !== 'record' || a.fields.size !== b.fields.size) return false;
      for (const [key, value] of a.fields) {
        const other = b.fields.get(key);
        if (other === undefined || !valuesEqual(value, other)) return false;
      }
      return true;
    }
    case 'decimal':
      return b.kind === 'decimal' && a.units === b.units;
    case 'ipaddr':
      return b.kind === 'ipaddr' && a.version === b.version && a.address === b.address && a.prefix === b.prefix;
    case 'datetime':
      return b.kind === 'datetime' && a.milliseconds === b.milliseconds;
    case 'duration':
      return b.kind === 'duration' && a.milliseconds === b.milliseconds;
  }
}

/** Smaller sets are searched one element after the other. */
const INDEXED_FROM = 9;

/** Which values have been seen: JavaScript's own values by themselves, entities by their two parts, the rest by a key. */
class SeenValues {
  private readonly own = new Set<boolean | string | Long>();
  // Most sets hold values of one kind.
  private entities: Map<string, Set<string>> | undefined = undefined;
  private keys: Set<string> | undefined = undefined;

  has(value: Value): boolean {
    if (typeof value !== 'object') return this.own.has(value);
    if (value.kind === 'entity') return this.entities?.get(value.type)?.has(value.id) ?? false;
    return this.keys?.has(valueKey(value)) ?? false;
  }

  add(value: Value): void {
    if (typeof value !== 'object') this.own.add(value);
    else if (value.kind !== 'entity') {
      this.keys ??= new Set();
      this.keys.add(valueKey(value));
    } else {
      this.entities ??= new Map();
      const ids = this.entities.get(value.type);
      if (ids === undefined) this.entities.set(value.type, new Set([value.id]));
      else ids.add(value.id);
    }
  }
}

/** A set that makes its index when it is first searched and has many elements. */
class ElementSet implements SetValue {
  readonly kind = 'set';
  readonly elements: readonly Value[];
  #index: SeenValues | undefined = undefined;

  constructor(elements: readonly Value[]) {
    this.elements = elements;
  }

  static indexOf(set: SetValue): SeenValues | undefined {
    if (!(#index in set)) return undefined;
    if (set.#index === undefined) {
      const index = new SeenValues();
      for (const element of set.elements) index.add(element);
      set.#index = index;
    }
    return set.#index;
  }
}

/** Makes a set: equal members collapse to the first of them. A list that is handed over must not change later. */
export function createSet(members: Iterable<Value>): SetValue {
  const given: readonly Value[] = Array.isArray(members) ? members : [...members];
  if (given.length === 0) return EMPTY_SET;
  if (given.length === 1) return new ElementSet(given);
  if (given.length < INDEXED_FROM && given.every(isFlat)) return new ElementSet(withoutRepeated(given));
  const seen = new SeenValues();
  const elements: Value[] = [];
  for (const member of given) {
    if (seen.has(member)) continue;
    seen.add(member);
    elements.push(member);
  }
  return new ElementSet(elements);
}

/** The set without elements. */
export const EMPTY_SET: SetValue = new ElementSet([]);

function isFlat(value: Value): boolean {
  return typeof value !== 'object' || value.kind === 'entity';
}

function withoutRepeated(members: readonly Value[]): readonly Value[] {
  for (let i = 1; i < members.length; i++) {
    const member = members[i];
    if (member !== undefined && includesValue(members, member, i))
      return members.filter((other, at) => !includesValue(members, other, at));
  }
  return members;
}

/** Whether one of the first `count` elements equals a value. */
function includesValue(elements: readonly Value[], value: Value, count: number): boolean {
  if (typeof value !== 'object') {
    for (let i = 0; i < count; i++) if (elements[i] === value) return true;
    return false;
  }
  for (let i = 0; i < count; i++) {
    const element = elements[i];
    if (element !== undefined && valuesEqual(element, value)) return true;
  }
  return false;
}

export function setContains(set: SetValue, member: Value): boolean {
  const { elements } = set;
  const index = elements.length < INDEXED_FROM ? undefined : ElementSet.indexOf(set);
  return index === undefined ? includesValue(elements, member, elements.length) : index.has(member);
}

/** True when every element of `subset` is in `superset`. */
export function setContainsAll(superset: SetValue, subset: SetValue): boolean {
  for (const element of subset.elements) if (!setContains(superset, element)) return false;
  return true;
}

export function setContainsAny(a: SetValue, b: SetValue): boolean {
  const [small, large] = a.elements.length <= b.elements.length ? [a, b] : [b, a];
  for (const element of small.elements) if (setContains(large, element)) return true;
  return false;
}

/**
 * A text that two values share exactly when they are equal. Strings are written with their length, so no text inside
 * a value can imitate the structure around it.
 */
function valueKey(value: Value): string {
  switch (typeof value) {
    case 'boolean':
      return value ? 'T' : 'F';
    case 'number':
    case 'bigint':
      return `L${value};`;
    case 'string':
      return textKey(value);
    default:
      break;
  }
  switch (value.kind) {
    case 'entity':
      return `E${textKey(value.type)}${textKey(value.id)}`;
    case 'set':
      return rememberedKey(value, () => `[${value.elements.map(valueKey).sort().join('')}]`);
    case 'record':
      return rememberedKey(value, () => `{${[...value.fields].map(fieldKey).sort().join('')}}`);
    case 'decimal':
      return `D${value.units};`;
    case 'ipaddr':
      return `I${value.version}:${value.address}/${value.prefix};`;
    case 'datetime':
      return `A${value.milliseconds};`;
    case 'duration':
      return `U${value.milliseconds};`;
  }
}

const keyOf = new WeakMap<SetValue | RecordValue, string>();

/** Keys of sets and records are kept: sets in sets would be written again at every level otherwise. */
function rememberedKey(value: SetValue | RecordValue, make: () => string): string {
  const known = keyOf.get(value);
  if (known !== undefined) return known;
  const key = make();
  keyOf.set(value, key);
  return key;
}

function fieldKey([name, value]: readonly [string, Value]): string {
  return textKey(name) + valueKey(value);
}

function textKey(text: string): string {
  return `S${text.length}:${text}`;
}
