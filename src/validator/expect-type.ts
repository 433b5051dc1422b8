import type { Expr } from '../ast/expression.js';
import type { CedarType } from '../types/cedar-type.js';
import type { ExpressionType } from './expression-type.js';
import { isBool, isEntity } from './expression-type.js';
import { unexpectedType } from './type-problems.js';
import { type Answer, answer, type Typing } from './typing.js';

/** What an operand has to be. */
export type Expected =
  | 'Bool'
  | 'Long'
  | 'String'
  | 'entity'
  | 'set'
  | 'entity-or-record'
  | 'entity-or-entities'
  | CedarType;

/** A remedy for an operand of another type, where one is known. */
export type Advice = (actual: ExpressionType) => string | undefined;

/** Types an operand; one of another type than expected is reported and has no type. */
export function expectType(expr: Expr, expected: Expected, typing: Typing, advice?: Advice): Answer {
  const actual = typing.typeOf(expr, typing);
  const { type } = actual;
  if (type === undefined || fits(type, expected)) return actual;
  typing.report(() => unexpectedType(expr, expectedNames(expected), type, typing, advice?.(type)));
  return answer(undefined, false);
}

function fits(type: ExpressionType, expected: Expected): boolean {
  if (type.kind === 'never') return true;
  switch (expected) {
    case 'Bool':
      return isBool(type);
    case 'Long':
      return type.kind === 'long';
    case 'String':
      return type.kind === 'string';
    case 'entity':
      return isEntity(type);
    case 'set':
      return type.kind === 'set';
    case 'entity-or-record':
      return isEntity(type) || type.kind === 'record';
    case 'entity-or-entities':
      return isEntity(type) || (type.kind === 'set' && fits(type.element, 'entity'));
    default:
      return type.kind === expected.kind && (type.kind !== 'extension' || sameName(type, expected));
  }
}

function sameName(type: CedarType & { readonly kind: 'extension' }, expected: CedarType): boolean {
  return expected.kind === 'extension' && expected.name === type.name;
}

function expectedNames(expected: Expected): readonly string[] {
  switch (expected) {
    case 'Bool':
    case 'Long':
    case 'String':
      return [expected];
    case 'entity':
      return ['an entity'];
    case 'set':
      return ['a set'];
    case 'entity-or-record':
      return ['an entity', 'a record'];
    case 'entity-or-entities':
      return ['an entity', 'a set of entities'];
    default:
      return [describeExpected(expected)];
  }
}

function describeExpected(type: CedarType): string {
  if (type.kind === 'extension') return type.name;
  return type.kind === 'bool' ? 'Bool' : type.kind === 'long' ? 'Long' : 'String';
}
