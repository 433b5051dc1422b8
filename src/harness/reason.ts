import { annotationValue } from '../ast/policy.js';
import type { Outcomes } from '../authorizer/decide.js';
import type { CompiledPolicy } from '../evaluator/compile-policy.js';
import type { Verdict } from './decision-table.js';
import { isEscalating } from './decision-table.js';

/** Most policies that a reason names; it says how many more there are. */
const NAMED = 3;

/** One sentence that explains a verdict by ids and descriptions, fit to be handed back to a model. */
export function reasonOf(verdict: Verdict, outcomes: Outcomes): string {
  switch (verdict.ground) {
    case 'permitted':
      return `Permitted by ${list(verdict.policies)}.`;
    case 'forbidden':
      return `Forbidden by ${list(verdict.policies.filter(({ policy }) => !isEscalating(policy)))}.`;
    case 'escalated': {
      const routes = verdict.routes.map((route) => (route === null ? 'a person' : `"${route}"`));
      return `Needs approval from ${routes.join(' and ')}: ${list(verdict.policies)}.`;
    }
    case 'forbid-error': {
      const failed = outcomes.errors.filter(({ policy }) => policy.effect === 'forbid');
      const [first] = failed;
      const why = first === undefined ? '' : ` (${first.error.message})`;
      return `Denied because ${list(failed.map(({ policy }) => policy))} could not be evaluated${why}.`;
    }
    case 'no-permit':
      if (verdict.policies.length === 0) return 'Denied: no matching permit.';
      return `Denied: no matching permit, and approval would be needed by ${list(verdict.policies)}.`;
  }
}

function list(policies: readonly CompiledPolicy[]): string {
  const named = policies.slice(0, NAMED).map(({ id, policy }) => {
    const description = annotationValue(policy, 'description');
    return description === undefined || description === ''
      ? `"${id}"`
      : `"${id}" (${description.replace(/[.\s]+$/, '')})`;
  });
  const rest = policies.length - named.length;
  return rest > 0 ? `${named.join(', ')} and ${rest} more` : named.join(', ');
}
