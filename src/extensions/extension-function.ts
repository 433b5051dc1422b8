import type { Value, ValueKind } from '../values/value.js';

/** Why an extension function has no value for its arguments; becomes an evaluation error, never an exception. */
export interface ExtensionFailure {
  readonly kind: 'failure';
  /** The reason alone; the evaluator says which function failed. */
  readonly message: string;
  /** What the function accepts; constructors have it, methods do not. */
  readonly help?: string;
}

/** One row of the table of extension functions that every later step reads. */
export interface ExtensionFunction {
  readonly name: string;
  /** Called `name(args)` (a constructor) or `receiver.name(args)`. */
  readonly style: 'function' | 'method';
  /** Kinds of the arguments, the receiver of a method first. */
  readonly parameters: readonly ValueKind[];
  readonly returns: ValueKind;
  /** Called only with arguments of the number and kinds that `parameters` says. */
  readonly apply: (args: readonly Value[]) => Value | ExtensionFailure;
}

/** Makes a failure; without `help` it has no such field. */
export function extensionFailure(message: string, help?: string): ExtensionFailure {
  return help === undefined ? { kind: 'failure', message } : { kind: 'failure', message, help };
}
