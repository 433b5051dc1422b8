import fc from 'fast-check';
import type { Arithmetic, ArithmeticOperator, Chain, Expr, RecordEntry } from '../../src/ast/expression.js';
import type { BinaryOperator } from '../../src/ast/operators.js';
import { compareCodePoints } from '../../src/text/code-point-order.js';
import { longOf } from '../../src/values/long.js';
import { entityUid } from '../../src/values/value.js';
import {
  ATTRIBUTES,
  ENTITY_IDS,
  ENTITY_TYPE_NAMES,
  EXTENSION_TEXTS,
  TEXTS,
  WORLD_TYPES,
  type WorldType,
} from './world.js';

export interface ExpressionOptions {
  /** How deep expressions nest at most. Default 4. */
  readonly depth?: number;
  /** One in so many sub-expressions has an arbitrary type; 0 for none. Default 12. */
  readonly wrongTypeOneIn?: number;
}

/**
 * Expressions over the world, as syntax trees: mostly of the wanted type, with unguarded optional attributes, missing
 * entities, overflow and bad literals among them. Every tree is one that the parser makes of some text.
 */
export function arbitraryExpression(type: WorldType = 'bool', options: ExpressionOptions = {}): fc.Arbitrary<Expr> {
  const wrongTypeOneIn = options.wrongTypeOneIn ?? 12;
  const made = new Map<string, fc.Arbitrary<Expr>>();
  const expression: Make = (wanted, depth) => {
    const key = `${wanted} ${depth}`;
    let arbitrary = made.get(key);
    if (arbitrary === undefined) {
      const right =
        depth <= 0
          ? leaf(wanted)
          : fc.oneof(
              { weight: 1, arbitrary: leaf(wanted) },
              { weight: 3, arbitrary: inner(wanted, depth - 1, expression) },
            );
      const any = fc
        .constantFrom(...WORLD_TYPES)
        .chain((other) => (depth <= 0 ? leaf(other) : expression(other, depth - 1)));
      arbitrary =
        wrongTypeOneIn === 0
          ? right
          : fc.oneof({ weight: wrongTypeOneIn - 1, arbitrary: right }, { weight: 1, arbitrary: any });
      made.set(key, arbitrary);
    }
    return arbitrary;
  };
  return expression(type, options.depth ?? 4);
}

type Make = (type: WorldType, depth: number) => fc.Arbitrary<Expr>;

const span = undefined;

function variable(name: 'principal' | 'action' | 'resource' | 'context'): Expr {
  return { kind: 'variable', name, span };
}

function text(value: string): Expr {
  return { kind: 'string', value, span };
}

/** `a op b op c`, flattened to the left as the parser does. */
function chainOf(op: Chain['op'], operands: readonly [Expr, Expr, ...Expr[]]): Expr {
  const [first, second, ...rest] = operands;
  if (first.kind === 'chain' && first.op === op) {
    const [a, b, ...more] = first.operands;
    return { kind: 'chain', op, operands: [a, b, ...more, second, ...rest], span };
  }
  return { kind: 'chain', op, operands, span };
}

/** `a op b`, flattened to the left as the parser does. */
function arithmeticOf(first: Expr, op: ArithmeticOperator, operand: Expr): Arithmetic {
  if (first.kind === 'arithmetic' && (first.steps[0]?.op === '*') === (op === '*')) {
    return { ...first, steps: [...first.steps, { op, operand }] };
  }
  return { kind: 'arithmetic', first, steps: [{ op, operand }], span };
}

function binary(op: BinaryOperator, left: Expr, right: Expr): Expr {
  return { kind: 'binary', op, left, right, span };
}

function call(name: string, ...args: readonly Expr[]): Expr {
  return { kind: 'call', name, args, span };
}

const arbitraryText = fc.oneof(
  fc.constantFrom(...TEXTS),
  fc.constantFrom(...TEXTS),
  fc.string({ unit: 'grapheme', maxLength: 4 }),
);

