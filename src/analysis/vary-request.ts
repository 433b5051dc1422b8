import type { Expr } from '../ast/expression.js';
import type { Policy, ScopeConstraint } from '../ast/policy.js';
import { printExpression } from '../ast/print-expression.js';
import { walkExpression } from '../ast/walk.js';
import type { EntityStore } from '../entities/entity.js';
import type { Environment } from '../evaluator/environment.js';
import { createSet, EMPTY_SET, sameUid, valuesEqual } from '../values/equality.js';
import { addLongs } from '../values/long.js';
import type { EntityUid, Long, SetValue, Value } from '../values/value.js';
import { recordOf } from '../values/value.js';

/** A place that policies read: a part of the request, or an attribute of it. */
interface Place {
  readonly root: 'principal' | 'action' | 'resource' | 'context';
  readonly keys: readonly string[];
}

/** Another value for a place, where it depends on the one that is there; undefined takes the attribute away. */
export interface Variation {
  /** As Cedar text: `context.hour`. */
  readonly place: string;
  readonly apply: (environment: Environment) => Varied | undefined;
}

/** A request with another value in a place. */
export interface Varied {
  readonly environment: Environment;
  readonly value: Value | undefined;
  /** What was there before. */
  readonly old: Value | undefined;
}

/** Members of one list that are tried; a list may have hundreds. */
const MOST_MEMBERS = 6;

/**
 * Changes of requests that could matter to a policy: at the places that its scope and conditions read, the values that
 * they ask for, and their neighbours.
 */
export function variationsFor(policy: Policy): readonly Variation[] {
  const found: Variation[] = [];
  const known = new Set<string>();
  const add: Add = (place, key, next) => {
    const at = placeOf(place);
    const text = printExpression(place);
    if (at === undefined || known.has(`${text} ${key}`)) return;
    known.add(`${text} ${key}`);
    found.push({
      place: text,
      apply: (environment) => {
        let value: Value | undefined;
        let old: Value | undefined;
        const changed = withValue(environment, at, (before) => {
          old = before;
          value = next(before);
          return value;
        });
        return changed === undefined ? undefined : { environment: changed, value, old };
      },
    });
  };
  for (const part of ['principal', 'resource'] as const)
    for (const uid of wantedBy(policy[part]))
      add({ kind: 'variable', name: part, span: undefined }, uidKey(uid), () => uid);
  for (const { body } of policy.conditions) {
    asked(body, add);
    walkExpression(body, (expr) => {
      vary(expr, add);
      return true;
    });
  }
  return found;
}

/** Notes a change of the place that an expression names, if it names one; `key` tells the changes of a place apart. */
type Add = (place: Expr, key: string, next: (old: Value | undefined) => Value | undefined) => void;

function wantedBy(constraint: ScopeConstraint): readonly EntityUid[] {
  if (constraint.kind === 'any') return [];
  if (constraint.kind === 'is' && constraint.in === undefined)
    return [{ kind: 'entity', type: constraint.entityType, id: 'other' }];
  const reference = constraint.kind === 'is' ? constraint.in : constraint.entity;
  return reference?.kind === 'entity' ? [reference.uid, otherUid(reference.uid)] : [];
}

/** The place that an expression names. */
function placeOf(expr: Expr): Place | undefined {
  const keys: string[] = [];
  let object = expr;
  while (object.kind === 'access') {
    keys.unshift(object.attribute);
    object = object.object;
  }
  return object.kind === 'variable' ? { root: object.name, keys } : undefined;
}

/** A place that stands where a bool is asked for is tried as both. */
function asked(expr: Expr, add: Add): void {
  if (expr.kind !== 'access') return;
  add(expr, 'true', () => true);
  add(expr, 'false', () => false);
}

function vary(expr: Expr, add: Add): void {
  switch (expr.kind) {
    case 'chain':
      for (const operand of expr.operands) asked(operand, add);
      return;
    case 'if':
      asked(expr.test, add);
      return;
    case 'unary':
      if (expr.op === '!') asked(expr.operand, add);
      if (expr.op === 'isEmpty') {
        add(expr.operand, 'none', () => EMPTY_SET);
        add(expr.operand, 'some', () => createSet(['other']));
      }
      return;
    case 'has': {
      const place = expr.path.reduce<Expr>(
        (object, attribute) => ({ kind: 'access', object, attribute, span: undefined }),
        expr.object,
      );
      add(place, 'none', () => undefined);
      return;
    }
    case 'like':
      for (const text of textsLike(expr.pattern)) add(expr.operand, text, () => text);
      add(expr.operand, 'other', () => 'other');
      return;
    case 'is':
      add(expr.operand, expr.entityType, () => ({ kind: 'entity', type: expr.entityType, id: 'other' }));
      return;
    case 'binary':
      compare(expr.op, expr.left, expr.right, add);
      return;
    default:
      return;
  }
}

