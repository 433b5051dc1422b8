import type { SchemaFragment } from '../ast/schema-fragment.js';
import { failure, type Result, success } from '../diagnostics/diagnostic.js';
import type { Source } from '../text/source.js';
import { schemaByGrammar } from './by-grammar.js';

/**
 * Reads a schema in Cedar syntax. Names are not resolved and declarations not compared with each other: `resolveSchema`
 * does that. On failure every mistake that could be told apart is reported, in the order of the text.
 */
export function parseSchema(source: Source): Result<SchemaFragment> {
  const { value, problems } = schemaByGrammar(source);
  return problems.isEmpty ? success(value) : failure(problems.inOrder());
}
