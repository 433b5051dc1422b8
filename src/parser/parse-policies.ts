import type { Expr } from '../ast/expression.js';
import { EMPTY_POLICY_SET, type Policy, type PolicySet } from '../ast/policy.js';
import { failure, type Result, success } from '../diagnostics/diagnostic.js';
import type { Source } from '../text/source.js';
import { PolicyGrammar } from './policy-grammar.js';
import { Problems } from './problems.js';
import { scan } from './scan.js';

let grammar: PolicyGrammar | undefined;

/** The grammar, analysed at the first parse of the process: who only prints help never waits for it. */
function policyGrammar(): PolicyGrammar {
  grammar ??= new PolicyGrammar();
  return grammar;
}

/**
 * Reads Cedar policies. Static policies and templates may be mixed; their ids are `policy0`, `policy1`, .. by position
 * in the text, templates counted too, whatever `@id` says. An empty text is an empty set. On failure every mistake that
 * could be told apart is reported, in the order of the text.
 */
export function parsePolicies(source: Source): Result<PolicySet> {
  const problems = new Problems(source);
  const { tokens } = scan(problems);
  const read = policyGrammar().policiesOf(problems, tokens);
  if (!problems.isEmpty) return failure(problems.inOrder());
  const templates = read.filter((policy) => policy.slots.length > 0);
  if (templates.length === 0) return success({ ...EMPTY_POLICY_SET, policies: read });
  return success({ policies: read.filter((policy) => policy.slots.length === 0), templates, links: [] });
}

/** Reads a text that holds exactly one static policy or template, which gets the given id. */
export function parsePolicy(source: Source, id: string): Result<Policy> {
  const problems = new Problems(source);
  const { tokens } = scan(problems);
  const [policy, second] = policyGrammar().policiesOf(problems, tokens);
  if (problems.isEmpty && (policy === undefined || second !== undefined)) {
    const place = second?.span ?? { start: 0, end: 0 };
    const message =
      second === undefined ? 'there is no policy in this text' : 'there is more than one policy in this text';
    problems.report('expected-one-policy', place, message, { help: 'give each policy separately' });
  }
  if (!problems.isEmpty || policy === undefined) return failure(problems.inOrder());
  return success({ ...policy, id });
}

/** Reads one expression, as in the braces of `when`. */
export function parseExpression(source: Source): Result<Expr> {
  const problems = new Problems(source);
  const { tokens } = scan(problems);
  const expression = policyGrammar().expressionOf(problems, tokens);
  return problems.isEmpty ? success(expression) : failure(problems.inOrder());
}
