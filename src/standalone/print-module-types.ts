import type { PolicySet } from '../ast/policy.js';

/** What the declarations of every compiled module say; only the ids differ. */
const TYPES = `/** Name of an entity, or Cedar text such as \`User::"alice"\`. */
export type EntityUidInput = string | { readonly type: string; readonly id: string };

export interface Request {
  readonly principal: EntityUidInput;
  readonly action: EntityUidInput;
  readonly resource: EntityUidInput;
  /** A JSON object, or JSON text of one; empty when absent. */
  readonly context?: unknown;
  /** Further entities, for this request only. */
  readonly entities?: unknown;
}

/** Why a policy could not be evaluated. */
export interface EvaluationError {
  readonly kind: string;
  readonly message: string;
  readonly help: string | undefined;
  /** The expression at fault: UTF-16 offsets into the text of the policy's file. */
  readonly span: { readonly start: number; readonly end: number } | undefined;
}

export interface PolicyError {
  readonly policyId: PolicyId;
  readonly error: EvaluationError;
}

/** What is wrong with a request or with entities. */
export interface Diagnostic {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'note';
  readonly message: string;
  readonly help?: string;
  /** Where in the data, as a JSON pointer. */
  readonly pointer?: string;
}

export interface Response {
  readonly decision: 'allow' | 'deny';
  /** The determining policies: the satisfied forbids if there are any, else the satisfied permits. */
  readonly reason: readonly PolicyId[];
  /** Every policy that could not be evaluated, whatever the decision. */
  readonly errors: readonly PolicyError[];
  /** Why the request or the entities could not be read; then the decision is deny. */
  readonly diagnostics?: readonly Diagnostic[];
}

/** Entities that were read once. */
export interface Entities {
  isIn(descendant: EntityName, ancestor: EntityName): boolean;
}

export interface EntityName {
  readonly kind: 'entity';
  readonly type: string;
  readonly id: string;
}

export type EntitiesResult =
  | { readonly ok: true; readonly value: Entities; readonly diagnostics: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/**
 * Cedar's answer. Never throws. The entities are entity JSON, as values or text, which is read at each call, or the
 * value that \`parseEntities\` made of it once, which is much faster.
 */
export declare function isAuthorized(request: Request, entities?: unknown): Response;

/** Reads entity JSON for many requests. */
export declare function parseEntities(entities: unknown): EntitiesResult;
`;

/** Writes the declarations of a compiled module, which import nothing either. */
export function printModuleTypes({ policies, links }: PolicySet): string {
  const ids = [...policies, ...links].map(({ id }) => `\n  | ${textLiteral(id)}`);
  return `// Types of the compiled policies beside this file.

/** Ids of the policies and links that can stand in an answer. */
export type PolicyId =${ids.length === 0 ? ' never' : ids.join('')};

${TYPES}`;
}

function textLiteral(text: string): string {
  return JSON.stringify(text).replace(/[\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16)}`);
}
