import { createHmac, timingSafeEqual } from 'node:crypto';
import {
  BYTES_OR_TEXT,
  FUNCTION,
  type OptionRules,
  required,
  requireOptions,
  SWITCH,
} from '../diagnostics/check-options.js';
import type { GrantedApproval } from '../harness/adjudication.js';
import { jsonFromJavaScript } from '../json/from-javascript.js';
import { createJsonObject, isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.js';
import { parseJson } from '../json/parse-json.js';
import { printJson } from '../json/print-json.js';
import { createSource } from '../text/source.js';
import {
  type ApprovalAnswer,
  type ApprovalContext,
  type ApprovalRequest,
  type Approver,
  isApproverName,
  type WaitingCall,
} from './approval.js';
import { checkSecret } from './signed-message.js';
import { frozenValue } from './snapshot.js';
import { isOver, steadyClock } from './steady-clock.js';

export type ApprovalStatus = 'pending' | 'approved' | 'rejected' | 'expired' | 'used';

/** Why an answer was not taken. */
export type StoreProblem = 'unknown' | 'expired' | 'answered' | 'no-name';

/** What `approve` and `reject` say. */
export type Taken = { readonly ok: true } | { readonly ok: false; readonly problem: StoreProblem };

export interface ApprovalStoreOptions {
  /** At least 16 bytes; authenticates what `serialize` writes. */
  readonly secret: string | Uint8Array;
  /**
   * True (default): a guarded call waits for its answer. False: it throws `ApprovalPendingError`, and `resumeCall` runs
   * it later, in whatever process has the store.
   */
  readonly wait?: boolean;
  /**
   * Milliseconds since 1970; default `Date.now`. A clock that is turned back does not bring back what has expired; in
   * another process that goes as far as the time of `serialize`.
   */
  readonly now?: () => number;
}

interface Entry {
  readonly request: ApprovalRequest;
  readonly call: WaitingCall;
  status: ApprovalStatus;
  approver: string | undefined;
  comment: string | undefined;
  at: string | undefined;
  /** Waits for the answer in this process. */
  settle: ((answer: ApprovalAnswer) => void) | undefined;
}

/** Requests for approval that wait for answers from elsewhere: a page, a callback, another process. */
export interface ApprovalStore extends Approver {
  /** Requests without an answer that have not expired, oldest first. */
  readonly pending: () => readonly ApprovalRequest[];
  readonly approve: (id: string, by: { readonly approver: string }) => Taken;
  readonly reject: (id: string, by: { readonly approver: string; readonly comment?: string }) => Taken;
  /** Undefined for an id that is not known. */
  readonly status: (id: string) => ApprovalStatus | undefined;
  /** The request of an id. */
  readonly request: (id: string) => ApprovalRequest | undefined;
  /** All requests of the call, and stage, that a request belongs to. */
  readonly callOf: (id: string) => WaitingRequests | undefined;
  /** Marks approved requests as used; false, and nothing is marked, when one of them is not approved. */
  readonly use: (ids: readonly string[]) => boolean;
  /** Everything as versioned, authenticated text, for `createApprovalStore` in another process. */
  readonly serialize: () => string;
}

/** A call with the requests that it waits for. */
export interface WaitingRequests {
  readonly call: WaitingCall;
  readonly requests: readonly ApprovalRequest[];
  readonly statuses: readonly ApprovalStatus[];
  readonly approvals: readonly GrantedApproval[];
}

/** Who answers; a page that takes answers may hand over nothing. */
interface Answerer {
  readonly approver: string;
  readonly comment?: string;
}

const STORE_OPTIONS: OptionRules = { secret: required(BYTES_OR_TEXT), wait: SWITCH, now: FUNCTION };

/**
 * Makes a store, empty or from what `serialize` wrote. Throws when the secret is short or the text was not written
 * with it. The same text opened twice makes two stores that know nothing of each other: an approval is then used once
 * only where the harness has a ledger, which refuses the second use.
 */
export function createApprovalStore(options: ApprovalStoreOptions, serialized?: string): ApprovalStore {
  requireOptions(options, STORE_OPTIONS, 'createApprovalStore()');
  checkSecret(options.secret);
  if (serialized !== undefined && typeof serialized !== 'string')
    throw new TypeError('createApprovalStore() takes the text that `serialize` wrote, or nothing, after its options');
  const { secret, wait = true } = options;
  const read = serialized === undefined ? NOTHING_READ : readEntries(serialized, secret);
  const now = steadyClock(options.now ?? Date.now, read.at);
  const entries = new Map<string, Entry>();
  for (const entry of read.entries) entries.set(entry.request.id, entry);
  const current = (id: string): Entry | undefined => {
    const entry = entries.get(id);
    const open = entry?.status === 'pending' || entry?.status === 'approved';
    if (entry !== undefined && open && isOver(entry.request.expiresAt, now())) entry.status = 'expired';
    return entry;
  };
  const answer = (id: string, status: 'approved' | 'rejected', by: Answerer | undefined): Taken => {
    const { approver, comment } = by ?? {};
    const entry = current(id);
    if (entry === undefined) return { ok: false, problem: 'unknown' };
    if (approver === undefined || !isApproverName(approver)) return { ok: false, problem: 'no-name' };
    if (entry.status === 'expired') return { ok: false, problem: 'expired' };
    if (entry.status !== 'pending') return { ok: false, problem: 'answered' };
    const at = now();
    if (!Number.isFinite(at)) return { ok: false, problem: 'expired' };
    entry.status = status;
    entry.approver = approver;
    entry.comment = comment;
    entry.at = new Date(at).toISOString();
    if (entry.settle !== undefined && status === 'approved') entry.status = 'used';
    entry.settle?.({ approved: status === 'approved', approver, ...(comment === undefined ? {} : { comment }) });
    return { ok: true };
  };
  return {
    requestApproval: (request, context) => {
      forgetOldest(entries, current);
      return keep(entries, request, context, wait);
    },
    pending: () =>
      [...entries.keys()].flatMap((id) => {
        const entry = current(id);
        return entry?.status === 'pending' ? [entry.request] : [];
      }),
    approve: (id, by) => answer(id, 'approved', by),
    reject: (id, by) => answer(id, 'rejected', by),
    status: (id) => current(id)?.status,
    request: (id) => entries.get(id)?.request,
    callOf: (id) => callOf(entries, current, id),
    use: (ids) => {
      const used = ids.map(current);
      if (ids.length === 0 || !used.every((entry) => entry?.status === 'approved')) return false;
      for (const entry of used) if (entry !== undefined) entry.status = 'used';
      return true;
    },
    serialize: () => writeEntries([...entries.values()], now(), secret),
  };
}

function keep(
  entries: Map<string, Entry>,
  request: ApprovalRequest,
  { signal, call }: ApprovalContext,
  wait: boolean,
): ApprovalAnswer | Promise<ApprovalAnswer> {
  const entry: Entry = {
    request,
    call,
    status: 'pending',
    approver: undefined,
    comment: undefined,
    at: undefined,
    settle: undefined,
  };
  entries.set(request.id, entry);
  if (!wait) return { pending: true };
  return new Promise((resolve, reject) => {
    entry.settle = resolve;
    signal.addEventListener('abort', () => {
      // Nobody waits any more, so a later answer has nothing to be about.
      if (entry.status === 'pending') entry.status = 'expired';
      reject(new Error('the request was withdrawn'));
    });
  });
}

/** Requests that are remembered after they came to an end. */
const MOST_ENDED = 10_000;

function forgetOldest(entries: Map<string, Entry>, current: (id: string) => Entry | undefined): void {
  if (entries.size < MOST_ENDED) return;
  for (const id of entries.keys()) {
    const status = current(id)?.status;
    if (status === 'pending' || status === 'approved') continue;
    entries.delete(id);
    return;
  }
}

function callOf(
  entries: Map<string, Entry>,
  current: (id: string) => Entry | undefined,
  id: string,
): WaitingRequests | undefined {
  const asked = entries.get(id);
  if (asked === undefined) return undefined;
  const { call, request: first } = asked;
  const all = [...entries.keys()]
    .flatMap((other) => current(other) ?? [])
    .filter((entry) => entry.call.id === call.id && entry.request.stage === first.stage);
  return {
    call,
    requests: all.map(({ request }) => request),
    statuses: all.map(({ status }) => status),
    approvals: all.flatMap(({ request, status, approver, at }) =>
      status === 'approved' && approver !== undefined && at !== undefined
        ? [{ id: request.id, route: request.routeTo, approver, at }]
        : [],
    ),
  };
}

function mac(secret: string | Uint8Array, body: string): Buffer {
  return createHmac('sha256', secret).update(`deodar-approvals-v1\n${body}`, 'utf8').digest();
}

function writeEntries(entries: readonly Entry[], now: number, secret: string | Uint8Array): string {
  const kept = entries.map(({ request, call, status, approver, comment, at }) => {
    const json = jsonFromJavaScript({ request, call, status, approver, comment, at }, { leaveOutUndefined: true });
    if (!json.ok) throw new Error('a request for approval cannot be written as JSON');
    return json.value;
  });
  const body = createJsonObject();
  body.v = 1;
  // So that no later process takes the time for an earlier one.
  if (Number.isFinite(now)) body.at = new Date(now).toISOString();
  body.entries = kept;
  const text = printJson(body);
  return `${mac(secret, text).toString('hex')} ${text}`;
}

interface Read {
  readonly entries: readonly Entry[];
  /** When it was written, in milliseconds since 1970, as far as that is known. */
  readonly at: number;
}

const NOTHING_READ: Read = { entries: [], at: Number.NEGATIVE_INFINITY };

function readEntries(serialized: string, secret: string | Uint8Array): Read {
  const [given = ''] = serialized.split(' ', 1);
  const text = serialized.slice(given.length + 1);
  const expected = mac(secret, text);
  const written = Buffer.from(/^[0-9a-f]{64}$/.test(given) ? given : '', 'hex');
  if (written.length !== expected.length || !timingSafeEqual(written, expected))
    throw new TypeError('these approvals were not written with this secret, or were changed');
  const json = parseJson(createSource(text, 'approvals'));
  const body = json.ok && isJsonObject(json.value) && json.value.v === 1 ? json.value : undefined;
  if (!isJsonArray(body?.entries)) throw new TypeError('these approvals are of another version');
  const at = typeof body.at === 'string' ? Date.parse(body.at) : Number.NEGATIVE_INFINITY;
  return { entries: body.entries.map(readEntry), at };
}

const STATUSES: readonly ApprovalStatus[] = ['pending', 'approved', 'rejected', 'expired', 'used'];

function readEntry(json: JsonValue): Entry {
  const entry = member(json);
  const request = member(entry.request);
  const call = member(entry.call);
  const status = STATUSES.find((known) => known === entry.status);
  if (status === undefined) throw unreadable();
  return {
    request: Object.freeze({
      id: textOf(request.id),
      action: textOf(request.action),
      args: frozenValue(request.args ?? null),
      reason: textOf(request.reason),
      routeTo: request.routeTo === null ? null : textOf(request.routeTo),
      stage: textOf(request.stage),
      principal: textOf(request.principal),
      trajectoryId: textOf(request.trajectoryId),
      binding: textOf(request.binding),
      nonce: textOf(request.nonce),
      createdAt: textOf(request.createdAt),
      expiresAt: textOf(request.expiresAt),
    }),
    call: { id: textOf(call.id), event: call.event ?? null, trajectory: textOf(call.trajectory) },
    status,
    approver: optionalText(entry.approver),
    comment: optionalText(entry.comment),
    at: optionalText(entry.at),
    settle: undefined,
  };
}

function member(json: JsonValue | undefined): JsonObject {
  if (!isJsonObject(json)) throw unreadable();
  return json;
}

function textOf(json: JsonValue | undefined): string {
  if (typeof json !== 'string') throw unreadable();
  return json;
}

function optionalText(json: JsonValue | undefined): string | undefined {
  return typeof json === 'string' ? json : undefined;
}

function unreadable(): TypeError {
  return new TypeError('these approvals cannot be read');
}
