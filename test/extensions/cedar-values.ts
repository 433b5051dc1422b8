import type { ExtensionFailure } from '../../src/extensions/extension-function.js';
import { EXTENSION_FUNCTIONS } from '../../src/extensions/extension-functions.js';
import type { DatetimeValue, DurationValue, ExtensionValue, Value } from '../../src/values/value.js';

/** Calls an extension function as the evaluator does. */
export function call(name: string, ...args: readonly Value[]): Value | ExtensionFailure {
  const found = EXTENSION_FUNCTIONS.get(name);
  if (found === undefined) throw new Error(`no extension function ${name}`);
  return found.apply(args);
}

/** Calls an extension function that must not fail. */
export function compute(name: string, ...args: readonly Value[]): Value {
  const value = call(name, ...args);
  if (isFailure(value)) throw new Error(`${name}: ${value.message}`);
  return value;
}

export function isFailure(result: Value | ExtensionFailure): result is ExtensionFailure {
  return typeof result === 'object' && result.kind === 'failure';
}

export function isExtensionValue(result: Value | ExtensionFailure): result is ExtensionValue {
  return typeof result === 'object' && ['decimal', 'ipaddr', 'datetime', 'duration'].includes(result.kind);
}

export function datetime(milliseconds: bigint): DatetimeValue {
  return { kind: 'datetime', milliseconds };
}

export function duration(milliseconds: bigint): DurationValue {
  return { kind: 'duration', milliseconds };
}
