import type {
  Access,
  Arithmetic,
  Binary,
  Chain,
  Expr,
  Has,
  If,
  Is,
  Unary,
  Variable,
  VariableName,
} from '../ast/expression.js';
import { printExpression } from '../ast/print-expression.js';
import { childrenOf } from '../ast/walk.js';
import { valuesEqual } from '../values/equality.js';
import { quoteText } from '../values/print.js';
import { evaluateConstant } from './evaluate-constant.js';
import { describeKinds, fails, kindBits, known, mayBe, type Outcome, SOME_BOOL, UNKNOWN_OUTCOME } from './outcome.js';

/** What the scope of a policy says about the variables; what it does not name is any entity. */
export type VariableOutcomes = Readonly<Record<VariableName, Outcome>>;

/** The outcome of every expression in one, itself included. */
export type Outcomes = ReadonlyMap<Expr, Outcome>;

const BOOL = kindBits('bool');
const LONG = kindBits('long');
const STRING = kindBits('string');
const ENTITY = kindBits('entity');
const SET = kindBits('set');
const RECORD = kindBits('record');
const ORDERED = kindBits('long', 'datetime', 'duration');

/** Infers what can be said of an expression without a schema, and of everything in it. */
export function inferOutcomes(root: Expr, variables: VariableOutcomes): Outcomes {
  const outcomes = new Map<Expr, Outcome>();
  const of = (expr: Expr): Outcome => outcomes.get(expr) ?? UNKNOWN_OUTCOME;
  // Parents come before children in this list, so it is read backwards; no stack is needed.
  const order = [root];
  for (let i = 0; i < order.length; i++) {
    const expr = order[i];
    if (expr !== undefined) for (const child of childrenOf(expr)) order.push(child);
  }
  for (const expr of order.reverse()) outcomes.set(expr, infer(expr, of, variables));
  return outcomes;
}

type OutcomeOf = (expr: Expr) => Outcome;

function infer(expr: Expr, of: OutcomeOf, variables: VariableOutcomes): Outcome {
  switch (expr.kind) {
    case 'chain':
      return ofChain(expr, of);
    case 'if':
      return ofIf(expr, of);
    case 'variable':
      return variables[expr.name];
    case 'is':
      return ofIs(expr, of);
    default:
      return (
        childrenOf(expr)
          .map(of)
          .find(({ kinds }) => kinds === 0) ??
        evaluateConstant(expr, of) ??
        ofOperation(expr, of)
      );
  }
}

/** An operation whose operands are all evaluated, none of which always fails, and not all of which are constant. */
function ofOperation(expr: Exclude<Expr, Chain | If | Is | Variable>, of: OutcomeOf): Outcome {
  switch (expr.kind) {
    case 'unary':
      return ofUnary(expr, of);
    case 'binary':
      return ofBinary(expr, of);
    case 'arithmetic':
      return ofArithmetic(expr, of);
    case 'access':
      return ofAccess(expr, of);
    case 'has':
      return ofHas(expr, of);
    case 'like':
      return wants(expr, expr.operand, of, STRING, '`like` tests') ?? SOME_BOOL;
    case 'set':
      return { kinds: SET, elements: expr.elements.reduce((bits, element) => bits | of(element).kinds, 0) };
    case 'record':
      return { kinds: RECORD };
    default:
      return UNKNOWN_OUTCOME;
  }
}

/** A failure when an operand is never of the kinds that an operation takes. */
function wants(
  expr: Expr,
  operand: Expr,
  of: OutcomeOf,
  kinds: number,
  what: string,
  help?: string,
): Outcome | undefined {
  const found = of(operand).kinds;
  if ((found & kinds) !== 0) return undefined;
  return fails(expr, `${shown(operand)} is ${describeKinds(found)}, and ${what} ${describeKinds(kinds)}`, help);
}

/** An expression for a message, short. */
export function shown(expr: Expr): string {
  const text = printExpression(expr, 'fewest');
  return `\`${text.length > 60 ? `${text.slice(0, 57)}...` : text}\``;
}

