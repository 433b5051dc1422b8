import { isJsonArray, isJsonObject, type JsonArray, type JsonObject, type JsonValue } from '../json/json-value.js';
import { compareCodePoints } from '../text/code-point-order.js';

/**
 * Policy JSON as the official engine gives it back when it was handed JSON: every choice between two forms stays as it
 * is, fields that mean nothing are gone, and annotations and records are in the order of their keys. The JSON must have
 * been read as a policy or template without an error.
 */
export function canonicalPolicyJson(policy: JsonObject): JsonObject {
  const annotations = objectAt(policy, 'annotations');
  return {
    effect: policy['effect'] ?? null,
    principal: scopeOf(objectAt(policy, 'principal')),
    action: scopeOf(objectAt(policy, 'action')),
    resource: scopeOf(objectAt(policy, 'resource')),
    conditions: arrayAt(policy, 'conditions').map(conditionOf),
    ...(Object.keys(annotations).length === 0 ? {} : { annotations: sorted(annotations, (value) => value) }),
  };
}

function objectAt(json: JsonObject, key: string): JsonObject {
  const value = json[key];
  return isJsonObject(value) ? value : {};
}

function arrayAt(json: JsonObject, key: string): JsonArray {
  const value = json[key];
  return isJsonArray(value) ? value : [];
}

function sorted(object: JsonObject, convert: (value: JsonValue) => JsonValue): JsonObject {
  const keys = Object.keys(object).sort(compareCodePoints);
  return withMembers(keys.map((key) => [key, convert(object[key] ?? null)]));
}

function withMembers(members: readonly (readonly [string, JsonValue])[]): JsonObject {
  const object: Record<string, JsonValue> = { __proto__: null };
  for (const [key, value] of members) object[key] = value;
  return object;
}

/** The named members of an object that are there and not null. */
function some(object: JsonObject, names: readonly string[], convert: (value: JsonValue) => JsonValue): JsonObject {
  return withMembers(
    names.flatMap((name) => {
      const value = object[name] ?? null;
      return value === null ? [] : [[name, convert(value)] as const];
    }),
  );
}

function scopeOf(scope: JsonObject): JsonObject {
  const op = scope['op'] ?? null;
  if (op === 'All' || op === 'all') return { op: 'All' };
  if (op !== 'is') return { op, ...referenceOf(scope) };
  const outer = scope['in'] ?? null;
  return {
    op,
    entity_type: scope['entity_type'] ?? null,
    ...(isJsonObject(outer) ? { in: referenceOf(outer) } : {}),
  };
}

function referenceOf(scope: JsonObject): JsonObject {
  const { entity, entities, slot } = scope;
  if (entity !== undefined) return { entity: uidOf(entity) };
  if (entities !== undefined && isJsonArray(entities)) return { entities: entities.map(uidOf) };
  return { slot: slot ?? null };
}

function uidOf(json: JsonValue): JsonValue {
  if (!isJsonObject(json)) return json;
  const { __entity: escaped, type, id } = json;
  if (isTypeAndId(escaped)) return { __entity: typeAndId(escaped) };
  return typeAndId({ type: type ?? null, id: id ?? null });
}

function isTypeAndId(json: JsonValue | undefined): json is JsonObject {
  return isJsonObject(json) && typeof json['type'] === 'string' && typeof json['id'] === 'string';
}

function typeAndId({ type, id }: JsonObject): JsonObject {
  return { type: type ?? null, id: id ?? null };
}

function conditionOf(json: JsonValue): JsonValue {
  if (!isJsonObject(json)) return json;
  return { kind: json['kind'] ?? null, body: expressionOf(json['body'] ?? null) };
}

const OPERANDS = ['left', 'right', 'arg', 'if', 'then', 'else'];

function expressionOf(json: JsonValue): JsonValue {
  const [operator] = isJsonObject(json) ? Object.keys(json) : [];
  if (!isJsonObject(json) || operator === undefined) return json;
  const payload = json[operator] ?? null;
  if (operator === 'Value') return { Value: constantOf(payload) };
  if (isJsonArray(payload)) return withMembers([[operator, payload.map(expressionOf)]]);
  if (!isJsonObject(payload)) return json;
  if (operator === 'Record') return { Record: sorted(payload, expressionOf) };
  return withMembers([
    [
      operator,
      {
        ...some(payload, OPERANDS, expressionOf),
        ...some(payload, ['attr', 'pattern', 'entity_type'], (value) => value),
        ...some(payload, ['in'], expressionOf),
      },
    ],
  ]);
}

function constantOf(json: JsonValue): JsonValue {
  if (isJsonArray(json)) return json.map(constantOf);
  if (!isJsonObject(json)) return json;
  const [only, second] = Object.keys(json);
  if (second === undefined) {
    const inner = only === undefined ? undefined : json[only];
    if (only === '__entity' && isTypeAndId(inner)) return { __entity: typeAndId(inner) };
    if (only === '__extn' && isJsonObject(inner) && typeof inner['fn'] === 'string') {
      const { fn, arg, args } = inner;
      if (arg !== undefined) return { __extn: { fn, arg: constantOf(arg) } };
      if (args !== undefined && isJsonArray(args)) return { __extn: { fn, args: args.map(constantOf) } };
    }
  }
  return sorted(json, constantOf);
}
