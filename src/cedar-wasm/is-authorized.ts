import { combine, type Outcomes } from '../authorizer/decide.js';
import type { PolicyEngine } from '../authorizer/policy-engine.js';
import type { Environment } from '../evaluator/environment.js';
import type { EvaluationError } from '../evaluator/evaluation-error.js';
import type { JsonObject, JsonValue } from '../json/json-value.js';
import type { Schema } from '../schema/schema.js';
import type { Source } from '../text/source.js';
import type {
  AuthorizationAnswer,
  AuthorizationError,
  CheckParseAnswer,
  DetailedError,
  SourceLabel,
} from './answer-types.js';
import { optionalField, readCall, requiredField, textArgument, textOf, validateRequestOf } from './call-fields.js';
import { jsonOfArgument } from './call-json.js';
import type {
  AuthorizationCall,
  PolicySet,
  Schema as SchemaArgument,
  StatefulAuthorizationCall,
} from './call-types.js';
import { detailedError, sourceLabelOf } from './detailed-error.js';
import { type KnownEntities, keepEntities, knownEntities } from './known-entities.js';
import { policySetCallOf, readPolicyEngine } from './policy-set.js';
import { errorsOf, type Read, readable, unreadable } from './read.js';
import { readContext, readEntities, readUid, requestErrors } from './request.js';
import { readOptionalSchema, readSchema } from './schema.js';

/** What was read by `preparsePolicySet` and `preparseSchema`, for as long as the program runs. */
const policySets = new Map<string, PolicyEngine>();
const schemas = new Map<string, Schema>();

/**
 * Decides a request. What is wrong with the data of the call is a failure, and then nothing is evaluated: first schema,
 * principal, action and resource are read, then the context, then entities and policies, and only the errors of one of
 * these steps are reported. With a schema, context and entities are read by it and must conform to it, and the request
 * too unless `validateRequest` is false; the actions of the schema are among the entities. A call that lacks a field or has one that does not exist throws, as in the official package.
 */
export function isAuthorized(call: AuthorizationCall): AuthorizationAnswer {
  const { json, known } = jsonOfCall(call);
  const fields = readCall(json, 'AuthorizationCall', [
    'principal',
    'action',
    'resource',
    'context',
    'schema',
    'validateRequest',
    'policies',
    'entities',
  ]);
  const question = questionOf(fields);
  const policies = policySetCallOf(requiredField(fields, 'policies'));
  const schema = readOptionalSchema(optionalField(fields, 'schema'));
  return answer(question, known, schema, [], () => readPolicyEngine(policies));
}

/** Like `isAuthorized`, with policies and a schema that were read before. */
export function statefulIsAuthorized(call: StatefulAuthorizationCall): AuthorizationAnswer {
  const { json, known } = jsonOfCall(call);
  const fields = readCall(json, 'StatefulAuthorizationCall', [
    'principal',
    'action',
    'resource',
    'context',
    'preparsedSchemaName',
    'validateRequest',
    'preparsedPolicySetId',
    'entities',
  ]);
  const question = questionOf(fields);
  const id = textOf(requiredField(fields, 'preparsedPolicySetId'));
  const name = optionalField(fields, 'preparsedSchemaName') ?? null;
  const schema = name === null ? readable(undefined) : preparsed('schema', schemas, textOf(name));
  const policies = preparsed('policy set', policySets, id);
  return answer(question, known, schema, [policies], () => policies);
}

/** A call as JSON; in the place of entities that are known, none are copied. */
function jsonOfCall(call: object): { readonly json: JsonValue; readonly known: KnownEntities | undefined } {
  const known = isPlainCall(call) ? knownEntities(call.entities) : undefined;
  if (known?.key === undefined) return { json: jsonOfArgument(call), known };
  // What is kept is what the key says, also of objects that say something else each time they are asked.
  const entities: unknown = known.store === undefined ? JSON.parse(known.key) : [];
  return { json: jsonOfArgument({ ...call, entities }), known };
}

/** Whether a call is an object with entities, which no schema gives another meaning. */
function isPlainCall(call: unknown): call is { readonly entities: unknown } {
  if (typeof call !== 'object' || call === null || Array.isArray(call) || 'toJSON' in call) return false;
  const has = (name: string): boolean => Object.hasOwn(call, name) && Reflect.get(call, name) !== undefined;
  return has('entities') && !has('schema') && !has('preparsedSchemaName');
}

