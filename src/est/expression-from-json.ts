import { type Expr, MAX_NESTING, type VariableName } from '../ast/expression.js';
import { nestsTooDeep } from '../ast/nesting.js';
import { type BinaryOperator, UNKNOWN, type UnaryOperator } from '../ast/operators.js';
import { EXTENSION_FUNCTIONS } from '../extensions/extension-functions.js';
import { describeJson, isJsonArray, isJsonObject, type JsonValue } from '../json/json-value.js';
import { printJson } from '../json/print-json.js';
import { compareCodePoints } from '../text/code-point-order.js';
import { assemble, type Expand, type Expansion, leaf, type Task } from './assembly.js';
import { expandConstant } from './constant-from-json.js';
import { readTypeName } from './entity-uid-from-json.js';
import { growArithmetic, growChain } from './left-nested.js';
import { readPattern } from './pattern-from-json.js';
import {
  at,
  member,
  type Place,
  proposal,
  type Reading,
  readArray,
  readFields,
  readObject,
  readString,
  readWord,
  report,
} from './reading.js';

/** Reads an expression of policy JSON; undefined when something is wrong, which it has reported. */
export function readExpression(reading: Reading, json: JsonValue | undefined, place: Place): Expr | undefined {
  const expr = assemble(reading, expressionTask(json, place));
  if (expr === undefined || !nestsTooDeep(expr)) return expr;
  return report(reading, place, 'nesting-too-deep', `this expression nests deeper than ${MAX_NESTING} levels`, {
    help: 'split it into several conditions or policies',
  });
}

function expressionTask(json: JsonValue | undefined, place: Place): Task {
  return { json, place, expand: expandExpression };
}

/** What reads the value of each operator; the names of extension functions come on top. */
const OPERATORS: ReadonlyMap<string, Expand> = new Map<string, Expand>([
  ['Value', expandConstant],
  ['Var', expandVariable],
  ['Slot', refuseSlot],
  ['!', expandUnary('!')],
  ['neg', expandUnary('neg')],
  ['isEmpty', expandUnary('isEmpty')],
  ['==', expandBinary('==')],
  ['!=', expandBinary('!=')],
  ['<', expandBinary('<')],
  ['<=', expandBinary('<=')],
  ['>', expandBinary('>')],
  ['>=', expandBinary('>=')],
  ['in', expandBinary('in')],
  ['&&', expandTwo('&&', (left, right) => growChain('&&', left, right))],
  ['||', expandTwo('||', (left, right) => growChain('||', left, right))],
  ['+', expandTwo('+', (left, right) => growArithmetic('+', left, right))],
  ['-', expandTwo('-', (left, right) => growArithmetic('-', left, right))],
  ['*', expandTwo('*', (left, right) => growArithmetic('*', left, right))],
  ['contains', expandBinary('contains')],
  ['containsAll', expandBinary('containsAll')],
  ['containsAny', expandBinary('containsAny')],
  ['getTag', expandBinary('getTag')],
  ['hasTag', expandBinary('hasTag')],
  ['.', expandAccess],
  ['has', expandHas],
  ['like', expandLike],
  ['is', expandIs],
  ['if-then-else', expandIf],
  ['Set', expandSet],
  ['Record', expandRecord],
]);

function expandExpression(reading: Reading, json: JsonValue, place: Place): Expansion | undefined {
  if (!isJsonObject(json)) {
    return report(reading, place, 'policy-json-type', `an expression is an object, not ${describeJson(json)}`, {
      help: `write the constant as {"Value": ${printConstant(json)}}`,
    });
  }
  const keys = Object.keys(json);
  const [operator] = keys;
  if (operator === undefined || keys.length > 1) {
    const found = operator === undefined ? 'none' : keys.map((key) => JSON.stringify(key)).join(', ');
    return report(
      reading,
      place,
      'policy-json-operator-count',
      `an expression has one operator, this one has ${found}`,
      {
        help: 'give every operator an object of its own, such as {"Var": "principal"}',
      },
    );
  }
  const expand = OPERATORS.get(operator) ?? (isFunction(operator) ? expandCall(operator) : undefined);
  if (expand !== undefined) return expand(reading, json[operator] ?? null, at(place, operator));
  const candidates = [...OPERATORS.keys(), ...EXTENSION_FUNCTIONS.keys()];
  return report(
    reading,
    at(place, operator),
    'policy-json-unknown-operator',
    `there is no operator ${JSON.stringify(operator)}`,
    {
      help:
        proposal(operator, candidates) ??
        'operators and functions have the names of Cedar text, such as "&&", "has" and "ip"',
      data: { found: operator },
    },
  );
}

function printConstant(json: JsonValue): string {
  return isJsonArray(json) ? '[..]' : json === null ? '..' : printJson(json);
}

function isFunction(name: string): boolean {
  return EXTENSION_FUNCTIONS.has(name) || name === UNKNOWN;
}

const VARIABLES: readonly VariableName[] = ['principal', 'action', 'resource', 'context'];

function expandVariable(reading: Reading, json: JsonValue, place: Place): Expansion | undefined {
  const name = readWord(reading, json, place, 'variable', VARIABLES);
  return name && leaf({ kind: 'variable', name, span: undefined });
}

function refuseSlot(reading: Reading, _json: JsonValue, place: Place): undefined {
  return report(reading, place, 'slot-in-condition', 'a condition cannot hold a slot', {
    help: 'slots stand in the principal and resource constraints; a condition reads the variable instead',
  });
}

