import { type ActionReference, annotationValue, type Policy, type PolicySet } from '../ast/policy.js';
import { printExpression } from '../ast/print-expression.js';
import { type Diagnostic, diagnostic, hasErrors, type Label } from '../diagnostics/diagnostic.js';
import { didYouMean } from '../diagnostics/did-you-mean.js';
import { nameList } from '../diagnostics/name-list.js';
import { actionsOf, findAction, type Schema } from '../schema/schema.js';
import type { ValidationDiagnostic, ValidationResult } from '../validator/validation-result.js';
import { printEntityUid } from '../values/print.js';
import type { EscalationRule } from './adjudication.js';
import { canPass } from './policy-matrix.js';
import { type PolicyReach, validateWithReaches } from './policy-reach.js';
import type { Profile } from './profile.js';
import { mayFail, type RiskyExpression, riskyExpressions } from './risky-expressions.js';
import { unknownFactValues } from './unknown-fact-values.js';

/**
 * What would make policies of a harness do nothing or not what was meant: no `@id`, `@escalate` on a permit, an action
 * that the agent does not have, whatever is wrong by the schema, a policy that nothing can match, a set that can allow
 * nothing, texts that the facts which they are compared with never say; and, as warnings, forbids that a request can make
 * fail. All problems of all policies.
 */
export function checkPolicies(
  set: PolicySet,
  profile: CheckedProfile,
  escalation: EscalationRule = 'permitted',
): readonly Diagnostic[] {
  return inWrittenOrder(problemsOf(set, profile, escalation, { wantsTypes: mayFail }), set);
}

/** Whether `checkPolicies` has no error to report; that is known sooner. */
export function hasNoErrors(set: PolicySet, profile: CheckedProfile): boolean {
  return !hasErrors(problemsOf(set, profile, 'permitted', { wantsTypes: () => false, ignoresTexts: true }));
}

/** What policies are checked against. */
export type CheckedProfile = Pick<Profile, 'schema' | 'actions' | 'factContext'>;

function problemsOf(
  set: PolicySet,
  profile: CheckedProfile,
  escalation: EscalationRule,
  observed: Parameters<typeof validateWithReaches>[2],
): readonly Diagnostic[] {
  const { schema, factContext } = profile;
  const linked = new Set(set.links.map((link) => link.templateId));
  const found = [...set.policies, ...set.templates].flatMap((policy) => [
    ...missingId(policy),
    ...unlinkedTemplate(policy, linked),
    ...escalateOnPermit(policy),
    ...misspeltEscalate(policy),
    ...actionReferences(policy).flatMap((reference) => unknownAction(policy, reference, schema)),
  ]);
  if (set.policies.length === 0 && set.links.length === 0) return [...found, noPolicies()];
  const { validation, reaches } = validateWithReaches(set, schema, observed);
  const permits = new Set([...set.policies, ...set.templates].filter(isPermit).map(({ id }) => id));
  const hasBrokenPermit = [...validation.errors, ...validation.warnings.filter(isUseless)].some(({ policyId }) =>
    permits.has(policyId),
  );
  return [
    ...found,
    ...validationProblems(validation),
    ...(factContext === undefined ? [] : unknownFactValues(set, schema, factContext)),
    ...[...byPolicy(reaches.filter(({ types }) => types !== undefined))].flatMap(([policy, own]) =>
      failingForbid(policy, own, schema),
    ),
    // A permit that is wrong is what has to be mended first.
    ...(hasBrokenPermit ? [] : allowsNothing(profile, reaches, escalation)),
  ];
}

/** Problems as they follow each other in the files; those without a place come last. */
function inWrittenOrder(found: readonly Diagnostic[], set: PolicySet): readonly Diagnostic[] {
  const sources = new Map([...set.policies, ...set.templates].map(({ source }, index) => [source, index]));
  const placed = found.map((one) => {
    const [label] = one.labels;
    const file = label === undefined ? undefined : sources.get(label.source);
    return { one, file: file ?? Number.POSITIVE_INFINITY, start: label?.span.start ?? 0 };
  });
  const order = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);
  return placed.sort((a, b) => order(a.file, b.file) || a.start - b.start).map(({ one }) => one);
}

function isPermit({ effect }: Policy): boolean {
  return effect === 'permit';
}

/** Whether it says that a policy does nothing, of which Cedar only warns. */
function isUseless({ kind }: ValidationDiagnostic): boolean {
  return kind === 'ImpossiblePolicy' || kind === 'InvalidActionApplication';
}

function noPolicies(): Diagnostic {
  const help = 'write at least one permit';
  return diagnostic('no-policies', 'there is no policy, so every event would be denied', { help });
}

/** What the validator finds, without what follows from something that was reported already. */
function validationProblems({ errors, warnings }: ValidationResult): readonly Diagnostic[] {
  const told = errors.filter(({ kind }) => kind !== 'UnrecognizedActionId');
  const wrong = new Set(errors.map(({ policyId }) => policyId));
  const inapplicable = warnings.filter(({ kind }) => kind === 'InvalidActionApplication');
  const explained = new Set(inapplicable.map(({ policyId }) => policyId));
  const others = warnings.flatMap((warning): readonly ValidationDiagnostic[] => {
    if (!isUseless(warning)) return [warning];
    const follows =
      wrong.has(warning.policyId) || (warning.kind === 'ImpossiblePolicy' && explained.has(warning.policyId));
    return follows ? [] : [{ ...warning, severity: 'error' }];
  });
  return oncePerPlace([...told, ...others]);
}

