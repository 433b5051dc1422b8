import { types } from 'node:util';
import { createJsonObject } from '../json/json-value.js';

/**
 * Whether nothing is to be had from a plain object or array but the members that JSON has, and those always the same: no proxy,
 * no accessors, no members that JSON leaves out, none that are inherited. Of the members only their kind is looked at.
 */
export function holdsOnlyMembers(value: object): boolean {
  if (types.isProxy(value) || Object.getOwnPropertySymbols(value).length > 0) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  const names = Object.getOwnPropertyNames(value);
  if (Array.isArray(value)) {
    // One for each element, and `length`.
    if (prototype !== Array.prototype || names.length !== value.length + 1) return false;
    // Much faster than descriptors, for which each index becomes a text. A member of another name may stand in for a gap.
    for (let index = 0; index < value.length; index++)
      if (!Object.hasOwn(value, index) || isAccessor(value, index)) return false;
    return true;
  }
  if (prototype !== Object.prototype && prototype !== null) return false;
  for (const name of names) {
    const member = Object.getOwnPropertyDescriptor(value, name);
    if (member === undefined || !('value' in member) || member.enumerable !== true) return false;
  }
  return true;
}

/** Whether a member of an array is read, or only written, by a function; also where nobody can be asked. */
function isAccessor(value: readonly unknown[], index: number): boolean {
  if (typeof lookupGetter !== 'function' || Reflect.apply(lookupGetter, value, [index]) !== undefined) return true;
  // What is only written by a function is read as undefined.
  return value[index] === undefined && Object.getOwnPropertyDescriptor(value, index)?.set !== undefined;
}

const lookupGetter: unknown = Reflect.get(Object.prototype, '__lookupGetter__');

/** Whether an object is one of a class itself and has no members of its own. */
export function isExactly(value: object, prototype: object): boolean {
  return Object.getPrototypeOf(value) === prototype && Reflect.ownKeys(value).length === 0;
}

/** A copy of what holds only members, dates, maps and sets, with these copies in it; what is in it twice stays one. */
export function copyWith(value: unknown, copies: Map<object, object>): unknown {
  if (typeof value !== 'object' || value === null || types.isDate(value)) return value;
  const known = copies.get(value);
  if (known !== undefined) return known;
  if (types.isMap(value)) {
    const map = new Map<unknown, unknown>();
    copies.set(value, map);
    for (const [key, member] of value) map.set(copyWith(key, copies), copyWith(member, copies));
    return map;
  }
  if (types.isSet(value)) {
    const set = new Set<unknown>();
    copies.set(value, set);
    for (const member of value) set.add(copyWith(member, copies));
    return set;
  }
  const bare: object = Object.getPrototypeOf(value) === null ? createJsonObject() : {};
  const copy = Array.isArray(value) ? [] : bare;
  copies.set(value, copy);
  for (const [key, member] of Object.entries(value))
    Object.defineProperty(copy, key, {
      value: copyWith(member, copies),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  return copy;
}
