import { types } from 'node:util';
import type { Result } from '../diagnostics/diagnostic.js';
import { type Instead, jsonFromJavaScript, type OtherwiseReader } from '../json/from-javascript.js';
import type { JsonValue } from '../json/json-value.js';
import { copyWith, holdsOnlyMembers, isExactly } from './plain-data.js';
import { readBytes } from './read-bytes.js';
import { frozenValue } from './snapshot.js';

/** What a tool returned, as it is judged. */
export interface ReadResult {
  readonly json: Result<JsonValue>;
  /** What may be passed on where that is allowed: nothing is to be had from it that was not judged. */
  readonly given: () => unknown;
  /** The same for a reader of JSON text: nothing in it is left out of that, or has none. */
  readonly givenAsJson: () => unknown;
}

/**
 * Reads what a tool returned, once, as JSON with everything in it that whoever gets it can see: a `Date` as its ISO text, bytes
 * as text where they are UTF-8 without NUL and otherwise as base64 with the texts among them below, a `Map` as an object or a list of pairs, a `Set` as a list,
 * an object of a class as what its `toJSON` returns or as its own members, an `Error` with name and message, NaN and infinities,
 * symbols and functions as text, an object that stands in itself as `[circular]`, half of a surrogate pair as U+FFFD. What
 * cannot be read without using it up, or throws, or is too deep or longer than `maxLength` is a failure.
 *
 * Plain data, dates, maps and sets are given as they are, with copies where bytes are among them. Where there is something else
 * (accessors, proxies, objects of classes, functions, members that JSON leaves out), the frozen JSON that was read is given.
 */
export function readResult(value: unknown, maxLength: number): ReadResult {
  const reader = new ResultReader(maxLength);
  const json = jsonFromJavaScript(value, { leaveOutUndefined: true, maxLength, otherwise: reader });
  return {
    json,
    given: () => {
      if (!reader.isPlain) return frozenValue(json.ok ? json.value : null);
      return reader.copies === undefined ? value : copyWith(value, reader.copies);
    },
    givenAsJson: () => (reader.isPlain && reader.isJson && isStringified(value) ? value : jsonAlone(json)),
  };
}

class ResultReader implements OtherwiseReader {
  /** Whether nothing else is in it than plain data and objects of the language that hold data. */
  isPlain = true;
  /** Whether JSON text says the same of everything in it that JSON has no value for. */
  isJson = true;
  /** The bytes that were read, by the objects that hold them: those could change while they are judged. */
  copies: Map<object, object> | undefined;
  private readonly maxLength: number;

  constructor(maxLength: number) {
    this.maxLength = maxLength;
  }

  visit(value: object): void {
    this.isPlain &&= holdsOnlyMembers(value);
  }

  instead(value: unknown, isCycle: boolean): Instead {
    this.isJson &&= value === undefined || (types.isDate(value) && !Number.isNaN(value.getTime()));
    if (isCycle) return read('[circular]');
    switch (typeof value) {
      case 'undefined':
        return read(null);
      case 'number':
      case 'symbol':
        return read(String(value));
      case 'string':
        this.isPlain = false;
        return read(value.toWellFormed());
      case 'function':
        this.isPlain = false;
        return read(`[function ${value.name}]`);
      default:
        return isObject(value) ? this.insteadOf(value) : read(value);
    }
  }

  private insteadOf(value: object): Instead {
    const builtIn = this.builtIn(value);
    if (builtIn !== undefined) return builtIn;
    this.isPlain = false;
    if (types.isPromise(value)) return PROMISE;
    if (types.isBoxedPrimitive(value)) return read(value.valueOf());
    if (types.isRegExp(value)) return read(String(value));
    if (value instanceof URLSearchParams) return read(String(value));
    if (value instanceof Headers) return read(mapMembers([...value]));
    if ('toJSON' in value && typeof value.toJSON === 'function') {
      const json: unknown = Reflect.apply(value.toJSON, value, ['']);
      // As `JSON.stringify` does, which asks what a `toJSON` returned for no other one.
      return isObject(json) ? (this.builtIn(json) ?? { kind: 'members', of: json }) : read(json);
    }
    if (types.isNativeError(value)) return read(errorMembers(value));
    if (Symbol.asyncIterator in value) return USED_UP;
    if ('then' in value && typeof value.then === 'function') return PROMISE;
    if (Object.keys(value).length > 0) return { kind: 'members', of: value };
    return Symbol.iterator in value ? USED_UP : OPAQUE;
  }

  /** Objects of the language that hold data, which nobody can have say something else. */
  private builtIn(value: object): Instead | undefined {
    if (types.isDate(value)) {
      this.isPlain &&= isExactly(value, Date.prototype);
      const time = Date.prototype.getTime.call(value);
      return read(Number.isNaN(time) ? 'Invalid Date' : new Date(time).toISOString());
    }
    if (types.isMap(value)) {
      this.isPlain &&= isExactly(value, Map.prototype);
      return read(mapMembers([...Map.prototype.entries.call(value)]));
    }
    if (types.isSet(value)) {
      this.isPlain &&= isExactly(value, Set.prototype);
      return read([...Set.prototype.values.call(value)]);
    }
    if (!types.isAnyArrayBuffer(value) && !types.isTypedArray(value)) return undefined;
    const bytes = readBytes(value, this.maxLength);
    if (bytes === undefined) return tooManyBytes(this.maxLength);
    if (bytes.copy === undefined) this.isPlain = false;
    else {
      this.copies ??= new Map();
      this.copies.set(value, bytes.copy);
    }
    return read(bytes.json);
  }
}

/** Whether it has JSON text, which a large integer has not. */
function isStringified(value: unknown): boolean {
  try {
    return value === undefined || JSON.stringify(value) !== undefined;
  } catch {
    return false;
  }
}

/** With large integers as text. */
function jsonAlone(json: Result<JsonValue>): unknown {
  const text = JSON.stringify(frozenValue(json.ok ? json.value : null), (_key, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
  const copy: unknown = JSON.parse(text);
  return copy;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function read(value: unknown): Instead {
  return { kind: 'value', value };
}

const PROMISE = unreadable(
  'a promise cannot be judged before it is kept',
  'await it in the tool, and return what it gives',
);
const USED_UP = unreadable(
  'a stream or iterator cannot be judged without using it up',
  'read it in the tool, and return what it gives',
);
const OPAQUE = unreadable(
  'an object of this class shows nothing of what it holds',
  'return its data as plain data, or give the class a `toJSON`',
);

function unreadable(message: string, help: string): Instead {
  return { kind: 'unreadable', message, help };
}

function tooManyBytes(maxLength: number): Instead {
  return unreadable(`there are more than ${maxLength} characters`, 'hand over less at once');
}

function mapMembers(entries: readonly (readonly [unknown, unknown])[]): unknown {
  const isObjectLike = entries.every(([key]) => typeof key === 'string');
  // A member that is undefined would be left out with its key.
  const members = entries.map(([key, value]) => [key, value ?? null] as const);
  return isObjectLike ? Object.fromEntries(members) : members.map((pair) => [...pair]);
}

/** With those that are not enumerable, but for where in the code it was made. */
function errorMembers(error: Error): unknown {
  const { name, message, cause } = error;
  const errors = error instanceof AggregateError ? { errors: error.errors } : {};
  return { ...error, name, message, ...(cause === undefined ? {} : { cause }), ...errors };
}
