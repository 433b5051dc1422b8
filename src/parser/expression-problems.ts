import { EOF, type IToken, type TokenType } from 'chevrotain';
import { type Expr, MAX_NESTING } from '../ast/expression.js';
import type { Span } from '../text/source.js';
import { type BareName, BROKEN } from './names.js';
import { spanOf } from './places.js';
import type { Problems } from './problems.js';
import {
  And,
  Comma,
  describeToken,
  Equal,
  Greater,
  GreaterEqual,
  Integer,
  isAnyWord,
  Less,
  LessEqual,
  Minus,
  NotEqual,
  Or,
  RightBrace,
  Text,
} from './tokens.js';

/** Code for the right side of `is` in a condition and in a scope. */
export type TypeCode = 'invalid-is' | 'invalid-scope-type';

/** A type name with its place. */
export interface TypeName {
  readonly name: string;
  readonly span: Span;
}

/** Most `!` or `-` that may stand in a row. */
const MOST_UNARY = 4;

/** Words of other languages between two operands, with the token that is meant. */
const FOREIGN_INFIX: ReadonlyMap<string, readonly [meant: string, type: TokenType]> = new Map([
  ['and', ['&&', And]],
  ['AND', ['&&', And]],
  ['or', ['||', Or]],
  ['OR', ['||', Or]],
  ['eq', ['==', Equal]],
  ['equals', ['==', Equal]],
  ['ne', ['!=', NotEqual]],
  ['lt', ['<', Less]],
  ['le', ['<=', LessEqual]],
  ['gt', ['>', Greater]],
  ['ge', ['>=', GreaterEqual]],
]);

/** The operator that a word between two operands stands for, complained about; undefined when it is no such word. */
export function foreignInfix(problems: Problems, token: IToken): IToken | undefined {
  const slip = FOREIGN_INFIX.get(token.image);
  if (slip === undefined) return undefined;
  const [meant, type] = slip;
  refuseForeign(problems, token, meant);
  return { ...token, tokenType: type, tokenTypeIdx: type.tokenTypeIdx ?? 0 };
}

export function refuseForeign(problems: Problems, token: IToken, meant: string): void {
  problems.report('foreign-operator', spanOf(token), `\`${token.image}\` is not an operator of Cedar`, {
    help: `write \`${meant}\``,
    data: { found: token.image, meant },
  });
}

export function refuseIfOperand(problems: Problems, token: IToken): void {
  problems.report('if-needs-parentheses', spanOf(token), 'an `if` cannot be an operand without parentheses', {
    help: 'write `(if a then b else c)`',
  });
}

/** Whether Cedar has such a run of unary operators; complains if not. */
export function checkUnary(problems: Problems, signs: readonly IToken[]): boolean {
  const [first, second] = [signs[0], signs.find((sign) => sign.tokenType !== signs[0]?.tokenType)];
  if (first === undefined) return true;
  if (second !== undefined) {
    problems.report('mixed-unary-operators', spanOf(second), '`!` and `-` cannot stand side by side', {
      help: 'put the inner one with its operand in parentheses',
    });
    return false;
  }
  if (signs.length > MOST_UNARY) {
    const extra = signs[MOST_UNARY] ?? first;
    problems.report('too-many-unary-operators', spanOf(extra), `more than ${MOST_UNARY} \`${first.image}\` in a row`, {
      help:
        first.tokenType === Minus ? 'two minus signs cancel out: leave them out' : 'two `!` cancel out: leave them out',
      data: { found: signs.length, limit: MOST_UNARY },
    });
    return false;
  }
  return true;
}

export function refuseSlot(problems: Problems, token: IToken): Expr {
  const variable = token.image.slice(1);
  problems.report('slot-in-condition', spanOf(token), `the slot \`${token.image}\` can only stand in the scope`, {
    help: `write \`${variable} == ${token.image}\` or \`${variable} in ${token.image}\` in the parentheses of the policy`,
    data: { slot: token.image },
  });
  return BROKEN;
}

export function refuseNesting(problems: Problems, place: Span): void {
  problems.report('nesting-too-deep', place, `expressions are nested more than ${MAX_NESTING} levels deep`, {
    help: 'split the expression; chains of `&&`, `||`, `+`, `-` and `*` may have any length',
    data: { limit: MAX_NESTING },
  });
}

