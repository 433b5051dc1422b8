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
  /** Most characters of all texts, keys and numbers together, other values counting as a few; default: any number. */
  readonly maxLength?: number;
  /** Reads what JSON cannot say; without it that is a problem. */
  readonly otherwise?: OtherwiseReader;
}

/** Reads values that JSON cannot say. What it throws is a problem: the value cannot be read. */
export interface OtherwiseReader {
  /** Called with each object and array whose members are about to be read. */
  readonly visit: (value: object) => void;
  /** Called with every value that would be refused for what it is, and with an object that stands in itself. */
  readonly instead: (value: unknown, isCycle: boolean) => Instead;
}

/** What is read in the place of a value: another one, the members of an object of whatever class, or nothing. */
export type Instead =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'members'; readonly of: object }
  | { readonly kind: 'unreadable'; readonly message: string; readonly help: string };

/**
 * Turns a value that a program hands over into JSON, as a copy that shares nothing with it. Own enumerable members
 * with string keys count. A number that is no safe integer becomes a `JsonFraction`, since it
 * may already be rounded. What JSON cannot say (undefined, functions, NaN, cycles, class instances, what has a
 * `toJSON` or is iterated otherwise...) is reported with its JSON pointer. Never throws, whatever getters and proxies do.
 */
export function jsonFromJavaScript(
  value: unknown,
  { leaveOutUndefined = false, maxLength = Number.POSITIVE_INFINITY, otherwise }: FromJavaScriptOptions = {},
): Result<JsonValue> {
  const copying: Copying = {
    leaveOutUndefined,
    maxLength,
    otherwise,
    path: [],
    open: [],
    problems: [],
    values: 0,
    length: 0,
    isFull: false,
  };
  const copy = copyValue(copying, value);
  return copying.problems.length === 0 ? success(copy) : failure(copying.problems);
}

interface Copying {
  readonly leaveOutUndefined: boolean;
  readonly maxLength: number;
  readonly otherwise: OtherwiseReader | undefined;
  readonly path: JsonStep[];
  /** The objects that the current one stands in; they are few, as they may not nest deeply. */
  readonly open: object[];
  readonly problems: Diagnostic[];
  values: number;
  length: number;
  /** One report is enough to end the whole walk. */
  isFull: boolean;
}

function refuse(copying: Copying, code: string, message: string, help: string): null {
  if (copying.problems.length < MAX_PROBLEMS)
    copying.problems.push(diagnostic(code, message, { pointer: pointerOf(copying.path), help }));
  return null;
}

function copyValue(copying: Copying, value: unknown): JsonValue {
  if (copying.isFull || copying.problems.length >= MAX_PROBLEMS) return null;
  if (++copying.values > MAX_VALUES) return tooLarge(copying, `there are more than ${MAX_VALUES} values`);
  switch (typeof value) {
    case 'boolean':
      return count(copying, SHORT) ? value : null;
    case 'bigint':
      return copyBigInt(copying, value);
    case 'string':
      return count(copying, value.length) ? copyText(copying, value) : '';
    case 'number':
      return count(copying, SHORT) ? copyNumber(copying, value) : null;
    case 'object':
      return value === null ? copyNull(copying) : copyObject(copying, value);
    default:
      return copyOtherwise(copying, value, (): null =>
        refuse(
          copying,
          'json-not-data',
          `${typeof value} is not a JSON value`,
          'leave the member out, or write `null` where null is allowed',
        ),
      );
  }
}

/** What a value counts that is no text. */
const SHORT = 8;

/** Whether there is room for so many characters. */
function count(copying: Copying, length: number): boolean {
  copying.length += length;
  if (copying.length <= copying.maxLength) return true;
  tooLarge(copying, `there are more than ${copying.maxLength} characters`, ', or raise the limit `maxLength`');
  return false;
}

function tooLarge(copying: Copying, message: string, or = ''): null {
  if (!copying.isFull) refuse(copying, 'json-too-large', message, `hand over less at once${or}`);
  copying.isFull = true;
  return null;
}

function copyNull(copying: Copying): null {
  count(copying, SHORT);
  return null;
}

/** To write longer numbers takes longer than anybody waits. */
const LONGEST_NUMBER_BITS = 1 << 20;

