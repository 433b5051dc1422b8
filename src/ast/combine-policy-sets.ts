import { type Diagnostic, diagnostic, failure, type Label, type Result, success } from '../diagnostics/diagnostic.js';
import { annotationValue, type Policy, type PolicySet } from './policy.js';

/**
 * Makes one set of several, as the command line and the harness see a folder: a policy's `@id` becomes its id, a policy
 * without one is `policy<N>`, counted over all sets in their order. An id that is used twice is an error. Links keep
 * their ids and follow their template to its new name. In the sets of `named` the policies keep their ids, as those of
 * JSON policy sets do.
 */
export function combinePolicySets(
  sets: readonly PolicySet[],
  named: ReadonlySet<PolicySet> = new Set(),
): Result<PolicySet> {
  const diagnostics: Diagnostic[] = [];
  const first = new Map<string, Policy | undefined>();
  let position = 0;
  const claim = (id: string, policy: Policy | undefined): void => {
    if (first.has(id)) diagnostics.push(duplicateId(id, policy, first.get(id)));
    else first.set(id, policy);
  };
  const policies: Policy[] = [];
  const templates: Policy[] = [];
  const links = [];
  for (const set of sets) {
    const newIds = new Map<string, string>();
    for (const policy of inWrittenOrder(set)) {
      const id = named.has(set) ? policy.id : annotationValue(policy, 'id') || `policy${position}`;
      position++;
      claim(id, policy);
      newIds.set(policy.id, id);
      (policy.slots.length > 0 ? templates : policies).push({ ...policy, id });
    }
    for (const link of set.links) {
      claim(link.id, undefined);
      links.push({ ...link, templateId: newIds.get(link.templateId) ?? link.templateId });
    }
  }
  return diagnostics.length > 0 ? failure(diagnostics) : success({ policies, templates, links });
}

/** Static policies and templates as they follow each other in the text. */
function inWrittenOrder(set: PolicySet): readonly Policy[] {
  if (set.templates.length === 0) return set.policies;
  return [...set.policies, ...set.templates].sort((a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0));
}

function duplicateId(id: string, policy: Policy | undefined, earlier: Policy | undefined): Diagnostic {
  const labels = [labelOf(policy), labelOf(earlier, 'first used here')].flat();
  return diagnostic('duplicate-policy-id', `the policy id ${JSON.stringify(id)} is used twice`, {
    labels,
    help: 'every policy of a set needs an id of its own: change one of the `@id` annotations',
    data: { id },
  });
}

function labelOf(policy: Policy | undefined, message?: string): Label[] {
  if (policy?.source === undefined) return [];
  const span = policy.annotations.find((a) => a.key === 'id')?.span ?? policy.span;
  return span === undefined ? [] : [{ source: policy.source, span, ...(message === undefined ? {} : { message }) }];
}