const arbitraryLong = fc
  .oneof(fc.bigInt({ min: -3n, max: 20n }), fc.constantFrom(2n ** 63n - 1n, -(2n ** 63n), 2n ** 53n, 3037000500n))
  .map((value): Expr => ({ kind: 'long', value: longOf(value), span }));

function entityLiteral(kind: keyof typeof ENTITY_IDS): fc.Arbitrary<Expr> {
  return fc
    .constantFrom(...ENTITY_IDS[kind])
    .map((id): Expr => ({ kind: 'entity', uid: entityUid(ENTITY_TYPE_NAMES[kind], id), span }));
}

function constructed(kind: keyof typeof EXTENSION_TEXTS): fc.Arbitrary<Expr> {
  const name = kind === 'ipaddr' ? 'ip' : kind;
  return fc.constantFrom(...EXTENSION_TEXTS[kind]).map((argument) => call(name, text(argument)));
}

function leaf(type: WorldType): fc.Arbitrary<Expr> {
  switch (type) {
    case 'bool':
      return fc.oneof(
        fc.boolean().map((value): Expr => ({ kind: 'boolean', value, span })),
        fc
          .constantFrom('mfa')
          .map((attribute): Expr => ({ kind: 'access', object: variable('context'), attribute, span })),
      );
    case 'long':
      return arbitraryLong;
    case 'string':
      return arbitraryText.map(text);
    case 'user':
      return fc.oneof(fc.constant(variable('principal')), entityLiteral('user'));
    case 'doc':
    case 'folder':
      return fc.oneof(fc.constant(variable('resource')), entityLiteral(type));
    case 'action':
      return fc.oneof(fc.constant(variable('action')), entityLiteral('action'));
    case 'group':
    case 'color':
      return entityLiteral(type);
    case 'context':
      return fc.constant(variable('context'));
    case 'longs':
      return setOf(arbitraryLong);
    case 'strings':
      return setOf(arbitraryText.map(text));
    case 'users':
      return setOf(entityLiteral('user'));
    case 'address':
      return recordOf([
        ['city', arbitraryText.map(text)],
        ['zip', arbitraryLong],
      ]);
    case 'meta':
      return recordOf([
        ['a', arbitraryLong],
        ['b', recordOf([['c', arbitraryText.map(text)]])],
      ]);
    case 'ipaddr':
    case 'decimal':
    case 'datetime':
    case 'duration':
      return constructed(type);
  }
}

function setOf(element: fc.Arbitrary<Expr>): fc.Arbitrary<Expr> {
  return fc.array(element, { maxLength: 3 }).map((elements): Expr => ({ kind: 'set', elements, span }));
}

/** A record of some of these fields, now and then with one more under an odd name; keys sorted, as in policy JSON. */
function recordOf(fields: readonly (readonly [string, fc.Arbitrary<Expr>])[]): fc.Arbitrary<Expr> {
  const model = Object.fromEntries(fields);
  const odd = fc.option(fc.tuple(fc.constantFrom('if', 'two words', '__cedar', '', 'like'), arbitraryLong), {
    freq: 5,
    nil: undefined,
  });
  return fc.tuple(fc.record(model, { requiredKeys: [] }), odd).map(([record, extra]): Expr => {
    const entries: RecordEntry[] = Object.entries(record).flatMap(([key, value]) =>
      value === undefined ? [] : [{ key, value }],
    );
    if (extra !== undefined) entries.push({ key: extra[0], value: extra[1] });
    return { kind: 'record', entries: entries.sort((a, b) => compareCodePoints(a.key, b.key)), span };
  });
}

const ENTITY_WORLD_TYPES = ['user', 'group', 'doc', 'folder', 'action'] as const;