function copyBigInt(copying: Copying, value: bigint): JsonValue {
  if (copying.maxLength === Number.POSITIVE_INFINITY) return value;
  if (BigInt.asIntN(LONGEST_NUMBER_BITS, value) !== value)
    return tooLarge(copying, `this number has more than ${LONGEST_NUMBER_BITS} bits`);
  return count(copying, value.toString().length) ? value : null;
}

function copyNumber(copying: Copying, value: number): JsonValue {
  if (Number.isSafeInteger(value)) return value === 0 ? 0 : value;
  if (Number.isFinite(value)) return new JsonFraction(String(value));
  return copyOtherwise(copying, value, () =>
    refuse(copying, 'json-not-data', `${value} is not a JSON value`, 'leave the member out'),
  );
}

/** Reads what stands for a value. */
function copyOtherwise(copying: Copying, value: unknown, refused: () => null, isCycle = false): JsonValue {
  const { otherwise } = copying;
  if (otherwise === undefined) return refused();
  let instead: Instead;
  try {
    instead = otherwise.instead(value, isCycle);
  } catch {
    return unreadable(copying);
  }
  if (instead.kind === 'unreadable') return refuse(copying, 'json-unreadable', instead.message, instead.help);
  if (instead.kind === 'value' && (typeof instead.value !== 'object' || instead.value === null))
    return copyValue(copying, instead.value);
  // It stands in itself where what is read in its place leads back to it.
  if (typeof value === 'object' && value !== null) copying.open.push(value);
  else copying.open.push(instead);
  const copy =
    instead.kind === 'value' ? copyValue(copying, instead.value) : copyContent(copying, instead.of, membersOf);
  copying.open.pop();
  return copy;
}

function unreadable(copying: Copying): null {
  return refuse(copying, 'json-unreadable', 'this object cannot be read: reading it throws', 'hand over plain data');
}

function copyText(copying: Copying, value: string): string {
  if (value.isWellFormed()) return value;
  const instead = copying.otherwise?.instead(value, false);
  if (instead?.kind === 'value' && typeof instead.value === 'string') return instead.value;
  refuse(
    copying,
    'json-lone-surrogate',
    'half of a surrogate pair is not a character',
    'cut texts between characters, not inside one',
  );
  return value;
}

function copyObject(copying: Copying, value: object): JsonValue {
  if (copying.open.includes(value)) {
    const refused = (): null =>
      refuse(copying, 'json-cycle', 'this object contains itself', 'refer to it by a name or an id');
    return copyOtherwise(copying, value, refused, true);
  }
  if (copying.path.length >= MAX_JSON_DEPTH) {
    return refuse(
      copying,
      'json-too-deep',
      `more than ${MAX_JSON_DEPTH} objects and arrays stand inside each other`,
      'flatten the data',
    );
  }
  return copyContent(copying, value, contentOf);
}

function copyContent(copying: Copying, value: object, read: (value: object) => Content): JsonValue {
  const content = read(value);
  switch (content.kind) {
    case 'unreadable':
      return unreadable(copying);
    case 'instance':
      return copyOtherwise(copying, value, () =>
        refuse(
          copying,
          'json-not-data',
          'this is not a plain object or array',
          'hand over plain data, such as a text for a Date',
        ),
      );
    case 'fraction':
      return count(copying, SHORT) ? new JsonFraction(content.text) : null;
    default:
      break;
  }
  if (!count(copying, BRACKETS)) return null;
  copying.otherwise?.visit(value);
  copying.open.push(value);
  const copy =
    content.kind === 'array' ? copyArray(copying, value, content.length) : copyMembers(copying, value, content.keys);
  copying.open.pop();
  return copy;
}

const BRACKETS = 2;

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

/** What an object of a class is read as: its own members. */
function membersOf(value: object): Content {
  try {
    if (Array.isArray(value)) return { kind: 'array', length: value.length };
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
  for (let index = 0; index < length && !copying.isFull && copying.problems.length < MAX_PROBLEMS; index++)
    copy.push(copyMember(copying, value, index) ?? null);
  return copy;
}

function copyMembers(copying: Copying, value: object, keys: readonly string[]): JsonValue {
  const copy = createJsonObject();
  for (const key of keys) {
    const member = copyMember(copying, value, key);
    if (member !== undefined && count(copying, key.length)) copy[copyText(copying, key)] = member;
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
