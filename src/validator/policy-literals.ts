import type { EntityLiteral, Expr, Is } from '../ast/expression.js';
import { isActionType } from '../ast/names.js';
import type { EntityReference, Policy, ScopeConstraint } from '../ast/policy.js';
import { walkExpression } from '../ast/walk.js';
import { actionsOf, type EnumEntityType, findAction, type Schema } from '../schema/schema.js';
import type { Source, Span } from '../text/source.js';
import { printEntityUid } from '../values/print.js';
import type { EntityUid } from '../values/value.js';
import { testedTypePlace, typeNamePlace } from './place.js';
import type { Problem } from './problem.js';
import type { Propose } from './proposals.js';

/** An entity that is written in a policy. */
export interface WrittenEntity {
  readonly uid: EntityUid;
  readonly span: Span | undefined;
}

/** A test for an entity type that is written in a policy. */
export interface WrittenType {
  readonly name: string;
  readonly span: () => Span | undefined;
}

/** What a policy names, in its scope and in its conditions, whether it can be evaluated or not. */
export interface PolicyNames {
  readonly entities: readonly WrittenEntity[];
  readonly types: readonly WrittenType[];
}

/** Collects what a policy names; `visit` sees every expression of its conditions. */
export function namesOf(policy: Policy, visit: (expr: Expr) => void): PolicyNames {
  const entities: WrittenEntity[] = [];
  const types: WrittenType[] = [];
  for (const constraint of [policy.principal, policy.resource]) addScope(constraint, entities, types);
  for (const { uid, span } of actionReferences(policy)) entities.push({ uid, span });
  for (const { body } of policy.conditions) {
    walkExpression(body, (expr) => {
      if (expr.kind === 'entity') entities.push(expr satisfies EntityLiteral);
      else if (expr.kind === 'is') types.push({ name: expr.entityType, span: () => placeOfTest(expr, policy.source) });
      visit(expr);
      return true;
    });
  }
  return { entities, types };
}

function actionReferences({ action }: Policy): readonly WrittenEntity[] {
  if (action.kind === 'any') return [];
  return action.kind === 'in-list' ? action.actions : [action.action];
}

function addScope(constraint: ScopeConstraint, entities: WrittenEntity[], types: WrittenType[]): void {
  if (constraint.kind === 'any') return;
  let reference: EntityReference | undefined;
  if (constraint.kind === 'is') {
    types.push({ name: constraint.entityType, span: () => constraint.typeSpan });
    reference = constraint.in;
  } else reference = constraint.entity;
  if (reference?.kind === 'entity') entities.push({ uid: reference.uid, span: reference.span });
}

function placeOfTest({ operand }: Is, source: Source | undefined): Span | undefined {
  return source === undefined || operand.span === undefined ? undefined : testedTypePlace(source, operand.span.end);
}

/** Entity types, ids of enums and actions that the schema does not declare. */
export function* undeclaredNames(
  { entities, types }: PolicyNames,
  source: Source | undefined,
  schema: Schema,
  propose: Propose,
): IterableIterator<Problem> {
  for (const { uid, span } of entities) {
    if (isActionType(uid.type)) {
      if (findAction(schema, uid) === undefined) yield undeclaredAction(uid, span, schema, propose);
      continue;
    }
    const declared = schema.entityTypes.get(uid.type);
    if (declared === undefined) {
      const place = source === undefined || span === undefined ? undefined : typeNamePlace(source, span.start);
      yield undeclaredType(uid.type, place, schema, propose);
    } else if (declared.kind === 'enum' && !declared.ids.has(uid.id)) yield undeclaredId(uid, span, declared, propose);
  }
  for (const { name, span } of types) {
    if (!isDeclaredType(name, schema)) yield undeclaredType(name, span(), schema, propose);
  }
}

/** Whether a type may be named in policies: every type of actions may, declared or not. */
function isDeclaredType(name: string, schema: Schema): boolean {
  return isActionType(name) || schema.entityTypes.has(name);
}

export function undeclaredType(name: string, span: Span | undefined, schema: Schema, propose: Propose): Problem {
  const meant = inOtherNamespace(name, schema) ?? propose(name, schema.entityTypes.keys());
  return {
    kind: 'UnrecognizedEntityType',
    message: `there is no entity type \`${name}\``,
    span,
    help: meant === undefined ? 'declare it in the schema, or correct the name' : `did you mean \`${meant}\`?`,
    data: { entityType: name, ...(meant === undefined ? {} : { proposal: meant }) },
  };
}

const sameLastName = new WeakMap<Schema, ReadonlyMap<string, readonly string[]>>();

/** The only declared type of the same last name, in whatever namespace. */
function inOtherNamespace(name: string, schema: Schema): string | undefined {
  let names = sameLastName.get(schema);
  if (names === undefined) {
    const found = new Map<string, string[]>();
    for (const type of schema.entityTypes.keys()) {
      const known = found.get(lastName(type));
      if (known === undefined) found.set(lastName(type), [type]);
      else known.push(type);
    }
    names = found;
    sameLastName.set(schema, names);
  }
  const [only, another] = names.get(lastName(name)) ?? [];
  return another === undefined ? only : undefined;
}

function lastName(type: string): string {
  return type.slice(type.lastIndexOf(':') + 1);
}

function undeclaredAction(uid: EntityUid, span: Span | undefined, schema: Schema, propose: Propose): Problem {
  const name = printEntityUid(uid);
  const meant = proposeAction(uid, schema, propose);
  return {
    kind: 'UnrecognizedActionId',
    message: `there is no action \`${name}\``,
    span,
    help: meant === undefined ? 'declare it in the schema, or correct the name' : `did you mean \`${meant}\`?`,
    data: { action: name, ...(meant === undefined ? {} : { proposal: meant }) },
  };
}

function proposeAction(uid: EntityUid, schema: Schema, propose: Propose): string | undefined {
  const ofType = schema.actionTypes.get(uid.type)?.actions;
  const id = ofType && propose(uid.id, ofType.keys());
  if (id !== undefined) return printEntityUid({ ...uid, id });
  for (const { actions } of schema.actionTypes.values()) {
    const action = actions.get(uid.id);
    if (action !== undefined) return printEntityUid(action.uid);
  }
  return propose(printEntityUid(uid), actionNames(schema));
}

function* actionNames(schema: Schema): IterableIterator<string> {
  for (const { uid } of actionsOf(schema)) yield printEntityUid(uid);
}

/** So many ids of an enum are listed. */
const LISTED_IDS = 8;

function undeclaredId(uid: EntityUid, span: Span | undefined, declared: EnumEntityType, propose: Propose): Problem {
  const meant = propose(uid.id, declared.ids);
  const listed = [...declared.ids].slice(0, LISTED_IDS).map((id) => `\`${printEntityUid({ ...uid, id })}\``);
  const rest = declared.ids.size > LISTED_IDS ? ', ..' : '';
  return {
    kind: 'InvalidEnumEntity',
    message: `\`${printEntityUid(uid)}\` is none of the entities that \`${uid.type}\` lists`,
    span,
    help:
      meant === undefined
        ? `it lists ${listed.join(', ')}${rest}`
        : `did you mean \`${printEntityUid({ ...uid, id: meant })}\`?`,
    data: { entity: printEntityUid(uid) },
    declared: { origin: declared.origin, message: `\`${uid.type}\` is declared here` },
  };
}