function ofChain({ operands, op }: Chain, of: OutcomeOf): Outcome {
  const decides = op === '||';
  let certain = true;
  for (const operand of operands) {
    const outcome = of(operand);
    // A value that is no boolean fails here.
    const goesOn = mayBe(outcome, !decides);
    if (!goesOn) {
      if (mayBe(outcome, decides)) return { kinds: BOOL, value: decides };
      return certain ? failureOf(operand, outcome, op) : { kinds: BOOL, value: decides };
    }
    if (mayBe(outcome, decides)) certain = false;
  }
  return certain ? known(!decides) : SOME_BOOL;
}

function failureOf(operand: Expr, outcome: Outcome, op: string): Outcome {
  if (outcome.kinds === 0) return outcome;
  return fails(operand, `${shown(operand)} is ${describeKinds(outcome.kinds)}, and \`${op}\` takes booleans`);
}

function ofIf({ test, then: yes, else: no }: If, of: OutcomeOf): Outcome {
  const outcome = of(test);
  const branches = [mayBe(outcome, true) ? of(yes) : undefined, mayBe(outcome, false) ? of(no) : undefined];
  const [first, second] = branches.filter((branch) => branch !== undefined);
  if (first === undefined) return failureOf(test, outcome, 'if');
  if (second === undefined) return { ...first, constant: undefined };
  if (first.kinds === 0 && second.kinds === 0) return first;
  return { kinds: first.kinds | second.kinds };
}

function ofUnary(expr: Unary, of: OutcomeOf): Outcome {
  switch (expr.op) {
    case '!': {
      const { value } = of(expr.operand);
      const wrong = wants(expr, expr.operand, of, BOOL, '`!` takes');
      return wrong ?? (typeof value === 'boolean' ? known(!value) : SOME_BOOL);
    }
    case 'neg':
      return wants(expr, expr.operand, of, LONG, '`-` takes') ?? { kinds: LONG };
    case 'isEmpty':
      return wants(expr, expr.operand, of, SET, '`isEmpty` asks') ?? SOME_BOOL;
  }
}

function ofBinary(expr: Binary, of: OutcomeOf): Outcome {
  const { op, left, right } = expr;
  switch (op) {
    case '==':
    case '!=':
      return ofEquality(expr, of);
    case '<':
    case '<=':
    case '>':
    case '>=': {
      const wrong =
        wants(expr, left, of, ORDERED, `\`${op}\` compares`) ?? wants(expr, right, of, ORDERED, `\`${op}\` compares`);
      if (wrong !== undefined) return wrong;
      const apart = (of(left).kinds & of(right).kinds & ORDERED) === 0;
      return apart
        ? fails(expr, `\`${op}\` compares ${describeKinds(of(left).kinds)} with ${describeKinds(of(right).kinds)}`)
        : SOME_BOOL;
    }
    case 'in':
      return ofIn(expr, of);
    case 'contains':
      return wants(expr, left, of, SET, '`contains` looks into') ?? ofContains(of(left), of(right));
    case 'containsAll':
    case 'containsAny':
      return (
        wants(expr, left, of, SET, `\`${op}\` looks into`) ??
        wants(expr, right, of, SET, `\`${op}\` takes`) ??
        SOME_BOOL
      );
    case 'hasTag':
    case 'getTag': {
      const wrong =
        wants(expr, left, of, ENTITY, `\`${op}\` reads a tag of`) ?? wants(expr, right, of, STRING, `\`${op}\` takes`);
      return wrong ?? (op === 'hasTag' ? SOME_BOOL : UNKNOWN_OUTCOME);
    }
  }
}

function ofEquality({ op, left, right }: Binary, of: OutcomeOf): Outcome {
  const [a, b] = [of(left), of(right)];
  if (a.value !== undefined && b.value !== undefined) return known(valuesEqual(a.value, b.value) === (op === '=='));
  const types = [a.entityType, b.entityType];
  const apart =
    (a.kinds & b.kinds) === 0 ||
    (a.kinds === ENTITY &&
      b.kinds === ENTITY &&
      types[0] !== undefined &&
      types[1] !== undefined &&
      types[0] !== types[1]);
  return apart ? known(op === '!=') : SOME_BOOL;
}