function expandUnary(op: UnaryOperator): Expand {
  return (reading, json, place) => {
    const fields = readFields(reading, json, place, JSON.stringify(op), { required: ['arg'] });
    if (fields === undefined) return undefined;
    return {
      children: [expressionTask(member(fields, 'arg'), at(place, 'arg'))],
      build: (next) => ({ kind: 'unary', op, operand: next(), span: undefined }),
    };
  };
}

function expandBinary(op: BinaryOperator): Expand {
  return expandTwo(op, (left, right) => ({ kind: 'binary', op, left, right, span: undefined }));
}

function expandTwo(op: string, combine: (left: Expr, right: Expr) => Expr): Expand {
  return (reading, json, place) => {
    const fields = readFields(reading, json, place, JSON.stringify(op), { required: ['left', 'right'] });
    if (fields === undefined) return undefined;
    return {
      children: ['left', 'right'].map((side) => expressionTask(member(fields, side), at(place, side))),
      build: (next) => {
        const left = next();
        return combine(left, next());
      },
    };
  };
}

function expandAccess(reading: Reading, json: JsonValue, place: Place): Expansion | undefined {
  const fields = readFields(reading, json, place, '"."', { required: ['left', 'attr'] });
  if (fields === undefined) return undefined;
  const attribute = readString(reading, member(fields, 'attr'), at(place, 'attr'), 'an attribute') ?? '';
  return {
    children: [expressionTask(member(fields, 'left'), at(place, 'left'))],
    build: (next) => ({ kind: 'access', object: next(), attribute, span: undefined }),
  };
}

function expandHas(reading: Reading, json: JsonValue, place: Place): Expansion | undefined {
  const fields = readFields(reading, json, place, '"has"', { required: ['left', 'attr'], open: true });
  if (fields === undefined) return undefined;
  const path = readPath(reading, member(fields, 'attr'), at(place, 'attr')) ?? [''];
  return {
    children: [expressionTask(member(fields, 'left'), at(place, 'left'))],
    build: (next) => ({ kind: 'has', object: next(), path, span: undefined }),
  };
}

function readPath(
  reading: Reading,
  json: JsonValue | undefined,
  place: Place,
): readonly [string, ...string[]] | undefined {
  if (json === undefined) return undefined;
  if (typeof json === 'string') return [json];
  const parts = isJsonArray(json) ? json : [];
  const names = parts.filter((part) => typeof part === 'string');
  const [first, ...rest] = names;
  if (first !== undefined && names.length === parts.length) return [first, ...rest];
  return report(reading, place, 'policy-json-type', 'the attribute of "has" is a string or an array of strings', {
    help: 'write `e has a.b` with "attr": ["a", "b"]',
  });
}

function expandLike(reading: Reading, json: JsonValue, place: Place): Expansion | undefined {
  const fields = readFields(reading, json, place, '"like"', { required: ['left', 'pattern'] });
  if (fields === undefined) return undefined;
  const pattern = readPattern(reading, member(fields, 'pattern'), at(place, 'pattern')) ?? [''];
  return {
    children: [expressionTask(member(fields, 'left'), at(place, 'left'))],
    build: (next) => ({ kind: 'like', operand: next(), pattern, span: undefined }),
  };
}

function expandIs(reading: Reading, json: JsonValue, place: Place): Expansion | undefined {
  const fields = readFields(reading, json, place, '"is"', { required: ['left', 'entity_type'], optional: ['in'] });
  if (fields === undefined) return undefined;
  const typePlace = at(place, 'entity_type');
  const name = readString(reading, member(fields, 'entity_type'), typePlace, 'an entity type');
  const entityType = readTypeName(reading, name, typePlace) ?? '';
  const outer = member(fields, 'in') ?? undefined;
  const operand = expressionTask(member(fields, 'left'), at(place, 'left'));
  return {
    children: outer === undefined ? [operand] : [operand, expressionTask(outer, at(place, 'in'))],
    build: (next) => ({
      kind: 'is',
      operand: next(),
      entityType,
      in: outer === undefined ? undefined : next(),
      span: undefined,
    }),
  };
}

function expandIf(reading: Reading, json: JsonValue, place: Place): Expansion | undefined {
  const fields = readFields(reading, json, place, '"if-then-else"', { required: ['if', 'then', 'else'] });
  if (fields === undefined) return undefined;
  return {
    children: ['if', 'then', 'else'].map((part) => expressionTask(member(fields, part), at(place, part))),
    build: (next) => ({ kind: 'if', test: next(), then: next(), else: next(), span: undefined }),
  };
}

function expandSet(reading: Reading, json: JsonValue, place: Place): Expansion | undefined {
  const children = readArray(reading, json, place, '"Set"')?.map((entry, i) => expressionTask(entry, at(place, i)));
  return children && { children, build: (next) => ({ kind: 'set', elements: children.map(next), span: undefined }) };
}

function expandRecord(reading: Reading, json: JsonValue, place: Place): Expansion | undefined {
  const object = readObject(reading, json, place, '"Record"');
  if (object === undefined) return undefined;
  const keys = Object.keys(object).sort(compareCodePoints);
  return {
    children: keys.map((key) => expressionTask(object[key], at(place, key))),
    build: (next) => ({ kind: 'record', entries: keys.map((key) => ({ key, value: next() })), span: undefined }),
  };
}

function expandCall(name: string): Expand {
  return (reading, json, place) => {
    const args = readArray(reading, json, place, `the arguments of ${JSON.stringify(name)}`);
    const children = args?.map((arg, i) => expressionTask(arg, at(place, i)));
    return (
      children && { children, build: (next) => ({ kind: 'call', name, args: children.map(next), span: undefined }) }
    );
  };
}