function compare(op: string, left: Expr, right: Expr, add: Add): void {
  for (const [place, other] of [
    [left, right],
    [right, left],
  ] as const) {
    if (op === 'contains' && place === left) {
      const member = literal(other);
      if (member !== undefined) varySet(place, [member], add);
    } else if ((op === 'containsAny' || op === 'containsAll') && other.kind === 'set')
      varySet(place, literals(other), add);
    else if (other.kind === 'set') for (const value of literals(other)) addValue(place, value, add);
    else {
      const value = literal(other);
      if (value !== undefined) addValue(place, value, add);
    }
  }
}

function varySet(place: Expr, members: readonly Literal[], add: Add): void {
  for (const member of members) {
    add(place, `only ${keyOf(member)}`, () => createSet([member]));
    add(place, `with ${keyOf(member)}`, (old) => createSet([...elementsOf(old), member]));
    add(place, `without ${keyOf(member)}`, (old) =>
      createSet(elementsOf(old).filter((each) => !valuesEqual(each, member))),
    );
  }
  add(place, 'all', (old) => createSet([...elementsOf(old), ...members]));
  add(place, 'none', () => EMPTY_SET);
}

function elementsOf(value: Value | undefined): SetValue['elements'] {
  return typeof value === 'object' && value.kind === 'set' ? value.elements : [];
}

/** A value and its neighbours. */
function addValue(place: Expr, value: Literal, add: Add): void {
  const others = neighbours(value);
  for (const each of [value, ...others]) add(place, keyOf(each), () => each);
}

function neighbours(value: Literal): readonly Literal[] {
  switch (typeof value) {
    case 'boolean':
      return [!value];
    case 'string':
      return ['other'];
    case 'number':
    case 'bigint':
      return [-1, 1].flatMap((by) => addLongs(value, by) ?? []);
    default:
      return [otherUid(value)];
  }
}

function otherUid({ type }: EntityUid): EntityUid {
  return { kind: 'entity', type, id: 'other' };
}

/** A value that stands in a policy as it is. */
type Literal = boolean | string | Long | EntityUid;

function literal(expr: Expr): Literal | undefined {
  if (expr.kind === 'boolean' || expr.kind === 'long' || expr.kind === 'string') return expr.value;
  return expr.kind === 'entity' ? expr.uid : undefined;
}

function literals(expr: Expr): readonly Literal[] {
  if (expr.kind !== 'set') return [];
  return expr.elements.slice(0, MOST_MEMBERS).flatMap((element) => literal(element) ?? []);
}

function keyOf(value: Literal): string {
  return typeof value === 'object' ? uidKey(value) : `${typeof value} ${value}`;
}

function uidKey({ type, id }: EntityUid): string {
  return `entity ${type} ${id}`;
}

/** Texts around the edge of a pattern: the shortest that it matches, and what has more before, behind or between. */
function textsLike(pieces: readonly string[]): readonly string[] {
  const shortest = pieces.join('');
  return [...new Set([shortest, `x${shortest}`, `${shortest}x`, `x${shortest}x`, pieces.join('x')])];
}

type Change = (old: Value | undefined) => Value | undefined;

/** The request with another value in a place; undefined where nothing is around the place. */
function withValue(environment: Environment, { root, keys }: Place, change: Change): Environment | undefined {
  if (root !== 'context' && keys.length === 0) {
    const value = change(environment[root]);
    return typeof value === 'object' && value.kind === 'entity' ? { ...environment, [root]: value } : undefined;
  }
  let entities = environment.entities;
  const edit = (value: Value, [key, ...rest]: readonly string[]): Value | undefined => {
    if (key === undefined || typeof value !== 'object') return undefined;
    if (value.kind === 'entity') {
      const entity = entities.find(value);
      const attributes = entity === undefined ? undefined : member(entity.attributes, key, rest);
      if (entity === undefined || attributes === undefined) return undefined;
      entities = withEntity(entities, { ...entity, attributes });
      return value;
    }
    if (value.kind !== 'record') return undefined;
    const fields = member(value.fields, key, rest);
    return fields === undefined ? undefined : recordOf(fields);
  };
  const member = (
    fields: ReadonlyMap<string, Value>,
    key: string,
    rest: readonly string[],
  ): ReadonlyMap<string, Value> | undefined => {
    const old = fields.get(key);
    const next = rest.length === 0 ? change(old) : old === undefined ? undefined : edit(old, rest);
    if (next === undefined && rest.length > 0) return undefined;
    const others = [...fields].filter(([name]) => name !== key);
    return new Map(next === undefined ? others : [...others, [key, next]]);
  };
  const edited = edit(environment[root], keys);
  if (edited === undefined || typeof edited !== 'object') return undefined;
  if (root !== 'context') return { ...environment, entities };
  return edited.kind === 'record' ? { ...environment, context: edited, entities } : undefined;
}

/** A store with other attributes for one entity. */
function withEntity(store: EntityStore, entity: NonNullable<ReturnType<EntityStore['find']>>): EntityStore {
  return {
    size: store.size,
    find: (uid) => (sameUid(uid, entity.uid) ? entity : store.find(uid)),
    isIn: (descendant, ancestor) => store.isIn(descendant, ancestor),
    ancestors: (uid) => store.ancestors(uid),
    *entities() {
      for (const each of store.entities()) yield sameUid(each.uid, entity.uid) ? entity : each;
    },
  };
}
