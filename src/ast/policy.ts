import type { Source, Span } from '../text/source.js';
import type { EntityUid } from '../values/value.js';
import type { Expr } from './expression.js';

export type Effect = 'permit' | 'forbid';

export type Slot = '?principal' | '?resource';

/** `@key("value")`; a bare `@key` has the value null, which reads as the empty string. */
export interface Annotation {
  readonly key: string;
  readonly value: string | null;
  readonly span: Span | undefined;
}

/** The right side of `==` or `in` in a principal or resource scope. */
export type EntityReference =
  | { readonly kind: 'entity'; readonly uid: EntityUid; readonly span: Span | undefined }
  | { readonly kind: 'slot'; readonly slot: Slot; readonly span: Span | undefined };

/** Constraint on `principal` or `resource`. */
export type ScopeConstraint =
  | { readonly kind: 'any' }
  | { readonly kind: 'equal'; readonly entity: EntityReference }
  | { readonly kind: 'in'; readonly entity: EntityReference }
  | {
      readonly kind: 'is';
      readonly entityType: string;
      readonly typeSpan: Span | undefined;
      readonly in: EntityReference | undefined;
    };

export interface ActionReference {
  readonly uid: EntityUid;
  readonly span: Span | undefined;
}

export type ActionConstraint =
  | { readonly kind: 'any' }
  | { readonly kind: 'equal'; readonly action: ActionReference }
  | { readonly kind: 'in'; readonly action: ActionReference }
  | { readonly kind: 'in-list'; readonly actions: readonly ActionReference[] };

export interface Condition {
  readonly kind: 'when' | 'unless';
  readonly body: Expr;
  /** From the keyword to the closing brace. */
  readonly span: Span | undefined;
}

/** A static policy, or a template when `slots` is not empty. */
export interface Policy {
  readonly id: string;
  readonly effect: Effect;
  /** In written order; keys are unique. */
  readonly annotations: readonly Annotation[];
  readonly principal: ScopeConstraint;
  readonly action: ActionConstraint;
  readonly resource: ScopeConstraint;
  readonly conditions: readonly Condition[];
  /** The slots that occur, `?principal` before `?resource`. */
  readonly slots: readonly Slot[];
  /** From the first annotation to the semicolon. */
  readonly span: Span | undefined;
  /** Text that the spans point into; undefined for policies read from JSON. */
  readonly source: Source | undefined;
}

/** A policy with at least one slot; it decides nothing until it is linked. */
export type Template = Policy;

/** A template with entities for all its slots. */
export interface TemplateLink {
  readonly id: string;
  readonly templateId: string;
  readonly values: Readonly<Partial<Record<Slot, EntityUid>>>;
}

/** Static policies, templates and links share one space of ids. */
export interface PolicySet {
  readonly policies: readonly Policy[];
  readonly templates: readonly Template[];
  readonly links: readonly TemplateLink[];
}

export const EMPTY_POLICY_SET: PolicySet = { policies: [], templates: [], links: [] };

/** Value of an annotation: undefined when absent, `""` when written without a value. */
export function annotationValue(policy: Policy, key: string): string | undefined {
  const found = policy.annotations.find((a) => a.key === key);
  return found === undefined ? undefined : (found.value ?? '');
}

/** Slots that occur in a principal and a resource constraint, `?principal` before `?resource`. */
export function slotsOf(principal: ScopeConstraint, resource: ScopeConstraint): readonly Slot[] {
  return [principal, resource].flatMap((constraint) => {
    const reference = referenceIn(constraint);
    return reference?.kind === 'slot' ? [reference.slot] : [];
  });
}

/** Where the first slot of a policy is written; undefined when there is none or the policy was not read from text. */
export function slotSpanOf({ principal, resource }: Pick<Policy, 'principal' | 'resource'>): Span | undefined {
  return [principal, resource].map(referenceIn).find((reference) => reference?.kind === 'slot')?.span;
}

function referenceIn(constraint: ScopeConstraint): EntityReference | undefined {
  return constraint.kind === 'any' ? undefined : constraint.kind === 'is' ? constraint.in : constraint.entity;
}
