import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Expr, MAX_NESTING } from '../../src/ast/expression.js';
import { nestsTooDeep } from '../../src/ast/nesting.js';
import { printExpression, printPattern } from '../../src/ast/print-expression.js';
import { printPolicy } from '../../src/ast/print-policy.js';
import { parsePolicy } from '../../src/parser/parse-policies.js';
import { createSource } from '../../src/text/source.js';
import { arbitraryPolicy, arbitraryTemplate } from '../support/arbitrary-policy.js';
import { parsed, withoutPlaces } from './syntax.js';

const span = undefined;
const CONTEXT: Expr = { kind: 'variable', name: 'context', span };
const ONE: Expr = { kind: 'long', value: 1, span };

describe('the text of an expression', () => {
  it.each([
    ['1 + 2 * 3', '1 + (2 * 3)', '1 + 2 * 3'],
    ['(1 + 2) * -3', '(1 + 2) * (-3)', '(1 + 2) * -3'],
    ['1 - 2 - 3', '1 - 2 - 3', '1 - 2 - 3'],
    ['1 - 2 + 3 + 4 - 5', '((1 - 2) + 3 + 4) - 5', '1 - 2 + 3 + 4 - 5'],
    ['1 - (2 + 3)', '1 - (2 + 3)', '1 - (2 + 3)'],
    ['true && false && (true && false)', 'true && false && (true && false)', 'true && false && (true && false)'],
    ['true || false && true', 'true || (false && true)', 'true || false && true'],
    ['!(1 == 2) && !principal.a', '(!(1 == 2)) && (!principal.a)', '!(1 == 2) && !principal.a'],
    ['!!true', '!(!true)', '!(!true)'],
    ['-(1) == - -1', '(-(1)) == (-((-1)))', '-(1) == -(-1)'],
    ['-principal.a', '-(principal.a)', '-principal.a'],
    ['(-1).a', '(-1).a', '(-1).a'],
    ['[-1, {a: -2}]', '[(-1), {a: (-2)}]', '[-1, {a: -2}]'],
    ['(if 1 then 2 else 3) + 4', '(if 1 then 2 else 3) + 4', '(if 1 then 2 else 3) + 4'],
    [
      'if (if 1 then 2 else 3) then 4 else if 5 then 6 else 7',
      'if if 1 then 2 else 3 then 4 else if 5 then 6 else 7',
      'if if 1 then 2 else 3 then 4 else if 5 then 6 else 7',
    ],
    [
      'principal has a && context has b.c',
      '(principal has a) && (context has b.c)',
      'principal has a && context has b.c',
    ],
    ['principal has "if"', 'principal has "if"', 'principal has "if"'],
    [
      'principal["a"].b["a b"]["in"]["__cedar"]',
      'principal.a.b["a b"]["in"]["__cedar"]',
      'principal.a.b["a b"]["in"]["__cedar"]',
    ],
    ['{"a": 1, "like": 2, "": 3}', '{a: 1, "like": 2, "": 3}', '{a: 1, "like": 2, "": 3}'],
    [
      '(principal is A::B in [resource]) == true',
      '(principal is A::B in [resource]) == true',
      '(principal is A::B in [resource]) == true',
    ],
    [
      '"it\\\'s\\u{0}\\u{301}\\u{200b}" like "\\u{301}*a\\*b*"',
      '"it\\\'s\\0\u0301\\u{200b}" like "\\u{301}*a\\*b*"',
      '"it\\\'s\\0\u0301\\u{200b}" like "\\u{301}*a\\*b*"',
    ],
    ['(1 + 2).isInRange(3 + 4).isIpv4()', '(1 + 2).isInRange(3 + 4).isIpv4()', '(1 + 2).isInRange(3 + 4).isIpv4()'],
    ['[1].contains(1 == 2).isEmpty()', '[1].contains(1 == 2).isEmpty()', '[1].contains(1 == 2).isEmpty()'],
    ['ip(-1) == decimal("1")', 'ip((-1)) == decimal("1")', 'ip(-1) == decimal("1")'],
  ])('%s is %s, with the fewest parentheses %s', (text, official, fewest) => {
    expect(printExpression(parsed(text))).toBe(official);
    expect(printExpression(parsed(text), 'fewest')).toBe(fewest);
  });

  it('quotes every key of a constant record', () => {
    expect(printExpression({ kind: 'record', constant: true, entries: [{ key: 'a', value: ONE }], span })).toBe(
      '{"a": 1}',
    );
  });

  it('calls a method without a receiver and an unknown function like a constructor', () => {
    expect(printExpression({ kind: 'call', name: 'isIpv4', args: [], span })).toBe('isIpv4()');
    expect(printExpression({ kind: 'call', name: 'A::f', args: [ONE, CONTEXT], span })).toBe('A::f(1, context)');
  });

  it('escapes every character of a pattern as if it were the first', () => {
    expect(printPattern(['a\u0301*', '\u0301'])).toBe('"a\\u{301}\\**\\u{301}"');
  });
});

