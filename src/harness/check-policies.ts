import { type ActionReference, annotationValue, type Policy, type PolicySet } from '../ast/policy.js';
import { type Diagnostic, diagnostic, type Label } from '../diagnostics/diagnostic.js';
import { didYouMean } from '../diagnostics/did-you-mean.js';
import { HINT_GROUPS } from './action-names.js';
import type { AgentSchema } from './agent-schema.js';
import { STAGES } from './event.js';

/**
 * What would make policies of a harness do nothing or not what was meant: no `@id`, `@escalate` on a permit, a scope
 * that names an action that the agent does not have. All problems of all policies.
 */
export function checkPolicies(set: PolicySet, schema: AgentSchema): readonly Diagnostic[] {
  const actions = [...STAGES, ...HINT_GROUPS, ...schema.actions.keys()];
  const known = new Set<string>(actions);
  const linked = new Set(set.links.map((link) => link.templateId));
  return [...set.policies, ...set.templates].flatMap((policy) => [
    ...missingId(policy),
    ...unlinkedTemplate(policy, linked),
    ...escalateOnPermit(policy),
    ...actionReferences(policy).flatMap((reference) => unknownAction(policy, reference, known)),
  ]);
}

/** A template without a link decides nothing, which is never what a file of policies means to say. */
function unlinkedTemplate(policy: Policy, linked: ReadonlySet<string>): Diagnostic[] {
  if (policy.slots.length === 0 || linked.has(policy.id)) return [];
  return [
    diagnostic('unlinked-template', `the template ${JSON.stringify(policy.id)} is not linked, so it decides nothing`, {
      labels: labels(policy, policy.span),
      help: `write an entity instead of ${policy.slots.join(' and ')}, or give a policy set with a link`,
    }),
  ];
}

function missingId(policy: Policy): Diagnostic[] {
  const id = annotationValue(policy, 'id');
  if (id !== undefined && id !== '') return [];
  return [
    diagnostic('missing-id', 'the policy has no `@id`', {
      labels: labels(policy, policy.span),
      help: 'write `@id("a-name-of-its-own")` above it: adjudications, tests and approvals name policies by it',
    }),
  ];
}

function escalateOnPermit(policy: Policy): Diagnostic[] {
  if (policy.effect !== 'permit' || annotationValue(policy, 'escalate') === undefined) return [];
  const span = policy.annotations.find((a) => a.key === 'escalate')?.span;
  return [
    diagnostic(
      'escalate-on-permit',
      `\`@escalate\` stands on the permit ${JSON.stringify(policy.id)}, where it means nothing`,
      {
        labels: labels(policy, span),
        help: 'keep the permit, and write an `@escalate` forbid for the calls that need approval',
      },
    ),
  ];
}

function actionReferences(policy: Policy): readonly ActionReference[] {
  switch (policy.action.kind) {
    case 'any':
      return [];
    case 'equal':
    case 'in':
      return [policy.action.action];
    case 'in-list':
      return policy.action.actions;
  }
}

function unknownAction(policy: Policy, { uid, span }: ActionReference, known: ReadonlySet<string>): Diagnostic[] {
  if (uid.type === 'Action' && known.has(uid.id)) return [];
  const near = uid.type === 'Action' ? didYouMean(uid.id, known) : known.has(uid.id) ? uid.id : undefined;
  return [
    diagnostic(
      'unknown-action',
      `the policy ${JSON.stringify(policy.id)} names the action ${uid.type}::${JSON.stringify(uid.id)}, which this agent does not have`,
      {
        labels: labels(policy, span ?? policy.span),
        help:
          near === undefined
            ? 'the actions are the tools of the agent, `<tool>:result`, `prompt`, `completion`, and the groups of stages and hints'
            : `did you mean \`Action::${JSON.stringify(near)}\`?`,
        data: { action: uid.id },
      },
    ),
  ];
}

function labels(policy: Policy, span: Policy['span']): readonly Label[] {
  return policy.source === undefined || span === undefined ? [] : [{ source: policy.source, span }];
}
