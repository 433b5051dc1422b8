import type { PolicySet } from '../ast/policy.js';
import type { SchemaFragment } from '../ast/schema-fragment.js';
import { diagnostic, failure, type Result } from '../diagnostics/diagnostic.js';
import { type FormatOptions, formatPolicies as formatSource } from '../formatter/format-policies.js';
import { parsePolicies } from '../parser/parse-policies.js';
import { parseSchema as parseSchemaSource } from '../parser/parse-schema.js';
import { createSource, type Source } from '../text/source.js';

/** How diagnostics name a text. */
export interface TextOptions {
  /** The file that the text is from. */
  readonly file?: string;
}

/** Reads Cedar policies; policies and templates get the ids `policy0`, `policy1`... in their order. */
export function parsePolicySet(text: string, options: TextOptions = {}): Result<PolicySet> {
  return fromText(text, options, 'bad-policies', 'the policies are no text', parsePolicies);
}

/**
 * Reads a schema in Cedar syntax; `schemaFromJson` reads the JSON format. Names are not resolved and declarations not
 * compared with each other: `resolveSchema` does that. On failure every mistake that could be told apart is reported.
 */
export function parseSchema(text: string, options: TextOptions = {}): Result<SchemaFragment> {
  return fromText(text, options, 'bad-schema', 'the schema is no text', parseSchemaSource);
}

/**
 * Writes policies in the official layout, byte for byte as the official formatter does, with their comments. A text that
 * is no policy set is returned as its problems. Widths that are not integers of 32 bits throw a `RangeError`.
 */
export function formatPolicies(text: string, options: FormatOptions & TextOptions = {}): Result<string> {
  return fromText(text, options, 'bad-policies', 'the policies are no text', (source) => formatSource(source, options));
}

/** Callers without a compiler may pass anything. */
function fromText<T>(
  text: unknown,
  { file }: TextOptions,
  code: string,
  message: string,
  read: (source: Source) => Result<T>,
): Result<T> {
  return typeof text === 'string' ? read(createSource(text, file)) : failure([diagnostic(code, message)]);
}
