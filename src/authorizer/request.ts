import { type Diagnostic, diagnostic, failure, type Label, type Result, success } from '../diagnostics/diagnostic.js';
import { contextFromJson, entitiesFromJson } from '../entities/entities-from-json.js';
import type { Entity, EntityStore } from '../entities/entity.js';
import { extendEntityStore } from '../entities/entity-store.js';
import { entityUidFromJson, parseEntityUid } from '../entities/entity-uid.js';
import type { Environment } from '../evaluator/environment.js';
import { jsonFromJavaScript } from '../json/from-javascript.js';
import { isJsonObject, type JsonValue } from '../json/json-value.js';
import { parseJson } from '../json/parse-json.js';
import { createSource } from '../text/source.js';
import { type EntityUid, type RecordValue, recordOf } from '../values/value.js';
import { atField, type RequestParts } from './request-parts.js';

/** An entity uid as callers write it: `{ type, id }` or Cedar text such as `User::"alice"`. */
export type EntityUidInput = string | { readonly type: string; readonly id: string };

/** JSON as callers hand it over: JavaScript values (integers as safe `number` or `bigint`), or JSON text, read exactly. */
export type JsonInput = unknown;

/** A question to an authorizer. */
export interface Request {
  readonly principal: EntityUidInput;
  readonly action: EntityUidInput;
  readonly resource: EntityUidInput;
  /** A JSON object, or JSON text of one; empty when absent. */
  readonly context?: JsonInput;
  /** Entities that exist for this request only, in Cedar's entity JSON. */
  readonly entities?: JsonInput;
}

/** Makes what policies are evaluated against of a request and the resident entities; everything that is wrong is reported. */
export type JoinParts = (parts: RequestParts, resident: EntityStore) => Result<Environment>;

/**
 * Turns a request of a program into what policies are evaluated against; everything that is wrong is reported. What its
 * data means is said by `join`, which is `environmentOf` where there is no schema.
 */
export function readRequest(
  given: unknown,
  resident: EntityStore,
  join: JoinParts = environmentOf,
): Result<Environment> {
  const fields = readFields(given);
  if (!fields.ok) return fields;
  const { principal, action, resource, context, entities } = fields.value;
  const parts: RequestParts = {
    principal: readUid(principal, '/principal'),
    action: readUid(action, '/action'),
    resource: readUid(resource, '/resource'),
    context: context === undefined ? undefined : readJson(context, 'context'),
    entities: entities === undefined ? undefined : readJson(entities, 'entities'),
  };
  return join(parts, resident);
}

/** Turns a request that was read from JSON text into what policies are evaluated against. */
export function requestFromJson(
  json: JsonValue,
  resident: EntityStore,
  join: JoinParts = environmentOf,
): Result<Environment> {
  if (!isJsonObject(json)) return failure([notAnObject()]);
  const { principal, action, resource, context, entities } = json;
  const parts: RequestParts = {
    principal: uidFromJson(principal, '/principal'),
    action: uidFromJson(action, '/action'),
    resource: uidFromJson(resource, '/resource'),
    context: context === undefined ? undefined : success(context),
    entities: entities === undefined ? undefined : success(entities),
  };
  return join(parts, resident);
}

/** Reads the data of a request as Cedar's formats say, without a schema. */
export function environmentOf(parts: RequestParts, resident: EntityStore): Result<Environment> {
  const { principal, action, resource } = parts;
  const context = parts.context === undefined ? success(recordOf([])) : readContext(parts.context);
  const entities = parts.entities === undefined ? success(resident) : extendWith(parts.entities, resident);
  if (principal.ok && action.ok && resource.ok && context.ok && entities.ok) {
    return success({
      principal: principal.value,
      action: action.value,
      resource: resource.value,
      context: context.value,
      entities: entities.value,
    });
  }
  return failure([principal, action, resource, context, entities].flatMap((result) => result.diagnostics));
}

const FIELDS = ['principal', 'action', 'resource', 'context', 'entities'] as const;
type Fields = Readonly<Partial<Record<(typeof FIELDS)[number], unknown>>>;

function notAnObject(): Diagnostic {
  const help = 'give an object with principal, action, resource and context';
  return diagnostic('bad-request', 'a request is an object', { pointer: '', help });
}

/** Own fields of the request, read once; getters and proxies that throw are a diagnostic. */
function readFields(given: unknown): Result<Fields> {
  if (typeof given !== 'object' || given === null) return failure([notAnObject()]);
  try {
    const fields: Partial<Record<(typeof FIELDS)[number], unknown>> = {};
    for (const name of FIELDS) fields[name] = Reflect.get(given, name);
    return success(fields);
  } catch (error) {
    return failure([
      diagnostic(
        'bad-request',
        `the request cannot be read: ${error instanceof Error ? error.message : String(error)}`,
        { pointer: '' },
      ),
    ]);
  }
}

function readUid(given: unknown, pointer: string): Result<EntityUid> {
  if (given === undefined || typeof given === 'string') return uidFromJson(given, pointer);
  const json = jsonFromJavaScript(given);
  return json.ok ? uidFromJson(json.value, pointer) : atField(pointer, json);
}

function uidFromJson(json: JsonValue | undefined, pointer: string): Result<EntityUid> {
  if (json === undefined) {
    const help = 'give `{ type, id }` or text such as `User::"alice"`';
    return failure([diagnostic('bad-request', `the ${pointer.slice(1)} is missing`, { pointer, help })]);
  }
  return typeof json === 'string' ? uidOfText(json, pointer) : entityUidFromJson(json, pointer);
}

/** Text of a uid has no file: its problems are shown under the name of the field. */
function uidOfText(text: string, pointer: string): Result<EntityUid> {
  const uid = parseEntityUid(text);
  if (uid.ok) return uid;
  const named = (label: Label): Label => ({ ...label, source: { ...label.source, name: pointer.slice(1) } });
  return atField(pointer, failure(uid.diagnostics.map((d) => ({ ...d, labels: d.labels.map(named) }))));
}

function readContext(json: Result<JsonValue>): Result<RecordValue> {
  return atField('/context', json.ok ? contextFromJson(json.value) : json);
}

function extendWith(json: Result<JsonValue>, resident: EntityStore): Result<EntityStore> {
  const entities = json.ok ? entitiesFromJson(json.value) : json;
  return atField('/entities', entities.ok ? extendEntityStore(resident, entities.value) : entities);
}

/** Entities from entity JSON, given as JavaScript values or as JSON text. */
export function readEntities(given: JsonInput): Result<readonly Entity[]> {
  const json = readJson(given, 'entities');
  return json.ok ? entitiesFromJson(json.value) : json;
}

/** JSON that is given as JavaScript values or as text; `name` is what its text is called in messages. */
export function readJson(given: unknown, name: string): Result<JsonValue> {
  return typeof given === 'string' ? parseJson(createSource(given, `<${name}>`)) : jsonFromJavaScript(given);
}
