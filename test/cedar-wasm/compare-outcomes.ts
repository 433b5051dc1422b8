import { isDeepStrictEqual } from 'node:util';
import type { DetailedError } from '../../src/cedar-wasm/index.js';
import * as functions from '../../src/cedar-wasm/index.js';
import { type FunctionName, type Outcome, officialOutcome, outcomeOf } from './oracle.js';

/** A function with its arguments, and what became of it here and there. */
export interface Comparison {
  readonly name: FunctionName;
  readonly args: readonly unknown[];
  readonly ours: Outcome;
  readonly theirs: Outcome;
}

const OURS: Readonly<Record<FunctionName, unknown>> = { ...functions };

/** Calls a function of ours. */
export function ourOutcome(name: FunctionName, args: readonly unknown[]): Outcome {
  return outcomeOf(OURS[name], args);
}

/** Calls both functions of a name. */
export function callBoth(name: FunctionName, args: readonly unknown[]): Comparison {
  return { name, args, ours: ourOutcome(name, args), theirs: officialOutcome(name, args) };
}

/** A difference from the official package that is meant to be. */
interface KnownDifference {
  readonly why: string;
  readonly applies: (comparison: Comparison) => boolean;
}

function failed(outcome: Outcome): boolean {
  return outcome.kind === 'answer' && Object(outcome.answer).type === 'failure';
}

function succeeded(outcome: Outcome): boolean {
  return outcome.kind === 'answer' && !failed(outcome);
}

/** Whether some value in the arguments fits. */
function someValue(value: unknown, fits: (value: unknown) => boolean): boolean {
  if (fits(value)) return true;
  return typeof value === 'object' && value !== null && Object.values(value).some((inner) => someValue(inner, fits));
}

/** All differences there may be; everything else is a mistake. */
export const KNOWN_DIFFERENCES = {
  'official-breakdown': {
    why: 'the official engine runs out of its stack, or reads an argument that is no text as if it were one',
    applies: ({ ours, theirs }) => theirs.kind === 'trap' && ours.kind !== 'trap',
  },
  'bigint-argument': {
    why: 'bigints are integers here; the official package throws on them',
    applies: ({ args, theirs }) => theirs.kind === 'throws' && someValue(args, (value) => typeof value === 'bigint'),
  },
  'array-for-object': {
    why: 'policy JSON may not be written as arrays of its fields, which the official reader takes by accident',
    applies: ({ ours, theirs, args }) =>
      failed(ours) &&
      succeeded(theirs) &&
      someValue(args, Array.isArray) &&
      /is an object, not an array|is a string, not an object|is no entity|is no part of a pattern/.test(messages(ours)),
  },
  'unknown-value': {
    why: 'values of data that are not known belong to partial evaluation, which there is none of here',
    applies: ({ args, ours, theirs }) =>
      failed(ours) && succeeded(theirs) && someValue(args, (value) => Object(value).fn === 'unknown'),
  },
  'unresolvable-schema': {
    why: 'a schema that is refused everywhere else, because a common type is made of itself, is not converted either',
    applies: ({ name, args, ours, theirs }) =>
      name === 'schemaToJsonWithResolvedTypes' &&
      failed(ours) &&
      succeeded(theirs) &&
      failed(officialOutcome('checkParseSchema', args)),
  },
} as const satisfies Record<string, KnownDifference>;

export type KnownDifferenceName = keyof typeof KNOWN_DIFFERENCES;

function messages(outcome: Outcome): string {
  if (outcome.kind !== 'answer') return outcome.message;
  return JSON.stringify(Object(outcome.answer).errors, (_key, value: unknown) =>
    typeof value === 'bigint' ? `${value}` : value,
  );
}

/** `same`, the name of a known difference, or what differs. */
export function compareOutcomes(comparison: Comparison): 'same' | KnownDifferenceName | { readonly differs: string } {
  const differs = differenceOf(comparison);
  if (differs === undefined) return 'same';
  for (const [name, { applies }] of Object.entries(KNOWN_DIFFERENCES)) {
    if (applies(comparison)) return name as KnownDifferenceName;
  }
  return { differs };
}

function differenceOf({ name, ours, theirs }: Comparison): string | undefined {
  if (ours.kind === 'trap') return `a breakdown: ${ours.message}`;
  if (ours.kind !== theirs.kind) return `${ours.kind} instead of ${theirs.kind}`;
  if (ours.kind !== 'answer' || theirs.kind !== 'answer') return undefined;
  if (name === 'validate' && succeeded(ours) && succeeded(theirs)) return validationDifference(ours, theirs);
  const [our, their] = [comparable(ours.answer), comparable(theirs.answer)];
  if (!isDeepStrictEqual(our, their)) return `${shown(our)} instead of ${shown(their)}`;
  return failed(ours) ? problemOf(ours.answer) : undefined;
}

function shown(value: unknown): string {
  return JSON.stringify(value)?.slice(0, 2000) ?? 'undefined';
}

/**
 * What must be equal in two answers: everything but the wording of errors and warnings, the order of policies, and
 * integers beyond 2^53, which the official package rounds.
 */
