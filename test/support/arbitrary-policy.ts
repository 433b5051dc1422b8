import fc from 'fast-check';
import {
  type ActionConstraint,
  type Annotation,
  type EntityReference,
  type Policy,
  type ScopeConstraint,
  type Slot,
  slotsOf,
} from '../../src/ast/policy.js';
import { compareCodePoints } from '../../src/text/code-point-order.js';
import { entityUid } from '../../src/values/value.js';
import { arbitraryExpression, type ExpressionOptions } from './arbitrary-expression.js';
import { ENTITY_IDS, ENTITY_TYPE_NAMES, TEXTS } from './world.js';

export interface PolicyOptions extends ExpressionOptions {
  /** Default `policy0`. */
  readonly id?: string;
}

/** Static policies over the world, without spans and source; print them with `printPolicy` or `policyToJson`. */
export function arbitraryPolicy(options: PolicyOptions = {}): fc.Arbitrary<Policy> {
  return policyWith(options, scope('user', undefined), scope('doc', undefined));
}

/** Templates over the world, with one or both slots. */
export function arbitraryTemplate(options: PolicyOptions = {}): fc.Arbitrary<Policy> {
  const principal = scope('user', '?principal');
  const resource = scope('doc', '?resource');
  return fc.oneof(
    policyWith(options, principal, scope('doc', undefined)),
    policyWith(options, scope('user', undefined), resource),
    policyWith(options, principal, resource),
  );
}

const span = undefined;

function policyWith(
  options: PolicyOptions,
  principal: fc.Arbitrary<ScopeConstraint>,
  resource: fc.Arbitrary<ScopeConstraint>,
): fc.Arbitrary<Policy> {
  const condition = fc.record({
    kind: fc.constantFrom('when' as const, 'unless' as const),
    body: arbitraryExpression('bool', options),
    span: fc.constant(span),
  });
  return fc
    .record({
      effect: fc.constantFrom('permit' as const, 'permit' as const, 'forbid' as const),
      annotations: arbitraryAnnotations,
      principal,
      action: arbitraryActionConstraint,
      resource,
      conditions: fc.oneof(fc.array(condition, { maxLength: 1 }), fc.array(condition, { maxLength: 3 })),
    })
    .map(
      (parts): Policy => ({
        id: options.id ?? 'policy0',
        ...parts,
        slots: slotsOf(parts.principal, parts.resource),
        span,
        source: undefined,
      }),
    );
}

const arbitraryAnnotation: fc.Arbitrary<Annotation> = fc.record({
  key: fc.constantFrom('id', 'advice', 'if', 'permit', '__cedar', 'A1', '_'),
  value: fc.option(fc.constantFrom(...TEXTS), { nil: null }),
  span: fc.constant(span),
});

/** Sorted by key, as in policy JSON and printed text. */
const arbitraryAnnotations = fc
  .uniqueArray(arbitraryAnnotation, { maxLength: 2, selector: (annotation) => annotation.key })
  .map((annotations) => annotations.sort((a, b) => compareCodePoints(a.key, b.key)));

function reference(kinds: readonly (keyof typeof ENTITY_IDS)[]): fc.Arbitrary<EntityReference> {
  return fc
    .constantFrom(...kinds)
    .chain((kind) =>
      fc
        .constantFrom(...ENTITY_IDS[kind])
        .map((id): EntityReference => ({ kind: 'entity', uid: entityUid(ENTITY_TYPE_NAMES[kind], id), span })),
    );
}

/** Constraints with that slot, or with entities when it is undefined; most of them let many entities pass. */
function scope(kind: 'user' | 'doc', slot: Slot | undefined): fc.Arbitrary<ScopeConstraint> {
  const type = fc.constantFrom(ENTITY_TYPE_NAMES[kind], ENTITY_TYPE_NAMES[kind], 'Folder', 'Group');
  const filled: fc.Arbitrary<EntityReference> | undefined = slot && fc.constant({ kind: 'slot', slot, span });
  const same = filled ?? reference([kind]);
  const outer = filled ?? reference(kind === 'user' ? ['group', 'user'] : ['folder', 'group', 'doc']);
  const test = (inside: fc.Arbitrary<EntityReference | undefined>): fc.Arbitrary<ScopeConstraint> =>
    fc.tuple(type, inside).map(([entityType, entity]) => ({ kind: 'is', entityType, typeSpan: span, in: entity }));
  const constrained: fc.Arbitrary<ScopeConstraint>[] = [
    same.map((entity) => ({ kind: 'equal', entity })),
    outer.map((entity) => ({ kind: 'in', entity })),
    test(outer),
  ];
  if (slot !== undefined) return fc.oneof(...constrained);
  return fc.oneof(
    { weight: 9, arbitrary: fc.constant<ScopeConstraint>({ kind: 'any' }) },
    { weight: 2, arbitrary: test(fc.constant(undefined)) },
    { weight: 3, arbitrary: fc.oneof(...constrained) },
  );
}

const action = fc.constantFrom(...ENTITY_IDS.action).map((id) => ({ uid: entityUid('Action', id), span }));

/** A list of one action is left out: its JSON is that of the action alone. */
const arbitraryActionConstraint: fc.Arbitrary<ActionConstraint> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<ActionConstraint>({ kind: 'any' }) },
  { weight: 1, arbitrary: action.map((one): ActionConstraint => ({ kind: 'equal', action: one })) },
  { weight: 1, arbitrary: action.map((one): ActionConstraint => ({ kind: 'in', action: one })) },
  {
    weight: 2,
    arbitrary: fc
      .array(action, { minLength: 2, maxLength: 3 })
      .map((actions): ActionConstraint => ({ kind: 'in-list', actions })),
  },
  { weight: 1, arbitrary: fc.constant<ActionConstraint>({ kind: 'in-list', actions: [] }) },
);
