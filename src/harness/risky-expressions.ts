import type { Expr } from '../ast/expression.js';
import type { Policy } from '../ast/policy.js';
import { printExpression } from '../ast/print-expression.js';
import { walkExpression } from '../ast/walk.js';
import type { Schema } from '../schema/schema.js';
import type { ExpressionType } from '../validator/expression-type.js';
import type { PolicyReach } from './policy-reach.js';

/** An expression that a request which fits the schema can make fail. */
export interface RiskyExpression {
  readonly expr: Expr;
  readonly why: 'overflow' | 'missing-entity';
}

/** Whether a forbid has expressions that might fail, by their looks alone. */
export function mayFail({ effect, conditions }: Policy): boolean {
  let found = false;
  for (const { body } of effect === 'forbid' ? conditions : []) {
    walkExpression(body, (expr) => {
      found ||= expr.kind === 'arithmetic' || expr.kind === 'call' || (expr.kind === 'unary' && expr.op === 'neg');
      found ||= expr.kind === 'binary' && expr.op === 'getTag';
      // What stands in the context may be an entity, too.
      found ||= expr.kind === 'access' && expr.object.kind !== 'variable' && !isPlainContext(expr.object);
      return !found;
    });
  }
  return found;
}

/** `context.parameters` and the like, of which no profile makes entities. */
function isPlainContext(expr: Expr): boolean {
  let root = expr;
  while (root.kind === 'access') {
    if (root.object.kind === 'variable') return root.object.name === 'context' && PLAIN_CONTEXT.has(root.attribute);
    root = root.object;
  }
  return false;
}

const PLAIN_CONTEXT: ReadonlySet<string> = new Set(['parameters', 'facts', 'touches', 'response', 'call', 'host']);

/**
 * The expressions of a valid policy that can still fail: arithmetic may overflow, and an entity that the request does not
 * bring may not be there. The principal and the resource are always there, and so is what `has` was asked about.
 */
export function riskyExpressions({ policy, types }: PolicyReach, schema: Schema): readonly RiskyExpression[] {
  const found: RiskyExpression[] = [];
  const asked = new Set<string>();
  for (const { body } of types === undefined ? [] : policy.conditions) {
    walkExpression(body, (expr) => {
      if (expr.kind === 'has') asked.add(printExpression(expr.object));
      // What has no type is never reached.
      if (types === undefined || !types.has(expr)) return false;
      const why = riskOf(expr, types, schema);
      if (why !== undefined) found.push({ expr, why });
      return true;
    });
  }
  return found.filter(({ expr }) => expr.kind !== 'access' || !asked.has(printExpression(expr.object)));
}

function riskOf(
  expr: Expr,
  types: ReadonlyMap<Expr, ExpressionType>,
  schema: Schema,
): RiskyExpression['why'] | undefined {
  switch (expr.kind) {
    case 'arithmetic':
      return [expr.first, ...expr.steps.map(({ operand }) => operand)].every(({ kind }) => kind === 'long')
        ? undefined
        : 'overflow';
    case 'unary':
      return expr.op === 'neg' && expr.operand.kind !== 'long' ? 'overflow' : undefined;
    case 'call':
      return OVERFLOWING.has(expr.name) ? 'overflow' : undefined;
    case 'access':
      return isForeign(expr.object, types) && isRequired(expr, types, schema) ? 'missing-entity' : undefined;
    case 'binary':
      return expr.op === 'getTag' && isForeign(expr.left, types) ? 'missing-entity' : undefined;
    default:
      return undefined;
  }
}

/** An attribute that may be absent has been asked about, or the policy would not be valid. */
function isRequired(
  { object, attribute }: Extract<Expr, { kind: 'access' }>,
  types: ReadonlyMap<Expr, ExpressionType>,
  schema: Schema,
): boolean {
  const type = types.get(object);
  const names = type?.kind === 'entity' ? [type.name] : type?.kind === 'entities' ? [...type.names] : [];
  return names.some((name) => schema.entityTypes.get(name)?.attributes.attributes.get(attribute)?.required === true);
}

const OVERFLOWING: ReadonlySet<string> = new Set(['offset', 'durationSince', 'toDate']);

/** An entity that is neither the principal nor the resource, the only ones that every request brings along. */
function isForeign(object: Expr, types: ReadonlyMap<Expr, ExpressionType>): boolean {
  const kind = types.get(object)?.kind;
  if (kind !== 'entity' && kind !== 'entities') return false;
  return !(object.kind === 'variable' && (object.name === 'principal' || object.name === 'resource'));
}
