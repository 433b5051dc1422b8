import type { Schema } from '../../src/schema/schema.js';
import { actionsOf } from '../../src/schema/schema.js';
import { compareCodePoints } from '../../src/text/code-point-order.js';
import type { CedarType } from '../../src/types/cedar-type.js';
import { printEntityUid } from '../../src/values/print.js';

/** What a schema says, as text that is equal for schemas that say the same. */
export function describeSchema(schema: Schema): string {
  const entityTypes = [...schema.entityTypes.values()].map((type) => [
    type.kind,
    type.name,
    [...type.parents].sort(),
    [...type.ancestors].sort(),
    [...type.descendants].sort(),
    describeType(type.attributes),
    type.tags && describeType(type.tags),
    type.kind === 'enum' ? [...type.ids] : [],
    describeAnnotations(type.annotations),
  ]);
  const actions = [...actionsOf(schema)].map((action) => [
    printEntityUid(action.uid),
    [...action.ancestors].map(({ uid }) => printEntityUid(uid)).sort(),
    [...action.descendants].map(({ uid }) => printEntityUid(uid)).sort(),
    action.principals.size * action.resources.size === 0
      ? []
      : [[...action.principals], [...action.resources], describeType(action.context)],
    describeAnnotations(action.annotations),
  ]);
  const commonTypes = [...schema.commonTypes.values()].map(({ name, type }) => [name, describeType(type)]);
  return JSON.stringify({ entityTypes, actions, commonTypes });
}

function describeAnnotations(annotations: ReadonlyMap<string, string | null>): unknown {
  const sorted = [...annotations].sort(([a], [b]) => compareCodePoints(a, b));
  return sorted.map(([key, value]) => [key, value ?? '']);
}

function describeType(type: CedarType): unknown {
  switch (type.kind) {
    case 'set':
      return ['set', describeType(type.element)];
    case 'record': {
      const attributes = [...type.attributes].sort(([a], [b]) => compareCodePoints(a, b));
      return [
        'record',
        ...attributes.map(([name, { type: inner, required }]) => [name, required, describeType(inner)]),
      ];
    }
    case 'entity':
    case 'extension':
      return [type.kind, type.name];
    default:
      return type.kind;
  }
}
