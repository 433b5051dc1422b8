import type { Expr } from '../ast/expression.js';
import type { Value, ValueKind } from '../values/value.js';

const KINDS: readonly ValueKind[] = [
  'bool',
  'long',
  'string',
  'entity',
  'set',
  'record',
  'ipaddr',
  'decimal',
  'datetime',
  'duration',
];

/** Kinds of values as bits, so that sets of them are numbers. */
const KIND_BITS: ReadonlyMap<ValueKind, number> = new Map(KINDS.map((kind, i) => [kind, 1 << i]));

function bitOf(kind: ValueKind): number {
  return KIND_BITS.get(kind) ?? 0;
}

const ANY_KIND = 1023;

export function kindBits(...kinds: readonly ValueKind[]): number {
  return kinds.reduce((bits, kind) => bits | bitOf(kind), 0);
}

/** `a string or a set`. */
export function describeKinds(bits: number): string {
  const names = KINDS.filter((kind) => (bits & bitOf(kind)) !== 0).map(withArticle);
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}

function withArticle(kind: ValueKind): string {
  if (kind === 'bool') return 'a boolean';
  return `${/^[aei]/.test(kind) ? 'an' : 'a'} ${kind}`;
}

/**
 * What can be said of the results of an expression whatever the request and the entities are. Everything that is said
 * holds; what is not said is not known.
 */
export interface Outcome {
  /** Kinds that a value may have; 0 when every evaluation fails. */
  readonly kinds: number;
  /** The value, when there is only one; evaluations may still fail. */
  readonly value?: Value;
  /** Neither the request nor the entities have a part in it. */
  readonly constant?: true | undefined;
  /** Kinds that the elements may have, if it is a set. */
  readonly elements?: number;
  /** The type, if it is an entity. */
  readonly entityType?: string;
  /** Why every evaluation fails, where `kinds` is 0. */
  readonly failure?: Failure;
}

/** Something that fails whenever it is evaluated. */
export interface Failure {
  readonly at: Expr;
  /** A clause: `"a" is a string, and \`in\` tests entities`. */
  readonly because: string;
  readonly help?: string;
}

export const UNKNOWN_OUTCOME: Outcome = { kinds: ANY_KIND };
export const SOME_BOOL: Outcome = { kinds: bitOf('bool') };

export function known(value: boolean): Outcome {
  return { kinds: bitOf('bool'), value };
}

export function fails(at: Expr, because: string, help?: string): Outcome {
  return { kinds: 0, failure: { at, because, ...(help === undefined ? {} : { help }) } };
}

/** Whether an evaluation may give this boolean. */
export function mayBe(outcome: Outcome, value: boolean): boolean {
  return (outcome.kinds & bitOf('bool')) !== 0 && (outcome.value === undefined || outcome.value === value);
}
