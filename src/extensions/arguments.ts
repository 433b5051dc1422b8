import type { ExtensionValue, Value } from '../values/value.js';

/** The only argument of a constructor. Throws when it is no string: the caller has checked the kinds. */
export function textArgument(args: readonly Value[]): string {
  const [value] = args;
  if (typeof value !== 'string') throw new TypeError('extension function called without its string argument');
  return value;
}

/** The argument at `index`, of a known extension type. Throws when it is another: the caller has checked the kinds. */
export function extensionArgument<K extends ExtensionValue['kind']>(
  args: readonly Value[],
  index: number,
  kind: K,
): Extract<ExtensionValue, { kind: K }> {
  const value = args[index];
  if (!hasKind(value, kind)) throw new TypeError(`extension function called without its ${kind} argument`);
  return value;
}

function hasKind<K extends ExtensionValue['kind']>(
  value: Value | undefined,
  kind: K,
): value is Extract<ExtensionValue, { kind: K }> {
  return typeof value === 'object' && value.kind === kind;
}
