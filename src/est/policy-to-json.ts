import type {
  ActionConstraint,
  Annotation,
  EntityReference,
  Policy,
  PolicySet,
  ScopeConstraint,
  TemplateLink,
} from '../ast/policy.js';
import type { JsonObject } from '../json/json-value.js';
import { compareCodePoints } from '../text/code-point-order.js';
import { expressionToJson } from './expression-to-json.js';
import { entityUidToJson, jsonObject, jsonObjectOf } from './json-object.js';

/**
 * Turns a policy or template into Cedar's JSON policy format, as the official engine does from text: annotations and
 * record keys sorted, patterns character by character. The id is not part of the format. Integers beyond 2^53 are
 * bigints, which `printJson` writes and `JSON.stringify` does not.
 */
export function policyToJson(policy: Policy): JsonObject {
  return jsonObject({
    effect: policy.effect,
    principal: scopeToJson(policy.principal),
    action: actionToJson(policy.action),
    resource: scopeToJson(policy.resource),
    conditions: policy.conditions.map(({ kind, body }) => jsonObject({ kind, body: expressionToJson(body) })),
    annotations: policy.annotations.length === 0 ? undefined : annotationsToJson(policy.annotations),
  });
}

/** Turns a policy set into Cedar's JSON policy set format; ids become keys. */
export function policySetToJson(set: PolicySet): JsonObject {
  return jsonObject({
    staticPolicies: jsonObjectOf(set.policies.map((policy) => [policy.id, policyToJson(policy)])),
    templates: jsonObjectOf(set.templates.map((template) => [template.id, policyToJson(template)])),
    templateLinks: set.links.map(linkToJson),
  });
}

function linkToJson({ templateId, id, values }: TemplateLink): JsonObject {
  const { '?principal': principal, '?resource': resource } = values;
  const entities = {
    '?principal': principal && entityUidToJson(principal),
    '?resource': resource && entityUidToJson(resource),
  };
  return jsonObject({ templateId, newId: id, values: jsonObject(entities) });
}

function annotationsToJson(annotations: readonly Annotation[]): JsonObject {
  const sorted = [...annotations].sort((a, b) => compareCodePoints(a.key, b.key));
  return jsonObjectOf(sorted.map(({ key, value }) => [key, value]));
}

function scopeToJson(constraint: ScopeConstraint): JsonObject {
  switch (constraint.kind) {
    case 'any':
      return jsonObject({ op: 'All' });
    case 'equal':
      return jsonObject({ op: '==', ...referenceFields(constraint.entity) });
    case 'in':
      return jsonObject({ op: 'in', ...referenceFields(constraint.entity) });
    case 'is': {
      const outer = constraint.in && jsonObject(referenceFields(constraint.in));
      return jsonObject({ op: 'is', entity_type: constraint.entityType, in: outer });
    }
  }
}

function referenceFields(reference: EntityReference): { readonly slot: string } | { readonly entity: JsonObject } {
  return reference.kind === 'slot' ? { slot: reference.slot } : { entity: entityUidToJson(reference.uid) };
}

/** A list of one action is written as that action, as the official engine does. */
function actionToJson(constraint: ActionConstraint): JsonObject {
  switch (constraint.kind) {
    case 'any':
      return jsonObject({ op: 'All' });
    case 'equal':
      return jsonObject({ op: '==', entity: entityUidToJson(constraint.action.uid) });
    case 'in':
      return jsonObject({ op: 'in', entity: entityUidToJson(constraint.action.uid) });
    case 'in-list': {
      const entities = constraint.actions.map(({ uid }) => entityUidToJson(uid));
      return jsonObject(entities.length === 1 ? { op: 'in', entity: entities[0] } : { op: 'in', entities });
    }
  }
}
