import { checkedLong, longOf } from '../values/long.js';
import type { DurationValue, Long } from '../values/value.js';
import { extensionArgument, textArgument } from './arguments.js';
import { readDigits, skipDigits } from './digits.js';
import { type ExtensionFailure, type ExtensionFunction, extensionFailure } from './extension-function.js';

const MILLISECOND = 1n;
const SECOND = 1000n;
const MINUTE = 60n * SECOND;
const HOUR = 60n * MINUTE;
const DAY = 24n * HOUR;

/** Units in the order in which a text may name them. */
const UNITS: readonly (readonly [name: string, milliseconds: bigint])[] = [
  ['d', DAY],
  ['h', HOUR],
  ['m', MINUTE],
  ['s', SECOND],
  ['ms', MILLISECOND],
];

const SHAPE =
  'valid duration strings are concatenated quantity-unit pairs with an optional leading `-`, for example `1d2h3m4s50ms`';

/** Reads what `duration(..)` accepts: an optional `-`, then whole numbers of d, h, m, s and ms in that order. */
export function parseDuration(text: string): DurationValue | ExtensionFailure {
  const negative = text.startsWith('-');
  const start = negative ? 1 : 0;
  let total: bigint | undefined = 0n;
  let at = start;
  let nextUnit = 0;
  while (at < text.length) {
    const end = skipDigits(text, at);
    const name = unitAt(text, end);
    const found = UNITS.findIndex(([each], index) => index >= nextUnit && each === name);
    const unit = UNITS[found];
    if (end === at || unit === undefined) return malformed();
    // A quantity out of range must not hide a wrong shape further on: the shape is judged first.
    const quantity = readDigits(text, at, end);
    total = total === undefined || quantity === undefined ? undefined : total + quantity * unit[1];
    at = end + unit[0].length;
    nextUnit = found + 1;
  }
  if (at === start) return malformed();
  if (total === undefined) return overflow();
  const milliseconds = negative ? -total : total;
  return checkedLong(milliseconds) === undefined ? overflow() : { kind: 'duration', milliseconds };
}

/** The text of a duration in milliseconds, as `duration(..)` reads it back. */
export function durationText(value: DurationValue): string {
  return `${value.milliseconds}ms`;
}

/** The constructor and the methods of duration. */
export const DURATION_FUNCTIONS: readonly ExtensionFunction[] = [
  {
    name: 'duration',
    style: 'function',
    parameters: ['string'],
    returns: 'duration',
    apply: (args) => parseDuration(textArgument(args)),
  },
  conversion('toMilliseconds', MILLISECOND),
  conversion('toSeconds', SECOND),
  conversion('toMinutes', MINUTE),
  conversion('toHours', HOUR),
  conversion('toDays', DAY),
];

function conversion(name: string, unit: bigint): ExtensionFunction {
  return {
    name,
    style: 'method',
    parameters: ['duration'],
    returns: 'long',
    // Division of bigints truncates toward zero, as Cedar's does.
    apply: (args): Long => longOf(extensionArgument(args, 0, 'duration').milliseconds / unit),
  };
}

/** `ms` is looked for first, so that `5ms` is not five minutes and a stray `s`. */
function unitAt(text: string, at: number): string {
  return text.startsWith('ms', at) ? 'ms' : text.slice(at, at + 1);
}

function malformed(): ExtensionFailure {
  return extensionFailure('invalid duration pattern', SHAPE);
}

function overflow(): ExtensionFailure {
  return extensionFailure('Duration overflows internal representation', SHAPE);
}