/** Expressions that any type can have: conditionals, attributes, fields of a record literal, tags. */
function inner(type: WorldType, depth: number, make: Make): fc.Arbitrary<Expr> {
  const choices = [...special(type, depth, make), conditional(type, depth, make)];
  for (const { of, name } of ATTRIBUTES.filter((attribute) => attribute.type === type)) {
    choices.push(make(of, depth).map((object): Expr => ({ kind: 'access', object, attribute: name, span })));
  }
  return fc.oneof(...choices);
}

function conditional(type: WorldType, depth: number, make: Make): fc.Arbitrary<Expr> {
  return fc
    .tuple(make('bool', depth), make(type, depth), make(type, depth))
    .map(([test, then, otherwise]): Expr => ({ kind: 'if', test, then, else: otherwise, span }));
}

function special(type: WorldType, depth: number, make: Make): fc.Arbitrary<Expr>[] {
  const method = (name: string, receiver: WorldType, ...args: WorldType[]) =>
    fc.tuple(make(receiver, depth), ...args.map((arg) => make(arg, depth))).map((all) => call(name, ...all));
  switch (type) {
    case 'bool':
      return booleans(depth, make, method);
    case 'long': {
      const operator = fc.constantFrom<ArithmeticOperator>('+', '-', '*');
      return [
        fc
          .tuple(make('long', depth), operator, make('long', depth))
          .map(([left, op, right]) => arithmeticOf(left, op, right)),
        make('long', depth).map(negation),
        ...['toMilliseconds', 'toSeconds', 'toMinutes', 'toHours', 'toDays'].map((name) => method(name, 'duration')),
      ];
    }
    case 'string':
      return [
        fc.tuple(make('user', depth), make('string', depth)).map(([left, right]) => binary('getTag', left, right)),
      ];
    case 'strings':
      return [
        setOf(make('string', depth)),
        fc.tuple(make('doc', depth), make('string', depth)).map(([left, right]) => binary('getTag', left, right)),
      ];
    case 'longs':
      return [setOf(make('long', depth))];
    case 'users':
      return [setOf(make('user', depth))];
    case 'address':
      return [
        recordOf([
          ['city', make('string', depth)],
          ['zip', make('long', depth)],
        ]),
      ];
    case 'meta':
      return [recordOf([['a', make('long', depth)]])];
    case 'datetime':
      return [method('offset', 'datetime', 'duration'), method('toDate', 'datetime')];
    case 'duration':
      return [method('durationSince', 'datetime', 'datetime'), method('toTime', 'datetime')];
    default:
      return [];
  }
}

function negation(operand: Expr): Expr {
  return { kind: 'unary', op: 'neg', operand, span };
}

const COMPARED: readonly WorldType[] = ['long', 'datetime', 'duration'];

