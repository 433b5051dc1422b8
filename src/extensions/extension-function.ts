import type { Value, ValueKind } from '../values/value.js';

/** Why an extension function has no value for its arguments; becomes an evaluation error, never an exception. */
export interface ExtensionFailure {
  readonly kind: 'failure';
  readonly message: string;
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

export function extensionFailure(message: string): ExtensionFailure {
  return { kind: 'failure', message };
}
