import type { Expr, ExtensionCall, RecordLiteral, SetLiteral } from '../ast/expression.js';
import { foldExpression } from '../ast/walk.js';
import type { JsonObject, JsonValue } from '../json/json-value.js';
import { compareCodePoints } from '../text/code-point-order.js';
import type { Pattern } from '../values/pattern.js';
import { entityUidToJson, jsonObject, jsonObjectOf } from './json-object.js';

/** Turns an expression into policy JSON as the official engine does from text; chains become nested to the left. */
export function expressionToJson(expr: Expr): JsonObject {
  return foldExpression(expr, toJson);
}

function toJson(expr: Expr, children: readonly JsonObject[]): JsonObject {
  const [first, second, third] = children;
  switch (expr.kind) {
    case 'boolean':
    case 'long':
    case 'string':
      return operator('Value', expr.value);
    case 'entity':
      return operator('Value', jsonObject({ __entity: entityUidToJson(expr.uid) }));
    case 'variable':
      return operator('Var', expr.name);
    case 'unary':
      return operator(expr.op, jsonObject({ arg: first }));
    case 'binary':
      return operator(expr.op, jsonObject({ left: first, right: second }));
    case 'chain':
      return children.reduce((left, right) => operator(expr.op, jsonObject({ left, right })));
    case 'arithmetic':
      return children.reduce((left, right, i) => operator(expr.steps[i - 1]?.op ?? '+', jsonObject({ left, right })));
    case 'if':
      return operator('if-then-else', jsonObject({ if: first, then: second, else: third }));
    case 'access':
      return operator('.', jsonObject({ left: first, attr: expr.attribute }));
    case 'has':
      return operator('has', jsonObject({ left: first, attr: expr.path.length === 1 ? expr.path[0] : expr.path }));
    case 'like':
      return operator('like', jsonObject({ left: first, pattern: patternToJson(expr.pattern) }));
    case 'is':
      return operator('is', jsonObject({ left: first, entity_type: expr.entityType, in: second }));
    case 'set':
      return setToJson(expr, children);
    case 'record':
      return recordToJson(expr, children);
    case 'call':
      return callToJson(expr, children);
  }
}

function operator(name: string, value: JsonValue): JsonObject {
  return jsonObjectOf([[name, value]]);
}

/** One literal for each character, as the official engine writes patterns that come from text. */
function patternToJson(pattern: Pattern): readonly JsonValue[] {
  return pattern.flatMap((piece, i): readonly JsonValue[] => {
    const literals = Array.from(piece, (character) => operator('Literal', character));
    return i === 0 ? literals : ['Wildcard', ...literals];
  });
}

function setToJson(expr: SetLiteral, children: readonly JsonObject[]): JsonObject {
  const constants = expr.constant === true ? constantsOf(children) : undefined;
  return constants === undefined ? operator('Set', children) : operator('Value', constants);
}

function recordToJson(expr: RecordLiteral, children: readonly JsonObject[]): JsonObject {
  const constants = expr.constant === true ? constantsOf(children) : undefined;
  const entries = expr.entries
    .map(({ key }, i) => [key, (constants ?? children)[i]] as const)
    .sort(([a], [b]) => compareCodePoints(a, b));
  return operator(constants === undefined ? 'Record' : 'Value', jsonObjectOf(entries));
}

function callToJson(expr: ExtensionCall, children: readonly JsonObject[]): JsonObject {
  const constants = expr.constant === undefined ? undefined : constantsOf(children);
  if (constants === undefined) return operator(expr.name, children);
  const [only] = constants;
  const args = expr.constant === 'arg' && constants.length === 1 ? { arg: only } : { args: constants };
  return operator('Value', jsonObject({ __extn: jsonObject({ fn: expr.name, ...args }) }));
}

/** What stands under `Value` in each of these; undefined when one is no constant. */
function constantsOf(children: readonly JsonObject[]): readonly JsonValue[] | undefined {
  const constants = children.flatMap(({ Value }) => (Value === undefined ? [] : [Value]));
  return constants.length === children.length ? constants : undefined;
}
