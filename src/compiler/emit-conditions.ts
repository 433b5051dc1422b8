import type {
  Access,
  Arithmetic,
  Binary,
  Chain,
  Expr,
  ExtensionCall,
  Has,
  If,
  Is,
  Like,
  RecordLiteral,
  SetLiteral,
  Unary,
  Variable,
} from '../ast/expression.js';
import type { Condition } from '../ast/policy.js';
import { walkExpression } from '../ast/walk.js';
import { constantSet } from '../evaluator/constant-set.js';
import type { EvaluationError } from '../evaluator/evaluation-error.js';
import { EXTENSION_FUNCTIONS } from '../extensions/extension-functions.js';
import { compareCodePoints } from '../text/code-point-order.js';
import type { SoughtName } from '../values/field-list.js';
import { Code, js } from './code.js';
import { atom, Emitter, type Term } from './emitter.js';
import type { Frame } from './frame.js';
import type { LikePatterns } from './like-pattern.js';
import type { SoughtNames } from './sought-names.js';

/** Code for some conditions, and the constants that make it theirs. */
export interface EmittedConditions {
  /** The body of a function of a frame `f` and constants `k`. */
  readonly body: Code;
  readonly constants: readonly unknown[];
}

/** Code of some conditions: undefined where only the closures can say what the outcome is. */
export type ConditionCode = (frame: Frame, constants: readonly unknown[]) => boolean | EvaluationError | undefined;

/** Larger conditions stay with the closures: the optimising compiler of the host would give up on their code. */
const MOST_NODES = 2000;

/**
 * Emits the body of a function that evaluates conditions: true, false, an evaluation error, or undefined where only the
 * closures can say which error it is. Operands are evaluated in the order of the closures, and whatever could make the
 * closures err before the next operand is looked at before it too. Undefined when the conditions are too large.
 */
export function emitConditions(
  conditions: readonly Condition[],
  { patterns, names }: SharedConstants,
): EmittedConditions | undefined {
  let nodes = 0;
  for (const { body } of conditions) walkExpression(body, () => ++nodes <= MOST_NODES);
  if (nodes > MOST_NODES) return undefined;
  const emitter = new Emitter();
  const emitting: Emitting = { emitter, patterns, names };
  for (const { kind, body } of conditions) {
    if (kind === 'when') branch(emitting, body, undefined, js`return false;`);
    else branch(emitting, body, js`return false;`, undefined);
  }
  emitter.emit(js`return true;`);
  return { body: emitter.body, constants: emitter.constants };
}

/** What the conditions of many policies have in common. */
export interface SharedConstants {
  readonly patterns: Pick<LikePatterns, 'add'>;
  readonly names: SoughtNames;
}

interface Emitting extends SharedConstants {
  readonly emitter: Emitter;
}

/** Emits an expression that must be a bool, and what is done when it is true and when it is false; nothing goes on. */
function branch(emitting: Emitting, expr: Expr, onTrue: Code | undefined, onFalse: Code | undefined): void {
  const { emitter } = emitting;
  switch (expr.kind) {
    case 'boolean': {
      const next = expr.value ? onTrue : onFalse;
      if (next !== undefined) emitter.emit(js`{ ${next} }`);
      return;
    }
    case 'chain':
      return branchChain(emitting, expr, onTrue, onFalse);
    case 'unary':
      if (expr.op === '!') return branch(emitting, expr.operand, onFalse, onTrue);
      break;
    case 'if':
      return branchIf(emitting, expr, onTrue, onFalse);
    default:
      break;
  }
  const { code, kind, isAtom } = value(emitting, expr);
  if (kind === 'any' && isAtom) emitter.emit(js`if (${code} !== true && ${code} !== false) return undefined;`);
  else if (kind !== 'bool') return emitter.giveUp();
  if (onTrue !== undefined) emitter.emit(js`if (${code}) { ${onTrue} }`);
  if (onFalse !== undefined)
    emitter.emit(onTrue === undefined ? js`if (!${code}) { ${onFalse} }` : js`else { ${onFalse} }`);
}

function branchChain(
  emitting: Emitting,
  { op, operands }: Chain,
  onTrue: Code | undefined,
  onFalse: Code | undefined,
): void {
  const isAnd = op === '&&';
  const given = isAnd ? onFalse : onTrue;
  const fill = (leave: Code): void => {
    for (const [i, member] of operands.entries()) {
      if (i === operands.length - 1) branch(emitting, member, isAnd ? onTrue : leave, isAnd ? leave : onFalse);
      else branch(emitting, member, isAnd ? undefined : leave, isAnd ? leave : undefined);
    }
  };
  if (given === undefined) emitting.emitter.block(fill);
  else fill(given);
}