/** A mistake that is one in the requests of many actions is told once. */
function oncePerPlace(found: readonly ValidationDiagnostic[]): readonly Diagnostic[] {
  const places = new Map<string, ValidationDiagnostic[]>();
  for (const one of found) {
    const span = one.labels[0]?.span;
    const place = JSON.stringify([one.policyId, one.code, span === undefined ? one.message : [span.start, span.end]]);
    places.set(place, [...(places.get(place) ?? []), one]);
  }
  return [...places.values()].flatMap((all): readonly Diagnostic[] => {
    const near = all.find(({ help }) => help?.startsWith('did you mean') === true);
    const first = near ?? all.find(({ help }) => help !== undefined) ?? all[0];
    if (first === undefined) return [];
    const others = new Set(all.map(({ message }) => message)).size - 1;
    if (others === 0) return [first];
    return [
      {
        ...first,
        message: `${first.message} (and so for ${others === 1 ? 'one other kind' : `${others} other kinds`} of requests)`,
      },
    ];
  });
}

function byPolicy(reaches: readonly PolicyReach[]): ReadonlyMap<Policy, readonly PolicyReach[]> {
  const found = new Map<Policy, PolicyReach[]>();
  for (const reach of reaches) {
    const own = found.get(reach.policy);
    if (own === undefined) found.set(reach.policy, [reach]);
    else own.push(reach);
  }
  return found;
}

/** Each expression of a forbid that a request can make fail, once. */
function failingForbid(policy: Policy, reaches: readonly PolicyReach[], schema: Schema): readonly Diagnostic[] {
  if (policy.effect !== 'forbid') return [];
  const risks = new Map<RiskyExpression['expr'], RiskyExpression>();
  for (const reach of reaches) for (const risk of riskyExpressions(reach, schema)) risks.set(risk.expr, risk);
  return [...risks.values()].map(({ expr, why }) => {
    const text = printExpression(expr);
    const shown = text.length <= 80 ? text : `${text.slice(0, 77)}...`;
    const reason = why === 'overflow' ? 'the result may not fit 64 bits' : 'the entity may not exist';
    return diagnostic(
      'forbid-can-fail',
      `the forbid ${JSON.stringify(policy.id)} cannot be evaluated for some requests: in \`${shown}\` ${reason}`,
      {
        severity: 'warning',
        labels: labels(policy, expr.span ?? policy.span),
        help:
          why === 'overflow'
            ? 'such a request is denied; compare the operands themselves where that says the same'
            : 'such a request is denied; ask with `has` before',
        data: { policy: policy.id, expression: text },
      },
    );
  });
}

function allowsNothing(
  profile: CheckedProfile,
  reaches: readonly PolicyReach[],
  escalation: EscalationRule,
): readonly Diagnostic[] {
  if (profile.actions.length === 0 || canPass(profile, reaches, escalation)) return [];
  const hasPermit = reaches.some(({ policy }) => policy.effect === 'permit');
  return [
    diagnostic('allows-nothing', 'these policies can never allow anything, so every event would be denied', {
      help: hasPermit
        ? 'every permit meets a forbid that always holds: narrow the forbid'
        : 'Cedar denies what no policy permits: write a permit, such as `permit (principal, action, resource);`',
    }),
  ];
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

/** Of a misspelt `@escalate` nothing would be left but a denial. */
function misspeltEscalate(policy: Policy): Diagnostic[] {
  if (policy.effect === 'permit' || annotationValue(policy, 'escalate') !== undefined) return [];
  const misspelt = policy.annotations.filter(({ key }) => didYouMean(key, ['escalate']) !== undefined);
  return misspelt.map(({ key, span }) =>
    diagnostic(
      'misspelt-annotation',
      `\`@${key}\` on the forbid ${JSON.stringify(policy.id)} means nothing, so what it forbids is denied`,
      { labels: labels(policy, span), help: 'did you mean `@escalate`?' },
    ),
  );
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

function unknownAction(policy: Policy, { uid, span }: ActionReference, schema: Schema): Diagnostic[] {
  if (findAction(schema, uid) !== undefined) return [];
  const known = [...actionsOf(schema)].map((action) => action.uid);
  const sameId = known.find(({ id }) => id === uid.id);
  const nearId = didYouMean(
    uid.id,
    known.filter(({ type }) => type === uid.type).map(({ id }) => id),
  );
  const near = sameId ?? known.find(({ type, id }) => type === uid.type && id === nearId);
  return [
    diagnostic(
      'unknown-action',
      `the policy ${JSON.stringify(policy.id)} names the action ${printEntityUid(uid)}, which this agent does not have`,
      {
        labels: labels(policy, span ?? policy.span),
        help:
          near === undefined
            ? `the actions are ${nameList(known.map(printEntityUid))}`
            : `did you mean \`${printEntityUid(near)}\`?`,
        data: { action: uid.id },
      },
    ),
  ];
}

function labels(policy: Policy, span: Policy['span']): readonly Label[] {
  return policy.source === undefined || span === undefined ? [] : [{ source: policy.source, span }];
}
