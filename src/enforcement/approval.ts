import { randomBytes, randomUUID } from 'node:crypto';
import type { Adjudication } from '../harness/adjudication.js';
import type { PolicyHarness } from '../harness/policy-harness.js';
import { canonicalJson } from '../json/canonical-json.js';
import { createJsonObject, type JsonObject, type JsonValue } from '../json/json-value.js';
import { sha256 } from '../ledger/sha256.js';
import { printEntityUid } from '../values/print.js';
import { entityUid } from '../values/value.js';

/** What a person is asked: one route of one escalation. */
export interface ApprovalRequest {
  /** Cannot be guessed. */
  readonly id: string;
  /** The tool, or the stage of a message. */
  readonly action: string;
  /** Its arguments, or its response, deeply frozen. */
  readonly args: unknown;
  readonly reason: string;
  /** Argument of `@escalate`; null for a bare one. */
  readonly routeTo: string | null;
  readonly stage: string;
  readonly principal: string;
  readonly trajectoryId: string;
  /** SHA-256 over everything that is approved: principal, trajectory, stage, action, arguments, policies, schema. */
  readonly binding: string;
  readonly nonce: string;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly expiresAt: string;
}

/** A person's answer. `pending` says that it comes later, through a store. */
export type ApprovalAnswer =
  | { readonly approved: boolean; readonly approver: string; readonly comment?: string }
  | { readonly pending: true };

/** Says when an answer is no longer wanted: an `AbortSignal`. */
export interface ApprovalSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
}

/** What an approver learns beside the request. */
export interface ApprovalContext {
  /** Aborted when the answer is no longer wanted. */
  readonly signal: ApprovalSignal;
  /** The call that waits, to be kept with the request. */
  readonly call: WaitingCall;
}

/** Asks a person. What it throws, and any answer that has not this form with members of its own, is a refusal. */
export interface Approver {
  readonly requestApproval: (
    request: ApprovalRequest,
    context: ApprovalContext,
  ) => ApprovalAnswer | Promise<ApprovalAnswer>;
}

/** A call that waits for approval, as plain data. */
export interface WaitingCall {
  readonly id: string;
  readonly event: JsonValue;
  /** What `PolicyHarness.save` wrote. */
  readonly trajectory: string;
}

/** What an approval is bound to, beside its own route, id, nonce and expiry. */
export interface ApprovalSubject {
  readonly harness: PolicyHarness;
  readonly trajectoryId: string;
  readonly event: JsonValue;
}

type Bound = Pick<ApprovalRequest, 'id' | 'routeTo' | 'nonce' | 'expiresAt'>;

/** The hash that ties an approval to one call under one set of policies. */
export function approvalBinding(subject: ApprovalSubject, { id, routeTo, nonce, expiresAt }: Bound): string {
  const { prepared } = subject.harness;
  const json: JsonObject = Object.assign(createJsonObject(), {
    v: 1,
    principal: principalOf(subject),
    agent: prepared?.agent.id ?? null,
    trajectory: subject.trajectoryId,
    event: subject.event,
    policySet: prepared?.policySetHash ?? null,
    schema: prepared?.schemaHash ?? null,
    route: routeTo,
    id,
    nonce,
    expiresAt,
  });
  return sha256(canonicalJson(json));
}

function principalOf({ harness, trajectoryId }: ApprovalSubject): string {
  const user = harness.trajectory(trajectoryId)?.user;
  return printEntityUid(
    user === undefined ? entityUid('Agent', harness.prepared?.agent.id ?? '') : entityUid('User', user),
  );
}

/** One request for each route of an escalation. */
export function approvalRequests(
  subject: ApprovalSubject,
  adjudication: Adjudication,
  args: unknown,
  { now, timeoutMs }: { readonly now: number; readonly timeoutMs: number },
): readonly ApprovalRequest[] {
  return adjudication.routes.map((routeTo) => {
    const bound: Bound = {
      id: randomUUID(),
      routeTo,
      nonce: randomBytes(16).toString('hex'),
      expiresAt: new Date(now + timeoutMs).toISOString(),
    };
    return Object.freeze({
      ...bound,
      action: adjudication.toolId ?? adjudication.stage ?? '?',
      args,
      reason: adjudication.reason,
      stage: adjudication.stage ?? '?',
      principal: principalOf(subject),
      trajectoryId: subject.trajectoryId,
      binding: approvalBinding(subject, bound),
      createdAt: new Date(now).toISOString(),
    });
  });
}

const LONGEST_NAME = 200;

/** What was read of an answer. */
export type ReadAnswer =
  | { readonly kind: 'pending' }
  | {
      readonly kind: 'answered';
      readonly approved: boolean;
      readonly approver: string;
      readonly comment: string | undefined;
    };

/**
 * Reads what an approver answered; undefined when it is no answer. Only members of the answer's own count, each read once:
 * what a prototype says was said by nobody.
 */
export function readAnswer(answer: unknown): ReadAnswer | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined;
  if (own(answer, 'pending') === true) return { kind: 'pending' };
  const approved = own(answer, 'approved');
  const approver = own(answer, 'approver');
  const comment = own(answer, 'comment');
  if (typeof approved !== 'boolean' || !isApproverName(approver)) return undefined;
  return { kind: 'answered', approved, approver, comment: typeof comment === 'string' ? comment : undefined };
}

function own(answer: object, name: string): unknown {
  return Object.hasOwn(answer, name) ? Reflect.get(answer, name) : undefined;
}

/** Whether this can name the person who answered. */
export function isApproverName(name: unknown): name is string {
  return typeof name === 'string' && name.trim() !== '' && name.length <= LONGEST_NAME && !/[\p{Cc}\p{Cs}]/u.test(name);
}
