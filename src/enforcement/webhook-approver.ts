import {
  BYTES_OR_TEXT,
  FUNCTION,
  numberThat,
  type OptionRule,
  type OptionRules,
  objectWith,
  required,
  requireOptions,
  TEXT,
} from '../diagnostics/check-options.js';
import { isJsonObject, type JsonObject } from '../json/json-value.js';
import { parseJson } from '../json/parse-json.js';
import { createSource } from '../text/source.js';
import type { ApprovalAnswer, ApprovalContext, ApprovalRequest, ApprovalSignal, Approver } from './approval.js';
import { type ApprovalStore, createApprovalStore, type Taken } from './approval-store.js';
import { checkSecret, signMessage, verifyMessage } from './signed-message.js';

export interface WebhookOptions {
  /** URL of each route, by the argument of `@escalate`. */
  readonly routes: Readonly<Record<string, string>>;
  /** URL of a bare `@escalate`; without it nobody is asked there, and the call is refused. */
  readonly fallback?: string;
  /** Shared with the other side, at least 16 bytes: signs requests and callbacks. */
  readonly secret: string | Uint8Array;
  /** Where requests wait for their callback; default: a store of this process, for which calls wait. */
  readonly store?: ApprovalStore;
  /** Where the other side calls back; sent along. */
  readonly callbackUrl?: string;
  /** How long the other side may take to accept a request; default 10,000. */
  readonly requestTimeoutMs?: number;
  /** How far the clocks may differ; default 300. */
  readonly toleranceSeconds?: number;
  /** The body to send, such as `slackMessage`; default: every field of the request but for its arguments' freezing. */
  readonly body?: (request: ApprovalRequest) => object;
  /** Milliseconds since 1970; default `Date.now`. */
  readonly now?: () => number;
}

/** A callback as an HTTP server receives it. */
export interface Callback {
  /** By names in lower case, as Node gives them. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** As it was sent: the signature is made of these characters. */
  readonly body: string;
}

/** What to answer to a callback. */
export interface CallbackReply {
  readonly status: 200 | 400 | 401 | 404 | 409 | 410;
  readonly body: string;
}

export interface WebhookApprover extends Approver {
  readonly store: ApprovalStore;
  /**
   * Takes a callback `{ id, nonce, binding, decision: "approve" | "reject", approver, comment? }`, signed as `signMessage`
   * does with the direction `callback`. Everything else is refused, and changes nothing: 401 forged or unsigned, 409
   * seen or answered before, 410 too late, 404 unknown, 400 malformed.
   */
  readonly handleCallback: (callback: Callback) => CallbackReply;
}

const URL_TEXT: OptionRule = { allowed: 'a URL of http or https', test: isUrl };
const TIME = 'a number above zero';

const WEBHOOK_OPTIONS: OptionRules = {
  routes: required({
    allowed: 'an object with a URL of http or https for each route',
    test: (value) => typeof value === 'object' && value !== null && Object.values(value).every(isUrl),
  }),
  fallback: URL_TEXT,
  secret: required(BYTES_OR_TEXT),
  store: objectWith('what `createApprovalStore` gives', 'requestApproval', 'approve', 'reject', 'request'),
  callbackUrl: TEXT,
  requestTimeoutMs: numberThat(TIME, (ms) => ms > 0 && ms <= 2 ** 31 - 1),
  toleranceSeconds: numberThat(TIME, (seconds) => seconds > 0 && Number.isFinite(seconds)),
  body: FUNCTION,
  now: FUNCTION,
};

function isUrl(value: unknown): boolean {
  return typeof value === 'string' && /^https?:\/\//i.test(value) && URL.canParse(value);
}

/**
 * Asks by HTTP: posts a signed request to the URL of its route and waits for a signed callback. A callback counts from when the
 * request is sent, also before the other side has answered it, or where that answer is an error or never comes: it is
 * signed, and names what only the request says. Without one, a request that is not accepted is a refusal.
 */
export function webhookApprover(options: WebhookOptions): WebhookApprover {
  requireOptions(options, WEBHOOK_OPTIONS, 'webhookApprover()');
  checkSecret(options.secret);
  const { secret, now = Date.now, toleranceSeconds: tolerance = 300 } = options;
  const store = options.store ?? createApprovalStore({ secret, now });
  const seen = new Map<string, number>();
  return {
    store,
    requestApproval: (request, context) => ask(options, store, request, context),
    handleCallback: (callback) => {
      const reply = (status: CallbackReply['status'], message: string): CallbackReply => ({
        status,
        body: JSON.stringify(status === 200 ? { ok: true } : { ok: false, problem: message }),
      });
      if (!isCallback(callback)) return reply(400, 'malformed');
      const checking = { direction: 'callback', secret, now: now(), toleranceSeconds: tolerance } as const;
      const problem = verifyMessage(callback.headers, callback.body, checking);
      if (problem === 'stale') return reply(410, problem);
      if (problem !== undefined) return reply(401, problem);
      if (isSeen(seen, String(callback.headers['deodar-nonce']), now(), tolerance)) return reply(409, 'seen');
      const json = parseJson(createSource(callback.body, 'callback'));
      if (!json.ok || !isJsonObject(json.value)) return reply(400, 'malformed');
      const taken = takeAnswer(store, json.value);
      if (taken.ok) return reply(200, '');
      return reply(STATUS[taken.problem] ?? 400, taken.problem);
    },
  };
}

