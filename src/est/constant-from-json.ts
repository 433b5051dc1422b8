import type { Expr } from '../ast/expression.js';
import { isNormalizedName } from '../ast/names.js';
import { UNKNOWN } from '../ast/operators.js';
import { EXTENSION_FUNCTIONS } from '../extensions/extension-functions.js';
import { isJsonArray, isJsonObject, JsonFraction, type JsonObject, type JsonValue } from '../json/json-value.js';
import { compareCodePoints } from '../text/code-point-order.js';
import { checkedLong } from '../values/long.js';
import { type Expansion, leaf, type Task } from './assembly.js';
import { isTypeAndId, readTypeAndId, reportExprEscape } from './entity-uid-from-json.js';
import { at, member, type Place, proposal, type Reading, report, warn } from './reading.js';

/** Looks at one level of what stands under `Value`. */
export function expandConstant(reading: Reading, json: JsonValue, place: Place): Expansion | undefined {
  switch (typeof json) {
    case 'boolean':
      return leaf({ kind: 'boolean', value: json, span: undefined });
    case 'string':
      return leaf({ kind: 'string', value: json, span: undefined });
    case 'number':
    case 'bigint':
      return expandInteger(reading, json, place);
    default:
      break;
  }
  if (json === null) {
    return report(reading, place, 'policy-json-null', 'null is no Cedar value', { help: 'leave the attribute out' });
  }
  if (json instanceof JsonFraction) return reportNumber(reading, place, json.text);
  if (isJsonArray(json)) {
    const children = json.map((entry, i) => constantTask(entry, at(place, i)));
    return {
      children,
      build: (next) => ({ kind: 'set', constant: true, elements: children.map(next), span: undefined }),
    };
  }
  return isJsonObject(json) ? expandObject(reading, json, place) : undefined;
}

function constantTask(json: JsonValue | undefined, place: Place): Task {
  return { json, place, expand: expandConstant };
}

function expandInteger(reading: Reading, json: number | bigint, place: Place): Expansion | undefined {
  if (typeof json === 'number' && !Number.isSafeInteger(json)) return reportNumber(reading, place, String(json));
  const value = checkedLong(BigInt(json));
  return value === undefined
    ? reportNumber(reading, place, String(json))
    : leaf({ kind: 'long', value, span: undefined });
}

function reportNumber(reading: Reading, place: Place, text: string): undefined {
  return report(reading, place, 'policy-json-number', `${text} is no Cedar number`, {
    help: 'numbers are integers from -9223372036854775808 to 9223372036854775807, written without fraction and exponent; other numbers are texts for `decimal`',
  });
}

/** An object with one of the escape keys alone is an entity or a call; every other object is a record. */
function expandObject(reading: Reading, json: JsonObject, place: Place): Expansion | undefined {
  const [only, ...others] = Object.keys(json);
  if (only !== undefined && others.length === 0) {
    const inner = json[only];
    if (only === '__entity' && isTypeAndId(inner)) {
      checkPassedOver(reading, inner, at(place, only), ['type', 'id']);
      const uid = readTypeAndId(reading, inner, at(place, only));
      return uid && leaf({ kind: 'entity', uid, span: undefined });
    }
    const call = only === '__extn' ? callEscape(inner) : undefined;
    if (call !== undefined) return expandCall(reading, call, at(place, only));
    if (only === '__expr' && typeof inner === 'string') return reportExprEscape(reading, at(place, only));
  }
  const keys = Object.keys(json).sort(compareCodePoints);
  return {
    children: keys.map((key) => constantTask(json[key], at(place, key))),
    build: (next) => ({
      kind: 'record',
      constant: true,
      entries: keys.map((key) => ({ key, value: next() })),
      span: undefined,
    }),
  };
}

/** The official engine passes over further fields of an escape, but not over numbers in them that are none of Cedar's. */
function checkPassedOver(reading: Reading, object: JsonObject, place: Place, used: readonly string[]): void {
  const pending = Object.keys(object)
    .filter((key) => !used.includes(key))
    .map((key) => ({ json: object[key], place: at(place, key) }));
  for (let item = pending.pop(); item !== undefined; item = pending.pop()) {
    const { json } = item;
    const outer = item.place;
    if (json instanceof JsonFraction) reportNumber(reading, outer, json.text);
    else if (typeof json === 'number' || typeof json === 'bigint') expandInteger(reading, json, outer);
    else if (typeof json === 'object' && json !== null) {
      for (const [key, inner] of Object.entries(json)) pending.push({ json: inner, place: at(outer, key) });
    }
  }
}

interface CallEscape {
  readonly json: JsonObject;
  readonly name: string;
  readonly form: 'arg' | 'args';
  readonly args: readonly (JsonValue | undefined)[];
}

function callEscape(json: JsonValue | undefined): CallEscape | undefined {
  if (json === undefined || !isJsonObject(json)) return undefined;
  const name = member(json, 'fn');
  if (typeof name !== 'string') return undefined;
  if (Object.hasOwn(json, 'arg')) return { json, name, form: 'arg', args: [member(json, 'arg')] };
  const args = member(json, 'args');
  return args !== undefined && isJsonArray(args) ? { json, name, form: 'args', args } : undefined;
}

function expandCall(reading: Reading, { json, name, form, args }: CallEscape, place: Place): Expansion | undefined {
  checkPassedOver(reading, json, place, ['fn', form]);
  const namePlace = at(place, 'fn');
  if (!isNormalizedName(name)) {
    return report(reading, namePlace, 'policy-json-function-name', `${JSON.stringify(name)} is no function name`, {
      help: proposal(name, EXTENSION_FUNCTIONS.keys()),
    });
  }
  if (!EXTENSION_FUNCTIONS.has(name) && name !== UNKNOWN) {
    warn(reading, namePlace, 'unknown-extension-function', `there is no extension function ${JSON.stringify(name)}`, {
      help: proposal(name, EXTENSION_FUNCTIONS.keys()) ?? 'evaluating this is an error',
    });
  }
  const children = args.map((arg, i) =>
    constantTask(arg, form === 'arg' ? at(place, 'arg') : at(at(place, 'args'), i)),
  );
  return {
    children,
    build: (next): Expr => ({ kind: 'call', name, constant: form, args: children.map(next), span: undefined }),
  };
}
