import { type Diagnostic, diagnostic, failure, type Result, success } from '../diagnostics/diagnostic.js';
import { createJsonObject, JsonFraction, type JsonValue, MAX_JSON_DEPTH } from './json-value.js';
import { type JsonStep, pointerOf } from './pointer.js';

/** Problems reported for one value. */
const MAX_PROBLEMS = 100;
/** Values read from one value, an object that is reached twice counting twice. */
const MAX_VALUES = 5_000_000;

export interface FromJavaScriptOptions {
  /** Members of objects that are undefined count as absent instead of being reported; default false. */
  readonly leaveOutUndefined?: boolean;
}

/**
 * Turns a value that a program hands over into JSON, as a copy that shares nothing with it. Own enumerable members
 * with string keys count. A number that is no safe integer becomes a `JsonFraction`, since it
 * may already be rounded. What JSON cannot say (undefined, functions, NaN, cycles, class instances, what has a
 * `toJSON` or is iterated otherwise...) is reported with its JSON pointer. Never throws, whatever getters and proxies do.
 */
export function jsonFromJavaScript(
  value: unknown,
  { leaveOutUndefined = false }: FromJavaScriptOptions = {},
): Result<JsonValue> {
  const copying: Copying = { leaveOutUndefined, path: [], open: [], problems: [], values: 0 };
  const copy = copyValue(copying, value);
  return copying.problems.length === 0 ? success(copy) : failure(copying.problems);
}

interface Copying {
  readonly leaveOutUndefined: boolean;
  readonly path: JsonStep[];
  /** The objects that the current one stands in; they are few, as they may not nest deeply. */
  readonly open: object[];
  readonly problems: Diagnostic[];
  values: number;
}

function refuse(copying: Copying, code: string, message: string, help: string): null {
  if (copying.problems.length < MAX_PROBLEMS)
    copying.problems.push(diagnostic(code, message, { pointer: pointerOf(copying.path), help }));
  return null;
}

function copyValue(copying: Copying, value: unknown): JsonValue {
  if (copying.problems.length >= MAX_PROBLEMS) return null;
  if (++copying.values > MAX_VALUES) {
    // The counter stays above the limit, so one report is enough to end the whole walk.
    if (copying.values > MAX_VALUES + 1) return null;
    return refuse(copying, 'json-too-large', `there are more than ${MAX_VALUES} values`, 'hand over less data at once');
  }
  switch (typeof value) {
    case 'boolean':
    case 'bigint':
      return value;
    case 'string':
      return copyText(copying, value);
    case 'number':
      return copyNumber(copying, value);
    case 'object':
      return value === null ? null : copyObject(copying, value);
    default:
      return refuse(
        copying,
        'json-not-data',
        `${typeof value} is not a JSON value`,
        'leave the member out, or write `null` where null is allowed',
      );
  }
}

function copyNumber(copying: Copying, value: number): JsonValue {
  if (Number.isSafeInteger(value)) return value === 0 ? 0 : value;
  if (Number.isFinite(value)) return new JsonFraction(String(value));
  return refuse(copying, 'json-not-data', `${value} is not a JSON value`, 'leave the member out');
}

const LONE_SURROGATE = /[\ud800-\udfff]/u;

function copyText(copying: Copying, value: string): string {
  if (LONE_SURROGATE.test(value)) {
    refuse(
      copying,
      'json-lone-surrogate',
      'half of a surrogate pair is not a character',
      'cut texts between characters, not inside one',
    );
  }
  return value;
}

function copyObject(copying: Copying, value: object): JsonValue {
  if (copying.open.includes(value)) {
    return refuse(copying, 'json-cycle', 'this object contains itself', 'refer to it by a name or an id');
  }
  if (copying.path.length >= MAX_JSON_DEPTH) {
    return refuse(
      copying,
      'json-too-deep',
      `more than ${MAX_JSON_DEPTH} objects and arrays stand inside each other`,
      'flatten the data',
    );
  }
  const content = contentOf(value);
  switch (content.kind) {
    case 'unreadable':
      return refuse(
        copying,
        'json-unreadable',
        'this object cannot be read: reading it throws',
        'hand over plain data',
      );
    case 'instance':
      return refuse(
        copying,
        'json-not-data',
        'this is not a plain object or array',
        'hand over plain data, such as a text for a Date',
      );
    case 'fraction':
      return new JsonFraction(content.text);
    default:
      break;
  }
  copying.open.push(value);
  const copy =
    content.kind === 'array' ? copyArray(copying, value, content.length) : copyMembers(copying, value, content.keys);
  copying.open.pop();
  return copy;
}

type Content =
  | { readonly kind: 'unreadable' | 'instance' }
  | { readonly kind: 'fraction'; readonly text: string }
  | { readonly kind: 'array'; readonly length: number }
  | { readonly kind: 'object'; readonly keys: readonly string[] };

/** An object is plain when its prototype, of whatever realm, has no prototype itself. */
function contentOf(value: object): Content {
  try {
    if (saysOtherwise(value)) return { kind: 'instance' };
    if (Array.isArray(value)) return { kind: 'array', length: value.length };
    if (value instanceof JsonFraction) return { kind: 'fraction', text: value.text };
    const prototype: unknown = Object.getPrototypeOf(value);
    if (typeof prototype === 'object' && prototype !== null && Object.getPrototypeOf(prototype) !== null)
      return { kind: 'instance' };
    return { kind: 'object', keys: Object.keys(value) };
  } catch {
    return { kind: 'unreadable' };
  }
}

/** Whether whoever writes or goes through an object gets something else than its members. */
function saysOtherwise(value: object): boolean {
  if ('toJSON' in value && typeof value.toJSON === 'function') return true;
  return Symbol.asyncIterator in value || (Symbol.iterator in value && !Array.isArray(value));
}

function copyArray(copying: Copying, value: object, length: number): JsonValue {
  const copy: JsonValue[] = [];
  for (let index = 0; index < length && copying.problems.length < MAX_PROBLEMS; index++)
    copy.push(copyMember(copying, value, index) ?? null);
  return copy;
}

function copyMembers(copying: Copying, value: object, keys: readonly string[]): JsonValue {
  const copy = createJsonObject();
  for (const key of keys) {
    const member = copyMember(copying, value, key);
    if (member !== undefined) copy[copyText(copying, key)] = member;
  }
  return copy;
}

/** Undefined for a member that is to be left out. */
function copyMember(copying: Copying, container: object, step: JsonStep): JsonValue | undefined {
  copying.path.push(step);
  const copy = copyRead(copying, container, step);
  copying.path.pop();
  return copy;
}

function copyRead(copying: Copying, container: object, step: JsonStep): JsonValue | undefined {
  let member: unknown;
  try {
    member = Reflect.get(container, step);
  } catch {
    return refuse(copying, 'json-unreadable', 'this member cannot be read: reading it throws', 'hand over plain data');
  }
  if (member === undefined && copying.leaveOutUndefined && typeof step === 'string') return undefined;
  return copyValue(copying, member);
}
