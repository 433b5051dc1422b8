import { describe, expect, it } from 'vitest';
import { MAX_NESTING } from '../../src/ast/expression.js';
import { typePolicy } from '../../src/validator/type-policy.js';
import { validatePolicies } from '../../src/validator/validate-policies.js';
import type { ValidationKind } from '../../src/validator/validation-kinds.js';
import { policiesOf, schemaOf } from './compare-validation.js';

const SCHEMA = `entity U in [U] { a?: U, n: Long, s: String, r?: { a?: { a?: U } }, "__proto__"?: Long, constructor?: Long } tags String;
action x appliesTo { principal: U, resource: U, context: { b: Bool, l: Long } };`;
const schema = schemaOf(SCHEMA);
const DEEP = MAX_NESTING - 10;
const LONG = 100_000;

function kindsOf(text: string, schemaText?: string): readonly ValidationKind[] {
  const declared = schemaText === undefined ? schema : schemaOf(schemaText);
  const set = policiesOf(text.startsWith('permit') ? text : `permit(principal, action, resource) when { ${text} };`);
  const { errors } = validatePolicies(set, declared);
  const limited = validatePolicies(set, declared, { level: 1, mode: 'permissive' }).errors;
  for (const policy of set.policies)
    for (const { verdict } of typePolicy(policy, declared)) expect(verdict).toBeDefined();
  return [...new Set([...errors, ...limited].map(({ kind }) => kind))];
}

function repeat(part: string, times: number, separator = ''): string {
  return Array.from({ length: times }, () => part).join(separator);
}

describe('expressions as deep as they may be', () => {
  const nested = (open: string, inner: string, close: string): string =>
    repeat(open, DEEP) + inner + repeat(close, DEEP);
  it.each([
    ['conjunctions', nested('(context.b && ', 'context.b', ')'), []],
    ['disjunctions to the left', nested('(', 'context.b', ' || context.b)'), []],
    ['conditionals in tests', `${repeat('if ', DEEP)}context.b${repeat(' then context.b else context.b', DEEP)}`, []],
    ['negations', `${repeat('!(', DEEP / 2)}context.b${repeat(')', DEEP / 2)}`, []],
    ['comparisons', nested('(', 'context.b', ' == context.b)'), []],
    ['type tests', nested('(', 'principal', ' is U in principal)'), ['UnexpectedType']],
    ['sets', `${nested('[', '1', ']')} == ${nested('[', '"a"', ']')}`, ['IncompatibleTypes']],
    ['records', `${nested('{a: ', '1', '}')} == ${nested('{a: ', '"a"', '}')}`, ['IncompatibleTypes']],
    ['attributes', `principal${repeat('.a', DEEP)} == principal`, ['UnsafeOptionalAttributeAccess']],
    ['attributes through records', `principal${repeat('.r.a.a', DEEP / 3)}.n == 1`, ['UnsafeOptionalAttributeAccess']],
    ['tags', `${nested('principal.getTag(', '"a"', ')')} == ""`, ['UnsafeTagAccess']],
    ['arguments', nested('[1].contains(', '1', ')'), ['IncompatibleTypes']],
    ['calls', nested('ip(', '1', ')'), ['NonLitExtConstructor', 'UnexpectedType']],
  ])('%s', (_, text, expected) => {
    expect(kindsOf(text)).toEqual(expect.arrayContaining(expected));
  });
});

describe('input as long as it may be', () => {
  it.each([
    ['conjunctions', repeat('context.b', LONG, ' && '), []],
    ['disjunctions', repeat('context.b', LONG, ' || '), []],
    ['sums', `${repeat('context.l', LONG, ' + ')} == 1`, []],
    ['wrong operands', repeat('1', LONG, ' && '), ['UnexpectedType']],
    ['sets', `[${repeat('1, "a"', LONG / 2, ', ')}].isEmpty()`, ['IncompatibleTypes']],
    ['paths', `principal has a${repeat('.a', LONG / 4)}`, ['EntityDerefLevelViolation']],
    ['conditions', `permit(principal, action, resource)${repeat(' unless { principal has a }', LONG / 4)};`, []],
    ['actions', `permit(principal, action in [${repeat('Action::"x"', LONG / 4, ', ')}], resource);`, []],
    [
      'policies',
      repeat('permit(principal == V::"x", action, resource) when { principal.x == "a" };', LONG / 10, '\n'),
      ['UnrecognizedEntityType', 'UnsafeAttributeAccess'],
    ],
  ])('%s', (_, text, expected) => {
    expect(kindsOf(text)).toEqual(expected);
  });

  it('capabilities, each of them used', () => {
    const tests = Array.from(
      { length: LONG / 4 },
      (_, i) => `principal.hasTag("${i}") && principal.getTag("${i}") == "x"`,
    );
    expect(kindsOf(tests.join(' && '))).toEqual([]);
  });

  it('attributes of which no policy has a right name', () => {
    const attributes = Array.from({ length: LONG / 10 }, (_, i) => `a${i}: Long`).join(', ');
    const wrong = Array.from({ length: LONG / 10 }, (_, i) => `principal.b${i} == 1`).join(' && ');
    const declared = `entity U { ${attributes} }; action x appliesTo { principal: U, resource: U };`;
    expect(kindsOf(wrong, declared)).toEqual(['UnsafeAttributeAccess']);
  });

  it('types that are made of themselves over and over', () => {
    const double = (letter: string): string =>
      `type ${letter}0 = Long; ${Array.from({ length: 60 }, (_, i) => `type ${letter}${i + 1} = { a: ${letter}${i}, b: ${letter}${i} };`).join(' ')}`;
    const declared = `${double('S')} ${double('T')} entity U { s: S60, t: T60 }; action x appliesTo { principal: U, resource: U };`;
    expect(kindsOf('principal.s == principal.t && [principal.s].contains(principal.t)', declared)).toEqual([]);
    expect(kindsOf('principal.s == 1 && principal.s + 1 == 2', declared)).toEqual([
      'IncompatibleTypes',
      'UnexpectedType',
    ]);
  });

  it('very many request environments', () => {
    const names = Array.from({ length: 50 }, (_, i) => `E${i}`);
    const declared = `${names.map((name) => `entity ${name} { a: Long };`).join(' ')} action x appliesTo { principal: [${names.join(', ')}], resource: [${names.join(', ')}] };`;
    expect(kindsOf(repeat('principal.a == resource.a', 100, ' && '), declared)).toEqual([]);
  });
});

describe('names that JavaScript gives a meaning', () => {
  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('%s is an attribute like any other', (name) => {
    const isDeclared = name === '__proto__' || name === 'constructor';
    const expected = isDeclared ? ['UnsafeOptionalAttributeAccess'] : ['UnsafeAttributeAccess'];
    expect(kindsOf(`principal["${name}"] == 1`)).toEqual(expect.arrayContaining(expected));
    expect(
      validatePolicies(
        policiesOf(
          `permit(principal, action, resource) when { principal has "${name}" && principal["${name}"] == 1 };`,
        ),
        schema,
      ).errors,
    ).toEqual([]);
    expect(kindsOf(`{"${name}": 1}["${name}"] == 1 || true`)).toEqual([]);
  });

  it.each(['__proto__', 'constructor', 'toString'])('%s is an id and a type like any other', (name) => {
    expect(kindsOf(`principal == U::"${name}"`)).toEqual([]);
    expect(kindsOf(`action == Action::"${name}"`)).toEqual(['UnrecognizedActionId']);
    expect(kindsOf(`principal is ${name}`)).toEqual(['UnrecognizedEntityType']);
  });
});
