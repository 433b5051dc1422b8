import { annotationValue, type Policy } from '../ast/policy.js';
import { printExpression } from '../ast/print-expression.js';
import { printPolicy } from '../ast/print-policy.js';
import { requestEnvironments } from '../schema/schema.js';
import { compareCodePoints } from '../text/code-point-order.js';
import { typePolicy } from '../validator/type-policy.js';
import { printEntityUid } from '../values/print.js';
import type { AnalysedPolicy, LintRule } from './lint-rule.js';
import { policyLabel } from './lint-rule.js';
import { scopeCovers } from './scope-cover.js';

function name(policy: Policy): string {
  return `\`${annotationValue(policy, 'id') ?? policy.id}\``;
}

/** Texts of all that must hold. */
function demandsOf({ conjuncts }: AnalysedPolicy): ReadonlySet<string> {
  return new Set(conjuncts.map(({ expr, holds }) => `${holds ? '' : '!'}${printExpression(expr)}`));
}

interface Compared {
  readonly policy: Policy;
  readonly demands: ReadonlySet<string>;
}

function compared(policies: readonly AnalysedPolicy[]): readonly Compared[] {
  return policies
    .filter(({ policy }) => policy.slots.length === 0)
    .map((each) => ({ policy: each.policy, demands: demandsOf(each) }));
}

/** Whether one policy is satisfied by every request that satisfies another; false where that is not certain. */
function covers(wider: Compared, narrower: Compared): boolean {
  if (wider.demands.size > narrower.demands.size) return false;
  return (
    [...wider.demands].every((demand) => narrower.demands.has(demand)) && scopeCovers(wider.policy, narrower.policy)
  );
}

/** The forbids that may cover a policy: those that ask for nothing, and those whose first demand is one of its own. */
function indexForbids(all: readonly Compared[]): (permit: Compared) => readonly Compared[] {
  const byDemand = new Map<string, Compared[]>();
  for (const each of all) {
    // What a person may approve is not lost.
    if (each.policy.effect === 'permit' || annotationValue(each.policy, 'escalate') !== undefined) continue;
    const [demand = ''] = each.demands;
    const others = byDemand.get(demand);
    if (others === undefined) byDemand.set(demand, [each]);
    else others.push(each);
  }
  return ({ demands }) => ['', ...demands].flatMap((demand) => byDemand.get(demand) ?? []);
}

export const SHADOWED_PERMIT: LintRule = {
  code: 'shadowed-permit',
  severity: 'warning',
  documentation: 'A forbid applies to every request that the permit applies to, so the permit never allows anything.',
  *find({ policies }) {
    const all = compared(policies);
    const forbidsOf = indexForbids(all);
    for (const permit of all) {
      if (permit.policy.effect !== 'permit') continue;
      const forbid = forbidsOf(permit).find((each) => covers(each, permit));
      if (forbid === undefined) continue;
      yield {
        policy: permit.policy,
        message: `the permit ${name(permit.policy)} never allows anything: the forbid ${name(forbid.policy)} applies whenever it does`,
        related: policyLabel(forbid.policy, 'this forbid'),
        help: 'narrow the forbid, or remove the permit',
      };
    }
  },
};

export const DUPLICATE_POLICY: LintRule = {
  code: 'duplicate-policy',
  severity: 'warning',
  documentation: 'Two policies have the same effect, scope and conditions; changing one of them will change nothing.',
  *find({ policies }) {
    const seen = new Map<string, Policy>();
    for (const each of compared(policies)) {
      const key = JSON.stringify([meaningOf(each.policy), [...each.demands].sort(compareCodePoints)]);
      const first = seen.get(key);
      if (first === undefined) {
        seen.set(key, each.policy);
        continue;
      }
      yield {
        policy: each.policy,
        message: `${name(each.policy)} is the same ${each.policy.effect} as ${name(first)}`,
        related: policyLabel(first, 'the first of the two'),
        help: 'remove one of them',
      };
    }
  },
};

/** Effect, escalation and scope as text. */
function meaningOf(policy: Policy): string {
  const escalate = policy.annotations.filter(({ key }) => key === 'escalate');
  return printPolicy({ ...policy, annotations: escalate, conditions: [] });
}

export const NOTHING_PERMITTED: LintRule = {
  code: 'nothing-permitted',
  severity: 'warning',
  needsWholeSet: true,
  documentation:
    'No permit of the set can allow an action that the schema applies to requests, or the set has no permit at all.',
  *find({ policies, policySet, schema }) {
    const permits = policies.filter(({ policy }) => policy.effect === 'permit');
    if (permits.length === 0) {
      const first = policies[0];
      if (first !== undefined)
        yield { policy: undefined, message: 'the set has no permit, so every request is denied' };
      return;
    }
    if (schema === undefined || policySet.templates.length > 0) return;
    const wanted = new Set([...requestEnvironments(schema)].map(({ action }) => printEntityUid(action.uid)));
    for (const { policy } of permits) {
      for (const { verdict, environment } of typePolicy(policy, schema)) {
        if (verdict !== 'impossible') wanted.delete(printEntityUid(environment.action.uid));
      }
    }
    for (const action of wanted)
      yield {
        policy: undefined,
        message: `no permit can allow ${action}`,
        help: 'write a permit for it, or remove it from the schema',
      };
  },
};

export const MISSING_ID: LintRule = {
  code: 'missing-id',
  severity: 'note',
  style: true,
  documentation: 'A policy without `@id` is named by its place in the file, which changes with every policy above it.',
  *find({ policies }) {
    for (const { policy } of policies) {
      if (annotationValue(policy, 'id') === undefined)
        yield { policy, message: `the ${policy.effect} has no @id`, help: 'write `@id("...")` before it' };
    }
  },
};

export const MISSING_DESCRIPTION: LintRule = {
  code: 'missing-description',
  severity: 'note',
  style: true,
  documentation: 'The description of a policy is what a person or a model reads when it denies.',
  *find({ policies }) {
    for (const { policy } of policies) {
      if (annotationValue(policy, 'description') === undefined)
        yield { policy, message: `${name(policy)} has no @description`, help: 'write `@description("...")` before it' };
    }
  },
};
