import type { ActionConstraint, ScopeConstraint } from '../ast/policy.js';
import { type Action, actionsOf, findAction, type Schema } from '../schema/schema.js';
import type { Span } from '../text/source.js';
import type { EntityUid } from '../values/value.js';
import type { Problem } from './problem.js';
import { canBeIn } from './type-hierarchy.js';

/** The scope of a policy, of a template, or of a link with its values in place. */
export interface Scope {
  readonly principal: ScopeConstraint;
  readonly action: ActionConstraint;
  readonly resource: ScopeConstraint;
}

/** Whether no action that the scope allows applies to principals and resources that it allows. */
export function inapplicable(scope: Scope, span: Span | undefined, schema: Schema): Problem | undefined {
  const actions = allowedActions(scope.action, schema);
  for (const action of actions) {
    if (some(action.principals, scope.principal, schema) && some(action.resources, scope.resource, schema)) {
      return undefined;
    }
  }
  const places = [
    wouldInFix(scope.principal, actions, 'principals', schema) ? 'principal' : undefined,
    wouldInFix(scope.resource, actions, 'resources', schema) ? 'resource' : undefined,
  ].filter((place) => place !== undefined);
  const [only] = actions.length === 1 ? actions : [];
  return {
    kind: 'InvalidActionApplication',
    message: 'no action that this scope allows applies to principals and resources that it allows',
    span,
    help:
      places.length > 0
        ? `write \`in\` instead of \`==\` for the ${places.join(' and the ')}`
        : 'this policy never applies; compare the scope with `appliesTo` of the actions',
    declared: only && { origin: only.origin, message: 'the action is declared here' },
  };
}

/**
 * The actions for which the test of the action is true, all others making it false. Undefined where typing the test has
 * something to report, or would fail.
 */
export function decidedActions(constraint: ActionConstraint, schema: Schema): ReadonlySet<Action> | undefined {
  const allowed = new Set(allowedActions(constraint, schema));
  if (constraint.kind !== 'in-list') return constraint.kind === 'in' && allowed.size === 0 ? undefined : allowed;
  const types = new Set(constraint.actions.map(({ uid }) => uid.type));
  return allowed.size === 0 || types.size > 1 ? undefined : allowed;
}

function allowedActions(constraint: ActionConstraint, schema: Schema): readonly Action[] {
  switch (constraint.kind) {
    case 'any':
      return [...actionsOf(schema)];
    case 'equal': {
      const action = findAction(schema, constraint.action.uid);
      return action === undefined ? [] : [action];
    }
    case 'in':
      return membersOf([constraint.action.uid], schema);
    case 'in-list':
      return membersOf(
        constraint.actions.map(({ uid }) => uid),
        schema,
      );
  }
}

/** The actions and what is in them; nothing when one of them does not exist. */
function membersOf(uids: readonly EntityUid[], schema: Schema): readonly Action[] {
  const members = new Set<Action>();
  for (const uid of uids) {
    const action = findAction(schema, uid);
    if (action === undefined) return [];
    members.add(action);
    for (const member of action.descendants) members.add(member);
  }
  return [...members];
}

function some(types: ReadonlySet<string>, constraint: ScopeConstraint, schema: Schema): boolean {
  for (const type of types) if (allowsType(constraint, type, schema)) return true;
  return false;
}

/** Whether an entity of the type can be what the scope asks for. */
function allowsType(constraint: ScopeConstraint, type: string, schema: Schema): boolean {
  switch (constraint.kind) {
    case 'any':
      return true;
    case 'equal':
      return constraint.entity.kind === 'slot' || constraint.entity.uid.type === type;
    case 'in':
      return constraint.entity.kind === 'slot' || canBeIn(type, constraint.entity.uid.type, schema);
    case 'is':
      if (type !== constraint.entityType) return false;
      return constraint.in?.kind !== 'entity' || canBeIn(type, constraint.in.uid.type, schema);
  }
}

/** Whether the action applies to members of the entity instead of the entity. */
function wouldInFix(
  constraint: ScopeConstraint,
  actions: readonly Action[],
  side: 'principals' | 'resources',
  schema: Schema,
): boolean {
  if (constraint.kind !== 'equal' || constraint.entity.kind !== 'entity') return false;
  const { type } = constraint.entity.uid;
  const members = schema.entityTypes.get(type)?.descendants;
  if (members === undefined || actions.some((action) => action[side].has(type))) return false;
  return actions.some((action) => [...action[side]].some((member) => members.has(member)));
}
