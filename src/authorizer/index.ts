// The entry `deodar/authorizer`: policies, entities and decisions alone, without Node's modules.

export { combinePolicySets } from '../ast/combine-policy-sets.js';
export type { Policy, PolicySet, Template, TemplateLink } from '../ast/policy.js';
export { DeodarError } from '../diagnostics/deodar-error.js';
export type { Diagnostic, Label, Result, Severity } from '../diagnostics/diagnostic.js';
export type { Entity, EntityStore } from '../entities/entity.js';
export type { EvaluationError, EvaluationErrorKind } from '../evaluator/evaluation-error.js';
export type { AuthorizerResponse } from './answerer.js';
export {
  type Authorizer,
  type AuthorizerOptions,
  createAuthorizer,
  parseEntities,
  type TypedAuthorizer,
  type TypedResponse,
} from './create-authorizer.js';
export type { Decision, PolicyError, Response } from './decide.js';
export type { EntityUidInput, Request } from './request.js';
export type { SchemaInput } from './schema-option.js';
export type { EntitiesOf, EntityOf, SchemaTypes, TypedRequest } from './schema-types.js';
export { parsePolicySet, type TextOptions } from './text-input.js';
