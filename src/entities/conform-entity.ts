import { isActionType } from '../ast/names.js';
import { didYouMean } from '../diagnostics/did-you-mean.js';
import { type Action, type EntityType, findAction, type Schema } from '../schema/schema.js';
import { printEntityUid } from '../values/print.js';
import type { EntityUid } from '../values/value.js';
import {
  attributeHelp,
  type Conformance,
  checkUid,
  checkValue,
  reportUnknownAction,
  requiredNames,
} from './conform-value.js';
import { type DataPlace, readMember, reportData } from './data-reading.js';
import type { Entity } from './entity.js';

/** Reports where an entity is not as its type is declared. Its ancestors beyond its parents are not looked at. */
export function checkEntity(conformance: Conformance, entity: Entity): void {
  const { uid } = entity;
  if (isActionType(uid.type)) return checkAction(conformance, entity);
  const type = conformance.schema.entityTypes.get(uid.type);
  if (type === undefined) return reportUnknownType(conformance, uid);
  readMember(conformance, 'uid', uid, checkUid);
  readMember(conformance, 'attrs', entity.attributes, (inner) => checkAttributes(inner, entity, type));
  readMember(conformance, 'tags', entity.tags, (inner) => checkTags(inner, entity, type));
  readMember(conformance, 'parents', entity.parents, (inner, parents) => {
    for (const [index, parent] of parents.entries())
      readMember(inner, index, parent, (place) => checkParent(place, uid, parent, type));
  });
}

function checkAttributes(conformance: Conformance, { uid, attributes }: Entity, type: EntityType): void {
  for (const name of requiredNames(type.attributes)) {
    if (attributes.has(name)) continue;
    reportData(conformance, 'missing-attribute', `${printEntityUid(uid)} has no attribute \`${name}\``, {
      help: 'the schema requires it; add it, or declare it with `?`',
      data: { uid, attribute: name },
    });
  }
  for (const [name, value] of attributes) {
    const attribute = type.attributes.attributes.get(name);
    if (attribute === undefined) reportUnexpectedAttribute(conformance, uid, name, type);
    else readMember(conformance, name, value, (inner, each) => checkValue(inner, each, attribute.type));
  }
}

function checkTags(conformance: Conformance, { uid, tags }: Entity, type: EntityType): void {
  for (const [name, value] of tags) {
    const declared = type.tags;
    if (declared === undefined) reportUnexpectedTag(conformance, uid, name);
    else readMember(conformance, name, value, (inner, each) => checkValue(inner, each, declared));
  }
}

function checkParent(conformance: Conformance, uid: EntityUid, parent: EntityUid, type: EntityType): void {
  checkUid(conformance, parent);
  if (type.ancestors.has(parent.type)) return;
  const allowed = [...type.ancestors].map((name) => `\`${name}\``).join(', ');
  reportData(conformance, 'parent-type', `${uid.type} is not declared to be in ${parent.type}`, {
    help: allowed === '' ? `entities of type ${uid.type} have no parents` : `its parents are of type ${allowed}`,
    data: { uid, parent },
  });
}

function checkAction(conformance: Conformance, { uid, attributes, tags }: Entity): void {
  if (findAction(conformance.schema, uid) === undefined)
    return readMember(conformance, 'uid', uid, reportUnknownAction);
  if (attributes.size > 0 || tags.size > 0) reportActionMismatch(conformance, uid, 'attributes or tags');
}

/** Reports an action whose ancestors are not exactly those of the schema. */
export function checkActionAncestors(conformance: Conformance, uid: EntityUid, ancestors: readonly EntityUid[]): void {
  const action = findAction(conformance.schema, uid);
  if (action !== undefined && !hasAncestors(conformance.schema, action, ancestors))
    reportActionMismatch(conformance, uid, 'groups');
}

function hasAncestors(schema: Schema, { ancestors: declared }: Action, ancestors: readonly EntityUid[]): boolean {
  const found = ancestors.map((ancestor) => findAction(schema, ancestor));
  return found.length === declared.size && found.every((ancestor) => ancestor !== undefined && declared.has(ancestor));
}

function reportActionMismatch(conformance: Conformance, uid: EntityUid, what: string): void {
  reportData(conformance, 'action-mismatch', `the schema declares ${printEntityUid(uid)} with other ${what}`, {
    help: 'leave the action out: the actions of the schema are there without it',
    data: { uid },
  });
}

/** Reports an entity of a type that the schema does not declare. */
export function reportUnknownType(conformance: Conformance, uid: EntityUid): void {
  const { entityTypes } = conformance.schema;
  const last = uid.type.split('::').at(-1);
  const similar = [...entityTypes.keys()].filter((name) => name.split('::').at(-1) === last);
  const near = similar[0] ?? didYouMean(uid.type, entityTypes.keys());
  reportData(conformance, 'unknown-entity-type', `the schema declares no entity type \`${uid.type}\``, {
    below: ['uid'],
    help: near === undefined ? 'declare it with `entity`, or leave the entity out' : `did you mean \`${near}\`?`,
    data: { uid, similar },
  });
}

/** Reports an attribute that the type of an entity does not have. */
export function reportUnexpectedAttribute(place: DataPlace, uid: EntityUid, name: string, type: EntityType): void {
  reportData(place, 'unexpected-attribute', `the schema declares no attribute \`${name}\` of ${uid.type}`, {
    below: [name],
    help: attributeHelp(name, type.attributes),
    data: { uid, attribute: name },
  });
}

/** Reports a tag of an entity whose type has none. */
export function reportUnexpectedTag(place: DataPlace, uid: EntityUid, name: string): void {
  reportData(place, 'unexpected-tag', `the schema declares no tags of ${uid.type}`, {
    below: [name],
    help: 'leave the tag out, or declare the type with `tags`',
    data: { uid, tag: name },
  });
}