function ofIn(expr: Binary, of: OutcomeOf): Outcome {
  const { left, right } = expr;
  const help = 'for a string, write `["a", "b"].contains(x)`; `in` asks whether an entity is in a group';
  const wrong =
    wants(expr, left, of, ENTITY, '`in` tests', help) ?? wants(expr, right, of, ENTITY | SET, '`in` takes', help);
  if (wrong !== undefined) return wrong;
  const { kinds, elements } = of(right);
  if (kinds !== SET || elements === undefined) return SOME_BOOL;
  if (elements === 0) return known(false);
  return (elements & ENTITY) !== 0
    ? SOME_BOOL
    : fails(expr, `${shown(right)} holds ${describeKinds(elements)}, and \`in\` takes entities`, help);
}

function ofContains(set: Outcome, member: Outcome): Outcome {
  const apart = set.kinds === SET && set.elements !== undefined && (set.elements & member.kinds) === 0;
  return apart ? known(false) : SOME_BOOL;
}

function ofArithmetic(expr: Arithmetic, of: OutcomeOf): Outcome {
  const operands = [expr.first, ...expr.steps.map(({ operand }) => operand)];
  const op = expr.steps[0]?.op ?? '+';
  const help = op === '+' ? 'strings are not joined in Cedar; compare them one by one' : undefined;
  for (const operand of operands) {
    const wrong = wants(expr, operand, of, LONG, `\`${op}\` takes`, help);
    if (wrong !== undefined) return wrong;
  }
  return { kinds: LONG };
}

function ofAccess(expr: Access, of: OutcomeOf): Outcome {
  const wrong = wants(expr, expr.object, of, ENTITY | RECORD, 'attributes are read from');
  if (wrong !== undefined || expr.object.kind !== 'record') return wrong ?? UNKNOWN_OUTCOME;
  const entry = expr.object.entries.find(({ key }) => key === expr.attribute);
  return entry === undefined
    ? fails(expr, `the record has no attribute \`${expr.attribute}\``)
    : { ...of(entry.value), constant: undefined };
}

function ofHas(expr: Has, of: OutcomeOf): Outcome {
  const wrong = wants(expr, expr.object, of, ENTITY | RECORD, '`has` asks');
  if (wrong !== undefined || expr.object.kind !== 'record' || expr.path.length > 1) return wrong ?? SOME_BOOL;
  return known(expr.object.entries.some(({ key }) => key === expr.path[0]));
}

/** The right side of `is T in x` is evaluated only for an entity of the type. */
function ofIs(expr: Is, of: OutcomeOf): Outcome {
  const operand = of(expr.operand);
  if (operand.kinds === 0) return operand;
  const wrong = wants(expr, expr.operand, of, ENTITY, '`is` tests');
  if (wrong !== undefined) return wrong;
  const fits = operand.entityType === undefined ? undefined : operand.entityType === expr.entityType;
  if (fits === false) return known(false);
  if (expr.in === undefined) return fits === undefined ? SOME_BOOL : known(true);
  const group = of(expr.in);
  if (group.kinds === 0) return fits === undefined ? known(false) : group;
  return SOME_BOOL;
}

/** The variables of a request about which nothing is known. */
export const ANY_VARIABLES: VariableOutcomes = {
  principal: { kinds: ENTITY },
  action: { kinds: ENTITY },
  resource: { kinds: ENTITY },
  context: { kinds: RECORD },
};

/** Why the sides of `==` and `!=` are never equal, and what may be meant; undefined where the kinds do not say. */
export function whyNeverEqual(
  { left, right }: Binary,
  of: OutcomeOf,
): { readonly because: string; readonly help: string | undefined } | undefined {
  const [a, b] = [of(left), of(right)];
  if ((a.kinds & b.kinds) !== 0) return undefined;
  const because = `${shown(left)} is ${describeKinds(a.kinds)} and ${shown(right)} is ${describeKinds(b.kinds)}`;
  const [entity, text] = a.kinds === ENTITY ? [left, right] : [right, left];
  const mistaken = (a.kinds | b.kinds) === (ENTITY | STRING) && text.kind === 'string';
  const type = entity.kind === 'variable' && entity.name === 'action' ? 'Action' : 'User';
  return {
    because,
    help: mistaken ? `write the entity with its type, such as \`${type}::${quoteText(text.value)}\`` : undefined,
  };
}
