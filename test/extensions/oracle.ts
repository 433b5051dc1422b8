import { isAuthorized } from '@cedar-policy/cedar-wasm/nodejs';
import { escapeText } from '../../src/values/print.js';

/** What the official engine made of one condition. */
export type Verdict =
  | { readonly kind: 'holds'; readonly holds: boolean }
  | { readonly kind: 'error'; readonly message: string; readonly help: string | undefined };

/** Policies of one call: parsing dominates, and it is cheapest in portions of this size. */
const PORTION = 500;

const ENGINE_CALL = {
  principal: { type: 'User', id: 'alice' },
  action: { type: 'Action', id: 'view' },
  resource: { type: 'Photo', id: 'p' },
  context: {},
  entities: [],
};

/** A Cedar string literal. */
export function literal(text: string): string {
  return `"${escapeText(text)}"`;
}

/** Evaluates conditions with the official engine, each as a policy of its own. */
export function judge(conditions: readonly string[]): readonly Verdict[] {
  const verdicts: Verdict[] = [];
  for (let at = 0; at < conditions.length; at += PORTION)
    verdicts.push(...judgePortion(conditions.slice(at, at + PORTION)));
  return verdicts;
}

function judgePortion(conditions: readonly string[]): readonly Verdict[] {
  const staticPolicies = conditions.map((each) => `permit(principal, action, resource) when { ${each} };`).join('\n');
  const answer = isAuthorized({ ...ENGINE_CALL, policies: { staticPolicies } });
  if (answer.type === 'failure') throw new Error(answer.errors.map((each) => each.message).join('\n'));
  const { reason, errors } = answer.response.diagnostics;
  const satisfied = new Set(reason);
  const failed = new Map(errors.map((each) => [each.policyId, each.error]));
  return conditions.map((_, index) => {
    const id = `policy${index}`;
    const error = failed.get(id);
    if (error === undefined) return { kind: 'holds', holds: satisfied.has(id) };
    return { kind: 'error', message: error.message, help: error.help ?? undefined };
  });
}