function branchIf(emitting: Emitting, expr: If, onTrue: Code | undefined, onFalse: Code | undefined): void {
  const { emitter } = emitting;
  emitter.block((leave) => {
    emitter.block((otherwise) => {
      branch(emitting, expr.test, undefined, otherwise);
      branch(emitting, expr.then, onTrue, onFalse);
      emitter.emit(leave);
    });
    branch(emitting, expr.else, onTrue, onFalse);
  });
}

/** Emits an expression. */
function value(emitting: Emitting, expr: Expr): Term {
  const { emitter } = emitting;
  switch (expr.kind) {
    case 'boolean':
      return atom(expr.value ? js`true` : js`false`, 'bool');
    case 'long':
    case 'string':
      return atom(emitter.constant(expr.value), expr.kind);
    case 'entity':
      return atom(emitter.constant(expr.uid), 'entity');
    case 'variable':
      return variable(expr);
    case 'unary':
      return unary(emitting, expr);
    case 'binary':
      return binary(emitting, expr);
    case 'chain':
      return flag(emitting, expr);
    case 'arithmetic':
      return arithmetic(emitting, expr);
    case 'if':
      return conditional(emitting, expr);
    case 'access':
      return access(emitting, expr);
    case 'has':
      return has(emitting, expr);
    case 'like':
      return like(emitting, expr);
    case 'is':
      return is(emitting, expr);
    case 'set':
      return set(emitting, expr);
    case 'record':
      return record(emitting, expr);
    case 'call':
      return call(emitting, expr);
  }
}

/** The value of an operator that decides by itself what it evaluates. */
function flag(emitting: Emitting, expr: Expr): Term {
  const { emitter } = emitting;
  const name = emitter.name();
  emitter.emit(js`let ${name} = false;`);
  emitter.block((leave) => {
    branch(emitting, expr, undefined, leave);
    emitter.emit(js`${name} = true;`);
  });
  return atom(name, 'bool');
}

/** An operand in a form that may be used several times. */
function operand(emitting: Emitting, expr: Expr): Term {
  return emitting.emitter.atom(value(emitting, expr));
}

function variable({ name }: Variable): Term {
  switch (name) {
    case 'principal':
      return atom(js`f.principal`, 'entity');
    case 'action':
      return atom(js`f.action`, 'entity');
    case 'resource':
      return atom(js`f.resource`, 'entity');
    case 'context':
      return atom(js`f.context`, 'record');
  }
}

function unary(emitting: Emitting, expr: Unary): Term {
  const { emitter } = emitting;
  if (expr.op === '!') return flag(emitting, expr);
  const { code } = operand(emitting, expr.operand);
  return expr.op === 'isEmpty'
    ? emitter.keepKnown(js`isEmpty(${code})`, 'bool')
    : emitter.keepKnown(js`negate(${code})`, 'long');
}

function binary(emitting: Emitting, expr: Binary): Term {
  const { emitter } = emitting;
  const left = operand(emitting, expr.left);
  const right = operand(emitting, expr.right);
  switch (expr.op) {
    case '==':
      return { code: equality(left, right), kind: 'bool', isAtom: false };
    case '!=':
      return { code: js`!${equality(left, right)}`, kind: 'bool', isAtom: false };
    case '<':
      return { code: js`(${order(emitter, left, right)} < 0)`, kind: 'bool', isAtom: false };
    case '<=':
      return { code: js`(${order(emitter, left, right)} <= 0)`, kind: 'bool', isAtom: false };
    case '>':
      return { code: js`(${order(emitter, left, right)} > 0)`, kind: 'bool', isAtom: false };
    case '>=':
      return { code: js`(${order(emitter, left, right)} >= 0)`, kind: 'bool', isAtom: false };
    case 'in':
      return emitter.keepKnown(membership(expr.left, left, right), 'bool');
    case 'contains':
      return emitter.keepKnown(js`contains(${left.code}, ${right.code})`, 'bool');
    case 'containsAll':
      return emitter.keepKnown(js`containsAll(${left.code}, ${right.code})`, 'bool');
    case 'containsAny':
      return emitter.keepKnown(js`containsAny(${left.code}, ${right.code})`, 'bool');
    case 'getTag':
      return emitter.keepKnown(js`getTag(f, ${left.code}, ${right.code})`, 'any');
    case 'hasTag':
      return emitter.keepKnown(js`hasTag(f, ${left.code}, ${right.code})`, 'bool');
  }
}

