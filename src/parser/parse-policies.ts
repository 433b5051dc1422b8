import type { Expr } from '../ast/expression.js';
import { EMPTY_POLICY_SET, type Policy, type PolicySet } from '../ast/policy.js';
import { failure, type Result, success } from '../diagnostics/diagnostic.js';
import type { Source } from '../text/source.js';
import { expressionByGrammar, policiesByGrammar } from './by-grammar.js';
import { Problems } from './problems.js';
import { readValidExpression, readValidPolicies } from './valid-text.js';

/** The policies of a text; the grammar says what is wrong with those that are not plainly valid. */
function read(source: Source): Result<readonly Policy[]> {
  const valid = readValidPolicies(source);
  if (valid !== undefined) return success(valid);
  const { value, problems } = policiesByGrammar(source);
  return problems.isEmpty ? success(value) : failure(problems.inOrder());
}

/**
 * Reads Cedar policies. Static policies and templates may be mixed; their ids are `policy0`, `policy1`, .. by position
 * in the text, templates counted too, whatever `@id` says. An empty text is an empty set. On failure every mistake that
 * could be told apart is reported, in the order of the text.
 */
export function parsePolicies(source: Source): Result<PolicySet> {
  const found = read(source);
  if (!found.ok) return found;
  const templates = found.value.filter((policy) => policy.slots.length > 0);
  if (templates.length === 0) return success({ ...EMPTY_POLICY_SET, policies: found.value });
  return success({ policies: found.value.filter((policy) => policy.slots.length === 0), templates, links: [] });
}

/** Reads a text that holds exactly one static policy or template, which gets the given id. */
export function parsePolicy(source: Source, id: string): Result<Policy> {
  const found = read(source);
  if (!found.ok) return found;
  const [policy, second] = found.value;
  const problems = new Problems(source);
  if (policy === undefined || second !== undefined) {
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
  const valid = readValidExpression(source);
  if (valid !== undefined) return success(valid);
  const { value, problems } = expressionByGrammar(source);
  return problems.isEmpty ? success(value) : failure(problems.inOrder());
}
