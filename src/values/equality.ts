import type { EntityUid, RecordValue, SetValue, Value } from './value.js';

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

/** Sets of at least this many elements keep an index of keys beside the list. */
const INDEXED_FROM = 9;

const indexOf = new WeakMap<SetValue, ReadonlySet<string>>();

/** Makes a set: equal members collapse to the first of them. */
export function createSet(members: Iterable<Value>): SetValue {
  const byKey = new Map<string, Value>();
  for (const member of members) {
    const key = valueKey(member);
    if (!byKey.has(key)) byKey.set(key, member);
  }
  const set: SetValue = { kind: 'set', elements: [...byKey.values()] };
  if (byKey.size >= INDEXED_FROM) indexOf.set(set, new Set(byKey.keys()));
  return set;
}

export function setContains(set: SetValue, member: Value): boolean {
  const index = indexOf.get(set);
  if (index !== undefined) return index.has(valueKey(member));
  return set.elements.some((e) => valuesEqual(e, member));
}

/** True when every element of `subset` is in `superset`. */
export function setContainsAll(superset: SetValue, subset: SetValue): boolean {
  return subset.elements.every((e) => setContains(superset, e));
}

export function setContainsAny(a: SetValue, b: SetValue): boolean {
  const [small, large] = a.elements.length <= b.elements.length ? [a, b] : [b, a];
  return small.elements.some((e) => setContains(large, e));
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