/** The places of the principal and the resource are known. */
function membership(written: Expr, { code: left }: Term, { code: right }: Term): Code {
  if (written.kind !== 'variable') return js`isIn(f, ${left}, ${right})`;
  if (written.name === 'principal') return js`principalIsIn(f, ${right})`;
  return written.name === 'resource' ? js`resourceIsIn(f, ${right})` : js`isIn(f, ${left}, ${right})`;
}

/** Longs, strings and bools are JavaScript's own values, and there is one form of each. */
function equality(left: Term, right: Term): Code {
  const isOwn = [left, right].some(({ kind }) => kind === 'long' || kind === 'string' || kind === 'bool');
  const same = js`${left.code} === ${right.code}`;
  return isOwn ? js`(${same})` : js`(${same} || equal(${left.code}, ${right.code}))`;
}

function order(emitter: Emitter, { code: left }: Term, { code: right }: Term): Code {
  const isPlain = js`typeof ${left} === 'number' && typeof ${right} === 'number'`;
  return emitter.keepKnown(js`${isPlain} ? ${left} - ${right} : compare(${left}, ${right})`, 'any').code;
}

function arithmetic(emitting: Emitting, { first, steps }: Arithmetic): Term {
  const { emitter } = emitting;
  let result = operand(emitting, first);
  for (const step of steps) {
    const { code } = operand(emitting, step.operand);
    const name = step.op === '+' ? js`add` : step.op === '-' ? js`subtract` : js`multiply`;
    result = emitter.keepKnown(js`${name}(${result.code}, ${code})`, 'long');
  }
  return result;
}

function conditional(emitting: Emitting, expr: If): Term {
  const { emitter } = emitting;
  const name = emitter.name();
  emitter.emit(js`let ${name};`);
  emitter.block((leave) => {
    emitter.block((otherwise) => {
      branch(emitting, expr.test, undefined, otherwise);
      emitter.emit(js`${name} = ${value(emitting, expr.then).code};`);
      emitter.emit(leave);
    });
    emitter.emit(js`${name} = ${value(emitting, expr.else).code};`);
  });
  return atom(name, 'any');
}

function access(emitting: Emitting, expr: Access): Term {
  const { emitter } = emitting;
  const path = pathOf(expr);
  const known = path === undefined ? undefined : emitter.recall(path);
  if (known !== undefined) return known;
  const found = accessTo(emitting, expr);
  if (path !== undefined) emitter.remember(path, found);
  return found;
}

function accessTo(emitting: Emitting, { object, attribute, span }: Access): Term {
  const { emitter, names } = emitting;
  const sought = emitter.constant(names.of(pathOf(object), attribute));
  if (object.kind !== 'variable') {
    const { code } = operand(emitting, object);
    return emitter.keepKnown(js`attribute(f, ${code}, ${sought})`, 'any');
  }
  const { code } = variable(object);
  const isContext = object.name === 'context';
  const entity = js`${code}Subject.entity`;
  if (!isContext)
    emitter.emit(js`if (${entity} === undefined) return noEntity(${code}, ${emitter.constant(object.span)});`);
  const fields = isContext ? js`${code}.fields` : js`${entity}.attributes`;
  const found = emitter.keep(js`fieldOf(${fields}, ${sought})`, 'any');
  const name = Code.literal(attribute);
  const where = emitter.constant(span);
  const error = isContext ? js`noField(${code}, ${name}, ${where})` : js`noAttribute(${entity}, ${name}, ${where})`;
  emitter.emit(js`if (${found.code} === undefined) return ${error};`);
  return found;
}

/** The same text for the same attributes of the same variable. */
function pathOf(expr: Expr): string | undefined {
  const steps: string[] = [];
  let at = expr;
  for (; at.kind === 'access'; at = at.object) steps.push(at.attribute);
  return at.kind === 'variable' ? JSON.stringify([at.name, ...steps.reverse()]) : undefined;
}