function booleans(
  depth: number,
  make: Make,
  method: (name: string, receiver: WorldType, ...args: WorldType[]) => fc.Arbitrary<Expr>,
): fc.Arbitrary<Expr>[] {
  const bool = make('bool', depth);
  const anyType = fc.constantFrom(...WORLD_TYPES).chain((type) => fc.tuple(make(type, depth), make(type, depth)));
  const entity = fc.constantFrom(...ENTITY_WORLD_TYPES).chain((type) => make(type, depth));
  const sets = fc
    .constantFrom<WorldType>('longs', 'strings', 'users')
    .chain((type) => fc.tuple(make(type, depth), make(type, depth)));
  const operands = fc.array(bool, { minLength: 2, maxLength: 4 });
  return [
    fc
      .tuple(fc.constantFrom<Chain['op']>('&&', '||'), operands)
      .map(([op, [first, second, ...rest]]) =>
        first === undefined || second === undefined ? variable('context') : chainOf(op, [first, second, ...rest]),
      ),
    bool.map((operand): Expr => ({ kind: 'unary', op: '!', operand, span })),
    fc
      .tuple(fc.constantFrom<BinaryOperator>('==', '!='), anyType)
      .map(([op, [left, right]]) => binary(op, left, right)),
    fc
      .tuple(
        fc.constantFrom<BinaryOperator>('<', '<=', '>', '>='),
        fc.constantFrom(...COMPARED).chain((type) => fc.tuple(make(type, depth), make(type, depth))),
      )
      .map(([op, [left, right]]) => binary(op, left, right)),
    fc
      .tuple(
        entity,
        fc.oneof(
          entity,
          make('users', depth),
          fc.array(entity, { maxLength: 3 }).map((elements): Expr => ({ kind: 'set', elements, span })),
        ),
      )
      .map(([left, right]) => binary('in', left, right)),
    fc
      .tuple(fc.constantFrom<BinaryOperator>('containsAll', 'containsAny'), sets)
      .map(([op, [left, right]]) => binary(op, left, right)),
    fc.tuple(make('longs', depth), make('long', depth)).map(([left, right]) => binary('contains', left, right)),
    fc.tuple(make('strings', depth), make('string', depth)).map(([left, right]) => binary('contains', left, right)),
    fc.tuple(make('users', depth), make('user', depth)).map(([left, right]) => binary('contains', left, right)),
    make('users', depth).map((operand): Expr => ({ kind: 'unary', op: 'isEmpty', operand, span })),
    fc
      .tuple(fc.oneof(make('user', depth), make('doc', depth)), make('string', depth))
      .map(([left, right]) => binary('hasTag', left, right)),
    fc
      .tuple(make('string', depth), arbitraryPattern)
      .map(([operand, pattern]): Expr => ({ kind: 'like', operand, pattern, span })),
    guardedAttribute(depth, make),
    fc
      .tuple(
        entity,
        fc.constantFrom('User', 'Group', 'Acme::Doc', 'Action', 'Stranger'),
        fc.option(make('group', depth), { nil: undefined }),
      )
      .map(([operand, entityType, outer]): Expr => ({ kind: 'is', operand, entityType, in: outer, span })),
    arbitraryHas(depth, make),
    ...['isIpv4', 'isIpv6', 'isLoopback', 'isMulticast'].map((name) => method(name, 'ipaddr')),
    method('isInRange', 'ipaddr', 'ipaddr'),
    ...['lessThan', 'lessThanOrEqual', 'greaterThan', 'greaterThanOrEqual'].map((name) =>
      method(name, 'decimal', 'decimal'),
    ),
    method('isIpv4', 'ipaddr', 'ipaddr'),
  ];
}

const arbitraryPattern = fc
  .array(fc.oneof(fc.constant(''), arbitraryText), { minLength: 1, maxLength: 4 })
  .map(([first = '', ...rest]) => [first, ...rest] as const);

/** `e has a && e.a == ..`: what makes an optional attribute safe to read. */
function guardedAttribute(depth: number, make: Make): fc.Arbitrary<Expr> {
  return make('user', depth).chain((object) =>
    make('string', depth).map((value): Expr => {
      const nick: Expr = { kind: 'access', object, attribute: 'nick', span };
      return chainOf('&&', [{ kind: 'has', object, path: ['nick'], span }, binary('==', nick, value)]);
    }),
  );
}

function arbitraryHas(depth: number, make: Make): fc.Arbitrary<Expr> {
  const single = fc.constantFrom(...ATTRIBUTES, { of: 'user', name: 'missing', type: 'long' } as const);
  const paths = fc.constantFrom<readonly [WorldType, readonly [string, ...string[]]]>(
    ['context', ['meta', 'b', 'c']],
    ['context', ['meta', 'a']],
    ['user', ['boss', 'boss', 'nick']],
    ['user', ['address', 'zip']],
    ['doc', ['parent', 'owner']],
    ['user', ['name', 'missing']],
  );
  return fc.oneof(
    single.chain(({ of, name }) =>
      make(of, depth).map((object): Expr => ({ kind: 'has', object, path: [name], span })),
    ),
    paths.chain(([of, path]) => make(of, depth).map((object): Expr => ({ kind: 'has', object, path, span }))),
  );
}
