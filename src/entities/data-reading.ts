import {
  type Diagnostic,
  type DiagnosticOptions,
  diagnostic,
  failure,
  type Result,
  success,
} from '../diagnostics/diagnostic.js';
import { JsonFraction, type JsonValue, MAX_JSON_DEPTH } from '../json/json-value.js';
import { type JsonStep, pointerOf } from '../json/pointer.js';
import { FieldNames, KnownNames } from '../values/field-list.js';
import type { EntityUid } from '../values/value.js';
import type { DataFacts } from './data-facts.js';
import { UidMap } from './uid-map.js';

/** A place in JSON data and what was found wrong there and elsewhere. */
export interface DataPlace {
  /** Pointer of the value that was handed to the reader. */
  readonly base: string;
  /** Steps from there to the current value; pushed and popped by `readMember`. */
  readonly path: JsonStep[];
  readonly diagnostics: Diagnostic[];
}

/** Where in JSON data a reader stands and what it has found wrong. */
export interface DataReading extends DataPlace {
  /** The uids read so far by good type and id: data names most entities more than once. */
  readonly uids: UidMap<EntityUid>;
  /** Names of members that objects had: data has many objects that are alike. */
  readonly names: KnownNames<FieldNames>;
}

/** Reads data with `read`, which answers undefined where it has reported an error. */
export function readData<T>(
  json: JsonValue,
  base: string,
  read: (reading: DataReading, json: JsonValue) => T | undefined,
): Result<T> {
  const reading = createDataReading(base);
  return resultOf(reading, read(reading, json));
}

/** A reading that stands at the value it was handed. */
export function createDataReading(base: string): DataReading {
  return {
    base,
    path: [],
    diagnostics: [],
    uids: new UidMap(),
    names: new KnownNames((list) => new FieldNames(list)),
  };
}

/** What was read, or a failure where that is undefined or an error was reported. */
export function resultOf<T>(reading: DataReading, value: T | undefined): Result<T> {
  const failed = value === undefined || reading.diagnostics.some((d) => d.severity === 'error');
  return failed ? failure(reading.diagnostics) : success(value, reading.diagnostics);
}

/** Reports a problem of the current value, or of one below it; always undefined, the value of what cannot be read. */
export function reportData(
  place: DataPlace,
  code: string,
  message: string,
  options: Omit<DiagnosticOptions, 'pointer' | 'file' | 'data'> & {
    readonly below?: readonly JsonStep[];
    readonly data?: DataFacts;
  },
): undefined {
  const { below = [], data, ...rest } = options;
  const pointer = pointerOf([...place.path, ...below], place.base);
  place.diagnostics.push(
    diagnostic(code, message, { ...rest, pointer, ...(data === undefined ? {} : { data: { ...data } }) }),
  );
  return undefined;
}

/** Reads a member of the current value. */
export function readMember<P extends DataPlace, M, T>(
  place: P,
  step: JsonStep,
  member: M,
  read: (place: P, member: M) => T,
): T {
  place.path.push(step);
  const value = read(place, member);
  place.path.pop();
  return value;
}

/** Reports data that was not made by `parseJson` and is nested so deeply that reading it could exhaust the stack. */
export function isTooDeep(reading: DataReading): boolean {
  if (reading.path.length <= MAX_JSON_DEPTH) return false;
  reportData(reading, 'json-too-deep', `more than ${MAX_JSON_DEPTH} objects and arrays stand inside each other`, {
    help: 'flatten the data',
  });
  return true;
}

/** Reports a number that Cedar does not have. */
export function reportNumber(reading: DataReading, number: number | bigint | JsonFraction): undefined {
  if (typeof number === 'bigint') {
    return reportData(reading, 'integer-out-of-range', `${shortened(number.toString())} does not fit into 64 bits`, {
      help: 'integers are -9223372036854775808 to 9223372036854775807; write a larger number as a string',
    });
  }
  const text = number instanceof JsonFraction ? number.text : String(number);
  if (/^-?[1-9]\d*$/.test(text)) {
    return reportData(reading, 'inexact-integer', `${shortened(text)} may have been rounded: it is beyond 2^53`, {
      help: 'hand over a bigint, or JSON text',
    });
  }
  const whole = Number(text);
  return reportData(
    reading,
    'number-not-integer',
    `${shortened(text)} is not an integer token; Cedar has no other numbers`,
    {
      help: Number.isSafeInteger(whole)
        ? `write ${whole === 0 ? 0 : whole}`
        : 'use a decimal, `{"__extn": {"fn": "decimal", "arg": "0.5"}}`, or an integer of a smaller unit',
    },
  );
}

function shortened(text: string): string {
  return text.length <= 40 ? text : `${text.slice(0, 39)}…`;
}
