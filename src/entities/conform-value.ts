import { isActionType } from '../ast/names.js';
import { didYouMean } from '../diagnostics/did-you-mean.js';
import { type EnumEntityType, findAction, type Schema } from '../schema/schema.js';
import type { CedarType, RecordType } from '../types/cedar-type.js';
import { printEntityUid, quoteText } from '../values/print.js';
import { type EntityUid, kindOf, type RecordValue, type SetValue, type Value } from '../values/value.js';
import { type DataPlace, readMember, reportData } from './data-reading.js';

/** Where a check of data against a schema stands, and what does not conform. */
export interface Conformance extends DataPlace {
  readonly schema: Schema;
  /** For sets that were written with repetitions: where each element stood in the array. */
  readonly positions: WeakMap<SetValue, readonly number[]>;
}

/** A check that stands at the value it is handed. */
export function createConformance(schema: Schema, base = '', path: DataPlace['path'] = []): Conformance {
  return { schema, base, path, diagnostics: [], positions: new WeakMap() };
}

/**
 * Reports where a value is not of a type, and the entities in it that the schema rules out: listed ids that are not in
 * the list, and actions that are not declared. Other entities need not exist.
 */
export function checkValue(conformance: Conformance, value: Value, type: CedarType): void {
  if (typeof value === 'object' && value.kind === type.kind) {
    if (value.kind === 'entity' && type.kind === 'entity' && value.type === type.name)
      return checkUid(conformance, value);
    if (value.kind === 'set' && type.kind === 'set') return checkElements(conformance, value, type.element);
    if (value.kind === 'record' && type.kind === 'record') return checkFields(conformance, value, type);
  }
  const expected = type.kind === 'extension' ? type.name : type.kind;
  if (type.kind === 'entity' || kindOf(value) !== expected) reportMismatch(conformance, 'type-mismatch', value, type);
}

function checkElements(conformance: Conformance, set: SetValue, type: CedarType): void {
  const positions = conformance.positions.get(set);
  for (const [index, element] of set.elements.entries()) {
    readMember(conformance, positions?.[index] ?? index, element, (inner, each) => checkValue(inner, each, type));
  }
}

function checkFields(conformance: Conformance, { fields }: RecordValue, type: RecordType): void {
  for (const name of requiredNames(type)) if (!fields.has(name)) reportMissingField(conformance, name);
  for (const [name, value] of fields) {
    const attribute = type.attributes.get(name);
    if (attribute === undefined) reportUnexpectedField(conformance, name, type);
    else readMember(conformance, name, value, (inner, each) => checkValue(inner, each, attribute.type));
  }
}

const requiredOf = new WeakMap<RecordType, readonly string[]>();

/** Names of the attributes that must be there, worked out once for each type. */
export function requiredNames(type: RecordType): readonly string[] {
  let names = requiredOf.get(type);
  if (names === undefined) {
    names = [...type.attributes].filter(([, { required }]) => required).map(([name]) => name);
    requiredOf.set(type, names);
  }
  return names;
}

/** Reports an entity that cannot exist: an id that is not listed, or an action that is not declared. */
export function checkUid(conformance: Conformance, uid: EntityUid): void {
  const { schema } = conformance;
  if (isActionType(uid.type)) {
    if (findAction(schema, uid) === undefined) reportUnknownAction(conformance, uid);
    return;
  }
  const type = schema.entityTypes.get(uid.type);
  if (type?.kind !== 'enum' || type.ids.has(uid.id)) return;
  const near = didYouMean(uid.id, type.ids);
  const ids = idsOf(type);
  const listed = ids.slice(0, LISTED).map(quoteText).join(', ');
  reportData(conformance, 'unknown-enum-id', `${quoteText(uid.id)} is none of the ids of ${uid.type}`, {
    help:
      near === undefined
        ? `the ids are ${listed}${ids.length > LISTED ? ', ..' : ''}`
        : `did you mean ${quoteText(near)}?`,
    data: { uid, ids },
  });
}

/** So many names stand in a help at most. */
const LISTED = 20;

const listOf = new WeakMap<EnumEntityType, readonly string[]>();

