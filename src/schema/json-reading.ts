import { type Diagnostic, type DiagnosticOptions, diagnostic } from '../diagnostics/diagnostic.js';
import { didYouMean } from '../diagnostics/did-you-mean.js';
import type { JsonOrigin } from '../diagnostics/origin.js';
import { describeJson, isJsonArray, isJsonObject, type JsonValue } from '../json/json-value.js';
import { memberPointer } from '../json/pointer.js';

/** So many errors of one JSON value are reported, and as many warnings. */
const MAX_PROBLEMS = 100;

/** What reading a schema in JSON has found wrong so far. */
export interface Reading {
  readonly file: string | undefined;
  readonly problems: Diagnostic[];
  errors: number;
  warnings: number;
}

/** A JSON value with its place. */
export interface Placed {
  readonly json: JsonValue;
  readonly pointer: string;
}

export function originOf({ file }: Reading, { pointer }: Pick<Placed, 'pointer'>): JsonOrigin {
  return { kind: 'json', file, pointer };
}

/** Adds an error; the result is undefined, so that a reader can return it. */
export function report(
  reading: Reading,
  { pointer }: Pick<Placed, 'pointer'>,
  code: string,
  message: string,
  options: DiagnosticOptions = {},
): undefined {
  const count = options.severity === 'warning' ? ++reading.warnings : ++reading.errors;
  if (count > MAX_PROBLEMS) return undefined;
  reading.problems.push(diagnostic(code, message, { file: reading.file, pointer, ...options }));
  return undefined;
}

/** Reports a value of the wrong kind. */
export function wrongType(reading: Reading, value: Placed, what: string, wanted: string): undefined {
  return report(reading, value, 'schema-json-type', `${what} is ${wanted}, not ${describeJson(value.json)}`);
}

/** The members of an object with their places; any keys are allowed. */
export function readMembers(
  reading: Reading,
  value: Placed,
  what: string,
): readonly (readonly [key: string, Placed])[] {
  const { json, pointer } = value;
  if (isJsonObject(json)) {
    return Object.entries(json).map(([key, member]) => [key, { json: member, pointer: memberPointer(pointer, key) }]);
  }
  wrongType(reading, value, what, 'an object');
  return [];
}

export function readElements(reading: Reading, value: Placed, what: string): readonly Placed[] {
  const { json, pointer } = value;
  if (isJsonArray(json))
    return json.map((element, index) => ({ json: element, pointer: memberPointer(pointer, index) }));
  wrongType(reading, value, what, 'an array');
  return [];
}

export function readString(reading: Reading, value: Placed, what: string): string | undefined {
  return typeof value.json === 'string' ? value.json : wrongType(reading, value, what, 'a string');
}

export function readBoolean(reading: Reading, value: Placed, what: string): boolean | undefined {
  return typeof value.json === 'boolean' ? value.json : wrongType(reading, value, what, 'a boolean');
}

export interface FieldNames {
  /** All fields, in the order in which the official reader takes them from an array. */
  readonly all: readonly string[];
  readonly required: readonly string[];
  /** Whether the official reader takes an array of the fields' values too. */
  readonly positional: boolean;
}

export type Fields = ReadonlyMap<string, Placed>;

/** The fields of an object; unknown and missing ones are reported. Undefined when it is no object. */
export function readFields(reading: Reading, value: Placed, what: string, names: FieldNames): Fields | undefined {
  const { json, pointer } = value;
  if (names.positional && isJsonArray(json)) return readPositional(reading, value, what, names);
  if (!isJsonObject(json)) return wrongType(reading, value, what, 'an object');
  const absent = names.all.filter((name) => !Object.hasOwn(json, name));
  const misspelt = new Set<string>();
  const fields = new Map<string, Placed>();
  for (const [key, member] of Object.entries(json)) {
    const field = { json: member, pointer: memberPointer(pointer, key) };
    if (names.all.includes(key)) fields.set(key, field);
    else refuseField(reading, field, key, what, { known: names.all, absent, misspelt });
  }
  for (const name of names.required) {
    if (fields.has(name) || misspelt.has(name)) continue;
    report(reading, value, 'schema-json-missing-field', `${what} lacks the field "${name}"`, { data: { field: name } });
  }
  return fields;
}

interface Candidates {
  readonly known: readonly string[];
  readonly absent: readonly string[];
  /** Collects the fields that were probably meant. */
  readonly misspelt: Set<string>;
}

function refuseField(reading: Reading, field: Placed, key: string, what: string, candidates: Candidates): void {
  const { known, absent, misspelt } = candidates;
  const meant =
    didYouMean(key, absent) ?? absent.find((name) => name.toLowerCase() === key.replaceAll(/[-_]/g, '').toLowerCase());
  if (meant !== undefined) misspelt.add(meant);
  const listed = known.length === 0 ? 'it has no fields' : `it has ${known.map((name) => `"${name}"`).join(', ')}`;
  report(reading, field, 'schema-json-unknown-field', `${what} has no field ${JSON.stringify(key)}`, {
    help: meant === undefined ? listed : `did you mean "${meant}"?`,
    data: { found: key, expected: known },
  });
}

/** The official reader takes an array for an object in places; what it means by position is hardly ever meant. */
function readPositional(reading: Reading, value: Placed, what: string, names: FieldNames): Fields {
  const elements = readElements(reading, value, what);
  const fields = new Map(
    names.all.flatMap((name, index) => {
      const element = elements[index];
      return element === undefined ? [] : [[name, element] as const];
    }),
  );
  const missing = names.required.filter((name) => !fields.has(name));
  if (missing.length > 0 || elements.length > names.all.length) wrongType(reading, value, what, 'an object');
  else {
    report(reading, value, 'schema-json-positional', `${what} is written as an array of its fields`, {
      severity: 'warning',
      help: `write an object with ${names.all.map((name) => `"${name}"`).join(', ')}`,
    });
  }
  return fields;
}
