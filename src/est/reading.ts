import {
  type Diagnostic,
  type DiagnosticOptions,
  diagnostic,
  failure,
  type Result,
  success,
} from '../diagnostics/diagnostic.js';
import { didYouMean } from '../diagnostics/did-you-mean.js';
import {
  describeJson,
  isJsonArray,
  isJsonObject,
  type JsonArray,
  type JsonObject,
  type JsonValue,
} from '../json/json-value.js';
import { type JsonStep, pointerOf } from '../json/pointer.js';

/** Errors, and as many warnings, that are reported for one value. */
const MAX_PROBLEMS = 100;

/** What reading one piece of JSON has found wrong so far. */
export interface Reading {
  readonly problems: Diagnostic[];
  errors: number;
  warnings: number;
}

/** Where in the JSON something stands, as a list from the inside out: pointers are only written when they are needed. */
export interface Place {
  readonly parent: Place | undefined;
  readonly step: JsonStep;
}

/** The whole JSON value is the undefined place. */
export type PlaceOrTop = Place | undefined;

export function at(parent: PlaceOrTop, step: JsonStep): Place {
  return { parent, step };
}

/** Adds an error at a place; the result is undefined, so that a reader can return it. */
export function report(
  reading: Reading,
  place: PlaceOrTop,
  code: string,
  message: string,
  options: DiagnosticOptions = {},
): undefined {
  if (++reading.errors > MAX_PROBLEMS) return undefined;
  reading.problems.push(diagnostic(code, message, { pointer: pointerTo(place), ...options }));
  return undefined;
}

/** Adds what is no error but surely not meant. */
export function warn(
  reading: Reading,
  place: PlaceOrTop,
  code: string,
  message: string,
  options: DiagnosticOptions = {},
): void {
  if (++reading.warnings > MAX_PROBLEMS) return;
  reading.problems.push(diagnostic(code, message, { pointer: pointerTo(place), severity: 'warning', ...options }));
}

/** Takes over what another reader found at a place. */
export function include(reading: Reading, place: PlaceOrTop, found: readonly Diagnostic[]): void {
  for (const d of found) {
    const count = d.severity === 'error' ? ++reading.errors : ++reading.warnings;
    if (count <= MAX_PROBLEMS) reading.problems.push({ pointer: pointerTo(place), ...d });
  }
}

function pointerTo(place: PlaceOrTop): string {
  const steps: JsonStep[] = [];
  for (let inner = place; inner !== undefined; inner = inner.parent) steps.push(inner.step);
  return pointerOf(steps.reverse());
}

/** Reads with a fresh list of problems; what was read counts only when no error was found. */
export function readAll<T>(read: (reading: Reading) => T | undefined): Result<T> {
  const reading: Reading = { problems: [], errors: 0, warnings: 0 };
  const value = read(reading);
  if (value !== undefined && reading.errors === 0) return success(value, reading.problems);
  return failure(reading.problems);
}

/** A member of an object; undefined when there is none, also for names that every JavaScript object inherits. */
export function member(object: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function wrongType(reading: Reading, json: JsonValue, place: PlaceOrTop, what: string, wanted: string): undefined {
  return report(reading, place, 'policy-json-type', `${what} is ${wanted}, not ${describeJson(json)}`);
}

/** The value as an object; `undefined` in means that its absence was reported already. */
export function readObject(
  reading: Reading,
  json: JsonValue | undefined,
  place: PlaceOrTop,
  what: string,
): JsonObject | undefined {
  if (json === undefined) return undefined;
  return isJsonObject(json) ? json : wrongType(reading, json, place, what, 'an object');
}

export function readArray(
  reading: Reading,
  json: JsonValue | undefined,
  place: PlaceOrTop,
  what: string,
): JsonArray | undefined {
  if (json === undefined) return undefined;
  return isJsonArray(json) ? json : wrongType(reading, json, place, what, 'an array');
}

export function readString(
  reading: Reading,
  json: JsonValue | undefined,
  place: PlaceOrTop,
  what: string,
): string | undefined {
  if (json === undefined) return undefined;
  return typeof json === 'string' ? json : wrongType(reading, json, place, what, 'a string');
}

/** One of a few words; the nearest is proposed. */
export function readWord<T extends string>(
  reading: Reading,
  json: JsonValue | undefined,
  place: PlaceOrTop,
  what: string,
  words: readonly T[],
): T | undefined {
  const text = readString(reading, json, place, what);
  if (text === undefined) return undefined;
  const found = words.find((word) => word === text);
  if (found !== undefined) return found;
  return report(reading, place, 'policy-json-unknown-word', `${JSON.stringify(text)} is no ${what}`, {
    help: proposal(text, words) ?? `write ${listOf(words)}`,
    data: { found: text, expected: words },
  });
}

export interface FieldNames {
  readonly required: readonly string[];
  readonly optional?: readonly string[];
  /** Other fields are passed over, as the official engine does in places. */
  readonly open?: true;
}

/** The value as an object whose field names are right: missing and unknown fields are reported. */
export function readFields(
  reading: Reading,
  json: JsonValue | undefined,
  place: PlaceOrTop,
  what: string,
  names: FieldNames,
): JsonObject | undefined {
  const object = readObject(reading, json, place, what);
  if (object === undefined) return undefined;
  const known = [...names.required, ...(names.optional ?? [])];
  const absent = known.filter((name) => !Object.hasOwn(object, name));
  const misspelt = new Set<string>();
  for (const key of Object.keys(object)) {
    if (known.includes(key)) continue;
    const meant = didYouMean(key, absent);
    if (names.open === true && (meant === undefined || !names.required.includes(meant))) continue;
    if (meant !== undefined) misspelt.add(meant);
    report(reading, at(place, key), 'policy-json-unknown-field', `${what} has no field ${JSON.stringify(key)}`, {
      help: meant === undefined ? `it has ${listOf(known)}` : `did you mean ${JSON.stringify(meant)}?`,
      data: { found: key, expected: known },
    });
  }
  for (const name of names.required) {
    if (Object.hasOwn(object, name) || misspelt.has(name)) continue;
    report(reading, place, 'policy-json-missing-field', `${what} lacks the field ${JSON.stringify(name)}`, {
      data: { field: name },
    });
  }
  return object;
}

/** `did you mean "x"?`, or undefined when nothing is near. */
export function proposal(found: string, candidates: Iterable<string>): string | undefined {
  const meant = didYouMean(found, candidates);
  return meant === undefined ? undefined : `did you mean ${JSON.stringify(meant)}?`;
}

function listOf(words: readonly string[]): string {
  const quoted = words.map((word) => JSON.stringify(word));
  const last = quoted.pop() ?? '';
  return quoted.length === 0 ? last : `${quoted.join(', ')} or ${last}`;
}
