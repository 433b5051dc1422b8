import type { DetailedError } from './answer-types.js';

/** A part of a call that was read, or why it cannot be read. */
export type Read<T> =
  | { readonly ok: true; readonly value: T; readonly warnings: DetailedError[] }
  | { readonly ok: false; readonly errors: DetailedError[]; readonly warnings: DetailedError[] };

export function readable<T>(value: T, warnings: DetailedError[] = []): Read<T> {
  return { ok: true, value, warnings };
}

export function unreadable(errors: DetailedError[]): Read<never> & { readonly ok: false } {
  return { ok: false, errors, warnings: [] };
}

/** The errors of several parts, in their order. */
export function errorsOf(parts: readonly Read<unknown>[]): DetailedError[] {
  return parts.flatMap((part) => (part.ok ? [] : part.errors));
}