function comparable(answer: unknown): unknown {
  const { type, warnings, ...rest }: { type?: unknown; warnings?: DetailedError[]; response?: Answered } =
    Object(answer);
  const shownWarnings = warnings === undefined ? {} : { warnings: warnings.map(placesOf).sort() };
  if (type === 'failure') return { type, keys: Object.keys(rest), ...shownWarnings };
  const response = rest.response === undefined ? {} : { response: sortedResponse(rest.response) };
  return JSON.parse(
    JSON.stringify({ type, ...rest, ...response, ...shownWarnings }, (_key, value: unknown) =>
      typeof value === 'bigint' ? Number(value) : value,
    ),
  );
}

interface Answered {
  readonly decision: unknown;
  readonly diagnostics: { readonly reason: readonly string[]; readonly errors: readonly { policyId: string }[] };
}

function sortedResponse({ decision, diagnostics }: Answered): unknown {
  const errors = [...diagnostics.errors].sort((a, b) => (a.policyId < b.policyId ? -1 : 1));
  return { decision, reason: [...diagnostics.reason].sort(), errors };
}

interface Validated {
  readonly validationErrors: readonly PolicyProblem[];
  readonly validationWarnings: readonly PolicyProblem[];
  readonly otherWarnings: readonly DetailedError[];
}

interface PolicyProblem {
  readonly policyId: string;
  readonly error: DetailedError;
}

/**
 * The problems of each policy must be at the same places where both have places: the official engine has none for some
 * in links and names, and those that it has for JSON are in texts that nobody wrote. It says some of them several times.
 */
function validationDifference(
  ours: Outcome & { kind: 'answer' },
  theirs: Outcome & { kind: 'answer' },
): string | undefined {
  const [our, their]: [Validated, Validated] = [Object(ours.answer), Object(theirs.answer)];
  const [ourOthers, theirOthers] = [our, their].map(({ otherWarnings }) => otherWarnings.map(placesOf).sort());
  if (!isDeepStrictEqual(ourOthers, theirOthers))
    return `warnings ${shown(ourOthers)} instead of ${shown(theirOthers)}`;
  const fits = (one: PolicyProblem, other: PolicyProblem): boolean => {
    const [place, otherPlace] = [firstPlace(one.error), firstPlace(other.error)];
    const samePlaces = place === otherPlace || place === undefined || otherPlace === undefined;
    return samePlaces && one.policyId === other.policyId && one.error.severity === other.error.severity;
  };
  const [mine, official] = [our, their].map((answer) => [...answer.validationErrors, ...answer.validationWarnings]);
  const missing = official?.filter((each) => mine?.some((one) => fits(one, each)) !== true) ?? [];
  const extra = mine?.filter((each) => official?.some((one) => fits(each, one)) !== true) ?? [];
  return missing.length + extra.length === 0 ? undefined : `${shown(extra)} instead of ${shown(missing)}`;
}

function firstPlace({ sourceLocations: [place] = [] }: DetailedError): string | undefined {
  return place === undefined ? undefined : `${place.start}-${place.end}`;
}

/** Severity and places of a problem as text. */
function placesOf({ severity, sourceLocations = [] }: DetailedError): string {
  const places = sourceLocations.map(({ start, end }) => `${start}-${end}`).sort();
  return `${severity ?? 'error'} ${places.join(' ')}`;
}

/** What is wrong with the form of a failure. */
function problemOf(answer: unknown): string | undefined {
  const { error, errors } = Object(answer);
  if (typeof error === 'string') return error === '' ? 'a failure without message' : undefined;
  if (!Array.isArray(errors) || errors.length === 0) return 'a failure without errors';
  return errors.map(formProblemOf).find((problem) => problem !== undefined);
}

const KEYS = ['message', 'help', 'code', 'url', 'severity', 'sourceLocations', 'related'];

function formProblemOf(error: DetailedError): string | undefined {
  const { message, help, code, url, severity, sourceLocations = [], related = [] } = error;
  if (!isDeepStrictEqual(Object.keys(error), KEYS)) return `an error with the fields ${Object.keys(error).join()}`;
  if (message === '' || help === '') return 'an error without words';
  if (code !== null || url !== null || severity !== null) return 'an error with a code, URL or severity';
  for (const { label, start, end } of sourceLocations) {
    if (!(start >= 0 && end >= start) || label === '') return `an error at ${start} to ${end}`;
  }
  return related.map(formProblemOf).find((problem) => problem !== undefined);
}

/** Official errors with places in a text that the caller never wrote, such as the name of a type by itself. */
const PLACES_IN_OTHER_TEXTS =
  /failed to parse escape|extension function `.*` does not exist|failed to resolve type|^(?:principal|resource) type/s;

/** Whether the first error of a failure begins where that of the official one does; undefined where that says nothing. */
export function samePlace({ ours, theirs }: Comparison): boolean | undefined {
  const [our, their] = [firstError(ours), firstError(theirs)];
  const place = their?.sourceLocations?.[0]?.start;
  if (place === undefined || PLACES_IN_OTHER_TEXTS.test(their?.message ?? '')) return undefined;
  return our?.sourceLocations?.[0]?.start === place;
}

/** Whether the first error of a failure has the message of the official one. */
export function sameWords({ ours, theirs }: Comparison): boolean {
  return firstError(ours)?.message === firstError(theirs)?.message;
}

function firstError(outcome: Outcome): DetailedError | undefined {
  const errors: unknown = failed(outcome) && outcome.kind === 'answer' ? Object(outcome.answer).errors : undefined;
  return Array.isArray(errors) ? errors[0] : undefined;
}
