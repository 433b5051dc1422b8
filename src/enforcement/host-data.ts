import { failure, type Result, success } from '../diagnostics/diagnostic.js';
import type { PolicyHarness } from '../harness/policy-harness.js';
import { createJsonObject, isJsonObject, type JsonValue } from '../json/json-value.js';
import type { GuardSettings } from './guard-options.js';
import { readOnce } from './snapshot.js';
import { microsOf } from './spending.js';

interface Asking {
  readonly harness: PolicyHarness;
  readonly settings: GuardSettings;
  readonly toolId: string;
  readonly trajectoryId: string | undefined;
}

/**
 * What policies see as `context.host` of a call now, read once; undefined where the host says nothing. `before` is what it said
 * when the call was first judged: that stands where the host is not asked again.
 */
export function hostData(call: Asking, before?: JsonValue): Result<JsonValue> | undefined {
  const { host, maxLength } = call.settings;
  const now: unknown = typeof host === 'function' ? Reflect.apply(host, undefined, []) : host;
  const said = now === undefined ? undefined : readOnce(now, maxLength);
  const account = accountMembers(call);
  if (account === undefined || said?.ok === false) return said;
  if (said === undefined) return success(Object.assign(createJsonObject(), before, account));
  // What the host counts itself is what counts.
  return isJsonObject(said.value) ? success(Object.assign(createJsonObject(), account, said.value)) : said;
}

/** The event with what the host says now in place of what it said before. */
export function withHostNow(call: Asking, event: Result<JsonValue>): Result<JsonValue> {
  if (!event.ok || !isJsonObject(event.value) || event.value.stage !== 'PRE_TOOL') return event;
  const before = isJsonObject(event.value.host) ? event.value.host : undefined;
  const host = hostData(call, before);
  if (host === undefined) return event;
  return host.ok
    ? success(Object.assign(createJsonObject(), event.value, { host: host.value }))
    : failure(host.diagnostics);
}

/** Of an account what the agent's `hostSchema` declares: anything else no policy could ask for. */
function accountMembers({ harness, settings, toolId, trajectoryId }: Asking): object | undefined {
  const { account } = settings;
  if (account === undefined) return undefined;
  const declared = declaredIn(harness);
  const { costUsd, tags, spending } = account;
  const members = Object.entries({
    actionSpentMicros: spending.actionMicros(toolId),
    costMicros: microsOf(costUsd),
    sessionSpentMicros: spending.totalMicros(),
    spentMicros: trajectoryId === undefined ? 0 : spending.runMicros(trajectoryId),
    tags: [...tags],
  }).filter(([name]) => declared.has(name));
  return members.length === 0 ? undefined : Object.fromEntries(members);
}

const NOTHING: ReadonlySet<string> = new Set();
const declaredBy = new WeakMap<object, ReadonlySet<string>>();

/** The members of `context.host`, which actions share. */
function declaredIn({ prepared }: PolicyHarness): ReadonlySet<string> {
  if (prepared?.profile.name !== 'deodar') return NOTHING;
  const known = declaredBy.get(prepared);
  if (known !== undefined) return known;
  const { profile } = prepared;
  const uid = profile.actions[0]?.uid;
  const action = uid === undefined ? undefined : profile.schema.actionTypes.get(uid.type)?.actions.get(uid.id);
  const host = action?.context.attributes.get('host')?.type;
  const names = host?.kind === 'record' ? new Set(host.attributes.keys()) : NOTHING;
  declaredBy.set(prepared, names);
  return names;
}