/** The ids as one list for all diagnostics of a type. */
function idsOf(type: EnumEntityType): readonly string[] {
  const ids = listOf.get(type) ?? [...type.ids];
  listOf.set(type, ids);
  return ids;
}

/** Reports an action that the schema does not declare. */
export function reportUnknownAction(conformance: Conformance, uid: EntityUid): void {
  const { actionTypes } = conformance.schema;
  const near = didYouMean(uid.id, actionTypes.get(uid.type)?.actions.keys() ?? []);
  const elsewhere = [...actionTypes.values()].find(({ actions }) => actions.has(uid.id))?.name;
  const meant = near === undefined ? elsewhere && { type: elsewhere, id: uid.id } : { type: uid.type, id: near };
  reportData(conformance, 'unknown-action', `the schema declares no action ${printEntityUid(uid)}`, {
    help: meant
      ? `did you mean ${printEntityUid({ kind: 'entity', ...meant })}?`
      : 'declare it with `action`, or correct the name',
    data: { uid },
  });
}

/** Reports a value of another type than the one that is declared. */
export function reportMismatch(
  place: DataPlace,
  code: 'type-mismatch' | 'not-a-set' | 'not-a-record',
  value: Value,
  type: CedarType,
): undefined {
  return reportData(place, code, `expected ${shortType(type)}, found ${shortTypeOf(value)}`, {
    help: remedy(value, type),
    data: { expected: type, found: kindOf(value), value },
  });
}

/** The type in a few words: what stands in a record is left out, however deep it is. */
function shortType(type: CedarType): string {
  switch (type.kind) {
    case 'bool':
      return 'Bool';
    case 'long':
      return 'Long';
    case 'string':
      return 'String';
    case 'record':
      return 'a record';
    case 'set':
      return type.element.kind === 'record' ? 'a set of records' : `Set<${shortType(type.element)}>`;
    case 'entity':
    case 'extension':
      return type.name;
  }
}

function shortTypeOf(value: Value): string {
  const kind = kindOf(value);
  switch (kind) {
    case 'bool':
      return 'Bool';
    case 'long':
      return 'Long';
    case 'string':
      return 'String';
    case 'set':
    case 'record':
      return `a ${kind}`;
    case 'entity':
      return typeof value === 'object' && value.kind === 'entity' ? `an entity of type ${value.type}` : kind;
    default:
      return kind;
  }
}

function remedy(value: Value, type: CedarType): string {
  const text = typeof value === 'string' && value.length <= 40 ? value : undefined;
  switch (type.kind) {
    case 'bool':
      return text === 'true' || text === 'false' ? `write ${text} without quotes` : 'write true or false';
    case 'long':
      return text !== undefined && /^(?:0|-?[1-9]\d*)$/.test(text)
        ? `write ${text} without quotes`
        : 'write an integer';
    case 'string':
      return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean'
        ? `write "${value}"`
        : 'write a text';
    case 'entity':
      return `write {"type": ${JSON.stringify(type.name)}, "id": ..}`;
    case 'extension':
      return `write the text that \`${type.name === 'ipaddr' ? 'ip' : type.name}\` takes`;
    case 'set':
      return 'put the values into an array';
    case 'record':
      return 'write an object with the declared attributes';
  }
}

/** Reports a record that lacks an attribute. */
export function reportMissingField(place: DataPlace, name: string): undefined {
  return reportData(place, 'missing-record-attribute', `this record has no attribute \`${name}\``, {
    help: 'the schema requires it; add it, or declare it with `?`',
    data: { attribute: name },
  });
}

/** Reports an attribute of a record that its type does not have. */
export function reportUnexpectedField(place: DataPlace, name: string, type: RecordType): undefined {
  return reportData(place, 'unexpected-record-attribute', `the schema declares no attribute \`${name}\` here`, {
    below: [name],
    help: attributeHelp(name, type),
    data: { attribute: name },
  });
}

/** What to do about an attribute that is not declared. */
export function attributeHelp(name: string, { attributes }: RecordType): string {
  const near = didYouMean(name, attributes.keys());
  return near === undefined ? 'leave it out, or declare it' : `did you mean \`${near}\`?`;
}
