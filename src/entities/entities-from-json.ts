import type { Result } from '../diagnostics/diagnostic.js';
import { didYouMean } from '../diagnostics/did-you-mean.js';
import { describeJson, isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.js';
import type { JsonStep } from '../json/pointer.js';
import type { EntityUid, RecordValue, Value } from '../values/value.js';
import { type DataReading, readData, readMember, reportData } from './data-reading.js';
import type { Entity } from './entity.js';
import { readEntityUid } from './entity-uid.js';
import { readFields, readValue } from './value-from-json.js';

const FIELDS = ['uid', 'attrs', 'parents', 'tags'] as const;

type Field = (typeof FIELDS)[number];

/**
 * Reads Cedar's entity JSON without a schema. The entities come in the order of the array, so the pointers that
 * `createEntityStore` gives fit the same file. Members that Cedar does not know are ignored.
 */
export function entitiesFromJson(json: JsonValue): Result<readonly Entity[]> {
  return readData(json, '', (reading) => readEntities(reading, json, WITHOUT_SCHEMA));
}

/** How the attributes and the tags of an entity are read; the uid is undefined when it cannot be read. */
export interface FieldReaders<R extends DataReading> {
  readonly attributes: ReadFields<R>;
  readonly tags: ReadFields<R>;
}

/** Reads the members of an object; undefined when the entity cannot be had. */
export type ReadFields<R extends DataReading> = (
  reading: R,
  json: JsonObject,
  uid: EntityUid | undefined,
) => ReadonlyMap<string, Value> | undefined;

const WITHOUT_SCHEMA: FieldReaders<DataReading> = {
  attributes: (reading, json) => readFields(reading, json),
  tags: (reading, json) => readFields(reading, json),
};

/** Reads a context without a schema: a JSON object of values. */
export function contextFromJson(json: JsonValue, pointer = ''): Result<RecordValue> {
  return readData(json, pointer, readContext);
}

function readContext(reading: DataReading, json: JsonValue): RecordValue | undefined {
  if (!isJsonObject(json)) return reportNoRecord(reading, describeJson(json));
  const value = readValue(reading, json);
  if (value === undefined) return undefined;
  return typeof value === 'object' && value.kind === 'record' ? value : reportNoRecord(reading, 'an escape');
}

function reportNoRecord(reading: DataReading, found: string): undefined {
  return reportData(reading, 'context-not-record', `a context is a record, not ${found}`, {
    help: 'write a JSON object, `{}` if it is empty',
  });
}

/** Reads the array of all entities; undefined when one of them cannot be had. `keep` gets each of the others. */
export function readEntities<R extends DataReading>(
  reading: R,
  json: JsonValue,
  readers: FieldReaders<R>,
  keep?: (entity: Entity, index: number) => void,
): readonly Entity[] | undefined {
  if (!isJsonArray(json)) {
    return reportData(reading, 'entities-not-array', `entities are an array, not ${describeJson(json)}`, {
      help:
        isJsonObject(json) && json['uid'] !== undefined
          ? 'put the entity into `[...]`'
          : 'write `[]` if there are none',
      data: { json },
    });
  }
  const entities: Entity[] = [];
  for (let index = 0; index < json.length; index++) {
    const entity = readMember(reading, index, json[index] ?? null, (inner, member) =>
      readEntity(inner, member, readers),
    );
    if (entity === undefined) continue;
    entities.push(entity);
    keep?.(entity, index);
  }
  return entities.length === json.length ? entities : undefined;
}

function readEntity<R extends DataReading>(reading: R, json: JsonValue, readers: FieldReaders<R>): Entity | undefined {
  if (isJsonArray(json)) return readPositionalEntity(reading, json, readers);
  if (!isJsonObject(json)) {
    return reportData(reading, 'bad-entity', `an entity is an object, not ${describeJson(json)}`, {
      help: 'write `{"uid": {"type": "T", "id": "x"}, "attrs": {}, "parents": []}`',
      data: { json },
    });
  }
  warnOfMisspelling(reading, json);
  return readParts(reading, readers, (field) => [field, json[field]]);
}

/** The official reader also takes an entity as an array of its fields in order, where only the tags may be left out. */
function readPositionalEntity<R extends DataReading>(
  reading: R,
  json: readonly JsonValue[],
  readers: FieldReaders<R>,
): Entity | undefined {
  if (json.length === 3 || json.length === 4)
    return readParts(reading, readers, (field) => [FIELDS.indexOf(field), json[FIELDS.indexOf(field)]]);
  return reportData(reading, 'bad-entity', 'an entity is an object, not an array', {
    help: 'write `{"uid": ..., "attrs": {}, "parents": []}`',
  });
}

/** Reads all four fields, so that the problems of each are reported. `find` gives a field's place and its value. */
function readParts<R extends DataReading>(
  reading: R,
  readers: FieldReaders<R>,
  find: (field: Field) => readonly [JsonStep, JsonValue | undefined],
): Entity | undefined {
  const part = <T>(field: Field, read: (reading: R, json: JsonValue) => T | undefined): T | undefined => {
    const [step, json] = find(field);
    return json === undefined ? reportMissing(reading, field) : readMember(reading, step, json, read);
  };
  const uid = part('uid', readEntityUid);
  const attributes = part('attrs', (inner, json) =>
    isJsonObject(json) ? readers.attributes(inner, json, uid) : reportNoObject(inner, json, 'attrs'),
  );
  const parents = part('parents', readParents);
  const tags =
    find('tags')[1] === undefined
      ? NO_FIELDS
      : part('tags', (inner, json) =>
          isJsonObject(json) ? readers.tags(inner, json, uid) : reportNoObject(inner, json, 'tags'),
        );
  if (uid === undefined || attributes === undefined || parents === undefined || tags === undefined) return undefined;
  return { uid, attributes, tags, parents };
}

const NO_FIELDS: ReadonlyMap<string, Value> = new Map();

function reportMissing(reading: DataReading, field: Field): undefined {
  const example = {
    uid: '"uid": {"type": "T", "id": "x"}',
    attrs: '"attrs": {}',
    parents: '"parents": []',
    tags: '"tags": {}',
  }[field];
  return reportData(reading, 'missing-field', `this entity has no \`${field}\``, {
    help: `add \`${example}\``,
    data: { field },
  });
}

function reportNoObject(reading: DataReading, json: JsonValue, field: 'attrs' | 'tags'): undefined {
  return reportData(reading, 'bad-entity', `\`${field}\` is an object, not ${describeJson(json)}`, {
    help: field === 'tags' ? 'write an object, or leave `tags` out' : 'write `{}` if there are none',
    data: { field, json },
  });
}

const NO_PARENTS: readonly EntityUid[] = Object.freeze([]);

function readParents(reading: DataReading, json: JsonValue): readonly EntityUid[] | undefined {
  if (!isJsonArray(json)) {
    return reportData(reading, 'bad-entity', `\`parents\` is an array, not ${describeJson(json)}`, {
      help: 'write `[]` if there are none',
      data: { field: 'parents', json },
    });
  }
  const parents: EntityUid[] = [];
  for (let index = 0; index < json.length; index++) {
    const parent = readMember(reading, index, json[index] ?? null, readEntityUid);
    if (parent !== undefined) parents.push(parent);
  }
  if (parents.length < json.length) return undefined;
  // A list that was filled step by step keeps room for more.
  return parents.length === 0 ? NO_PARENTS : parents.slice();
}

/** Unknown members mean nothing, which is unlikely to be what `attr` or `tag` was meant for. */
function warnOfMisspelling(reading: DataReading, json: JsonObject): void {
  for (const key of Object.keys(json)) {
    if ((FIELDS as readonly string[]).includes(key)) continue;
    const near = didYouMean(
      key,
      FIELDS.filter((field) => json[field] === undefined),
    );
    if (near === undefined) continue;
    reportData(reading, 'unknown-field', `\`${key}\` means nothing in an entity`, {
      severity: 'warning',
      below: [key],
      help: `did you mean \`${near}\`?`,
    });
  }
}
