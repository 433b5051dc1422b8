import type { Expr } from '../ast/expression.js';
import type { Policy } from '../ast/policy.js';
import type { SchemaFragment } from '../ast/schema-fragment.js';
import type { Source, Span } from '../text/source.js';
import { PolicyGrammar } from './policy-grammar.js';
import { Problems } from './problems.js';
import { scan, scanSource } from './scan.js';
import { SchemaGrammar } from './schema-grammar.js';
import { markSchemaWords, QuestionMark } from './schema-tokens.js';

// All that needs the parser library. The build has this module and that library begin when a text first needs them: a
// process that reads valid policies alone never does.

/** What a grammar made of a text; it counts only where nothing is wrong. */
export interface ByGrammar<T> {
  readonly value: T;
  readonly problems: Problems;
}

let policyGrammar: PolicyGrammar | undefined;
let schemaGrammar: SchemaGrammar | undefined;

/** Reads a list of policies. */
export function policiesByGrammar(source: Source): ByGrammar<readonly Policy[]> {
  const problems = new Problems(source);
  const { tokens } = scan(problems);
  policyGrammar ??= new PolicyGrammar();
  return { value: policyGrammar.policiesOf(problems, tokens), problems };
}

/** Reads one expression. */
export function expressionByGrammar(source: Source): ByGrammar<Expr> {
  const problems = new Problems(source);
  const { tokens } = scan(problems);
  policyGrammar ??= new PolicyGrammar();
  return { value: policyGrammar.expressionOf(problems, tokens), problems };
}

/** Reads the declarations of a schema. */
export function schemaByGrammar(source: Source): ByGrammar<SchemaFragment> {
  const problems = new Problems(source);
  const { tokens } = scan(problems, QuestionMark);
  markSchemaWords(tokens);
  schemaGrammar ??= new SchemaGrammar();
  return { value: schemaGrammar.fragmentOf(problems, tokens), problems };
}

/** The places of the comments of a text. */
export function commentsByGrammar(source: Source): readonly Span[] {
  return scanSource(source).comments;
}
