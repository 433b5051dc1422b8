// The public API, by step.

export { combinePolicySets } from './ast/combine-policy-sets.js';
export type { Expr } from './ast/expression.js';
export type { Annotation, Effect, Policy, PolicySet, Template, TemplateLink } from './ast/policy.js';
export {
  type Authorizer,
  type AuthorizerOptions,
  type AuthorizerResponse,
  createAuthorizer,
  parseEntities,
  parsePolicySet,
} from './authorizer/create-authorizer.js';
export type { Decision as AuthorizationDecision, PolicyError, Response } from './authorizer/decide.js';
export type { EntityUidInput, Request } from './authorizer/request.js';
export { DeodarError } from './diagnostics/deodar-error.js';
export type { Diagnostic, Label, Result, Severity } from './diagnostics/diagnostic.js';
export { renderDiagnostic, renderDiagnostics } from './diagnostics/render.js';
export type { Entity, EntityStore } from './entities/entity.js';
export type { EvaluationError, EvaluationErrorKind } from './evaluator/evaluation-error.js';
export { type FormatOptions, formatPolicies } from './formatter/format-policies.js';
export { type AdjudicatedPolicy, type Adjudication, type AdjudicationError, Decision } from './harness/adjudication.js';
export type { Agent, Tool, ToolHints, Workspace } from './harness/agent.js';
export { type AgentSchema, type AgentTool, createAgentSchema } from './harness/agent-schema.js';
export { decideOutcomes } from './harness/decision-table.js';
export { type AgentEvent, type Content, Role, Stage } from './harness/event.js';
export { type FactRow, factReport } from './harness/fact-report.js';
export { BlockedError, guard } from './harness/guard.js';
export { type HarnessOptions, type InitializeOptions, PolicyHarness } from './harness/policy-harness.js';
export type { PolicyFile } from './harness/prepare-harness.js';
export { parseSchema } from './parser/parse-schema.js';
export { resolveSchema } from './schema/resolve-schema.js';
export { schemaFromJson } from './schema/schema-from-json.js';
export type { Source, Span } from './text/source.js';
export { typePolicy } from './validator/type-policy.js';
export { validatePolicies } from './validator/validate-policies.js';
export type { EntityUid, Value } from './values/value.js';
