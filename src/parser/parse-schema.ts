import type { SchemaFragment } from '../ast/schema-fragment.js';
import { failure, type Result, success } from '../diagnostics/diagnostic.js';
import type { Source } from '../text/source.js';
import { Problems } from './problems.js';
import { scan } from './scan.js';
import { SchemaGrammar } from './schema-grammar.js';
import { markSchemaWords, QuestionMark } from './schema-tokens.js';

let grammar: SchemaGrammar | undefined;

/**
 * Reads a schema in Cedar syntax. Names are not resolved and declarations not compared with each other: `resolveSchema`
 * does that. On failure every mistake that could be told apart is reported, in the order of the text.
 */
export function parseSchema(source: Source): Result<SchemaFragment> {
  const problems = new Problems(source);
  const { tokens } = scan(problems, QuestionMark);
  markSchemaWords(tokens);
  grammar ??= new SchemaGrammar();
  const fragment = grammar.fragmentOf(problems, tokens);
  return problems.isEmpty ? success(fragment) : failure(problems.inOrder());
}
