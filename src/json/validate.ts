import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic.js';
import { didYouMean } from '../diagnostics/did-you-mean.js';
import type { JsonValue } from './json-value.js';
import { memberPointer, pointerKeys } from './pointer.js';
import { agentErrors, configErrors, eventErrors, testFileErrors } from './validators-generated.js';

/** The JSON formats of our own, each described by a JSON Schema in `grammar/schemas`. */
export type JsonFormat = 'agent' | 'config' | 'event' | 'test-file';

/** What a generated validator says: an error object of ajv. */
interface SchemaError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** The schema that the rule stands in. */
  readonly parentSchema?: unknown;
  /** The value at fault. */
  readonly data?: unknown;
}

interface Validator {
  (data: unknown): boolean;
  errors?: readonly SchemaError[] | null;
}

const VALIDATORS: Readonly<Record<JsonFormat, Validator>> = {
  agent: agentErrors,
  config: configErrors,
  event: eventErrors,
  'test-file': testFileErrors,
};

/**
 * What is wrong with JSON of one of our formats: an empty list when nothing is. All problems, with JSON pointers; the
 * code of each is `bad-<format>`, or `unknown-key`.
 */
export function validateJson(format: JsonFormat, json: JsonValue): readonly Diagnostic[] {
  const validator = VALIDATORS[format];
  if (validator(json)) return [];
  // Of a condition that is not met its own errors say what is wrong.
  const errors = (validator.errors ?? []).filter(({ keyword }) => keyword !== 'if');
  return errors.map((error) => describeError(error, format));
}

function describeError(error: SchemaError, format: JsonFormat): Diagnostic {
  const { instancePath: pointer, params } = error;
  const name = pointerKeys(pointer)?.at(-1);
  const what = name === undefined ? `the ${format}` : `\`${name}\``;
  const code = `bad-${format}`;
  switch (error.keyword) {
    case 'required': {
      const missing = String(params.missingProperty);
      return diagnostic(code, `\`${missing}\` is missing`, { pointer });
    }
    case 'additionalProperties':
      return unknownKey(String(params.additionalProperty), propertiesOf(error.parentSchema), pointer);
    case 'enum': {
      const allowed = Array.isArray(params.allowedValues) ? params.allowedValues.map(String) : [];
      const near = typeof error.data === 'string' ? didYouMean(error.data, allowed) : undefined;
      return diagnostic(code, `${what} has a value that is not allowed`, {
        pointer,
        help: near === undefined ? `allowed: ${allowed.join(', ')}` : `did you mean ${JSON.stringify(near)}?`,
      });
    }
    case 'type': {
      const expected = [params.type].flat().map((type) => TYPE_NAMES[String(type)] ?? String(type));
      return diagnostic(code, `${what} must be ${expected.join(' or ')}`, { pointer });
    }
    case 'pattern':
      return diagnostic(code, String(params.pattern) === '^/' ? `${what} is no absolute path` : `${what} is empty`, {
        pointer,
      });
    case 'minItems':
    case 'minLength':
      return diagnostic(code, `${what} is empty`, { pointer });
    case 'minimum':
      return diagnostic(code, `${what} is negative`, { pointer });
    case 'maximum':
      return diagnostic(code, `${what} is more than ${String(params.limit)}`, { pointer });
    default:
      return diagnostic(code, `${what} is not valid (${error.keyword})`, { pointer });
  }
}

function unknownKey(key: string, known: readonly string[], pointer: string): Diagnostic {
  const near = didYouMean(key, known);
  return diagnostic('unknown-key', `the key ${JSON.stringify(key)} means nothing here`, {
    pointer: memberPointer(pointer, key),
    help: near === undefined ? `known: ${known.join(', ')}` : `did you mean ${JSON.stringify(near)}?`,
  });
}

/** Names of the properties that a JSON Schema describes. */
function propertiesOf(schema: unknown): readonly string[] {
  if (typeof schema !== 'object' || schema === null || !('properties' in schema)) return [];
  const { properties } = schema;
  return typeof properties === 'object' && properties !== null ? Object.keys(properties) : [];
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: 'a text',
  array: 'an array',
  object: 'an object',
  boolean: 'true or false',
  integer: 'a whole number',
  null: 'null',
};