function preparsed<T>(what: string, known: ReadonlyMap<string, T>, name: string): Read<T> {
  const found = known.get(name);
  return found === undefined ? unreadable([detailedError(`preparsed ${what} '${name}' not found`)]) : readable(found);
}

/**
 * Reads policies and keeps them under a name for `statefulIsAuthorized`. Policies that were kept under that name before
 * are replaced, unless the new ones are wrong.
 */
export function preparsePolicySet(pset_id: string, policies: PolicySet): CheckParseAnswer {
  const id = textArgument(pset_id);
  return keep(policySets, id, readPolicyEngine(policySetCallOf(jsonOfArgument(policies))));
}

/** Reads a schema and keeps it under a name for `statefulIsAuthorized`, like `preparsePolicySet`. */
export function preparseSchema(schema_name: string, schema: SchemaArgument): CheckParseAnswer {
  const name = textArgument(schema_name);
  return keep(schemas, name, readSchema(jsonOfArgument(schema)));
}

function keep<T>(known: Map<string, T>, name: string, read: Read<T>): CheckParseAnswer {
  if (!read.ok) return { type: 'failure', errors: read.errors };
  known.set(name, read.value);
  return { type: 'success' };
}

interface Question {
  readonly principal: JsonValue;
  readonly action: JsonValue;
  readonly resource: JsonValue;
  readonly context: JsonValue;
  readonly entities: JsonValue;
  readonly validateRequest: boolean;
}

function questionOf(fields: JsonObject): Question {
  return {
    principal: requiredField(fields, 'principal'),
    action: requiredField(fields, 'action'),
    resource: requiredField(fields, 'resource'),
    context: requiredField(fields, 'context'),
    entities: requiredField(fields, 'entities'),
    validateRequest: validateRequestOf(fields),
  };
}

/** Reads what is left to read, in the steps of the official package, and decides. */
function answer(
  question: Question,
  known: KnownEntities | undefined,
  schema: Read<Schema | undefined>,
  before: readonly Read<unknown>[],
  readPolicies: () => Read<PolicyEngine>,
): AuthorizationAnswer {
  const { warnings } = schema;
  const principal = readUid(question.principal, 'principal');
  const action = readUid(question.action, 'action');
  const resource = readUid(question.resource, 'resource');
  if (!schema.ok || !principal.ok || !action.ok || !resource.ok || before.some((part) => !part.ok))
    return failure(errorsOf([schema, ...before, principal, action, resource]), warnings);
  const request = { principal: principal.value, action: action.value, resource: resource.value };
  const context = readContext(question.context, schema.value, action.value);
  if (!context.ok) return failure(context.errors, warnings);
  // The official engine gives up at the first problem of a request.
  const problems =
    schema.value === undefined || !question.validateRequest
      ? []
      : [...requestErrors(schema.value, request), ...context.value.problems].slice(0, 1);
  const entities = known?.store === undefined ? readEntities(question.entities, schema.value) : readable(known.store);
  const policies = readPolicies();
  if (problems.length > 0 || !entities.ok || !policies.ok)
    return failure([...problems, ...errorsOf([entities, policies])], warnings);
  if (known !== undefined) keepEntities(known, entities.value);
  const environment: Environment = { ...request, context: context.value.value, entities: entities.value };
  return success(policies.value.evaluate(environment), warnings);
}

function failure(errors: DetailedError[], warnings: DetailedError[]): AuthorizationAnswer {
  return { type: 'failure', errors, warnings };
}

function success(outcomes: Outcomes, warnings: DetailedError[]): AuthorizationAnswer {
  const { decision, reason } = combine(outcomes);
  const errors = outcomes.errors.map(authorizationError);
  return { type: 'success', response: { decision, diagnostics: { reason: [...reason], errors } }, warnings };
}

function authorizationError({ policy, error }: Outcomes['errors'][number]): AuthorizationError {
  const { message, help } = error;
  return {
    policyId: policy.id,
    error: { ...detailedError(message, help), sourceLocations: placesOf(error, policy.policy.source) },
  };
}

/** An unknown function can only come from JSON; the official engine then places it in its own name. */
function placesOf({ span, problem }: EvaluationError, source: Source | undefined): SourceLabel[] {
  if (span !== undefined && source !== undefined) return [sourceLabelOf({ source, span })];
  if (problem.kind !== 'FailedExtensionFunctionLookup') return [];
  return [{ label: null, start: 0, end: problem.function.length }];
}
