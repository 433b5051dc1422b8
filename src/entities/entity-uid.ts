import { isIdentifier, isNormalizedName } from '../ast/names.js';
import type { Result } from '../diagnostics/diagnostic.js';
import { describeJson, isJsonArray, isJsonObject, type JsonValue } from '../json/json-value.js';
import { type EntityUid, entityUid } from '../values/value.js';
import { type DataReading, readData, readMember, reportData } from './data-reading.js';
import { parseEntityUid } from './parse-entity-uid.js';

export { parseEntityUid };

const UID_HELP = 'write `{"type": "SomeType", "id": "some-id"}`';

/** The two texts of an entity reference as data holds them, not checked. */
export interface TypeAndId {
  readonly type: string;
  readonly id: string;
}

/** Reads the name of an entity: `{"type": T, "id": I}` or that as the value of `__entity`. */
export function entityUidFromJson(json: JsonValue, pointer = ''): Result<EntityUid> {
  return readData(json, pointer, readEntityUid);
}

/**
 * Reads an entity reference where nothing else may stand. Other members beside are tolerated, and the official reader
 * also takes the two texts as an array, `["T", "I"]`. A member `__expr` with a text is refused whatever stands beside.
 */
export function readEntityUid(reading: DataReading, json: JsonValue): EntityUid | undefined {
  if (isJsonObject(json)) {
    if (typeof json['__expr'] === 'string') return reportExprEscape(reading);
    const inner =
      json['__entity'] === undefined
        ? undefined
        : (typeAndIdMembers(json['__entity']) ?? typeAndIdPair(json['__entity']));
    if (inner !== undefined)
      return readMember(reading, '__entity', json['__entity'] ?? null, () => checkedUid(reading, inner));
  }
  const found = typeAndIdMembers(json) ?? typeAndIdPair(json);
  return found === undefined ? reportNoUid(reading, json) : checkedUid(reading, found);
}

/** `type` and `id` of an object that has both as strings. */
export function typeAndIdMembers(json: JsonValue): TypeAndId | undefined {
  if (!isJsonObject(json)) return undefined;
  const { type, id } = json;
  return typeof type === 'string' && typeof id === 'string' ? { type, id } : undefined;
}

function typeAndIdPair(json: JsonValue): TypeAndId | undefined {
  if (!isJsonArray(json) || json.length !== 2) return undefined;
  const [type, id] = json;
  return typeof type === 'string' && typeof id === 'string' ? { type, id } : undefined;
}

/** The uid of two texts, or undefined and a problem reported when the type name is not a name in its normal form. */
export function checkedUid(reading: DataReading, { type, id }: TypeAndId): EntityUid | undefined {
  const known = reading.uids.at(type, id);
  if (known !== undefined) return known;
  if (reading.uids.ofType(type) !== undefined || isNormalizedName(type)) {
    const uid = entityUid(type, id);
    reading.uids.set(uid, uid);
    return uid;
  }
  return reportData(reading, 'bad-type-name', `${JSON.stringify(type)} is not an entity type name`, {
    below: ['type'],
    help: typeNameHelp(type),
    data: { type },
  });
}

function typeNameHelp(type: string): string {
  const tight = type.replaceAll(/\s+/g, '');
  if (tight !== type && isNormalizedName(tight)) return `write ${JSON.stringify(tight)}, without spaces`;
  const reserved = type.split('::').find((part) => /^\w+$/.test(part) && !/^\d/.test(part) && !isIdentifier(part));
  if (reserved !== undefined) return `\`${reserved}\` is reserved; choose another name`;
  return 'a type name is identifiers joined by `::`, such as `Acme::User`';
}

/** Reports the escape that Cedar no longer has. */
export function reportExprEscape(reading: DataReading): undefined {
  return reportData(reading, 'expr-escape', 'the `__expr` escape is no longer supported', {
    below: ['__expr'],
    help: 'use `__entity` for an entity, `__extn` for an extension value, and plain JSON for everything else',
  });
}

function reportNoUid(reading: DataReading, json: JsonValue): undefined {
  const data = { json };
  if (typeof json === 'string') {
    const parsed = parseEntityUid(json);
    const form = parsed.ok ? JSON.stringify({ type: parsed.value.type, id: parsed.value.id }) : undefined;
    return reportData(reading, 'bad-entity-reference', 'an entity reference is not a string in JSON', {
      help: form === undefined ? UID_HELP : `write \`${form}\``,
      data,
    });
  }
  if (!isJsonObject(json)) {
    return reportData(reading, 'bad-entity-reference', `expected an entity reference, found ${describeJson(json)}`, {
      help: UID_HELP,
      data,
    });
  }
  const wrong = (['type', 'id'] as const).find((key) => typeof json[key] !== 'string');
  const found = wrong === undefined ? undefined : json[wrong];
  if (wrong === undefined || found === undefined) {
    return reportData(reading, 'bad-entity-reference', `this entity reference has no \`${wrong ?? 'type'}\``, {
      help: UID_HELP,
      data,
    });
  }
  return reportData(
    reading,
    'bad-entity-reference',
    `the \`${wrong}\` of an entity reference is ${describeJson(found)}`,
    {
      below: [wrong],
      help: 'write it as a string',
      data,
    },
  );
}