function has(emitting: Emitting, { object, path }: Has): Term {
  const { emitter, names } = emitting;
  const steps: SoughtName[] = [];
  let at: Expr = object;
  for (const attribute of path) {
    steps.push(names.of(pathOf(at), attribute));
    at = { kind: 'access', object: at, attribute, span: undefined };
  }
  if (object.kind === 'variable' && path.length === 1) {
    const { code } = variable(object);
    const sought = emitter.constant(steps[0]);
    const test =
      object.name === 'context'
        ? js`(fieldOf(${code}.fields, ${sought}) !== undefined)`
        : js`(${code}Subject.entity !== undefined && fieldOf(${code}Subject.entity.attributes, ${sought}) !== undefined)`;
    return { code: test, kind: 'bool', isAtom: false };
  }
  const { code } = operand(emitting, object);
  return emitter.keepKnown(js`hasPath(f, ${code}, ${emitter.constant(steps)})`, 'bool');
}

function like(emitting: Emitting, expr: Like): Term {
  const { emitter, patterns } = emitting;
  const text = operand(emitting, expr.operand);
  if (text.kind === 'any') emitter.emit(js`if (typeof ${text.code} !== 'string') return undefined;`);
  else if (text.kind !== 'string') emitter.giveUp();
  const { pattern } = expr;
  const [first, last] = pattern;
  const bool = (code: Code): Term => ({ code, kind: 'bool', isAtom: false });
  if (pattern.length === 1) return bool(js`(${text.code} === ${emitter.constant(first)})`);
  if (pattern.length === 2 && last === '') return bool(js`${text.code}.startsWith(${emitter.constant(first)})`);
  if (pattern.length === 2 && first === '') return bool(js`${text.code}.endsWith(${emitter.constant(last)})`);
  const group = pathOf(expr.operand);
  return bool(js`isLike(${text.code}, ${emitter.constant(patterns.add(pattern, group))})`);
}

function is(emitting: Emitting, expr: Is): Term {
  const { emitter } = emitting;
  const tested = operand(emitting, expr.operand);
  const { code, kind } = tested;
  if (kind === 'any') emitter.emit(js`if (typeof ${code} !== 'object' || ${code}.kind !== 'entity') return undefined;`);
  else if (kind !== 'entity') emitter.giveUp();
  const test = js`${code}.type === ${emitter.constant(expr.entityType)}`;
  const ancestor = expr.in;
  if (ancestor === undefined) return { code: js`(${test})`, kind: 'bool', isAtom: false };
  const name = emitter.name();
  emitter.emit(js`let ${name} = false;`);
  emitter.block((leave) => {
    emitter.emit(js`if (!(${test})) ${leave}`);
    const above = operand(emitting, ancestor);
    emitter.emit(js`${name} = ${membership(expr.operand, tested, above)};`);
    emitter.emit(js`if (${name} === undefined) return undefined;`);
  });
  return atom(name, 'bool');
}

function set(emitting: Emitting, literal: SetLiteral): Term {
  const { emitter } = emitting;
  const known = constantSet(literal);
  if (known !== undefined) return atom(emitter.constant(known), 'set');
  const members = literal.elements.map((element) => operand(emitting, element).code);
  return emitter.keep(js`set([${Code.join(members, ', ')}])`, 'set');
}

function record(emitting: Emitting, { entries }: RecordLiteral): Term {
  const { emitter } = emitting;
  const sorted = entries.toSorted((a, b) => compareCodePoints(a.key, b.key));
  const fields = sorted.map((entry) => operand(emitting, entry.value).code);
  const names = emitter.constant(sorted.map(({ key }) => key));
  return emitter.keep(js`record(${names}, [${Code.join(fields, ', ')}])`, 'record');
}

function call(emitting: Emitting, expr: ExtensionCall): Term {
  const { emitter } = emitting;
  const called = EXTENSION_FUNCTIONS.get(expr.name);
  const [only] = expr.args;
  if (called?.style === 'function' && expr.args.length === 1 && only?.kind === 'string') {
    const result = called.apply([only.value]);
    if (typeof result !== 'object' || result.kind !== 'failure') return atom(emitter.constant(result), 'any');
  }
  const args = expr.args.map((arg) => operand(emitting, arg).code);
  if (called === undefined) {
    emitter.giveUp();
    return atom(js`undefined`, 'any');
  }
  return emitter.keepKnown(js`call(${emitter.constant(called)}, [${Code.join(args, ', ')}])`, 'any');
}
