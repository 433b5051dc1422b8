// The public API, by step.

export { LINT_RULES, type LintOptions, lintPolicies } from './analysis/lint-policies.js';
export { type Flip, type Replay, replay } from './analysis/replay.js';
export { combinePolicySets } from './ast/combine-policy-sets.js';
export type { Expr } from './ast/expression.js';
export type { Annotation, Effect, Policy, PolicySet, Template, TemplateLink } from './ast/policy.js';
export type { AuthorizerResponse } from './authorizer/answerer.js';
export {
  type Authorizer,
  type AuthorizerOptions,
  createAuthorizer,
  parseEntities,
  type TypedAuthorizer,
  type TypedResponse,
} from './authorizer/create-authorizer.js';
export type { Decision as AuthorizationDecision, PolicyError, Response } from './authorizer/decide.js';
export type {
  DatetimeJson,
  DecimalJson,
  DurationJson,
  EmptyRecord,
  EntityJson,
  InheritedMember,
  IpaddrJson,
  TypedUid,
} from './authorizer/json-forms.js';
export type { EngineCounts, EngineOptions } from './authorizer/policy-engine.js';
export type { EntityUidInput, Request } from './authorizer/request.js';
export type { SchemaInput } from './authorizer/schema-option.js';
export type { EntitiesOf, EntityOf, SchemaTypes, TypedRequest } from './authorizer/schema-types.js';
export { formatPolicies, parsePolicySet, parseSchema, type TextOptions } from './authorizer/text-input.js';
export { DeodarError } from './diagnostics/deodar-error.js';
export type { Diagnostic, Label, Result, Severity } from './diagnostics/diagnostic.js';
export { renderDiagnostic, renderDiagnostics } from './diagnostics/render.js';
export type { AccountOptions } from './enforcement/accounted-settings.js';
export type {
  ApprovalAnswer,
  ApprovalContext,
  ApprovalRequest,
  ApprovalSignal,
  Approver,
  WaitingCall,
} from './enforcement/approval.js';
export { type ApprovalStore, type ApprovalStoreOptions, createApprovalStore } from './enforcement/approval-store.js';
export { type ConsoleApproverOptions, callbackApprover, consoleApprover } from './enforcement/approvers.js';
export { ApprovalPendingError, BlockedError, type BlockedKind } from './enforcement/blocked-error.js';
export { guard, guardSync } from './enforcement/guard.js';
export {
  type ActionOptions,
  type AnyAction,
  type GuardedAction,
  guardAction,
  guardedAction,
  type MethodOptions,
} from './enforcement/guard-action.js';
export type { GuardOptions } from './enforcement/guard-options.js';
export { type Refusal, type RefusalOptions, refusalText } from './enforcement/refusal-text.js';
export { resumeCall } from './enforcement/resume-call.js';
export { signMessage, verifyMessage } from './enforcement/signed-message.js';
export { slackMessage } from './enforcement/slack-message.js';
export {
  type ActionTotal,
  createSpending,
  type Spending,
  type SpendingSnapshot,
} from './enforcement/spending.js';
export { type WebhookApprover, type WebhookOptions, webhookApprover } from './enforcement/webhook-approver.js';
export type { Entity, EntityStore } from './entities/entity.js';
export type { EvaluationError, EvaluationErrorKind } from './evaluator/evaluation-error.js';
export type { FormatOptions } from './formatter/format-policies.js';
export {
  type AdjudicatedPolicy,
  type Adjudication,
  type AdjudicationError,
  Decision,
  type GrantedApproval,
} from './harness/adjudication.js';
export type { Agent, Tool, ToolHints, Workspace } from './harness/agent.js';
export { type AgentSchema, type AgentTool, createAgentSchema } from './harness/agent-schema.js';
export { createProfile, type ProfileSettings } from './harness/create-profile.js';
export { decideOutcomes } from './harness/decision-table.js';
export { type AgentEvent, type Content, Role, Stage } from './harness/event.js';
export { type FactRow, factReport } from './harness/fact-report.js';
export { type Feedback, feedbackOf } from './harness/feedback.js';
export { createMcpSchema, type McpSchemaOptions } from './harness/mcp-schema.js';
export { readMcpTools } from './harness/mcp-types.js';
export { type LedgerOptions, openLedger } from './harness/open-ledger.js';
export {
  type AdjudicationMoment,
  type HarnessOptions,
  type InitializeOptions,
  PolicyHarness,
} from './harness/policy-harness.js';
export type { MatrixRow } from './harness/policy-matrix.js';
export type { PolicyFile } from './harness/prepare-harness.js';
export type { Profile } from './harness/profile.js';
export { type SpanOptions, spanOf } from './harness/span.js';
export { type FieldReport, mapObjectSchema } from './harness/tool-mapping.js';
export type { AppendOptions, Ledger, RedactedValue, Redaction, RowSetup } from './ledger/ledger.js';
export { LedgerError, type LedgerProblem } from './ledger/ledger-error.js';
export type { LedgerKey } from './ledger/ledger-key.js';
export { type LedgerRow, readRows } from './ledger/read-rows.js';
export { commitmentTo, redactionSalt } from './ledger/redaction.js';
export type { RowHead, RowMembers } from './ledger/row.js';
export { type LedgerReport, type VerifyOptions, verifyLedger } from './ledger/verify-ledger.js';
export { printSchema } from './schema/print-schema.js';
export { resolveSchema } from './schema/resolve-schema.js';
export { schemaFromJson } from './schema/schema-from-json.js';
export type { Source, Span } from './text/source.js';
export type { ExpressionType } from './validator/expression-type.js';
export type { PolicyTest } from './validator/policy-tests.js';
export { type TypedPolicy, type TypingOptions, typePolicy, type Verdict } from './validator/type-policy.js';
export { type ValidationOptions, validatePolicies } from './validator/validate-policies.js';
export type { ValidationDiagnostic, ValidationResult } from './validator/validation-result.js';
export type { EntityUid, Long, Value } from './values/value.js';
