import type { PolicyId, PolicyJson } from './json-types.js';
import type { SchemaJson } from './schema-types.js';

/** A problem and where it is. */
export interface DetailedError {
  message: string;
  help: string | null;
  /** Always null, as the official package has no codes. */
  code: string | null;
  url: string | null;
  /** Null for errors. */
  severity: Severity | null;
  sourceLocations?: SourceLabel[];
  /** Other problems of the same text. */
  related?: DetailedError[];
}

/** How bad a problem is. */
export type Severity = 'advice' | 'warning' | 'error';

/** A stretch of a text, in bytes of its UTF-8 form; the end is exclusive. */
export interface SourceLocation {
  start: number;
  end: number;
}

/** A stretch of a text with a remark. */
export interface SourceLabel extends SourceLocation {
  label: string | null;
}

/** Whether something can be read. */
export type CheckParseAnswer = { type: 'success' } | { type: 'failure'; errors: DetailedError[] };

/** Cedar's decision. */
export type Decision = 'allow' | 'deny';

/** A policy that could not be evaluated. */
export interface AuthorizationError {
  policyId: string;
  error: DetailedError;
}

/** Why a request was decided as it was: the determining policies and the policies that could not be evaluated. */
export interface Diagnostics {
  reason: PolicyId[];
  errors: AuthorizationError[];
}

/** Decision about a request. */
export interface Response {
  decision: Decision;
  diagnostics: Diagnostics;
}

/** Answer to an authorization call; a failure means that the call could not be read, and nothing was evaluated. */
export type AuthorizationAnswer =
  | { type: 'failure'; errors: DetailedError[]; warnings: DetailedError[] }
  | { type: 'success'; response: Response; warnings: DetailedError[] };

/** What is left of the policies when parts of the request are not known. */
export interface ResidualResponse {
  decision: Decision | null;
  satisfied: PolicyId[];
  errored: PolicyId[];
  mayBeDetermining: PolicyId[];
  mustBeDetermining: PolicyId[];
  residuals: Record<string, PolicyJson>;
  nontrivialResiduals: PolicyId[];
}

/** Answer to a partial authorization call. */
export type PartialAuthorizationAnswer =
  | { type: 'failure'; errors: DetailedError[]; warnings: DetailedError[] }
  | { type: 'residuals'; response: ResidualResponse; warnings: DetailedError[] };

/** Formatted policies. */
export type FormattingAnswer =
  | { type: 'failure'; errors: DetailedError[] }
  | { type: 'success'; formatted_policy: string };

/** Types of principals, actions and types of resources for which a policy can apply. */
export type GetValidRequestEnvsResult =
  | { type: 'success'; principals: string[]; actions: string[]; resources: string[] }
  | { type: 'failure'; error: string };

/** The policies and templates of a text, each in alphabetical order of `policy0`, `policy1`, `policy10` and so on. */
export type PolicySetTextToPartsAnswer =
  | { type: 'success'; policies: string[]; policy_templates: string[] }
  | { type: 'failure'; errors: DetailedError[] };

/** A policy as JSON; integers beyond 2^53 are bigints. */
export type PolicyToJsonAnswer = { type: 'success'; json: PolicyJson } | { type: 'failure'; errors: DetailedError[] };

/** A policy as text. */
export type PolicyToTextAnswer = { type: 'success'; text: string } | { type: 'failure'; errors: DetailedError[] };

/** A schema as JSON. */
export type SchemaToJsonAnswer =
  | { type: 'success'; json: SchemaJson<string>; warnings: DetailedError[] }
  | { type: 'failure'; errors: DetailedError[] };

/** A schema as JSON in which every reference says whether it means an entity type or a common type. */
export type SchemaToJsonWithResolvedTypesAnswer =
  | { type: 'success'; json: SchemaJson<string>; warnings: DetailedError[] }
  | { type: 'failure'; errors: DetailedError[] };

/** A schema as text. */
export type SchemaToTextAnswer =
  | { type: 'success'; text: string; warnings: DetailedError[] }
  | { type: 'failure'; errors: DetailedError[] };

/** A problem of one policy. */
export interface ValidationError {
  policyId: string;
  error: DetailedError;
}

/** What is wrong with policies by a schema; a failure means that policies or schema could not be read. */
export type ValidationAnswer =
  | { type: 'failure'; errors: DetailedError[]; warnings: DetailedError[] }
  | {
      type: 'success';
      validationErrors: ValidationError[];
      validationWarnings: ValidationError[];
      otherWarnings: DetailedError[];
    };
