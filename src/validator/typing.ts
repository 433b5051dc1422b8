import type { Expr } from '../ast/expression.js';
import type { Policy } from '../ast/policy.js';
import type { RequestEnvironment, Schema } from '../schema/schema.js';
import type { Source } from '../text/source.js';
import { BOOL, type CedarType, entityType } from '../types/cedar-type.js';
import type { Capabilities, KnownCapabilities } from './capabilities.js';
import type { ExpressionType } from './expression-type.js';
import type { Problem } from './problem.js';
import type { Propose } from './proposals.js';
import type { Shapes } from './shapes.js';
import type { ValidationMode } from './validation-mode.js';

/** What is known while the expressions of one policy are typed in one request environment. */
export interface Typing {
  /** Of the policy; undefined when it was read from JSON. */
  readonly source: Source | undefined;
  readonly schema: Schema;
  readonly mode: ValidationMode;
  readonly environment: RequestEnvironment;
  readonly principal: CedarType;
  readonly action: CedarType;
  readonly resource: CedarType;
  /** What the expressions around the present one guarantee. */
  readonly known: KnownCapabilities;
  readonly shapes: Shapes;
  /** Takes the types of all expressions that are typed, when somebody wants them. */
  readonly types: Map<Expr, ExpressionType> | undefined;
  readonly report: Report;
  readonly propose: Propose;
  /** Types an expression of any kind. */
  readonly typeOf: (expr: Expr, typing: Typing) => Answer;
}

/** Takes a problem, which is only put into words where somebody wants to know. */
export type Report = (describe: () => Problem) => void;

/** What typing an expression gives. */
export interface Answer {
  /** Undefined when nothing can be said; a failed expression may still have a type. */
  readonly type: ExpressionType | undefined;
  /** Whether the expression and everything in it that can be evaluated is right. */
  readonly ok: boolean;
  /** What holds when the expression is true; nothing when it failed. */
  readonly grants: Capabilities;
}

export const FAILED: Answer = { type: undefined, ok: false, grants: undefined };
export const FAILED_BOOL: Answer = { type: BOOL, ok: false, grants: undefined };
export const SOME_BOOL: Answer = { type: BOOL, ok: true, grants: undefined };

/** An answer whose success depends on that of operands. */
export function answer(type: ExpressionType | undefined, ok: boolean, grants?: Capabilities): Answer {
  return { type, ok, grants: ok ? grants : undefined };
}

/** What stays the same while a policy is typed in one request environment after the other. */
export interface TypingSetup {
  readonly policy: Pick<Policy, 'source'>;
  readonly schema: Schema;
  readonly mode: ValidationMode;
  readonly shapes: Shapes;
  readonly known: KnownCapabilities;
  readonly report: Report;
  readonly propose: Propose;
  readonly typeOf: Typing['typeOf'];
}

/** Starts typing in a request environment. Made for every environment of every policy, so field by field. */
export function startTyping(
  setup: TypingSetup,
  environment: RequestEnvironment,
  types: Map<Expr, ExpressionType> | undefined,
): Typing {
  return {
    source: setup.policy.source,
    schema: setup.schema,
    mode: setup.mode,
    environment,
    principal: entityType(environment.principal),
    action: entityType(environment.action.uid.type),
    resource: entityType(environment.resource),
    known: setup.known,
    shapes: setup.shapes,
    types,
    report: setup.report,
    propose: setup.propose,
    typeOf: setup.typeOf,
  };
}

/** Types an expression once more, without reporting anything: the type of it and of everything in it. */
export function retype(expr: Expr, typing: Typing): ReadonlyMap<Expr, ExpressionType> {
  const types = new Map<Expr, ExpressionType>();
  typing.typeOf(expr, { ...typing, types, report: () => {} });
  return types;
}