/** Bodies that a server parsed or left as bytes are not the characters that were signed. */
function isCallback(given: unknown): boolean {
  if (typeof given !== 'object' || given === null || !('headers' in given) || !('body' in given)) return false;
  return typeof given.headers === 'object' && given.headers !== null && typeof given.body === 'string';
}

const STATUS: Readonly<Record<string, CallbackReply['status']>> = { unknown: 404, expired: 410, answered: 409 };

/** Whether a nonce came before. Those that are too old to be accepted anyway are forgotten. */
function isSeen(seen: Map<string, number>, nonce: string, now: number, toleranceSeconds: number): boolean {
  // A message may come from a clock that runs ahead, so it stays acceptable for twice the tolerance.
  for (const [old, at] of seen) {
    if (now - at <= 2 * toleranceSeconds * 1000) break;
    seen.delete(old);
  }
  if (seen.has(nonce)) return true;
  seen.set(nonce, now);
  return false;
}

function takeAnswer(
  store: ApprovalStore,
  answer: JsonObject,
): Taken | { readonly ok: false; readonly problem: string } {
  const { id, nonce, binding, decision, approver, comment } = answer;
  if (typeof id !== 'string' || typeof approver !== 'string') return { ok: false, problem: 'malformed' };
  const request = store.request(id);
  if (request === undefined) return { ok: false, problem: 'unknown' };
  if (nonce !== request.nonce || binding !== request.binding) return { ok: false, problem: 'of another request' };
  if (decision === 'approve') return store.approve(id, { approver });
  if (decision !== 'reject') return { ok: false, problem: 'malformed' };
  return store.reject(id, { approver, ...(typeof comment === 'string' ? { comment } : {}) });
}

async function ask(
  options: WebhookOptions,
  store: ApprovalStore,
  request: ApprovalRequest,
  context: ApprovalContext,
): Promise<ApprovalAnswer> {
  const url = urlOf(options, request.routeTo);
  if (url === undefined) throw new Error(`No webhook configured for: ${request.routeTo ?? 'a person'}`);
  // Kept before it is sent: the callback may be quicker than the answer to the request.
  const answer = Promise.resolve(store.requestApproval(request, context));
  const posted = post(options, url, request, context.signal);
  // An answer that a store puts off counts once the request has arrived; a decision counts when it is there.
  const decided = answer.then<ApprovalAnswer>((given) => ('pending' in given ? posted.then(() => given) : given));
  try {
    return await Promise.race([decided, posted.then(() => answer)]);
  } catch (error) {
    // Nobody was asked, so nobody's answer may be waited for. A decision that came by then was signed for this request, so
    // that somebody got it, whatever became of the connection.
    if (store.reject(request.id, { approver: 'webhook' }).ok) throw error;
    return answer;
  }
}

function urlOf({ routes, fallback }: WebhookOptions, route: string | null): string | undefined {
  if (route === null) return fallback;
  return Object.hasOwn(routes, route) ? routes[route] : undefined;
}

async function post(
  options: WebhookOptions,
  url: string,
  request: ApprovalRequest,
  signal: ApprovalSignal,
): Promise<void> {
  const { secret, callbackUrl, requestTimeoutMs = 10_000, now = Date.now } = options;
  const sent = options.body?.(request) ?? { v: 1, type: 'approval-request', ...request, callbackUrl };
  const body = JSON.stringify(sent, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));
  // Made by hand: signals of `AbortSignal.any` and `AbortSignal.timeout` may be collected before they fire (Node 20).
  const controller = new AbortController();
  const withdraw = (): void => controller.abort();
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    controller.abort();
  }, requestTimeoutMs);
  signal.addEventListener('abort', withdraw);
  if (signal.aborted) withdraw();
  let response: Response;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...signMessage(body, { direction: 'request', secret, now: now() }),
      },
      body,
      // A request names what an agent wants to do: it goes where it was meant to go, and nowhere else.
      redirect: 'error',
      signal: controller.signal,
    });
  } catch (error) {
    throw new Error(isLate ? 'The webhook did not answer in time.' : 'The webhook cannot be reached.', {
      cause: error,
    });
  } finally {
    clearTimeout(timer);
  }
  await response.body?.cancel();
  if (!response.ok) throw new Error(`The webhook answered with status ${response.status}.`);
}
