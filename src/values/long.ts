import type { Long } from './value.js';

export const LONG_MIN = -(2n ** 63n);
export const LONG_MAX = 2n ** 63n - 1n;

/** Canonical Long of a bigint that is known to be within int64: a `number` when it is a safe integer. */
export function longOf(value: bigint): Long {
  const small = Number(value);
  return Number.isSafeInteger(small) ? small : value;
}

/** Canonical Long of any bigint, or undefined when it leaves int64. */
export function checkedLong(value: bigint): Long | undefined {
  return BigInt.asIntN(64, value) === value ? longOf(value) : undefined;
}

/** Sum, or undefined on int64 overflow. */
export function addLongs(a: Long, b: Long): Long | undefined {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b;
    if (Number.isSafeInteger(sum)) return sum;
  }
  return checkedLong(BigInt(a) + BigInt(b));
}

/** Difference, or undefined on int64 overflow. */
export function subtractLongs(a: Long, b: Long): Long | undefined {
  if (typeof a === 'number' && typeof b === 'number') {
    const difference = a - b;
    if (Number.isSafeInteger(difference)) return difference;
  }
  return checkedLong(BigInt(a) - BigInt(b));
}

/** Product, or undefined on int64 overflow. */
export function multiplyLongs(a: Long, b: Long): Long | undefined {
  if (typeof a === 'number' && typeof b === 'number') {
    const product = a * b;
    // `0 * -1` is -0 in JavaScript; Cedar has one zero.
    if (Number.isSafeInteger(product)) return product === 0 ? 0 : product;
  }
  return checkedLong(BigInt(a) * BigInt(b));
}

/** Negation, or undefined on int64 overflow. */
export function negateLong(a: Long): Long | undefined {
  if (typeof a === 'number') return a === 0 ? 0 : -a;
  return checkedLong(-a);
}
