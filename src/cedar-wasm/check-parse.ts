import type { JsonValue } from '../json/json-value.js';
import type { EntityUid } from '../values/value.js';
import type { CheckParseAnswer } from './answer-types.js';
import { optionalField, readCall, requiredField } from './call-fields.js';
import { jsonOfArgument } from './call-json.js';
import type { ContextParsingCall, EntitiesParsingCall, PolicySet, Schema } from './call-types.js';
import { policySetCallOf, readPolicySet } from './policy-set.js';
import { type Read, readable, unreadable } from './read.js';
import { readContext, readEntities, readUid } from './request.js';
import { readOptionalSchema, readSchema } from './schema.js';

/** Says whether a policy set can be read. */
export function checkParsePolicySet(policies: PolicySet): CheckParseAnswer {
  return answerOf(readPolicySet(policySetCallOf(jsonOfArgument(policies))));
}

/** Says whether a schema can be read and everything that it names is declared. */
export function checkParseSchema(schema: Schema): CheckParseAnswer {
  return answerOf(readSchema(jsonOfArgument(schema)));
}

/** Says whether entities can be read; with a schema, whether they conform to it. */
export function checkParseEntities(call: EntitiesParsingCall): CheckParseAnswer {
  const fields = readCall(jsonOfArgument(call), 'EntitiesParsingCall', ['entities', 'schema']);
  const entities = requiredField(fields, 'entities');
  const schema = readOptionalSchema(optionalField(fields, 'schema'));
  return answerOf(schema.ok ? readEntities(entities, schema.value) : schema);
}

/** Says whether a context can be read; with a schema and an action, whether the action takes it. A schema alone says nothing. */
export function checkParseContext(call: ContextParsingCall): CheckParseAnswer {
  const fields = readCall(jsonOfArgument(call), 'ContextParsingCall', ['context', 'schema', 'action']);
  const context = requiredField(fields, 'context');
  const action = readOptionalAction(optionalField(fields, 'action'));
  if (!action.ok) return answerOf(action);
  const schema = readOptionalSchema(optionalField(fields, 'schema'));
  if (!schema.ok) return answerOf(schema);
  const read = readContext(context, schema.value, action.value);
  const [problem] = read.ok ? read.value.problems : [];
  return answerOf(problem === undefined ? read : unreadable([problem]));
}

function readOptionalAction(json: JsonValue | undefined): Read<EntityUid | undefined> {
  return json === undefined || json === null ? readable(undefined) : readUid(json, 'action');
}

function answerOf(read: Read<unknown>): CheckParseAnswer {
  return read.ok ? { type: 'success' } : { type: 'failure', errors: read.errors };
}