/** Complains about what stands after `.`. */
export function refuseAttribute(problems: Problems, token: IToken, place: Span): void {
  const helps = new Map([
    [Text, `write \`[${token.image.length <= 40 ? token.image : '".."'}]\``],
    [Integer, 'Cedar has neither fractions nor lists with positions'],
  ]);
  problems.report(
    'invalid-attribute',
    place,
    `expected the name of an attribute or method, found ${describeToken(token)}`,
    {
      help: helps.get(token.tokenType),
      data: { found: token.image },
    },
  );
}

export function refuseIndex(problems: Problems, place: Span, next: IToken): void {
  problems.report('invalid-index', place, 'only one string literal can stand in these brackets', {
    help:
      next.tokenType === Integer
        ? 'sets have no positions; an attribute is read with `["name"]`'
        : 'write `["name"]` for an attribute; names cannot be computed, but `e.getTag(..)` takes any string',
  });
}

export function refuseHas(problems: Problems, token: IToken, place: Span, after: IToken | undefined): void {
  const found = token.tokenType === EOF ? describeToken(token) : `\`${token.image.slice(0, 40)}\``;
  const message =
    after === undefined
      ? `expected the name of an attribute after \`has\`, found ${found}`
      : `${found} cannot follow the attribute of \`has\``;
  problems.report('invalid-has', place, message, {
    help:
      after?.tokenType === Text
        ? 'a path is made of names: `has a.b`; a string is one name'
        : 'write `e has name`, `e has a.b.c` or `e has "any string"`',
    data: { found: token.image.slice(0, 40) },
  });
}

export function refuseLike(problems: Problems, token: IToken, place: Span): void {
  problems.report('invalid-like', place, `expected a string literal after \`like\`, found ${describeToken(token)}`, {
    help: 'the pattern is a literal such as `"*.txt"`; it cannot be computed or stand in parentheses',
    data: { found: token.image.slice(0, 40) },
  });
}

/** Complains about what stands after `is`, in conditions and in the scope. */
export function refuseType(problems: Problems, code: TypeCode, token: IToken, place: Span): void {
  const name = /^"([A-Za-z_][A-Za-z0-9_:]*)"$/.exec(token.image)?.[1];
  problems.report(code, place, `expected the name of an entity type after \`is\`, found ${describeToken(token)}`, {
    help:
      name === undefined
        ? 'write `is Type` or `is Namespace::Type`, without parentheses; `is Type in group` tests both'
        : `write the type without quotes: \`is ${name}\``,
    data: { found: token.image.slice(0, 40) },
  });
}

/** Complains about what stands where `key:` is needed; `after` is the token behind it. */
export function refuseKey(problems: Problems, token: IToken, place: Span, after: IToken): void {
  const isName = isAnyWord(token) || token.tokenType === Text;
  const message = isName
    ? `expected \`:\` after \`${token.image.slice(0, 40)}\`, found ${describeToken(after)}`
    : `expected a record key, found ${describeToken(token)}`;
  const isSet = after.tokenType === Comma || after.tokenType === RightBrace;
  problems.report('invalid-record-key', place, message, {
    help: isSet ? 'a set is written in brackets: `[a, b]`' : 'a record is written `{name: 1, "any string": 2}`',
    data: { found: token.image.slice(0, 40) },
  });
}

/** Complains about `Type:"id"`, `Type."id"` and `Type "id"`. */
export function refuseLooseEntity(problems: Problems, type: BareName, id: IToken): Expr {
  const span = { start: type.span.start, end: spanOf(id).end };
  problems.report('invalid-entity', span, 'an entity has two colons between its type and its id', {
    help: `write \`${type.name}::${id.image.length <= 40 ? id.image : '".."'}\``,
    data: { type: type.name },
  });
  return BROKEN;
}

/** Complains about an entity right of `is`, where a type is needed. */
export function refuseEntityType(problems: Problems, code: TypeCode, name: TypeName): void {
  problems.report(code, name.span, 'an entity stands where the name of its type is needed', {
    help: `write \`is ${name.name}\` to test the type, or \`==\` to compare with the entity`,
    data: { type: name.name },
  });
}

export function refuseDuplicateKey(problems: Problems, key: string, token: IToken, first: IToken): void {
  problems.report(
    'duplicate-record-key',
    spanOf(token),
    `the key ${JSON.stringify(key)} is used twice in this record`,
    {
      help: 'keys are compared after their escapes are read',
      data: { key },
      related: { span: spanOf(first), message: 'first used here' },
    },
  );
}

export function refuseEntityRecord(problems: Problems, type: string, place: Span): void {
  problems.report('invalid-entity', place, 'an entity cannot be written as a record', {
    help: `write \`${type}::"id"\``,
    data: { type },
  });
}