const WRAPS: readonly (readonly [string, (inner: Expr) => Expr])[] = [
  ['!e', (operand) => ({ kind: 'unary', op: '!', operand, span })],
  ['-e', (operand) => ({ kind: 'unary', op: 'neg', operand, span })],
  ['e.a', (object) => ({ kind: 'access', object, attribute: 'a', span })],
  ['[e]', (element) => ({ kind: 'set', elements: [element], span })],
  ['{a: e}', (value) => ({ kind: 'record', entries: [{ key: 'a', value }], span })],
  ['1 == e', (right) => ({ kind: 'binary', op: '==', left: ONE, right, span })],
  ['e.contains(1)', (left) => ({ kind: 'binary', op: 'contains', left, right: ONE, span })],
  ['1.contains(e)', (right) => ({ kind: 'binary', op: 'contains', left: ONE, right, span })],
  ['1 && e', (operand) => ({ kind: 'chain', op: '&&', operands: [ONE, operand], span })],
  ['1 - e', (operand) => ({ kind: 'arithmetic', first: ONE, steps: [{ op: '-', operand }], span })],
  ['if e then 1 else 1', (test) => ({ kind: 'if', test, then: ONE, else: ONE, span })],
  ['e has a', (object) => ({ kind: 'has', object, path: ['a'], span })],
  ['e is A in 1', (operand) => ({ kind: 'is', operand, entityType: 'A', in: ONE, span })],
  ['ip(e)', (arg) => ({ kind: 'call', name: 'ip', args: [arg], span })],
  ['e.lessThan(1)', (receiver) => ({ kind: 'call', name: 'lessThan', args: [receiver, ONE], span })],
];

describe('the text of deep and long expressions', () => {
  it.each(WRAPS)('can be parsed again when %s nests as deep as is allowed', (_name, wrap) => {
    let deepest: Expr = CONTEXT;
    let next: Expr = deepest;
    while (!nestsTooDeep(next)) {
      deepest = next;
      next = wrap(next);
    }
    expect(withoutPlaces(parsed(printExpression(deepest)))).toEqual(withoutPlaces(deepest));
  });

  it('can be parsed again when all operators alternate as deep as is allowed', () => {
    let deepest: Expr = CONTEXT;
    for (let i = 0; ; i++) {
      const next: Expr = WRAPS[i % WRAPS.length]?.[1](deepest) ?? deepest;
      if (nestsTooDeep(next)) break;
      deepest = next;
    }
    expect(withoutPlaces(parsed(printExpression(deepest)))).toEqual(withoutPlaces(deepest));
    expect(nestsTooDeep(deepest)).toBe(false);
  });

  it('is made without a stack, and the depth is found without one', () => {
    for (const [, wrap] of WRAPS) {
      let expr: Expr = CONTEXT;
      for (let i = 0; i < 20_000; i++) expr = wrap(expr);
      expect(printExpression(expr).length).toBeGreaterThan(20_000);
      expect(nestsTooDeep(expr)).toBe(true);
    }
  });

  it('does not nest for chains of 100,000 operands, whatever the signs', () => {
    const steps = Array.from({ length: 100_000 }, (_, i) => ({
      op: i % 2 === 0 ? ('+' as const) : ('-' as const),
      operand: ONE,
    }));
    const text = printExpression({ kind: 'arithmetic', first: ONE, steps, span });
    expect(text.startsWith('1 + 1 - 1 + 1')).toBe(true);
    expect(parsed(text)).toMatchObject({ kind: 'arithmetic', steps: { length: 100_000 } });
    const operands: [Expr, Expr, ...Expr[]] = [ONE, CONTEXT, ...steps.map(() => ONE)];
    expect(nestsTooDeep({ kind: 'chain', op: '&&', operands, span })).toBe(false);
    expect(MAX_NESTING).toBeLessThan(operands.length);
  });
});

describe('the text of a policy', () => {
  it.each(['official', 'fewest'] as const)('is parsed to the same policy, with %s parentheses', (parentheses) => {
    fc.assert(
      fc.property(fc.oneof(arbitraryPolicy(), arbitraryTemplate()), (policy) => {
        const read = parsePolicy(createSource(printPolicy(policy, parentheses)), policy.id);
        expect(read.ok ? withoutPlaces(read.value) : read.diagnostics).toEqual(withoutPlaces(policy));
      }),
      { numRuns: 400, seed: 20260806 },
    );
  });

  it('has its annotations sorted, each on a line of its own', () => {
    const read = parsePolicy(
      createSource('@b("\\"")\n@B @a("") forbid(principal,action,resource)when{1}unless{2};'),
      'x',
    );
    expect(read.ok ? printPolicy(read.value) : read.diagnostics).toBe(
      '@B\n@a("")\n@b("\\"")\nforbid(principal, action, resource) when { 1 } unless { 2 };',
    );
  });
});
